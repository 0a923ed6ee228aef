import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { formatCount } from '../../platform/format.ts'
import { useAddress, useGo, usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { useMe } from '../../platform/session.ts'
import { Button, ButtonRow, Notice, Page, Refused, Skeleton, Stepper } from '../../ui/index.ts'
import { ConflictsStep } from './conflicts-step.tsx'
import { draftOf } from './draft.ts'
import { DraftStep } from './draft-steps.tsx'
import { EstablishmentsStep } from './establishments-step.tsx'
import { OpeningStep } from './opening-step.tsx'
import { campaignQuery } from './queries.ts'
import { nextStep, type StepId, stepAddress, stepNames, steps } from './steps.ts'
import { useDraft } from './use-draft.ts'
import { type Campaign, contactedWords, statusWords } from './words.ts'
import '../../territory-and-register/territories/territories.css'
import './campaigns.css'

const home = [{ label: 'Campagnes', href: '/campagnes' }]

export default function PreparePage() {
  const { campaignId, step } = usePathParams<{ campaignId: string; step?: string } & Record<string, string>>()
  const go = useGo()
  const [{ jusquau }] = useAddress()
  const query = useQuery(campaignQuery(campaignId!))
  const campaign = query.data
  const at = steps.findIndex(({ id }) => id === step)
  useEffect(() => {
    if (campaign && at < 0) go(stepAddress(campaign.id, nextStep(campaign)), { replace: true })
  }, [campaign, at, go])

  if (query.isError && !campaign)
    return (
      <Page title={asProblem(query.error).title} breadcrumb={home} width="narrow">
        <Refused problem={query.error} retry={() => void query.refetch()} />
      </Page>
    )
  if (!campaign || at < 0)
    return (
      <Page title="Préparer une campagne" breadcrumb={home}>
        <Skeleton lines={8} />
      </Page>
    )
  return (
    <Page
      title={steps[at]!.question}
      breadcrumb={[...home, { label: campaign.name, href: `/campagnes/${campaign.id}` }]}
      lead={
        <>
          {campaign.name}, {draftWords(campaign)}
        </>
      }
    >
      {steps[at]!.id === 'conflits' && decidesAside(campaign, jusquau) ? (
        <ConflictsStep campaign={campaign} />
      ) : steps[at]!.id === 'etablissements' &&
        campaign.status === 'open' &&
        campaign.allowed.includes('add-targets') ? (
        <EstablishmentsStep campaign={campaign} />
      ) : campaign.allowed.includes('edit') ? (
        <>
          <Stepper steps={stepNames} current={at + 1} />
          <Step id={steps[at]!.id} campaign={campaign} />
        </>
      ) : (
        <NotToPrepare campaign={campaign} />
      )}
    </Page>
  )
}

/** Before it is reopened, or prolonged. */
const decidesAside = ({ status, allowed }: Campaign, until: string | undefined) =>
  status === 'closed' ? allowed.includes('decide-conflicts') : until !== undefined && allowed.includes('change-period')

const draftWords = (campaign: Campaign) =>
  campaign.status !== 'draft'
    ? statusWords[campaign.status].word
    : campaign.counts.targets
      ? `en préparation : ${formatCount(campaign.counts.targets, 'établissement')}`
      : 'en préparation'

const NotToPrepare = ({ campaign }: { campaign: Campaign }) => (
  <>
    <Notice title={campaign.status === 'draft' ? 'Réservé au pilote' : 'Cette campagne n’est plus en préparation'}>
      {campaign.status === 'draft' ? (
        <p>
          Seuls les pilotes {ofStructure(campaign.pilot.name)}, habilités sur tout le territoire de la campagne, la
          préparent. Adressez-vous à eux.
        </p>
      ) : (
        <p>
          Elle est {statusWords[campaign.status].word} ({contactedWords(campaign)}). Ses cibles et sa période ne se
          modifient plus ici.
        </p>
      )}
    </Notice>
    <ButtonRow>
      <Button href={`/campagnes/${campaign.id}`}>Voir la campagne</Button>
    </ButtonRow>
  </>
)

const Step = ({ id, campaign }: { id: StepId; campaign: Campaign }): ReactNode => {
  if (id === 'etablissements') return <EstablishmentsStep campaign={campaign} />
  if (id === 'conflits') return <ConflictsStep campaign={campaign} />
  if (id === 'ouverture') return <OpeningStep campaign={campaign} />
  // One draft over its three steps: what is typed in one is still there in the next.
  return <DraftSteps key={campaign.id} step={id} campaign={campaign} />
}

const DraftSteps = ({ step, campaign }: { step: 'objet' | 'equipe' | 'objectifs'; campaign: Campaign }) => {
  const go = useGo()
  const me = useMe()
  const [start] = useState(() => draftOf(campaign))
  const state = useDraft(start, campaign)
  const piloted = me.rights
    .filter(({ tool, profile }) => tool === 'campagnes' && profile === 'pilote')
    .map(({ territory }) => territory)
  return (
    <DraftStep
      step={step}
      state={state}
      pilot={campaign.pilot}
      piloted={piloted}
      onwards={(now, next) => go(stepAddress(now.id, next))}
    />
  )
}
