import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { formerActivities } from '../../territory-and-register/establishments/establishments.queries.ts'
import { hasWords } from '../../territory-and-register/establishments/search.queries.ts'
import { divisionsOf } from '../../territory-and-register/territories/naf-labels.ts'
import { phoneOf } from '../correspondents/correspondents.queries.ts'
import { groupKeys, type OfGroup, organisationRef, place, wholeTargets } from './references.queries.ts'
import { afterContact, type Obtained, type Result, statusFrom, type Target, type TargetStatus } from './target-rules.ts'

export type TargetRow = Omit<Target, 'establishment' | 'sharedWith'> & { readonly siret: number }
/** Each target as a person sees it; the condition on `t` follows. */
export const targetRows = sql`
  select t.siret, ${place('t')} as place, t.status, t.shared, t.set_aside_reason, t.closed_result,
    ${organisationRef('t.assigned_organisation')} as assigned_to,
    (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
      t.taken_by_organisation) from accounts a where a.id = t.taken_by) as taken_by,
    (select jsonb_build_object('kind', n.kind, 'dueOn', n.due_on, 'dueAt', to_char(n.due_at, 'HH24:MI'), 'owner',
      (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
      a.organisation_id) from accounts a where a.id = n.owner_id))
      from next_actions n join exchanges x on x.id = n.exchange_id and x.campaign_id = t.campaign_id
        where n.siret = t.siret and n.done_at is null and n.cancelled_at is null order by n.due_on, n.due_at, n.id
        limit 1) as next_action,
    (select jsonb_build_object('organisation', ${organisationRef('x.organisation_id')}, 'occurredOn', x.last_on)
      from campaign_contacts x where x.campaign_id = t.campaign_id and x.siret = t.siret and x.contacts > 0
        order by x.last_on desc, x.organisation_id limit 1) as last_contact,
    (select coalesce(sum(x.contacts), 0)::int from campaign_contacts x where x.campaign_id = t.campaign_id
      and x.siret = t.siret) as contact_count,
    case when t.taken_by = (select ctx.account()) then ${phoneOf('t')} end as phone
  from campaign_targets t`

export interface TargetFilter extends OfGroup {
  readonly status?: TargetStatus | undefined
  /** Taken by who asks. */
  readonly mine?: boolean | undefined
  /** Words of the name, or the beginning of the SIRET. */
  readonly q?: string | undefined
  /** Neither entrusted nor taken. */
  readonly free?: boolean | undefined
  /** Entrusted to this organisation, or taken by its people. */
  readonly organisation?: string | undefined
  readonly territory?: number | undefined
  readonly commune?: string | undefined
  /** Section, division, group, class or code. */
  readonly activity?: string | undefined
}

/** Conditions on the targets `t` of a campaign. */
export const matching = (
  campaignId: string,
  { status, mine, q, free, organisation, territory, commune, activity, group, of }: TargetFilter,
) =>
  sql.join(
    [
      sql`t.campaign_id = ${campaignId}::uuid`,
      ...(group === undefined ? [] : [sql`${groupKeys[group]} is not distinct from ${of ?? null}::text`]),
      ...(status === undefined ? [] : [sql`t.status = ${status}`]),
      ...(mine ? [sql`t.taken_by = (select ctx.account())`] : []),
      ...(q === undefined ? [] : [named(q)]),
      ...(free ? [sql`t.assigned_organisation is null and t.taken_by is null`] : []),
      ...(organisation === undefined
        ? []
        : [sql`coalesce(t.assigned_organisation, t.taken_by_organisation) = ${organisation}::uuid`]),
      ...(territory ? [sql`${territory}::int in (t.region_id, t.departement_id, t.epci_id, t.clpe_id)`] : []),
      ...(commune === undefined
        ? []
        : [sql`exists (select from establishments e where e.siret = t.siret and e.commune_code = ${commune})`]),
      ...(activity === undefined
        ? []
        : [
            sql`exists (select from establishments e cross join unnest(${formerActivities}) code
              where e.siret = t.siret and code like any (${divisionsIn(activity).map(code => `${code}%`)}::text[]))`,
          ]),
    ],
    sql` and `,
  )

/** The divisions of a section; a finer code stands for itself. */
export const divisionsIn = (code: string) => (/^[A-V]$/.test(code) ? divisionsOf(code) : [code])

const named = (q: string) =>
  /^[\d\s]+$/.test(q)
    ? sql`lpad(t.siret::text, 14, '0') like ${`${q.replace(/\s/g, '')}%`}`
    : sql`exists (select from establishments e where e.siret = t.siret and ${hasWords(q)})`

/** In order of SIRET, one row more than asked. */
export const listTargets = async (
  db: Db,
  campaignId: string,
  today: string,
  filter: TargetFilter,
  after: number,
  limit: number,
) =>
  wholeTargets(
    db,
    campaignId,
    await db.all(
      sql<TargetRow>`${targetRows} where ${matching(campaignId, filter)} and t.siret > ${after} order by t.siret
        limit ${limit + 1}`,
    ),
    today,
  )

export const countTargets = async (db: Db, campaignId: string, filter: TargetFilter = {}): Promise<number> =>
  (await db.first(
    sql<{ total: number }>`select count(*) as total from campaign_targets t where ${matching(campaignId, filter)}`,
  ))!.total

export const targetById = async (
  db: Db,
  campaignId: string,
  siret: number,
  today: string,
): Promise<Target | undefined> => {
  const one = sql<TargetRow>`${targetRows} where t.campaign_id = ${campaignId}::uuid and t.siret = ${siret}`
  return (await wholeTargets(db, campaignId, await db.all(one), today))[0]
}

/**
 * One statement with its condition, so that of two advisors at once one takes and the other writes nothing. Answers
 * whether it was taken.
 */
export const takeTarget = async (
  db: Db,
  campaignId: string,
  siret: number,
  by: { accountId: string; organisationId: string },
  at: Date,
): Promise<boolean> =>
  (await db.run(sql`
    update campaign_targets t set taken_by = ${by.accountId}::uuid, taken_by_organisation = ${by.organisationId}::uuid,
      taken_at = ${at},
      status = case t.status when 'a-contacter' then 'prise-en-charge' else t.status end
    where t.campaign_id = ${campaignId}::uuid and t.siret = ${siret} and t.status <> 'ecarte'
      and (t.taken_by is null or t.taken_by = ${by.accountId}::uuid)
      and (t.assigned_organisation is null or t.assigned_organisation = ${by.organisationId}::uuid)`)) === 1

/** Gives back what this person holds; false when it has passed to another since. */
export const releaseTarget = async (db: Db, campaignId: string, siret: number, holderId: string): Promise<boolean> =>
  (await db.run(sql`
    update campaign_targets t set taken_by = null, taken_by_organisation = null, taken_at = null,
      status = case t.status when 'prise-en-charge' then 'a-contacter' else t.status end
    where t.campaign_id = ${campaignId}::uuid and t.siret = ${siret} and t.taken_by = ${holderId}::uuid`)) === 1

export const setAside = async (db: Db, campaignId: string, siret: number, reason: string): Promise<boolean> =>
  (await db.run(
    k
      .updateTable('campaignTargets')
      .set({
        status: 'ecarte',
        setAsideReason: reason,
        shared: false,
        takenBy: null,
        takenByOrganisation: null,
        takenAt: null,
      })
      .where('campaignId', '=', campaignId)
      .where('siret', '=', siret)
      .where('status', '<>', 'ecarte'),
  )) === 1

/** What its contacts obtained, whatever the viewer may read of them; undefined without a contact. */
export const obtainedWith = (db: Db, campaignId: string, siret: number): Promise<Obtained | undefined> =>
  db.first(
    sql<Obtained>`select meeting, need from ctx.contacted_targets(${campaignId}::uuid, array[${siret}]::bigint[])`,
  )

/** Back among the targets; false when it was not set aside. */
export const putBack = async (db: Db, campaignId: string, siret: number, status: TargetStatus): Promise<boolean> =>
  (await db.run(
    k
      .updateTable('campaignTargets')
      .set({ status, setAsideReason: null })
      .where('campaignId', '=', campaignId)
      .where('siret', '=', siret)
      .where('status', '=', 'ecarte'),
  )) === 1

/*
 * What the feature exchanges says of its contacts. It owns the exchanges and this folder the marks they leave, so it
 * passes what it read.
 */

export interface LockedTarget {
  readonly status: TargetStatus
  readonly taken: boolean
  /** By the pilot, without a contact. */
  readonly closed: boolean
}

/**
 * Holds the target until the end of the transaction, before any of its exchanges is locked; undefined when it is no
 * target, or not the viewer's to work.
 */
export const lockTarget = (db: Db, campaignId: string, siret: number): Promise<LockedTarget | undefined> =>
  db.first(
    sql<LockedTarget>`select status, taken_by is not null as taken, closed_result is not null as closed from campaign_targets
      where campaign_id = ${campaignId}::uuid and siret = ${siret} for update`,
  )

export interface Contact {
  readonly organisationId: string
  readonly occurredOn: string
  /** A need was detected; false when what was said is kept to the organisation. */
  readonly need: boolean
  /**
   * Null when what was said is kept to the organisation: the others see that a contact took place and when (EST-11).
   */
  readonly result: Result | null
}

/**
 * Marks one more contact, newly recorded, on a target that is locked. One that is older than another says nothing of
 * where the target stands.
 */
export const noteContact = async (
  db: Db,
  { campaignId, siret, ...contact }: Contact & { readonly campaignId: string; readonly siret: number },
  target: LockedTarget,
): Promise<void> => {
  const { later } = (await db.first(
    sql<{
      later: boolean
    }>`select exists (select from campaign_contacts where campaign_id = ${campaignId}::uuid and siret = ${siret}
      and last_on > ${contact.occurredOn}::date) as later`,
  ))!
  await Promise.all([
    db.run(sql`insert into campaign_contacts as c (campaign_id, siret, organisation_id, contacts, needs, last_on)
      values (${campaignId}::uuid, ${siret}, ${contact.organisationId}::uuid, 1, ${contact.need ? 1 : 0},
        ${contact.occurredOn}::date)
      on conflict (campaign_id, siret, organisation_id) do update
        set contacts = c.contacts + 1, needs = c.needs + excluded.needs,
        last_on = greatest(c.last_on, excluded.last_on)`),
    saveStatus(db, campaignId, siret, afterContact(target.status, later ? null : contact.result)),
  ])
}

/**
 * Marks anew, after a correction or a cancellation, the contacts of one organisation with a locked target. `contacts`
 * are all those recorded for this target in this campaign, by any organisation, oldest first: their order gives the
 * status back.
 */
export const recountContacts = async (
  db: Db,
  {
    campaignId,
    siret,
    organisationId,
  }: { readonly campaignId: string; readonly siret: number; readonly organisationId: string },
  contacts: readonly Contact[],
  target: LockedTarget,
): Promise<void> => {
  const own = contacts.filter(contact => contact.organisationId === organisationId)
  await Promise.all([
    own.length === 0
      ? db.run(
          k
            .deleteFrom('campaignContacts')
            .where('campaignId', '=', campaignId)
            .where('siret', '=', siret)
            .where('organisationId', '=', organisationId),
        )
      : db.run(sql`insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, needs, last_on)
          values (${campaignId}::uuid, ${siret}, ${organisationId}::uuid, ${own.length},
            ${own.filter(contact => contact.need).length}, ${own.at(-1)!.occurredOn}::date)
          on conflict (campaign_id, siret, organisation_id) do update
            set contacts = excluded.contacts, needs = excluded.needs, last_on = excluded.last_on`),
    saveStatus(
      db,
      campaignId,
      siret,
      statusFrom(
        target,
        contacts.map(contact => contact.result),
      ),
    ),
  ])
}

const saveStatus = (db: Db, campaignId: string, siret: number, status: TargetStatus) =>
  db.run(
    k
      .updateTable('campaignTargets')
      .set({ status })
      .where('campaignId', '=', campaignId)
      .where('siret', '=', siret)
      .where('status', '<>', status),
  )

/**
 * All the contacts recorded with a target in a campaign, oldest first; the result only of those for the whole network
 * (EST-11).
 */
export const contactsInCampaign = (db: Db, campaignId: string, siret: number): Promise<Contact[]> =>
  db.all(sql<Contact>`select x.organisation_id, x.occurred_on, t.result is not distinct
    from 'besoin-detecte' as need, t.result
    from exchanges x left join exchange_contents t on t.exchange_id = x.id and t.visibility = 'reseau'
    where x.campaign_id = ${campaignId}::uuid and x.siret = ${siret} and x.status = 'recorded'
      order by x.occurred_on, x.recorded_at, x.id`)
