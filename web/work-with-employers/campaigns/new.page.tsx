import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { listCampaigns } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { useAddress, useGo } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { territoryChoice } from '../../territory-and-register/territories/words.ts'
import { Button, ButtonRow, Loaded, Notice, Page, Skeleton, Stepper } from '../../ui/index.ts'
import { emptyDraft } from './draft.ts'
import { DraftStep } from './draft-steps.tsx'
import { stepAddress, stepNames } from './steps.ts'
import { useDraft } from './use-draft.ts'
import '../../territory-and-register/territories/territories.css'
import './campaigns.css'

export default function NewCampaignPage() {
  const go = useGo()
  const [{ brouillon }] = useAddress()
  // The address names the draft once it exists, for who reloads: the fields being typed in are not drawn anew
  // meanwhile.
  const [found] = useState(brouillon)
  useEffect(() => {
    if (found) go(`/campagnes/${found}/preparer`, { replace: true })
  }, [found, go])
  const may = useQuery({
    queryKey: ['campaigns', 'may-create'],
    queryFn: ({ signal }) => call(listCampaigns, { query: { limit: 1 }, signal }),
    enabled: !found,
    staleTime: 60_000,
  })
  return (
    <Page
      title="Préparer une campagne"
      breadcrumb={[{ label: 'Campagnes', href: '/campagnes' }]}
      lead="Tout est enregistré au fil de la saisie, en brouillon que seule votre structure voit : vous pouvez quitter et reprendre plus tard."
    >
      {found ? (
        <Skeleton lines={8} />
      ) : (
        <Loaded query={may} lines={8}>
          {({ allowed }) =>
            allowed.includes('create') ? (
              <FirstStep />
            ) : (
              <>
                <Notice title="Réservé aux pilotes">
                  Il faut le profil « pilote » de Campagnes coordonnées pour préparer une campagne. Pour en proposer
                  une, adressez-vous au pilote de votre structure ; pour obtenir ce profil, à votre responsable de
                  gestion de comptes (RGC).
                </Notice>
                <ButtonRow>
                  <Button href="/campagnes" priority="secondary">
                    Voir les campagnes
                  </Button>
                </ButtonRow>
              </>
            )
          }
        </Loaded>
      )}
    </Page>
  )
}

const FirstStep = () => {
  const go = useGo()
  const me = useMe()
  const [, setAddress] = useAddress()
  const piloted = me.rights
    .filter(({ tool, profile }) => tool === 'campagnes' && profile === 'pilote')
    .map(({ territory }) => territory)
  const [start] = useState(() => emptyDraft(piloted.length === 1 ? territoryChoice(piloted[0]!) : null))
  const state = useDraft(start, undefined, campaign => setAddress({ brouillon: campaign.id }))
  return (
    <>
      <Stepper steps={stepNames} current={1} />
      <DraftStep
        step="objet"
        state={state}
        pilot={me.organisation}
        piloted={piloted}
        onwards={(campaign, next) => go(stepAddress(campaign.id, next))}
      />
    </>
  )
}
