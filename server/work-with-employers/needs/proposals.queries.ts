import { sql } from 'kysely'
import type { needProposalStates } from '../../../contract/work-with-employers/needs.ts'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import type { Intake } from './intakes.queries.ts'
import { type Organisation, type PersonOf, personRef } from './needs.queries.ts'

export interface NeedProposalRow extends TerritoryLine {
  readonly id: string
  readonly needId: string
  readonly siret: number
  readonly fromOrganisationId: string
  readonly from: Organisation
  readonly byId: string
  readonly by: PersonOf | null
  readonly toOrganisationId: string
  readonly to: Organisation
  readonly words: string | null
  readonly proposedAt: Date
  readonly state: (typeof needProposalStates)[number]
  readonly answeredBy: PersonOf | null
  readonly answeredAt: Date | null
  readonly reason: string | null
  readonly overtakenBy: Organisation | null
  /** Who follows the need; who proposed it where the need is no longer read. */
  readonly ownerId: string
}
const proposals = sql`select p.id, p.need_id, p.siret, p.region_id, p.departement_id, p.epci_id, p.clpe_id,
    p.from_organisation as from_organisation_id, ${organisationRef('p.from_organisation')} as "from", p.by_id,
    ${personRef('p.by_id')} as by, p.to_organisation as to_organisation_id,
    ${organisationRef('p.to_organisation')} as "to", p.words, p.proposed_at, p.state,
    ${personRef('p.answered_by')} as answered_by, p.answered_at, p.reason,
    ${organisationRef('p.overtaken_by')} as overtaken_by, coalesce(n.owner_id, p.by_id) as owner_id
  from need_proposals p left join needs n on n.id = p.need_id`

export const needProposalById = (db: Db, id: string): Promise<NeedProposalRow | undefined> =>
  db.first(sql<NeedProposalRow>`${proposals} where p.id = ${id}::uuid`)
/** Those that one reads of a need: one's structure made or received them; the last first. */
export const needProposalsOf = (db: Db, needId: string): Promise<NeedProposalRow[]> =>
  db.all(sql<NeedProposalRow>`${proposals} where p.need_id = ${needId}::uuid order by p.proposed_at desc, p.id`)

/** To one's structure: to take, taken, then what was settled since that day. */
export const receivedNeeds = (db: Db, since: string): Promise<NeedProposalRow[]> =>
  db.all(sql<NeedProposalRow>`${proposals} where p.to_organisation = (select ctx.organisation())
    and (p.state in ('waiting', 'taken') or p.answered_at >= ${since}::date)
    order by array_position(array['waiting', 'taken'], p.state), p.proposed_at desc, p.id limit 200`)
export const countReceivedNeeds = async (db: Db): Promise<number> =>
  (await db.first(
    sql<{ total: number }>`select count(*) as total from need_proposals p
      where p.to_organisation = (select ctx.organisation()) and p.state = 'waiting'`,
  ))!.total
/** The proposal to one's structure that another's taking put an end to, the last one. */
export const overtakenProposal = (db: Db, needId: string): Promise<NeedProposalRow | undefined> =>
  db.first(sql<NeedProposalRow>`${proposals} where p.need_id = ${needId}::uuid
    and p.to_organisation = (select ctx.organisation()) and p.state = 'overtaken'
    order by p.answered_at desc limit 1`)

export interface RecipientRow {
  readonly organisation: Organisation
  readonly why: 'waiting' | 'declined' | null
  readonly reason: string | null
  readonly at: Date | null
  /** What it says it takes; null: nothing. */
  readonly said: Intake | null
  /** Its last exchange with that employer that the network reads. */
  readonly metOn: string | null
  /** Its answers to what the viewer reads of their structure's proposals: how many yes, of how many. */
  readonly yes: number
  readonly answered: number
}
/** By name, with what tells them apart since that day: no more than the viewer reads of each. */
export const needRecipients = (db: Db, needId: string, today: string, since: string): Promise<RecipientRow[]> =>
  db.all(sql<RecipientRow>`select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) as organisation, r.why,
      r.reason, r.at, case when i.organisation_id is not null then jsonb_build_object('kinds', i.kinds, 'advice', i.advice,
        'jobs', i.jobs, 'publics', i.publics) end as said, x.met_on, p.yes, p.answered
    from need_recipients(${needId}::uuid, ${today}::date) r join organisations o on o.id = r.organisation_id
    left join need_intakes i on i.organisation_id = o.id
    cross join lateral (select max(x.occurred_on) as met_on from needs n join exchanges x on x.siret = n.siret
      where n.id = ${needId}::uuid and x.organisation_id = o.id and x.visibility = 'reseau' and x.status = 'recorded'
        and x.occurred_on >= ${since}::date) x
    cross join lateral (select count(*) filter (where p.state <> 'declined')::int as yes, count(*)::int as answered
      from need_proposals p where p.from_organisation = (select ctx.organisation()) and p.to_organisation = o.id
        and p.state in ('taken', 'done', 'unreachable', 'declined') and p.answered_at >= ${since}::date) p
    order by o.name collate "fr-x-icu", o.id`)

export interface NewNeedProposal {
  readonly id: string
  readonly needId: string
  readonly toOrganisationId: string
  readonly words: string | null
  readonly at: Date
}
/** `''`, or the code of the reason why not. */
export const insertNeedProposal = async (db: Db, p: NewNeedProposal): Promise<string> =>
  (await db.first(
    sql<{ outcome: string }>`select propose_need(${p.id}::uuid, ${p.needId}::uuid, ${p.toOrganisationId}::uuid,
      ${p.words}, ${p.at}::timestamptz) as outcome`,
  ))!.outcome
/** `''`, or the code of the reason why not. */
export const settleNeedProposal = async (
  db: Db,
  id: string,
  outcome: 'declined' | 'withdrawn',
  { reason, at }: { readonly reason: string | null; readonly at: Date },
): Promise<string> =>
  (await db.first(
    sql<{ outcome: string }>`select settle_need_proposal(${id}::uuid, ${outcome}, ${reason}, ${at}::timestamptz)
      as outcome`,
  ))!.outcome

/** Those that the viewer, who has just taken the need, put an end to. */
export const overtakenBy = async (db: Db, needId: string): Promise<string[]> =>
  (await db.all(sql<{ id: string }>`select id from overtaken_proposals(${needId}::uuid) p (id)`)).map(({ id }) => id)
export const needContacts = (
  db: Db,
  proposals: readonly string[],
  today: string,
): Promise<{ proposal: string; accountId: string }[]> =>
  db.all(
    sql<{ proposal: string; accountId: string }>`select proposal, account_id
      from need_proposal_contacts(${proposals}::uuid[], ${today}::date)`,
  )
