import { useQuery } from '@tanstack/react-query'
import { getProgress } from '../../contract/campaigns.ts'
import { call } from '../platform/api.ts'
import { formatNumber, formatShare, formatTime } from '../platform/format.ts'
import { announce, Bar, Button, DataTable, Empty, Figure, Figures, Loaded, ProgressBar, Section } from '../ui/index.ts'
import { withinKey } from './queries.ts'
import { type Campaign, targetStatusWords } from './words.ts'

export const ProgressTab = ({ campaign }: { campaign: Campaign }) => {
  const query = useQuery({ queryKey: withinKey(campaign.id, 'progress'), queryFn: ({ signal }) => call(getProgress, { params: { campaignId: campaign.id }, signal }), refetchOnMount: 'always' })
  const refresh = async () => {
    const { isError } = await query.refetch()
    announce(isError ? 'L’avancement n’a pas pu être actualisé.' : 'L’avancement est à jour.')
  }
  return (
    <Loaded query={query} lines={8}>
      {({ targets, contacted, setAside, goal, byStatus, byOrganisation, asOf }) => {
        // Those set aside are no longer targets, and have their line.
        const all = byStatus.reduce((sum, { count }) => sum + count, 0)
        const needed = byOrganisation.reduce((sum, { needs }) => sum + needs, 0)
        return (
        <>
          <div className="cc-refresh">
            <span className="fr-text--sm fr-mb-0">À jour à {formatTime(asOf)}</span>
            <Button size="small" priority="tertiary" icon="fr-icon-refresh-line" busy={query.isFetching} onClick={() => void refresh()}>{query.isFetching ? 'Actualisation…' : 'Actualiser'}</Button>
          </div>
          <Figures>
            <Figure value={formatNumber(targets)} label="établissements visés" />
            <Figure value={formatNumber(contacted)} label={`contactés (${formatShare(contacted, targets)})`} />
            <Figure value={formatNumber(needed)} label={needed > 1 ? 'besoins détectés' : 'besoin détecté'} />
            <Figure value={formatNumber(setAside)} label="mis de côté" />
          </Figures>
          {goal !== null && <ProgressBar label="Objectif" value={contacted} max={goal} figures={`${formatNumber(contacted)} sur ${formatNumber(goal)}`} />}
          <Section title="Par structure">
            {byOrganisation.length === 0 ? <Empty title="Aucune structure n’a encore pris de cible en charge">Les chiffres de chaque structure membre viendront ici dès le premier échange.</Empty> : (
              <DataTable
                caption="Avancement par structure"
                hideCaption
                keys={false}
                rows={byOrganisation}
                keyOf={({ organisation }) => organisation.id}
                columns={[
                  { head: 'Structure', cell: ({ organisation }) => organisation.name },
                  { head: 'Prises en charge', cell: ({ taken }) => formatNumber(taken), numeric: true },
                  { head: 'Contactés', cell: one => formatNumber(one.contacted), numeric: true },
                  { head: 'Part des cibles', cell: one => <span className="cc-bar-cell"><Bar value={one.contacted} max={targets} /><span>{formatShare(one.contacted, targets)}</span></span> },
                  { head: 'Échanges', cell: ({ contacts }) => formatNumber(contacts), numeric: true },
                  { head: 'Besoins', cell: ({ needs }) => formatNumber(needs), numeric: true },
                ]}
              />
            )}
            <p className="fr-text--sm fr-mb-0">Un établissement contacté par deux structures est compté pour chacune, et une seule fois dans le total.</p>
          </Section>
          <Section title="Par état">
            <DataTable
              caption="Cibles par état"
              hideCaption
              keys={false}
              rows={byStatus}
              keyOf={({ status }) => status}
              href={({ status, count }) => (count ? `/campagnes/${campaign.id}?statut=${status}` : undefined)}
              columns={[
                { head: 'État', cell: ({ status }) => targetStatusWords[status].word },
                { head: 'Cibles', cell: ({ count }) => formatNumber(count), numeric: true },
                { head: 'Part', cell: ({ count }) => <span className="cc-bar-cell"><Bar value={count} max={all} /><span>{formatShare(count, all)}</span></span> },
              ]}
            />
          </Section>
        </>
        )
      }}
    </Loaded>
  )
}
