import { nameContact } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { Dialog, Form, Notice, TextField, tellReader } from '../../ui/index.ts'
import type { ConventionDialog } from './dialog-part.ts'
import { conventionQuery } from './queries.ts'
import { type Party, partnersWords, type Role, roleWords } from './words.ts'

export const ContactDialog = ({
  convention,
  onClose,
  role,
  party,
}: ConventionDialog & { role: Role; party: Party }) => {
  const forPartner = party === 'partenaire' && convention.actsFor === 'operateur'
  const current = convention.contacts.find(one => one.party === party && one.role === role && one.endsAt === null)
  return (
    <Dialog title={roleWords[role]} onClose={onClose}>
      {forPartner && (
        <Notice>
          Vous l’inscrivez au nom du partenaire, qui en est prévenu. Dès la convention en vigueur, lui seul le change.
        </Notice>
      )}
      {current && (
        <Notice>{`Depuis le ${formatDay(dayOf(current.startsAt))} : ${current.name}. Ses coordonnées restent dans l’historique.`}</Notice>
      )}
      <Form
        draft={{ name: 'contact', about: `${convention.id}-${role}` }}
        submit="Nommer"
        onCancel={onClose}
        onSubmit={async ({ name, email, telephone }, { idempotencyKey }) => {
          const { told, partners } = await call(nameContact, {
            params: { role },
            idempotencyKey,
            body: {
              name: name!,
              email: email!,
              telephone: telephone || null,
              regionId: party === 'operateur' ? convention.region.id : null,
              organisationId: forPartner ? convention.organisation.id : null,
            },
          })
          await queryClient.invalidateQueries({ queryKey: conventionQuery(convention.id).queryKey })
          tellReader(`L’interlocuteur est nommé.${partnersWords(partners)}`, told)
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
