import type { Context, Done, Entry, ReadContext } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { kindReply } from './commitment-reply.ts'
import { type KindRow, kindById, lockKind, type Named, saveKind } from './kinds.queries.ts'

/** What every change of a kind begins and ends with. */

export const loadKind = async (id: string, { db }: Pick<ReadContext, 'db'>): Promise<KindRow> =>
  found(await lockKind(db, id))

export const checkKindVersion = (kind: KindRow, ifMatch: number | undefined): void => {
  if (ifMatch !== kind.version) throw new Refused('request/changed-meanwhile', { current: kindReply(kind) })
}
export const checkInUse = (kind: KindRow): void => {
  if (kind.retiredAt) throw new Refused('commitment/kind-retired')
}

const told = ({ family, label, retiredAt }: Omit<KindRow, 'id' | 'version'>) => ({
  family,
  label,
  retired: retiredAt !== null,
})

interface Kept extends Partial<Named> {
  readonly action: Entry['action']
  readonly retiredAt?: Date | null
}
export const keptKind = async (
  before: KindRow,
  { action, ...change }: Kept,
  { db }: Context,
): Promise<Done<ReturnType<typeof kindReply>>> => {
  await saveKind(db, before.id, change)
  return {
    reply: kindReply(found(await kindById(db, before.id))),
    audit: [
      {
        action,
        subject: ['commitment-kind', before.id],
        detail: { before: told(before), after: told({ ...before, ...change }) },
      },
    ],
  }
}
