import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { mayAsk } from './grants.policy.ts'
import { grants } from './index.ts'

let house: House
let mailbox: Mailbox
let own: string
let rgc: Person
let lead: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const addressOf = async (p: { id: string }) =>
  (await rows('select email from account_contacts where account_id = $1', [p.id]))[0].email
const wish = {
  tool: 'campagnes',
  profile: 'conseiller',
  perimeter: { territoryId: 2033 },
  purpose: 'prospection',
  reason: 'Je rejoins la task force',
}
const ask = (who: Person, over: object = {}) => house.call(who, 'POST', '/habilitations/requests', { ...wish, ...over })
const decide = (who: Person, id: string, over: object = {}) =>
  house.call(who, 'POST', `/habilitations/requests/${id}/decision`, {
    decision: 'accepted',
    reason: 'Conforme à sa fonction',
    ...over,
  })

before(async () => {
  house = await openHouse([...people, ...grants])
  mailbox = await openMailbox()
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  own = (await house.organisation()).id
  rgc = await house.person(own)
  await giveRole(house.owner, rgc, 'rgc')
  lead = await house.person(own, [{ tool: 'campagnes', profile: 'responsable', territoryId: 2033 }])
})
after(async () => {
  await mailbox.close()
  await house.close()
})

test('ACC-3: a user asks, the account manager hears of it, accepts with a reason; the grant follows, both are traced, the requester is told', async () => {
  const to = await house.person(own)
  await deliverMails(house, mailbox)
  const asked = await ask(to)
  assert.deepEqual(
    [asked.status, asked.body.decision, asked.body.allowed, asked.body.whoDecides],
    [200, null, ['withdraw'], 'Un RGC de la structure'],
  )
  assert.deepEqual(
    (await deliverMails(house, mailbox)).map(m => [m.to[0], m.subject]),
    [[await addressOf(rgc), 'Une demande d’habilitation attend votre décision']],
  )
  const waiting = (await house.call(rgc, 'GET', '/habilitations/requests?state=waiting&total=true')).body
  assert.deepEqual([waiting.total, waiting.items[0].id, waiting.items[0].allowed], [1, asked.body.id, ['decide']])
  assert.equal((await house.call(rgc, 'GET', '/habilitations')).body.requests, 1)
  const decided = await decide(rgc, asked.body.id)
  assert.deepEqual(
    [decided.body.decision, decided.body.decisionReason, decided.body.decidedBy.id],
    ['accepted', 'Conforme à sa fonction', rgc.id],
  )
  const [held] = (await house.call(rgc, 'GET', `/habilitations/people/${to.id}`)).body.grants
  assert.deepEqual(
    [held.tool, held.profile, held.missing, held.reason],
    ['campagnes', 'conseiller', [], 'Je rejoins la task force'],
  )
  assert.deepEqual(
    (await deliverMails(house, mailbox))
      .filter(m => m.to[0]!.startsWith('camille'))
      .map(m => m.subject)
      .sort(),
    ['Une demande d’habilitation est acceptée', 'Une habilitation vous est donnée'],
  )
  assert.deepEqual(
    (await rows('select action, actor_id from audit_entries where subject_id = $1 order by at, action', [to.id])).map(
      r => [r.action, r.actor_id],
    ),
    [
      ['grant.asked', to.id],
      ['grant.given', rgc.id],
      ['grant.request-accepted', rgc.id],
    ],
  )
  assert.equal((await house.call(rgc, 'GET', '/habilitations')).body.requests, 0)
})
test('ACC-3: refused, the requester reads why and nothing is given; the same may be asked again', async () => {
  const to = await house.person(own)
  const { id } = (await ask(to)).body
  assert.equal((await decide(rgc, id, { decision: 'refused', reason: ' ' })).status, 400)
  assert.equal(
    (await decide(rgc, id, { decision: 'refused', reason: 'Pas dans vos missions' })).body.decision,
    'refused',
  )
  const mine = (await house.call(to, 'GET', '/habilitations/requests?mine=true')).body.items
  assert.deepEqual(
    mine.map((r: any) => [r.decision, r.decisionReason, r.allowed]),
    [['refused', 'Pas dans vos missions', []]],
  )
  assert.equal((await rows('select from grants where account_id = $1', [to.id])).length, 0)
  assert.equal((await ask(to)).status, 200)
})
test('ACC-3: a lead asks for a colleague, both are told; others ask for themselves only', async () => {
  const to = await house.person(own)
  assert.equal((await ask(to, { accountId: lead.id })).body.code, 'request-for-other/leads-only')
  const { id } = (await ask(lead, { accountId: to.id })).body
  assert.deepEqual(
    (await house.call(to, 'GET', '/habilitations/requests?mine=true')).body.items.map((r: any) => [
      r.id,
      r.askedBy.id,
      r.allowed,
    ]),
    [[id, lead.id, []]],
  )
  await deliverMails(house, mailbox)
  await decide(rgc, id, { decision: 'refused', reason: 'Non' })
  assert.deepEqual(
    (await deliverMails(house, mailbox)).map(m => m.to[0]).sort(),
    [await addressOf(to), await addressOf(lead)].sort(),
  )
  const stranger = await house.person((await house.organisation()).id)
  assert.equal((await ask(lead, { accountId: stranger.id })).body.code, 'account/unknown')
  const places = async (who: Person) => (await house.call(who, 'GET', '/habilitations/perimeters')).body.colleagues
  assert.equal((await places(to)).length, 0)
  assert.ok((await places(lead)).some((p: any) => p.id === to.id))
})
test('ACC-3: asked twice, decided by two at once, withdrawn: one of each', async () => {
  const to = await house.person(own)
  const answers = await Promise.all([ask(to), ask(to)])
  assert.deepEqual(answers.map(a => a.body.code ?? 'asked').sort(), ['asked', 'grant-request/pending'])
  const { id } = answers.find(a => a.status === 200)!.body
  const other = await house.person(own)
  await giveRole(house.owner, other, 'rgc')
  const decisions = await Promise.all([decide(rgc, id), decide(other, id, { decision: 'refused' })])
  assert.deepEqual(decisions.map(a => a.status).sort(), [200, 409])
  assert.equal(
    (await rows('select from grants where account_id = $1', [to.id])).length,
    decisions[0]!.status === 200 ? 1 : 0,
  )
  const third = (await ask(to, { perimeter: { territoryId: 2040 } })).body.id
  assert.equal(
    (await house.call(rgc, 'POST', `/habilitations/requests/${third}/withdraw`)).body.code,
    'grant-request/asker-only',
  )
  assert.equal((await house.call(to, 'POST', `/habilitations/requests/${third}/withdraw`)).body.decision, 'withdrawn')
  assert.equal((await decide(rgc, third)).body.code, 'grant-request/decided')
  await house.owner.query('update role_assignments set ends_at = now() where account_id = $1', [other.id])
})
test('ACC-3: what is held already is not asked; a larger profile is, and its grant follows the smaller one', async () => {
  const to = await house.person(own, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 2033 }])
  assert.equal((await ask(to, { profile: 'consultation' })).body.code, 'grant/already')
  const larger = (await ask(to, { profile: 'responsable' })).body
  assert.equal(larger.beyondFunction, true)
  assert.equal((await decide(rgc, larger.id)).status, 200)
  assert.deepEqual(
    (
      await rows(
        'select profile, revoked_at is null as current from grants where account_id = $1 order by granted_at',
        [to.id],
      )
    ).map(r => [r.profile, r.current]),
    [
      ['conseiller', false],
      ['responsable', true],
    ],
  )
  for (const [over, code] of [
    [{ perimeter: { territoryId: 9 } }, 'territory/unknown'],
    [{ perimeter: { agencyId: uuidv7() } }, 'agency/unknown'],
    [{ tool: 'fiche-recrutement' }, 'grant/no-such-profile'],
  ] as const)
    assert.equal((await ask(to, over)).body.code, code)
})
test('ACC-4: an account manager asks as anyone does; another decides or, failing one, the signatory; never they themselves', async () => {
  const signatory = await house.person(own)
  await giveRole(house.owner, signatory, 'signataire')
  const { id, whoDecides } = (await ask(rgc)).body
  assert.equal(whoDecides, 'Le signataire de la structure, faute d’un autre RGC')
  assert.equal((await decide(rgc, id, { duties: 'Prospecte' })).body.code, 'grant/own')
  assert.equal((await decide(lead, id)).status, 404, 'a colleague does not see it')
  assert.deepEqual(
    (await house.call(signatory, 'GET', '/habilitations/requests?state=waiting')).body.items.map((r: any) => r.id),
    [id],
  )
  assert.equal((await decide(signatory, id)).body.code, 'grant/duties-needed')
  assert.equal((await decide(signatory, id, { duties: 'Prospecte aussi' })).status, 200)
})
test('SEC-6, ACC-3: whatever the application forgets, nobody asks in another’s name, nor for a colleague without leading, nor decides their own', async () => {
  const [to, colleague] = [await house.person(own), await house.person(own)]
  const attempt = async (as: Person, text: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(as.cookie.slice('session='.length)))
      return await tx.run(text)
    } finally {
      await tx.rollback()
    }
  }
  const insert = (account: string, by: string) =>
    sql`insert into grant_requests (id, account_id, organisation_id, asked_by, asked_at, tool, profile, territory_id,
      purpose, reason) values (${uuidv7()}, ${account}, ${own}, ${by}, now(), 'campagnes', 'conseiller', 2040, 'suivi',
      'x')`
  assert.equal(await attempt(to, insert(to.id, to.id)), 1)
  assert.equal(await attempt(lead, insert(to.id, lead.id)), 1)
  await assert.rejects(attempt(to, insert(to.id, lead.id)), /row-level security/)
  await assert.rejects(attempt(to, insert(colleague.id, to.id)), /row-level security/)
  const { id } = (await ask(to)).body
  const refuse = (by: string, decision = 'refused') =>
    sql`update grant_requests set decided_at = now(), decided_by = ${by}, decision = ${decision}, decision_reason = 'x'
      where id = ${id}::uuid`
  await assert.rejects(attempt(to, refuse(to.id)), /row-level security|decided_by_another/)
  await assert.rejects(attempt(rgc, refuse(to.id)), /row-level security|decided_by_another/)
  assert.equal(await attempt(colleague, refuse(colleague.id)), 0)
  assert.equal(await attempt(to, refuse(to.id, 'withdrawn')), 1)
  assert.equal(await attempt(rgc, refuse(rgc.id)), 1)
  // Who asked for a colleague may take it back, not decide it: two policies of one command add up.
  await house.owner.query('update grant_requests set asked_by = $2 where id = $1', [id, lead.id])
  await assert.rejects(attempt(lead, refuse(lead.id)), /row-level security/)
  assert.equal(await attempt(lead, refuse(lead.id, 'withdrawn')), 1)
  assert.equal((await decide(rgc, id)).status, 200)
  for (const who of [rgc, lead])
    assert.equal(await attempt(who, refuse(who.id, 'withdrawn')), 0, 'what is decided stays so')
})
test('SEC-6, ACC-3: who asks for whom: the policy and the database agree on every pair', async () => {
  const people = [lead, rgc, await house.person(own), await house.person((await house.organisation()).id)]
  for (const as of people)
    for (const person of people.filter(p => p.organisationId === own)) {
      const tx = await house.database.begin()
      const viewer = (await tx.enter(tokenHash(as.cookie.slice('session='.length))))!
      const insert = sql`insert into grant_requests (id, account_id, organisation_id, asked_by, asked_at, tool, profile,
          territory_id, purpose, reason)
        values (${uuidv7()}, ${person.id}, ${own}, ${as.id}, now(), 'campagnes', 'conseiller', 2033, 'suivi', 'x')`
      const asked = await tx.run(insert).then(
        () => true,
        error => {
          assert.equal(error.code, '42501')
          return false
        },
      )
      await tx.rollback()
      assert.equal(asked, mayAsk(viewer, person) === true, `${people.indexOf(as)} for ${people.indexOf(person)}`)
    }
})
test('SEC-6, ACC-9: whatever the application forgets, the end of a grant is written once, and stays', async () => {
  const to = await house.person(own, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 2033 }])
  const write = async (what: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(rgc.cookie.slice('session='.length)))
      await tx.run(
        sql`update grants set revoked_at = now(), revoked_by = ${rgc.id}, revoke_reason = 'x'
          where account_id = ${to.id}`,
      )
      return await tx.run(sql`update grants set ${what} where account_id = ${to.id}`)
    } finally {
      await tx.rollback()
    }
  }
  for (const what of [
    sql`revoked_at = null`,
    sql`revoked_at = now() - interval '1 year'`,
    sql`revoke_reason = 'Autre motif'`,
  ])
    assert.equal(await write(what), 0)
})
