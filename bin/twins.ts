/**
 * Writes docs/twins.md: the rules that stand twice, from server/platform/twins.ts. `npm run twins`; twins.test.ts is red
 * when the page is stale.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Twin } from '../server/platform/proven-by.ts'
import { twins } from '../server/platform/twins.ts'

const runs = ({ file }: Twin) => (file.endsWith('.model.ts') ? 'SQL' : 'both')
const row = (twin: Twin) =>
  `| \`${twin.rule}\` | \`${twin.file}\` | ${twin.sql.map(s => `\`${s}\``).join(' ')} | ${runs(twin)} | \`${twin.parity}\` |`

export const twinsPage = (): string => `# Twins

Written by \`npm run twins\` from \`server/platform/twins.ts\`: change that list, not this page.

Each of these rules stands in TypeScript and in SQL, and a test compares the two.
**Runs** says what production calls: *both*, or the *SQL* alone; the TypeScript is then an executable specification, in a \`.model.ts\`.
In the column SQL, \`ctx.name\` is a function, \`table.policy\` a policy; \`lateWhen\` is a condition of \`next-actions.queries.ts\`. Paths are those of \`server/\`.

| Rule | File | SQL | Runs | Compared by |
| --- | --- | --- | --- | --- |
${twins.map(row).join('\n')}
`

if (import.meta.main) writeFileSync(fileURLToPath(new URL('../docs/twins.md', import.meta.url)), twinsPage())
