import { useQuery } from '@tanstack/react-query'
import { createCampaign, listCampaigns } from '../../contract/campaigns.ts'
import { call } from '../platform/api.ts'
import { useGo } from '../platform/navigation.ts'
import { Button, ButtonRow, Loaded, Notice, Page, Stepper } from '../ui/index.ts'
import { PurposeForm } from './purpose-form.tsx'
import { keepCampaign } from './queries.ts'
import { stepNames } from './steps.ts'
import './campaigns.css'

export default function NewCampaignPage() {
  const go = useGo()
  const may = useQuery({ queryKey: ['campaigns', 'list', 'may-create'], queryFn: ({ signal }) => call(listCampaigns, { query: { limit: 1 }, signal }) })
  return (
    <Page title="Préparer une campagne" breadcrumb={[{ label: 'Campagnes', href: '/campagnes' }]} lead="Chaque étape est enregistrée quand vous la validez : vous pouvez quitter et reprendre plus tard.">
      <Loaded query={may} lines={8}>
        {({ allowed }) => allowed.includes('create')
          ? (
              <>
                <Stepper steps={stepNames} current={1} />
                <PurposeForm
                  send={async (body, { idempotencyKey }) => {
                    const campaign = await call(createCampaign, { body, idempotencyKey })
                    await keepCampaign(campaign)
                    go(`/campagnes/${campaign.id}/preparer/etablissements`)
                  }}
                />
              </>
            )
          : (
              <>
                <Notice title="Réservé aux pilotes">Il faut le profil « pilote » de Campagnes coordonnées pour préparer une campagne. Pour en proposer une, adressez-vous au pilote de votre structure ; pour obtenir ce profil, à votre responsable de gestion de comptes (RGC).</Notice>
                <ButtonRow><Button href="/campagnes" priority="secondary">Voir les campagnes</Button></ButtonRow>
              </>
            )}
      </Loaded>
    </Page>
  )
}
