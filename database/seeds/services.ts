import { people } from '../../server/demonstration/stand-in/people.ts'
import { addDays } from '../../server/platform/time.ts'
import type { ActingPeople } from './acting.ts'

/** Days before today, and what was used then. */
const used = [
  [
    [40, 'preselection', 'en-cours', 'Six candidats présentés, deux entretiens fixés'],
    [420, 'redaction-offre', 'abouti', 'Offre pourvue en trois semaines'],
    [700, 'pmsmp', 'abouti', 'Immersion suivie d’une embauche en CDD'],
  ],
  [
    [25, 'conseil', 'abouti', 'Poste redéfini avec le chef d’atelier'],
    [90, 'evenement', 'sans-suite', null],
  ],
  [[500, 'poei', 'abouti', 'Formation de quatre mois avant embauche']],
  [
    [60, 'mrs', 'abouti', 'Quatre postes pourvus'],
    [410, 'promotion-profil', 'non-connu', null],
  ],
] as const

/** What some employers used of the operator's services, as one of its advisors entered it (REC-3). */
export const layServices = async ({ as }: ActingPeople, sirets: readonly string[], today: string) => {
  for (const [n, services] of used.entries())
    for (const [days, kind, result, words] of services)
      await as(people.nadia, 'POST', `/establishments/${sirets[n]}/services`, {
        kind,
        usedOn: addDays(today, -days),
        result,
        words,
      })
}
