import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import type { Transaction } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { sightsOf } from '../../testing/parity.ts'

let house: House
let people: Record<'author' | 'subject' | 'mate' | 'rgc' | 'theirRgc' | 'cssi' | 'locked', Person>
before(async () => {
  house = await openHouse([])
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const [own, other] = [(await house.organisation()).id, (await house.organisation()).id]
  people = {
    author: await house.person(own),
    subject: await house.person(other),
    mate: await house.person(own),
    rgc: await house.person(own),
    theirRgc: await house.person(other),
    cssi: await house.person(operator),
    locked: await house.person(own, [], { secondFactor: null }),
  }
  await giveRole(house.owner, people.rgc, 'rgc')
  await giveRole(house.owner, people.theirRgc, 'rgc')
  await giveRole(house.owner, people.cssi, 'cssi')
})
after(() => house.close())
type Who = keyof typeof people
const hashOf = (who: Who) => tokenHash(people[who].cookie.slice('session='.length))

const trail = `id, at, actor_id, organisation_id, action, subject_kind, subject_id, detail_digest`
/** An entry of `author`, or of another, with its detail: its id. */
const lay = async (kind: string, subject: Who, by: Who = 'author') => {
  const id = uuidv7()
  const { id: actor, organisationId } = people[by]
  await house.owner.query(
    `insert into audit_entries (${trail}) values ($1, now(), $2, $3, 'essai.dit', $4, $5, sha256(''))`,
    [id, actor, organisationId, kind, people[subject].id],
  )
  await house.owner.query(
    `insert into audit_details (entry_id, salt, detail) values ($1, decode(repeat('00', 16), 'hex'), '{}')`,
    [id],
  )
  return id
}
const readers = async (table: string, column: string, id: string) => {
  const found: Who[] = []
  for (const who of ['author', 'subject', 'mate', 'rgc', 'theirRgc', 'cssi'] as const) {
    const query = sql<{ id: string }>`select ${sql.ref(column)} as id from ${sql.table(table)}`
    const [sight] = await sightsOf(house.database, [hashOf(who)], query)
    if (sight!.ids.has(id)) found.push(who)
  }
  return found
}

test('SEC-6, SEC-1: whatever the application forgets, an entry is read by its author, by whose account it tells, by the manager there and the CSSI; its detail by fewer', async () => {
  for (const [kind, subject, by, ofEntry, ofDetail] of [
    ['account', 'subject', 'author', ['author', 'subject', 'rgc', 'cssi'], ['author', 'rgc', 'cssi']],
    ['campaign', 'subject', 'author', ['author', 'rgc', 'cssi'], ['author', 'cssi']],
    ['account', 'mate', 'author', ['author', 'mate', 'rgc', 'cssi'], ['author', 'rgc', 'cssi']],
    ['account', 'theirRgc', 'author', ['author', 'rgc', 'theirRgc', 'cssi'], ['author', 'rgc', 'cssi']],
    ['account', 'author', 'mate', ['author', 'mate', 'rgc', 'cssi'], ['mate', 'rgc', 'cssi']],
  ] as const) {
    const id = await lay(kind, subject, by)
    assert.deepEqual(await readers('audit_entries', 'id', id), ofEntry, `${kind} ${subject}`)
    assert.deepEqual(await readers('audit_details', 'entry_id', id), ofDetail, `detail, ${kind} ${subject}`)
  }
})

const refused = { code: '42501' }
/** Within the session of `who`, all undone but what `work` answers. */
const within = async <T>(who: Who | null, work: (tx: Transaction) => Promise<T>): Promise<T> => {
  const tx = await house.database.begin()
  try {
    if (who) await tx.enter(hashOf(who))
    return await work(tx)
  } finally {
    await tx.rollback()
  }
}
const told = (id: string, over: object = {}) =>
  JSON.stringify([{ id, action: 'essai.dit', kind: 'account', subject: 'x', detail: { a: 1 }, ...over }])
const write = (entries: string) => sql`select ctx.write_acts(now(), 'o', 'r', ${entries}::jsonb)`

test('SEC-6, SEC-1: whatever the application forgets, an act is told in one’s own name and organisation, with its detail, also before the second factor', async () => {
  for (const who of ['author', 'locked'] as const) {
    const id = uuidv7()
    const tx = await house.database.begin()
    await tx.enter(hashOf(who))
    const { mate, subject } = people
    await tx.run(write(told(id, { actor_id: mate.id, organisation_id: subject.organisationId, salt: '\\x00' })))
    await tx.commit()
    const { rows } = await house.owner.query(
      `select e.actor_id, e.organisation_id, d.detail, length(d.salt) as salt,
          e.detail_digest = audit_detail_digest(d.salt, d.detail) as digested
        from audit_entries e join audit_details d on d.entry_id = e.id where e.id = $1`,
      [id],
    )
    const { id: actor_id, organisationId: organisation_id } = people[who]
    assert.deepEqual(rows, [{ actor_id, organisation_id, detail: { a: 1 }, salt: 16, digested: true }], who)
  }
})

test('SEC-1: what is injected gives no detail to an entry of before, and leaves none of its own without one', async () => {
  const id = uuidv7()
  await within('author', async tx => {
    for (const row of [
      sql`insert into audit_details (entry_id, salt, detail) values (${await lay('account', 'author')}, sha256('x'), '{}')`,
      sql`insert into audit_entries (${sql.raw(trail)})
        values (${id}, now(), ${people.author.id}, ${people.author.organisationId}, 'essai.dit', 'account', 'x', sha256(''))`,
    ]) {
      await tx.run(sql`savepoint s`)
      await assert.rejects(tx.run(row), refused)
      await tx.run(sql`rollback to savepoint s`)
    }
  })
  const purged = uuidv7()
  await house.owner.query(
    `insert into audit_entries (${trail}) values ($1, now(), $2, $3, 'essai.dit', 'account', 'x', sha256(''))`,
    [purged, people.author.id, people.author.organisationId],
  )
  await assert.rejects(
    within('author', tx => tx.run(write(told(purged)))),
    { code: '23505' },
    'an entry already told',
  )
  for (const over of [{ detail: null }, { action: null }, { kind: null }, { subject: null }, { id: null }])
    await assert.rejects(
      within('author', tx => tx.run(write(told(uuidv7(), over)))),
      { code: '23502' },
    )
})

test('SEC-6, SEC-1: whatever the application forgets, a context without its seal tells nothing in the name it claims', async () => {
  const { id, organisationId } = people.author
  await within(null, async tx => {
    await tx.first(sql`select set_config('ctx.level', '2', true), set_config('ctx.account', ${id}, true),
      set_config('ctx.organisation', ${organisationId}, true)`)
    await assert.rejects(tx.run(write(told(uuidv7()))), refused)
  })
})

test('SEC-1, PRI-4: what is injected stops neither the sealing, the witness nor the purge, whatever locks it takes', async () => {
  const [web, worker] = [new pg.Client(house.urls.webUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all([web.connect(), worker.connect()])
  try {
    await web.query('begin')
    await web.query('select pg_advisory_lock(33005), pg_advisory_lock(33006), pg_advisory_lock(33007)')
    for (const lock of [
      'select from trail_head for update',
      'lock table trail_head in access share mode',
      'lock table trail_witnesses in access share mode',
      'lock table trail_leaves in access share mode',
      'lock table audit_details in share update exclusive mode',
      'lock table audit_details in row exclusive mode',
      'select entry_id from audit_details for share',
    ]) {
      await web.query('savepoint s')
      await assert.rejects(web.query(lock), refused, lock)
      await web.query('rollback to savepoint s')
    }
    await worker.query("begin; set local lock_timeout = '2s'")
    assert.equal((await worker.query('select * from ctx.trail_open()')).rows.length, 1)
    assert.equal((await worker.query(`select ctx.trail_confide('essai') as size`)).rows[0].size, 0)
    assert.equal((await worker.query('select ctx.purge_trail_details(12, 10) as n')).rows[0].n, 0)
  } finally {
    await Promise.all([web.end(), worker.end()])
  }
})
