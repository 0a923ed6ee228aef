import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import { categoriesOf, type Tool } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { addDays } from '../../platform/time.ts'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { acceptTexts, publishTexts, unpublishTexts } from '../../testing/texts.ts'
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
const setClock = (days: number) => (days ? moveClock(house.owner, `${days} days`) : putClockBack(house.owner))
afterEach(async () => {
  await setClock(0)
  await emptied(
    house,
    'announcements',
    'mails',
    'annex_4_entries',
    'annex_4_versions',
    'tool_states',
    'access_requesters',
  )
  await house.owner.query(
    `delete from annex_4_tools where in_force_from > '2021-01-01'; update annex_4_tools set in_force_until = null;
      delete from acceptances where body_hash in (select body_hash from documents where published_by is not null);
      delete from documents where published_by is not null`,
  )
  await publishTexts(house.owner)
  await acceptTexts(house.owner)
  await house.owner.query(`update grants set revoked_at = null, revoke_reason = null`)
})

const entry = (tool: string) => ({
  tool,
  categories: categoriesOf[tool as Tool] ?? [],
  purpose: 'Coordonner les démarches auprès des employeurs.',
  dataCategories: ['Identité de l’établissement', 'Échanges'],
  commitments: 'Ouvert tous les jours.',
  documentationUrl: null,
})
const everyTool = ['campagnes', 'fiche-etablissement', 'fiche-recrutement']
const publishAnnex = (over: object = {}) =>
  house.call(
    admin,
    'POST',
    '/annex-4',
    {
      inForceOn: today(),
      note: 'Nouvelle liste',
      entries: everyTool.map(entry),
      withdraws: everyTool,
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

test('AGR-12: a withdrawal is weighed first, and refused until each tool withdrawn is named; nothing is half done', async () => {
  assert.equal((await publishAnnex()).status, 200)
  const karim = await house.person(partner, [...advisor, ...advisor])
  const { body: weighed } = await house.call(admin, 'GET', '/annex-4/effects')
  const of = (tool: string) => weighed.items.find((item: any) => item.tool === tool)
  const counted = (
    await house.owner.query(
      `select count(*)::int as grants, count(distinct account_id)::int as people from grants
        where tool = 'campagnes' and revoked_at is null`,
    )
  ).rows[0]
  assert.deepEqual(of('campagnes'), { tool: 'campagnes', ...counted })
  assert.ok(counted.grants > counted.people, 'grants and people are told apart')
  assert.equal((await house.call(claire, 'GET', '/annex-4/effects')).body.code, 'access/role-required')
  const two = { entries: [entry('fiche-etablissement')] }
  for (const withdraws of [undefined, [], ['campagnes']])
    assert.equal((await publishAnnex({ ...two, withdraws })).body.code, 'annex/withdrawal-unconfirmed')
  assert.equal(await works(house, karim), 'open')
  const published = await publishAnnex({ ...two, withdraws: ['campagnes', 'fiche-recrutement'] })
  assert.equal(published.status, 200)
  assert.ok(published.body.grantsEnded >= counted.grants)
  assert.equal(await works(house, karim), 'access/no-grant')
})

const cancel = (id: string, who: Person = admin, reason = 'Une case décochée par erreur') =>
  house.call(who, 'POST', `/annex-4/${id}/cancellation`, { reason }, once())
/** As if all that was published had taken effect that long before. */
const earlier = async (by: string) => {
  for (const change of [
    'annex_4_versions set in_force_from = in_force_from - $1::interval',
    `annex_4_tools set in_force_until = in_force_until - $1::interval,
      in_force_from = case when in_force_from > '2021-01-01' then in_force_from - $1::interval else in_force_from end`,
    'grants set granted_at = granted_at - $1::interval, revoked_at = revoked_at - $1::interval',
  ])
    await house.owner.query(`update ${change}`, [by])
}
const ended = async (who: Person) =>
  (
    await house.owner.query(
      'select tool, revoked_at is not null as ended from grants where account_id = $1 order by tool',
      [who.id],
    )
  ).rows.map(row => `${row.tool} ${row.ended ? 'ended' : 'held'}`)

test('AGR-12: a withdrawal is taken back for a day: the grants it ended are in effect again, no others; a tool it opened closes', async () => {
  await publishAnnex({ entries: [entry('campagnes'), entry('fiche-etablissement')] })
  const left = await house.person(partner, [...advisor])
  await house.owner.query(
    `update grants set revoked_at = now(), revoked_by = $2, revoke_reason = 'Départ' where account_id = $1
      and tool = 'campagnes'`,
    [left.id, rgc.id],
  )
  const gone = await house.person(partner, [...advisor])
  const wrong = (await publishAnnex({ entries: [entry('fiche-etablissement'), entry('fiche-recrutement')] })).body
  assert.equal(wrong.allowed.join(), 'cancel')
  assert.equal(await works(house, claire), 'access/no-grant')
  const meanwhile = await house.person(partner, [{ tool: 'fiche-recrutement', profile: 'consultation' }])
  await house.owner.query("update accounts set status = 'deleted' where id = $1", [gone.id])
  await earlier('23 hours 59 minutes')
  const back = await cancel(wrong.id)
  assert.equal(back.status, 200, JSON.stringify(back.body))
  assert.deepEqual(
    [back.body.state, back.body.cancelled.reason, back.body.allowed],
    ['cancelled', 'Une case décochée par erreur', []],
  )
  assert.ok(back.body.grantsRestored >= 1 && back.body.grantsEnded >= 1)
  assert.deepEqual(await ended(claire), ['campagnes held', 'fiche-etablissement held'])
  assert.deepEqual((await ended(left))[0], 'campagnes ended', 'it ended for another reason')
  assert.deepEqual((await ended(gone))[0], 'campagnes ended', 'they have left since')
  assert.deepEqual(await ended(meanwhile), ['fiche-recrutement ended'])
  assert.equal(await works(house, claire), 'open')
  const { body: list } = await house.call(claire, 'GET', '/annex-4')
  assert.deepEqual(
    list.items.map((v: any) => [v.number, v.state, v.inForceUntil]),
    [
      [2, 'cancelled', null],
      [1, 'in-force', null],
    ],
    'the version before goes on without a break',
  )
  const [trail] = (
    await house.owner.query(
      `select detail from audit_details d join audit_entries e on e.id = d.entry_id where e.action = 'annex-4.cancelled'`,
    )
  ).rows
  assert.deepEqual([trail.detail.number, trail.detail.grantsRestored], [2, back.body.grantsRestored])
  await house.owner.query('select ctx.settle_withdrawn_tools()')
  assert.deepEqual(await ended(claire), ['campagnes held', 'fiche-etablissement held'], 'the job takes nothing away')
})

test('AGR-12: a version to come is cancelled before anything changes, and another takes its very instant', async () => {
  await publishAnnex()
  const day = addDays(today(), 3)
  const wrong = (await publishAnnex({ inForceOn: day, entries: [entry('fiche-etablissement')] })).body
  assert.ok((await house.call(claire, 'GET', '/tools')).body.items[0].closesAt)
  const back = await cancel(wrong.id)
  assert.deepEqual([back.status, back.body.grantsRestored, back.body.grantsEnded], [200, 0, 0])
  assert.equal((await house.call(claire, 'GET', '/tools')).body.items[0].closesAt, null)
  assert.equal((await publishAnnex({ inForceOn: day })).body.number, 3)
})

test('AGR-12: withdrawn, brought back by another version, then both cancelled: the tool was never away, with what was granted before and between', async () => {
  await publishAnnex()
  const wrong = (await publishAnnex({ entries: [entry('fiche-etablissement'), entry('fiche-recrutement')] })).body
  const again = (await publishAnnex()).body
  assert.equal(await works(house, claire), 'access/no-grant')
  const between = await house.person(partner, [...advisor])
  assert.equal((await cancel(again.id)).status, 200)
  assert.equal(await works(house, between), 'access/no-grant')
  const back = await cancel(wrong.id)
  assert.equal(back.status, 200, JSON.stringify(back.body))
  for (const who of [claire, between]) assert.equal(await works(house, who), 'open')
  assert.deepEqual(
    (await house.call(claire, 'GET', '/tools')).body.items.map((t: any) => [t.open, t.closesAt, t.opensFrom]),
    Array.from({ length: 3 }, () => [true, null, null]),
  )
})

test('AGR-12: what a cancelled version did is undone once, by who cancels: never what another at its very instant does, nor by anybody else', async () => {
  await publishAnnex()
  const day = addDays(today(), 3)
  const over = { inForceOn: day, entries: [entry('fiche-etablissement'), entry('fiche-recrutement')] }
  const wrong = (await publishAnnex(over)).body
  await cancel(wrong.id)
  assert.equal((await publishAnnex(over)).status, 200)
  const closes = async () => (await house.call(claire, 'GET', '/tools')).body.items[0].closesAt
  const planned = await closes()
  assert.ok(planned)
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  const settle = async (who: Person) => {
    await web.query('begin')
    await web.query('select ctx.enter($1)', [createHash('sha256').update(who.cookie.slice('session='.length)).digest()])
    await web.query('select ctx.settle_cancelled_annex($1)', [wrong.id])
    await web.query('commit')
  }
  await settle(admin)
  assert.equal(await closes(), planned, 'another version stands at that instant')
  await house.owner.query(
    `update annex_4_versions set cancelled_at = now(), cancelled_by = $1, cancel_reason = 'x' where cancelled_at is null
      and in_force_from = (select in_force_from from annex_4_versions where id = $2)`,
    [admin.id, wrong.id],
  )
  await settle(claire)
  assert.equal(await closes(), planned, 'an administrator alone')
  await web.end()
})

test('AGR-12: not cancelled: by others, twice, a day after its effect, before the one that follows; malformed, unknown, two at once', async () => {
  const first = (await publishAnnex()).body
  for (const who of [claire, rgc]) assert.equal((await cancel(first.id, who)).body.code, 'access/role-required')
  const second = (await publishAnnex({ entries: [entry('campagnes')] })).body
  assert.equal((await cancel(first.id)).body.code, 'annex/not-last')
  assert.equal((await cancel(second.id, admin, '')).status, 400)
  assert.equal((await cancel('01938000-0000-7000-9000-000000000001')).status, 404)
  await earlier('1 day')
  assert.equal((await cancel(second.id)).body.code, 'annex/cancel-too-late')
  await earlier('-1 day')
  const both = await Promise.all([cancel(second.id), cancel(second.id)])
  assert.deepEqual(both.map(a => a.body.code ?? a.body.state).sort(), ['cancelled', 'conditions/cancelled'])
  assert.deepEqual(
    (await house.call(claire, 'GET', '/tools')).body.items.map((t: any) => t.open),
    [true, true, true],
  )
})

test('AGR-6, AGR-12: each change of annex 4 is announced at once to every partner under a convention, in words that say what opens and closes', async () => {
  const published = (await publishAnnex()).body
  const wrong = (await publishAnnex({ entries: [entry('campagnes')], note: 'Deux outils retirés' })).body
  const back = (await cancel(wrong.id)).body
  assert.ok(published.partners > 0 && wrong.partners === published.partners && back.partners === wrong.partners)
  const notices = (
    await house.owner.query('select kind, region_id, about_id, text from announcements order by announced_at, id')
  ).rows
  assert.deepEqual(
    notices.map(n => [n.kind, n.region_id, n.about_id]),
    [published, wrong, wrong].map(version => ['annex-4-changed', 0, version.id]),
  )
  assert.match(notices[1].text, /retirés : « Fiche établissement » et « Fiche pratique de recrutement »/)
  assert.match(
    notices[2].text,
    /annulé la version 2.*La version précédente continue.*Motif : Une case décochée par erreur/s,
  )
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
  const [one, two] = [(await publishAnnex()).body.id, (await publishAnnex()).body.id]
  const cancelling = (id: string, by: Person = admin) =>
    `update annex_4_versions set cancelled_at = now(), cancelled_by = '${by.id}', cancel_reason = 'x' where id = '${id}'`
  assert.equal(await changed(claire, cancelling(two, claire)), 0, 'an administrator alone')
  assert.equal(await changed(admin, cancelling(one)), 0, 'another follows it')
  assert.equal(await changed(admin, cancelling(two)), 1)
  await assert.rejects(changed(admin, cancelling(two, claire)), { code: '42501' })
  await web.query('rollback')
  await earlier('1 day')
  assert.equal(await changed(admin, cancelling(two)), 0, 'a day after its effect')
  await earlier('-1 day')
  assert.equal((await cancel(two)).status, 200)
  assert.equal(await changed(admin, cancelling(two)), 0, 'it was, and keeps its reason')
  await web.end()
})

test('ACC-7, AGR-12: an administrator is told what is still to publish, in order, until nothing is; nobody else is', async () => {
  const left = async () =>
    (await house.call(admin, 'GET', '/publications')).body.items.map((i: any) =>
      [i.what, i.tool].filter(Boolean).join(),
    )
  assert.deepEqual(await left(), [])
  await unpublishTexts(house.owner)
  assert.deepEqual(await left(), [
    'cgu',
    ...everyTool.map(tool => `cpu,${tool}`),
    'confidentialite',
    'securite',
    'annex-4',
  ])
  for (const who of [claire, rgc])
    assert.equal((await house.call(who, 'GET', '/publications')).body.code, 'access/role-required')
  const day = addDays(today(), 2)
  for (const kind of ['cgu', 'confidentialite', 'securite']) await published(house, admin, { kind })
  await published(house, admin, { kind: 'cpu', tool: 'campagnes', inForceOn: day })
  assert.equal((await publishAnnex({ entries: [entry('campagnes')], withdraws: [] })).status, 200)
  const { items } = (await house.call(admin, 'GET', '/publications')).body
  assert.deepEqual(
    items.map((i: any) => [i.what, i.tool, i.comesOn !== null]),
    [['cpu', 'campagnes', true]],
  )
  await unpublishTexts(house.owner, 'cpu')
  await published(house, admin, { kind: 'cpu', tool: 'campagnes' })
  assert.deepEqual(await left(), [])
})

test('AGR-12: with no annex 4 published no tool is open; the first one opens what it lists at its instant, and cancelled, all wait again', async () => {
  await house.owner.query('delete from annex_4_tools')
  const open = async () => (await house.call(claire, 'GET', '/tools')).body.items.map((t: any) => t.open)
  assert.deepEqual([await works(house, claire), await open()], ['access/unpublished', [false, false, false]])
  const { items: waits } = (await house.call(claire, 'GET', '/my-rights')).body
  assert.ok(waits.every((i: any) => i.missing.join() === 'annex-4-unpublished'))
  const entries = [entry('campagnes')]
  const wrong = (await publishAnnex({ inForceOn: addDays(today(), 3), entries, withdraws: [] })).body
  assert.equal(await works(house, claire), 'access/unpublished', 'to come')
  assert.equal((await cancel(wrong.id)).status, 200)
  const first = (await publishAnnex({ entries, withdraws: [] })).body
  assert.deepEqual([await works(house, claire), await open()], ['open', [true, false, false]])
  const { items } = (await house.call(claire, 'GET', '/my-rights')).body
  assert.deepEqual(
    items.map((i: any) => i.missing),
    [[], ['annex-4']],
    'the other is not in it',
  )
  const back = await cancel(first.id)
  assert.deepEqual([back.status, back.body.grantsEnded], [200, 0])
  assert.equal(await works(house, claire), 'access/unpublished', 'it never was: her grants wait')
  const { text } = (
    await house.owner.query('select text from announcements order by announced_at desc, id desc limit 1')
  ).rows[0]
  assert.match(text, /Aucun outil n’est ouvert d’ici à la prochaine version : les habilitations l’attendent/)
  assert.equal((await publishAnnex({ withdraws: [] })).status, 200)
  assert.deepEqual([await works(house, claire), await open()], ['open', [true, true, true]])
})

test('AGR-12: of an installation older than closed by default, the first version is cancelled: no tool stays open, and no grant ends', async () => {
  const open = async () => (await house.call(claire, 'GET', '/tools')).body.items.map((t: any) => t.open)
  assert.deepEqual(await open(), [true, true, true], 'before any version')
  const first = (await publishAnnex({ entries: [entry('campagnes')] })).body
  assert.deepEqual(await ended(claire), ['campagnes held', 'fiche-etablissement ended'])
  assert.equal((await cancel(first.id)).body.grantsEnded, 0)
  assert.deepEqual([await works(house, claire), await open()], ['access/unpublished', [false, false, false]])
  assert.deepEqual(await ended(claire), ['campagnes held', 'fiche-etablissement held'])
  assert.equal((await publishAnnex({ withdraws: [] })).status, 200, 'nothing to withdraw')
  assert.equal(await works(house, claire), 'open')
})
