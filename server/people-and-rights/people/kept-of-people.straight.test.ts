import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, sightsOf } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'

const gironde = 2033
let house: House
let own: string
let other: string
let people: Record<'one' | 'mate' | 'rgc' | 'signs' | 'foreign' | 'theirRgc' | 'cssi' | 'admin' | 'region', Person>
before(async () => {
  house = await openHouse([])
  await house.owner.query(`insert into territories (id, kind, code, name)
    values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (${gironde}, 'departement', '33', 'Gironde')`)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[own, other] = [(await house.organisation()).id, (await house.organisation()).id]
  people = {
    one: await house.person(own),
    mate: await house.person(own),
    rgc: await house.person(own),
    signs: await house.person(own),
    foreign: await house.person(other),
    theirRgc: await house.person(other),
    cssi: await house.person(operator),
    admin: await house.person(operator),
    region: await house.person(operator),
  }
  const { rgc, signs, theirRgc, cssi, admin, region } = people
  await giveRole(house.owner, rgc, 'rgc')
  await giveRole(house.owner, signs, 'signataire')
  await giveRole(house.owner, theirRgc, 'rgc')
  await giveRole(house.owner, cssi, 'cssi')
  await giveRole(house.owner, admin, 'administrateur')
  await giveRole(house.owner, region, 'direction-regionale', { regionId: 1075 })
})
after(() => house.close())

type Who = keyof typeof people
const hashOf = (who: Who) => tokenHash(people[who].cookie.slice('session='.length))
const may = (who: Who, query: ReturnType<typeof sql>) => mayWrite(house.database, hashOf(who), query)
const everyone: readonly Who[] = ['one', 'mate', 'rgc', 'signs', 'foreign', 'theirRgc', 'cssi', 'admin', 'region']
/** Who reads the row of `one`, and that of `foreign`, in a table whose rows are named by an account. */
const readers = async (table: string, column = 'account_id') => {
  const found: Record<'one' | 'foreign', Who[]> = { one: [], foreign: [] }
  for (const who of everyone) {
    const [sight] = await sightsOf(
      house.database,
      [hashOf(who)],
      sql<{ id: string }>`select ${sql.ref(column)} as id from ${sql.table(table)}`,
    )
    for (const whose of ['one', 'foreign'] as const) if (sight!.ids.has(people[whose].id)) found[whose].push(who)
  }
  return found
}
const lay = (table: string, columns: string, values: string) =>
  house.owner.query(
    `insert into ${table} (account_id, organisation_id, ${columns})
      select a.id, a.organisation_id, ${values} from accounts a where a.id = any ($1) on conflict do nothing`,
    [[people.one.id, people.foreign.id]],
  )

test('SEC-6, ACC-9: whatever the application forgets, what was done, when one slept and how an account stands is read by the person, their manager and the operator’s overseers', async () => {
  await lay('account_activity', 'first_at', 'now()')
  await lay('inactivity_spans', 'suspended_from, lifted_at, lifted_by, reason', `'2026-01-01', now(), a.id, 'Essai'`)
  for (const table of ['account_activity', 'inactivity_spans'])
    assert.deepEqual(
      await readers(table),
      { one: ['one', 'rgc', 'cssi', 'admin'], foreign: ['foreign', 'theirRgc', 'cssi', 'admin'] },
      table,
    )
  assert.deepEqual(await readers('account_states'), {
    one: ['rgc', 'cssi', 'admin'],
    foreign: ['theirRgc', 'cssi', 'admin'],
  })
})

test('SEC-6, ACC-9: whatever the application forgets, who left is read by the manager of the structure and the CSSI alone', async () => {
  await lay(
    'departed_people',
    'given_name, family_name, function, cause, reason, left_at, recorded_by',
    `'Camille', 'Essai', 'Conseil', 'departure', 'Essai', now(), a.id`,
  )
  assert.deepEqual(await readers('departed_people'), { one: ['rgc', 'cssi'], foreign: ['theirRgc', 'cssi'] })
})

test('SEC-6, ACC-1: whatever the application forgets, a file of accounts is read, checked and confirmed by the managers of its structure', async () => {
  await house.owner.query('delete from account_imports')
  for (const { id, organisationId } of [people.one, people.foreign])
    await house.owner.query(
      `insert into account_imports (id, organisation_id, checked_by, checked_at, people) values ($1, $2, $1, now(), '[]')`,
      [id, organisationId],
    )
  assert.deepEqual(await readers('account_imports', 'id'), { one: ['rgc'], foreign: ['theirRgc'] })
  const check = (who: Who, organisation = own) =>
    may(
      who,
      sql`insert into account_imports (id, organisation_id, checked_by, checked_at, people)
        values (${uuidv7()}, ${organisation}, ${people[who].id}, now(), '[]')`,
    )
  assert.deepEqual([await check('rgc'), await check('rgc', other), await check('mate')], [true, false, false])
})

test('SEC-6, ACC-2: whatever the application forgets, grants and roles of a structure are read in it and by who oversees, roles by the regions too', async () => {
  await house.owner.query('delete from grants')
  await lay(
    'grants',
    'id, tool, profile, territory_id, reason, starts_on, granted_at',
    `gen_random_uuid(), 'campagnes', 'consultation', ${gironde}, 'Essai', '2026-01-01', now()`,
  )
  const within: Who[] = ['one', 'mate', 'rgc', 'signs']
  const theirs: Who[] = ['foreign', 'theirRgc']
  assert.deepEqual(await readers('grants'), {
    one: [...within, 'cssi', 'admin'],
    foreign: [...theirs, 'cssi', 'admin'],
  })
  await house.owner.query('delete from role_assignments where account_id = any ($1)', [
    [people.one.id, people.foreign.id],
  ])
  await lay('role_assignments', 'id, role, starts_at, reason', `gen_random_uuid(), 'dpd', now(), 'Essai'`)
  assert.deepEqual(await readers('role_assignments'), {
    one: [...within, 'cssi', 'admin', 'region'],
    foreign: [...theirs, 'cssi', 'admin', 'region'],
  })
  assert.deepEqual(await readers('account_contacts'), {
    one: within,
    foreign: theirs,
  })
})

test('SEC-6, ACC-9: whatever the application forgets, inactivity is lifted once, of the one account named, by who decides for it', async () => {
  const sleeper = await house.person(own)
  await house.owner.query(
    `insert into account_activity (account_id, organisation_id, last_act_at, first_at)
      values ($1, $2, now() - interval '6 months', now() - interval '1 year')
      on conflict (account_id) do update set last_act_at = excluded.last_act_at, first_at = excluded.first_at`,
    [sleeper.id, own],
  )
  const lift = async (who: Who) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(hashOf(who))
      const lifted = async () =>
        (await tx.first(sql<{ yes: boolean }>`select ctx.lift_inactivity(${sleeper.id}, 'Essai') as yes`))!.yes
      const told = [await lifted(), await lifted()]
      const of = async (table: string) =>
        (
          await tx.all(
            sql<{ id: string }>`select account_id as id from ${sql.table(table)} where lifted_at = ctx.clock()`,
          )
        ).map(({ id }) => id)
      return [told, await of('inactivity_spans'), await of('account_activity')]
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(await lift('rgc'), [[true, false], [sleeper.id], [sleeper.id]])
  for (const who of ['mate', 'theirRgc', 'cssi'] as const) await assert.rejects(lift(who), { code: '42501' }, who)
})
