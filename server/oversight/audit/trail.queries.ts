import type pg from 'pg'
import '../../platform/database.ts' // reads bigint as a number
import type { Range } from './merkle-tree.ts'
import type { StoredEntry } from './trail-digests.ts'

export interface Head {
  readonly size: number
  readonly peaks: readonly Buffer[]
  readonly note: string | null
}
const inPeaks = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, (i + 1) * 32))

/** The head of the tree, held until the end of the transaction; undefined while another sequencer holds it. */
export const openSeal = async (client: pg.ClientBase): Promise<Head | undefined> => {
  const {
    rows: [head],
  } = await client.query<{ size: number; peaks: Buffer; note: string | null }>(
    'select size, peaks, note from ctx.trail_open()',
  )
  return head && { ...head, peaks: inPeaks(head.peaks) }
}
/** Gives their positions to settled entries, at most so many; their leaves in order. */
export const takeLeaves = async (client: pg.ClientBase, atMost: number): Promise<Buffer[]> =>
  (await client.query<{ leaf: Buffer }>('select leaf from ctx.trail_take($1)', [atMost])).rows.map(r => r.leaf)

export interface SubtreeRoot {
  readonly level: number
  readonly index: number
  readonly hash: Buffer
}
export const closeSeal = (
  client: pg.ClientBase,
  seal: { size: number; peaks: readonly Buffer[]; note: string; caughtUp: boolean; nodes: readonly SubtreeRoot[] },
) =>
  client.query('select ctx.trail_close($1, $2, $3, $4, $5, $6, $7)', [
    seal.size,
    Buffer.concat(seal.peaks),
    seal.note,
    seal.caughtUp,
    seal.nodes.map(n => n.level),
    seal.nodes.map(n => n.index),
    seal.nodes.map(n => n.hash),
  ])

/** The checkpoint of that size, if there is one. */
export const noteOfSize = async (client: pg.ClientBase, size: number): Promise<string | null> =>
  (await client.query<{ note: string | null }>('select ctx.trail_note($1) as note', [size])).rows[0]!.note

/** The size last given to the witness of this name. Held until the end of the transaction: one hands over at a time. */
export const openConfidence = async (client: pg.ClientBase, witness: string): Promise<number> =>
  (await client.query<{ size: number }>('select ctx.trail_confide($1) as size', [witness])).rows[0]!.size
export const noteConfided = (client: pg.ClientBase, witness: string, size: number) =>
  client.query('select ctx.trail_confided($1, $2)', [witness, size])
/** Whether some entry waits for its position, settled or not. */
export const entriesWait = async (client: pg.ClientBase): Promise<boolean> =>
  (await client.query<{ waits: boolean }>('select ctx.trail_waits() as waits')).rows[0]!.waits

/** Seconds that the oldest unsealed entry has been waiting. */
export const sealingLag = async (client: Pick<pg.ClientBase, 'query'>): Promise<number> =>
  (await client.query<{ seconds: number }>('select ctx.trail_lag() as seconds')).rows[0]!.seconds

/* Below: as cc_owner, for the command line. */

export const leavesBetween = async (client: pg.ClientBase, { start, end }: Range): Promise<Buffer[]> =>
  (
    await client.query<{ leaf: Buffer }>(
      'select leaf from trail_leaves where position >= $1 and position < $2 order by position',
      [start, end],
    )
  ).rows.map(r => r.leaf)
export const nodesBetween = async (client: pg.ClientBase, level: number, { start, end }: Range): Promise<Buffer[]> =>
  (
    await client.query<{ hash: Buffer }>(
      'select hash from trail_nodes where level = $1 and index >= $2 and index < $3 order by index',
      [level, start, end],
    )
  ).rows.map(r => r.hash)
/** Sealed entries at these positions; one that is no longer there is left out. */
export const entriesBetween = async (
  client: pg.ClientBase,
  { start, end }: Range,
): Promise<(StoredEntry & { position: number; leaf: Buffer })[]> =>
  (
    await client.query<StoredEntry & { position: number; leaf: Buffer }>(
      `select l.position, l.leaf, e.id, extract(epoch from e.at)::text as epoch, e.actor_id as "actorId",
        e.organisation_id as "organisationId", e.action,
    e.subject_kind as "subjectKind", e.subject_id as "subjectId", e.origin, e.request_id as "requestId",
      e.detail_digest as "detailDigest"
    from trail_leaves l join audit_entries e on e.id = l.entry_id where l.position >= $1 and l.position < $2
      order by l.position`,
      [start, end],
    )
  ).rows
export const noteAsOwner = async (client: pg.ClientBase, size: number): Promise<string | undefined> =>
  (await client.query<{ note: string }>('select note from trail_checkpoints where size = $1', [size])).rows[0]?.note
