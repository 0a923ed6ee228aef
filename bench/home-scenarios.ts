import type pg from 'pg'
import { insertSession } from '../server/signing-in/identity/testing.ts'
import { acceptTexts } from '../server/testing/texts.ts'
import type { Scenario } from './search-scenarios.ts'

/**
 * What each visit of the home page reads for whoever leads: nobody is away in the structure that pilots, one is in
 * another. Watched by its buffers alone: without rights, the floor has nothing of the kind.
 */
export const homeScenarios = async (owner: pg.Client): Promise<Scenario[]> => {
  const leads = (
    await owner.query<{ accountId: string; organisationId: string; territoryId: number }>(
      `select g.account_id as "accountId", g.organisation_id as "organisationId", g.territory_id as "territoryId"
        from grants g join organisations o on o.id = g.organisation_id
        where g.profile = 'pilote' and o.name like 'Partenaire du bassin%'
        order by o.siret limit 2`,
    )
  ).rows
  await acceptTexts(
    owner,
    leads.map(lead => lead.accountId),
  )
  const [pilots, other] = await Promise.all(
    leads.map(async lead => ({ ...lead, context: {}, cookie: (await insertSession(owner, lead.accountId)).cookie })),
  )
  await owner.query(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      select gen_random_uuid(), a.id, a.organisation_id, '2026-11-20', '2026-12-18', $2, now()
      from accounts a where a.organisation_id = $1 and a.id <> $2 order by a.family_name limit 1`,
    [other!.organisationId, other!.accountId],
  )
  const calls = [{ path: '/api/work-to-take-over?recipients=false' }]
  return [
    { name: 'work to take over, none waits', who: pilots!, calls },
    { name: 'work to take over, a colleague is away', who: other!, calls },
  ]
}
