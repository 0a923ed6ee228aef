import type * as contract from '../../../contract/people-and-rights/reviews.ts'
import type { Reply } from '../../../contract/route.ts'

export type Review = Reply<typeof contract.getReview>
export type Line = Reply<typeof contract.listReviewLines>['items'][number]
export type Due = Reply<typeof contract.listReviewsDue>['items'][number]
export type Decision = NonNullable<Line['decision']>
export const decisionWords: Record<
  Decision,
  { act: string; account: string; grant: string; tone: 'success' | 'info' | 'warning' | 'error' }
> = {
  keep: { act: 'Maintenir', account: 'maintenu', grant: 'maintenue', tone: 'success' },
  reduce: { act: 'Réduire', account: 'réduit', grant: 'réduite', tone: 'info' },
  suspend: { act: 'Suspendre', account: 'suspendu', grant: 'suspendue', tone: 'warning' },
  delete: { act: 'Supprimer', account: 'supprimé', grant: 'supprimée', tone: 'error' },
}
export const attachmentWords: Record<Line['attachment'], string> = {
  agent: 'agent',
  delegate: 'délégataire',
  contractor: 'prestataire',
}
export const waitsForWords = {
  'other-manager': 'un autre RGC de votre structure décide',
  signatory: 'le signataire de votre structure décide',
} as const
export const decided = ({ decision, grant }: Line) => decision && decisionWords[decision][grant ? 'grant' : 'account']
