import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { download } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { Badge, Button, ButtonRow, DataTable, Refused } from '../../ui/index.ts'
import { PersonLink } from '../directory/person-link.tsx'
import { Corrections } from './papers.tsx'
import { TakeBack, takenBackBy } from './take-back.tsx'
import { eventWords, lastDay, type RgcEventLine } from './words.ts'

export const Events = ({
  events,
  withStructure = false,
  onCorrect,
}: {
  events: readonly RgcEventLine[]
  withStructure?: boolean
  onCorrect?: (event: RgcEventLine) => void
}) => {
  const [taken, setTaken] = useState<RgcEventLine | null>(null)
  const paper = useMutation({ mutationFn: (id: string) => download(`/rgc/events/${id}/paper`) })
  const acts = (event: RgcEventLine) => (
    <ButtonRow>
      {event.allowed.includes('download') && (
        <Button size="small" priority="tertiary" onClick={() => paper.mutate(event.id)}>
          Lire la déclaration reçue<span className="fr-sr-only"> pour {event.person.name}</span>
        </Button>
      )}
      {takenBackBy(event) && (
        <Button size="small" priority="tertiary" onClick={() => setTaken(event)}>
          {takenBackBy(event)!.button}
          <span className="fr-sr-only"> pour {event.person.name}</span>
        </Button>
      )}
      {onCorrect && event.allowed.includes('correct') && (
        <Button size="small" priority="tertiary" onClick={() => onCorrect(event)}>
          Corriger une date<span className="fr-sr-only"> pour {event.person.name}</span>
        </Button>
      )}
    </ButtonRow>
  )
  return (
    <>
      <DataTable
        caption="Départs et absences, le plus récent d’abord"
        hideCaption
        rows={events}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Personne', cell: ({ person }) => <PersonLink person={person} /> },
          ...(withStructure
            ? [{ head: 'Structure', cell: ({ organisation }: RgcEventLine) => organisation.name }]
            : []),
          { head: 'Événement', cell: ({ kind }) => eventWords[kind] },
          {
            head: 'Déclaré',
            cell: ({ declaredAt, declareBy: due, late, receivedOn, corrections }) => (
              <span>
                le {formatDay(receivedOn ?? dayOf(declaredAt))} {late ? <Badge tone="error">en retard</Badge> : null}
                <span className="fr-hint-text">
                  à déclarer au plus tard le {formatDay(due)}
                  {receivedOn ? ` ; saisi par l’opérateur le ${formatDay(dayOf(declaredAt))}` : ''}
                </span>
                <Corrections corrections={corrections} />
              </span>
            ),
          },
          {
            head: 'Droits de gestion',
            cell: ({ rightsEndAt, endsAccount, withdrawn }) =>
              withdrawn
                ? `sans effet depuis le ${formatDay(dayOf(withdrawn.at))}, par ${withdrawn.by.name} : « ${withdrawn.reason} »`
                : `jusqu’au ${lastDay(rightsEndAt)}${endsAccount ? ', le compte aussi' : ''}`,
          },
        ]}
        {...(events.some(event => event.allowed.length > 0) ? { acts } : {})}
      />
      {taken && <TakeBack event={taken} onClose={() => setTaken(null)} />}
      {paper.isError && <Refused problem={paper.error} />}
    </>
  )
}
