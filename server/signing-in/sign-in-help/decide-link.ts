import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { warn } from '../identity/factor-mails.ts'
import { firstReason, tellFirstHelp } from './first-help.ts'
import { mayHelp } from './sign-in-help.policy.ts'
import { decideLink as decide, findPersonToHelp } from './sign-in-help.queries.ts'

/**
 * The viewer says whether the person at ProConnect holds this account (IDN-1). Once confirmed, that identity opens it.
 */
export const decideLink = action(contract.decideLink, {
  load: async ({ params }, { db }) => found(await findPersonToHelp(db, params.accountId)),
  may: (viewer, person) => {
    const may = mayHelp(viewer, person)
    return may === true && person.status !== 'active' ? 'recovery/not-active' : may
  },
  run: async (person, { params, body }, context) => {
    const { db, newId, now, viewer } = context
    const { accountId } = person
    const confirmed = body.decision === 'confirmed'
    const reason = firstReason(viewer, person, body.reason)
    const link = await decide(db, params.linkId, accountId, confirmed)
    if (!link) throw new Refused('recovery/link-decided')
    const mail = await tellPerson(
      db,
      {
        kind: 'account-link-decided',
        to: { accountId },
        subject: confirmed ? 'Votre connexion est confirmée' : 'Une connexion a été refusée',
        why: 'quelqu’un s’est présenté par ProConnect avec votre adresse',
        path: '/connexion',
        text: `${viewer.givenName} ${viewer.familyName} (${viewer.organisationName}) vient de ${confirmed ? 'confirmer que vous vous êtes présenté par ProConnect : vous pouvez entrer' : 'refuser qu’une identité ProConnect soit rattachée à votre compte'}.\n\nSi ce n’était pas vous, ${warn}.`,
      },
      { newId, now },
    )
    const help = await tellFirstHelp(context, person, confirmed ? 'connexion confirmée' : 'connexion refusée', reason)
    return {
      reply: { decision: body.decision },
      audit: [
        {
          action: confirmed ? 'account.link-confirmed' : 'account.link-refused',
          subject: ['account', accountId],
          detail: { link: params.linkId, ...link, mail, ...help },
        },
      ],
    }
  },
})
