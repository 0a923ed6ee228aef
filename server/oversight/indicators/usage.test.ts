import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import * as indicators from '../../../contract/oversight/indicators.ts'
import type { Route } from '../../../contract/route.ts'
import * as establishments from '../../../contract/territory-and-register/establishments.ts'
import * as recruitments from '../../../contract/territory-and-register/recruitments.ts'
import * as campaigns from '../../../contract/work-with-employers/campaigns.ts'
import * as exchanges from '../../../contract/work-with-employers/exchanges.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person, tokenOf } from '../../testing/house.ts'
import { disagreements, sightsOf, someoneDisagrees, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import { until } from '../../testing/until.ts'
import { mayReadUsage } from './indicators.model.ts'
import { recordUsage } from './usage.ts'
import { useOf } from './usage-rules.ts'

// Days ago: what is forgotten depends on the days written, not on the clock of the database. The 26th in Paris.
const now = new Date('2026-01-25T23:30:00Z')
let house: House
before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
})
after(() => house.close())

const viewerOf = async (who: Person): Promise<Viewer> => {
  const tx = await house.database.begin()
  const viewer = await tx.enter(tokenHash(who.cookie.slice('session='.length)))
  await tx.rollback()
  return viewer!
}
const digestOf = (who: Person) => Buffer.from(tokenOf(who), 'hex')
const written = async (who: Person) =>
  (
    await house.owner.query(
      'select tool, kind, day, count, perimeter from usage_days where account_id = $1 order by tool, kind, day',
      [who.id],
    )
  ).rows.map(r => [r.tool, r.kind, r.day, r.count, r.perimeter])
const advisor = async () =>
  house.person((await house.organisation()).id, [
    { tool: 'campagnes', territoryId: 2033 },
    { tool: 'campagnes', profile: 'consultation', territoryId: 2040 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 1075 },
  ])

for (const [name, route, expected] of [
  ['a card', establishments.getEstablishment, { tool: 'fiche-etablissement', kind: 'fiches-consultees' }],
  ['a recruitment card', recruitments.getRecruitment, { tool: 'fiche-recrutement', kind: 'fiches-consultees' }],
  ['that of a company', recruitments.getCompanyRecruitment, { tool: 'fiche-recrutement', kind: 'fiches-consultees' }],
  ['its line on the card of the employer', recruitments.getRecruitmentSummary, null],
  ['a search', establishments.searchEstablishments, { tool: 'fiche-etablissement', kind: 'recherches' }],
  ['a campaign', campaigns.getCampaign, { tool: 'campagnes', kind: 'campagnes-consultees' }],
  ['an exchange', exchanges.recordExchange, { tool: 'campagnes', kind: 'echanges-enregistres' }],
  ['a list', campaigns.listCampaigns, { tool: 'campagnes', kind: null }],
  ['the figures themselves', indicators.getIndicators, null],
] as const)
  test(`IND-1, IND-2: what is counted of ${name}`, () => assert.deepEqual(useOf(route as Route), expected))

test('IND-2: uses are added up by person and day, sessions once a tool and day in all processes', async () => {
  const claire = await advisor()
  const [viewer, token] = [await viewerOf(claire), digestOf(claire)]
  const [one, other] = [
    recordUsage(house.database, { clock: () => now, everyMs: 3_600_000 }),
    recordUsage(house.database, { clock: () => now, everyMs: 3_600_000 }),
  ]
  for (const usage of [one, other]) {
    for (const route of [
      establishments.getEstablishment,
      establishments.getEstablishment,
      campaigns.listCampaigns,
      campaigns.listCampaigns,
    ])
      usage.onAnswered(viewer, route, token)
  }
  assert.deepEqual(await written(claire), [], 'reading waits for no write')
  await Promise.all([one.flush(), other.flush()])
  one.onAnswered(viewer, establishments.getEstablishment, token)
  one.onAnswered(viewer, campaigns.listCampaigns, token)
  await Promise.all([one.stop(), other.stop()])
  const day = '2026-01-26'
  assert.deepEqual(await written(claire), [
    ['campagnes', 'sessions', day, 1, [2033, 2040]],
    ['fiche-etablissement', 'fiches-consultees', day, 5, [1075]],
    ['fiche-etablissement', 'sessions', day, 1, [1075]],
  ])
})

test('IND-2: what a failed write held is written with the next one; a locked session uses nothing', async () => {
  const claire = await advisor()
  const [viewer, token] = [await viewerOf(claire), digestOf(claire)]
  let down = true
  const errors: unknown[] = []
  const usage = recordUsage(
    { ...house.database, run: query => (down ? Promise.reject(new Error('away')) : house.database.run(query)) },
    { clock: () => now, everyMs: 3_600_000, onError: e => errors.push(e) },
  )
  usage.onAnswered(viewer, exchanges.recordExchange, token)
  usage.onAnswered({ ...viewer, state: 'locked' }, exchanges.recordExchange, token)
  await usage.flush()
  usage.onAnswered(viewer, exchanges.recordExchange, token)
  down = false
  await usage.stop()
  assert.equal(errors.length, 1)
  assert.deepEqual(
    (await written(claire)).map(r => [r[1], r[3]]),
    [
      ['echanges-enregistres', 2],
      ['sessions', 1],
    ],
  )
})

test('IND-2: it writes by itself every few moments', async () => {
  const claire = await advisor()
  const usage = recordUsage(house.database, { clock: () => now, everyMs: 20 })
  usage.onAnswered(await viewerOf(claire), establishments.searchEstablishments, digestOf(claire))
  await until('use written', async () => (await written(claire)).length > 0)
  assert.equal((await written(claire)).length, 2)
  await usage.stop()
})

test('SEC-6: use is only written for who has a session, by the digest of its token: an id, which rows tell, names nobody', async () => {
  const claire = await advisor()
  const use = { tool: 'campagnes', kind: 'recherches', day: '2026-11-25', count: 1, perimeter: '{}' }
  const record = (of: object) =>
    house.database.run(sql`select record_usage(${JSON.stringify([{ ...use, ...of }])}::jsonb)`)
  const count = async () => (await house.owner.query('select count(*)::int as n from usage_days')).rows[0].n
  const before = await count()
  for (const of of [
    { token_hash: '00'.repeat(32) },
    { session_id: claire.sessionId },
    { token_hash: claire.sessionId.replaceAll('-', '').repeat(2) },
    { account_id: claire.id },
  ])
    await record(of)
  assert.equal(await count(), before)
  await record({ token_hash: tokenOf(claire) })
  assert.deepEqual(
    (await written(claire)).map(r => r[1]),
    ['recherches', 'sessions'],
  )
})

test('SEC-6: usage: the policy and the database agree on every pair, and not when a clause goes', async () => {
  await house.owner.query('delete from usage_days')
  const random = seededRandom(3)
  const organisations = [
    (await house.organisation()).id,
    (await house.organisation()).id,
    (await house.organisation({ kind: 'operateur' })).id,
  ]
  const hashes = await peopleOfAllKinds(house, organisations, 130, random)
  const { rows: accounts } = await house.owner.query(
    'select id, organisation_id from accounts where organisation_id = any ($1)',
    [organisations],
  )
  const kinds = ['sessions', 'recherches', 'fiches-consultees', 'campagnes-consultees', 'echanges-enregistres']
  const rows = Array.from({ length: 1000 }, (_, i) => {
    const { id: accountId, organisation_id: organisationId } = accounts[i % accounts.length]
    const [kind, day] = [kinds[i % 5]!, `2026-0${1 + Math.floor(i / accounts.length)}-01`]
    return {
      id: `${accountId}${kind}${day}`,
      accountId,
      organisationId,
      tool: pick(random, ['campagnes', 'fiche-etablissement']),
      kind,
      day,
    }
  })
  await house.owner.query(
    `insert into usage_days (account_id, organisation_id, tool, kind, day, count, perimeter)
      select "accountId", "organisationId", tool, kind, day, 1, '{}'
      from jsonb_to_recordset($1) as r ("accountId" uuid, "organisationId" uuid, tool text, kind text, day date)`,
    [JSON.stringify(rows)],
  )
  const sights = (some: readonly Buffer[]) =>
    sightsOf(house.database, some, sql<{ id: string }>`select account_id || kind || day as id from usage_days`)
  const seen = await sights(hashes)
  assert.ok(seen.length * rows.length >= 100_000)
  assert.deepEqual(disagreements(seen, rows, mayReadUsage).slice(0, 3), [])
  for (const [name, mutant] of Object.entries<(v: Viewer, r: { organisationId: string }) => boolean>({
    'own only': (v, r) => v.state === 'active' && v.organisationId === r.organisationId,
    'any state': (v, r) => v.organisationId === r.organisationId || mayReadUsage(v, r),
    'any national': (v, r) => mayReadUsage(v, r) || v.grants.some(g => g.territoryId === 0),
    'any grant': (v, r) => mayReadUsage(v, r) || v.grants.some(g => g.tool === 'campagnes'),
  }))
    assert.notEqual(disagreements(seen, rows, mutant).length, 0, name)
  // The months say the same, under the same words.
  const months = rows.map(row => ({ ...row, id: `${row.accountId}${row.kind}${row.day}${row.tool}` }))
  const monthSights = (some: readonly Buffer[]) =>
    sightsOf(
      house.database,
      some,
      sql<{ id: string }>`select account_id || kind || month || tool as id from usage_months`,
    )
  assert.deepEqual(disagreements(await monthSights(hashes), months, mayReadUsage).slice(0, 3), [])
  for (const using of [
    '(select ctx.ok())',
    '(select ctx.ok()) and organisation_id = (select ctx.organisation())',
    '(select ctx.ok()) and ctx.national((select ctx.campagnes()))',
    '(select ctx.ok()) and (organisation_id = (select ctx.organisation()) or ctx.national((select ctx.fiche())))',
  ]) {
    await withPolicyChanged(house.owner, 'usage_days', 'read', using, async () =>
      assert.ok(await someoneDisagrees(hashes, sights, rows, mayReadUsage), using),
    )
    await withPolicyChanged(house.owner, 'usage_months', 'read', using, async () =>
      assert.ok(await someoneDisagrees(hashes, monthSights, months, mayReadUsage), using),
    )
  }
})
