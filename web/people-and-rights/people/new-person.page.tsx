import { useState } from 'react'
import { createPerson } from '../../../contract/people-and-rights/people.ts'
import { call } from '../../platform/api.ts'
import { useGo } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { Button, Form, Notice, Page, TextField, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { AskReleaseDialog, type Wanted } from '../releases/ask-release.tsx'
import { identityOf, PersonFields } from './person-fields.tsx'

export default function NewPersonPage() {
  const go = useGo()
  const [taken, setTaken] = useState<Wanted | null>(null)
  const [asking, setAsking] = useState(false)
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
        onSubmit={async (values, { idempotencyKey }) => {
          const identity = identityOf(values)
          const email = values.email!.trim()
          const { givenName, familyName } = identity
          const { id, told } = await call(createPerson, { body: { ...identity, email }, idempotencyKey }).catch(
            error => {
              setTaken(asProblem(error).code === 'person/address-taken' ? { email, givenName, familyName } : null)
              throw error
            },
          )
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
      {taken && (
        <Notice title="La personne vient d’une autre structure ?">
          <p>Si elle l’a quittée, demandez que son adresse soit libérée ; vous créerez ensuite son compte.</p>
          <Button size="small" priority="secondary" onClick={() => setAsking(true)}>
            Demander la libération de l’adresse
          </Button>
        </Notice>
      )}
      {taken && asking && <AskReleaseDialog wanted={taken} onClose={() => setAsking(false)} />}
    </Page>
  )
}
