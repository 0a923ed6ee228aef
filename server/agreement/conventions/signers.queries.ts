import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { Known } from './convention-rules.ts'

type SignerRow = Known['signers'][number]
type OwnSigner = Known['ownSigners'][number]
const namedBy = (row: 's' | 'x') =>
  sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
    'organisationId', a.organisation_id) from accounts a where a.id = ${sql.ref(`${row}.namedBy`)})`
/** Who signs its documents, the last one named first; and the accounts that may be named by the party one acts for. */
export const signersOf = async (db: Db, conventionId: string): Promise<Pick<Known, 'signers' | 'ownSigners'>> => {
  const [signers, ownSigners] = await Promise.all([
    db.all(
      sql<SignerRow>`select s.id, s.amendment_id, s.party, s.name, s.account_id, s.act, s.act_on, s.granted_by,
        l.local_authority, l.prefecture_on, l.published_on, l.act_document_id,
        ${namedBy('s')} as named_by, s.named_at,
        (select coalesce(jsonb_agg(jsonb_build_object('prefectureOn', x.prefecture_on, 'publishedOn', x.published_on,
          'by', ${namedBy('x')}, 'at', x.named_at) order by x.id desc), '[]') from convention_signers x
          where x.completes = s.id) as completions
      from convention_signers s cross join lateral (select x.local_authority, x.prefecture_on, x.published_on,
        x.act_document_id from convention_signers x where x.convention_id = s.convention_id
          and (x.id = s.id or x.completes = s.id) order by x.id desc limit 1) l
      where s.convention_id = ${conventionId}::uuid and s.completes is null order by s.id desc`,
    ),
    db.all(sql<OwnSigner>`select o.party, o.account_id, o.name from ctx.own_signers(${conventionId}::uuid) o`),
  ])
  return { signers, ownSigners }
}
export interface NewSigner extends Omit<SignerRow, 'id' | 'namedBy' | 'completions'> {
  readonly conventionId: string
  readonly namedBy: string
  /** The row whose act this one completes (AGR-11). */
  readonly completes?: number
}
export const insertSigner = (db: Db, signer: NewSigner) => db.run(k.insertInto('conventionSigners').values(signer))
