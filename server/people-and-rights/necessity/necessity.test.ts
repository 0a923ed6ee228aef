import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { unreachableIdentity } from '../../signing-in/identity/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { sightsOf } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { necessity } from './index.ts'

const identity = unreachableIdentity()
let house: House
let operator: string
let cssi: Person, here: Person, away: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const why = { ground: 'necessity', reason: 'Plus aucun RGC, demande du maire' } as const
const post = (who: Person, path: string, body: object = why) =>
  house.call(who, 'POST', `/exceptional/${path}`, body, once())
const act = (who: Person, of: Person, what: string, over: object = {}) =>
  post(who, `people/${of.id}/acts`, { act: what, ...why, ...over })
const factors = (who: Person) =>
  rows(
    `insert into second_factors (id, account_id, kind, label, created_at, secret, last_step)
      values ($1, $2, 'totp', 'Téléphone', now(), '\\x00', 0)`,
    [uuidv7(), who.id],
  )
const statusOf = async (who: Person) => (await rows('select status from accounts where id = $1', [who.id]))[0].status
const grantsOf = async (who: Person) =>
  (await rows('select id from grants where account_id = $1 and revoked_at is null', [who.id])).map(g => g.id)
const entryOf = async (who: Person, action: string) =>
  (
    await rows(
      `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_id = $1 and e.action = $2 order by e.at desc, e.id desc limit 1`,
      [who.id, action],
    )
  )[0]
/** A partner of Nouvelle-Aquitaine whose account managers are as many as said, with its signatory and two agents. */
const partner = async (managers = 0) => {
  const organisationId = (await house.organisation()).id
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [organisationId])
  const signs = await house.person(organisationId)
  await giveRole(house.owner, signs, 'signataire')
  const rgcs: Person[] = []
  for (let n = 0; n < managers; n++) {
    rgcs.push(await house.person(organisationId))
    await giveRole(house.owner, rgcs[n]!, 'rgc')
  }
  const agent = await house.person(organisationId, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  const colleague = await house.person(organisationId)
  return { organisationId, signs, rgcs, agent, colleague }
}
before(async () => {
  house = await openHouse([...necessity, ...people], { settings: { identity } })
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  operator = (await house.organisation({ kind: 'operateur' })).id
  ;[cssi, here, away] = (await Promise.all([0, 1, 2].map(() => house.person(operator)))) as [Person, Person, Person]
  await giveRole(house.owner, cssi, 'cssi')
  await giveRole(house.owner, here, 'cssi', { regionId: 1075 })
  await giveRole(house.owner, away, 'cssi', { regionId: 1053 })
})
after(() => house.close())

test('ACC-10, RGC-8: when nobody manages the accounts of a partner, the CSSI suspends, restores and deletes a leaver, with a ground and a reason; the structure is told at once, the trail and the page mark it', async () => {
  const { agent, signs } = await partner()
  for (const [what, status, action] of [
    ['suspend', 'suspended', 'account.suspended'],
    ['resume', 'active', 'account.resumed'],
    ['depart', 'deleted', 'account.deleted'],
  ] as const) {
    await rows('delete from mails')
    const done = await act(cssi, agent, what)
    assert.deepEqual([done.status, done.body.told.mails > 0, await statusOf(agent)], [200, true, status], what)
    const told = await rows(`select to_account_id as id, body from mails where kind = 'necessity-act'`)
    assert.ok(told.some(mail => mail.id === signs.id) && told.every(mail => mail.id !== cssi.id), what)
    assert.match(told[0].body, /Par nécessité\. Motif : Plus aucun RGC, demande du maire/)
    const { actor_id: by, detail } = await entryOf(agent, action)
    assert.deepEqual(
      [by, detail.exceptional, detail.ground, detail.reason],
      [cssi.id, true, 'necessity', 'Plus aucun RGC, demande du maire'],
    )
  }
  assert.deepEqual(await grantsOf(agent), [])
  // Who left is reminded of confidentiality, though the CSSI is of another structure.
  assert.equal((await rows(`select from mails where kind = 'confidentiality-reminder'`)).length, 1)
  const kept = await rows('select act, ground, done_by from exceptional_acts where account_id = $1 order by done_at', [
    agent.id,
  ])
  assert.deepEqual(
    kept.map(k => [k.act, k.ground, k.done_by]),
    [
      ['suspend', 'necessity', cssi.id],
      ['resume', 'necessity', cssi.id],
      ['depart', 'necessity', cssi.id],
    ],
  )
})

test('ACC-10: a suspension for inactivity is lifted, and an incident is named by its reference', async () => {
  const { agent } = await partner()
  await rows(
    `update grants set starts_on = '2020-01-01', granted_at = now() - interval '1 year' where account_id = $1`,
    [agent.id],
  )
  await rows('delete from account_activity where account_id = $1', [agent.id])
  await rows(`update accounts set created_at = now() - interval '1 year' where id = $1`, [agent.id])
  const unnamed = await act(cssi, agent, 'lift', { ground: 'incident' })
  assert.deepEqual([unnamed.status, unnamed.body.code], [422, 'necessity/incident-needed'])
  const lifted = await act(cssi, agent, 'lift', { ground: 'incident', incident: 'INC-2026-118' })
  assert.equal(lifted.status, 200, JSON.stringify(lifted.body))
  assert.deepEqual((await entryOf(agent, 'account.inactivity-lifted')).detail.incident, 'INC-2026-118')
  assert.equal((await act(cssi, agent, 'lift')).body.code, 'person/already')
  const bodies = await rows(`select body from mails where kind = 'necessity-act' and about_id = $1`, [agent.id])
  assert.ok(bodies.some(mail => mail.body.includes('Pour un incident de sécurité, référence INC-2026-118')))
})

test('ACC-10, IDN-6: a grant ends, and a lost second factor is reset, the signatory’s too: the code is shown once, in no mail and no trail', async () => {
  const { agent, signs } = await partner()
  const [grant] = await grantsOf(agent)
  assert.equal((await post(here, `grants/${grant}/end`)).status, 404, 'not before the file is open')
  assert.equal((await post(here, `people/${agent.id}/open`)).status, 200)
  assert.equal((await post(here, `grants/${grant}/end`)).status, 200)
  assert.deepEqual(await grantsOf(agent), [])
  assert.equal((await entryOf(agent, 'grant.ended')).detail.exceptional, true)
  assert.equal((await post(here, `grants/${grant}/end`)).body.code, 'grant/over')
  await factors(signs)
  const reset = await post(cssi, `people/${signs.id}/second-factors/reset`)
  assert.deepEqual([reset.status, reset.body.factors], [200, 1])
  assert.match(reset.body.code, /^\d{4} \d{4}$/)
  assert.deepEqual(await rows('select from second_factors where account_id = $1', [signs.id]), [])
  const { detail } = await entryOf(signs, 'second-factors.reset')
  assert.equal(detail.exceptional, true)
  const digits = reset.body.code.replace(' ', '')
  assert.ok(
    !JSON.stringify([detail, await rows('select body from mails')])
      .replaceAll(' ', '')
      .includes(digits),
  )
})

test('ACC-10, RGC-5: refused while an account manager can, for oneself, in one’s own structure, elsewhere than one’s region, without a proof or a reason', async () => {
  const { agent, rgcs } = await partner(1)
  const can = await act(cssi, agent, 'suspend')
  assert.deepEqual([can.status, can.body.code], [409, 'necessity/manager-can'])
  assert.match(can.body.detail, /demandez-le-lui/)
  assert.equal((await act(cssi, rgcs[0]!, 'suspend')).status, 200, 'the only one: nobody else can for them')
  assert.equal((await act(cssi, agent, 'suspend')).status, 200, 'suspended, they can no more')
  const mate = await house.person(operator)
  // They find their colleagues: the refusal says who decides. The officer of a region finds none.
  for (const [who, code] of [
    [cssi, 'grant/own'],
    [mate, 'necessity/own-structure'],
  ] as const) {
    assert.equal((await act(cssi, who, 'suspend')).body.code, code)
    assert.equal((await post(cssi, `people/${who.id}/open`)).body.code, code)
    assert.equal((await house.call(cssi, 'GET', `/exceptional/people/${who.id}`)).body.code, code)
  }
  assert.equal((await act(here, mate, 'suspend')).status, 404)
  const other = await partner()
  assert.deepEqual(
    [(await act(away, other.agent, 'suspend')).status, (await act(here, other.agent, 'suspend')).status],
    [404, 200],
  )
  for (const who of [other.colleague, agent, rgcs[0]!])
    assert.ok([403, 404, 401].includes((await act(who, other.agent, 'resume')).status))
  for (const wrong of [{ reason: 'court' }, { reason: undefined }, { ground: 'envie' }, { ground: undefined }])
    assert.equal((await act(cssi, other.colleague, 'suspend', wrong)).body.code, 'request/malformed')
  assert.equal((await act(cssi, { ...agent, id: uuidv7() }, 'suspend')).status, 404)
  const stale = await house.person(operator, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, stale, 'cssi')
  assert.equal((await act(stale, other.colleague, 'suspend')).body.code, 'session/step-up-required')
  assert.equal(await statusOf(other.colleague), 'active')
})

test('ACC-10: twice at once, once: the second is told what became of it', async () => {
  const { agent } = await partner()
  const both = await Promise.all([act(cssi, agent, 'depart'), act(here, agent, 'depart')])
  assert.deepEqual(both.map(b => b.body.code ?? 'done').sort(), ['done', 'person/gone'])
  assert.equal((await rows('select from exceptional_acts where account_id = $1', [agent.id])).length, 1)
})

test('ACC-10, RGC-8: with nobody left the signatory does the same for their structure, seen by the CSSI; with an account manager, no more', async () => {
  const { agent, colleague, signs, organisationId } = await partner()
  await rows('delete from mails')
  assert.equal((await act(signs, agent, 'suspend')).status, 200)
  const told = (await rows(`select to_account_id as id, body from mails where kind = 'necessity-act'`)) as any[]
  assert.ok(told.some(mail => mail.id === cssi.id) && told.some(mail => mail.id === here.id))
  assert.match(told[0].body, /le signataire de la structure a suspendu un compte/)
  assert.equal((await entryOf(agent, 'account.suspended')).detail.exceptional, true)
  assert.equal((await act(signs, signs, 'suspend')).body.code, 'grant/own')
  await factors(colleague)
  assert.equal((await post(signs, `people/${colleague.id}/second-factors/reset`)).status, 200)
  // Whether somebody is still there is what they decide on.
  const seen = async (who: Person, of: Person) =>
    (
      await sightsOf(
        house.database,
        [tokenHash(who.cookie.slice('session='.length))],
        sql<{ id: string }>`select account_id as id from account_activity where account_id = ${of.id}`,
      )
    )[0]!.ids.size === 1
  for (const one of [agent, colleague])
    await rows(
      `insert into account_activity (account_id, organisation_id, last_act_at, first_at)
        values ($1, $2, '2026-01-05T09:00:00Z', '2026-01-05T09:00:00Z')
        on conflict (account_id) do update set last_act_at = excluded.last_act_at`,
      [one.id, organisationId],
    )
  assert.deepEqual([await seen(signs, agent), await seen(await house.person(organisationId), agent)], [true, false])
  const page = await house.call(signs, 'GET', `/habilitations/people/${agent.id}`)
  assert.equal(page.body.lastActAt, '2026-01-05T09:00:00.000Z')
  assert.deepEqual([page.status, page.body.allowed, page.body.standsIn], [200, [], ['resume', 'end-grant', 'depart']])
  assert.deepEqual(
    page.body.exceptional.map((x: any) => [x.act, x.ground, x.by.id]),
    [['suspend', 'necessity', signs.id]],
  )
  const listed = (await house.call(signs, 'GET', '/habilitations/people')).body.items.map((p: any) => p.id)
  assert.ok(listed.includes(agent.id) && listed.includes(colleague.id))
  assert.equal((await post(signs, `grants/${(await grantsOf(agent))[0]}/end`)).status, 200)
  assert.equal((await act(signs, agent, 'depart')).status, 200)
  assert.equal((await act(signs, (await partner()).agent, 'suspend')).status, 404, 'of another structure')

  const rgc = await house.person(organisationId)
  await giveRole(house.owner, rgc, 'rgc')
  assert.equal((await act(signs, colleague, 'suspend')).body.code, 'necessity/manager-can')
  assert.equal((await house.call(signs, 'GET', `/habilitations/people/${colleague.id}`)).status, 404)
  await rows(
    `insert into account_activity (account_id, organisation_id, last_act_at, first_at) values ($1, $2, now(), now())
      on conflict (account_id) do nothing`,
    [rgc.id, organisationId],
  )
  assert.deepEqual([await seen(signs, colleague), await seen(signs, rgc)], [false, true], 'of account managers alone')
  const after = (await house.call(signs, 'GET', '/habilitations/people')).body.items.map((p: any) => p.id)
  assert.deepEqual(after, [rgc.id])
  const own = await house.call(rgc, 'GET', `/habilitations/people/${agent.id}`)
  assert.deepEqual(
    own.body.exceptional.map((x: any) => x.act),
    ['depart', 'end-grant', 'suspend'],
  )
})

test('RGC-5, ACC-10: what a partner’s person holds is read by the CSSI once the file is open, with a reason that the account managers read at once, and for an hour', async () => {
  const { agent, rgcs } = await partner(1)
  const read = (who: Person) => house.call(who, 'GET', `/exceptional/people/${agent.id}`)
  assert.deepEqual([(await read(here)).status, (await read(here)).body.code], [403, 'necessity/open-first'])
  assert.equal((await post(here, `people/${agent.id}/open`, { ...why, reason: 'court' })).status, 400)
  await rows('delete from mails')
  const opened = await post(here, `people/${agent.id}/open`, {
    ground: 'incident',
    incident: 'INC-7',
    reason: 'Alerte du centre de supervision',
  })
  assert.equal(opened.status, 200)
  assert.ok((await rows(`select to_account_id as id from mails`)).some(mail => mail.id === rgcs[0]!.id))
  assert.equal((await entryOf(agent, 'account.file-opened')).detail.exceptional, true)
  const file = (await read(here)).body
  assert.deepEqual(
    [file.grants.map((g: any) => g.tool), file.managed, file.allowed, file.acts.map((x: any) => x.act)],
    [['campagnes'], true, [], ['read']],
  )
  assert.equal((await read(cssi)).body.code, 'necessity/open-first', 'another officer gives their own reason')
  assert.equal((await read(away)).status, 404)
  assert.equal((await read(rgcs[0]!)).body.code, 'access/role-required')
  const earlier = (minutes: number) =>
    rows(`update exceptional_acts set done_at = now() - make_interval(mins => $2) where account_id = $1`, [
      agent.id,
      minutes,
    ])
  await earlier(59)
  assert.equal((await read(here)).status, 200)
  await earlier(61)
  assert.equal((await read(here)).body.code, 'necessity/open-first')
  await earlier(1)
  await rows(`update role_assignments set ends_at = now() where account_id = $1`, [here.id])
  assert.equal((await read(here)).body.code, 'access/role-required', 'no longer its officer')
  await rows(`update role_assignments set ends_at = null where account_id = $1`, [here.id])
})
