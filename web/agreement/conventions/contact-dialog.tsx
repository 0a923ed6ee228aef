import { useState } from 'react'
import { nameContact } from '../../../contract/agreement/conventions.ts'
import { ofName } from '../../../contract/names-in-french.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { CheckboxGroup, Dialog, Form, Notice, TextField, tellReader } from '../../ui/index.ts'
import type { ConventionDialog } from './dialog-part.ts'
import { conventionQuery } from './queries.ts'
import { annexRoles, type Party, partnersWords, type Role, roleWords } from './words.ts'

export const ContactDialog = ({
  convention,
  onClose,
  role,
  party,
}: ConventionDialog & { role: Role; party: Party }) => {
  const forPartner = party === 'partenaire' && convention.actsFor === 'operateur'
  const [alsoRoles, setAlsoRoles] = useState<readonly string[]>([])
  const holderOf = (of: Role) =>
    convention.contacts.find(one => one.party === party && one.role === of && one.endsAt === null)
  const current = holderOf(role)
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
              alsoRoles: alsoRoles as Role[],
            },
          })
          await queryClient.invalidateQueries({ queryKey: conventionQuery(convention.id).queryKey })
          tellReader(
            `${alsoRoles.length > 0 ? 'Les interlocuteurs sont nommés' : 'L’interlocuteur est nommé'}.${partnersWords(partners)}`,
            told,
          )
          onClose()
        }}
      >
        <TextField name="name" label="Nom, ou nom du service" required maxLength={200} />
        <TextField name="email" label="Adresse électronique" type="email" required maxLength={254} />
        <TextField name="telephone" label="Téléphone" type="tel" maxLength={30} width="medium" />
        <CheckboxGroup
          name="alsoRoles"
          label="Tient aussi ces rôles"
          hint="La même personne en tient souvent plusieurs : nommez-la pour tous en une fois."
          value={alsoRoles}
          onChange={setAlsoRoles}
          options={annexRoles[party]
            .filter(one => one !== role)
            .map(value => {
              const holder = holderOf(value)
              return {
                value,
                label: holder ? `${roleWords[value]}, à la place ${ofName(holder.name)}` : roleWords[value],
              }
            })}
        />
      </Form>
    </Dialog>
  )
}
