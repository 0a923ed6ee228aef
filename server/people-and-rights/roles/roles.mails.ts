import { noticeRoleWords } from '../../../contract/words.ts'
import type { Notice, PersonMail } from '../../notifications/tell.ts'

export interface Said {
  readonly role: keyof typeof noticeRoleWords
  readonly region: string | null
  readonly reason: string
}
const named = ({ role, region }: Said) =>
  `« ${noticeRoleWords[role]} »${region === null ? '' : `, pour la région ${region}`}`
const endings = {
  given: (said: Said, when: string) => `Le rôle ${named(said)}, vous est donné ${when}.`,
  ended: (said: Said) => `Le rôle ${named(said)}, ne vous est plus confié : il a pris fin.`,
}
/** To the person, in plain words. `when`: « dès maintenant », « du … au … ». */
export const roleMail = (accountId: string, change: 'given' | 'ended', said: Said, when: string): PersonMail => ({
  kind: change === 'given' ? 'role-given' : 'role-ended',
  to: { accountId },
  about: ['account', accountId],
  path: '/',
  why: 'ce rôle vous concerne',
  subject: change === 'given' ? 'Un rôle vous est donné' : 'Un de vos rôles a pris fin',
  text: `${endings[change](said, when)}\n\nMotif : ${said.reason}`,
})
const acts = {
  given: 'de donner à un agent de l’opérateur',
  ended: 'de mettre fin, pour un agent de l’opérateur, à',
} as const
/** Without names: mails pass through others' servers. `by`: from the screens, or the command line. */
export const roleNotice = (
  accountId: string,
  change: 'given' | 'ended',
  said: Said,
  by: 'screen' | 'command',
): Notice => ({
  kind: 'role-changed',
  about: ['account', accountId],
  path: { operateur: '/administration/roles' },
  subject: change === 'given' ? 'Un rôle de l’opérateur est donné' : 'Un rôle de l’opérateur a pris fin',
  text: `${by === 'screen' ? 'Un administrateur' : 'L’exploitant du service, depuis le serveur,'} vient ${acts[change]} le rôle ${named(said)}.\n\nMotif : ${said.reason}\n\nSi ce changement n’est pas attendu, prévenez aussitôt les autres administrateurs.`,
})
