import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, withFunctionChanged } from '../../testing/parity.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { giveRole } from '../accounts/testing.ts'
import { grants } from '../grants/index.ts'
import { organisations } from './index.ts'
import { layCeiling } from './testing.ts'

let house: House
let own: string
let rgc: Person, second: Person, elsewhere: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const post = (who: Person, path: string, body: object) => house.call(who, 'POST', path, body, once())
const declared = async (name: string): Promise<string> => {
  const { status, body } = await post(rgc, '/habilitations/agencies', { name, territories: [2033] })
  assert.equal(status, 200, JSON.stringify(body))
  return body.id
}
const act = (who: Person, id: string, what: 'close' | 'reopen') =>
  post(who, `/habilitations/agencies/${id}/${what}`, { reason: 'Regroupement' })
const give = (to: Person, agencyId: string) =>
  post(rgc, `/habilitations/people/${to.id}/grants`, {
    tool: 'campagnes',
    profile: 'conseiller',
    perimeter: { agencyId },
    purpose: 'prospection',
    reason: 'Équipe',
  })
const structure = async () => (await house.call(rgc, 'GET', '/habilitations/structure')).body

before(async () => {
  house = await openHouse([...organisations, ...grants])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`,
  )
  own = (await house.organisation()).id
  ;[rgc, second] = [await house.person(own), await house.person(own)]
  elsewhere = await house.person((await house.organisation()).id)
  for (const who of [rgc, second, elsewhere]) await giveRole(house.owner, who, 'rgc')
  await layCeiling(house.owner, own, [2033])
})
after(() => house.close())

test('ACC-13: an agency closes once nothing is granted nor asked on it; it is not proposed, given, asked or changed any more, and reopens', async () => {
  const id = await declared('Agence du Médoc')
  const person = await house.person(own)
  const given = await give(person, id)
  assert.equal(given.status, 200, JSON.stringify(given.body))
  assert.equal((await act(rgc, id, 'close')).body.code, 'agency/in-use')
  await rows(`update grants set revoked_at = now(), revoke_reason = 'essai' where account_id = $1`, [person.id])
  await rows(
    `insert into grant_requests (id, account_id, organisation_id, asked_by, asked_at, tool, profile, agency_id, purpose,
      reason) values ($1, $2, $3, $2, now(), 'campagnes', 'conseiller', $4, 'prospection', 'essai')`,
    [uuidv7(), person.id, own, id],
  )
  assert.equal((await act(rgc, id, 'close')).body.code, 'agency/in-use')
  await rows(
    `update grant_requests set decided_at = now(), decided_by = $2, decision = 'refused', decision_reason = 'essai'
      where agency_id = $1`,
    [id, rgc.id],
  )
  const closed = await act(rgc, id, 'close')
  assert.deepEqual([closed.status, closed.body.closed?.reason], [200, 'Regroupement'])
  assert.equal((await act(second, id, 'close')).body.code, 'agency/closed')
  assert.deepEqual(
    (await house.call(rgc, 'GET', '/habilitations/perimeters')).body.agencies.map((one: any) => one.id),
    [],
  )
  assert.equal((await give(person, id)).body.code, 'agency/unknown')
  const edited = await house.call(
    rgc,
    'PUT',
    `/habilitations/agencies/${id}`,
    { name: 'X', territories: [2033] },
    { ...once(), 'if-match': `"${closed.body.version}"` },
  )
  assert.equal(edited.body.code, 'agency/closed')
  assert.deepEqual(
    (await structure()).agencies.map((one: any) => [one.id, one.closed?.reason]),
    [[id, 'Regroupement']],
  )
  assert.deepEqual(
    [(await act(second, id, 'reopen')).body.closed, (await act(second, id, 'reopen')).body.code],
    [null, 'agency/open'],
  )
  assert.equal((await give(person, id)).status, 200)
  const acts = await rows(
    `select e.action, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_id = $1 and e.action in ('agency.closed', 'agency.reopened') order by e.at, e.id`,
    [id],
  )
  assert.deepEqual(
    acts.map(entry => [entry.action, entry.actor_id, entry.detail.reason]),
    [
      ['agency.closed', rgc.id, 'Regroupement'],
      ['agency.reopened', second.id, 'Regroupement'],
    ],
  )
})
test('ACC-13, SEC-6: who is no account manager, or of another structure, closes none; straight, the database neither closes nor grants on a closed one', async () => {
  const id = await declared('Agence du Bassin')
  const colleague = await house.person(own)
  assert.equal((await act(colleague, id, 'close')).body.code, 'access/role-required')
  assert.equal((await act(elsewhere, id, 'close')).status, 404)
  const may = (who: Person, query: ReturnType<typeof sql>) =>
    mayWrite(house.database, tokenHash(who.cookie.slice('session='.length)), query)
  for (const who of [colleague, elsewhere]) {
    assert.equal(await may(who, sql`select ctx.close_agency(${id}::uuid, 'x')`), false)
    assert.equal(await may(who, sql`select ctx.reopen_agency(${id}::uuid) as refused`), who === elsewhere)
  }
  assert.equal(await may(rgc, sql`update agencies set closed_at = now() where id = ${id}`), false)
  assert.equal((await act(rgc, id, 'close')).status, 200)
  await may(elsewhere, sql`select ctx.reopen_agency(${id}::uuid)`)
  assert.notEqual((await rows('select closed_at from agencies where id = $1', [id]))[0].closed_at, null)
  for (const table of ['grants', 'grant_requests'])
    await assert.rejects(
      rows(
        table === 'grants'
          ? `insert into grants (id, account_id, organisation_id, tool, profile, agency_id, reason, starts_on, granted_at)
              values ($1, $2, $3, 'campagnes', 'conseiller', $4, 'essai', '2026-01-01', now())`
          : `insert into grant_requests (id, account_id, organisation_id, asked_by, asked_at, tool, profile, agency_id,
              purpose, reason) values ($1, $2, $3, $2, now(), 'campagnes', 'conseiller', $4, 'prospection', 'essai')`,
        [uuidv7(), colleague.id, own, id],
      ),
      /agency is closed/,
      table,
    )
})
/** The first has done its part and waits for the trail, which somebody keeps; the second is asked then. */
const oneWithin = async (...asks: (() => ReturnType<House['call']>)[]) =>
  (await whileHeld(house.owner, 'lock table audit_entries in share mode', [], asks)).map(({ status, body }) =>
    status === 200 ? 200 : body.code,
  )
const closedAndGranted = async (turned: boolean) => {
  const [id, person] = [await declared(`Agence ${uuidv7()}`), await house.person(own)]
  const asks = [() => act(rgc, id, 'close'), () => give(person, id)]
  const answers = await oneWithin(...(turned ? asks.toReversed() : asks))
  const [held] = await rows(
    `select (select count(*)::int from grants where agency_id = $1) as grants, closed_at is not null as closed
      from agencies where id = $1`,
    [id],
  )
  return [answers, held]
}
test('ACC-13: closed while a grant is being given on it, or given while it is being closed, the second waits for the first and is refused', async () => {
  assert.deepEqual(await closedAndGranted(false), [[200, 'agency/closed'], { grants: 0, closed: true }])
  assert.deepEqual(await closedAndGranted(true), [[200, 'agency/in-use'], { grants: 1, closed: false }])
  const weaker = ['ctx.close_agency(uuid, text)', 'for update', 'for no key update'] as const
  await withFunctionChanged(house.owner, ...weaker, async () => {
    for (const turned of [false, true])
      assert.deepEqual(await closedAndGranted(turned), [[200, 200], { grants: 1, closed: true }], 'a weaker lock')
  })
})
test('ACC-13: closed twice at once, or opened again, one does it, and the other is told', async () => {
  const id = await declared('Agence des deux')
  const twice = (what: 'close' | 'reopen') =>
    oneWithin(
      () => act(rgc, id, what),
      () => act(second, id, what),
    )
  assert.deepEqual(await twice('close'), [200, 'agency/closed'])
  assert.deepEqual(await twice('reopen'), [200, 'agency/open'])
  assert.deepEqual(await rows('select version, closed_at from agencies where id = $1', [id]), [
    { version: 3, closed_at: null },
  ])
  assert.deepEqual(
    await rows(
      `select action, actor_id from audit_entries where subject_id = $1 and action <> 'agency.declared' order by at, id`,
      [id],
    ),
    [
      { action: 'agency.closed', actor_id: rgc.id },
      { action: 'agency.reopened', actor_id: rgc.id },
    ],
  )
  for (const [what, from, to] of [
    ['close', ' for update', ''],
    ['reopen', ' and a.closed_at is not null', ''],
  ] as const)
    await withFunctionChanged(
      house.owner,
      what === 'close' ? 'ctx.close_agency(uuid, text)' : 'ctx.reopen_agency(uuid)',
      from,
      to,
      async () => assert.deepEqual(await twice(what), [200, 200], `${what} without « ${from} »`),
    )
})
test('ACC-13, AGR-9: a delegate or sub-processor declared is told to the operator’s data protection and security officers and to the signatory; corrected, if it is another company or another capacity', async () => {
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const [officer, signs] = [await house.person(operator), await house.person(own)]
  await giveRole(house.owner, officer, 'cssi')
  await giveRole(house.owner, signs, 'signataire')
  const third = {
    name: 'Cabinet Lestonat',
    capacity: 'processor',
    startsOn: '2026-01-01',
    endsOn: '2027-12-31',
    evidence: 'Marché 2026-12, conservé au secrétariat',
    evidenceOn: '2026-01-01',
  }
  const { body } = await post(rgc, '/habilitations/third-parties', { kind: 'contractor', ...third })
  assert.equal(body.told.mails, 2, JSON.stringify(body))
  const mails = () =>
    rows(`select to_account_id as id, subject, body from mails where kind = 'third-party-declared' order by id`)
  const told = await mails()
  assert.deepEqual(told.map(mail => mail.id).toSorted(), [officer.id, signs.id].toSorted())
  for (const mail of told) assert.match(mail.body, /Cabinet Lestonat, sous-traitant, du 1er janvier 2026|01\/01\/2026/)
  const edit = async (version: number, over: object) => {
    const answer = await house.call(
      rgc,
      'PUT',
      `/habilitations/third-parties/${body.id}`,
      { ...third, ...over },
      { ...once(), 'if-match': `"${version}"` },
    )
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body.told
  }
  assert.equal(await edit(1, { endsOn: '2027-06-30' }), null)
  assert.equal((await edit(2, { endsOn: '2027-06-30', capacity: 'joint-controller' })).mails, 2)
  assert.equal((await mails()).length, 4)
})
