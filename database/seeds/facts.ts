import type { FactName } from '../../contract/work-with-employers/facts.ts'
import { people } from '../../server/demonstration/stand-in/people.ts'
import { addDays } from '../../server/platform/time.ts'
import type { ActingPeople } from './acting.ts'

const said: readonly (readonly [FactName, string])[] = [
  ['headcount', '27'],
  ['openingHours', 'Du lundi au jeudi, 7 h 30 – 16 h 30\nVendredi, 7 h 30 – 12 h'],
  ['transport', 'Car 412, arrêt Zone artisanale, dix minutes à pied'],
  ['applications', 'Acceptées, par courriel à l’accueil'],
  ['hiring', 'Le conducteur de travaux, puis la gérante'],
]

/** What people know of some employers; of the first, two do not agree, and one value is old (EST-6). */
export const layFacts = async ({ as }: ActingPeople, sirets: readonly string[], today: string) => {
  const note = (
    siret: string,
    [field, value]: readonly [FactName, string],
    { who = people.claire, version = 0, observedOn = today } = {},
  ) => as(who, 'PUT', `/establishments/${siret}/facts/${field}`, { value, observedOn }, today, version)
  for (const [n, siret] of sirets.entries())
    for (const fact of said.slice(0, said.length - n)) await note(siret, fact, { observedOn: addDays(today, -20 * n) })
  await note(sirets[0]!, ['headcount', '31'], { who: people.karim, version: 1 })
  await note(sirets[0]!, ['sign', 'L’Atelier du Pont'], { observedOn: addDays(today, -800) })
}
