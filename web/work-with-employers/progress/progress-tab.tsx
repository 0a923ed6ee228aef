import { useMutation, useQuery } from '@tanstack/react-query'
import { getProgress } from '../../../contract/work-with-employers/progress.ts'
import { ExportList } from '../../exports/export-list.tsx'
import { useFile } from '../../exports/fetched-files.ts'
import { FileComes } from '../../exports/file-comes.tsx'
import { call } from '../../platform/api.ts'
import { formatCount, formatNumber, formatShare, formatTime } from '../../platform/format.ts'
import { useAddress } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { queryClient } from '../../platform/query.ts'
import { holds, useMe } from '../../platform/session.ts'
import { useStream } from '../../platform/stream.ts'
import {
  announce,
  Bar,
  Button,
  Columns,
  DataTable,
  Figure,
  Figures,
  Loaded,
  ProgressBar,
  Refused,
  Section,
} from '../../ui/index.ts'
import { campaignQuery, withinKey } from '../campaigns/queries.ts'
import { type Campaign, type Goal, goalWords, targetStatusWords } from '../campaigns/words.ts'
import { AdvisorsSection } from './advisors.tsx'
import { FunnelChart, ResultsChart } from './bar-charts.tsx'
import { CoverageChart } from './charts.tsx'
import { Cuts } from './cuts.tsx'
import { StuckSection, stuckDays } from './stuck.tsx'
import type { Progress } from './words.ts'
import './progress.css'

export const ProgressTab = ({ campaign }: { campaign: Campaign }) => {
  const [{ jours }] = useAddress()
  const days = stuckDays(jours)
  const query = useQuery({
    queryKey: withinKey(campaign.id, 'progress', days),
    queryFn: ({ signal }) => call(getProgress, { params: { campaignId: campaign.id }, query: { days }, signal }),
    placeholderData: before => before,
    refetchOnMount: 'always',
  })
  const live = useStream(`/campaigns/${campaign.id}/progress/stream`, () => {
    void query.refetch()
    void queryClient.invalidateQueries({ queryKey: campaignQuery(campaign.id).queryKey })
    void queryClient.invalidateQueries({ queryKey: withinKey(campaign.id, 'stuck') })
  })
  const { file, fetch } = useFile()
  const report = useMutation({
    mutationFn: () =>
      fetch({ title: `Rapport : ${campaign.name}`, path: `/campaigns/${campaign.id}/report.pdf`, query: { days } }),
    onSuccess: () => announce('Le rapport est téléchargé.'),
    onError: error => announce(asProblem(error).detail),
  })
  const refresh = async () => {
    const { isError } = await query.refetch()
    announce(isError ? 'L’avancement n’a pas pu être actualisé.' : 'L’avancement est à jour.')
  }
  return (
    <Loaded query={query} lines={8}>
      {progress => {
        const { byStatus, byOrganisation, byAdvisor, stuck, asOf } = progress
        // Those set aside are no longer targets, and have their line.
        const all = byStatus.reduce((sum, { count }) => sum + count, 0)
        return (
          <>
            <div className="cc-refresh">
              <span className="fr-text--sm fr-mb-0 cc-live" data-live={live}>
                {live ? 'En direct, à jour à' : 'À jour à'} {formatTime(asOf)}
              </span>
              <Button
                size="small"
                priority="tertiary"
                icon="fr-icon-refresh-line"
                busy={query.isFetching}
                onClick={() => void refresh()}
              >
                {query.isFetching ? 'Actualisation…' : 'Actualiser'}
              </Button>
              <Button
                size="small"
                priority="secondary"
                icon="fr-icon-download-line"
                busy={report.isPending}
                onClick={() => report.mutate()}
              >
                {report.isPending ? 'Le rapport se prépare…' : 'Rapport (PDF)'}
              </Button>
              <ExportExchanges campaignId={campaign.id} />
            </div>
            <FileComes file={file} />
            {report.isError && <Refused problem={report.error} retry={() => report.mutate()} />}
            <InFigures campaign={campaign} progress={progress} />
            <StuckSection campaignId={campaign.id} stuck={stuck} byOrganisation={byOrganisation} />
            <WhereItStands campaign={campaign} progress={progress} />
            <Cuts progress={progress} territoryId={campaign.territory.id} />
            <AdvisorsSection byAdvisor={byAdvisor} />
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
                  {
                    head: 'Part',
                    cell: ({ count }) => (
                      <span className="cc-bar-cell">
                        <Bar value={count} max={all} />
                        <span>{formatShare(count, all)}</span>
                      </span>
                    ),
                  },
                ]}
              />
            </Section>
          </>
        )
      }}
    </Loaded>
  )
}

/** For whoever reads the cards of employers. */
const ExportExchanges = ({ campaignId }: { campaignId: string }) =>
  holds(useMe(), 'fiche-etablissement') && (
    <ExportList list="exchanges" filter={{ campaign: campaignId }} label="Exporter les échanges" />
  )

interface Part {
  readonly campaign: Campaign
  readonly progress: Progress
}
/** The counts of the whole campaign, and how far each of its goals is. */
const InFigures = ({ campaign, progress: { targets, contacted, setAside, funnel, needs, byOrganisation } }: Part) => {
  const reaching = (name: (typeof funnel)[number]['step']) => funnel.find(({ step }) => step === name)?.count ?? 0
  const needed = reaching('need')
  const done: Record<Goal['kind'], number> = {
    'etablissements-contactes': contacted,
    'interlocuteurs-joints': reaching('reached'),
    echanges: byOrganisation.reduce((sum, { contacts }) => sum + contacts, 0),
    'rendez-vous': reaching('meeting'),
    besoins: needed,
    embauches: needs.hires,
  }
  return (
    <>
      <Figures>
        <Figure value={formatNumber(targets)} label="établissements visés" />
        <Figure value={formatNumber(contacted)} label={`contactés (${formatShare(contacted, targets)})`} />
        <Figure value={formatNumber(needed)} label={needed > 1 ? 'besoins détectés' : 'besoin détecté'} />
        <Figure value={formatNumber(needs.hires)} label={needs.hires > 1 ? 'embauches' : 'embauche'} />
        <Figure value={formatNumber(setAside)} label="mis de côté" />
      </Figures>
      {campaign.goals.map(({ kind, value }) => (
        <ProgressBar
          key={kind}
          label={`Objectif : ${goalWords[kind].label.toLowerCase()}`}
          value={done[kind]}
          max={value}
          figures={`${formatNumber(done[kind])} sur ${formatNumber(value)}`}
        />
      ))}
    </>
  )
}

const WhereItStands = ({ campaign, progress: { weeks, goal, funnel, byResult, needs } }: Part) => (
  <Section title="Où en est-on ?">
    <CoverageChart weeks={weeks} goal={goal} startsOn={campaign.startsOn} endsOn={campaign.endsOn} />
    <Columns>
      <FunnelChart funnel={funnel} />
      <ResultsChart byResult={byResult} />
    </Columns>
    <p className="fr-text--sm fr-mb-0">
      {needs.noted
        ? `${formatCount(needs.noted, 'besoin suivi', 'besoins suivis')}, ${needs.noted > 1 ? 'nés' : 'né'} d’un échange de la campagne et ${needs.noted > 1 ? 'partagés' : 'partagé'} avec le réseau, dont ${formatNumber(needs.open)} encore ${needs.open > 1 ? 'ouverts' : 'ouvert'}.`
        : 'Aucun besoin n’est encore suivi à la suite d’un échange de la campagne.'}
    </p>
  </Section>
)
