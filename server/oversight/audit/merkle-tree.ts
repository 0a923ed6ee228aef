import { sha256 } from '../../platform/digest.ts'

/*
 * The tree of RFC 6962, section 2.1, from hashes of leaves that are already made. A subtree is full when it holds
 * 2^level leaves; it is told by its level and its number from the left. A tree is its full subtrees from the largest to
 * the smallest (its peaks), as the binary digits of its size.
 */
export const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.of(1), left, right)
export const emptyRoot: Buffer = sha256()

export interface Tree {
  readonly size: number
  readonly peaks: readonly Buffer[]
  append(leaf: Buffer): void
  root(): Buffer
}
/**
 * A tree that grows at its right, from its peaks alone: an append makes two hashes at most on average. `onNode` is told
 * of each full subtree made.
 */
export const growTree = (
  from: { size: number; peaks: readonly Buffer[] } = { size: 0, peaks: [] },
  onNode: (level: number, index: number, hash: Buffer) => void = () => {},
): Tree => {
  let size = from.size
  const peaks = [...from.peaks]
  return {
    get size() {
      return size
    },
    get peaks() {
      return peaks
    },
    append: leaf => {
      let hash = leaf
      for (let index = size, level = 1; index % 2 === 1; level++) {
        hash = nodeHash(peaks.pop()!, hash)
        index = Math.floor(index / 2)
        onNode(level, index, hash)
      }
      peaks.push(hash)
      size++
    },
    root: () => (peaks.length === 0 ? emptyRoot : peaks.reduceRight((right, peak) => nodeHash(peak, right))),
  }
}
/** How many peaks a tree of this size has. */
export const peakCount = (size: number): number => {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

/** Leaves from `start` to before `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}
const largestPowerBelow = (n: number) => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/**
 * The ranges whose hashes prove that a tree of this size holds this leaf, from the leaf up.
 * It is PATH of RFC 6962, 2.1.1.
 */
export const inclusionRanges = (position: number, { start, end }: Range): Range[] => {
  if (end - start <= 1) return []
  const middle = start + largestPowerBelow(end - start)
  return position < middle
    ? [...inclusionRanges(position, { start, end: middle }), { start: middle, end }]
    : [...inclusionRanges(position, { start: middle, end }), { start, end: middle }]
}

/** The hash of a range, from those of its full subtrees. */
export const rangeHash = async (
  { start, end }: Range,
  subtree: (level: number, index: number) => Promise<Buffer>,
): Promise<Buffer> => {
  const size = end - start
  if (Number.isInteger(Math.log2(size)) && start % size === 0) return subtree(Math.log2(size), start / size)
  const middle = start + largestPowerBelow(size)
  return nodeHash(await rangeHash({ start, end: middle }, subtree), await rangeHash({ start: middle, end }, subtree))
}
/** The root of these leaves. Also the root of these subtrees of one level, when they are a power of two. */
export const rootOf = (hashes: readonly Buffer[]): Buffer => {
  const tree = growTree()
  for (const hash of hashes) tree.append(hash)
  return tree.root()
}
