/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'visit-sheets.exported': 'a exporté des fiches de visite',
}
