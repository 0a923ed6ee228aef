import { argon2, type Argon2Parameters, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refused } from '../platform/errors.ts'
import { normalized } from './password-rules.ts'

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>

/** RFC 9106, second recommended choice: 64 MiB, three passes, four lanes. About 0.13 s of one core; stored with each digest, so that they can be raised. */
const chosen = { memory: 65_536, passes: 3, parallelism: 4 }
// Node computes off the main thread, on four threads shared with files and names: two at once leave it two, and bound the memory to 128 MiB.
const atOnce = 2
const inLine = 16

export interface Hasher {
  hash(password: string): Promise<string>
  /** Against the digest kept, or, for who has none, against one that no password opens: the same work either way. */
  verify(password: string, kept: string | null): Promise<boolean>
  /** The digest was made with other parameters than today's. */
  isOld(kept: string): boolean
}

let current: Hasher | undefined
/** Told once, when the process starts: actions are constants, and compute with it from here. */
export const setPasswords = (encryptionKey: Buffer): Hasher => (current = hasher(encryptionKey))
export const passwords = (): Hasher => {
  if (!current) throw new Error('setPasswords has not been called')
  return current
}

/** argon2id under a pepper: what is stolen from the database alone cannot be tried. */
export const hasher = (encryptionKey: Buffer): Hasher => {
  const secret = createHash('sha256').update('password').update(encryptionKey).digest()
  const digestOf = (password: string, nonce: Buffer, { memory, passes, parallelism }: typeof chosen, tagLength: number) =>
    inTurn(() => derive('argon2id', { message: normalized(password), nonce, memory, passes, parallelism, tagLength, secret }))
  const decoy = written(chosen, randomBytes(16), randomBytes(32))
  return {
    hash: async password => {
      const nonce = randomBytes(16)
      return written(chosen, nonce, await digestOf(password, nonce, chosen, 32))
    },
    verify: async (password, kept) => {
      const { parameters, nonce, tag } = read(kept ?? decoy)
      const same = timingSafeEqual(await digestOf(password, nonce, parameters, tag.length), tag)
      return same && kept !== null
    },
    isOld: kept => kept.slice(0, head(chosen).length) !== head(chosen),
  }
}

// The usual written form ($argon2id$v=19$m=…,t=…,p=…$salt$digest).
const head = ({ memory, passes, parallelism }: typeof chosen) => `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$`
const plain = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
const written = (parameters: typeof chosen, nonce: Buffer, tag: Buffer) => `${head(parameters)}${plain(nonce)}$${plain(tag)}`
const read = (kept: string) => {
  const [, m, t, p, nonce, tag] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(kept) ?? []
  if (!tag) throw new Error('a password digest that is not argon2id')
  return { parameters: { memory: Number(m), passes: Number(t), parallelism: Number(p) }, nonce: Buffer.from(nonce!, 'base64'), tag: Buffer.from(tag, 'base64') }
}

let under = 0
const waiting: (() => void)[] = []
/** One place for each computation under way; who finds the line full is told to come back, before anything was computed. */
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (under >= atOnce) {
    if (waiting.length >= inLine) throw new Refused('service/overloaded', { retryAfterSeconds: 2 })
    await new Promise<void>(go => { waiting.push(go) })
  } else under++
  try {
    return await work()
  } finally {
    const next = waiting.shift() // hands its place on
    if (next) next()
    else under--
  }
}
