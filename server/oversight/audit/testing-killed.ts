/**
 * Seals once and hands the checkpoint over, and dies of SIGKILL at one of its steps: before or after a statement,
 * before, amid or after the witness's write.
 */
import { appendFileSync } from 'node:fs'
import pg from 'pg'
import { fileWitness } from './file-witness.ts'
import { confide, sealOnce } from './seal-trail.ts'
import { signer } from './testing.ts'

const [url, witnessFile, at] = process.argv.slice(2) as [string, string, string]
let step = 0
const mayDie = () => {
  if (step++ === Number(at)) process.kill(process.pid, 'SIGKILL')
}

const client = new pg.Client(url)
await client.connect()
const send = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
client.query = (async (...args: unknown[]) => {
  mayDie()
  const result = await send(...args)
  mayDie()
  return result
}) as unknown as typeof client.query
const file = fileWitness(witnessFile)
const witness = {
  name: file.name,
  last: file.last,
  keep: async (note: string) => {
    mayDie()
    if (step === Number(at)) appendFileSync(witnessFile, JSON.stringify(note).slice(0, 20))
    mayDie()
    await file.keep(note)
    mayDie()
  },
}
// Transactions of other databases of this server may hold the first try back.
let note: string | null = null
for (let taken = 0; taken === 0; ) {
  const seal = await sealOnce(client, signer)
  taken = seal?.taken ?? 0
  note = seal?.note ?? null
}
await confide(client, witness, note, signer)
await client.end()
process.exit(0)
