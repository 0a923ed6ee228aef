import { prefetchCard } from '../territory-and-register/establishments/queries.ts'
import type { Goal, Group } from './search-goals.ts'

export const Proposals = ({
  id,
  groups,
  active,
  onFollow,
}: {
  id: string
  groups: readonly Group[]
  active: number
  onFollow: (goal: Goal) => void
}) => {
  const starts = groups.map((_, at) => groups.slice(0, at).reduce((sum, { goals }) => sum + goals.length, 0))
  return groups.map(({ title, goals }, at) => (
    // biome-ignore lint/a11y/useSemanticElements: a group of options within a list box, not of fields
    <div key={title} role="group" aria-label={title} className="cc-palette__group">
      <p className="cc-palette__title" aria-hidden="true">
        {title}
      </p>
      {goals.map((goal, rank) => (
        <Proposal
          key={goal.key ?? goal.href}
          id={`${id}-${starts[at]! + rank}`}
          goal={goal}
          selected={starts[at]! + rank === active}
          first={active < 0 && starts[at]! + rank === 0}
          onFollow={onFollow}
        />
      ))}
    </div>
  ))
}

const Proposal = ({
  id,
  goal,
  selected,
  first,
  onFollow,
}: {
  id: string
  goal: Goal
  selected: boolean
  /** The one that Enter opens while none is chosen. */
  first: boolean
  onFollow: (goal: Goal) => void
}) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
  <div
    id={id}
    role="option"
    tabIndex={-1}
    className="cc-palette__goal"
    aria-selected={selected}
    onPointerDown={event => event.preventDefault()}
    onPointerEnter={() => goal.siret && prefetchCard(goal.siret)}
    onClick={() => onFollow(goal)}
  >
    {first && (
      <span className="cc-kbd cc-palette__enter" aria-hidden="true">
        Entrée
      </span>
    )}
    {goal.label}
    {goal.mark && <strong className="cc-palette__mark"> {goal.mark}</strong>}
    {goal.more && <span className="fr-hint-text">{goal.more}</span>}
    {goal.siret && <span className="cc-palette__known">{goal.known}</span>}
  </div>
)
