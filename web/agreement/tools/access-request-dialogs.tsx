import { useState } from 'react'
import {
  decideAccessRequest,
  designateNewcomer,
  designateRequester,
  type listAccessRequests,
  requestAccess,
} from '../../../contract/agreement/access-requests.ts'
import { toStructure } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import { NominativeFields, nominativeOf } from '../../people-and-rights/accounts/nominative-fields.tsx'
import { PersonSelect } from '../../people-and-rights/directory/person-select.tsx'
import { call } from '../../platform/api.ts'
import { Checkbox, Dialog, Form, RadioKeys, TextArea, TextField, tellReader } from '../../ui/index.ts'
import { toolsChanged } from './queries.ts'

export type Request = Reply<typeof listAccessRequests>['items'][number]

export const Designate = ({
  candidates,
  onClose,
}: {
  candidates: readonly { id: string; name: string }[]
  onClose: () => void
}) => {
  const [newcomer, setNewcomer] = useState(candidates.length === 0)
  return (
    <Dialog title="Désigner la personne qui demande l’accès" onClose={onClose}>
      <p>
        Elle remplace la précédente, et en est prévenue par courriel. Elle seule pourra demander l’accès pour la
        structure.
      </p>
      <Form
        draft={{ name: 'access-requester' }}
        submit="Désigner"
        done="La personne est désignée."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          if (newcomer) await call(designateNewcomer, { body: nominativeOf(values), idempotencyKey })
          else await call(designateRequester, { body: { accountId: values.accountId! }, idempotencyKey })
          await toolsChanged()
          onClose()
        }}
      >
        <Checkbox
          label="Cette personne n’a pas encore de compte"
          draftKey="newcomer"
          checked={newcomer}
          onChange={setNewcomer}
        />
        {newcomer ? (
          <>
            <p>Un compte s’ouvre à son nom, sans aucune habilitation : il lui sert à demander l’accès.</p>
            <NominativeFields example="directrice, chargé de développement" />
          </>
        ) : (
          <PersonSelect name="accountId" label="Personne" required people={candidates} />
        )}
      </Form>
    </Dialog>
  )
}
export const Ask = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Demander l’accès à la plateforme" onClose={onClose}>
    <Form
      draft={{ name: 'access-request' }}
      submit="Envoyer la demande"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { told } = await call(requestAccess, {
          body: { people: Number(values.people), message: (values.message ?? '').trim() },
          idempotencyKey,
        })
        await toolsChanged()
        tellReader('La demande est envoyée.', told)
        onClose()
      }}
    >
      <TextField
        name="people"
        label="Nombre de personnes à habiliter, en prévision"
        type="number"
        min={1}
        max={100_000}
        width="short"
        required
      />
      <TextArea name="message" label="Message à l’opérateur" maxLength={1000} rows={4} />
    </Form>
  </Dialog>
)
export const Decide = ({ request, onClose }: { request: Request; onClose: () => void }) => (
  <Dialog title={`Répondre ${toStructure(request.organisation.name)}`} onClose={onClose}>
    <Form
      draft={{ name: 'access-decision', about: request.id }}
      submit="Répondre"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { told } = await call(decideAccessRequest, {
          params: { requestId: request.id },
          body: { decision: values.decision as 'accepted' | 'refused', reason: values.reason!.trim() },
          idempotencyKey,
        })
        await toolsChanged()
        tellReader('La réponse est envoyée.', told)
        onClose()
      }}
    >
      <RadioKeys
        name="decision"
        label="Réponse"
        required
        options={[
          { value: 'accepted', label: 'Accepter' },
          { value: 'refused', label: 'Refuser' },
        ]}
      />
      <TextArea name="reason" label="Motif, lu par la structure" required maxLength={500} rows={3} />
    </Form>
  </Dialog>
)
