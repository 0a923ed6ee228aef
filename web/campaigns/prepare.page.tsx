import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { editCampaign } from '../../contract/campaigns.ts'
import { call } from '../platform/api.ts'
import { formatCount } from '../platform/format.ts'
import { useGo, usePathParams } from '../platform/navigation.ts'
import { asProblem } from '../platform/problem.ts'
import { Button, ButtonRow, Notice, Page, Refused, Skeleton, Stepper } from '../ui/index.ts'
import { ConflictsStep } from './conflicts-step.tsx'
import { EstablishmentsStep } from './establishments-step.tsx'
import { OpeningStep } from './opening-step.tsx'
import { PurposeForm } from './purpose-form.tsx'
import { campaignQuery, keepCampaign } from './queries.ts'
import { nextStep, stepAddress, type StepId, stepNames, steps } from './steps.ts'
import { type Campaign, contactedWords, statusWords } from './words.ts'
import '../territories/territories.css'
import './campaigns.css'

const home = [{ label: 'Campagnes', href: '/campagnes' }]

export default function PreparePage() {
  const { campaignId, step } = usePathParams<{ campaignId: string; step?: string } & Record<string, string>>()
  const go = useGo()
  const query = useQuery(campaignQuery(campaignId!))
  const campaign = query.data
  const at = steps.findIndex(({ id }) => id === step)
  useEffect(() => {
    if (campaign && at < 0) go(stepAddress(campaign.id, nextStep(campaign)), { replace: true })
  }, [campaign, at, go])

  if (query.isError && !campaign) return <Page title={asProblem(query.error).title} breadcrumb={home} width="narrow"><Refused problem={query.error} retry={() => void query.refetch()} /></Page>
  if (!campaign || at < 0) return <Page title="Préparer une campagne" breadcrumb={home}><Skeleton lines={8} /></Page>
  return (
    <Page title={steps[at]!.question} breadcrumb={[...home, { label: campaign.name, href: `/campagnes/${campaign.id}` }]} lead={<>{campaign.name}, {draftWords(campaign)}</>}>
      {steps[at]!.id === 'conflits' && campaign.status === 'closed' && campaign.allowed.includes('decide-conflicts') ? <ConflictsStep campaign={campaign} /> : campaign.allowed.includes('edit')
        ? <><Stepper steps={stepNames} current={at + 1} /><Step id={steps[at]!.id} campaign={campaign} /></>
        : <NotToPrepare campaign={campaign} />}
    </Page>
  )
}

const draftWords = (campaign: Campaign) =>
  campaign.status !== 'draft' ? statusWords[campaign.status].word : campaign.counts.targets ? `en préparation : ${formatCount(campaign.counts.targets, 'établissement')}` : 'en préparation'

const NotToPrepare = ({ campaign }: { campaign: Campaign }) => (
  <>
    <Notice title={campaign.status === 'draft' ? 'Réservé au pilote' : 'Cette campagne n’est plus en préparation'}>
      {campaign.status === 'draft'
        ? <p>Seuls les pilotes de {campaign.pilot.name}, habilités sur tout le territoire de la campagne, la préparent. Adressez-vous à eux.</p>
        : <p>Elle est {statusWords[campaign.status].word} ({contactedWords(campaign)}). Ses cibles et sa période ne se modifient plus ici.</p>}
    </Notice>
    <ButtonRow><Button href={`/campagnes/${campaign.id}`}>Voir la campagne</Button></ButtonRow>
  </>
)

const Step = ({ id, campaign }: { id: StepId; campaign: Campaign }): ReactNode => {
  if (id === 'objet') return <PurposeStep campaign={campaign} />
  if (id === 'etablissements') return <EstablishmentsStep campaign={campaign} />
  if (id === 'conflits') return <ConflictsStep campaign={campaign} />
  return <OpeningStep campaign={campaign} />
}

const PurposeStep = ({ campaign }: { campaign: Campaign }) => {
  const go = useGo()
  // Taking what another person wrote draws the form anew, on it.
  const [base, setBase] = useState(campaign)
  return (
    <PurposeForm
      key={base.version}
      campaign={base}
      reload={current => {
        void keepCampaign(current)
        setBase(current)
      }}
      send={async (body, { version }) => {
        await keepCampaign(await call(editCampaign, { params: { campaignId: campaign.id }, body, ...(version === undefined ? {} : { ifMatch: version }) }))
        go(stepAddress(campaign.id, 'etablissements'))
      }}
    />
  )
}
