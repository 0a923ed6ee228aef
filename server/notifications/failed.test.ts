import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Logger, runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import { giveRole } from '../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../platform/ids.ts'
import { within } from '../platform/job.ts'
import { tokenHash } from '../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../testing/house.ts'
import { notifications } from './index.ts'
import { sendMail } from './send-mail.job.ts'
import { type Mailbox, openMailbox } from './testing-smtp.ts'

let house: House
let mailbox: Mailbox
let worker: pg.Client
let cssi: Person
let admin: Person
let rgc: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const write = async (to: { accountId?: string; address?: string }, createdAt = new Date()) => {
  const id = uuidv7()
  await rows(
    `insert into mails (id, to_account_id, to_address, subject, body, why, kind, created_at)
      values ($1, $2, $3, 'Objet secret', 'Corps secret', 'essai', 'grant-given', $4)`,
    [id, to.accountId ?? null, to.address ?? null, createdAt],
  )
  return id
}
const failed = async (who: Person) => house.call(who, 'GET', '/mails/failed')
const retry = (who: Person, id: string) => house.call(who, 'POST', `/mails/${id}/retry`, undefined, once())
before(async () => {
  house = await openHouse(notifications)
  mailbox = await openMailbox()
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await runMigrations({ connectionString: house.urls.workerUrl, logger: new Logger(() => () => {}) })
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[cssi, admin, rgc] = [
    await house.person(operator),
    await house.person(operator),
    await house.person((await house.organisation()).id),
  ]
  await giveRole(house.owner, cssi, 'cssi')
  await giveRole(house.owner, admin, 'administrateur')
  await giveRole(house.owner, rgc, 'rgc')
})
after(async () => {
  await worker.end()
  await mailbox.close()
  await house.close()
})

test('AGR-9: a mail refused for good, or in vain for four days, is seen by the CSSI and administrators without what it said; tried again, it leaves, once', async () => {
  const [refused, unknown, stuck, waiting] = [
    await write({ accountId: rgc.id }),
    await write({ address: 'rssi@partenaire.example' }),
    await write({ accountId: rgc.id }, new Date(Date.now() - 5 * 86_400_000)),
    await write({ accountId: rgc.id }),
  ]
  mailbox.refuse(550, 550)
  await sendMail(within(worker), mailbox.post, refused)
  await sendMail(within(worker), mailbox.post, unknown)
  await rows(`update mails set attempts = 3, last_error = 'ETIMEDOUT' where id = any ($1)`, [[stuck, waiting]])
  const { items } = (await failed(cssi)).body
  assert.deepEqual(new Set(items.map((m: any) => m.id)), new Set([refused, unknown, stuck]))
  assert.deepEqual(
    items.filter((m: any) => m.id === unknown).map((m: any) => [m.person, m.address, m.error, m.attempts]),
    [[null, 'r…@partenaire.example', 'smtp-550', 1]],
  )
  assert.equal(items.find((m: any) => m.id === refused).person.id, rgc.id)
  assert.doesNotMatch(JSON.stringify(items), /secret|rssi@/)
  assert.equal((await failed(admin)).body.items.length, 3)
  for (const answer of [await failed(rgc), await retry(rgc, refused)])
    assert.deepEqual([answer.status, answer.body.code], [403, 'mail/overseers-only'])
  const both = await Promise.all([retry(cssi, refused), retry(admin, refused)])
  assert.deepEqual(both.map(b => b.status).sort(), [200, 409], 'at once, once')
  assert.equal(
    (
      await rows(`select count(*)::int as n from audit_entries where action = 'mail.retried' and subject_id = $1`, [
        refused,
      ])
    )[0].n,
    1,
  )
  assert.deepEqual(
    (await worker.query('select key from graphile_worker.jobs where key = $1', [`mail:${refused}`])).rowCount,
    1,
  )
  await sendMail(within(worker), mailbox.post, refused)
  assert.equal(mailbox.mails.length, 1)
  assert.equal((await retry(cssi, refused)).body.code, 'mail/not-failed', 'it left')
  assert.equal((await retry(cssi, waiting)).body.code, 'mail/not-failed', 'it is still tried')
  assert.equal((await retry(cssi, uuidv7())).body.code, 'mail/not-failed')
  await rows(`update mails set purged_at = now(), subject = '', body = '', to_address = null where id = $1`, [unknown])
  assert.equal((await retry(cssi, unknown)).body.code, 'mail/not-failed', 'nothing is left to send')
  assert.deepEqual(
    (await failed(cssi)).body.items.map((m: any) => m.id),
    [stuck],
  )
  // After days of attempts too, what left, or was kept in place of leaving, is neither shown nor sent twice.
  for (const how of ['sent_at', 'kept_at']) {
    await rows(`update mails set ${how} = now() where id = $1`, [stuck])
    assert.deepEqual(
      [(await failed(cssi)).body.items, (await retry(cssi, stuck)).body.code],
      [[], 'mail/not-failed'],
      how,
    )
    await rows(`update mails set ${how} = null where id = $1`, [stuck])
  }
})
test('SEC-6: the application reads no mail, and changes none but by trying again', async () => {
  const given = await write({ accountId: rgc.id })
  await rows(`update mails set failed_at = now(), last_error = 'smtp-550', attempts = 1 where id = $1`, [given])
  const straight = async (who: Person | null) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return [
        (await tx.all(sql<{ id: string }>`select id from mails_given_up()`)).some(m => m.id === given),
        (await tx.first(sql<{ queued: boolean }>`select retry_mail(${given}::uuid) as queued`))!.queued,
      ]
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    [await straight(null), await straight(rgc), await straight(cssi), await straight(admin)],
    [
      [false, false],
      [false, false],
      [true, true],
      [true, true],
    ],
    'nor does it ask the database for more than its pages',
  )
  await assert.rejects(
    house.database.run({ compile: () => ({ sql: 'select * from mails', parameters: [] }) } as never),
    /permission denied|42501/,
  )
})
