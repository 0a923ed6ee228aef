import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSiret } from '../../platform/siret.ts'
import { isDay } from '../../platform/time.ts'
import { dayAt, dayNumber, monthAt, siretAt } from './hiring-line-rules.ts'

const day = (text: string) => dayAt(Buffer.from(text), 0, Buffer.byteLength(text))
const siret = (text: string) => siretAt(Buffer.from(text), 0, Buffer.byteLength(text))

test('REC-1: a day is read with or without its time; what is no day of the calendar, or no time, is none', () => {
  const wanted = Date.UTC(2019, 9, 28) / 86_400_000 - Date.UTC(2000, 0, 1) / 86_400_000
  for (const text of ['2019-10-28', '2019-10-28 00:00:00', '2019-10-28 23:59:59.0', '2019-10-28T08:30:00.123456'])
    assert.equal(day(text), wanted, text)
  for (const text of [
    '',
    'NULL',
    '28/10/2019',
    '2019-10-2',
    '2019-02-29',
    '2019-13-01',
    '2019-10-28 8h30',
    '2019-10-28 08:30',
    '2019-10-28 00:00:00.',
    '2019-10-28 00:00:00,0',
    '0000-10-28',
    '2019-10-28 00:00:00.0000000',
  ])
    assert.ok(Number.isNaN(day(text)), text)
  for (let date = Date.UTC(1999, 11, 30); date < Date.UTC(2101, 0, 1); date += 86_400_000) {
    const text = new Date(date).toISOString().slice(0, 10)
    assert.equal(day(text), (date - Date.UTC(2000, 0, 1)) / 86_400_000, text)
  }
  for (let year = 1890; year < 2110; year++)
    for (let d = 28; d <= 32; d++)
      assert.equal(!Number.isNaN(day(`${year}-02-${d}`)), isDay(`${year}-02-${d}`), `${year}-02-${d}`)
  assert.equal(dayNumber(2000, 1, 1), 0)
  assert.equal(monthAt(Buffer.from('2026-10-05'), 0), 2026 * 12 + 9)
})

test('REC-1: a SIRET read from bytes has the verdict of the register', () => {
  let seed = 11
  const digit = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return String((seed >> 8) % 10)
  }
  let sound = 0
  for (let i = 0; i < 20_000; i++) {
    const start = i % 3 === 0 ? '356000000' : ''
    const text = start + Array.from({ length: 14 - start.length }, digit).join('')
    const read = siret(text)
    assert.equal(typeof read === 'number', isSiret(text), text)
    if (typeof read !== 'number') continue
    sound++
    assert.equal(read, Number(text))
  }
  assert.ok(sound > 1_000)
  assert.deepEqual(
    ['', 'NULL', '00000000000000', '5114637960001', '511463796000177', '5114637960001X', '51146379600018'].map(siret),
    ['no-siret', 'no-siret', 'no-siret', 'not-14-digits', 'not-14-digits', 'not-14-digits', 'wrong-siret-key'],
  )
})
