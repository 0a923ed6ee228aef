import { Fragment, type ReactNode } from 'react'

/**
 * Bold, and links to pages of this service or to https addresses. Anything else stays as it was typed: a text cannot
 * bring in markup.
 */
const inLine = (text: string): ReactNode[] =>
  text.split(/(\*\*[^*]+\*\*|\[[^\]]+\]\((?:https:\/\/|\/)[^)\s]*\))/).map((part, i) => {
    const key = `${i} ${part}`
    if (/^\*\*.+\*\*$/.test(part)) return <strong key={key}>{part.slice(2, -2)}</strong>
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part)
    if (!link) return <Fragment key={key}>{part}</Fragment>
    const [, words, href] = link
    return href!.startsWith('/') ? (
      <a key={key} href={href}>
        {words}
      </a>
    ) : (
      <a key={key} href={href} target="_blank" rel="noopener noreferrer" title={`${words} - nouvelle fenêtre`}>
        {words}
      </a>
    )
  })

/**
 * The Markdown of a text of conditions: headings, paragraphs, lists. `level` is that of its first headings in the page.
 */
export const Markdown = ({ text, level }: { text: string; level: 2 | 3 }) => (
  <div className="cc-text">
    {text
      .replaceAll('\r\n', '\n')
      .split(/\n{2,}/)
      .filter(block => block.trim())
      .map((block, i) => {
        const key = `${i}`
        const heading = /^(#{1,4}) (.*)$/s.exec(block.trim())
        if (heading) {
          const Heading = `h${Math.min(6, level + heading[1]!.length - 1)}` as 'h2' | 'h3' | 'h4' | 'h5' | 'h6'
          return (
            <Heading key={key} className="fr-h6 fr-mt-2w fr-mb-1w">
              {inLine(heading[2]!)}
            </Heading>
          )
        }
        const lines = block.trim().split('\n')
        if (lines.every(line => /^[-*] /.test(line)))
          return (
            <ul key={key}>
              {lines.map(line => (
                <li key={line}>{inLine(line.slice(2))}</li>
              ))}
            </ul>
          )
        if (lines.every(line => /^\d+[.)] /.test(line)))
          return (
            <ol key={key}>
              {lines.map(line => (
                <li key={line}>{inLine(line.replace(/^\d+[.)] /, ''))}</li>
              ))}
            </ol>
          )
        return <p key={key}>{inLine(lines.join(' '))}</p>
      })}
  </div>
)
