import { Fragment, type ReactNode } from 'react'
import { Link } from '../ui/index.ts'
import { type Block, guideLink } from './guide-text.ts'

const pieces = /(\*\*[^*]+\*\*|(?<![\w*])\*[^*\s][^*]*\*(?![\w*])|`[^`]+`|\[[^\]]+\]\([^)\s]+\))/
/** Bold, italic, keys, and links from a guide to another. Anything else stays as it was written. */
const InLine = ({ text }: { text: string }): ReactNode =>
  text.split(pieces).map((part, at) => {
    const key = `${at} ${part}`
    if (part.startsWith('**')) return <strong key={key}>{part.slice(2, -2)}</strong>
    if (part.startsWith('`')) return <code key={key}>{part.slice(1, -1)}</code>
    const link = guideLink(part)
    if (link)
      return (
        <Link key={key} href={`/aide/${link.section}`}>
          {link.words}
        </Link>
      )
    if (at % 2 === 1 && part.startsWith('*')) return <em key={key}>{part.slice(1, -1)}</em>
    return <Fragment key={key}>{part}</Fragment>
  })

const Table = ({ head, rows }: Extract<Block, { kind: 'table' }>) => (
  <div className="cc-guide__table">
    <table>
      <thead>
        <tr>
          {head.map(cell => (
            <th key={cell} scope="col">
              <InLine text={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.join()}>
            {row.map((cell, column) => (
              <td key={head[column]}>
                <InLine text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const List = ({ ordered, items }: Extract<Block, { kind: 'list' }>) => {
  const Tag = ordered ? 'ol' : 'ul'
  return (
    <Tag>
      {items.map(({ text, under }) => (
        <li key={text}>
          <InLine text={text} />
          {under.length > 0 && (
            <ul>
              {under.map(line => (
                <li key={line}>
                  <InLine text={line} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </Tag>
  )
}

export const Blocks = ({ blocks }: { blocks: readonly Block[] }) =>
  blocks.map((block, at) => {
    const key = `${at}`
    if (block.kind === 'table') return <Table key={key} {...block} />
    if (block.kind === 'list') return <List key={key} {...block} />
    return (
      <p key={key}>
        <InLine text={block.text} />
      </p>
    )
  })
