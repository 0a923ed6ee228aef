import { awarenessModalities, type listAwareness, recordAwareness } from '../../../contract/agreement/awareness.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { DateField, Dialog, Form, SelectField, TextField } from '../../ui/index.ts'
import { rightsChanged } from '../texts/queries.ts'
import { modalityWords } from './words.ts'

export type Line = Reply<typeof listAwareness>['items'][number]

export const Record = ({ line: { person }, onClose }: { line: Line; onClose: () => void }) => (
  <Dialog title={`Sensibilisation de ${person.name}`} onClose={onClose}>
    <Form
      submit="Noter"
      done={`La sensibilisation de ${person.name} est notée.`}
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(recordAwareness, {
          body: {
            accountId: person.id,
            doneOn: values.doneOn!,
            modality: values.modality as (typeof awarenessModalities)[number],
            title: values.title!.trim(),
            minutes: values.minutes ? Number(values.minutes) : null,
          },
          idempotencyKey,
        })
        await rightsChanged()
        onClose()
      }}
    >
      <DateField name="doneOn" label="Date" required max={today()} defaultValue={today()} />
      <SelectField
        name="modality"
        label="Modalité"
        required
        options={awarenessModalities.map(value => ({ value, label: modalityWords[value] }))}
      />
      <TextField name="title" label="Intitulé" required maxLength={200} />
      <TextField name="minutes" label="Durée en minutes" type="number" min={1} max={10_000} width="short" />
    </Form>
  </Dialog>
)
