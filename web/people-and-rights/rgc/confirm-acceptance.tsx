import { useState } from 'react'
import { ApiProblem } from '../../platform/problem.ts'
import { lastDay } from './words.ts'

const acceptsAtOf = ({ facts }: ApiProblem): string => (facts as { acceptsAt: string }).acceptsAt
/** What the end of the month of silence that was worked out means for whoever is about to confirm it. */
const acceptanceSentence = (acceptsAt: string): string =>
  Date.parse(acceptsAt) <= Date.now()
    ? `Avec cette date de réception, le mois de réponse de l’opérateur a pris fin le ${lastDay(acceptsAt)} à 24 heures : l’acte est accepté dès maintenant. Les personnes qu’il nomme sont désignées, et celles qu’il ne nomme pas cessent d’être RGC.`
    : `Avec cette date de réception, le mois de réponse de l’opérateur court jusqu’au ${lastDay(acceptsAt)} à 24 heures : l’acte n’est plus accepté. Qui était en place avant lui le redevient aussitôt.`

/** The first press writes nothing when the deed takes or loses its effect at once; the second confirms that. */
export const useConfirmedAcceptance = () => {
  const [acceptsAt, setAcceptsAt] = useState<string>()
  return {
    confirms: acceptsAt === undefined ? {} : { confirms: acceptsAt },
    isAsked: acceptsAt !== undefined,
    asking: async <T,>(sent: Promise<T>): Promise<T> => {
      try {
        return await sent
      } catch (problem) {
        if (problem instanceof ApiProblem && problem.code === 'rgc/confirm-acceptance')
          setAcceptsAt(acceptsAtOf(problem))
        throw problem
      }
    },
    explain: (problem: ApiProblem) =>
      problem.code === 'rgc/confirm-acceptance' ? (
        <p>
          {acceptanceSentence(acceptsAtOf(problem))} Relisez la date, puis confirmez : rien n’est encore enregistré.
        </p>
      ) : undefined,
  }
}
