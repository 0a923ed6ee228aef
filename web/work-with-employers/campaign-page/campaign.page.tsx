import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { formatDay, formatShortDay, today } from '../../platform/format.ts'
import { useAddress, usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { Badge, Button, Notice, Page, Refused, Skeleton, Tabs } from '../../ui/index.ts'
import { campaignQuery } from '../campaigns/queries.ts'
import { type Campaign, contactedWords, statusWords, timeLeft } from '../campaigns/words.ts'
import { noTargetAddress } from '../targets/targets-filter.ts'
import { TargetsTab, TargetViews } from '../targets/targets-tab.tsx'
import { CampaignFacts } from './campaign-facts.tsx'
import type { LifeAct } from './confirm-act.tsx'
import '../../territory-and-register/territories/territories.css'
import '../campaigns/campaigns.css'

// The targets come first; the two other tabs when they are asked for.
const ProgressTab = lazy(() => import('../progress/progress-tab.tsx').then(m => ({ default: m.ProgressTab })))
const SettingsTab = lazy(() => import('./settings-tab.tsx').then(m => ({ default: m.SettingsTab })))
const ConfirmAct = lazy(() => import('./confirm-act.tsx').then(m => ({ default: m.ConfirmAct })))

const home = [{ label: 'Campagnes', href: '/campagnes' }]

export default function CampaignPage() {
  const { campaignId } = usePathParams<{ campaignId: string }>()
  const query = useQuery({ ...campaignQuery(campaignId), refetchOnMount: 'always' })
  const [{ onglet = 'cibles' }, setAddress] = useAddress()
  const [detailed, setDetailed] = useState(false)
  const campaign = query.data
  if (query.isError && !campaign)
    return (
      <Page title={asProblem(query.error).title} breadcrumb={home} width="narrow">
        <Refused problem={query.error} retry={() => void query.refetch()} />
      </Page>
    )
  if (!campaign)
    return (
      <Page title="Campagne" breadcrumb={home}>
        <Skeleton lines={10} />
      </Page>
    )
  return (
    <Page
      title={campaign.name}
      breadcrumb={home}
      beside={<Badge tone={statusWords[campaign.status].tone}>{statusWords[campaign.status].word}</Badge>}
      lead={
        campaign.status === 'open' ? `${contactedWords(campaign)} · ${timeLeft(campaign)}` : contactedWords(campaign)
      }
      compact
      actions={
        <>
          {campaign.allowed.includes('edit') && (
            <Button size="small" href={`/campagnes/${campaign.id}/preparer`}>
              Reprendre la préparation
            </Button>
          )}
          <Button
            size="small"
            priority="tertiary no outline"
            expanded={detailed}
            icon={detailed ? 'fr-icon-arrow-up-s-line' : 'fr-icon-arrow-down-s-line'}
            iconPosition="right"
            onClick={() => setDetailed(!detailed)}
          >
            Objet, période et membres
          </Button>
        </>
      }
    >
      <Over campaign={campaign} />
      {detailed && <CampaignFacts campaign={campaign} />}
      <Tabs
        label="Campagne"
        current={onglet}
        onChange={id => setAddress({ ...noTargetAddress, onglet: id === 'cibles' ? undefined : id })}
        beside={onglet !== 'avancement' && onglet !== 'reglages' && <TargetViews campaign={campaign} />}
        tabs={[
          { id: 'cibles', label: 'Cibles', count: campaign.counts.targets },
          { id: 'avancement', label: 'Avancement' },
          { id: 'reglages', label: 'Réglages' },
        ]}
      >
        <Suspense fallback={<Skeleton lines={10} />}>
          {onglet === 'avancement' ? (
            <ProgressTab campaign={campaign} />
          ) : onglet === 'reglages' ? (
            <SettingsTab campaign={campaign} />
          ) : (
            <TargetsTab campaign={campaign} />
          )}
        </Suspense>
      </Tabs>
    </Page>
  )
}

/** Past its last day: said above all tabs, with what can be done. */
const Over = ({ campaign }: { campaign: Campaign }) => {
  const [asking, setAsking] = useState<LifeAct | null>(null)
  if (campaign.status !== 'open' || campaign.endsOn >= today()) return null
  const mayClose = campaign.allowed.includes('close')
  return (
    <>
      <Notice tone="warning" title="La période est terminée">
        <p className={mayClose ? '' : 'fr-mb-0'}>
          Depuis le {formatShortDay(campaign.endsOn)}, ces établissements peuvent être retenus par d’autres campagnes.{' '}
          {mayClose
            ? 'Vous pouvez prolonger celle-ci (onglet Réglages) ou la clore.'
            : `Les pilotes ${ofStructure(campaign.pilot.name)} peuvent la prolonger ou la clore.`}
          {campaign.closesOn && ` Sans cela, elle se clora d’elle-même le ${formatDay(campaign.closesOn)}.`}
        </p>
        {mayClose && (
          <Button size="small" priority="secondary" onClick={() => setAsking('close')}>
            Clore la campagne
          </Button>
        )}
      </Notice>
      <Suspense>{asking && <ConfirmAct act={asking} campaign={campaign} onClose={() => setAsking(null)} />}</Suspense>
    </>
  )
}
