import type { ComponentProps } from 'react'
import type { Static } from 'typebox'
import type { TerritoryRef } from '../../../contract/common.ts'
import { formatList } from '../../platform/format.ts'
import { Difference } from '../../ui/index.ts'

type Territory = Static<typeof TerritoryRef>
const nameOf = ({ name }: Territory) => name

/** A list of territories that another changed since it was read (412): what they added, what they took away. */
export const ListDifference = ({
  read,
  mine,
  theirs,
  others = [],
  onKeepMine,
  onTakeTheirs,
}: {
  read: readonly Territory[]
  mine: readonly string[]
  theirs: readonly Territory[]
  others?: ComponentProps<typeof Difference>['rows']
  onKeepMine: () => void
  onTakeTheirs: () => void
}) => {
  const without = (some: readonly Territory[], others: readonly Territory[]) =>
    some.filter(({ id }) => !others.some(other => other.id === id)).map(nameOf)
  const [added, removed] = [without(theirs, read), without(read, theirs)]
  const inWords = (names: readonly string[]) => formatList([...names].sort(new Intl.Collator('fr').compare))
  return (
    <Difference
      rows={[...others, { label: 'Territoires', mine: inWords(mine), theirs: inWords(theirs.map(nameOf)) }]}
      onKeepMine={onKeepMine}
      onTakeTheirs={onTakeTheirs}
    >
      {added.length > 0 && <p>Ajouté entre-temps : {inWords(added)}.</p>}
      {removed.length > 0 && <p>Retiré entre-temps : {inWords(removed)}.</p>}
    </Difference>
  )
}
