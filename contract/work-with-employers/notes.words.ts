import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'note/author-or-lead-only': refusal(
    403,
    'Réservé à son auteur',
    'Une note se corrige et se retire par la personne qui l’a écrite ou les responsables de sa structure.',
  ),
  'note/withdrawn': refusal(
    409,
    'Note retirée',
    'Cette note a été retirée : écrivez-en une nouvelle si elle est juste.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'note.noted': 'a ajouté une note sur un employeur',
  'note.corrected': 'a corrigé une note sur un employeur',
  'note.withdrawn': 'a retiré une note sur un employeur',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = { note: 'Note' }
