import { type MailKinds, managers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'partner/siret-wrong': refusal(
    422,
    'SIRET à vérifier',
    'Ce numéro n’est pas un SIRET : quatorze chiffres, dont le dernier vérifie les autres.',
  ),
  'partner/siret-taken': refusal(
    409,
    'Structure déjà enregistrée',
    'Une structure porte déjà ce SIRET, pour son siège ou un autre établissement : cherchez-la dans la liste des partenaires, par son nom ou ce SIRET. Si c’est un autre SIRET de celle-ci, mettez-y fin d’abord.',
  ),
  'structure/identity-unchanged': refusal(
    409,
    'Rien à changer',
    'C’est déjà le nom, le SIRET, la nature et l’adresse de cette structure.',
  ),
  'structure/identity-before-last': refusal(
    422,
    'Date trop ancienne',
    'L’identité de cette structure a changé depuis : ce jour ne peut pas précéder le dernier changement.',
  ),
  'partner/signatory-elsewhere': refusal(
    409,
    'Adresse déjà employée',
    'Cette adresse est celle d’un compte d’une autre structure, d’un prestataire, ou d’un compte suspendu ou supprimé : un signataire a un compte actif dans la structure pour laquelle il signe.',
  ),
  'structure/siret-taken': refusal(
    409,
    'SIRET déjà pris à ces dates',
    'À ces dates, ce SIRET est déjà celui d’une structure, celle-ci ou une autre, pour son siège ou un autre établissement. Vérifiez le numéro et les dates.',
  ),
  'structure/siret-days': refusal(
    422,
    'Dates à l’envers',
    'Le dernier jour de ce SIRET ne peut pas précéder le premier.',
  ),
  'structure/siret-unchanged': refusal(409, 'Rien à changer', 'C’est déjà ce qui est enregistré de ce SIRET.'),
  'structure/territories-unchanged': refusal(409, 'Rien à changer', 'Ce sont déjà les territoires de cette structure.'),
  'structure/amendment-required': refusal(
    409,
    'Avenant nécessaire',
    'La convention de cette structure est aux signatures ou en vigueur : un territoire s’y ajoute par avenant, signé des deux parties. Vous pouvez seulement en retirer.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'partner.identity-changed': 'a corrigé ou changé l’identité d’un partenaire',
  'partner.siret-settled': 'a enregistré, corrigé, terminé ou retiré un autre SIRET d’un partenaire',
  'structure.territories-settled': 'a réglé les territoires d’une structure',
  'partner.registered': 'a enregistré un partenaire',
  'partner.signatory-named': 'a nommé le signataire d’un partenaire',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'signatory-named': 'person',
  'structure-identity': [...managers, 'partenaire:signataire'],
  'structure-territories': [...managers, 'partenaire:signataire'],
  'structure-without-territories': ['operateur:gouvernance', 'operateur:direction-regionale'],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  signatory: 'Signataire',
  structure: 'Structure',
}
