/**
 * Verifies, far from the service, that the sealed trail holds an entry: `node verify-proof.mjs proof.json 'origin+id+base64'`. The proof comes from
 * `npm run audit -- prove`, the public key from the operator by another way. Needs Node alone: nothing of the service, nothing of npm. Ends with 0 when the
 * proof holds, 1 when it does not, 2 when it cannot be read. The formats are RFC 6962 (tree), C2SP signed-note and tlog-checkpoint (signed head).
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const fails = reason => {
  console.log(`PREUVE REFUSÉE : ${reason}.`)
  process.exit(1)
}
const unreadable = reason => {
  console.error(reason)
  process.exit(2)
}

const [file, keyText, ...rest] = process.argv.slice(2)
if (!file || !keyText || rest.length > 0)
  unreadable('Utilisation : node verify-proof.mjs preuve.json "origine+numéro+clé"')
let proof
try {
  proof = JSON.parse(readFileSync(file, 'utf8'))
} catch (error) {
  unreadable(`La preuve ne se lit pas : ${error.message}`)
}
const { format, entry, position, path, checkpoint } = proof ?? {}
if (
  format !== 'campagnes-coordonnees/inclusion/1' ||
  typeof entry !== 'string' ||
  !Number.isSafeInteger(position) ||
  position < 0 ||
  !Array.isArray(path) ||
  typeof checkpoint !== 'string'
)
  unreadable('Ce fichier n’est pas une preuve d’inclusion.')

// The key: its number is the start of the digest of its name and of itself.
const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(keyText) ?? []
const key = Buffer.from(base64 ?? '', 'base64')
if (key.length !== 33 || key[0] !== 1 || sha256(`${name}\n`, key).subarray(0, 4).toString('hex') !== id)
  unreadable('La clé publique ne se lit pas.')

// The signed head of the tree: origin, size, root; the link to the head before; an empty line; signatures.
const [, text, origin, sizeText, rootText, signatures] =
  /^(([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n(?:previous [^\n]+\n)?)\n((?:— [^\n]+\n)+)$/.exec(checkpoint) ??
  []
if (text === undefined) fails('le point de contrôle est mal formé')
if (origin !== name) fails('le point de contrôle est celui d’une autre trace')
const publicKey = createPublicKey({
  key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)]),
  format: 'der',
  type: 'spki',
})
const signed = signatures
  .trimEnd()
  .split('\n')
  .some(line => {
    const [, signer, signature] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    const bytes = Buffer.from(signature ?? '', 'base64')
    return (
      signer === name &&
      bytes.length === 68 &&
      bytes.subarray(0, 4).toString('hex') === id &&
      verify(null, Buffer.from(text), publicKey, bytes.subarray(4))
    )
  })
if (!signed) fails('la signature du point de contrôle est fausse')

// Up the tree, as RFC 9162 (2.1.3.2) tells it: `at` and `last` are the numbers of our node and of the last one, level after level.
const size = Number(sizeText)
if (position >= size) fails('la position est au-delà de l’arbre')
let [hash, at, last] = [sha256(Buffer.of(0), entry), position, size - 1]
for (const step of path) {
  if (typeof step !== 'string' || !/^[A-Za-z0-9+/]{43}=$/.test(step) || last === 0)
    fails('le chemin n’est pas celui de cette position')
  const other = Buffer.from(step, 'base64')
  if (at % 2 === 1 || at === last) {
    hash = sha256(Buffer.of(1), other, hash)
    while (at % 2 === 0 && at !== 0) {
      at = Math.floor(at / 2)
      last = Math.floor(last / 2)
    }
  } else hash = sha256(Buffer.of(1), hash, other)
  at = Math.floor(at / 2)
  last = Math.floor(last / 2)
}
if (last !== 0) fails('le chemin n’est pas celui de cette position')
if (hash.toString('base64') !== rootText) fails('l’entrée n’est pas celle qui a été scellée')

const [entryId, epoch, actor, , action, kind, subject] = JSON.parse(entry)
console.log(
  `PREUVE VALABLE : l’entrée ${entryId} est à la position ${position} de la trace « ${origin} », scellée à ${size} entrées.`,
)
console.log(`  ${new Date(epoch * 1000).toISOString()}  ${action}  ${kind} ${subject}  par ${actor ?? 'le système'}`)
