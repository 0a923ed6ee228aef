import { formatInstant } from '../../platform/format.ts'
import { Badge, DataTable, Section } from '../../ui/index.ts'
import { doneWords, type File, groundWords } from './words.ts'

/** Exceptional acts on an account, of the operator or of the signatory (ACC-10). */
export const ExceptionalHistory = ({ acts }: { acts: File['acts'] }) =>
  acts.length === 0 ? null : (
    <Section title="Actes exceptionnels">
      <DataTable
        caption="Actes exceptionnels, le dernier d’abord"
        hideCaption
        keys={false}
        rows={acts}
        keyOf={({ id }) => id}
        columns={[
          {
            head: 'Acte',
            cell: ({ act }) => (
              <span>
                {doneWords[act]} <Badge tone="warning">acte exceptionnel</Badge>
              </span>
            ),
          },
          {
            head: 'Motif',
            cell: ({ ground, reason, incident }) => (
              <span className="cc-two">
                {reason}
                <span className="fr-hint-text">
                  {groundWords[ground]}
                  {incident && ` : ${incident}`}
                </span>
              </span>
            ),
          },
          {
            head: 'Fait',
            cell: ({ doneAt, by }) => `le ${formatInstant(doneAt)}${by ? ` par ${by.name}` : ''}`,
          },
        ]}
      />
    </Section>
  )
