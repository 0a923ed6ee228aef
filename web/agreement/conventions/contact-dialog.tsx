import { nameContact } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { Dialog, Form, Notice, TextField, tellReader } from '../../ui/index.ts'
import type { ConventionDialog } from './dialog-part.ts'
import { conventionQuery } from './queries.ts'
import { type Role, roleWords } from './words.ts'

export const ContactDialog = ({ convention, onClose, role }: ConventionDialog & { role: Role }) => {
  const party = convention.actsFor ?? 'partenaire'
  const current = convention.contacts.find(one => one.party === party && one.role === role && one.endsAt === null)
  return (
    <Dialog title={roleWords[role]} onClose={onClose}>
      {current && (
        <Notice>{`Depuis le ${formatDay(dayOf(current.startsAt))} : ${current.name}. Ses coordonnées restent dans l’historique.`}</Notice>
      )}
      <Form
        submit="Nommer"
        onCancel={onClose}
        onSubmit={async ({ name, email, telephone }, { idempotencyKey }) => {
          const { told } = await call(nameContact, {
            params: { role },
            idempotencyKey,
            body: {
              name: name!,
              email: email!,
              telephone: telephone || null,
              regionId: party === 'operateur' ? convention.region.id : null,
            },
          })
          await queryClient.invalidateQueries({ queryKey: conventionQuery(convention.id).queryKey })
          tellReader('L’interlocuteur est nommé.', told)
          onClose()
        }}
      >
        <TextField name="name" label="Nom, ou nom du service" required maxLength={200} />
        <TextField name="email" label="Adresse électronique" type="email" required maxLength={254} />
        <TextField name="telephone" label="Téléphone" type="tel" maxLength={30} width="medium" />
      </Form>
    </Dialog>
  )
}
