import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '../../testing/database.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { aCog } from '../territories/testing.ts'
import { sireneApi } from './sirene-api.ts'
import { insertEstablishments } from './testing.ts'
import { anEstablishment, aPerson, aUnit, inventedSiren, inventedSiret } from './testing-official-layout.ts'
import { openSireneApi, unitRecord } from './testing-sirene-api.ts'
import { updateRegister } from './update-register.ts'

/* EST-14: the nature of an employer and the size of its company follow the register, whichever way a change comes. */

let database: TestDatabase
let owner: pg.Pool
const today = '2026-11-25'
before(async () => {
  database = await freshDatabase()
  owner = new pg.Pool({ connectionString: database.ownerUrl })
  const client = await owner.connect()
  await importTerritories(client as unknown as pg.Client, aCog(), today)
  client.release()
})
after(async () => {
  await owner.end()
  await database.drop()
})
let api: Awaited<ReturnType<typeof openSireneApi>>
beforeEach(async () => {
  await owner.query('truncate establishments, legal_units, register_imports, register_updates')
  api = await openSireneApi()
})
afterEach(() => api.close())

const [siren, other] = [inventedSiren(1), inventedSiren(2)]
const [first, second, elsewhere] = [inventedSiret(siren, 1), inventedSiret(siren, 2), inventedSiret(other)]
const pme = { categorieEntreprise: 'PME', trancheEffectifsUniteLegale: '02' }
const grown = { categorieEntreprise: 'PME', trancheEffectifsUniteLegale: '12' }

/** By SIRET: the size that is kept, and what the index finds it by. */
const kept = async () =>
  (
    await owner.query<{
      siret: string
      size: string | null
      tokens: string
    }>(`select lpad(siret::text, 14, '0') as siret,
      company_size as size, (select string_agg(substr(word, 2), ' ' order by word) from unnest(tsvector_to_array(search)) word
        where substr(word, 2) ~ '^=[jt].$') as tokens from establishments order by siret`)
  ).rows.map(({ siret, size, tokens }) => [siret, size, tokens])

test('EST-14: both are those of the whole company, on each of its establishments; what the register does not say is unknown', async () => {
  await insertEstablishments(
    owner,
    [first, second, elsewhere].map(siret => anEstablishment(siret)),
    [aUnit(siren, { ...pme, categorieJuridiqueUniteLegale: '7210' })],
  )
  assert.deepEqual(await kept(), [
    [first, 'tpe', '=jp =tt'],
    [second, 'tpe', '=jp =tt'],
    [elsewhere, null, '=ju =tu'],
  ])
})

test('EST-14: a file of units alone changes them, and so does the next whole file', async () => {
  const both = [first, elsewhere].map(siret => anEstablishment(siret))
  await insertEstablishments(owner, both, [aUnit(siren, pme), aUnit(other, pme)])
  await insertEstablishments(owner, [], [aUnit(siren, grown), aUnit(other, pme)])
  assert.deepEqual(await kept(), [
    [first, 'pme', '=jc =tp'],
    [elsewhere, 'tpe', '=jc =tt'],
  ])
  await insertEstablishments(owner, both, [
    aUnit(siren, { ...grown, categorieEntreprise: 'GE' }),
    aUnit(other, { ...pme, categorieJuridiqueUniteLegale: '9220' }),
  ])
  assert.deepEqual(await kept(), [
    [first, 'large', '=jc =tl'],
    [elsewhere, 'tpe', '=ja =tt'],
  ])
})

test('EST-14: the daily updates change them too', async () => {
  await insertEstablishments(owner, [anEstablishment(first)], [aUnit(siren, pme)])
  const treated = { dateDernierTraitementUniteLegale: '2026-11-24T10:20:30.255' }
  api.records.siren = [unitRecord(aUnit(siren, { ...treated, ...grown, categorieEntreprise: 'ETI' }))]
  const client = new pg.Client(database.ownerUrl)
  await client.connect()
  await updateRegister(
    client,
    sireneApi({ url: api.url, key: 'la-cle' }, { pace: { now: () => Date.now(), sleep: async () => {} } }),
    { today, since: '2026-11-24' },
  )
  await client.end()
  assert.deepEqual(await kept(), [[first, 'eti', '=jc =te']])
})

test('EST-14, EST-4: of a natural person who opposes diffusion neither is kept; of such a company both are', async () => {
  await insertEstablishments(
    owner,
    [anEstablishment(first), anEstablishment(elsewhere, { statutDiffusionEtablissement: 'P' })],
    [aPerson(siren, pme), aUnit(other, { ...pme, statutDiffusionUniteLegale: 'P' })],
  )
  assert.deepEqual(await kept(), [
    [first, 'tpe', '=jc =tt'],
    [elsewhere, 'tpe', '=jc =tt'],
  ])
  await insertEstablishments(
    owner,
    [],
    [aPerson(siren, { ...pme, statutDiffusionUniteLegale: 'P' }), aUnit(other, pme)],
  )
  assert.deepEqual((await kept())[0], [first, null, '=ju =tu'])
  await assert.rejects(
    owner.query(
      `alter table establishments disable trigger hide_undiffused; update establishments set company_size = 'tpe'`,
    ),
    /establishments_company_size_hidden/,
  )
})
