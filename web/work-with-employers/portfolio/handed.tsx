import { useMutation, useQuery } from '@tanstack/react-query'
import { listNextActions } from '../../../contract/work-with-employers/exchanges.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatTime } from '../../platform/format.ts'
import { Badge, Button, Link, Refused, RelativeDay } from '../../ui/index.ts'
import { exchangesChanged } from '../exchanges/queries.ts'
import { finish, toastFinished } from '../exchanges/undoing.ts'
import { actionWords, employerName } from '../exchanges/words.ts'

const shown = 50

/**
 * What colleagues entrusted to me when they noted an exchange: the employer may be in no campaign, or be taken care of
 * by another.
 */
export const Handed = () => {
  const { data, error, refetch } = useQuery({
    queryKey: ['next-actions', 'handed'],
    queryFn: ({ signal }) => call(listNextActions, { query: { handed: true, limit: shown, total: true }, signal }),
    refetchOnMount: 'always',
  })
  const finishing = useMutation({
    mutationFn: finish,
    onSuccess: async done => {
      toastFinished(done)
      document.querySelector<HTMLElement>('h1')?.focus()
      await exchangesChanged()
    },
  })
  if (error && !data) return <Refused problem={error} retry={() => void refetch()} />
  if (!data?.items.length) return null
  return (
    <section className="cc-handed" aria-labelledby="confiees">
      <h2 id="confiees" className="fr-h6 fr-mb-1w">
        {formatCount(
          data.total ?? data.items.length,
          'action que vous confie un collègue',
          'actions que vous confient des collègues',
        )}
      </h2>
      {finishing.error && <Refused problem={finishing.error} />}
      <ul className="cc-handed__list">
        {data.items.map(action => (
          <li key={action.id}>
            <span>
              <Link href={`/etablissements/${action.siret}`}>{employerName(action)}</Link> :{' '}
              {actionWords[action.kind].toLowerCase()} <RelativeDay date={action.dueOn} />
              {action.dueAt && ` à ${formatTime(action.dueAt)}`}
              {action.late && (
                <>
                  {' '}
                  <Badge tone="error">en retard</Badge>
                </>
              )}
              {action.notedBy && (
                <span className="fr-hint-text">
                  Suite à <Link href={`/echanges/${action.exchangeId}`}>l’échange noté par {action.notedBy.name}</Link>
                </span>
              )}
            </span>
            {action.allowed.includes('finish') && (
              <Button
                size="small"
                priority="tertiary no outline"
                busy={finishing.isPending && finishing.variables.id === action.id}
                onClick={() => finishing.mutate(action)}
              >
                Fait
                <span className="fr-sr-only">
                  {' '}
                  : {actionWords[action.kind].toLowerCase()}, {employerName(action)}
                </span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(data.total ?? 0) > shown && (
        <p className="fr-text--sm fr-mb-0">
          Les {shown} premières sont ici ; toutes sont <Link href="/">à l’accueil</Link>, dans vos prochaines actions.
        </p>
      )}
    </section>
  )
}
