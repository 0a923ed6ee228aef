import { useState } from 'react'
import { addDays } from '../../../contract/days.ts'
import { dayOf, formatDay, formatInstant, today } from '../../platform/format.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { lastDay } from './words.ts'

type End = string | null
/** What the end that the service worked out means for whoever is about to confirm it. */
export const endSentence = (endsAt: End): string => {
  if (endsAt === null)
    return 'Plus aucune date ne met fin à la convention : ce que l’erreur avait coupé revient aussitôt.'
  const past = Date.parse(endsAt) <= Date.now()
  const day = lastDay(endsAt)
  // Over before it began, it ends at the very instant of its start.
  const when = dayOf(endsAt) === day ? formatInstant(endsAt) : `${formatDay(day)} à 24 heures`
  return past
    ? `La convention prend fin ${day === addDays(today(), -1) ? 'hier, ' : ''}le ${when} : les habilitations qui reposent sur elle n’ouvrent plus rien dès maintenant.`
    : `La convention prend fin le ${when} : les habilitations qui reposent sur elle n’ouvrent ensuite plus rien.`
}

/** The first press asks what follows, and writes nothing when the end changes; the second confirms that very end. */
export const useConfirmedEnd = () => {
  const [end, setEnd] = useState<End | undefined>(undefined)
  return {
    confirms: end === undefined ? {} : { confirms: end },
    isAsked: end !== undefined,
    asking: async <T,>(sent: Promise<T>): Promise<T> => {
      try {
        return await sent
      } catch (problem) {
        if (problem instanceof ApiProblem && problem.code === 'convention/confirm-end')
          setEnd((problem.facts as { endsAt: End }).endsAt)
        throw problem
      }
    },
    explain: (problem: ApiProblem) =>
      problem.code === 'convention/confirm-end' ? (
        <p>
          {endSentence((problem.facts as { endsAt: End }).endsAt)} Relisez les dates saisies, puis confirmez : rien
          n’est encore enregistré.
        </p>
      ) : undefined,
  }
}
