import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'

type Owner = pg.ClientBase | pg.Pool
const digest = Buffer.alloc(32, 7)

/**
 * A deed sent since the start of 2020 that names this person, and the certificate that the CSSI recorded: what opens
 * the account manager's tool beside the convention, the conditions and two factors.
 */
export const layGate = async (
  owner: Owner,
  account: { readonly id: string; readonly organisationId: string },
  sentAt = '2020-01-01T00:00:00Z',
): Promise<string> => {
  const {
    rows: [known],
  } = await owner.query(
    'select id from rgc_deeds where organisation_id = $1 and sent_at is not null order by sent_at desc limit 1',
    [account.organisationId],
  )
  const id: string = known?.id ?? uuidv7()
  if (!known)
    await owner.query(
      `insert into rgc_deeds (id, organisation_id, organisation_name, siret, address, signatory_id, signatory_name,
        signatory_title, conditions_given, digest, created_by, created_at, sent_at)
    select $1, o.id, o.name, o.siret, '1 place de l’Essai, 33000 Essai', $3, 'Personne Essai', 'Direction', true, $4,
      $3, $5, $5 from organisations o where o.id = $2`,
      [id, account.organisationId, account.id, digest, sentAt],
    )
  await owner.query(
    `insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone,
      email)
    select $1, a.id, a.organisation_id, 'titulaire', 1, a.given_name, a.family_name, '0500000000', c.email
      from accounts a join account_contacts c on c.account_id = a.id where a.id = $2 on conflict do nothing`,
    [id, account.id],
  )
  await owner.query(
    `insert into rgc_certificates (id, account_id, organisation_id, issued_on, file_name, content, sha256, recorded_by,
      recorded_at) values ($1, $2, $3, '2020-01-01', 'attestation.pdf', 'attestation', sha256('attestation'), $2, $4)`,
    [uuidv7(), account.id, account.organisationId, sentAt],
  )
  return id
}
