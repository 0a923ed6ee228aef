import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { growTree, inclusionRanges, nodeHash, peakCount, rangeHash, rootOf } from './merkle-tree.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const leafHash = (data: Buffer) => createHash('sha256').update(Buffer.of(0)).update(data).digest()
/**
 * The root that a path gives to this leaf, or undefined when the path has another length than the tree's size asks for.
 */
const rootByPath = (leaf: Buffer, position: number, size: number, path: readonly Buffer[]): Buffer | undefined => {
  const ranges = inclusionRanges(position, { start: 0, end: size })
  if (position >= size || ranges.length !== path.length) return undefined
  return ranges.reduce(
    (hash, range, i) => (range.start > position ? nodeHash(hash, path[i]!) : nodeHash(path[i]!, hash)),
    leaf,
  )
}

// The test vectors of Certificate Transparency (RFC 6962): eight leaves, the roots of the trees of each size, paths by
// position and size.
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  text => leafHash(hex(text)),
)
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(hex)
const paths: [position: number, size: number, path: string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
]
const pathTo = async (all: readonly Buffer[], position: number) => {
  const path: Buffer[] = []
  for (const range of inclusionRanges(position, { start: 0, end: all.length }))
    path.push(
      await rangeHash(range, async (level, index) => rootOf(all.slice(index * 2 ** level, (index + 1) * 2 ** level))),
    )
  return path
}

test('SEC-1: the tree gives the roots of RFC 6962’s test vectors', () => {
  const tree = growTree()
  assert.deepEqual(tree.root(), roots[0])
  for (const [i, leaf] of leaves.entries()) {
    tree.append(leaf)
    assert.deepEqual([tree.size, tree.root()], [i + 1, roots[i + 1]])
  }
})

test('SEC-1: the paths are those of RFC 6962’s test vectors', async () => {
  for (const [position, size, path] of paths) {
    assert.deepEqual(await pathTo(leaves.slice(0, size), position), path.map(hex))
    assert.deepEqual(rootByPath(leaves[position]!, position, size, path.map(hex)), roots[size])
  }
})

test('SEC-1: a tree taken up from its peaks goes on as if it had not stopped, and tells each full subtree once', () => {
  const whole = growTree()
  const made = new Map<string, Buffer>()
  let stopped = growTree()
  const all = Array.from({ length: 300 }, (_, i) => leafHash(Buffer.from(String(i))))
  for (const leaf of all) {
    stopped = growTree({ size: stopped.size, peaks: stopped.peaks }, (level, index, hash) => {
      assert.ok(!made.has(`${level}/${index}`))
      made.set(`${level}/${index}`, hash)
    })
    stopped.append(leaf)
    whole.append(leaf)
    assert.deepEqual([stopped.root(), stopped.peaks.length], [whole.root(), peakCount(stopped.size)])
  }
  assert.equal(made.size, 300 - peakCount(300))
  assert.deepEqual(made.get('8/0'), rootOf(all.slice(0, 256)))
  assert.deepEqual(made.get('1/3'), nodeHash(all[6]!, all[7]!))
})

test('SEC-1: every path of every size holds, and no other: another leaf, position, size, a step more, less, or changed', async () => {
  const all = Array.from({ length: 33 }, (_, i) => leafHash(Buffer.from(String(i))))
  for (let size = 1; size <= all.length; size++) {
    const root = rootOf(all.slice(0, size))
    for (let position = 0; position < size; position++) {
      const path = await pathTo(all.slice(0, size), position)
      const gives = (leaf: Buffer, p: number, n: number, steps: readonly Buffer[]) =>
        rootByPath(leaf, p, n, steps)?.equals(root) ?? false
      assert.ok(gives(all[position]!, position, size, path))
      assert.ok(!gives(leafHash(Buffer.from('other')), position, size, path))
      for (let other = 0; other < size; other++)
        if (other !== position)
          assert.ok(!gives(all[position]!, other, size, path), `${position} as ${other} of ${size}`)
      assert.ok(
        !gives(all[position]!, position, position, path) && !gives(all[position]!, position, size, [...path, root]),
      )
      if (path.length > 0)
        assert.ok(
          !gives(all[position]!, position, size, path.slice(1)) &&
            !gives(all[position]!, position, size, path.slice(0, -1)),
        )
      for (let i = 0; i < path.length; i++) assert.ok(!gives(all[position]!, position, size, path.with(i, root)))
    }
  }
})
