import type { Notice } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'

/** To the partner assessed. The findings are on their page, not in the mail. */
export const recordedNotice = ({
  organisationId,
  assessedOn,
  nextDueOn,
}: {
  readonly organisationId: string
  readonly assessedOn: string
  readonly nextDueOn: string
}): Notice => ({
  kind: 'security-assessment',
  subject: 'L’évaluation de la sécurité de votre structure est enregistrée',
  path: { partenaire: '/conventions' },
  about: ['organisation', organisationId],
  text: `L’opérateur a enregistré l’évaluation annuelle de la sécurité de votre structure, faite le ${dayInWords(assessedOn)}. La prochaine est due le ${dayInWords(nextDueOn)}.\n\nCe qu’elle constate est sur la page de votre convention.`,
})
