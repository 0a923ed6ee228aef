import { useQuery } from '@tanstack/react-query'
import { getTrailEntry, type listTrail } from '../../../contract/oversight/audit.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { DataTable, Dialog, Facts, Loaded } from '../../ui/index.ts'
import { detailLines, nameWord, sentenceOf, subjectInWords } from './words.ts'

export type Entry = Reply<typeof listTrail>['items'][number]
export const whoOf = ({ actor }: Entry) =>
  actor ? actor.name || 'Un compte supprimé' : 'Le service, ou une personne inconnue,'

const stateWords = {
  shown: '',
  erased: 'Le détail a été effacé, comme le prévoit la protection des données ; l’acte reste vérifiable.',
  withheld: 'Le détail peut contenir des données de travail, que votre rôle n’ouvre pas.',
}

export const EntryDialog = ({ entry, onClose }: { entry: Entry; onClose: () => void }) => {
  const query = useQuery({
    queryKey: ['trail', 'entry', entry.id],
    queryFn: ({ signal }) => call(getTrailEntry, { params: { entryId: entry.id }, signal }),
  })
  return (
    <Dialog title={`${whoOf(entry)} ${sentenceOf(entry.action)}`} onClose={onClose}>
      <Loaded query={query} lines={5}>
        {({ detail, detailState, position, origin, requestId, subject, organisation, at }) => (
          <>
            <Facts
              items={[
                ['Quand', formatInstant(at)],
                ['Structure', organisation?.name ?? 'aucune'],
                ['Sur', subjectInWords(subject)],
                !subject.name && ['Numéro de l’objet', subject.id],
                ['Depuis', origin ? `l’adresse d’empreinte ${origin}` : 'le service'],
                ['Numéro de la demande', requestId || 'aucun'],
                ['Numéro de l’acte', entry.id],
                [
                  'Scellé',
                  position === null ? 'pas encore : dans quelques secondes' : `oui, à la position ${position}`,
                ],
              ]}
            />
            {detailState !== 'shown' ? (
              <p>{stateWords[detailState]}</p>
            ) : detailLines(detail).length === 0 ? (
              <p>Cet acte n’a pas d’autre détail.</p>
            ) : (
              <DataTable
                caption="Ce qui a été dit"
                keys={false}
                rows={detailLines(detail)}
                keyOf={line => `${line.name}${line.after}`}
                columns={[
                  { head: 'Donnée', cell: ({ name }) => nameWord(name) },
                  ...(detailLines(detail).some(line => line.before !== null)
                    ? [{ head: 'Avant', cell: ({ before }: { before: string | null }) => before ?? '' }]
                    : []),
                  { head: 'Après', cell: ({ after }) => after },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}
