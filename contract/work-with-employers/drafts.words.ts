import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'draft/newer-elsewhere': refusal(
    409,
    'Brouillon continué ailleurs',
    'Ce brouillon a été continué sur un autre appareil. Choisissez lequel garder.',
  ),
  'draft/too-many': refusal(
    422,
    'Trop de brouillons',
    'Vous avez trop de saisies en cours. Enregistrez-en ou effacez-en avant d’en commencer une autre.',
  ),
  'draft/too-long': refusal(413, 'Brouillon trop long', 'Cette saisie est trop longue pour être gardée en brouillon.'),
} as const satisfies Refusals
