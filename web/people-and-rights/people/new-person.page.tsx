import { useState } from 'react'
import { createPerson } from '../../../contract/people-and-rights/people.ts'
import { call } from '../../platform/api.ts'
import { useGo } from '../../platform/navigation.ts'
import { Button, Form, Page, TextField, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { AskRelease, AskReleaseDialog, type Step, type Wanted } from '../releases/ask-release.tsx'
import { AskSecondDialog } from '../second-accounts/ask-second.tsx'
import { identityOf, PersonFields } from './person-fields.tsx'

export default function NewPersonPage() {
  const go = useGo()
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const [step, setStep] = useState<Step>('refused')
  return (
    <Page
      title="Créer un compte"
      lead="La personne reçoit un courriel ; elle entre par ProConnect. Un compte n’ouvre aucun outil : vous l’habilitez ensuite."
      width="narrow"
      breadcrumb={[
        { label: 'Habilitations', href: '/habilitations' },
        { label: 'Personnes', href: '/habilitations/personnes' },
      ]}
      actions={
        <Button size="small" priority="tertiary" href="/habilitations/fichier">
          Plusieurs, par fichier
        </Button>
      }
    >
      <Form
        draft={{ name: 'person' }}
        submit="Créer le compte"
        explain={({ code, detail }) =>
          code === 'person/address-taken' ? <AskRelease detail={detail} step={step} ask={setStep} /> : undefined
        }
        onSubmit={async (values, { idempotencyKey }) => {
          const identity = identityOf(values)
          const email = values.email!.trim()
          const { givenName, familyName } = identity
          setWanted({ email, givenName, familyName })
          setStep('refused')
          const { id, told } = await call(createPerson, { body: { ...identity, email }, idempotencyKey })
          await rightsChanged()
          tellReader(
            told ? 'Le compte est créé ; une seconde personne doit le confirmer.' : 'Le compte est créé.',
            told,
          )
          go(`/habilitations/personnes/${id}`)
        }}
      >
        <TextField
          name="email"
          label="Courriel nominatif"
          hint="L’adresse de la personne, pas celle d’un service (contact@, rh@…)"
          type="email"
          required
          maxLength={254}
        />
        <PersonFields />
      </Form>
      {wanted && step === 'asking' && (
        <AskReleaseDialog wanted={wanted} done={() => setStep('asked')} onClose={() => setStep('refused')} />
      )}
      {wanted && step === 'asking-second' && (
        <AskSecondDialog wanted={wanted} done={() => setStep('asked-second')} onClose={() => setStep('refused')} />
      )}
    </Page>
  )
}
