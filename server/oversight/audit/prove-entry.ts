import type pg from 'pg'
import { inclusionRanges, rangeHash, rootOf } from './merkle-tree.ts'
import { leavesBetween, nodesBetween } from './trail.queries.ts'
import { canonicalOf, type StoredEntry } from './trail-digests.ts'

/** What proves, without the database, that the sealed trail holds an entry; `bin/verify-proof.mjs` reads it. */
export interface InclusionProof {
  readonly format: 'campagnes-coordonnees/inclusion/1'
  /** The entry, byte for byte as its leaf digests it. */
  readonly entry: string
  readonly position: number
  /** Hashes from the leaf up to the root, in base64. */
  readonly path: readonly string[]
  /** The signed head of the tree. */
  readonly checkpoint: string
}

/**
 * The root of a full subtree. It is kept when its level is a multiple of eight.
 * Otherwise it is made from at most 128 hashes of the nearest kept level below.
 */
const subtreeOf =
  (client: pg.ClientBase) =>
  async (level: number, index: number): Promise<Buffer> => {
    const below = level % 8 === 0 && level > 0 ? level : Math.floor(level / 8) * 8
    const width = 2 ** (level - below)
    const range = { start: index * width, end: (index + 1) * width }
    const hashes = below === 0 ? await leavesBetween(client, range) : await nodesBetween(client, below, range)
    if (hashes.length !== width)
      throw new Error(
        `il manque des empreintes sous le niveau ${level}, numéro ${index} : lancez « npm run audit -- verify »`,
      )
    return rootOf(hashes)
  }

/**
 * The proof of an entry against the last checkpoint; undefined when it has no position yet, or does not exist. `client`
 * is connected as cc_owner.
 */
export const proveEntry = async (client: pg.ClientBase, entryId: string): Promise<InclusionProof | undefined> => {
  await client.query('begin isolation level repeatable read read only')
  try {
    const {
      rows: [entry],
    } = await client.query<StoredEntry & { position: number }>(
      `
      select e.id, extract(epoch from e.at)::text as epoch, e.actor_id as "actorId",
        e.organisation_id as "organisationId", e.action, e.subject_kind as "subjectKind", e.subject_id as "subjectId",
        e.origin,
        e.request_id as "requestId", e.detail_digest as "detailDigest", l.position from audit_entries e
          join trail_leaves l on l.entry_id = e.id where e.id = $1`,
      [entryId],
    )
    const {
      rows: [last],
    } = await client.query<{ size: number; note: string }>(
      'select size, note from trail_checkpoints order by size desc limit 1',
    )
    if (!entry || !last) return undefined
    const path: string[] = []
    for (const range of inclusionRanges(entry.position, { start: 0, end: last.size }))
      path.push((await rangeHash(range, subtreeOf(client))).toString('base64'))
    return {
      format: 'campagnes-coordonnees/inclusion/1',
      entry: canonicalOf(entry),
      position: entry.position,
      path,
      checkpoint: last.note,
    }
  } finally {
    await client.query('rollback')
  }
}
