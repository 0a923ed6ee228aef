import { useQuery } from '@tanstack/react-query'
import { listNextActions } from '../../../contract/work-with-employers/exchanges.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { ButtonRow, Link, Refused } from '../../ui/index.ts'
import { Due, NextActionActs } from '../exchanges/next-action-parts.tsx'
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
  const toTitle = () => document.querySelector<HTMLElement>('h1')?.focus()
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
      <ul className="cc-handed__list">
        {data.items.map(action => (
          <li key={action.id}>
            <span>
              <Link href={`/etablissements/${action.siret}`}>{employerName(action)}</Link> :{' '}
              {actionWords[action.kind].toLowerCase()} <Due action={action} />
              {action.notedBy && (
                <span className="fr-hint-text">
                  Suite à <Link href={`/echanges/${action.exchangeId}`}>l’échange noté par {action.notedBy.name}</Link>
                </span>
              )}
            </span>
            <ButtonRow>
              <NextActionActs action={action} onDone={toTitle} />
            </ButtonRow>
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
