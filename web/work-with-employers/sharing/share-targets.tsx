import { useMutation } from '@tanstack/react-query'
import { useLayoutEffect, useRef, useState } from 'react'
import { simulateSharing } from '../../../contract/work-with-employers/sharing.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { announce, Button, ButtonRow, Notice, Refused, Section } from '../../ui/index.ts'
import type { Campaign } from '../campaigns/words.ts'
import { shareable } from './sharing-address.ts'
import { type Sharing, SharingHistory, UndoDialog } from './sharing-history.tsx'
import { type Answers, MethodFields, methodOf, noAnswer } from './sharing-method.tsx'
import { SimulationResult } from './sharing-simulation.tsx'
import { missingOf, useSelection, WhichTargets, whichOf } from './target-selection.tsx'
import { recipientId, type Simulation } from './words.ts'

type Recipients = Parameters<typeof MethodFields>[0]['recipients']

/** Among structures when there are several: one of them beside its own people would count twice. Else among people. */
const firstAmong = (recipients: Recipients): Recipients => {
  const structures = recipients.filter(({ person }) => !person)
  return structures.length > 1 ? structures : recipients.filter(({ person }) => person)
}

export const ShareTargets = ({ campaign, recipients }: { campaign: Campaign; recipients: Recipients }) => {
  const [answers, setAnswers] = useState<Answers>({
    ...noAnswer,
    among: firstAmong(recipients).map(recipientId),
  })
  const [simulation, setSimulation] = useState<Simulation | null>(null)
  const [missing, setMissing] = useState('')
  const [undoing, setUndoing] = useState<Sharing | null>(null)
  const results = useRef<HTMLDivElement>(null)
  const simulate = useSimulation(campaign, setSimulation)
  // The simulation no longer matches the request.
  const anew = () => {
    setSimulation(null)
    setMissing('')
    simulate.reset()
  }
  const selection = useSelection(campaign, shareable, anew)
  const start = () => {
    const how = methodOf(answers)
    anew()
    const lacking = missingOf(selection)
    if (lacking) return setMissing(lacking)
    if (typeof how === 'string') return setMissing(how)
    simulate.mutate({ which: whichOf(selection), how })
  }
  useLayoutEffect(() => {
    if (simulation || missing) results.current?.focus()
  }, [simulation, missing])
  return (
    <>
      <WhichTargets
        campaign={campaign}
        selection={selection}
        purpose="à répartir"
        told="Les cibles traitées ou mises de côté ne se répartissent pas."
      />
      <Section title="À qui">
        <MethodFields
          answers={answers}
          recipients={recipients}
          counts={selection.ticking === 'only' ? selection.all : selection.counts}
          counted={selection.ticking === 'except'}
          set={change => {
            setAnswers({ ...answers, ...change })
            anew()
          }}
        />
        <ButtonRow>
          <Button priority={simulation ? 'secondary' : 'primary'} busy={simulate.isPending} onClick={start}>
            {simulate.isPending ? 'Simulation…' : 'Simuler'}
          </Button>
        </ButtonRow>
      </Section>
      <div ref={results} tabIndex={-1} className="cc-outcome fr-mt-3w">
        {missing && <Notice tone="error">{missing}</Notice>}
        {simulate.error && <Refused problem={simulate.error} retry={start} />}
        {simulation && <SimulationResult campaign={campaign} simulation={simulation} onRedo={start} />}
      </div>
      <SharingHistory campaign={campaign} onUndo={setUndoing} />
      {undoing && <UndoDialog campaign={campaign} sharing={undoing} onClose={() => setUndoing(null)} />}
    </>
  )
}

const useSimulation = (campaign: Campaign, onSimulated: (simulation: Simulation) => void) =>
  useMutation({
    mutationFn: (body: { which: ReturnType<typeof whichOf>; how: Exclude<ReturnType<typeof methodOf>, string> }) =>
      call(simulateSharing, { params: { campaignId: campaign.id }, body, timeoutMs: 120_000 }),
    onSuccess: reply => {
      onSimulated(reply)
      announce(`${formatCount(reply.planned, 'cible changerait', 'cibles changeraient')} de mains.`)
    },
  })
