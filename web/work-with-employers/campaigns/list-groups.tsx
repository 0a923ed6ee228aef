import { type ReactNode, useId, useState } from 'react'
import { formatCount } from '../../platform/format.ts'
import { Button } from '../../ui/index.ts'
import './list-groups.css'

export interface ListGroup {
  readonly of: string | null
  readonly count: number
}
/** A list folded into groups, each with its count: one reads the lines of a group when it is unfolded, no others. */
export const ListGroups = <G extends ListGroup>({
  groups,
  more,
  nameOf,
  one,
  many,
  children,
}: {
  groups: readonly G[]
  /** There are others, which are not shown. */
  more: boolean
  nameOf: (group: G) => string
  one: string
  many?: string
  children: (group: G) => ReactNode
}) => {
  const [open, setOpen] = useState<ReadonlySet<string | null>>(new Set())
  const toggle = (of: string | null) =>
    setOpen(before => new Set(before.has(of) ? [...before].filter(other => other !== of) : [...before, of]))
  return (
    <>
      {open.size > 1 && (
        <Button size="small" priority="tertiary no outline" onClick={() => setOpen(new Set())}>
          Tout replier
        </Button>
      )}
      {groups.map(group => (
        <Group
          key={group.of ?? ''}
          name={nameOf(group)}
          count={formatCount(group.count, one, many)}
          open={open.has(group.of)}
          onToggle={() => toggle(group.of)}
        >
          {children(group)}
        </Group>
      ))}
      {more && (
        <p className="fr-text--sm">Seuls les 300 premiers groupes sont là : filtrez la liste pour les autres.</p>
      )}
    </>
  )
}

const Group = ({
  name,
  count,
  open,
  onToggle,
  children,
}: {
  name: string
  count: string
  open: boolean
  onToggle: () => void
  children: ReactNode
}) => {
  const id = useId()
  return (
    <section className="cc-group" aria-labelledby={id}>
      <h2 className="cc-group__head">
        <button
          type="button"
          id={id}
          aria-expanded={open}
          className={`fr-btn fr-btn--tertiary-no-outline fr-btn--icon-left ${open ? 'fr-icon-arrow-down-s-line' : 'fr-icon-arrow-right-s-line'}`}
          onClick={onToggle}
        >
          <span>
            {name} <span className="cc-group__count">{count}</span>
          </span>
        </button>
      </h2>
      {open && children}
    </section>
  )
}
