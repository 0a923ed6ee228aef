import type { Profile, Tool } from '../../../contract/route.ts'
import { profileWords, toolWords } from '../../../contract/words.ts'
import type { PersonMail as Mail, Notice } from '../../notifications/tell.ts'
import { dayInFigures } from '../../platform/french.ts'
import { holder } from '../accounts/accounts.mails.ts'
import type { Asked } from '../confirmations/confirmations.queries.ts'

interface Given {
  readonly tool: Tool
  readonly profile: Profile
  readonly startsOn: string
  readonly endsOn: string | null
  readonly reason: string
}
const inWords = ({ tool, profile, startsOn, endsOn, reason }: Given) =>
  `Outil : ${toolWords[tool]}.\nProfil : ${profileWords[profile]}.\nÀ partir du ${dayInFigures(startsOn)}${endsOn ? `, jusqu’au ${dayInFigures(endsOn)}` : ', sans date de fin'}.\nMotif : ${reason}`
const waitsToo = (why: Asked['why'] | null) =>
  why === null
    ? ''
    : why === 'opened-and-granted'
      ? '\n\nLe même responsable de gestion de comptes (RGC) a ouvert votre compte et l’a habilité : elle n’ouvre rien tant qu’une seconde personne de votre structure n’a pas confirmé votre compte.'
      : '\n\nElle porte, seule ou avec vos autres habilitations, sur une région, sur la France entière ou sur plus de deux départements : elle n’ouvre rien tant qu’une seconde personne de votre structure ne l’a pas confirmée.'
export const grantedMail = (accountId: string, grant: Given, beyond: boolean, waits: Asked['why'] | null): Mail => ({
  kind: 'grant-given',
  to: { accountId },
  subject: 'Une habilitation vous est donnée',
  why: holder,
  path: '/mon-compte',
  about: ['account', accountId],
  text: `Une habilitation vous est donnée.\n\n${inWords(grant)}${beyond ? '\n\nElle va au-delà de ce que votre fonction demande d’ordinaire : elle est signalée au RGC et au correspondant sécurité de l’opérateur.' : ''}${waitsToo(waits)}`,
})
export const changedMail = (accountId: string, grant: Given, waits: Asked['why'] | null): Mail => ({
  kind: 'grant-changed',
  to: { accountId },
  subject: 'Une de vos habilitations change',
  why: holder,
  path: '/mon-compte',
  about: ['account', accountId],
  text: `Une de vos habilitations change ; elle devient :\n\n${inWords(grant)}${waitsToo(waits)}`,
})
export const endedMail = (accountId: string, tool: Tool, reason: string): Mail => ({
  kind: 'grant-ended',
  to: { accountId },
  subject: 'Une de vos habilitations prend fin',
  why: holder,
  path: '/mon-compte',
  about: ['account', accountId],
  text: `Votre habilitation à l’outil ${toolWords[tool]} prend fin aussitôt.\n\nMotif : ${reason}`,
})
export const suspendedMail = (accountId: string, tool: Tool, reason: string): Mail => ({
  ...endedMail(accountId, tool, reason),
  kind: 'grant-suspended',
  subject: 'Une de vos habilitations est suspendue',
  text: `Votre habilitation à l’outil ${toolWords[tool]} est suspendue aussitôt. Le responsable de gestion de comptes (RGC) de votre structure peut la rétablir.\n\nMotif : ${reason}`,
})
/** Without the person's name: mails pass through others' servers. */
export const excessNotice = (accountId: string, organisation: string, grant: Given): Notice => ({
  kind: 'grant-beyond-function',
  subject: 'Une habilitation dépasse la fonction de son titulaire',
  path: { partenaire: `/habilitations/personnes/${accountId}`, operateur: '/' },
  about: ['account', accountId],
  text: `Une habilitation donnée dans la structure ${organisation} va au-delà de ce que la fonction de la personne demande d’ordinaire.\n\n${inWords(grant)}`,
})
const asked = ({ tool, profile }: { tool: Tool; profile: Profile }) =>
  `outil ${toolWords[tool]}, profil ${profileWords[profile]}`
/** An account manager decides; of an account manager who has no other beside them, the signatory (ACC-4). */
export const askedNotice = (
  requestId: string,
  request: { tool: Tool; profile: Profile },
  bySignatory: boolean,
): Notice => ({
  kind: bySignatory ? 'grant-asked-of-signatory' : 'grant-asked',
  subject: 'Une demande d’habilitation attend votre décision',
  path: '/habilitations/demandes',
  about: ['grant-request', requestId],
  text: `Une demande d’habilitation vient d’être faite : ${asked(request)}.\n\nElle attend votre décision.`,
})
export const decidedMail = (
  accountId: string,
  request: { id: string; tool: Tool; profile: Profile },
  decision: 'accepted' | 'refused',
  reason: string,
): Mail => ({
  kind: 'grant-request-decided',
  to: { accountId },
  subject:
    decision === 'accepted' ? 'Une demande d’habilitation est acceptée' : 'Une demande d’habilitation est refusée',
  why: 'vous avez fait cette demande, ou elle a été faite pour vous',
  path: '/demander-un-acces',
  about: ['grant-request', request.id],
  text: `La demande d’habilitation (${asked(request)}) est ${decision === 'accepted' ? 'acceptée' : 'refusée'}.\n\nMotif de la décision : ${reason}`,
})
