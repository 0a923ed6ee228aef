import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { givePartnerRole, listPartnerRoleTakers } from '../../../contract/agreement/partner-roles.ts'
import { noticeRoleWords } from '../../../contract/words.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { type Choice, Combobox, DateField, Dialog, Form, TextArea } from '../../ui/index.ts'
import { opens, type Seat } from './words.ts'

type Known = NonNullable<NonNullable<Seat['contact']>['account']>
const choiceOf = ({ id, name, function: job, email }: Known): Choice => ({
  value: id,
  label: name,
  hint: [job, email].filter(Boolean).join(', '),
})

/** `seat.contact`: whom annex 2 names is proposed, where they may be given it. */
export default function GiveDialog({ seat, onClose }: { seat: Seat; onClose: () => void }) {
  const queries = useQueryClient()
  const named = seat.allowed.includes('give-to-contact') ? seat.contact?.account : null
  const [person, setPerson] = useState<Choice | null>(named ? choiceOf(named) : null)
  return (
    <Dialog title={`Donner le rôle : ${noticeRoleWords[seat.role]}`} onClose={onClose}>
      <p>{opens[seat.role]} La personne, le signataire et les RGC en sont prévenus.</p>
      <Form
        draft={{ name: 'give-partner-role', about: seat.role }}
        submit="Donner le rôle"
        done="Le rôle est donné."
        onCancel={onClose}
        onSubmit={async ({ accountId, startsOn, endsOn, reason }, { idempotencyKey }) => {
          await call(givePartnerRole, {
            body: {
              accountId: accountId!,
              role: seat.role,
              ...(startsOn ? { startsOn } : {}),
              ...(endsOn ? { endsOn } : {}),
              reason: reason!.trim(),
            },
            idempotencyKey,
          })
          await queries.invalidateQueries({ queryKey: ['partner-roles'] })
          onClose()
        }}
      >
        <Combobox
          name="accountId"
          label="Personne de la structure"
          hint="Par son nom ou sa fonction. Sans compte, elle s’en fait d’abord ouvrir un par un RGC."
          required
          value={person}
          onChange={setPerson}
          findKey={['partner-roles', 'people', seat.role]}
          find={async (words, signal) =>
            (
              await call(listPartnerRoleTakers, { query: { role: seat.role, ...(words ? { q: words } : {}) }, signal })
            ).items.map(choiceOf)
          }
        />
        <DateField name="startsOn" label="Premier jour" min={today()} defaultValue={today()} required />
        <DateField name="endsOn" label="Dernier jour" hint="Laissez vide s’il n’y en a pas" min={today()} />
        <TextArea name="reason" label="Motif" hint="La personne le lira" required maxLength={300} rows={2} />
      </Form>
    </Dialog>
  )
}
