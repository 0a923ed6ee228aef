import { useQuery } from '@tanstack/react-query'
import { listDocuments } from '../../../contract/agreement/texts.ts'
import { listAnnex4 } from '../../../contract/agreement/tools.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { Badge, Link, Loaded } from '../../ui/index.ts'
import { datesOf, nameOf, stateWords, type Version } from '../texts/words.ts'

/** In force or to come. */
const current = ({ state }: Version) => state === 'in-force' || state === 'to-come'
const one = (item: Version) => (
  <li key={item.id}>
    <Link href={`/textes/${item.id}`}>
      {item.kind === 'cpu' ? `${nameOf(item)}, version ${item.version}` : `Version ${item.version}`}
    </Link>
    , {datesOf(item)}{' '}
    {current(item) && <Badge tone={item.state === 'in-force' ? 'success' : 'info'}>{stateWords[item.state]}</Badge>}
  </li>
)
/** The versions of one rank of article 12, each with its dates; those that were replaced stay at hand. */
export const Versions = ({ kind }: { kind: 'cgu' | 'cpu' }) => {
  const query = useQuery({
    queryKey: ['texts', 'documents'],
    queryFn: ({ signal }) => call(listDocuments, { signal }),
  })
  return (
    <Loaded query={query} lines={1}>
      {({ items }) => {
        const all = items.filter(item => item.kind === kind)
        const past = all.filter(item => !current(item))
        if (all.length === 0) return <p className="fr-mb-0 fr-text--sm">L’opérateur n’en a pas encore publié.</p>
        return (
          <>
            <ul className="fr-mb-1v">{all.filter(current).map(one)}</ul>
            {past.length > 0 && (
              <details>
                <summary className="fr-text--sm">
                  {formatCount(past.length, 'autre version', 'autres versions')}
                </summary>
                <ul>{past.map(one)}</ul>
              </details>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

/**
 * Annex 4 alone is changed by the operator, version by version; the others follow the convention and its amendments.
 */
export const AnnexVersions = () => {
  const query = useQuery({ queryKey: ['tools', 'annex'], queryFn: ({ signal }) => call(listAnnex4, { signal }) })
  return (
    <Loaded query={query} lines={1}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="fr-mb-0 fr-text--sm">L’annexe 4 n’est pas encore publiée.</p>
        ) : (
          <ul className="fr-mb-1v">
            {items.map(item => (
              <li key={item.id}>
                <Link href="/outils#annexe-4">Annexe 4, version {item.number}</Link>, {datesOf(item)}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
