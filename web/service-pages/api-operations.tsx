import { useState } from 'react'
import { Badge, Facts, Section } from '../ui/index.ts'
import type { Description, Operation } from './api-description.ts'
import { SchemaTree, SchemaWords } from './api-schema.tsx'
import './api.css'

const slug = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\w]+/g, '')
    .toLowerCase()

export const Operations = ({ description: { paths } }: { description: Description }) => {
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

interface Told {
  readonly path: string
  readonly method: string
  readonly operation: Operation
}
/** What an operation takes and answers is drawn once it is opened: together they are twenty thousand elements. */
const OneOperation = ({ path, method, operation }: Told) => {
  const [isOpened, setIsOpened] = useState(false)
  return (
    <details className="cc-operation" onToggle={() => setIsOpened(true)}>
      <summary>
        <Badge tone={tones[method as keyof typeof tones] ?? 'neutral'}>{method}</Badge> <code>{path}</code>
        <span className="cc-operation__summary">{operation.summary}</span>
      </summary>
      {isOpened && <OperationBody operation={operation} />}
    </details>
  )
}

const OperationBody = ({ operation }: Pick<Told, 'operation'>) => {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  const reply = Object.values(operation.responses['200']?.content ?? {})[0]?.schema
  return (
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
  )
}
