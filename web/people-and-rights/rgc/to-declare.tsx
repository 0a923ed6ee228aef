import { useState } from 'react'
import { ofName } from '../../../contract/names-in-french.ts'
import { noteRgcEvent, withdrawKnownEvent } from '../../../contract/people-and-rights/rgc.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import { Badge, Button, DataTable, DateField, Dialog, Form, SelectField, TextArea } from '../../ui/index.ts'
import { PersonLink } from '../directory/person-link.tsx'
import { PersonSelect } from '../directory/person-select.tsx'
import { rgcChanged } from './queries.ts'
import { eventWords, type RgcEventLine } from './words.ts'

export type ToDeclareLine = Reply<typeof noteRgcEvent>
/** Known and not declared: the limit of eight days, and what is past it, for both sides. */
export const ToDeclare = ({
  lines,
  withStructure = false,
}: {
  lines: readonly ToDeclareLine[]
  withStructure?: boolean
}) => {
  const [withdrawing, setWithdrawing] = useState<ToDeclareLine | null>(null)
  return (
    <>
      <DataTable
        caption="Départs et absences à déclarer, le plus pressé d’abord"
        hideCaption
        rows={lines}
        keyOf={({ person }) => person.id}
        columns={[
          { head: 'Personne', cell: ({ person }) => <PersonLink person={person} /> },
          ...(withStructure
            ? [{ head: 'Structure', cell: ({ organisation }: ToDeclareLine) => organisation.name }]
            : []),
          {
            head: 'Événement',
            cell: ({ kind }) => eventWords[kind],
          },
          { head: 'Connu le', cell: ({ knownOn }) => formatDay(knownOn) },
          {
            head: 'À déclarer',
            cell: ({ declareBy, late }) => (
              <span>
                le {formatDay(declareBy)} au plus tard {late ? <Badge tone="error">en retard</Badge> : null}
              </span>
            ),
          },
        ]}
        acts={line =>
          line.allowed.includes('withdraw') && (
            <Button size="small" priority="tertiary" onClick={() => setWithdrawing(line)}>
              Noté à tort<span className="fr-sr-only"> : {line.person.name}</span>
            </Button>
          )
        }
      />
      {withdrawing && (
        <Dialog
          title={`Retirer ce qui est noté ${ofName(withdrawing.person.name)}`}
          onClose={() => setWithdrawing(null)}
        >
          <Form
            draft={{ name: 'known-event-withdrawal', about: withdrawing.id }}
            submit="Retirer"
            done="Ce n’est plus à déclarer."
            onCancel={() => setWithdrawing(null)}
            onSubmit={async ({ reason }, { idempotencyKey }) => {
              await call(withdrawKnownEvent, {
                params: { eventId: withdrawing.id },
                body: { reason: reason! },
                idempotencyKey,
              })
              await rgcChanged()
              setWithdrawing(null)
            }}
          >
            <TextArea name="reason" label="Motif" hint="Gardé dans le journal" required maxLength={500} />
          </Form>
        </Dialog>
      )}
    </>
  )
}

/** Before all of its dates are known: the limit runs, and is reminded. */
export const NoteDialog = ({
  people,
  onClose,
}: {
  people: readonly { id: string; name: string }[]
  onClose: () => void
}) => (
  <Dialog title="Noter un départ ou une absence connus" onClose={onClose}>
    <p>
      Les huit jours pour déclarer au CSSI courent du jour où l’événement est connu : ils sont rappelés par courriel.
      Aucun droit n’est retiré avant la déclaration.
    </p>
    <Form
      draft={{ name: 'known-event' }}
      submit="Noter"
      done="C’est noté : le délai sera rappelé."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(noteRgcEvent, {
          body: { accountId: values.accountId!, kind: values.kind as RgcEventLine['kind'], knownOn: values.knownOn! },
          idempotencyKey,
        })
        await rgcChanged()
        onClose()
      }}
    >
      <PersonSelect name="accountId" label="Personne" required people={people} />
      <SelectField
        name="kind"
        label="Événement"
        required
        options={(Object.keys(eventWords) as RgcEventLine['kind'][]).map(value => ({
          value,
          label: eventWords[value],
        }))}
      />
      <DateField name="knownOn" label="Connu le" required max={today()} defaultValue={today()} />
    </Form>
  </Dialog>
)
