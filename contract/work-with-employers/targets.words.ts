import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'target/not-in-campaign': refusal(
    422,
    'Hors de la campagne',
    'Cet établissement n’est pas une cible de cette campagne.',
  ),
  'target/taken-by-other': refusal(
    409,
    'Déjà pris en charge',
    'Une autre personne s’occupe déjà de cet établissement.',
  ),
  'target/assigned-to-other': refusal(
    409,
    'Confié à une autre structure',
    'Cet établissement est confié à une autre structure : ses conseillers s’en occupent.',
  ),
  'target/do-not-contact': refusal(
    409,
    'À ne pas contacter',
    'Cet établissement est marqué « ne pas contacter » : sa fiche dit pourquoi et jusqu’à quand. Confirmez pour vous en occuper malgré tout.',
  ),
  'target/objects-to-diffusion': refusal(
    409,
    'Opposition à la diffusion',
    'Cette personne s’oppose à la diffusion de ses données, selon le répertoire : aucune campagne ne la vise.',
  ),
  'target/set-aside': refusal(409, 'Cible mise de côté', 'Cet établissement a été mis de côté dans cette campagne.'),
  'target/not-set-aside': refusal(
    409,
    'Cible non mise de côté',
    'Cet établissement est déjà parmi les cibles de la campagne.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'target.taken': 'a pris en charge une cible',
  'target.released': 'a rendu une cible',
  'target.put-back': 'a remis un établissement parmi les cibles',
  'target.set-aside': 'a mis une cible de côté',
  'targets.exported': 'a exporté les cibles d’une campagne',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  target: 'Cible',
}
