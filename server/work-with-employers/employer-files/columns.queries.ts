import { sql } from 'kysely'
import type { fileFields } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import type { Db } from '../../platform/database.ts'

type Field = (typeof fileFields)[number] | null
/** What the columns of a file are, by the digest of its headings. */
export interface Columns {
  readonly headings: string
  readonly fields: readonly Field[]
}

/** One's structure's, the last kept first. */
export const listColumns = (db: Db): Promise<Columns[]> =>
  db.all(sql<Columns>`select headings, fields from employer_file_columns order by kept_at desc limit 100`)

/** Whoever says it last is right, for the whole structure. */
export const keepColumns = (
  db: Db,
  { headings, fields }: Columns,
  by: { readonly byId: string; readonly organisationId: string; readonly keptAt: Date },
): Promise<unknown> =>
  db.run(sql`insert into employer_file_columns (organisation_id, headings, fields, by_id, kept_at)
    values (${by.organisationId}::uuid, ${headings}, ${[...fields]}::text[], ${by.byId}::uuid, ${by.keptAt}::timestamptz)
    on conflict (organisation_id, headings) do update
      set fields = excluded.fields, by_id = excluded.by_id, kept_at = excluded.kept_at`)
