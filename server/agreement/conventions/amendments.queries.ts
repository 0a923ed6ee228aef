import { type RawBuilder, sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { Given, Known } from './convention-rules.ts'
import type { Party } from './deadlines.ts'

type Authority = Known['amendments'][number]['authorities'][number]
/** What was told of the acts that the amendment `a` names. */
export const authorities: RawBuilder<readonly Authority[]> =
  sql`(select coalesce(jsonb_agg(jsonb_build_object('party', x.party, 'localAuthority', x.local_authority,
    'prefectureOn', x.prefecture_on, 'publishedOn', x.published_on, 'actDocumentId', x.act_document_id)), '[]')
    from convention_amendment_authorities x where x.amendment_id = a.id)`

const ref = sql`jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name)`
/** The territories that the amendment `a` adds. */
export const territoriesAdded: RawBuilder<readonly Given[]> =
  sql`(select coalesce(jsonb_agg(${ref} order by t.name collate "fr-x-icu", t.id), '[]')
    from territories t where t.id = any (a.territories))`
interface Asked extends Given {
  readonly inRegion: boolean
  /** The partner's already, or what another amendment on its way adds. */
  readonly taken: boolean
}
/** Of these territories, those that are known. */
export const territoriesAsked = (db: Db, conventionId: string, ids: readonly number[]) =>
  db.all(sql<Asked>`select t.id, t.kind, t.code, t.name,
      t.id <> 0 and ctx.lies_within(t.id, array[c.region_id]) as in_region,
      exists (select from organisation_territories x
        where x.organisation_id = c.organisation_id and x.territory_id = t.id and x.until_at is null)
      or exists (select from convention_amendments y where y.convention_id = c.id and t.id = any (y.territories)
        and y.effective_at is null and y.closed_at is null) as taken
    from conventions c join territories t on t.id = any (${[...ids]}::int[])
    where c.id = ${conventionId}::uuid order by t.name collate "fr-x-icu", t.id`)
/** Opens what it adds once both signed, closes it when a signature is contested: those that changed. */
export const settleAmendmentTerritories = (db: Db, id: string) =>
  db.all(sql<{ territoryId: number; name: string; opened: boolean }>`select territory_id, name, opened
    from settle_amendment_territories(${id}::uuid)`)

export interface NewAmendment {
  readonly id: string
  readonly conventionId: string
  readonly number: number
  readonly title: string
  readonly body: string
  readonly termOn: string | null
  readonly renews: boolean
  readonly territories: number[]
  readonly documentId: string
  readonly proposedAt: Date
  readonly proposedBy: string
}
export const insertAmendment = (db: Db, amendment: NewAmendment) =>
  db.run(k.insertInto('conventionAmendments').values(amendment))
export const saveAmendmentEffect = (db: Db, id: string, effectiveAt: Date | null) =>
  db.run(k.updateTable('conventionAmendments').set({ effectiveAt }).where('id', '=', id))

export const saveAmendmentClosed = (db: Db, id: string, closedBy: Party, closedReason: string, at: Date, by: string) =>
  db.run(
    k
      .updateTable('conventionAmendments')
      .set({ closedBy, closedReason, closedAt: at, closedByAccount: by })
      .where('id', '=', id),
  )

export interface NewAuthority extends Authority {
  readonly amendmentId: string
  readonly conventionId: string
  readonly settledBy: string
  readonly settledAt: Date
}
export const saveAmendmentAuthority = (db: Db, { amendmentId, conventionId, party, ...set }: NewAuthority) =>
  db.run(
    k
      .insertInto('conventionAmendmentAuthorities')
      .values({ amendmentId, conventionId, party, ...set })
      .onConflict(c => c.columns(['amendmentId', 'party']).doUpdateSet(set)),
  )
