import { createPerson } from '../../../contract/people-and-rights/people.ts'
import { call } from '../../platform/api.ts'
import { useGo } from '../../platform/navigation.ts'
import { Button, Form, Page, TextField, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { identityOf, PersonFields } from './person-fields.tsx'

export default function NewPersonPage() {
  const go = useGo()
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
          const { id, told } = await call(createPerson, {
            body: { ...identityOf(values), email: values.email!.trim() },
            idempotencyKey,
          })
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
    </Page>
  )
}
