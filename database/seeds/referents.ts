import type { Reply } from '../../contract/route.ts'
import type { nameReferent } from '../../contract/work-with-employers/referents.ts'
import { people, type StandInPerson } from '../../server/demonstration/stand-in/people.ts'
import { addDays } from '../../server/platform/time.ts'
import type { ActingPeople } from './acting.ts'

type Named = Reply<typeof nameReferent>

/** Whom to ask of some employers; of the first, a role ended and another structure has its own (EST-3). */
export const layReferents = async (as: ActingPeople['as'], sirets: readonly string[], today: string) => {
  const name = (siret: string, who: StandInPerson, ago: number) =>
    as<Named>(who, 'POST', `/establishments/${siret}/referents`, {}, addDays(today, -ago))
  const [first, ...others] = sirets
  const { current } = await name(first!, people.paul, 170)
  await name(first!, people.karim, 120)
  const ended = current.find(({ person }) => person?.id === people.paul.accountId)!.id
  const reason = 'Suit désormais un autre secteur'
  await as(people.paul, 'POST', `/referents/${ended}/end`, { reason }, addDays(today, -45))
  await name(first!, people.claire, 45)
  for (const [n, siret] of others.entries()) await name(siret, n % 2 ? people.karim : people.claire, 80 - 15 * n)
}
