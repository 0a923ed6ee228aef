import { sql } from 'kysely'
import type { nextActionKinds } from '../../../contract/work-with-employers/exchanges.ts'
import type { proposalStates } from '../../../contract/work-with-employers/proposed-actions.ts'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import type { Outcome } from './proposal-rules.ts'

type Organisation = { id: string; name: string; kind: string }
type Person = { id: string; name: string; organisationId: string }
export interface ProposalRow extends TerritoryLine {
  readonly id: string
  readonly nextActionId: string
  readonly siret: number
  readonly kind: (typeof nextActionKinds)[number]
  readonly dueOn: string
  readonly dueAt: string | null
  readonly fromOrganisationId: string
  readonly from: Organisation
  readonly byId: string
  readonly by: Person
  readonly toOrganisationId: string
  readonly to: Organisation
  readonly words: string | null
  readonly proposedAt: Date
  readonly lapsesOn: string
  readonly state: (typeof proposalStates)[number]
  readonly answeredBy: Person | null
  readonly answeredAt: Date | null
  readonly reason: string | null
}
const personRef = (column: 'p.by_id' | 'p.answered_by') => sql`(select jsonb_build_object('id', a.id,
  'name', a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id) from accounts a
  where a.id = ${sql.raw(column)})`
const proposals = sql`select p.id, p.next_action_id, p.siret, p.region_id, p.departement_id, p.epci_id, p.clpe_id, p.kind,
  p.due_on, to_char(p.due_at, 'HH24:MI') as due_at, p.from_organisation as from_organisation_id,
  ${organisationRef('p.from_organisation')} as "from", p.by_id, ${personRef('p.by_id')} as by,
  p.to_organisation as to_organisation_id, ${organisationRef('p.to_organisation')} as "to", p.words, p.proposed_at,
  p.lapses_on, p.state, ${personRef('p.answered_by')} as answered_by, p.answered_at, p.reason
  from action_proposals p`

export const proposalById = (db: Db, id: string): Promise<ProposalRow | undefined> =>
  db.first(sql<ProposalRow>`${proposals} where p.id = ${id}::uuid`)

/** What waits for the viewer’s structure, the next due first. */
export const receivedProposals = (db: Db, today: string): Promise<ProposalRow[]> =>
  db.all(sql<ProposalRow>`${proposals} where p.to_organisation = (select ctx.organisation()) and p.state = 'waiting'
    and p.lapses_on >= ${today}::date order by p.due_on, p.due_at, p.id limit 200`)

/** The viewer’s own and, where they lead colleagues, their structure’s: what waits, then what was settled lately. */
export const sentProposals = (db: Db, today: string): Promise<ProposalRow[]> =>
  db.all(sql<ProposalRow>`${proposals} where p.from_organisation = (select ctx.organisation())
    and (p.by_id = (select ctx.account()) or (select ctx.leads_colleagues()))
    and (p.state = 'waiting' or p.answered_at > ${today}::date - 30)
    order by p.state <> 'waiting', coalesce(p.answered_at, p.proposed_at) desc, p.id limit 200`)

export const recipientsFor = (db: Db, nextActionId: string, today: string): Promise<Organisation[]> =>
  db.all(sql<Organisation>`select o.id, o.name, o.kind from proposal_recipients(${nextActionId}::uuid, ${today}::date) r (id)
    join organisations o on o.id = r.id order by o.name collate "fr-x-icu", o.id`)

export interface NewProposal {
  readonly id: string
  readonly nextActionId: string
  readonly toOrganisationId: string
  readonly words: string | null
  readonly lapsesOn: string
  readonly at: Date
}
/** `''`, or the code of the reason why not. */
export const insertProposal = async (db: Db, p: NewProposal): Promise<string> =>
  (await db.first(
    sql<{ outcome: string }>`select propose_action(${p.id}::uuid, ${p.nextActionId}::uuid, ${p.toOrganisationId}::uuid,
      ${p.words}, ${p.lapsesOn}::date, ${p.at}::timestamptz) as outcome`,
  ))!.outcome

/** `''`, or the code of the reason why not. */
export const settle = async (
  db: Db,
  id: string,
  outcome: Outcome,
  { reason, at }: { readonly reason: string | null; readonly at: Date },
): Promise<string> =>
  (await db.first(
    sql<{ outcome: string }>`select settle_action_proposal(${id}::uuid, ${outcome}, ${reason}, ${at}::timestamptz)
      as outcome`,
  ))!.outcome

export const contactsOf = async (db: Db, id: string, today: string): Promise<string[]> =>
  (
    await db.all(
      sql<{ accountId: string }>`select account_id from proposal_contacts(${id}::uuid, ${today}::date) c (account_id)`,
    )
  ).map(({ accountId }) => accountId)
