import type { PersonMail } from '../../notifications/tell.ts'

/** To the colleague who receives them, once for the whole. */
export const handedActionsMail = (count: number, by: string, accountId: string): PersonMail => ({
  kind: 'work-handed-over',
  to: { accountId },
  about: ['account', accountId],
  path: '/portefeuille',
  why: 'une personne de votre structure vous a confié ce travail',
  subject: 'Un travail vous est confié',
  text: `${by} vous confie ${count} prochaine${count > 1 ? 's' : ''} action${count > 1 ? 's' : ''}.\n\nVous les trouvez dans votre portefeuille, avec leur historique.`,
})

/** To who asked for a long work, once the worker ended it, or had to stop. */
export const workFinishedMail = (
  { workId, done, stopped }: { readonly workId: string; readonly done: number; readonly stopped: boolean },
  accountId: string,
): PersonMail => ({
  kind: 'work-finished',
  to: { accountId },
  about: ['bulk-work', workId],
  path: `/mes-travaux/${workId}`,
  why: 'vous avez lancé ce travail',
  subject: stopped ? 'Votre travail long s’est arrêté' : 'Votre travail long est fini',
  text: `${
    stopped
      ? 'Le travail long que vous avez lancé s’est arrêté avant la fin'
      : 'Le travail long que vous avez lancé est fini'
  } : ${done} ligne${done > 1 ? 's ont' : ' a'} changé.\n\nSa page dit ce qui a été laissé, et pourquoi.`,
})
