import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { mostStops } from '../../../contract/work-with-employers/rounds.ts'
import { actions } from '../../actions.ts'
import { type Reads, recordReads } from '../../oversight/audit/record-reads.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type MakePdf, pdfMaker } from '../../platform/pdf.ts'
import { buildServer } from '../../platform/server.ts'
import { siretText } from '../../platform/siret.ts'
import { addDays, parisDay, systemClock } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { textOfPdf } from '../../testing/pdf.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { visitSheets } from './sheets-route.ts'
import { place } from './testing.ts'

const today = parisDay(systemClock())
const numbers = Array.from({ length: mostStops + 1 }, (_, i) => siretText(siretOf(i + 1)))
const long = 'Des mots qui en disent long sur cet employeur et sur ce qu’il cherche. '.repeat(50)
const rights = [
  { profile: 'conseiller', territoryId: places.gironde },
  { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
] as const
let house: House
let server: FastifyInstance
let reads: Reads
let makePdf: MakePdf = pdfMaker()
let claire: Person
let karim: Person
let stale: Person
before(async () => {
  house = await openHouse(actions)
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    numbers.map((_, i) => ({ siret: siretOf(i + 1), name: `ATELIER ${i + 1}` })),
  )
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'Mission locale des Essais' }),
  ]
  claire = await house.person(cc.id, [...rights])
  karim = await house.person(mission.id, [...rights])
  stale = await house.person(cc.id, [...rights], { provenAt: new Date(systemClock().getTime() - 11 * 60_000) })
  await place(house, 1, 44.7, -0.6)
  for (let n = 0; n < 4; n++)
    await insertCorrespondent(
      house.owner,
      aCorrespondent({
        siret: siretOf(1),
        values: [
          aValue('givenName', 'Ana'),
          aValue('familyName', `Sanz-${n}`),
          aValue('role', 'Responsable des ressources humaines et de l’atelier '.repeat(3)),
          aValue('phone', '+33556000001'),
          aValue('email', `ana.${n}@exemple.fr`),
        ],
      }),
    )
  // Five this month, on its first day too: the last recorded is the last that took place.
  const monthBegins = `${today.slice(0, 8)}01`
  for (let n = 4; n >= 0; n--)
    await insertExchange(
      house.owner,
      anExchange({
        siret: siretOf(1),
        organisationId: n === 1 ? mission.id : cc.id,
        authorId: n === 1 ? karim.id : claire.id,
        visibility: n === 1 ? 'organisation' : 'reseau',
        occurredOn: [addDays(today, -n), monthBegins].sort().at(-1)!,
        result: 'refus',
        personMet: 'Mme Sanz',
        notes: `${n === 1 ? 'Secret de la mission. ' : ''}${long}`,
        nextAction: {
          kind: 'visite',
          dueOn: addDays(today, n + 1),
          dueAt: '14:30',
          ownerId: n === 1 ? karim.id : claire.id,
        },
      }),
    )
  reads = recordReads(house.database, { clock: systemClock, newId: uuidv7, everyMs: 3_600_000 })
  server = await buildServer({
    database: house.database,
    actions: [],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    exceptions: [
      visitSheets({
        database: house.database,
        makePdf: document => makePdf(document),
        originKey: Buffer.alloc(32),
        secure: false,
        clock: systemClock,
        newId: uuidv7,
        onRevealed: reads.onRevealed,
      }),
    ],
  })
})
after(async () => {
  await server.close()
  await reads.stop()
  await house.close()
})

const ask = (who: Person | null, sirets: readonly string[], body: object = {}) =>
  server.inject({
    method: 'POST',
    url: '/api/rounds/sheets',
    headers: who ? { cookie: who.cookie } : {},
    payload: { purpose: 'Visites de mardi', sirets, ...body },
  })
const entriesOf = async (who: Person, act: string) =>
  (
    await house.owner.query(
      `select e.subject_kind as kind, e.subject_id as subject, d.detail from audit_entries e
        join audit_details d on d.entry_id = e.id where e.action = $2 and e.actor_id = $1 order by e.at, e.id`,
      [who.id, act],
    )
  ).rows
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length

test('POR-5, UX-1: a visit sheet is one page of PDF/UA, however much there is to say, and says what one may read', async () => {
  const answer = await ask(claire, [numbers[0]!])
  assert.equal(answer.statusCode, 200, answer.body)
  assert.deepEqual(
    [answer.headers['content-type'], answer.headers['cache-control'], answer.headers['content-disposition']],
    ['application/pdf', 'no-store', `attachment; filename="fiches-de-visite-${today}.pdf"`],
  )
  for (const sign of [/\/StructTreeRoot/, /<pdfuaid:part>1</, /\/Lang \(fr/, /\/S \/H1/, /\/S \/H2/, /\/S \/L\b/])
    assert.match(answer.rawPayload.toString('latin1'), sign)
  assert.equal(pagesOf(answer.rawPayload), 1)
  const text = textOfPdf(answer.rawPayload)
  for (const words of [
    'ATELIER 1',
    '3 rue des Pins, 33610',
    'Ana Sanz-',
    '05 56 00 00 01',
    'A refusé au dernier échange',
    'Contacté plus de deux fois ce mois-ci',
    'par vous',
    'Rencontré : Mme Sanz',
    'contenu réservé à cette structure',
    'Notes de la visite',
    `par ${claire.name} (CC des Essais). Motif : Visites de mardi.`,
    'article 2',
  ])
    assert.ok(text.includes(words) || text.replaceAll(/\s+/g, ' ').includes(words), `${words}\n${text}`)
  assert.doesNotMatch(text, /Secret de la mission/)
})
test('POR-5, EST-12: the sheets of a round come one a page, in its order, each with the last contact next door', async () => {
  const answer = await ask(claire, [numbers[2]!, numbers[0]!, numbers[1]!])
  assert.equal(pagesOf(answer.rawPayload), 3)
  const text = textOfPdf(answer.rawPayload)
  const at = ['ATELIER 3', 'ATELIER 1', 'ATELIER 2'].map(name => text.indexOf(name))
  assert.deepEqual(
    at,
    at.toSorted((a, b) => a - b),
  )
  assert.match(text, /Étape 3 sur 3/)
  assert.match(text.replaceAll(/\s+/g, ' '), /Même entreprise : ATELIER 1, .+, contacté le .+ par la CC des Essais\./)
  assert.match(text, /Le réseau n’a noté aucun échange/)
})
test('PRI-5, SEC-1, SEC-2: who took which sheets and why is in the trail, with the digest; the persons in them are counted', async () => {
  const reader = await house.person(claire.organisationId, [...rights])
  const answer = await ask(reader, [numbers[1]!, numbers[0]!])
  assert.deepEqual(await entriesOf(reader, 'visit-sheets.exported'), [
    {
      kind: 'account',
      subject: reader.id,
      detail: {
        purpose: 'Visites de mardi',
        establishments: [numbers[1], numbers[0]],
        sha256: createHash('sha256').update(answer.rawPayload).digest('hex'),
      },
    },
  ])
  await reads.flush()
  const [read] = await entriesOf(reader, 'persons.read')
  assert.deepEqual(
    [read.kind, read.detail.route, read.detail.establishments],
    ['list', 'POST /rounds/sheets', [numbers[0]]],
  )
})
test('PRI-5, IDN-5: without a session, a right, a fresh proof, a purpose or known numbers nothing leaves, nor is in the trail', async () => {
  const narrow = await house.person(claire.organisationId, [{ profile: 'conseiller', territoryId: places.gironde }])
  for (const [who, sirets, body, status, code] of [
    [null, [numbers[0]!], {}, 401, 'session/required'],
    [narrow, [numbers[0]!], {}, 403, 'access/no-grant'],
    [stale, [numbers[0]!], {}, 403, 'session/step-up-required'],
    [claire, [siretText(siretOf(99))], {}, 404, 'not-found'],
    [claire, [numbers[0]!], { purpose: ' ' }, 400, 'request/malformed'],
    [claire, [], {}, 400, 'request/malformed'],
    [claire, numbers, {}, 400, 'request/malformed'],
    [claire, [numbers[0]!, numbers[0]!], {}, 400, 'request/malformed'],
  ] as const) {
    const before = who ? (await entriesOf(who, 'visit-sheets.exported')).length : 0
    const answer = await ask(who, sirets, body)
    assert.deepEqual([answer.statusCode, answer.json().code], [status, code])
    assert.equal(answer.headers['content-disposition'], undefined)
    if (who) assert.equal((await entriesOf(who, 'visit-sheets.exported')).length, before)
  }
})
test('SEC-6: a right that goes while the sheets are made stops them, and nothing is in the trail', async () => {
  const leaving = await house.person(claire.organisationId, [...rights])
  const made = makePdf
  makePdf = async document => {
    await house.owner.query(
      `update grants set territory_id = $2 where account_id = $1 and tool = 'fiche-etablissement'`,
      [leaving.id, places.landes],
    )
    return made(document)
  }
  const answer = await ask(leaving, [numbers[0]!])
  makePdf = made
  assert.deepEqual([answer.statusCode, answer.json().code], [403, 'access/outside-perimeter'])
  assert.deepEqual(await entriesOf(leaving, 'visit-sheets.exported'), [])
})
