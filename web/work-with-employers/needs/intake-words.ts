import type { JobField } from '../../../contract/work-with-employers/needs.ts'
import { formatDay } from '../../platform/format.ts'
import type { NeedRecipient } from './queries.ts'

/** The broad fields of the ROME, by the first letter of its codes. */
export const jobFieldWords: Record<JobField, string> = {
  A: 'Agriculture, pêche, espaces verts',
  B: 'Arts et façonnage d’ouvrages d’art',
  C: 'Banque, assurance, immobilier',
  D: 'Commerce, vente, grande distribution',
  E: 'Communication, média et multimédia',
  F: 'Construction, bâtiment, travaux publics',
  G: 'Hôtellerie, restauration, tourisme, loisirs, animation',
  H: 'Industrie',
  I: 'Installation et maintenance',
  J: 'Santé',
  K: 'Services à la personne et à la collectivité',
  L: 'Spectacle',
  M: 'Support à l’entreprise',
  N: 'Transport et logistique',
}
const fitWords: Record<NeedRecipient['fit'], string | null> = {
  'takes-job': 'dit prendre ce métier',
  takes: 'dit prendre ce type de besoin',
  unsaid: null,
  'not-job': 'ne dit pas prendre ce métier',
  'not-kind': 'ne dit pas prendre ce type de besoin',
}
const answerWords = ({ yes, of }: NeedRecipient['answers']) => {
  if (of === 1)
    return `a ${yes === 1 ? 'donné suite au' : 'décliné le'} seul besoin que votre structure lui a proposé dans votre périmètre depuis un an`
  return yes === 0
    ? `a décliné les ${of} besoins que votre structure lui a proposés dans votre périmètre depuis un an`
    : `a donné suite à ${yes} des ${of} besoins que votre structure lui a proposés dans votre périmètre depuis un an`
}
/** « Dit prendre ce métier ; a échangé avec cet employeur le 3 octobre 2026. » */
export const placedWords = ({
  fit,
  publics,
  metOn,
  answers,
}: Pick<NeedRecipient, 'fit' | 'publics' | 'metOn' | 'answers'>): string => {
  const words = [
    fitWords[fit],
    metOn && `a échangé avec cet employeur le ${formatDay(metOn)}`,
    answers.of > 0 && answerWords(answers),
    publics && `publics : ${publics}`,
  ]
    .filter(Boolean)
    .join(' ; ')
  return words && `${words.charAt(0).toLocaleUpperCase('fr')}${words.slice(1)}`
}
