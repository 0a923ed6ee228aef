import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'need/job-missing': refusal(
    422,
    'Métier à dire',
    'Pour un recrutement, choisissez le métier dans la liste, ou écrivez-le avec vos mots.',
  ),
  'need/job-unknown': refusal(
    422,
    'Métier inconnu',
    'Ce métier n’est plus dans la liste : choisissez-en un autre, ou écrivez-le avec vos mots.',
  ),
  'need/advice-missing': refusal(
    422,
    'Sujet du conseil à dire',
    'Dites sur quoi porte le conseil : le poste de travail, l’inclusion ou le handicap.',
  ),
  'need/correspondent-elsewhere': refusal(
    422,
    'Interlocuteur introuvable ici',
    'Cet interlocuteur ne répond plus pour cet employeur : choisissez-en un autre, ou aucun.',
  ),
  'need/exchange-elsewhere': refusal(
    422,
    'Échange d’un autre employeur',
    'Un besoin vient d’un échange de votre structure avec ce même employeur : choisissez celui-là, ou aucun.',
  ),
  'need/follower-only': refusal(
    403,
    'Réservé à qui le suit',
    'Seuls la personne qui suit ce besoin et les responsables de sa structure peuvent faire cela.',
  ),
  'need/taker-only': refusal(
    403,
    'Réservé à la structure qui l’a pris',
    'Seules les personnes habilitées là de la structure qui a pris ce besoin en charge peuvent faire cela.',
  ),
  'need/proposed-only': refusal(
    403,
    'Pas proposé à votre structure',
    'Ce besoin se prend par sa structure, ou par une structure à qui elle le propose : demandez-le à la personne qui le suit.',
  ),
  'need/taken': refusal(
    409,
    'Déjà pris en charge',
    'Quelqu’un vient de prendre ce besoin en charge : relisez-le, son nom y est.',
  ),
  'need/not-from-there': refusal(
    409,
    'Plus possible',
    'L’état de ce besoin a changé, ou ne le permet pas : relisez-le.',
  ),
  'need/closed': refusal(409, 'Besoin clos', 'Ce besoin est clos : la personne qui le suit peut le rouvrir.'),
  'need/posts-below-hires': refusal(
    422,
    'Moins de postes que d’embauches',
    'Des embauches sont déjà notées pour ce besoin : gardez une nature qui en attend, et au moins autant de postes.',
  ),
  'need/more-hires-than-posts': refusal(
    422,
    'Plus d’embauches que de postes',
    'Ces embauches dépassent le nombre de postes : corrigez le nombre, ou cochez que c’est voulu.',
  ),
  'need/hire-in-future': refusal(
    422,
    'Embauche à venir',
    'Une embauche se note quand elle est faite : le jour ne peut pas être à venir.',
  ),
  'need/reason-missing': refusal(422, 'Motif à dire', 'Dites pourquoi ce besoin est pourvu autrement ou abandonné.'),
  'need/not-open': refusal(
    409,
    'Besoin plus à proposer',
    'Ce besoin est pris en charge ou clos : seul un besoin ouvert se propose.',
  ),
  'need/already-proposed': refusal(
    409,
    'Déjà proposé à cette structure',
    'Cette structure a déjà ce besoin à prendre : attendez sa réponse, ou retirez la proposition.',
  ),
  'need/declined-already': refusal(
    409,
    'Cette structure a décliné',
    'Cette structure a décliné ce besoin, et il n’a pas changé depuis : corrigez-le avant de le lui proposer de nouveau, ou choisissez-en une autre.',
  ),
  'need/structure-elsewhere': refusal(
    422,
    'Structure non habilitée là',
    'Personne de cette structure n’est habilité à travailler avec cet employeur : choisissez-en une autre.',
  ),
  'need/receiver-only': refusal(
    403,
    'Réservé à la structure qui reçoit',
    'Seules les personnes habilitées là de la structure à qui le besoin est proposé peuvent décliner.',
  ),
  'need/sender-only': refusal(
    403,
    'Réservé à qui propose',
    'Seuls la personne qui suit le besoin et les responsables de sa structure peuvent retirer la proposition.',
  ),
  'need/proposal-answered': refusal(
    409,
    'Proposition déjà réglée',
    'Quelqu’un vient d’y répondre, ou elle a été retirée : relisez la liste.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'need.noted': 'a noté un besoin d’un employeur',
  'needs.exported': 'a exporté des besoins',
  'need.corrected': 'a corrigé un besoin',
  'need.taken': 'a pris un besoin en charge',
  'need.given-back': 'a rendu un besoin pris en charge',
  'need.unreachable': 'a dit l’employeur d’un besoin injoignable',
  'need.hired': 'a noté des embauches pour un besoin',
  'need.answered': 'a dit un besoin répondu',
  'need.filled-otherwise': 'a dit un besoin pourvu autrement',
  'need.abandoned': 'a dit un besoin abandonné',
  'need.reopened': 'a rouvert un besoin',
  'need.handed-over': 'a confié un besoin à une autre personne',
  'need.intake-said': 'a dit quels besoins prend sa structure',
  'need.proposed': 'a proposé un besoin à une autre structure',
  'need.declined': 'a décliné un besoin proposé',
  'need.proposal-withdrawn': 'a retiré la proposition d’un besoin',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = { need: 'Besoin' }

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'need-proposed': 'person',
  'need-answered': 'person',
  'need-overtaken': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  need: 'Besoin d’employeur',
}
