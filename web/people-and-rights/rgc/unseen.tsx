import { useState } from 'react'
import { answerUnseen } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { Button, DataTable, Dialog, Form } from '../../ui/index.ts'
import { PersonLink } from '../directory/person-link.tsx'
import { rgcChanged } from './queries.ts'
import type { Overview } from './words.ts'

type Line = Overview['unseen'][number]

/** A question to the structure, not an absence: nothing is due and nothing is late (RGC-6). */
export const Unseen = ({ lines, withStructure = false }: { lines: readonly Line[]; withStructure?: boolean }) => {
  const [answering, setAnswering] = useState<Line | null>(null)
  return (
    <>
      <DataTable
        caption="Responsables de gestion de comptes sans activité depuis deux mois"
        hideCaption
        rows={lines}
        keyOf={({ person }) => person.id}
        columns={[
          { head: 'Personne', cell: ({ person }) => <PersonLink person={person} /> },
          ...(withStructure ? [{ head: 'Structure', cell: ({ organisation }: Line) => organisation.name }] : []),
          { head: 'Question posée', cell: ({ since }) => `le ${formatDay(since)}` },
        ]}
        acts={line =>
          line.allowed.includes('answer') && (
            <Button size="small" priority="secondary" onClick={() => setAnswering(line)}>
              Toujours en fonction<span className="fr-sr-only"> : {line.person.name}</span>
            </Button>
          )
        }
      />
      {answering && (
        <Dialog title={`${answering.person.name} est toujours en fonction`} onClose={() => setAnswering(null)}>
          <Form
            draft="choices"
            submit="Répondre"
            done="C’est noté : la question ne sera posée qu’après deux autres mois sans activité."
            onCancel={() => setAnswering(null)}
            onSubmit={async (_values, { idempotencyKey }) => {
              await call(answerUnseen, { params: { accountId: answering.person.id }, idempotencyKey })
              await rgcChanged()
              setAnswering(null)
            }}
          >
            <p>Rien ne change à ses droits. Vous répondez au nom de votre structure, et le journal le garde.</p>
          </Form>
        </Dialog>
      )}
    </>
  )
}
