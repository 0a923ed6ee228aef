/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'first-day.dismissed': 'a écarté de son accueil les étapes de sa première journée',
}
