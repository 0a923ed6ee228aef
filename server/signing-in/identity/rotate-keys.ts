import { appendAudit } from '../../platform/audit.ts'
import { type Db, ownerTransaction } from '../../platform/database.ts'
import { type KeyRing, MissingKey } from '../../platform/key-ring.ts'
import { openSecret, sealSecret } from '../../platform/secret-box.ts'
import {
  type Box,
  type KeyInUse,
  keysInUse,
  lockOldBoxes,
  replaceBoxes,
  type SealedTable,
} from './second-factors.queries.ts'

/** Numbers that something still needs and that the settings do not give. */
export const missingKeys = (inUse: readonly KeyInUse[], keys: KeyRing): number[] =>
  inUse.map(({ key }) => key).filter(key => !keys.numbers.includes(key))

export interface Rotation {
  readonly sealedAgain: number
  /** Boxes that their own key does not open: altered, or moved from another account. They stay as they are. */
  readonly unopened: readonly string[]
}
export interface RotationOptions {
  readonly batch?: number
  /** Told after each batch is kept. */
  readonly onBatch?: (sealedAgain: number) => void
  readonly newId: () => string
  readonly clock: () => Date
  /** The operator who runs it, as the trail says it (commandOrigin). */
  readonly origin: string
}
const tables: readonly SealedTable[] = ['second_factors', 'second_factor_challenges']

/**
 * Seals again, with the key in force, the values of older keys: nobody enrols anew.
 * Each batch is one transaction with its line in the trail. After a kill, the next run finds the old values left.
 */
export const rotateKeys = async (ownerUrl: string, keys: KeyRing, options: RotationOptions): Promise<Rotation> => {
  const [missing] = missingKeys(await ownerTransaction(ownerUrl, keysInUse), keys)
  if (missing !== undefined) throw new MissingKey(missing)
  let sealedAgain = 0
  const unopened: string[] = []
  for (const table of tables) {
    for (let after: string | null = ''; after !== null; ) {
      const done: Batch = await ownerTransaction(ownerUrl, db => rotateBatch(db, table, after!, keys, options))
      sealedAgain += done.sealed
      unopened.push(...done.unopened)
      if (done.sealed > 0) options.onBatch?.(sealedAgain)
      after = done.last
    }
  }
  return { sealedAgain, unopened }
}

interface Batch {
  readonly sealed: number
  readonly unopened: readonly string[]
  readonly last: string | null
}
const rotateBatch = async (
  db: Db,
  table: SealedTable,
  after: string,
  keys: KeyRing,
  { batch = 500, newId, clock, origin }: RotationOptions,
): Promise<Batch> => {
  const boxes = await lockOldBoxes(db, table, keys.current, after, batch)
  const again = boxes.flatMap((box): Box[] => {
    const secret = opened(keys, box)
    return secret ? [{ ...box, secret: sealSecret(keys, secret, box.accountId) }] : []
  })
  if (again.length > 0) {
    await replaceBoxes(db, table, again)
    await appendAudit(
      db,
      { at: clock(), actorId: null, organisationId: null, origin, requestId: '' },
      [{ action: 'keys.rotated', subject: ['key', String(keys.current)], detail: { boxes: again.length } }],
      newId,
    )
  }
  return {
    sealed: again.length,
    unopened: boxes.filter(box => !again.some(one => one.rowKey === box.rowKey)).map(box => box.rowKey),
    last: boxes.length < batch ? null : boxes.at(-1)!.rowKey,
  }
}
const opened = (keys: KeyRing, { secret, accountId }: Box): Buffer | undefined => {
  try {
    return openSecret(keys, secret, accountId)
  } catch {
    return undefined
  }
}
