import { type MailKinds, managers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'annex/tool-twice': refusal(422, 'Outil en double', 'Chaque outil ne figure qu’une fois dans l’annexe 4.'),
  'annex/withdrawal-unconfirmed': refusal(
    409,
    'Retrait à confirmer',
    'Cette version retire un outil, et met fin à ses habilitations partout en France : confirmez ce retrait.',
  ),
  'annex/category-of-another-tool': refusal(
    422,
    'Catégorie d’un autre outil',
    'Une catégorie de données s’ouvre avec l’outil auquel elle appartient : cochez-la sous cet outil.',
  ),
  'annex/closing-unconfirmed': refusal(
    409,
    'Fermeture à confirmer',
    'Cette version ferme une catégorie de données, partout en France : confirmez cette fermeture.',
  ),
  'annex/cancel-too-late': refusal(
    409,
    'Trop tard pour annuler',
    'Une version de l’annexe 4 s’annule jusqu’à un jour après sa prise d’effet. Publiez une nouvelle version.',
  ),
  'annex/not-last': refusal(
    409,
    'Une version suit',
    'Une version plus récente suit celle-ci : annulez-la d’abord, ou publiez une nouvelle version.',
  ),
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
  'annex-4.cancelled': 'a annulé une version de l’annexe 4',
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
  'access-requester-named': 'person',
  'access-requested': ['operateur:administrateur'],
  'access-accepted': [...managers, 'partenaire:signataire', 'operateur:direction-regionale'],
  'annex-4-changed': ['partenaire:gouvernance', 'partenaire:signataire', ...managers],
  'annex-4-to-come': ['partenaire:gouvernance', 'partenaire:signataire', ...managers],
  'tool-closing': 'person',
  'tool-stays': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  access: 'Demande d’accès au service',
  annex: 'Annexe 4 de la convention',
  tool: 'Outils communs',
}
