import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { Button } from '../../ui/index.ts'
import type { Campaign } from '../campaigns/words.ts'
import type { Choice } from '../sharing/carried-choice.ts'
import { useMayShareOut } from './sharing-button.tsx'
import { useTargetFilter } from './targets-filter.ts'

// Only once one chooses.
const Chosen = lazy(() => import('./targets-chosen.tsx').then(m => ({ default: m.ChosenTargets })))
export const ChosenTargets = (props: ComponentProps<typeof Chosen>) => (
  <Suspense fallback={null}>
    <Chosen {...props} />
  </Suspense>
)

const nothing: Choice = { ticking: 'only', picked: new Set() }
/**
 * What one ticks in the list, when one does. Those ticked one by one stay over other filters; all but some are those of
 * one filter, and go with it.
 */
export const useTargetChoice = (found: string) => {
  const { address } = useTargetFilter()
  const [{ choice, of }, setState] = useState({ choice: nothing, of: found })
  return {
    choosing: address['choisir'] === 'oui',
    choice: choice.ticking === 'except' && of !== found ? nothing : choice,
    setChoice: (next: Choice) => setState({ choice: next, of: found }),
  }
}

/** Shows the boxes of the rows, to whom there is something to do with many. */
export const ChooseTargets = ({ campaign }: { campaign: Campaign }) => {
  const { address, setAddress } = useTargetFilter()
  const mayShareOut = useMayShareOut(campaign)
  const choosing = address['choisir'] === 'oui'
  if (!campaign.allowed.includes('work-targets') && !mayShareOut) return null
  return (
    <Button
      size="small"
      priority="tertiary"
      pressed={choosing}
      onClick={() => setAddress({ choisir: choosing ? undefined : 'oui' })}
    >
      Sélectionner
    </Button>
  )
}
