import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { castOf, emptied } from '../texts/testing.ts'
import { tools } from './index.ts'

let house: House
let mailbox: Mailbox
let partner: string
let admin: Person
let claire: Person
let rgc: Person
before(async () => {
  house = await openHouse([...tools])
  mailbox = await openMailbox()
  ;({ partner, admin, claire, rgc } = await castOf(house))
})
after(async () => {
  await mailbox.close()
  await house.close()
})
afterEach(() => emptied(house, 'access_requests', 'access_requesters', 'mails'))

test('POR-7: access is asked for by the person the structure designated, and by no one else, whatever their role', async () => {
  const ask = (who: Person, over: object = {}) =>
    house.call(who, 'POST', '/access-requests', { people: 12, message: '', ...over }, once())
  const designate = (who: Person, accountId: string) =>
    house.call(who, 'POST', '/access-requesters', { accountId }, once())
  const signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
  for (const who of [claire, rgc, signatory, admin])
    assert.equal((await ask(who)).body.code, 'access-request/designated-only')
  assert.equal((await designate(rgc, claire.id)).body.code, 'access-request/signatory-only')
  assert.equal((await designate(signatory, admin.id)).body.code, 'account/unknown', 'of another structure')
  assert.equal((await designate(signatory, claire.id)).status, 200)
  const { status, body: request } = await ask(claire)
  assert.deepEqual([status, request.people, request.decision, request.told.emptyRoles], [200, 12, null, []])
  const asked = async () =>
    (await house.owner.query(`select to_account_id, path, body from mails where kind = 'access-requested' order by 1`))
      .rows
  const answerers = (
    await house.owner.query(`select account_id from role_assignments where role = 'administrateur' order by 1`)
  ).rows.map(r => r.account_id)
  assert.ok(answerers.includes(admin.id))
  assert.deepEqual(
    (await asked()).map(m => [m.to_account_id, m.path, /pour 12 personnes/.test(m.body)]),
    answerers.map(id => [id, '/demandes-d-acces', true]),
    'those who answer it are told',
  )
  assert.equal((await ask(claire)).body.code, 'access-request/pending')
  assert.equal((await ask(claire, { people: 0 })).status, 400)
  assert.equal((await asked()).length, answerers.length, 'once, and of no request refused')

  assert.equal((await designate(signatory, rgc.id)).status, 200, 'replaces')
  assert.equal((await ask(claire)).body.code, 'access-request/designated-only')
  const { body: list } = await house.call(claire, 'GET', '/access-requests')
  assert.deepEqual([list.designated.person.id, list.items.length, list.allowed], [rgc.id, 1, []])

  assert.equal(
    (
      await house.call(
        rgc,
        'POST',
        `/access-requests/${request.id}/decision`,
        { decision: 'accepted', reason: 'x' },
        once(),
      )
    ).body.code,
    'access/role-required',
  )
  const decided = await house.call(
    admin,
    'POST',
    `/access-requests/${request.id}/decision`,
    { decision: 'accepted', reason: 'La convention est en vigueur.' },
    once(),
  )
  assert.deepEqual([decided.status, decided.body.decision], [200, 'accepted'])
  assert.equal(
    (
      await house.call(
        admin,
        'POST',
        `/access-requests/${request.id}/decision`,
        { decision: 'refused', reason: 'x' },
        once(),
      )
    ).body.code,
    'access-request/already-decided',
  )
  const mail = (await deliverMails(house, mailbox)).find(m => /acceptée/.test(m.text))
  assert.match(mail!.text, /est acceptée\.\n\nMotif donné par l’opérateur : La convention est en vigueur\./)
  assert.equal((await ask(rgc)).status, 200, 'once answered, another may be made')
})

test('POR-7: the operator reads those that wait, the oldest first, however many; then those answered', async () => {
  const [first, second] = [(await house.organisation()).id, (await house.organisation()).id]
  const request = (organisation: string, at: string, decided = false) =>
    house.owner.query(
      `insert into access_requests values (gen_random_uuid(), $1, $2, 1, '', $3,
        ${decided ? `'accepted', 'Oui.', $2, $3` : 'null, null, null, null'})`,
      [organisation, admin.id, at],
    )
  await request(second, '2026-03-02')
  await request(first, '2026-03-01')
  await request(first, '2026-01-01', true)
  await request(first, '2026-02-01', true)
  const { items } = (await house.call(admin, 'GET', '/access-requests')).body
  assert.deepEqual(
    items.map((i: any) => [i.requestedAt.slice(0, 10), i.decision]),
    [
      ['2026-03-01', null],
      ['2026-03-02', null],
      ['2026-02-01', 'accepted'],
      ['2026-01-01', 'accepted'],
    ],
  )
})

test('POR-5, POR-7: what waits for an answer is all there, for the administrator who answers, and to answer for nobody else', async () => {
  const several = await Promise.all(Array.from({ length: 3 }, () => house.organisation()))
  await house.owner.query(
    `insert into access_requests select gen_random_uuid(), $1, $2, 1, '', '2026-01-01'::date + n, 'accepted', 'Oui.', $2, '2026-04-01'
      from generate_series(1, 210) n`,
    [several[0]!.id, admin.id],
  )
  const askers = await Promise.all(several.map(({ id }) => house.person(id)))
  for (const { id, organisationId } of askers)
    await house.owner.query(
      `insert into access_requests values (gen_random_uuid(), $1, $2, 1, '', now(), null, null, null, null)`,
      [organisationId, id],
    )
  const officer = await house.person(admin.organisationId)
  await giveRole(house.owner, officer, 'cssi')
  const seen = async (who: Person) => {
    const { items } = (await house.call(who, 'GET', '/access-requests')).body
    return ['waits', 'decides', 'all'].map(
      what =>
        items.filter((i: any) => what === 'all' || (what === 'waits' ? i.decision === null : i.allowed.length > 0))
          .length,
    )
  }
  assert.deepEqual(
    [await seen(admin), await seen(officer), await seen(askers[1]!), await seen(claire)],
    [
      [3, 3, 200],
      [3, 0, 200],
      [1, 0, 1],
      [0, 0, 0],
    ],
  )
  // One structure has one request that waits: more than two hundred of them come from as many.
  await house.owner.query(
    `with o as (insert into organisations (id, siret, name, kind, created_at)
      select gen_random_uuid(), 98000000000000 + n, 'Essai', 'autre', now() from generate_series(1, 205) n returning id)
      insert into access_requests select gen_random_uuid(), o.id, $1, 1, '', now(), null, null, null, null from o`,
    [admin.id],
  )
  assert.deepEqual(await seen(admin), [208, 208, 208])
})

test('POR-7: designated by a transaction that began after ours: replaced all the same', async () => {
  const signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
  await house.owner.query(
    `insert into access_requesters values (gen_random_uuid(), $1, $2, $2, now() + interval '2 seconds')`,
    [partner, claire.id],
  )
  assert.equal((await house.call(signatory, 'POST', '/access-requesters', { accountId: rgc.id }, once())).status, 200)
  assert.equal((await house.owner.query('select from access_requesters where ended_at is null')).rowCount, 1)
})

test('POR-7: at once: two requests of one structure, one is taken', async () => {
  const signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
  await house.call(signatory, 'POST', '/access-requesters', { accountId: claire.id }, once())
  const answers = await Promise.all(
    [1, 2].map(people => house.call(claire, 'POST', '/access-requests', { people, message: '' }, once())),
  )
  assert.deepEqual(answers.map(a => a.body.code ?? 'taken').sort(), ['access-request/pending', 'taken'])
})

test('POR-7, AGR-9: an accepted request leads to what opens the access: its accounts under a convention in force, else the convention to prepare; a refused one leads nowhere', async () => {
  const region = await house.person(admin.organisationId)
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine') on conflict do nothing`,
  )
  await giveRole(house.owner, region, 'direction-regionale', { regionId: 1075 })
  const structure = async (convention: boolean) => {
    const { id } = await house.organisation()
    if (convention) await house.owner.query('update conventions set region_id = 1075 where organisation_id = $1', [id])
    else
      await house.owner.query(
        `update conventions set region_id = 1075, effective_from = null, ends_at = null where organisation_id = $1`,
        [id],
      )
    const [asker, manager] = [await house.person(id), await house.person(id)]
    if (convention) await giveRole(house.owner, manager, 'rgc')
    await giveRole(house.owner, manager, 'signataire')
    return { id, asker, manager }
  }
  const decided = async ({ id, asker }: { id: string; asker: Person }, decision: string) => {
    const request = (
      await house.owner.query(
        `insert into access_requests values (gen_random_uuid(), $1, $2, 12, '', now(), null, null, null, null)
          returning id`,
        [id, asker.id],
      )
    ).rows[0].id
    const answer = await house.call(
      admin,
      'POST',
      `/access-requests/${request}/decision`,
      { decision, reason: 'Vu.' },
      once(),
    )
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    const { rows } = await house.owner.query(
      `select to_account_id as id, path, body from mails where kind = 'access-accepted' and about_id = $1`,
      [request],
    )
    return { next: answer.body.next, told: answer.body.told, mails: rows }
  }
  const under = await structure(true)
  const open = await decided(under, 'accepted')
  assert.deepEqual([open.next, open.told.mails], ['accounts', open.mails.length])
  assert.equal(open.mails.find(mail => mail.id === under.manager.id)?.path, '/habilitations/personnes/nouvelle')
  assert.ok(
    open.mails.every(mail => /pour 12 personnes/.test(mail.body) && /Sa convention est en vigueur/.test(mail.body)),
  )
  const without = await structure(false)
  const prepare = await decided(without, 'accepted')
  assert.equal(prepare.next, 'convention')
  assert.equal(prepare.mails.find(mail => mail.id === region.id)?.path, '/conventions/nouvelle')
  assert.equal(prepare.mails.find(mail => mail.id === without.manager.id)?.path, '/conventions')
  assert.deepEqual(await decided(under, 'refused'), { next: null, told: null, mails: [] })
})
