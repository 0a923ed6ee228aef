import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'view/not-yours': refusal(
    403,
    'Vue d’une autre personne',
    'Une vue est changée par la personne qui l’a enregistrée. Les responsables de sa structure peuvent supprimer celles qu’elle partage.',
  ),
  'view/name-taken': refusal(
    409,
    'Nom déjà pris',
    'Vous avez déjà une vue de ce nom pour cette liste : choisissez-en un autre.',
  ),
  'view/too-many': refusal(
    422,
    'Trop de vues',
    'Vous avez déjà 100 vues : supprimez-en une pour en enregistrer une autre.',
  ),
  'view/campaign-expected': refusal(
    422,
    'Campagne attendue',
    'Une vue des cibles est celle d’une campagne, et seule une telle vue se partage avec ses membres.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'view.saved': 'a enregistré une vue',
  'view.changed': 'a changé une vue',
  'view.removed': 'a supprimé une vue',
  'view.pinned': 'a épinglé une vue dans son menu',
  'view.unpinned': 'a retiré une vue de son menu',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  view: 'Vue',
}
