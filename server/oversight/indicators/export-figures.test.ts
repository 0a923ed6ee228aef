import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import readWorkbook from 'read-excel-file/node'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { exportActs } from '../../../contract/exports.ts'
import { dayInFigures, dayInWords } from '../../platform/french.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { parisDay, systemClock } from '../../platform/time.ts'
import { openExports } from '../../testing/exports.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaigns } from '../../work-with-employers/campaigns/testing.ts'
import { anExchange, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { definitions, versionFor } from './definitions.ts'
import { figuresExport } from './export-figures.ts'
import { indicatorRowsExport } from './export-rows.ts'
import { freezeFigures } from './freeze-figures.job.ts'
import { readFrozen } from './frozen.queries.ts'
import { indicators } from './index.ts'
import { countFigure } from './indicators.queries.ts'
import { freezesOn } from './period-rules.ts'
import { readingNames } from './reading-names.queries.ts'

let house: House
let exports: Awaited<ReturnType<typeof openExports>>
let claire: Person // community of communes
let karim: Person // mission locale
let nadia: Person // the operator, member of nothing
let stale: Person
let cards: Person // without the tool campagnes
let campaignId: string

const monthOf = (day: string, by = 0) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + by, 1)).toISOString().slice(0, 10)
const today = parisDay(systemClock())
/** The last month whose day to be frozen has come. */
const month = [-1, -2].map(by => monthOf(today, by)).find(one => freezesOn(one) <= today)!
const last = new Date(Date.parse(monthOf(month, 1)) - 86_400_000).toISOString().slice(0, 10)
const period = `from=${month}&to=${last}`
const rights = [
  { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
  { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
] as const
const linesMade = definitions.reduce((sum, { parts }) => sum + 1 + parts.length, 0)
const columns = exportedLists.figures.columns

before(async () => {
  house = await openHouse(indicators)
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`,
  )
  await house.owner.query('insert into territory_overlaps values (0, 2033), (2033, 0), (2033, 2033)')
  const [cc, mission, operator] = [
    await house.organisation({ kind: 'epci', name: 'CC des Graves' }),
    await house.organisation({ kind: 'mission-locale', name: '=Mission' }),
    await house.organisation({ kind: 'operateur' }),
  ]
  claire = await house.person(cc.id, [...rights])
  karim = await house.person(mission.id, [...rights])
  nadia = await house.person(operator.id, [...rights])
  stale = await house.person(cc.id, [...rights], { provenAt: new Date(systemClock().getTime() - 11 * 60_000) })
  cards = await house.person(cc.id, [rights[1]])
  const campaign = aCampaign({
    name: 'Bâtiment',
    status: 'open',
    pilotId: cc.id,
    memberIds: [mission.id],
    territoryId: 2033,
    createdAt: `${month}T06:00:00Z`,
    openedAt: `${month}T08:00:00Z`,
    startsOn: month,
    endsOn: monthOf(month, 12),
  })
  campaignId = campaign.id
  await insertCampaigns(house.owner, [campaign], claire.id)
  await said(31000000000001)
  await said(31000000000002)
  exports = await openExports(house.database, [figuresExport, indicatorRowsExport], indicators)
})
after(async () => {
  await exports.close()
  await house.close()
})

const said = (siret: number) =>
  insertExchange(
    house.owner,
    anExchange({
      siret,
      organisationId: claire.organisationId,
      authorId: claire.id,
      campaignId,
      occurredOn: `${month.slice(0, 8)}15`,
      departementId: 2033,
    }),
  )
const ask = (who: Person | null, filter: string, body: object = {}) =>
  exports.server.inject({
    method: 'POST',
    url: `/api/indicators/export?${filter}`,
    headers: who ? { cookie: who.cookie } : {},
    payload: { purpose: 'Conseil communautaire', format: 'csv', ...body },
  })
const perimeterOf = (structure: string, campagnes: string, fiche: string) =>
  `${structure} ; campagnes : ${campagnes} ; fiches d’établissement : ${fiche}`
/** The lines of a CSV by the titles of their columns, and what closes it. */
const fileOf = async (who: Person, filter: string) => {
  const { statusCode, body } = await ask(who, filter)
  assert.equal(statusCode, 200, body)
  const lines = body
    .split('\r\n')
    .map(line => [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(([, quoted, bare]) => quoted ?? bare))
  const end = lines.findIndex(line => line.length === 1 && line[0] === '')
  const rows = lines.slice(1, end).map(line => Object.fromEntries(Object.keys(columns).map((key, n) => [key, line[n]])))
  return { rows, closing: lines.slice(end + 1).map(([line]) => String(line)) }
}
const entriesOf = async (who: Person) =>
  (
    await house.owner.query(
      `select e.subject_kind as kind, e.subject_id as subject, d.detail from audit_entries e
        join audit_details d on d.entry_id = e.id where e.actor_id = $1 and e.action = 'figures.exported' order by e.id`,
      [who.id],
    )
  ).rows

test('IND-5, IND-6: figures that may still move leave as « provisoire », each with its parts, period and definition', async () => {
  const { rows, closing } = await fileOf(claire, period)
  assert.equal(rows.length, linesMade)
  const seen = rows.find(row => row['indicator'] === 'Établissements prospectés ou fidélisés avec les partenaires')
  const { version, since } = versionFor(definitions.find(({ code }) => code === 'etablissements')!.versions, last)
  assert.deepEqual(seen, {
    indicator: 'Établissements prospectés ou fidélisés avec les partenaires',
    part: 'Ensemble',
    value: '2',
    state: 'provisoire',
    frozenOn: '',
    today: '',
    from: dayInFigures(month),
    to: dayInFigures(last),
    perimeter: perimeterOf('CC des Graves', 'Gironde', 'Gironde'),
    organisation: 'Toutes',
    territory: 'Tout le périmètre',
    campaign: 'Toutes',
    version: String(version),
    since: dayInFigures(since),
    digest: '',
  })
  const read = (await house.call(claire, 'GET', `/indicators?${period}`)).body
  assert.deepEqual(
    rows.map(row => [row['indicator'], row['part'], Number(row['value'])]),
    read.items.flatMap((item: any) => [
      [item.title, 'Ensemble', item.value],
      ...item.parts.map((part: any) => [item.title, part.label, part.value]),
    ]),
    'what the page reads',
  )
  assert.equal(closing[3], 'Chiffres provisoires : ils peuvent encore changer.')
  const madeBy = closing.find(line => line.includes('Conseil communautaire'))!
  assert.ok(madeBy.includes(claire.name) && madeBy.includes(dayInWords(today)), madeBy)
})

test('IND-5: with two columns alone, the file still says what is counted, when, over what and by which definitions', async () => {
  const { body } = await ask(claire, `${period}&territory=2033`, { columns: ['part', 'value'] })
  const closing = body.split('\r\n').slice(linesMade + 2)
  assert.deepEqual(
    closing.slice(0, 4).map(line => line.slice(1, -1)),
    [
      `Indicateurs de l’annexe 4, du ${dayInWords(month)} au ${dayInWords(last)}.`,
      `Périmètre de lecture : ${perimeterOf('CC des Graves', 'Gironde', 'Gironde')}.`,
      'Structure : Toutes. Territoire : Gironde. Campagne : Toutes.',
      'Chiffres provisoires : seul un mois entier, sans filtre, est arrêté.',
    ],
  )
  for (const [n, { title, versions }] of definitions.entries()) {
    const { version, since, text } = versionFor(versions, last)
    assert.equal(
      closing[n + 4],
      `"${title} (définition, version ${version}, en vigueur depuis le ${dayInWords(since)}) : ${text}"`,
    )
  }
})

test('IND-5: the rows of a figure leave with its name, part, period, perimeter, filters and definition', async () => {
  const { statusCode, body } = await exports.server.inject({
    method: 'POST',
    url: `/api/indicators/etablissements/rows/export?${period}&part=prospection&campaign=${campaignId}`,
    headers: { cookie: claire.cookie },
    payload: { purpose: 'Conseil communautaire', format: 'csv' },
  })
  assert.equal(statusCode, 200, body)
  const { title, versions } = definitions.find(({ code }) => code === 'etablissements')!
  const { version, since, text } = versionFor(versions, last)
  const lines = body.split('\r\n')
  assert.deepEqual(lines.slice(3, -3), [
    '""',
    ...[
      `Lignes de « ${title} », partie « Prospection », du ${dayInWords(month)} au ${dayInWords(last)}.`,
      `Périmètre de lecture : ${perimeterOf('CC des Graves', 'Gironde', 'Gironde')}.`,
      'Structure : Toutes. Territoire : Tout le périmètre. Campagne : Bâtiment.',
      `${title} (définition, version ${version}, en vigueur depuis le ${dayInWords(since)}) : ${text}`,
    ].map(line => `"${line}"`),
  ])
})

test('IND-5: the filters are named in each line; a campaign that its reader may not read keeps its id alone', async () => {
  const filter = `${period}&organisation=${karim.organisationId}&territory=2033&campaign=${campaignId}`
  const named = (await fileOf(claire, filter)).rows
  for (const { organisation, territory, campaign } of named)
    assert.deepEqual([organisation, territory, campaign], ["'=Mission", 'Gironde', 'Bâtiment'])
  const { rows } = await fileOf(nadia, `${period}&campaign=${campaignId}`)
  assert.deepEqual([rows[0]!['organisation'], rows[0]!['campaign']], ['Toutes', campaignId])
  const nothing = await fileOf(claire, `${period}&campaign=${uuidv7()}`)
  assert.ok(nothing.rows.every(({ value }) => value === '0'))
})

test('IND-5, IND-6: figures that are frozen leave with their day and digest, and what they would be today beside', async () => {
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  try {
    assert.deepEqual(await freezeFigures({ within: within(worker) }), [month])
  } finally {
    await worker.end()
  }
  await said(31000000000003)
  const { frozen } = (await house.call(claire, 'GET', `/indicators?${period}`)).body
  const { rows, closing } = await fileOf(claire, period)
  for (const { state, frozenOn, digest } of rows)
    assert.deepEqual([state, frozenOn, digest], ['arrêté', dayInFigures(parisDay(new Date(frozen.at))), frozen.digest])
  const seen = rows.find(({ indicator }) => indicator!.startsWith('Établissements'))!
  assert.deepEqual([seen['value'], seen['today']], ['2', '3'])
  assert.equal(
    closing[3],
    `Chiffres arrêtés le ${dayInWords(parisDay(new Date(frozen.at)))} pour ce périmètre. Empreinte SHA-256 : ${frozen.digest}.`,
  )
  const narrowed = (await fileOf(claire, `${period}&campaign=${campaignId}`)).rows
  assert.ok(narrowed.every(({ state, digest }) => state === 'provisoire' && digest === ''))
  const next = monthOf(month, 1)
  const to = new Date(Date.parse(monthOf(next, 1)) - 86_400_000).toISOString().slice(0, 10)
  assert.equal(
    (await fileOf(claire, `from=${next}&to=${to}`)).closing[3],
    `Chiffres provisoires : ce mois sera arrêté le ${dayInWords(freezesOn(next))}.`,
  )
  const lone = await house.person(claire.organisationId, [rights[0]])
  const { rows: alone, closing: why } = await fileOf(lone, period)
  assert.equal(why[3], 'Chiffres provisoires : ce mois n’a pas été arrêté pour ce périmètre.')
  assert.equal(alone[0]!['perimeter'], perimeterOf('CC des Graves', 'Gironde', 'aucun territoire'))

  const { rawPayload, headers } = await ask(claire, period, { format: 'xlsx' })
  assert.equal(headers['content-disposition'], `attachment; filename="indicateurs-${today}.xlsx"`)
  const [sheet] = (await readWorkbook(rawPayload)) as unknown as { data: unknown[][] }[]
  const [head, first] = sheet!.data
  assert.deepEqual(head, Object.values(columns))
  assert.equal(typeof first![2], 'number')
  assert.deepEqual([first![6], first![14]], [new Date(`${month}T00:00:00Z`), frozen.digest])
})

test('IND-5, PRI-5: the file has its mark and semicolons; its trail says why, what and how many lines', async () => {
  const before = await entriesOf(karim)
  const answer = await ask(karim, `${period}&territory=2033`, { columns: ['indicator', 'value'] })
  assert.ok(answer.rawPayload.toString().startsWith('\uFEFF"Indicateur";"Nombre"\r\n"Conseillers'))
  assert.match(String(answer.headers['content-type']), /^text\/csv/)
  const entries = await entriesOf(karim)
  assert.equal(entries.length, before.length + 1)
  assert.deepEqual(entries.at(-1), {
    kind: 'organisation',
    subject: karim.organisationId,
    detail: {
      purpose: 'Conseil communautaire',
      format: 'csv',
      columns: ['indicator', 'value'],
      filter: { from: month, to: last, territory: 2033 },
      lines: linesMade,
    },
  })
})

test('PRI-5: without its entry in the trail, in the same transaction, no figure leaves', async () => {
  const before = await entriesOf(claire)
  await house.owner.query(
    `alter table audit_entries add constraint broken check (action <> 'figures.exported') not valid`,
  )
  const answer = await ask(claire, period)
  await house.owner.query('alter table audit_entries drop constraint broken')
  assert.deepEqual([answer.statusCode, answer.json().code], [500, 'service/bug'])
  assert.equal(answer.headers['content-disposition'], undefined)
  assert.deepEqual(await entriesOf(claire), before)
})

test('SEC-2: each export of figures is counted among the exports of the day', async () => {
  const reader = await house.person(claire.organisationId, [...rights])
  for (const format of ['csv', 'xlsx']) assert.equal((await ask(reader, period, { format })).statusCode, 200)
  const { rows } = await house.owner.query(
    `select exports_per_day from ctx.uses_to_watch(now(), now() - interval '1 hour', $1) where account_id = $2`,
    [exportActs, reader.id],
  )
  assert.deepEqual(rows, [{ exports_per_day: 2 }])
})

test('IND-5, SEC-6: without the tool or away from the campaign the file counts nothing of it, and nor does the database', async () => {
  const [away, cut] = [
    await house.person((await house.organisation({ kind: 'plie' })).id, [...rights]),
    await house.person(claire.organisationId, [...rights]),
  ]
  assert.equal((await ask(cut, period)).statusCode, 200)
  await house.owner.query(`update grants set revoked_at = now() where account_id = $1 and tool = 'campagnes'`, [cut.id])
  assert.equal((await ask(cut, period)).json().code, 'access/no-grant')
  const filter = { from: month, to: last, campaign: campaignId }
  /** What the role of the web reads in the session of a person, whatever the application would refuse. */
  const straight = (who: Person) =>
    house.database.transaction(async tx => {
      const viewer = await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      const sum = async (code: 'campagnes' | 'etablissements') =>
        (await countFigure(tx, code, 2, filter)).get(null) ?? 0
      const { own } = await readFrozen(tx, month)
      const names = await readingNames(tx, viewer!, filter)
      return [await sum('campagnes'), await sum('etablissements'), own !== null, names.campaign]
    })
  assert.deepEqual(await straight(claire), [1, 3, true, 'Bâtiment'])
  for (const who of [away, cut, cards]) assert.deepEqual(await straight(who), [0, 0, false, campaignId])
  const { rows } = await fileOf(away, period)
  assert.ok(rows.every(({ value }) => value === '0'))
})

test('IND-5, PRI-5, IDN-5: without a session, the tool, a fresh proof, a purpose or a period no figure leaves', async () => {
  for (const [who, filter, body, status, code] of [
    [null, period, {}, 401, 'session/required'],
    [cards, period, {}, 403, 'access/no-grant'],
    [stale, period, {}, 403, 'session/step-up-required'],
    [claire, `from=${last}&to=${month}`, {}, 422, 'indicator/period-reversed'],
    [claire, `from=${month}`, {}, 400, 'request/malformed'],
    [claire, `${period}&part=prospection`, {}, 400, 'request/malformed'],
    [claire, `${period}&campaign=x`, {}, 400, 'request/malformed'],
    [claire, period, { purpose: ' ' }, 400, 'request/malformed'],
    [claire, period, { format: 'pdf' }, 400, 'request/malformed'],
    [claire, period, { columns: ['siret'] }, 400, 'request/malformed'],
  ] as const) {
    const before = who ? (await entriesOf(who)).length : 0
    const answer = await ask(who, filter, body)
    assert.deepEqual([answer.statusCode, answer.json().code], [status, code], `${filter} ${JSON.stringify(body)}`)
    assert.equal(answer.headers['content-disposition'], undefined)
    if (who) assert.equal((await entriesOf(who)).length, before, filter)
  }
})
