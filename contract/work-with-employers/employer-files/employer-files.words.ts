import { type Refusals, refusal } from '../../refusal.ts'

export const refusals = {
  'employer-file/not-now': refusal(
    409,
    'Ce n’est pas le moment',
    'Ce fichier n’en est pas à cette étape : rechargez la page pour voir où il en est.',
  ),
  'employer-file/too-late': refusal(
    409,
    'Trop tard pour défaire',
    'Un fichier se défait pendant trente jours après sa confirmation : corrigez les fiches une à une.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'employer-file.opened': 'a ouvert l’import d’un fichier d’employeurs',
  'employer-file.received': 'a envoyé des lignes d’un fichier d’employeurs',
  'employer-file.row-chosen': 'a dit quel établissement est celui d’une ligne d’un fichier',
  'employer-file.trial-asked': 'a demandé l’essai d’un fichier d’employeurs',
  'employer-file.part-tried': 'a essayé une partie d’un fichier d’employeurs',
  'employer-file.confirmed': 'a confirmé l’import d’un fichier d’employeurs',
  'employer-file.part-done': 'a importé une partie d’un fichier d’employeurs',
  'employer-file.undo-asked': 'a demandé à défaire l’import d’un fichier d’employeurs',
  'employer-file.part-undone': 'a défait une partie de l’import d’un fichier d’employeurs',
  'employer-file.forgotten': 'a abandonné un fichier d’employeurs',
  'exchange.imported': 'a importé un échange passé depuis un fichier',
  'exchange.import-removed': 'a retiré un échange importé en défaisant un fichier',
  'note.imported': 'a importé une note sur un employeur depuis un fichier',
  'note.import-removed': 'a retiré une note importée en défaisant un fichier',
  'correspondent.imported': 'a importé un interlocuteur depuis un fichier',
  'correspondent.import-completed': 'a complété un interlocuteur depuis un fichier',
  'correspondent.import-removed': 'a retiré ce qu’un fichier disait d’un interlocuteur',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = { 'employer-file': 'Fichier d’employeurs' }
