import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { roles } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  isSeen,
  type Sight,
  sightsOf,
  withCheckChanged,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import * as policy from './rights-requests.policy.ts'

interface Structure {
  readonly id: string
  readonly kind: string
}
interface Row extends policy.Received {
  readonly id: string
}
let house: House
let structures: Structure[]
const hashes: Buffer[] = []
/** Requests of each structure: kept, or handed to each structure of the other side. */
const requests: Row[] = []
/** What one tries: a request entered in the name of a structure; a step of a request; a request handed to a structure. */
const entries: { id: string; of: Structure }[] = []
const steps: { id: string; of: Row }[] = []
const handovers: { id: string; of: Row; to: Structure }[] = []

/** Two structures of each side, since one hands to the other; in each, the holder of every role, and a session locked. */
before(async () => {
  house = await openHouse([])
  structures = []
  let someone = ''
  for (const kind of ['epci', 'plie', 'operateur', 'operateur'] as const) {
    const { id } = await house.organisation({ kind })
    structures.push({ id, kind })
    for (const role of [...roles.filter(one => one !== 'rgc' && one !== 'direction-regionale'), 'dpd', null] as const) {
      const locked = role === 'dpd' && hashes.length % 2 === 1
      const person = await house.person(id, [], locked ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {})
      if (role) await giveRole(house.owner, person, role)
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
      someone = person.id
    }
  }
  const lay = async (receivedBy: Structure, handedTo: Structure | null) => {
    const row = { id: uuidv7(), receivedBy, handedTo }
    await house.owner.query(
      `insert into rights_requests (id, organisation_id, kind, whose, person, channel, received_on, recorded_by,
        recorded_at) values ($1, $2, 'access', 'user', 'Alix Essai', 'mail', '2026-06-05', $3, now())`,
      [row.id, receivedBy.id, someone],
    )
    await house.owner.query(
      `insert into rights_request_steps (request_id, kind, happened_on, manner, recorded_by, recorded_at)
        values ($1, 'identity', '2026-06-05', 'known', $2, now())`,
      [row.id, someone],
    )
    await house.owner.query(
      `insert into rights_request_corrections (request_id, version, kind, whose, person, channel, received_on, reason,
        recorded_by, recorded_at) values ($1, 7, 'access', 'user', 'Alix', 'mail', '2026-06-05', 'x', $2, now())`,
      [row.id, someone],
    )
    await house.owner.query(
      `insert into rights_request_withdrawals (request_id, to_organisation_id, handed_by, handed_at, given_back,
        reason, recorded_by, recorded_at) select $1, $2, $3, now(), false, 'x', $3, now()`,
      [row.id, receivedBy.id, someone],
    )
    if (handedTo)
      await house.owner.query(
        `insert into rights_request_handovers (request_id, from_organisation_id, to_organisation_id, recorded_by,
          recorded_at) values ($1, $2, $3, $4, now())`,
        [row.id, receivedBy.id, handedTo.id, someone],
      )
    requests.push(row)
    return row
  }
  for (const receivedBy of structures) {
    const kept = await lay(receivedBy, null)
    for (const to of structures) if (to.id !== receivedBy.id) handovers.push({ id: uuidv7(), of: kept, to })
    for (const to of structures)
      if ((to.kind === 'operateur') !== (receivedBy.kind === 'operateur')) await lay(receivedBy, to)
    entries.push({ id: uuidv7(), of: receivedBy })
  }
  for (const of of requests) steps.push({ id: uuidv7(), of })
})
after(() => house.close())

const read =
  (table: string, column: string) =>
  (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select ${sql.ref(column)} as id from ${sql.table(table)}`)
const tries =
  (rows: () => readonly { readonly id: string }[], statement: string) =>
  (of: readonly Buffer[] = hashes) =>
    insertSights(house.owner, house.database, of, rows(), statement)
const looks = {
  requests: read('rights_requests', 'id'),
  steps: read('rights_request_steps', 'request_id'),
  handovers: read('rights_request_handovers', 'request_id'),
  corrections: read('rights_request_corrections', 'request_id'),
  withdrawals: read('rights_request_withdrawals', 'request_id'),
  enter: tries(
    () => entries.map(({ id, of }) => ({ id, of: of.id })),
    `insert into rights_requests (id, organisation_id, kind, whose, person, channel, received_on, recorded_by,
      recorded_at) values ((r ->> 'id')::uuid, (r ->> 'of')::uuid, 'access', 'user', 'x', 'mail', '2026-06-05',
      ctx.account(), now())`,
  ),
  record: tries(
    () => steps.map(({ id, of }) => ({ id, of: of.id })),
    `insert into rights_request_steps (request_id, kind, happened_on, reason, recorded_by, recorded_at)
      values ((r ->> 'of')::uuid, 'extension', '2026-06-05', r ->> 'id', ctx.account(), now())`,
  ),
  hand: tries(
    () => handovers.map(({ id, of, to }) => ({ id, of: of.id, from: of.receivedBy.id, to: to.id })),
    `insert into rights_request_handovers (request_id, from_organisation_id, to_organisation_id, recorded_by,
      recorded_at) values ((r ->> 'of')::uuid, (r ->> 'from')::uuid, (r ->> 'to')::uuid, ctx.account(), now())`,
  ),
  withdraw: tries(
    () => steps.map(({ id, of }) => ({ id, of: of.id })),
    `if end_rights_handover((r ->> 'of')::uuid, false, 'x') <> '' then
      raise exception 'refused' using errcode = 'insufficient_privilege'; end if;
    raise exception 'undone' using errcode = 'unique_violation'`,
  ),
  giveBack: tries(
    () => steps.map(({ id, of }) => ({ id, of: of.id })),
    `if end_rights_handover((r ->> 'of')::uuid, true, 'x') <> '' then
      raise exception 'refused' using errcode = 'insufficient_privilege'; end if;
    raise exception 'undone' using errcode = 'unique_violation'`,
  ),
  correct: tries(
    () => steps.map(({ id, of }) => ({ id, of: of.id })),
    `if correct_rights_request((r ->> 'of')::uuid, 1, 'erasure', 'user', 'Alix Essai', 'mail', '2026-06-05', 'x') <> '' then
      raise exception 'refused' using errcode = 'insufficient_privilege'; end if;
    raise exception 'undone' using errcode = 'unique_violation'`,
  ),
} as const
type Look = keyof typeof looks

const may: Record<Look, (sights: readonly Sight[], of?: typeof policy) => readonly unknown[]> = {
  requests: (sights, of = policy) => apart(sights, requests, (v, row) => of.mayRead(v, row)),
  steps: (sights, of = policy) => apart(sights, requests, (v, row) => of.mayRead(v, row)),
  handovers: (sights, of = policy) =>
    apart(
      sights,
      requests.filter(row => row.handedTo !== null),
      (v, row) => of.mayRead(v, row),
    ),
  withdrawals: (sights, of = policy) => apart(sights, requests, (v, row) => of.mayRead(v, row)),
  withdraw: (sights, of = policy) => apart(sights, steps, (v, row) => of.mayWithdraw(v, row.of)),
  giveBack: (sights, of = policy) => apart(sights, steps, (v, row) => of.mayGiveBack(v, row.of)),
  corrections: (sights, of = policy) => apart(sights, requests, (v, row) => of.mayRead(v, row)),
  correct: (sights, of = policy) => apart(sights, steps, (v, row) => of.mayCorrect(v, row.of)),
  enter: (sights, of = policy) =>
    apart(sights, entries, (v, row) => (row.of.id === v.organisationId ? of.mayEnter(v) : 'not-found')),
  record: (sights, of = policy) => apart(sights, steps, (v, row) => of.mayHold(v, row.of)),
  hand: (sights, of = policy) => apart(sights, handovers, (v, row) => of.mayHandTo(v, row.of, row.to)),
}
const apart = <R extends { readonly id: string }>(
  sights: readonly Sight[],
  rows: readonly R[],
  verdict: (viewer: Sight['viewer'], row: R) => true | string,
) => disagreements(sights, rows, (viewer, row) => viewer.state === 'active' && verdict(viewer, row) === true)

const correct = 'correct_rights_request(uuid, int, text, text, text, text, date, text)'
const end = 'end_rights_handover(uuid, boolean, text)'
const file = new URL('./rights-requests.policy.ts', import.meta.url)
const code: readonly (readonly [Look, string, string])[] = [
  ['requests', "holdsRole(viewer, 'dpd') && [", '['],
  ['requests', 'handedTo?.id]', ']'],
  ['handovers', '[receivedBy.id, handedTo?.id]', '[handedTo?.id]'],
  ['enter', "holdsRole(viewer, 'dpd') || 'rights-request/dpd-only'\n\n", 'true\n\n'],
  ['record', 'holderOf(request).id === viewer.organisationId', "request.receivedBy.id !== 'x'"],
  ['record', 'handedTo ?? receivedBy', 'receivedBy'],
  ['hand', 'if (holds !== true) return holds', ''],
  ['withdraw', 'request.handedTo !== null &&', ''],
  ['withdraw', '&& request.receivedBy.id === viewer.organisationId', ''],
  ['giveBack', 'request.handedTo?.id === viewer.organisationId', 'request.handedTo !== null'],
  ['correct', "holds === true ? request.handedTo === null || 'rights-request/entry-handed' : holds", 'holds'],
  [
    'correct',
    "holds === true ? request.handedTo === null || 'rights-request/entry-handed' : holds",
    "request.handedTo === null || 'x'",
  ],
  ['hand', "(request.receivedBy.kind === 'operateur') !== (to.kind === 'operateur')", " to.kind !== 'x'"],
]
const readers: readonly (readonly [Look, string, string])[] = [
  ['requests', 'rights_requests', "(select ctx.ok()) and (select ctx.holds_role('dpd'))"],
  [
    'requests',
    'rights_requests',
    "(select ctx.ok()) and (select ctx.holds_role('dpd')) and organisation_id = (select ctx.organisation())",
  ],
  [
    'requests',
    'rights_requests',
    '(select ctx.ok()) and organisation_id = (select ctx.organisation()) or id in (select h.request_id from rights_request_handovers h)',
  ],
  ['steps', 'rights_request_steps', 'true'],
  ['corrections', 'rights_request_corrections', 'true'],
  ['withdrawals', 'rights_request_withdrawals', 'true'],
  ['handovers', 'rights_request_handovers', "(select ctx.ok()) and (select ctx.holds_role('dpd'))"],
  [
    'handovers',
    'rights_request_handovers',
    '(select ctx.ok()) and (select ctx.organisation()) in (from_organisation_id, to_organisation_id)',
  ],
  [
    'handovers',
    'rights_request_handovers',
    "(select ctx.ok()) and (select ctx.holds_role('dpd')) and (select ctx.organisation()) = to_organisation_id",
  ],
]

test('SEC-6, PRI-2: who reads, enters, corrects, follows, hands over, takes back and gives back a request of rights: the rules and the database agree on every pair', async () => {
  for (const look of Object.keys(looks) as Look[]) {
    const sights = await looks[look]()
    const shown = sights.reduce((n, s) => n + s.ids.size, 0)
    assert.ok(shown >= (look === 'enter' || look === 'correct' ? 4 : 8), `${look}: ${shown}`)
    assert.deepEqual(may[look](sights).slice(0, 2), [], look)
  }
})

test('SEC-6, PRI-2: the comparison fails when a clause goes, on either side', async () => {
  for (const [look, from, to] of code)
    assert.notEqual(may[look](await looks[look](), await importChanged<typeof policy>(file, from, to)).length, 0, from)
  for (const [look, table, using] of readers)
    await withPolicyChanged(house.owner, table, 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => may[look](await looks[look](one)).length > 0), using),
    )
  for (const [look, table, name, from, to] of [
    ['enter', 'rights_requests', 'enter', "ctx.holds_role('dpd'::text)", 'true'],
    ['enter', 'rights_requests', 'enter', '(organisation_id = ( SELECT ctx.organisation() AS organisation))', 'true'],
    ['record', 'rights_request_steps', 'record', 'h.to_organisation_id, r.organisation_id', 'r.organisation_id'],
    ['hand', 'rights_request_handovers', 'hand', '<>', 'is not distinct from'],
    ['hand', 'rights_request_handovers', 'hand', "ctx.holds_role('dpd'::text)", 'true'],
    [
      'hand',
      'rights_request_handovers',
      'hand',
      '(from_organisation_id = ( SELECT ctx.organisation() AS organisation))',
      'true',
    ],
  ] as const)
    await withCheckChanged(house.owner, table, name, from, to, async () =>
      assert.ok(await isSeen(hashes, async one => may[look](await looks[look](one)).length > 0), `${name}: ${from}`),
    )
  for (const clause of [
    "not ctx.holds_role('dpd') or ",
    'or r.organisation_id is distinct from ctx.organisation()',
    'exists (select from public.rights_request_handovers h where h.request_id = of_request)',
  ])
    await withFunctionChanged(house.owner, correct, clause, clause.startsWith('exists') ? 'false' : '', async () =>
      assert.ok(await isSeen(hashes, async one => may.correct(await looks.correct(one)).length > 0), clause),
    )
  for (const [look, clause, to] of [
    ['withdraw', "not ctx.holds_role('dpd')\n", 'false\n'],
    ['giveBack', "not ctx.holds_role('dpd')\n", 'false\n'],
    [
      'withdraw',
      'else h.from_organisation_id end',
      'else case when h.request_id is not null then ctx.organisation() end end',
    ],
    ['giveBack', 'then h.to_organisation_id else', 'then h.from_organisation_id else'],
  ] as const)
    await withFunctionChanged(house.owner, end, clause, to, async () =>
      assert.ok(await isSeen(hashes, async one => may[look](await looks[look](one)).length > 0), `${look}: ${clause}`),
    )
  for (const look of Object.keys(looks) as Look[]) assert.deepEqual(may[look](await looks[look]()), [], look)
})

test('SEC-6, PRI-2: whatever the application forgets, nobody writes in another’s name, nor rewrites or deletes', async () => {
  const forged = await tries(
    () => entries.map(({ id, of }) => ({ id, of: of.id })),
    `insert into rights_requests (id, organisation_id, kind, whose, person, channel, received_on, recorded_by,
      recorded_at) values ((r ->> 'id')::uuid, (r ->> 'of')::uuid, 'access', 'user', 'x', 'mail', '2026-06-05',
      (select id from accounts where id <> ctx.account() limit 1), now())`,
  )()
  assert.ok(forged.every(one => one.ids.size === 0))
  // The request of another, handed as one's own: the key refuses what the policy cannot see.
  const [own, elsewhere] = [requests[0]!, requests.find(one => one.receivedBy === structures[1] && !one.handedTo)!]
  const [from, to] = [own.receivedBy, structures[2]!]
  await assert.rejects(
    house.owner.query(
      `insert into rights_request_handovers (request_id, from_organisation_id, to_organisation_id, recorded_by,
        recorded_at) select $1, $2, $3, recorded_by, now() from rights_requests where id = $1`,
      [elsewhere.id, from.id, to.id],
    ),
    /foreign key/,
  )
  for (const table of [
    'rights_requests',
    'rights_request_steps',
    'rights_request_handovers',
    'rights_request_corrections',
    'rights_request_withdrawals',
  ])
    for (const statement of [`update ${table} set recorded_at = now()`, `delete from ${table}`]) {
      const tx = await house.database.begin()
      try {
        await tx.enter(hashes.at(-2)!)
        await assert.rejects(tx.run(sql.raw(statement)), /permission denied/, statement)
      } finally {
        await tx.rollback()
      }
    }
})
