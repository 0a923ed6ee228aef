import type pg from 'pg'
import { systemClock } from '../../platform/time.ts'
import { claims, readCheckpoint, type SignerKey, signCheckpoint, verifyNote } from './checkpoint-note.ts'
import type { Witness } from './file-witness.ts'
import { growTree, peakCount } from './merkle-tree.ts'
import {
  closeSeal,
  entriesWait,
  type Head,
  noteConfided,
  noteOfSize,
  openConfidence,
  openSeal,
  type SubtreeRoot,
  takeLeaves,
} from './trail.queries.ts'

/** The trail differs from what was sealed: nothing is added until someone has looked (`npm run audit -- verify`). */
export class TrailBroken extends Error {}

export interface Seal {
  /** Leaves that were given a position. */
  readonly taken: number
  /** The last checkpoint, this one or an earlier; null before the first. */
  readonly note: string | null
  /** Nothing settled is left. */
  readonly caughtUp: boolean
}
export interface SealOptions {
  readonly atMost?: number | undefined
  /** The retention of details, in months, that is signed with the seal. */
  readonly keeps?: number | undefined
  /** The digest of the whole of rights, read in this transaction; undefined when it is not this seal's to tell. */
  readonly readRights?: ((client: pg.ClientBase) => Promise<Buffer | undefined>) | undefined
}
const batch = 5_000
// Subtrees worth keeping: a proof then reads at most 256 hashes of each eighth level.
const kept = (level: number) => level % 8 === 0

/** The tree as the head tells it, once compared with the last checkpoint. */
const treeOf = (head: Head, signer: SignerKey, onNode: (level: number, index: number, hash: Buffer) => void) => {
  const tree = growTree(head, onNode)
  if (head.peaks.length !== peakCount(head.size))
    throw new TrailBroken('the head of the tree has not the peaks of its size')
  if (head.note === null) {
    if (head.size > 0) throw new TrailBroken('the last checkpoint is missing')
    return tree
  }
  const last = readCheckpoint(head.note)
  if (last?.size !== head.size || !last.root.equals(tree.root()))
    throw new TrailBroken('the head of the tree is not what the last checkpoint signed')
  // Signed by the former key after a change of key: the verification, which knows both, looks at it.
  if (claims(head.note, signer.verifier) && !verifyNote(head.note, [signer.verifier]))
    throw new TrailBroken('the last checkpoint bears a false signature')
  return tree
}

/**
 * Seals what is settled, at most a batch, in one transaction: positions, tree, signed checkpoint. Undefined while
 * another sequencer is at work. A process that dies on the way leaves nothing half done: the transaction goes whole.
 */
export const sealOnce = async (
  client: pg.ClientBase,
  signer: SignerKey,
  { atMost = batch, ...rest }: SealOptions = {},
): Promise<Seal | undefined> => {
  await client.query('begin')
  try {
    const head = await openSeal(client)
    const seal = head && (await placeAndSign(client, head, signer, { atMost, ...rest }))
    await client.query('commit')
    return seal
  } catch (error) {
    await client.query('rollback').catch(() => {}) // the connection may be what failed
    throw error
  }
}

const placeAndSign = async (
  client: pg.ClientBase,
  head: Head,
  signer: SignerKey,
  { atMost, keeps, readRights }: SealOptions & { readonly atMost: number },
): Promise<Seal> => {
  const nodes: SubtreeRoot[] = []
  const tree = treeOf(head, signer, (level, index, hash) => {
    if (kept(level)) nodes.push({ level, index, hash })
  })
  const leaves = await takeLeaves(client, atMost)
  const caughtUp = leaves.length < atMost
  if (leaves.length === 0) return { taken: 0, note: head.note, caughtUp }
  for (const leaf of leaves) tree.append(leaf)
  const settled = caughtUp && !(await entriesWait(client))
  const rights = await readRights?.(client)
  const note = signCheckpoint(
    {
      origin: signer.verifier.name,
      size: tree.size,
      root: tree.root(),
      link: { previous: head.size, at: systemClock(), settled, keeps, rights },
    },
    signer,
  )
  await closeSeal(client, { size: tree.size, peaks: tree.peaks, note, caughtUp: settled, nodes })
  return { taken: leaves.length, note, caughtUp }
}

/**
 * Hands a checkpoint to a witness, once sure that the database still holds the last one it kept.
 * It is signed again, linked to what this witness was given before. A line taken out, or an emptied witness, then
 * shows.
 * One at a time, in the order of sizes.
 */
export const confide = async (
  client: pg.ClientBase,
  witness: Witness,
  note: string | null,
  signer: SignerKey,
): Promise<void> => {
  await client.query('begin')
  try {
    const given = await openConfidence(client, witness.name)
    const last = readCheckpoint((await witness.last()) ?? '')
    if (last) {
      const stored = readCheckpoint((await noteOfSize(client, last.size)) ?? '')
      if (!stored?.root.equals(last.root))
        throw new TrailBroken('the trail is no more what the witness kept: its end was cut, or rewritten')
    }
    const checkpoint = readCheckpoint(note ?? '')
    const previous = Math.max(given, last?.size ?? 0)
    if (checkpoint && checkpoint.size > previous) {
      await witness.keep(
        signCheckpoint(
          { ...checkpoint, link: { settled: false, ...checkpoint.link, previous, at: systemClock() } },
          signer,
        ),
      )
      await noteConfided(client, witness.name, checkpoint.size)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {}) // the connection may be what failed
    throw error
  }
}
