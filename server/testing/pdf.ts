import { inflateSync } from 'node:zlib'

/**
 * What a person can select and a screen reader can read in a PDF of ours: its text, in the order of its pages. Knows no
 * more of PDF than the compiler writes.
 */
export const textOfPdf = (pdf: Buffer): string => {
  const source = pdf.toString('latin1')
  const objects = new Map<string, { head: string; stream: string }>()
  for (const found of source.matchAll(/(?:^|\n)(\d+) 0 obj\b([\s\S]*?)(?=\nendobj)/g)) {
    const [, id, body] = found as unknown as [string, string, string]
    const cut = body.search(/\bstream\r?\n/)
    if (cut < 0) {
      objects.set(id, { head: body, stream: '' })
      continue
    }
    const start = found.index + found[0].length - body.length + cut + /stream\r?\n/.exec(body.slice(cut))![0].length
    const length = Number(/\/Length (\d+)/.exec(body)![1])
    const bytes = pdf.subarray(start, start + length)
    objects.set(id, {
      head: body.slice(0, cut),
      stream: (body.slice(0, cut).includes('FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1'),
    })
  }
  const of = (reference: string | undefined) => objects.get(reference ?? '') ?? { head: '', stream: '' }
  const unicode = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  const signsOf = (font: string): Map<number, string> => {
    const map = new Map<number, string>()
    const cmap = of(/\/ToUnicode (\d+) 0 R/.exec(of(font).head)?.[1]).stream
    for (const [, part] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
      for (const [, code, to] of part!.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi))
        map.set(parseInt(code!, 16), unicode(to!))
    for (const [, part] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
      for (const [, from, until, to] of part!.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi)) {
        for (let code = parseInt(from!, 16); code <= parseInt(until!, 16); code++)
          map.set(code, String.fromCharCode(parseInt(to!, 16) + code - parseInt(from!, 16)))
      }
    return map
  }
  const bytesOf = (literal: string) =>
    literal.replaceAll(/\\([0-7]{1,3}|[\s\S])/g, (_, one: string) =>
      /^[0-7]/.test(one)
        ? String.fromCharCode(parseInt(one, 8))
        : (({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' } as Record<string, string>)[one] ?? one),
    )
  const pages: string[] = []
  for (const { head } of objects.values()) {
    if (!/\/Type \/Page\b(?!s)/.test(head)) continue
    const fonts = new Map(
      [...(/\/Font <<([\s\S]*?)>>/.exec(head)?.[1] ?? '').matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name, id]) => [
        name!,
        signsOf(id!),
      ]),
    )
    let signs = new Map<number, string>()
    let text = ''
    const write = (bytes: string) => {
      for (let at = 0; at + 1 < bytes.length; at += 2)
        text += signs.get(bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1)) ?? ''
    }
    const content = of(/\/Contents (\d+) 0 R/.exec(head)?.[1]).stream
    const token = /\/\w+ [\d.]+ Tf|\(|<<|<([0-9A-Fa-f]*)>|\bET\b/g
    for (let found = token.exec(content); found; found = token.exec(content)) {
      if (found[0] === 'ET') text += ' '
      else if (found[0].startsWith('/')) signs = fonts.get(found[0].slice(1).split(' ')[0]!) ?? signs
      else if (found[1] !== undefined) write(Buffer.from(found[1], 'hex').toString('latin1'))
      else if (found[0] === '(') {
        const start = token.lastIndex
        for (let depth = 1; depth > 0; token.lastIndex++) {
          const sign = content[token.lastIndex]
          if (sign === '\\') token.lastIndex++
          else if (sign === '(') depth++
          else if (sign === ')') depth--
        }
        write(bytesOf(content.slice(start, token.lastIndex - 1)))
      }
    }
    pages.push(text)
  }
  return pages
    .join('\n')
    .replaceAll(/[\u00A0\u202F]/g, ' ')
    .replaceAll(/ +/g, ' ')
}
