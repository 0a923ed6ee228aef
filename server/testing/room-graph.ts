/** The graph of rooms: whose code each imports, whose tables each reads in SQL, and which wing stands above. */
import { globSync } from 'node:fs'
import { basename, sep } from 'node:path'
import { cardOf, filesOf, notCovered, roomFolders } from './cards.ts'
import { roomOfFile } from './room-exceptions.ts'
import { locationOf, resolved, root, text, wings } from './sources.ts'
import { tablesNamed, tablesWritten } from './tables.ts'

/** A room by its wing and name: `agreement/texts`; by its name alone on the ground floor. */
export const nameOf = (folder: string): string => folder.split(sep).slice(1).join('/')
const rooms = roomFolders().map(folder => ({ folder, name: nameOf(folder), card: cardOf(folder) }))

/** The room whose card says that it owns a table. */
export const ownerOf = (table: string): string | undefined =>
  rooms.find(({ card }) => [table, `secret.${table}`].some(name => notCovered(card.owns, [name]).length === 0))?.name

export interface RoomTies {
  readonly room: string
  readonly folder: string
  /** The rooms whose code it imports. */
  readonly uses: readonly string[]
  /** The tables of other rooms that its code names in SQL. */
  readonly reads: readonly string[]
}

const sorted = (names: Iterable<string>) => [...new Set(names)].sort()
export const ties: readonly RoomTies[] = rooms.map(({ folder, name }) => {
  const files = filesOf(folder)
  const imported = files.flatMap(resolved).flatMap(file => {
    const at = locationOf(file)
    return at?.area === 'server' ? [[at.wing, at.room].filter(Boolean).join('/')] : []
  })
  const named = files.flatMap(file => tablesNamed(text(file)))
  return {
    room: name,
    folder,
    uses: sorted(imported.filter(other => other !== name)),
    reads: sorted(named.filter(table => (ownerOf(table) ?? name) !== name)),
  }
})

/** How high a room stands; the ground floor below every wing. */
const heightOf = (room: string) => wings.indexOf(room.split('/')[0] as (typeof wings)[number])
export const wingOf = (room: string): string => (heightOf(room) < 0 ? room : room.split('/')[0]!)

/** The reads of tables whose owner stands in a higher wing. */
export const upwardReadsNow = (): readonly string[] =>
  sorted(
    ties
      .filter(({ room }) => !['admin', 'demonstration', 'testing'].includes(room))
      .flatMap(({ room, reads }) =>
        reads
          .map(table => ownerOf(table)!)
          .filter(owner => heightOf(owner) > heightOf(room))
          .map(owner => `${room} → ${owner}`),
      ),
  )

/** From each wing to those that it uses by imports or reads, the listed exceptions apart. */
export const wingGraph = (exceptions: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const graph = new Map<string, Set<string>>()
  for (const { room, uses, reads } of ties)
    for (const other of [...uses, ...reads.map(table => ownerOf(table)!)]) {
      const [from, to] = [wingOf(room), wingOf(other)]
      if (from === to || exceptions.includes(`${room} → ${other}`)) continue
      graph.set(from, (graph.get(from) ?? new Set()).add(to))
    }
  return graph
}

/** By file of database/functions, the tables that its functions name and that are kept. */
const byFunctionFile = (
  named: (source: string) => readonly string[],
  kept: (table: string, room: (typeof rooms)[number]) => boolean,
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    globSync('database/functions/*.sql', { cwd: root })
      .sort()
      .map(file => {
        const name = basename(file, '.sql')
        const bare = roomOfFile[name] ?? name.replaceAll('_', '-')
        const room = rooms.find(one => one.name.split('/').at(-1) === bare)
        if (!room) throw new Error(`${file} bears the name of no room: list it in room-exceptions.ts`)
        return [name, named(text(file)).filter(table => kept(table, room))] as const
      })
      .filter(([, others]) => others.length > 0),
  )

/** The line `Reads:` that a card must bear; none where the room reads its own tables alone. */
export const readsLine = ({ reads }: Pick<RoomTies, 'reads'>): string =>
  reads.length === 0 ? '' : `Reads: ${reads.join(', ')}.`

/** The tables of other rooms that the functions of each file of database/functions name, read or written. */
export const namedByFunctions = (): Readonly<Record<string, readonly string[]>> =>
  byFunctionFile(tablesNamed, (table, room) => (ownerOf(table) ?? room.name) !== room.name)

/** By file of database/functions: the tables of other rooms that its functions write. The trail goes with each act. */
export const writtenElsewhereNow = (): Readonly<Record<string, readonly string[]>> =>
  byFunctionFile(tablesWritten, (table, room) => !/^audit_/.test(table) && (ownerOf(table) ?? room.name) !== room.name)

/** By file of database/functions: the rooms of a wing above whose tables its functions read. */
export const readAboveNow = (): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(
      byFunctionFile(tablesNamed, (table, room) => heightOf(ownerOf(table) ?? room.name) > heightOf(room.name)),
    ).map(([file, named]) => [file, sorted(named.map(table => ownerOf(table)!.split('/').at(-1)!))]),
  )
