import type { ReactNode } from 'react'
import type { ApiProblem } from '../../platform/problem.ts'
import { Button } from '../../ui/index.ts'
import { keepCampaign } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'

/** Another person wrote it since: one reads what they wrote, keeps what one typed, and sends again. */
export const changedMeanwhile = (problem: ApiProblem): ReactNode => {
  if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
  return (
    <>
      <p>
        Une autre personne a modifié cette campagne depuis que vous l’avez ouverte. Votre saisie est toujours
        ci-dessous.
      </p>
      <Button priority="secondary" onClick={() => void keepCampaign(problem.current as Campaign)}>
        Relire la campagne et garder ma saisie
      </Button>
    </>
  )
}
