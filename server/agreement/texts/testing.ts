import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { roles } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import type { Db } from '../../platform/database.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, once, type Person } from '../../testing/house.ts'
import { insertPlaces, peopleOfAllKinds } from '../../testing/people.ts'

/** What the tests of texts, tools and awareness share. */
export const today = () => parisDay(new Date())
export const advisor = [
  { tool: 'campagnes', profile: 'conseiller', territoryId: 0 },
  { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 },
] as const
/** An administrator of the operator; of one partner, an advisor (Claire) and the account manager. */
export const castOf = async (house: House) => {
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const partner = (await house.organisation()).id
  const admin = await house.person(operator)
  await giveRole(house.owner, admin, 'administrateur')
  const claire = await house.person(partner, [...advisor])
  const rgc = await house.person(partner)
  await giveRole(house.owner, rgc, 'rgc')
  return { partner, admin, claire, rgc }
}
export const emptied = async (house: House, ...tables: readonly string[]) => {
  for (const table of tables) await house.owner.query(`delete from ${table}`)
}
/** Whether the work is open to someone, or the code of the refusal. */
export const works = async (house: House, who: Person): Promise<string> =>
  (await house.call(who, 'GET', '/campaigns')).body.code ?? 'open'
export const trail = async (house: House, action: string) =>
  (
    await house.owner.query(
      'select actor_id, subject_kind, subject_id from audit_entries where action = $1 order by at, id',
      [action],
    )
  ).rows

export const aText = (over: object = {}) => ({
  kind: 'cgu',
  tool: null,
  title: 'Conditions générales d’utilisation',
  body: '# Conditions\n\nTexte à accepter.',
  inForceOn: today(),
  ...over,
})
export const published = async (house: House, admin: Person, over: object = {}) => {
  const { status, body } = await house.call(admin, 'POST', '/documents', aText(over), once())
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

/** People of every kind in four organisations, the operator first, with roles of all kinds, some over or to come. */
export const peopleOfAllRoles = async (house: House, random: () => number) => {
  await insertPlaces(house)
  const organisations = [
    await house.organisation({ kind: 'operateur' }),
    await house.organisation(),
    await house.organisation(),
    await house.organisation(),
  ].map(o => o.id)
  const hashes = await peopleOfAllKinds(house, organisations, 140, random)
  const accounts: { id: string; organisationId: string }[] = (
    await house.owner.query('select id, organisation_id as "organisationId" from accounts')
  ).rows
  for (const account of accounts)
    for (const role of roles) {
      if (random() > 0.2) continue
      const when = random()
      await giveRole(house.owner, account, role, {
        regionId: role === 'direction-regionale' ? 1075 : null,
        ...(when < 0.1
          ? { startsAt: '2099-01-01T00:00:00Z' }
          : when > 0.9
            ? { endsAt: new Date(Date.now() - 1000) }
            : {}),
      })
    }
  return { organisations, hashes, accounts }
}
type Statement = Parameters<Db['run']>[0]
/** Whether each statement would be written by one person, in one transaction undone after. */
export const writtenBy = async (
  house: House,
  tokenHash: Buffer,
  statements: readonly ((viewer: Viewer) => Statement)[],
): Promise<{ viewer: Viewer; done: boolean[] } | null> => {
  const tx = await house.database.begin()
  try {
    const viewer = await tx.enter(tokenHash)
    if (!viewer) return null
    const done: boolean[] = []
    for (const statement of statements) {
      await tx.run(sql`savepoint s`)
      done.push(
        await tx.run(statement(viewer)).then(
          n => n > 0,
          error => {
            if (error.code !== '42501') throw error
            return false
          },
        ),
      )
      await tx.run(sql`rollback to s`)
    }
    return { viewer, done }
  } finally {
    await tx.rollback()
  }
}
/** The code of the refusal when someone asks this of the database; undefined when it is no refusal. */
export const refusedStraight = async (
  house: House,
  tokenHash: Buffer,
  statement: Statement,
): Promise<string | undefined> => {
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash)
    return await tx.run(statement).then(
      () => undefined,
      error => error.code,
    )
  } finally {
    await tx.rollback()
  }
}
/** The viewers for whom what the database writes differs from the verdict. */
export const differences = async (
  house: House,
  hashes: readonly Buffer[],
  statement: (viewer: Viewer) => Statement,
  may: (viewer: Viewer) => unknown,
) => {
  const all = (await Promise.all(hashes.map(hash => writtenBy(house, hash, [statement])))).filter(s => s !== null)
  assert.ok(all.length > 100 && all.some(s => s.done[0]) && all.some(s => !s.done[0]))
  return all.filter(s => (s.viewer.state === 'active' && may(s.viewer) === true) !== s.done[0])
}
