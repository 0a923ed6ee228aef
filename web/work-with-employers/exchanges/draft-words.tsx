import { useState } from 'react'
import type { Draft } from '../../platform/draft-keeper.ts'
import { AsideDraft, ClashingDraft, Differing, FoundDraft } from '../../ui/index.ts'
import { entryOf } from './draft-values.ts'
import type { ExchangeDraft } from './use-exchange-draft.ts'
import { compared, mineOf, sameValues, type Values, withPart } from './values.ts'

/** Above the form: the draft that was found, another version of it, what one may take back. */
export const DraftNotice = ({
  draft,
  values,
  start,
  onValues,
}: {
  draft: ExchangeDraft
  values: Values
  start: Values
  onValues: (values: Values) => void
}) => {
  const { keeping, found, aside } = draft
  if (keeping.kind === 'elsewhere')
    return <Clash theirs={keeping.draft} draft={draft} values={values} start={start} onValues={onValues} />
  if (aside) return <AsideDraft why={aside.why} onTake={draft.takeAside} />
  return found && <FoundDraft found={found} erase={draft.erase} />
}

const Clash = ({
  theirs,
  draft,
  values,
  start,
  onValues,
}: {
  theirs: Draft
  draft: ExchangeDraft
  values: Values
  start: Values
  onValues: (values: Values) => void
}) => {
  // What I wrote, kept beside while I take some answers of the other.
  const [kept, setKept] = useState(values)
  const other = entryOf(theirs.content, start).values
  const mine = mineOf(values, other, kept)
  const differing = compared(mine, other).filter(row => row.mine !== row.theirs)
  return (
    <ClashingDraft theirs={theirs} draft={draft}>
      <div className="cc-difference">
        <Differing
          rows={differing}
          theirsHead="L’autre version"
          choice={{
            chosen: label => (sameValues(withPart(values, other, label), values) ? 'theirs' : 'mine'),
            onChoose: (label, whose) => {
              setKept(mine)
              onValues(withPart(values, whose === 'mine' ? mine : other, label))
            },
          }}
        />
      </div>
    </ClashingDraft>
  )
}
