import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'annex/tool-twice': refusal(422, 'Outil en double', 'Chaque outil ne figure qu’une fois dans l’annexe 4.'),
  'access-request/designated-only': refusal(
    403,
    'Réservé à la personne désignée',
    'Seule la personne que votre structure a désignée peut demander l’accès à la plateforme. Le signataire de votre structure la désigne.',
  ),
  'access-request/signatory-only': refusal(
    403,
    'Réservé au signataire',
    'Seul le signataire de la structure désigne la personne qui demande l’accès à la plateforme.',
  ),
  'access-request/pending': refusal(409, 'Demande en cours', 'Une demande de votre structure attend déjà une réponse.'),
  'access-request/already-decided': refusal(
    409,
    'Demande déjà traitée',
    'Une réponse a déjà été donnée à cette demande.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'access-requester.designated': 'a désigné qui peut demander des accès',
  'access.requested': 'a demandé un accès',
  'access.decided': 'a répondu à une demande d’accès',
  'annex-4.published': 'a publié une version de l’annexe 4',
  'tool.state-recorded': 'a signalé l’état d’un outil',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'access-request': 'Demande d’accès',
  'annex-4': 'Annexe 4',
  tool: 'Outil',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'access-request-decided': 'person',
  'access-requested': ['operateur:administrateur'],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  access: 'Demande d’accès au service',
}
