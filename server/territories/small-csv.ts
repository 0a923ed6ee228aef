/** A small table read whole: records by column name. Separator found in the header; quotes, line ends of both kinds and a byte order mark are understood. */
export const readCsv = (text: string): Record<string, string>[] => {
  const [header, ...rows] = parse(text.replace(/^\uFEFF/, ''))
  if (!header) return []
  const names = header.map(n => n.replace(/\s+/g, ' ').trim())
  return rows.filter(r => r.length > 1 || r[0] !== '').map(r => Object.fromEntries(names.map((n, i) => [n, (r[i] ?? '').trim()])))
}

const parse = (text: string): string[][] => {
  const firstLine = text.slice(0, Math.max(0, text.search(/\r?\n|$/)))
  const separator = [';', '\t', ','].find(s => firstLine.includes(s)) ?? ','
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quoted) {
      if (c !== '"') field += c
      else if (text[i + 1] === '"') { field += '"'; i++ }
      else quoted = false
    } else if (c === '"') quoted = true
    else if (c === separator) { row.push(field); field = '' }
    else if (c === '\n') { row.push(field.endsWith('\r') ? field.slice(0, -1) : field); rows.push(row); row = []; field = '' }
    else field += c
  }
  if (field !== '' || row.length) { row.push(field); rows.push(row) }
  return rows
}
