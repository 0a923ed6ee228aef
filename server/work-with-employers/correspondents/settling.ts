import type { Context, Done, Entry, ReadContext } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { correspondentReply } from './correspondent-reply.ts'
import type { Writing } from './correspondent-writes.queries.ts'
import { type CorrespondentRow, findCorrespondent, lockCorrespondents } from './correspondents.queries.ts'
import { identifiersAt, without } from './objection-rules.ts'
import { objectedAmong } from './objections.queries.ts'

/** What every act on a correspondent begins and ends with. */

export const loadLocked = async (id: string, { db }: Pick<ReadContext, 'db'>): Promise<CorrespondentRow> => {
  const [, row] = await Promise.all([lockCorrespondents(db, [id]), findCorrespondent(db, id)])
  return found(row)
}
export interface LockedTwo {
  readonly kept: CorrespondentRow
  readonly absorbed: CorrespondentRow
}
/** Both cards of a merge. */
export const loadLockedTwo = async (
  keptId: string,
  absorbedId: string,
  { db }: Pick<ReadContext, 'db'>,
): Promise<LockedTwo> => {
  const [, kept, absorbed] = await Promise.all([
    lockCorrespondents(db, [keptId, absorbedId]),
    findCorrespondent(db, keptId),
    findCorrespondent(db, absorbedId),
  ])
  return { kept: found(kept), absorbed: found(absorbed) }
}

export const checkVersion = (row: CorrespondentRow, ifMatch: number | undefined, context: Context): void => {
  if (ifMatch !== row.version)
    throw new Refused('request/changed-meanwhile', { current: correspondentReply(row, context) })
}
export const checkNotMerged = (row: CorrespondentRow): void => {
  if (row.mergedInto) throw new Refused('correspondent/merged')
}
export const checkNotObjected = (row: CorrespondentRow): void => {
  if (row.objection) throw new Refused('correspondent/objected')
}
export const checkInPlace = (row: CorrespondentRow): void => {
  checkNotMerged(row)
  checkNotObjected(row)
  if (row.retiredAt && !row.links.length) throw new Refused('correspondent/retired')
}
/** The establishments that a person answers for, of those the viewer reads; the first where they were noted. */
export const siretsOf = (row: CorrespondentRow): readonly number[] => [
  row.siret,
  ...row.links.map(({ siret }) => siret),
]

/** A merge is of two standing cards that answer for one establishment. */
export const checkTwoCards = (one: CorrespondentRow, other: CorrespondentRow): void => {
  if (one.id === other.id) throw new Refused('correspondent/same-card')
  checkNotMerged(other)
  checkNotObjected(other)
  if (!siretsOf(one).some(siret => siretsOf(other).includes(siret)))
    throw new Refused('correspondent/other-establishment')
}
export const checkInformed = (informed: { readonly on: string } | undefined, today: string): void => {
  if (informed && informed.on > today) throw new Refused('correspondent/informed-in-future')
}

/** The day on which what is typed was observed: today, unless another was said. */
export const observedOf = (said: string | undefined, today: string): string => {
  if (said !== undefined && said > today) throw new Refused('correspondent/observed-in-future')
  return said ?? today
}

export const writingOf = ({ viewer, now }: Context): Writing => ({
  organisationId: viewer.organisationId,
  authorId: viewer.accountId,
  now,
})

/** What is typed is refused when it is of a person who objects, wherever they did. `before`: what was there already. */
export const checkNotBlocked = async (
  sirets: readonly number[],
  before: readonly Said[],
  after: readonly Said[],
  { db, settings }: Context,
): Promise<void> => {
  const fresh = without(identifiersAt(after, sirets), identifiersAt(before, sirets))
  const blocked = await objectedAmong(db, fresh, settings.objections)
  if (blocked.length) throw new Refused('correspondent/blocked', { facts: { kinds: blocked.map(({ kind }) => kind) } })
}
interface Said {
  readonly field: string
  readonly value: string
}

/** The trail says which fields and which values changed, never their words: these are in the history of the values. */
export const settled = async (
  before: CorrespondentRow,
  { action, detail }: { readonly action: Entry['action']; readonly detail: object },
  context: Context,
): Promise<Done<ReturnType<typeof correspondentReply>>> => ({
  reply: correspondentReply(found(await findCorrespondent(context.db, before.id)), context),
  audit: [
    {
      action,
      subject: ['correspondent', before.id],
      detail: { siret: before.siret, version: before.version, ...detail },
    },
  ],
})
