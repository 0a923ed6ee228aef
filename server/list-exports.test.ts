import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import readWorkbook from 'read-excel-file/node'
import { actSentences } from '../contract/acts.ts'
import { exportedLists } from '../contract/exported-lists.ts'
import { exportActs, exportRoutes } from '../contract/exports.ts'
import type { Route } from '../contract/route.ts'
import { listTargets } from '../contract/work-with-employers/campaigns.ts'
import { actions } from './actions.ts'
import { indicatorRowsExport } from './oversight/indicators/export-rows.ts'
import type { Action } from './platform/action.ts'
import { dayInFigures, dayInWords } from './platform/french.ts'
import { uuidv7 } from './platform/ids.ts'
import { siretText } from './platform/siret.ts'
import { addDays, parisDay, systemClock } from './platform/time.ts'
import { searchExport } from './territory-and-register/establishments/export-search.ts'
import { openExports } from './testing/exports.ts'
import { type House, openHouse, type Person } from './testing/house.ts'
import { allBut, forgetVersions, openCategories } from './testing/texts.ts'
import { aCampaign, insertCampaign } from './work-with-employers/campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from './work-with-employers/campaigns/testing-world.ts'
import { aCommitment, insertCommitments, kindNamed } from './work-with-employers/commitments/testing.ts'
import { aMark, insertMarks } from './work-with-employers/do-not-contact/testing.ts'
import { exchangesExport } from './work-with-employers/exchanges/export-exchanges.ts'
import { anExchange, insertExchange } from './work-with-employers/exchanges/testing.ts'
import { needsExport } from './work-with-employers/needs/export-needs.ts'
import { aNeed, insertNeeds } from './work-with-employers/needs/testing.ts'
import { nextActionsExport } from './work-with-employers/portfolio/export-next-actions.ts'
import { portfolioExport } from './work-with-employers/portfolio/export-portfolio.ts'
import { targetsExport } from './work-with-employers/targets/export-targets.ts'

const today = parisDay(systemClock())
/** The list of targets, with what a test does at each page, and how many it says there are. */
const watched = (action: Action): Action =>
  action.route !== (listTargets as Route)
    ? action
    : {
        ...action,
        load: async (input, context) => {
          await onPage((input.query as { after?: string } | undefined)?.after)
          return action.load(input, context)
        },
        run: async (...asked) => {
          const page = (await action.run(...asked)) as unknown as { total?: number }
          return { ...page, ...(page.total === undefined ? {} : { total: counted(page.total) }) } as never
        },
      }
const place = {
  regionId: places.aquitaine,
  departementId: places.gironde,
  epciId: places.graves,
  clpeId: places.coeur,
}
const day = (text: string) => new Date(`${text}T00:00:00Z`)
const many = 1203
const rights = (profile: 'consultation' | 'conseiller') =>
  [
    { tool: 'campagnes', profile, territoryId: places.coeur },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.coeur },
  ] as const
let house: House
let exports: Awaited<ReturnType<typeof openExports>>
let claire: Person
let omar: Person
let stranger: Person
let stale: Person
let campaignId: string
let onPage: (after: string | undefined) => Promise<unknown> = async () => {}
let counted = (total: number) => total

before(async () => {
  house = await openHouse(actions)
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    Array.from({ length: many }, (_, n) => ({
      siret: siretOf(n + 1),
      commune: n === 1 ? '33002' : '33001',
      ...(n === 0 ? { name: '=HYPERLINK("https://exemple.fr")' } : {}),
    })),
  )
  const [cc, other] = [await house.organisation({ name: 'CC des Essais' }), await house.organisation()]
  claire = await house.person(cc.id, [...rights('conseiller')])
  omar = await house.person(other.id, [...rights('conseiller')])
  stranger = await house.person((await house.organisation()).id, [...rights('conseiller')])
  stale = await house.person(cc.id, [...rights('conseiller')], {
    provenAt: new Date(systemClock().getTime() - 11 * 60_000),
  })
  campaignId = (
    await insertCampaign(
      house.owner,
      aCampaign({
        name: 'Bâtiment',
        status: 'open',
        pilotId: cc.id,
        memberIds: [other.id],
        territoryId: places.coeur,
        place,
        startsOn: addDays(today, -50),
        endsOn: addDays(today, 30),
      }),
      claire.id,
      Array.from({ length: many }, (_, n) => siretOf(n + 1)),
    )
  ).id
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = '2026-11-02T23:30:00Z',
      status = 'en-cours' where campaign_id = $1 and siret = any ($4)`,
    [campaignId, claire.id, cc.id, [siretOf(1), siretOf(2)]],
  )
  for (const [visibility, n] of [
    ['reseau', 1],
    ['organisation', 2],
  ] as const)
    await insertExchange(
      house.owner,
      anExchange({
        ...place,
        siret: siretOf(n),
        campaignId,
        organisationId: cc.id,
        authorId: claire.id,
        visibility,
        occurredOn: addDays(today, -20),
        personMet: 'Mme Durand',
        notes: 'Recrute "vite"',
        need: '+2 maçons',
        nextAction: { kind: 'rappel', dueOn: addDays(today, -7), dueAt: '09:30', ownerId: claire.id },
      }),
    )
  exports = await openExports(
    house.database,
    [
      targetsExport,
      portfolioExport,
      nextActionsExport,
      exchangesExport,
      needsExport,
      searchExport,
      indicatorRowsExport,
    ],
    actions.map(watched),
  )
})
after(async () => {
  await exports.close()
  await house.close()
})

const ask = (who: Person | null, path: string, body: object = {}) =>
  exports.server.inject({
    method: 'POST',
    url: `/api${path}`,
    headers: who ? { cookie: who.cookie } : {},
    payload: { purpose: 'Préparer la réunion', format: 'xlsx', ...body },
  })
const sheetOf = async (who: Person, path: string, body: object = {}) => {
  const answer = await ask(who, path, body)
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 500))
  const [sheet] = (await readWorkbook(answer.rawPayload)) as unknown as { data: unknown[][] }[]
  const [head, ...rows] = sheet!.data
  const blank = rows.findIndex(row => row.every(cell => cell === null))
  return { head: head as string[], rows: rows.slice(0, blank), mark: rows.slice(-2).map(row => String(row[0])) }
}
const targets = () => `/campaigns/${campaignId}/targets/export`
const exportsOf = async (who: Person) =>
  (
    await house.owner.query(
      `select e.action, e.subject_kind as kind, e.subject_id as subject, d.detail from audit_entries e
        join audit_details d on d.entry_id = e.id where e.actor_id = $1 and e.action like '%.exported' order by e.id`,
      [who.id],
    )
  ).rows

test('CAM-10, PRI-5: a spreadsheet reader opens the whole list, SIRET whole, days as days, and whose data these are', async () => {
  const { head, rows, mark } = await sheetOf(claire, targets())
  assert.deepEqual(head, Object.values(exportedLists.targets.columns))
  assert.equal(rows.length, many)
  assert.equal(new Set(rows.map(row => row[0])).size, many)
  const row = Object.fromEntries(head.map((title, i) => [title, rows[0]![i]]))
  assert.deepEqual(
    [row['SIRET'], row['Établissement'], row['État'], row['Prise en charge par'], row['Prochaine action']],
    [siretText(siretOf(1)), '=HYPERLINK("https://exemple.fr")', 'en cours', claire.name, 'Rappel'],
  )
  assert.deepEqual(row['Prévue le'], day(addDays(today, -7)))
  assert.match(
    mark[0]!,
    new RegExp(
      `^1\u202f203 lignes exportées le ${dayInWords(today)} à \\d+ h \\d\\d par ${claire.name} \\(CC des Essais\\)\\. Motif : Préparer la réunion$`,
    ),
  )
  assert.match(mark[1]!, /article 2/)
  const last = (await exportsOf(claire)).at(-1)
  assert.deepEqual(
    [last.action, last.kind, last.subject, last.detail.lines, last.detail.purpose, last.detail.filter],
    ['targets.exported', 'campaign', campaignId, many, 'Préparer la réunion', {}],
  )
})
test('CAM-10, SEC-6: as CSV, a French spreadsheet has its mark, semicolons and days; a formula stays text', async () => {
  const answer = await ask(claire, `${targets()}?mine=true`, { format: 'csv', columns: ['siret', 'name', 'actionOn'] })
  assert.equal(answer.headers['content-disposition'], `attachment; filename="cibles-${today}.csv"`)
  assert.match(String(answer.headers['content-type']), /^text\/csv/)
  const lines = answer.rawPayload.toString().split('\r\n')
  assert.deepEqual(lines.slice(0, 4), [
    '\uFEFF"SIRET";"Établissement";"Prévue le"',
    `"${siretText(siretOf(1))}";"'=HYPERLINK(""https://exemple.fr"")";"${dayInFigures(addDays(today, -7))}"`,
    `"${siretText(siretOf(2))}";"ATELIER ${siretOf(2)}";"${dayInFigures(addDays(today, -7))}"`,
    '""',
  ])
  assert.match(lines[4]!, /^"2 lignes exportées/)
  assert.deepEqual((await exportsOf(claire)).at(-1).detail.filter, { mine: true })
})
test('CAM-10, EST-11: each list is exported as it is read: what a structure keeps for itself stays empty for another', async () => {
  const portfolio = await sheetOf(claire, '/portfolio/export')
  assert.equal(portfolio.rows.length, 2)
  assert.ok(!portfolio.head.includes('Téléphone'), 'told on request alone')
  assert.deepEqual(
    portfolio.rows[0]![portfolio.head.indexOf('Prise en charge le')],
    day('2026-11-03'), // in Paris, where it was past midnight
  )
  const next = await sheetOf(claire, '/next-actions/export', { columns: ['siret', 'late', 'actionAt'] })
  assert.deepEqual(next.head, ['SIRET', 'En retard', 'Heure'])
  assert.deepEqual(next.rows[0]!.slice(1), ['oui', '09:30'])
  const columns = ['siret', 'personMet', 'notes', 'need', 'result']
  const own = await sheetOf(claire, `/exchanges/export?campaign=${campaignId}`, { columns })
  assert.deepEqual(
    own.rows.map(row => row[1]),
    ['Mme Durand', 'Mme Durand'],
  )
  const theirs = await sheetOf(omar, '/exchanges/export', { columns })
  assert.deepEqual(
    theirs.rows.map(row => row.slice(1)).sort((a, b) => String(a[0]).localeCompare(String(b[0]))),
    [
      ['Mme Durand', 'Recrute "vite"', '+2 maçons', 'Besoin détecté'],
      [null, null, null, null],
    ],
  )
  const found = await sheetOf(claire, `/establishments/export?territory=${places.coeur}&q=atelier`)
  assert.equal(found.rows.length, many - 1)
  const figure = await sheetOf(claire, `/indicators/etablissements/rows/export?from=${addDays(today, -60)}&to=${today}`)
  assert.deepEqual(figure.head, ['Nom', 'Détail', 'Date', 'Nombre'])
  assert.deepEqual(
    figure.rows.map(row => row[0]),
    ['=HYPERLINK("https://exemple.fr")', `ATELIER ${siretOf(2)}`],
  )
  for (const { action } of await exportsOf(claire)) assert.ok(actSentences[action], action)
  assert.deepEqual(
    [...new Set((await exportsOf(claire)).map(({ action }) => action))].sort(),
    Object.values(exportRoutes)
      .filter(act => /^(targets|portfolio|next-actions|exchanges|establishments|indicator-rows)\.exported$/.test(act))
      .sort(),
  )
})
test('CAM-7, PRI-5: needs leave as their list says them, with its filters; what a structure keeps for itself does not', async () => {
  const [shared, kept, other] = [siretOf(11), siretOf(12), siretOf(1)]
  const ofClaire = { organisationId: claire.organisationId, ownerId: claire.id, ...place }
  const ids = [shared, kept, other].map(() => uuidv7())
  await insertNeeds(house.owner, [
    aNeed({ ...ofClaire, id: ids[0]!, siret: shared }),
    aNeed({ ...ofClaire, id: ids[1]!, siret: kept, visibility: 'organisation' }),
    aNeed({ ...ofClaire, id: ids[2]!, siret: other, state: 'abandonne' }),
  ])
  await house.owner.query(
    `update needs set job_label = '=HYPERLINK("https://exemple.fr")', contract = 'cdi', starts_on = '2027-03-01',
      weekly_hours = 17.5, skills = '+ CACES' where id = $1`,
    [ids[0]],
  )
  const { head, rows, mark } = await sheetOf(claire, '/needs/export?state=standing&sort=employer')
  assert.deepEqual(head, Object.values(exportedLists.needs.columns))
  const [first, ...others] = rows.map(row => Object.fromEntries(head.map((title, i) => [title, row[i]])))
  assert.deepEqual(
    others.map(row => row['SIRET']),
    [siretText(kept)],
  )
  assert.deepEqual(
    ['SIRET', 'Nature', 'Métier', 'Postes', 'Embauches', 'Contrat', 'Heures par semaine', 'État', 'Suivi par'].map(
      title => first![title],
    ),
    [siretText(shared), 'Recrutement', '=HYPERLINK("https://exemple.fr")', 2, 0, 'CDI', 17.5, 'ouvert', claire.name],
  )
  assert.deepEqual([first!['Noté le'], first!['Début']], [day('2026-10-01'), day('2027-03-01')])
  assert.match(mark[0]!, /^2 lignes exportées.*Motif : Préparer la réunion$/)
  assert.match(mark[1]!, /article 2/)
  const last = (await exportsOf(claire)).at(-1)
  assert.deepEqual(
    [last.action, last.kind, last.subject, last.detail.lines, last.detail.filter],
    ['needs.exported', 'organisation', claire.organisationId, 2, { state: 'standing', sort: 'employer' }],
  )
  // As text, what a spreadsheet would run is text too; what another structure keeps is not there.
  const csv = await ask(omar, '/needs/export', { format: 'csv', columns: ['siret', 'job', 'skills'] })
  assert.equal(csv.headers['content-disposition'], `attachment; filename="besoins-${today}.csv"`)
  assert.deepEqual(csv.rawPayload.toString().split('\r\n').slice(1, 4).sort(), [
    '""',
    `"${siretText(other)}";"Boulanger";""`,
    `"${siretText(shared)}";"'=HYPERLINK(""https://exemple.fr"")";"'+ CACES"`,
  ])
  const { rows: counted } = await house.owner.query(
    `select exports_per_day from ctx.uses_to_watch(now(), now() - interval '1 hour', $1) where account_id = $2`,
    [exportActs, omar.id],
  )
  assert.ok(counted[0].exports_per_day >= 1)
})
test('CAM-7, PRI-5, AGR-12: needs leave for nobody without a right, a fresh proof or a purpose, nor while annex 4 closes them', async () => {
  const reader = await house.person(claire.organisationId, [...rights('consultation')])
  const refused = async (who: Person | null, body: object, status: number, code: string, query = '') => {
    const before = who ? (await exportsOf(who)).length : 0
    const answer = await ask(who, `/needs/export${query}`, body)
    assert.deepEqual([answer.statusCode, answer.json().code], [status, code], JSON.stringify(body) + query)
    if (who) assert.equal((await exportsOf(who)).length, before)
  }
  await refused(null, {}, 401, 'session/required')
  await refused(reader, {}, 403, 'access/no-grant')
  await refused(stale, {}, 403, 'session/step-up-required')
  await refused(claire, { purpose: ' ' }, 400, 'request/malformed')
  await refused(claire, { columns: ['notes'] }, 400, 'request/malformed')
  await refused(claire, {}, 400, 'request/malformed', '?state=autre')
  await openCategories(house.owner, allBut('besoins'))
  await refused(claire, {}, 403, 'access/category-closed')
  await forgetVersions(house.owner)
  assert.equal((await ask(claire, '/needs/export')).statusCode, 200)
})
test('EST-9, EST-10: a mark and the commitments that hold stand in the files of lists; commitments only for who reads the card there', async () => {
  const marked = siretOf(3)
  await insertMarks(house.owner, [
    aMark({
      siret: marked,
      organisationId: omar.organisationId,
      authorId: omar.id,
      ...place,
      until: addDays(today, 9),
    }),
    aMark({
      siret: siretOf(4),
      organisationId: omar.organisationId,
      authorId: omar.id,
      ...place,
      endedAt: systemClock().toISOString(),
    }),
  ])
  const [kindId, other] = [
    await kindNamed(house.owner, 'Label Diversité'),
    await kindNamed(house.owner, 'Charte de la diversité'),
  ]
  await insertCommitments(house.owner, [
    aCommitment({
      siret: marked,
      kindId,
      organisationId: omar.organisationId,
      authorId: omar.id,
      ...place,
      since: addDays(today, -30),
    }),
    aCommitment({
      siret: marked,
      kindId: other,
      organisationId: omar.organisationId,
      authorId: omar.id,
      ...place,
      since: addDays(today, -20),
    }),
    aCommitment({
      siret: marked,
      kindId,
      organisationId: omar.organisationId,
      authorId: omar.id,
      ...place,
      since: addDays(today, -90),
      until: addDays(today, -40),
    }),
  ])
  const columns = ['siret', 'notToContact', 'commitments']
  const lines = async (who: Person, path: string, of: readonly number[]) =>
    (await sheetOf(who, path, { columns })).rows.filter(row => of.map(siretText).includes(String(row[0])))
  const told = [siretText(marked), day(addDays(today, 9)), 'Charte de la diversité, Label Diversité']
  for (const path of [targets(), `/establishments/export?territory=${places.coeur}&q=atelier`])
    assert.deepEqual((await lines(claire, path, [marked, siretOf(4)])).sort(), [
      told,
      [siretText(siretOf(4)), null, null],
    ])
  const onCampaigns = await house.person(claire.organisationId, [
    { tool: 'campagnes', profile: 'consultation', territoryId: places.coeur },
  ])
  assert.deepEqual(await lines(onCampaigns, targets(), [marked]), [[told[0], told[1], null]])
})
test('PRI-5, IDN-5: without a session, a right, a fresh proof or a purpose nothing leaves, and nothing is in the trail', async () => {
  for (const [who, path, body, status, code] of [
    [null, targets(), {}, 401, 'session/required'],
    [stranger, targets(), {}, 404, 'not-found'],
    [stale, targets(), {}, 403, 'session/step-up-required'],
    [stale, '/portfolio/export', {}, 403, 'session/step-up-required'],
    [claire, `/campaigns/${uuidv7()}/targets/export`, {}, 404, 'not-found'],
    [claire, '/campaigns/x/targets/export', {}, 400, 'request/malformed'],
    [claire, `/indicators/autre/rows/export?from=${addDays(today, -60)}&to=${today}`, {}, 400, 'request/malformed'],
    [claire, '/indicators/campagnes/rows/export', {}, 400, 'request/malformed'],
    [claire, `${targets()}?autre=1`, {}, 400, 'request/malformed'],
    [claire, targets(), { purpose: ' ' }, 400, 'request/malformed'],
    [claire, targets(), { format: 'pdf' }, 400, 'request/malformed'],
    [claire, targets(), { columns: [] }, 400, 'request/malformed'],
    [claire, targets(), { columns: ['phone'] }, 400, 'request/malformed'],
  ] as const) {
    const before = who ? (await exportsOf(who)).length : 0
    const answer = await ask(who, path, body)
    assert.deepEqual([answer.statusCode, answer.json().code], [status, code], `${path} ${JSON.stringify(body)}`)
    assert.equal(answer.headers['content-disposition'], undefined)
    if (who) assert.equal((await exportsOf(who)).length, before, path)
  }
})
test('SEC-1, SEC-2: the persons that leave in a file are in the trail and counted as read; a file without them tells of none', async () => {
  const reader = await house.person(claire.organisationId, [...rights('conseiller')])
  const path = `/exchanges/export?campaign=${campaignId}`
  const readBy = async () => {
    await exports.reads.flush()
    const { rows } = await house.owner.query(
      `select e.subject_kind as kind, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'persons.read' and e.actor_id = $1`,
      [reader.id],
    )
    return rows
  }
  await sheetOf(reader, path)
  await sheetOf(reader, '/portfolio/export', { columns: ['siret', 'phone'] })
  assert.deepEqual(await readBy(), [], 'nobody was told')
  await sheetOf(reader, path, { columns: ['on', 'notes'] })
  const [read, ...others] = await readBy()
  assert.deepEqual(others, [])
  assert.deepEqual(
    [read.kind, read.detail.route, read.detail.persons, read.detail.establishments.toSorted()],
    ['list', 'POST /exchanges/export', 2, [siretText(siretOf(1)), siretText(siretOf(2))]],
  )
  const { rows } = await house.owner.query(
    `select persons_per_hour, exports_per_day from ctx.uses_to_watch(now(), now() - interval '1 hour', $1)
      where account_id = $2`,
    [exportActs, reader.id],
  )
  assert.deepEqual(rows, [{ persons_per_hour: 2, exports_per_day: 3 }])
})
test('PRI-5: a list that is too long is refused before anything leaves', async () => {
  counted = () => 100_001
  const before = (await exportsOf(claire)).length
  const answer = await ask(claire, targets(), { format: 'csv' })
  assert.deepEqual([answer.statusCode, answer.json().code], [422, 'export/too-long'])
  assert.equal((await exportsOf(claire)).length, before)
  counted = () => 100_000
  assert.equal((await ask(claire, targets(), { format: 'csv' })).statusCode, 200)
  counted = total => total
})
test('CAM-3, CAM-10: the file of the targets says which other campaign works each', async () => {
  const seed = aCampaign({
    name: 'Hôtellerie',
    status: 'open',
    pilotId: claire.organisationId,
    territoryId: places.coeur,
    place,
    startsOn: addDays(today, -10),
    endsOn: addDays(today, 10),
  })
  await insertCampaign(house.owner, seed, claire.id, [siretOf(2)])
  const { head, rows } = await sheetOf(claire, targets())
  const column = head.indexOf('Partagée avec')
  assert.deepEqual(
    rows.filter(row => row[column] !== null).map(row => [row[0], row[column]]),
    [[siretText(siretOf(2)), '« Hôtellerie »']],
  )
})
for (const format of ['csv', 'xlsx'])
  test(`PRI-5: a right that goes while a list is written stops it (${format}): the file is cut, and not closed`, async () => {
    const address = exports.server.server.listening
      ? `http://127.0.0.1:${(exports.server.server.address() as AddressInfo).port}`
      : await exports.server.listen({ port: 0, host: '127.0.0.1' })
    const pages: (string | undefined)[] = []
    onPage = async after => {
      pages.push(after)
      if (pages.length === 2) await house.owner.query('delete from sessions where id = $1', [leaving.sessionId])
    }
    const leaving = await house.person(claire.organisationId, [...rights('conseiller')])
    const answer = await fetch(`${address}/api${targets()}`, {
      method: 'POST',
      headers: { cookie: leaving.cookie, 'content-type': 'application/json', origin: 'http://localhost' },
      body: JSON.stringify({ purpose: 'Interrompu', format }),
    })
    assert.equal(answer.status, 200)
    await assert.rejects(answer.arrayBuffer())
    onPage = async () => {}
    assert.equal(pages.length, 2, 'the third page is not read')
    assert.deepEqual(
      (await exportsOf(leaving)).map(({ action }) => action),
      ['targets.exported'],
      'begun, hence told',
    )
  })
