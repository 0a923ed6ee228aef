/** `npm run migrate`: brings the database to this program's schema, as its owner. */

import { sayAndExit, withDatabase } from './command.ts'
import { migrate } from './platform/migrations.ts'

await withDatabase(async ({ ownerUrl }) => {
  const applied = await migrate(ownerUrl)
  console.log(
    applied.length === 0
      ? 'La base est à jour.'
      : `Migrations appliquées :\n${applied.map(name => `  ${name}`).join('\n')}`,
  )
}).catch(sayAndExit)
