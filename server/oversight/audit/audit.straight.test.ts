import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, sightsOf } from '../../testing/parity.ts'

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

test('SEC-6, SEC-1: whatever the application forgets, an entry is added in one’s own name and organisation, also before the second factor', async () => {
  const add = (who: Who, actor = people[who].id, organisation: string | null = people[who].organisationId) =>
    mayWrite(
      house.database,
      hashOf(who),
      sql`insert into audit_entries (${sql.raw(trail)})
        values (${uuidv7()}, now(), ${actor}, ${organisation}, 'essai.dit', 'account', 'x', sha256(''))`,
    )
  for (const who of ['author', 'locked'] as const) {
    assert.equal(await add(who), true, who)
    assert.equal(await add(who, people.mate.id), false, `${who}, in another’s name`)
    assert.equal(await add(who, people[who].id, people.subject.organisationId), false, `${who}, for another structure`)
    assert.equal(await add(who, people[who].id, null), false, `${who}, for no structure`)
  }
})

test('SEC-6, SEC-1: whatever the application forgets, a context without its seal adds no entry in the name it claims', async () => {
  const { id, organisationId } = people.author
  const tx = await house.database.begin()
  try {
    await tx.first(sql`select set_config('ctx.level', '2', true), set_config('ctx.account', ${id}, true),
      set_config('ctx.organisation', ${organisationId}, true)`)
    const forged = sql`insert into audit_entries (${sql.raw(trail)})
      values (${uuidv7()}, now(), ${id}, ${organisationId}, 'essai.dit', 'account', 'x', sha256(''))`
    await assert.rejects(tx.run(forged), { code: '42501' })
  } finally {
    await tx.rollback()
  }
})
