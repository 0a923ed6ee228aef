import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { roles } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  isSeen,
  isSeenByOne,
  type Sight,
  sightsOf,
  withCheckChanged,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import * as policy from './conventions.policy.ts'
import type { Party } from './deadlines.ts'
import * as rules from './letter-rules.ts'

/** Of whom and what a row says it is: a convention, the party named, whether the other party enters it. */
interface Row {
  readonly id: string
  readonly convention: { readonly id: string; readonly organisationId: string; readonly regionId: number }
  readonly party: Party
  readonly enteredByOther: boolean
  readonly told: rules.AnyLetter['told']
  readonly how: 'papier' | 'application'
  /** The name that a paper bears. */
  readonly signerName: string
}
const random = seededRandom(1301)
const regions = [1075, 1076]
const parties = ['partenaire', 'operateur'] as const
let house: House
let hashes: Buffer[]
let rows: Row[]
/** One document to sign for each row: a party signs a document once. */
let documents: Map<string, string>
/** Who is named to sign each convention for each party. */
const signers = new Map<string, policy.Signer>()

const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))
before(async () => {
  house = await openHouse([])
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie') on conflict do nothing`,
  )
  const operator = (await house.organisation({ kind: 'operateur' })).id
  // No convention but those of this test: an account manager's deed would hold to one.
  const withoutConvention = async (kind: 'epci' | 'plie') =>
    (await insertOrganisation(house.owner, anOrganisation({ kind }), { convention: false })).id
  const partners = [await withoutConvention('epci'), await withoutConvention('plie')]
  hashes = []
  const signataires: Person[] = []
  const directions = new Map<number, Person>()
  for (const organisationId of [operator, operator, ...partners])
    for (const role of ['signataire', 'responsable-operationnel', 'direction-regionale', 'dpd', 'cssi'] as const)
      for (const regionId of role === 'direction-regionale'
        ? regions
        : role === 'signataire' && organisationId === operator
          ? [null, ...regions]
          : [null]) {
        const person = await house.person(organisationId, [], random() < 0.06 ? { secondFactor: null } : {})
        await giveRole(house.owner, person, role, { regionId })
        if (role === 'signataire') signataires.push(person)
        if (role === 'direction-regionale' && organisationId === operator) directions.set(regionId!, person)
        if (random() < 0.3 && role !== 'direction-regionale')
          await giveRole(
            house.owner,
            person,
            pick(
              random,
              roles.filter(r => r !== 'rgc' && r !== 'direction-regionale' && r !== role),
            ),
          )
        hashes.push(hashOf(person))
      }
  rows = []
  documents = new Map()
  for (const organisationId of partners)
    for (const regionId of regions) {
      const convention = { id: uuidv7(), organisationId, regionId }
      await house.owner.query(
        `insert into conventions (id, organisation_id, region_id, number, created_at, sent_at)
          values ($1::uuid, $2, $3, $1::text, now(), now())`,
        [convention.id, organisationId, regionId],
      )
      for (const party of parties) {
        // One who is named and signs no more since, as a regional direction alone, signs nothing.
        const ofParty =
          party === 'operateur' && regionId === 1076 && organisationId === partners[0]
            ? [directions.get(regionId)!]
            : signataires.filter(p => p.organisationId === (party === 'partenaire' ? organisationId : operator))
        const { id: accountId } = pick(random, ofParty)
        signers.set(`${convention.id} ${party}`, { name: 'x', accountId })
        // The last one named counts: the former one signs no more.
        for (const account of [pick(random, signataires).id, accountId])
          await house.owner.query(
            `insert into convention_signers (convention_id, party, name, account_id, named_at, act, act_on, granted_by,
              named_by) values ($1, $2, 'x', $3, now(), 'x', '2026-01-01', 'x', $3)`,
            [convention.id, party, account],
          )
        for (const enteredByOther of [true, false])
          for (const [how, partenaire, operateur] of [
            ['papier', ['receivedOn'], []],
            ['application', [], ['sentOn']],
            ['papier', [], []],
          ] as const) {
            if (enteredByOther && how === 'application') continue
            const signerName = how === 'papier' && partenaire.length === 0 && !enteredByOther ? 'y' : 'x'
            const told = { partenaire, operateur }
            const row = { id: uuidv7(), convention, party, enteredByOther, told, how, signerName }
            rows.push(row)
            documents.set(row.id, uuidv7())
            await house.owner.query(
              `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at)
                values ($1, $2, 'convention', 'x', 'application/pdf', 'x', sha256('x'), now())`,
              [documents.get(row.id), convention.id],
            )
          }
      }
    }
})
after(() => house.close())

const tried = () =>
  rows.map(r => ({
    id: r.id,
    convention: r.convention.id,
    party: r.party,
    other: r.enteredByOther,
    how: r.how,
    signerName: r.signerName,
    document: documents.get(r.id)!,
  }))
const inserts =
  (statement: string) =>
  (some: readonly Buffer[] = hashes, ids?: ReadonlySet<string>) =>
    insertSights(
      house.owner,
      house.database,
      some,
      tried().filter(row => ids?.has(row.id) ?? true),
      statement,
    )
const notices = inserts(`insert into convention_notices (id, convention_id, party, channel, sent_on, entered_by_other,
  recorded_at, recorded_by) values ((r ->> 'id')::uuid, (r ->> 'convention')::uuid, r ->> 'party', 'courriel',
  '2026-01-01', (r ->> 'other')::boolean, now(), ctx.account())`)
const breaches = inserts(`insert into convention_breaches (id, convention_id, party, obligation, letter_reference,
  sent_on, entered_by_other, recorded_at, recorded_by) values ((r ->> 'id')::uuid,
  (r ->> 'convention')::uuid, r ->> 'party', 'x', 'x', '2026-01-01', (r ->> 'other')::boolean, now(),
  ctx.account())`)
const signatures = inserts(`insert into convention_signatures (id, convention_id, party, document_id, sha256, how,
  signed_document_id, signed_document_sha256, signer_name, signed_at, recorded_at, account_id, entered_by_other)
  values ((r ->> 'id')::uuid, (r ->> 'convention')::uuid, r ->> 'party', (r ->> 'document')::uuid, sha256('x'),
  r ->> 'how', case when r ->> 'how' = 'papier' then (r ->> 'document')::uuid end,
  case when r ->> 'how' = 'papier' then sha256('x') end, r ->> 'signerName', now(), now(), ctx.account(),
  (r ->> 'other')::boolean)`)
/** Another is named to sign, under an act. */
const namings = inserts(`insert into convention_signers (convention_id, party, name, act, act_on, granted_by, named_by,
  named_at) values ((r ->> 'convention')::uuid, r ->> 'party', 'z', 'x', '2026-01-01', 'x', ctx.account(), now())`)
/** A deputy recorded, who signs on paper (AGR-15). */
const deputies = inserts(`insert into signature_deputies (deputy_id, version, convention_id, party, name, capacity, act,
  act_on, granted_by, from_on, reason, recorded_by, recorded_at) values (gen_random_uuid(), 1,
  (r ->> 'convention')::uuid, r ->> 'party', 'z', 'x', 'x', '2026-01-01', 'x', '2026-01-01', 'x', ctx.account(),
  now())`)
/** The act of the last one named, completed; no convention here has been signed. */
const completions = inserts(`insert into convention_signers (convention_id, party, name, act, act_on, granted_by,
  local_authority, prefecture_on, named_by, named_at, completes) select (r ->> 'convention')::uuid, r ->> 'party', 'y',
  'y', '2026-01-01', 'y', true, '2026-01-02', ctx.account(), now(), (select max(s.id) from convention_signers s
    where s.convention_id = (r ->> 'convention')::uuid and s.party = r ->> 'party' and s.completes is null)`)
const answers = inserts(`insert into convention_answers (id, convention_id, kind, subject_id, answer, reason, party,
  answered_at, answered_by) values (gen_random_uuid(), (r ->> 'convention')::uuid, 'notice', (r ->> 'id')::uuid,
  'contest', 'x', r ->> 'party', now(), ctx.account())`)
const corrections = inserts(`insert into convention_corrections (id, convention_id, kind, subject_id, party, before,
  after, reason, corrected_at, corrected_by) values (gen_random_uuid(), (r ->> 'convention')::uuid, 'notice',
  (r ->> 'id')::uuid, r ->> 'party', '{}', '{}', 'x', now(), ctx.account())`)

/** The policy convention_receipts.tell. */
const receipts = inserts(`insert into convention_receipts (id, convention_id, kind, subject_id, party, days, told_at,
  told_by) values (gen_random_uuid(), (r ->> 'convention')::uuid, 'notice', (r ->> 'id')::uuid, r ->> 'party', '{}',
  now(), ctx.account())`)

/** Whether someone parts from the rules while a clause is gone. */
const isMissed = (read: ReturnType<typeof inserts>, may: Side) =>
  isSeen(hashes, async one => apart(await read(one), may).length > 0)
type Side = (viewer: Sight['viewer'], row: Row, of: typeof policy) => boolean
const apart = (sights: readonly Sight[], may: Side, of: typeof policy = policy) =>
  disagreements(sights, rows, (viewer, row) => viewer.state === 'active' && may(viewer, row, of))
const side = (viewer: Sight['viewer'], { convention }: Row, of: typeof policy) =>
  of.mayRead(viewer, convention) === true ? of.actsFor(viewer, convention) : null
/** The party that enters a letter is the one that the viewer acts for. */
const enters: Side = (viewer, row, of) => side(viewer, row, of) === rules.enteredBy({ ...row, answer: null })
const answersTo: Side = (viewer, row, of) => side(viewer, row, of) === row.party && row.enteredByOther
const own: Side = (viewer, row, of) => side(viewer, row, of) === row.party
const names: Side = (viewer, row, of) =>
  side(viewer, row, of) !== null && of.mayNameSigner(viewer, row.convention, row.party) === true
const completes: Side = (viewer, row, of) =>
  side(viewer, row, of) !== null && of.maySettleAuthority(viewer, row.convention, row.party) === true
const signs: Side = (viewer, row, of) => {
  const signer = signers.get(`${row.convention.id} ${row.party}`)!
  const deposits = () =>
    row.how === 'papier' && enters(viewer, row, of) && of.mayEnterSignature(viewer, row.convention, row.party) === true
  if (side(viewer, row, of) === null) return false
  if (row.enteredByOther) return deposits()
  if (row.how === 'papier' && row.signerName !== signer.name) return false
  return of.signsFor(viewer, row.convention) === row.party
    ? of.maySignAs(viewer, row.convention, signer, row.how === 'papier') === true
    : deposits()
}

test('SEC-6, AGR-13: who enters a letter or a paper for whom, answers it and notes a correction: the rules and the database agree on every pair', async () => {
  for (const [name, sights, may] of [
    ['notices', await notices(), enters],
    ['breaches', await breaches(), enters],
    ['signatures', await signatures(), signs],
    ['corrections', await corrections(), own],
    ['receipts', await receipts(), own],
    ['signers', await namings(), names],
    ['deputies', await deputies(), names],
    ['completions', await completions(), completes],
  ] as const) {
    const shown = sights.reduce((n, s) => n + s.ids.size, 0)
    assert.ok(shown > 60 && shown < sights.length * rows.length * 0.6, `${name}: ${shown}`)
    assert.deepEqual(apart(sights, may).slice(0, 2), [], name)
  }
})

test('SEC-6, AGR-13: the comparison fails when a clause of entering goes, on either side', async () => {
  const file = new URL('./conventions.policy.ts', import.meta.url)
  const [entered, signed, named] = [await notices(), await signatures(), await namings()]
  const completed = await completions()
  for (const [from, to, sights, may] of [
    ["? 'partenaire' : forOperator", "? 'operateur' : forOperator", entered, enters],
    [
      'forOperator(viewer, convention) || ofRegion(viewer, convention) ?',
      'forOperator(viewer, convention) ?',
      entered,
      enters,
    ],
    [" || holdsInRegion(viewer, 'signataire', regionId))", ')', entered, enters],
    ['side !== party || ofRegion(viewer, convention)', 'side !== party', signed, signs],
    ['side !== party || ofRegion(viewer, convention)', 'true', signed, signs],
    ['signer.accountId === viewer.accountId', 'true', signed, signs],
    ['(onPaper || signer.accountId', '(signer.accountId', signed, signs],
    ['actsFor(viewer, convention) === party || ', 'actsFor(viewer, convention) !== null || ', named, names],
    [
      'ofRegion(viewer, convention) || actsFor(viewer, convention) === party',
      'actsFor(viewer, convention) === party',
      completed,
      completes,
    ],
  ] as const)
    assert.notEqual(apart(sights, may, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  for (const [table, name, from, to, read, may] of [
    ['convention_notices', 'give', "((party = 'partenaire'::text) <> entered_by_other)", 'true', notices, enters],
    ['convention_notices', 'give', "((party = 'operateur'::text) <> entered_by_other)", 'true', notices, enters],
    ['convention_breaches', 'give', "((party = 'partenaire'::text) <> entered_by_other)", 'true', breaches, enters],
    [
      'convention_signatures',
      'sign',
      "(party = 'operateur'::text) AND entered_by_other",
      'entered_by_other',
      signatures,
      signs,
    ],
    ['convention_signatures', 'sign', "ctx.role_regions('signataire'::text)", "'{}'::int[]", signatures, signs],
    ['convention_signatures', 'sign', "(party = 'partenaire'::text) = entered_by_other", 'true', signatures, signs],
    ['signature_deputies', 'settle', "(signature_deputies.party = 'partenaire'::text)", 'true', deputies, names],
    ['convention_signers', 'name', "(convention_signers.party = 'partenaire'::text)", 'true', namings, names],
    [
      'convention_signers',
      'complete',
      "(convention_signers.party = 'partenaire'::text)",
      'true',
      completions,
      completes,
    ],
    ['convention_signers', 'complete', 'ctx.regions()', "'{}'::int[]", completions, completes],
    ['convention_corrections', 'note', "(convention_corrections.party = 'partenaire'::text)", 'true', corrections, own],
  ] as const)
    await withCheckChanged(house.owner, table, name, from, to, async () =>
      assert.ok(await isMissed(read, may), `${table}: ${from} → ${to}`),
    )
})

test('SEC-6, AGR-2: in the database too, the account last named signs alone, and a paper bears its name: each clause seen', async () => {
  for (const [signature, from, to] of [
    ['ctx.signs_as(uuid, uuid, text, text, text)', 'and n.account_id = ctx.account()', ''],
    ['ctx.signs_as(uuid, uuid, text, text, text)', 'and n.name = of_name', ''],
    ['ctx.named_signer(uuid, uuid, text)', 'order by s.id desc', 'order by s.id'],
    ['ctx.named_signer(uuid, uuid, text)', ' and s.party = of_party', ''],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.ok(await isMissed(signatures, signs), `${from} → ${to}`),
    )
})

test('SEC-6, AGR-11: straight to the table, an act is completed for the last one named alone, whose name, account and act stay', async () => {
  const { convention } = rows.find(r => r.party === 'partenaire')!
  const [former, last] = (
    await house.owner.query<{ id: number }>(
      `select id from convention_signers where convention_id = $1 and party = 'partenaire' order by id`,
      [convention.id],
    )
  ).rows
  const kept = `insert into convention_signers (convention_id, party, name, account_id, act, act_on, granted_by,
    local_authority, prefecture_on, named_by, named_at, completes) values ((r ->> 'convention')::uuid, 'partenaire', 'y',
    ctx.account(), 'y', '2026-01-31', 'y', true, '2026-01-02', ctx.account(), now(), `
  const written = async (completed: string, of = hashes) =>
    (
      await insertSights(
        house.owner,
        house.database,
        of,
        tried().filter(r => r.convention === convention.id),
        `${kept}${completed})`,
      )
    ).filter(s => s.ids.size > 0)
  let able: Buffer | undefined
  for (const one of hashes) if (!able && (await written(`${last!.id}`, [one])).length > 0) able = one
  assert.deepEqual(await written(`${former!.id}`), [], 'not of one who was named before')
  const tx = await house.database.begin()
  await tx.enter(able!)
  await tx.run(sql`insert into convention_signers (convention_id, party, name, act, act_on, granted_by, local_authority,
    prefecture_on, named_by, named_at, completes) values (${convention.id}::uuid, 'partenaire', 'y', 'y', '2026-01-31',
    'y', true, '2026-01-02', ctx.account(), now(), ${last!.id}::bigint)`)
  const row = await tx.first(sql<{ name: string; act: string; actOn: string; same: boolean; prefectureOn: string }>`
    select x.name, x.act, x.act_on, x.account_id = s.account_id as same, x.prefecture_on from convention_signers x
      join convention_signers s on s.id = x.completes where x.completes = ${last!.id}::bigint`)
  assert.deepEqual(row, { name: 'x', act: 'x', actOn: '2026-01-01', same: true, prefectureOn: '2026-01-02' })
  await tx.rollback()
})

test('SEC-6, AGR-13: who corrects a date and who answers, of letters that stand: the rules and the database agree, each clause seen', async () => {
  for (const row of rows) {
    await house.owner.query(
      `insert into convention_notices (id, convention_id, party, channel, sent_on, received_on, entered_by_other,
        partner_days, operator_days, recorded_at)
        values ($1, $2, $3, 'courriel', '2026-01-01', '2026-01-02', $4, $5, $6, now())`,
      [row.id, row.convention.id, row.party, row.enteredByOther, row.told.partenaire, row.told.operateur],
    )
    await house.owner.query(
      `insert into convention_signatures (id, convention_id, party, document_id, sha256, how, signed_document_id,
        signed_document_sha256, signer_name, signed_at, recorded_at, entered_by_other)
        values ($1, $2, $3, $4, sha256('x'), $5, $6, $7, 'x', now(), now(), $8)`,
      [
        row.id,
        row.convention.id,
        row.party,
        documents.get(row.id),
        row.how,
        row.how === 'papier' ? documents.get(row.id) : null,
        row.how === 'papier' ? Buffer.alloc(32) : null,
        row.enteredByOther,
      ],
    )
  }
  const locked = (table: 'convention_notices' | 'convention_signatures') => () =>
    sightsOf(house.database, hashes, sql<{ id: string }>`select id from ${sql.table(table)} for update`)
  const settles = locked('convention_notices')
  const corrects = locked('convention_signatures')
  /** The sender settles its own, whoever told a date corrects it: the day of receipt is told here. */
  const maySettle: Side = (viewer, row, of) => {
    const mine = side(viewer, row, of)
    return mine !== null && rules.mayKeepReceipt(mine, row)
  }
  const mayCorrect: Side = (viewer, row, of) => row.how === 'papier' && enters(viewer, row, of)
  assert.deepEqual(apart(await settles(), maySettle).slice(0, 2), [])
  assert.deepEqual(apart(await corrects(), mayCorrect).slice(0, 2), [])
  assert.deepEqual(apart(await answers(), answersTo).slice(0, 2), [])
  for (const [table, name, from, to, read, may] of [
    ['convention_notices', 'settle', "(party = 'partenaire'::text)", 'false', settles, maySettle],
    ['convention_notices', 'settle', 'operator_told', 'false', settles, maySettle],
    ['convention_notices', 'settle', '(received_on IS NULL)', 'true', settles, maySettle],
    ['convention_signatures', 'correct', "(how = 'papier'::text)", 'true', corrects, mayCorrect],
    [
      'convention_signatures',
      'correct',
      "((party = 'operateur'::text) <> entered_by_other)",
      'true',
      corrects,
      mayCorrect,
    ],
  ] as const) {
    const { rows: found } = await house.owner.query(
      'select qual from pg_policies where tablename = $1 and policyname = $2',
      [table, name],
    )
    const qual: string = found[0].qual.replaceAll(`${table}.`, '')
    assert.ok(qual.includes(from), `${table} does not say ${from}: ${qual}`)
    await withPolicyChanged(house.owner, table, name, qual.replaceAll(from, to), async () =>
      assert.ok(await isMissed(read, may), `${table}: ${from} → ${to}`),
    )
  }
  for (const [from, to] of [
    ['n.entered_by_other AND ', ''],
    ["(party = 'partenaire'::text)", 'true'],
    ['(answered_by = ( SELECT ctx.account() AS account)) AND ', ''],
  ] as const)
    if (from.startsWith('(answered_by')) {
      const forged =
        inserts(`insert into convention_answers (id, convention_id, kind, subject_id, answer, reason, party,
        answered_at, answered_by) values (gen_random_uuid(), (r ->> 'convention')::uuid, 'notice', (r ->> 'id')::uuid,
        'contest', 'x', r ->> 'party', now(), (select id from accounts where id <> ctx.account() limit 1))`)
      assert.ok(
        (await forged()).every(s => s.ids.size === 0),
        'in another’s name',
      )
    } else
      await withCheckChanged(house.owner, 'convention_answers', 'answer', from, to, async () =>
        assert.ok(await isMissed(answers, answersTo), `answers: ${from} → ${to}`),
      )
})

test('SEC-6, AGR-13: a day is corrected by another than who told it, within the delay: the rule and the database agree, each clause seen', async () => {
  const at = new Date()
  const { rows: accounts } = await house.owner.query<{ id: string }>('select id from accounts order by id')
  const told = new Map<string, { by: string; at: string }>()
  for (const [n, row] of rows.entries()) {
    // The last instant of the delay, and the next.
    const toldAt = new Date(at.getTime() - 90 * 86_400_000 - (n % 3 === 0 ? 1 : 0))
    const by = accounts[n % accounts.length]!.id
    told.set(row.id, { by, at: toldAt.toISOString() })
    await house.owner.query('update convention_notices set recorded_by = $2, recorded_at = $3 where id = $1', [
      row.id,
      by,
      toldAt,
    ])
  }
  const noted = inserts(`insert into convention_corrections (id, convention_id, kind, subject_id, party, before, after,
    reason, corrected_at, corrected_by) values (gen_random_uuid(), (r ->> 'convention')::uuid, 'notice',
    (r ->> 'id')::uuid, r ->> 'party', '{}', '{"receivedOn": null}', 'x', '${at.toISOString()}', ctx.account())`)
  const may: Side = (viewer, row, of) =>
    own(viewer, row, of) && rules.correctsDay(viewer.accountId, told.get(row.id), at) === true
  const sights = await noted()
  assert.deepEqual(apart(sights, may).slice(0, 2), [])
  assert.ok(apart(sights, own).length > 0, 'the rule refuses some')
  for (const [from, to] of [
    ['t.by is not distinct from ctx.account() or ', ''],
    ['or corrected_at > t.at + make_interval(hours => 24 * ctx.correction_days())', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.corrects(text, uuid, jsonb, timestamptz)', from, to, async () =>
      assert.ok(await isMissed(noted, may), from),
    )
})

test('AGR-13, SEC-6: in the database, a letter, a receipt, a correction, a signature and the naming of a signer say the instant at which they are written: none is dated to stretch the delay', async () => {
  const dated = (statement: string, by: string) => inserts(statement.replaceAll('now()', `now() + interval '${by}'`))
  const of = {
    notices: `insert into convention_notices (id, convention_id, party, channel, sent_on, entered_by_other,
      recorded_at, recorded_by) values (gen_random_uuid(), (r ->> 'convention')::uuid, r ->> 'party', 'courriel',
      '2026-01-01', (r ->> 'other')::boolean, now(), ctx.account())`,
    breaches: `insert into convention_breaches (id, convention_id, party, obligation, letter_reference, sent_on,
      entered_by_other, recorded_at, recorded_by) values (gen_random_uuid(), (r ->> 'convention')::uuid, r ->> 'party',
      'x', 'x', '2026-01-01', (r ->> 'other')::boolean, now(), ctx.account())`,
    receipts: `insert into convention_receipts (id, convention_id, kind, subject_id, party, days, told_at, told_by)
      values (gen_random_uuid(), (r ->> 'convention')::uuid, 'notice', (r ->> 'id')::uuid, r ->> 'party', '{}', now(),
      ctx.account())`,
    corrections: `insert into convention_corrections (id, convention_id, kind, subject_id, party, before, after, reason,
      corrected_at, corrected_by) values (gen_random_uuid(), (r ->> 'convention')::uuid, 'notice', (r ->> 'id')::uuid,
      r ->> 'party', '{}', '{}', 'x', now(), ctx.account())`,
    signatures: `insert into convention_signatures (id, convention_id, party, document_id, sha256, how,
      signed_document_id, signed_document_sha256, signer_name, signed_at, recorded_at, account_id, entered_by_other)
      values (gen_random_uuid(), (r ->> 'convention')::uuid, r ->> 'party', (r ->> 'document')::uuid, sha256('x'),
      r ->> 'how', case when r ->> 'how' = 'papier' then (r ->> 'document')::uuid end,
      case when r ->> 'how' = 'papier' then sha256('x') end, r ->> 'signerName', current_date, now(), ctx.account(),
      (r ->> 'other')::boolean)`,
    signers: `insert into convention_signers (convention_id, party, name, act, act_on, granted_by, named_by, named_at)
      values ((r ->> 'convention')::uuid, r ->> 'party', 'z', 'x', '2026-01-01', 'x', ctx.account(), now())`,
  }
  for (const [name, statement] of Object.entries(of)) {
    // Who may not write it at all proves nothing of its date.
    const writers: { readonly hash: Buffer; readonly ids: ReadonlySet<string> }[] = []
    const undated = inserts(statement)
    for (const hash of hashes)
      for (const { ids } of await undated([hash])) if (ids.size > 0) writers.push({ hash, ids })
    const writes = async (by: string, { hash, ids }: (typeof writers)[number]) =>
      (await dated(statement, by)([hash], ids)).some(s => s.ids.size > 0)
    for (const by of ['9 minutes', '-9 minutes'])
      assert.ok(await isSeenByOne(writers, one => writes(by, one)), `${name}, ${by}`)
    for (const by of ['11 minutes', '-11 minutes', '-91 days', '10 years'])
      for (const one of writers) assert.equal(await writes(by, one), false, `${name}, ${by}`)
  }
})

test('SEC-6, AGR-1: who enters the contacts of a partner: its own side, or the region that prepares its convention while none is in force', async () => {
  const { id: prepared } = await insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }), {
    convention: false,
  })
  const { id: none } = await insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }), { convention: false })
  await house.owner.query(
    `insert into conventions (id, organisation_id, region_id, number, created_at)
      values ($1::uuid, $2, 1075, $1::text, now())`,
    [uuidv7(), prepared],
  )
  const { id: over } = await insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }), { convention: false })
  await house.owner.query(
    `insert into conventions (id, organisation_id, region_id, number, created_at, effective_from, ends_at)
      values ($1::uuid, $2, 1075, $1::text, now(), '2025-01-01', '2025-06-01')`,
    [uuidv7(), over],
  )
  const running = rows[0]!.convention.organisationId
  await house.owner.query(`update conventions set effective_from = '2026-01-01' where id = $1`, [
    rows[0]!.convention.id,
  ])
  const partners = [
    { id: prepared, regionIds: [1075], inForce: false },
    { id: none, regionIds: [], inForce: false },
    { id: over, regionIds: [], inForce: false },
    { id: running, regionIds: regions, inForce: true },
    { id: rows.at(-1)!.convention.organisationId, regionIds: regions, inForce: false },
  ]
  const named = (some: readonly Buffer[] = hashes) =>
    insertSights(
      house.owner,
      house.database,
      some,
      partners,
      `insert into convention_contacts (id, organisation_id, party, role, name, email, starts_at, recorded_by)
        values (gen_random_uuid(), (r ->> 'id')::uuid, 'partenaire', 'dpd', 'x', 'x@y.example', now(), ctx.account())`,
    )
  const differ = (sights: readonly Sight[], of: typeof policy = policy) =>
    disagreements(
      sights,
      partners,
      (viewer, partner) =>
        viewer.state === 'active' &&
        (of.mayNameContactFor(viewer, partner) === true ||
          (viewer.organisationId === partner.id && of.mayNameContact(viewer, null) === true)),
    )
  const sights = await named()
  assert.deepEqual(differ(sights).slice(0, 2), [])
  assert.ok(sights.some(s => s.ids.has(prepared)))
  const file = new URL('./conventions.policy.ts', import.meta.url)
  for (const [from, to] of [
    ['!partner.inForce && ', ''],
    ['partner.regionIds.some(regionId => ofRegion(viewer, { regionId }))', 'partner.regionIds.length > 0'],
  ] as const)
    assert.notEqual(differ(sights, await importChanged<typeof policy>(file, from, to)).length, 0, from)
  for (const [from, to] of [
    [' and not ctx.in_force(c.organisation_id, ctx.clock())', ''],
    ['c.region_id = any (ctx.regions())', 'true'],
    [' and c.effective_from is null', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.prepared_partners()', from, to, async () =>
      assert.ok(await isSeen(hashes, async one => differ(await named(one)).length > 0), from),
    )
})
