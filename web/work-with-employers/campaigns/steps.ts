import type { Campaign } from './words.ts'

export const steps = [
  { id: 'objet', name: 'Objet, territoire et période', question: 'Quelle campagne ?' },
  { id: 'equipe', name: 'Structures et responsables', question: 'Avec qui ?' },
  { id: 'objectifs', name: 'Objectifs et délai', question: 'Quels objectifs ?' },
  { id: 'etablissements', name: 'Établissements', question: 'Quels établissements ?' },
  { id: 'conflits', name: 'Établissements déjà suivis', question: 'Que faire de ceux qui sont déjà suivis ?' },
  { id: 'ouverture', name: 'Vérification et ouverture', question: 'Prêt à ouvrir ?' },
] as const
export const stepNames = steps.map(({ name }) => name)
export type StepId = (typeof steps)[number]['id']

export const stepAddress = (campaignId: string, step: StepId) => `/campagnes/${campaignId}/preparer/${step}`
/** Where one decides on what a longer campaign would meet. */
export const conflictsUntil = (campaignId: string, endsOn: string) =>
  `${stepAddress(campaignId, 'conflits')}?jusquau=${endsOn}&vue=liste&restants=1`
export const nextOf = (step: StepId): StepId => steps[steps.findIndex(({ id }) => id === step) + 1]?.id ?? step
/** Where a draft was left: the step kept with it, until establishments were chosen; then what is left to do. */
export const nextStep = ({ step, counts }: Pick<Campaign, 'step' | 'counts'>): StepId =>
  counts.targets === 0 ? step : counts.undecided ? 'conflits' : 'ouverture'
