import { useEffect, useRef, useState } from 'react'
import { dayOf, formatDay, formatTime, today } from '../../platform/format.ts'
import { asProblem } from '../../platform/problem.ts'
import { Button, ButtonRow, Differing } from '../../ui/index.ts'
import type { Draft, Keeping } from '../drafts/draft-keeper.ts'
import { entryOf } from './draft-values.ts'
import type { ExchangeDraft } from './use-exchange-draft.ts'
import { compared, mineOf, sameValues, type Values, withPart } from './values.ts'
import './exchange.css'

/** « à 10 h 12 », « le 24 novembre 2026 à 10 h 12 ». */
const when = (instant: string) =>
  `${dayOf(instant) === today() ? '' : `le ${formatDay(dayOf(instant))} `}à ${formatTime(instant)}`
const where = ({ place, device }: Pick<Draft, 'place' | 'device'>) => {
  if (place === 'here') return ''
  return place === 'other-device' ? `, sur un autre appareil${device && ` (${device})`}` : ', dans une autre session'
}
/** « Brouillon commencé à 10 h 12, sur un autre appareil (Firefox sur Windows) ». */
export const startedWords = (draft: Pick<Draft, 'startedAt' | 'place' | 'device'>) =>
  `Brouillon commencé ${when(draft.startedAt)}${where(draft)}`

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
  if (aside)
    return (
      <div className="cc-draft">
        <p>
          {aside.why === 'erased'
            ? 'Brouillon effacé.'
            : 'L’autre version reste à portée tant que cette saisie est ouverte.'}
        </p>
        <Button size="small" priority="secondary" onClick={draft.takeAside}>
          {aside.why === 'erased' ? 'Reprendre' : 'Reprendre l’autre version'}
        </Button>
      </div>
    )
  return found && <Found found={found} erase={draft.erase} />
}

const Found = ({ found, erase }: { found: Draft; erase: () => Promise<void> }) => {
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  return (
    <div className="cc-draft" role="status">
      <p>{startedWords(found)}. Il est repris ci-dessous.</p>
      {trouble && (
        <p>
          <strong>Pas effacé.</strong> {trouble}
        </p>
      )}
      <Button
        size="small"
        priority="tertiary"
        busy={busy}
        onClick={() => {
          setBusy(true)
          erase().catch(error => {
            setTrouble(asProblem(error).detail)
            setBusy(false)
          })
        }}
      >
        Effacer le brouillon
      </Button>
    </div>
  )
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
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  // What I wrote, kept beside while I take some answers of the other.
  const [kept, setKept] = useState(values)
  const other = entryOf(theirs.content, start).values
  const mine = mineOf(values, other, kept)
  const differing = compared(mine, other).filter(row => row.mine !== row.theirs)
  return (
    <div className="cc-draft cc-draft--clash" role="alert" ref={box}>
      <p>
        <strong>Une autre version de cette saisie</strong> a été gardée {when(theirs.savedAt)}
        {where(theirs)}. La vôtre reste dans le formulaire.
      </p>
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
      <ButtonRow>
        <Button size="small" onClick={() => draft.takeOther(theirs)}>
          Reprendre toute l’autre version
        </Button>
        <Button size="small" priority="secondary" onClick={() => draft.keepMine(theirs)}>
          Garder ce que montre le formulaire
        </Button>
      </ButtonRow>
    </div>
  )
}

/** Where the writing stands, beside the button. */
export const DraftState = ({ keeping }: { keeping: Keeping }) => {
  const words = stateOf(keeping)
  return words && <p className={`cc-draft__state${keeping.kind === 'saved' ? '' : ' cc-draft__state--not'}`}>{words}</p>
}
const stateOf = (keeping: Keeping) => {
  if (keeping.kind === 'saved') return `Brouillon enregistré ${when(keeping.at)}`
  if (keeping.kind === 'away') return 'Le réseau ne répond pas : brouillon en attente'
  if (keeping.kind === 'refused') return `Brouillon non gardé. ${keeping.problem.detail}`
  return keeping.kind === 'elsewhere' ? 'Brouillon en attente de votre choix' : null
}
