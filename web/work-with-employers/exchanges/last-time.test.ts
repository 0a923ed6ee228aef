import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastTime, peopleMet } from './last-time.ts'

const contact = (over: object) => ({
  organisation: { id: 'o', name: 'O', kind: 'plie' },
  occurredOn: '2026-11-20',
  exchangeId: 'x',
  channel: null,
  result: null,
  resultLabel: null,
  personMet: null,
  correspondentId: null,
  notes: null,
  author: null,
  ...over,
})
const reserved = contact({})
const silent = contact({ channel: 'courriel', result: 'absent' })
const met = contact({
  channel: 'telephone',
  result: 'a-rappeler',
  personMet: 'Mme Pons, gérante',
  correspondentId: 'pons',
})

test('CAM-5: as last time: the last channel that one may read, and the last person met', () => {
  assert.equal(lastTime([]), null)
  assert.equal(lastTime([reserved]), null)
  assert.deepEqual(lastTime([reserved, silent, met]), {
    channel: 'courriel',
    personMet: 'Mme Pons, gérante',
    correspondentId: 'pons',
    words: 'courriel, Mme Pons, gérante',
  })
  assert.deepEqual(lastTime([silent]), { channel: 'courriel', personMet: '', correspondentId: '', words: 'courriel' })
})
test('CAM-5: those met lately, each once', () =>
  assert.deepEqual(peopleMet([met, reserved, met, contact({ personMet: 'M. Roy' })]), ['Mme Pons, gérante', 'M. Roy']))
