import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import readWorkbook from 'read-excel-file/node'
import type { Row, Table } from './cells.ts'
import { csvTable } from './csv-table.ts'
import { columnName, dayNumber, xmlText } from './xlsx-parts.ts'
import { xlsxTable } from './xlsx-table.ts'

const madeAt = new Date('2026-11-27T10:00:00Z')
const table = (pages: AsyncIterable<readonly Row[]> | readonly (readonly Row[])[]): Table => ({
  title: 'Cibles : l’été [2026] / une liste de plus de trente et un caractères',
  head: ['SIRET', 'Nom', 'Jour', 'Nombre'],
  pages: (async function* () {
    yield* pages
  })(),
  closing: rows => [`${rows} lignes`, 'à qui'],
})
const read = async (rows: Parameters<typeof table>[0]) => {
  const [sheet, ...others] = (await readWorkbook(await buffer(xlsxTable(table(rows), madeAt)))) as unknown as {
    sheet: string
    data: unknown[][]
  }[]
  assert.deepEqual(others, [])
  return sheet!
}

test('CAM-10: a spreadsheet reader finds text, numbers and days as they are, and the lines that close', async () => {
  const { sheet, data } = await read([
    [['03000000000123', 'Café & <Fils> "Ö" 🦊', { day: '2026-03-01' }, 12]],
    [['1', 'deux\nlignes', null, 0]],
  ])
  assert.equal(sheet, 'Cibles   l’été  2026    une lis')
  assert.deepEqual(data, [
    ['SIRET', 'Nom', 'Jour', 'Nombre'],
    ['03000000000123', 'Café & <Fils> "Ö" 🦊', new Date('2026-03-01T00:00:00Z'), 12],
    ['1', 'deux\nlignes', null, 0],
    [null, null, null, null],
    ['2 lignes', null, null, null],
    ['à qui', null, null, null],
  ])
})
test('SEC-6: what a spreadsheet would run, or XML cannot hold, is text in a workbook too', async () => {
  const hostile = ['=1+1', '+33', '@SUM(A1)', "=cmd|' /C calc'!A0", '</t></is></c><c><f>1+1</f></c>', '_x0041_', ' a ']
  const { data } = await read([hostile.map(text => [text])])
  assert.deepEqual(
    data.slice(1, hostile.length + 1).map(([cell]) => cell),
    // The reader trims blanks.
    ['=1+1', '+33', '@SUM(A1)', "=cmd|' /C calc'!A0", '</t></is></c><c><f>1+1</f></c>', '_x0041_', 'a'],
  )
  assert.equal(xmlText('a\0b\x1fc\ud800d\ufffee\tf\ng'), 'abcde\tf\ng')
  assert.equal(xmlText('x'.repeat(40_000)).length, 32_767)
})
test('CAM-10: columns are named and days counted as spreadsheets do', () => {
  assert.deepEqual([1, 26, 27, 52, 703].map(columnName), ['A', 'Z', 'AA', 'AZ', 'AAA'])
  assert.deepEqual([dayNumber('1900-03-01'), dayNumber('2026-11-27')], [61, 46353])
})

for (const [form, make] of [
  ['csv', csvTable],
  ['xlsx', (t: Table) => xlsxTable(t, madeAt)],
] as const) {
  test(`REL-4: ${form} holds the page being written alone: the reading waits for whoever receives`, async () => {
    let read = 0
    const cell = Array.from({ length: 2_000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join('')
    const out = make(
      table(
        (async function* () {
          for (; read < 500; read++) yield Array.from({ length: 50 }, (_, i): Row => [`${cell}${read}${i}`])
        })(),
      ),
    )
    const chunks = out[Symbol.asyncIterator]()
    await chunks.next()
    // It goes on as far as what is written holds, then no further.
    let before = -1
    for (let tries = 0; before !== read && tries < 100; tries++) {
      before = read
      await new Promise(resolve => setTimeout(resolve, 300))
    }
    assert.equal(read, before)
    assert.ok(read < 400, `${read} pages of 500 read before anything more was asked for`)
    await chunks.return?.()
  })
  test(`REL-4: in ${form}, a page that cannot be read ends the file with its error, and one that is given up stops the reading`, async () => {
    const failing = (async function* () {
      yield [['a']] as Row[]
      throw new Error('lost')
    })()
    await assert.rejects(buffer(make(table(failing))), /lost/)

    let [begun, closed] = [false, false]
    const endless = (async function* () {
      begun = true
      try {
        for (;;) yield [['x'.repeat(10_000)]] as Row[]
      } finally {
        closed = true
      }
    })()
    for await (const _ of make(table(endless))) if (begun) break
    for (let tries = 0; !closed && tries < 500; tries++) await new Promise(resolve => setTimeout(resolve, 20))
    assert.ok(closed)
  })
}
