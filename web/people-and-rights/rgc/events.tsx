import { dayOf, formatDay } from '../../platform/format.ts'
import { Badge, DataTable } from '../../ui/index.ts'
import { eventWords, lastDay, type RgcEventLine } from './words.ts'

export const Events = ({
  events,
  withStructure = false,
}: {
  events: readonly RgcEventLine[]
  withStructure?: boolean
}) => (
  <DataTable
    caption="Départs et absences, le plus récent d’abord"
    hideCaption
    rows={events}
    keyOf={({ id }) => id}
    columns={[
      { head: 'Personne', cell: ({ person }) => person.name },
      ...(withStructure ? [{ head: 'Structure', cell: ({ organisation }: RgcEventLine) => organisation.name }] : []),
      { head: 'Événement', cell: ({ kind }) => eventWords[kind] },
      {
        head: 'Déclaré',
        cell: ({ declaredAt, declareBy: due, late }) => (
          <span>
            le {formatDay(dayOf(declaredAt))} {late ? <Badge tone="error">en retard</Badge> : null}
            <span className="fr-hint-text">à déclarer au plus tard le {formatDay(due)}</span>
          </span>
        ),
      },
      { head: 'Droits de gestion', cell: ({ rightsEndAt }) => `jusqu’au ${lastDay(rightsEndAt)}` },
    ]}
  />
)
