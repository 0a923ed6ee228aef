import { tellPerson } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { warn } from '../identity/factor-mails.ts'
import { handoverHash, inWords, newHandoverCode } from '../identity/handover-code.ts'
import { digest, newToken } from '../identity/session-token.ts'
import { passwordLinkHours } from '../passwords/passwords.queries.ts'
import { makePasswordLink, type PersonToHelp } from './sign-in-help.queries.ts'

/**
 * The asker never sees the link: it goes to the person's own address, in the text of the mail alone.
 * Its code goes the other way, by voice, and is in no mail. A stranger in the mailbox opens nothing.
 */
export const passwordLinkFor = async (
  { accountId, hasPassword }: Pick<PersonToHelp, 'accountId' | 'hasPassword'>,
  sender: string,
  { db, newId, now, settings }: Pick<Context, 'db' | 'newId' | 'now' | 'settings'>,
): Promise<{ reply: { code: string; endsAt: string }; entry: Entry }> => {
  const [id, token, code, endsAt] = [
    newId(),
    newToken(),
    newHandoverCode(),
    new Date(now.getTime() + passwordLinkHours * 3_600_000),
  ]
  const codeHash = handoverHash(settings.identity.keys, accountId, code)
  if (!(await makePasswordLink(db, { id, accountId, tokenHash: digest(token), endsAt, codeHash })))
    throw new Refused('recovery/manager-only')
  const mail = await tellPerson(
    db,
    {
      kind: 'password-link',
      to: { accountId },
      subject: 'Choisir votre mot de passe',
      why: `${sender} vous envoie un lien pour choisir votre mot de passe`,
      text: `Voici le lien pour choisir ${hasPassword ? 'un nouveau mot de passe' : 'votre mot de passe'}. Il sert une fois, dans les ${passwordLinkHours} heures, avec le code qui vous est remis de vive voix :\n\n${settings.identity.publicUrl}/connexion/choisir-mot-de-passe#${token}\n\nSi vous ne l’attendiez pas, n’ouvrez pas ce lien et ${warn}.`,
    },
    { newId, now },
  )
  return {
    reply: { code: inWords(code), endsAt: endsAt.toISOString() },
    entry: {
      action: 'password.link-made',
      subject: ['account', accountId],
      detail: { link: id, first: !hasPassword, mail },
    },
  }
}
