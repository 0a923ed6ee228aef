import type pg from 'pg'
import type { Checkpoint } from './checkpoint-note.ts'
import { digestOfGuards, guardsOf } from './guards.ts'
import type { Say } from './trail-faults.ts'

export interface RightsReaderOptions {
  readonly everyMs: number
  readonly onError?: (error: Error) => void
}
/** Told in place of the digest by a seal that could not read it: no SHA-256 is all zeros, and former programs read it. */
export const unreadRights = Buffer.alloc(32)
/**
 * The digest of the whole of rights, at most so often, for reading it takes a while; undefined in between. A seal that
 * tells it read it in its own transaction, so that two of them frame what changed.
 */
export const rightsReader = ({ everyMs, onError = () => {} }: RightsReaderOptions) => {
  let readAt = Number.NEGATIVE_INFINITY
  return async (client: pg.ClientBase): Promise<Buffer | undefined> => {
    if (performance.now() - readAt < everyMs) return undefined
    readAt = performance.now()
    // A catalogue that cannot be read stops no sealing: such a seal tells it.
    return guardsOf(client).then(digestOfGuards, error => {
      onError(error as Error)
      return unreadRights
    })
  }
}

export interface SealedRights {
  /** Each change, between the two seals that frame it, and whether rights were then those of this version. */
  readonly changes: readonly { readonly after: Date; readonly before: Date; readonly shipped: boolean }[]
  /** The last seal that tells of rights; null of a trail sealed by former versions. */
  readonly last: { readonly at: Date; readonly shipped: boolean } | null
}
/** Rights are read each minute while entries are sealed. One reading may fail; for longer, someone keeps them unread. */
const longestUnreadMs = 180_000
/**
 * Goes from checkpoint to checkpoint, each of them signed by a known key. Only seals that say they could not read accuse:
 * silence is no fault, for a machine that slept, a worker begun again and a former program all keep it.
 */
export const followRights = (shipped: Buffer, fault: Say) => {
  const changes: SealedRights['changes'][number][] = []
  let last: { readonly at: Date; readonly rights: Buffer } | undefined
  let unread: { readonly since: Date; said: boolean } | undefined
  const passUnread = (at: Date, size: number): void => {
    unread ??= { since: at, said: false }
    if (unread.said || at.getTime() - unread.since.getTime() < longestUnreadMs) return
    unread.said = true
    fault('rights-untold', `depuis le ${unread.since.toISOString()}, point de contrôle ${size}`)
  }
  return {
    pass: ({ size, link }: Checkpoint): void => {
      if (!link?.rights) return
      const { at, rights } = link
      if (rights.equals(unreadRights)) {
        passUnread(at, size)
        return
      }
      unread = undefined
      if (last && !last.rights.equals(rights))
        changes.push({ after: last.at, before: at, shipped: rights.equals(shipped) })
      last = { at, rights }
    },
    found: (): SealedRights => ({ changes, last: last ? { at: last.at, shipped: last.rights.equals(shipped) } : null }),
  }
}
