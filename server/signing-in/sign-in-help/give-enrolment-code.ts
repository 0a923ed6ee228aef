import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { warn } from '../identity/factor-mails.ts'
import { handoverHash, handoverHours, inWords, newHandoverCode } from '../identity/handover-code.ts'
import { firstReason, tellFirstHelp } from './first-help.ts'
import { mayHelp } from './sign-in-help.policy.ts'
import { findPersonToHelp, makeEnrolmentCode } from './sign-in-help.queries.ts'

/**
 * A code shown once, to hand over by voice. It alone allows a first second factor later than fourteen days after the
 * opening.
 */
export const giveEnrolmentCode = action(contract.giveEnrolmentCode, {
  load: async ({ params }, { db }) => found(await findPersonToHelp(db, params.accountId)),
  may: (viewer, person) => {
    const may = mayHelp(viewer, person)
    if (may !== true) return may
    return person.status !== 'active' ? 'recovery/not-active' : person.factors === 0 ? true : 'recovery/has-factor'
  },
  run: async (person, { body }, context) => {
    const { db, newId, now, viewer, settings } = context
    const { accountId } = person
    const reason = firstReason(viewer, person, body.reason)
    const [code, endsAt] = [newHandoverCode(), new Date(now.getTime() + handoverHours * 3_600_000)]
    if (!(await makeEnrolmentCode(db, accountId, handoverHash(settings.identity.keys, accountId, code), endsAt)))
      throw new Refused('recovery/manager-only')
    const mail = await tellPerson(
      db,
      {
        kind: 'second-factor-code',
        to: { accountId },
        subject: 'Un code vous est remis',
        why: 'un code vous est remis pour enregistrer votre second facteur',
        path: '/connexion',
        text: `${viewer.givenName} ${viewer.familyName} (${viewer.organisationName}) vous remet de vive voix un code pour enregistrer votre second facteur. Il n’est dans aucun courriel.\n\nSi vous ne l’attendiez pas, ${warn}.`,
      },
      { newId, now },
    )
    const help = await tellFirstHelp(
      context,
      person,
      'code remis de vive voix, pour enregistrer un second facteur',
      reason,
    )
    return {
      reply: { code: inWords(code), endsAt: endsAt.toISOString() },
      audit: [
        {
          action: 'second-factor.code-given',
          subject: ['account', accountId],
          detail: { endsAt: endsAt.toISOString(), mail, ...help },
        },
      ],
    }
  },
})
