import * as contract from '../../../contract/signing-in/passwords.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { warn } from '../identity/factor-mails.ts'
import { endOtherPasswordSessions } from '../identity/identity.queries.ts'
import { weaknessOf } from './password-rules.ts'
import { changeOwnPassword, lockOwnBudget, lockOwnPassword, setOwnBudget } from './passwords.queries.ts'
import { counted, givenBack, secondsLeft } from './throttle-rules.ts'

/**
 * The old password is asked too: a computer left open, its second factor just proven, is not enough. Guesses at it are
 * slowed down like any.
 */
export const changePassword = action(contract.changePassword, {
  load: async (_input, { db }) => lockOwnPassword(db),
  may: (_viewer, own) => (own ? true : 'password/none'),
  run: async (own, { body }, { db, now, newId, viewer, settings }) => {
    const budget = await lockOwnBudget(db)
    const left = secondsLeft(budget, now)
    if (left > 0) throw new Refused('password/wait', { retryAfterSeconds: left, facts: { retryAfterSeconds: left } })
    const spent = counted('device', budget, now)
    await setOwnBudget(db, spent)
    if (!(await settings.passwords.verify(body.current, own!.hash)))
      return {
        reply: undefined as never,
        refusal: new Refused('password/wrong-current'),
        audit: [
          {
            action: 'password.change-failed',
            subject: ['account', viewer.accountId],
            detail: { sessionId: viewer.sessionId, inARow: spent.failures },
          },
        ],
      }
    const weakness = weaknessOf(body.next, [viewer.givenName, viewer.familyName, own!.email, own!.organisationName])
    if (weakness) throw new Refused(weakness) // and the attempt is undone with it
    await setOwnBudget(db, givenBack('device', spent, spent.failures, true))
    await changeOwnPassword(db, await settings.passwords.hash(body.next), now)
    const sessionsEnded = await endOtherPasswordSessions(db, viewer.sessionId)
    const mail = await tellPerson(
      db,
      {
        kind: 'password-changed',
        to: { accountId: viewer.accountId },
        subject: 'Votre mot de passe a été changé',
        why: 'le mot de passe de votre compte vient d’être changé',
        text: `Le mot de passe de votre compte vient d’être changé, depuis une session ouverte avec vos deux facteurs. Si ce n’est pas vous, ${warn}.`,
        path: '/mon-compte',
      },
      { newId, now },
    )
    return {
      reply: { sessionsEnded },
      audit: [{ action: 'password.changed', subject: ['account', viewer.accountId], detail: { sessionsEnded, mail } }],
    }
  },
})
