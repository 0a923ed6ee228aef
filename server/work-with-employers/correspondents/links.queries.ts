import { type RawBuilder, sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { ofSameCompany } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Writing } from './correspondent-writes.queries.ts'

/** An establishment that a person answers for, beside the one where they were first noted. */
export interface Link extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly name: string | null
  readonly town: string | null
}
export const establishmentOf = (siret: RawBuilder<unknown>) => ({
  name: sql`coalesce((select e.name from establishments e where e.siret = ${siret}),
    (select p.name from provisional_establishments p where p.siret = ${siret}))`,
  town: sql`(select e.commune_name from establishments e where e.siret = ${siret})`,
})
const { name, town } = establishmentOf(sql`l.siret`)
/** Of `c`: the links in force that the viewer reads, the oldest first. */
export const linksOf = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'siret', l.siret, 'name', ${name},
    'town', ${town}, 'regionId', l.region_id, 'departementId', l.departement_id, 'epciId', l.epci_id, 'clpeId', l.clpe_id)
    order by l.linked_at, l.id), '[]')
  from correspondent_links l where l.correspondent_id = c.id and l.retired_at is null)`

/**
 * Who answers for an establishment: `id`, and `retired_at` when they left it. Two branches, for each has its index.
 * `siret` may name a column of the query around.
 */
export const answeringAt = (siret: RawBuilder<unknown>) =>
  sql`(select h.id, h.retired_at from correspondents h where h.siret = ${siret}
    union all select l.correspondent_id, null::timestamptz from correspondent_links l
      where l.siret = ${siret} and l.retired_at is null)`

/**
 * Who is in place in the company of an establishment, at `siret`, where the viewer reads them: whom one reads by a link
 * alone is not told to be at the first one. Two branches, for each has its index.
 */
export const inPlaceInCompany = (siret: number) =>
  sql`(select h.id, h.siret from correspondents h where h.retired_at is null and ${ofSameCompany('h.siret', siret)}
      and ctx.covers((select ctx.fiche()), h.region_id, h.departement_id, h.epci_id, h.clpe_id)
    union all select l.correspondent_id, l.siret from correspondent_links l
      where l.retired_at is null and ${ofSameCompany('l.siret', siret)})`

export interface NewLink extends TerritoryLine {
  readonly id: string
  readonly correspondentId: string
  readonly siret: number
}
export const insertLink = (db: Db, link: NewLink, { organisationId, authorId, now }: Writing): Promise<unknown> =>
  db.run(k.insertInto('correspondentLinks').values({ ...link, organisationId, authorId, linkedAt: now }))
export const retireLink = (db: Db, id: string, reason: string, { organisationId, authorId, now }: Writing) =>
  db.run(
    k
      .updateTable('correspondentLinks')
      .set({ retiredAt: now, retiredBy: authorId, retiredOrganisation: organisationId, retiredReason: reason })
      .where('id', '=', id),
  )

/** Every establishment that a person whom the viewer keeps answers for, those that the viewer does not read included. */
export const allSirets = async (db: Db, id: string): Promise<number[]> =>
  (await db.all(sql<{ siret: number }>`select correspondent_sirets(${id}::uuid) as siret`)).map(({ siret }) => siret)

/**
 * The cards of the company of an establishment that the viewer keeps, that do not answer for it and are in place
 * somewhere, the last noted first.
 */
export const idsBeside = async (db: Db, siret: number, words: readonly string[], limit: number): Promise<string[]> => {
  // Apart, and in order (offset 0): the right is asked of as many as are shown, not of the thousands of a company.
  const rows = await db.all(sql<{ id: string }>`
    select c.id from (select c.id, c.created_at from correspondents c
      where c.id in (select p.id from ${inPlaceInCompany(siret)} p) and c.merged_into is null
        and c.id not in (select w.id from ${answeringAt(sql`${siret}`)} w)
        and exists (select from correspondent_values v where v.correspondent_id = c.id and v.replaced_at is null
          and v.field in ('givenName', 'familyName'))
        and not exists (select from unnest(${words}::text[]) word where not exists (
          select from correspondent_values v where v.correspondent_id = c.id and v.replaced_at is null
            and ' ' || v.sought like '% ' || word || '%'))
      order by c.created_at desc, c.id offset 0) c
    where ctx.keeps_correspondent(c.id) order by c.created_at desc, c.id limit ${limit}`)
  return rows.map(({ id }) => id)
}
