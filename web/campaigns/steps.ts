import type { Campaign } from './words.ts'

export const steps = [
  { id: 'objet', name: 'Objet, territoire et membres', question: 'Quelle campagne ?' },
  { id: 'etablissements', name: 'Établissements', question: 'Quels établissements ?' },
  { id: 'conflits', name: 'Établissements déjà suivis', question: 'Que faire de ceux qui sont déjà suivis ?' },
  { id: 'ouverture', name: 'Vérification et ouverture', question: 'Prêt à ouvrir ?' },
] as const
export const stepNames = steps.map(({ name }) => name)
export type StepId = (typeof steps)[number]['id']

export const stepAddress = (campaignId: string, step: StepId) => `/campagnes/${campaignId}/preparer/${step}`
/** Where a draft was left. */
export const nextStep = ({ counts }: Pick<Campaign, 'counts'>): StepId => (counts.targets === 0 ? 'etablissements' : counts.undecided ? 'conflits' : 'ouverture')
