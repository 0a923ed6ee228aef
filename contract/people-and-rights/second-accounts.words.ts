import { type MailKinds, managers, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'second-account/asked': refusal(
    409,
    'Second compte déjà demandé',
    'Votre structure l’a déjà demandé à cette personne : sa réponse vous sera signalée par courriel.',
  ),
  'second-account/shared': refusal(
    409,
    'Pas de second compte pour cette adresse',
    'Une adresse ouvre deux comptes au plus. Si la personne a quitté une autre structure, demandez la libération de l’adresse.',
  ),
  'second-account/not-yours': refusal(
    403,
    'Pas à vous d’y répondre',
    'La personne accepte ou refuse, dans une session du compte qui a cette adresse ; un RGC de la structure qui a demandé annule.',
  ),
  'second-account/settled': refusal(
    409,
    'N’attend plus',
    'Cette demande n’attend plus : elle a sa réponse, a trente jours, ou cette adresse a déjà deux structures.',
  ),
  'second-account/both-sides': refusal(
    409,
    'Rôle tenu dans une autre structure',
    'Cette personne tient déjà, dans une autre structure, un rôle de RGC, de signataire ou de correspondant sécurité (CSSI) : personne ne décide des deux côtés. Désignez quelqu’un d’autre.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'second-account.asked': 'a demandé à une personne d’accepter un second compte',
  'second-account.accepted': 'a accepté d’avoir un compte dans une seconde structure',
  'second-account.refused': 'a refusé d’avoir un compte dans une seconde structure',
  'second-account.withdrawn': 'a annulé sa demande de second compte',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = { 'second-account': 'Second compte' }

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'pair-asked': 'person',
  'pair-answered': 'person',
  'pair-accepted': [...managers, ...officers],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = { pair: 'Second compte' }
