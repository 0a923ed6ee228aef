import { ActivitiesField } from '../../territory-and-register/territories/activities-field.tsx'
import type { TerritoryRef } from '../../territory-and-register/territories/words.ts'
import { sectorsToPropose } from './from-task-force.ts'
import { TaskForceProposal } from './task-force-proposal.tsx'

/** Activities as chosen, and the sensitive sectors of the task force to choose at once. */
export const ActivitiesAsked = ({
  territory,
  value,
  onChange,
}: {
  territory: TerritoryRef
  value: readonly string[]
  onChange: (value: readonly string[]) => void
}) => (
  <>
    <ActivitiesField label="Activités" hint="Toutes, si rien n’est choisi" value={value} onChange={onChange} />
    <TaskForceProposal
      territory={territory}
      propose={force => {
        if (force.sensitiveSectors.length === 0) return undefined
        const sectors = sectorsToPropose(force, value)
        return {
          says: 'signale comme sensibles',
          names: sectors.map(({ division, label }) => `${label} (division ${division})`),
          take: sectors.length === 1 ? 'Choisir ce secteur' : `Choisir ces ${sectors.length} secteurs`,
          taken: 'Tous les secteurs sensibles de la task force sont choisis.',
          onTake: () => onChange([...value, ...sectors.map(({ division }) => division)]),
        }
      }}
    />
  </>
)
