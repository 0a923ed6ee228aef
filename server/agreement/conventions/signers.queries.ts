import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { Known } from './convention-rules.ts'
import type { DeputyVersion, OwnSigner } from './delegation-rules.ts'

type SignerRow = Known['signers'][number]
const namedBy = (row: 's' | 'x') =>
  sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
    'organisationId', a.organisation_id) from accounts a where a.id = ${sql.ref(`${row}.namedBy`)})`
/**
 * Who signs its documents, the last one named first; and the accounts that may be named by the party one acts for. A
 * deputy's act follows their record until they sign: what was signed keeps what it said (AGR-15).
 */
export const signersOf = async (
  db: Db,
  conventionId: string,
): Promise<Pick<Known, 'signers' | 'ownSigners' | 'deputies'>> => {
  const [signers, ownSigners, deputies] = await Promise.all([
    db.all(
      sql<SignerRow>`select s.id, s.amendment_id, s.party, s.name, s.account_id, coalesce(d.act, s.act) as act,
        coalesce(d.act_on, s.act_on) as act_on, coalesce(d.granted_by, s.granted_by) as granted_by,
        coalesce(d.local_authority, l.local_authority) as local_authority,
        case when d.version is null then l.prefecture_on else d.prefecture_on end as prefecture_on,
        case when d.version is null then l.published_on else d.published_on end as published_on,
        l.act_document_id, s.deputy_id,
        ${namedBy('s')} as named_by, s.named_at,
        (select coalesce(jsonb_agg(jsonb_build_object('prefectureOn', x.prefecture_on, 'publishedOn', x.published_on,
          'by', ${namedBy('x')}, 'at', x.named_at) order by x.id desc), '[]') from convention_signers x
          where x.completes = s.id) as completions
      from convention_signers s cross join lateral (select x.local_authority, x.prefecture_on, x.published_on,
        x.act_document_id from convention_signers x where x.convention_id = s.convention_id
          and (x.id = s.id or x.completes = s.id) order by x.id desc limit 1) l
        left join lateral (select y.version, y.act, y.act_on, y.granted_by, y.local_authority, y.prefecture_on,
          y.published_on from signature_deputies y where y.deputy_id = s.deputy_id
            and y.recorded_at <= coalesce((select min(g.recorded_at) from convention_signatures g
              where g.convention_id = s.convention_id and g.amendment_id is not distinct from s.amendment_id
                and g.party = s.party and g.recorded_at >= s.named_at), 'infinity')
          order by y.version desc limit 1) d on true
      where s.convention_id = ${conventionId}::uuid and s.completes is null order by s.id desc`,
    ),
    db.all(sql<OwnSigner>`select o.party, o.account_id, o.name, o.job as function, o.email
      from ctx.own_signers(${conventionId}::uuid) o`),
    db.all(sql<DeputyVersion>`
      select d.deputy_id as id, d.version, d.party, d.name, d.account_id, d.capacity, d.act, d.act_on, d.granted_by,
        d.local_authority, d.prefecture_on, d.published_on, d.from_on, d.until_on, d.reason,
        (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
          a.organisation_id) from accounts a where a.id = d.recorded_by) as recorded_by, d.recorded_at
      from conventions c join signature_deputies d on d.organisation_id = c.organisation_id or d.region_id = c.region_id
      where c.id = ${conventionId}::uuid order by d.party desc, d.deputy_id, d.version desc limit 500`),
  ])
  return { signers, ownSigners, deputies }
}
export interface NewSigner extends Omit<SignerRow, 'id' | 'namedBy' | 'completions' | 'deputyId'> {
  readonly conventionId: string
  readonly namedBy: string
  /** The row whose act this one completes (AGR-11). */
  readonly completes?: number
  /** The version of the deputy whose act it is (AGR-15). */
  readonly deputyId?: string
  readonly deputyVersion?: number
}
export const insertSigner = (db: Db, signer: NewSigner) => db.run(k.insertInto('conventionSigners').values(signer))
export interface NewDeputy extends Omit<DeputyVersion, 'id' | 'recordedBy'> {
  readonly deputyId: string
  readonly conventionId: string
  readonly recordedBy: string
}
/** Of two at once, the second finds the version taken. */
export const insertDeputy = (db: Db, deputy: NewDeputy) =>
  db
    .run(k.insertInto('signatureDeputies').values(deputy))
    .catch(refusedBy('signature_deputies_pkey', 'request/changed-meanwhile'))
