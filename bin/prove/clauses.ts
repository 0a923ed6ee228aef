/**
 * Takes the clauses of a SQL text apart, so that each can be taken out in turn: in `a and b` each side becomes true, in
 * `a or b` false, a clause alone true.
 * Knows strings, comments, parentheses, CASE and BETWEEN; nothing else of the language.
 */
interface Token {
  readonly text: string
  readonly start: number
  readonly end: number
}
export interface Cut {
  readonly start: number
  readonly end: number
  readonly by: 'true' | 'false'
}

const pattern = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\w*\$|[a-zA-Z_][\w.]*|\s+|[\s\S]/g
const tokensOf = (text: string): Token[] =>
  [...text.matchAll(pattern)]
    .filter(({ 0: t }) => !/^(\s|--|\/\*)/.test(t))
    .map(({ 0: t, index }) => ({ text: t.toLowerCase(), start: index, end: index + t.length }))

const opens = (t: string) => t === '(' || t === '[' || t === 'case'
const closes = (t: string) => t === ')' || t === ']' || t === 'end'
/** The tokens of a range that stand in no parenthesis of it, as positions. */
const atTop = (tokens: readonly Token[], from: number, to: number): number[] => {
  const top: number[] = []
  for (let i = from, depth = 0; i < to; i++) {
    const { text } = tokens[i]!
    if (closes(text)) depth -= 1
    if (depth === 0) top.push(i)
    if (opens(text)) depth += 1
  }
  return top
}
const closing = (tokens: readonly Token[], open: number, to: number): number => {
  for (let i = open, depth = 0; i < to; i++) {
    if (opens(tokens[i]!.text)) depth += 1
    if (closes(tokens[i]!.text)) depth -= 1
    if (depth === 0) return i
  }
  return to
}
const split = (
  tokens: readonly Token[],
  from: number,
  to: number,
  word: 'and' | 'or',
): (readonly [number, number])[] => {
  const cuts: number[] = []
  let between = false
  for (const i of atTop(tokens, from, to)) {
    const { text } = tokens[i]!
    if (text === 'between') between = true
    else if (text === 'and' && between) between = false
    else if (text === word) cuts.push(i)
  }
  return [from - 1, ...cuts].map((cut, n) => [cut + 1, cuts[n] ?? to] as const).filter(([a, b]) => a < b)
}

const boolean = (tokens: readonly Token[], from: number, to: number, whole: boolean): Cut[] => {
  const range = ([a, b]: readonly [number, number], by: Cut['by']): Cut => ({
    start: tokens[a]!.start,
    end: tokens[b - 1]!.end,
    by,
  })
  for (const [word, by] of [
    ['or', 'false'],
    ['and', 'true'],
  ] as const) {
    const parts = split(tokens, from, to, word)
    if (parts.length > 1)
      return [
        ...(whole && word === 'or' ? [range([from, to], 'true')] : []),
        ...parts.flatMap(part => [range(part, by), ...boolean(tokens, ...part, false)]),
      ]
  }
  if (tokens[from]?.text === 'not')
    return [...(whole ? [range([from, to], 'true')] : []), ...boolean(tokens, from + 1, to, false)]
  if (tokens[from]?.text === '(' && closing(tokens, from, to) === to - 1) {
    if (tokens[from + 1]?.text === 'select')
      return [...(whole ? [range([from, to], 'true')] : []), ...query(tokens, from + 1, to - 1)]
    return boolean(tokens, from + 1, to - 1, whole)
  }
  return [...(whole ? [range([from, to], 'true')] : []), ...query(tokens, from, to)]
}

const afterWhere = new Set([
  'group',
  'order',
  'limit',
  'offset',
  'union',
  'intersect',
  'except',
  'returning',
  'window',
  'having',
  'for',
  'on',
  'loop',
  'then',
  ';',
  ')',
])
const afterOn = new Set([...afterWhere, 'where', 'join', 'left', 'right', 'inner', 'full', 'cross', ','])
/** Conditions of a query, or of the statements of a function: WHERE, ON and IF, wherever they stand. */
const query = (tokens: readonly Token[], from: number, to: number): Cut[] => {
  const found: Cut[] = []
  for (let i = from; i < to; i++) {
    const { text } = tokens[i]!
    const ends =
      text === 'where'
        ? afterWhere
        : text === 'on' && !['conflict', '('].includes(tokens[i + 1]?.text ?? '')
          ? afterOn
          : (text === 'if' || text === 'elsif') && tokens[i - 1]?.text !== 'end' && tokens[i + 1]?.text !== ';'
            ? new Set(['then'])
            : null
    if (!ends) continue
    let end = i + 1
    for (let depth = 0; end < to; end++) {
      const t = tokens[end]!.text
      if (depth === 0 && (ends.has(t) || closes(t))) break
      if (opens(t)) depth += 1
      if (closes(t)) depth -= 1
    }
    if (end > i + 1) found.push(...boolean(tokens, i + 1, end, true))
    i = end - 1
  }
  return found
}

/** What all must hold for a condition to hold: the sides of its outermost AND, bare of parentheses and spacing. */
export const conjunctsOf = (text: string): string[] => {
  const tokens = tokensOf(text)
  const of = (from: number, to: number): string[] => {
    const parts = split(tokens, from, to, 'and')
    if (split(tokens, from, to, 'or').length === 1 && parts.length > 1) return parts.flatMap(part => of(...part))
    if (tokens[from]?.text === '(' && closing(tokens, from, to) === to - 1) return of(from + 1, to - 1)
    return [
      tokens
        .slice(from, to)
        .map(token => token.text)
        .join(' '),
    ]
  }
  return of(0, tokens.length)
}
/** What is said already: `true` made true. */
const changes =
  (text: string) =>
  ({ start, end, by }: Cut): boolean =>
    text.slice(start, end).toLowerCase() !== by
/** Of an expression that is a condition itself: a policy's. */
export const cutsOfExpression = (text: string): Cut[] => {
  const tokens = tokensOf(text)
  return boolean(tokens, 0, tokens.length, true).filter(changes(text))
}
/** Of a function's body; what a boolean function returns is a condition too. */
export const cutsOfBody = (text: string, returnsBoolean: boolean): Cut[] => {
  const tokens = tokensOf(text)
  if (!returnsBoolean) return query(tokens, 0, tokens.length).filter(changes(text))
  const starts = tokens.flatMap((t, i) => (t.text === 'return' ? [i] : []))
  const returned = (starts.length > 0 ? starts : tokens[0]?.text === 'select' ? [0] : []).flatMap(i => {
    const end = tokens.findIndex((t, at) => at > i && t.text === ';')
    return boolean(tokens, i + 1, end === -1 ? tokens.length : end, true)
  })
  const seen = new Set(returned.map(c => `${c.start}-${c.end}`))
  return [...returned, ...query(tokens, 0, tokens.length).filter(c => !seen.has(`${c.start}-${c.end}`))]
    .filter(changes(text))
    .sort((a, b) => a.start - b.start || a.end - b.end)
}
/** The text with one clause taken out. */
export const without = (text: string, { start, end, by }: Cut): string =>
  `${text.slice(0, start)}${by}${text.slice(end)}`
