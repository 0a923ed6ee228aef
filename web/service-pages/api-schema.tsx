import type { Schema } from './api-description.ts'
import './api.css'

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

export const SchemaWords = ({ schema, note }: { schema: Schema; note: readonly (string | undefined)[] }) => (
  <>
    {inWords(schema)}
    <span className="fr-hint-text">
      {[...note, bare(schema).schema.description].filter((one, at, all) => one && all.indexOf(one) === at).join(' ; ')}
    </span>
  </>
)

/** Members, then those of members, as deep as they go. */
export const SchemaTree = ({ schema: given }: { schema: Schema }) => {
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
