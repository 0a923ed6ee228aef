import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { once, type Person } from '../../testing/house.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { aPdf, withFiles } from './testing.ts'
import { type Life, openLife } from './testing-life.ts'

let life: Life
before(async () => {
  life = await openLife(campaigns)
})
after(() => life.close())

/** A convention in force since 2 February, on 2 March. */
const inForce = async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  life.at('2026-03-02T09:00:00Z')
  return { partner, one, path: `/conventions/${one.id}` }
}
const letter = (over: object = {}) => ({
  channel: 'courrier',
  sentOn: '2025-01-20',
  receivedOn: '2025-01-31',
  document: aPdf('congé'),
  ...over,
})
/** Sends as it stands: nothing is confirmed in its place. */
const sends = async (who: Person, path: string, body: object, headers: Record<string, string> = {}) => {
  const { status, body: answer } = await life.house.call(who, 'POST', path, await withFiles(life.house, who, body), {
    ...once(),
    ...headers,
  })
  return { status, code: answer.code, facts: answer.facts, answer }
}
/** What an act of letters may leave behind. */
const left = async (id: string) => {
  const { rows } = await life.house.owner.query(
    `select (select count(*)::int from convention_notices where convention_id = $1::uuid) as notices,
      (select count(*)::int from convention_breaches where convention_id = $1::uuid) as breaches,
      (select count(*)::int from convention_corrections where convention_id = $1::uuid) as corrections,
      (select ends_at from conventions where id = $1::uuid) as ends_at, (select count(*)::int from mails) as mails,
      (select count(*)::int from audit_entries where subject_id = $1::text) as entries`,
    [id],
  )
  return rows[0]
}

test('AGR-4, AGR-13: a notice whose receipt would end the convention last year is refused, writes nothing, and says that end; confirmed with it, it passes', async () => {
  const { partner, one, path } = await inForce()
  const was = await left(one.id)
  const asked = letter()
  const first = await sends(partner.gilles, `${path}/notices`, asked)
  // Its month was over before the convention began: it would end at the very instant when it took effect.
  assert.deepEqual(
    [first.status, first.code, first.facts],
    [409, 'convention/confirm-end', { endsAt: one.effectiveFrom }],
  )
  for (const confirms of [null, '2026-04-01T00:00:00Z'])
    assert.equal(
      (await sends(partner.gilles, `${path}/notices`, { ...asked, confirms })).code,
      'convention/confirm-end',
    )
  assert.deepEqual(await left(one.id), was)
  const passed = await sends(partner.gilles, `${path}/notices`, { ...asked, confirms: first.facts.endsAt })
  assert.deepEqual([passed.status, passed.answer.convention.state], [200, 'ended'])
})

test('AGR-4, AGR-5, AGR-13: a receipt told later and a breach ask for the end that they cause; a letter on its way asks nothing', async () => {
  const { partner, path } = await inForce()
  const { answer, status } = await sends(partner.gilles, `${path}/notices`, letter({ receivedOn: null }))
  assert.equal(status, 200, 'a letter without a day of receipt ends nothing')
  const receipt = { kind: 'notice', id: answer.convention.notices[0].id, receivedOn: '2026-02-28', presentedOn: null }
  const told = await sends(life.sylvie, `${path}/receipts`, receipt)
  assert.deepEqual([told.code, told.facts], ['convention/confirm-end', { endsAt: '2026-03-28T23:00:00.000Z' }])
  assert.equal((await sends(life.sylvie, `${path}/receipts`, { ...receipt, confirms: told.facts.endsAt })).status, 200)
  const breach = {
    clauses: ['two-factors'],
    obligation: 'Article 7',
    letterReference: '1A 200',
    sentOn: '2026-02-10',
    presentedOn: '2026-02-12',
    deliveredOn: null,
    document: aPdf('manquement'),
  }
  const sooner = await sends(life.sylvie, `${path}/breaches`, breach)
  assert.deepEqual([sooner.code, sooner.facts], ['convention/confirm-end', { endsAt: '2026-03-12T23:00:00.000Z' }])
  // One that ends it no sooner changes no end.
  assert.equal((await sends(life.sylvie, `${path}/breaches`, { ...breach, presentedOn: '2026-03-01' })).status, 200)
})

test('AGR-13: a correction confirms the end that it causes, over the version read; in the delay, by a second person of the same party', async () => {
  const { partner, one, path } = await inForce()
  const lucie = await life.another(partner)
  const given = (await life.ok(partner.gilles, 'POST', `${path}/notices`, letter())).convention
  assert.equal(given.state, 'ended')
  const body = { kind: 'notice', id: given.notices[0].id, receivedOn: null, reason: 'Année mal saisie' }
  const over = (version: number) => ({ 'if-match': `"${version}"` })
  const correct = async (who: Person, more: object = {}, version = given.version) => {
    const { status, code } = await sends(who, `${path}/corrections`, { ...body, ...more }, over(version))
    return [status, code]
  }
  const stale = await life.house.person(partner.id, [], { provenAt: new Date('2026-03-02T08:00:00Z') })
  await giveRole(life.house.owner, stale, 'responsable-operationnel')
  for (const [who, more, expected] of [
    [partner.gilles, { confirms: null }, [403, 'convention/second-person']],
    [life.sylvie, { confirms: null }, [403, 'convention/teller-only']],
    [partner.agent, { confirms: null }, [403, 'convention/not-a-party']],
    [stale, { confirms: null }, [403, 'session/step-up-required']],
    [lucie, { confirms: null, reason: ' ' }, [400, 'request/malformed']],
    [lucie, {}, [409, 'convention/confirm-end']],
    [lucie, { confirms: '2026-03-28T23:00:00Z' }, [409, 'convention/confirm-end']],
  ] as const)
    assert.deepEqual(await correct(who, more), expected, JSON.stringify(more))
  assert.deepEqual(await correct(lucie, { confirms: null }, given.version + 1), [412, 'request/changed-meanwhile'])
  assert.equal((await sends(lucie, `${path}/corrections`, { ...body, confirms: null })).status, 412)
  assert.equal((await left(one.id)).corrections, 0)
  const seen = async (who: Person) => {
    const { notices } = await life.ok(who, 'GET', path)
    return [notices[0].allowed.includes('correct'), notices[0].correctableUntil]
  }
  assert.deepEqual(
    [await seen(lucie), await seen(partner.gilles), await seen(life.sylvie)],
    [
      [true, '2026-05-31T09:00:00.000Z'],
      [false, '2026-05-31T09:00:00.000Z'],
      [false, null],
    ],
  )
  life.at('2026-05-31T09:00:01Z')
  assert.deepEqual(await seen(lucie), [false, null])
  assert.deepEqual(await correct(lucie, { confirms: null }), [409, 'convention/correction-too-late'])
  life.at('2026-05-31T09:00:00Z')
  assert.deepEqual(
    (await Promise.all([1, 2].map(() => correct(lucie, { confirms: null })))).map(([status]) => status).toSorted(),
    [200, 412],
  )
  const back = await life.ok(partner.gilles, 'GET', path)
  assert.deepEqual([back.state, back.endsAt, back.corrections[0].correctedBy.id], ['in-force', null, lucie.id])
})

test('AGR-13, AGR-7: what a mistaken receipt had cut comes back with the correction, in the session that was open', async () => {
  const { partner, path } = await inForce()
  const lucie = await life.another(partner)
  const agent = await life.house.person(partner.id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  await life.ok(agent, 'GET', '/campaigns')
  const given = (await life.ok(partner.gilles, 'POST', `${path}/notices`, letter())).convention
  assert.deepEqual(await life.refused(agent, 'GET', '/campaigns'), [403, 'access/no-convention'])
  const grants = async () =>
    (await life.house.owner.query('select revoked_at, ends_on from grants where account_id = $1', [agent.id])).rows
  const kept = await grants()
  await life.ok(lucie, 'POST', `${path}/corrections`, {
    kind: 'notice',
    id: given.notices[0].id,
    receivedOn: null,
    reason: 'Année mal saisie',
  })
  await life.ok(agent, 'GET', '/campaigns')
  assert.deepEqual([await grants(), kept[0].revoked_at], [kept, null])
})

test('AGR-13, SEC-6: in the database too, a day told changes only by the correction of a second person, in the delay', async () => {
  const { partner, one, path } = await inForce()
  const lucie = await life.another(partner)
  const given = (await life.ok(partner.gilles, 'POST', `${path}/notices`, letter())).convention.notices[0]
  const as = async (who: Person, corrects: { at: string; day: string } | null, set: string) => {
    const tx = await life.house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      if (corrects)
        await tx.run(sql`insert into convention_corrections (id, convention_id, kind, subject_id, party, before, after,
          reason, corrected_at, corrected_by) values (gen_random_uuid(), ${one.id}::uuid, 'notice', ${given.id}::uuid,
          'partenaire', '{}', ${JSON.stringify({ receivedOn: corrects.day })}::jsonb, 'x', ${corrects.at}::timestamptz,
          ctx.account())`)
      await tx.run(sql`update convention_notices set received_on = ${set}::date where id = ${given.id}::uuid`)
      return 'written'
    } catch (error) {
      return (error as Error).message
    } finally {
      await tx.rollback()
    }
  }
  const inTime = { at: '2026-03-03T09:00:00Z', day: '2026-02-28' }
  assert.match(await as(lucie, null, '2026-02-28'), /changes by a correction/)
  assert.match(await as(lucie, inTime, '2026-02-27'), /changes by a correction/)
  assert.match(await as(partner.gilles, inTime, '2026-02-28'), /row-level security/)
  assert.match(await as(lucie, { ...inTime, at: '2026-06-01T09:00:00Z' }, '2026-02-28'), /row-level security/)
  assert.equal(await as(lucie, inTime, '2026-02-28'), 'written')
})
