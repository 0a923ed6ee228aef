import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type Work, within } from '../../platform/job.ts'
import { parisDay, systemClock } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { retention } from './index.ts'
import { purgeLegalHolds } from './purge-legal-holds.job.ts'

let house: House
let worker: pg.Client
let dpd: Person
let otherDpd: Person
let operatorDpd: Person
let agent: Person
let cssi: Person
const today = parisDay(systemClock())

before(async () => {
  house = await openHouse(retention)
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
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
  cssi = await house.person(operatorDpd.organisationId)
  await giveRole(house.owner, cssi, 'cssi')
})
after(async () => {
  await worker.end()
  await house.close()
})
beforeEach(() => house.owner.query('truncate purges, absences, legal_holds'))

/** An absence that ended over a year ago, of each. */
const layAbsences = async (...people: readonly Person[]) => {
  for (const who of people)
    await house.owner.query(
      `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
        values ($1, $2, $3, current_date - 400, current_date - 390, $2, now())`,
      [uuidv7(), who.id, who.organisationId],
    )
}
const purgeAbsences = async ({ db }: Work) =>
  (await db.first(sql<{ purged: number }>`select ctx.purge_absences() as purged`))!.purged
const purge = () => within(worker)(purgeAbsences)
/** An entry of the partner in the trail, with its detail. */
const layEntry = async (action: string, kind: string, subject: string, at: string) => {
  const id = uuidv7()
  await house.owner.query(
    `with d as (select decode(repeat('00', 16), 'hex') as salt, '{}'::jsonb as detail),
      e as (insert into audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, detail_digest)
        select $1, ${at}, $6, $2, $3, $4, $5, audit_detail_digest(salt, detail) from d)
      insert into audit_details select $1, salt, detail from d`,
    [id, dpd.organisationId, action, kind, subject, dpd.id],
  )
  return id
}
const left = async () =>
  (await house.owner.query('select account_id as id from absences')).rows.map(({ id }) => id as string).sort()
const addressOf = async (who: Person) =>
  (await house.owner.query('select email from account_contacts where account_id = $1', [who.id])).rows[0].email
const place = (who: Person | null, body: object, headers: Record<string, string> = once()) =>
  house.call(who, 'POST', '/legal-holds', { reason: 'Contentieux prud’homal', ...body }, headers)
const placed = async (who: Person, body: object) => {
  const { status, body: hold } = await place(who, body)
  assert.equal(status, 200, JSON.stringify(hold))
  return hold
}
const lift = (who: Person | null, id: string) =>
  house.call(who, 'POST', `/legal-holds/${id}/lift`, { reason: 'Affaire close' }, once())
const listed = async (who: Person, state: 'in-force' | 'ended') =>
  (await house.call(who, 'GET', `/legal-holds?state=${state}&total=true`)).body
const entries = async () =>
  (
    await house.owner.query(
      `select e.action, e.subject_id as subject, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action like 'legal-hold.%' order by e.at, e.id`,
    )
  ).rows

test('PRI-4: what a hold covers is not erased at its term, and the report says how many are held; lifted, the next purge erases', async () => {
  await layAbsences(dpd, agent, otherDpd)
  const hold = await placed(dpd, { ending: 'absences' })
  assert.equal(await purge(), 1, 'the other structure’s')
  assert.deepEqual(await left(), [dpd.id, agent.id].sort())
  const { items } = (await house.call(dpd, 'GET', '/purges')).body
  assert.deepEqual(
    items.map(({ table, erased, held }: any) => [table, erased, held]),
    [['absences', 0, 2]],
  )
  assert.equal((await lift(dpd, hold.id)).status, 200)
  assert.equal(await purge(), 2)
  assert.deepEqual(await left(), [])
  assert.deepEqual(
    (await entries()).slice(-2).map(({ action, subject }) => [action, subject]),
    [
      ['legal-hold.placed', hold.id],
      ['legal-hold.lifted', hold.id],
    ],
  )
  assert.doesNotMatch(JSON.stringify(await entries()), /Contentieux|Affaire/)
})

test('PRI-4: a hold on a person keeps what is theirs and nothing of another; past its last day, it keeps nothing', async () => {
  await layAbsences(dpd, agent)
  const hold = await placed(dpd, { email: (await addressOf(agent)).toUpperCase(), until: today })
  assert.deepEqual([hold.account.id, hold.ending, hold.state], [agent.id, null, 'in-force'])
  assert.equal(await purge(), 1)
  assert.deepEqual(await left(), [agent.id])
  await house.owner.query(`update legal_holds set until = current_date - 2`)
  assert.equal((await listed(dpd, 'ended')).items[0].id, hold.id)
  assert.equal((await lift(dpd, hold.id)).body.code, 'legal-hold/ended')
  assert.equal(await purge(), 1)
})

test('PRI-4: the operator’s officer holds a kind of data of every structure, and the details of the trail, which are kept whole', async () => {
  await layAbsences(dpd, otherDpd)
  await placed(operatorDpd, { ending: 'absences' })
  assert.equal(await purge(), 0)
  assert.equal((await left()).length, 2)
  const trail = await placed(operatorDpd, { ending: 'trail' })
  await layEntry('exchange.recorded', 'exchange', 'x', "now() - interval '13 months'")
  const details = () =>
    within(worker)(({ db }) => db.first(sql<{ n: number }>`select ctx.purge_trail_details(12, 100) as n`))
  assert.deepEqual(await details(), { n: 0 })
  assert.deepEqual(
    (await house.owner.query(`select organisation_id as of, erased, held from purges where ending = 'trail'`)).rows,
    [{ of: dpd.organisationId, erased: 0, held: 1 }],
  )
  await lift(operatorDpd, trail.id)
  assert.deepEqual(await details(), { n: 1 })
})

test('PRI-4: who may not is refused, and so is what is malformed, past, of nobody or of no structure', async () => {
  for (const [who, body, status, code] of [
    [agent, { ending: 'absences' }, 403, 'retention/dpd-only'],
    [cssi, { ending: 'absences' }, 403, 'retention/dpd-only'],
    [null, { ending: 'absences' }, 401, undefined],
    [dpd, {}, 422, 'legal-hold/one-scope'],
    [dpd, { ending: 'absences', email: 'a@exemple.fr' }, 422, 'legal-hold/one-scope'],
    [dpd, { ending: 'trail' }, 403, 'legal-hold/operator-only'],
    [dpd, { ending: 'satisfaction' }, 403, 'legal-hold/operator-only'],
    [dpd, { email: 'personne@exemple.fr' }, 422, 'legal-hold/nobody-found'],
    [dpd, { email: await addressOf(otherDpd) }, 422, 'legal-hold/nobody-found'],
    [dpd, { ending: 'absences', until: '2020-01-01' }, 422, 'legal-hold/day-past'],
    [dpd, { ending: 'keys' }, 400, undefined],
    [dpd, { ending: 'absences', reason: ' ' }, 400, undefined],
    [dpd, { ending: 'absences', other: 1 }, 400, undefined],
    [dpd, { ending: 'absences', until: '2027-02-30' }, 400, undefined],
    [dpd, { email: 'personne' }, 400, undefined],
  ] as const) {
    const answer = await place(who, body)
    assert.equal(answer.status, status, JSON.stringify([body, answer.body]))
    if (code) assert.equal(answer.body.code, code)
  }
  assert.equal((await house.owner.query('select from legal_holds')).rowCount, 0)
  for (const who of [agent, cssi])
    assert.equal((await house.call(who, 'GET', '/legal-holds?state=in-force')).status, 403)
  const { id } = await placed(dpd, { ending: 'absences' })
  for (const body of [{}, { reason: ' ' }, { reason: 'Close', other: 1 }])
    assert.equal((await house.call(dpd, 'POST', `/legal-holds/${id}/lift`, body, once())).status, 400)
  assert.equal((await lift(dpd, uuidv7())).status, 404)
  assert.equal((await lift(cssi, id)).status, 404)
  assert.equal((await lift(null, id)).status, 401)
})

test('PRI-4: each reads what holds data of their structure; whoever placed it lifts it, once', async () => {
  const own = await placed(dpd, { ending: 'absences' })
  const everywhere = await placed(operatorDpd, { ending: 'mails' })
  const elsewhere = await placed(otherDpd, { ending: 'absences' })
  const ids = async (who: Person) => (await listed(who, 'in-force')).items.map(({ id }: any) => id)
  assert.deepEqual(await ids(dpd), [everywhere.id, own.id])
  assert.deepEqual(await ids(otherDpd), [elsewhere.id, everywhere.id])
  assert.deepEqual(await ids(operatorDpd), [elsewhere.id, everywhere.id, own.id])
  assert.equal((await listed(operatorDpd, 'in-force')).total, 3)
  assert.deepEqual(
    (await listed(dpd, 'in-force')).items.map(({ allowed }: any) => allowed),
    [[], ['lift']],
  )
  assert.equal((await lift(dpd, elsewhere.id)).status, 404)
  assert.deepEqual((await lift(dpd, everywhere.id)).body.code, 'legal-hold/not-yours')
  assert.deepEqual((await lift(operatorDpd, own.id)).body.code, 'legal-hold/not-yours')
  assert.equal((await lift(agent, own.id)).status, 404)
  const both = await Promise.all([lift(dpd, own.id), lift(dpd, own.id)])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
  assert.equal((await lift(dpd, own.id)).body.code, 'legal-hold/ended')
  assert.deepEqual(
    (await listed(dpd, 'ended')).items.map(({ id, lifted }: any) => [id, lifted.reason]),
    [[own.id, 'Affaire close']],
  )
})

test('PRI-4: of two holds of one scope at once, one is placed; sent again with its key, it is placed once; ended, it may be placed anew', async () => {
  const both = await Promise.all([place(dpd, { ending: 'absences' }), place(dpd, { ending: 'absences' })])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
  assert.equal(both.find(({ status }) => status === 409)!.body.code, 'legal-hold/already-held')
  assert.equal((await place(dpd, { ending: 'absences' })).body.code, 'legal-hold/already-held')
  const key = once()
  const twice = [await place(dpd, { ending: 'mails' }, key), await place(dpd, { ending: 'mails' }, key)]
  assert.equal(twice[0]!.body.id, twice[1]!.body.id)
  await lift(dpd, twice[0]!.body.id)
  assert.equal((await place(dpd, { ending: 'mails' })).status, 200)
})

test('PRI-4: a hold waits for the purge that runs, then holds; cut while it waits, nothing of it stays', async () => {
  await layAbsences(dpd)
  const before = (await entries()).length
  // The owner sees the locks of the web, and not its statements; a superuser cuts it.
  const waits = `select l.pid from pg_locks l join pg_stat_activity a using (pid)
    where a.datname = current_database() and l.relation = 'legal_holds'::regclass and not l.granted`
  const admin = new pg.Client(house.urls.superUrl)
  await admin.connect()
  let cut: Promise<{ status: number }>
  let waiting: Promise<{ status: number }>
  await within(worker)(async work => {
    assert.equal(await purgeAbsences(work), 1)
    cut = place(dpd, { ending: 'absences' })
    await until('the first waits', async () => (await house.owner.query(waits)).rowCount === 1)
    await admin.query(`select pg_terminate_backend(pid) from (${waits}) w`)
    assert.ok((await cut).status >= 500)
    assert.equal((await house.owner.query('select from legal_holds')).rowCount, 0)
    waiting = place(dpd, { ending: 'absences' })
    await until('the second waits', async () => (await house.owner.query(waits)).rowCount === 1)
  })
  await admin.end()
  assert.equal((await waiting!).status, 200)
  assert.equal((await entries()).length, before + 1)
  assert.deepEqual(await left(), [])
  await layAbsences(dpd)
  assert.equal(await purge(), 0)
})

test('PRI-4: a hold is forgotten five years after it ended, and not before', async () => {
  for (const [lifted, until] of [
    [`now() - interval '5 years 2 days'`, 'null'],
    [`now() - interval '4 years 360 days'`, 'null'],
    ['null', `current_date - interval '5 years 2 days'`],
    ['null', 'null'],
  ])
    await house.owner.query(
      `insert into legal_holds (id, ending, organisation_id, until, reason, placed_organisation, placed_by, placed_at,
          lift_reason, lifted_by, lifted_at)
        values ($1, 'absences', $2, ${until}, 'Contentieux', $2, $3, now() - interval '6 years',
          case when ${lifted} is not null then 'Close' end, case when ${lifted} is not null then $3::uuid end, ${lifted})`,
      [uuidv7(), dpd.organisationId, dpd.id],
    )
  const said: string[] = []
  await purgeLegalHolds.run(null, {
    withPgClient: work => work(worker as never),
    logger: { info: (line: string) => said.push(line) } as never,
    abortSignal: undefined as never,
  })
  assert.deepEqual(said, ['legal holds forgotten: 2'])
  assert.equal((await house.owner.query('select from legal_holds')).rowCount, 2)
  const { rows } = await house.owner.query(`select organisation_id as of, kept_for, erased from purges`)
  assert.deepEqual(rows, [{ of: dpd.organisationId, kept_for: 'P5Y', erased: 2 }])
})
