import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import readWorkbook from 'read-excel-file/node'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { exportActs } from '../../../contract/exports.ts'
import { dayInFigures, dayInWords } from '../../platform/french.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { parisDay, systemClock } from '../../platform/time.ts'
import { openExports } from '../../testing/exports.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaigns } from '../../work-with-employers/campaigns/testing.ts'
import { anExchange, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { definitions, versionFor } from './definitions.ts'
import { figuresExport } from './export-figures.ts'
import { freezeFigures } from './freeze-figures.job.ts'
import { indicators } from './index.ts'
import { freezesOn } from './period-rules.ts'

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
  exports = await openExports(house.database, [figuresExport], indicators)
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
    organisation: 'Toutes',
    territory: 'Tout mon périmètre',
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
  assert.equal(closing[0], 'Chiffres provisoires : ils peuvent encore changer.')
  assert.equal(closing.filter(line => /\(définition, version \d+\) : Nombre /.test(line)).length, definitions.length)
  assert.ok(closing.some(line => line.includes('Conseil communautaire') && line.includes(claire.name)))
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
  assert.match(closing[0]!, /^Chiffres arrêtés le /)
  const narrowed = (await fileOf(claire, `${period}&campaign=${campaignId}`)).rows
  assert.ok(narrowed.every(({ state, digest }) => state === 'provisoire' && digest === ''))
  const next = monthOf(month, 1)
  const to = new Date(Date.parse(monthOf(next, 1)) - 86_400_000).toISOString().slice(0, 10)
  assert.equal(
    (await fileOf(claire, `from=${next}&to=${to}`)).closing[0],
    `Chiffres provisoires : ce mois sera arrêté le ${dayInWords(freezesOn(next))}.`,
  )
  const lone = await house.person(claire.organisationId, [rights[0]])
  assert.match((await fileOf(lone, period)).closing[0]!, /n’a pas été arrêté pour le périmètre/)

  const { rawPayload, headers } = await ask(claire, period, { format: 'xlsx' })
  assert.equal(headers['content-disposition'], `attachment; filename="indicateurs-${today}.xlsx"`)
  const [sheet] = (await readWorkbook(rawPayload)) as unknown as { data: unknown[][] }[]
  const [head, first] = sheet!.data
  assert.deepEqual(head, Object.values(columns))
  assert.equal(typeof first![2], 'number')
  assert.deepEqual([first![6], first![13]], [new Date(`${month}T00:00:00Z`), frozen.digest])
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

test('SEC-2: each export of figures is counted among the exports of the day', async () => {
  const reader = await house.person(claire.organisationId, [...rights])
  for (const format of ['csv', 'xlsx']) assert.equal((await ask(reader, period, { format })).statusCode, 200)
  const { rows } = await house.owner.query(
    `select exports_per_day from ctx.uses_to_watch(now(), now() - interval '1 hour', $1) where account_id = $2`,
    [exportActs, reader.id],
  )
  assert.deepEqual(rows, [{ exports_per_day: 2 }])
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
