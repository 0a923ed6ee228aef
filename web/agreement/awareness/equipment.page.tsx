import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  equipmentParts,
  listEquipmentValidations,
  recordEquipmentValidation,
} from '../../../contract/agreement/awareness.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatList, today } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { useMe } from '../../platform/session.ts'
import {
  Button,
  CheckboxGroup,
  DataTable,
  DateField,
  Dialog,
  Empty,
  Form,
  Loaded,
  Notice,
  Page,
  TextArea,
} from '../../ui/index.ts'
import { partWords } from './words.ts'

type Part = (typeof equipmentParts)[number]

export default function EquipmentPage() {
  const me = useMe()
  const query = useQuery({
    queryKey: ['awareness', 'equipment'],
    queryFn: ({ signal }) => call(listEquipmentValidations, { signal }),
  })
  const [recording, setRecording] = useState(false)
  const may = query.data?.allowed.includes('record')
  return (
    <Page
      title="Équipement de la structure"
      lead="Ce que la structure a vérifié de son matériel, de son réseau et de ses seconds facteurs, et quand."
      {...(may ? { actions: <Button onClick={() => setRecording(true)}>Noter une validation</Button> } : {})}
    >
      {query.data && query.data.lacking.length > 0 && (
        <Notice tone="warning">
          Votre structure n’a encore jamais validé : {formatList(query.data.lacking.map(part => partWords[part]))}.
        </Notice>
      )}
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune validation n’est notée">
              {may
                ? 'Notez la première dès que la vérification est faite.'
                : 'Le responsable sécurité (RSSI), le correspondant SI ou le responsable de gestion de comptes (RGC) de votre structure les note.'}
            </Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Validations, la plus récente d’abord"
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { head: 'Validé le', cell: ({ validatedOn }) => formatDay(validatedOn) },
              { head: 'Ce qui est validé', cell: ({ parts }) => formatList(parts.map(part => partWords[part])) },
              ...(items.some(i => i.organisation.id !== me.organisation.id)
                ? [{ head: 'Structure', cell: ({ organisation }: (typeof items)[number]) => organisation.name }]
                : []),
              { head: 'Précisions', cell: ({ note }) => note || '–' },
              { head: 'Noté par', cell: ({ by }) => by.name },
            ]}
          />
        )}
      </Loaded>
      {recording && <Record onClose={() => setRecording(false)} />}
    </Page>
  )
}

const Record = ({ onClose }: { onClose: () => void }) => {
  const [parts, setParts] = useState<readonly string[]>([])
  const [none, setNone] = useState(false)
  return (
    <Dialog title="Noter une validation" onClose={onClose}>
      <Form
        draft={{ name: 'equipment' }}
        submit="Noter"
        done="La validation est notée."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          if (parts.length === 0) return setNone(true)
          await call(recordEquipmentValidation, {
            body: { parts: parts as Part[], validatedOn: values.validatedOn!, note: (values.note ?? '').trim() },
            idempotencyKey,
          })
          await queryClient.invalidateQueries({ queryKey: ['awareness', 'equipment'] })
          onClose()
        }}
      >
        <CheckboxGroup
          name="parts"
          label="Ce qui est validé"
          value={parts}
          onChange={chosen => {
            setParts(chosen)
            setNone(false)
          }}
          {...(none ? { error: 'Cochez au moins un élément.' } : {})}
          options={equipmentParts.map(value => ({ value, label: partWords[value] }))}
        />
        <DateField name="validatedOn" label="Date de la validation" required max={today()} defaultValue={today()} />
        <TextArea
          name="note"
          label="Précisions"
          hint="Par exemple : parc vérifié, pare-feu, clés remises à chacun"
          maxLength={500}
          rows={3}
        />
      </Form>
    </Dialog>
  )
}
