import type { PersonMail } from '../../notifications/tell.ts'

export type StopReason = 'removed' | 'out-of-reach' | 'too-many'
export interface ViewNews {
  readonly name: string
  readonly count: number
}
export interface ViewStopped {
  readonly name: string
  readonly reason: StopReason
}
const stopped: Record<StopReason, string> = {
  removed: 'elle a été supprimée',
  'out-of-reach': 'vous ne pouvez plus l’ouvrir',
  'too-many': 'elle compte maintenant plus de 1 000 employeurs, resserrez ses filtres',
}
const part = (heading: string, lines: readonly string[]) =>
  lines.length ? [`${heading}\n${lines.map(line => `- ${line}`).join('\n')}`] : []

/** All that one person is told this morning, in one mail: names of views and counts, no employer and no person. */
export const viewNewsMail = (
  accountId: string,
  news: readonly ViewNews[],
  ended: readonly ViewStopped[],
): PersonMail => ({
  kind: 'view-news',
  to: { accountId },
  about: ['account', accountId],
  path: '/mes-vues',
  why: 'vous avez demandé à être prévenu de ce qui est nouveau dans ces vues',
  subject: news.length ? 'Du nouveau dans vos vues' : 'Une vue n’est plus suivie',
  text: [
    ...part(
      'Du nouveau depuis la dernière lecture de ces vues :',
      news.map(({ name, count }) => `« ${name} » : ${count} employeur${count > 1 ? 's' : ''} de plus`),
    ),
    ...part(
      'Ces vues ne sont plus suivies :',
      ended.map(({ name, reason }) => `« ${name} » : ${stopped[reason]}`),
    ),
    'La page « Mes vues suivies » les ouvre. Une pression y arrête ces courriels, vue par vue.',
  ].join('\n\n'),
})
