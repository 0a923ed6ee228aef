const mostColumns = 100
/**
 * A small table read whole: records by column name. Separator found in the header; quotes, line ends of both kinds and
 * a byte order mark are understood.
 * Past `most` records it reads no further, and gives one more than that many; columns past the hundredth are left.
 */
export const readCsv = (text: string, most = Number.POSITIVE_INFINITY): Record<string, string>[] => {
  const [header, ...rows] = parse(text.replace(/^\uFEFF/, ''), most + 2)
  if (!header) return []
  const names = header.slice(0, mostColumns).map(n => n.replace(/\s+/g, ' ').trim())
  return rows.map(r => Object.fromEntries(names.map((n, i) => [n, (r[i] ?? '').trim()])))
}

const isBlank = (row: readonly string[]): boolean => row.length === 1 && row[0] === ''
/** So many rows at most, the header being one; blank ones below it are none. */
const parse = (text: string, most: number): string[][] => {
  const firstLine = text.slice(0, Math.max(0, text.search(/\r?\n|$/)))
  const separator = [';', '\t', ','].find(s => firstLine.includes(s)) ?? ','
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < text.length && rows.length < most; i++) {
    const c = text[i]!
    if (quoted) {
      if (c !== '"') field += c
      else if (text[i + 1] === '"') {
        field += '"'
        i++
      } else quoted = false
    } else if (c === '"') quoted = true
    else if (c === separator) {
      row.push(field)
      field = ''
    } else if (c === '\n') {
      row.push(field.endsWith('\r') ? field.slice(0, -1) : field)
      if (rows.length === 0 || !isBlank(row)) rows.push(row)
      row = []
      field = ''
    } else field += c
  }
  if (rows.length < most && (field !== '' || row.length)) {
    row.push(field)
    if (rows.length === 0 || !isBlank(row)) rows.push(row)
  }
  return rows
}
