import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { parisDay, systemClock } from '../../platform/time.ts'
import { moveClockTo, putClockBack } from '../../testing/clock.ts'
import { openExports } from '../../testing/exports.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaigns } from '../../work-with-employers/campaigns/testing.ts'
import { anExchange, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { definitions, versionFor } from './definitions.ts'
import { indicatorRowsExport } from './export-rows.ts'
import { freezeFigures } from './freeze-figures.job.ts'
import { indicators } from './index.ts'
import { freezesOn, monthAsked } from './period-rules.ts'
import { aUse, insertUse } from './testing.ts'

let house: House
let workers: pg.Client[]
let exports: Awaited<ReturnType<typeof openExports>>
let people: Person[]
let claire: Person // community of communes
let paul: Person // the same, with the same rights
let lone: Person // the same, campaigns alone
let karim: Person // mission locale
let nadia: Person // the operator: the whole country
let hugo: Person // the operator: Gironde
let campaignId: string
/** What each read before the month was frozen. */
let live: any[]

const monthOf = (day: string, by = 0) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + by, 1)).toISOString().slice(0, 10)
const today = parisDay(systemClock())
/** The last month whose day has come, and the next. */
const month = [-1, -2].map(by => monthOf(today, by)).find(one => freezesOn(one) <= today)!
const next = monthOf(month, 1)
const last = new Date(Date.parse(next) - 86_400_000).toISOString().slice(0, 10)
const period = `from=${month}&to=${last}`
const midMonth = `${month.slice(0, 8)}15`

const rights = (territoryId: number) =>
  [
    { tool: 'campagnes', profile: 'conseiller', territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const
before(async () => {
  house = await openHouse(indicators)
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  for (const worker of workers) await worker.connect()
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query(
    'insert into territory_overlaps values (0, 2033), (2033, 0), (2033, 2033), (0, 2040), (2040, 0), (2040, 2040)',
  )
  const [cc, mission, operator] = [
    await house.organisation({ kind: 'epci' }),
    await house.organisation({ kind: 'mission-locale' }),
    await house.organisation({ kind: 'operateur' }),
  ]
  claire = await house.person(cc.id, [...rights(2033)])
  paul = await house.person(cc.id, [...rights(2033)])
  lone = await house.person(cc.id, [{ tool: 'campagnes', profile: 'consultation', territoryId: 2033 }])
  karim = await house.person(mission.id, [...rights(2033)])
  nadia = await house.person(operator.id, [...rights(0)])
  hugo = await house.person(operator.id, [...rights(2033)])
  people = [claire, paul, lone, karim, nadia, hugo]
  const campaign = aCampaign({
    status: 'open',
    pilotId: cc.id,
    memberIds: [mission.id],
    territoryId: 2033,
    createdAt: `${month}T06:00:00Z`,
    openedAt: `${month}T08:00:00Z`,
    startsOn: month,
    endsOn: monthOf(month, 12),
  })
  campaignId = campaign.id
  await insertCampaigns(house.owner, [campaign], claire.id)
  await said(31000000000001, claire)
  await said(31000000000002, karim)
  for (const who of [claire, karim])
    await insertUse(house.owner, aUse({ accountId: who.id, organisationId: who.organisationId, day: midMonth }))
  exports = await openExports(house.database, [indicatorRowsExport], indicators)
})
after(async () => {
  for (const worker of workers) await worker.end()
  await exports.close()
  await house.close()
})

const said = (siret: number, who: Person) =>
  insertExchange(
    house.owner,
    anExchange({
      siret,
      organisationId: who.organisationId,
      authorId: who.id,
      campaignId,
      occurredOn: midMonth,
      departementId: 2033,
    }),
  )
const freeze = (batch = 200, signal?: AbortSignal, worker = 0) =>
  freezeFigures({ within: within(workers[worker]!), signal }, batch)
const read = async (who: Person, asked = period) => {
  const { status, body } = await house.call(who, 'GET', `/indicators?${asked}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const figures = (body: any) =>
  body.items.map(({ code, value, parts, definition }: any) => [
    code,
    definition.version,
    value,
    ...parts.map((part: any) => part.value),
  ])
const sumOf = (body: any, code: string) => {
  const { value, since } = body.items.find((one: any) => one.code === code)
  return [value, since]
}
const linesKept = async () =>
  (await house.owner.query('select encode(digest, $1) as digest from frozen_figures order by scope', ['hex'])).rows

test('IND-6: a month is frozen from the 10th of the next one, in days of Paris', async () => {
  const due = async () =>
    (await house.owner.query('select month from ctx.months_to_freeze() as month')).rows.map(row => row.month)
  try {
    for (const [instant, month] of [
      ['2026-12-09T22:59:00Z', '2026-10-01'],
      ['2026-12-09T23:00:00Z', '2026-11-01'],
      ['2027-01-09T23:00:00Z', '2026-12-01'],
    ] as const) {
      await moveClockTo(house.owner, instant)
      assert.deepEqual(await due(), [month], instant)
    }
  } finally {
    await putClockBack(house.owner)
  }
  const days = Array.from({ length: 26 }, (_, n) => monthOf('2026-01-01', n))
  const { rows } = await house.owner.query(
    'select ctx.freezes_on(m) as day from unnest($1::date[]) with ordinality as t (m, n) order by n',
    [days],
  )
  assert.deepEqual(
    rows.map(row => row.day),
    days.map(freezesOn),
    'the two rules',
  )
  assert.equal(freezesOn('2026-12-01'), '2027-01-10')
  for (const [from, to, asked] of [
    ['2026-11-01', '2026-11-30', '2026-11-01'],
    ['2026-11-01', '2026-11-29', null],
    ['2026-11-02', '2026-11-30', null],
    ['2026-10-01', '2026-12-31', null],
  ] as const)
    assert.equal(monthAsked({ from, to }), asked, `${from} ${to}`)
  assert.equal(monthAsked({ from: month, to: last, territory: 2033 }), null, 'narrowed')
  assert.equal(monthAsked({ from: month, to: last, territory: 0 }), month, 'the whole country narrows nothing')
})

test('IND-6: before its day a month says until when it may move, and neither the worker nor the web freezes it', async () => {
  const to = new Date(Date.parse(monthOf(next, 1)) - 86_400_000).toISOString().slice(0, 10)
  const body = await read(claire, `from=${next}&to=${to}`)
  assert.deepEqual([body.frozen, body.freezesOn], [null, freezesOn(next)])
  assert.deepEqual((await read(claire)).freezesOn, null, 'its day has come')
  const call = 'select ctx.freeze_figures($1::date, $2::uuid, 10)'
  const nobody = '00000000-0000-0000-0000-000000000000'
  await assert.rejects(workers[0]!.query(call, [next, nobody]), { code: '42501', message: /not the day/ })
  await assert.rejects(workers[0]!.query(call, [midMonth, nobody]), { code: '42501' }, 'no month')
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  try {
    await assert.rejects(web.query(call, [month, nobody]), { code: '42501' })
    await assert.rejects(web.query('select ctx.figures_read($1::date)', [month]), { code: '42501' })
    await assert.rejects(web.query('insert into frozen_months values ($1, now(), 0, $2)', [month, Buffer.alloc(32)]), {
      code: '42501',
    })
    assert.deepEqual((await web.query('select month, scope from frozen_figures')).rows, [], 'nobody entered')
  } finally {
    await web.end()
  }
})

test('IND-6, REL-6: a run that is cut shows nothing and is taken up; two at once freeze a month once, with one act', async () => {
  live = await Promise.all(people.map(who => read(who)))
  const cut = new AbortController()
  const worker = within(workers[0]!)
  let steps = 0
  const ended = await freezeFigures(
    {
      within: work => {
        if (++steps === 3) cut.abort()
        return worker(work)
      },
      signal: cut.signal,
    },
    1,
  )
  const kept = await linesKept()
  assert.deepEqual([ended, kept.length > 0 && kept.length < 5], [[], true], 'cut on the way')
  for (const who of people) {
    const { frozen, frozenForOthers } = await read(who)
    assert.deepEqual([frozen, frozenForOthers], [null, false], 'a month half frozen')
  }
  const runs = await Promise.all([freeze(1), freeze(1, undefined, 1)])
  assert.deepEqual(runs, [[month], [month]])
  const lines = await linesKept()
  assert.equal(lines.length, 5, 'one for each structure and perimeters: two persons share one')
  for (const line of kept)
    assert.ok(
      lines.some(({ digest }) => digest === line.digest),
      'what was kept stays',
    )
  assert.deepEqual(await freeze(), [], 'twice')
  const { rows } = await house.owner.query(
    `select e.actor_id as actor, e.subject_kind as kind, e.subject_id = encode(m.digest, 'hex') as of_month, d.detail
      from audit_entries e join audit_details d on d.entry_id = e.id cross join frozen_months m
      where e.action = 'figures.frozen'`,
  )
  assert.deepEqual(rows, [{ actor: null, kind: 'frozen-month', of_month: true, detail: { month, lines: 5 } }])
})

test('IND-3, IND-4, IND-6: a frozen month reads as each reader read it, says its day and digest, and what moved since', async () => {
  const before = await Promise.all(people.map(who => read(who)))
  for (const [n, body] of before.entries()) {
    assert.equal(parisDay(new Date(body.frozen.at)), today)
    assert.match(body.frozen.digest, /^[0-9a-f]{64}$/)
    assert.equal(body.frozenForOthers, false)
    assert.deepEqual(figures(body), figures(live[n]), 'as they were read, version too')
    assert.ok(body.items.every((one: any) => one.since === 0 && one.parts.every((part: any) => part.since === 0)))
  }
  const narrowed = await read(claire, `${period}&campaign=${campaignId}`)
  assert.deepEqual(
    [narrowed.frozen, narrowed.freezesOn, narrowed.frozenForOthers],
    [null, null, false],
    'by campaign, no figure is frozen',
  )
  assert.deepEqual(
    before.map(body => sumOf(body, 'etablissements')[0]),
    [2, 2, 0, 2, 2, 2],
  )
  assert.deepEqual(
    before.map(body => sumOf(body, 'conseillers-utilisateurs')[0]),
    [1, 1, 1, 1, 2, 1].map((value, n) => (people[n] === hugo ? 0 : value)),
  )
  assert.equal(before[0].frozen.digest, before[1].frozen.digest, 'one line for two of the same rights')
  assert.equal(new Set(before.map(body => body.frozen.digest)).size, 5)

  await said(31000000000003, karim)
  await house.owner.query(`update exchanges set status = 'cancelled' where siret in (31000000000001, 31000000000002)`)
  await insertUse(
    house.owner,
    aUse({ accountId: paul.id, organisationId: paul.organisationId, kind: 'recherches', day: midMonth, count: 4 }),
  )
  const after = await Promise.all(people.map(who => read(who)))
  for (const [n, body] of after.entries()) {
    assert.deepEqual(figures(body), figures(before[n]), 'what was frozen stays')
    assert.deepEqual(body.frozen, before[n].frozen)
  }
  assert.deepEqual(
    [claire, lone, nadia].map(who => sumOf(after[people.indexOf(who)], 'etablissements')),
    [
      [2, -1],
      [0, 0],
      [2, -1],
    ],
  )
  assert.deepEqual(sumOf(after[0], 'usage'), [0, 4])
  assert.deepEqual(sumOf(after[people.indexOf(karim)], 'usage'), [0, 0], 'of another structure')
})

test('IND-5, IND-6: rows and their file say the frozen figure beside the lines of today', async () => {
  const { digest } = (await read(claire)).frozen
  const rows = (asked: string) => house.call(claire, 'GET', `/indicators/etablissements/rows?${asked}&total=true`)
  const { body } = await rows(period)
  assert.deepEqual([body.value, body.frozen.value, body.frozen.digest], [1, 2, digest])
  assert.deepEqual((await rows(`${period}&part=fidelisation`)).body.frozen.value, 0)
  assert.equal((await rows(`${period}&campaign=${campaignId}`)).body.frozen, undefined)
  const file = await exports.server.inject({
    method: 'POST',
    url: `/api/indicators/etablissements/rows/export?${period}`,
    headers: { cookie: claire.cookie },
    payload: { purpose: 'Préparer la réunion', format: 'csv' },
  })
  assert.equal(file.statusCode, 200, file.body)
  assert.match(file.body, new RegExp(`Chiffre arrêté le [^\\n]* : 2 \\(empreinte SHA-256 : ${digest}\\)`))
})

test('IND-6, SEC-6: whose perimeter or structure is no longer the same reads no frozen figure, and is told so', async () => {
  assert.ok((await read(paul)).frozen)
  await house.owner.query(
    `update grants set territory_id = 2040 where account_id = $1 and tool = 'fiche-etablissement'`,
    [paul.id],
  )
  const body = await read(paul)
  assert.deepEqual([body.frozen, body.freezesOn, sumOf(body, 'etablissements')], [null, null, [0, 0]])
  assert.equal(body.frozenForOthers, true)
  const late = await house.person(karim.organisationId, [...rights(2040)])
  const { frozen, frozenForOthers } = await read(late)
  assert.deepEqual([frozen, frozenForOthers], [null, true], 'a perimeter that nobody had')
})

test('IND-6: months missed while nothing ran are all frozen at the next run', async () => {
  try {
    await moveClockTo(house.owner, `${monthOf(month, 4).slice(0, 8)}10T11:00:00Z`)
    assert.deepEqual(
      (await house.owner.query('select month from ctx.months_to_freeze() as month')).rows.map(row => row.month),
      [1, 2, 3].map(by => monthOf(month, by)),
    )
  } finally {
    await putClockBack(house.owner)
  }
})

test('IND-6: nobody changes nor removes what is frozen; a version that counts is one that is frozen', async () => {
  const admin = new pg.Client(house.urls.superUrl)
  await admin.connect()
  try {
    for (const table of ['frozen_figures', 'frozen_months']) {
      for (const statement of [`update ${table} set frozen_at = now()`, `delete from ${table}`]) {
        assert.equal((await house.owner.query(statement)).rowCount, 0, `${statement}, by the owner`)
        await assert.rejects(admin.query(statement), /append-only/, statement)
      }
      for (const by of [house.owner, admin]) await assert.rejects(by.query(`truncate ${table}`), /append-only/)
    }
  } finally {
    await admin.end()
  }
  const { rows } = await house.owner.query('select count(*)::int as n from frozen_figures')
  assert.equal(rows[0].n, 5)
  const { rows: kept } = await house.owner.query(
    `select distinct l ->> 'code' as code, (l ->> 'version')::int as version
      from frozen_figures, jsonb_array_elements(lines) l order by 1`,
  )
  assert.deepEqual(
    kept.map(({ code, version }) => [code, version]),
    definitions.map(({ code, versions }) => [code, versionFor(versions, last).version]).sort(),
    'ctx.figures_read counts by the version in force',
  )
})
