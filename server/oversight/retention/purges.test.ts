import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { keptForWords } from '../../../contract/oversight/retention.words.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type Work, within } from '../../platform/job.ts'
import { openExports } from '../../testing/exports.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { purgesExport } from './export-purges.ts'
import { retention } from './index.ts'

let house: House
const workers: pg.Client[] = []
let exports: Awaited<ReturnType<typeof openExports>>
let dpd: Person
let otherDpd: Person
let operatorDpd: Person
let agent: Person

before(async () => {
  house = await openHouse(retention)
  for (let n = 0; n < 2; n++) {
    const worker = new pg.Client(house.urls.workerUrl)
    worker.on('error', () => {}) // one is cut
    await worker.connect()
    workers.push(worker)
  }
  const officer = async (kind: 'epci' | 'plie' | 'operateur', name: string) => {
    const person = await house.person((await house.organisation({ kind, name })).id)
    await giveRole(house.owner, person, 'dpd')
    return person
  }
  dpd = await officer('epci', 'CC des Essais')
  otherDpd = await officer('plie', 'PLIE des Essais')
  operatorDpd = await officer('operateur', 'Opérateur des Essais')
  agent = await house.person(dpd.organisationId)
  await giveRole(house.owner, agent, 'rssi')
  exports = await openExports(house.database, [purgesExport], retention)
})
after(async () => {
  await exports.close()
  for (const worker of workers) await worker.end().catch(() => {})
  await house.close()
})
beforeEach(() => house.owner.query('truncate purges; truncate absences'))

/** Absences that ended over a year ago: two of a partner's, one of another's; one of six months ago. */
const layAbsences = async () => {
  const lay = (who: Person, begun: number) =>
    house.owner.query(
      `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
        values ($1, $2, $3, current_date - $4::int, current_date - $4::int + 5, $2, now())`,
      [uuidv7(), who.id, who.organisationId, begun],
    )
  for (const [who, begun] of [
    [dpd, 400],
    [dpd, 420],
    [otherDpd, 400],
    [dpd, 180],
  ] as const)
    await lay(who, begun)
}
const purgeAbsences = async ({ db }: Work) =>
  (await db.first(sql<{ purged: number }>`select ctx.purge_absences() as purged`))!.purged
const absencesLeft = async () => (await house.owner.query('select count(*)::int as n from absences')).rows[0].n
const told = async () =>
  (
    await house.owner.query(
      `select e.actor_id as actor, e.organisation_id as organisation, e.subject_kind as kind, e.subject_id as subject,
        d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'personal-data.purged' order by e.at desc, e.id desc`,
    )
  ).rows
const list = async (who: Person, query = '') => {
  const { status, body } = await house.call(who, 'GET', `/purges${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const lines = (items: readonly any[]) =>
  items.map(({ what, keptFor, organisation, erased }) => [what, keptFor, organisation?.name ?? null, erased])

test('PRI-4: a purge writes how many rows it erased, by structure, with its delay and nothing of a person; run again, it adds nothing', async () => {
  await layAbsences()
  assert.equal(await within(workers[0]!)(purgeAbsences), 3)
  assert.equal(await absencesLeft(), 1)
  const rows = (await house.owner.query('select * from purges order by erased desc')).rows
  assert.deepEqual(
    rows.map(({ id: _id, at: _at, ...row }) => row),
    [
      [dpd, 2],
      [otherDpd, 1],
    ].map(([who, erased]) => ({
      ending: 'absences',
      of_table: 'absences',
      kept_for: 'P1Y',
      organisation_id: (who as Person).organisationId,
      erased,
      held: 0,
    })),
  )
  const [entry] = await told()
  assert.deepEqual(entry, {
    actor: null,
    organisation: null,
    kind: 'personal-data',
    subject: 'absences',
    detail: { table: 'absences', keptFor: 'P1Y', erased: 3, held: 0 },
  })
  const before = (await told()).length
  assert.equal(await within(workers[0]!)(purgeAbsences), 0)
  assert.equal((await house.owner.query('select from purges')).rowCount, 2)
  assert.equal((await told()).length, before)
})

test('PRI-4: a purge cut midway leaves neither its erasures nor their report; the next run does both', async () => {
  await layAbsences()
  const before = (await told()).length
  const cut = workers[1]!
  await assert.rejects(
    within(cut)(async work => {
      assert.equal(await purgeAbsences(work), 3)
      const { rows } = await house.owner.query(
        `select pid from pg_stat_activity where datname = current_database() and query like '%purge_absences%' and state = 'idle in transaction'`,
      )
      assert.equal(rows.length, 1)
      await house.owner.query('select pg_terminate_backend($1)', [rows[0].pid])
      await work.db.run(sql`select 1`)
    }),
  )
  await cut.end().catch(() => {})
  workers[1] = new pg.Client(house.urls.workerUrl)
  await workers[1].connect()
  assert.deepEqual(
    [await absencesLeft(), (await house.owner.query('select from purges')).rowCount, (await told()).length],
    [4, 0, before],
  )
  assert.equal(await within(workers[0]!)(purgeAbsences), 3)
  assert.equal((await house.owner.query('select from purges')).rowCount, 2)
})

test('PRI-4: of two purges at once, each row is counted once', async () => {
  await layAbsences()
  let second: Promise<number>
  const first = await within(workers[0]!)(async work => {
    const purged = await purgeAbsences(work)
    second = within(workers[1]!)(purgeAbsences)
    await until(
      'the second waits',
      async () =>
        (
          await house.owner.query(
            `select from pg_stat_activity where datname = current_database() and query like '%purge_absences%' and wait_event_type = 'Lock'`,
          )
        ).rowCount,
    )
    return purged
  })
  assert.deepEqual([first, await second!], [3, 0])
  assert.deepEqual((await house.owner.query('select sum(erased)::int as n from purges')).rows, [{ n: 3 }])
})

test('PRI-4: an officer reads what was erased of their structure and of none; the operator’s officer reads all; others are refused', async () => {
  await layAbsences()
  await within(workers[0]!)(purgeAbsences)
  await house.owner.query(
    `insert into sign_in_budgets (key, failures, last_at) values (sha256('someone'), 1, now() - interval '3 days')`,
  )
  await within(workers[0]!)(({ db }) => db.run(sql`select ctx.purge_sign_in()`))
  const [absence, budget] = ['Absences déclarées', 'sign_in_budgets']
  const own = [absence, 'P1Y', 'CC des Essais', 2]
  const others = [absence, 'P1Y', 'PLIE des Essais', 1]
  const ofNone = [(await list(dpd)).items.at(-1).what, 'P2D', null, 1]
  assert.deepEqual(lines((await list(dpd)).items), [own, ofNone])
  assert.deepEqual(lines((await list(otherDpd)).items), [others, ofNone])
  assert.deepEqual(
    new Set(lines((await list(operatorDpd)).items).map(String)),
    new Set([own, others, ofNone].map(String)),
  )
  assert.equal((await list(dpd)).items.at(-1).table, budget)
  const refused = await house.call(agent, 'GET', '/purges')
  assert.deepEqual([refused.status, refused.body.code], [403, 'retention/dpd-only'])
  assert.equal((await house.call(null, 'GET', '/purges')).status, 401)
})

test('PRI-4: the runs of one day make one line; the report is read by period, page after page, and a malformed question is refused', async () => {
  const lay = (at: string, table: string, erased: number) =>
    house.owner.query(
      `insert into purges (id, at, ending, of_table, kept_for, organisation_id, erased)
        values ($1, $2, 'drafts', $3, 'P7D', $4, $5)`,
      [uuidv7(), at, table, dpd.organisationId, erased],
    )
  // Half past midnight of the 2nd in Paris, then the last minute of the 2nd.
  await lay('2026-06-01T22:30:00Z', 'drafts', 1)
  await lay('2026-06-02T21:59:00Z', 'drafts', 4)
  await lay('2026-06-02T22:00:00Z', 'drafts', 8)
  await lay('2026-06-02T10:00:00Z', 'gone_table', 2)
  const all = (await list(dpd, '?total=true')) as any
  assert.deepEqual(
    all.items.map(({ on, table, erased, what }: any) => [on, table, erased, what]),
    [
      ['2026-06-03', 'drafts', 8, 'Brouillons'],
      ['2026-06-02', 'drafts', 5, 'Brouillons'],
      ['2026-06-02', 'gone_table', 2, 'gone_table'],
    ],
  )
  assert.equal(all.total, 3)
  assert.equal((await list(dpd, '?from=2026-06-02&to=2026-06-02&total=true')).total, 2)
  const seen: unknown[] = []
  for (let after = ''; ; ) {
    const page = await list(dpd, `?limit=1${after}`)
    seen.push(...page.items)
    if (!page.next) break
    after = `&after=${page.next}`
  }
  assert.deepEqual(seen, all.items)
  const reversed = await house.call(dpd, 'GET', '/purges?from=2026-06-03&to=2026-06-02')
  assert.deepEqual([reversed.status, reversed.body.code], [422, 'retention/period-reversed'])
  for (const query of ['?from=hier', '?after=abc', '?limit=0'])
    assert.equal((await house.call(dpd, 'GET', `/purges${query}`)).status, 400, query)
})

test('PRI-4, PRI-5: the report leaves as a file with its purpose, told in the trail, and gives no more than the page', async () => {
  await layAbsences()
  await within(workers[0]!)(purgeAbsences)
  const ask = (who: Person | null, body: object = {}) =>
    exports.server.inject({
      method: 'POST',
      url: '/api/purges/export',
      headers: who ? { cookie: who.cookie } : {},
      payload: { purpose: 'Bilan annuel', format: 'csv', ...body },
    })
  const answer = await ask(dpd)
  assert.equal(answer.statusCode, 200, answer.body)
  const [head, ...rows] = answer.body.split('\r\n')
  assert.match(head!, /"Jour";"Données";"Catégorie";"Durée appliquée";"Règle";"Structure";"Lignes effacées"/)
  assert.match(rows[0]!, /"Absences déclarées";.*"1 an";.*"CC des Essais";"2";"0";"absences"/)
  assert.doesNotMatch(answer.body, /PLIE/)
  const { rows: entries } = await house.owner.query(
    `select e.actor_id as actor, d.detail ->> 'purpose' as purpose from audit_entries e
      join audit_details d on d.entry_id = e.id where e.action = 'purges.exported'`,
  )
  assert.deepEqual(entries, [{ actor: dpd.id, purpose: 'Bilan annuel' }])
  assert.equal((await ask(agent)).statusCode, 403)
  assert.equal((await ask(null)).statusCode, 401)
  assert.equal((await ask(dpd, { purpose: undefined })).statusCode, 400)
})

test('PRI-4: a delay of the report is said in French', () => {
  for (const [keptFor, words] of [
    ['P1D', '1 jour'],
    ['P30D', '30 jours'],
    ['P12M', '12 mois'],
    ['P1Y', '1 an'],
    ['P5Y', '5 ans'],
    ['P0D', 'aussitôt'],
    ['PT12H', 'PT12H'],
  ] as const)
    assert.equal(keptForWords(keptFor), words)
})
