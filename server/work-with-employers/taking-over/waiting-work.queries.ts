import { sql } from 'kysely'
import type { awayReasons, workKinds } from '../../../contract/work-with-employers/taking-over.ts'
import type { Db } from '../../platform/database.ts'
import type { Ref } from '../../territory-and-register/territories/territories.queries.ts'

type Organisation = { id: string; name: string; kind: string }
type Person = { id: string; name: string; organisationId: string }
export interface PartRow {
  readonly kind: (typeof workKinds)[number]
  readonly campaign: { id: string; name: string } | null
  readonly clpe: Ref | null
  readonly count: number
  readonly late: number
  readonly firstDueOn: string | null
}
export interface WaitingRow {
  readonly organisation: Organisation
  readonly person: Person | null
  readonly why: (typeof awayReasons)[number]
  readonly awayUntil: string | null
  readonly parts: PartRow[]
}

/** By person, who left first; then structures. Next actions are one part, whatever their campaigns; so are needs. */
export const waitingWork = (db: Db, today: string): Promise<WaitingRow[]> =>
  db.all(sql<WaitingRow>`
    with part as (
      select w.holder_id, w.organisation_id, w.why,
        case w.kind when 'target' then 'targets' when 'action' then 'next-actions'
          when 'need' then 'needs' else w.kind end as kind,
        case when w.kind <> 'action' then w.campaign_id end as campaign_id, w.clpe_id, count(*)::int as count,
        count(*) filter (where n.due_on < ${today}::date)::int as late, min(n.due_on) as first_due_on
      from work_to_take_over(${today}::date) w left join next_actions n on n.id = w.action_id
      group by 1, 2, 3, 4, 5, 6)
    select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) as organisation,
      case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
        'organisationId', a.organisation_id) end as person,
      p.why, (select max(b.ends_on) from absences b where p.why = 'absent' and b.account_id = a.id
        and b.withdrawn_at is null and ${today}::date between b.starts_on and b.ends_on) as away_until,
      jsonb_agg(jsonb_build_object('kind', p.kind, 'campaign', case when c.id is not null
          then jsonb_build_object('id', c.id, 'name', c.name) end, 'clpe', case when t.id is not null
          then jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) end, 'count', p.count, 'late', p.late,
          'firstDueOn', p.first_due_on) order by p.kind desc, c.name collate "fr-x-icu", c.id, t.id) as parts
    from part p join organisations o on o.id = p.organisation_id left join accounts a on a.id = p.holder_id
      left join campaigns c on c.id = p.campaign_id left join territories t on t.id = p.clpe_id
    group by o.id, a.id, p.why
    order by p.why = 'absent', a.id is null, o.name collate "fr-x-icu", a.family_name collate "fr-x-icu",
      a.given_name collate "fr-x-icu", a.id`)

/** The viewer's colleagues who may receive it, the viewer among them. */
export const recipientsNow = (db: Db, today: string): Promise<Person[]> =>
  db.all(sql<Person>`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id
    from takeover_recipients(${today}::date) r join accounts a on a.id = r.account_id
    order by a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", a.id`)

export interface Reach {
  readonly accountId: string
  readonly conseiller: readonly number[]
  readonly fiche: readonly number[]
}
/** Where a colleague may record; undefined when they may receive nothing. */
export const reachOf = (db: Db, accountId: string, today: string): Promise<Reach | undefined> =>
  db.first(
    sql<Reach>`select account_id, conseiller, fiche from takeover_recipients(${today}::date)
      where account_id = ${accountId}::uuid`,
  )

/** Whose work it is, in words. */
export const nameOf = async (
  db: Db,
  { organisationId, accountId }: { readonly organisationId: string | null; readonly accountId: string | null },
): Promise<string | undefined> =>
  (
    await db.first(sql<{ name: string | null }>`
      select coalesce((select given_name || ' ' || family_name from accounts where id = ${accountId}::uuid),
        (select o.name from organisations o where o.id = ${organisationId}::uuid)) as name`)
  )?.name ?? undefined
