import { formatCount } from '../../platform/format.ts'
import { TagChoice } from '../../ui/index.ts'
import type { Campaign } from '../campaigns/words.ts'
import { ShareOut } from './sharing-button.tsx'
import { TargetsBoard } from './targets-board.tsx'
import { TargetsCalendar } from './targets-calendar.tsx'
import { type TargetView, targetViews, useTargetFilter } from './targets-filter.ts'
import { TargetFilters, useTargetCounts } from './targets-filters.tsx'
import { TargetsList } from './targets-list.tsx'
import { TargetsMap } from './targets-map.tsx'
import './targets.css'

const viewWords: Record<TargetView, string> = {
  liste: 'Liste',
  tableau: 'Tableau par état',
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
  const { view, setAddress } = useTargetFilter()
  const View = views[view]
  return (
    <>
      <ShareOut campaign={campaign} />
      <TargetFilters campaignId={campaign.id} />
      <div className="cc-target-views">
        <TagChoice
          label="Affichage"
          value={view}
          onChange={value => setAddress({ affichage: value === 'liste' ? undefined : value })}
          options={targetViews.map(value => ({ value, label: viewWords[value] }))}
        />
        {view !== 'liste' && <Found campaignId={campaign.id} />}
      </div>
      <View campaign={campaign} />
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

/** The list says it in its caption. */
const Found = ({ campaignId }: { campaignId: string }) => {
  const { filter } = useTargetFilter()
  const { data } = useTargetCounts(campaignId, filter)
  return (
    <p className="fr-text--bold fr-mb-0" role="status">
      {data && formatCount(data.total, 'cible')}
    </p>
  )
}
