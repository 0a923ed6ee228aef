import {
  informedWays,
  liftObjection,
  objectCorrespondent,
} from '../../../contract/work-with-employers/correspondents.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { DateField, Dialog, Form, Notice, RadioKeys, TextArea, toast } from '../../ui/index.ts'
import { correspondentsChanged } from './queries.ts'
import { type Correspondent, informedWords, personName } from './words.ts'

interface Props {
  person: Correspondent
  onClose: () => void
}

/** Article 21 of the GDPR: there is no undoing, and the dialog says so. */
export const ObjectCorrespondent = ({ person, onClose }: Props) => (
  <Dialog title={`Noter l’opposition : ${personName(person)}`} onClose={onClose}>
    <Notice tone="warning">
      Tout ce qui est noté de cette personne sera effacé, historique compris, sans retour possible. Son courriel, ses
      téléphones, et son nom dans cet établissement, ne pourront plus être saisis.
    </Notice>
    <Form
      draft={{ name: 'objection', about: person.id }}
      submit="Effacer et noter l’opposition"
      onCancel={onClose}
      onSubmit={async (sent, { idempotencyKey }) => {
        await call(objectCorrespondent, {
          params: { correspondentId: person.id },
          body: { on: sent['on'] ?? '', how: sent['how'] as (typeof informedWays)[number] },
          ifMatch: person.version,
          idempotencyKey,
        })
        await correspondentsChanged()
        onClose()
        toast('Opposition notée : les données de cette personne sont effacées.')
      }}
    >
      <RadioKeys
        name="how"
        label="La personne l’a dit"
        required
        options={informedWays.map(value => ({ value, label: informedWords[value] }))}
      />
      <DateField
        name="on"
        label="Le"
        required
        max={today()}
        quick={[{ label: 'aujourd’hui', day: today() }]}
        defaultValue={today()}
      />
    </Form>
  </Dialog>
)

export const LiftObjection = ({ person, onClose }: Props) => (
  <Dialog title="Lever l’opposition" onClose={onClose}>
    <p>La personne pourra de nouveau être notée, ici et ailleurs. Ce qui a été effacé ne revient pas.</p>
    <Form
      draft={{ name: 'objection-lifting', about: person.id }}
      submit="Lever l’opposition"
      onCancel={onClose}
      onSubmit={async ({ reason = '' }, { idempotencyKey }) => {
        await call(liftObjection, {
          params: { correspondentId: person.id },
          body: { reason: reason.trim() },
          ifMatch: person.version,
          idempotencyKey,
        })
        await correspondentsChanged()
        onClose()
        toast('Opposition levée.')
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint="Par exemple : la personne a demandé par courriel à être de nouveau contactée"
        required
        rows={2}
        maxLength={300}
      />
    </Form>
  </Dialog>
)
