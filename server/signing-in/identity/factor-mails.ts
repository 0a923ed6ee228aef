import type { PersonMail } from '../../notifications/tell.ts'

const why = 'ce qui protège votre compte vient de changer'
/** Whom to warn, true also of a structure that has no account manager. */
export const warn =
  'prévenez sans attendre le responsable de gestion de comptes (RGC) de votre structure ou, si elle n’en a pas, le correspondant sécurité de l’opérateur (CSSI)'
const alarm = `Si ce n’est pas vous, ${warn} : quelqu’un essaie peut-être d’entrer à votre place.`
const kinds = { totp: 'une application de codes', passkey: 'une clé d’accès' } as const

export const enrolledMail = (accountId: string, kind: keyof typeof kinds, label: string): PersonMail => ({
  kind: 'second-factor-enrolled',
  to: { accountId },
  subject: 'Un second facteur a été enregistré',
  why,
  path: '/mon-compte',
  text: `Un second facteur vient d’être enregistré sur votre compte : ${kinds[kind]}, sous le nom « ${label} ».\n\n${alarm}`,
})
export const removedMail = (accountId: string, kind: keyof typeof kinds, label: string): PersonMail => ({
  kind: 'second-factor-removed',
  to: { accountId },
  subject: 'Un second facteur a été retiré',
  why,
  path: '/mon-compte',
  text: `Un second facteur vient d’être retiré de votre compte : ${kinds[kind]}, sous le nom « ${label} ».\n\n${alarm}`,
})
export const codesReplacedMail = (accountId: string): PersonMail => ({
  kind: 'second-factor-codes-replaced',
  to: { accountId },
  subject: 'Vos codes de secours ont été remplacés',
  why,
  path: '/mon-compte',
  text: `De nouveaux codes de secours viennent d’être donnés pour votre compte ; les précédents ne servent plus.\n\n${alarm}`,
})
export const guessedMail = (accountId: string, inARow: number): PersonMail => ({
  kind: 'second-factor-guessed',
  to: { accountId },
  subject: 'Des codes faux ont été saisis pour votre compte',
  why: 'des codes faux ont été saisis pour votre compte',
  path: '/mon-compte',
  text: `${inARow} codes faux de suite ont été saisis pour votre compte, après votre premier facteur. Quelqu’un le connaît peut-être.\n\nSi ce n’est pas vous, changez votre mot de passe ou prévenez votre fournisseur d’identité, et ${warn}. Au-delà de cinquante, seule une clé d’accès ouvrira encore, ou la réinitialisation de votre second facteur.`,
})
