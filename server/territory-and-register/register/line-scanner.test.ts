import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commas, type Dialect, type Judge, LineScanner } from './line-scanner.ts'

/** Cut everywhere: what the scanner says may not depend on where the chunks end. */
const scan = async (bytes: Buffer, size: number, judge: Judge = () => undefined, dialect: Dialect = commas) => {
  const scanner = new LineScanner(
    (async function* () {
      for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
    })(),
    dialect,
  )
  const header = await scanner.header()
  let clean = '',
    read = 0
  const rejects: [number, string, string][] = []
  for await (const chunk of scanner.chunks(judge)) {
    clean += Buffer.concat(chunk.clean as Buffer[]).toString()
    read += chunk.read
    rejects.push(...chunk.rejects.map(r => [r.line, r.reason, r.text] as [number, string, string]))
  }
  return { header, clean, read, rejects }
}

for (const [what, body, clean, read, rejects] of [
  ['plain lines pass untouched', '1,a\n2,b\n', '1,a\n2,b\n', 2, []],
  [
    'quotes, doubled quotes, separators and line ends inside them',
    '1,"a, ""b""\nc"\n2,b\n',
    '1,"a, ""b""\nc"\n2,b\n',
    2,
    [],
  ],
  ['a last line without its end', '1,a\n2,b', '1,a\n2,b\n', 2, []],
  ['CRLF, alone and mixed with LF', '1,a\r\n2,b\n3,"c"\r\n', '1,a\n2,b\n3,"c"\n', 3, []],
  ['blank lines are no lines', '1,a\n\n2,b\n\n', '1,a\n2,b\n', 2, []],
  [
    'too few and too many columns',
    '1\n2,b\n3,c,d\n',
    '2,b\n',
    3,
    [
      [2, 'wrong-column-count', '1'],
      [4, 'wrong-column-count', '3,c,d'],
    ],
  ],
  ['a quote in the middle of a value', '1,a"b\n2,b\n', '2,b\n', 2, [[2, 'stray-quote', '1,a"b']]],
  ['something after the closing quote', '1,"a"b\n2,b\n', '2,b\n', 2, [[2, 'stray-quote', '1,"a"b']]],
  [
    'a quote never closed costs its own line only',
    '1,"a\n2,b\n3,c\n',
    '2,b\n3,c\n',
    3,
    [[2, 'unterminated-quote', '1,"a']],
  ],
  [
    'lines are counted through a value of several lines',
    '1,"a\nb\nc"\n2\n',
    '1,"a\nb\nc"\n',
    2,
    [[5, 'wrong-column-count', '2']],
  ],
  [
    'a quote too many that another closes',
    '1,"a\n2,b\n3,"c\n',
    '2,b\n',
    3,
    [
      [2, 'stray-quote', '1,"a'],
      [4, 'unterminated-quote', '3,"c'],
    ],
  ],
  ['a carriage return in the middle', '1,a\rb\n2,b\n', '2,b\n', 2, [[2, 'stray-carriage-return', '1,a\rb']]],
  ['a NUL byte', '1,a\0\n2,b\n', '2,b\n', 2, [[2, 'nul-byte', '1,a\0']]],
  ['the end-of-data mark of COPY', '\\.\n2,b\n', '2,b\n', 2, [[2, 'wrong-column-count', '\\.']]],
] as const) {
  test(`EST-1: ${what}`, async () => {
    for (const size of [1, 2, 3, 7, 1000]) {
      assert.deepEqual(
        await scan(Buffer.from(`id,name\n${body}`), size),
        { header: ['id', 'name'], clean, read, rejects },
        `chunks of ${size}`,
      )
    }
  })
}
test('EST-1: invalid UTF-8 is set aside, its neighbours pass', async () => {
  for (const size of [1, 5, 1000]) {
    const { clean, rejects } = await scan(
      Buffer.concat([Buffer.from('id,name\n1,é\n2,'), Buffer.from([0xe9]), Buffer.from('\n3,ç\n')]),
      size,
    )
    assert.equal(clean, '1,é\n3,ç\n')
    assert.deepEqual(
      rejects.map(r => r.slice(0, 2)),
      [[3, 'invalid-utf8']],
    )
  }
})
test('EST-1: a byte order mark is not part of the first name; a reason of the judge sets a line aside; 200 characters are kept', async () => {
  const long = 'é'.repeat(300)
  const { header, clean, rejects } = await scan(
    Buffer.from(`\uFEFFid,"name"\n1,${long}\n2,b\n`),
    50,
    (buffer, starts, ends) => (buffer.toString('utf8', starts[0], ends[0]) === '1' ? 'no' : undefined),
  )
  assert.deepEqual([header, clean, rejects], [['id', 'name'], '2,b\n', [[2, 'no', `1,${'é'.repeat(198)}`]]])
})

for (const [what, separator] of [
  ['a bar', Buffer.from('|')],
  ['a yen in UTF-8, of two bytes', Buffer.from('¥')],
  ['a yen in Latin-1', Buffer.from('¥', 'latin1')],
] as const)
  test(`REC-1: ${what} separates; a quote, a comma and any encoding are values; a reject says what its kind allows`, async () => {
    const line = (...values: Buffer[]) =>
      Buffer.concat([...values.flatMap((value, i) => (i ? [separator, value] : [value])), Buffer.from('\n')])
    const text = (value: string) => Buffer.from(value)
    // Â in UTF-8 ends as the yen begins; é in Latin-1 is no UTF-8.
    const [accent, latin] = [text('Â'), Buffer.from('é', 'latin1')]
    const bytes = Buffer.concat([
      line(text('id'), text('name')),
      line(text('1'), text('a, "b')),
      line(text('2'), separator.length === 2 ? accent : latin),
      line(text('3'), text('secret'), text('more')),
      line(text('4'), text('"d"')),
    ])
    for (const size of [1, 2, 3, 7, 1000]) {
      const values: string[][] = []
      const { header, read, rejects } = await scan(
        bytes,
        size,
        (buffer, starts, ends) => {
          values.push([0, 1].map(i => buffer.toString('latin1', starts[i], ends[i])))
          return undefined
        },
        { separator, quotes: false, utf8: false, said: said => said.toString('latin1', 0, 1) },
      )
      const second = (separator.length === 2 ? accent : latin).toString('latin1')
      assert.deepEqual(
        [header, read, values, rejects],
        [
          ['id', 'name'],
          4,
          [
            ['1', 'a, "b'],
            ['2', second],
            ['4', '"d"'],
          ],
          [[4, 'wrong-column-count', '3']],
        ],
        `chunks of ${size}`,
      )
    }
  })
