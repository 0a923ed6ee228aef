/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'recruitment.searched': 'a cherché des établissements par leurs embauches',
  'recruitment.read': 'a consulté les embauches d’un établissement',
}
/** A company of which no establishment is open. */
export const subjects: Readonly<Record<string, string>> = {
  company: 'Entreprise',
}
