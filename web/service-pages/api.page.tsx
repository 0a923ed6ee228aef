import { useQuery } from '@tanstack/react-query'
import { refusals } from '../../contract/refusals.ts'
import { Link, Loaded, Page, Section } from '../ui/index.ts'
import { opensToPrograms, read } from './api-description.ts'
import { Operations } from './api-operations.tsx'
import './api.css'

/** The same description programs read, for people. */
export default function ApiPage() {
  const description = useQuery({ queryKey: ['openapi'], queryFn: read, staleTime: Number.POSITIVE_INFINITY })
  return (
    <Page title="Interface de programmation (API)" lead="Tout ce que font ces pages passe par elle.">
      <p>
        La description complète, lisible par les outils, est au format <a href="/api/openapi.json">OpenAPI 3.1</a>. Les
        adresses commencent par <code>/api</code>.
      </p>
      {description.data && !opensToPrograms(description.data) && (
        <p>
          Aucun programme ne peut encore l’appeler : elle ne s’ouvre qu’à la session d’une personne, dans son
          navigateur.
        </p>
      )}
      <Section title="Règles communes">
        <ul>
          <li>Les corps et les réponses sont en JSON. Les jours s’écrivent AAAA-MM-JJ, à l’heure de Paris.</li>
          <li>
            Les listes ont <code>items</code> et <code>next</code> : renvoyer <code>next</code> dans <code>after</code>{' '}
            donne la suite. <code>total=true</code> demande le nombre exact.
          </li>
          <li>
            Un POST accepte <code>Idempotency-Key</code> : la même demande envoyée deux fois est faite une fois.
          </li>
          <li>
            Ce que plusieurs modifient porte un <code>ETag</code>, à renvoyer dans <code>If-Match</code>.
          </li>
          <li>
            Un refus est un <code>application/problem+json</code> (RFC 9457) dont le <code>code</code> ne change jamais.
          </li>
        </ul>
      </Section>
      <Loaded query={description} lines={12}>
        {data => <Operations description={data} />}
      </Loaded>
      <Section title="Refus">
        <ul className="cc-refusals">
          {Object.entries(refusals).map(([code, { status, title }]) => (
            <li key={code}>
              <Link href={`/api/refus/${code}`}>
                <code>{code}</code>
              </Link>{' '}
              — {status}, {title.toLowerCase()}
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  )
}
