import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Draft, Keeping } from '../../platform/draft-keeper.ts'
import { dayOf, formatDay, formatTime, today } from '../../platform/format.ts'
import { asProblem } from '../../platform/problem.ts'
import { Button, ButtonRow } from '../button.tsx'
import './draft.css'

/** « à 10 h 12 », « le 24 novembre 2026 à 10 h 12 ». */
export const draftTime = (instant: string) =>
  `${dayOf(instant) === today() ? '' : `le ${formatDay(dayOf(instant))} `}à ${formatTime(instant)}`
export const draftPlace = ({ place, device }: Pick<Draft, 'place' | 'device'>) => {
  if (place === 'here') return ''
  return place === 'other-device' ? `, sur un autre appareil${device && ` (${device})`}` : ', dans une autre session'
}
/** « Brouillon commencé à 10 h 12, sur un autre appareil (Firefox sur Windows) ». */
export const draftStart = (draft: Pick<Draft, 'startedAt' | 'place' | 'device'>) =>
  `Brouillon commencé ${draftTime(draft.startedAt)}${draftPlace(draft)}`

export const FoundDraft = ({ found, erase }: { found: Draft; erase: () => Promise<void> }) => {
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  return (
    <div className="cc-draft" role="status">
      <p>{draftStart(found)}. Il est repris ci-dessous.</p>
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

/** What was put aside, which one may take back as long as the form is open. */
export const AsideDraft = ({ why, onTake }: { why: 'other-version' | 'erased'; onTake: () => void }) => (
  <div className="cc-draft">
    <p>
      {why === 'erased' ? 'Brouillon effacé.' : 'L’autre version reste à portée tant que cette saisie est ouverte.'}
    </p>
    <Button size="small" priority="secondary" onClick={onTake}>
      {why === 'erased' ? 'Reprendre' : 'Reprendre l’autre version'}
    </Button>
  </div>
)

/** Where the writing stands, beside the button. */
export const DraftState = ({ keeping }: { keeping: Keeping }) => {
  const words = stateOf(keeping)
  return words && <p className={`cc-draft__state${keeping.kind === 'saved' ? '' : ' cc-draft__state--not'}`}>{words}</p>
}
const stateOf = (keeping: Keeping) => {
  if (keeping.kind === 'saved') return `Brouillon enregistré ${draftTime(keeping.at)}`
  if (keeping.kind === 'away') return 'Le réseau ne répond pas : brouillon en attente'
  if (keeping.kind === 'refused') return `Brouillon non gardé. ${keeping.problem.detail}`
  return keeping.kind === 'elsewhere' ? 'Brouillon en attente de votre choix' : null
}

/** Another version that was kept meanwhile, seen at once: where the two differ, and which one goes on. */
export const ClashingDraft = ({
  theirs,
  draft,
  children,
}: {
  theirs: Draft
  draft: { readonly takeOther: (theirs: Draft) => unknown; readonly keepMine: (theirs: Draft) => unknown }
  children: ReactNode
}) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div className="cc-draft cc-draft--clash" role="alert" ref={box}>
      <p>
        <strong>Une autre version de cette saisie</strong> a été gardée {draftTime(theirs.savedAt)}
        {draftPlace(theirs)}. La vôtre reste dans le formulaire.
      </p>
      {children}
      <ButtonRow>
        <Button size="small" onClick={() => void draft.takeOther(theirs)}>
          Reprendre toute l’autre version
        </Button>
        <Button size="small" priority="secondary" onClick={() => draft.keepMine(theirs)}>
          Garder ce que montre le formulaire
        </Button>
      </ButtonRow>
    </div>
  )
}
