import type { MailKinds } from '../../mail-roles.ts'
import { type Refusals, refusal } from '../../refusal.ts'

export const refusals = {
  'satisfaction/need-open': refusal(
    409,
    'Besoin encore ouvert',
    'L’avis de l’employeur se demande une fois le besoin clos : il n’y a rien à écarter.',
  ),
  'satisfaction/settled': refusal(
    409,
    'Déjà décidé',
    'L’avis de l’employeur vient d’être demandé, ou quelqu’un l’a déjà écarté : relisez le besoin.',
  ),
  'satisfaction/link-unknown': refusal(
    404,
    'Lien inconnu',
    'Ce lien est incomplet, ou date de plus de quatre-vingt-dix jours : copiez-le entier depuis le message reçu.',
  ),
  'satisfaction/link-over': refusal(
    409,
    'Lien qui ne sert plus',
    'Une réponse a déjà été donnée par ce lien, il date de plus de trente jours, ou vous avez demandé à ne plus être interrogé.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'satisfaction.asked': 'a demandé son avis à l’employeur d’un besoin clos',
  'satisfaction.not-asked': 'n’a pas demandé son avis à l’employeur d’un besoin clos',
  'satisfaction.answered': 'a reçu l’avis de l’employeur d’un besoin',
  'satisfaction.refused': 'a noté que l’employeur d’un besoin ne veut plus être interrogé',
  'satisfaction.withheld': 'a choisi de ne pas demander son avis à l’employeur d’un besoin',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = { 'satisfaction-asked': 'person' } as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = { satisfaction: 'Avis demandé à un employeur' }
