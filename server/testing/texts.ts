import type pg from 'pg'
import { documentKinds } from '../../contract/agreement/texts.ts'
import { categories, categoriesOf, type DataCategory, tools } from '../../contract/route.ts'
import { uuidv7 } from '../platform/ids.ts'

type Owner = pg.ClientBase | pg.Pool
const instant = '2020-01-01T00:00:00Z'
/** The body of each text published for the tests, by which these are known from others. */
export const textOfTests = 'Texte des essais'

/**
 * What an operator publishes before anybody works: each text, and an annex 4 with every tool, in force since 2020.
 * Nothing opens without them (docs/decisions/0025).
 */
export const publishTexts = async (owner: Owner): Promise<void> => {
  for (const kind of documentKinds)
    for (const tool of kind === 'cpu' ? tools : [null])
      await owner.query(
        `insert into documents (id, kind, tool, version, title, body, body_hash, in_force_from, published_at)
          values ($1, $2, $3, 1, $4, $4, sha256(convert_to($4::text, 'UTF8')), $5, $5) on conflict do nothing`,
        [uuidv7(), kind, tool, textOfTests, instant],
      )
  await owner.query(
    `insert into annex_4_tools (tool, in_force_from) select t, $2 from unnest($1::text[]) t
      where not exists (select from annex_4_tools a where a.tool = t)`,
    [tools, instant],
  )
}
/** These accounts, or all of them, have accepted those very texts, and no other. */
export const acceptTexts = (owner: Owner, accountIds: readonly string[] | null = null) =>
  owner.query(
    `insert into acceptances (account_id, document_id, organisation_id, body_hash, accepted_at)
      select a.id, d.id, a.organisation_id, d.body_hash, d.in_force_from from accounts a, documents d
      where ($1::uuid[] is null or a.id = any ($1)) and d.body = $2 on conflict do nothing`,
    [accountIds, textOfTests],
  )
/** As if the operator had published no text of these kinds, or nothing at all, annex 4 included. */
export const unpublishTexts = async (owner: Owner, ...kinds: readonly (typeof documentKinds)[number][]) => {
  await owner.query(
    `delete from acceptances x using documents d where d.id = x.document_id and ($1::text[] = '{}' or d.kind = any ($1))`,
    [kinds],
  )
  await owner.query(`delete from documents where $1::text[] = '{}' or kind = any ($1)`, [kinds])
  if (kinds.length === 0) await owner.query('delete from annex_4_tools')
}
/**
 * A version of annex 4 that opens these categories of data, from an instant (an expression of SQL); null: published before
 * codes. Says its id.
 */
export const openCategories = async (
  owner: Owner,
  open: readonly DataCategory[] | null,
  from = 'now()',
): Promise<string> => {
  const id = uuidv7()
  await owner.query(
    `insert into annex_4_versions (id, number, note, in_force_from, published_by, published_at)
      values ($1, (select coalesce(max(number), 0) + 1 from annex_4_versions), 'Essai', ${from},
        (select id from accounts order by id limit 1), now())`,
    [id],
  )
  for (const tool of tools) {
    const own: readonly DataCategory[] = categoriesOf[tool]
    await owner.query(
      `insert into annex_4_entries (version_id, tool, purpose, data_categories, categories, commitments)
        values ($1, $2, 'Essai', array['Essai'], $3, 'Essai')`,
      [id, tool, open && own.filter(category => open.includes(category))],
    )
  }
  return id
}
export const allBut = (...closed: readonly DataCategory[]): DataCategory[] =>
  categories.filter(category => !closed.includes(category))
/** As if no version of annex 4 had been published: its tools stay open. */
export const forgetVersions = async (owner: Owner): Promise<void> => {
  await owner.query('delete from annex_4_entries')
  await owner.query('delete from annex_4_versions')
}
