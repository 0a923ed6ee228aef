/*
 * A template is Markdown: `# ` a title, `## ` a heading, `### ` one under it, `- ` an item of a list, `1. ` a numbered
 * one, `| a | b |` a row of a table whose first is its head, other lines a paragraph, with placeholders `{{name}}` of a
 * known type.
 * A list stands alone on its line.
 */
export const placeholders = {
  'convention.numero': { kind: 'text', says: 'Le numéro de la convention' },
  'convention.terme': { kind: 'date', says: 'Le dernier jour de la première période' },
  'region.nom': { kind: 'text', says: 'La région de la direction régionale' },
  'partenaire.nom': { kind: 'text', says: 'Le nom du partenaire' },
  'partenaire.siret': { kind: 'text', says: 'Le SIRET de son siège' },
  'partenaire.sirets': { kind: 'text', says: 'Ses autres SIRET, avec le nom de chacun, ou « aucun »' },
  'partenaire.adresse': { kind: 'text', says: 'Son adresse, telle que son identité la dit' },
  'partenaire.signataire': { kind: 'text', says: 'Le nom de son signataire' },
  'partenaire.qualite': { kind: 'text', says: 'La qualité de son signataire' },
  'partenaire.acte': { kind: 'text', says: 'L’acte qui l’habilite à signer' },
  'partenaire.acte.date': { kind: 'date', says: 'La date de cet acte' },
  'operateur.identite': {
    kind: 'text',
    says: 'Le nom de l’opérateur, puis son SIRET et son adresse s’ils sont enregistrés',
  },
  'operateur.nom': { kind: 'text', says: 'Le nom de l’opérateur' },
  'operateur.siret': { kind: 'text', says: 'Le SIRET de l’opérateur' },
  'operateur.adresse': { kind: 'text', says: 'L’adresse de l’opérateur' },
  'operateur.signataire': { kind: 'text', says: 'Le nom du signataire de l’opérateur' },
  'operateur.qualite': { kind: 'text', says: 'La qualité du signataire de l’opérateur' },
  'operateur.acte': { kind: 'text', says: 'L’acte ou la délégation qui l’habilite' },
  'operateur.acte.date': { kind: 'date', says: 'La date de cet acte' },
  'partenaire.interlocuteurs': { kind: 'list', says: 'Les interlocuteurs du partenaire (annexe 2)' },
  'operateur.interlocuteurs': { kind: 'list', says: 'Les interlocuteurs de l’opérateur (annexe 2 bis)' },
  territoires: { kind: 'list', says: 'Les territoires de la structure, que ses habilitations ne dépassent pas' },
  outils: { kind: 'list', says: 'L’annexe 4 en vigueur : chaque outil, sa finalité, ses données, ses engagements' },
} as const satisfies Record<string, { kind: 'text' | 'date' | 'list'; says: string }>
type Name = keyof typeof placeholders
/** As they are written: a day in words. */
export type Values = {
  readonly [N in Name]: (typeof placeholders)[N]['kind'] extends 'list' ? readonly string[] : string | null
}

export interface Part {
  readonly text: string
  readonly missing: boolean
}
export const blockKinds = ['title', 'heading', 'subheading', 'paragraph', 'item', 'numbered', 'row'] as const
export interface Block {
  readonly kind: (typeof blockKinds)[number]
  /** Of a row: none. */
  readonly parts: readonly Part[]
  /** Of a row of a table. */
  readonly cells?: Part[][]
  /** Of a numbered item: the one that it is written with. */
  readonly number?: number
}

const known = (name: string): name is Name => Object.hasOwn(placeholders, name)
const pattern = /\{\{\s*([^{}]*?)\s*\}\}/g
/** Each with its line, the first being 1. */
export const unknownPlaceholders = (body: string): { line: number; name: string }[] =>
  body.split(/\r?\n/).flatMap((text, n) =>
    [...text.matchAll(pattern)]
      .map(m => m[1]!)
      .filter(name => !known(name))
      .map(name => ({ line: n + 1, name })),
  )
const annexes = ['1', '1 bis', '2', '2 bis', '3', '4', '5'] as const
export const missingAnnexes = (body: string): string[] =>
  annexes.filter(annex => !new RegExp(`^## Annexe ${annex}( |$)(?!bis)`, 'm').test(body.replaceAll('\u00A0', ' ')))

/** What stands for a value, or its meaning between brackets, marked, where it is missing. */
const part = (name: Name, value: string | readonly string[] | null): Part => {
  const text = value === null || value.length === 0 ? null : typeof value === 'string' ? value : value.join(' ; ')
  return text === null
    ? { text: `[${placeholders[name].says} : à compléter]`, missing: true }
    : { text, missing: false }
}
const partsOf = (line: string, values: Values): Part[] => {
  const parts: Part[] = []
  let from = 0
  for (const match of line.matchAll(pattern)) {
    if (match.index > from) parts.push({ text: line.slice(from, match.index), missing: false })
    parts.push(known(match[1]!) ? part(match[1]!, values[match[1]!]) : { text: match[0], missing: true })
    from = match.index + match[0].length
  }
  if (from < line.length) parts.push({ text: line.slice(from), missing: false })
  return parts
}
const marks = { '#': 'title', '##': 'heading', '###': 'subheading', '-': 'item' } as const
const joined: readonly Block['kind'][] = ['item', 'numbered', 'row']
const isRow = (line: string) => line.length > 2 && line.startsWith('|') && line.endsWith('|')
/** The text with its values; blank lines part the paragraphs. */
export const render = (body: string, values: Values): Block[] =>
  body
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
    .flatMap((line): Block[] => {
      const alone = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(line)?.[1]
      if (alone && known(alone) && placeholders[alone].kind === 'list') {
        const items = values[alone] as readonly string[]
        return items.length
          ? items.map(text => ({ kind: 'item', parts: [{ text, missing: false }] }))
          : [{ kind: 'item', parts: [part(alone, null)] }]
      }
      if (isRow(line)) {
        // What parts the head of a table from its rows says nothing.
        if (/^[|:\- ]+$/.test(line)) return []
        const cells = line.slice(1, -1).split('|')
        return [{ kind: 'row', parts: [], cells: cells.map(cell => partsOf(cell.trim(), values)) }]
      }
      const [, mark, number, said] = /^(?:(#{1,3}|-)|(\d{1,3})\.) +(.*)$/.exec(line) ?? []
      return said === undefined
        ? [{ kind: 'paragraph', parts: partsOf(line, values) }]
        : number === undefined
          ? [{ kind: marks[mark as keyof typeof marks], parts: partsOf(said, values) }]
          : [{ kind: 'numbered', number: Number(number), parts: partsOf(said, values) }]
    })
/** Blocks as they are laid out: those of one list, or of one table, together. */
export const grouped = (blocks: readonly Block[]): (readonly Block[])[] => {
  const groups: Block[][] = []
  for (const block of blocks) {
    const last = groups.at(-1)
    if (last && last[0]!.kind === block.kind && joined.includes(block.kind)) last.push(block)
    else groups.push([block])
  }
  return groups
}
const space: Part = { text: ' ', missing: false }
/** Of a table, each row as wide as its head: a cell too many goes with the last one, one that lacks is empty. */
export const tableOf = (rows: readonly Block[]): (readonly Part[])[][] => {
  const width = rows[0]!.cells!.length
  return rows.map(({ cells = [] }) =>
    Array.from({ length: width }, (_, n) =>
      n + 1 < width ? (cells[n] ?? []) : cells.slice(n).flatMap((cell, m) => (m === 0 ? cell : [space, ...cell])),
    ),
  )
}
export const missingOf = (body: string, values: Values): string[] =>
  [...new Set([...body.matchAll(pattern)].map(m => m[1]!))].flatMap(name =>
    known(name) ? (v => (v === null || v.length === 0 ? [placeholders[name].says] : []))(values[name]) : [name],
  )
/** Of a convention that nobody has begun: every field missing. */
export const noValues = Object.fromEntries(
  Object.entries(placeholders).map(([name, { kind }]) => [name, kind === 'list' ? [] : null]),
) as unknown as Values
