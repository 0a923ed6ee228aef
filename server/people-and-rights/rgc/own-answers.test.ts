import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { giveRole } from '../accounts/testing.ts'
import { rgc } from './index.ts'
import { deedActs, withConditions } from './testing.ts'

/* Whatever the application forgets: whom the functions of the database answer, and whose word moves a role. */

let house: House
let acts: ReturnType<typeof deedActs>
let cssi: Person
let otherCssi: Person
let signatory: Person
let agent: Person
let stranger: Person
let organisationId: string
let conventionId: string

before(async () => {
  house = await withConditions(await openHouse(rgc))
  acts = deedActs(house)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[cssi, otherCssi] = [await house.person(operator), await house.person(operator)]
  for (const who of [cssi, otherCssi]) await giveRole(house.owner, who, 'cssi')
  organisationId = (await house.organisation()).id
  ;[signatory, agent] = [await house.person(organisationId), await house.person(organisationId)]
  stranger = await house.person((await house.organisation()).id)
  for (const who of [signatory, stranger]) await giveRole(house.owner, who, 'signataire')
  const { rows } = await house.owner.query('select id from conventions where organisation_id = $1', [organisationId])
  conventionId = rows[0].id
})
after(() => house.close())

/** What a statement answers within the rights of each; kept or not. */
const within = async <T>(who: Person, statement: ReturnType<typeof sql<T>>, keep = false): Promise<T | undefined> => {
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    const answer = await tx.first(statement)
    if (keep) await tx.commit()
    return answer
  } finally {
    if (!keep) await tx.rollback()
  }
}
/** Of the CSSI, the signatory, an agent of the structure and the signatory of another. */
const each = async <T>(statement: ReturnType<typeof sql<{ said: T }>>): Promise<(T | undefined)[]> => {
  const said = []
  for (const who of [cssi, signatory, agent, stranger]) said.push((await within(who, statement))?.said)
  return said
}

test('SEC-6, RGC-4, RGC-6, RGC-9: what is due, unseen or changed is told to who oversees and to the structure, each their own', async () => {
  const manager = await house.person(organisationId)
  const deed = await acts.sent(signatory, [manager])
  const quiet = () =>
    house.owner.query(
      `update account_activity set last_act_at = now() - interval '3 months', first_at = '2020-01-01' where account_id = $1`,
      [manager.id],
    )
  await until('their signature to be noted as an act', async () => (await quiet()).rowCount === 1)
  assert.deepEqual(await each(sql`select count(*)::int as said from rgc_unseen(${organisationId}::uuid)`), [1, 1, 0, 0])
  assert.deepEqual(await each(sql`select count(*)::int as said from rgc_uncertified()`), [1, 0, 0, 0])
  await house.owner.query(`update accounts set family_name = 'Nouveau-Nom' where id = $1`, [manager.id])
  assert.deepEqual(
    await each(sql`select jsonb_array_length(deed_changes(${deed.id}::uuid)) as said`),
    [1, 1, 1, 0],
    'to whoever is of the structure: who reads the deed is another matter',
  )
})

test('SEC-6, RGC-3: whom the operator refused is told to who proposes in that structure, and to the CSSI who enters its deeds, alone', async () => {
  const refused = await house.person(organisationId)
  const deed = await acts.sent(signatory, [refused])
  await acts.decide(cssi, deed, { kind: 'refus', reason: 'Motif' })
  assert.deepEqual(
    await each(sql`select rgc_obstacle(${organisationId}::uuid, ${refused.id}::uuid, 'X', 'Y', '1990-01-01') as said`),
    ['refused', 'refused', null, null],
  )
})

test('SEC-6, RGC-3: the answer of the CSSI moves roles by their own word, and by nobody else’s', async () => {
  const refused = await house.person(organisationId)
  const deed = await acts.sent(signatory, [refused])
  await house.owner.query(
    `insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at) values ($1, 'refus', 'Motif', $2, now())`,
    [deed.id, cssi.id],
  )
  const roles = async () =>
    (
      await house.owner.query(
        `select from role_assignments where account_id = $1 and role = 'rgc' and (ends_at is null or ends_at > now())`,
        [refused.id],
      )
    ).rowCount
  const settles = (who: Person) => within(who, sql`select settle_rgc_roles(${deed.id}::uuid, now())`, true)
  for (const who of [signatory, refused, stranger, otherCssi]) {
    await settles(who)
    assert.equal(await roles(), 1)
  }
  await settles(cssi)
  assert.equal(await roles(), 0)
})

test('SEC-6, RGC-10: a deed and a certificate are of a convention of their own structure', async () => {
  const one = await house.person(organisationId)
  const deed = (await acts.proposal(signatory, [await acts.named(one)])).body
  const { rows } = await house.owner.query('select id from conventions where organisation_id = $1', [
    stranger.organisationId,
  ])
  const lays = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      if (who === signatory) await tx.run(sql`update rgc_deeds set abandoned_at = now() where id = ${deed.id}::uuid`)
      return await tx.run(statement)
    } catch (error) {
      assert.match(String(error), /row-level security/)
      return 'refused'
    } finally {
      await tx.rollback()
    }
  }
  for (const [of, expected] of [
    [conventionId, 1],
    [rows[0].id, 'refused'],
  ]) {
    assert.equal(
      await lays(
        signatory,
        sql`insert into rgc_deeds (id, organisation_id, convention_id, organisation_name, siret, address, signatory_id,
            signatory_name, signatory_title, conditions_given, digest, created_by, created_at, commitments,
            conditions_id, conditions_title, conditions_version, conditions_hash)
          select gen_random_uuid(), organisation_id, ${of}::uuid, organisation_name, siret, address, signatory_id,
            signatory_name, signatory_title, true, digest, created_by, now(), commitments, conditions_id,
            conditions_title, conditions_version, conditions_hash from rgc_deeds where id = ${deed.id}::uuid`,
      ),
      expected,
      'a deed',
    )
    assert.equal(
      await lays(
        cssi,
        sql`insert into rgc_certificates (id, account_id, organisation_id, convention_id, issued_on, file_name, content,
            sha256, recorded_by, recorded_at)
          values (gen_random_uuid(), ${one.id}::uuid, ${organisationId}::uuid, ${of}::uuid, ${parisDay(new Date())},
            'a.pdf', '\\x00', sha256('\\x00'), ${cssi.id}::uuid, now())`,
      ),
      expected,
      'a certificate',
    )
  }
})
