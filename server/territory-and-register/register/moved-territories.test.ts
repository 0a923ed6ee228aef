import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type House, openHouse } from '../../testing/house.ts'
import { exchanges } from '../../work-with-employers/exchanges/index.ts'
import { anExchange, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { importClpe } from '../territories/import-clpe.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { currentTerritory } from '../territories/territories.queries.ts'
import { aClpeFile, aCog } from '../territories/testing.ts'
import { moveTerritories, refreshTerritories } from './refresh-territories.queries.ts'
import { insertEstablishments } from './testing.ts'
import { anEstablishment, aUnit, inventedSiren, inventedSiret } from './testing-official-layout.ts'

let house: House
let owner: pg.Client
before(async () => {
  house = await openHouse(exchanges)
  owner = new pg.Client(house.urls.ownerUrl)
  await owner.connect()
})
after(async () => {
  await owner.end()
  await house.close()
})

test('TER-1, SEC-6: when a new edition moves a commune to another CLPE, what was recorded there follows, and the rights with it', async () => {
  const today = '2026-11-25'
  await importTerritories(owner, aCog(), today)
  const west = ['33122', '33090', '33422'] as const
  await importClpe(
    owner,
    aClpeFile({ CLPE33001: ['Ouest', ...west, '33238'], CLPE33002: ['Est', '33213', '33140'] }),
    { edition: '2026-04', inForceFrom: '2026-04-01' },
    today,
  )
  const siren = inventedSiren(1)
  const siret = inventedSiret(siren)
  await insertEstablishments(
    house.owner,
    [{ ...anEstablishment(siret), codeCommuneEtablissement: '33238' }],
    [aUnit(siren)],
  )
  const [before, east] = [
    (await currentTerritory(owner, 'clpe', 'CLPE33001'))!.id,
    (await currentTerritory(owner, 'clpe', 'CLPE33002'))!.id,
  ]

  const organisation = await house.organisation()
  const grants = (territoryId: number) =>
    [
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
      { tool: 'campagnes', profile: 'conseiller', territoryId },
    ] as const
  const inWest = await house.person(organisation.id, [...grants(before)])
  const inEast = await house.person(organisation.id, [...grants(east)])
  const exchange = await insertExchange(
    house.owner,
    anExchange({
      siret: Number(siret),
      organisationId: organisation.id,
      authorId: inWest.id,
      epciId: 243301264,
      clpeId: before,
      notes: 'À relire',
      nextAction: { kind: 'rappel', dueOn: today, dueAt: null, ownerId: inWest.id },
    }),
  )
  const seenBy = async (who: typeof inWest) => [
    (await house.call(who, 'GET', `/exchanges/${exchange.id}`)).status,
    (await house.call(who, 'GET', `/exchanges/${exchange.id}/versions`)).status,
  ]
  assert.deepEqual(
    [await seenBy(inWest), await seenBy(inEast)],
    [
      [200, 200],
      [404, 404],
    ],
  )

  await importClpe(
    owner,
    aClpeFile({ CLPE33001: ['Est', '33213', '33140', '33238'], CLPE33002: ['Ouest', ...west] }),
    { edition: '2026-05', inForceFrom: '2026-05-01' },
    today,
  )
  assert.equal(await refreshTerritories(owner, today), 1)
  assert.ok((await moveTerritories(owner)) >= 4, 'the exchange, its content, its version and its next action')
  assert.deepEqual(
    [await seenBy(inWest), await seenBy(inEast)],
    [
      [404, 404],
      [200, 200],
    ],
  )
  assert.equal(await moveTerritories(owner), 0)
})
