import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person, tokenOf } from '../../testing/house.ts'
import { eachClauseCounts, isSeenByOne } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { giveRole } from '../accounts/testing.ts'
import * as model from './opened-and-granted.model.ts'

const random = seededRandom(1320)
const today = parisDay(new Date())
let house: House
interface Case {
  readonly by: Person
  readonly managers: readonly string[]
  readonly to: model.Opened
  readonly seen: model.Seen
}
const cases: Case[] = []
const insert = (text: string, values: readonly unknown[]) => house.owner.query(text, [...values])

/** Days ago: none at three months to the day, some between two months and three. */
const opened = async (organisationId: string, by: string | null, days: number) => {
  const { id } = await house.person(organisationId)
  const at = new Date(Date.now() - days * 86_400_000)
  await insert('update accounts set opened_by = $2, created_at = $3 where id = $1', [id, by, at])
  return { id, openedBy: by, createdOn: parisDay(at) }
}
const grant = async (organisationId: string, to: string, by: string | null) => {
  const id = uuidv7()
  await insert(
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_by,
      granted_at, revoked_at) values ($1, $2, $3, 'fiche-etablissement', 'conseiller', 2033, 'essai', '2026-01-01', $4,
      now() - interval '1 hour', now())`,
    [id, to, organisationId, by],
  )
  return id
}
const confirm = (
  organisationId: string,
  to: string,
  outcome: string,
  by: { asked: string; settled: string },
  of: string | null,
) =>
  insert(
    `insert into confirmations (id, account_id, organisation_id, grant_id, why, asked_by, asked_at, settled_at, settled_by,
      outcome, reason) values ($1, $2, $3, $4, 'wide-perimeter', $5, now() - interval '1 hour', now(), $6, $7, 'essai')`,
    [uuidv7(), to, organisationId, of, by.asked, by.settled, outcome],
  )

const layStructure = async (others: number) => {
  const own = (await house.organisation()).id
  const managers = [await house.person(own)]
  for (let n = 0; n < others; n++) managers.push(await house.person(own))
  for (const who of managers) await giveRole(house.owner, who, 'rgc')
  const [by, lead, settler] = [managers[0]!, await opened(own, null, 10), await house.person(own)]
  const askers = [
    lead,
    { id: by.id, openedBy: null, createdOn: today },
    await opened(own, by.id, 10),
    await opened(own, by.id, 70),
    await opened(own, by.id, 120),
    await opened(own, lead.id, 10),
  ]
  for (let n = 0; n < 60; n++) {
    const to = await opened(
      own,
      pick(random, [by.id, by.id, by.id, by.id, lead.id, null]),
      pick(random, [10, 70, 70, 120]),
    )
    const grantedBy = random() < 0.3 ? [pick(random, [by.id, lead.id, null])] : []
    for (const giver of grantedBy) await grant(own, to.id, giver)
    const outcome = random() < 0.2 ? pick(random, ['confirmed', 'refused']) : null
    if (outcome) {
      const of = await grant(own, to.id, by.id)
      grantedBy.push(by.id)
      await confirm(own, to.id, outcome, { asked: by.id, settled: settler.id }, of)
    }
    const requests: model.Request[] = []
    if (random() < 0.6)
      requests.push({
        by: pick(random, [...askers, to]),
        decision: pick(random, [null, null, 'accepted', 'refused', 'withdrawn'] as const),
      })
    for (const { by: asker, decision } of requests) {
      const given = decision === 'accepted' ? await grant(own, to.id, null) : null
      if (given) grantedBy.push(null)
      await insert(
        `insert into grant_requests (id, account_id, organisation_id, asked_by, asked_at, tool, profile, territory_id,
          purpose, reason, decision, decided_at, decided_by, decision_reason, grant_id) values ($1, $2, $3, $4,
          now() - interval '1 hour', 'campagnes', 'conseiller', 2033, 'prospection', 'essai', $5, $6, $7, $8, $9)`,
        [
          uuidv7(),
          to.id,
          own,
          asker.id,
          decision,
          ...(decision ? [new Date(), decision === 'withdrawn' ? asker.id : by.id, 'essai'] : [null, null, null]),
          given,
        ],
      )
    }
    const seen = { confirmed: outcome === 'confirmed', grantedBy, requests }
    cases.push({ by, managers: managers.map(m => m.id), to, seen })
  }
}
before(async () => {
  house = await openHouse([])
  await insert(`insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`, [])
  await layStructure(0)
  await layStructure(1)
})
after(() => house.close())

/** What the database asks for when the account manager gives a grant, undone after. */
const asked = async ({ by, to }: Case): Promise<'waits' | 'told' | null> => {
  const tx = await house.database.begin()
  try {
    await tx.enter(Buffer.from(tokenOf(by), 'hex'))
    await tx.run(sql`insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on,
      granted_by, granted_at) values (${uuidv7()}::uuid, ${to.id}::uuid, ${by.organisationId}::uuid, 'campagnes',
      'conseiller', 2033, 'essai', '2026-01-01', ${by.id}::uuid, now())`)
    const found = await tx.first(
      sql<{ waits: boolean }>`select waits from confirmations
        where account_id = ${to.id}::uuid and why = 'opened-and-granted'`,
    )
    return found ? (found.waits ? 'waits' : 'told') : null
  } finally {
    await tx.rollback()
  }
}
const seenInSql = async ({ by, to }: Case): Promise<boolean> =>
  (await house.owner.query('select ctx.seen_by_another($1, $2) as seen', [to.id, by.id])).rows[0].seen
const parts = async (one: Case, { asksSecondForOpener, isSeenByAnother }: typeof model = model) =>
  (await seenInSql(one)) !== isSeenByAnother(one.to, one.by.id, one.seen, today) ||
  (await asked(one)) !== asksSecondForOpener(one.to, { ...one, by: one.by.id }, today)

test('ACC-4, SEC-6: whom the grant of who opened the account waits for: the model and the database agree on every case', async () => {
  const answers = new Map<string, number>()
  for (const one of cases) {
    const answer = String(await asked(one))
    answers.set(answer, (answers.get(answer) ?? 0) + 1)
    assert.equal(await parts(one), false, JSON.stringify(one))
  }
  for (const answer of ['waits', 'told', 'null']) assert.ok(answers.get(answer)! >= 10, JSON.stringify([...answers]))
})
test('ACC-4, SEC-6: who has seen an account: the model and the database agree on every case', async () => {
  for (const one of cases) {
    const { by, to, seen } = one
    assert.equal(await seenInSql(one), model.isSeenByAnother(to, by.id, seen, today), JSON.stringify({ to, seen }))
  }
})
test('ACC-4, SEC-6: the comparison fails when a clause goes, on either side', async () => {
  const file = new URL('./opened-and-granted.model.ts', import.meta.url)
  const seen = 'ctx.seen_by_another(uuid,uuid)'
  const asks = 'ctx.ask_second_for_opener()'
  await eachClauseCounts<typeof model>(
    {
      file,
      parts: changed => isSeenByOne(cases, one => parts(one, changed)),
      clauses: [
        ['addMonths(today, -3)', 'addMonths(today, -2)'],
        ['seen.confirmed ||', ''],
        ['by !== null && by !== opener', 'false'],
        ['by.id !== of.id &&', ''],
        ['by.id !== opener &&', ''],
        ["decision === null || decision === 'accepted'", 'true'],
        ["decision === null || decision === 'accepted'", 'decision === null'],
        ['by.openedBy !== opener || !isYoung(by, today)', 'true'],
        ['by.openedBy !== opener || !isYoung(by, today)', 'by.openedBy !== opener'],
        ['to.openedBy !== given.by ||', ''],
        ['!isYoung(to, today) ||', ''],
        ['id !== given.by &&', ''],
      ],
    },
    {
      owner: house.owner,
      parts: () => isSeenByOne(cases, one => parts(one)),
      clauses: [
        [seen, "and c.outcome = 'confirmed'", ''],
        [seen, "c.account_id = of_account and c.outcome = 'confirmed'", 'false'],
        [seen, 'and g.granted_by <> opener', ''],
        [seen, 'g.account_id = of_account and g.granted_by <> opener', 'false'],
        [seen, 'r.asked_by not in (of_account, opener)', 'r.asked_by <> opener'],
        [seen, 'r.asked_by not in (of_account, opener)', 'r.asked_by <> of_account'],
        [seen, "r.decision is null or r.decision = 'accepted'", 'true'],
        [seen, "r.decision is null or r.decision = 'accepted'", "r.decision = 'accepted'"],
        [seen, 'k.opened_by is distinct from opener or', ''],
        [seen, "or k.created_at <= ctx.clock() - interval '3 months'", ''],
        [seen, "interval '3 months'", "interval '2 months'"],
        [asks, 'a.opened_by is distinct from new.granted_by or', ''],
        [asks, "a.created_at <= ctx.clock() - interval '3 months' or", ''],
        [asks, "interval '3 months'", "interval '2 months'"],
        [asks, 'or ctx.seen_by_another(new.account_id, new.granted_by)', ''],
        [asks, 'm.id not in (new.granted_by, new.account_id)', 'true'],
        [
          asks,
          'exists (select from ctx.managers_in_effect() m (id)',
          'not exists (select from ctx.managers_in_effect() m (id)',
        ],
      ],
    },
  )
})
