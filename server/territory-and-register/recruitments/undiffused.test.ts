import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { sirenText, siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces } from '../../testing/people.ts'
import { recruitments } from './index.ts'
import { layBrought, layEstablishments, layHires } from './testing-groups.ts'

const [firm, alone] = [910000000, 920000000]
const [shown, withdrawn, only] = [91000000000001, 91000000000002, 92000000000001]
let house: House
/** Reads every card of the country: a withdrawn establishment stands nowhere, which a whole country covers. */
let reader: Person

before(async () => {
  house = await openHouse(recruitments)
  const { owner } = house
  await insertPlaces(house)
  const place = { regionId: 1075, departementId: 2033, epciId: 200000001, clpeId: 10001, naf: '56.10A' }
  await layEstablishments(
    owner,
    [shown, withdrawn, only].map(siret => ({ ...place, siret })),
  )
  await layHires(
    owner,
    [shown, withdrawn, only].map((siret, n) => ({ siret, month: '2026-06-01', kind: 'cdi', hires: 10 ** n })),
  )
  await layBrought(owner, '2023-12-01', '2026-11-01', '2026-11-30', '2026-12-01T03:00:00Z')
  await owner.query('select count_recent_hirings()')
  await owner.query(`update establishments set diffusion = 'N' where siret = any ($1)`, [[withdrawn, only]])
  await owner.query('select count_recent_hirings()')
  reader = await house.person((await house.organisation()).id, [
    { tool: 'fiche-recrutement', profile: 'consultation', territoryId: 0 },
  ])
})
after(() => house.close())

const ask = (path: string) => house.call(reader, 'GET', path)

test('REC-2, PRI-1: of an establishment that the register withdrew there is no card, no line, no hires to search by', async () => {
  for (const more of ['', '/summary']) {
    assert.equal((await ask(`/establishments/${siretText(withdrawn)}/recruitment${more}`)).status, 404)
    assert.equal((await ask(`/establishments/${siretText(shown)}/recruitment${more}`)).status, 200)
  }
  const { rows } = await house.owner.query('select siret from hirings_recent')
  assert.deepEqual(rows, [{ siret: shown }])
})

test('EST-12, PRI-1: a company is told without those that the register withdrew, and one that has no other is not found', async () => {
  const { body } = await ask(`/companies/${sirenText(firm)}/recruitment`)
  const { items, outside } = body.establishments
  assert.deepEqual([body.twelve.total, items.map((line: any) => Number(line.siret)), outside], [1, [shown], 0])
  assert.equal((await ask(`/companies/${sirenText(alone)}/recruitment`)).status, 404)
})

/** Hires that the database answers straight of the withdrawn ones. */
const straight = async () => {
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(reader.cookie.slice('session='.length)))
    return (await tx.first(
      sql<{ card: number; months: number; hirers: number }>`select
        (select count(*) from hirings_at(${withdrawn}, '2000-01-01'))::int as card,
        (select count(*) from hirings_of_company(${alone}, '2000-01-01'))::int as months,
        (select count(*) from hirers_of_company(${alone}, '2000-01-01', '2100-01-01'))::int as hirers`,
    ))!
  } finally {
    await tx.rollback()
  }
}

test('SEC-6, PRI-1: asked straight, the functions answer nothing of them; without its guard, each would', async () => {
  assert.deepEqual({ ...(await straight()) }, { card: 0, months: 0, hirers: 0 })
  for (const [signature, guard, answer] of [
    ['ctx.reads_hirings(bigint)', "e.diffusion <> 'N' and ", 'card'],
    ['hirings_of_company(bigint,date)', "e.diffusion <> 'N' and ", 'months'],
    ['hirers_of_company(bigint,date,date)', "s.diffusion <> 'N' and ", 'hirers'],
  ] as const)
    await withFunctionChanged(house.owner, signature, guard, '', async () =>
      assert.equal((await straight())[answer], 1, signature),
    )
})
