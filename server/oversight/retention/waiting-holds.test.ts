import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { people } from '../../people-and-rights/people/index.ts'
import { type Database, openDatabase } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type Work, within } from '../../platform/job.ts'
import { buildServer } from '../../platform/server.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { waiting } from '../../testing/while-held.ts'
import { retention } from './index.ts'

/* Holds that meet a purge that lasts, or a departure of whom they cover. */

let house: House
let worker: pg.Client
/** Bounded as in production: a lock is waited for four seconds (database/roles.sql). */
let bounded: { readonly database: Database; readonly server: FastifyInstance }
let dpd: Person

before(async () => {
  house = await openHouse([...retention, ...people])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const database = openDatabase(house.urls.webUrl)
  bounded = {
    database,
    server: await buildServer({
      database,
      actions: retention,
      publicUrl: 'http://localhost',
      originKey: Buffer.alloc(32),
      settings: {},
    }),
  }
  dpd = await house.person((await house.organisation({ name: 'CC des Essais' })).id)
  await giveRole(house.owner, dpd, 'dpd')
})
after(async () => {
  await bounded.server.close()
  await bounded.database.close()
  await worker.end()
  await house.close()
})
beforeEach(() => house.owner.query('truncate purges, absences, legal_holds'))

const post = async (path: string, body: object, headers: ReturnType<typeof once>) => {
  const answer = await bounded.server.inject({
    method: 'POST',
    url: `/api${path}`,
    headers: { cookie: dpd.cookie, ...headers },
    payload: body,
  })
  return { status: answer.statusCode, body: answer.json(), retryAfter: answer.headers['retry-after'] }
}
const purge = async ({ db }: Work) =>
  (await db.first(sql<{ purged: number }>`select ctx.purge_absences() as purged`))!.purged
const layAbsence = () =>
  house.owner.query(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      values ($1, $2, $3, current_date - 400, current_date - 390, $2, now())`,
    [uuidv7(), dpd.id, dpd.organisationId],
  )
/** Holds, what the trail says of them, and the answers kept to be sent again. */
const state = async () =>
  (
    await house.owner.query(
      `select (select count(*)::int from legal_holds) as placed,
        (select count(*)::int from legal_holds where lifted_at is not null) as lifted,
        (select count(*)::int from audit_entries where action like 'legal-hold.%') as trail,
        (select count(*)::int from idempotency_keys where account_id = $1) as answers`,
      [dpd.id],
    )
  ).rows[0]

test('PRI-4, REL-4: a hold placed, or lifted, while a purge goes on for seconds is sent back, told when to come again, and nothing is half done; sent again after the purge, it is done once', async () => {
  await layAbsence()
  let id = ''
  for (const [path, body, done, purged] of [
    [() => '/legal-holds', { ending: 'absences', reason: 'Contentieux' }, { placed: 1, lifted: 0 }, 1],
    [() => `/legal-holds/${id}/lift`, { reason: 'Affaire close' }, { placed: 1, lifted: 1 }, 0],
  ] as const) {
    const [to, key, stood] = [path(), once(), await state()]
    // The purge is not over before the answer: it holds its lock as long as it takes.
    await within(worker)(async work => {
      assert.equal(await purge(work), purged)
      const answer = await post(to, body, key)
      assert.deepEqual([answer.status, answer.body.code, answer.retryAfter], [503, 'service/overloaded', '2'], to)
      assert.deepEqual(await state(), stood, to)
    })
    assert.equal((await house.owner.query('select from absences')).rowCount, purged ? 0 : 1, 'the purge was not cut')
    for (const time of ['first', 'again']) {
      const answer = await post(to, body, key)
      assert.equal(answer.status, 200, `${to}, ${time}`)
      id = answer.body.id
    }
    assert.deepEqual(await state(), { ...done, trail: stood.trail + 1, answers: stood.answers + 1 }, to)
    if (purged) await layAbsence()
  }
})

test('PRI-4: of a hold and a departure of one person at once, both are done, whichever began, even if each waits for the other', async () => {
  const rgc = await house.person(dpd.organisationId)
  await giveRole(house.owner, rgc, 'rgc')
  // The first is kept from its end, the second meets its locks. Last, the hold is kept from the account of whom it covers.
  for (const [first, kept, drafts] of [
    ['departure', 'lock table audit_entries in exclusive mode', [0]],
    ['hold', 'lock table audit_entries in exclusive mode', [1]],
    ['hold', `select from organisations where id = '${dpd.organisationId}' for update`, [0, 1]],
  ] as const) {
    await house.owner.query('truncate legal_holds')
    const leaver = await house.person(dpd.organisationId)
    const { email } = (await house.owner.query('select email from account_contacts where account_id = $1', [leaver.id]))
      .rows[0]
    await house.owner.query(
      `insert into drafts (account_id, kind, subject, content, version, started_at, saved_at, session_id, device)
        values ($1, 'note', 'essai', '{}', 1, now(), now(), $2, '')`,
      [leaver.id, leaver.sessionId],
    )
    const hold = () => house.call(dpd, 'POST', '/legal-holds', { email, reason: 'Contentieux' }, once())
    const departure = () =>
      house.call(
        rgc,
        'POST',
        `/habilitations/people/${leaver.id}/depart`,
        { cause: 'departure', reason: 'Fin de contrat' },
        once(),
      )
    const keeper = await house.owner.connect()
    await keeper.query('begin')
    await keeper.query(kept)
    const one = first === 'hold' ? hold() : departure()
    await until(`${first}: it waits`, async () => (await waiting(house.owner)) === 1)
    const other = first === 'hold' ? departure() : hold()
    await until(`${first}: the other waits for it`, async () => (await waiting(house.owner)) === 2)
    await keeper.query('commit')
    keeper.release()
    const [began, followed] = [await one, await other]
    assert.deepEqual([began.status, followed.status], [200, 200], JSON.stringify([began.body, followed.body]))
    const left = await house.owner.query(
      `select a.status, (select count(*)::int from drafts d where d.account_id = a.id) as drafts,
        (select count(*)::int from legal_holds h where h.account_id = a.id) as holds
        from accounts a where a.id = $1`,
      [leaver.id],
    )
    assert.deepEqual([left.rows[0].status, left.rows[0].holds], ['deleted', 1], first)
    assert.ok(
      drafts.some(n => n === left.rows[0].drafts),
      `${first}, ${kept}: ${left.rows[0].drafts}`,
    )
  }
})
