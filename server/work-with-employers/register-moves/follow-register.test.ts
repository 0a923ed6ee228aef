import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { places } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { portfolio } from '../portfolio/index.ts'
import { progress } from '../progress/index.ts'
import { runningCampaigns } from '../running-campaigns/index.ts'
import { followRegister } from './follow-register.ts'
import { registerMoves } from './index.ts'
import { followAs, here, openWorld, siretIn } from './testing.ts'

let house: House
let world: Awaited<ReturnType<typeof openWorld>>
let ines: Person
let paul: Person
let other: Person
before(async () => {
  house = await openHouse([
    ...campaigns,
    ...exchanges,
    ...portfolio,
    ...progress,
    ...runningCampaigns,
    ...registerMoves,
  ])
  world = await openWorld(house)
  const cc = await house.organisation({ name: 'CC des Essais' })
  const neighbour = await house.organisation({ name: 'CC Voisine' })
  const works = (territoryId: number) => [
    { tool: 'campagnes' as const, profile: 'pilote' as const, territoryId },
    { tool: 'fiche-etablissement' as const, profile: 'conseiller' as const, territoryId },
  ]
  ines = await house.person(cc.id, works(places.gironde))
  paul = await house.person(cc.id, works(places.gironde))
  other = await house.person(neighbour.id, works(places.gironde))
})
after(() => house.close())

let company = 0
/** A company of two establishments: the one that is worked, and its successor. */
const two = async (commune = '33001') => {
  company += 1
  const [old, next] = [siretIn(company), siretIn(company, 2)]
  await world.shops({ siret: old, name: `MAISON ${company}` }, { siret: next, name: `MAISON ${company}`, commune })
  return [old, next] as const
}
const exchange = (siret: number, campaignId: string | null, over = {}) =>
  insertExchange(
    house.owner,
    anExchange({ siret, campaignId, organisationId: paul.organisationId, authorId: paul.id, ...here, ...over }),
  )
const withAction = { nextAction: { kind: 'rappel', dueOn: '2026-12-01', dueAt: null, ownerId: '' } }
const recall = () => ({ nextAction: { ...withAction.nextAction, ownerId: paul.id } })
const mark = (campaignId: string, siret: number) =>
  world.query(
    `insert into campaign_contacts values ($1, $2, $3, 1, 1, '2026-10-01')`,
    campaignId,
    siret,
    paul.organisationId,
  )
const actionsAt = (siret: number) =>
  world.query('select cancelled_at is null as open from next_actions where siret = $1', siret)
const events = async (id: string) =>
  (await house.call(ines, 'GET', `/campaigns/${id}/events`)).body.items.map((e: any) => [e.kind, e.targets, e.by])
const trail = (siret: number) =>
  world.query(
    `select e.action, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_kind = 'establishment' and e.subject_id = $1 order by e.at, e.id`,
    String(siret),
  )

test('CAM-14: a closure stops the target, its hold and its next actions; the figures, the events and the trail say so', async () => {
  const [shut] = await two()
  const [stays] = await two()
  const id = await world.campaign(ines, [shut, stays])
  await world.take(id, shut, paul)
  await exchange(shut, id, recall())
  await mark(id, shut)
  await world.close(shut)
  assert.deepEqual(await world.follow(), { applied: 1, undone: 0, told: 1 })
  assert.deepEqual(await world.targets(id), [
    {
      siret: String(shut),
      status: 'ecarte',
      said: 'Fermé le 12 novembre 2026 selon le répertoire',
      by: null,
      held: false,
    },
    { siret: String(stays), status: 'a-contacter', said: null, by: null, held: true },
  ])
  assert.deepEqual(await actionsAt(shut), [{ open: false }])
  const { body } = await house.call(ines, 'GET', `/campaigns/${id}/progress`)
  assert.deepEqual(
    [body.targets, body.setAside, body.funnel[2]],
    [1, 1, { step: 'reached', count: 1 }],
    'the contact stays counted',
  )
  assert.deepEqual(await events(id), [['register-closed', 1, null]])
  const [entry, ...more] = await trail(shut)
  assert.deepEqual([entry.action, entry.actor_id, more], ['register-move.applied', null, []])
  assert.deepEqual(entry.detail, {
    fate: 'closed',
    successor: null,
    closedOn: '2026-11-12',
    targets: { [id]: 'stopped' },
    records: { 'next-action': 1 },
  })
})

test('CAM-14: its owner is told by one mail, and on the portfolio; run once more, nothing is said twice', async () => {
  const [first] = await two()
  const [second, next] = await two()
  const id = await world.campaign(ines, [first, second], { name: 'Automne' })
  for (const siret of [first, second]) await world.take(id, siret, paul)
  await exchange(first, id, recall())
  await world.close(first, second)
  await world.link(second, next)
  await world.query('delete from notifications')
  assert.deepEqual(await world.follow(), { applied: 2, undone: 0, told: 1 })
  assert.deepEqual(await world.follow(), { applied: 0, undone: 0, told: 0 })
  const [mail, ...more] = await world.query('select account_id as to_account_id, text as body from notifications')
  assert.deepEqual([mail.to_account_id, more], [paul.id, []])
  assert.match(mail.body, /fermé le 12 novembre 2026 : mis de côté dans « Automne » ; une action prévue arrêtée/)
  assert.match(mail.body, new RegExp(`continue sous le SIRET ${next} : suivi dans « Automne »`))
  const { body } = await house.call(paul, 'GET', '/portfolio/register-moves')
  const shown = body.items.filter((item: any) => [first, second].includes(Number(item.establishment.siret)))
  assert.deepEqual(
    shown
      .map((item: any) => [
        item.establishment.siret,
        item.successor?.siret ?? null,
        item.campaigns[0].outcome,
        item.actions,
      ])
      .sort(),
    [
      [String(first), null, 'stopped', 1],
      [String(second), String(next), 'carried', 0],
    ],
  )
  assert.deepEqual((await house.call(other, 'GET', '/portfolio/register-moves')).body.items, [], 'nobody else’s')
})

test('CAM-14: a move carries the target, its holder, its hold, its actions and its history to the new SIRET', async () => {
  const [old, next] = await two('33003')
  const id = await world.campaign(ines, [old])
  await world.take(id, old, paul)
  const said = await exchange(old, id, recall())
  await exchange(old, null)
  await mark(id, old)
  await world.query(`insert into correspondents (id, siret, created_at) values (gen_random_uuid(), $1, now())`, old)
  // Noted first elsewhere, they answer for this one too (EST-5).
  await world.query(
    `with c as (insert into correspondents (id, siret, created_at) values (gen_random_uuid(), 33003000000999, now()) returning id)
      insert into correspondent_links (id, correspondent_id, siret, organisation_id, author_id, linked_at)
        select c.id, c.id, $1, a.organisation_id, a.id, now() from c, accounts a where a.id = $2`,
    old,
    ines.id,
  )
  await world.close(old)
  await world.link(old, next)
  await world.follow()
  const links = await world.query('select departement_id, epci_id from correspondent_links where siret = $1', next)
  assert.deepEqual(links, [{ departement_id: 2033, epci_id: places.straddling }], 'rights of a link follow too')
  assert.deepEqual(await world.targets(id), [
    { siret: String(old), status: 'ecarte', said: `Continue sous le SIRET ${next}`, by: null, held: false },
    { siret: String(next), status: 'prise-en-charge', said: null, by: paul.id, held: true },
  ])
  assert.deepEqual(await actionsAt(next), [{ open: true }])
  const history = (await house.call(ines, 'GET', `/exchanges?siret=${next}`)).body.items
  assert.equal(history.length, 2)
  assert.deepEqual((await house.call(ines, 'GET', `/exchanges?siret=${old}`)).body.items, [])
  const territories = await world.query('select epci_id from exchange_contents where exchange_id = $1', said.id)
  assert.deepEqual(territories, [{ epci_id: places.straddling }], 'rights follow the establishment')
  assert.equal((await world.query('select from correspondents where siret = $1', next)).length, 1)
  const { body } = await house.call(ines, 'GET', `/campaigns/${id}/progress`)
  assert.deepEqual([body.targets, body.contacted, body.setAside], [1, 1, 1], 'the employer counts once')
  const line = (await house.call(paul, 'GET', '/portfolio')).body.items.find((i: any) => i.campaign?.id === id)
  assert.deepEqual([line.establishment.siret, line.nextAction.kind], [String(next), 'rappel'])
  assert.deepEqual(await events(id), [['register-moved', 1, null]])
})

test('CAM-14, EST-5: who answers for both the old SIRET and the new one is noted there once', async () => {
  const [old, next] = await two()
  const id = await world.campaign(ines, [old])
  const person = (first: number, other: number) =>
    world.query(
      `with c as (insert into correspondents (id, siret, created_at) values (gen_random_uuid(), $1, now()) returning id)
        insert into correspondent_links (id, correspondent_id, siret, organisation_id, author_id, linked_at)
          select c.id, c.id, $2, a.organisation_id, a.id, now() from c, accounts a where a.id = $3`,
      first,
      other,
      ines.id,
    )
  await person(old, next)
  await person(next, old)
  const places = () =>
    world.query(
      `select c.siret as first, l.siret as link from correspondents c join correspondent_links l on l.correspondent_id = c.id
        where c.siret in ($1, $2) order by 1, 2`,
      old,
      next,
    )
  const before = await places()
  assert.equal(before.length, 2)
  await world.close(old)
  await world.link(old, next)
  assert.equal((await world.follow()).applied, 1)
  assert.deepEqual(await places(), before)
  assert.equal((await world.targets(id)).length, 2)
})

test('CAM-14: an action that an exchange answered follows with it; a correction there counts under the new SIRET', async () => {
  const [old, next] = await two()
  const id = await world.campaign(ines, [old])
  const first = await exchange(old, id, recall())
  const answer = await exchange(old, id, { occurredOn: '2026-11-05' })
  await world.query(
    'update next_actions set answered_by = $2, done_at = now() where exchange_id = $1',
    first.id,
    answer.id,
  )
  await mark(id, old)
  await world.close(old)
  await world.link(old, next)
  await world.follow()
  assert.deepEqual(await world.query('select siret::text from next_actions where exchange_id = $1', first.id), [
    { siret: String(next) },
  ])
  const done = await house.call(paul, 'POST', `/exchanges/${answer.id}/cancel`, { reason: 'Doublon' })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.deepEqual(
    await world.query('select siret::text, contacts from campaign_contacts where campaign_id = $1', id),
    [{ siret: String(next), contacts: 1 }],
  )
})

test('CAM-14: another company that takes over gets the history, not the people met', async () => {
  const [old] = await two()
  const [taker] = await two()
  await exchange(old, null)
  await world.query(`insert into correspondents (id, siret, created_at) values (gen_random_uuid(), $1, now())`, old)
  await world.close(old)
  await world.link(old, taker)
  await world.follow()
  assert.equal((await house.call(ines, 'GET', `/exchanges?siret=${taker}`)).body.items.length, 1)
  assert.equal((await world.query('select from correspondents where siret = $1', old)).length, 1)
})

test('CAM-14, CAM-3: a successor that another campaign holds in the days before it closes, of either, does not arrive as a target', async () => {
  const today = parisDay(new Date())
  const period = (from: number, last: number) => [addDays(today, from), addDays(today, last)] as const
  /** Open over these days, whose targets it holds. */
  const open = async (pilot: Person, sirets: number[], [startsOn, endsOn]: readonly [string, string]) => {
    const id = await world.campaign(pilot, sirets, { startsOn, endsOn })
    await world.query(
      `update campaign_holds set period = daterange($2, $3, '[]') where campaign_id = $1`,
      id,
      startsOn,
      endsOn,
    )
    return id
  }
  const cases = [
    ['theirs starts fourteen days after the last of ours', period(-60, 30), period(44, 90), 'ecarte'],
    ['theirs starts once ours is closed', period(-60, 30), period(46, 90), 'a-contacter'],
    ['theirs is past its last day, and not closed', period(-10, 60), period(-90, -11), 'ecarte'],
    ['theirs, past its last day, closes before ours starts', period(40, 90), period(-90, -5), 'a-contacter'],
    ['ours is past its last day, and not closed', period(-90, -40), period(-2, 60), 'ecarte'],
  ] as const
  const laid: { what: string; ours: string; next: number; status: string }[] = []
  for (const [what, ours, theirs, status] of cases) {
    const [old, next] = await two()
    laid.push({ what, ours: await open(ines, [old], ours), next, status })
    await open(other, [next], theirs)
    await world.close(old)
    await world.link(old, next)
  }
  await world.follow()
  for (const { what, ours, next, status } of laid) {
    const row = (await world.targets(ours)).find(target => Number(target.siret) === next)
    assert.deepEqual(
      [row.status, row.said, row.held],
      status === 'ecarte' ? [status, 'Déjà suivi par CC Voisine', false] : [status, null, true],
      what,
    )
  }
})

test('CAM-14: conflicts are weighed: held by another campaign, a target already, set aside by its pilot, gone elsewhere', async () => {
  const [held, heldNext] = await two()
  const [both, bothNext] = await two()
  const [aside, asideNext] = await two()
  const [gone, goneNext] = await two('40002')
  const id = await world.campaign(ines, [held, both, bothNext, aside, asideNext, gone])
  const theirs = await world.campaign(other, [heldNext])
  await world.take(id, both, paul)
  await world.query(
    `update campaign_targets set status = 'ecarte', set_aside_reason = 'Trop petit' where campaign_id = $1 and siret = $2`,
    id,
    asideNext,
  )
  await world.query('delete from campaign_holds where campaign_id = $1 and siret = $2', id, asideNext)
  await world.close(held, both, aside, gone)
  for (const [from, to] of [
    [held, heldNext],
    [both, bothNext],
    [aside, asideNext],
    [gone, goneNext],
  ] as const)
    await world.link(from, to)
  await world.follow()
  const rows = new Map((await world.targets(id)).map(row => [Number(row.siret), row]))
  const at = (siret: number) => [rows.get(siret).status, rows.get(siret).said, rows.get(siret).held]
  assert.deepEqual(at(heldNext), ['ecarte', 'Déjà suivi par CC Voisine', false])
  assert.deepEqual(at(bothNext), ['prise-en-charge', null, true])
  assert.equal(rows.get(bothNext).by, paul.id, 'who took care of the one takes care of the other')
  assert.deepEqual(at(asideNext), ['ecarte', 'Trop petit', false])
  assert.deepEqual(at(goneNext), ['ecarte', 'Parti hors du territoire de la campagne', false])
  assert.deepEqual(
    (await world.targets(theirs)).map(row => [row.status, row.held]),
    [['a-contacter', true]],
  )
})

test('CAM-14: two establishments merged into one make one target; a chain of moves leads to its end', async () => {
  const [a, next] = await two()
  const b = siretIn(company, 3)
  const last = siretIn(company, 4)
  await world.shops({ siret: b }, { siret: last })
  const id = await world.campaign(ines, [a, b])
  for (const siret of [a, b]) await exchange(siret, id)
  await world.close(a, b, next)
  await world.link(a, next)
  await world.link(b, last)
  await world.link(next, last)
  await world.follow()
  const rows = await world.targets(id)
  assert.deepEqual(
    rows.map(row => [row.siret, row.status, row.held]),
    [
      [String(a), 'ecarte', false],
      [String(b), 'ecarte', false],
      [String(last), 'a-contacter', true],
    ],
  )
  assert.deepEqual(
    await world.query('select siret::text, contacts from campaign_contacts where campaign_id = $1', id),
    [{ siret: String(last), contacts: 2 }],
  )
})

test('CAM-14: the link comes a month after the closing: what had stopped follows', async () => {
  const [old, next] = await two()
  const id = await world.campaign(ines, [old])
  await world.take(id, old, paul)
  await exchange(old, id, recall())
  await world.close(old)
  await world.follow()
  await world.link(old, next)
  assert.deepEqual(await world.follow(), { applied: 1, undone: 1, told: 1 })
  const [, carried] = await world.targets(id)
  assert.deepEqual(
    [carried.siret, carried.status, carried.by, carried.held],
    [String(next), 'prise-en-charge', paul.id, true],
  )
  assert.deepEqual(await actionsAt(next), [{ open: true }])
})

test('CAM-14: a register that corrects itself is followed back: reopened, or its link withdrawn', async () => {
  const [shut] = await two()
  const [old, next] = await two()
  const id = await world.campaign(ines, [shut, old])
  for (const siret of [shut, old]) {
    await world.take(id, siret, paul)
    await exchange(siret, id, recall())
    await mark(id, siret)
  }
  const before = await world.targets(id)
  const contacts = () =>
    world.query('select siret::text, contacts, needs from campaign_contacts where campaign_id = $1 order by 1', id)
  const marks = await contacts()
  await world.close(shut, old)
  await world.link(old, next)
  await world.follow()
  await world.reopen(shut, old)
  await world.unlink(old)
  assert.deepEqual(await world.follow(), { applied: 0, undone: 2, told: 1 })
  const after = await world.targets(id)
  assert.deepEqual(
    after.filter(row => row.siret !== String(next)),
    before,
  )
  assert.deepEqual(after.find(row => row.siret === String(next)).status, 'ecarte')
  assert.deepEqual(await contacts(), marks)
  for (const siret of [shut, old]) assert.deepEqual(await actionsAt(siret), [{ open: true }])
  assert.deepEqual((await events(id))[0], ['register-restored', 2, null])
  assert.deepEqual(
    (await trail(shut)).map(entry => entry.action),
    ['register-move.applied', 'register-move.undone'],
  )
  await world.close(shut)
  assert.equal((await world.follow()).applied, 1, 'and closes again')
})

test('CAM-14: what was worked since is left as it is when the register corrects itself', async () => {
  const [put] = await two()
  const [old, next] = await two()
  const id = await world.campaign(ines, [put, old])
  await world.close(put, old)
  await world.link(old, next)
  await world.follow()
  const back = await house.call(ines, 'POST', `/campaigns/${id}/targets/${put}/put-back`, {})
  assert.equal(back.status, 200, JSON.stringify(back.body))
  assert.deepEqual(await world.follow(), { applied: 0, undone: 0, told: 0 }, 'the pilot’s word stands')
  await exchange(next, id, { occurredOn: '2026-11-20' })
  await world.reopen(put, old)
  assert.equal((await world.follow()).undone, 2)
  const rows = new Map((await world.targets(id)).map(row => [Number(row.siret), row]))
  assert.deepEqual([rows.get(put).status, rows.get(put).held], ['a-contacter', true])
  assert.deepEqual([rows.get(next).status, rows.get(next).held], ['a-contacter', true])
  assert.equal(rows.get(old).status, 'ecarte')
})

test('CAM-14: reopened where another campaign took it meanwhile: it stays aside, and says so', async () => {
  const [shut] = await two()
  const id = await world.campaign(ines, [shut])
  await world.close(shut)
  await world.follow()
  const theirs = await world.campaign(other, [shut])
  await world.reopen(shut)
  await world.follow()
  assert.deepEqual(await world.targets(id).then(([row]) => [row.status, row.said, row.held]), [
    'ecarte',
    'Rouvert selon le répertoire, mais déjà suivi par une autre campagne',
    false,
  ])
  assert.deepEqual(
    (await world.targets(theirs)).map(row => row.held),
    [true],
  )
})

test('CAM-14: a campaign that is over keeps its figures; a closure alone changes nothing of it', async () => {
  const [shut] = await two()
  const [old, next] = await two()
  const over = { status: 'closed' as const }
  const id = await world.campaign(ines, [shut, old], over)
  await exchange(old, id)
  await mark(id, old)
  const figures = async () => {
    const { targets, contacted, funnel } = (await house.call(ines, 'GET', `/campaigns/${id}/progress`)).body
    return [targets, contacted, funnel]
  }
  const before = await figures()
  await world.close(shut, old)
  await world.link(old, next)
  await world.follow()
  assert.deepEqual(await figures(), before)
  assert.equal((await world.targets(id))[0].status, 'a-contacter')
})

test('CAM-14: three jobs at once: each fate is written once', async () => {
  const pairs = await Promise.all(Array.from({ length: 12 }, () => two()))
  const id = await world.campaign(
    ines,
    pairs.map(([old]) => old),
  )
  await world.close(...pairs.map(([old]) => old))
  for (const [old, next] of pairs) await world.link(old, next)
  const runs = await Promise.all([1, 2, 3].map(() => followAs(house.urls.workerUrl)))
  assert.equal(
    runs.reduce((sum, run) => sum + run.applied, 0),
    12,
  )
  const rows = await world.targets(id)
  assert.deepEqual([rows.length, rows.filter(row => row.held).length], [24, 12])
  assert.deepEqual(await events(id), [['register-moved', 12, null]])
})

test('CAM-14: an establishment that the register no longer diffuses is none that closed', async () => {
  const [hidden] = await two()
  const id = await world.campaign(ines, [hidden])
  await world.query(`update establishments set diffusion = 'N' where siret = $1`, hidden)
  assert.equal((await world.follow()).applied, 0)
  assert.equal((await world.targets(id))[0].held, true)
})

test('CAM-14: a campaign opens on the successors in the same second: each is held once, and none is worked unheld', async () => {
  const pairs = await Promise.all(Array.from({ length: 12 }, () => two()))
  const successors = pairs.map(([, next]) => next)
  const id = await world.campaign(
    ines,
    pairs.map(([old]) => old),
  )
  const draft = await world.campaign(other, successors, { status: 'draft' })
  await world.close(...pairs.map(([old]) => old))
  for (const [old, next] of pairs) await world.link(old, next)
  const [opened, followed] = await Promise.all([house.call(other, 'POST', `/campaigns/${draft}/open`), world.follow()])
  assert.equal(followed.applied, 12)
  assert.ok(opened.status === 200 || opened.body.code === 'campaign/undecided-conflicts', JSON.stringify(opened.body))
  const ours = (await world.targets(id)).filter(row => successors.includes(Number(row.siret)))
  const worked = opened.status === 200 ? 0 : 12
  assert.deepEqual([ours.length, ours.filter(row => row.held).length], [12, worked])
  assert.equal(ours.filter(row => row.status !== 'ecarte').length, worked)
})

test('CAM-14: killed in the middle, the next run goes on: nothing is lost, nothing is told twice', async () => {
  company += 1
  const shut = Array.from({ length: 250 }, (_, n) => siretIn(company, n + 1))
  await world.shops(...shut.map(siret => ({ siret })))
  const id = await world.campaign(ines, shut)
  for (const siret of shut) await world.take(id, siret, paul)
  await world.close(...shut)
  await world.query('delete from notifications')
  const client = new pg.Client(house.urls.workerUrl)
  client.on('error', () => {})
  await client.connect()
  const pid = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid
  const step = within(client)
  let steps = 0
  const dying: typeof step = work =>
    step(async inside => {
      const done = await work(inside)
      steps += 1
      // Before its commit.
      if (steps === lastStep) await world.query('select pg_terminate_backend($1)', pid)
      return done
    })
  const standing = (await world.query('select count(*)::int as n from register_moves where undone_at is null'))[0].n
  // The list of those that stand and its batches, the list of candidates, a first batch; then the second dies.
  const lastStep = 1 + Math.ceil(standing / 100) + 1 + 2
  await assert.rejects(followRegister({ within: dying, signal: undefined }))
  await client.end().catch(() => {})
  const stopped = async () => (await world.targets(id)).filter(row => row.status === 'ecarte').length
  assert.equal(await stopped(), 100)
  assert.equal((await world.follow()).applied, 150)
  assert.equal(await stopped(), 250)
  assert.deepEqual(await events(id), [['register-closed', 250, null]])
  assert.equal((await world.query('select from notifications')).length, 1)
})

test('CAM-14: reopened after the campaign was prolonged and its holder left: held to the new last day, free to take', async () => {
  const [shut] = await two()
  const gone = await house.person(paul.organisationId)
  const id = await world.campaign(ines, [shut])
  await world.take(id, shut, gone)
  await world.close(shut)
  await world.query('delete from notifications')
  await world.query(`update accounts set status = 'suspended' where id = $1`, gone.id)
  assert.equal((await world.follow()).told, 0, 'nobody who left is written to')
  await world.query(`update campaigns set ends_on = '2027-06-30' where id = $1`, id)
  await world.reopen(shut)
  await world.follow()
  const [row] = await world.targets(id)
  assert.deepEqual([row.status, row.by], ['a-contacter', null])
  assert.deepEqual(
    await world.query('select upper(period)::text as until from campaign_holds where campaign_id = $1', id),
    [{ until: '2027-07-01' }],
  )
})
