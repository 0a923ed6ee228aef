import type { Notice, PersonMail } from '../../notifications/tell.ts'

/** Without names: mails pass through others' servers. */
export const toConfirmNotice = (
  of: { grantOf: string } | { accounts: readonly string[] } | { openedAndGranted: string },
): Notice => ({
  kind: 'confirmation-waiting',
  path: '/habilitations/confirmations',
  ...('openedAndGranted' in of
    ? {
        subject: 'Un compte attend votre confirmation',
        about: ['account', of.openedAndGranted],
        text: 'Le même responsable de gestion de comptes (RGC) vient d’ouvrir un compte et de lui donner une habilitation. Le compte n’ouvre rien tant qu’un autre RGC, ou le signataire, ne l’a pas confirmé.',
      }
    : 'grantOf' in of
      ? {
          subject: 'Une habilitation attend votre confirmation',
          about: ['account', of.grantOf],
          text: 'Une habilitation vient d’être donnée, qui porte une personne à une région, à la France entière ou à plus de deux départements en tout. Elle n’ouvre rien tant qu’une seconde personne de votre structure ne l’a pas confirmée.',
        }
      : {
          subject:
            of.accounts.length > 1 ? 'Des comptes attendent votre confirmation' : 'Un compte attend votre confirmation',
          about: ['account', of.accounts[0]!],
          text: `${of.accounts.length > 1 ? `${of.accounts.length} comptes viennent d’être ouverts` : 'Un compte vient d’être ouvert'} avec une adresse électronique dont le domaine n’était pas connu dans votre structure. ${of.accounts.length > 1 ? 'Ils n’ouvrent' : 'Il n’ouvre'} rien tant qu’une seconde personne de votre structure ne ${of.accounts.length > 1 ? 'les a pas confirmés' : 'l’a pas confirmé'}.`,
        }),
})
/** Nobody else manages the accounts of the structure: what one did alone is told, and may be contested. */
export const openedAloneNotice = (accountId: string, organisation: string): Notice => ({
  kind: 'account-opened-and-granted',
  subject: 'Un compte est ouvert et habilité par une seule personne',
  path: { partenaire: '/habilitations/confirmations', operateur: '/securite' },
  about: ['account', accountId],
  text: `Dans la structure ${organisation}, le seul responsable de gestion de comptes (RGC) vient d’ouvrir un compte et de lui donner une première habilitation, qui a effet aussitôt.\n\nLe signataire qui ne connaît pas cette personne refuse le compte depuis « À confirmer » : il est suspendu aussitôt. Le correspondant sécurité (CSSI) peut le bloquer.`,
})
const what = {
  'opened-and-granted': 'Un compte que la même personne avait ouvert et habilité',
  'wide-perimeter': 'Une habilitation sur une région, sur la France entière ou sur plus de deux départements en tout',
  'unknown-domain': 'Un compte dont l’adresse électronique n’était pas d’un domaine connu',
} as const
const accountOutcomes = {
  confirmed: 'est confirmé par une seconde personne de la structure',
  refused: 'n’est pas confirmé par une seconde personne de la structure : il est suspendu',
}
const outcomes = {
  'opened-and-granted': accountOutcomes,
  'wide-perimeter': {
    confirmed: 'est confirmée par une seconde personne de la structure',
    refused: 'n’est pas confirmée par une seconde personne de la structure : elle prend fin',
  },
  'unknown-domain': accountOutcomes,
} as const
export const settledMail = (
  accountId: string,
  about: string,
  why: keyof typeof what,
  outcome: 'confirmed' | 'refused',
  reason: string,
): PersonMail => ({
  kind: 'confirmation-settled',
  to: { accountId },
  about: ['account', about],
  path: '/',
  why: 'cette habilitation ou ce compte vous concerne, ou vous l’avez décidé',
  subject: outcome === 'confirmed' ? 'Une confirmation est donnée' : 'Une confirmation est refusée',
  text: `${what[why]} ${outcomes[why][outcome]}.\n\nMotif : ${reason}`,
})
