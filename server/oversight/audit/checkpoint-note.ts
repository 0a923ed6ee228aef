import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { sha256 } from '../../platform/digest.ts'

/**
 * The head of the tree at one moment: what is signed, and kept by the witness. `link` ties it to the one before, so
 * that none of them can be taken out.
 */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly link?: Link
}
export interface Link {
  /**
   * The size that the checkpoint before signed, in the same row of them (the database's, or a witness's); 0 for the
   * first.
   */
  readonly previous: number
  readonly at: Date
  /** No entry was left waiting for its position. */
  readonly settled: boolean
  /** For how many months the operator then kept what entries said in detail. */
  readonly keeps?: number | undefined
  /** The digest of the whole of rights, where this seal was to tell it; zeros where it could not be read. */
  readonly rights?: Buffer | undefined
}
/**
 * A key by which checkpoints are verified; the name is the log's origin. As text: `origin+id+base64`, the form of C2SP
 * signed-note.
 */
export interface VerifierKey {
  readonly name: string
  readonly id: Buffer
  readonly key: KeyObject
  readonly text: string
}
export interface SignerKey {
  readonly verifier: VerifierKey
  readonly key: KeyObject
}

const ed25519 = Buffer.of(1)
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex') // SubjectPublicKeyInfo of an Ed25519 key, up to its 32 bytes
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex') // PKCS #8, likewise

const verifierOf = (name: string, bytes: Buffer): VerifierKey => {
  const id = sha256(`${name}\n`, ed25519, bytes).subarray(0, 4)
  return {
    name,
    id,
    key: createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' }),
    text: `${name}+${id.toString('hex')}+${Buffer.concat([ed25519, bytes]).toString('base64')}`,
  }
}
/** `seed`: 32 bytes, the whole secret. */
export const signerKey = (origin: string, seed: Buffer): SignerKey => {
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
  return {
    key,
    verifier: verifierOf(origin, createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)),
  }
}
/** Reads `origin+id+base64`; undefined when it is no such key. */
export const readVerifierKey = (text: string): VerifierKey | undefined => {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? []
  const bytes = Buffer.from(base64 ?? '', 'base64')
  if (name === undefined || bytes.length !== 33 || bytes[0] !== 1) return undefined
  const key = verifierOf(name, bytes.subarray(1))
  return key.id.toString('hex') === id ? key : undefined
}

const linkText = ({ previous, at, settled, keeps, rights }: Link) =>
  [
    `previous ${previous} at ${at.toISOString()} ${settled ? 'settled' : 'pending'}`,
    keeps ? ` keeps ${keeps}` : '',
    rights ? ` rights ${rights.toString('base64')}` : '',
    '\n',
  ].join('')
const textOf = ({ origin, size, root, link }: Checkpoint) =>
  `${origin}\n${size}\n${root.toString('base64')}\n${link ? linkText(link) : ''}`
/** The signed note: three lines and the link to the one before, an empty line, the signature. */
export const signCheckpoint = (checkpoint: Checkpoint, { key, verifier }: SignerKey): string => {
  const text = textOf(checkpoint)
  return `${text}\n— ${verifier.name} ${Buffer.concat([verifier.id, sign(null, Buffer.from(text), key)]).toString('base64')}\n`
}

/** What a note says, without looking at its signature; undefined when it is no checkpoint. */
export const readCheckpoint = (note: string): Checkpoint | undefined => {
  const [, origin, size, base64, previous, at, state, keeps, rights] = form.exec(note) ?? []
  if (origin === undefined || (at !== undefined && Number.isNaN(Date.parse(at)))) return undefined
  const head = { origin, size: Number(size), root: Buffer.from(base64!, 'base64') }
  if (previous === undefined) return head
  const link: Link = {
    previous: Number(previous),
    at: new Date(at!),
    settled: state === 'settled',
    ...(keeps === undefined ? {} : { keeps: Number(keeps) }),
    ...(rights === undefined ? {} : { rights: Buffer.from(rights, 'base64') }),
  }
  return { ...head, link }
}
const number = '(0|[1-9]\\d{0,14})'
const form = new RegExp(
  `^([^\\n]+)\\n${number}\\n([A-Za-z0-9+/]{43}=)\\n(?:previous ${number} at (\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z) (settled|pending)(?: keeps ([1-9]\\d{0,2}))?(?: rights ([A-Za-z0-9+/]{43}=))?\\n)?\\n(?:— [^\\n]+\\n)+$`,
)
/** Reads a note that one of these keys signed for the origin it names. */
export const verifyNote = (note: string, keys: readonly VerifierKey[]): Checkpoint | undefined => {
  const checkpoint = readCheckpoint(note)
  if (!checkpoint) return undefined
  const signed = keys.some(
    key =>
      key.name === checkpoint.origin &&
      signaturesBy(note, key).some(bytes => verify(null, Buffer.from(textOf(checkpoint)), key.key, bytes)),
  )
  return signed ? checkpoint : undefined
}
/** When a checkpoint was signed; of a note older than these links, what its row says. Seconds. */
export const signedAt = (note: string, stored: number): number => {
  const signed = readCheckpoint(note)?.link?.at
  return signed ? signed.getTime() / 1000 : stored
}
/** Whether a note bears a signature, true or false, in the name of this key. */
export const claims = (note: string, key: VerifierKey): boolean => signaturesBy(note, key).length > 0

const signaturesBy = (note: string, { name, id }: VerifierKey): Buffer[] =>
  [...note.slice(note.indexOf('\n\n') + 2).matchAll(/^— (\S+) ([A-Za-z0-9+/=]+)$/gm)]
    .filter(([, signer]) => signer === name)
    .map(([, , base64]) => Buffer.from(base64!, 'base64'))
    .filter(bytes => bytes.length === 68 && id.equals(bytes.subarray(0, 4)))
    .map(bytes => bytes.subarray(4))
