import type { Notice, PersonMail } from '../../notifications/tell.ts'

/** Without names: mails pass through others' servers. */
export const toConfirmNotice = (of: { grantOf: string } | { accounts: readonly string[] }): Notice => ({
  kind: 'confirmation-waiting',
  path: '/habilitations/confirmations',
  ...('grantOf' in of
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
const what = {
  'wide-perimeter': 'Une habilitation sur une région, sur la France entière ou sur plus de deux départements en tout',
  'unknown-domain': 'Un compte dont l’adresse électronique n’était pas d’un domaine connu',
} as const
const outcomes = {
  'wide-perimeter': {
    confirmed: 'est confirmée par une seconde personne de la structure',
    refused: 'n’est pas confirmée par une seconde personne de la structure : elle prend fin',
  },
  'unknown-domain': {
    confirmed: 'est confirmé par une seconde personne de la structure',
    refused: 'n’est pas confirmé par une seconde personne de la structure : il est suspendu',
  },
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
