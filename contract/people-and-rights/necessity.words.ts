import { type MailKinds, managers, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'necessity/open-first': refusal(
    403,
    'Dossier à ouvrir',
    'Les accès d’un partenaire se lisent par exception : ouvrez le dossier de cette personne, avec votre motif. Sa structure en est prévenue.',
  ),
  'necessity/own-structure': refusal(
    403,
    'Votre propre structure',
    'Ces actes portent sur les comptes des partenaires. Pour un agent de votre structure, demandez à son responsable de gestion de comptes (RGC).',
  ),
  'necessity/manager-can': refusal(
    409,
    'Un RGC peut agir',
    'Un responsable de gestion de comptes (RGC) de cette structure peut le faire : demandez-le-lui. Pour un incident de sécurité, le correspondant sécurité de l’opérateur (CSSI) peut bloquer le compte.',
  ),
  'necessity/incident-needed': refusal(
    422,
    'Incident à nommer',
    'Donnez la référence de l’incident de sécurité, ou choisissez la nécessité.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'account.file-opened': 'a ouvert le dossier d’un compte d’un partenaire (acte exceptionnel)',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'necessity-act': [
    ...managers,
    'partenaire:signataire',
    'partenaire:gouvernance',
    'partenaire:responsable-operationnel',
    ...officers,
  ],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = { necessity: 'Acte exceptionnel' }
