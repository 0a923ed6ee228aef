import { agreement } from './columns-of-agreement.ts'
import { campaignsAndRegister } from './columns-of-campaigns-and-register.ts'
import { correspondents } from './columns-of-correspondents.ts'
import { deeds } from './columns-of-deeds.ts'
import { employers } from './columns-of-employers.ts'
import { without } from './columns-of-none.ts'
import { oversight } from './columns-of-oversight.ts'
import { people } from './columns-of-people.ts'
import { rights } from './columns-of-rights.ts'
import { signingIn } from './columns-of-signing-in.ts'
import { type Ending, type EndName, endings } from './endings.ts'
import { type KeptTable, type Part, parts } from './kept.ts'
import { facts } from './labels-of-facts.ts'
import { moments } from './labels-of-moments.ts'

/** Every table of the database that holds, or may hold, data of a person (PRI-2, PRI-4). */
export const keptTables: Readonly<Record<string, KeptTable>> = {
  ...agreement,
  ...campaignsAndRegister,
  ...correspondents,
  ...deeds,
  ...employers,
  ...oversight,
  ...people,
  ...rights,
  ...signingIn,
}

export const wordsOf = (list: string | undefined): readonly string[] => list?.trim().split(/\s+/).filter(Boolean) ?? []

export interface KeptColumn {
  readonly table: string
  readonly column: string
  readonly part: Part
  /** What ends it; undefined: it holds nothing of a person. */
  readonly ends: EndName | undefined
}

/** An account that acted stands under a pseudonym once it ended; words and JSON may still name somebody. */
const endOf = (table: KeptTable, part: Part, column: string): EndName | undefined => {
  if (part === 'none') return undefined
  const apart = Object.entries(table.endsOf ?? {}).find(([, list]) => wordsOf(list).includes(column))
  if (apart) return apart[0] as EndName
  const { kind }: Ending = endings[table.ends]
  if (part === 'acts') return kind === 'purged' ? table.ends : 'unnamed'
  return part === 'texts' && kind === 'unnamed' ? 'nowhere' : table.ends
}

/** One line a column of the database, those that hold nothing of a person included. */
export const columns: readonly KeptColumn[] = [
  ...Object.entries(keptTables).flatMap(([table, kept]) =>
    parts.flatMap(part =>
      wordsOf(kept[part]).map(column => ({ table, column, part, ends: endOf(kept, part, column) })),
    ),
  ),
  ...Object.entries(without).flatMap(([table, list]) =>
    wordsOf(list).map(column => ({ table, column, part: 'none' as const, ends: undefined })),
  ),
]

const labels = { ...facts, ...moments }
export const labelOf = (column: string): string | undefined => labels[column]

const isMoment = (column: string) => /_(at|on)$|^(at|day|since|until)$/.test(column)
export const momentsOf = (kept: KeptTable): readonly string[] => wordsOf(kept.none).filter(isMoment)
