/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'person.exported': 'a exporté les données d’une personne, qui les demande',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'convention-contact': 'Interlocuteur d’une convention',
}
