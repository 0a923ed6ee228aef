import assert from 'node:assert/strict'
import { test } from 'node:test'
import { satisfactionMail } from './satisfaction.mails.ts'
import { type Asked, askedFrom, type Survey, satisfactionState } from './satisfaction-rules.ts'

const now = new Date('2027-01-12T09:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const asked: Survey = {
  notAsked: null,
  settledAt: daysAgo(5),
  expiresAt: daysAgo(-25),
  answeredAt: null,
  rating: null,
  comment: null,
}

test('IND-7: where the question of a need stands, by table: open, closed lately or long ago, asked, late, answered, set aside', () => {
  const table: readonly (readonly [Partial<Asked>, string | null])[] = [
    [{ closedAt: null }, null],
    [{ closedAt: now }, 'to-ask'],
    [{ closedAt: daysAgo(30) }, 'to-ask'],
    [{ closedAt: daysAgo(31) }, 'lapsed'],
    [{ reachable: false }, 'nobody'],
    [{ reachable: false, closedAt: daysAgo(31) }, 'lapsed'],
    [{ survey: asked }, 'asked'],
    // Reopened since: it was asked once, and is asked no more.
    [{ survey: asked, closedAt: null }, 'asked'],
    [{ survey: { ...asked, expiresAt: now } }, 'expired'],
    [{ survey: { ...asked, answeredAt: now, rating: 'plutot' } }, 'answered'],
    [{ survey: { ...asked, expiresAt: daysAgo(1), answeredAt: daysAgo(2), rating: 'pas-du-tout' } }, 'answered'],
    [{ survey: { ...asked, expiresAt: null, notAsked: 'delicat' } }, 'not-asked'],
  ]
  for (const [over, state] of table)
    assert.equal(
      satisfactionState({ closedAt: daysAgo(4), reachable: true, survey: null, ...over }, now),
      state,
      JSON.stringify(over),
    )
})

test('IND-7: three days after the closing, by the calendar of Paris, the question may leave', () => {
  assert.equal(askedFrom(new Date('2027-01-12T22:59:00Z')), '2027-01-15')
  assert.equal(askedFrom(new Date('2027-01-12T23:00:00Z')), '2027-01-16')
})

test('IND-7: the mail names the structure as French does, and nothing of the need but the day', () => {
  const due = { needId: '1', notedOn: '2026-11-03', correspondentId: '2', address: 'a@essai.example' }
  for (const [organisation, said] of [
    ['PLIE Portes du Sud', 'au PLIE Portes du Sud'],
    ['Mission locale des Graves', 'à la mission locale des Graves'],
    ['Département des Essais', 'au département des Essais'],
  ] as const)
    assert.match(
      satisfactionMail({ ...due, organisation }, 'x').text,
      new RegExp(`d’un besoin de votre entreprise ${said}\\. Il est maintenant clos`),
    )
})
