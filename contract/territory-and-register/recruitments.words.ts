/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'recruitment.read': 'a consulté les embauches d’un établissement',
}
