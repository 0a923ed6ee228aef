import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { countTargets } from '../../../contract/work-with-employers/targets.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Section } from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'
import { choiceIn } from './carried-choice.ts'
import { type Address, filterOf, type TargetStatus } from './sharing-address.ts'
import { SelectionFields, TickTargets, TickToggle } from './sharing-selection.tsx'
import type { Ticking } from './ticking.tsx'

/** As the service takes them. */
const mostPicked = 5000

/**
 * Which targets, among those in these states: those of the filter but some, or those ticked. `anew`: told when they
 * change.
 */
export const useSelection = (campaign: Campaign, statuses: readonly TargetStatus[], anew: () => void) => {
  const [address, setAddress] = useAddress()
  const { statut, q, a, activite, zone, miennes } = address as Address
  const filter = useMemo(
    () => filterOf({ statut, q, a, activite, zone, miennes } as Address),
    [statut, q, a, activite, zone, miennes],
  )
  const [chosen] = useState(() => choiceIn(campaign.id, address['choix']))
  const [picked, setPicked] = useState(chosen.picked)
  const [ticking, setTicking] = useState(chosen.ticking)
  const all = useCounts(campaign.id, {})
  const counts = useCounts(campaign.id, filter)
  const found = counts?.statuses.reduce((n, { status, count }) => (statuses.includes(status) ? n + count : n), 0)
  return {
    statuses,
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

export const whichOf = ({ ticking, picked, filter }: Selection) =>
  ticking === 'only' ? { sirets: [...picked] } : { filter, ...(picked.size ? { except: [...picked] } : {}) }
/** Why these cannot be counted, if they cannot. */
export const missingOf = ({ ticking, picked }: Selection): string | undefined =>
  ticking === 'only' && !picked.size
    ? 'Cochez au moins une cible dans la liste.'
    : picked.size > mostPicked
      ? `${formatCount(picked.size, 'cible', 'cibles')} : au-delà de ${formatCount(mostPicked, 'cochée')}, servez-vous des filtres.`
      : undefined

/** `purpose`: what these targets are for, after their count. */
export const WhichTargets = ({
  campaign,
  selection,
  purpose,
  told,
}: {
  campaign: Campaign
  selection: Selection
  purpose: string
  told: string
}) => {
  const { statuses, address, all, filter, total, ticking, picked, onAddress, onTicking, onPicked } = selection
  const [listed, setListed] = useState(false)
  return (
    <Section title="Quelles cibles">
      <SelectionFields
        campaign={campaign}
        statuses={statuses}
        purpose={purpose}
        address={address}
        all={all}
        set={onAddress}
      />
      <div className="cc-buttons">
        <Total total={total} purpose={purpose} />
        <TickToggle open={listed} ticking={ticking} count={picked.size} onToggle={() => setListed(!listed)} />
      </div>
      <p className="fr-text--sm fr-mt-1w">{told}</p>
      {listed && (
        <TickTargets
          campaign={campaign}
          statuses={statuses}
          purpose={purpose}
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

const Total = ({ total, purpose }: { total: number | undefined; purpose: string }) => (
  <strong role="status">
    {total === undefined
      ? 'Décompte en cours'
      : total
        ? `${formatCount(total, 'cible')} ${purpose}`
        : `Aucune cible ${purpose}`}
  </strong>
)

const useCounts = (campaignId: string, filter: ReturnType<typeof filterOf>) =>
  useQuery({
    queryKey: withinKey(campaignId, 'target-counts', filter),
    refetchOnMount: 'always',
    queryFn: ({ signal }) => call(countTargets, { params: { campaignId }, query: filter, signal }),
  }).data
