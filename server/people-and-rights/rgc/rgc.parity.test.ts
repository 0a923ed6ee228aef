import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  type Sight,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { giveRole } from '../accounts/testing.ts'
import * as model from './rgc.model.ts'
import * as policy from './rgc.policy.ts'

const random = seededRandom(876)
let house: House
let hashes: Buffer[]
interface Deed {
  readonly id: string
  readonly organisationId: string
  readonly signatoryId: string
  readonly memberIds: readonly string[]
}
const deeds: Deed[] = []
const births: { readonly id: string; readonly accountId: string; readonly organisationId: string }[] = []
const own: Record<
  'rgc_certificates' | 'rgc_presences' | 'rgc_revocations',
  { readonly id: string; readonly accountId: string; readonly organisationId: string }[]
> = { rgc_certificates: [], rgc_presences: [], rgc_revocations: [] }
const events: (policy.OfEvent & { readonly id: string })[] = []
const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))

before(async () => {
  house = await openHouse([])
  const run = (statement: string, values: unknown[]) => house.owner.query(statement, values)
  const people: Person[] = []
  const regions = new Map<string, number>()
  const offices: Person[] = []
  await run(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
      (1053, 'region', '53', 'Bretagne')`,
    [],
  )
  for (let o = 0; o < 6; o++) {
    const organisationId = (await house.organisation({ kind: o === 0 ? 'operateur' : 'autre' })).id
    // Of two regions; one changed of region since.
    if (o > 0) {
      regions.set(organisationId, o % 2 ? 1075 : 1053)
      await run('update conventions set region_id = $2 where organisation_id = $1', [
        organisationId,
        regions.get(organisationId),
      ])
    }
    for (let n = 0; n < 14; n++) {
      const kind = random()
      const person = await house.person(
        organisationId,
        [],
        kind < 0.06 ? { secondFactor: null } : kind < 0.12 ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {},
      )
      people.push(person)
      for (const role of [
        'signataire',
        'rgc',
        'dpd',
        ...(o === 0 ? (['cssi', 'administrateur', 'support', 'direction-regionale'] as const) : []),
      ] as const) {
        if (random() > 0.25) continue
        if (role === 'direction-regionale') offices.push(person)
        // Assigned without a gate, or over: of no effect.
        if (role === 'rgc' && random() < 0.3)
          await run(
            `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
              values ($1, $2, $3, 'rgc', '2020-01-01', 'essai')`,
            [uuidv7(), person.id, organisationId],
          )
        else if (role === 'direction-regionale' || (role === 'cssi' && random() < 0.6))
          await giveRole(house.owner, person, role, { regionId: pick(random, [1075, 1053]) })
        else await giveRole(house.owner, person, role, random() < 0.15 ? { endsAt: new Date(Date.now() - 1000) } : {})
      }
    }
  }
  hashes = people.map(hashOf)
  for (const { rows } of [
    await house.owner.query(
      `select d.id, d.organisation_id, d.signatory_id, array(select m.account_id::text from rgc_members m
        where m.deed_id = d.id) as members from rgc_deeds d`,
    ),
  ])
    for (const r of rows)
      deeds.push({ id: r.id, organisationId: r.organisation_id, signatoryId: r.signatory_id, memberIds: r.members })
  for (let n = 0; n < 60; n++) {
    const one = pick(random, people)
    const mates = people.filter(p => p.organisationId === one.organisationId)
    const deed = {
      id: uuidv7(),
      organisationId: one.organisationId,
      signatoryId: pick(random, mates).id,
      memberIds: n % 3 === 0 ? [one.id] : mates.filter(() => random() < 0.3).map(m => m.id),
    }
    // Sent before those that the factory laid, so that they take nobody's role away.
    const sentAt = random() < 0.7 ? '2019-01-01' : null
    await run(
      `insert into rgc_deeds (id, organisation_id, organisation_name, siret, address, signatory_id, signatory_name,
        signatory_title, conditions_given, digest, created_by, created_at, sent_at, abandoned_at)
      values ($1, $2, 'Essai', 1, '1 place Essai', $3, 'Personne Essai', 'Direction', true, sha256('x'), $3, now(), $4,
        $5)`,
      [deed.id, deed.organisationId, deed.signatoryId, sentAt, sentAt ? null : '2019-01-01'],
    )
    for (const m of deed.memberIds)
      await run(
        `insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone,
          email) values ($1, $2, $3, 'titulaire', 1, 'Camille', 'Essai', '0500000000', 'a@b.example')`,
        [deed.id, m, deed.organisationId],
      )
    deeds.push(deed)
  }
  for (const d of deeds) {
    for (const accountId of d.memberIds) {
      births.push({ id: `${d.id}/${accountId}`, accountId, organisationId: d.organisationId })
      await run(
        `insert into rgc_birth_dates (deed_id, account_id, born_on, salt)
        values ($1, $2, '1980-01-01', uuid_send(gen_random_uuid()))`,
        [d.id, accountId],
      )
    }
    await run(`insert into rgc_documents (deed_id, content, sha256, made_at) values ($1, 'x', sha256('x'), now())`, [
      d.id,
    ])
  }
  const operator = people.filter(p => !regions.has(p.organisationId))
  const event = async (of: Person, declaredBy: string, received: boolean) => {
    const { id: accountId, organisationId } = of
    const id = uuidv7()
    await run(
      `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
        rights_end_at, declared_by, declared_at, received_on)
        values ($1, $2, $3, 'depart', '2026-01-01', '2026-01-01', '2026-01-09', false, now(), $4, now(), $5)`,
      [id, accountId, organisationId, declaredBy, received ? '2026-01-02' : null],
    )
    events.push({ id, accountId, organisationId, regionId: regions.get(organisationId) ?? null, declaredBy, received })
  }
  for (const p of people) {
    const [e, r] = [uuidv7(), uuidv7()]
    await event(p, p.id, false)
    // Entered by somebody of the operator, as received or, by mistake, as declared.
    if (regions.has(p.organisationId))
      await event(p, pick(random, random() < 0.7 ? offices : operator).id, random() < 0.6)
    await run(
      `insert into rgc_revocations (id, account_id, organisation_id, reason, required_by, required_at)
        values ($1, $2, $3, 'essai', $2, now())`,
      [r, p.id, p.organisationId],
    )
    await run(
      `insert into rgc_presences (id, account_id, organisation_id, said_by, said_at) values ($1, $2, $3, $2, now())`,
      [e, p.id, p.organisationId],
    )
    own.rgc_presences.push({ id: e, accountId: p.id, organisationId: p.organisationId })
    own.rgc_revocations.push({ id: r, accountId: p.id, organisationId: p.organisationId })
  }
  for (const row of (await house.owner.query('select id, account_id, organisation_id from rgc_certificates')).rows)
    own.rgc_certificates.push({ id: row.id, accountId: row.account_id, organisationId: row.organisation_id })
})
after(() => house.close())

const seen = (from: string) => sightsOf(house.database, hashes, sql<{ id: string }>`select ${sql.raw(from)}`)
const queries = {
  proposers: `'one' as id where ctx.proposes_deeds()`,
  deeds: 'id from rgc_deeds',
  births: `deed_id || '/' || account_id as id from rgc_birth_dates`,
  files: 'deed_id as id from rgc_documents',
  events: 'id from rgc_events',
}
type Rules = typeof policy & typeof model
const rules: Rules = { ...policy, ...model }
const onProposers = (sights: readonly Sight[], p: Rules = rules) =>
  disagreements(sights, [{ id: 'one' }], viewer => viewer.state === 'active' && p.proposes(viewer))
const onDeeds = (sights: readonly Sight[], p: Rules = rules) =>
  disagreements(sights, deeds, (viewer, deed) => p.mayReadDeed(viewer, deed))
const onBirths = (sights: readonly Sight[], p: Rules = rules) =>
  disagreements(sights, births, (viewer, b) => p.mayReadBirthDate(viewer, b))
const onFiles = (sights: readonly Sight[], p: Rules = rules) =>
  disagreements(sights, deeds, (viewer, deed) => p.mayReadFile(viewer, deed))
const onOwn = (sights: readonly Sight[], table: keyof typeof own, p: Rules = rules) =>
  disagreements(sights, own[table], (viewer, row) => p.mayReadOwn(viewer, row))

const onEvents = (sights: readonly Sight[], p: Rules = rules) =>
  disagreements(sights, events, (viewer, row) => p.mayReadEvent(viewer, row))

test('SEC-6, RGC-1, RGC-5: who reads a deed, a date of birth, the signed file, a certificate, a departure: the policy and the database agree', async () => {
  const [d, b, f] = [await seen(queries.deeds), await seen(queries.births), await seen(queries.files)]
  assert.deepEqual(onProposers(await seen(queries.proposers)).slice(0, 2), [])
  for (const [sights, rows] of [
    [d, deeds],
    [b, births],
    [f, deeds],
  ] as const) {
    const shown = sights.reduce((n, s) => n + s.ids.size, 0)
    assert.ok(shown > 40 && shown < (sights.length * rows.length) / 2, `${shown} of ${sights.length * rows.length}`)
  }
  assert.deepEqual([onDeeds(d).slice(0, 2), onBirths(b).slice(0, 2), onFiles(f).slice(0, 2)], [[], [], []])
  for (const table of Object.keys(own) as (keyof typeof own)[])
    assert.deepEqual(onOwn(await seen(`id from ${table}`), table).slice(0, 2), [], table)
  assert.deepEqual(onEvents(await seen(queries.events)).slice(0, 2), [])
})
/** The rules with one clause changed, in the policy, in the model, or in both where both say it. */
const changed = async (from: string, to: string): Promise<Rules> => {
  const files = ['./rgc.policy.ts', './rgc.model.ts'].map(name => new URL(name, import.meta.url))
  const mutants = await Promise.allSettled(files.map(file => importChanged<Rules>(file, from, to)))
  const made = mutants.flatMap(m => (m.status === 'fulfilled' ? [m.value] : []))
  assert.notEqual(made.length, 0, `${from} is said nowhere`)
  return Object.assign({}, rules, ...made)
}
test('SEC-6: the comparison fails when a clause goes, on either side', async () => {
  const [m, d, b, f, o] = [
    await seen(queries.proposers),
    await seen(queries.deeds),
    await seen(queries.births),
    await seen(queries.files),
    await seen(queries.events),
  ]
  for (const [compare, from, to] of [
    [(p: Rules) => onProposers(m, p), "holdsRole(viewer, 'signataire', 'rgc')", "holdsRole(viewer, 'signataire')"],
    [(p: Rules) => onProposers(m, p), "holdsRole(viewer, 'signataire', 'rgc')", "holdsRole(viewer, 'rgc')"],
    [
      (p: Rules) => onDeeds(d, p),
      'proposes(viewer) && deed.organisationId === viewer.organisationId',
      'deed.organisationId === viewer.organisationId',
    ],
    [(p: Rules) => onDeeds(d, p), '&& deed.organisationId === viewer.organisationId', ''],
    [(p: Rules) => onDeeds(d, p), '|| deed.signatoryId === viewer.accountId', ''],
    [(p: Rules) => onDeeds(d, p), '|| deed.memberIds.includes(viewer.accountId)', ''],
    [(p: Rules) => onDeeds(d, p), "|| holdsRole(viewer, 'administrateur')", ''],
    [(p: Rules) => onDeeds(d, p), 'isOfficerOf(viewer, deed.organisationId)', "holdsRole(viewer, 'cssi')"],
    [
      (p: Rules) => onDeeds(d, p),
      'isOfficerOf(viewer, deed.organisationId)',
      "viewer.roles.some(r => r.role === 'cssi')",
    ],
    [
      (p: Rules) => onBirths(b, p),
      'isOfficerOf(viewer, row.organisationId) || row',
      "isOfficerOf(viewer, row.organisationId) || holdsRole(viewer, 'administrateur') || row",
    ],
    [
      (p: Rules) => onBirths(b, p),
      'isOfficerOf(viewer, row.organisationId) || row',
      "holdsRole(viewer, 'cssi') || row",
    ],
    [
      (p: Rules) => onBirths(b, p),
      '(isOfficerOf(viewer, row.organisationId) || row.accountId === viewer.accountId)',
      'isOfficerOf(viewer, row.organisationId)',
    ],
    [(p: Rules) => onFiles(f, p), 'every(id =>', 'some(id =>'],
    [
      (p: Rules) => onFiles(f, p),
      '(isOfficerOf(viewer, deed.organisationId) || (deed.memberIds.length',
      "(isOfficerOf(viewer, deed.organisationId) || holdsRole(viewer, 'administrateur') || (deed.memberIds.length",
    ],
    [
      (p: Rules) => onFiles(f, p),
      'isOfficerOf(viewer, deed.organisationId) || (deed',
      "holdsRole(viewer, 'cssi') || (deed",
    ],
    [
      (p: Rules) => onEvents(o, p),
      'isOfficerOf(viewer, row.organisationId) || holdsRole',
      "holdsRole(viewer, 'cssi') || holdsRole",
    ],
    [(p: Rules) => onEvents(o, p), '|| row.accountId === viewer.accountId || (proposes', '|| (proposes'],
    [(p: Rules) => onEvents(o, p), ' || hasEntered(viewer, event)', ''],
  ] as const)
    assert.notEqual(compare(await changed(from, to)).length, 0, `${from} → ${to}`)
  for (const [table, using, compare] of [
    ['rgc_deeds', 'true', async () => onDeeds(await seen(queries.deeds))],
    [
      'rgc_deeds',
      '(select ctx.oversees()) or id in (select ctx.deeds_naming_me())',
      async () => onDeeds(await seen(queries.deeds)),
    ],
    [
      'rgc_deeds',
      '(select ctx.oversees()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())',
      async () => onDeeds(await seen(queries.deeds)),
    ],
    [
      'rgc_birth_dates',
      '(select ctx.ok()) and ((select ctx.oversees()) or account_id = (select ctx.account()))',
      async () => onBirths(await seen(queries.births)),
    ],
    [
      'rgc_documents',
      `(select ctx.holds_role('cssi')) or deed_id in (select ctx.deeds_naming_me())`,
      async () => onFiles(await seen(queries.files)),
    ],
    [
      'rgc_events',
      '(select ctx.oversees()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())',
      async () => onEvents(await seen(queries.events)),
    ],
    ...[
      'received_on is not null and (select ctx.receives_papers_of(organisation_id))',
      'declared_by = (select ctx.account()) and (select ctx.receives_papers_of(organisation_id))',
      'declared_by = (select ctx.account()) and received_on is not null',
    ].map(
      entered =>
        [
          'rgc_events',
          `(select ctx.ok()) and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())
            or account_id = (select ctx.account()) or ${entered}
            or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation()))`,
          async () => onEvents(await seen(queries.events)),
        ] as const,
    ),
  ] as const)
    await withPolicyChanged(house.owner, table, 'read', using, async () =>
      assert.notEqual((await compare()).length, 0, `${table}: ${using}`),
    )
  for (const [from, to] of [
    ['union select d.id from public.rgc_deeds d where d.signatory_id = ctx.account()', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.deeds_naming_me()', from, to, async () =>
      assert.notEqual(onDeeds(await seen(queries.deeds)).length, 0),
    )
  for (const [from, to] of [
    ["ctx.region_of(o.id, ctx.clock()) = any (ctx.role_regions('cssi'))", 'true'],
    ["o.kind <> 'operateur'", 'false'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.officer_of()', from, to, async () => {
      // The viewer's own list comes from it too: compared with what stands.
      const lists = (await seen(queries.deeds)).map(s => s.viewer.officerOf)
      assert.notDeepEqual(
        lists,
        d.map(s => s.viewer.officerOf),
      )
    })
  await withFunctionChanged(house.owner, 'ctx.deeds_naming_me_alone()', 'bool_and', 'bool_or', async () =>
    assert.notEqual(onFiles(await seen(queries.files)).length, 0),
  )
  assert.deepEqual([onDeeds(await seen(queries.deeds)), onFiles(await seen(queries.files))], [[], []])
})

test('SEC-6: whatever the application forgets, nobody signs, decides, records or revokes in another’s place', async () => {
  const organisationId = (await house.organisation()).id
  const [signatory, member, stranger] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
  ]
  await giveRole(house.owner, signatory, 'signataire')
  const cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
  const id = uuidv7()
  await house.owner.query(
    `insert into rgc_deeds (id, organisation_id, organisation_name, siret, address, signatory_id, signatory_name,
      signatory_title, conditions_given, digest, created_by, created_at)
      values ($1, $2, 'Essai', 1, '1 place Essai', $3, 'Personne Essai', 'Direction', true, sha256('x'), $3, now())`,
    [id, organisationId, signatory.id],
  )
  await house.owner.query(
    `insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone,
      email) values ($1, $2, $3, 'titulaire', 1, 'Camille', 'Essai', '0500000000', 'a@b.example')`,
    [id, member.id, organisationId],
  )
  const as = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(hashOf(who))
      const n = await tx.run(statement)
      await tx.commit()
      return n
    } finally {
      await tx.rollback()
    }
  }
  const signature = (account: Person, capacity: string) =>
    sql`insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
      values (${id}, ${account.id}, ${capacity}, sha256('x'), now())`
  const decision = (by: Person) =>
    sql`insert into rgc_decisions (deed_id, kind, decided_by, decided_at)
      values (${id}, 'acceptation', ${by.id}, now())`
  for (const [who, statement] of [
    [member, signature(signatory, 'signataire')],
    [member, signature(member, 'signataire')],
    [stranger, signature(stranger, 'rgc')],
    [signatory, signature(member, 'rgc')],
    [signatory, decision(signatory)],
    [cssi, decision(signatory)],
    [cssi, decision(cssi)],
    [
      signatory,
      sql`insert into rgc_certificates (id, account_id, organisation_id, issued_on, file_name, content, sha256,
        recorded_by, recorded_at) values (${uuidv7()}, ${member.id}, ${organisationId}, '2026-01-01', 'a.pdf', 'x',
        sha256('x'), ${signatory.id}, now())`,
    ],
    [
      stranger,
      sql`insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
        rights_end_at, declared_by, declared_at)
        values (${uuidv7()}, ${member.id}, ${organisationId}, 'depart', '2026-01-01', '2026-01-01', '2026-01-09', false,
        now(), ${stranger.id}, now())`,
    ],
    [
      signatory,
      sql`insert into rgc_revocations (id, account_id, organisation_id, reason, required_by, required_at)
        values (${uuidv7()}, ${member.id}, ${organisationId}, 'essai', ${signatory.id}, now())`,
    ],
    [signatory, sql`update rgc_deeds set sent_at = now() where id = ${id}`],
    [signatory, sql`update rgc_deeds set digest = sha256('y') where id = ${id}`],
    [signatory, sql`delete from rgc_members where deed_id = ${id}`],
    [signatory, sql`update rgc_signatures set signed_at = now()`],
    [
      signatory,
      sql`insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
        values (${uuidv7()}, ${signatory.id}, ${organisationId}, 'rgc', now(), 'essai')`,
    ],
  ] as const)
    await assert.rejects(as(who, statement), /row-level security|permission denied/)
  assert.equal(await as(member, signature(member, 'rgc')), 1)
  await assert.rejects(
    as(
      signatory,
      sql`insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone,
        email) values (${id}, ${stranger.id}, ${organisationId}, 'suppleant', 2, 'Camille', 'Essai', '0500000000',
        'a@b.example')`,
    ),
    /row-level security/,
    'nobody is added under a signature',
  )
  assert.equal(await as(signatory, sql`update rgc_deeds set abandoned_at = now() where id = ${id}`), 1)
  assert.equal(
    await as(signatory, sql`update rgc_deeds set abandoned_at = null where id = ${id}`),
    0,
    'nor taken up again',
  )
  const elsewhere = await house.person((await house.organisation()).id)
  const departure = (of: Person) =>
    sql`insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
      rights_end_at, declared_by, declared_at)
      values (${uuidv7()}, ${of.id}, ${organisationId}, 'depart', '2026-01-01', '2026-01-01', '2026-01-09', false,
      now(), ${signatory.id}, now())`
  await assert.rejects(as(signatory, departure(elsewhere)), /row-level security/)
  assert.equal(await as(signatory, departure(member)), 1)
})
