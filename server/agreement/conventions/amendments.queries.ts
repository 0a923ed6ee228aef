import { type RawBuilder, sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { Known } from './convention-rules.ts'
import type { Party } from './deadlines.ts'

type Authority = Known['amendments'][number]['authorities'][number]
/** What was told of the acts that the amendment `a` names. */
export const authorities: RawBuilder<readonly Authority[]> =
  sql`(select coalesce(jsonb_agg(jsonb_build_object('party', x.party, 'localAuthority', x.local_authority,
    'prefectureOn', x.prefecture_on, 'publishedOn', x.published_on, 'actDocumentId', x.act_document_id)), '[]')
    from convention_amendment_authorities x where x.amendment_id = a.id)`

export interface NewAmendment {
  readonly id: string
  readonly conventionId: string
  readonly number: number
  readonly title: string
  readonly body: string
  readonly termOn: string | null
  readonly renews: boolean
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
