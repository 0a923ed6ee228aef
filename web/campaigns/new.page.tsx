import { createCampaign } from '../../contract/campaigns.ts'
import { call } from '../platform/api.ts'
import { useGo } from '../platform/navigation.ts'
import { useMe } from '../platform/session.ts'
import { Notice, Page, Stepper } from '../ui/index.ts'
import { PurposeForm } from './purpose-form.tsx'
import { keepCampaign } from './queries.ts'
import { stepNames } from './steps.ts'
import './campaigns.css'

export default function NewCampaignPage() {
  const go = useGo()
  const me = useMe()
  const pilots = me.rights.some(({ tool, profile }) => tool === 'campagnes' && profile === 'pilote')
  return (
    <Page title="Préparer une campagne" breadcrumb={[{ label: 'Campagnes', href: '/campagnes' }]} lead="Chaque étape est enregistrée quand vous la validez : vous pouvez quitter et reprendre plus tard.">
      <Stepper steps={stepNames} current={1} />
      {!pilots && <Notice tone="warning">Il faut le profil « pilote » de Campagnes coordonnées pour préparer une campagne. Votre responsable de gestion de comptes (RGC) peut vous le donner.</Notice>}
      <PurposeForm
        send={async (body, { idempotencyKey }) => {
          const campaign = await call(createCampaign, { body, idempotencyKey })
          await keepCampaign(campaign)
          go(`/campagnes/${campaign.id}/preparer/etablissements`)
        }}
      />
    </Page>
  )
}
