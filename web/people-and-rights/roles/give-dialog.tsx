import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  giveOperatorRole,
  listRoleTakers,
  type OperatorRole,
  operatorRoles,
  rolesOfRegion,
} from '../../../contract/people-and-rights/roles.ts'
import { listTerritories } from '../../../contract/territory-and-register/territories.ts'
import { noticeRoleWords } from '../../../contract/words.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { type Choice, Combobox, DateField, Dialog, Form, SelectField, TextArea } from '../../ui/index.ts'
import { opens } from './words.tsx'

const everywhere = 'toutes'

export default function GiveDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const [person, setPerson] = useState<Choice | null>(null)
  const [role, setRole] = useState<OperatorRole | ''>('')
  const regions = useQuery({
    queryKey: ['territories', 'regions'],
    queryFn: ({ signal }) => call(listTerritories, { query: { kind: 'region', limit: 200 }, signal }),
    staleTime: 3_600_000,
  })
  const regional = role in rolesOfRegion ? rolesOfRegion[role as keyof typeof rolesOfRegion] : undefined
  return (
    <Dialog title="Donner un rôle" onClose={onClose}>
      <p>
        La personne, les autres administrateurs et les CSSI en sont prévenus. Vous ne vous en donnez pas à vous-même.
      </p>
      <Form
        draft={{ name: 'give-role' }}
        submit="Donner le rôle"
        done="Le rôle est donné."
        onCancel={onClose}
        onSubmit={async ({ accountId, region, startsOn, endsOn, reason }, { idempotencyKey }) => {
          await call(giveOperatorRole, {
            body: {
              accountId: accountId!,
              role: role as OperatorRole,
              ...(regional && region && region !== everywhere ? { regionId: Number(region) } : {}),
              ...(startsOn ? { startsOn } : {}),
              ...(endsOn ? { endsOn } : {}),
              reason: reason!.trim(),
            },
            idempotencyKey,
          })
          await queries.invalidateQueries({ queryKey: ['operator-roles'] })
          onClose()
        }}
      >
        <Combobox
          name="accountId"
          label="Agent de l’opérateur"
          hint="Par son nom ou sa fonction"
          required
          value={person}
          onChange={setPerson}
          findKey={['operator-roles', 'people']}
          find={async (words, signal) =>
            (await call(listRoleTakers, { query: words ? { q: words } : {}, signal })).items.map(
              ({ id, name, function: job, email }) => ({
                value: id,
                label: name,
                hint: [job, email].filter(Boolean).join(', '),
              }),
            )
          }
        />
        <SelectField
          name="role"
          label="Rôle"
          hint={role ? opens[role] : undefined}
          required
          value={role}
          onChange={value => setRole(value as OperatorRole)}
          options={operatorRoles.map(value => ({ value, label: noticeRoleWords[value] }))}
        />
        {regional && (
          <SelectField
            key={role}
            name="region"
            label="Région"
            required
            options={[
              ...(regional === 'may' ? [{ value: everywhere, label: 'Toutes les régions' }] : []),
              ...(regions.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
        )}
        <DateField name="startsOn" label="Premier jour" min={today()} defaultValue={today()} required />
        <DateField name="endsOn" label="Dernier jour" hint="Laissez vide s’il n’y en a pas" min={today()} />
        <TextArea name="reason" label="Motif" hint="La personne le lira" required maxLength={300} rows={2} />
      </Form>
    </Dialog>
  )
}
