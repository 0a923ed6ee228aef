import { people } from '../../server/demonstration/stand-in/people.ts'
import { saveEntry } from '../../server/people-and-rights/directory/directory.queries.ts'
import type { Db } from '../../server/platform/database.ts'

/** Numbers of the range kept for fiction. Nadia hides hers; the others of the demonstration have said nothing yet. */
const entries = [
  { person: people.karim, civility: 'M.', phone: '+33536490112', phoneHidden: false },
  { person: people.ines, civility: 'Mme', phone: '+33536490126', phoneHidden: false },
  { person: people.nadia, civility: 'Mme', phone: '+33536490138', phoneHidden: true },
] as const

/** What some people say of themselves in the directory. */
export const layDirectory = async (
  db: Db,
  organisationOf: (siret: string) => string,
  changedAt: Date,
): Promise<void> => {
  for (const { person, ...said } of entries)
    await saveEntry(
      db,
      {
        accountId: person.accountId!,
        organisationId: organisationOf(person.siret),
        ...said,
        agencyId: null,
        changedAt,
      },
      0,
    )
}
