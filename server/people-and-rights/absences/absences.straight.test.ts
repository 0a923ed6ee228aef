import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, rowsWritten, sightsOf } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'

let house: House
let other: string
let people: Record<'one' | 'mate' | 'rgc' | 'lead' | 'advisor' | 'foreign' | 'theirRgc', Person>
before(async () => {
  house = await openHouse([])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`,
  )
  const own = (await house.organisation()).id
  other = (await house.organisation()).id
  const work = (profile: 'conseiller' | 'responsable') => [{ tool: 'campagnes', profile, territoryId: 2033 } as const]
  people = {
    one: await house.person(own),
    mate: await house.person(own),
    rgc: await house.person(own),
    lead: await house.person(own, work('responsable')),
    advisor: await house.person(own, work('conseiller')),
    foreign: await house.person(other),
    theirRgc: await house.person(other),
  }
  await giveRole(house.owner, people.rgc, 'rgc')
  await giveRole(house.owner, people.theirRgc, 'rgc')
  for (const { id, organisationId } of [people.one, people.foreign])
    await house.owner.query(
      `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
        values ($1, $1, $2, '2026-12-01', '2026-12-02', $1, now())`,
      [id, organisationId],
    )
})
after(() => house.close())

type Who = keyof typeof people
const hashOf = (who: Who) => tokenHash(people[who].cookie.slice('session='.length))
const each = async <Answer>(ask: (who: Who) => Promise<Answer>) => {
  const answers: Answer[] = []
  for (const who of ['one', 'mate', 'rgc', 'lead', 'advisor', 'foreign', 'theirRgc'] as const)
    answers.push(await ask(who))
  return answers
}

test('SEC-6, CAM-16: whatever the application forgets, an absence is read, said and withdrawn by the person, their manager and who leads colleagues there', async () => {
  const [hers, theirs] = [people.one.id, people.foreign.id]
  assert.deepEqual(
    await each(async who => {
      const [sight] = await sightsOf(house.database, [hashOf(who)], sql<{ id: string }>`select id from absences`)
      return [...sight!.ids]
    }),
    [[hers], [], [hers], [hers], [], [theirs], [theirs]],
  )
  const say = (who: Who, by = people[who].id, of = people.one) =>
    mayWrite(
      house.database,
      hashOf(who),
      sql`insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
        values (${uuidv7()}, ${of.id}, ${of.organisationId}, '2027-01-01', '2027-01-02', ${by}, now())`,
    )
  assert.deepEqual(await each(who => say(who)), [true, false, true, true, false, false, false])
  assert.equal(await say('one', people.rgc.id), false, 'in another’s name')
  const withdraw = (by: string) => sql`update absences set withdrawn_at = now(), withdrawn_by = ${by}::uuid`
  assert.deepEqual(
    await each(who => rowsWritten(house.database, hashOf(who), withdraw(people[who].id))),
    [1, 0, 1, 1, 0, 1, 1],
  )
  assert.equal(await mayWrite(house.database, hashOf('one'), withdraw(people.rgc.id)), false, 'withdrawn for another')
})
