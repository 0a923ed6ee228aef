import { plainText } from '../platform/plain-text.ts'

/* The guides are the Markdown files of docs/guide: read here into blocks that the pages draw, and that one can search. */

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Item[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
export interface Item {
  readonly text: string
  readonly under: readonly string[]
}
export interface GuideSection {
  readonly anchor: string
  readonly title: string
  readonly blocks: readonly Block[]
}
export interface Guide {
  readonly title: string
  readonly intro: readonly Block[]
  readonly sections: readonly GuideSection[]
}

const plain = (text: string) => plainText(text).replaceAll('’', "'")

/** « Enregistrer un échange » → `enregistrer-un-echange` */
export const anchorOf = (title: string) =>
  plain(title)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** « [guide du pilote](pilote.md#preparer) » leads to `pilote#preparer`; undefined where that is no link to a guide. */
export const guideLink = (text: string): { readonly words: string; readonly section: string } | undefined => {
  const [, words, name, anchor = ''] = /^\[([^\]]+)\]\((?:\.\/)?([\w-]+)\.md(#[\w-]+)?\)$/.exec(text) ?? []
  return words && name ? { words, section: `${name}${anchor}` } : undefined
}

// Pictures show the very pages that the reader has at hand: they stay in the files.
const isPicture = (line: string) => /^(!\[|<img )/.test(line)
const cells = (line: string) =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map(cell => cell.trim())

const tableOf = ([head, , ...rows]: readonly string[]): Block => ({
  kind: 'table',
  head: cells(head!),
  rows: rows.map(cells),
})
const marker = /^(?:[-*]|\d+[.)]) /
const listOf = (lines: readonly string[]): Block => {
  const items: { text: string; under: string[] }[] = []
  for (const line of lines) {
    const under = /^\s+(?:[-*]|\d+[.)]) (.*)$/.exec(line)
    if (under) items.at(-1)!.under.push(under[1]!)
    else if (marker.test(line)) items.push({ text: line.replace(marker, ''), under: [] })
    else items.at(-1)!.text += ` ${line.trim()}`
  }
  return { kind: 'list', ordered: /^\d/.test(lines[0]!), items }
}

const blocksOf = (lines: readonly string[]): Block[] => {
  const blocks: Block[] = []
  let at = 0
  const take = (fits: (line: string) => boolean) => {
    const from = at
    while (at < lines.length && lines[at] !== '' && fits(lines[at]!)) at++
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at]!
    if (line === '' || isPicture(line)) at++
    else if (line.startsWith('|')) blocks.push(tableOf(take(l => l.startsWith('|'))))
    else if (marker.test(line)) blocks.push(listOf(take(l => marker.test(l) || /^\s/.test(l))))
    // A line of a guide is a paragraph: it is written as one sentence or more, never cut.
    else blocks.push({ kind: 'paragraph', text: lines[at++]! })
  }
  return blocks
}

export const readGuide = (markdown: string): Guide => {
  const [first = '', ...parts] = markdown.replaceAll('\r\n', '\n').split(/^## /m)
  const [title = '', ...intro] = first.trim().split('\n')
  return {
    title: title.replace(/^# /, ''),
    intro: blocksOf(intro),
    sections: parts.map(part => {
      const [heading = '', ...lines] = part.trimEnd().split('\n')
      return { anchor: anchorOf(heading), title: heading, blocks: blocksOf(lines) }
    }),
  }
}

const textsOf = (block: Block): string[] => {
  if (block.kind === 'paragraph') return [block.text]
  if (block.kind === 'list') return block.items.flatMap(({ text, under }) => [text, ...under])
  return [block.head, ...block.rows].flat()
}
export const textOf = ({ title, blocks }: GuideSection) => [title, ...blocks.flatMap(textsOf)].join(' ')

const withoutMarks = (text: string) =>
  text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replace(/\*\*|`|(?<!\w)\*|\*(?!\w)/g, '')

export interface Found {
  readonly guide: string
  readonly guideTitle: string
  readonly section: GuideSection
  /** The sentence that holds the first word, without its marks. */
  readonly excerpt: string
}
/** Sections that hold every word, those that say it in their title first. */
export const searchGuides = (guides: readonly (readonly [name: string, guide: Guide])[], words: string): Found[] => {
  const asked = plain(words).split(/\s+/).filter(Boolean)
  if (!asked.length) return []
  return guides
    .flatMap(([guide, { title, sections }]) =>
      sections.flatMap(section => {
        const whole = plain(textOf(section))
        if (!asked.every(word => whole.includes(word))) return []
        const texts = section.blocks.flatMap(textsOf).flatMap(text => text.split(/(?<=[.;]) /))
        const excerpt = texts.find(text => plain(text).includes(asked[0]!)) ?? texts[0] ?? ''
        return [{ guide, guideTitle: title, section, excerpt: withoutMarks(excerpt) }]
      }),
    )
    .sort((a, b) => Number(inTitle(b, asked)) - Number(inTitle(a, asked)))
}
const inTitle = ({ section }: Found, asked: readonly string[]) =>
  asked.every(word => plain(section.title).includes(word))
