import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listAssessments, recordAssessment } from '../../../contract/agreement/assessments.ts'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { call } from '../../platform/api.ts'
import { addDays, formatDay, today } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import {
  Badge,
  Button,
  ButtonRow,
  DataTable,
  DateField,
  Dialog,
  Form,
  Loaded,
  TextArea,
  TextField,
  tellReader,
} from '../../ui/index.ts'

/** A partner's yearly security assessments, recorded by the operator's security officer (AGR-10). */
export const Assessments = ({ organisation }: { organisation: { id: string; name: string } }) => {
  const query = useQuery({
    queryKey: ['assessments', organisation.id],
    queryFn: ({ signal }) => call(listAssessments, { query: { organisationId: organisation.id }, signal }),
  })
  const [recording, setRecording] = useState(false)
  return (
    <Loaded query={query} lines={3}>
      {({ items, dueOn, late, allowed }) => (
        <>
          <p>
            {items.length === 0 ? 'Aucune évaluation n’est encore enregistrée. ' : ''}
            {dueOn && (
              <>
                {items.length === 0 ? 'La première est due' : 'La prochaine est due'} le {formatDay(dueOn)}.{' '}
                {late ? <Badge tone="error">en retard</Badge> : null}
              </>
            )}
          </p>
          {items.length > 0 && (
            <DataTable
              caption="Évaluations, la dernière d’abord"
              hideCaption
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { head: 'Faite le', cell: ({ assessedOn }) => formatDay(assessedOn) },
                { head: 'Constat', cell: ({ outcome }) => outcome },
                { head: 'Pièce', cell: ({ reference }) => reference },
                { head: 'Suivante', cell: ({ nextDueOn }) => formatDay(nextDueOn) },
                { head: 'Enregistrée par', cell: ({ by }) => by.name, secondary: true },
              ]}
            />
          )}
          {allowed.includes('record') ? (
            <ButtonRow>
              <Button priority="secondary" onClick={() => setRecording(true)}>
                Enregistrer une évaluation
              </Button>
            </ButtonRow>
          ) : (
            <p className="fr-text--sm fr-mb-0">Le correspondant sécurité de l’opérateur (CSSI) les enregistre.</p>
          )}
          {recording && (
            <Dialog
              title={`Évaluation de la sécurité ${ofStructure(organisation.name)}`}
              onClose={() => setRecording(false)}
            >
              <Form
                submit="Enregistrer"
                draft={{ name: 'assessment', about: organisation.id }}
                onCancel={() => setRecording(false)}
                onSubmit={async ({ assessedOn, outcome, reference, nextDueOn }, { idempotencyKey }) => {
                  const { told } = await call(recordAssessment, {
                    body: {
                      organisationId: organisation.id,
                      assessedOn: assessedOn!,
                      outcome: outcome!,
                      reference: reference!,
                      nextDueOn: nextDueOn!,
                    },
                    idempotencyKey,
                  })
                  await Promise.all([
                    queryClient.invalidateQueries({ queryKey: ['assessments', organisation.id] }),
                    queryClient.invalidateQueries({ queryKey: ['conventions', 'list'] }),
                  ])
                  tellReader('L’évaluation est enregistrée.', told)
                  setRecording(false)
                }}
              >
                <DateField name="assessedOn" label="Faite le" required max={today()} />
                <TextArea
                  name="outcome"
                  label="Constat"
                  hint="Une note, ou une phrase : la structure la lit"
                  required
                  maxLength={500}
                  rows={3}
                />
                <TextField
                  name="reference"
                  label="Référence de la pièce"
                  hint="Où l’évaluation est conservée"
                  required
                  maxLength={200}
                />
                <DateField
                  name="nextDueOn"
                  label="Prochaine due le"
                  hint="Dans l’année qui suit"
                  required
                  min={addDays(today(), 1)}
                />
              </Form>
            </Dialog>
          )}
        </>
      )}
    </Loaded>
  )
}
