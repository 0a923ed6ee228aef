import { type MailKinds, parties } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'disagreement/file-only': refusal(
    403,
    'Réservé à ceux qui répondent de la convention',
    'Le signataire, les responsables, les RGC, le correspondant SI, le DPD et le RSSI de la structure lisent les différends, et l’opérateur avec eux.',
  ),
  'disagreement/wrong-state': refusal(
    409,
    'Étape impossible',
    'Le différend n’est pas dans l’état qui permet cela : quelqu’un l’a peut-être fait avancer. Relisez-le.',
  ),
  'disagreement/before-it-arose': refusal(
    422,
    'Date à vérifier',
    'Ce qui se passe d’un différend ne peut pas être antérieur au jour où il est né.',
  ),
  'disagreement/no-attempt': refusal(
    409,
    'Tentative amiable attendue',
    'L’article 11 demande de chercher d’abord un accord amiable : notez au moins une tentative avant de dire qu’elle a échoué.',
  ),
  'disagreement/opener-only': refusal(
    403,
    'Réservé à la partie qui l’a ouvert',
    'Seule la partie qui a ouvert le différend y renonce : demandez-le-lui, ou notez un accord.',
  ),
  'disagreement/manner-required': refusal(
    422,
    'Tentative à préciser',
    'D’une tentative amiable, et d’elle seule, dites si c’était une réunion, un échange écrit ou une médiation.',
  ),
  'disagreement/court-required': refusal(
    422,
    'Tribunal attendu',
    'Quand l’accord amiable échoue, et alors seulement, dites quel tribunal est compétent.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'disagreement.opened': 'a ouvert un différend sur une convention',
  'disagreement.attempt': 'a noté une tentative amiable sur un différend',
  'disagreement.settle': 'a noté l’accord qui clôt un différend',
  'disagreement.fail': 'a noté l’échec de l’accord amiable et le tribunal compétent',
  'disagreement.decide': 'a noté la décision du tribunal sur un différend',
  'disagreement.withdraw': 'a renoncé à un différend',
  'disagreement.reopen': 'a rouvert un différend',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'disagreement-opened': parties,
  'disagreement-step': parties,
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  disagreement: 'Différend sur une convention',
}
