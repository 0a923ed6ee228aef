/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'calendar.opened': 'a créé une adresse de calendrier',
  'calendar.replaced': 'a remplacé une adresse de calendrier',
  'calendar.ended': 'a supprimé une adresse de calendrier',
  'calendar.lapsed': 'a supprimé une adresse de calendrier qui ne servait plus',
}
