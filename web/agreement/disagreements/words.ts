import type { listDisagreements } from '../../../contract/agreement/disagreements.ts'
import type { Reply } from '../../../contract/route.ts'

export type Disagreements = Reply<typeof listDisagreements>
export type Disagreement = Disagreements['items'][number]
export type StepKind = Disagreement['allowed'][number]
export type Manner = NonNullable<Disagreement['steps'][number]['manner']>

export const stateWords: Record<
  Disagreement['state'],
  { word: string; tone: 'info' | 'warning' | 'success' | 'neutral' }
> = {
  open: { word: 'Ouvert', tone: 'info' },
  failed: { word: 'Accord amiable échoué', tone: 'warning' },
  settled: { word: 'Réglé à l’amiable', tone: 'success' },
  decided: { word: 'Tranché par le tribunal', tone: 'neutral' },
  withdrawn: { word: 'Abandonné', tone: 'neutral' },
}
export const mannerWords: Record<Manner, string> = {
  meeting: 'réunion',
  letters: 'échange écrit',
  mediation: 'médiation',
}
/** What happened, as the history says it; what one does, as its button says it; what is asked of it. */
export const stepWords: Record<StepKind, { past: string; act: string; asks: string; done: string }> = {
  attempt: {
    past: 'Tentative amiable',
    act: 'Noter une tentative amiable',
    asks: 'Ce qui s’est dit',
    done: 'La tentative est notée.',
  },
  settle: {
    past: 'Accord',
    act: 'Noter un accord',
    asks: 'Ce dont les parties conviennent',
    done: 'L’accord est noté.',
  },
  fail: {
    past: 'Accord amiable échoué',
    act: 'Noter l’échec de l’accord amiable',
    asks: 'Pourquoi aucun accord n’est trouvé',
    done: 'L’échec est noté.',
  },
  decide: {
    past: 'Décision du tribunal',
    act: 'Noter la décision du tribunal',
    asks: 'Ce qui est décidé',
    done: 'La décision est notée.',
  },
  withdraw: { past: 'Abandon', act: 'Y renoncer', asks: 'Pourquoi y renoncer', done: 'Le différend est abandonné.' },
  reopen: { past: 'Réouverture', act: 'Rouvrir', asks: 'Pourquoi le rouvrir', done: 'Le différend est rouvert.' },
}
