import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { handoverHash, handoverHours, inWords, newHandoverCode } from '../identity/handover-code.ts'
import { mayHelp } from './sign-in-help.policy.ts'
import { findPersonToHelp, resetSecondFactors as reset } from './sign-in-help.queries.ts'

/**
 * The person comes in by their first factor and registers another second one, with the code handed over.
 * A mail tells it: a person who asked for nothing is warned.
 */
export const resetSecondFactors = action(contract.resetSecondFactors, {
  load: async ({ params }, { db }) => found(await findPersonToHelp(db, params.accountId)),
  may: (viewer, person) => {
    const may = mayHelp(viewer, person)
    return may === true && person.factors === 0 ? 'recovery/no-factor' : may
  },
  run: async ({ accountId }, { body }, { db, newId, now, viewer, settings }) => {
    const [code, endsAt] = [newHandoverCode(), new Date(now.getTime() + handoverHours * 3_600_000)]
    const done = await reset(db, accountId, handoverHash(settings.identity.keys, accountId, code), endsAt)
    if (!done) throw new Refused('recovery/manager-only')
    const mail = await tellPerson(
      db,
      {
        kind: 'second-factor-reset',
        to: { accountId },
        subject: 'Votre second facteur a été réinitialisé',
        why: 'le second facteur de votre compte vient d’être réinitialisé',
        path: '/connexion',
        text: `${viewer.givenName} ${viewer.familyName} (${viewer.organisationName}) vient de réinitialiser le second facteur de votre compte. Vos sessions sont fermées. À votre prochaine connexion, vous en enregistrerez un autre, avec le code qui vous est remis de vive voix.\n\nSi vous ne l’avez pas demandé, prévenez sans attendre le responsable de gestion de comptes (RGC) de votre structure : quelqu’un essaie peut-être d’entrer à votre place.`,
      },
      { newId, now },
    )
    return {
      reply: { factors: done.factors, sessionsEnded: done.sessions, code: inWords(code), endsAt: endsAt.toISOString() },
      audit: [
        {
          action: 'second-factors.reset',
          subject: ['account', accountId],
          detail: { reason: body.reason.trim(), ...done, mail },
        },
      ],
    }
  },
})
