import { type MailKinds, managers, officers, type PartyRole } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'recovery/not-oneself': refusal(
    403,
    'Pas pour soi-même',
    'Une autre personne doit vous aider : le RGC de votre structure ou, si vous êtes RGC, le correspondant sécurité de l’opérateur (CSSI). Si elle n’a pas encore de RGC : la direction régionale de l’opérateur pour son signataire, le CSSI pour qui un acte d’engagement désigne.',
  ),
  'recovery/manager-only': refusal(
    403,
    'Réservé au RGC de la structure',
    'Seul le responsable de gestion de comptes (RGC) de la structure de cette personne peut faire cela. Tant qu’elle n’en a aucun en fonction : la direction régionale de l’opérateur pour son signataire, le correspondant sécurité (CSSI) pour qui un acte d’engagement désigne.',
  ),
  'recovery/reason-needed': refusal(
    422,
    'Motif attendu',
    'Cette structure n’a pas encore de responsable de gestion de comptes (RGC) : dites pourquoi vous aidez cette personne. Le motif est gardé au journal et dit à la structure.',
  ),
  'recovery/officer-only': refusal(
    403,
    'Réservé au CSSI',
    'Pour un responsable de gestion de comptes (RGC), seul le correspondant sécurité de l’opérateur (CSSI) peut faire cela.',
  ),
  'recovery/link-decided': refusal(
    409,
    'Déjà décidé',
    'Cette demande a été décidée entre-temps, ou cette identité est rattachée à un autre compte. Rechargez la page.',
  ),
  'recovery/has-factor': refusal(
    409,
    'Second facteur déjà enregistré',
    'Cette personne a un second facteur ici. S’il est perdu, réinitialisez-le : un code vous sera donné.',
  ),
  'recovery/not-active': refusal(409, 'Compte inactif', 'Ce compte n’est pas actif : un code n’ouvrirait rien.'),
  'recovery/no-factor': refusal(
    409,
    'Rien à réinitialiser',
    'Cette personne n’a enregistré ici aucun second facteur : ProConnect le vérifie pour elle.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'account.link-confirmed': 'a confirmé le lien d’une identité à un compte',
  'account.link-refused': 'a refusé le lien d’une identité à un compte',
  'password.link-made': 'a fait envoyer un lien pour choisir un mot de passe',
  'second-factor.code-given': 'a remis un code pour enregistrer un second facteur',
  'second-factors.reset': 'a remis à zéro les seconds facteurs d’un compte',
}

const direction = ['operateur:direction-regionale'] as const satisfies readonly PartyRole[]
/** Who answers for a structure that has no account manager yet. */
const answerable = [
  'partenaire:signataire',
  'partenaire:gouvernance',
  'partenaire:responsable-operationnel',
] as const satisfies readonly PartyRole[]

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'second-factor-code': 'person',
  'account-link-decided': 'person',
  'password-link': 'person',
  'second-factor-reset': 'person',
  'account-link-waiting': managers,
  'account-link-waiting-in-place': ['partenaire:signataire', ...officers],
  'account-link-waiting-of-manager': officers,
  'account-link-waiting-of-signatory': direction,
  'account-helped-by-operator': answerable,
} as const satisfies MailKinds
