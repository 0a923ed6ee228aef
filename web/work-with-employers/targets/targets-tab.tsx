import { lazy, Suspense } from 'react'
import { ExportList } from '../../exports/export-list.tsx'
import { Button, Skeleton, TagChoice } from '../../ui/index.ts'
import { type Campaign, foundWords } from '../campaigns/words.ts'
import { SavedViews } from '../saved-views/saved-views.tsx'
import { ActOnMany } from './act-on-many.tsx'
import { ShareOut } from './sharing-button.tsx'
import { ChooseTargets } from './targets-choice.tsx'
import { ChooseTargetColumns } from './targets-columns.tsx'
import { noFilter, type TargetView, targetViews, useTargetFilter } from './targets-filter.ts'
import { TargetFilters, useTargetCounts } from './targets-filters.tsx'
import { useTargetGroup } from './targets-group.tsx'
import { TargetsList } from './targets-list.tsx'
import { useTargetSort } from './targets-sort.ts'
import './targets.css'

// The list comes first; the other views when they are asked for.
const TargetsGroups = lazy(() => import('./targets-groups.tsx').then(m => ({ default: m.TargetsGroups })))
const TargetsBoard = lazy(() => import('./targets-board.tsx').then(m => ({ default: m.TargetsBoard })))
const TargetsCalendar = lazy(() => import('./targets-calendar.tsx').then(m => ({ default: m.TargetsCalendar })))
const TargetsMap = lazy(() => import('./targets-map.tsx').then(m => ({ default: m.TargetsMap })))

const viewWords: Record<TargetView, string> = {
  liste: 'Liste',
  tableau: 'Par état',
  calendrier: 'Calendrier',
  carte: 'Carte',
}
const views: Record<TargetView, (props: { campaign: Campaign }) => React.ReactNode> = {
  liste: TargetsList,
  tableau: TargetsBoard,
  calendrier: TargetsCalendar,
  carte: TargetsMap,
}

/** One filter, four ways to see what it finds. */
export const TargetsTab = ({ campaign }: { campaign: Campaign }) => {
  const { view } = useTargetFilter()
  const { group } = useTargetGroup()
  const View = view === 'liste' && group ? TargetsGroups : views[view]
  return (
    <>
      <div className="cc-target-bar">
        <TargetFilters campaignId={campaign.id} />
        <div className="cc-target-bar__end">
          <Found campaign={campaign} />
          {view === 'liste' && !group && <ChooseTargets campaign={campaign} />}
          {view === 'liste' && <ChooseTargetColumns />}
        </div>
      </div>
      <Suspense fallback={<Skeleton lines={10} />}>
        <View campaign={campaign} />
      </Suspense>
      {campaign.status === 'open' && !campaign.allowed.includes('work-targets') && (
        <p className="fr-text--sm fr-mt-2w fr-mb-0">
          Les conseillers des structures membres, habilités sur ce territoire, prennent les cibles en charge et
          enregistrent les échanges. Pour en être, adressez-vous à votre responsable de gestion de comptes (RGC).
        </p>
      )}
      {campaign.status === 'draft' && (
        <p className="fr-text--sm fr-mt-2w fr-mb-0">Les cibles se travaillent une fois la campagne ouverte.</p>
      )}
      {(campaign.status === 'closed' || campaign.status === 'archived') && (
        <p className="fr-text--sm fr-mt-2w fr-mb-0">
          La campagne est close : ses cibles sont libérées. Les échanges avec ces employeurs s’enregistrent depuis leur
          fiche.
        </p>
      )}
    </>
  )
}

const ExportTargets = ({ campaignId }: { campaignId: string }) => {
  const { filter } = useTargetFilter()
  const { sort } = useTargetSort()
  return <ExportList list="targets" params={{ campaignId }} filter={{ ...filter, sort }} />
}

/** Leads to a round chosen among what the filters find, or the zone of the map. */
const PlanRound = ({ campaignId }: { campaignId: string }) => {
  const { address } = useTargetFilter()
  const kept = Object.entries(address).filter(([name, value]) => value && (name in noFilter || name === 'cadre'))
  const query = new URLSearchParams([['campagne', campaignId], ...kept, ['choisir', 'oui']])
  return (
    <Button size="small" priority="tertiary" href={`/tournee?${query}`}>
      Tournée
    </Button>
  )
}

/** Beside the tabs of the campaign: how to see its targets, and what to do with those found. */
export const TargetViews = ({ campaign }: { campaign: Campaign }) => {
  const { view, setAddress } = useTargetFilter()
  return (
    <div className="cc-target-tools">
      <ShareOut campaign={campaign} />
      <ActOnMany campaign={campaign} />
      <PlanRound campaignId={campaign.id} />
      <ExportTargets campaignId={campaign.id} />
      <SavedViews list="targets" campaignId={campaign.id} />
      <TagChoice
        label="Affichage"
        value={view}
        onChange={value => setAddress({ affichage: value === 'liste' ? undefined : value })}
        options={targetViews.map(value => ({ value, label: viewWords[value] }))}
      />
    </div>
  )
}

const Found = ({ campaign }: { campaign: Campaign }) => {
  const { filter, filtered } = useTargetFilter()
  const { data } = useTargetCounts(campaign.id, filter)
  return (
    <p className="fr-text--bold fr-mb-0" role="status">
      {data && foundWords(campaign, data.total, filtered)}
    </p>
  )
}
