import type { PersonMail } from '../../notifications/tell.ts'

export interface DueActions {
  readonly accountId: string
  readonly dueToday: number
  readonly late: number
}

/** Each morning, in one line: « Prochaines actions : 3 aujourd’hui, 2 en retard ». No employer is named. */
export const dueActionsMail = ({ accountId, dueToday, late }: DueActions): PersonMail => {
  const counts = [...(dueToday ? [`${dueToday} aujourd’hui`] : []), ...(late ? [`${late} en retard`] : [])].join(', ')
  return {
    kind: 'actions-due',
    to: { accountId },
    about: ['account', accountId],
    path: '/portefeuille',
    why: 'ces actions sont à votre charge',
    subject: `Prochaines actions : ${counts}`,
    text: `Vos prochaines actions : ${counts}.\n\nVous les trouvez dans votre portefeuille, les plus anciennes d’abord.`,
  }
}
