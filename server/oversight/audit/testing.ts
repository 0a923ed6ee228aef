import { join } from 'node:path'
import pg from 'pg'
import { recordActs } from '../../platform/audit.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { temporaryFolder } from '../../testing/folder.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { readCheckpoint, signCheckpoint, signerKey } from './checkpoint-note.ts'
import { fileWitness } from './file-witness.ts'
import { confide, type Seal, type SealOptions, sealOnce } from './seal-trail.ts'
import { verifyTrail } from './verify-trail.ts'

export const seed = Buffer.alloc(32, 7)
export const signer = signerKey('essai.example/journal', seed)

export const trailTables = [
  'audit_entries',
  'audit_details',
  'trail_leaves',
  'trail_nodes',
  'trail_checkpoints',
  'trail_head',
  'trail_witnesses',
]

/** A machine with much to do seals late, and says so without fault: another test looks at that warning. */
export const butLateness = (message: string): boolean => !message.includes('seconds late')

/** An entry and its detail, as the owner writes them: whatever the act, its subject and the instant. */
export const insertEntry = async (
  client: pg.ClientBase,
  { id = uuidv7(), at = new Date().toISOString(), action = 'a.b', kind = 'k', subject = 's', detail = {} } = {},
): Promise<string> => {
  await client.query(
    `with d as (select decode(repeat('00', 16), 'hex') as salt, $6::jsonb as detail),
      e as (insert into audit_entries (id, at, actor_id, action, subject_kind, subject_id, detail_digest)
      select $1, $2, $1, $3, $4, $5, audit_detail_digest(salt, detail) from d)
    insert into audit_details select $1, salt, detail from d`,
    [id, at, action, kind, subject, JSON.stringify(detail)],
  )
  return id
}

/** A house with a sequencer moved by hand, and a witness of its own. */
export const openTrail = async () => {
  const house: House = await openHouse([])
  const witnessFile = join(temporaryFolder(), 'witness')
  const witness = fileWitness(witnessFile)
  const connect = async (url: string) => {
    const client = new pg.Client(url)
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const [owner, worker] = [await connect(house.urls.ownerUrl), await connect(house.urls.workerUrl)]
  const writer = await house.person((await house.organisation()).id)
  const unsealed = async () =>
    (
      await owner.query<{ n: number }>(
        'select count(*)::int as n from audit_entries e where not exists (select from trail_leaves l where l.entry_id = e.id)',
      )
    ).rows[0]!.n
  /**
   * Seals all there is: transactions of other databases of this server hold it back too, so more than one try may be
   * needed.
   */
  const sealAll = async (atMost?: number, readRights?: SealOptions['readRights']): Promise<void> => {
    let seal: Seal | undefined
    for (let tries = 0; ; tries++) {
      if (tries > 1_500) throw new Error('not all could be sealed')
      seal = await sealOnce(worker, signer, { atMost, keeps: 12, readRights })
      if ((await unsealed()) === 0) break
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    await confide(worker, witness, seal!.note, signer)
  }
  /** What only the administrator of the database can do: takes the safeguards off, alters, puts them back. */
  const tamper = async (...statements: (string | [text: string, values: unknown[]])[]) => {
    const admin = await connect(house.urls.superUrl)
    await admin.query('begin; set local session_replication_role = replica')
    const counts: (number | null)[] = []
    for (const statement of statements)
      counts.push((await (typeof statement === 'string' ? admin.query(statement) : admin.query(...statement))).rowCount)
    await admin.query('commit')
    await admin.end()
    return counts
  }
  return {
    house,
    owner,
    worker,
    witness,
    witnessFile,
    unsealed,
    connect,
    sealAll,
    tamper,
    /** As the application writes: in the name of a session. */
    append: async (action = 'exchange.recorded', detail: unknown = { a: 1 }, at = new Date()): Promise<string> => {
      const [id, tx] = [uuidv7(), await house.database.begin()]
      await tx.enter(tokenHash(writer.cookie.slice('session='.length)))
      await recordActs(
        tx,
        { at, origin: 'essai"\\\u001f é', requestId: uuidv7() },
        [{ action, subject: ['exchange', 'Œ\n"1"'], detail }],
        () => id,
      )
      await tx.commit()
      return id
    },
    /** Seals what waits as it was sealed at that instant: with the key of the trail, that tests alone hold here. */
    sealThen: async (at: Date, readRights?: SealOptions['readRights']): Promise<void> => {
      const head = 'select coalesce(max(size), 0) as size from trail_checkpoints'
      const { size } = (await owner.query<{ size: number }>(head)).rows[0]!
      await sealAll(undefined, readRights)
      const { rows } = await owner.query<{ size: number; note: string }>(
        'select size, note from trail_checkpoints where size > $1',
        [size],
      )
      for (const { size, note } of rows) {
        const said = readCheckpoint(note)!
        const dated = signCheckpoint({ ...said, link: { ...said.link!, at } }, signer)
        await tamper(['update trail_checkpoints set note = $1, at = $2 where size = $3', [dated, at, size]])
      }
    },
    verify: (exportFolder?: string) => verifyTrail(owner, { keys: [signer.verifier], witnessFile, exportFolder }),
    close: async () => {
      await Promise.all([owner.end(), worker.end()])
      await house.close()
    },
  }
}
export type Trail = Awaited<ReturnType<typeof openTrail>>
