import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actions } from '../../actions.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { publishTexts, unpublishTexts } from '../../testing/texts.ts'
import { giveRole } from '../accounts/testing.ts'

let house: House
const today = parisDay(new Date())
const run = (statement: string, values: unknown[] = []) => house.owner.query(statement, values)
before(async () => {
  house = await openHouse(actions)
})
after(() => house.close())

/** A person at work in an open session, with an account manager beside them. */
const atWork = async () => {
  const organisationId = (await house.organisation()).id
  const person = await house.person(organisationId, [{ tool: 'campagnes', profile: 'conseiller' }])
  const manager = await house.person(organisationId)
  await giveRole(house.owner, manager, 'rgc')
  const cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
  return { organisationId, person, manager, cssi }
}
type Scene = Awaited<ReturnType<typeof atWork>>
const ok = async (who: Person, path: string, body?: object) => {
  const answer = await house.call(who, 'POST', path, body, once())
  assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const line = async ({ manager, person }: Scene, ofGrant: boolean) => {
  const { id } = await ok(manager, '/reviews')
  const { body } = await house.call(manager, 'GET', `/reviews/${id}/lines?limit=200`)
  return {
    id,
    lineId: body.items.find(
      (l: { person: { id: string }; grant: unknown }) => l.person.id === person.id && (l.grant !== null) === ofGrant,
    ).id,
  }
}

const causes: readonly (readonly [cause: string, cut: (scene: Scene) => Promise<unknown>, refusal: string])[] = [
  [
    'ACC-12: suspended by the account manager',
    ({ manager, person }) => ok(manager, `/habilitations/people/${person.id}/suspend`, { reason: 'Absence' }),
    'session/required',
  ],
  [
    'ACC-6: deleted at departure',
    ({ manager, person }) =>
      ok(manager, `/habilitations/people/${person.id}/depart`, { cause: 'departure', reason: 'A quitté la structure' }),
    'session/required',
  ],
  [
    'ACC-6: ended at once for a breach of duties',
    ({ manager, person }) =>
      ok(manager, `/habilitations/people/${person.id}/depart`, { cause: 'breach', reason: 'Divulgation' }),
    'session/required',
  ],
  [
    'ACC-2: the grant ended',
    async ({ manager, person }) =>
      ok(
        manager,
        `/habilitations/grants/${(await run('select id from grants where account_id = $1', [person.id])).rows[0].id}/end`,
        { reason: 'Fin de mission' },
      ),
    'access/no-grant',
  ],
  [
    'ACC-11: blocked on suspect use',
    ({ person }) =>
      run(
        `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
          values ($1, $2, $3, 'suspect-use', 'Lecture massive', now())`,
        [uuidv7(), person.id, person.organisationId],
      ),
    'session/required',
  ],
  [
    'ACC-10: the account blocked by an exceptional act',
    ({ cssi, person }) =>
      ok(cssi, '/security/blocks', { accountId: person.id, reason: 'Poste volé cette nuit', incident: 'INC-7' }),
    'session/required',
  ],
  [
    'ACC-10: one grant cut by an exceptional act',
    async ({ cssi, person }) =>
      ok(cssi, '/security/blocks', {
        accountId: person.id,
        cuts: 'grant',
        grantId: (await run('select id from grants where account_id = $1', [person.id])).rows[0].id,
        reason: 'Poste volé cette nuit',
        incident: 'INC-7',
      }),
    'access/blocked',
  ],
  [
    'AGR-7: the convention ended',
    ({ organisationId }) => run('update conventions set ends_at = now() where organisation_id = $1', [organisationId]),
    'access/no-convention',
  ],
  [
    'ACC-1: the contract over',
    ({ person }) => run('update accounts set contract_ends_on = $2 where id = $1', [person.id, addDays(today, -1)]),
    'access/contract-over',
  ],
  [
    'ACC-5: two months without an act',
    ({ person }) =>
      run(
        `insert into account_activity values ($1, $2, now() - interval '70 days') on conflict (account_id) do update
          set last_act_at = excluded.last_act_at`,
        [person.id, person.organisationId],
      ),
    'access/inactive',
  ],
  [
    'ACC-8: a review ends the grant',
    async scene => {
      const { id, lineId } = await line(scene, true)
      await ok(scene.manager, `/reviews/${id}/decisions`, {
        lineIds: [lineId],
        decision: 'delete',
        reason: 'Plus utile',
      })
    },
    'access/no-grant',
  ],
  [
    'ACC-8: a review suspends the account',
    async scene => {
      const { id, lineId } = await line(scene, false)
      await ok(scene.manager, `/reviews/${id}/decisions`, { lineIds: [lineId], decision: 'suspend', reason: 'Absent' })
    },
    'session/required',
  ],
  // The last four hold for everyone from then on: they stand at the end.
  [
    'SEC-4: awareness over a year old, where it cuts',
    async ({ person }) => {
      await run(`update accounts set created_at = now() - interval '2 years' where id = $1`, [person.id])
      await run(`insert into awareness_policies (in_force_from, cuts) values (now() - interval '1 second', true)`)
    },
    'access/awareness-due',
  ],
  [
    'ACC-7: new conditions of use',
    () =>
      run(
        `insert into documents (id, kind, version, title, body, body_hash, in_force_from, published_at)
          values ($1, 'cgu', 2, 'Conditions', 'Texte', sha256('Texte'), now(), now())`,
        [uuidv7()],
      ),
    'access/conditions-to-accept',
  ],
  [
    'AGR-12: the tool withdrawn from annex 4',
    async () => {
      await run('delete from documents where version = 2')
      await run(`update annex_4_tools set in_force_until = now() where tool = 'campagnes' and in_force_until is null`)
    },
    'access/tool-withdrawn',
  ],
  [
    'ACC-7, AGR-12: nothing that the operator must publish is published',
    () => unpublishTexts(house.owner),
    'access/unpublished',
  ],
]
for (const [cause, cut, refusal] of causes)
  test(`${cause}: the open session stops at its next request`, async () => {
    const scene = await atWork()
    if (!refusal.includes('conditions') && !refusal.includes('tool') && !refusal.includes('unpublished'))
      assert.equal((await house.call(scene.person, 'GET', '/campaigns')).status, 200, 'at work')
    await cut(scene)
    const { status, body } = await house.call(scene.person, 'GET', '/campaigns')
    assert.deepEqual([status >= 400, body.code], [true, refusal])
  })
test('RGC-7, ACC-10: an RGC’s management of accounts cut by an exceptional act: the open session stops at its next request, keeps its tools, and has it back when it is lifted', async () => {
  await publishTexts(house.owner)
  const { cssi, manager, person } = await atWork()
  const manages = async () =>
    (await house.call(manager, 'GET', `/habilitations/people/${person.id}`)).body.code ?? 'manages'
  assert.equal(await manages(), 'manages')
  const { id } = await ok(cssi, '/security/blocks', {
    accountId: manager.id,
    cuts: 'rgc',
    reason: 'Poste volé cette nuit',
    incident: 'INC-7',
  })
  assert.equal(await manages(), 'access/role-required')
  const gate = async () =>
    (await house.call(manager, 'GET', '/rgc')).body.gate
      .filter((step: { done: boolean }) => !step.done)
      .map((step: { term: string }) => step.term)
  assert.deepEqual(await gate(), ['block'], 'told why, and who restores it')
  await ok(cssi, `/security/blocks/${id}/lift`, { verdict: 'Poste retrouvé, mot de passe changé' })
  assert.equal(await manages(), 'manages')
  assert.ok(
    !(await house.call(manager, 'GET', '/rgc')).body.gate?.some((step: { term: string }) => step.term === 'block'),
    'no condition to fulfil',
  )
})

test('ACC-1, ACC-12: a role ends with its holder’s contract, at the next request of the open session, and not on its last day; a CSSI’s and an administrator’s are ended by hand', async () => {
  const [partner, operator] = [(await house.organisation()).id, (await house.organisation({ kind: 'operateur' })).id]
  const rolesOf = async (who: Person, role: Parameters<typeof giveRole>[2], endsOn: string | null) => {
    await run('update accounts set contract_ends_on = $2 where id = $1', [who.id, endsOn])
    const { rows } = await run('select role from ctx.effective_roles($1, now()) where role = $2', [who.id, role])
    return [rows.length, (await house.call(who, 'GET', '/me')).body.roles.includes(role)]
  }
  for (const [organisationId, role, lapses] of [
    [partner, 'rssi', true],
    [partner, 'responsable-formation', true],
    [operator, 'support', true],
    [operator, 'dpd', true],
    [operator, 'cssi', false],
    [operator, 'administrateur', false],
  ] as const) {
    const who = await house.person(organisationId)
    await giveRole(house.owner, who, role)
    assert.deepEqual(
      [await rolesOf(who, role, null), await rolesOf(who, role, today), await rolesOf(who, role, addDays(today, -1))],
      [[1, true], [1, true], lapses ? [0, false] : [1, true]],
      role,
    )
  }
})
