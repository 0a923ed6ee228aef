import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'sharing/leads-only': refusal(
    403,
    'Réservé aux pilotes et aux responsables',
    'Les cibles sont réparties par les pilotes de la campagne et, au sein de leur structure, par ses responsables.',
  ),
  'sharing/recipient-unknown': refusal(
    422,
    'Destinataire impossible',
    'Des cibles ne se confient qu’aux structures membres, et aux conseillers de votre structure habilités sur ce territoire.',
  ),
  'sharing/already-done': refusal(409, 'Répartition déjà faite', 'Cette répartition a déjà été faite.'),
  'sharing/stale': refusal(
    409,
    'Simulation trop ancienne',
    'Cette simulation date de plus d’une heure : refaites-la pour voir où en sont les cibles.',
  ),
  'sharing/already-undone': refusal(
    409,
    'Rien à annuler',
    'Cette répartition est en cours, elle n’est pas faite, elle a déjà été annulée, ou elle a plus de 90 jours.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'targets.shared-out': 'a réparti des cibles',
  'targets.sharing-asked': 'a lancé une répartition de cibles',
  'targets.sharing-undo-asked': 'a demandé l’annulation d’une répartition de cibles',
  'targets.sharing-simulated': 'a simulé une répartition de cibles',
  'targets.sharing-undone': 'a annulé une répartition de cibles',
}
