import type { ApiProblem } from '../../platform/problem.ts'
import { Button } from '../../ui/index.ts'
import type { Commitment } from './queries.ts'
import { changeWords, datesWords, whoWords } from './words.ts'

/** What another wrote since it was read (412); what is typed stays, and may be sent over it. */
export const changedMeanwhile = (problem: ApiProblem, onKeep: (version: number) => void) => {
  if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
  const current = problem.current as Commitment
  const [last] = current.history
  return (
    <>
      <p>
        {last && `${changeWords[last.change]} entre-temps par ${whoWords(last)} : `}
        {current.kind.label}, {datesWords(current)}. « {current.evidence} ». Votre saisie est toujours ci-dessous.
      </p>
      <Button size="small" priority="secondary" onClick={() => onKeep(current.version)}>
        Garder ma saisie, à envoyer de nouveau
      </Button>
    </>
  )
}
