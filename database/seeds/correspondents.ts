import type pg from 'pg'
import { organisations, people } from '../../server/demonstration/stand-in/people.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../../server/work-with-employers/correspondents/testing.ts'

// Telephone numbers of the range kept for fiction.
const contacts = [
  ['Mme', 'Solène', 'Arrivet', 'Gérante'],
  ['M.', 'Bastien', 'Courmont', 'Responsable d’exploitation'],
  ['Mme', 'Maud', 'Verlaguet', 'Assistante de direction'],
  ['M.', 'Idriss', 'Laforgue', 'Gérant'],
] as const

export const layCorrespondents = async (owner: pg.Client, sirets: readonly string[]) => {
  for (const [n, siret] of sirets.entries()) {
    const [civility, givenName, familyName, role] = contacts[n % contacts.length]!
    const {
      rows: [place],
    } = await owner.query(
      'select region_id as "regionId", departement_id as "departementId", epci_id as "epciId", clpe_id as "clpeId" from establishments where siret = $1',
      [Number(siret)],
    )
    const by = { organisationId: organisations.jalleEauBourde.id, authorId: people.claire.accountId }
    await insertCorrespondent(
      owner,
      aCorrespondent({
        siret: Number(siret),
        ...place,
        values: [
          aValue('civility', civility, by),
          aValue('givenName', givenName, by),
          aValue('familyName', `${familyName}`, by),
          aValue('role', role, by),
          aValue('phone', `+3353649${String(1000 + n)}`, by),
        ],
      }),
    )
  }
}
