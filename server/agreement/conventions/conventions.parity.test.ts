import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type Role, roles } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  isSeen,
  mayWrite,
  type Sight,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import * as policy from './conventions.policy.ts'

const random = seededRandom(842)
const regions = [1075, 1076]
const isOfRegion = (role: Role) => role === 'cssi' || role === 'signataire'
let house: House
let hashes: Buffer[]
let conventions: { id: string; organisationId: string; regionId: number }[]

before(async () => {
  house = await openHouse([])
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie'),
      (0, 'national', 'FR', 'France') on conflict do nothing`,
  )
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const partners = [
    await house.organisation({ kind: 'epci' }),
    await house.organisation({ kind: 'plie' }),
    await house.organisation({ kind: 'mission-locale' }),
  ].map(o => o.id)
  hashes = []
  for (let n = 0; n < 160; n += 1) {
    const person = await house.person(
      pick(random, [operator, ...partners]),
      [],
      random() < 0.05 ? { secondFactor: null } : {},
    )
    for (let m = 0; m < random() * 3; m += 1) {
      const role = pick(random, roles)
      await giveRole(house.owner, person, role, {
        regionId: role === 'direction-regionale' || (isOfRegion(role) && random() < 0.5) ? pick(random, regions) : null,
        endsAt: random() < 0.1 ? new Date('2021-01-01') : null,
      })
    }
    hashes.push(hashOf(person))
  }
  conventions = Array.from({ length: 60 }, () => ({
    id: uuidv7(),
    organisationId: pick(random, partners),
    regionId: pick(random, regions),
  }))
  for (const c of conventions)
    await house.owner.query(
      `insert into conventions (id, organisation_id, region_id, number, created_at)
        values ($1::uuid, $2, $3, $1::text, now())`,
      [c.id, c.organisationId, c.regionId],
    )
  // Those that came with the partners are of no use here; an account manager's deed holds to one (AGR-7).
  await house.owner.query(
    `update conventions set effective_from = null, ends_at = null where effective_from is not null`,
  )
})
after(() => house.close())

const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))
const readable = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from conventions`)
const settled = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from conventions for update`)
const reads = (sights: readonly Sight[], of: typeof policy = policy) =>
  disagreements(sights, conventions, (viewer, c) => viewer.state === 'active' && of.mayRead(viewer, c) === true)
const settles = (sights: readonly Sight[], of: typeof policy = policy) =>
  disagreements(sights, conventions, (viewer, c) => viewer.state === 'active' && of.maySettle(viewer, c) === true)

test('SEC-6, AGR-1: who reads and who acts on a convention: the policy and the database agree on every pair', async () => {
  const [seen, locked] = [await readable(), await settled()]
  const shown = locked.reduce((n, s) => n + s.ids.size, 0)
  assert.ok(shown > 300 && shown < locked.length * conventions.length * 0.6, `${shown}`)
  assert.deepEqual([reads(seen).slice(0, 2), settles(locked).slice(0, 2)], [[], []])
})

test('SEC-6: the comparison fails when a clause goes, on either side', async () => {
  const [seen, locked] = [await readable(), await settled()]
  const file = new URL('./conventions.policy.ts', import.meta.url)
  for (const [from, to] of [
    [
      "holdsInRegion(viewer, 'direction-regionale', regionId)",
      "viewer.roles.some(r => r.role === 'direction-regionale')",
    ],
    ["viewer.organisationKind === 'operateur' && (acts(viewer) ||", '(acts(viewer) ||'],
    [" || holdsInRegion(viewer, 'signataire', regionId))", ')'],
    ["holdsInRegion(viewer, 'signataire', regionId))", "viewer.roles.some(r => r.role === 'signataire'))"],
    [
      "viewer.organisationKind !== 'operateur' && viewer.organisationId === organisationId",
      "viewer.organisationKind !== 'operateur'",
    ],
    ["'signataire', 'responsable-operationnel'", "'signataire', 'responsable-operationnel', 'rgc'"],
  ] as const)
    assert.notEqual(settles(locked, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  for (const [from, to] of [
    ["holdsRole(viewer, 'cssi', 'administrateur') || ", ''],
    [' || forOperator(viewer, convention) || ofRegion', ' || ofRegion'],
    ["holdsInRegion(viewer, 'cssi', convention.regionId) || ", ''],
    ['viewer.organisationId === convention.organisationId || holdsRole', 'holdsRole'],
  ] as const)
    assert.notEqual(reads(seen, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  for (const using of [
    '(select ctx.ok())',
    '(select ctx.acts_for_operator())',
    'organisation_id = (select ctx.organisation())',
  ])
    await withPolicyChanged(house.owner, 'conventions', 'settle', using, async () =>
      assert.ok(await isSeen(hashes, async one => settles(await settled(one)).length > 0), using),
    )
  await withPolicyChanged(house.owner, 'conventions', 'read', '(select ctx.ok())', async () =>
    assert.ok(await isSeen(hashes, async one => reads(await readable(one)).length > 0)),
  )
  await withFunctionChanged(house.owner, 'ctx.acts_in()', " || ctx.role_regions('signataire')", '', async () =>
    assert.ok(await isSeen(hashes, async one => settles(await settled(one)).length > 0)),
  )
  for (const signature of ['ctx.acts_for_operator()', 'ctx.acts_for_partner()'])
    await withFunctionChanged(house.owner, signature, " or ctx.holds_role('responsable-operationnel')", '', async () =>
      assert.ok(await isSeen(hashes, async one => settles(await settled(one)).length > 0), signature),
    )
})

test('SEC-6: how far one reads a convention: the rule and what hangs on it in the database agree on every pair, each clause seen', async () => {
  const [{ id: anyone }] = (await house.owner.query('select id from accounts limit 1')).rows
  const rows = conventions.slice(0, 20).map(c => ({ ...c, document: uuidv7(), letter: uuidv7(), act: uuidv7() }))
  const kinds = new Map(
    hashes.map((hash, n) => [hash, (['agent', 'agent', 'contractor', 'delegate'] as const)[n % 4]!]),
  )
  const accounts = new Map(
    (
      await house.owner.query(
        'select s.token_hash, a.id, a.organisation_id from sessions s join accounts a on a.id = s.account_id',
      )
    ).rows.map(r => [r.token_hash.toString('hex'), r]),
  )
  const third = new Map<string, string>()
  const staff = new Map<string, boolean>()
  // Beyond what may be (RGC-2): the rule of reading is compared for every role.
  await house.owner.query('alter table accounts disable trigger permanent_managers')
  for (const [hash, kind] of kinds) {
    const { id, organisation_id: organisationId } = accounts.get(hash.toString('hex'))
    staff.set(id, kind === 'agent')
    if (kind === 'contractor' || kind === 'delegate') {
      if (!third.has(organisationId)) {
        third.set(organisationId, uuidv7())
        await house.owner.query(
          `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on,
            recorded_by, recorded_at) values ($1, $2, 'contractor', 'x', 'processor', '2026-01-01', 'x', '2026-01-01',
            $3, now())`,
          [third.get(organisationId), organisationId, anyone],
        )
      }
      await house.owner.query(
        `update accounts set attachment = $2, third_party_id = $3, contract_ends_on = '2040-01-01' where id = $1`,
        [id, kind, third.get(organisationId)],
      )
    }
  }
  const current = new Set<string>()
  for (const [n, { id, organisationId, document, letter, act }] of rows.entries()) {
    for (const [of, kind] of [
      [document, 'convention'],
      [letter, 'resiliation'],
      [act, 'acte'],
    ])
      await house.owner.query(
        `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at)
          values ($1, $2, $3, 'x', 'application/pdf', 'x', sha256('x'), now())`,
        [of, id, kind],
      )
    const first = !current.has(organisationId)
    current.add(organisationId)
    await house.owner.query(
      `update conventions set document_id = $2, effective_from = $3, ends_at = $4 where id = $1`,
      [id, document, first ? '2026-01-01' : `2020-01-${10 + n}`, first ? null : `2020-01-${10 + n}T01:00:00Z`],
    )
    await house.owner.query(
      `insert into convention_notices (id, convention_id, party, channel, sent_on, recorded_at)
        values ($1, $1, 'partenaire', 'courriel', '2026-01-01', now())`,
      [id],
    )
    await house.owner.query(
      `insert into convention_breaches (id, convention_id, party, obligation, letter_reference, sent_on, recorded_at)
        values ($1, $1, 'operateur', 'x', 'x', '2026-01-01', now())`,
      [id],
    )
    await house.owner.query(
      `insert into convention_signatories (convention_id, party, name, capacity, local_authority, act_document_id)
        values ($1, 'partenaire', 'x', 'x', false, $2)`,
      [id, act],
    )
  }
  await house.owner.query(
    `insert into convention_signers (convention_id, party, name, named_at)
      select id, 'partenaire', 'x', now() from unnest($1::uuid[]) id`,
    [rows.map(row => row.id)],
  )
  await house.owner.query(
    `insert into signature_deputies (deputy_id, version, convention_id, party, name, capacity, act, act_on, granted_by,
      from_on, reason, recorded_by, recorded_at) select case party when 'partenaire' then id else document end, 1, id,
        party, 'x', 'x', 'x', '2026-01-01', 'x', '2026-01-01', 'x', $3, now()
      from unnest($1::uuid[], $2::uuid[]) r (id, document), unnest('{partenaire,operateur}'::text[]) party`,
    [rows.map(row => row.id), rows.map(row => row.document), [...staff.keys()][0]],
  )
  // An account manager's deed and certificate hold to a convention: here, to the one in force.
  for (const table of ['rgc_deeds', 'rgc_certificates'])
    await house.owner.query(
      `update ${table} x set convention_id = c.id from conventions c
        where c.organisation_id = x.organisation_id and c.effective_from = '2026-01-01'`,
    )
  type Row = (typeof rows)[number]
  /** What hangs on a convention, with the table that it comes from: one reading for each session. */
  const readAll = (of: readonly Buffer[] = hashes) =>
    sightsOf(
      house.database,
      of,
      sql<{ id: string }>`select 'notices ' || id as id from convention_notices
        union all select 'breaches ' || id from convention_breaches
        union all select 'signatories ' || convention_id from convention_signatories
        union all select 'signers ' || convention_id from convention_signers
        union all select 'deputies ' || deputy_id from signature_deputies where party = 'partenaire'
        union all select 'regional ' || deputy_id from signature_deputies where party = 'operateur'
        union all select 'text ' || id from convention_documents where kind = 'convention'
        union all select 'letters ' || id from convention_documents where kind = 'resiliation'
        union all select 'acts ' || id from convention_documents where kind = 'acte'`,
    )
  const reach = (viewer: Sight['viewer'], row: Row, { mayRead, reachOf }: typeof policy) =>
    mayRead(viewer, row) === true ? reachOf(viewer, row, staff.get(viewer.accountId)!) : null
  const readsSome = (viewer: Sight['viewer'], of: typeof policy, which: (row: Row) => boolean) =>
    rows.some(row => which(row) && ['file', 'terms'].includes(reach(viewer, row, of)!))
  /** How many pairs part in each table. */
  const apart = (sights: readonly Sight[], of: typeof policy = policy) => {
    const pairs = (table: string, may: (viewer: Sight['viewer'], row: Row) => boolean, idOf = (row: Row) => row.id) =>
      disagreements(
        sights,
        rows.map(row => ({ row, id: `${table} ${idOf(row)}` })),
        (viewer, { row }) => viewer.state === 'active' && may(viewer, row),
      ).length
    return {
      notices: pairs('notices', (v, r) => reach(v, r, of) === 'file'),
      breaches: pairs('breaches', (v, r) => reach(v, r, of) === 'file'),
      signatories: pairs('signatories', (v, r) => ['file', 'terms'].includes(reach(v, r, of)!)),
      signers: pairs('signers', (v, r) => ['file', 'terms'].includes(reach(v, r, of)!)),
      // A party's hold beyond one convention: read with any of the partner's, or of the region (AGR-15).
      deputies: pairs('deputies', (v, r) => readsSome(v, of, other => other.organisationId === r.organisationId)),
      regional: pairs(
        'regional',
        (v, r) => readsSome(v, of, other => other.regionId === r.regionId),
        r => r.document,
      ),
      text: pairs(
        'text',
        (v, r) => of.mayReadDocument(v, r, staff.get(v.accountId)!, true) === true,
        r => r.document,
      ),
      letters: pairs(
        'letters',
        (v, r) => of.mayReadDocument(v, r, staff.get(v.accountId)!, false) === true,
        r => r.letter,
      ),
      acts: pairs(
        'acts',
        (v, r) => of.mayReadDocument(v, r, staff.get(v.accountId)!, true) === true,
        r => r.act,
      ),
    }
  }
  const tables = 'notices breaches signatories signers deputies regional text letters acts'.split(' ')
  const none = Object.fromEntries(tables.map(table => [table, 0]))
  const isSeenNow = () => isSeen(hashes, async one => Object.values(apart(await readAll(one))).some(count => count > 0))
  const seen = await readAll()
  assert.deepEqual(apart(seen), none)
  const file = new URL('./conventions.policy.ts', import.meta.url)
  for (const role of ['rgc', 'signataire', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation']) {
    assert.notDeepEqual(apart(seen, await importChanged<typeof policy>(file, `'${role}', `, '')), none, role)
    await withFunctionChanged(house.owner, 'ctx.reads_own_file()', `'${role}', `, '', async () =>
      assert.ok(await isSeenNow(), role),
    )
  }
  await withFunctionChanged(house.owner, 'ctx.is_staff()', "a.attachment = 'agent'", 'true', async () =>
    assert.ok(await isSeenNow()),
  )
  for (const table of [
    'convention_notices',
    'convention_breaches',
    'convention_signatories',
    'convention_signers',
    'signature_deputies',
    'convention_documents',
  ])
    await withPolicyChanged(
      house.owner,
      table,
      'read',
      '(select ctx.ok()) and convention_id in (select c.id from conventions c)',
      async () => assert.ok(await isSeenNow(), table),
    )
})

test('SEC-6, AGR-2, AGR-4: whatever the application forgets, nobody signs, gives notice or names a contact for the other party, nor in another’s name', async () => {
  const [c] = conventions as [(typeof conventions)[number]]
  const operator = (await house.owner.query(`select id from organisations where kind = 'operateur'`)).rows[0].id
  const person = async (organisationId: string, ...given: readonly (typeof roles)[number][]) => {
    const one = await house.person(organisationId)
    for (const role of given)
      await giveRole(house.owner, one, role, { regionId: role === 'direction-regionale' ? c.regionId : null })
    return one
  }
  const [gilles, lead, sylvie, signer, agent] = [
    await person(c.organisationId, 'signataire'),
    await person(c.organisationId, 'responsable-operationnel'),
    await person(operator, 'direction-regionale'),
    await person(operator, 'signataire'),
    await person(c.organisationId),
  ]
  const document = uuidv7()
  await house.owner.query(
    `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at)
      values ($1, $2, 'convention', 'x', 'application/pdf', 'x', sha256('x'), now())`,
    [document, c.id],
  )
  const may = (who: Person, write: ReturnType<typeof sql>) => mayWrite(house.database, hashOf(who), write)
  const sign = (who: Person, party: string, as = who) =>
    may(
      who,
      sql`insert into convention_signatures (id, convention_id, party, document_id, sha256, how, signer_name, signed_at,
        recorded_at, account_id) values (${uuidv7()}, ${c.id}, ${party}, ${document}, sha256('x'), 'application', 'x',
        now(), now(), ${as.id})`,
    )
  const notice = (who: Person, party: string) =>
    may(
      who,
      sql`insert into convention_notices (id, convention_id, party, channel, sent_on, recorded_at, recorded_by)
        values (${uuidv7()}, ${c.id}, ${party}, 'courriel', '2026-01-01', now(), ${who.id})`,
    )
  const contact = (who: Person, party: string, organisationId: string, regionId: number | null) =>
    may(
      who,
      sql`insert into convention_contacts (id, organisation_id, party, region_id, role, name, email, starts_at,
        recorded_by) values (${uuidv7()}, ${organisationId}, ${party}, ${regionId}::int, 'dpd', 'x', 'x@y.example',
        now(), ${who.id})`,
    )
  const nameSigner = (party: string, account: Person) =>
    house.owner.query(
      `insert into convention_signers (convention_id, party, name, account_id, named_at) values ($1, $2, 'x', $3, now())`,
      [c.id, party, account.id],
    )
  const another = await person(c.organisationId, 'signataire')
  await nameSigner('partenaire', another)
  assert.equal(await sign(gilles, 'partenaire'), false, 'another is named')
  await nameSigner('partenaire', gilles)
  await nameSigner('operateur', signer)
  assert.equal(await sign(another, 'partenaire'), false, 'the last one named signs')
  assert.deepEqual([await sign(gilles, 'partenaire'), await sign(signer, 'operateur')], [true, true])
  assert.deepEqual(
    [
      await sign(gilles, 'operateur'),
      await sign(signer, 'partenaire'),
      await sign(lead, 'partenaire'),
      await sign(sylvie, 'operateur'),
      await sign(agent, 'partenaire'),
      await sign(gilles, 'partenaire', lead),
    ],
    [false, false, false, false, false, false],
  )
  assert.deepEqual(
    [await notice(gilles, 'partenaire'), await notice(lead, 'partenaire'), await notice(sylvie, 'operateur')],
    [true, true, true],
  )
  assert.deepEqual(
    [await notice(gilles, 'operateur'), await notice(sylvie, 'partenaire'), await notice(agent, 'partenaire')],
    [false, false, false],
  )
  assert.deepEqual(
    [
      await contact(lead, 'partenaire', c.organisationId, null),
      await contact(sylvie, 'operateur', operator, c.regionId),
    ],
    [true, true],
  )
  assert.deepEqual(
    [
      await contact(agent, 'partenaire', c.organisationId, null),
      await contact(sylvie, 'operateur', operator, c.regionId === 1075 ? 1076 : 1075),
      await contact(gilles, 'operateur', c.organisationId, c.regionId),
      await contact(signer, 'partenaire', c.organisationId, null),
    ],
    [false, false, false, false],
  )
  assert.equal(
    await may(gilles, sql`update conventions set region_id = 1076`),
    false,
    'no column but those of its life',
  )

  const own = async (table: string, party: string) => {
    const id = uuidv7()
    await house.owner.query(
      table === 'convention_notices'
        ? `insert into convention_notices (id, convention_id, party, channel, sent_on, recorded_at)
          values ($1, $2, $3, 'courriel', '2026-01-01', now())`
        : `insert into convention_breaches (id, convention_id, party, obligation, letter_reference, sent_on,
          recorded_at) values ($1, $2, $3, 'x', 'x', '2026-01-01', now())`,
      [id, c.id, party],
    )
    return id
  }
  for (const table of ['convention_notices', 'convention_breaches']) {
    const [ofPartner, ofOperator] = [await own(table, 'partenaire'), await own(table, 'operateur')]
    const renounce = (who: Person, id: string, as = who) =>
      may(
        who,
        sql`update ${sql.table(table)} set withdrawn_at = now(), withdrawn_by = ${as.id}, withdrawal_reason = 'x'
          where id = ${id}`,
      )
    const receive = (who: Person, id: string) =>
      may(
        who,
        sql`update ${sql.table(table)} set ${sql.ref(table === 'convention_notices' ? 'received_on' : 'delivered_on')} =
          '2026-01-02', ${sql.ref(who === gilles || who === agent ? 'partner_days' : 'operator_days')} = '{sentOn}'
          where id = ${id}`,
      )
    assert.deepEqual(
      [
        await renounce(gilles, ofPartner),
        await renounce(lead, ofPartner),
        await renounce(sylvie, ofOperator),
        await renounce(signer, ofOperator),
      ],
      [true, true, true, true],
      table,
    )
    assert.deepEqual(
      [
        await renounce(gilles, ofOperator),
        await renounce(sylvie, ofPartner),
        await renounce(signer, ofPartner),
        await renounce(agent, ofPartner),
        await renounce(gilles, ofPartner, lead),
      ],
      [false, false, false, false, false],
      table,
    )
    assert.deepEqual(
      [await receive(gilles, ofOperator), await receive(sylvie, ofPartner), await receive(agent, ofOperator)],
      [true, true, false],
      table,
    )
    await house.owner.query(`update ${table} set withdrawn_at = now(), withdrawal_reason = 'x' where id = $1`, [
      ofPartner,
    ])
    assert.deepEqual(
      [await renounce(gilles, ofPartner), await receive(sylvie, ofPartner)],
      [false, false],
      `${table}: once`,
    )
  }
  const amendment = uuidv7()
  await house.owner.query(
    `insert into convention_amendments (id, convention_id, number, title, body, renews, document_id, proposed_at)
      values ($1, $2, 1, 'x', 'x', true, $3, now())`,
    [amendment, c.id, document],
  )
  const takesEffect = (who: Person) =>
    may(who, sql`update convention_amendments set effective_at = now() where id = ${amendment}`)
  assert.deepEqual(
    [await takesEffect(gilles), await takesEffect(signer), await takesEffect(sylvie), await takesEffect(agent)],
    [true, true, true, false],
  )
  // Each party closes it in its own name (AGR-6).
  const closes = (who: Person, party: string, as = who) =>
    may(
      who,
      sql`update convention_amendments set closed_by = ${party}, closed_at = now(), closed_reason = 'x',
        closed_by_account = ${as.id} where id = ${amendment}`,
    )
  assert.deepEqual(
    [await closes(gilles, 'partenaire'), await closes(sylvie, 'operateur'), await closes(signer, 'operateur')],
    [true, true, true],
  )
  assert.deepEqual(
    [
      await closes(gilles, 'operateur'),
      await closes(sylvie, 'partenaire'),
      await closes(agent, 'partenaire'),
      await closes(gilles, 'partenaire', lead),
    ],
    [false, false, false, false],
  )
  // A signature contested since undoes it (AGR-13).
  await house.owner.query('update convention_amendments set effective_at = now() where id = $1', [amendment])
  assert.deepEqual([await takesEffect(gilles), await takesEffect(agent)], [true, false])
})

test('SEC-6, AGR-1: whatever the application forgets, a convention is drafted by its region, in force for nobody at birth; a model is published by an administrator, each in their own name', async () => {
  const [c] = conventions as [(typeof conventions)[number]]
  const operator = (await house.owner.query(`select id from organisations where kind = 'operateur'`)).rows[0].id
  const person = async (organisationId: string, role?: (typeof roles)[number], regionId: number | null = null) => {
    const one = await house.person(organisationId)
    if (role) await giveRole(house.owner, one, role, { regionId })
    return one
  }
  const [here, there, signer, admin, cssi, agent, partner] = [
    await person(operator, 'direction-regionale', 1075),
    await person(operator, 'direction-regionale', 1076),
    await person(operator, 'signataire'),
    await person(operator, 'administrateur'),
    await person(operator, 'cssi'),
    await person(operator),
    await person(c.organisationId, 'signataire'),
  ]
  const may = (who: Person, write: ReturnType<typeof sql>) => mayWrite(house.database, hashOf(who), write)
  const draft = (
    who: Person,
    over: { region?: number; by?: Person; from?: string | null; ends?: string | null } = {},
  ) =>
    may(
      who,
      sql`
    insert into conventions (id, organisation_id, region_id, number, created_at, created_by, effective_from, ends_at)
    values (${uuidv7()}, ${c.organisationId}, ${over.region ?? 1075}, ${uuidv7()}, now(), ${(over.by ?? who).id},
      ${over.from ?? null}::timestamptz, ${over.ends ?? null}::timestamptz)`,
    )
  assert.deepEqual([await draft(here), await draft(there, { region: 1076 })], [true, true])
  assert.deepEqual([await draft(here, { region: 1076 }), await draft(there)], [false, false], 'outside one’s region')
  assert.deepEqual(
    [await draft(here, { from: '2026-01-01' }), await draft(here, { ends: '2026-12-31' })],
    [false, false],
    'already in force, or ended',
  )
  assert.equal(await draft(here, { by: there }), false, 'in another’s name')
  for (const who of [signer, admin, cssi, agent, partner]) assert.equal(await draft(who), false)

  const publish = (who: Person, by = who) =>
    may(
      who,
      sql`insert into convention_templates (id, version, title, body, published_at, published_by)
        values (${uuidv7()}, 900, 'x', 'x', now(), ${by.id})`,
    )
  assert.equal(await publish(admin), true)
  assert.equal(await publish(admin, cssi), false, 'in another’s name')
  for (const who of [here, signer, cssi, agent, partner]) assert.equal(await publish(who), false)
})

test('SEC-6, AGR-1, AGR-6: whatever the application forgets, signatories, documents and amendments are written for one’s own party and region', async () => {
  const [c] = conventions as [(typeof conventions)[number]]
  const operator = (await house.owner.query(`select id from organisations where kind = 'operateur'`)).rows[0].id
  const stranger = conventions.find(x => x.organisationId !== c.organisationId)!.organisationId
  const person = async (organisationId: string, role?: (typeof roles)[number], regionId: number | null = null) => {
    const one = await house.person(organisationId)
    if (role) await giveRole(house.owner, one, role, { regionId })
    return one
  }
  const elsewhere = c.regionId === 1075 ? 1076 : 1075
  const [here, there, signer, partner, lead, foreign, agent, cssi] = [
    await person(operator, 'direction-regionale', c.regionId),
    await person(operator, 'direction-regionale', elsewhere),
    await person(operator, 'signataire'),
    await person(c.organisationId, 'signataire'),
    await person(c.organisationId, 'responsable-operationnel'),
    await person(stranger, 'signataire'),
    await person(c.organisationId),
    await person(operator, 'cssi'),
  ]
  const may = (who: Person, write: ReturnType<typeof sql>) => mayWrite(house.database, hashOf(who), write)
  const all = async (write: (who: Person) => ReturnType<typeof sql>, yes: readonly Person[], what: string) => {
    for (const [name, who] of Object.entries({ here, there, signer, partner, lead, foreign, agent, cssi }))
      assert.equal(await may(who, write(who)), yes.includes(who), `${what}: ${name}`)
  }
  await house.owner.query('delete from convention_signatories where convention_id = $1', [c.id])
  await all(
    () =>
      sql`insert into convention_signatories (convention_id, party, name, capacity, local_authority)
        values (${c.id}, 'partenaire', 'x', 'x', false)`,
    [here],
    'a signatory named',
  )
  for (const party of ['partenaire', 'operateur'])
    await house.owner.query(
      `insert into convention_signatories (convention_id, party, name, capacity, local_authority)
        values ($1, $2, 'x', 'x', false)`,
      [c.id, party],
    )
  await all(
    () =>
      sql`update convention_signatories set capacity = 'y' where convention_id = ${c.id}::uuid
        and party = 'partenaire'`,
    [here, partner, lead],
    'the partner’s signatory',
  )
  await all(
    () =>
      sql`update convention_signatories set capacity = 'y' where convention_id = ${c.id}::uuid and party = 'operateur'`,
    [here, signer],
    'the operator’s signatory',
  )
  const moved = conventions.find(x => x.regionId !== c.regionId)!.id
  assert.equal(
    await may(
      here,
      sql`update convention_signatories set convention_id = ${moved}::uuid where convention_id = ${c.id}::uuid`,
    ),
    false,
    'to a convention of another region',
  )

  const document = (by: (who: Person) => string) => (who: Person) =>
    sql`insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at, added_by)
      values (${uuidv7()}, ${c.id}, 'convention', 'x', 'application/pdf', 'x', sha256('x'), now(), ${by(who)})`
  await all(
    document(who => who.id),
    [here, signer, partner, lead],
    'a document',
  )
  await all(
    document(() => agent.id),
    [],
    'a document in another’s name',
  )

  const id = uuidv7()
  await house.owner.query(
    `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at)
      values ($1, $2, 'avenant', 'x', 'application/pdf', 'x', sha256('x'), now())`,
    [id, c.id],
  )
  const amendment =
    (by: (who: Person) => string, effective: string | null = null) =>
    (who: Person) =>
      sql`insert into convention_amendments (id, convention_id, number, title, body, renews, document_id, proposed_at,
        proposed_by, effective_at) values (${uuidv7()}, ${c.id}, 77, 'x', 'x', true, ${id}, now(), ${by(who)},
        ${effective}::timestamptz)`
  await all(
    amendment(who => who.id),
    [here],
    'an amendment',
  )
  await all(
    amendment(() => agent.id),
    [],
    'an amendment in another’s name',
  )
  await all(
    amendment(who => who.id, '2026-03-01'),
    [],
    'an amendment in effect at birth',
  )

  const proposed = uuidv7()
  await house.owner.query(
    `insert into convention_amendments (id, convention_id, number, title, body, renews, document_id, proposed_at)
      values ($1, $2, 176, 'x', 'x', true, $3, now())`,
    [proposed, c.id, id],
  )
  const authority =
    (party: string, by: (who: Person) => string = who => who.id) =>
    (who: Person) =>
      sql`insert into convention_amendment_authorities (amendment_id, party, convention_id, local_authority, settled_by,
        settled_at) values (${proposed}, ${party}, ${c.id}, true, ${by(who)}, now())`
  await all(authority('partenaire'), [here, partner, lead], 'the act of the partner’s signatory of an amendment')
  await all(authority('operateur'), [here, signer], 'the act of the operator’s signatory of an amendment')
  await all(
    authority('partenaire', () => agent.id),
    [],
    'an act in another’s name',
  )
  for (const party of ['partenaire', 'operateur'])
    await house.owner.query(
      `insert into convention_amendment_authorities (amendment_id, party, convention_id, local_authority, settled_by,
        settled_at) values ($1, $2, $3, true, $4, now())`,
      [proposed, party, c.id, here.id],
    )
  const again = (party: string) => (who: Person) =>
    sql`update convention_amendment_authorities set published_on = '2026-01-05', settled_by = ${who.id}
      where amendment_id = ${proposed}::uuid and party = ${party}`
  await all(again('partenaire'), [here, partner, lead], 'the act of the partner’s signatory, completed')
  await all(again('operateur'), [here, signer], 'the act of the operator’s signatory, completed')

  const breach = (party: string) => (who: Person) =>
    sql`insert into convention_breaches (id, convention_id, party, obligation, letter_reference, sent_on, recorded_at,
      recorded_by) values (${uuidv7()}, ${c.id}, ${party}, 'x', 'x', '2026-01-01', now(), ${who.id})`
  await all(breach('partenaire'), [partner, lead], 'a breach said by the partner')
  await all(breach('operateur'), [here, signer], 'a breach said by the operator')
  const notice = (party: string) => (who: Person) =>
    sql`insert into convention_notices (id, convention_id, party, channel, sent_on, recorded_at, recorded_by)
      values (${uuidv7()}, ${c.id}, ${party}, 'courriel', '2026-01-01', now(), ${who.id})`
  await all(notice('partenaire'), [partner, lead], 'the partner’s notice')
  await all(notice('operateur'), [here, signer], 'the operator’s notice')
  for (const table of ['convention_notices', 'convention_breaches'] as const) {
    const set =
      table === 'convention_notices'
        ? sql`(id, convention_id, party, channel, sent_on, recorded_at, recorded_by, withdrawn_at, withdrawal_reason)`
        : sql`(id, convention_id, party, obligation, letter_reference, sent_on, recorded_at, recorded_by, withdrawn_at,
          withdrawal_reason)`
    const rest = table === 'convention_notices' ? sql`'courriel'` : sql`'x', 'x'`
    assert.equal(
      await may(
        partner,
        sql`insert into ${sql.table(table)} ${set}
          values (${uuidv7()}, ${c.id}, 'partenaire', ${rest}, '2026-01-01', now(), ${partner.id}, now(), 'x')`,
      ),
      false,
      `${table}: withdrawn at birth`,
    )
    assert.equal(
      await may(
        partner,
        sql`insert into ${sql.table(table)} ${
          table === 'convention_notices'
            ? sql`(id, convention_id, party, channel,
          sent_on, recorded_at, recorded_by)`
            : sql`(id, convention_id, party, obligation, letter_reference, sent_on,
          recorded_at, recorded_by)`
        } values (${uuidv7()}, ${c.id}, 'partenaire', ${rest}, '2026-01-01', now(),
          ${lead.id})`,
      ),
      false,
      `${table}: in another’s name`,
    )
  }
  // Even of a convention that named the operator as its own partner, its signatory would not sign for the partner.
  const [itself, paper] = [uuidv7(), uuidv7()]
  await house.owner.query(
    'insert into conventions (id, organisation_id, region_id, number, created_at) values ($1::uuid, $2, $3, $1::text, now())',
    [itself, operator, c.regionId],
  )
  await house.owner.query(
    `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at)
      values ($1, $2, 'convention', 'x', 'application/pdf', 'x', sha256('x'), now())`,
    [paper, itself],
  )
  await house.owner.query(
    `insert into convention_signers (convention_id, party, name, account_id, named_at)
      select $1, party, 'x', $2, now() from unnest(array['partenaire', 'operateur']) party`,
    [itself, signer.id],
  )
  const sign = (party: string) =>
    may(
      signer,
      sql`insert into convention_signatures (id, convention_id, party, document_id, sha256, how, signer_name, signed_at,
        recorded_at, account_id) values (${uuidv7()}, ${itself}, ${party}, ${paper}, sha256('x'), 'application', 'x',
        now(), now(), ${signer.id})`,
    )
  assert.deepEqual([await sign('operateur'), await sign('partenaire')], [true, false])
  // What hangs from a convention is read by who reads it; letters, by who answers for it (SEC-6).
  await house.owner.query(
    `insert into convention_notices (id, convention_id, party, channel, sent_on, recorded_at)
      values ($1, $2, 'partenaire', 'courriel', '2026-01-01', now())`,
    [uuidv7(), c.id],
  )
  await house.owner.query(
    `insert into convention_breaches (id, convention_id, party, obligation, letter_reference, sent_on, recorded_at)
      values ($1, $2, 'partenaire', 'x', 'x', '2026-01-01', now())`,
    [uuidv7(), c.id],
  )
  await house.owner.query(
    `insert into convention_amendments (id, convention_id, number, title, body, renews, document_id, proposed_at)
      values ($1, $2, 78, 'x', 'x', true, $3, now())`,
    [uuidv7(), c.id, id],
  )
  await house.owner.query(
    `insert into convention_signatures (id, convention_id, party, document_id, sha256, how, signer_name, signed_at,
      recorded_at, account_id) values ($1, $2, 'partenaire', $3, sha256('x'), 'application', 'x', now(), now(), $4)`,
    [uuidv7(), c.id, id, partner.id],
  )
  for (const table of [
    'convention_signatories',
    'convention_documents',
    'convention_notices',
    'convention_breaches',
    'convention_amendments',
    'convention_signatures',
  ] as const) {
    const seen = await sightsOf(
      house.database,
      [here, there, signer, partner, foreign, agent, cssi].map(hashOf),
      sql<{ id: string }>`select distinct convention_id::text as id from ${sql.table(table)}`,
    )
    const letters = table === 'convention_notices' || table === 'convention_breaches'
    assert.deepEqual(
      seen.map(s => s.ids.has(c.id)),
      [true, false, true, true, false, !letters, true],
      table,
    )
  }
})
