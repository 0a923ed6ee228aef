import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { House, Person } from '../../testing/house.ts'
import { once } from '../../testing/house.ts'
import { insertSent } from '../uploads/testing.ts'

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
        signatory_title, conditions_given, digest, created_by, created_at, sent_at, convention_id)
    select $1, o.id, o.name, o.siret, '1 place de l’Essai, 33000 Essai', $3, 'Personne Essai', 'Direction', true, $4,
      $3, $5, $5, (select c.id from conventions c where c.organisation_id = o.id order by c.created_at desc limit 1) from organisations o where o.id = $2`,
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
      recorded_at, convention_id) select $1, $2, $3, '2020-01-01', 'attestation.pdf', 'attestation',
        sha256('attestation'), $2, $4, d.convention_id from rgc_deeds d where d.id = $5`,
    [uuidv7(), account.id, account.organisationId, sentAt, id],
  )
  return id
}

export const aCertificate = Buffer.from('%PDF-1.7 essai %%EOF')

/** A house where the access conditions, version 1, since 2020, have the title that deeds say. */
export const withConditions = async (house: House): Promise<House> => {
  await house.owner.query(`update documents set title = 'Conditions générales d’accès' where kind = 'cgu'`)
  return house
}

/** The acts on deeds as people do them, through the routes. */
export const deedActs = (house: House) => {
  const call = (who: Person, method: 'GET' | 'POST', path: string, body?: unknown) =>
    house.call(who, method, path, body, method === 'POST' ? once() : {})
  const emailOf = async (who: Person): Promise<string> =>
    (await house.owner.query('select email from account_contacts where account_id = $1', [who.id])).rows[0].email
  /** Named by their own name, unless told otherwise. */
  const named = async (who: Person, over: object = {}) => ({
    position: 'titulaire',
    givenName: 'Camille',
    familyName: who.name.split(' ').at(-1)!,
    bornOn: '1980-02-29',
    telephone: '05 00 00 00 00',
    email: await emailOf(who),
    staff: 'permanent',
    ...over,
  })
  const proposal = (signatory: Person, members: object[], over: object = {}) =>
    call(signatory, 'POST', '/rgc/deeds', {
      address: '1 place de l’Essai, 33000 Essai',
      signatoryId: signatory.id,
      signatoryTitle: 'Direction générale',
      conditionsGiven: true,
      members,
      ...over,
    })
  const sign = (who: Person, deed: { id: string; digest: string }) =>
    call(who, 'POST', `/rgc/deeds/${deed.id}/sign`, { digest: deed.digest })
  /** Proposed by the signatory, signed by them first, then by each it names. */
  const sent = async (signatory: Person, people: readonly Person[], over: object = {}) => {
    const proposed = await proposal(signatory, await Promise.all(people.map(p => named(p))), over)
    let answer = await sign(signatory, proposed.body)
    for (const p of people) answer = await sign(p, proposed.body)
    if (answer.status !== 200) throw new Error(JSON.stringify([proposed.body, answer.body]))
    return answer.body
  }
  const decide = (cssi: Person, deed: { id: string }, body: object) =>
    call(cssi, 'POST', `/rgc/deeds/${deed.id}/decision`, body)
  const certify = async (cssi: Person, who: Person, day: string) =>
    call(cssi, 'POST', '/rgc/certificates', {
      accountId: who.id,
      issuedOn: day,
      file: await insertSent(house.owner, cssi.id, aCertificate),
    })
  return { call, emailOf, named, proposal, sign, sent, decide, certify }
}
