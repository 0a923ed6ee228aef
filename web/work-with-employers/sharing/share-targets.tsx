import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { simulateSharing } from '../../../contract/work-with-employers/sharing.ts'
import { countTargets } from '../../../contract/work-with-employers/targets.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { useAddress } from '../../platform/navigation.ts'
import { queryClient } from '../../platform/query.ts'
import { announce, Button, ButtonRow, Notice, Refused, Section } from '../../ui/index.ts'
import { campaignQuery, withinKey } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'
import { type Address, filterOf } from './sharing-address.ts'
import { DoneResult } from './sharing-done.tsx'
import { type Sharing, SharingHistory, UndoDialog, type Undone, UndoneResult } from './sharing-history.tsx'
import { type Answers, MethodFields, methodOf, noAnswer } from './sharing-method.tsx'
import { SelectionFields, type Ticking, TickTargets, TickToggle } from './sharing-selection.tsx'
import { type Done, SimulationResult } from './sharing-simulation.tsx'
import { recipientId, type Simulation } from './words.ts'

/** As the service takes them. */
const mostPicked = 5000

type Recipients = Parameters<typeof MethodFields>[0]['recipients']

/** Which targets are to be shared: those of the filter but some, or those ticked. `anew`: told when they change. */
const useSelection = (campaign: Campaign, anew: () => void) => {
  const [address, setAddress] = useAddress()
  const { statut, q, a, activite, zone, miennes } = address as Address
  const filter = useMemo(
    () => filterOf({ statut, q, a, activite, zone, miennes } as Address),
    [statut, q, a, activite, zone, miennes],
  )
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [ticking, setTicking] = useState<Ticking>('except')
  const all = useCounts(campaign.id, {})
  const counts = useCounts(campaign.id, filter)
  const found = counts?.statuses.reduce(
    (n, { status, count }) => (status === 'traite' || status === 'ecarte' ? n : n + count),
    0,
  )
  return {
    all,
    counts,
    filter,
    picked,
    ticking,
    address: address as Address,
    total: ticking === 'only' ? picked.size : found && Math.max(0, found - picked.size),
    onAddress: (change: Parameters<typeof setAddress>[0]) => {
      if (ticking === 'except') setPicked(new Set())
      anew()
      setAddress(change)
    },
    onTicking: (next: Ticking) => {
      setTicking(next)
      setPicked(new Set())
      anew()
    },
    onPicked: (next: ReadonlySet<string>) => {
      setPicked(next)
      anew()
    },
  }
}
type Selection = ReturnType<typeof useSelection>

const whichOf = ({ ticking, picked, filter }: Selection) =>
  ticking === 'only' ? { sirets: [...picked] } : { filter, ...(picked.size ? { except: [...picked] } : {}) }
/** Why these cannot be simulated, if they cannot. */
const missingOf = ({ ticking, picked }: Selection): string | undefined =>
  ticking === 'only' && !picked.size
    ? 'Cochez au moins une cible dans la liste.'
    : picked.size > mostPicked
      ? `${formatCount(picked.size, 'cible', 'cibles')} : au-delà de ${formatCount(mostPicked, 'cochée')}, servez-vous des filtres.`
      : undefined

export const ShareTargets = ({ campaign, recipients }: { campaign: Campaign; recipients: Recipients }) => {
  const [answers, setAnswers] = useState<Answers>({
    ...noAnswer,
    among: recipients.filter(({ person }) => person).map(recipientId),
  })
  const [simulation, setSimulation] = useState<Simulation | null>(null)
  const [missing, setMissing] = useState('')
  const [done, setDone] = useState<Done | null>(null)
  const [undone, setUndone] = useState<Undone | null>(null)
  const [undoing, setUndoing] = useState<Sharing | null>(null)
  const results = useRef<HTMLDivElement>(null)
  const simulate = useSimulation(campaign, setSimulation)
  // The simulation no longer matches the request.
  const anew = () => {
    setSimulation(null)
    setMissing('')
    simulate.reset()
  }
  const selection = useSelection(campaign, anew)
  const start = () => {
    const how = methodOf(answers)
    anew()
    setDone(null)
    setUndone(null)
    const lacking = missingOf(selection)
    if (lacking) return setMissing(lacking)
    if (typeof how === 'string') return setMissing(how)
    simulate.mutate({ which: whichOf(selection), how })
  }
  useEffect(() => {
    if (simulation || done || undone || missing) results.current?.focus()
  }, [simulation, done, undone, missing])
  return (
    <>
      <WhichTargets campaign={campaign} selection={selection} />
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
        <Outcome
          campaign={campaign}
          missing={missing}
          problem={simulate.error}
          shown={{ simulation, done, undone }}
          onStart={start}
          onUndo={setUndoing}
          onDone={reply => {
            setSimulation(null)
            setDone(reply)
            announce(`${formatCount(reply.sharing.moved, 'cible répartie', 'cibles réparties')}.`)
            void sharingChanged(campaign.id)
          }}
        />
      </div>
      <SharingHistory campaign={campaign} onUndo={setUndoing} />
      {undoing && (
        <UndoDialog
          campaign={campaign}
          sharing={undoing}
          onClose={() => setUndoing(null)}
          onUndone={reply => {
            setUndoing(null)
            setDone(null)
            setSimulation(null)
            setUndone(reply)
            void sharingChanged(campaign.id)
          }}
        />
      )}
    </>
  )
}

const WhichTargets = ({ campaign, selection }: { campaign: Campaign; selection: Selection }) => {
  const { address, all, filter, total, ticking, picked, onAddress, onTicking, onPicked } = selection
  const [listed, setListed] = useState(false)
  return (
    <Section title="Quelles cibles">
      <SelectionFields campaign={campaign} address={address} all={all} set={onAddress} />
      <div className="cc-buttons">
        <Total total={total} />
        <TickToggle open={listed} ticking={ticking} count={picked.size} onToggle={() => setListed(!listed)} />
      </div>
      <p className="fr-text--sm fr-mt-1w">Les cibles traitées ou mises de côté ne se répartissent pas.</p>
      {listed && (
        <TickTargets
          campaign={campaign}
          filter={filter}
          ticking={ticking}
          onTicking={onTicking}
          picked={picked}
          onChange={onPicked}
        />
      )}
    </Section>
  )
}

const Total = ({ total }: { total: number | undefined }) => (
  <strong role="status">
    {total === undefined
      ? 'Décompte en cours'
      : total
        ? `${formatCount(total, 'cible')} à répartir`
        : 'Aucune cible à répartir'}
  </strong>
)

/** What came of it: what is missing, refused, simulated, done or undone. */
const Outcome = ({
  campaign,
  missing,
  problem,
  shown: { simulation, done, undone },
  onStart,
  onUndo,
  onDone,
}: {
  campaign: Campaign
  missing: string
  problem: Error | null
  shown: { simulation: Simulation | null; done: Done | null; undone: Undone | null }
  onStart: () => void
  onUndo: (sharing: Sharing) => void
  onDone: (done: Done) => void
}) => (
  <>
    {missing && <Notice tone="error">{missing}</Notice>}
    {problem && <Refused problem={problem} retry={onStart} />}
    {simulation && <SimulationResult campaign={campaign} simulation={simulation} onRedo={onStart} onDone={onDone} />}
    {done && <DoneResult done={done} onUndo={() => onUndo(done.sharing)} />}
    {undone && <UndoneResult undone={undone} />}
  </>
)

/** What shows who sees to the targets is read again. */
const sharingChanged = (campaignId: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: withinKey(campaignId) }),
    queryClient.invalidateQueries({ queryKey: campaignQuery(campaignId).queryKey }),
    queryClient.invalidateQueries({ queryKey: ['portfolio'] }),
  ])

const useSimulation = (campaign: Campaign, onSimulated: (simulation: Simulation) => void) =>
  useMutation({
    mutationFn: (body: { which: ReturnType<typeof whichOf>; how: Exclude<ReturnType<typeof methodOf>, string> }) =>
      call(simulateSharing, { params: { campaignId: campaign.id }, body, timeoutMs: 120_000 }),
    onSuccess: reply => {
      onSimulated(reply)
      announce(`${formatCount(reply.planned, 'cible changerait', 'cibles changeraient')} de mains.`)
    },
  })

const useCounts = (campaignId: string, filter: ReturnType<typeof filterOf>) =>
  useQuery({
    queryKey: withinKey(campaignId, 'target-counts', filter),
    refetchOnMount: 'always',
    queryFn: ({ signal }) => call(countTargets, { params: { campaignId }, query: filter, signal }),
  }).data
