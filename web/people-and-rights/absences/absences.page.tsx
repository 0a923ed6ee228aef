import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ofName } from '../../../contract/names-in-french.ts'
import { listAbsences, withdrawAbsence } from '../../../contract/people-and-rights/absences.ts'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { queryClient } from '../../platform/query.ts'
import { Button, DataTable, Empty, Loaded, Page, Refused, toast } from '../../ui/index.ts'
import { SayAbsence } from './say-absence.tsx'

/** Whose work others may take over meanwhile (CAM-13). */
export default function AbsencesPage() {
  const [saying, setSaying] = useState(false)
  const query = useQuery({
    queryKey: ['absences'],
    queryFn: ({ signal }) => call(listAbsences, { signal }),
    refetchOnMount: 'always',
  })
  const withdraw = useMutation({
    mutationFn: (absenceId: string) => call(withdrawAbsence, { params: { absenceId }, idempotencyKey: newKey() }),
    onSuccess: ({ person }) => {
      toast(`L’absence ${ofName(person.name)} est retirée.`)
      document.querySelector<HTMLElement>('h1')?.focus()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['absences'] }),
  })
  return (
    <Page
      title="Absences"
      lead="Pendant une absence, les responsables de la structure peuvent reprendre ou confier ce que tient la personne."
      width="narrow"
      actions={
        <Button size="small" onClick={() => setSaying(true)}>
          Signaler une absence
        </Button>
      }
    >
      {withdraw.error && <Refused problem={withdraw.error} />}
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune absence en cours ni à venir">
              Signalez vos jours d’absence : un collègue pourra s’occuper de vos cibles et de vos prochaines actions.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Absences en cours et à venir"
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { head: 'Personne', cell: ({ person }) => person.name },
              { head: 'Premier jour', cell: ({ startsOn }) => formatDay(startsOn) },
              { head: 'Dernier jour', cell: ({ endsOn }) => formatDay(endsOn) },
            ]}
            acts={({ id, person, allowed }) =>
              allowed.includes('withdraw') && (
                <Button
                  size="small"
                  priority="tertiary"
                  disabled={withdraw.isPending}
                  onClick={() => withdraw.mutate(id)}
                >
                  Retirer<span className="fr-sr-only"> l’absence {ofName(person.name)}</span>
                </Button>
              )
            }
          />
        )}
      </Loaded>
      {saying && query.data && <SayAbsence colleagues={query.data.colleagues} onClose={() => setSaying(false)} />}
    </Page>
  )
}
