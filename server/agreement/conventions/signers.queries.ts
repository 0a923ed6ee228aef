import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { Known } from './convention-rules.ts'

type SignerRow = Known['signers'][number]
type OwnSigner = Known['ownSigners'][number]
/** Who signs its documents, the last one named first; and the accounts that may be named by the party one acts for. */
export const signersOf = async (db: Db, conventionId: string): Promise<Pick<Known, 'signers' | 'ownSigners'>> => {
  const [signers, ownSigners] = await Promise.all([
    db.all(
      sql<SignerRow>`select s.amendment_id, s.party, s.name, s.account_id, s.act, s.act_on, s.granted_by,
        s.local_authority, s.prefecture_on, s.published_on, s.act_document_id,
        (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
          'organisationId', a.organisation_id) from accounts a where a.id = s.named_by) as named_by, s.named_at
      from convention_signers s where s.convention_id = ${conventionId}::uuid order by s.id desc`,
    ),
    db.all(sql<OwnSigner>`select o.party, o.account_id, o.name from ctx.own_signers(${conventionId}::uuid) o`),
  ])
  return { signers, ownSigners }
}
export interface NewSigner extends Omit<SignerRow, 'namedBy'> {
  readonly conventionId: string
  readonly namedBy: string
}
export const insertSigner = (db: Db, signer: NewSigner) => db.run(k.insertInto('conventionSigners').values(signer))
