import type { Notice, PersonMail } from '../../notifications/tell.ts'
import { holder } from '../accounts/accounts.mails.ts'

const page = { partenaire: '/habilitations/liberations', operateur: '/securite/liberations' } as const

/** To the former structure and the security officer, without the name of who asks. */
export const askedNotice = (releaseId: string): Notice => ({
  kind: 'release-asked',
  subject: 'La libération d’une adresse est demandée',
  path: page,
  about: ['address-release', releaseId],
  text: 'Une autre structure demande l’adresse électronique d’un compte : elle dit que la personne travaille désormais chez elle.\n\nSi la personne a quitté votre structure, enregistrez son départ : l’adresse est libre aussitôt. Si elle y travaille toujours, répondez-le dans les trois jours. Ensuite, le correspondant sécurité de l’opérateur (CSSI) décide, avec votre réponse ou sans elle : s’il libère l’adresse, le compte prend fin comme à un départ.',
})
/** To the person, at the address itself: they know best where they work. */
export const toldMail = (accountId: string, releaseId: string): PersonMail => ({
  kind: 'release-told',
  to: { accountId },
  subject: 'Une autre structure demande votre adresse',
  why: holder,
  path: '/mon-compte',
  about: ['address-release', releaseId],
  text: 'Une autre structure demande à ouvrir un compte avec votre adresse électronique : elle dit que vous travaillez désormais chez elle. Si c’est le cas, il n’y a rien à faire.\n\nSi vous travaillez toujours dans la structure de votre compte, dites-le sans attendre à son responsable de gestion de comptes (RGC), ou au correspondant sécurité de l’opérateur (CSSI) : sans réponse dans les trois jours, votre compte peut prendre fin.',
})
export const contestedNotice = (releaseId: string): Notice => ({
  kind: 'release-contested',
  subject: 'La libération d’une adresse est contestée',
  path: page,
  about: ['address-release', releaseId],
  text: 'L’ancienne structure répond que la personne y travaille toujours. Lisez sa réponse, puis décidez : libérer l’adresse ou refuser.',
})
export const grantedNotice = (accountId: string, reason: string): Notice => ({
  kind: 'release-granted',
  subject: 'Une adresse est libérée : un compte de votre structure prend fin',
  path: { partenaire: `/habilitations/personnes/${accountId}`, operateur: '/journal' },
  about: ['account', accountId],
  text: `Par exception, le correspondant sécurité de l’opérateur (CSSI) a libéré l’adresse d’un compte de votre structure : le compte prend fin comme à un départ. Ses habilitations et ses sessions sont closes.\n\nMotif : ${reason}\n\nReprenez le travail de cette personne dans « Reprendre le travail ». Si c’est une erreur, un responsable de gestion de comptes (RGC) annule ce départ dans les trente jours depuis la page du compte, tant qu’aucun autre compte n’a cette adresse. L’acte est marqué comme exceptionnel dans le journal.`,
})
const answers = {
  released: {
    subject: 'L’adresse que vous demandiez est libre',
    text: 'Le compte qui avait cette adresse a pris fin : vous pouvez créer le vôtre. S’il est encore refusé, un second compte a cette adresse, et votre autre demande attend sa réponse.',
  },
  freed: {
    subject: 'L’adresse que vous demandiez est libre',
    text: 'Le compte qui avait cette adresse ne l’a plus : vous pouvez créer le vôtre. S’il est encore refusé, un second compte a cette adresse, et votre autre demande attend sa réponse.',
  },
  refused: {
    subject: 'La libération d’une adresse est refusée',
    text: 'Le correspondant sécurité de l’opérateur (CSSI) refuse de libérer l’adresse que vous demandiez.',
  },
} as const
/** To who asked. */
export const answeredMail = (
  to: string,
  releaseId: string,
  outcome: keyof typeof answers,
  reason: string | null,
): PersonMail => ({
  kind: 'release-answered',
  to: { accountId: to },
  subject: answers[outcome].subject,
  why: 'vous avez demandé cette libération',
  path: '/habilitations/liberations',
  about: ['address-release', releaseId],
  text: `${answers[outcome].text}${reason === null ? '' : `\n\nMotif : ${reason}`}`,
})
