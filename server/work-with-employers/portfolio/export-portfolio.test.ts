import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import readWorkbook from 'read-excel-file/node'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { linesHeader } from '../../../contract/exports.ts'
import { personalMembers } from '../../../contract/oversight/audit.ts'
import { actions } from '../../actions.ts'
import { siretText } from '../../platform/siret.ts'
import { addDays, parisDay, systemClock } from '../../platform/time.ts'
import { openExports } from '../../testing/exports.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { nextActionsExport } from './export-next-actions.ts'
import { portfolioExport } from './export-portfolio.ts'

const today = parisDay(systemClock())
const place = {
  regionId: places.aquitaine,
  departementId: places.gironde,
  epciId: places.graves,
  clpeId: places.coeur,
}
let house: House
let exports: Awaited<ReturnType<typeof openExports>>
let claire: Person
let omar: Person
let campaignId: string
const rights = [
  { tool: 'campagnes', profile: 'conseiller', territoryId: places.coeur },
  { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.coeur },
] as const

before(async () => {
  house = await openHouse(actions)
  await layTerritories(house.owner)
  const names = ['ZINGUERIE', 'ARDOISE', '=MALICE', 'MENUISERIE', 'COUVERTURE']
  await insertEstablishments(
    house.owner,
    names.map((name, n) => ({ siret: siretOf(n + 1), commune: '33001', name })),
  )
  const cc = await house.organisation({ name: 'CC des Essais' })
  claire = await house.person(cc.id, [...rights])
  omar = await house.person(cc.id, [...rights])
  const ours = { pilotId: cc.id, territoryId: places.coeur, place, status: 'open' } as const
  const period = { startsOn: addDays(today, -50), endsOn: addDays(today, 30) }
  campaignId = (
    await insertCampaign(house.owner, aCampaign({ ...ours, ...period, name: 'Bâtiment' }), claire.id, [
      siretOf(1),
      siretOf(5),
    ])
  ).id
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(), status = 'en-cours'
      where campaign_id = $1`,
    [campaignId, claire.id, cc.id],
  )
  // The first is late; the fifth is a target without an action; the fourth is a colleague's.
  for (const [n, due, owner, of] of [
    [1, -7, claire, campaignId],
    [2, 2, claire, null],
    [3, 20, claire, null],
    [4, 1, omar, null],
  ] as const)
    await insertExchange(
      house.owner,
      anExchange({
        ...place,
        siret: siretOf(n),
        campaignId: of,
        organisationId: cc.id,
        authorId: omar.id,
        occurredOn: addDays(today, -20),
        notes: `Mots ${n}`,
        nextAction: { kind: 'visite', dueOn: addDays(today, due), dueAt: null, ownerId: owner.id },
      }),
    )
  exports = await openExports(house.database, [portfolioExport, nextActionsExport])
})
after(async () => {
  await exports.close()
  await house.close()
})

const ask = (who: Person, path: string, body: object = {}) =>
  exports.server.inject({
    method: 'POST',
    url: `/api${path}`,
    headers: { cookie: who.cookie },
    payload: { purpose: 'Préparer la semaine', format: 'xlsx', ...body },
  })
const sheetOf = async (who: Person, path: string, columns: readonly string[]) => {
  const answer = await ask(who, path, { columns })
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 300))
  const [sheet] = (await readWorkbook(answer.rawPayload)) as unknown as { data: unknown[][] }[]
  const [head, ...rows] = sheet!.data
  return { head, rows: rows.slice(0, -3), lines: answer.headers[linesHeader] }
}
const namesOf = async (path: string) => (await sheetOf(claire, path, ['siret', 'name'])).rows.map(([, name]) => name)
const lastEntry = async (who: Person) =>
  (
    await house.owner.query(
      `select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.actor_id = $1 and e.action like '%.exported' order by e.id desc limit 1`,
      [who.id],
    )
  ).rows[0]

test('CAM-10: the file of next actions follows the part, the campaign and the order of the page, and holds no target without one', async () => {
  assert.deepEqual(await namesOf('/next-actions/export'), ['ZINGUERIE', 'ARDOISE', '=MALICE'])
  assert.deepEqual(await namesOf('/next-actions/export?sort=name'), ['=MALICE', 'ARDOISE', 'ZINGUERIE'])
  assert.deepEqual(await namesOf('/next-actions/export?part=late'), ['ZINGUERIE'])
  assert.deepEqual(await namesOf('/next-actions/export?part=week&sort=name'), ['ARDOISE'])
  assert.deepEqual(await namesOf(`/next-actions/export?campaign=${campaignId}`), ['ZINGUERIE'])
  assert.deepEqual(await namesOf('/portfolio/export?sort=name'), ['=MALICE', 'ARDOISE', 'COUVERTURE', 'ZINGUERIE'])
  assert.deepEqual(await namesOf('/next-actions/export?sort=-name'), ['ZINGUERIE', 'ARDOISE', '=MALICE'])
  assert.deepEqual(await namesOf('/portfolio/export?sort=-name'), ['ZINGUERIE', 'COUVERTURE', 'ARDOISE', '=MALICE'])
})
test('CAM-10: columns chosen for one’s next actions stand in the file, told of the employer and of the action, and how many lines come', async () => {
  const columns = ['siret', 'name', 'town', 'actionKind', 'late', 'notedBy', 'campaign', 'status', 'notes']
  const { head, rows, lines } = await sheetOf(claire, '/next-actions/export?part=late', columns)
  assert.deepEqual(
    head,
    columns.map(key => (exportedLists.nextActions.columns as Record<string, string>)[key]),
  )
  assert.equal(rows.length, 1)
  const [siret, name, town, kind, late, notedBy, campaign, status, words] = rows[0]!
  assert.deepEqual([siret, name, kind, late], [siretText(siretOf(1)), 'ZINGUERIE', 'Visite', 'oui'])
  assert.deepEqual([notedBy, campaign, status, words], [omar.name, 'Bâtiment', 'en cours', 'Mots 1'])
  assert.ok(town)
  assert.equal(lines, '1')
})
test('CAM-10, SEC-2: the trail says the filter and columns of a file of next actions; last words count as read', async () => {
  assert.equal((await ask(omar, '/next-actions/export?sort=town', { format: 'csv' })).statusCode, 200)
  const { action, detail } = await lastEntry(omar)
  assert.deepEqual(
    [action, detail.filter, detail.lines],
    ['next-actions.exported', { part: 'planned', sort: 'town' }, 1],
  )
  const { onRequest } = exportedLists.nextActions
  assert.deepEqual(
    onRequest.filter(key => detail.columns.includes(key)),
    [],
  )
  const readBy = async () => {
    await exports.reads.flush()
    const { rows } = await house.owner.query(
      `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'persons.read' and e.actor_id = $1`,
      [omar.id],
    )
    return rows.map(row => [row.detail.route, row.detail.persons, row.detail.establishments])
  }
  assert.deepEqual(await readBy(), [], 'nobody was told')
  await sheetOf(omar, '/next-actions/export', ['siret', 'notes'])
  assert.deepEqual(await readBy(), [['POST /next-actions/export', 1, [siretText(siretOf(4))]]])
})
test('CAM-10, SEC-2: what names persons in a file on request alone is what the trail counts as read', () => {
  for (const { title, onRequest } of Object.values(exportedLists))
    for (const key of onRequest) assert.ok((personalMembers as readonly string[]).includes(key), `${title}: ${key}`)
})
test('CAM-10, SEC-6: a formula stays text in the file of next actions', async () => {
  const answer = await ask(claire, '/next-actions/export?sort=name', { format: 'csv', columns: ['name'] })
  assert.equal(answer.rawPayload.toString().split('\r\n')[1], `"'=MALICE"`)
})
test('CAM-10: what is no part with an action, no order and no column of theirs is refused, and nothing leaves', async () => {
  for (const [path, body] of [
    ['/next-actions/export?part=new', {}],
    ['/next-actions/export?part=autre', {}],
    ['/next-actions/export?sort=autre', {}],
    ['/next-actions/export?group=town', {}],
    ['/next-actions/export?campaign=x', {}],
    ['/next-actions/export', { columns: ['contacts'] }],
  ] as const) {
    const answer = await ask(claire, path, body)
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'request/malformed'], path)
  }
  assert.deepEqual((await lastEntry(claire)).detail.filter, { part: 'planned', sort: 'name' }, 'the last that left')
})
