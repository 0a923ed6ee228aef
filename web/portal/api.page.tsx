import { useQuery } from '@tanstack/react-query'
import { refusals } from '../../contract/refusals.ts'
import { offline } from '../platform/problem.ts'
import { Badge, Facts, Link, Loaded, Page, Section } from '../ui/index.ts'

interface Schema {
  type?: string
  format?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Schema[]
  items?: Schema
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  description?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  default?: unknown
}
interface Operation {
  tags?: readonly string[]
  summary?: string
  description?: string
  operationId: string
  parameters?: readonly { name: string; in: string; required?: boolean; description?: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>
}
interface Description {
  info: { title: string; version: string; description?: string }
  paths: Record<string, Record<string, Operation>>
}

const read = async ({ signal }: { signal: AbortSignal }): Promise<Description> => {
  const response = await fetch('/api/openapi.json', { signal }).catch(error => {
    throw signal.aborted ? error : offline()
  })
  return response.json()
}

/** The same description programs read, for people. */
export default function ApiPage() {
  const description = useQuery({ queryKey: ['openapi'], queryFn: read, staleTime: Number.POSITIVE_INFINITY })
  return (
    <Page
      title="Interface de programmation (API)"
      lead="Tout ce que font ces pages passe par elle : un programme peut faire de même."
    >
      <p>
        La description complète, lisible par les outils, est au format <a href="/api/openapi.json">OpenAPI 3.1</a>. Les
        adresses commencent par <code>/api</code>.
      </p>
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

const slug = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\w]+/g, '')
    .toLowerCase()

const Operations = ({ description: { paths } }: { description: Description }) => {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const tags = [...new Set(all.map(({ operation }) => operation.tags?.[0] ?? 'Autres'))]
  return (
    <>
      <nav aria-label="Familles d’opérations" className="cc-buttons fr-mb-4w">
        {tags.map(tag => (
          <a key={tag} className="fr-tag" href={`#${slug(tag)}`}>
            {tag}
          </a>
        ))}
      </nav>
      {tags.map(tag => (
        <Section key={tag} title={tag} id={slug(tag)}>
          {all
            .filter(({ operation }) => (operation.tags?.[0] ?? 'Autres') === tag)
            .map(one => (
              <OneOperation key={one.operation.operationId} {...one} />
            ))}
        </Section>
      ))}
    </>
  )
}

const tones = { GET: 'info', POST: 'success', PUT: 'warning', DELETE: 'warning' } as const

const OneOperation = ({ path, method, operation }: { path: string; method: string; operation: Operation }) => {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  const reply = Object.values(operation.responses['200']?.content ?? {})[0]?.schema
  return (
    <details className="cc-operation">
      <summary>
        <Badge tone={tones[method as keyof typeof tones] ?? 'neutral'}>{method}</Badge> <code>{path}</code>
        <span className="cc-operation__summary">{operation.summary}</span>
      </summary>
      <div className="cc-operation__body">
        {operation.description && <p>{operation.description}</p>}
        {!!operation.parameters?.length && (
          <>
            <h3 className="fr-h6">Paramètres</h3>
            <Facts
              items={operation.parameters.map(
                parameter =>
                  [
                    parameter.name,
                    <SchemaWords
                      key={parameter.name}
                      schema={parameter.schema}
                      note={[
                        parameter.in === 'path' ? 'dans l’adresse' : 'en requête',
                        parameter.required ? 'obligatoire' : 'facultatif',
                        parameter.description,
                      ]}
                    />,
                  ] as const,
              )}
            />
          </>
        )}
        {body && (
          <>
            <h3 className="fr-h6">Corps</h3>
            <SchemaTree schema={body} />
          </>
        )}
        {reply && (
          <>
            <h3 className="fr-h6">Réponse</h3>
            <SchemaTree schema={reply} />
          </>
        )}
      </div>
    </details>
  )
}

const bare = (schema: Schema): { schema: Schema; nullable: boolean } => {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null')
  return others && others.length === 1 && schema.anyOf!.length === 2
    ? { schema: { ...others[0], ...(schema.description ? { description: schema.description } : {}) }, nullable: true }
    : { schema, nullable: false }
}
const typeWords: Record<string, string> = {
  string: 'texte',
  integer: 'entier',
  number: 'nombre',
  boolean: 'vrai ou faux',
  object: 'objet',
  array: 'liste',
  null: 'rien',
}
const formatWords: Record<string, string> = {
  date: 'jour (AAAA-MM-JJ)',
  'date-time': 'instant (ISO 8601)',
  uuid: 'identifiant (UUID)',
}

const inWords = (given: Schema): string => {
  const { schema, nullable } = bare(given)
  const words = schema.enum
    ? `l’un de : ${schema.enum.join(', ')}`
    : schema.const !== undefined
      ? `« ${schema.const} »`
      : schema.anyOf
        ? schema.anyOf.every(({ const: only }) => only !== undefined)
          ? `l’un de : ${schema.anyOf.map(({ const: only }) => only).join(', ')}`
          : `l’une de ${schema.anyOf.length} formes`
        : schema.type === 'array'
          ? `liste de ${schema.items ? inWords(schema.items) : 'valeurs'}`
          : (schema.format && formatWords[schema.format]) || (schema.type && typeWords[schema.type]) || 'valeur libre'
  const limits = [
    schema.maxLength && `${schema.maxLength} caractères au plus`,
    schema.minimum !== undefined && `au moins ${schema.minimum}`,
    schema.maximum !== undefined && schema.maximum < 2_147_483_647 && `au plus ${schema.maximum}`,
    schema.default !== undefined && `${String(schema.default)} par défaut`,
  ].filter(Boolean)
  return `${words}${limits.length ? ` (${limits.join(', ')})` : ''}${nullable ? ', ou rien' : ''}`
}

const SchemaWords = ({ schema, note }: { schema: Schema; note: readonly (string | undefined)[] }) => (
  <>
    {inWords(schema)}
    <span className="fr-hint-text">
      {[...note, bare(schema).schema.description].filter((one, at, all) => one && all.indexOf(one) === at).join(' ; ')}
    </span>
  </>
)

/** Members, then those of members, as deep as they go. */
const SchemaTree = ({ schema: given }: { schema: Schema }) => {
  const { schema } = bare(given)
  if (schema.anyOf?.some(({ properties }) => properties))
    return (
      <>
        {schema.anyOf.map((one, at) => (
          <div key={inWords(one) + String(Object.keys(one.properties ?? {}))} className="cc-tree">
            <p className="fr-text--sm fr-mb-1v">Forme {at + 1}</p>
            <SchemaTree schema={one} />
          </div>
        ))}
      </>
    )
  if (schema.type === 'array' && schema.items) return <SchemaTree schema={schema.items} />
  if (!schema.properties) return <p className="fr-text--sm">{inWords(schema)}</p>
  return (
    <ul className="cc-tree">
      {Object.entries(schema.properties).map(([name, member]) => {
        const inner = bare(member).schema
        const deep = inner.type === 'array' && inner.items ? bare(inner.items).schema : inner
        return (
          <li key={name}>
            <code>{name}</code> : {inWords(member)}
            {!schema.required?.includes(name) && <em> — facultatif</em>}
            {inner.description && <span className="fr-hint-text">{inner.description}</span>}
            {(deep.properties || deep.anyOf?.some(({ properties }) => properties)) && <SchemaTree schema={deep} />}
          </li>
        )
      })}
    </ul>
  )
}
