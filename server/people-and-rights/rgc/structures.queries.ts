import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { type ConventionRow, conventionState, type OrganisationRow, type PersonRow, person } from './rgc.queries.ts'

/** Function and address: for who names one of them in a deed alone (ACC-16). */
export interface SignatoryRow extends PersonRow {
  readonly function: string | null
  readonly email: string | null
}
export const ownSignatories = (db: Db) =>
  db.all(
    sql<SignatoryRow>`select a.id, (a.given_name || ' ' || a.family_name) collate "fr-x-icu" as name, a.organisation_id,
      s.job as function, s.email
    from rgc_signatories(ctx.organisation()) s join accounts a on a.id = s.id order by name, a.id`,
  )

/** A structure whose papers the operator may enter: its conventions not over, the first in force, its signatories and RGCs. */
export interface StructureRow {
  readonly organisation: OrganisationRow
  readonly siret: number
  readonly regionId: number | null
  readonly conventions: readonly ConventionRow[]
  readonly signatories: readonly SignatoryRow[]
  readonly inPlace: readonly PersonRow[]
}
const structures = sql`select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) as organisation, o.siret,
  rgc_region(o.id) as region_id,
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'state', ${conventionState('c')})
    order by (c.effective_from <= ctx.clock()) desc nulls last, c.created_at desc), '[]') from conventions c
    where c.organisation_id = o.id and (c.ends_at is null or c.ends_at > ctx.clock())) as conventions,
  (select coalesce(jsonb_agg(${person('s.id')} || jsonb_build_object('function', s.job, 'email', s.email) order by s.id), '[]')
    from rgc_signatories(o.id) s) as signatories,
  (select coalesce(jsonb_agg(${person('p.id')} order by p.id), '[]') from rgc_in_place(o.id, ctx.clock()) p (id)) as in_place
  from organisations o`
export const structureById = (db: Db, id: string) => db.first(sql<StructureRow>`${structures} where o.id = ${id}::uuid`)
/** Those that the viewer answers for and whose name holds these words; twenty at most. */
export const structuresNamed = (db: Db, words: string) =>
  db.all(
    sql<StructureRow>`${structures} where o.kind <> 'operateur'
      and position(search_words(${words}) in search_words(o.name)) > 0
      and exists (select from conventions c where c.organisation_id = o.id and (c.ends_at is null or c.ends_at > ctx.clock()))
      and ctx.enters_deeds_of(o.id) order by o.name collate "fr-x-icu", o.id limit 20`,
  )
export const withoutRgc = (db: Db) =>
  db.all(
    sql<OrganisationRow>`select o.id, o.name, o.kind from structures_without_rgc() s (id)
      join organisations o on o.id = s.id order by o.name collate "fr-x-icu", o.id`,
  )
