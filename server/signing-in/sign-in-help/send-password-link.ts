import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { warn } from '../identity/factor-mails.ts'
import { handoverHash, inWords, newHandoverCode } from '../identity/handover-code.ts'
import { digest, newToken } from '../identity/session-token.ts'
import { passwordLinkHours } from '../passwords/passwords.queries.ts'
import { firstReason, tellFirstHelp } from './first-help.ts'
import { mayHelp } from './sign-in-help.policy.ts'
import { findPersonToHelp, makePasswordLink } from './sign-in-help.queries.ts'

/**
 * The asker never sees the link: it goes to the person's own address, in the text of the mail alone.
 * Its code goes the other way, by voice, and is in no mail. A stranger in the mailbox opens nothing.
 */
export const sendPasswordLink = action(contract.sendPasswordLink, {
  load: async ({ params }, { db }) => found(await findPersonToHelp(db, params.accountId)),
  may: (viewer, person) => {
    const may = mayHelp(viewer, person)
    return may === true && !(person.passwordAllowed && person.status === 'active') ? 'password/not-open' : may
  },
  run: async (person, { body }, context) => {
    const { db, newId, now, viewer, settings } = context
    const { accountId, hasPassword } = person
    const reason = firstReason(viewer, person, body.reason)
    const [id, token, code, endsAt] = [
      newId(),
      newToken(),
      newHandoverCode(),
      new Date(now.getTime() + passwordLinkHours * 3_600_000),
    ]
    if (
      !(await makePasswordLink(db, {
        id,
        accountId,
        tokenHash: digest(token),
        endsAt,
        codeHash: handoverHash(settings.identity.keys, accountId, code),
      }))
    )
      throw new Refused('recovery/manager-only')
    const mail = await tellPerson(
      db,
      {
        kind: 'password-link',
        to: { accountId },
        subject: 'Choisir votre mot de passe',
        why: `${reason === null ? 'le responsable de gestion de comptes de votre structure' : 'l’opérateur'} vous envoie un lien pour choisir votre mot de passe`,
        text: `Voici le lien pour choisir ${hasPassword ? 'un nouveau mot de passe' : 'votre mot de passe'}. Il sert une fois, dans les ${passwordLinkHours} heures, avec le code qui vous est remis de vive voix :\n\n${settings.identity.publicUrl}/connexion/choisir-mot-de-passe#${token}\n\nSi vous ne l’attendiez pas, n’ouvrez pas ce lien et ${warn}.`,
      },
      { newId, now },
    )
    const help = await tellFirstHelp(context, person, 'lien envoyé, pour choisir un mot de passe', reason)
    return {
      reply: { code: inWords(code), endsAt: endsAt.toISOString() },
      audit: [
        {
          action: 'password.link-made',
          subject: ['account', accountId],
          detail: { link: id, first: !hasPassword, mail, ...help },
        },
      ],
    }
  },
})
