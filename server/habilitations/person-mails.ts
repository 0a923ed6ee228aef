import type { Profile, Tool } from '../../contract/route.ts'
import type { Mail } from '../notifications/queue-mail.ts'

export const toolWords: Record<Tool, string> = { campagnes: 'Campagnes coordonnées', 'fiche-etablissement': 'Fiche établissement', 'fiche-recrutement': 'Fiche recrutement' }
export const profileWords: Record<Profile, string> = { consultation: 'consultation', conseiller: 'conseiller', responsable: 'responsable', pilote: 'pilote' }
const holder = 'vous avez un compte dans ce service, tenu par le responsable de gestion de comptes (RGC) de votre structure'
const manager = 'vous gérez les comptes de votre structure (RGC)'
const officer = 'vous veillez à la sécurité pour l’opérateur (CSSI)'
const frenchDay = (day: string) => day.split('-').toReversed().join('/')

interface Given { readonly tool: Tool; readonly profile: Profile; readonly startsOn: string; readonly endsOn: string | null; readonly reason: string }
const inWords = ({ tool, profile, startsOn, endsOn, reason }: Given) =>
  `Outil : ${toolWords[tool]}.\nProfil : ${profileWords[profile]}.\nÀ partir du ${frenchDay(startsOn)}${endsOn ? `, jusqu’au ${frenchDay(endsOn)}` : ', sans date de fin'}.\nMotif : ${reason}`

export const welcomeMail = (accountId: string, organisation: string): Mail => ({
  kind: 'account-opened', to: { accountId }, subject: 'Votre compte est ouvert', why: holder, path: '/', about: ['account', accountId],
  text: `Un compte vous est ouvert dans le service, au titre de ${organisation}.\n\nConnectez-vous par ProConnect avec cette adresse, puis acceptez les conditions d’utilisation. Un outil s’ouvre une fois qu’une habilitation vous est donnée : vous pouvez la demander dans « Mes droits ».`,
})
export const grantedMail = (accountId: string, grant: Given, beyond: boolean): Mail => ({
  kind: 'grant-given', to: { accountId }, subject: 'Une habilitation vous est donnée', why: holder, path: '/mon-compte', about: ['account', accountId],
  text: `Une habilitation vous est donnée.\n\n${inWords(grant)}${beyond ? '\n\nElle va au-delà de ce que votre fonction demande d’ordinaire : elle est signalée au RGC et au correspondant sécurité de l’opérateur.' : ''}`,
})
export const changedMail = (accountId: string, grant: Given): Mail => ({
  kind: 'grant-changed', to: { accountId }, subject: 'Une de vos habilitations change', why: holder, path: '/mon-compte', about: ['account', accountId], text: `Une de vos habilitations change ; elle devient :\n\n${inWords(grant)}`,
})
export const endedMail = (accountId: string, tool: Tool, reason: string): Mail => ({
  kind: 'grant-ended', to: { accountId }, subject: 'Une de vos habilitations prend fin', why: holder, path: '/mon-compte', about: ['account', accountId],
  text: `Votre habilitation à l’outil ${toolWords[tool]} prend fin aussitôt.\n\nMotif : ${reason}`,
})
export const statusMail = (accountId: string, status: 'active' | 'suspended', reason: string): Mail => ({
  kind: status === 'suspended' ? 'account-suspended' : 'account-resumed', to: { accountId }, subject: status === 'suspended' ? 'Votre compte est suspendu' : 'Votre compte est rétabli', why: holder, about: ['account', accountId],
  text: `${status === 'suspended' ? 'Votre compte est suspendu : vos sessions sont closes et vos habilitations n’ouvrent rien jusqu’à ce qu’il soit rétabli.' : 'Votre compte est rétabli : vos habilitations reprennent.'}\n\nMotif : ${reason}`,
})
/** Without the person's name: mails pass through others' servers. */
export const excessMail = (to: { id: string; officer: boolean }, accountId: string, organisation: string, grant: Given): Mail => ({
  kind: 'grant-beyond-function', to: { accountId: to.id }, subject: 'Une habilitation dépasse la fonction de son titulaire', why: to.officer ? officer : manager, path: to.officer ? '/' : `/habilitations/personnes/${accountId}`, about: ['account', accountId],
  text: `Une habilitation donnée dans la structure ${organisation} va au-delà de ce que la fonction de la personne demande d’ordinaire.\n\n${inWords(grant)}`,
})
