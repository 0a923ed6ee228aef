/** `npm run audit -- verify`: recomputes the trail's digests; ends with 1 when anything is wrong. */
import pg from 'pg'
import { isSound, reportInWords, verifyTrail } from './audit/verify-trail.ts'
import { sayAndExit, withDatabase } from './platform/command.ts'

const [command, ...rest] = process.argv.slice(2)
if (command !== 'verify' || rest.length > 0) {
  console.error('Utilisation : npm run audit -- verify')
  process.exit(2)
}

try {
  const verification = await withDatabase(async ({ ownerUrl }) => {
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'audit' })
    await client.connect()
    try {
      return await verifyTrail(client, entries => { if (entries % 100_000 === 0) console.error(`… ${entries.toLocaleString('fr-FR')} entrées`) })
    } finally {
      await client.end()
    }
  })
  for (const line of reportInWords(verification)) console.log(line)
  process.exitCode = isSound(verification) ? 0 : 1
} catch (error) {
  sayAndExit(error)
}
