import { retirementReasons } from '../../../contract/work-with-employers/correspondents/correspondents.ts'
import { linkCorrespondent, unlinkCorrespondent } from '../../../contract/work-with-employers/correspondents/links.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, RadioKeys, toast } from '../../ui/index.ts'
import { correspondentsChanged } from './queries.ts'
import { type Correspondent, personName, reasonWords } from './words.ts'

interface Props {
  siret: string
  person: Correspondent
  onClose: () => void
}
/** Of a person noted elsewhere first: they leave this establishment alone. */
export const UnlinkCorrespondent = ({ siret, person, onClose }: Props) => {
  const params = { siret, correspondentId: person.id }
  return (
    <Dialog title={`Délier : ${personName(person)}`} onClose={onClose}>
      <p>
        Cette personne ne sera plus parmi les interlocuteurs de cet établissement. Elle reste interlocutrice des autres.
      </p>
      <Form
        draft="choices"
        submit="Délier de cet établissement"
        onCancel={onClose}
        onSubmit={async (sent, { idempotencyKey }) => {
          const reason = sent['reason'] as (typeof retirementReasons)[number]
          const { correspondent } = await call(unlinkCorrespondent, {
            params,
            body: { reason },
            ifMatch: person.version,
            idempotencyKey,
          })
          await correspondentsChanged()
          onClose()
          // In place nowhere any more, they are not linked again.
          const undo =
            correspondent?.allowed.length && correspondent.places.length
              ? {
                  run: async () => {
                    await call(linkCorrespondent, { params, ifMatch: correspondent.version })
                    await correspondentsChanged()
                  },
                  done: `De nouveau reliée : ${personName(person)}.`,
                }
              : undefined
          toast(`Interlocuteur délié : ${personName(person)}.`, undo)
        }}
      >
        <RadioKeys
          name="reason"
          label="Motif"
          required
          layout="column"
          options={retirementReasons.map(value => ({ value, label: reasonWords[value] }))}
        />
      </Form>
    </Dialog>
  )
}
