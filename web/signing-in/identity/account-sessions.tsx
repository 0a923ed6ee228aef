import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endOtherSessions, endSession, listSessions } from '../../../contract/signing-in/identity.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatInstant } from '../../platform/format.ts'
import { asProblem } from '../../platform/problem.ts'
import { toast } from '../../platform/toast.ts'
import { announce, Badge, Button, DataTable, Loaded, Refused, RelativeDay, Section } from '../../ui/index.ts'

export const Sessions = () => {
  const queries = useQueryClient()
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => call(listSessions, { signal }) })
  const ended = {
    onSuccess: ({ ended: count }: { ended: number }) => {
      toast(`${formatCount(count, 'session fermée', 'sessions fermées')}.`)
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
    onError: (error: Error) => announce(asProblem(error).detail),
  }
  const end = useMutation({ mutationFn: (sessionId: string) => call(endSession, { params: { sessionId } }), ...ended })
  const endOthers = useMutation({ mutationFn: () => call(endOtherSessions), ...ended })
  const refused = end.error ?? endOthers.error
  return (
    <Section title="Mes sessions ouvertes">
      <p>
        Une session que vous ne reconnaissez pas ? Fermez-la, puis prévenez le responsable de gestion de comptes (RGC)
        de votre structure.
      </p>
      {refused && <Refused problem={refused} />}
      <Loaded query={sessions} lines={3}>
        {({ items }) => (
          <>
            <DataTable
              caption="Mes sessions ouvertes"
              hideCaption
              keys={false}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                {
                  head: 'Appareil',
                  cell: ({ device, current }) => (
                    <>
                      {device} {current && <Badge tone="info">celle-ci</Badge>}
                    </>
                  ),
                },
                { head: 'Ouverte', cell: ({ signedInAt }) => formatInstant(signedInAt) },
                { head: 'Dernière activité', cell: ({ lastSeenAt }) => <RelativeDay date={lastSeenAt} /> },
                {
                  head: 'État',
                  cell: ({ state }) =>
                    ({ active: 'ouverte', locked: 'verrouillée', 'second-factor-required': 'second facteur attendu' })[
                      state
                    ],
                },
              ]}
              acts={({ id, current, device }) =>
                !current && (
                  <Button size="small" priority="tertiary" busy={end.isPending} onClick={() => end.mutate(id)}>
                    Fermer<span className="fr-sr-only"> la session {device}</span>
                  </Button>
                )
              }
            />
            {items.some(({ current }) => !current) && (
              <div className="fr-mt-2w">
                <Button size="small" priority="secondary" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
                  Fermer toutes les autres
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}
