import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { proposeDeed } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { useGo } from '../../platform/navigation.ts'
import { Button, Empty, Form, Loaded, Notice, Page, tellReader } from '../../ui/index.ts'
import { ConditionsGiven, cannotPropose, StructureFields } from './deed-fields.tsx'
import { useDesignated } from './designated-person.tsx'
import { EnterDeedForm } from './enter-deed-form.tsx'
import { rgcChanged, rgcQuery } from './queries.ts'

export default function ProposePage() {
  const query = useQuery(rgcQuery)
  const go = useGo()
  const designated = useDesignated()
  const [given, setGiven] = useState<readonly string[]>([])
  const [missing, setMissing] = useState(false)
  const [byHand, setByHand] = useState(false)
  return (
    <Page
      title="Proposer un acte d’engagement"
      lead="Il désigne les responsables de gestion de comptes (RGC) de votre structure. Toute modification donne lieu à un nouvel acte."
      breadcrumb={[{ label: 'Responsables de gestion de comptes', href: '/responsables-de-comptes' }]}
    >
      <Loaded
        query={query}
        empty={({ allowed }) =>
          !allowed.includes('propose') && (
            <Empty title="Réservé au signataire et aux RGC">
              Le signataire de votre structure propose l’acte d’engagement.
            </Empty>
          )
        }
      >
        {overview =>
          cannotPropose(overview) ? (
            <Notice tone="warning" title={cannotPropose(overview)!.title}>
              {cannotPropose(overview)!.sentence}
            </Notice>
          ) : byHand ? (
            <EnterDeedForm own structure={overview} onLeave={() => setByHand(false)} />
          ) : (
            <>
              {overview.allowed.includes('deposit') && (
                <p>
                  L’acte est déjà signé à la main par tous ?{' '}
                  <Button size="small" priority="tertiary" onClick={() => setByHand(true)}>
                    Déposer l’exemplaire signé
                  </Button>
                </p>
              )}
              <Form
                submit="Proposer à la signature"
                draft={{
                  name: 'deed',
                  ...designated.kept,
                }}
                onCancel={() => go('/responsables-de-comptes')}
                onSubmit={async (values, { idempotencyKey }) => {
                  if (given.length === 0) {
                    setMissing(true)
                    return false
                  }
                  const { told } = await call(proposeDeed, {
                    idempotencyKey,
                    body: {
                      address: values.address!,
                      signatoryId: values.signatoryId!,
                      signatoryTitle: values.signatoryTitle!,
                      conditionsGiven: true,
                      conventionId: values.conventionId ?? overview.conventions[0]!.id,
                      members: designated.membersIn(values),
                    },
                  })
                  await rgcChanged()
                  tellReader('L’acte attend les signatures.', told)
                  go('/responsables-de-comptes')
                }}
              >
                <StructureFields structure={overview} signatory="Signataire" />
                {designated.fields}
                <ConditionsGiven
                  next={overview.next}
                  given={given}
                  missing={missing}
                  onChange={chosen => {
                    setGiven(chosen)
                    setMissing(false)
                  }}
                />
              </Form>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
