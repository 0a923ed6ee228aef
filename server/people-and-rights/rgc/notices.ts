import type { Told } from '../../notifications/recipient-rules.ts'
import { tellRoles } from '../../notifications/tell.ts'
import type { Db } from '../../platform/database.ts'
import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import { inPlace } from './rgc.queries.ts'

interface Means {
  readonly newId: () => string
  readonly now: Date
}
/** Where each side reads of account managers. */
export const rgcPages = { partenaire: '/responsables-de-comptes', operateur: '/securite/rgc' } as const

/** The last day of a term that ends at an instant: what ends at 24:00 ends on that day. */
export const lastDayInWords = (until: Date): string => dayInWords(parisDay(new Date(until.getTime() - 1)))

/**
 * RGC-8: both sides are told when no account manager is left, or when the operator blocks all who are left.
 * The notice says what is blocked meanwhile. Null: at least one can still manage the accounts.
 */
export const tellIfNobodyIsLeft = async (
  db: Db,
  organisation: { id: string; name: string },
  from: Date,
  means: Means,
  cutOff: readonly string[] = [],
): Promise<Told | null> => {
  const managers = await inPlace(db, organisation.id, from)
  if (managers.some(m => !cutOff.includes(m.id))) return null
  const cut = managers.length > 0
  return tellRoles(
    db,
    { organisationId: organisation.id },
    {
      kind: 'rgc-nobody-left',
      subject: cut
        ? 'Une structure n’a plus de responsable de gestion de comptes (RGC) dont l’accès soit ouvert'
        : 'Une structure n’a plus de responsable de gestion de comptes (RGC)',
      path: rgcPages,
      about: ['organisation', organisation.id],
      text: [
        cut
          ? `L’opérateur a coupé, par un acte exceptionnel, l’accès du dernier responsable de gestion de comptes (RGC) de la structure « ${organisation.name} ».`
          : from <= means.now
            ? `La structure « ${organisation.name} » n’a plus de responsable de gestion de comptes (RGC).`
            : `La structure « ${organisation.name} » n’aura plus de responsable de gestion de comptes (RGC) après le ${lastDayInWords(from)}.`,
        `Tant qu’${cut ? 'il n’est pas rétabli, ou qu’' : ''}un nouvel acte d’engagement n’est pas en vigueur, personne ne peut y créer ni supprimer de compte, donner ou retirer une habilitation, lever une suspension pour inactivité, ni mener la revue annuelle. Les habilitations en cours continuent.`,
        'Le signataire de la structure peut proposer un nouvel acte d’engagement dans le service.',
      ].join('\n\n'),
    },
    means,
  )
}
