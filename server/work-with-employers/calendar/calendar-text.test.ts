import assert from 'node:assert/strict'
import { test } from 'node:test'
import ICAL from 'ical.js'
import { eventOf, type PlannedEvent } from './calendar-rules.ts'
import { calendarText } from './calendar-text.ts'

const row = (over: Partial<PlannedEvent> = {}): PlannedEvent => ({
  id: '01a37545-cef5-741b-8bc6-dd2b2f13220b',
  kind: 'rendez-vous',
  dueOn: '2027-07-05',
  dueAt: '14:30',
  startsAt: new Date('2027-07-05T12:30:00Z'),
  done: false,
  closed: false,
  notToContact: false,
  version: 3,
  siret: 41000000000017,
  name: 'SCIERIE DES DUNES ; « BOIS, PIN »',
  street: '3 RUE DES PINS',
  postalCode: '33610',
  town: 'CESTAS',
  ...over,
})
const now = new Date('2027-07-01T08:00:00Z')
const textOf = (rows: readonly PlannedEvent[]) => calendarText(rows.map(eventOf), 'https://campagnes.example', now)
/** Read by another program than the one that writes. */
const readAgain = (rows: readonly PlannedEvent[]) =>
  new ICAL.Component(ICAL.parse(textOf(rows))).getAllSubcomponents('vevent').map(one => new ICAL.Event(one))

test('CAM-11: a meeting is read back by another program: what, where, when, and a link to the card', () => {
  const [event] = readAgain([row()])
  assert.equal(event!.summary, 'Rendez-vous, SCIERIE DES DUNES ; « BOIS, PIN »')
  assert.equal(event!.location, '3 RUE DES PINS, 33610 CESTAS')
  assert.deepEqual(event!.startDate.toJSDate(), new Date('2027-07-05T12:30:00Z'))
  assert.deepEqual(event!.endDate.toJSDate(), new Date('2027-07-05T13:30:00Z'))
  assert.equal(event!.uid, '01a37545-cef5-741b-8bc6-dd2b2f13220b@campagnes.example')
  assert.equal(event!.sequence, 3)
  assert.equal(event!.component.getFirstPropertyValue('url'), 'https://campagnes.example/etablissements/41000000000017')
})

test('CAM-11: an action of a day fills that day and no other, on either side of a change of hour', () => {
  for (const day of ['2027-03-28', '2027-10-31', '2027-12-31']) {
    const [event] = readAgain([row({ dueOn: day, dueAt: null, startsAt: null })])
    assert.equal(event!.startDate.isDate, true)
    assert.equal(event!.startDate.toString(), day)
    assert.ok(event!.duration.toSeconds() === 86_400, `${day}: ${event!.duration}`)
  }
})

test('EST-10, CAM-14: what is to do says first who closed, and who is not to be contacted; what is done says neither', () => {
  const titles = readAgain([
    row({ closed: true, notToContact: true }),
    row({ notToContact: true }),
    row({ closed: true, notToContact: true, done: true }),
  ]).map(({ summary }) => summary)
  assert.deepEqual(titles, [
    'Fermé : Rendez-vous, SCIERIE DES DUNES ; « BOIS, PIN »',
    'Ne pas contacter : Rendez-vous, SCIERIE DES DUNES ; « BOIS, PIN »',
    'Fait : Rendez-vous, SCIERIE DES DUNES ; « BOIS, PIN »',
  ])
})

test('CAM-11: what one does from one’s desk has no place; what is done says so; a hidden name is a SIRET', () => {
  const titles = readAgain([
    row({ kind: 'rappel' }),
    row({ kind: 'visite', done: true }),
    row({ kind: 'visite', name: null, street: null, postalCode: null, town: null }),
  ]).map(({ summary, location }) => [summary, location])
  assert.deepEqual(titles, [
    ['Rappel, SCIERIE DES DUNES ; « BOIS, PIN »', null],
    ['Fait : Visite, SCIERIE DES DUNES ; « BOIS, PIN »', '3 RUE DES PINS, 33610 CESTAS'],
    ['Visite, établissement 41000000000017', null],
  ])
})

test('CAM-11: each line keeps within 75 bytes and ends as RFC 5545 wants; a calendar of nothing is one', () => {
  const text = textOf([row({ name: 'É'.repeat(200) })])
  assert.ok(text.split('\r\n').every(line => Buffer.byteLength(line) <= 75))
  assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/)
  assert.deepEqual(readAgain([]), [])
  assert.match(textOf([]), /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/)
})

test('CAM-11: a name cannot write a line of its own', () => {
  const [event, ...others] = readAgain([row({ name: 'X\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:Y' })])
  assert.equal(others.length, 0)
  assert.match(event!.summary, /^Rendez-vous, X/)
})
