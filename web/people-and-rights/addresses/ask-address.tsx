import { askAddressChange } from '../../../contract/people-and-rights/addresses.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, TextField, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { Reason } from '../accounts/reason-field.tsx'
import { fullName, type Person } from '../accounts/words.ts'

export const AskAddressDialog = ({ person, onClose }: { person: Person; onClose: () => void }) => (
  <Dialog title="Changer l’adresse" onClose={onClose}>
    <p>
      {fullName(person)} garde son adresse{person.email === null ? '' : `, ${person.email},`} tant que la personne
      elle-même, un autre RGC ou le signataire n’a pas confirmé la nouvelle, dans les quatorze jours.
    </p>
    <p>
      Au changement, ses sessions sont closes, et ses liens de mot de passe et d’invitation ne servent plus. Un courriel
      le dit aux deux adresses. Ses habilitations restent.
    </p>
    <Form
      draft={{ name: 'address-ask', about: person.id }}
      submit="Demander le changement"
      onCancel={onClose}
      onSubmit={async ({ email, reason }, { idempotencyKey }) => {
        const { told } = await call(askAddressChange, {
          params: { accountId: person.id },
          body: { email: email!.trim(), reason: reason! },
          idempotencyKey,
        })
        tellReader('Le changement est demandé : une autre personne que vous le confirme.', told)
        await rightsChanged()
        onClose()
      }}
    >
      <TextField
        name="email"
        type="email"
        label="Nouvelle adresse électronique"
        hint="Celle de la personne, jamais celle d’un service"
        required
        maxLength={254}
        autoComplete="off"
      />
      <Reason hint="La personne le lira" />
    </Form>
  </Dialog>
)
