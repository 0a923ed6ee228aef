import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { appendAudit } from '../../platform/audit.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, importChanged, sightsOf, someoneDisagrees, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import { audit } from './index.ts'
import { sealOnce } from './seal-trail.ts'
import { signer } from './testing.ts'
import { type EntryRow, mayReadDetail, mayReadEntry } from './trail.policy.ts'

let house: House
let [advisor, colleague, manager, stranger, security]: Person[] = []
before(async () => {
  house = await openHouse(audit)
  const [ours, theirs, operator] = [
    (await house.organisation({ name: 'Mission locale des Essais' })).id,
    (await house.organisation()).id,
    (await house.organisation({ kind: 'operateur' })).id,
  ]
  advisor = await house.person(ours)
  colleague = await house.person(ours)
  manager = await house.person(ours)
  stranger = await house.person(theirs)
  security = await house.person(operator)
  await giveRole(house.owner, manager, 'rgc')
  await giveRole(house.owner, security, 'cssi')
})
after(() => house.close())

const write = async (
  who: Person | null,
  action: string,
  subject: [string, string],
  at: string,
  detail: unknown = { a: 1 },
): Promise<string> => {
  const id = uuidv7()
  // As the owner: written at a date of the test's own. What nobody did bears the origin of a command.
  await house.owner.query(
    `with d as (select gen_random_bytes(16) as salt, $8::jsonb as detail),
      e as (insert into audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
    select $1, $2, $3, $4, $5, $6, $7, case when $3::uuid is null then 'ligne de commande, essai'
      else 'abcd' end, 'r', audit_detail_digest(salt, detail) from d) insert into audit_details select $1, salt, detail
      from d`,
    [id, at, who?.id ?? null, who?.organisationId ?? null, action, ...subject, JSON.stringify(detail)],
  )
  return id
}
const list = (who: Person | null, query = '') => house.call(who, 'GET', `/trail/entries${query}`)
const idsOf = async (who: Person, query = '') => {
  const { status, body } = await list(who, query)
  assert.equal(status, 200, JSON.stringify(body))
  return (body.items as { id: string }[]).map(i => i.id)
}

test('SEC-1: each reads their own acts and those on their account; the RGC those of the structure, the CSSI all', async () => {
  const campaign = uuidv7()
  const mine = await write(advisor!, 'campaign.opened', ['campaign', campaign], '2026-11-01T10:00:00Z')
  const onMe = await write(security!, 'second-factors.reset', ['account', advisor!.id], '2026-11-02T10:00:00Z')
  const others = await write(colleague!, 'exchange.recorded', ['exchange', 'x'], '2026-11-03T10:00:00Z')
  const elsewhere = await write(stranger!, 'exchange.recorded', ['exchange', 'y'], '2026-11-04T10:00:00Z')
  const nobody = await write(null, 'sign-in.failed', ['sign-in', 'z'], '2026-11-05T10:00:00Z')
  assert.deepEqual(await idsOf(advisor!), [mine])
  assert.deepEqual(await idsOf(advisor!, '?scope=about-me'), [onMe])
  assert.deepEqual(await idsOf(manager!, '?scope=organisation'), [others, mine], 'the last first')
  assert.deepEqual(await idsOf(security!, '?scope=all'), [nobody, elsewhere, others, onMe, mine])
  for (const who of [advisor!, colleague!, stranger!, security!])
    assert.deepEqual(
      [(await list(who, '?scope=organisation')).status, (await list(who, '?scope=organisation')).body.code],
      [403, 'access/role-required'],
    )
  for (const who of [advisor!, manager!]) assert.equal((await list(who, '?scope=all')).status, 403)
  assert.equal((await list(null)).status, 401)
  const { body } = await list(manager!)
  assert.deepEqual([body.items, body.next, body.scopes], [[], null, ['own', 'about-me', 'organisation']])
  const [told] = (await list(security!, '?scope=all&kind=account')).body.items
  assert.deepEqual(told, {
    id: onMe,
    at: '2026-11-02T10:00:00.000Z',
    actor: { id: security!.id, name: security!.name, organisationId: security!.organisationId },
    organisation: { id: security!.organisationId, name: told.organisation.name, kind: 'operateur' },
    action: 'second-factors.reset',
    subject: { kind: 'account', id: advisor!.id, name: advisor!.name },
  })
})

test('SEC-1: the RGC chooses among the people of the structure, and of no other', async () => {
  const { status, body } = await house.call(manager!, 'GET', '/trail/people')
  assert.deepEqual(
    [status, body.items.map((p: { id: string }) => p.id).sort()],
    [200, [advisor!.id, colleague!.id, manager!.id].sort()],
  )
  for (const who of [advisor!, security!])
    assert.deepEqual((await house.call(who, 'GET', '/trail/people')).body.code, 'access/role-required')
})

test('SEC-1: by person, thing, act and period, Paris days, page after page', async () => {
  const thing = uuidv7()
  const at = (n: number) => `2026-10-${String(n).padStart(2, '0')}T22:30:00Z` // the day after in Paris, until the 25th
  const ids: string[] = []
  for (let n = 1; n <= 9; n++)
    ids.unshift(
      await write(n % 2 ? advisor! : colleague!, n % 3 ? 'target.taken' : 'target.released', ['target', thing], at(n)),
    )
  const all = `?scope=organisation&kind=target&subject=${thing}`
  assert.deepEqual(await idsOf(manager!, all), ids)
  assert.deepEqual(
    await idsOf(manager!, `${all}&person=${colleague!.id}`),
    ids.filter((_, i) => (9 - i) % 2 === 0),
  )
  assert.deepEqual(
    await idsOf(manager!, `${all}&action=target.released`),
    ids.filter((_, i) => (9 - i) % 3 === 0),
  )
  assert.deepEqual(
    await idsOf(manager!, `${all}&from=2026-10-03&to=2026-10-04`),
    ids.filter((_, i) => [2, 3].includes(9 - i)),
  )
  const pages: string[] = []
  let next: string | null = ''
  for (let turns = 0; next !== null; turns++) {
    assert.ok(turns < 6)
    const { body }: { body: any } = await list(manager!, `${all}&limit=2${next ? `&after=${next}` : ''}`)
    pages.push(...body.items.map((i: { id: string }) => i.id))
    next = body.next
  }
  assert.deepEqual(pages, ids)
  // The same instant: the id settles the order, and nothing is lost between pages.
  const same = [
    await write(stranger!, 'target.taken', ['target', 'same'], at(1)),
    await write(stranger!, 'target.taken', ['target', 'same'], at(1)),
    await write(stranger!, 'target.taken', ['target', 'same'], at(1)),
  ].toReversed()
  const first = (await list(stranger!, '?kind=target&limit=2')).body
  assert.deepEqual(
    [...first.items, ...(await list(stranger!, `?kind=target&limit=2&after=${first.next}`)).body.items].map(i => i.id),
    same,
  )
  for (const bad of ['scope=tout', 'person=x', 'action=DROP', 'kind=A', 'from=hier', 'after=x', 'limit=0', 'limit=500'])
    assert.equal((await list(manager!, `?${bad}`)).status, 400, bad)
  const reversed = await list(manager!, '?from=2026-10-05&to=2026-10-01')
  assert.deepEqual([reversed.status, reversed.body.code], [422, 'trail/period-reversed'])
})

test('SEC-1: one act whole: from where, what was said, erased or withheld, and its place in the sealed trail', async () => {
  const business = await write(advisor!, 'exchange.recorded', ['exchange', 'd'], '2026-11-10T10:00:00Z', {
    notes: 'secret',
  })
  const rights = await write(advisor!, 'second-factor.enrolled', ['second-factor', 'f'], '2026-11-10T11:00:00Z', {
    kind: 'totp',
  })
  const erased = await write(advisor!, 'exchange.corrected', ['exchange', 'd'], '2026-11-10T12:00:00Z')
  const admin = new pg.Client(house.urls.superUrl)
  await admin.connect()
  await admin.query('begin; set local session_replication_role = replica')
  await admin.query('delete from audit_details where entry_id = $1', [erased])
  await admin.query('commit')
  await admin.end()
  const one = async (who: Person, id: string) => await house.call(who, 'GET', `/trail/entries/${id}`)
  const said = async (who: Person, id: string) => {
    const { detailState, detail } = (await one(who, id)).body
    return [detailState, detail]
  }
  assert.deepEqual(await said(advisor!, business), ['shown', { notes: 'secret' }])
  assert.deepEqual(await said(security!, business), ['shown', { notes: 'secret' }])
  assert.deepEqual(await said(manager!, business), ['withheld', null], 'ACC-4: a role opens no business data')
  assert.deepEqual(await said(manager!, rights), ['shown', { kind: 'totp' }])
  assert.deepEqual(await said(advisor!, erased), ['erased', null])
  for (const who of [stranger!, colleague!]) assert.equal((await one(who, business)).status, 404)
  assert.equal((await one(advisor!, uuidv7())).status, 404)
  assert.equal((await one(advisor!, 'x')).status, 400)
  assert.equal((await one(advisor!, business)).body.position, null)
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  while ((await one(advisor!, business)).body.position === null) await sealOnce(worker, signer)
  await worker.end()
  const { body } = await one(advisor!, business)
  assert.deepEqual([body.origin, body.requestId, Number.isInteger(body.position)], ['abcd', 'r', true])
})

test('SEC-6: the trail: the policy and the database agree on every pair, and not when a clause goes', async () => {
  await insertPlaces(house)
  const random = seededRandom(11)
  const organisations = [
    (await house.organisation()).id,
    (await house.organisation()).id,
    (await house.organisation({ kind: 'operateur' })).id,
  ]
  const hashes = await peopleOfAllKinds(house, organisations, 130, random)
  const { rows: accounts } = await house.owner.query<{ id: string; organisationId: string }>(
    'select id, organisation_id as "organisationId" from accounts where organisation_id = any ($1)',
    [organisations],
  )
  for (const account of accounts) {
    if (random() < 0.3)
      await giveRole(house.owner, account, 'rgc', random() < 0.2 ? { endsAt: new Date('2026-01-01') } : {})
    if (random() < 0.2) await giveRole(house.owner, account, 'cssi')
    if (random() < 0.2) await giveRole(house.owner, account, 'dpd')
  }
  const kinds = ['account', 'exchange', 'campaign', 'session', 'grant', 'establishment']
  const rows = Array.from({ length: 1000 }, () => {
    const actor = random() < 0.1 ? null : pick(random, accounts)
    const kind = pick(random, kinds)
    return {
      id: uuidv7(),
      actorId: actor?.id ?? null,
      organisationId: random() < 0.1 ? null : (actor?.organisationId ?? null),
      subjectKind: kind,
      subjectId: kind === 'account' || random() < 0.2 ? pick(random, accounts).id : 'x',
    }
  })
  await house.owner.query(
    `insert into audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      detail_digest) select id, now(), "actorId", "organisationId", 'a.b', "subjectKind", "subjectId",
      'ligne de commande, essai', sha256('')
      from jsonb_to_recordset($1) as r (id uuid, "actorId" uuid, "organisationId" uuid, "subjectKind" text,
      "subjectId" text)`,
    [JSON.stringify(rows)],
  )
  await house.owner.query(
    `insert into audit_details select id, substr(sha256(''), 1, 16), '{}' from unnest($1::uuid[]) x (id)`,
    [rows.map(r => r.id)],
  )
  const ids = rows.map(r => r.id)
  const entries = (some: readonly Buffer[] = hashes) =>
    sightsOf(house.database, some, sql<{ id: string }>`select id from audit_entries where id = any (${ids})`)
  const details = (some: readonly Buffer[] = hashes) =>
    sightsOf(
      house.database,
      some,
      sql<{ id: string }>`select entry_id as id from audit_details where entry_id = any (${ids})`,
    )
  const [seen, seenDetails] = [await entries(), await details()]
  assert.ok(seen.length * rows.length >= 100_000)
  assert.deepEqual(disagreements(seen, rows, mayReadEntry).slice(0, 3), [])
  assert.deepEqual(disagreements(seenDetails, rows, mayReadDetail).slice(0, 3), [])
  assert.ok(seen.some(s => s.ids.size === 0) && seen.some(s => s.ids.size === rows.length))

  type Policy = {
    mayReadEntry: (v: Viewer, r: EntryRow) => boolean
    mayReadDetail: (v: Viewer, r: EntryRow) => boolean
  }
  const file = new URL('./trail.policy.ts', import.meta.url)
  for (const [from, to] of [
    [
      `viewer.state === 'active' && (\n  entry.actorId === viewer.accountId || (entry`,
      '(\n  entry.actorId === viewer.accountId || (entry',
    ],
    ['entry.actorId === viewer.accountId || (entry', '(entry'],
    [` || (entry.subjectKind === 'account' && entry.subjectId === viewer.accountId)`, ''],
    [`entry.subjectKind === 'account' && entry.subjectId`, 'entry.subjectId'],
    [
      `(holdsRole(viewer, 'rgc') && entry.organisationId === viewer.organisationId) || holdsRole(viewer, 'cssi'))`,
      `holdsRole(viewer, 'cssi'))`,
    ],
    [`|| (holdsRole(viewer, 'rgc') && entry.organisationId`, '|| (entry.organisationId'],
    [` || holdsRole(viewer, 'cssi'))\n\n`, ')\n\n'],
    [`holdsRole(viewer, 'cssi'))\n\n`, `holdsRole(viewer, 'cssi') || holdsRole(viewer, 'dpd'))\n\n`],
  ] as const) {
    const mutant = await importChanged<Policy>(file, from, to)
    assert.notEqual(disagreements(seen, rows, mutant.mayReadEntry).length, 0, from)
  }
  for (const [from, to] of [
    ['&& aboutRights.has(entry.subjectKind)', ''],
    [`entry.actorId === viewer.accountId || holdsRole(viewer, 'cssi')`, `entry.actorId === viewer.accountId`],
    [`entry.actorId === viewer.accountId || holdsRole`, 'holdsRole'],
    [`'session', `, ''],
  ] as const) {
    const mutant = await importChanged<Policy>(file, from, to)
    assert.notEqual(disagreements(seenDetails, rows, mutant.mayReadDetail).length, 0, from)
  }
  const clauses = [
    `actor_id = (select ctx.account())`,
    `subject_kind = 'account' and subject_id = (select ctx.account())::text`,
    `(select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())`,
    `(select ctx.holds_role('cssi'))`,
  ]
  for (let gone = 0; gone < clauses.length; gone++) {
    await withPolicyChanged(
      house.owner,
      'audit_entries',
      'read',
      `(select ctx.ok()) and (${clauses.toSpliced(gone, 1).join(' or ')})`,
      async () => assert.ok(await someoneDisagrees(hashes, entries, rows, mayReadEntry), clauses[gone]),
    )
  }
  await withPolicyChanged(
    house.owner,
    'audit_entries',
    'read',
    `(select ctx.ok()) and (${clauses.map(c => c.replace(`(select ctx.holds_role('rgc')) and `, '')).join(' or ')})`,
    async () => assert.ok(await someoneDisagrees(hashes, entries, rows, mayReadEntry), 'rgc'),
  )
  const inDetails = [
    `e.actor_id = (select ctx.account())`,
    `(select ctx.holds_role('cssi'))`,
    `(select ctx.holds_role('rgc')) and e.organisation_id = (select ctx.organisation()) and e.subject_kind in ('account', 'account-import', 'agency', 'authentication-directive', 'grant', 'review', 'rgc-deed', 'session', 'second-factor', 'sign-in', 'organisation', 'third-party', 'convention', 'document', 'access-request')`,
  ]
  for (const changed of [
    ...inDetails.map((_, gone) => inDetails.toSpliced(gone, 1)),
    inDetails.map(c => c.replace(/ and e\.subject_kind.*/, '')),
  ]) {
    await withPolicyChanged(
      house.owner,
      'audit_details',
      'read',
      `(select ctx.ok()) and exists (select from audit_entries e where e.id = entry_id and (${changed.join(' or ')}))`,
      async () => assert.ok(await someoneDisagrees(hashes, details, rows, mayReadDetail), changed.join()),
    )
  }
})

test('SEC-6: without a session the trail shows nothing, and its digests nobody', async () => {
  assert.deepEqual(await house.database.all(sql`select id from audit_entries`), [])
  assert.deepEqual(await house.database.all(sql`select entry_id from audit_details`), [])
  for (const column of ['leaf', 'xid', 'detail_digest'])
    await assert.rejects(
      house.database.all(sql`select ${sql.ref(column)} from audit_entries`),
      { code: '42501' },
      column,
    )
  await assert.rejects(house.database.all(sql`select salt from audit_details`), { code: '42501' })
  const tx = await house.database.begin()
  await tx.enter(tokenHash(advisor!.cookie.slice('session='.length)))
  const own = { at: new Date(), actorId: colleague!.id, organisationId: null, origin: '', requestId: '' }
  await assert.rejects(appendAudit(tx, own, [{ action: 'a.b', subject: ['k', 's'] }], uuidv7), { code: '42501' })
  await tx.rollback()
})
