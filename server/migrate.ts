/** `npm run migrate`: brings the database to this program's schema, as its owner. */

import { helpWhenAsked, sayAndExit, withDatabase } from './command.ts'
import { migrate } from './platform/migrations.ts'

helpWhenAsked(
  'Utilisation : npm run migrate (avec DATABASE_OWNER_URL) : met la base au schéma de ce programme, puis ses fonctions, ses règles et ses droits',
)
await withDatabase(async ({ ownerUrl }) => {
  const applied = await migrate(ownerUrl)
  console.log(
    applied.length === 0
      ? 'La base est à jour.'
      : `Migrations appliquées :\n${applied.map(name => `  ${name}`).join('\n')}`,
  )
}).catch(sayAndExit)
