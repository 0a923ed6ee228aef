import { watched } from '../../../contract/people-and-rights/people.ts'
import type { Context } from '../../platform/action.ts'
import { judge } from '../anomalies/judge.ts'
import { linksWaiting, notYetFound, type Watched } from './people.queries.ts'

export interface Watch {
  /** How many anomalies, each account and grant counted. */
  readonly open: number
  /** Why, by whom. */
  readonly of: ReadonlyMap<string, readonly Watched[]>
}
/**
 * People of one's own structure to look at, and why (only these people, when given).
 * The reasons are anomalies of their access, and the warnings that precede one.
 */
export const watch = async (
  context: Pick<Context, 'db' | 'now' | 'today' | 'viewer'>,
  accountIds: readonly string[] | null = null,
): Promise<Watch> => {
  const [{ standing, opened }, notYet, linked] = await Promise.all([
    judge(context, [context.viewer.organisationId], accountIds),
    notYetFound(context.db, accountIds),
    linksWaiting(context.db, accountIds),
  ])
  const open = [...standing, ...opened]
  const of = new Map<string, Set<Watched>>()
  const add = (id: string, found: Watched) => of.set(id, (of.get(id) ?? new Set()).add(found))
  for (const { accountId, kind } of open) add(accountId, kind)
  for (const { id, soonInactive, withoutRights } of notYet) {
    if (soonInactive) add(id, 'soon-inactive')
    if (withoutRights && !of.get(id)?.has('no-grant')) add(id, 'not-granted')
  }
  for (const { id } of linked) add(id, 'link-waiting')
  return { open: open.length, of: new Map([...of].map(([id, found]) => [id, watched.filter(one => found.has(one))])) }
}
