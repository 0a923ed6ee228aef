import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import { correctsPaperDay, type PaperTold } from './event-rules.ts'
import { rgc } from './index.ts'
import { mayAnswerFor, mayEnterDeed, receivesPapersOf } from './rgc.policy.ts'
import { deedActs, withConditions } from './testing.ts'

let house: House
let mailbox: Mailbox
let here: Person // security officer of Nouvelle-Aquitaine
let away: Person // of Bretagne
let whole: Person // of every region
let office: Person // regional direction of Nouvelle-Aquitaine
let otherOffice: Person // of Bretagne
let manager: Person // account manager of a partner of Nouvelle-Aquitaine
let partner: string
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const deedOf = async (organisationId: string): Promise<string> =>
  (await rows('select id from rgc_deeds where organisation_id = $1', [organisationId]))[0].id
const decide = (who: Person, deedId: string) =>
  house.call(who, 'POST', `/rgc/deeds/${deedId}/decision`, { kind: 'refus', reason: 'Une personne partie' }, once())

const denied =
  /row-level security|a second person corrects|changes by a correction|bears the instant|transaction is aborted/
/** Whether the database lets somebody write this, or answers them; undone after. Of several, all must pass. */
const tried = async (who: Person, ...statements: RawBuilder<unknown>[]) => {
  const tx = await house.database.begin()
  try {
    const viewer = (await tx.enter(tokenHash(who.cookie.slice('session='.length))))!
    let done = true
    for (const statement of statements)
      done &&= (await tx.run(statement).catch(error => assert.match(String(error), denied))) === 1
    return { viewer, done }
  } finally {
    await tx.rollback()
  }
}

before(async () => {
  house = await withConditions(await openHouse(rgc))
  mailbox = await openMailbox()
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[here, away, whole] = (await Promise.all([0, 1, 2].map(() => house.person(operator)))) as [Person, Person, Person]
  await giveRole(house.owner, here, 'cssi', { regionId: 1075 })
  await giveRole(house.owner, away, 'cssi', { regionId: 1053 })
  await giveRole(house.owner, whole, 'cssi')
  ;[office, otherOffice] = [await house.person(operator), await house.person(operator)]
  await giveRole(house.owner, office, 'direction-regionale', { regionId: 1075 })
  await giveRole(house.owner, otherOffice, 'direction-regionale', { regionId: 1053 })
  partner = (await house.organisation()).id
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [partner])
  manager = await house.person(partner)
  await giveRole(house.owner, manager, 'rgc')
})
after(async () => {
  await mailbox.close()
  await house.close()
})

test('AGR-16, RGC-3: the CSSI of a region reads the deeds of its region alone, and those of another region do not exist for them', async () => {
  const deed = await deedOf(partner)
  const seen = async (who: Person) =>
    (await house.call(who, 'GET', '/rgc/oversight')).body.deeds.map((d: any) => d.id).includes(deed)
  assert.deepEqual([await seen(here), await seen(away), await seen(whole)], [true, false, true])
  assert.equal((await decide(away, deed)).status, 404)
})

test('AGR-16, RGC-3, RGC-4: a deed signed and sent is told to the CSSI of its region, who answers it and records the certificate; the one of another region is refused', async () => {
  const { sent, decide, certify } = deedActs(house)
  const organisationId = (await house.organisation()).id
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [organisationId])
  const [gilles, maite] = [await house.person(organisationId), await house.person(organisationId)]
  await giveRole(house.owner, gilles, 'signataire')
  await rows('delete from mails')
  const deed = await sent(gilles, [maite])
  const told = (await rows('select to_account_id as id from mails where kind = $1', ['rgc-deed-sent'])).map(r => r.id)
  assert.deepEqual(
    [here, away, whole].map(who => told.includes(who.id)),
    [true, false, true],
  )

  const own = (await house.call(here, 'GET', '/rgc/oversight')).body
  const shown = own.waiting.find((d: any) => d.id === deed.id) ?? own.deeds.find((d: any) => d.id === deed.id)
  assert.ok(shown.allowed.includes('accept'))
  assert.equal((await decide(away, deed, { kind: 'refus', reason: 'Non' })).status, 404)
  assert.equal((await certify(away, maite, '2026-01-05')).body.code, 'access/role-required')
  const answered = await decide(here, deed, { kind: 'acceptation' })
  assert.deepEqual([answered.status, answered.body.decision.kind], [200, 'acceptation'])
  assert.equal((await certify(here, maite, '2026-01-05')).status, 200)
  assert.deepEqual(
    (await rows('select recorded_by as by from rgc_certificates where account_id = $1', [maite.id])).map(r => r.by),
    [here.id],
  )
})

test('AGR-16, RGC-7: the CSSI of the region requires a revocation; of another, refused; its own region alone is written to', async () => {
  const ask = (who: Person) =>
    house.call(who, 'POST', '/rgc/revocations', { accountId: manager.id, reason: 'Manquement répété' }, once())
  assert.equal((await ask(away)).body.code, 'access/role-required')
  assert.equal((await ask(here)).status, 200)
  await deliverMails(house, mailbox)
  // Whom a notice to the CSSI reaches, for that partner.
  const told = await rows(
    `select account_id from ctx.recipients_of($1, null, ctx.clock()) where party = 'operateur' and role = 'cssi'`,
    [partner],
  )
  assert.deepEqual(told.map(r => r.account_id).sort(), [here.id, whole.id].sort())
})

test('AGR-16: the region is that of the convention in force: moved, the partner is another officer’s at the next request', async () => {
  await rows('update conventions set region_id = 1053 where organisation_id = $1', [partner])
  const deed = await deedOf(partner)
  const seen = async (who: Person) =>
    (await house.call(who, 'GET', '/rgc/oversight')).body.deeds.some((d: any) => d.id === deed)
  assert.deepEqual([await seen(here), await seen(away)], [false, true])
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [partner])
})

test('AGR-16, SEC-6: elsewhere the role of a region opens nothing: it is not the role of every region', async () => {
  const names = await rows(`select role_names from ctx.worked_out($1, 'proconnect', ctx.clock())`, [here.id])
  assert.deepEqual(names[0].role_names, ['cssi:1075'])
  const own = await house.call(
    here,
    'POST',
    '/rgc/certificates',
    {
      accountId: here.id,
      issuedOn: '2026-01-01',
      file: here.id,
    },
    once(),
  )
  assert.equal(own.body.code, 'access/role-required')
})

test('AGR-16, SEC-2: beside a CSSI of one region, the last of every region is still the last', async () => {
  assert.deepEqual((await rows('select ctx.sole_roles($1, ctx.clock()) as sole', [whole.id]))[0].sole, ['cssi'])
  assert.deepEqual((await rows('select ctx.sole_roles($1, ctx.clock()) as sole', [here.id]))[0].sole, [])
})

test('AGR-16, SEC-6: whatever the application forgets, the database lets the CSSI of another region decide, record and require nothing', async () => {
  const deed = await deedOf(partner)
  const convention = (await rows('select id from conventions where organisation_id = $1', [partner]))[0].id
  await rows('delete from rgc_decisions where deed_id = $1', [deed])
  await rows('delete from rgc_revocations where account_id = $1', [manager.id])
  const may: boolean[] = [] // what the policy says of each
  const written = async (who: Person, ...statements: RawBuilder<unknown>[]) => {
    const { viewer, done } = await tried(who, ...statements)
    may.push(mayAnswerFor(viewer, partner) === true)
    return done
  }
  const [paper, event] = [uuidv7(), uuidv7()]
  const hand = (id: string, by: Person) => sql`insert into rgc_deeds (id, organisation_id, convention_id,
    organisation_name, siret, address, signatory_id, signatory_name, signatory_title, conditions_given, digest,
    created_by, created_at, paper_signed_on, paper_received_on) values (${id}::uuid, ${partner}::uuid,
    ${convention}::uuid, 'Essai', 1, '1 place Essai', ${manager.id}::uuid, 'Personne Essai', 'Direction', true,
    sha256(${id}::bytea), ${by.id}::uuid, now(), '2026-01-05', '2026-01-06')`
  await rows(
    `insert into rgc_deeds (id, organisation_id, convention_id, organisation_name, siret, address, signatory_id,
      signatory_name, signatory_title, conditions_given, digest, created_by, created_at, sent_at, paper_signed_on,
      paper_received_on) values ($1, $2, $3, 'Essai', 1, '1 place Essai', $4, 'Personne Essai', 'Direction', true,
      sha256('x'), $4, now(), now(), '2026-01-05', '2026-01-06')`,
    [paper, partner, convention, manager.id],
  )
  await rows(
    `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late, rights_end_at,
      declared_by, declared_at, received_on) values ($1, $2, $3, 'depart', '2026-01-01', '2026-01-01', '2026-01-09',
      false, now(), $4, now(), '2026-01-06')`,
    [event, manager.id, partner, manager.id],
  )
  // One that waits, one that is made, and a person refused.
  const other = await house.person(partner)
  const revocation = { waiting: uuidv7(), made: uuidv7() }
  for (const [id, madeBy] of [
    [revocation.waiting, null],
    [revocation.made, other.id],
  ])
    await rows(
      `insert into rgc_revocations (id, account_id, organisation_id, reason, required_by, required_at, made_by, made_at)
        select $1, $2, $3, 'essai', $4, '2026-01-06', $5, case when $5::uuid is not null then now() end`,
      [id, other.id, partner, whole.id, madeBy],
    )
  await rows('insert into rgc_refused_people (deed_id, account_id) values ($1, $2)', [deed, manager.id])
  const correction = (by: Person, of: 'deed_id' | 'event_id', id: string) => sql`insert into rgc_paper_corrections (id,
    organisation_id, ${sql.ref(of)}, before, after, reason, corrected_by, corrected_at) values (${uuidv7()}::uuid,
    ${partner}::uuid, ${id}::uuid, '{}', '{"receivedOn": "2026-01-07", "signedOn": "2026-01-05"}', 'essai',
    ${by.id}::uuid, now())`
  const deedReceived = sql`update rgc_deeds set paper_received_on = '2026-01-07' where id = ${paper}::uuid`
  const eventReceived = sql`update rgc_events set received_on = '2026-01-07', late = true where id = ${event}::uuid`
  for (const statement of [
    (by: Person) => [correction(by, 'deed_id', paper), deedReceived],
    (by: Person) => [correction(by, 'event_id', event), eventReceived],
    (by: Person) => correction(by, 'deed_id', paper),
    (by: Person) => correction(by, 'event_id', event),
    (by: Person) => sql`insert into rgc_decisions (deed_id, kind, decided_by, decided_at)
      values (${deed}::uuid, 'acceptation', ${by.id}::uuid, date_trunc('milliseconds', ctx.clock()))`,
    (by: Person) => sql`insert into rgc_revocations (id, account_id, organisation_id, reason, required_by, required_at)
      values (${uuidv7()}::uuid, ${manager.id}::uuid, ${partner}::uuid, 'essai', ${by.id}::uuid, now())`,
    (
      by: Person,
    ) => sql`insert into rgc_certificates (id, account_id, organisation_id, convention_id, issued_on, file_name,
      content, sha256, recorded_by, recorded_at) values (${uuidv7()}::uuid, ${manager.id}::uuid, ${partner}::uuid,
      ${convention}::uuid, '2026-01-05', 'x.pdf', 'x', sha256('x'), ${by.id}::uuid, now())`,
    (by: Person) => sql`update rgc_revocations set withdrawn_at = now(), withdrawn_by = ${by.id}::uuid,
      withdrawal_reason = 'essai' where id = ${revocation.waiting}::uuid`,
    (by: Person) => sql`update rgc_revocations set lifted_at = now(), lifted_by = ${by.id}::uuid,
      lifted_reason = 'essai' where id = ${revocation.made}::uuid`,
    (by: Person) => sql`update rgc_refused_people set lifted_at = now(), lifted_by = ${by.id}::uuid,
      lifted_reason = 'essai' where deed_id = ${deed}::uuid`,
  ])
    assert.deepEqual(
      [
        await written(here, ...[statement(here)].flat()),
        await written(whole, ...[statement(whole)].flat()),
        await written(away, ...[statement(away)].flat()),
      ],
      [true, true, false],
    )
  assert.deepEqual(may, Array.from({ length: 10 }, () => [true, true, false]).flat())
  // Corrected with its day of signature, the conditions are those of that day.
  const givenOn = (day: string) => sql`update rgc_deeds set paper_signed_on = ${day}::date, commitments = '{essai}',
    conditions_id = c.id, conditions_title = c.title, conditions_version = c.version, conditions_hash = c.body_hash
    from documents c where c.kind = 'cgu' and c.version = 1 and rgc_deeds.id = ${paper}::uuid`
  assert.deepEqual(
    [await written(here, givenOn('2026-01-05')), await written(here, givenOn('2019-06-01'))],
    [true, false],
  )
  for (const [statements, why] of [
    [[deedReceived], 'without a correction'],
    [[eventReceived], 'without a correction'],
    [
      [
        correction(here, 'deed_id', paper),
        sql`update rgc_deeds set paper_received_on = '2026-01-06' where id = ${paper}::uuid`,
      ],
      'the same day',
    ],
    [
      [
        correction(here, 'deed_id', paper),
        sql`update rgc_deeds set paper_received_on = '2026-01-08' where id = ${paper}::uuid`,
      ],
      'another day',
    ],
    [
      [
        correction(here, 'event_id', event),
        sql`update rgc_events set received_on = '2026-01-08' where id = ${event}::uuid`,
      ],
      'another day',
    ],
  ] as const)
    assert.equal((await tried(here, ...statements)).done, why === 'the same day', why)
  const signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
  const stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, stranger, 'signataire')
  const former = await house.person(partner)
  await giveRole(house.owner, former, 'signataire', { endsAt: new Date(Date.now() - 1000) })
  const through: Person[] = []
  for (const who of [here, whole, away, office, otherOffice, manager, signatory, stranger, former]) {
    const { viewer, done } = await tried(who, hand(uuidv7(), who))
    const paperOf = { organisationId: partner, regionId: 1075 }
    assert.equal(done, mayEnterDeed(viewer, paperOf) === true, who.name)
    const received = await tried(who, sql`select where ctx.receives_papers_of(${partner}::uuid)`)
    assert.equal(received.done, receivesPapersOf(viewer, paperOf), who.name)
    if (done) through.push(who)
  }
  assert.deepEqual(through, [here, whole, office, signatory])
  assert.ok(await written(signatory, hand(uuidv7(), signatory)))
  const [receives, enters] = ['ctx.receives_papers_of(uuid)', 'ctx.enters_deeds_of(uuid)']
  for (const [name, from, to, who, done] of [
    [receives, 'ctx.officer_for(of_organisation)', "ctx.holds_role('cssi')", here, false],
    [receives, 'public.rgc_region(of_organisation) = any (ctx.regions())', 'false', office, false],
    [
      receives,
      'public.rgc_region(of_organisation) = any (ctx.regions())',
      "ctx.holds_role('direction-regionale')",
      otherOffice,
      true,
    ],
    [enters, 'of_organisation = ctx.organisation() and ', '', stranger, true],
    [enters, " and ctx.holds_role('signataire')", '', manager, true],
  ] as const)
    await withFunctionChanged(house.owner, name, from, to, async () =>
      assert.equal(await written(who, hand(uuidv7(), who)), done, from),
    )
  for (const [who, statement] of [
    [here, hand(uuidv7(), whole)],
    [here, sql`update rgc_deeds set paper_received_on = '2026-01-07' where id = ${deed}::uuid`],
    [here, correction(here, 'deed_id', deed)],
    [here, correction(whole, 'deed_id', paper)],
    [manager, sql`update rgc_events set received_on = '2026-01-07' where id = ${event}::uuid`],
  ] as const)
    assert.equal(
      await written(who, statement),
      false,
      'of what was signed here, in another’s name, or by the structure',
    )
})

test('SEC-6, AGR-13: a day of a paper is corrected by another than who told it last, within ninety days, at its instant: the rule and the database agree, each clause seen', async () => {
  const convention = (await rows('select id from conventions where organisation_id = $1', [partner]))[0].id
  const at = new Date()
  const ago = (days: number, more = 0) => new Date(at.getTime() - days * 86_400_000 - more)
  const noted = (kind: 'deed' | 'event', id: string, by: Person, when: string) => sql`insert into rgc_paper_corrections
    (id, organisation_id, ${sql.ref(`${kind}_id`)}, before, after, reason, corrected_by, corrected_at) values
    (${uuidv7()}::uuid, ${partner}::uuid, ${id}::uuid, '{}', '{"receivedOn": "2026-01-07"}', 'essai', ${by.id}::uuid,
      ${when}::timestamptz)`
  const cases: { kind: 'deed' | 'event'; id: string; told: PaperTold }[] = []
  for (const kind of ['deed', 'event'] as const)
    for (const by of [here, whole])
      for (const since of [ago(90), ago(90, 1)])
        for (const corrected of [null, { by: whole, at: ago(89) }, { by: here, at: ago(89) }]) {
          const id = uuidv7()
          await rows(
            kind === 'deed'
              ? `insert into rgc_deeds (id, organisation_id, convention_id, organisation_name, siret, address,
                  signatory_id, signatory_name, signatory_title, conditions_given, digest, created_by, created_at,
                  sent_at, paper_signed_on, paper_received_on) values ($1::uuid, $2, $6, 'Essai', 1, '1 place Essai', $3,
                  'Personne Essai', 'Direction', true, sha256($1::uuid::text::bytea), $4, $5, $5, '2026-01-05', '2026-01-06')`
              : `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
                  rights_end_at, declared_by, declared_at, received_on) values ($1, $3, $2, 'depart', '2026-01-01',
                  '2026-01-01', '2026-01-09', false, now(), $4, $5, case when $6::uuid is not null then
                  '2026-01-06'::date end)`,
            [id, partner, manager.id, by.id, since, convention],
          )
          const corrections = corrected
            ? [{ after: { receivedOn: '2026-01-06' }, by: corrected.by.id, at: corrected.at.toISOString() }]
            : []
          for (const one of corrections)
            await rows(
              `insert into rgc_paper_corrections (id, organisation_id, ${kind}_id, before, after, reason, corrected_by,
                corrected_at) values ($1, $2, $3, '{}', $4, 'essai', $5, $6)`,
              [uuidv7(), partner, id, JSON.stringify(one.after), one.by, one.at],
            )
          cases.push({ kind, id, told: { by: by.id, at: since, corrections } })
        }
  const apart = async () => {
    let [missed, done] = [0, 0]
    for (const { kind, id, told } of cases)
      for (const who of [here, whole]) {
        const written = await tried(who, noted(kind, id, who, at.toISOString()))
        if (written.done) done++
        if (written.done !== (correctsPaperDay(who.id, told, 'receivedOn', at) === true)) missed++
      }
    return { missed, some: done > 0 && done < 2 * cases.length }
  }
  assert.deepEqual(await apart(), { missed: 0, some: true })
  const [corrects, last] = ['ctx.corrects(text, uuid, jsonb, timestamptz)', 'ctx.told_last(text, uuid, text)']
  for (const [name, from, to] of [
    [corrects, 't.by is not distinct from ctx.account() or ', ''],
    [corrects, 'or corrected_at > t.at + make_interval(hours => 24 * ctx.correction_days())', ''],
    [last, "of_kind = 'deed' and ", 'false and '],
    [last, "of_kind = 'event' and ", 'false and '],
    [last, "when 'deed' then y.deed_id", ''],
    [last, "when 'event' then y.event_id", ''],
  ] as const)
    await withFunctionChanged(house.owner, name, from, to, async () => assert.ok((await apart()).missed > 0, from))
  const open = cases.find(c => c.told.corrections[0]?.by === whole.id)!
  for (const [when, done] of [
    [ago(-1), false],
    [ago(1), false],
    [at, true],
  ] as const)
    assert.equal(
      (await tried(here, noted(open.kind, open.id, here, when.toISOString()))).done,
      done,
      'a correction says its own instant',
    )
  await rows('delete from rgc_paper_corrections where organisation_id = $1', [partner])
  for (const { kind, id } of cases) await rows(`delete from rgc_${kind}s where id = $1`, [id])
})

test('AGR-13, AGR-16, SEC-6: whatever the application forgets, a paper is filled in, kept, sent and settled by who entered it and answers for its structure', async () => {
  const organisationId = (await house.organisation()).id
  const [convention] = await rows('update conventions set region_id = 1075 where organisation_id = $1 returning id', [
    organisationId,
  ])
  const [signatory, manager, named] = (await Promise.all([0, 1, 2].map(() => house.person(organisationId)))) as [
    Person,
    Person,
    Person,
  ]
  await giveRole(house.owner, signatory, 'signataire')
  await giveRole(house.owner, manager, 'rgc')
  const stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, stranger, 'signataire')
  const everyone = [here, whole, signatory, away, manager, stranger, office, otherOffice]
  const done = async (who: Person, statement: RawBuilder<unknown>) => (await tried(who, statement)).done
  /** Whom the database lets, by their rank above. */
  const letThrough = async (statement: (who: Person) => RawBuilder<unknown> | Promise<RawBuilder<unknown>>) => {
    const through: number[] = []
    for (const [n, who] of everyone.entries()) if (await done(who, await statement(who))) through.push(n)
    return through
  }

  // Who is in place is told to the structure, and to who receives its papers.
  const inPlace = () => letThrough(() => sql`select from rgc_in_place(${organisationId}::uuid, now())`)
  assert.deepEqual(await inPlace(), [0, 1, 2, 4, 6])
  const lost = ' or ctx.receives_papers_of(of_organisation)'
  await withFunctionChanged(house.owner, 'rgc_in_place(uuid,timestamptz)', lost, '', async () =>
    assert.deepEqual(await inPlace(), [0, 1, 2, 4]),
  )

  // A paper that somebody began to enter: the digest is that of its scan.
  const begun = async (
    by: Person,
    ready: { named?: true; scan?: string; sentAt?: string; here?: true; receivedOn?: string } = {},
  ) => {
    const id = uuidv7()
    await rows(
      `insert into rgc_deeds (id, organisation_id, convention_id, organisation_name, siret, address, signatory_id,
        signatory_name, signatory_title, conditions_given, digest, created_by, created_at, sent_at, paper_signed_on,
        paper_received_on, abandoned_at)
      values ($1, $2, $3, 'Essai', 1, '1 place Essai', $4, 'Personne Essai', 'Direction', true,
        sha256($1::uuid::text::bytea), $5, now(), $6, $7, $7, $8)`,
      [
        id,
        organisationId,
        convention.id,
        signatory.id,
        by.id,
        ready.sentAt ?? null,
        ready.here ? null : (ready.receivedOn ?? '2026-01-05'),
        ready.here ? '2026-01-06' : null,
      ],
    )
    if (ready.named)
      await rows(
        `insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone,
          email) values ($1, $2, $3, 'titulaire', 1, 'Camille', 'Essai', '0500000000', 'camille@essai.example')`,
        [id, named.id, organisationId],
      )
    if (ready.scan)
      await rows(
        `insert into rgc_documents (deed_id, content, sha256, made_at)
          values ($1, $2::text::bytea, sha256($2::text::bytea), now())`,
        [id, ready.scan === 'own' ? id : ready.scan],
      )
    return id
  }
  const member = (id: string) => sql`insert into rgc_members (deed_id, account_id, organisation_id, position, rank,
    given_name, family_name, phone, email) values (${id}::uuid, ${named.id}::uuid, ${organisationId}::uuid, 'titulaire',
    1, 'Camille', 'Essai', '0500000000', 'camille@essai.example')`
  const birth = (id: string) =>
    sql`insert into rgc_birth_dates (deed_id, account_id, born_on, salt)
      values (${id}::uuid, ${named.id}::uuid, '1980-02-29', uuid_send(gen_random_uuid()))`
  const scan = (id: string) => sql`insert into rgc_documents (deed_id, content, sha256, made_at)
    values (${id}::uuid, 'x', sha256('x'), now())`
  const send = (id: string) => sql`select from (select send_rgc_deed(${id}::uuid) as
    at) s where s.at is not null`
  for (const [statement, ready] of [
    [member, {}],
    [birth, { named: true }],
    [scan, {}],
    [send, { named: true, scan: 'own' }],
  ] as const) {
    const what = statement.name
    const own = async (who: Person) =>
      statement(
        // What its own structure deposits is received today.
        await begun(
          who === manager ? here : who,
          who === signatory ? { ...ready, receivedOn: parisDay(new Date()) } : ready,
        ),
      )
    assert.deepEqual(await letThrough(own), [0, 1, 2, 6], what)
    assert.equal(await done(here, statement(await begun(whole, ready))), false, `${what}: another’s`)
    assert.equal(await done(whole, statement(await begun(here, ready))), false, `${what}: another’s`)
    assert.equal(await done(here, statement(await begun(here, { ...ready, sentAt: '2019-01-07' }))), false, what)
    assert.equal(
      await done(here, statement(await begun(here, { ...ready, here: true }))),
      false,
      `${what}: signed here`,
    )
  }
  assert.equal(await done(manager, send(await begun(manager, { named: true, scan: 'own' }))), false)
  assert.equal(await done(here, send(await begun(here, { named: true }))), false, 'without its scan')
  assert.equal(await done(here, send(await begun(here, { named: true, scan: 'autre' }))), false, 'with another scan')

  // The month of a paper follows its day by the word of who answers for the structure.
  const waiting = await begun(whole, { named: true, scan: 'own', sentAt: '2019-01-07' })
  const ends = async () => {
    const [{ at }] = await rows('select silence_accepts_at as at from rgc_deeds where id = $1', [waiting])
    return at.toISOString()
  }
  const settled: number[] = []
  for (const [n, who] of everyone.entries()) {
    await rows(`update rgc_deeds set silence_accepts_at = '2026-02-01' where id = $1`, [waiting])
    const before = await ends()
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    await tx.run(sql`select settle_rgc_paper(${waiting}::uuid)`)
    await tx.commit()
    if ((await ends()) !== before) settled.push(n)
  }
  assert.deepEqual(settled, [0, 1])

  // An account in that structure, who signs for it, and whom the operator refused there.
  assert.deepEqual(
    await letThrough(
      () => sql`select from (select rgc_account_of(${uuidv7()}::uuid, ${organisationId}::uuid,
      'nouvelle@essai.example', 'Nouvelle', 'Venue') as id) a where a.id is not null`,
    ),
    [0, 1, 6],
  )
  assert.deepEqual(await letThrough(() => sql`select from rgc_signatories(${organisationId}::uuid)`), [0, 1, 2, 4, 6])
  const refused = await begun(whole, { named: true, sentAt: '2019-01-07' })
  await rows(
    `insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at)
      values ($1, 'refus', 'Motif', $2, date_trunc('milliseconds', now()))`,
    [refused, whole.id],
  )
  await rows('insert into rgc_refused_people (deed_id, account_id) values ($1, $2)', [refused, named.id])
  assert.deepEqual(
    await letThrough(
      () => sql`select from (select rgc_obstacle(${organisationId}::uuid, ${named.id}::uuid, 'X', 'Y',
      '1990-01-01') as said) r where r.said is not null`,
    ),
    [0, 1, 2, 4, 6],
  )
  assert.equal(await done(here, member(await begun(here))), false, 'whom the operator refused')

  // The letter of a departure is kept by who entered that departure.
  const event = async (by: Person, receivedOn: string | null = '2026-01-06') => {
    const id = uuidv7()
    await rows(
      `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
        rights_end_at, declared_by, declared_at, received_on) values ($1, $2, $3, 'depart', '2026-01-01', '2026-01-01',
        '2026-01-09', false, now(), $4, now(), $5)`,
      [id, named.id, organisationId, by.id, receivedOn],
    )
    return id
  }
  const letter = (id: string, by: Person) => sql`insert into rgc_event_papers (event_id, file_name, media_type, content,
    sha256, entered_by) values (${id}::uuid, 'x.pdf', 'application/pdf', 'x', sha256('x'), ${by.id}::uuid)`
  assert.deepEqual(await letThrough(async who => letter(await event(who), who)), [0, 1, 6])
  for (const [id, by] of [
    [await event(whole), here],
    [await event(here), whole],
    [await event(here, null), here],
  ] as const)
    assert.equal(await done(here, letter(id, by)), false, 'another’s event, another’s name, or declared here')
})
