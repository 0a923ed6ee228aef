import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, addMonths, parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, withCheckChanged, withFunctionChanged } from '../../testing/parity.ts'
import { until } from '../../testing/until.ts'
import { giveRole } from '../accounts/testing.ts'
import { type DeedFacts, isDecidable, silenceAccepts } from './deadlines.ts'
import { rgc } from './index.ts'
import { deedActs, withConditions } from './testing.ts'

/* Whatever the application forgets: whom the functions of the database answer, and whose word moves a role. */

let house: House
let acts: ReturnType<typeof deedActs>
let cssi: Person
let otherCssi: Person
let signatory: Person
let agent: Person
let stranger: Person
let organisationId: string
let conventionId: string

before(async () => {
  house = await withConditions(await openHouse(rgc))
  acts = deedActs(house)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[cssi, otherCssi] = [await house.person(operator), await house.person(operator)]
  for (const who of [cssi, otherCssi]) await giveRole(house.owner, who, 'cssi')
  organisationId = (await house.organisation()).id
  ;[signatory, agent] = [await house.person(organisationId), await house.person(organisationId)]
  stranger = await house.person((await house.organisation()).id)
  for (const who of [signatory, stranger]) await giveRole(house.owner, who, 'signataire')
  const { rows } = await house.owner.query('select id from conventions where organisation_id = $1', [organisationId])
  conventionId = rows[0].id
})
after(() => house.close())

/** What a statement answers within the rights of each; kept or not. */
const within = async <T>(who: Person, statement: ReturnType<typeof sql<T>>, keep = false): Promise<T | undefined> => {
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    const answer = await tx.first(statement)
    if (keep) await tx.commit()
    return answer
  } finally {
    // A commit that was reached leaves nothing to undo.
    await tx.rollback()
  }
}
/** Of the CSSI, the signatory, an agent of the structure and the signatory of another. */
const each = async <T>(statement: ReturnType<typeof sql<{ said: T }>>): Promise<(T | undefined)[]> => {
  const said = []
  for (const who of [cssi, signatory, agent, stranger]) said.push((await within(who, statement))?.said)
  return said
}

test('SEC-6, RGC-4, RGC-6, RGC-9: what is due, unseen or changed is told to who oversees and to the structure, each their own', async () => {
  const manager = await house.person(organisationId)
  const deed = await acts.sent(signatory, [manager])
  const quiet = () =>
    house.owner.query(
      `update account_activity set last_act_at = now() - interval '3 months', first_at = '2020-01-01' where account_id = $1`,
      [manager.id],
    )
  await until('their signature to be noted as an act', async () => (await quiet()).rowCount === 1)
  assert.deepEqual(await each(sql`select count(*)::int as said from rgc_unseen(${organisationId}::uuid)`), [1, 1, 0, 0])
  assert.deepEqual(await each(sql`select count(*)::int as said from rgc_uncertified()`), [1, 0, 0, 0])
  await house.owner.query(`update accounts set family_name = 'Nouveau-Nom' where id = $1`, [manager.id])
  assert.deepEqual(
    await each(sql`select jsonb_array_length(deed_changes(${deed.id}::uuid)) as said`),
    [1, 1, 1, 0],
    'to whoever is of the structure: who reads the deed is another matter',
  )
})

test('SEC-6, RGC-3: whom the operator refused is told to who proposes in that structure, and to the CSSI who enters its deeds, alone', async () => {
  const refused = await house.person(organisationId)
  const deed = await acts.sent(signatory, [refused])
  await acts.decide(cssi, deed, { kind: 'refus', reason: 'Motif' })
  assert.deepEqual(
    await each(sql`select rgc_obstacle(${organisationId}::uuid, ${refused.id}::uuid, 'X', 'Y', '1990-01-01') as said`),
    ['refused', 'refused', null, null],
  )
})

test('SEC-6, RGC-3: the answer of the CSSI moves roles by their own word, and by nobody else’s', async () => {
  const refused = await house.person(organisationId)
  const deed = await acts.sent(signatory, [refused])
  await house.owner.query(
    `insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at)
      values ($1, 'refus', 'Motif', $2, date_trunc('milliseconds', now()))`,
    [deed.id, cssi.id],
  )
  const roles = async () =>
    (
      await house.owner.query(
        `select from role_assignments where account_id = $1 and role = 'rgc' and (ends_at is null or ends_at > now())`,
        [refused.id],
      )
    ).rowCount
  const settles = (who: Person) => within(who, sql`select settle_rgc_roles(${deed.id}::uuid)`, true)
  for (const who of [signatory, refused, stranger, otherCssi]) {
    await settles(who)
    assert.equal(await roles(), 1)
  }
  await settles(cssi)
  assert.equal(await roles(), 0)
})

test('SEC-6, RGC-10: a deed and a certificate are of a convention of their own structure', async () => {
  const one = await house.person(organisationId)
  const deed = (await acts.proposal(signatory, [await acts.named(one)])).body
  const { rows } = await house.owner.query('select id from conventions where organisation_id = $1', [
    stranger.organisationId,
  ])
  const lays = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      if (who === signatory) await tx.run(sql`update rgc_deeds set abandoned_at = now() where id = ${deed.id}::uuid`)
      return await tx.run(statement)
    } catch (error) {
      assert.match(String(error), /row-level security/)
      return 'refused'
    } finally {
      await tx.rollback()
    }
  }
  for (const [of, expected] of [
    [conventionId, 1],
    [rows[0].id, 'refused'],
  ]) {
    assert.equal(
      await lays(
        signatory,
        sql`insert into rgc_deeds (id, organisation_id, convention_id, organisation_name, siret, address, signatory_id,
            signatory_name, signatory_title, conditions_given, digest, created_by, created_at, commitments,
            conditions_id, conditions_title, conditions_version, conditions_hash)
          select gen_random_uuid(), organisation_id, ${of}::uuid, organisation_name, siret, address, signatory_id,
            signatory_name, signatory_title, true, digest, created_by, now(), commitments, conditions_id,
            conditions_title, conditions_version, conditions_hash from rgc_deeds where id = ${deed.id}::uuid`,
      ),
      expected,
      'a deed',
    )
    assert.equal(
      await lays(
        cssi,
        sql`insert into rgc_certificates (id, account_id, organisation_id, convention_id, issued_on, file_name, content,
            sha256, recorded_by, recorded_at)
          values (gen_random_uuid(), ${one.id}::uuid, ${organisationId}::uuid, ${of}::uuid, ${parisDay(new Date())},
            'a.pdf', '\\x00', sha256('\\x00'), ${cssi.id}::uuid, now())`,
      ),
      expected,
      'a certificate',
    )
  }
})

const today = parisDay(new Date())
const one = async (statement: string, values: unknown[]): Promise<any> =>
  (await house.owner.query(statement, values)).rows[0]
/** A structure of its own: who signs, whom its first deed names, and whom the next one does. */
const structure = async () => {
  const { id } = await house.organisation()
  const [signs, first, next] = [await house.person(id), await house.person(id), await house.person(id)]
  await giveRole(house.owner, signs, 'signataire')
  await acts.sent(signs, [first])
  const convention = (await one('select id from conventions where organisation_id = $1', [id])).id as string
  return { id, signs, first, next, convention }
}
type Structure = Awaited<ReturnType<typeof structure>>
/** A deed that names the next, as the application would lay it: signed by all in the service, or by hand. */
const ready = async ({ id, signs, next, convention }: Structure, by: Person, receivedOn: string | null) => {
  const deed = uuidv7()
  await one(
    `insert into rgc_deeds (id, organisation_id, convention_id, organisation_name, siret, address, signatory_id,
      signatory_name, signatory_title, conditions_given, digest, created_by, created_at, paper_signed_on, paper_received_on)
    values ($1, $2, $3, 'Essai', 1, '1 place Essai', $4, 'Personne Essai', 'Direction', true,
      sha256($1::uuid::text::bytea), $5, now(), $6::date - 30, $6)`,
    [deed, id, convention, signs.id, by.id, receivedOn],
  )
  await one(
    `insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone, email)
    values ($1, $2, $3, 'titulaire', 1, 'Camille', 'Essai', '0500000000', 'camille@essai.example')`,
    [deed, next.id, id],
  )
  if (receivedOn)
    await one(
      `insert into rgc_documents (deed_id, content, sha256, made_at) values ($1, $1::uuid::text::bytea,
      sha256($1::uuid::text::bytea), now())`,
      [deed],
    )
  else
    for (const [who, capacity] of [
      [signs, 'signataire'],
      [next, 'rgc'],
    ] as const)
      await one(
        `insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
          values ($1, $2, $3, sha256($1::uuid::text::bytea), now())`,
        [deed, who.id, capacity],
      )
  return deed
}
const sends = (who: Person, deed: string, keep = true) =>
  within(who, sql<{ at: Date | null }>`select send_rgc_deed(${deed}::uuid) as at`, keep).then(row => row!.at)
/** At an instant of the service: its clock counts milliseconds. */
const refuses = (deed: string) =>
  one(
    `insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at)
      values ($1, 'refus', 'Motif', $2, date_trunc('milliseconds', now()))`,
    [deed, cssi.id],
  )
const waitsUntil = async (deed: string): Promise<string | undefined> =>
  (await one('select silence_accepts_at as at from rgc_deeds where id = $1', [deed])).at?.toISOString()
/** Those who hold the role today in this structure. */
const held = async ({ id }: Structure) =>
  (
    await one(
      `select array(select account_id::text from role_assignments where organisation_id = $1 and role = 'rgc'
        and (ends_at is null or ends_at > now()) order by 1) as ids`,
      [id],
    )
  ).ids
const ids = (...people: Person[]) => people.map(p => p.id).sort()

test('RGC-3: the month of silence from each day of four years: the rule and ctx.month_of_silence agree', async () => {
  const { rows } = await house.owner.query<{ day: string; ends: Date }>(
    `select d::date::text as day, ctx.month_of_silence(d::date) as ends
      from generate_series('2026-01-01'::timestamp, '2029-12-31', '1 day') d`,
  )
  assert.equal(rows.length, 1461)
  assert.deepEqual(rows.filter(({ day, ends }) => +ends !== +silenceAccepts(day)).slice(0, 2), [])
})

test('SEC-1, RGC-3, AGR-13: no deed is sent, settled or contested at an instant, or for a month, that SQL as the web chose', async () => {
  const ours = await structure()
  const past = sql`now() - interval '40 days'`
  const deed = await ready(ours, ours.signs, null)
  for (const statement of [
    sql`select send_rgc_deed(${deed}::uuid, now() + interval '1 minute', ${past})`,
    sql`select settle_rgc_paper(${deed}::uuid, now(), ${past})`,
    sql`select settle_rgc_roles(${deed}::uuid, ${past})`,
    sql`select contest_rgc_deed(${deed}::uuid, 'x', ${past})`,
  ])
    for (const who of [ours.signs, cssi]) await assert.rejects(within(who, statement), /does not exist/)
  const before = new Date()
  const sentAt = (await sends(ours.signs, deed))!
  assert.ok(sentAt >= before && sentAt <= new Date(), sentAt.toISOString())
  assert.deepEqual(await held(ours), ids(ours.next), 'in force at once: it follows no refusal')
})

test('RGC-3, AGR-13: after a refusal a deed waits until the end of its month, never less nor more', async () => {
  const ours = await structure()
  const refused = await ready(ours, ours.signs, null)
  await sends(ours.signs, refused)
  await refuses(refused)
  await within(cssi, sql`select settle_rgc_roles(${refused}::uuid)`, true)
  assert.deepEqual(await held(ours), ids(ours.first))
  const inService = await ready(ours, ours.signs, null)
  await sends(ours.signs, inService)
  assert.equal(await waitsUntil(inService), silenceAccepts(today).toISOString())
  await refuses(inService)
  // On paper: what its structure deposits is received today; what the operator received, on no day to come.
  for (const [by, day, sent] of [
    [ours.signs, addMonths(today, -2), false],
    [ours.signs, addDays(today, 1), false],
    [cssi, addDays(today, 1), false],
    [ours.signs, today, true],
    [cssi, addDays(today, -3), true],
  ] as const) {
    const paper = await ready(ours, by, day)
    assert.equal((await sends(by, paper)) !== null, sent, `${day}, ${by === cssi}`)
    assert.equal(await waitsUntil(paper), sent ? silenceAccepts(day).toISOString() : undefined, day)
    if (sent) await refuses(paper)
    else await one('update rgc_deeds set abandoned_at = now() where id = $1', [paper])
  }
  // Corrected to a day to come, whatever the application forgets: the month runs from today at most.
  const paper = await ready(ours, cssi, addDays(today, -3))
  await sends(cssi, paper)
  const settles = () => within(cssi, sql`select settle_rgc_paper(${paper}::uuid)`, true)
  for (const [day, until] of [
    [addDays(today, -1), silenceAccepts(addDays(today, -1))],
    [addDays(today, 300), silenceAccepts(today)],
  ] as const) {
    await one('update rgc_deeds set paper_received_on = $2 where id = $1', [paper, day])
    await settles()
    assert.equal(await waitsUntil(paper), until.toISOString())
  }
})

test('RGC-10, AGR-7: once the convention is over, SQL sends and contests no deed of it, and no answer nor corrected day moves a role', async () => {
  // To the millisecond, as the application writes it: what SQL asks at once is not before the end.
  const over = ({ convention }: Structure, at = `date_trunc('milliseconds', now())`) =>
    one(`update conventions set ends_at = ${at} where id = $1`, [convention])
  const ours = await structure()
  const unsent = await ready(ours, ours.signs, null)
  await over(ours)
  assert.equal(await sends(ours.signs, unsent, false), null)
  await over(ours, 'null')
  assert.notEqual(await sends(ours.signs, unsent, false), null)

  // A paper of the operator, after a refusal: it waits for its month, at the end of which the first leaves.
  const theirs = await structure()
  const refused = await ready(theirs, theirs.signs, null)
  await sends(theirs.signs, refused)
  await refuses(refused)
  await within(cssi, sql`select settle_rgc_roles(${refused}::uuid)`, true)
  const paper = await ready(theirs, cssi, addDays(today, -3))
  await sends(cssi, paper)
  const contests = sql<{ done: boolean }>`select contest_rgc_deed(${paper}::uuid, 'Motif') as done`
  const leaves = async () =>
    (
      await one(`select ends_at from role_assignments where account_id = $1 and ended_by_deed = $2 and role = 'rgc'`, [
        theirs.first.id,
        paper,
      ])
    ).ends_at.toISOString()
  const before = await leaves()
  assert.equal(before, silenceAccepts(addDays(today, -3)).toISOString())
  await over(theirs)
  assert.equal((await within(theirs.signs, contests))!.done, false)
  await one('update rgc_deeds set paper_received_on = $2 where id = $1', [paper, addDays(today, -9)])
  await within(cssi, sql`select settle_rgc_paper(${paper}::uuid)`, true)
  assert.equal(await waitsUntil(paper), silenceAccepts(addDays(today, -9)).toISOString(), 'its record follows the day')
  assert.equal(await leaves(), before)
  await one(
    `insert into rgc_decisions (deed_id, kind, decided_by, decided_at) values ($1, 'acceptation', $2, date_trunc('milliseconds', now()))`,
    [paper, cssi.id],
  )
  await within(cssi, sql`select settle_rgc_roles(${paper}::uuid)`, true)
  assert.equal(await leaves(), before)
  // While it runs, each of them does.
  await over(theirs, 'null')
  assert.equal((await within(theirs.signs, contests))!.done, true)
  await within(cssi, sql`select settle_rgc_roles(${paper}::uuid)`, true)
  assert.ok(new Date(await leaves()) <= new Date())
})

test('AGR-13, RGC-10: a corrected day gives the role back to who left too early, save an account ended since', async () => {
  for (const ended of [false, true]) {
    const ours = await structure()
    const refused = await ready(ours, ours.signs, null)
    await sends(ours.signs, refused)
    await refuses(refused)
    await within(cssi, sql`select settle_rgc_roles(${refused}::uuid)`, true)
    // Received two months ago: its month is over, and the first leaves at once.
    const paper = await ready(ours, cssi, addMonths(today, -2))
    await sends(cssi, paper)
    await until('the first to leave', async () => !(await held(ours)).includes(ours.first.id))
    if (ended) await one(`select ctx.end_account($1, 'departure', 'Mutation', $2)`, [ours.first.id, ours.signs.id])
    await one('update rgc_deeds set paper_received_on = $2 where id = $1', [paper, addDays(today, -1)])
    await within(cssi, sql`select settle_rgc_paper(${paper}::uuid)`, true)
    assert.deepEqual(await held(ours), ended ? ids(ours.next) : ids(ours.first, ours.next), `${ended}`)
  }
})

test('AGR-13, RGC-3: a deed counts until the instant at which it is contested, once, and is no refusal to the next; each clause counts', async () => {
  const ours = await structure()
  const [paper, following] = [await ready(ours, cssi, '2026-01-09'), await ready(ours, ours.signs, null)]
  await one(
    `update rgc_deeds set sent_at = now() - interval '9 days', contested_at = now() - interval '2 days', contested_by = $2,
      contest_reason = 'Motif' where id = $1`,
    [paper, ours.signs.id],
  )
  await one(`update rgc_deeds set sent_at = now() - interval '99 days' where organisation_id = $1 and id <> all ($2)`, [
    ours.id,
    [paper, following],
  ])
  const says = async () => {
    const { in_force, follows, named } = await one(
      `select array(select ctx.deed_in_force(d, now() - make_interval(days => n)) from unnest(array[3, 2, 1]) n) as in_force,
        array(select ctx.follows_refusal($2, now() - make_interval(days => n)) from unnest(array[3, 1]) n) as follows,
        ctx.named_still($3, now()) as named from rgc_deeds d where d.id = $1`,
      [paper, following, ours.next.id],
    )
    const contest = sql<{ done: boolean }>`select contest_rgc_deed(${paper}::uuid, 'Encore') as done`
    return [in_force, follows, named, (await within(ours.signs, contest))!.done]
  }
  const expected = [[true, false, false], [false, false], false, false]
  assert.deepEqual(await says(), expected)
  for (const [signature, clause] of [
    ['ctx.deed_in_force(rgc_deeds,timestamptz)', ' or deed.contested_at <= at'],
    ['ctx.follows_refusal(uuid,timestamptz)', ' and not coalesce(last.contested_at <= at, false)'],
    ['ctx.named_still(uuid,timestamptz)', ' and d.contested_at is null'],
    ['contest_rgc_deed(uuid,text)', ' and x.contested_at is null'],
  ] as const)
    await withFunctionChanged(house.owner, signature, clause, '', async () =>
      assert.notDeepEqual(await says(), expected, clause),
    )
})

test('RGC-3, SEC-1, SEC-6: SQL as the CSSI answers a deed at the database’s own instant, while it is decidable and its convention runs: the rule and the database agree, each clause seen', async () => {
  const { at: now } = await one(`select date_trunc('milliseconds', now()) as at`, [])
  const hours = (n: number) => new Date(now.getTime() + n * 3_600_000)
  const sent: DeedFacts = { sentAt: hours(-40), abandonedAt: null, silenceAcceptsAt: null, decision: null }
  const cases: { id: string; why: string; facts: DeedFacts; over: boolean }[] = []
  for (const [why, facts, over] of [
    ['not sent', { ...sent, sentAt: null }, false],
    ['sent at an hour to come', { ...sent, sentAt: hours(1) }, false],
    ['in force at once', sent, false],
    ['waits', { ...sent, silenceAcceptsAt: hours(1) }, false],
    ['accepted by silence', { ...sent, silenceAcceptsAt: hours(-1) }, false],
    ['accepted by silence a minute ago', { ...sent, silenceAcceptsAt: hours(-1 / 60) }, false],
    ['contested', { ...sent, contestedAt: hours(-1) }, false],
    ['answered', { ...sent, decision: { kind: 'acceptation', at: hours(-1) } }, false],
    ['waits, its convention over', { ...sent, silenceAcceptsAt: hours(1) }, true],
  ] as const) {
    const ours = await structure()
    const id = await ready(ours, cssi, today)
    await one(
      `update rgc_deeds set sent_at = $2, silence_accepts_at = $3, contested_at = $4::timestamptz,
        contested_by = case when $4::timestamptz is not null then created_by end,
        contest_reason = case when $4::timestamptz is not null then 'Motif' end where id = $1`,
      [id, facts.sentAt, facts.silenceAcceptsAt, 'contestedAt' in facts ? facts.contestedAt : null],
    )
    if (facts.decision)
      await one(`insert into rgc_decisions (deed_id, kind, decided_by, decided_at) values ($1, $2, $3, $4)`, [
        id,
        facts.decision.kind,
        cssi.id,
        facts.decision.at,
      ])
    await one('update conventions set ends_at = $2 where id = $1', [ours.convention, over ? hours(-1) : hours(1)])
    cases.push({ id, why, facts, over })
  }
  const hash = tokenHash(cssi.cookie.slice('session='.length))
  const answers = (id: string, at: string, kind: string) =>
    mayWrite(
      house.database,
      hash,
      sql`insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at) values (${id}::uuid, ${kind},
        'Motif', ${cssi.id}::uuid, ${sql.raw(at)}) on conflict do nothing`,
    )
  const itsOwn = `date_trunc('milliseconds', ctx.clock())`
  const apart = async (at = itsOwn) => {
    const found = []
    for (const { id, why, facts, over } of cases)
      for (const kind of ['acceptation', 'refus'])
        if ((await answers(id, at, kind)) !== (isDecidable(facts, now) && !over)) found.push(why)
    return [...new Set(found)]
  }
  assert.deepEqual(await apart(), [])
  for (const [clause, seen] of [
    ['d.sent_at <= decided_at', ['not sent', 'sent at an hour to come']],
    ['d.contested_at IS NULL', ['contested']],
    ['d.silence_accepts_at > decided_at', ['accepted by silence', 'accepted by silence a minute ago']],
    ['c.ends_at > decided_at', ['waits, its convention over']],
  ] as const)
    await withCheckChanged(house.owner, 'rgc_decisions', 'decide', clause, 'true', async () =>
      assert.deepEqual(await apart(), seen),
    )
  // Dated at another instant, nobody answers: neither before the month was over, nor ahead of what follows.
  for (const at of ['- 2 hours', '- 2 minutes', '- 1 millisecond', '+ 1 millisecond', '+ 2 minutes', '+ 30 days'])
    for (const { id, why } of cases)
      assert.equal(await answers(id, `${itsOwn} ${at[0]} interval '${at.slice(2)}'`, 'refus'), false, `${why}, ${at}`)
})

test('RGC-7, RGC-6, SEC-1: whoever requires, makes, withdraws or lifts a revocation by SQL dates it of now, ten minutes apart; so does who takes back a departure noted', async () => {
  const ours = await structure()
  const [made, asked, noted] = [uuidv7(), uuidv7(), uuidv7()]
  const lays = (id: string, at: string) => sql`insert into rgc_revocations (id, account_id, organisation_id, reason,
    required_by, required_at) values (${id}::uuid, ${(id === asked ? ours.next : ours.first).id}::uuid,
    ${ours.id}::uuid, 'Motif', ${cssi.id}::uuid, ${sql.raw(at)})`
  const changes = (id: string, by: Person, verb: 'made' | 'withdrawn' | 'lifted', at: string) =>
    sql`update rgc_revocations set ${sql.ref(`${verb}_at`)} = ${sql.raw(at)}, ${sql.ref(`${verb}_by`)} = ${by.id}::uuid
      ${verb === 'made' ? sql`` : sql`, ${sql.ref(`${verb === 'lifted' ? 'lifted' : 'withdrawal'}_reason`)} = 'Motif'`}
      where id = ${id}::uuid`
  const hash = (who: Person) => tokenHash(who.cookie.slice('session='.length))
  for (const [who, statement] of [
    [cssi, (at: string) => lays(made, at)],
    [cssi, (at: string) => lays(asked, at)],
    [ours.signs, (at: string) => changes(made, ours.signs, 'made', at)],
    [cssi, (at: string) => changes(asked, cssi, 'withdrawn', at)],
    [cssi, (at: string) => changes(made, cssi, 'lifted', at)],
    [
      ours.signs,
      (at: string) => sql`insert into rgc_known_events (id, account_id, organisation_id, kind, known_on, noted_by,
        noted_at) values (${noted}::uuid, ${ours.first.id}::uuid, ${ours.id}::uuid, 'depart', ${today}::date,
        ${ours.signs.id}::uuid, ${sql.raw(at)})`,
    ],
    [
      ours.signs,
      (at: string) => sql`update rgc_known_events set withdrawn_at = ${sql.raw(at)}, withdrawal_reason = 'Motif',
        withdrawn_by = ${ours.signs.id}::uuid where id = ${noted}::uuid`,
    ],
  ] as const) {
    for (const by of ['- 40 days', '- 11 minutes', '+ 11 minutes'])
      assert.equal(
        await mayWrite(house.database, hash(who), statement(`now() ${by[0]} interval '${by.slice(2)}'`)),
        false,
        by,
      )
    await house.database.transaction(async tx => {
      await tx.enter(hash(who))
      assert.equal(await tx.run(statement('now()')), 1)
    })
  }
})
