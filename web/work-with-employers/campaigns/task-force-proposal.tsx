import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { formatList } from '../../platform/format.ts'
import { type TaskForce, taskForceQuery } from '../../territory-and-register/territories/task-force-query.ts'
import { type TerritoryRef, territoryName } from '../../territory-and-register/territories/words.ts'
import { announce, Button } from '../../ui/index.ts'

interface Proposed {
  /** « réunit aussi », « signale comme sensible ». */
  readonly says: string
  readonly names: readonly string[]
  readonly take: string
  /** What stands there once all is taken. */
  readonly taken: string
  readonly onTake: () => void
}
/**
 * What the task force of the campaign's CLPE has, taken in one press; nothing where there is none, or none that one
 * reads.
 */
export const TaskForceProposal = ({
  territory,
  propose,
}: {
  territory: TerritoryRef | undefined
  propose: (force: TaskForce) => Proposed | undefined
}) => {
  const box = useRef<HTMLParagraphElement>(null)
  const { data } = useQuery({ ...taskForceQuery(territory?.id ?? 0), enabled: territory?.kind === 'clpe' })
  const proposed = data && propose(data)
  if (!territory || !proposed) return null
  const { says, names, take, taken, onTake } = proposed
  return (
    <div className="fr-mt-2w fr-mb-3w">
      <p ref={box} tabIndex={-1} className="fr-text--sm fr-mb-1w">
        {names.length ? `La task force du ${territoryName(territory)} ${says} : ${formatList(names)}.` : taken}
      </p>
      {names.length > 0 && (
        <Button
          type="button"
          size="small"
          priority="secondary"
          onClick={() => {
            onTake()
            announce(taken)
            box.current?.focus()
          }}
        >
          {take}
        </Button>
      )}
    </div>
  )
}
