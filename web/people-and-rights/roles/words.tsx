import type { listOperatorRoles, OperatorRole } from '../../../contract/people-and-rights/roles.ts'
import type { Reply } from '../../../contract/route.ts'
import { noticeRoleWords } from '../../../contract/words.ts'
import { Badge } from '../../ui/index.ts'

export type Shown = Reply<typeof listOperatorRoles>['items'][number]
/** A line of the table: of the operator, or of a partner. */
export type HeldRole = Omit<Shown, 'role' | 'allowed' | 'leftOn'> & {
  readonly leftOn?: Shown['leftOn']
  readonly role: keyof typeof noticeRoleWords
  readonly allowed: readonly 'end'[]
}

export const states = {
  'in-effect': <Badge tone="success">en cours</Badge>,
  'to-come': <Badge tone="info">à venir</Badge>,
  asleep: <Badge tone="warning">en sommeil</Badge>,
  over: <Badge>terminé</Badge>,
} as const

/** What each opens, said where it is chosen. */
export const opens: Readonly<Record<OperatorRole, string>> = {
  signataire:
    'Signe les conventions et les avenants de l’opérateur : de toutes les régions, ou de celle de sa direction régionale.',
  cssi: 'Répond aux actes d’engagement, demande une révocation, bloque et lève, suit les anomalies, les revues et les conventions : de tous les partenaires, ou de ceux de sa région.',
  'direction-regionale': 'Rédige et suit les conventions de sa région, et reçoit leurs courriels.',
  support: 'Tient l’état des outils et répond aux partenaires.',
  dpd: 'Reçoit ce qui touche aux données personnelles.',
  rssi: 'Reçoit ce qui touche à la sécurité.',
  administrateur: 'Publie les textes et les outils, fixe les moyens de connexion, donne les rôles.',
}

/** « Correspondant sécurité (CSSI), Nouvelle-Aquitaine ». */
export const roleInWords = ({ role, region }: Pick<HeldRole, 'role' | 'region'>): string =>
  `${noticeRoleWords[role]}${region ? `, ${region.name}` : ''}`
