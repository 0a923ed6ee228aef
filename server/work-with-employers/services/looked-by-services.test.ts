import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { actions } from '../../actions.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { withPolicyChanged } from '../../testing/parity.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { aService, insertServices, type ServiceSeed } from './testing.ts'

const today = '2027-01-15'
let house: House
let nadia: Person // pilots Gironde, reads the cards of the whole region
let rita: Person // pilots too, reads the cards of employers elsewhere and the recruitment cards of one EPCI of Gironde
let [narrow, blind, elsewhere]: Person[] = []
let campaign: string

const communes: Readonly<Record<number, string>> = { 7: '33003', 8: '40002' }
const used: readonly (Partial<ServiceSeed> & { readonly n: number })[] = [
  { n: 1, kind: 'conseil', usedOn: '2026-12-01' },
  { n: 1, kind: 'pmsmp', usedOn: '2024-03-01' },
  { n: 2, kind: 'pmsmp', usedOn: '2026-01-16' },
  { n: 3, kind: 'mrs', usedOn: '2026-01-15' },
  { n: 4, kind: 'evenement', usedOn: '2026-12-01' },
  { n: 5, kind: 'mrs', usedOn: '2026-12-01', result: 'annule' },
  { n: 5, kind: 'poei', usedOn: '2026-12-02', withdrawnAt: '2026-12-03T10:00:00Z' },
  { n: 7, kind: 'mrs', usedOn: '2026-06-01' },
  { n: 8, kind: 'mrs', usedOn: '2026-06-01' },
]
before(async () => {
  house = await openHouse(actions, { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    Array.from({ length: 8 }, (_, i) => ({ siret: siretOf(i + 1), commune: communes[i + 1] ?? '33001' })),
  )
  await insertServices(
    house.owner,
    used.map(({ n, ...seed }) => aService({ siret: siretOf(n), ...seed })),
  )
  await house.owner.query(
    `update operator_services s set (region_id, departement_id, epci_id, clpe_id)
      = (select e.region_id, e.departement_id, e.epci_id, e.clpe_id from establishments e where e.siret = s.siret)`,
  )
  const { id } = await house.organisation()
  const card = (territoryId: number) => ({ tool: 'fiche-etablissement', profile: 'consultation', territoryId }) as const
  const pilots = { profile: 'pilote', territoryId: places.gironde } as const
  const hirings = { tool: 'fiche-recrutement', profile: 'consultation', territoryId: places.graves } as const
  nadia = await house.person(id, [card(places.aquitaine), pilots])
  rita = await house.person(id, [card(places.toulousain), pilots, hirings])
  narrow = await house.person(id, [card(places.graves), pilots])
  blind = await house.person(id, [pilots])
  elsewhere = await house.person(id, [card(places.toulousain), pilots])
  const place = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
  const seed = aCampaign({ pilotId: id, territoryId: places.gironde, place, status: 'draft' })
  campaign = (await insertCampaign(house.owner, seed, nadia.id, [])).id
})
after(() => house.close())

const text = (...numbers: number[]) => numbers.map(n => siretText(siretOf(n)))
const search = async (who: Person, query: string) => {
  const { status, body } = await house.call(who, 'GET', `/establishments?${query}&total=true`)
  return status === 200 ? body.items.map((one: { siret: string }) => one.siret).toSorted() : body.code
}
const preview = async (who: Person, services: object, more: object = {}) => {
  const criteria = { services, ...more }
  const { status, body } = await house.call(who, 'POST', `/campaigns/${campaign}/targets/preview`, { criteria })
  return status === 200 ? body.sample.map((one: { siret: string }) => one.siret).toSorted() : body.code
}
const year = '2026-01-16'

test('CAM-2, REC-3: targets are chosen by the services that they used, by kind and since a day, or did not use since one', async () => {
  for (const [services, numbers] of [
    [{}, [1, 2, 3, 7]],
    [{ usedSince: year }, [1, 2, 7]],
    [{ usedSince: '2026-12-02' }, []],
    [{ kinds: ['pmsmp'] }, [1, 2]],
    [{ kinds: ['pmsmp'], usedSince: year }, [2]],
    [{ kinds: ['mrs', 'evenement'] }, [3, 4, 7]],
    [{ kinds: ['poei'] }, []],
    [{ notUsedSince: year }, [3, 4, 5, 6]],
    [{ notUsedSince: '2000-01-01' }, [4, 5, 6]],
    [{ kinds: ['pmsmp'], notUsedSince: year }, [1, 3, 4, 5, 6, 7]],
    [{ usedSince: '2024-01-01', notUsedSince: '2026-12-01' }, [2, 3, 7]],
  ] as const)
    assert.deepEqual(await preview(nadia, services), text(...numbers), JSON.stringify(services))
  assert.deepEqual(await preview(nadia, { kinds: ['mrs'] }, { territoryId: places.graves }), text(3))
  const criteria = { services: { kinds: ['pmsmp'], usedSince: year }, employer: true }
  const added = await house.call(nadia, 'POST', `/campaigns/${campaign}/targets`, { criteria })
  assert.equal(added.body.outcomes.counts.added, 1, JSON.stringify(added.body))
  const { rows } = await house.owner.query(
    `select d.detail -> 'asked' -> 'criteria' as asked from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'campaign.targets-added'`,
  )
  assert.deepEqual(rows, [{ asked: criteria }], 'what was asked is in the trail')
  await house.owner.query('delete from campaign_targets where campaign_id = $1', [campaign])
})

test('EST-2, REC-3: the search is narrowed by services used or not, with words, a territory and the counts of its other filters', async () => {
  for (const [query, numbers] of [
    [`territory=${places.aquitaine}&servicesUsedSince=${year}`, [1, 2, 7, 8]],
    [`territory=${places.gironde}&service=mrs`, [3, 7]],
    [`q=atelier&service=pmsmp`, [1, 2]],
    [`q=atelier&service=pmsmp&servicesUsedSince=${year}`, [2]],
    [`q=atelier&servicesNotUsedSince=${year}`, [3, 4, 5, 6]],
    [`q=atelier&service=evenement&servicesNotUsedSince=${year}&employer=true`, [1, 2, 3, 5, 6, 7, 8]],
    [`q=${text(2)[0]}&servicesUsedSince=${year}`, [2]],
    [`q=${text(3)[0]}&servicesUsedSince=${year}`, []],
  ] as const)
    assert.deepEqual(await search(nadia, query), text(...numbers), query)
  const { body } = await house.call(nadia, 'GET', `/establishments/facets?q=atelier&servicesUsedSince=${year}`)
  assert.deepEqual(body.active.find(({ value }: { value: boolean }) => value).count, 4)
})

test('CAM-2, EST-2, SEC-6: « not used » is said only of establishments whose services the asker reads, by either card', async () => {
  assert.deepEqual(await preview(narrow!, { notUsedSince: year }), text(3, 4, 5, 6))
  assert.deepEqual(await preview(narrow!, { kinds: ['poei'], notUsedSince: year }), text(1, 2, 3, 4, 5, 6))
  assert.deepEqual(await preview(rita, { kinds: ['poei'], notUsedSince: year }), text(1, 2, 3, 4, 5, 6))
  assert.deepEqual(await preview(rita, {}), text(1, 2, 3), 'the recruitment card shows them too')
  assert.deepEqual(await search(rita, `q=atelier&service=mrs`), text(3))
  assert.deepEqual(await search(narrow!, `q=atelier&service=mrs`), text(3))
})

test('CAM-2, EST-2, SEC-6: refused to who reads services nowhere, and where one reads none of the territory asked', async () => {
  assert.equal(await preview(blind!, {}), 'access/no-grant')
  assert.equal(await preview(blind!, { notUsedSince: year }), 'access/no-grant')
  assert.equal(await preview(elsewhere!, { usedSince: year }), 'access/outside-perimeter')
  assert.equal(await search(elsewhere!, `territory=${places.graves}&service=mrs`), 'access/outside-perimeter')
  for (const query of [`servicesUsedSince=${year}`, `servicesNotUsedSince=${year}`]) {
    const asked = `/establishments/facets?territory=${places.graves}&${query}`
    assert.equal((await house.call(elsewhere!, 'GET', asked)).body.code, 'access/outside-perimeter')
  }
  for (const who of [blind!, elsewhere!]) {
    const criteria = { services: { usedSince: year } }
    const added = await house.call(who, 'POST', `/campaigns/${campaign}/targets`, { criteria })
    assert.equal(added.status, 403, JSON.stringify(added.body))
  }
  assert.equal((await search(elsewhere!, 'q=atelier')).length, 8, 'the search itself stays open')
})

test('CAM-2, EST-2: malformed kinds and days are refused, on the search and on the criteria', async () => {
  for (const query of ['service=conseils', 'service=', 'servicesUsedSince=hier', 'servicesNotUsedSince=2026-13-01'])
    assert.equal(await search(nadia, `q=atelier&${query}`), 'request/malformed', query)
  for (const services of [
    { kinds: [] },
    { kinds: ['mrs', 'mrs'] },
    { kinds: ['autre'] },
    { usedSince: 'hier' },
    { notUsedSince: 12 },
    { more: true },
  ])
    assert.equal(await preview(nadia, services), 'request/malformed', JSON.stringify(services))
})

test('SEC-6: asked straight, the set answers only where the services are read, and nothing without a session', async () => {
  const straight = async (who: Person | null) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.first(sql<{ n: number }>`select count(distinct siret)::int as n
        from services_users(null, '2000-01-01')`))!.n
    } finally {
      await tx.rollback()
    }
  }
  const told = [nadia, rita, narrow!, blind!, elsewhere!, null]
  assert.deepEqual(await Promise.all(told.map(straight)), [5, 3, 3, 0, 0, 0])
  await withPolicyChanged(house.owner, 'operator_services', 'read', '(select ctx.ok())', async () =>
    assert.deepEqual(await Promise.all(told.map(straight)), [5, 5, 5, 5, 5, 0], 'the policy alone keeps them apart'),
  )
})
