// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a table wider than a phone scrolls by the keyboard too
// biome-ignore-all lint/suspicious/noArrayIndexKey: a text that is read, and never reordered
import { type Block, grouped, type Part, tableOf } from '../../../contract/agreement/template.ts'

const Said = ({ parts }: { parts: readonly Part[] }) => (
  <>
    {parts.map(({ text, missing }, n) =>
      missing ? (
        <mark key={`${n} ${text}`} className="cc-missing-field">
          {text}
        </mark>
      ) : (
        <span key={`${n} ${text}`}>{text}</span>
      ),
    )}
  </>
)
const Items = ({ items }: { items: readonly Block[] }) =>
  items.map((item, n) => (
    <li key={n} value={item.number}>
      <Said parts={item.parts} />
    </li>
  ))
const Table = ({ rows }: { rows: readonly Block[] }) => {
  const [head = [], ...body] = tableOf(rows)
  return (
    <section
      className="cc-text-table"
      tabIndex={0}
      aria-label={head.map(parts => parts.map(p => p.text).join('')).join(', ')}
    >
      <table>
        <thead>
          <tr>
            {head.map((parts, n) => (
              <th key={n} scope="col">
                <Said parts={parts} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((cells, n) => (
            <tr key={n}>
              {cells.map((parts, m) => (
                <td key={m}>
                  <Said parts={parts} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
const Group = ({ group }: { group: readonly Block[] }) => {
  const { kind, parts } = group[0]!
  const said = <Said parts={parts} />
  switch (kind) {
    case 'title':
      return <h2 className="fr-h4">{said}</h2>
    case 'heading':
      return <h3 className="fr-h6">{said}</h3>
    case 'subheading':
      return <h4 className="fr-text--md fr-text--bold">{said}</h4>
    case 'item':
      return (
        <ul>
          <Items items={group} />
        </ul>
      )
    case 'numbered':
      return (
        <ol>
          <Items items={group} />
        </ol>
      )
    case 'row':
      return <Table rows={group} />
    case 'paragraph':
      return <p>{said}</p>
  }
}

/** The text of a convention as its template composes it, what is missing being marked. */
export const TemplateText = ({ blocks }: { blocks: readonly Block[] }) => (
  <>
    {grouped(blocks).map((group, n) => (
      <Group key={n} group={group} />
    ))}
  </>
)
