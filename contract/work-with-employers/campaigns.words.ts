import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'campaign/pilot-only': refusal(
    403,
    'Réservé au pilote',
    'Seuls les pilotes de la structure pilote de la campagne peuvent faire cela.',
  ),
  'campaign/member-advisors-only': refusal(
    403,
    'Réservé aux conseillers membres',
    'Seuls les conseillers des structures membres de la campagne peuvent faire cela.',
  ),
  'campaign/not-draft': refusal(
    409,
    'Campagne déjà ouverte',
    'La campagne n’est plus un brouillon : ses cibles et sa période ne se modifient pas ainsi.',
  ),
  'campaign/not-open': refusal(409, 'Campagne non ouverte', 'La campagne n’est pas ouverte.'),
  'campaign/wrong-status': refusal(
    409,
    'Étape impossible',
    'La campagne n’est pas dans l’état qui permet cette action.',
  ),
  'campaign/no-target': refusal(422, 'Aucune cible', 'Ajoutez au moins un établissement avant d’ouvrir la campagne.'),
  'campaign/period-over': refusal(
    422,
    'Période terminée',
    'Le dernier jour de la campagne est passé : donnez-lui un dernier jour à venir.',
  ),
  'campaign/period-too-long': refusal(
    422,
    'Période trop longue',
    'Une campagne dure un an au plus : ses établissements lui sont réservés jusqu’à son dernier jour. Choisissez une fin plus proche.',
  ),
  'campaign/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
  'campaign/undecided-conflicts': refusal(
    409,
    'Conflits à trancher',
    'Des établissements sont déjà suivis ou ont été contactés récemment : décidez pour chacun de le laisser, de le partager ou de le prendre.',
  ),
  'campaign/meeting-fixed': refusal(
    409,
    'Rendez-vous fixé',
    'Un rendez-vous est fixé avec des établissements que vous prenez : la structure qui les tient doit d’abord les mettre de côté. Demandez-lui, ou partagez-les.',
  ),
  'campaign/reason-required': refusal(
    422,
    'Motif nécessaire',
    'Prendre ou mettre de côté un établissement demande un motif.',
  ),
  'campaign/decision-impossible': refusal(
    422,
    'Décision impossible',
    'Cette décision n’est pas possible pour ce conflit.',
  ),
  'campaign/already-member': refusal(409, 'Structure déjà membre', 'Cette structure est déjà membre de la campagne.'),
  'campaign/not-member': refusal(409, 'Structure non membre', 'Cette structure n’est pas membre de la campagne.'),
  'campaign/pilot-stays': refusal(
    409,
    'Structure pilote',
    'La structure pilote ne quitte pas sa campagne : confiez d’abord le pilotage à une autre.',
  ),
  'campaign/cannot-pilot': refusal(
    422,
    'Structure sans pilote habilité',
    'Personne dans cette structure n’a le profil « pilote » de Campagnes coordonnées sur tout le territoire de la campagne.',
  ),
  'campaign/lead-not-entitled': refusal(
    422,
    'Responsable non habilité',
    'Un responsable appartient à une structure membre et y a le profil « responsable » ou « pilote » de Campagnes coordonnées sur ce territoire.',
  ),
  'campaign/goal-twice': refusal(422, 'Objectif en double', 'Fixez une seule fois chaque sorte d’objectif.'),
  'campaign/too-many-targets': refusal(422, 'Trop de cibles', 'Une campagne porte sur 50 000 établissements au plus.'),
  'campaign-result/label-taken': refusal(
    409,
    'Résultat déjà proposé',
    'Un résultat de ce nom est déjà proposé dans cette campagne.',
  ),
  'campaign-result/too-many': refusal(
    422,
    'Trop de résultats',
    'Une campagne propose vingt résultats propres au plus. Retirez-en un d’abord.',
  ),
  'campaign-result/already-retired': refusal(409, 'Résultat déjà retiré', 'Ce résultat est déjà retiré.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'campaign.archived': 'a archivé une campagne',
  'campaign.closed': 'a clos une campagne',
  'campaign.corrected': 'a corrigé la description, les objectifs ou les responsables d’une campagne',
  'campaign.closed-by-itself': 'a clos une campagne dont la période était terminée',
  'campaign.conflicts-decided': 'a tranché des conflits d’une campagne',
  'campaign.created': 'a créé une campagne',
  'campaign.duplicated': 'a dupliqué une campagne',
  'campaign.edited': 'a modifié une campagne',
  'campaign.handed-over': 'a confié le pilotage d’une campagne à une autre structure',
  'campaign.member-added': 'a ajouté une structure à une campagne',
  'campaign.member-left': 'a retiré une structure d’une campagne',
  'campaign.opened': 'a ouvert une campagne',
  'campaign.period-changed': 'a prolongé ou raccourci une campagne',
  'campaign.reopened': 'a rouvert une campagne',
  'campaign.result-added': 'a ajouté un résultat à une campagne',
  'campaign.result-retired': 'a retiré un résultat d’une campagne',
  'campaign.targets-added': 'a ajouté des cibles à une campagne',
  'campaign.targets-previewed': 'a compté des cibles à ajouter',
  'campaign.targets-taken-over': 'a repris des cibles d’une autre campagne',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  campaign: 'Campagne',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'targets-given': 'person',
  'targets-taken-back': 'person',
  'targets-taken-over': 'person',
  'targets-meeting-asked': 'person',
  'campaign-handed-over': 'person',
  'campaign-opened': 'person',
  'campaign-lead-named': 'person',
  'campaign-closing': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  targets: 'Cibles d’une campagne',
  campaign: 'Campagne',
}
