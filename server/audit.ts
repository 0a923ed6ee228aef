/**
 * `npm run audit -- verify` looks at the whole trail and ends with 1 when anything does not hold; `-- prove <entry>`
 * prints the proof that the sealed trail holds an entry; `-- public-key` prints the key by which both are verified. `--
 * export` copies the sealed entries outside, and `verify --against` compares.
 */
import pg from 'pg'
import { helpWhenAsked, sayAndExit, withDatabase } from './command.ts'
import { exportTrail } from './oversight/audit/export-trail.ts'
import { proveEntry } from './oversight/audit/prove-entry.ts'
import { verifierKeysOf } from './oversight/audit/sealing-keys.ts'
import { isSound, reportInWords } from './oversight/audit/verify-report.ts'
import { verifyTrail } from './oversight/audit/verify-trail.ts'
import { environment, readVerifying } from './platform/config.ts'

const asOwner = <T>(work: (client: pg.Client) => Promise<T>) =>
  withDatabase(async ({ ownerUrl }) => {
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'audit' })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  })

const verify = async (exportFolder?: string) => {
  const settings = readVerifying(environment())
  const keys = verifierKeysOf(settings)
  const verification = await asOwner(client =>
    verifyTrail(client, {
      keys,
      witnessFile: settings.witnessFile,
      exportFolder,
      onProgress: entries => {
        if (entries % 100_000 === 0) console.error(`… ${entries.toLocaleString('fr-FR')} entrées`)
      },
    }),
  )
  for (const line of reportInWords(verification)) console.log(line)
  process.exitCode = isSound(verification) ? 0 : 1
}
const prove = async (entryId: string) => {
  const proof = await asOwner(client => proveEntry(client, entryId))
  if (!proof) throw new Error('cette entrée n’existe pas, ou n’est pas encore scellée')
  console.log(JSON.stringify(proof, null, 2))
}
const copy = async (folder: string) =>
  console.log(
    `${(await asOwner(client => exportTrail(client, folder))).toLocaleString('fr-FR')} entrée(s) copiée(s) dans ${folder}.`,
  )
const publicKey = async () => {
  for (const { text } of verifierKeysOf(readVerifying(environment()))) console.log(text)
}

const isEntry = (text: string | undefined): text is string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text ?? '')
const asked = ([command, first, second, ...rest]: string[]): (() => Promise<void>) | undefined => {
  if (rest.length > 0) return undefined
  if (command === 'verify' && first === '--against' && second) return () => verify(second)
  if (second !== undefined) return undefined
  if (command === 'prove' && isEntry(first)) return () => prove(first)
  if (command === 'export' && first) return () => copy(first)
  if (first !== undefined) return undefined
  return command === 'verify' ? () => verify() : command === 'public-key' ? publicKey : undefined
}
const usage = 'Utilisation : npm run audit -- verify [--against DOSSIER] | export DOSSIER | prove <entrée> | public-key'
helpWhenAsked(usage)
const run = asked(process.argv.slice(2))
if (!run) {
  console.error(usage)
  process.exit(2)
}
await run().catch(sayAndExit)
