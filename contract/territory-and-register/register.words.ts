/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'reference-data.import-begun': 'a lancé un import de données de référence',
  'reference-data.import-ended': 'a mené à son terme un import de données de référence',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  import: 'Import',
}
