import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { layGate } from '../../people-and-rights/rgc/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { House, Person } from '../../testing/house.ts'
import type { Subject } from './sign-in-help.policy.ts'

/** Somebody, and what the tests know of them without asking the database. */
export interface Known {
  readonly who: Person
  readonly facts: Subject
}

/** A deed that names this person: to be signed, or sent, abandoned or refused. */
export const layDeed = async (
  house: House,
  conventionId: string,
  named: Person,
  { sentAt = null as string | null, abandoned = false, refusedBy = null as Person | null } = {},
): Promise<string> => {
  const id = uuidv7()
  await house.owner.query(
    `insert into rgc_deeds (id, organisation_id, organisation_name, siret, address, signatory_id, signatory_name,
      signatory_title, conditions_given, digest, created_by, created_at, sent_at, abandoned_at, convention_id)
    select $1, o.id, o.name, o.siret, '1 place de l’Essai, 33000 Essai', $3, 'Personne Essai', 'Direction', true,
      sha256('essai'), $3, now() - interval '1 year', $4, case when $5 then now() end, $6
      from organisations o where o.id = $2`,
    [id, named.organisationId, named.id, sentAt, abandoned, conventionId],
  )
  await house.owner.query(
    `insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone,
      email) select $1, a.id, a.organisation_id, 'titulaire', 1, a.given_name, a.family_name, '0500000000', c.email
      from accounts a join account_contacts c on c.account_id = a.id where a.id = $2`,
    [id, named.id],
  )
  if (refusedBy)
    await house.owner.query(`insert into rgc_decisions values ($1, 'refus', 'Essai', $2, now())`, [id, refusedBy.id])
  return id
}

export const conventionOf = async (house: House, organisationId: string): Promise<string> =>
  (
    await house.owner.query('select id from conventions where organisation_id = $1 order by created_at desc limit 1', [
      organisationId,
    ])
  ).rows[0].id

/** A structure whose convention of that region is in preparation, and its signatory. */
export const aNewStructure = async (house: House, regionId: number) => {
  const { id, name } = await house.organisation({ name: `Structure nouvelle ${regionId}` })
  await house.owner.query(
    'update conventions set region_id = $2, effective_from = null, created_at = now() where organisation_id = $1',
    [id, regionId],
  )
  const signatory = await house.person(id)
  await giveRole(house.owner, signatory, 'signataire')
  return { id, name, signatory, conventionId: await conventionOf(house, id) }
}

/** The convention starts, and this person manages accounts from now on. */
export const putInEffect = async (house: House, who: Person) => {
  await house.owner.query(
    `update conventions set effective_from = '2020-01-01' where organisation_id = $1 and effective_from is null`,
    [who.organisationId],
  )
  await giveRole(house.owner, who, 'rgc')
  await layGate(house.owner, who)
}
