import { tellPerson } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { warn } from '../identity/factor-mails.ts'
import { decideLink } from './sign-in-help.queries.ts'

/** Answers a link that waits, for whoever may: a mail tells the person whose account it is (IDN-1). */
export const decidedLink = async (
  accountId: string,
  linkId: string,
  decision: 'confirmed' | 'refused',
  { db, newId, now, viewer }: Pick<Context, 'db' | 'newId' | 'now' | 'viewer'>,
): Promise<Entry> => {
  const confirmed = decision === 'confirmed'
  const link = await decideLink(db, linkId, accountId, confirmed)
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
  return {
    action: confirmed ? 'account.link-confirmed' : 'account.link-refused',
    subject: ['account', accountId],
    detail: { link: linkId, ...link, mail },
  }
}
