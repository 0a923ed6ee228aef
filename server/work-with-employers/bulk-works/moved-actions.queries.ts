import { sql } from 'kysely'
import type { plannedParts } from '../../../contract/work-with-employers/portfolio.ts'
import type { Db } from '../../platform/database.ts'
import type { ParisMoment } from '../exchanges/next-actions.ts'
import { plannedLines } from '../portfolio/portfolio.queries.ts'

export type WhichActions =
  | { readonly ids: readonly string[] }
  | {
      readonly filter: { readonly campaign?: string; readonly part?: (typeof plannedParts)[number] }
      readonly except?: readonly string[]
    }
/** Ids of next actions: those named, or those of one's portfolio but some. */
export const chosenOnes = (which: WhichActions, now: ParisMoment) =>
  'ids' in which
    ? sql`select unnest(${which.ids}::uuid[]) as id`
    : sql`select t.id from (${plannedLines(now, which.filter)}) t where t.id <> all (${which.except ?? []}::uuid[])`

/** The days on which they are due. */
export const daysOf = async (db: Db, which: WhichActions, now: ParisMoment): Promise<string[]> =>
  (
    await db.all(sql<{ dueOn: string }>`select distinct n.due_on from next_actions n
      where n.id in (${chosenOnes(which, now)})`)
  ).map(({ dueOn }) => dueOn)

/** Writes each action still to do as it now is, with the day it would be moved to. `days`: from each day, to which. */
export const insertMoved = (
  db: Db,
  id: string,
  which: WhichActions,
  now: ParisMoment,
  days: ReadonlyMap<string, string>,
): Promise<number> =>
  db.run(sql`with chosen as materialized (
      select n.id, n.siret, action_facts(n) as before, d.moved, n.due_on = d.moved as already
      from next_actions n join unnest(${[...days.keys()]}::date[], ${[...days.values()]}::date[]) d (due_on, moved)
        on d.due_on = n.due_on
      where n.id in (${chosenOnes(which, now)}) and n.done_at is null and n.cancelled_at is null),
    finishable as materialized (select f.id from ctx.finishable_actions(array(select id from chosen)) f (id))
    insert into bulk_work_lines (work_id, siret, next_action_id, before, due_on, state, because)
    select ${id}::uuid, c.siret, c.id, c.before, c.moved, case when f.id is not null and not c.already then 'to-do' else 'left' end,
      case when f.id is null then 'refused' when c.already then 'already' end
    from chosen c left join finishable f on f.id = c.id order by c.id`)
