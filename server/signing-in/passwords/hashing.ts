import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refused } from '../../platform/errors.ts'
import type { KeyRing } from '../../platform/key-ring.ts'
import { normalized } from './password-rules.ts'

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>

/**
 * RFC 9106, second recommended choice: 64 MiB, three passes, four lanes. About 0.13 s of one core; stored with each
 * digest, so that they can be raised.
 */
const strength = { memory: 65_536, passes: 3, parallelism: 4 }
// Node computes off the main thread, on four threads shared with files and names: two at once leave it two, and bound
// the memory to 128 MiB.
const atOnce = 2
const inLine = 16

export interface Hasher {
  hash(password: string): Promise<string>
  /** Against the digest kept, or, for who has none, against one that no password opens: the same work either way. */
  verify(password: string, kept: string | null): Promise<boolean>
  /** The digest was made with other parameters than today's, or under another pepper. */
  isOld(kept: string): boolean
}

declare module '../../platform/action.ts' {
  interface Settings {
    readonly passwords: Hasher
  }
}

/** argon2id under a pepper: what is stolen from the database alone cannot be tried. */
export const hasher = (keys: KeyRing): Hasher => {
  const chosen = { ...strength, key: keys.current }
  const digestOf = (
    password: string,
    nonce: Buffer,
    { memory, passes, parallelism, key }: Parameters,
    tagLength: number,
  ) =>
    inTurn(() =>
      derive('argon2id', {
        message: normalized(password),
        nonce,
        memory,
        passes,
        parallelism,
        tagLength,
        secret: keys.derived('password', key),
      }),
    )
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

/** `key`: the number of the pepper's key; 0: before keys had numbers. */
type Parameters = typeof strength & { readonly key: number }
// The usual written form ($argon2id$v=19$m=…,t=…,p=…,keyid=…$salt$digest). SQL reads the number too (ctx.digest_key).
const head = ({ memory, passes, parallelism, key }: Parameters) =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism},keyid=${key}$`
const plain = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
const written = (parameters: Parameters, nonce: Buffer, tag: Buffer) =>
  `${head(parameters)}${plain(nonce)}$${plain(tag)}`
const read = (kept: string) => {
  const [, m, t, p, key = 0, nonce, tag] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)(?:,keyid=(\d{1,5}))?\$([\w+/]+)\$([\w+/]+)$/.exec(kept) ?? []
  if (!tag) throw new Error('a password digest that is not argon2id')
  return {
    parameters: { memory: Number(m), passes: Number(t), parallelism: Number(p), key: Number(key) },
    nonce: Buffer.from(nonce!, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

let under = 0
const waiting: (() => void)[] = []
/**
 * One place for each computation under way. When the line is full, the caller is told to come back before any
 * computing.
 */
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (under >= atOnce) {
    if (waiting.length >= inLine) throw new Refused('service/overloaded', { retryAfterSeconds: 2 })
    await new Promise<void>(go => {
      waiting.push(go)
    })
  } else under++
  try {
    return await work()
  } finally {
    const next = waiting.shift() // hands its place on
    if (next) next()
    else under--
  }
}
