import { useState } from 'react'
import { decideGrantRequest } from '../../../contract/people-and-rights/grants.ts'
import { call } from '../../platform/api.ts'
import { DateField, Dialog, Form, Notice, RadioKeys, TextArea, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { grantWords, purposeWords } from '../accounts/words.ts'
import type { GrantRequest } from './words.ts'

export const DecideDialog = ({ request, onClose }: { request: GrantRequest; onClose: () => void }) => {
  const [decision, setDecision] = useState('')
  const needsDuties = request.whoDecides !== 'Un RGC de la structure'
  return (
    <Dialog title={`Demande pour ${request.person.name}`} onClose={onClose}>
      <p>
        {grantWords(request)}. {purposeWords[request.purpose]} : « {request.reason} »
      </p>
      {request.beyondFunction && (
        <Notice tone="warning">
          Elle va au-delà de ce que la fonction demande d’ordinaire : acceptée, elle sera signalée aux autres RGC et au
          correspondant sécurité de l’opérateur (CSSI).
        </Notice>
      )}
      <Form
        draft={{ name: 'grant-decision', about: request.id }}
        submit="Décider"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const { told } = await call(decideGrantRequest, {
            params: { requestId: request.id },
            body: {
              decision: values.decision as 'accepted',
              reason: values.reason!,
              endsOn: values.endsOn || null,
              duties: values.duties?.trim() || null,
            },
            idempotencyKey,
          })
          await rightsChanged()
          tellReader('La décision est prise, la personne en est prévenue.', told)
          onClose()
        }}
      >
        <RadioKeys
          name="decision"
          label="Décision"
          required
          value={decision}
          onChange={setDecision}
          options={[
            { value: 'accepted', label: 'Accepter' },
            { value: 'refused', label: 'Refuser' },
          ]}
        />
        <TextArea
          name="reason"
          label="Motif de la décision"
          hint="La personne le lira"
          required
          maxLength={300}
          rows={3}
        />
        {decision === 'accepted' && needsDuties && (
          <TextArea
            name="duties"
            label="Missions"
            hint="La qualité de RGC n’ouvre aucun outil : dites les missions qui le demandent"
            required
            maxLength={300}
            rows={2}
          />
        )}
        {decision === 'accepted' && (
          <DateField name="endsOn" label="Jusqu’au" hint="Sans date, tant que rien n’y met fin" />
        )}
      </Form>
    </Dialog>
  )
}
