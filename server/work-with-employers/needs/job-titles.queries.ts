import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../platform/database.ts'
import { likeWords } from './needs.queries.ts'

export interface JobTitleRow {
  readonly code: string
  readonly label: string
  readonly rome: string
}
const shown = 20

/** The shortest first: « Boulanger / Boulangère » before those of a trade. */
export const searchJobTitles = async (db: Db, q: string): Promise<JobTitleRow[]> => {
  const words = likeWords(q)
  if (!words.length) return []
  return db.all(
    sql<JobTitleRow>`select code, label, rome from job_titles where words like all (${words}::text[])
      order by words like ${`${words[0]!.slice(1)}`} desc, length(label), label collate "fr-x-icu" limit ${shown}`,
  )
}
export const jobTitleByCode = (db: Db, code: string): Promise<JobTitleRow | undefined> =>
  db.first(sql<JobTitleRow>`select code, label, rome from job_titles where code = ${code}`)

/** The list is the file: those it lacks go. `client` is connected as cc_owner. */
export const saveJobTitles = async (
  client: Pick<pg.ClientBase, 'query'>,
  titles: readonly (JobTitleRow & { readonly words: string })[],
): Promise<{ gone: number }> => {
  const { rows } = await client.query<{ gone: number }>(
    `with r as materialized (select * from jsonb_to_recordset($1) as r (code text, label text, rome text, words text)),
    gone as (delete from job_titles t where not exists (select from r where r.code = t.code) returning 1),
    kept as (insert into job_titles (code, label, rome, words) select code, label, rome, words from r
      on conflict (code) do update set label = excluded.label, rome = excluded.rome, words = excluded.words)
    select count(*)::int as gone from gone`,
    [JSON.stringify(titles)],
  )
  return rows[0]!
}
