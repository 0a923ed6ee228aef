import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { addDays } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { texts } from '../texts/index.ts'
import { advisor, castOf, emptied, published, today, works } from '../texts/testing.ts'
import { tools } from './index.ts'

let house: House
let partner: string
let admin: Person
let claire: Person
let rgc: Person
before(async () => {
  house = await openHouse([...tools, ...texts, ...campaigns])
  ;({ partner, admin, claire, rgc } = await castOf(house))
})
after(async () => {
  await house.close()
})
const setClock = async (days: number) => {
  await house.owner.query('delete from secret.clock')
  if (days) await house.owner.query('insert into secret.clock values ($1)', [`${days} days`])
}
afterEach(async () => {
  await setClock(0)
  await emptied(house, 'documents', 'annex_4_entries', 'annex_4_versions', 'tool_states', 'access_requesters')
  await house.owner.query(
    `delete from annex_4_tools where in_force_from > '2021-01-01'; update annex_4_tools set in_force_until = null`,
  )
  await house.owner.query(`update grants set revoked_at = null, revoke_reason = null`)
})

const entry = (tool: string) => ({
  tool,
  purpose: 'Coordonner les démarches auprès des employeurs.',
  dataCategories: ['Identité de l’établissement', 'Échanges'],
  commitments: 'Ouvert tous les jours.',
  documentationUrl: null,
})
const publishAnnex = (over: object = {}) =>
  house.call(
    admin,
    'POST',
    '/annex-4',
    {
      inForceOn: today(),
      note: 'Nouvelle liste',
      entries: ['campagnes', 'fiche-etablissement', 'fiche-recrutement'].map(entry),
      ...over,
    },
    once(),
  )

test('AGR-12: a tool withdrawn from annex 4 opens nothing at that instant, loses its grants, and does not bring them back', async () => {
  assert.equal((await publishAnnex()).status, 200)
  assert.equal(await works(house, claire), 'open')
  assert.equal((await publishAnnex({ entries: [entry('fiche-etablissement')] })).status, 200)
  const lost = (
    await house.owner.query(
      `select tool, revoked_at is not null as revoked, revoke_reason from grants where account_id = $1 order by tool`,
      [claire.id],
    )
  ).rows
  assert.deepEqual(
    lost.map(r => [r.tool, r.revoked]),
    [
      ['campagnes', true],
      ['fiche-etablissement', false],
    ],
  )
  assert.match(lost[0].revoke_reason, /annexe 4/)
  assert.equal(await works(house, claire), 'access/no-grant')
  assert.equal((await publishAnnex()).status, 200)
  assert.equal(await works(house, claire), 'access/no-grant', 'a new grant is needed')
  const back = await house.person(partner, [...advisor])
  assert.equal(await works(house, back), 'open')
  await house.owner.query('select ctx.settle_withdrawn_tools()')
  assert.equal(await works(house, back), 'open', 'and what was given since stays')
  const { body: tools } = await house.call(claire, 'GET', '/tools')
  assert.deepEqual(
    tools.items.map((t: any) => [t.tool, t.open, t.mine]),
    [
      ['campagnes', true, false],
      ['fiche-etablissement', true, true],
      ['fiche-recrutement', true, false],
    ],
  )
  assert.equal(tools.annex.number, 3)
})

test('AGR-12: withdrawn later, a tool stays open until that very instant, and closes without anything running', async () => {
  assert.equal(
    (await publishAnnex({ inForceOn: addDays(today(), 3), entries: [entry('fiche-etablissement')] })).status,
    200,
  )
  assert.equal(await works(house, claire), 'open')
  const [campagnes] = (await house.call(claire, 'GET', '/tools')).body.items
  assert.ok(campagnes.open && campagnes.closesAt)
  const session = await house.person(partner, [...advisor], {
    createdAt: new Date(Date.now() + 3.99 * 86_400_000),
    lastSeenAt: new Date(Date.now() + 3.99 * 86_400_000),
  } as never)
  await setClock(4)
  assert.equal(await works(house, session), 'access/tool-withdrawn')
  assert.equal((await house.owner.query('select from grants where revoked_at is not null')).rowCount, 0)
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  assert.ok((await worker.query('select ctx.settle_withdrawn_tools() as n')).rows[0].n >= 2)
  assert.equal((await worker.query('select ctx.settle_withdrawn_tools() as n')).rows[0].n, 0, 'twice: nothing more')
  await worker.end()
  assert.equal(await works(house, session), 'access/no-grant')
})

test('AGR-12: refused: by others than administrators, a tool twice, a day past or before the last version; malformed', async () => {
  for (const who of [claire, rgc])
    assert.equal(
      (
        await house.call(
          who,
          'POST',
          '/annex-4',
          { inForceOn: today(), note: 'x', entries: [entry('campagnes')] },
          once(),
        )
      ).body.code,
      'access/role-required',
    )
  assert.equal(
    (await publishAnnex({ entries: [entry('campagnes'), entry('campagnes')] })).body.code,
    'annex/tool-twice',
  )
  assert.equal((await publishAnnex({ inForceOn: addDays(today(), -1) })).body.code, 'conditions/date-past')
  assert.equal((await publishAnnex({ inForceOn: addDays(today(), 9) })).status, 200)
  assert.equal((await publishAnnex()).body.code, 'conditions/date-before-last')
  for (const wrong of [
    { entries: [] },
    { entries: [{ ...entry('campagnes'), documentationUrl: 'http://doc.example' }] },
    { entries: [entry('autre')] },
    { note: '' },
  ])
    assert.equal((await publishAnnex(wrong)).status, 400, JSON.stringify(wrong))
})

test('POR-1: each common tool with its purpose, data, conditions, commitments, documentation and state of service', async () => {
  const bare = (await house.call(claire, 'GET', '/tools')).body
  assert.deepEqual(
    [bare.annex, bare.items[0].purpose, bare.items[0].service, bare.items[0].open],
    [null, null, null, true],
    'nothing is said that was not published',
  )
  await publishAnnex({
    entries: [
      { ...entry('campagnes'), documentationUrl: 'https://documentation.example/campagnes' },
      entry('fiche-etablissement'),
      entry('fiche-recrutement'),
    ],
  })
  const cpu = await published(house, admin, {
    kind: 'cpu',
    tool: 'campagnes',
    title: 'Conditions de Campagnes coordonnées',
  })
  const said = await house.call(
    admin,
    'POST',
    '/tools/campagnes/states',
    { state: 'perturbe', message: 'Recherche ralentie.' },
    once(),
  )
  assert.equal(said.status, 200)
  await house.call(
    admin,
    'POST',
    '/tools/campagnes/states',
    { state: 'perturbe', message: 'Retour prévu à midi.' },
    once(),
  )
  const [tool] = (await house.call(claire, 'GET', '/tools')).body.items
  assert.deepEqual(
    [
      tool.purpose,
      tool.dataCategories.length,
      tool.documentationUrl,
      tool.cpu.id,
      tool.service.state,
      tool.service.message,
    ],
    [entry('x').purpose, 2, 'https://documentation.example/campagnes', cpu.id, 'perturbe', 'Retour prévu à midi.'],
  )
  assert.equal(tool.service.since, said.body.since, 'since it began, not since the last word')
  assert.equal(
    (await house.call(claire, 'POST', '/tools/campagnes/states', { state: 'disponible', message: '' }, once())).body
      .code,
    'access/role-required',
  )
  assert.equal(
    (await house.call(admin, 'POST', '/tools/autre/states', { state: 'disponible', message: '' }, once())).status,
    400,
  )
})

test('POR-7, AGR-12: straight to the database, what is ended is not ended again at another instant', async () => {
  const signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
  await house.owner.query(
    `insert into access_requesters values (gen_random_uuid(), $1, $2, $2, '2026-01-01', '2026-02-01')`,
    [partner, claire.id],
  )
  await house.owner.query(`update annex_4_tools set in_force_until = '2026-02-01' where tool = 'fiche-recrutement'`)
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  const changed = async (who: Person, query: string) => {
    await web.query('begin')
    await web.query('select ctx.enter($1)', [createHash('sha256').update(who.cookie.slice('session='.length)).digest()])
    const { rowCount } = await web.query(query)
    await web.query('rollback')
    return rowCount
  }
  assert.equal(await changed(signatory, `update access_requesters set ended_at = '2026-03-01'`), 0)
  assert.equal(
    await changed(admin, `update annex_4_tools set in_force_until = '2026-03-01'`),
    2,
    'those still open, and no other',
  )
  await web.end()
})
