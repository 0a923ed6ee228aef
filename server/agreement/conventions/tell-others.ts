import { noticeRoleWords } from '../../../contract/words.ts'
import { announce } from '../../notifications/announce.ts'
import type { Notice } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import { conventionsOf, lastPrepared } from './contacts.queries.ts'
import type { ContactRole } from './conventions.queries.ts'
import type { Party } from './deadlines.ts'
import { tell } from './within-convention.ts'

/** What the other party reads of a changed contact. */
const changedNotice = (role: ContactRole, convention: string) =>
  ({
    kind: 'contact-changed',
    subject: 'Un interlocuteur de l’autre partie a changé',
    text: `L’autre partie a modifié l’annexe 2 de ${convention} : l’interlocuteur « ${noticeRoleWords[role]} » a changé. Ses coordonnées sont sur la page de la convention.`,
  }) satisfies Pick<Notice, 'kind' | 'subject' | 'text'>

/** The partner reads that a contact was entered in its name. */
export const tellNamed = async (organisationId: string, role: ContactRole, context: Context) => {
  const convention = await lastPrepared(context.db, organisationId)
  const told = convention
    ? await tell(
        { convention },
        'partenaire',
        {
          kind: 'contact-changed',
          subject: 'Un interlocuteur est inscrit en votre nom',
          text: `La direction régionale a inscrit l’interlocuteur « ${noticeRoleWords[role]} » de votre structure dans le projet de convention n° ${convention.number}. Ses coordonnées sont sur la page de la convention : vous pouvez les changer.`,
        },
        context,
      )
    : null
  return { told, partners: 0 }
}

/**
 * A partner's change is told to its regional direction, in this transaction. The operator's is announced to each partner
 * under a convention of the region. `partners`: how many the worker will write to.
 */
export const tellOthers = async (party: Party, regionId: number | null, role: ContactRole, context: Context) => {
  if (party === 'operateur')
    return { told: null, partners: await announce(regionId!, changedNotice(role, 'votre convention'), context) }
  // One at most is in force.
  const [convention] = await conventionsOf(context.db, context.viewer.organisationId)
  const notice = convention && changedNotice(role, `la convention n° ${convention.number}`)
  return { told: notice ? await tell({ convention }, 'operateur', notice, context) : null, partners: 0 }
}
