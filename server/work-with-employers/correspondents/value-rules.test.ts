import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  agreed,
  checkSomebody,
  cleaned,
  correctionOf,
  e164,
  isOld,
  type KeptValue,
  proposedAmong,
  replacedBy,
  setAsideBy,
  standing,
  weighed,
} from './value-rules.ts'

const value = (id: string, over: Partial<KeptValue> = {}): KeptValue => ({
  id,
  field: 'phone',
  value: `+3355600000${id.length}`,
  source: 'conseiller',
  organisationId: 'cc',
  ...over,
})
const refused = (code: string) => (error: unknown) => (error as { code: string }).code === code

test('EST-5: a phone typed as in France, or with its country, is kept in E.164; what is no phone is refused', () => {
  for (const [typed, kept] of [
    ['05 56 12 34 56', '+33556123456'],
    ['05.56.12.34.56', '+33556123456'],
    ['0556123456', '+33556123456'],
    ['+33 (0)5 56 12 34 56', '+33556123456'],
    ['0033 6 12 34 56 78', '+33612345678'],
    ['+34 911 23 45 67', '+34911234567'],
    [' 06 12 34 56 78 ', '+33612345678'],
  ] as const)
    assert.equal(e164(typed), kept, typed)
  for (const typed of ['05 56 12 34', '556', 'demander Anne', '+33 1', '00 00 00 00 00', '05 56 12 34 56 78'])
    assert.throws(() => e164(typed), refused('correspondent/phone-unreadable'), typed)
})

test('EST-5: what is typed is kept without spaces around, phones in E.164; null stays null, a field left out stays out', () => {
  assert.deepEqual(
    cleaned({ familyName: '  De  La Tour ', otherPhone: '05 56 12 34 56', email: null, role: undefined }),
    { familyName: 'De La Tour', otherPhone: '+33556123456', email: null },
  )
})

test('EST-5: someone has a name or a role', () => {
  for (const field of ['familyName', 'givenName', 'role']) checkSomebody([field, 'phone'])
  assert.throws(() => checkSomebody(['phone', 'civility']), refused('correspondent/nobody'))
})

test('EST-6: a person replaces what their organisation said and what nobody typed; an import, only what it brought itself', () => {
  const current = [
    value('own'),
    value('other', { organisationId: 'mission' }),
    value('file', { organisationId: 'mission', source: 'fichier-partenaire' }),
    value('ours', { source: 'fichier-partenaire' }),
    value('register', { organisationId: null, source: 'registre' }),
    value('given', { organisationId: null, source: 'personne-concernee' }),
    value('mail', { field: 'email' }),
  ]
  const taken = (source: string, organisationId: string | null) =>
    replacedBy({ field: 'phone', value: '+33556999999', source, organisationId }, current).map(({ id }) => id)
  assert.deepEqual(taken('conseiller', 'cc'), ['own', 'ours', 'register'])
  assert.deepEqual(taken('conseiller', 'other'), ['register'])
  assert.deepEqual(taken('registre', null), ['register'], 'nothing a partner typed')
  assert.deepEqual(taken('fichier-partenaire', 'mission'), ['file'])
  assert.deepEqual(taken('fichier-partenaire', 'cc'), ['ours'], 'not what its own advisor typed')
  assert.deepEqual(taken('operateur', 'cc'), [])
})

test('EST-6: a correction adds beside another partner’s value, confirms the same one, and takes away what is emptied', () => {
  const theirs = value('theirs', { organisationId: 'mission', value: '+33556000009' })
  const mine = value('mine', { value: '+33556000001' })
  const mail = value('mail', { field: 'email', value: 'a@b.example', organisationId: 'mission' })
  const ids = ({ added, confirmed, replaced }: ReturnType<typeof correctionOf>) => [
    added.map(({ value: text }) => text),
    confirmed.map(({ id }) => id),
    replaced.map(({ id }) => id),
  ]
  const correct = (typed: Record<string, string | null>) => ids(correctionOf(typed, [theirs, mine, mail], 'cc'))
  assert.deepEqual(correct({ phone: '+33556000002' }), [['+33556000002'], [], ['mine']])
  assert.deepEqual(correct({ phone: '+33556000009' }), [[], ['theirs'], ['mine']], 'agrees with the other')
  assert.deepEqual(correct({ phone: '+33556000001' }), [[], ['mine'], []], 'said again')
  assert.deepEqual(correct({ email: null }), [[], [], ['mail']])
  assert.deepEqual(correct({ role: 'Gérante' }), [['Gérante'], [], []])
  assert.deepEqual(correct({}), [[], [], []])
})

test('EST-6: one value retained sets aside those of its field; one press confirms what partners agree on alone', () => {
  const [one, other, mail] = [value('one'), value('other'), value('mail', { field: 'email' })]
  assert.deepEqual(setAsideBy(one, [one, other, mail]), [other])
  assert.deepEqual(agreed([one, other, mail]), [mail])
})

test('EST-6: a stronger source that is as fresh outweighs; a file that nobody confirmed loses to what a person typed, whatever their dates', () => {
  const said = (id: string, source: string, known: string, confirmed = false, field = 'phone') => ({
    id,
    field,
    source,
    known,
    confirmed,
  })
  const [person, advisor, file, register] = [
    'personne-concernee',
    'conseiller',
    'fichier-partenaire',
    'registre',
  ] as const
  for (const [what, values, proposed] of [
    ['alone', [said('a', register, '2020-01-01')], []],
    ['two advisors differ', [said('a', advisor, '2026-01-01'), said('b', advisor, '2020-01-01')], []],
    ['older, less strong', [said('a', person, '2026-01-01'), said('b', advisor, '2025-01-01')], ['b']],
    ['the same day', [said('a', person, '2026-01-01'), said('b', advisor, '2026-01-01')], ['b']],
    ['fresher, less strong: side by side', [said('a', person, '2025-01-01'), said('b', advisor, '2026-01-01')], []],
    ['a later file', [said('a', advisor, '2020-01-01'), said('b', file, '2026-01-01')], ['b']],
    ['a file confirmed since', [said('a', advisor, '2020-01-01'), said('b', file, '2026-01-01', true)], []],
    ['confirmed, then said otherwise', [said('a', advisor, '2026-02-01'), said('b', file, '2026-01-01', true)], ['b']],
    ['a later register beside a file', [said('a', file, '2020-01-01'), said('b', register, '2026-01-01')], []],
    ['an older one', [said('a', file, '2026-01-01'), said('b', register, '2020-01-01')], ['b']],
    ['another field', [said('a', advisor, '2026-01-01'), said('b', file, '2020-01-01', false, 'email')], []],
    [
      'each below the other',
      [said('c', file, '2026-01-01'), said('a', person, '2026-01-01'), said('b', advisor, '2025-01-01')],
      ['c', 'b'],
    ],
  ] as const)
    assert.deepEqual([...proposedAmong(values)], proposed, what)
  const dated = { recordedAt: new Date('2026-01-01'), observedOn: null, confirmedAt: null }
  const [typed, brought] = [
    { ...value('typed'), ...dated },
    { ...value('brought', { source: file }), ...dated },
  ]
  assert.deepEqual(standing([brought, typed]), [typed])
})

test('EST-6: a correspondent is to be confirmed when nothing was noted nor confirmed for a year', () => {
  const now = new Date('2026-11-27T10:00:00Z')
  const dated = (recorded: string, confirmed?: string) => ({
    recordedAt: new Date(recorded),
    observedOn: null,
    confirmedAt: confirmed ? new Date(confirmed) : null,
  })
  assert.equal(isOld([dated('2025-11-20')], now), true)
  assert.equal(isOld([dated('2025-12-01')], now), false)
  assert.equal(isOld([dated('2024-01-01', '2026-01-01')], now), false)
  assert.equal(isOld([dated('2024-01-01'), dated('2026-11-01')], now), false)
  assert.equal(isOld([], now), false)
})

test('EST-6: a value is as fresh as the day it was observed, before it was typed, or as it was confirmed since', () => {
  const now = new Date('2026-11-27T10:00:00Z')
  const recordedAt = new Date('2026-11-20T23:30:00Z')
  for (const [what, observedOn, confirmedAt, old, known] of [
    ['no day said', null, null, false, recordedAt.toISOString()],
    ['on the day it was typed, in Paris', '2026-11-21', null, false, recordedAt.toISOString()],
    ['the day before, in Paris', '2026-11-20', null, false, '2026-11-20T00:00:00.000Z'],
    ['two years before', '2024-11-20', null, true, '2024-11-20T00:00:00.000Z'],
    ['two years before, confirmed', '2024-11-20', new Date('2026-11-26'), false, '2026-11-26T00:00:00.000Z'],
  ] as const) {
    const one = { ...value('a'), recordedAt, observedOn, confirmedAt }
    assert.deepEqual([isOld([one], now), weighed(one).known], [old, known], what)
  }
})
