import type pg from 'pg'
import { clocksApart, systemClock } from '../../platform/time.ts'
import { readCheckpoint, signedAt, type VerifierKey, verifyNote } from './checkpoint-note.ts'
import { exportLengths } from './export-lines.ts'
import { witnessLength, witnessName } from './file-witness.ts'
import { digestOfGuards, shippedGuards, verifyGuards } from './guards.ts'
import { growTree, type Tree } from './merkle-tree.ts'
import { followRights, type SealedRights } from './sealed-rights.ts'
import type { SubtreeRoot } from './trail.queries.ts'
import { detailDigestOf, leafOf, type StoredEntry } from './trail-digests.ts'
import type { Fault, FaultKind, Say } from './trail-faults.ts'
import { verifyMissingDetails, verifyVersions } from './verify-details.ts'
import { type Exported, verifyExport } from './verify-export.ts'
import { verifyFrozen } from './verify-frozen.ts'
import { verifyWitness } from './verify-witness.ts'

export interface Verification {
  readonly entries: number
  readonly sealed: number
  readonly checkpoints: number
  readonly kept: number
  /** In the order of the trail; the first is the one to look at. */
  readonly faults: readonly Fault[]
  /** Missing details: a purge or a departure of the trail tells each one, or it is a fault. */
  readonly erased: number
  /** Seconds that the oldest unsealed entry has been waiting; null when there is none. */
  readonly waiting: number | null
  /** Lines of the witness that a crash left half written. */
  readonly halfLines: number
  /** The entries kept outside that were read, when asked. */
  readonly exported: Exported | null
  /** What the seals tell of the whole of rights. */
  readonly rights: SealedRights
}
export interface VerifyOptions {
  readonly keys: readonly VerifierKey[]
  readonly witnessFile: string
  /** Where entries are kept outside: compared with the database. */
  readonly exportFolder?: string | undefined
  readonly onProgress?: (entries: number) => void
}

const batch = 5_000
/**
 * Longer than any transaction that writes lasts: what was sealed once nothing waited cannot bear an older date.
 * Seconds.
 */
const longestTransaction = 3600
/** Acts gathered in memory wait there while the database is away. */
const writtenApart = new Set([
  'persons.read',
  'access.refused',
  'trail.searched',
  'trail.entry-read',
  'recruitment.read',
  'recruitment.searched',
])
const longestWait = 6 * 3600

/** All is null of an entry that was removed: its position alone is left. */
type Row = { readonly [K in keyof StoredEntry]: StoredEntry[K] | null } & {
  entryId: string
  day: string | null
  leaf: Buffer | null
  salt: Buffer | null
  detail: string | null
}
const entryColumns = `e.id, extract(epoch from e.at)::text as epoch, to_char(e.at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI:SS') as day, e.actor_id as "actorId", e.organisation_id as "organisationId", e.action,
  e.subject_kind as "subjectKind", e.subject_id as "subjectId", e.origin, e.request_id as "requestId", e.detail_digest as "detailDigest", e.leaf, d.salt, d.detail::text as detail`

/**
 * Looks at the whole trail in one snapshot: every digest and leaf computed again, positions, tree, signatures, witness.
 * The database is asked only things it cannot lie about: it only hands rows over. Memory does not grow with the
 * trail. `client` is connected as cc_owner.
 */
export const verifyTrail = async (
  client: pg.ClientBase,
  { keys, witnessFile, exportFolder, onProgress = () => {} }: VerifyOptions,
): Promise<Verification> => {
  const faults: Fault[] = []
  const fault = (what: FaultKind, where: string) => {
    faults.push({ what, where })
  }
  // The order matters. The file already holds whatever the database says was given.
  // The snapshot then holds whatever the file and the copy hold.
  const {
    rows: [given],
  } = await client.query<{ size: number }>('select size from trail_witnesses where name = $1', [
    witnessName(witnessFile),
  ])
  const kept = witnessLength(witnessFile)
  const copied = exportFolder === undefined ? undefined : exportLengths(exportFolder)
  await client.query('begin isolation level repeatable read read only')
  try {
    const shipped = shippedGuards()
    await verifyGuards(client, shipped, fault)
    const now = systemClock().getTime() / 1000
    const rights = followRights(digestOfGuards(shipped), fault)
    const sealed = await verifySealed(client, { keys, now, rights }, fault, onProgress)
    const unsealed = await verifyUnsealed(client, now, fault)
    const erased = await verifyMissingDetails(client, now, fault)
    await verifyVersions(client, fault)
    await verifyFrozen(client, fault)
    const witness = await verifyWitness(
      client,
      sealed.size,
      { keys, witnessFile, length: kept, given: given?.size ?? 0 },
      fault,
    )
    const exported =
      copied === undefined
        ? null
        : await verifyExport(client, { keys, folder: exportFolder!, files: copied, size: sealed.size }, fault)
    return {
      entries: sealed.size + unsealed.entries,
      sealed: sealed.size,
      checkpoints: sealed.checkpoints,
      kept: witness.kept,
      faults,
      erased,
      waiting: unsealed.waiting,
      halfLines: witness.halfLines,
      exported,
      rights: rights.found(),
    }
  } finally {
    await client.query('rollback')
  }
}
const entryWords = (row: Row, position?: number) =>
  `entrée ${row.entryId}, ${row.day}, ${row.action}${position === undefined ? '' : `, position ${position}`}`

/** The digests of one entry, and its leaf beside the sealed one. */
const verifyEntry = (row: Row & { position?: number; sealed?: Buffer }, fault: Say) => {
  const [where, leaf] = [entryWords(row, row.position), leafOf(row as StoredEntry)]
  if (!row.leaf?.equals(leaf) || (row.sealed && !row.sealed.equals(leaf))) fault('entry', where)
  if (row.salt !== null && row.detail !== null && !detailDigestOf(row.salt, row.detail).equals(row.detailDigest!))
    fault('detail', where)
}

const verifySealed = async (
  client: pg.ClientBase,
  { keys, now, rights }: { keys: readonly VerifierKey[]; now: number; rights: ReturnType<typeof followRights> },
  fault: Say,
  onProgress: (entries: number) => void,
) => {
  const made: SubtreeRoot[] = []
  const tree = growTree(undefined, (level, index, hash) => {
    if (level % 8 === 0) made.push({ level, index, hash })
  })
  const checkpoints = checkpointsOf(client)
  let next = (await checkpoints.next()).value
  let [count, nodes, holds, signedTo, settledAt] = [0, 0, true, 0, Number.NEGATIVE_INFINITY]
  const passCheckpoint = (checkpoint: StoredCheckpoint) => {
    const said = readCheckpoint(checkpoint.note)
    count++
    if (said?.size !== checkpoint.size) fault('checkpoint', `point de contrôle ${checkpoint.size}`)
    const signed = verifyNote(checkpoint.note, keys)
    if (!signed) fault('signature', `point de contrôle ${checkpoint.size}`)
    else if (said?.link) {
      rights.pass(signed)
      if (said.link.previous !== signedTo)
        fault(
          'checkpoint-removed',
          `point de contrôle ${said.link.previous}, que nomme celui de ${checkpoint.size} ; avant lui : ${signedTo}`,
        )
      if (
        said.link.settled !== checkpoint.caughtUp ||
        Math.abs(said.link.at.getTime() / 1000 - checkpoint.epoch) > clocksApart
      )
        fault('checkpoint', `point de contrôle ${checkpoint.size}, son instant ou son état`)
    }
    if (holds && !said?.root.equals(tree.root())) {
      holds = false // all that follow differ too
      fault('root', `positions ${signedTo} à ${checkpoint.size - 1}`)
    }
    signedTo = checkpoint.size
    if (said?.link?.settled ?? checkpoint.caughtUp) settledAt = signedAt(checkpoint.note, checkpoint.epoch)
  }
  for (let after = -1; ; ) {
    const { rows } = await client.query<Row & { position: number; sealed: Buffer }>(
      `select l.position, l.entry_id as "entryId", l.leaf as sealed, ${entryColumns}
      from trail_leaves l left join audit_entries e on e.id = l.entry_id left join audit_details d on d.entry_id = e.id
        where l.position > $1 order by l.position limit ${batch}`,
      [after],
    )
    for (const row of rows) {
      if (row.position !== after + 1) fault('gap', `positions ${after + 1} à ${row.position - 1}`)
      after = row.position
      if (row.id === null) fault('entry-removed', `entrée ${row.entryId}, position ${row.position}`)
      else {
        verifyEntry(row, fault)
        if (Number(row.epoch) < settledAt - (writtenApart.has(row.action!) ? longestWait : longestTransaction))
          fault('backdated', entryWords(row, row.position))
        // The next checkpoint is the one that seals this entry.
        if (Number(row.epoch) > (next ? signedAt(next.note, next.epoch) : now) + clocksApart)
          fault('postdated', entryWords(row, row.position))
      }
      tree.append(row.sealed)
      for (; next && next.size <= tree.size; next = (await checkpoints.next()).value) passCheckpoint(next)
    }
    nodes += await verifyNodes(client, made.splice(0), fault)
    if (rows.length < batch) break
    onProgress(tree.size)
  }
  for (; next; next = (await checkpoints.next()).value) {
    fault('leaves-cut', `${tree.size} positions pour un point de contrôle de ${next.size}`)
    if (!verifyNote(next.note, keys)) fault('signature', `point de contrôle ${next.size}`)
  }
  if (signedTo < tree.size) fault('not-signed', `positions ${signedTo} à ${tree.size - 1}`)
  await verifyHead(client, tree, nodes, fault)
  return { size: tree.size, checkpoints: count }
}

interface StoredCheckpoint {
  readonly size: number
  readonly note: string
  readonly caughtUp: boolean
  readonly epoch: number
}
async function* checkpointsOf(client: pg.ClientBase): AsyncGenerator<StoredCheckpoint, undefined> {
  for (let after = 0; ; ) {
    const { rows } = await client.query<StoredCheckpoint>(
      'select size, note, caught_up as "caughtUp", extract(epoch from at)::float8 as epoch from trail_checkpoints where size > $1 order by size limit 1000',
      [after],
    )
    yield* rows
    if (rows.length < 1000) return undefined
    after = rows.at(-1)!.size
  }
}

/** The roots kept of full subtrees beside those just made; how many there were. */
const verifyNodes = async (client: pg.ClientBase, made: readonly SubtreeRoot[], fault: Say): Promise<number> => {
  if (made.length === 0) return 0
  const { rows } = await client.query<SubtreeRoot>(
    'select level, index, hash from trail_nodes join unnest($1::int[], $2::bigint[]) as m (level, index) using (level, index)',
    [made.map(n => n.level), made.map(n => n.index)],
  )
  for (const { level, index, hash } of made)
    if (!rows.find(r => r.level === level && r.index === index)?.hash.equals(hash))
      fault('node', `niveau ${level}, numéro ${index}`)
  return made.length
}
const verifyHead = async (client: pg.ClientBase, tree: Tree, nodes: number, fault: Say) => {
  const {
    rows: [head],
  } = await client.query<{ size: number; peaks: Buffer; nodes: number; ahead: boolean }>(
    `select size, peaks, (select count(*) from trail_nodes) as nodes, cluster = (select system_identifier::text
      from pg_control_system()) and cursor_xid > pg_snapshot_xmin(pg_current_snapshot()) as ahead from trail_head`,
  )
  // The sealing stops at the oldest transaction then running: this snapshot's is no older.
  if (head?.ahead) fault('head', 'le curseur est en avant des transactions : ce qui s’écrit ne serait pas scellé')
  if (head?.size !== tree.size || !head.peaks.equals(Buffer.concat(tree.peaks)))
    fault('head', `${head?.size} positions annoncées, ${tree.size} trouvées`)
  if (head?.nodes !== nodes) fault('node', `${head?.nodes} gardés, ${nodes} attendus`)
}

/** Entries without a position: those not settled yet, and those that someone put behind. */
const verifyUnsealed = async (client: pg.ClientBase, now: number, fault: Say) => {
  let [entries, after, waiting] = [0, '00000000-0000-0000-0000-000000000000', null as number | null]
  for (;;) {
    const { rows } = await client.query<Row & { behind: boolean; waiting: number }>(
      `select e.id as "entryId", ${entryColumns}, extract(epoch from now() - e.at)::float8 as waiting,
        e.xid < h.cursor_xid and h.cluster = (select system_identifier::text from pg_control_system()) as behind
      from audit_entries e left join audit_details d on d.entry_id = e.id cross join trail_head h
      where e.id > $1 and not exists (select from trail_leaves l where l.entry_id = e.id) order by e.id limit ${batch}`,
      [after],
    )
    for (const row of rows) {
      verifyEntry(row, fault)
      if (row.behind) fault('slipped-in', entryWords(row))
      else waiting = Math.max(waiting ?? 0, row.waiting)
      if (Number(row.epoch) > now + clocksApart) fault('postdated', entryWords(row))
    }
    entries += rows.length
    if (rows.length < batch) return { entries, waiting }
    after = rows.at(-1)!.entryId
  }
}
