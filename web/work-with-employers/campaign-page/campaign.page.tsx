import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDay, formatList, formatShare, formatShortDay, today } from '../../platform/format.ts'
import { useAddress, usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { Badge, Button, Facts, Link, Notice, Page, ProgressBar, Refused, Skeleton, Tabs } from '../../ui/index.ts'
import { campaignQuery } from '../campaigns/queries.ts'
import { type Campaign, contactedWords, purposeWords, statusWords, timeLeft } from '../campaigns/words.ts'
import { ProgressTab } from '../progress/progress-tab.tsx'
import { noTargetAddress } from '../targets/targets-filter.ts'
import { TargetsTab } from '../targets/targets-tab.tsx'
import { ConfirmAct, type LifeAct, SettingsTab } from './settings-tab.tsx'
import { TimeLine } from './time-line.tsx'
import '../../territory-and-register/territories/territories.css'
import '../campaigns/campaigns.css'

const home = [{ label: 'Campagnes', href: '/campagnes' }]

export default function CampaignPage() {
  const { campaignId } = usePathParams<{ campaignId: string }>()
  const query = useQuery({ ...campaignQuery(campaignId), refetchOnMount: 'always' })
  const [{ onglet = 'cibles' }, setAddress] = useAddress()
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
      {...(campaign.allowed.includes('edit')
        ? { actions: <Button href={`/campagnes/${campaign.id}/preparer`}>Reprendre la préparation</Button> }
        : {})}
    >
      <Head campaign={campaign} />
      <Tabs
        label="Campagne"
        current={onglet}
        onChange={id => setAddress({ ...noTargetAddress, onglet: id === 'cibles' ? undefined : id })}
        tabs={[
          { id: 'cibles', label: 'Cibles', count: campaign.counts.targets },
          { id: 'avancement', label: 'Avancement' },
          { id: 'reglages', label: 'Réglages' },
        ]}
      >
        {onglet === 'avancement' ? (
          <ProgressTab campaign={campaign} />
        ) : onglet === 'reglages' ? (
          <SettingsTab campaign={campaign} />
        ) : (
          <TargetsTab campaign={campaign} />
        )}
      </Tabs>
    </Page>
  )
}

const Head = ({ campaign }: { campaign: Campaign }) => {
  const { targets, contacted } = campaign.counts
  const [asking, setAsking] = useState<LifeAct | null>(null)
  const over = campaign.status === 'open' && campaign.endsOn < today()
  return (
    <div className="cc-campaign-head">
      {over && (
        <Notice tone="warning" title="La période est terminée">
          <p className={campaign.allowed.includes('close') ? '' : 'fr-mb-0'}>
            Depuis le {formatShortDay(campaign.endsOn)}, ces établissements peuvent être retenus par d’autres campagnes.{' '}
            {campaign.allowed.includes('close')
              ? 'Vous pouvez prolonger celle-ci (onglet Réglages) ou la clore.'
              : `Les pilotes de ${campaign.pilot.name} peuvent la prolonger ou la clore.`}
            {campaign.closesOn && ` Sans cela, elle se clora d’elle-même le ${formatDay(campaign.closesOn)}.`}
          </p>
          {campaign.allowed.includes('close') && (
            <Button size="small" priority="secondary" onClick={() => setAsking('close')}>
              Clore la campagne
            </Button>
          )}
        </Notice>
      )}
      {asking && <ConfirmAct act={asking} campaign={campaign} onClose={() => setAsking(null)} />}
      <div className="cc-campaign-head__facts">
        <Facts
          items={[
            ['Objet', purposeWords[campaign.purpose].word],
            [
              'Territoire',
              <Link key="territory" href={`/territoires/${campaign.territory.id}`}>
                {campaign.territory.name}
              </Link>,
            ],
            ['Pilote', campaign.pilot.name],
            ['Membres', formatList(campaign.members.map(({ name }) => name))],
            campaign.leads.length > 0 && ['Responsables', formatList(campaign.leads.map(({ name }) => name))],
          ]}
        />
        <div>
          <TimeLine campaign={campaign} />
          <ProgressBar
            label="Établissements contactés"
            value={contacted}
            max={targets}
            figures={formatShare(contacted, targets)}
          />
          {campaign.description && <p className="cc-description fr-mb-0">{campaign.description}</p>}
        </div>
      </div>
    </div>
  )
}
