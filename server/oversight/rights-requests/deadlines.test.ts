import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerBy, extendableUntil, extensionCounts, firstDue, isLate } from './deadlines.ts'

// Days that stand at the edge: the same day of the next month, a shorter month, a leap year, a week end, a holiday.
const clock = [
  [
    '2026-03-05',
    '2026-04-07',
    '2026-06-05',
    'Easter Sunday and Monday push the first; the third month ends on a Friday',
  ],
  ['2026-01-31', '2026-03-02', '2026-04-30', 'February is shorter, and ends on a Saturday'],
  ['2028-01-31', '2028-02-29', '2028-05-02', 'a leap day; then a Sunday and the first of May'],
  ['2026-04-14', '2026-05-15', '2026-07-15', 'Ascension and the national day'],
  ['2026-10-01', '2026-11-02', '2027-01-04', 'All Saints on a Sunday; the first of January, then a week end'],
  ['2026-11-25', '2026-12-28', '2027-02-25', 'Christmas on a Friday'],
  ['2026-12-02', '2027-01-04', '2027-03-02', 'a Saturday'],
  ['2026-06-30', '2026-07-30', '2026-09-30', 'nothing moves'],
] as const

test('PRI-2: the last day to answer is one calendar month after the receipt, three once extended, and moves to a working day', () => {
  for (const [receivedOn, first, extended, why] of clock)
    assert.deepEqual(
      [answerBy(receivedOn, false), answerBy(receivedOn, true), extendableUntil(receivedOn)],
      [first, extended, first],
      `${receivedOn}: ${why}`,
    )
})

test('PRI-2: an extension lengthens the delay when it is told within the month of the receipt, corrected or not', () => {
  // 5 July is a Sunday: the first month ends on the 6th.
  for (const [receivedOn, toldOn, counts] of [
    ['2026-06-05', '2026-07-06', true],
    ['2026-06-05', '2026-07-07', false],
    ['2026-06-03', '2026-07-06', false],
    ['2026-06-06', '2026-07-06', true],
  ] as const)
    assert.equal(extensionCounts(receivedOn, toldOn), counts, `${receivedOn} ${toldOn}`)
})

test('PRI-2: the nearest day to answer is that of the first one received, or of an extended one', () => {
  const told = (receivedOn: string, toldOn = '2026-05-04') => ({ receivedOn, toldOn })
  for (const [received, extended, due] of [
    [null, [], null],
    ['2026-06-05', [], '2026-07-06'],
    [null, [told('2026-04-03')], '2026-07-03'],
    ['2026-06-05', [told('2026-04-03')], '2026-07-03'],
    ['2026-06-05', [told('2026-05-11', '2026-06-08'), told('2026-05-12', '2026-06-08')], '2026-07-06'],
    // Told after the first month: it lengthens nothing.
    ['2026-06-05', [told('2026-04-03', '2026-05-05')], '2026-05-04'],
  ] as const)
    assert.equal(firstDue(received, extended), due, `${received} ${JSON.stringify(extended)}`)
  // A later receipt is never due earlier: four years, of which one has a leap day.
  const days = Array.from({ length: 1461 }, (_, n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
  for (const extended of [false, true]) {
    const due = days.map(day => answerBy(day, extended))
    assert.deepEqual(due, [...due].sort(), String(extended))
  }
})

test('PRI-2: a request is late from the day after the last one, and no more once answered', () => {
  for (const [today, extended, answered, late] of [
    ['2026-07-30', false, false, false],
    ['2026-07-31', false, false, true],
    ['2026-07-31', true, false, false],
    ['2026-09-30', true, false, false],
    ['2026-10-01', true, false, true],
    ['2026-10-01', true, true, false],
    ['2026-07-31', false, true, false],
  ] as const)
    assert.equal(
      isLate({ receivedOn: '2026-06-30', extended, answered }, today),
      late,
      `${today} ${extended} ${answered}`,
    )
})
