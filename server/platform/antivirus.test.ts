import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AntivirusSilent, clamd } from './antivirus.ts'
import { type Clamd, eicar, openClamd } from './testing-clamd.ts'

const read = async (address: string, pieces: readonly Buffer[], withinMs = 30_000) => {
  const scan = clamd(address, { withinMs }).scan()
  try {
    for (const piece of pieces) await scan.write(piece)
    return await scan.verdict()
  } finally {
    scan.close()
  }
}
const opened = (work: (server: Clamd) => Promise<void>) => async () => {
  const server = await openClamd()
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

test(
  'AGR-13: a file goes to the antivirus whole, by pieces, and nothing is found in it',
  opened(async server => {
    const pieces = [Buffer.alloc(524_288, 1), Buffer.alloc(524_288, 2), Buffer.from('end')]
    assert.equal(await read(server.address, pieces), null)
    assert.deepEqual(server.files, [Buffer.concat(pieces)])
    assert.equal(await clamd(server.address).answers(), true)
  }),
)
test(
  'AGR-13: what the antivirus recognises has its name, also when two pieces part it',
  opened(async server => {
    assert.equal(
      await read(server.address, [Buffer.from(eicar.slice(0, 20)), Buffer.from(eicar.slice(20))]),
      'Eicar-Signature',
    )
  }),
)
for (const manner of ['stays-silent', 'says-nothing', 'hangs-up', 'finds-too-large', 'babbles'] as const)
  test(
    `AGR-13, REL-4: an antivirus that ${manner} has read nothing: the file is not said clean`,
    opened(async server => {
      server.manner = manner
      const pieces = Array.from({ length: 8 }, () => Buffer.alloc(524_288, 1))
      await assert.rejects(read(server.address, pieces, 300), AntivirusSilent)
      if (manner !== 'finds-too-large') assert.equal(await clamd(server.address, { withinMs: 300 }).answers(), false)
    }),
  )
test('AGR-13: an antivirus that nobody can reach does not answer', async () => {
  const server = await openClamd()
  await server.close()
  await assert.rejects(read(server.address, [Buffer.from('x')]), AntivirusSilent)
  assert.equal(await clamd(server.address).answers(), false)
  await assert.rejects(read('unix:/nowhere/clamd.ctl', [Buffer.from('x')]), AntivirusSilent)
  // What it says reaches the trail of the person: no address of ours.
  await assert.rejects(read(server.address, [Buffer.from('x')]), { message: 'ECONNREFUSED' })
})
test(
  'AGR-13: a file of many pieces leaves nothing behind it on the line',
  opened(async server => {
    const warned: string[] = []
    const note = ({ message }: Error) => warned.push(message)
    process.on('warning', note)
    try {
      const pieces = Array.from({ length: 40 }, () => Buffer.alloc(524_288, 1))
      assert.equal(await read(server.address, pieces), null)
      await new Promise(next => setImmediate(next))
      assert.deepEqual(warned, [])
    } finally {
      process.off('warning', note)
    }
  }),
)
