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

export const ShareTargets = ({ campaign, recipients }: { campaign: Campaign; recipients: Recipients }) => {
  const [address, setAddress] = useAddress()
  const { statut, q, a, activite, zone, miennes } = address as Address
  const filter = useMemo(
    () => filterOf({ statut, q, a, activite, zone, miennes } as Address),
    [statut, q, a, activite, zone, miennes],
  )
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [ticking, setTicking] = useState<Ticking>('except')
  const [listed, setListed] = useState(false)
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
  const all = useCounts(campaign.id, {})
  const counts = useCounts(campaign.id, filter)
  const found = counts?.statuses.reduce(
    (n, { status, count }) => (status === 'traite' || status === 'ecarte' ? n : n + count),
    0,
  )
  const total = ticking === 'only' ? picked.size : found && Math.max(0, found - picked.size)
  const simulate = useMutation({
    mutationFn: (how: Exclude<ReturnType<typeof methodOf>, string>) =>
      call(simulateSharing, {
        params: { campaignId: campaign.id },
        body: {
          which:
            ticking === 'only' ? { sirets: [...picked] } : { filter, ...(picked.size ? { except: [...picked] } : {}) },
          how,
        },
        timeoutMs: 120_000,
      }),
    onSuccess: reply => {
      setSimulation(reply)
      announce(`${formatCount(reply.planned, 'cible changerait', 'cibles changeraient')} de mains.`)
    },
  })
  // What was simulated no longer stands for what is asked.
  const anew = () => {
    setSimulation(null)
    setMissing('')
    simulate.reset()
  }
  const start = () => {
    const how = methodOf(answers)
    anew()
    setDone(null)
    setUndone(null)
    if (ticking === 'only' && !picked.size) return setMissing('Cochez au moins une cible dans la liste.')
    if (picked.size > mostPicked)
      return setMissing(
        `${formatCount(picked.size, 'cible', 'cibles')} : au-delà de ${formatCount(mostPicked, 'cochée')}, servez-vous des filtres.`,
      )
    if (typeof how === 'string') return setMissing(how)
    simulate.mutate(how)
  }
  useEffect(() => {
    if (simulation || done || undone || missing) results.current?.focus()
  }, [simulation, done, undone, missing])
  const changed = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: withinKey(campaign.id) }),
      queryClient.invalidateQueries({ queryKey: campaignQuery(campaign.id).queryKey }),
      queryClient.invalidateQueries({ queryKey: ['portfolio'] }),
    ])
  return (
    <>
      <Section title="Quelles cibles">
        <SelectionFields
          campaign={campaign}
          address={address as Address}
          all={all}
          set={change => {
            if (ticking === 'except') setPicked(new Set())
            anew()
            setAddress(change)
          }}
        />
        <div className="cc-buttons">
          <strong role="status">
            {total === undefined
              ? 'Décompte en cours'
              : total
                ? `${formatCount(total, 'cible')} à répartir`
                : 'Aucune cible à répartir'}
          </strong>
          <TickToggle open={listed} ticking={ticking} count={picked.size} onToggle={() => setListed(!listed)} />
        </div>
        <p className="fr-text--sm fr-mt-1w">Les cibles traitées ou mises de côté ne se répartissent pas.</p>
        {listed && (
          <TickTargets
            campaign={campaign}
            filter={filter}
            ticking={ticking}
            onTicking={next => {
              setTicking(next)
              setPicked(new Set())
              anew()
            }}
            picked={picked}
            onChange={next => {
              setPicked(next)
              anew()
            }}
          />
        )}
      </Section>
      <Section title="À qui">
        <MethodFields
          answers={answers}
          recipients={recipients}
          counts={ticking === 'only' ? all : counts}
          counted={ticking === 'except'}
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
        {simulation && (
          <SimulationResult
            campaign={campaign}
            simulation={simulation}
            onRedo={start}
            onDone={reply => {
              setSimulation(null)
              setDone(reply)
              announce(`${formatCount(reply.sharing.moved, 'cible répartie', 'cibles réparties')}.`)
              void changed()
            }}
          />
        )}
        {done && <DoneResult done={done} onUndo={() => setUndoing(done.sharing)} />}
        {undone && <UndoneResult undone={undone} />}
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
            void changed()
          }}
        />
      )}
    </>
  )
}

const useCounts = (campaignId: string, filter: ReturnType<typeof filterOf>) =>
  useQuery({
    queryKey: withinKey(campaignId, 'target-counts', filter),
    refetchOnMount: 'always',
    queryFn: ({ signal }) => call(countTargets, { params: { campaignId }, query: filter, signal }),
  }).data
