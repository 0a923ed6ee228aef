import { join } from 'node:path'
import pg from 'pg'
import { appendAudit } from '../platform/audit.ts'
import { uuidv7 } from '../platform/ids.ts'
import { type House, openHouse } from '../platform/testing.ts'
import { temporaryFolder } from '../platform/testing-folder.ts'
import { signerKey } from './checkpoint-note.ts'
import { fileWitness } from './file-witness.ts'
import { confide, type Seal, sealOnce } from './seal-trail.ts'
import { verifyTrail } from './verify-trail.ts'

export const seed = Buffer.alloc(32, 7)
export const signer = signerKey('essai.example/journal', seed)

/** A house with a sequencer moved by hand, and a witness of its own. */
export const openTrail = async () => {
  const house: House = await openHouse([])
  const witnessFile = join(temporaryFolder(), 'witness')
  const witness = fileWitness(witnessFile)
  const connect = async (url: string) => { const client = new pg.Client(url); client.on('error', () => {}); await client.connect(); return client }
  const [owner, worker] = [await connect(house.urls.ownerUrl), await connect(house.urls.workerUrl)]
  const unsealed = async () => (await owner.query<{ n: number }>('select count(*)::int as n from audit_entries e where not exists (select from trail_leaves l where l.entry_id = e.id)')).rows[0]!.n
  return {
    house, owner, worker, witness, witnessFile, unsealed, connect,
    append: async (action = 'exchange.recorded', detail: unknown = { a: 1 }): Promise<string> => {
      const id = uuidv7()
      await appendAudit(house.database, { at: new Date(), actorId: null, organisationId: null, origin: 'essai"\\\u001f é', requestId: uuidv7() }, [{ action, subject: ['exchange', 'Œ\n"1"'], detail }], () => id)
      return id
    },
    /** Seals all there is: transactions of other databases of this server hold it back too, so more than one try may be needed. */
    sealAll: async (atMost?: number): Promise<void> => {
      let seal: Seal | undefined
      for (let tries = 0; ; tries++) {
        if (tries > 1_500) throw new Error('not all could be sealed')
        seal = await sealOnce(worker, signer, atMost)
        if (await unsealed() === 0) break
        await new Promise(resolve => setTimeout(resolve, 10))
      }
      await confide(worker, witness, seal!.note)
    },
    verify: () => verifyTrail(owner, { keys: [signer.verifier], witnessFile }),
    /** What only the administrator of the database can do: takes the safeguards off, alters, puts them back. */
    tamper: async (...statements: (string | [text: string, values: unknown[]])[]) => {
      const admin = await connect(house.urls.superUrl)
      await admin.query('begin; set local session_replication_role = replica')
      const counts: (number | null)[] = []
      for (const statement of statements) counts.push((await (typeof statement === 'string' ? admin.query(statement) : admin.query(...statement))).rowCount)
      await admin.query('commit')
      await admin.end()
      return counts
    },
    close: async () => {
      await Promise.all([owner.end(), worker.end()])
      await house.close()
    },
  }
}
export type Trail = Awaited<ReturnType<typeof openTrail>>
