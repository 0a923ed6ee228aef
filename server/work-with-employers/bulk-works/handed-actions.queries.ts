import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { ParisMoment } from '../exchanges/next-actions.ts'
import { chosenOnes, type WhichActions } from './moved-actions.queries.ts'

export interface Recipient {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
const recipients = (today: string) => sql`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id
  from accounts a cross join lateral ctx.reach_of(a.id, ${today}::date) r
  where a.organisation_id = (select ctx.organisation()) and r.conseiller <> '{}' and r.fiche <> '{}'`

/** Those of the viewer’s structure who record somewhere, the viewer among them. */
export const handRecipients = (db: Db, today: string): Promise<Recipient[]> =>
  db.all(sql<Recipient>`${recipients(today)} order by a.family_name collate "fr-x-icu",
    a.given_name collate "fr-x-icu", a.id`)
export const handRecipient = (db: Db, id: string, today: string): Promise<Recipient | undefined> =>
  db.first(sql<Recipient>`${recipients(today)} and a.id = ${id}::uuid`)

/** Writes each action still to do as it now is, and why it would stay where it is. */
export const insertHanded = (
  db: Db,
  {
    id,
    toId,
    which,
    now,
  }: { readonly id: string; readonly toId: string; readonly which: WhichActions; readonly now: ParisMoment },
): Promise<number> =>
  db.run(sql`with chosen as materialized (
      select n.id, n.siret, action_facts(n) as before, n.owner_id = ${toId}::uuid as already,
        ctx.covers(r.conseiller, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
          and ctx.covers(r.fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id) as there
      from next_actions n cross join ctx.reach_of(${toId}::uuid, ${now.day}::date) r
      where n.id in (${chosenOnes(which, now)}) and n.done_at is null and n.cancelled_at is null),
    finishable as materialized (select f.id from ctx.finishable_actions(array(select id from chosen)) f (id)),
    said as (select c.*, case when f.id is null then 'refused' when c.already then 'already'
        when c.there is not true then 'elsewhere' end as because
      from chosen c left join finishable f on f.id = c.id)
    insert into bulk_work_lines (work_id, siret, next_action_id, before, state, because)
    select ${id}::uuid, s.siret, s.id, s.before, case when s.because is null then 'to-do' else 'left' end, s.because
    from said s order by s.id`)
