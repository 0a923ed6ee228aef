import {
  liftDoNotContact,
  longestYears,
  markDoNotContact,
  markOriginLabels,
  markOrigins,
  renewDoNotContact,
} from '../../../contract/work-with-employers/do-not-contact.ts'
import { call } from '../../platform/api.ts'
import { addDays, today } from '../../platform/format.ts'
import { DateField, Dialog, Form, RadioKeys, TextArea } from '../../ui/index.ts'
import { type DoNotContact, keepDoNotContact, type Mark } from './marked.ts'

type Act = DoNotContact['allowed'][number]
interface Sent {
  readonly idempotencyKey: string
}
type Values = Readonly<Record<string, string>>

const titles: Record<Act, string> = {
  mark: 'Marquer « ne pas contacter »',
  renew: 'Changer la date de fin',
  lift: 'Lever la marque « ne pas contacter »',
}
const done: Record<Act, string> = {
  mark: 'L’établissement est marqué « ne pas contacter ».',
  renew: 'La date de fin est changée.',
  lift: 'La marque est levée.',
}
const lastDay = () => addDays(today(), longestYears * 365)

export const ActDialog = ({
  act,
  siret,
  name,
  current,
  onClose,
}: {
  act: Act
  siret: string
  name: string
  current: Mark | null
  onClose: () => void
}) => (
  <Dialog title={titles[act]} onClose={onClose}>
    <p>
      <strong>{name}</strong> {does[act]}
    </p>
    <Form
      draft={{ name: 'do-not-contact', about: `${siret}-${act}` }}
      submit={act === 'mark' ? 'Marquer' : act === 'renew' ? 'Changer la date' : 'Lever la marque'}
      done={done[act]}
      onCancel={onClose}
      onSubmit={async (values, sent) => {
        keepDoNotContact(siret, await send(act, siret, current, values as Values, sent))
        onClose()
      }}
    >
      {act === 'mark' && (
        <RadioKeys
          name="origin"
          label="Qui le veut"
          required
          layout="column"
          defaultValue="employer"
          options={markOrigins.map(value => ({ value, label: markOriginLabels[value] }))}
        />
      )}
      {act !== 'lift' && (
        <DateField
          name="until"
          label="Jusqu’au"
          hint="Dernier jour compris, deux ans au plus ; la marque se renouvelle"
          required
          min={today()}
          max={lastDay()}
          defaultValue={current?.until ?? addDays(today(), 365)}
        />
      )}
      <TextArea
        name="reason"
        label="Motif"
        hint="Lu par qui lit la fiche. N’y nommez personne et n’y mettez ni téléphone ni adresse."
        required
        maxLength={300}
        rows={3}
        {...(act === 'renew' && current ? { defaultValue: current.reason } : {})}
      />
    </Form>
  </Dialog>
)

const does: Record<Act, string> = {
  mark: 'ne sera plus ajouté aux campagnes, ni réparti ; personne ne sera relancé à son sujet. Toutes les structures le verront. Un échange qui a lieu malgré tout s’enregistre encore.',
  renew: 'reste à ne pas contacter, jusqu’à la nouvelle date. L’ancienne marque est gardée dans l’historique.',
  lift: 'pourra de nouveau être contacté et ajouté aux campagnes. La marque est gardée dans l’historique.',
}

const send = (act: Act, siret: string, current: Mark | null, values: Values, { idempotencyKey }: Sent) => {
  const reason = values['reason']!.trim()
  const until = values['until']!
  if (act === 'mark' || !current) {
    const origin = values['origin'] === 'network' ? 'network' : 'employer'
    return call(markDoNotContact, { params: { siret }, body: { origin, reason, until }, idempotencyKey })
  }
  const params = { markId: current.id }
  return act === 'renew'
    ? call(renewDoNotContact, { params, body: { reason, until }, idempotencyKey })
    : call(liftDoNotContact, { params, body: { reason }, idempotencyKey })
}
