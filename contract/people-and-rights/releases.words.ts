import { type MailKinds, managers, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'release/free': refusal(409, 'Adresse libre', 'Aucun compte n’a cette adresse : créez le compte.'),
  'release/own-structure': refusal(
    409,
    'Compte de votre structure',
    'Cette adresse est celle d’un compte de votre structure : cherchez la personne dans votre liste.',
  ),
  'release/asked': refusal(
    409,
    'Libération déjà demandée',
    'Votre structure a déjà demandé que cette adresse soit libérée : la réponse vous sera signalée par courriel.',
  ),
  'release/not-yours': refusal(
    403,
    'Pas à vous d’y répondre',
    'La structure qui a demandé la libération l’annule ; un RGC ou le signataire de l’ancienne structure y répond ; un autre correspondant sécurité de l’opérateur (CSSI) que la personne ou le demandeur décide.',
  ),
  'release/hear-first': refusal(
    409,
    'Ancienne structure à entendre',
    'L’ancienne structure a trois jours pour répondre : attendez sa réponse, ou la fin de ces trois jours.',
  ),
  'release/contested': refusal(409, 'Déjà répondu', 'Votre structure a déjà répondu à cette demande.'),
  'release/settled': refusal(
    409,
    'Déjà décidé',
    'Cette demande n’attend plus : elle est décidée ou annulée, ou l’adresse n’est plus celle de ce compte.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'release.asked': 'a demandé la libération d’une adresse',
  'release.contested': 'a contesté la libération d’une adresse',
  'release.granted': 'a libéré une adresse (acte exceptionnel)',
  'release.refused': 'a refusé la libération d’une adresse',
  'release.withdrawn': 'a annulé sa demande de libération d’une adresse',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = { 'address-release': 'Libération d’une adresse' }

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'release-answered': 'person',
  'release-told': 'person',
  'release-asked': [...managers, 'partenaire:signataire', ...officers],
  'release-contested': officers,
  'release-granted': [...managers, 'partenaire:signataire', ...officers],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = { release: 'Libération d’une adresse' }
