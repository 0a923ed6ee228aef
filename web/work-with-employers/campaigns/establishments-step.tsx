import { useState } from 'react'
import { formatCount } from '../../platform/format.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Button, ButtonRow, Tabs } from '../../ui/index.ts'
import { ByCriteria } from './by-criteria.tsx'
import { ByHand } from './by-hand.tsx'
import { BySirets } from './by-sirets.tsx'
import { DecidedContext, DecidedFields, leaving } from './decided-fields.tsx'
import { stepAddress } from './steps.ts'
import type { Campaign } from './words.ts'

const ways = [
  { id: 'criteres', label: 'Par critères' },
  { id: 'siret', label: 'Par liste de SIRET' },
  { id: 'main', label: 'Un par un' },
] as const

export const EstablishmentsStep = ({ campaign }: { campaign: Campaign }) => {
  const [{ par = 'criteres' }, setAddress] = useAddress()
  const [decided, setDecided] = useState(leaving)
  const open = campaign.status === 'open'
  const Way = par === 'siret' ? BySirets : par === 'main' ? ByHand : ByCriteria
  return (
    <DecidedContext value={open ? decided : null}>
      {open && <DecidedFields byCompany={campaign.conflictScope === 'company'} value={decided} onChange={setDecided} />}
      <Tabs
        label="Façons de choisir"
        current={par}
        onChange={id => setAddress({ par: id === 'criteres' ? undefined : id })}
        tabs={ways}
      >
        <Way campaign={campaign} />
      </Tabs>
      {open ? (
        <div className="cc-step-nav">
          <Button href={`/campagnes/${campaign.id}`}>Revenir à la campagne</Button>
        </div>
      ) : (
        <DraftNav campaign={campaign} />
      )}
    </DecidedContext>
  )
}

const DraftNav = ({ campaign }: { campaign: Campaign }) => (
  <div className="cc-step-nav">
    <ButtonRow>
      {campaign.counts.targets > 0 && (
        <Button
          href={stepAddress(campaign.id, 'conflits')}
          priority="secondary"
          icon="fr-icon-arrow-right-line"
          iconPosition="right"
        >
          Continuer avec {formatCount(campaign.counts.targets, 'établissement')}
        </Button>
      )}
      <Button href={stepAddress(campaign.id, 'objectifs')} priority="tertiary">
        Étape précédente
      </Button>
    </ButtonRow>
    {campaign.counts.targets === 0 && (
      <p className="fr-text--sm fr-mt-1w fr-mb-0">
        Ajoutez au moins un établissement pour continuer. Le brouillon est enregistré : vous pouvez aussi y revenir plus
        tard.
      </p>
    )}
  </div>
)
