import { noticeRoleWords } from '../../../contract/words.ts'
import { announce } from '../../notifications/announce.ts'
import type { Notice } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import { conventionsOf, lastPrepared } from './contacts.queries.ts'
import type { ContactRole } from './conventions.queries.ts'
import type { Party } from './deadlines.ts'
import { tell } from './within-convention.ts'

/** « l’interlocuteur « Gouvernance » a changé », « les interlocuteurs « Gouvernance », « Assistance » ont changé ». */
const inWords = (roles: readonly ContactRole[]) => ({
  contacts: `${roles.length < 2 ? 'l’interlocuteur' : 'les interlocuteurs'} ${roles.map(role => `« ${noticeRoleWords[role]} »`).join(', ')}`,
  changed: roles.length < 2 ? 'a changé' : 'ont changé',
  details: roles.length < 2 ? 'Ses coordonnées' : 'Leurs coordonnées',
})

/** What the other party reads of changed contacts. */
const changedNotice = (roles: readonly ContactRole[], convention: string) =>
  ({
    kind: 'contact-changed',
    subject:
      roles.length < 2
        ? 'Un interlocuteur de l’autre partie a changé'
        : 'Des interlocuteurs de l’autre partie ont changé',
    text: `L’autre partie a modifié l’annexe 2 de ${convention} : ${inWords(roles).contacts} ${inWords(roles).changed}. ${inWords(roles).details} sont sur la page de la convention.`,
  }) satisfies Pick<Notice, 'kind' | 'subject' | 'text'>

/** The partner reads that contacts were entered in its name. */
export const tellNamed = async (organisationId: string, roles: readonly ContactRole[], context: Context) => {
  const convention = await lastPrepared(context.db, organisationId)
  const told = convention
    ? await tell(
        { convention },
        'partenaire',
        {
          kind: 'contact-changed',
          subject:
            roles.length < 2
              ? 'Un interlocuteur est inscrit en votre nom'
              : 'Des interlocuteurs sont inscrits en votre nom',
          text: `La direction régionale a inscrit ${inWords(roles).contacts} de votre structure dans le projet de convention n° ${convention.number}. ${inWords(roles).details} sont sur la page de la convention : vous pouvez les changer.`,
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
export const tellOthers = async (
  party: Party,
  regionId: number | null,
  roles: readonly ContactRole[],
  context: Context,
) => {
  if (party === 'operateur')
    return { told: null, partners: await announce(regionId!, changedNotice(roles, 'votre convention'), context) }
  // One at most is in force.
  const [convention] = await conventionsOf(context.db, context.viewer.organisationId)
  const notice = convention && changedNotice(roles, `la convention n° ${convention.number}`)
  return { told: notice ? await tell({ convention }, 'operateur', notice, context) : null, partners: 0 }
}
