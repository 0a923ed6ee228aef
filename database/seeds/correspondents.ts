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
    // One card has not been confirmed for long; on another, two partners differ on the phone.
    const recordedAt = n === 1 ? '2025-06-12T08:00:00Z' : '2026-09-01T08:00:00Z'
    const by = { organisationId: organisations.jalleEauBourde.id, authorId: people.claire.accountId, recordedAt }
    const other = {
      organisationId: organisations.missionLocale.id,
      authorId: people.karim.accountId,
      recordedAt: '2026-05-04T08:00:00Z',
    }
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
          ...(n === 2 ? [aValue('phone', '+33536491099', other)] : []),
        ],
      }),
    )
    // On a fourth, another partner noted the same person under a misspelt name.
    if (n === 3)
      await insertCorrespondent(
        owner,
        aCorrespondent({
          siret: Number(siret),
          ...place,
          createdAt: '2026-10-05T08:00:00Z',
          values: [
            aValue('givenName', givenName, other),
            aValue('familyName', 'Laforge', other),
            aValue('role', 'Gérant', other),
            aValue('email', 'contact@laforgue.example', other),
          ],
        }),
      )
  }
}
