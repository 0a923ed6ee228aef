import { enterRightsRequest } from '../../../contract/oversight/rights-requests.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { DateField, Dialog, Form, RadioKeys, SelectField, TextField, tellReader } from '../../ui/index.ts'
import { keepRequest } from './queries.ts'
import { channelWords, kindHints, kindWords, optionsOf, type RightsRequest, whoseWords } from './words.ts'

export const EnterDialog = ({ onClose }: { onClose: () => void }) => {
  const go = useGo()
  return (
    <Dialog title="Enregistrer une demande de droits" onClose={onClose}>
      <p>Le mois court du jour de réception, où que la demande soit arrivée dans votre structure.</p>
      <Form
        draft={{ name: 'rights-request' }}
        submit="Enregistrer la demande"
        onCancel={onClose}
        onSubmit={async ({ kind, whose, person, channel, receivedOn }, { idempotencyKey }) => {
          const request = await call(enterRightsRequest, {
            idempotencyKey,
            body: {
              kind: kind as RightsRequest['kind'],
              whose: whose as RightsRequest['whose'],
              person: person!,
              channel: channel as RightsRequest['channel'],
              receivedOn: receivedOn!,
            },
          })
          await keepRequest(request)
          tellReader('La demande est enregistrée.')
          onClose()
          go(`/demandes-de-droits/${request.id}`)
        }}
      >
        <RadioKeys
          name="kind"
          label="Droit demandé"
          required
          layout="column"
          options={optionsOf(kindWords, kindHints)}
        />
        <TextField
          name="person"
          label="Personne"
          hint="Son nom, ou ce qui suffit à la retrouver : les DPD qui tiennent la demande le lisent seuls"
          required
          maxLength={160}
        />
        <SelectField name="whose" label="Qui elle est" required options={optionsOf(whoseWords)} />
        <SelectField name="channel" label="Reçue par" required options={optionsOf(channelWords)} />
        <DateField name="receivedOn" label="Reçue le" required max={today()} defaultValue={today()} />
      </Form>
    </Dialog>
  )
}
