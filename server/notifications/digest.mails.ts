import type { PersonMail } from './tell.ts'

/** Nobody would read a longer one to its end. */
const mostLines = 30

/** All that is told to one person this morning, in one mail: what happened, of no employer and no person. */
export const digestMail = (
  accountId: string,
  lines: readonly { readonly words: string; readonly count: number }[],
): PersonMail => {
  const total = lines.reduce((sum, { count }) => sum + count, 0)
  const more = lines.slice(mostLines).reduce((sum, { count }) => sum + count, 0)
  return {
    kind: 'digest',
    to: { accountId },
    path: '/mes-notifications',
    why: 'vous recevez ces notifications dans un résumé',
    subject: total > 1 ? `Votre résumé : ${total} notifications` : 'Votre résumé : une notification',
    text: [
      'Ce qui est arrivé depuis votre dernier résumé, et que vous n’avez pas encore lu :',
      [
        ...lines.slice(0, mostLines).map(({ words, count }) => `- ${words}${count > 1 ? ` (${count} fois)` : ''}`),
        ...(more ? [`- et ${more} autre${more > 1 ? 's' : ''}`] : []),
      ].join('\n'),
      'La page « Mes notifications » dit de quoi il s’agit, et comment recevoir chacune.',
    ].join('\n\n'),
  }
}
