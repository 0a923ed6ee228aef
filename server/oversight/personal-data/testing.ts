import type pg from 'pg'
import { momentsOf, wordsOf } from './columns.ts'
import type { KeptTable } from './kept.ts'

/** What an export gives of a row: of the person it is about, all; of whom acted there, their act and its dates. */
export const shownAbout = (kept: KeptTable): readonly string[] =>
  kept.finds ? [...wordsOf(kept.about), ...wordsOf(kept.texts), ...momentsOf(kept)] : []

export interface CatalogueColumn {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly generated: boolean
}

/** Every column of the application's tables, as PostgreSQL says them; those of `secret` under its name. */
export const catalogue = async (owner: pg.Pool): Promise<CatalogueColumn[]> =>
  (
    await owner.query(`
      select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as "table",
        a.attname as "column", format_type(a.atttypid, null) as type, a.attgenerated <> '' as generated
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'secret') and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped
      order by 1, a.attnum`)
  ).rows
