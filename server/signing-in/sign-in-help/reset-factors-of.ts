import { tellPerson } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { warn } from '../identity/factor-mails.ts'
import { handoverHash, handoverHours, inWords, newHandoverCode } from '../identity/handover-code.ts'
import { resetSecondFactors } from './sign-in-help.queries.ts'

/**
 * Takes every second factor away, and answers the code by which another is registered, for whoever may (IDN-6).
 * A mail tells it: a person who asked for nothing is warned.
 */
export const resetFactorsOf = async (
  accountId: string,
  reason: string,
  { db, newId, now, viewer, settings }: Pick<Context, 'db' | 'newId' | 'now' | 'viewer' | 'settings'>,
): Promise<{
  reply: { factors: number; sessionsEnded: number; code: string; endsAt: string }
  entry: Entry
}> => {
  const [code, endsAt] = [newHandoverCode(), new Date(now.getTime() + handoverHours * 3_600_000)]
  const done = await resetSecondFactors(db, accountId, handoverHash(settings.identity.keys, accountId, code), endsAt)
  if (!done) throw new Refused('recovery/manager-only')
  const mail = await tellPerson(
    db,
    {
      kind: 'second-factor-reset',
      to: { accountId },
      subject: 'Votre second facteur a été réinitialisé',
      why: 'le second facteur de votre compte vient d’être réinitialisé',
      path: '/connexion',
      text: `${viewer.givenName} ${viewer.familyName} (${viewer.organisationName}) vient de réinitialiser le second facteur de votre compte. Vos sessions sont fermées. À votre prochaine connexion, vous en enregistrerez un autre, avec le code qui vous est remis de vive voix.\n\nSi vous ne l’avez pas demandé, ${warn} : quelqu’un essaie peut-être d’entrer à votre place.`,
    },
    { newId, now },
  )
  return {
    reply: { factors: done.factors, sessionsEnded: done.sessions, code: inWords(code), endsAt: endsAt.toISOString() },
    entry: { action: 'second-factors.reset', subject: ['account', accountId], detail: { reason, ...done, mail } },
  }
}
