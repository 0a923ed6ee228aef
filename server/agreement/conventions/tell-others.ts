import { noticeRoleWords } from '../../../contract/words.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import type { Context } from '../../platform/action.ts'
import { conventionsConcerned } from './contacts.queries.ts'
import type { ContactRole } from './conventions.queries.ts'
import type { Party } from './deadlines.ts'
import { other, tell } from './within-convention.ts'

/**
 * A partner's change is told to its regional direction; the operator's to each partner under a convention of the
 * region.
 */
export const tellOthers = async (party: Party, regionId: number | null, role: ContactRole, context: Context) => {
  const concerned = await conventionsConcerned(
    context.db,
    party === 'partenaire' ? { organisationId: context.viewer.organisationId } : { regionId: regionId! },
  )
  let told: Told = { mails: 0, emptyRoles: [] }
  for (const convention of concerned) {
    const one = await tell(
      { convention },
      other(party),
      {
        kind: 'contact-changed',
        subject: 'Un interlocuteur de l’autre partie a changé',
        text: `L’autre partie a modifié l’annexe 2 de la convention n° ${convention.number} : l’interlocuteur « ${noticeRoleWords[role]} » a changé. Ses coordonnées sont sur la page de la convention.`,
      },
      context,
    )
    told = {
      mails: told.mails + one.mails,
      emptyRoles: [
        ...told.emptyRoles,
        ...one.emptyRoles.filter(({ role }) => !told.emptyRoles.some(known => known.role === role)),
      ],
    }
  }
  return told
}
