import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'partner-role/readers-only': refusal(
    403,
    'Réservé à qui répond de la structure',
    'Les rôles d’une structure se lisent par son signataire, ses RGC et ceux qui tiennent un rôle de l’annexe 2.',
  ),
  'partner-role/givers-only': refusal(
    403,
    'Réservé au signataire et aux RGC',
    'Les rôles de l’annexe 2 sont donnés par le signataire de la convention ; ses RGC donnent aussi ceux qui ne l’engagent pas. Demandez-le-leur.',
  ),
  'partner-role/signatory-only': refusal(
    403,
    'Réservé au signataire',
    'Le responsable opérationnel agit au nom de la structure : seul le signataire de la convention donne ce rôle, ou y met fin.',
  ),
  'partner-role/own': refusal(
    403,
    'Pas pour soi-même',
    'Personne ne donne ni ne retire ses propres rôles : le signataire, ou un autre RGC, le fait pour vous.',
  ),
  'partner-role/agents-only': refusal(
    422,
    'Réservé aux agents de la structure',
    'Le responsable opérationnel agit au nom de la structure : c’est un de ses agents, non une personne d’un délégataire ou d’un prestataire.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'partner-role.given': 'a donné un rôle de l’annexe 2 à une personne de sa structure',
  'partner-role.ended': 'a mis fin au rôle d’une personne de sa structure',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'partner-role-given': 'person',
  'partner-role-ended': 'person',
  'partner-role-changed': ['partenaire:signataire', 'partenaire:rgc'],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = { partner: 'Rôles de la structure' }
