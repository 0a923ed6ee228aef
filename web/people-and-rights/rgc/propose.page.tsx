import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { proposeDeed } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { useGo } from '../../platform/navigation.ts'
import {
  Button,
  CheckboxGroup,
  Empty,
  Form,
  Loaded,
  Notice,
  Page,
  Section,
  SelectField,
  TextField,
  tellReader,
} from '../../ui/index.ts'
import { DesignatedPerson, memberIn } from './designated-person.tsx'
import { rgcChanged, rgcQuery } from './queries.ts'

const ranks = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

export default function ProposePage() {
  const query = useQuery(rgcQuery)
  const go = useGo()
  const [people, setPeople] = useState(1)
  const [given, setGiven] = useState<readonly string[]>([])
  const [missing, setMissing] = useState(false)
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
        {({ signatories, organisation }) =>
          signatories.length === 0 ? (
            <Notice tone="warning" title="Aucun signataire">
              Votre structure n’a pas de signataire en exercice : l’opérateur doit d’abord l’enregistrer avec la
              convention.
            </Notice>
          ) : (
            <Form
              submit="Proposer à la signature"
              onCancel={() => go('/responsables-de-comptes')}
              onSubmit={async (values, { idempotencyKey }) => {
                if (given.length === 0) return setMissing(true)
                const { told } = await call(proposeDeed, {
                  idempotencyKey,
                  body: {
                    address: values.address!,
                    signatoryId: values.signatoryId!,
                    signatoryTitle: values.signatoryTitle!,
                    conditionsGiven: true,
                    members: ranks.slice(0, people).map(rank => memberIn(values, rank)),
                  },
                })
                await rgcChanged()
                tellReader('L’acte attend les signatures.', told)
                go('/responsables-de-comptes')
              }}
            >
              <Section title={organisation.name}>
                <TextField
                  name="address"
                  label="Adresse de la structure"
                  required
                  maxLength={300}
                  autoComplete="street-address"
                />
                <SelectField
                  name="signatoryId"
                  label="Signataire"
                  required
                  options={signatories.map(({ id, name }) => ({ value: id, label: name }))}
                />
                <TextField
                  name="signatoryTitle"
                  label="Qualité du signataire"
                  hint="Par exemple : présidente, directeur général"
                  required
                  maxLength={120}
                />
              </Section>
              {ranks.slice(0, people).map(rank => (
                <DesignatedPerson key={rank} rank={rank} />
              ))}
              <p className="fr-mt-2w">
                {people < 10 && (
                  <Button priority="secondary" size="small" onClick={() => setPeople(people + 1)}>
                    Ajouter une personne
                  </Button>
                )}{' '}
                {people > 1 && (
                  <Button priority="tertiary" size="small" onClick={() => setPeople(people - 1)}>
                    Retirer la dernière
                  </Button>
                )}
              </p>
              <CheckboxGroup
                name="conditionsGiven"
                label="Conditions générales d’accès"
                value={given}
                onChange={chosen => {
                  setGiven(chosen)
                  setMissing(false)
                }}
                {...(missing
                  ? { error: 'Remettez d’abord les conditions générales d’accès, puis cochez cette case.' }
                  : {})}
                options={[{ value: 'remises', label: 'Elles ont été remises à chaque personne désignée.' }]}
              />
            </Form>
          )
        }
      </Loaded>
    </Page>
  )
}
