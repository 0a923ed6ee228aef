import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digestMail } from './digest.mails.ts'
import { digestLines, digestsUpTo } from './digest-rules.ts'

for (const [why, now, morning, weekly] of [
  ['a Tuesday in winter, at 6:05 in Paris', '2027-01-12T05:05:00Z', '2027-01-12T05:00:00Z', '2027-01-11T05:00:00Z'],
  ['before six, that of the day before', '2027-01-12T04:35:00Z', '2027-01-11T05:00:00Z', '2027-01-11T05:00:00Z'],
  ['in summer, six in Paris is four', '2027-07-06T04:05:00Z', '2027-07-06T04:00:00Z', '2027-07-05T04:00:00Z'],
  ['a Monday: that of the week too', '2027-01-11T05:05:00Z', '2027-01-11T05:00:00Z', '2027-01-11T05:00:00Z'],
  ['before six on a Monday, the last Friday', '2027-01-11T04:35:00Z', '2027-01-08T05:00:00Z', '2027-01-04T05:00:00Z'],
  ['a Sunday: nothing since Friday', '2027-01-10T12:00:00Z', '2027-01-08T05:00:00Z', '2027-01-04T05:00:00Z'],
  ['Easter Monday: nobody works', '2027-03-29T09:00:00Z', '2027-03-26T05:00:00Z', '2027-03-22T05:00:00Z'],
  [
    'the Tuesday after, the week that the holiday kept back',
    '2027-03-30T04:05:00Z',
    '2027-03-30T04:00:00Z',
    '2027-03-29T04:00:00Z',
  ],
  ['the morning after the hour changed', '2026-10-26T05:05:00Z', '2026-10-26T05:00:00Z', '2026-10-26T05:00:00Z'],
] as const)
  test(`CAM-11: what a digest goes up to: ${why}`, () => {
    const upTo = digestsUpTo(new Date(now))
    assert.deepEqual(
      [upTo.morning.toISOString(), upTo.weekly.toISOString()],
      [new Date(morning).toISOString(), new Date(weekly).toISOString()],
    )
  })

test('CAM-11: forty targets are one line of the digest, and a long one says how many more', () => {
  const at = (n: number) => new Date(Date.UTC(2027, 0, 11, 8, n))
  const same = Array.from({ length: 40 }, (_, n) => ({ kind: 'a', subject: 'Votre besoin est décliné', at: at(n) }))
  const lines = digestLines([...same, { kind: 'b', subject: 'Une task force change de pilote', at: at(50) }])
  assert.deepEqual(lines, [
    { words: 'Une task force change de pilote', count: 1 },
    { words: 'Votre besoin est décliné', count: 40 },
  ])
  const mail = digestMail('x', lines)
  assert.equal(mail.subject, 'Votre résumé : 41 notifications')
  assert.match(mail.text, /- Une task force change de pilote\n- Votre besoin est décliné \(40 fois\)\n/)
  assert.equal(digestMail('x', lines.slice(0, 1)).subject, 'Votre résumé : une notification')
  const many = digestMail(
    'x',
    Array.from({ length: 33 }, (_, n) => ({ words: `Fait ${n}`, count: 2 })),
  )
  assert.match(many.text, /- Fait 29 \(2 fois\)\n- et 6 autres/)
})
