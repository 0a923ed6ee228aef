import { lazy, type ReactNode, Suspense, useState } from 'react'
import { theStructure } from '../../../contract/names-in-french.ts'
import { Button, ButtonRow } from '../../ui/index.ts'
import type { Need, NeedAct } from './queries.ts'
import { TakeButton } from './take-button.tsx'
import { whatWords } from './words.ts'

const dialogs = () => import('./act-dialogs.tsx')
const GiveBackDialog = lazy(() => dialogs().then(m => ({ default: m.GiveBackDialog })))
const HireDialog = lazy(() => dialogs().then(m => ({ default: m.HireDialog })))
const CloseDialog = lazy(() => dialogs().then(m => ({ default: m.CloseDialog })))
const ReopenDialog = lazy(() => dialogs().then(m => ({ default: m.ReopenDialog })))
const CorrectNeedDialog = lazy(() => import('./need-dialog.tsx').then(m => ({ default: m.CorrectNeedDialog })))
const ProposeNeedDialog = lazy(() => import('./propose-need-dialog.tsx').then(m => ({ default: m.ProposeNeedDialog })))

type Shown = Exclude<NeedAct, 'take' | 'unreachable'>
const order: readonly Shown[] = [
  'propose',
  'hire',
  'answer',
  'give-back',
  'fill-otherwise',
  'abandon',
  'reopen',
  'correct',
]
const actWords: Record<Shown, string> = {
  propose: 'Proposer à d’autres structures',
  hire: 'Noter des embauches',
  answer: 'Dire répondu',
  'give-back': 'Rendre…',
  'fill-otherwise': 'Pourvu autrement…',
  abandon: 'Abandonner…',
  reopen: 'Rouvrir…',
  correct: 'Corriger',
}
const dialogOf = (act: Shown, need: Need, onClose: () => void): ReactNode => {
  switch (act) {
    case 'propose':
      return <ProposeNeedDialog need={need} onClose={onClose} />
    case 'hire':
      return <HireDialog need={need} onClose={onClose} />
    case 'give-back':
      return <GiveBackDialog need={need} onClose={onClose} />
    case 'reopen':
      return <ReopenDialog need={need} onClose={onClose} />
    case 'correct':
      return <CorrectNeedDialog need={need} onClose={onClose} />
    default:
      return <CloseDialog need={need} outcome={act} onClose={onClose} />
  }
}

const whoActs = ({ closedAt, takenBy, owner, organisation }: Need): string => {
  const follower = `${owner?.name ?? 'la personne qui le suit'} (${organisation.name})`
  if (closedAt !== null) return `Ce besoin est clos. Pour le rouvrir, parlez-en à ${follower}.`
  if (takenBy) return `Ce besoin est pris en charge par ${theStructure(takenBy.name)} ; ${follower} le suit.`
  return `Ce besoin se prend par sa structure, ou par une structure à qui elle le propose. Pour y répondre, parlez-en à ${follower}.`
}

/** What the server allows on this need, and who else can act where it allows nothing. */
export const NeedActs = ({ need }: { need: Need }) => {
  const [act, setAct] = useState<Shown | null>(null)
  const acts = order.filter(one => need.allowed.includes(one))
  if (!need.allowed.length) return <p className="fr-text--sm">{whoActs(need)}</p>
  return (
    <>
      <ButtonRow>
        {need.allowed.includes('take') && <TakeButton needId={need.id} what={whatWords(need)} />}
        {acts.map(one => (
          <Button
            key={one}
            priority={one === 'hire' || one === 'propose' || one === 'answer' ? 'secondary' : 'tertiary'}
            onClick={() => setAct(one)}
          >
            {actWords[one]}
          </Button>
        ))}
      </ButtonRow>
      {act && <Suspense fallback={null}>{dialogOf(act, need, () => setAct(null))}</Suspense>}
    </>
  )
}
