import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Refused } from '../../platform/errors.ts'
import { allowedOn, checkAct } from './file-lifecycle-rules.ts'
import { type Candidate, recognise, resemblance } from './recognition-rules.ts'
import { readRow, type Said } from './row-rules.ts'
import { type Standing, settleRow } from './settle-rules.ts'

const today = '2026-11-25'
const candidate = (siret: number, name: string, over: Partial<Candidate> = {}): Candidate => ({
  siret,
  names: [name],
  street: '1 RUE DES ESSAIS',
  active: true,
  ...over,
})

test('CAM-10: a name resembles another by its words, whatever the legal form, the accents and the order', () => {
  for (const [one, other, share] of [
    ['SARL Boulangerie Essai', 'BOULANGERIE ESSAI', 1],
    ['Boulangerie de l’Essai', 'ESSAI BOULANGERIE', 1],
    ['Métal Ouest', 'METAL OUEST SAS', 1],
    ['Boulangerie Essai', 'BOULANGERIE MARTIN', 1 / 3],
    ['', 'GARAGE', 0],
  ] as const)
    assert.equal(resemblance(one, other), share, `${one} / ${other}`)
})

test('CAM-10: one open establishment of just that name is recognised; two, a closed one or a near one are a person’s to settle', () => {
  const said = { name: 'Boulangerie Essai' }
  const exact = candidate(1, 'BOULANGERIE ESSAI')
  assert.deepEqual(recognise(said, [exact, candidate(2, 'BOULANGERIE MARTIN')]), {
    recognised: 'name',
    siret: 1,
    candidates: [1],
  })
  const twin = candidate(3, 'BOULANGERIE ESSAI', { street: '12 COURS LONG' })
  assert.deepEqual(recognise(said, [exact, twin]), { recognised: 'doubtful', siret: null, candidates: [1, 3] })
  assert.equal(recognise({ ...said, address: '12 cours Long' }, [exact, twin]).siret, 3)
  assert.equal(recognise({ ...said, address: '14 cours Long' }, [exact, twin]).recognised, 'doubtful')
  assert.equal(recognise(said, [{ ...exact, active: false }]).recognised, 'doubtful')
  assert.equal(recognise(said, [candidate(4, 'BOULANGERIE ESSAI DUPONT')]).recognised, 'doubtful')
  assert.deepEqual(recognise(said, [candidate(5, 'GARAGE DUPONT')]).candidates, [])
  assert.equal(recognise(said, [candidate(6, 'AUTRE', { names: ['HOLDING X', 'BOULANGERIE ESSAI'] })]).siret, 6)
  const many = Array.from({ length: 9 }, (_, n) => candidate(n, 'BOULANGERIE ESSAI'))
  assert.equal(recognise(said, many).candidates.length, 5)
})

test('CAM-10: what a row says is read, or the row is left out with its reason', () => {
  const contact = { day: '2026-03-02', channel: 'visite', result: 'refus' }
  for (const [said, expected] of [
    [{ familyName: 'A' }, null],
    [{ ...contact }, null],
    [{ ...contact, phone: '0556001122' }, null],
    [{}, 'nothing'],
    [{ channel: 'visite', result: 'refus' }, 'nothing'],
    [{ phone: '0556001122' }, 'nobody'],
    [{ phone: '0556' }, 'phone-unreadable'],
    [{ familyName: 'A', email: 'a@b' }, 'email-unreadable'],
    [{ ...contact, day: '02/03/2026' }, 'day-unreadable'],
    [{ ...contact, day: '2026-02-30' }, 'day-unreadable'],
    [{ notes: 'Sans date' }, null],
    [{ notes: 'Sans date', day: ' ' }, null],
    [{ notes: ' ' }, 'nothing'],
    [{ notes: 'Le 3', day: 'le 3' }, 'day-unreadable'],
    [{ ...contact, day: '2026-11-26' }, 'day-to-come'],
    [{ ...contact, day: '2023-11-24' }, 'too-old'],
    [{ ...contact, channel: 'fax' }, 'channel-unknown'],
    [{ ...contact, result: undefined }, 'result-unknown'],
  ] as const) {
    const read = readRow(said as Said, today)
    assert.equal(typeof read === 'string' ? read : null, expected, JSON.stringify(said))
  }
  // A call to make then is no action to plan now.
  assert.deepEqual(readRow({ ...contact, result: 'a-rappeler' }, today), {
    person: [],
    contact: { occurredOn: '2026-03-02', channel: 'visite', result: 'a-rappeler', notes: null },
    note: null,
  })
  assert.deepEqual(readRow({ notes: ' Préfère le matin ', channel: 'visite', phone: '0556001122' }, today), {
    person: [{ field: 'phone', value: '+33556001122' }],
    contact: null,
    note: 'Préfère le matin',
  })
})

const standing: Standing = { siret: 1, people: [], contacts: new Set(), notes: new Set() }
const settle = (said: Said, from: Standing = standing, objected: readonly string[] = []) => {
  let n = from.people.length * 10
  const read = readRow(said, today)
  assert.ok(typeof read !== 'string', String(read))
  return settleRow(read, from, new Set(objected), () => `id-${++n}`)
}
test('AGR-12, EST-6: a row brings nobody while annex 4 closes « interlocuteurs », no note while it closes « notes », and its contact all the same', () => {
  const contact = { day: '2026-03-02', channel: 'visite', result: 'refus' }
  const settled = (said: Said, opened = { interlocuteurs: false, notes: false }) => {
    const read = readRow(said, today)
    assert.ok(typeof read !== 'string')
    return settleRow(read, standing, new Set(), () => 'id', opened).settled
  }
  const { person, personId, values, exchange } = settled({ familyName: 'Faure', ...contact })
  assert.deepEqual([person, personId, values, exchange], ['closed', null, [], 'added'])
  assert.equal(settled(contact).person, null)
  const noted = settled({ familyName: 'Faure', notes: 'Livre tôt' })
  assert.deepEqual([noted.person, noted.undated, noted.note], ['closed', 'closed', null])
  const open = settled({ familyName: 'Faure', notes: 'Livre tôt' }, { interlocuteurs: false, notes: true })
  assert.deepEqual([open.person, open.undated, open.note], ['closed', 'added', 'Livre tôt'])
})

test('EST-6: what one row makes, the next row of the same employer finds', () => {
  const contact = { day: '2026-03-02', channel: 'visite', result: 'refus' }
  const first = settle({ familyName: 'Faure', role: 'Gérante', ...contact })
  assert.deepEqual([first.settled.person, first.settled.exchange], ['added', 'added'])
  const second = settle({ familyName: 'FAURE', phone: '0556001122', ...contact }, first.after)
  assert.deepEqual(
    [second.settled.person, second.settled.exchange, second.settled.contact],
    ['completed', 'known', null],
  )
  assert.deepEqual(
    second.settled.values.map(({ field, value }) => [field, value]),
    [['phone', '+33556001122']],
  )
  const third = settle(
    { familyName: 'Faure', otherPhone: '05 56 00 11 22', ...contact, channel: 'telephone' },
    second.after,
  )
  assert.deepEqual([third.settled.person, third.settled.exchange], ['known', 'added'])
  assert.equal(third.settled.personId, first.settled.personId)
})
test('EST-11, CAM-10: words without a day are a note, once for the same words, whatever the spaces and the capitals', () => {
  const first = settle({ notes: 'Préfère le matin' })
  assert.deepEqual(
    [first.settled.undated, first.settled.note, first.settled.exchange, first.settled.person],
    ['added', 'Préfère le matin', null, null],
  )
  const same = settle({ notes: ' préfère  LE matin ', familyName: 'Faure' }, first.after)
  assert.deepEqual([same.settled.undated, same.settled.note, same.settled.person], ['known', null, 'added'])
  assert.equal(settle({ notes: 'Préfère le soir' }, same.after).settled.undated, 'added')
  const dated = settle(
    { notes: 'Préfère le matin', day: '2026-03-02', channel: 'visite', result: 'refus' },
    first.after,
  )
  assert.deepEqual([dated.settled.undated, dated.settled.exchange], [null, 'added'])
})
test('EST-6: who retired is known and not completed; a post without a name is the same post', () => {
  const known = { id: 'p', retired: true, values: [{ field: 'familyName', value: 'Faure' }] }
  const { settled } = settle({ familyName: 'Faure', role: 'Gérante' }, { ...standing, people: [known] })
  assert.deepEqual([settled.person, settled.values], ['known', []])
  const post = { id: 'q', retired: false, values: [{ field: 'role', value: 'Accueil' }] }
  assert.equal(settle({ role: 'accueil' }, { ...standing, people: [post] }).settled.person, 'known')
  assert.equal(settle({ role: 'Direction' }, { ...standing, people: [post] }).settled.person, 'added')
})
test('EST-6: what somebody set aside is not proposed again by the next file, unless it says something else', () => {
  const known = {
    id: 'p',
    retired: false,
    values: [
      { field: 'familyName', value: 'Faure' },
      { field: 'role', value: 'Gérante' },
    ],
    aside: [{ field: 'role', value: 'Comptable' }],
  }
  const again = settle({ familyName: 'Faure', role: 'comptable' }, { ...standing, people: [known] })
  assert.deepEqual([again.settled.person, again.settled.values], ['known', []])
  const other = settle({ familyName: 'Faure', role: 'Directrice' }, { ...standing, people: [known] })
  assert.deepEqual(
    other.settled.values.map(({ value }) => value),
    ['Directrice'],
  )
})
test('PRI-2: an identifier that objects blocks the person, not the contact; a number alone names nobody', () => {
  const contact = { day: '2026-03-02', channel: 'visite', result: 'refus' }
  const { settled } = settle({ familyName: 'A', email: 'A@b.example', ...contact }, standing, ['email a@b.example'])
  assert.deepEqual([settled.person, settled.personId, settled.exchange], ['objected', null, 'added'])
  assert.equal(settle({ phone: '0556001122', ...contact }).settled.person, 'nameless')
})

test('CAM-10: each act has its states', () => {
  const now = new Date('2026-11-25T11:00:00Z')
  const asked = new Date('2026-11-01T11:00:00Z')
  for (const [state, allowed] of [
    ['receiving', ['send', 'choose', 'try', 'forget']],
    ['trying', ['advance', 'forget']],
    ['tried', ['choose', 'try', 'confirm', 'forget']],
    ['doing', ['advance', 'undo']],
    ['done', ['undo']],
    ['undoing', ['advance']],
    ['undone', []],
  ] as const)
    assert.deepEqual(allowedOn({ state, askedAt: asked }, now), allowed, state)
  const late = { state: 'done', askedAt: new Date('2026-10-26T10:59:59Z') } as const
  assert.deepEqual(allowedOn(late, now), [])
  assert.throws(
    () => checkAct(late, 'undo', now),
    (e: Refused) => e.code === 'employer-file/too-late',
  )
})
