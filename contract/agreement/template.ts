/*
 * A template is Markdown: `# ` a title, `## ` a heading, `- ` an item of a list, other lines a paragraph, with
 * placeholders `{{name}}` of a known type.
 * A list stands alone on its line.
 */
export const placeholders = {
  'convention.numero': { kind: 'text', says: 'Le numéro de la convention' },
  'convention.terme': { kind: 'date', says: 'Le dernier jour de la première période' },
  'region.nom': { kind: 'text', says: 'La région de la direction régionale' },
  'partenaire.nom': { kind: 'text', says: 'Le nom du partenaire' },
  'partenaire.siret': { kind: 'text', says: 'Son SIRET' },
  'partenaire.signataire': { kind: 'text', says: 'Le nom de son signataire' },
  'partenaire.qualite': { kind: 'text', says: 'La qualité de son signataire' },
  'partenaire.acte': { kind: 'text', says: 'L’acte qui l’habilite à signer' },
  'partenaire.acte.date': { kind: 'date', says: 'La date de cet acte' },
  'operateur.signataire': { kind: 'text', says: 'Le nom du signataire de l’opérateur' },
  'operateur.qualite': { kind: 'text', says: 'La qualité du signataire de l’opérateur' },
  'operateur.acte': { kind: 'text', says: 'L’acte ou la délégation qui l’habilite' },
  'operateur.acte.date': { kind: 'date', says: 'La date de cet acte' },
  'partenaire.interlocuteurs': { kind: 'list', says: 'Les interlocuteurs du partenaire (annexe 2)' },
  'operateur.interlocuteurs': { kind: 'list', says: 'Les interlocuteurs de l’opérateur (annexe 2 bis)' },
  outils: { kind: 'list', says: 'Les outils communs en vigueur (annexe 4)' },
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
export interface Block {
  readonly kind: 'title' | 'heading' | 'paragraph' | 'item'
  readonly parts: readonly Part[]
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
      return line.startsWith('## ')
        ? [{ kind: 'heading', parts: partsOf(line.slice(3), values) }]
        : line.startsWith('# ')
          ? [{ kind: 'title', parts: partsOf(line.slice(2), values) }]
          : line.startsWith('- ')
            ? [{ kind: 'item', parts: partsOf(line.slice(2), values) }]
            : [{ kind: 'paragraph', parts: partsOf(line, values) }]
    })
export const missingOf = (body: string, values: Values): string[] =>
  [...new Set([...body.matchAll(pattern)].map(m => m[1]!))].flatMap(name =>
    known(name) ? (v => (v === null || v.length === 0 ? [placeholders[name].says] : []))(values[name]) : [name],
  )
/** Of a convention that nobody has begun: every field missing. */
export const noValues = Object.fromEntries(
  Object.entries(placeholders).map(([name, { kind }]) => [name, kind === 'list' ? [] : null]),
) as unknown as Values
