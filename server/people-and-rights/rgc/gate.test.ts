import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { importChanged, isSeenByOne, withFunctionChanged } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { unpublishTexts } from '../../testing/texts.ts'
import { giveRole } from '../accounts/testing.ts'
import { deedState } from './deadlines.ts'
import * as rules from './gate.model.ts'
import { followsRefusal } from './rgc.model.ts'
import { layGate } from './testing.ts'

const random = seededRandom(875)
const at = (text: string) => new Date(text)
const days = ['2026-03-01', '2026-03-29', '2026-06-01', '2026-06-15', '2026-07-01', '2026-10-25'].flatMap(day =>
  ['00:00:00', '21:59:59', '22:00:00', '23:00:00'].map(time => at(`${day}T${time}Z`)),
)
const maybe = <T>(share: number, one: () => T): T | null => (random() < share ? one() : null)

let house: House
const people: { facts: rules.GateFacts; accepted: readonly { documentId: string; at: Date }[] }[] = []
const laidDeeds: { readonly id: string; readonly facts: rules.StandingDeed }[] = []
const documents = [
  { id: uuidv7(), from: at('2026-03-29T00:00:00Z') },
  { id: uuidv7(), from: at('2026-06-15T22:00:00Z') },
]
const acceptedBy = (accepted: readonly { documentId: string; at: Date }[]) => (when: Date) => {
  const current = documents.filter(d => d.from <= when).at(-1)
  return accepted.some(a => a.documentId === current?.id && a.at <= when)
}

before(async () => {
  house = await openHouse([])
  await unpublishTexts(house.owner, 'cgu')
  const run = (statement: string, values: unknown[]) => house.owner.query(statement, values)
  for (const [n, d] of documents.entries())
    await run(
      `insert into documents (id, kind, version, title, body, body_hash, in_force_from, published_at)
        values ($1, 'cgu', $2, 'Texte', 'Texte', sha256('Texte'), $3, $3)`,
      [d.id, n + 1, d.from],
    )
  const decider = (await house.person((await house.organisation({ kind: 'operateur' })).id)).id
  for (let o = 0; o < 45; o++) {
    const organisation = await house.organisation()
    await run('delete from conventions where organisation_id = $1', [organisation.id])
    // None, one, or one after another, the last of which may be yet to come.
    const first = { id: uuidv7(), from: at('2026-01-15T00:00:00Z'), until: maybe(0.6, () => pick(random, days)) }
    const next = { id: uuidv7(), from: maybe(0.7, () => first.until ?? pick(random, days)), until: null }
    const conventions: { id: string; from: Date | null; until: Date | null }[] =
      random() < 0.1
        ? []
        : first.until === null
          ? random() < 0.3
            ? [first, { ...next, from: null }]
            : [first]
          : random() < 0.7
            ? [first, next]
            : [first]
    for (const c of conventions)
      await run(
        `insert into conventions (id, organisation_id, region_id, number, created_at, effective_from, ends_at)
          values ($1::uuid, $2, 0, 'C-' || $1::text, '2026-01-01', $3, $4)`,
        [c.id, organisation.id, c.from, c.until],
      )
    const oneConvention = () => pick(random, [...conventions, ...conventions.slice(-1)])?.id ?? null
    const accounts = await Promise.all(
      Array.from({ length: 4 }, () =>
        house.person(organisation.id, [], { secondFactor: random() < 0.7 ? 'totp' : null }),
      ),
    )
    const third = uuidv7()
    await run(
      `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on,
        recorded_by, recorded_at) values ($1, $2, 'delegate', 'Tiers', 'processor', '2026-01-01', 'Marché',
        '2026-01-01', $3, now())`,
      [third, organisation.id, accounts[0]!.id],
    )
    const deeds: rules.StandingDeed[] = []
    for (let n = 0; n < 4; n++) {
      const sentAt = maybe(0.9, () => pick(random, days))
      const silenceAcceptsAt =
        sentAt && maybe(0.4, () => pick(random, [...days.filter(d => d > sentAt), new Date(+sentAt + 86_400_000)]))
      const kind = pick(random, ['acceptation', 'refus'] as const)
      const decision = sentAt && maybe(0.5, () => ({ kind, at: new Date(Math.max(+sentAt, +pick(random, days))) }))
      const memberIds = accounts.filter(() => random() < 0.7).map(a => a.id)
      const [id, conventionId] = [uuidv7(), oneConvention()]
      const facts = { sentAt, abandonedAt: sentAt ? null : at('2026-06-01T00:00:00Z'), silenceAcceptsAt, decision }
      deeds.push({ ...facts, organisationId: organisation.id, conventionId, memberIds })
      laidDeeds.push({ id, facts: deeds.at(-1)! })
      await run(
        `insert into rgc_deeds (id, organisation_id, organisation_name, siret, address, signatory_id, signatory_name,
          signatory_title, conditions_given, digest, created_by, created_at, sent_at, silence_accepts_at, abandoned_at,
          convention_id)
        values ($1, $2, 'Essai', 1, '1 place Essai', $3, 'Personne Essai', 'Direction', true, sha256('x'), $3, now(),
          $4, $5, $6, $7)`,
        [
          id,
          organisation.id,
          accounts[0]!.id,
          sentAt,
          silenceAcceptsAt,
          sentAt ? null : at('2026-06-01T00:00:00Z'),
          conventionId,
        ],
      )
      for (const m of memberIds)
        await run(
          `insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name,
            phone, email) values ($1, $2, $3, 'titulaire', 1, 'Camille', 'Essai', '0500000000', 'a@b.example')`,
          [id, m, organisation.id],
        )
      if (decision)
        await run(
          `insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at) values ($1, $2, 'Motif', $3, $4)`,
          [id, decision.kind, decider, decision.at],
        )
    }
    for (const a of accounts) {
      const certificates = random() < 0.85 ? [{ at: pick(random, days), conventionId: oneConvention() }] : []
      for (const c of certificates)
        await run(
          `insert into rgc_certificates (id, account_id, organisation_id, issued_on, file_name, content, sha256,
            recorded_by, recorded_at, convention_id)
            values ($1, $2, $3, '2026-01-01', 'a.pdf', 'x', sha256('x'), $4, $5, $6)`,
          [uuidv7(), a.id, organisation.id, decider, c.at, c.conventionId],
        )
      const accepted = documents
        .filter(() => random() < 0.8)
        .map(d => ({ documentId: d.id, at: new Date(Math.max(+d.from, +pick(random, days))) }))
      for (const x of accepted)
        await run(`insert into acceptances values ($1, $2, $3, sha256('Texte'), $4)`, [
          a.id,
          x.documentId,
          organisation.id,
          x.at,
        ])
      const enrolled = random() < 0.3
      if (enrolled)
        await run(
          `insert into second_factors (id, account_id, kind, label, secret, last_step, created_at)
            values ($1, $2, 'totp', 'Essai', 'x', 0, now())`,
          [uuidv7(), a.id],
        )
      const proven =
        (
          await house.owner.query(
            'select count(*)::int as n from sessions where account_id = $1 and second_factor is not null',
            [a.id],
          )
        ).rows[0].n > 0
      const cuts = (['rgc', 'account', 'grant'] as const).flatMap(kind =>
        random() < 0.25
          ? [{ kind, from: pick(random, days), until: maybe(0.5, () => at('2026-10-25T23:00:00Z')) }]
          : [],
      )
      for (const c of cuts) {
        const grantId = c.kind === 'grant' ? uuidv7() : null
        if (grantId)
          await run(
            `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on,
              granted_at) values ($1, $2, $3, 'campagnes', 'conseiller', 0, 'essai', '2026-01-01', now())`,
            [grantId, a.id, organisation.id],
          )
        await run(
          `insert into account_blocks (id, account_id, organisation_id, cause, cuts, grant_id, reason, incident,
            blocked_by, blocked_at, lifted_at, verdict)
            values ($1, $2, $3, 'exceptional', $4, $5, 'essai', 'INC', $6, $7, $8, $9)`,
          [uuidv7(), a.id, organisation.id, c.kind, grantId, decider, c.from, c.until, c.until && 'Constat'],
        )
      }
      const attached =
        random() < 0.75
          ? ({ attachment: 'agent', contractEndsOn: null } as const)
          : ({
              attachment: pick(random, ['agent', 'delegate'] as const),
              contractEndsOn: pick(random, [null, '2030-01-01']),
            } as const)
      await run('update accounts set attachment = $2, third_party_id = $3, contract_ends_on = $4 where id = $1', [
        a.id,
        attached.attachment,
        attached.attachment === 'agent' ? null : third,
        attached.contractEndsOn,
      ])
      people.push({
        accepted,
        facts: {
          accountId: a.id,
          attached,
          cuts: cuts.filter(c => c.kind !== 'grant'),
          organisationId: organisation.id,
          conventions,
          deeds,
          certificates,
          conditionsPublished: when => documents.some(d => d.from <= when),
          conditionsAccepted: acceptedBy(accepted),
          secondFactor: enrolled || proven,
        },
      })
    }
  }
})
after(() => house.close())

interface Lack {
  readonly id: string
  readonly at: Date
  readonly missing: string[]
}
/** What the database says of these people at each instant. */
const lacksOf = async (some: readonly (typeof people)[number][]) =>
  (
    await house.owner.query<Lack>(
      'select a.id, i.at, ctx.rgc_missing(a.id, i.at) as missing from unnest($1::uuid[]) a (id), unnest($2::timestamptz[]) i (at)',
      [some.map(p => p.facts.accountId), days],
    )
  ).rows
const differing = (lacks: readonly Lack[], { missingToManage }: typeof rules = rules) => {
  const byId = new Map(people.map(p => [p.facts.accountId, p.facts]))
  return lacks.filter(r => missingToManage(byId.get(r.id)!, r.at).join() !== r.missing.join())
}

test('RGC-4, RGC-3: what the gate lacks at each instant: the rule and its SQL twin agree', async () => {
  const compared = await lacksOf(people)
  assert.deepEqual(differing(compared).slice(0, 2), [])
  const open = compared.filter(r => r.missing.length === 0).length
  assert.ok(
    compared.length >= 2_500 && open > 50 && open < compared.length / 2,
    `${compared.length} compared, ${open} open`,
  )
})
test('RGC-3: which deeds are in force at each instant, and who stands on one: the rules and the database agree', async () => {
  const inForce = await house.owner.query<{ id: string; at: Date; is: boolean }>(
    `select d.id, i.at, coalesce(ctx.deed_in_force(d, i.at), false) as is
      from rgc_deeds d cross join unnest($2::timestamptz[]) i (at) where d.id = any ($1)`,
    [laidDeeds.map(d => d.id), days],
  )
  const facts = new Map(laidDeeds.map(d => [d.id, d.facts]))
  assert.ok(inForce.rows.some(r => r.is) && inForce.rows.some(r => !r.is))
  assert.deepEqual(
    inForce.rows.filter(r => (deedState(facts.get(r.id)!, r.at) === 'en-vigueur') !== r.is).slice(0, 2),
    [],
  )
  const standing = await house.owner.query<{ id: string; at: Date; is: boolean }>(
    `select a.id, i.at, ctx.stands_on_deed(a.id, i.at) as is
      from unnest($1::uuid[]) a (id) cross join unnest($2::timestamptz[]) i (at)`,
    [people.map(p => p.facts.accountId), days],
  )
  const byId = new Map(people.map(p => [p.facts.accountId, p.facts]))
  assert.deepEqual(standing.rows.filter(r => rules.standsOnDeed(byId.get(r.id)!, r.at) !== r.is).slice(0, 2), [])
})
const compareAfterRefusal = async (follows = followsRefusal) => {
  const { rows } = await house.owner.query<{ id: string; at: Date; is: boolean }>(
    `select d.id, i.at, ctx.follows_refusal(d.id, i.at) as is
      from rgc_deeds d cross join unnest($2::timestamptz[]) i (at) where d.id = any ($1)`,
    [laidDeeds.map(d => d.id), days],
  )
  const byId = new Map(laidDeeds.map(d => [d.id, d.facts]))
  return {
    rows,
    // Two sent at one instant have no order: neither side is asked.
    different: rows.filter(({ id, at: when, is }) => {
      const facts = byId.get(id)!
      const before = laidDeeds
        .filter(
          d =>
            d.id !== id &&
            d.facts.organisationId === facts.organisationId &&
            d.facts.conventionId === facts.conventionId &&
            d.facts.sentAt !== null &&
            d.facts.sentAt <= when,
        )
        .map(d => d.facts)
      const latest = Math.max(...before.map(d => +d.sentAt!))
      if (before.filter(d => +d.sentAt! === latest).length > 1) return false
      return follows(before, when) !== is
    }),
  }
}
test('RGC-3: what follows a refusal at each instant: the rule and the database agree, and each clause counts', async () => {
  const { rows, different } = await compareAfterRefusal()
  assert.ok(rows.some(r => r.is) && rows.some(r => !r.is))
  assert.deepEqual(different.slice(0, 2), [])
  for (const [from, to] of [
    ['last.sent_at <= at', 'true'],
    ['last.id <> d.id', 'true'],
    ['order by last.sent_at desc', 'order by last.sent_at'],
    ['last.convention_id is not distinct from d.convention_id and', ''],
    ['not ctx.deed_in_force(last, at)', 'ctx.deed_in_force(last, at)'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.follows_refusal(uuid,timestamptz)', from, to, async () =>
      assert.notEqual((await compareAfterRefusal()).different.length, 0, `${from} → ${to}`),
    )
  const changed = await importChanged<{ followsRefusal: typeof followsRefusal }>(
    new URL('./rgc.model.ts', import.meta.url),
    "!== 'en-vigueur'",
    "=== 'refuse'",
  )
  assert.notEqual((await compareAfterRefusal(changed.followsRefusal)).different.length, 0)
})
test('RGC-4: the comparison fails when a clause goes, on either side', async () => {
  const groups = Array.from({ length: people.length / 6 }, (_, n) => people.slice(n * 6, n * 6 + 6))
  for (const [signature, from, to] of [
    ['ctx.deed_in_force(rgc_deeds,timestamptz)', 'deed.sent_at > at', 'false'],
    ['ctx.deed_in_force(rgc_deeds,timestamptz)', 'd.decided_at <= at', 'true'],
    ['ctx.deed_in_force(rgc_deeds,timestamptz)', "coalesce(said <> 'refus', true) and", ''],
    ['ctx.deed_in_force(rgc_deeds,timestamptz)', "coalesce(said = 'acceptation', false) or", ''],
    ['ctx.deed_in_force(rgc_deeds,timestamptz)', 'deed.silence_accepts_at <= at', 'deed.silence_accepts_at < at'],
    ['ctx.deed_in_force(rgc_deeds,timestamptz)', 'or deed.silence_accepts_at <= at', ''],
    ['ctx.stands_on_deed(uuid,timestamptz)', 'ctx.deed_in_force(later, at)', 'later.sent_at <= at'],
    ['ctx.stands_on_deed(uuid,timestamptz)', 'and ctx.of_current_convention(d.convention_id, at)', ''],
    [
      'ctx.stands_on_deed(uuid,timestamptz)',
      'later.convention_id = d.convention_id',
      'later.organisation_id = d.organisation_id',
    ],
    ['ctx.rgc_missing(uuid,timestamptz)', 'and ctx.of_current_convention(c.convention_id, at)', ''],
    ['ctx.of_current_convention(uuid,timestamptz)', 'c.ends_at > at', 'true'],
    ['ctx.of_current_convention(uuid,timestamptz)', 'c.effective_from <= at or', ''],
    ['ctx.of_current_convention(uuid,timestamptz)', 'or not ctx.in_force(c.organisation_id, at)', ''],
    ['ctx.of_current_convention(uuid,timestamptz)', 'not ctx.in_force(c.organisation_id, at)', 'true'],
    ['ctx.stands_on_deed(uuid,timestamptz)', 'later.sent_at > d.sent_at', 'later.id <> d.id'],
    [
      'ctx.stands_on_deed(uuid,timestamptz)',
      'and not exists (select from public.rgc_members n',
      'and false and not exists (select from public.rgc_members n',
    ],
    ['ctx.rgc_missing(uuid,timestamptz)', 'not ctx.permanent_staff(a)', 'false'],
    ['ctx.permanent_staff(accounts)', "a.attachment = 'agent' and", ''],
    ['ctx.permanent_staff(accounts)', 'and a.contract_ends_on is null', ''],
    ['ctx.rgc_missing(uuid,timestamptz)', 'not ctx.in_force(a.organisation_id, at)', 'false'],
    ['ctx.rgc_missing(uuid,timestamptz)', 'not ctx.stands_on_deed(a.id, at)', 'false'],
    ['ctx.rgc_missing(uuid,timestamptz)', 'c.recorded_at <= at', 'true'],
    ['ctx.rgc_missing(uuid,timestamptz)', "ctx.text_in_force('cgu', null, at) is null", 'false'],
    ['ctx.accepted(uuid,text,text,timestamptz)', 'x.accepted_at <= at', 'true'],
    ['ctx.text_in_force(text,text,timestamptz)', 'd.in_force_from <= at', 'true'],
    ['ctx.text_in_force(text,text,timestamptz)', 'd.in_force_from desc', 'd.in_force_from'],
    ['ctx.rgc_missing(uuid,timestamptz)', "not ctx.accepted(a.id, 'cgu', null, at)", 'false'],
    ['ctx.rgc_missing(uuid,timestamptz)', 's.second_factor is not null', 'true'],
    ['ctx.rgc_missing(uuid,timestamptz)', 'f.account_id = a.id', 'false'],
    ['ctx.rgc_missing(uuid,timestamptz)', "b.cuts in ('account', 'rgc')", 'true'],
    ['ctx.rgc_missing(uuid,timestamptz)', "b.cuts in ('account', 'rgc')", "b.cuts = 'account'"],
    ['ctx.rgc_missing(uuid,timestamptz)', 'b.blocked_at <= at', 'true'],
    ['ctx.rgc_missing(uuid,timestamptz)', 'b.lifted_at > at', 'b.lifted_at >= at'],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.ok(
        await isSeenByOne(groups, async group => differing(await lacksOf(group)).length > 0),
        `${from} → ${to}`,
      ),
    )
  const lacks = await lacksOf(people)
  assert.deepEqual(differing(lacks), [], 'put back as they were')
  for (const [from, to] of [
    ["=== 'en-vigueur'", "!== 'refuse'"],
    ['later.sentAt! <= deed.sentAt! ||', ''],
    ['later.conventionId !== deed.conventionId ||', ''],
    ['isOfCurrentConvention(deed.conventionId, facts, at) &&', ''],
    ['|| !conventions.some(o => inForce(o, at))', ''],
    ["['staff', !isPermanentStaff(facts.attached)]", "['staff', false]"],
    ['c.at <= at', 'c.at < at'],
    ['&& isOfCurrentConvention(c.conventionId, facts, at)', ''],
    ['from <= at &&', ''],
    ['until > at', 'until >= at'],
  ] as const)
    assert.notEqual(
      differing(lacks, await importChanged<typeof rules>(new URL('./gate.model.ts', import.meta.url), from, to)).length,
      0,
      `${from} → ${to}`,
    )
})

const hashOf = (who: { cookie: string }) => tokenHash(who.cookie.slice('session='.length))
const rolesOf = async (who: { cookie: string }) => {
  const tx = await house.database.begin()
  try {
    return (await tx.enter(hashOf(who)))!.roles.map(r => r.role)
  } finally {
    await tx.rollback()
  }
}
test('RGC-4, ACC-12: the role of a partner opens with the last condition, and closes with any of them at the next request', async () => {
  const run = (statement: string, values: unknown[]) => house.owner.query(statement, values)
  const organisation = await house.organisation()
  const person = await house.person(organisation.id)
  await run(
    `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
      values ($1, $2, $3, 'rgc', '2020-01-01', 'Désignation')`,
    [uuidv7(), person.id, organisation.id],
  )
  assert.deepEqual(await rolesOf(person), [], 'the assignment alone opens nothing')
  await run(`insert into acceptances values ($1, $2, $3, sha256('Texte'), now())`, [
    person.id,
    documents[1]!.id,
    organisation.id,
  ])
  const deed = await layGate(house.owner, { id: person.id, organisationId: organisation.id })
  assert.deepEqual(await rolesOf(person), ['rgc'])
  for (const [cut, back] of [
    [
      `update conventions set ends_at = now() - interval '1 hour' where organisation_id = $1`,
      `update conventions set ends_at = null where organisation_id = $1`,
    ],
    [
      `insert into rgc_decisions select id, 'refus', 'Motif', signatory_id, now() - interval '1 hour' from rgc_deeds
        where organisation_id = $1`,
      `delete from rgc_decisions where deed_id in (select id from rgc_deeds where organisation_id = $1)`,
    ],
    [
      `update rgc_deeds set silence_accepts_at = now() + interval '1 hour' where organisation_id = $1`,
      `update rgc_deeds set silence_accepts_at = now() - interval '1 second' where organisation_id = $1`,
    ],
    [
      `update rgc_certificates set recorded_at = now() + interval '1 day' where organisation_id = $1`,
      `update rgc_certificates set recorded_at = now() where organisation_id = $1`,
    ],
    [
      `delete from acceptances where organisation_id = $1`,
      `insert into acceptances select a.id, d.id, a.organisation_id, d.body_hash, now() from accounts a, documents d
        where a.organisation_id = $1`,
    ],
    [
      `update documents set in_force_from = in_force_from + interval '9 years' where kind = 'cgu' and $1::uuid is not null`,
      `update documents set in_force_from = in_force_from - interval '9 years' where kind = 'cgu' and $1::uuid is not null`,
    ],
    [
      `insert into account_blocks (id, account_id, organisation_id, cause, cuts, reason, incident, blocked_by,
        blocked_at) select gen_random_uuid(), a.id, a.organisation_id, 'exceptional', 'rgc', 'Motif', 'INC', a.id, now()
        from accounts a where a.organisation_id = $1`,
      `update account_blocks set lifted_at = now(), verdict = 'Constat' where organisation_id = $1`,
    ],
    [
      `update role_assignments set ends_at = now() where organisation_id = $1`,
      `update role_assignments set ends_at = null where organisation_id = $1`,
    ],
  ] as const) {
    await run(cut, [organisation.id])
    assert.deepEqual(await rolesOf(person), [], cut)
    await run(back, [organisation.id])
    assert.deepEqual(await rolesOf(person), ['rgc'], back)
  }
  assert.ok(deed)
})
test('RGC-3: a month of silence opens the role at the next request, with no job, by the clock alone', async () => {
  const organisation = await house.organisation()
  const person = await house.person(organisation.id)
  await giveRole(house.owner, person, 'rgc')
  await house.owner.query(`insert into acceptances values ($1, $2, $3, sha256('Texte'), now())`, [
    person.id,
    documents[1]!.id,
    organisation.id,
  ])
  await house.owner.query(
    `update rgc_deeds set silence_accepts_at = now() + interval '90 seconds' where organisation_id = $1`,
    [organisation.id],
  )
  assert.deepEqual(await rolesOf(person), [])
  await moveClock(house.owner, '2 minutes')
  try {
    assert.deepEqual(await rolesOf(person), ['rgc'])
  } finally {
    await putClockBack(house.owner)
  }
})
test('RGC-4, ACC-7: the operator’s own account manager needs no deed, but the conditions, published and accepted', async () => {
  const person = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await house.owner.query(
    `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
      values ($1, $2, $3, 'rgc', '2020-01-01', 'Désignation')`,
    [uuidv7(), person.id, person.organisationId],
  )
  assert.deepEqual(await rolesOf(person), [], 'to accept')
  await house.owner.query(`insert into acceptances values ($1, $2, $3, sha256('Texte'), now())`, [
    person.id,
    documents[1]!.id,
    person.organisationId,
  ])
  assert.deepEqual(await rolesOf(person), ['rgc'])
  await unpublishTexts(house.owner, 'cgu')
  assert.deepEqual(await rolesOf(person), [], 'to publish')
})
