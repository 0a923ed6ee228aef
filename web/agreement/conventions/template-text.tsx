// biome-ignore-all lint/suspicious/noArrayIndexKey: a text that is read, and never reordered
import type { Block } from '../../../contract/agreement/template.ts'

/** Items that follow one another make one list. */
const grouped = (blocks: readonly Block[]): (Block | readonly Block[])[] => {
  const groups: (Block | Block[])[] = []
  for (const block of blocks) {
    const last = groups.at(-1)
    if (block.kind !== 'item') groups.push(block)
    else if (Array.isArray(last)) last.push(block)
    else groups.push([block])
  }
  return groups
}
const Said = ({ parts }: Pick<Block, 'parts'>) => (
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

/** The text of a convention as its template composes it, what is missing being marked. */
export const TemplateText = ({ blocks }: { blocks: readonly Block[] }) => (
  <>
    {grouped(blocks).map((block, n) =>
      Array.isArray(block) ? (
        <ul key={`${n} list`}>
          {block.map((item, m) => (
            <li key={`${m} ${item.parts[0]?.text}`}>
              <Said parts={item.parts} />
            </li>
          ))}
        </ul>
      ) : (
        (one =>
          one.kind === 'title' ? (
            <h2 key={`${n} title`} className="fr-h4">
              <Said parts={one.parts} />
            </h2>
          ) : one.kind === 'heading' ? (
            <h3 key={`${n} heading`} className="fr-h6">
              <Said parts={one.parts} />
            </h3>
          ) : (
            <p key={`${n} paragraph`}>
              <Said parts={one.parts} />
            </p>
          ))(block as Block)
      ),
    )}
  </>
)
