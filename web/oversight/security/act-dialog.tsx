import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type actCuts, blockAccount, findPeople } from '../../../contract/oversight/security.ts'
import { cutWords } from '../../people-and-rights/accounts/words.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, Notice, SelectField, TextArea, TextField, tellReader } from '../../ui/index.ts'
import { blocksChanged, type Found, long } from './blocks.tsx'

/** What may be cut of a person: `account`, `rgc`, or the id of a grant. */
const cutOptions = ({ grants, manages }: Found) => [
  { value: 'account', label: 'Tout le compte' },
  ...(manages ? [{ value: 'rgc', label: 'La gestion des comptes (RGC)' }] : []),
  ...grants.map(grant => ({ value: grant.id, label: cutWords({ cuts: 'grant', grant }) })),
]

export const ActDialog = ({ onClose }: { onClose: () => void }) => {
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState('')
  const q = words.trim()
  const found = useQuery({
    queryKey: ['security', 'people', q],
    queryFn: ({ signal }) => call(findPeople, { query: { q }, signal }),
    enabled: q.length >= 2,
  })
  const account = found.data?.items.find(({ person }) => person.id === chosen)
  return (
    <Dialog title="Acte exceptionnel" onClose={onClose}>
      <Notice tone="warning">
        Réservé à un incident de sécurité ou à une nécessité. Le RGC de la structure est prévenu aussitôt, et l’acte est
        marqué comme exceptionnel dans le journal. Il se lève ensuite sur un constat écrit : tout revient comme avant.
      </Notice>
      <Form
        draft={{ name: 'account-cut' }}
        submit="Couper"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const cuts: (typeof actCuts)[number] =
            values.cuts === 'account' || values.cuts === 'rgc' ? values.cuts : 'grant'
          const { told, nobodyLeft } = await call(blockAccount, {
            body: {
              accountId: values.accountId!,
              cuts,
              ...(cuts === 'grant' ? { grantId: values.cuts! } : {}),
              reason: values.reason!,
              incident: values.incident!,
            },
            idempotencyKey,
          })
          await blocksChanged()
          tellReader('L’accès est coupé.', told, nobodyLeft)
          onClose()
        }}
      >
        <TextField
          name="words"
          label="Nom de la personne"
          hint="Deux lettres au moins"
          required
          value={words}
          onChange={setWords}
        />
        <SelectField
          name="accountId"
          label="Compte"
          required
          value={account ? chosen : ''}
          onChange={setChosen}
          placeholder={
            q.length < 2
              ? 'Cherchez d’abord un nom'
              : found.data?.items.length === 0
                ? 'Aucun compte de ce nom'
                : 'Sélectionner un compte'
          }
          options={(found.data?.items ?? []).map(({ person, function: job, email, organisation }) => ({
            value: person.id,
            label: [person.name, job, email, organisation.name].filter(Boolean).join(', '),
          }))}
        />
        <SelectField
          key={account?.person.id ?? ''}
          name="cuts"
          label="Ce qui est coupé"
          hint="Pour une seule habilitation, ouvrez d’abord le dossier de la personne"
          required
          placeholder={account ? 'Sélectionner ce qui est coupé' : 'Choisissez d’abord un compte'}
          options={account ? cutOptions(account) : []}
        />
        <TextArea name="reason" label="Motif" required maxLength={500} rows={3} check={long} />
        <TextField name="incident" label="Référence de l’incident" required maxLength={100} width="medium" />
      </Form>
    </Dialog>
  )
}
