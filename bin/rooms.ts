/**
 * Draws the graph of rooms: the wings in docs/architecture.md, each room in docs/rooms.md. `npm run rooms` writes;
 * rooms.test.ts is red when a page is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readAbove, upwardReads, upwardUses, writtenElsewhere } from '../server/testing/room-exceptions.ts'
import { namedByFunctions, ownerOf, ties, wingOf } from '../server/testing/room-graph.ts'
import { wings } from '../server/testing/sources.ts'

const drawn = ['notifications', ...wings]
const exceptions = { ...upwardUses, ...upwardReads }

/** How many rooms of a wing are tied to how many of another: `code` by imports, `tables` by reads. */
const between = (from: string, to: string) => {
  const rooms = ties.filter(({ room }) => wingOf(room) === from)
  const pairs = (others: (tie: (typeof ties)[number]) => readonly string[]) =>
    rooms.flatMap(tie => [...new Set(others(tie))].filter(other => wingOf(other) === to)).length
  return { code: pairs(tie => tie.uses), tables: pairs(tie => tie.reads.map(table => ownerOf(table)!)) }
}
const label = ({ code, tables }: ReturnType<typeof between>) =>
  [code > 0 && `code ${code}`, tables > 0 && `tables ${tables}`].filter(Boolean).join(', ')

/** An arrow for two wings; dotted where it goes up, by listed exceptions alone. */
const arrows = drawn.toReversed().flatMap(from =>
  drawn.flatMap(to => {
    const said = from === to ? '' : label(between(from, to))
    if (said === '') return []
    return [`  ${from} ${drawn.indexOf(to) > drawn.indexOf(from) ? '-.->' : '-->'}|${said}| ${to}`]
  }),
)

const begin = '<!-- drawn by npm run rooms -->'
const end = '<!-- end of the drawing -->'
const drawing = `${begin}
\`\`\`mermaid
flowchart TD
${arrows.join('\n')}
\`\`\`
${end}`

export const withDrawing = (page: string): string => page.replace(new RegExp(`${begin}[\\s\\S]*?${end}`), () => drawing)

/** The tables that a room reads, by their owner. */
const readsOf = (reads: readonly string[]) =>
  Object.entries(Object.groupBy(reads, table => ownerOf(table)!))
    .map(([owner, tables]) => `${owner.split('/').at(-1)} (${tables!.map(table => `\`${table}\``).join(', ')})`)
    .join(', ')
const short = (rooms: readonly string[]) => rooms.map(room => room.split('/').at(-1)).join(', ')
const sectionOf = (wing: string) => {
  const rows = ties
    .filter(({ room }) => wingOf(room) === wing)
    .map(({ room, uses, reads }) => {
      const others = uses.filter(other => !['platform', 'notifications', 'testing'].includes(other))
      return `| \`${room.split('/').at(-1)}\` | ${short(others) || '–'} | ${readsOf(reads) || '–'} |`
    })
  return `## ${wing}\n\n| room | uses the code of | reads the tables of |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}
const listed = (list: Readonly<Record<string, string>>) => Object.entries(list).map(([tie, why]) => `- ${tie}: ${why}.`)

export const roomsPage = (): string => `# Rooms

Written by \`npm run rooms\`: change the code and the cards, not this page.
Which rooms each room needs, wing by wing, from the top: by an import, or by a table named in its SQL.
What functions of the database read for a room stands apart, at the end: rights look across rooms.

${[...wings].reverse().map(sectionOf).join('\n')}
${sectionOf('notifications').replace('## notifications', '## ground floor')}
## What goes up

A wing uses those under it. These exceptions stand in \`server/testing/room-exceptions.ts\`, and only go.

${listed(exceptions).join('\n')}

## Functions that write tables of other rooms

By file of \`database/functions\`.

${Object.entries(writtenElsewhere)
  .map(([file, { tables, why }]) => `- \`${file}.sql\`: ${tables.replaceAll(' ', ', ')}. Why: ${why}.`)
  .join('\n')}

## Functions that read tables of other rooms

By file of \`database/functions\`, what they write included. Some read a wing above, each for its reason.

${Object.entries(namedByFunctions())
  .map(([file, named]) => {
    const above = readAbove[file]
    return `- \`${file}.sql\`: ${named.join(', ')}.${above ? ` Above: ${above.rooms.replaceAll(' ', ', ')}. Why: ${above.why}.` : ''}`
  })
  .join('\n')}
`

export const pages = () => {
  const at = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url))
  const architecture = readFileSync(at('architecture.md'), 'utf8')
  return [
    { path: at('architecture.md'), said: withDrawing(architecture) },
    { path: at('rooms.md'), said: roomsPage() },
  ]
}

if (import.meta.main) for (const { path, said } of pages()) writeFileSync(path, said)
