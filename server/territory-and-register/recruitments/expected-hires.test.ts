import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Person } from '../../testing/house.ts'
import { withPolicyChanged } from '../../testing/parity.ts'
import { places, siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { lastWholeMonth } from './recruitment-rules.ts'
import { layBrought } from './testing-groups.ts'
import { type Looked, openLooked, siretsOf } from './testing-looked.ts'

let { house, nadia, wide, blind, elsewhere, campaign, search, preview, straight } = {} as Looked

/** What is expected, or why nothing is told. */
const forecasts: Readonly<Record<number, number | string>> = {
  1: 12,
  2: 3,
  3: 0,
  4: 'not-better',
  5: 99_000,
  7: 40,
  8: 7,
}
const communes: Readonly<Record<number, string>> = { 7: '33003', 8: '40002' }
const layForecasts = async (of: Readonly<Record<number, number | string>>, month = '2026-12-01') => {
  await house.owner.query('delete from hiring_forecasts')
  for (const [n, said] of Object.entries(of))
    await house.owner.query(
      `insert into hiring_forecasts (siret, month, expected, silence, region_id, departement_id, epci_id, clpe_id)
        select siret, $2, $3, $4, region_id, departement_id, epci_id, clpe_id from establishments where siret = $1`,
      [siretOf(Number(n)), month, typeof said === 'number' ? said : null, typeof said === 'string' ? said : null],
    )
}
before(async () => {
  ;({ house, nadia, wide, blind, elsewhere, campaign, search, preview, straight } = await openLooked(8, communes))
  await layBrought(house.owner, '2021-01-01', '2026-12-01', '2026-12-31', '2027-01-02T03:00:00Z')
  await layForecasts(forecasts)
})
after(() => house.close())

test('CAM-2, REC-4: a campaign is built from hires expected within three months, where the card tells a forecast', async () => {
  for (const [expectedHires, numbers] of [
    [1, [1, 2, 5]],
    [3, [1, 2, 5]],
    [4, [1, 5]],
    [99_000, [5]],
    [99_001, []],
  ] as const) {
    assert.deepEqual(await preview(nadia, { expectedHires }), siretsOf(...numbers), String(expectedHires))
    assert.deepEqual(await search(nadia, `q=atelier&expectedHires=${expectedHires}`), siretsOf(...numbers))
  }
  assert.deepEqual(await preview(wide, { expectedHires: 1 }), siretsOf(1, 2, 5, 7), 'within the campaign’s territory')
  const criteria = { expectedHires: 10, employer: true, territoryId: places.graves }
  const added = await house.call(nadia, 'POST', `/campaigns/${campaign}/targets`, { criteria })
  assert.equal(added.body.outcomes.counts.added, 2, JSON.stringify(added.body))
  const { rows } = await house.owner.query(
    `select d.detail -> 'asked' -> 'criteria' as asked from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'campaign.targets-added'`,
  )
  assert.deepEqual(rows, [{ asked: criteria }], 'what was asked is in the trail')
  await house.owner.query('delete from campaign_targets where campaign_id = $1', [campaign])
})

test('EST-2, REC-4: the search is narrowed by expected hires, with a territory, recent hires and the counts of its other filters', async () => {
  assert.deepEqual(await search(wide, `territory=${places.aquitaine}&expectedHires=7`), siretsOf(1, 5, 7, 8))
  assert.deepEqual(await search(wide, `territory=${places.gironde}&expectedHires=7`), siretsOf(1, 5, 7))
  assert.deepEqual(await search(nadia, `q=${siretsOf(1)[0]}&expectedHires=13`), [])
  assert.deepEqual(await search(nadia, `territory=${places.graves}&expectedHires=1&hires=any`), [])
  const { body } = await house.call(nadia, 'GET', '/establishments/facets?q=atelier&expectedHires=1')
  assert.equal(body.active.find(({ value }: { value: boolean }) => value).count, 3)
})

test('REC-4: a forecast of an earlier month than the last one told is the card’s no more: nobody is found by it', async () => {
  await layForecasts(forecasts, '2026-11-01')
  try {
    assert.deepEqual(await search(wide, 'q=atelier&expectedHires=1'), [])
  } finally {
    await layForecasts(forecasts)
  }
})

test('CAM-2, EST-2, SEC-6: refused without the tool, and where its perimeter has nothing of the territory asked', async () => {
  const query = `territory=${places.graves}&expectedHires=1`
  assert.equal(await search(blind, query), 'access/no-grant')
  assert.equal(await search(elsewhere, query), 'access/outside-perimeter')
  assert.equal((await house.call(blind, 'GET', `/establishments/facets?${query}`)).body.code, 'access/no-grant')
  assert.equal(await preview(blind, { expectedHires: 1 }), 'access/no-grant')
  assert.equal(await preview(elsewhere, { expectedHires: 1 }), 'access/outside-perimeter')
  for (const who of [blind, elsewhere]) {
    const criteria = { expectedHires: 1 }
    const added = await house.call(who, 'POST', `/campaigns/${campaign}/targets`, { criteria })
    assert.equal(added.status, 403, JSON.stringify(added.body))
  }
  for (const least of ['0', '-1', '1.5', '100000', 'abc'])
    assert.equal(await search(nadia, `q=atelier&expectedHires=${least}`), 'request/malformed', least)
  for (const least of [0, 100_000, '1', null])
    assert.equal(await preview(nadia, { expectedHires: least }), 'request/malformed', String(least))
})

test('SEC-6: asked straight, the set answers only where the cards are read, and nothing without a session', async () => {
  const told = [nadia, wide, blind, elsewhere, null]
  const count = (who: Person | null) =>
    straight(who, sql<{ n: number }>`select count(*)::int as n from hires_expected(0)`).then(({ n }) => n)
  assert.deepEqual(await Promise.all(told.map(count)), [4, 6, 0, 0, 0])
  await withPolicyChanged(house.owner, 'hiring_forecasts', 'read', '(select ctx.ok())', async () =>
    assert.deepEqual(await Promise.all(told.map(count)), [6, 6, 6, 6, 0], 'the policy alone keeps them apart'),
  )
})

test('REC-4: the last month that files tell whole is the same by the rule and in the database, at each bound', async () => {
  for (const [asOf, received] of [
    ['2026-12-31', '2027-01-02'],
    ['2026-12-30', '2027-01-02'],
    ['2027-02-28', '2027-03-01'],
    ['2028-02-28', '2028-03-01'],
    // A day told beyond the file: the day of the file is the last one told.
    ['2027-06-30', '2027-05-31'],
    ['2027-06-30', '2027-05-30'],
  ] as const) {
    await house.owner.query('delete from hiring_months')
    await house.owner.query('delete from hiring_files')
    await layBrought(house.owner, '2026-01-01', '2026-02-01', asOf, `${received}T03:00:00Z`)
    const { month } = await straight(nadia, sql<{ month: string }>`select ctx.last_hiring_month() as month`)
    assert.equal(month, `${lastWholeMonth(asOf < received ? asOf : received)}-01`, `${asOf} ${received}`)
  }
})
