import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { roles } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { parisDay, systemClock } from '../../platform/time.ts'
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
import * as model from './legal-holds.model.ts'
import * as policy from './retention.policy.ts'

interface Hold {
  readonly id: string
  readonly ending: string | null
  readonly accountId: string | null
  readonly organisationId: string | null
  readonly placedOrganisation: string
  readonly until: string | null
  readonly liftedAt: Date | null
}
let house: House
const today = parisDay(systemClock())
const hashes: Buffer[] = []
const structures: { id: string; someone: string }[] = []
/** Those in force that nobody lifted yet, which one may lift; and all, for what they cover. */
const holds: Hold[] = []
/** What one tries to place: on the data of each structure, or of all. */
const placings: { id: string; organisationId: string | null }[] = []

before(async () => {
  house = await openHouse([])
  for (const kind of ['epci', 'plie', 'operateur', 'operateur'] as const) {
    const { id } = await house.organisation({ kind })
    let someone = ''
    for (const role of [...roles.filter(one => one !== 'rgc' && one !== 'direction-regionale'), 'dpd', null] as const) {
      const locked = role === 'dpd' && hashes.length % 2 === 1
      const person = await house.person(id, [], locked ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {})
      if (role) await giveRole(house.owner, person, role)
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
      someone = person.id
    }
    structures.push({ id, someone })
  }
  const lay = async (hold: Omit<Hold, 'id'>) => {
    const row = { id: uuidv7(), ...hold }
    const by = structures.find(({ id }) => id === hold.placedOrganisation)!.someone
    await house.owner.query(
      `insert into legal_holds (id, ending, account_id, organisation_id, until, reason, placed_organisation, placed_by,
          placed_at, lift_reason, lifted_by, lifted_at)
        values ($1, $2, $3, $4, $5, 'x', $6, $7, now(), $8, $9, $10)`,
      [row.id, row.ending, row.accountId, row.organisationId, row.until, row.placedOrganisation, by].concat(
        row.liftedAt ? (['x', by, row.liftedAt] as never) : ([null, null, null] as never),
      ),
    )
    holds.push(row)
  }
  const standing = { until: null, liftedAt: null }
  for (const of of [...structures, null])
    for (const by of structures) {
      const organisationId = of?.id ?? null
      await lay({ ending: 'mails', accountId: null, organisationId, placedOrganisation: by.id, ...standing })
    }
  for (const of of [...structures, null]) placings.push({ id: uuidv7(), organisationId: of?.id ?? null })
})
after(() => house.close())

const looks = {
  read: (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select id from legal_holds`),
  lift: (of: readonly Buffer[] = hashes) =>
    sightsOf(
      house.database,
      of,
      sql<{ id: string }>`update legal_holds set lift_reason = 'x', lifted_by = ctx.account(), lifted_at = now()
        returning id`,
    ),
  place: (of: readonly Buffer[] = hashes) =>
    insertSights(
      house.owner,
      house.database,
      of,
      placings,
      `insert into legal_holds (id, ending, organisation_id, reason, placed_organisation, placed_by, placed_at)
        values ((r ->> 'id')::uuid, 'mails', (r ->> 'organisationId')::uuid, 'x', ctx.organisation(), ctx.account(),
          now())`,
    ),
} as const
type Look = keyof typeof looks
const apart: Record<Look, (sights: readonly Sight[], of?: typeof policy) => readonly unknown[]> = {
  read: (sights, of = policy) => disagreements(sights, holds, (viewer, row) => of.mayReadHold(viewer, row) === true),
  lift: (sights, of = policy) => disagreements(sights, holds, (viewer, row) => of.mayLiftHold(viewer, row) === true),
  place: (sights, of = policy) =>
    disagreements(sights, placings, (viewer, row) => of.mayPlaceHold(viewer, row) === true),
}

test('SEC-6, PRI-4: who reads, places and lifts a hold: the rules and the database agree on every pair', async () => {
  for (const look of Object.keys(looks) as Look[]) {
    const sights = await looks[look]()
    assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) >= 6, look)
    assert.deepEqual(apart[look](sights).slice(0, 2), [], look)
  }
})

test('SEC-6, PRI-4: the comparison fails when a clause goes, on either side', async () => {
  const file = new URL('./retention.policy.ts', import.meta.url)
  for (const [look, from, to] of [
    ['read', 'organisationId === null || ', ''],
    ['read', 'organisationId === viewer.organisationId || ofOperator(viewer))) ||', 'ofOperator(viewer))) ||'],
    ['read', "(holdsRole(viewer, 'dpd') && (organisationId === null", '(viewer && (organisationId === null'],
    ['place', "(holdsRole(viewer, 'dpd') && (organisationId === viewer", '(viewer && (organisationId === viewer'],
    ['place', '(organisationId === viewer.organisationId || ofOperator(viewer))', 'ofOperator(viewer)'],
    ['lift', 'read === true ?', 'true ?'],
    ['lift', 'hold.placedOrganisation === viewer.organisationId', 'true'],
  ] as const)
    assert.notEqual(
      apart[look](await looks[look](), await importChanged<typeof policy>(file, from, to)).length,
      0,
      from,
    )
  const seen = async (look: Look, what: string) =>
    assert.ok(await isSeen(hashes, async one => apart[look](await looks[look](one)).length > 0), `${look}: ${what}`)
  const [ok, dpd, none, own, all] = [
    '(select ctx.ok())',
    "(select ctx.holds_role('dpd'))",
    'organisation_id is null',
    'organisation_id = (select ctx.organisation())',
    "(select o.kind = 'operateur' from organisations o where o.id = (select ctx.organisation()))",
  ]
  for (const using of [
    `${ok} and (${none} or ${own} or ${all})`,
    `${ok} and ${dpd} and (${own} or ${all})`,
    `${ok} and ${dpd} and (${none} or ${all})`,
    `${ok} and ${dpd} and (${none} or ${own})`,
  ])
    await withPolicyChanged(house.owner, 'legal_holds', 'read', using, () => seen('read', using))
  await withPolicyChanged(house.owner, 'legal_holds', 'lift', `${ok} and ${dpd} and lifted_at is null`, () =>
    seen('lift', 'of whoever placed it'),
  )
  for (const [from, to] of [
    ["( SELECT ctx.holds_role('dpd'::text) AS holds_role)", 'true'],
    ['(organisation_id = ( SELECT ctx.organisation() AS organisation))', 'false'],
  ] as const)
    await withCheckChanged(house.owner, 'legal_holds', 'place', from, to, () => seen('place', from))
  for (const look of Object.keys(looks) as Look[]) assert.deepEqual(apart[look](await looks[look]()), [], look)
})

test('SEC-6, PRI-4: whatever the application forgets, nobody places or lifts in another’s name, nor rewrites or deletes', async () => {
  const [own] = structures
  for (const [who, statement, refusal] of [
    [
      own!.id,
      `insert into legal_holds (id, ending, organisation_id, reason, placed_organisation, placed_by, placed_at)
      values (gen_random_uuid(), 'mails', ctx.organisation(), 'x', ctx.organisation(), '${own!.someone}', now())`,
      /row-level/,
    ],
    [
      own!.id,
      `insert into legal_holds (id, ending, organisation_id, reason, placed_organisation, placed_by, placed_at)
      values (gen_random_uuid(), 'mails', ctx.organisation(), 'x', '${structures[1]!.id}', ctx.account(), now())`,
      /row-level/,
    ],
    [
      own!.id,
      `insert into legal_holds (id, account_id, organisation_id, reason, placed_organisation, placed_by, placed_at)
      values (gen_random_uuid(), '${structures[1]!.someone}', ctx.organisation(), 'x', ctx.organisation(), ctx.account(),
        now())`,
      /foreign key/,
    ],
    [
      own!.id,
      `update legal_holds set lift_reason = 'x', lifted_by = '${own!.someone}', lifted_at = now()`,
      /row-level/,
    ],
    [own!.id, `update legal_holds set until = '2020-01-01'`, /permission denied/],
    [own!.id, 'delete from legal_holds', /permission denied/],
    [own!.id, `select ctx.is_held('mails', null, null)`, /permission denied/],
    [own!.id, 'select ctx.await_holds()', /permission denied/],
    [own!.id, 'lock table legal_holds in share mode', /permission denied/],
  ] as const) {
    const officer = hashes[roles.filter(one => one !== 'rgc' && one !== 'direction-regionale').indexOf('dpd')]!
    const tx = await house.database.begin()
    try {
      await tx.enter(officer)
      await assert.rejects(tx.run(sql.raw(statement)), refusal, `${who}: ${statement}`)
    } finally {
      await tx.rollback()
    }
  }
})

/** What a session answers of an address. */
const foundBy = async (hash: Buffer, email: string): Promise<string | null> => {
  const tx = await house.database.begin()
  try {
    await tx.enter(hash)
    return (await tx.first(sql<{ id: string | null }>`select account_to_hold(${email}) as id`))!.id
  } finally {
    await tx.rollback()
  }
}
test('SEC-6, PRI-4: an address leads an officer to an account of their structure, the operator’s to any, and nobody else to any', async () => {
  const each = roles.filter(one => one !== 'rgc' && one !== 'direction-regionale').length + 2
  const dpdAt = roles.filter(one => one !== 'rgc' && one !== 'direction-regionale').indexOf('dpd')
  const [partner, , operator] = structures
  const emailOf = async (id: string) =>
    (await house.owner.query('select email from account_contacts where account_id = $1', [id])).rows[0].email
  const [own, elsewhere] = [await emailOf(partner!.someone), await emailOf(structures[1]!.someone)]
  assert.equal(await foundBy(hashes[dpdAt]!, own), partner!.someone)
  assert.equal(await foundBy(hashes[dpdAt]!, elsewhere), null)
  assert.equal(await foundBy(hashes[2 * each + dpdAt]!, elsewhere), structures[1]!.someone)
  assert.equal(await foundBy(hashes[each - 1]!, own), null)
  assert.ok(operator)
})

test('PRI-4: what a hold covers: the specification and the database agree on each hold and each row, and not when a clause goes', async () => {
  const [one, other] = structures
  const cases: Omit<Hold, 'id' | 'placedOrganisation'>[] = []
  for (const [until, liftedAt] of [
    [null, null],
    [today, null],
    ['2020-01-01', null],
    [null, new Date()],
  ] as const) {
    for (const organisationId of [one!.id, null])
      cases.push({ ending: 'mails', accountId: null, organisationId, until, liftedAt })
    cases.push({ ending: null, accountId: one!.someone, organisationId: one!.id, until, liftedAt })
  }
  const rows: { ending: string; accountId: string | null; said: string | null }[] = []
  for (const ending of ['mails', 'drafts'])
    for (const accountId of [one!.someone, other!.someone, null])
      for (const said of [one!.id, other!.id, null]) rows.push({ ending, accountId, said })
  const structureOf = (accountId: string | null) => structures.find(({ someone }) => someone === accountId)?.id ?? null
  const differ = async (): Promise<number> => {
    let apartCount = 0
    for (const hold of cases) {
      await house.owner.query('delete from legal_holds')
      await house.owner.query(
        `insert into legal_holds (id, ending, account_id, organisation_id, until, reason, placed_organisation, placed_by,
            placed_at, lift_reason, lifted_by, lifted_at)
          values (gen_random_uuid(), $1, $2, $3, $4, 'x', $5, $6, now(), $7, $8, $9)`,
        [
          hold.ending,
          hold.accountId,
          hold.organisationId,
          hold.until,
          one!.id,
          one!.someone,
          ...(hold.liftedAt ? ['x', one!.someone, hold.liftedAt] : [null, null, null]),
        ],
      )
      for (const row of rows) {
        const organisationId = row.said ?? structureOf(row.accountId)
        const { held } = (
          await house.owner.query('select ctx.is_held($1, $2, $3) as held', [row.ending, row.accountId, row.said])
        ).rows[0]
        if (held !== model.covers(hold, { ...row, organisationId }, today)) apartCount++
      }
    }
    return apartCount
  }
  assert.equal(await differ(), 0)
  const signature = 'ctx.is_held(text,uuid,uuid)'
  for (const [from, to] of [
    ['h.lifted_at is null', 'true'],
    ['h.until >= ctx.paris_day(ctx.clock())', 'true'],
    ['h.until >= ctx', 'h.until > ctx'],
    ['h.ending = of_ending', 'true'],
    ['h.account_id = of_account', 'true'],
    ['h.organisation_id is null or', ''],
    ['coalesce(of_organisation,', 'coalesce(null,'],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.notEqual(await differ(), 0, `${from} → ${to}`),
    )
})
