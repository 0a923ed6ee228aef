/**
 * `npm run keys`: the keys that encrypt what people enrolled (ENCRYPTION_KEYS).
 * - status: which keys something still needs; ends with 1 where the settings lack one.
 * - rotate: seals again with the key that writes what older ones sealed; run again after a stop, it goes on.
 * - drop-passwords NUMBER: erases the passwords that only an old key verifies; each of these people needs a new link.
 * What writes wants --operator: who is at the keyboard, kept in the trail.
 */

import { helpWhenAsked, operatorMissing, readOperator, sayAndExit, withDatabase } from './command.ts'
import { appendAudit, commandOrigin, isOperator } from './platform/audit.ts'
import { environment, readKeys } from './platform/config.ts'
import { ownerTransaction } from './platform/database.ts'
import { uuidv7 } from './platform/ids.ts'
import type { KeyRing } from './platform/key-ring.ts'
import { systemClock } from './platform/time.ts'
import { missingKeys, rotateKeys } from './signing-in/identity/rotate-keys.ts'
import { type KeyInUse, keysInUse } from './signing-in/identity/second-factors.queries.ts'
import { dropPasswordsOf } from './signing-in/passwords/passwords.queries.ts'

const usage =
  'Utilisation : npm run keys -- status | rotate --operator "Nom" | drop-passwords NUMÉRO --operator "Nom" (0 : d’avant les numéros)'
helpWhenAsked(usage)
const { operator, words } = readOperator(process.argv.slice(2))

/** Before numbers, or of number 1: the same key. */
const named = (key: number) => (key === 0 ? 'clé 1, d’avant les numéros' : `clé ${key}`)
const inWords = (inUse: readonly KeyInUse[], keys: KeyRing): string[] => {
  const missing = missingKeys(inUse, keys)
  const old = keys.numbers.filter(number => number > 0 && number !== keys.current)
  const needed = (number: number) => inUse.some(({ key }) => key === number || (number === 1 && key === 0))
  return [
    `La clé ${keys.current} écrit.`,
    ...inUse.map(
      ({ key, boxes, passwords }) =>
        `  ${named(key)} : ${boxes} application(s) de code, ${passwords} mot(s) de passe${boxes + passwords === 0 ? ', des oppositions d’interlocuteurs' : ''}${missing.includes(key) ? ' ; ELLE MANQUE' : ''}`,
    ),
    ...old.map(number =>
      needed(number)
        ? `La clé ${number} sert encore : gardez-la dans ENCRYPTION_KEYS.`
        : `Rien n’a plus besoin de la clé ${number} : retirez-la d’ENCRYPTION_KEYS.`,
    ),
  ]
}
const status = (ownerUrl: string, keys: KeyRing) =>
  ownerTransaction(ownerUrl, async db => {
    const inUse = await keysInUse(db)
    for (const line of inWords(inUse, keys)) console.log(line)
    return missingKeys(inUse, keys).length === 0
  })
const rotate = async (ownerUrl: string, keys: KeyRing) => {
  const { sealedAgain, unopened } = await rotateKeys(ownerUrl, keys, {
    newId: uuidv7,
    clock: systemClock,
    origin: commandOrigin(operator ?? ''),
    onBatch: all => console.log(`… ${all} chiffrée(s) de nouveau`),
  })
  console.log(
    `${sealedAgain} application(s) de code chiffrée(s) de nouveau. Un mot de passe change de clé quand la personne se connecte.`,
  )
  for (const row of unopened) console.error(`Ne s’ouvre pas avec sa clé, laissé tel quel : ${row}`)
  return (await status(ownerUrl, keys)) && unopened.length === 0
}
const dropPasswords = (number: number) => async (ownerUrl: string, keys: KeyRing) => {
  if (number === keys.current) throw new Error(`la clé ${number} est celle qui écrit : ses mots de passe restent`)
  await ownerTransaction(ownerUrl, async db => {
    const dropped = await dropPasswordsOf(db, number)
    if (dropped > 0)
      await appendAudit(
        db,
        {
          at: systemClock(),
          actorId: null,
          organisationId: null,
          origin: commandOrigin(operator ?? ''),
          requestId: '',
        },
        [{ action: 'keys.passwords-dropped', subject: ['key', String(number)], detail: { passwords: dropped } }],
        uuidv7,
      )
    console.log(`${dropped} mot(s) de passe effacé(s) : à chacune de ces personnes, il faut un nouveau lien.`)
  })
  return status(ownerUrl, keys)
}

const [command, argument, ...rest] = words
const number = /^\d{1,5}$/.test(argument ?? '') ? Number(argument) : undefined
const run =
  rest.length > 0
    ? undefined
    : command === 'drop-passwords'
      ? number === undefined
        ? undefined
        : dropPasswords(number)
      : argument !== undefined
        ? undefined
        : command === 'status'
          ? status
          : command === 'rotate'
            ? rotate
            : undefined
if (!run) {
  console.error(usage)
  process.exit(2)
}
if (command !== 'status' && !isOperator(operator)) {
  console.error(operatorMissing)
  process.exit(2)
}
await withDatabase(async ({ ownerUrl }) => {
  process.exitCode = (await run(ownerUrl, readKeys(environment()))) ? 0 : 1
}).catch(sayAndExit)
