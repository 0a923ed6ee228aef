import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../platform/config.ts'
import { seededRandom } from '../../testing/people.ts'
import { distanceKm, impossibleTravel, type PlacedUse } from './travel-rules.ts'

const { travel } = readConfig({ TRUST_PROXY: '10.0.0.5', WATCH_PLACE_HEADERS: 'x-latitude, x-longitude' })
const places = {
  bordeaux: [448, -6],
  paris: [489, 24],
  brest: [484, -45],
  reunion: [-209, 555],
  newYork: [407, -740],
  auckland: [-368, 1747],
  fiji: [-181, 1784],
  tonga: [-211, -1752],
} as const
const use = (where: keyof typeof places, time: string): PlacedUse => ({
  at: new Date(`2026-11-${time}:00Z`),
  latitude: places[where][0],
  longitude: places[where][1],
})
const far = (a: keyof typeof places, b: keyof typeof places) =>
  Math.round(distanceKm(use(a, '25T10:00'), use(b, '25T10:00')))

test('SEC-2: distances, also across the line of dates', () => {
  for (const [km, expected] of [
    [far('bordeaux', 'paris'), 500],
    [far('paris', 'reunion'), 9_360],
    [far('paris', 'newYork'), 5_840],
    [far('fiji', 'tonga'), 747],
  ] as const)
    assert.ok(Math.abs(km - expected) < expected * 0.03, `${km} for ${expected}`)
  assert.equal(far('paris', 'paris'), 0)
})
for (const [why, uses, expected] of [
  ['one use', [use('paris', '25T10:00')], false],
  ['the same place', [use('paris', '25T10:00'), use('paris', '25T10:01')], false],
  ['a train from Bordeaux to Paris', [use('bordeaux', '25T07:00'), use('paris', '25T09:05')], false],
  [
    'a telephone that comes out in Paris beside a computer in Bordeaux',
    [use('bordeaux', '25T10:00'), use('paris', '25T10:01'), use('bordeaux', '25T10:02')],
    false,
  ],
  ['Brest and Bordeaux at once: one country', [use('brest', '25T10:00'), use('bordeaux', '25T10:00')], false],
  ['the night flight to La Réunion', [use('paris', '24T19:50'), use('reunion', '25T07:00')], false],
  ['and back', [use('reunion', '25T17:00'), use('paris', '26T04:30')], false],
  ['La Réunion forty minutes after Paris', [use('paris', '25T10:00'), use('reunion', '25T10:40')], true],
  ['New York in the same minute', [use('paris', '25T10:00'), use('newYork', '25T10:00')], true],
  [
    'there and back between two ordinary uses',
    [use('paris', '25T10:00'), use('auckland', '25T12:00'), use('paris', '26T09:00')],
    true,
  ],
  [
    'two hours before landing, still at work in Paris',
    [use('paris', '25T00:00'), use('paris', '25T10:00'), use('reunion', '25T12:00')],
    true,
  ],
  ['a flight of eleven hours in nine', [use('paris', '25T10:00'), use('reunion', '25T19:00')], true],
] as const)
  test(`SEC-2: ${why}: ${expected ? 'suspect' : 'ordinary'}`, () =>
    assert.equal(impossibleTravel(uses, travel!) !== null, expected))

test('SEC-2: at the speed and at the floor it is ordinary, beyond both it is not; how far is said, never where', () => {
  const [a, b] = [use('paris', '25T10:00'), use('reunion', '25T18:00')]
  const km = distanceKm(a, b)
  assert.equal(impossibleTravel([a, b], { kmPerHour: km / 8, floorKm: 100 }), null)
  assert.equal(impossibleTravel([a, b], { kmPerHour: km / 8 - 1, floorKm: km }), null)
  assert.equal(
    impossibleTravel([use('paris', '25T10:00'), use('reunion', '25T10:40')], travel!),
    'Deux usages à 9 370 km l’un de l’autre en 40 minutes (seuil : 900 km/h, au-delà de 1 500 km).',
  )
  assert.match(impossibleTravel([a, use('reunion', '25T19:00')], travel!)!, /en 9 heures/)
})
test('SEC-2, ACC-11: a patient advisor who works in Bordeaux, telephones by a network that comes out in Paris, takes the train and goes on leave to La Réunion is never suspect in twenty simulated weeks', () => {
  const random = seededRandom(953)
  for (let n = 0; n < 20; n++) {
    const uses: PlacedUse[] = []
    for (let day = 0; day < 4; day++)
      for (let minute = 0; minute < 600; minute += 5 + random() * 20) {
        const at = new Date(Date.parse('2026-11-23T07:30:00Z') + day * 86_400_000 + minute * 60_000)
        const where =
          day === 2 ? (minute < 120 || minute > 480 ? 'bordeaux' : 'paris') : random() < 0.2 ? 'paris' : 'bordeaux'
        uses.push({
          at,
          latitude: places[where][0] + Math.round(random() * 2 - 1),
          longitude: places[where][1] + Math.round(random() * 2 - 1),
        })
      }
    uses.push(
      use('paris', '26T19:30'),
      use('reunion', `27T0${7 + Math.floor(random() * 3)}:00`),
      use('reunion', '27T12:00'),
    )
    assert.equal(
      impossibleTravel(
        uses.toSorted((a, b) => +a.at - +b.at),
        travel!,
      ),
      null,
    )
  }
})
