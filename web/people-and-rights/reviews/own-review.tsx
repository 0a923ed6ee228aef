import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { listReviews, startReview } from '../../../contract/people-and-rights/reviews.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatDay, formatInstant } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { useMe } from '../../platform/session.ts'
import { toast } from '../../platform/toast.ts'
import { Badge, Button, Card, DataTable, Loaded, Notice, RelativeDay, Section } from '../../ui/index.ts'
import { useDue } from './reviews-due.ts'
import type { Due } from './words.ts'

export const Own = () => {
  const { query } = useDue(false)
  const me = useMe()
  return (
    <Loaded
      query={query}
      lines={4}
      empty={({ items }) =>
        items.length === 0 && (
          <Notice title="Aucune revue à faire">
            La première revue est due un an après la mise à disposition des outils. Votre structure n’a pas de
            convention en vigueur.
          </Notice>
        )
      }
    >
      {({ items }) => (
        <>
          {items
            .filter(({ organisation }) => organisation.id === me.organisation.id)
            .map(due => (
              <OwnDue key={due.organisation.id} due={due} />
            ))}
          <Past />
        </>
      )}
    </Loaded>
  )
}

const OwnDue = ({ due: { dueOn, late, open, allowed, lastClosedAt } }: { due: Due }) => {
  const go = useGo()
  const queries = useQueryClient()
  const start = useMutation({
    mutationFn: () => call(startReview, { idempotencyKey: newKey(), timeoutMs: 60_000 }),
    onSuccess: review => {
      void queries.invalidateQueries({ queryKey: ['reviews'] })
      toast('La revue est commencée.')
      go(`/revues/${review.id}`)
    },
  })
  return (
    <Card>
      <h2 className="fr-h5 fr-mb-1w">
        {open ? 'Revue en cours' : 'Prochaine revue'} {late && <Badge tone="error">en retard</Badge>}
      </h2>
      {open ? (
        <p>
          Commencée le {formatInstant(open.startedAt)}.{' '}
          {open.undecided > 0 ? (
            <>{formatCount(open.undecided, 'ligne reste', 'lignes restent')} à décider.</>
          ) : (
            'Tout est décidé : elle peut être close.'
          )}
        </p>
      ) : (
        <p>
          {dueOn ? (
            <>
              Due le {formatDay(dueOn)} (<RelativeDay date={dueOn} />
              ). {lastClosedAt ? `La dernière a été close le ${formatInstant(lastClosedAt)}.` : 'Ce sera la première.'}
            </>
          ) : (
            'La première est due un an après la mise à disposition des outils.'
          )}
        </p>
      )}
      {open && <Button href={`/revues/${open.id}`}>Reprendre la revue</Button>}
      {allowed.includes('start') && (
        <>
          <p className="fr-text--sm">
            La commencer fige les comptes et les habilitations du moment. Ce que vous corrigez l’est aussitôt ; vous
            pouvez la reprendre quand vous voulez.
          </p>
          <Button busy={start.isPending} onClick={() => start.mutate()}>
            {start.isPending ? 'Les comptes se figent…' : 'Commencer la revue'}
          </Button>
        </>
      )}
      {!open && !allowed.includes('start') && (
        <p className="fr-text--sm fr-mb-0">
          Le responsable de gestion de comptes (RGC) de votre structure la commence.
        </p>
      )}
      {start.isError && <Notice tone="error">{asProblem(start.error).detail}</Notice>}
    </Card>
  )
}

const Past = () => {
  const query = useQuery({ queryKey: ['reviews', 'past'], queryFn: ({ signal }) => call(listReviews, { signal }) })
  return (
    <Section title="Revues closes">
      <Loaded
        query={query}
        lines={3}
        empty={({ items }) =>
          !items.some(review => review.closedAt) && <p className="fr-text--sm">Aucune pour l’instant.</p>
        }
      >
        {({ items }) => (
          <DataTable
            caption="Revues closes, la dernière d’abord"
            hideCaption
            keys={false}
            rows={items.filter(review => review.closedAt)}
            keyOf={({ id }) => id}
            href={({ id }) => `/revues/${id}`}
            columns={[
              { head: 'Échéance', cell: ({ dueOn }) => formatDay(dueOn) },
              { head: 'Close', cell: ({ closedAt }) => formatInstant(closedAt!) },
              { head: 'Par', cell: ({ closedBy }) => closedBy?.name },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}
