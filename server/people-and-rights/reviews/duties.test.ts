import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { grants } from '../grants/index.ts'
import { people } from '../people/index.ts'
import { reviews } from './index.ts'

let house: House
let own: string
let maite: Person
let luce: Person
let gilles: Person // signatory
const grant = {
  tool: 'campagnes',
  profile: 'responsable',
  perimeter: { territoryId: 2033 },
  purpose: 'prospection',
  reason: 'Prospection',
}
const call = (who: Person, method: 'GET' | 'POST', path: string, body?: object) =>
  house.call(who, method, path, body, method === 'POST' ? once() : {})
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const write = async (as: Person, statement: ReturnType<typeof sql>) => {
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(as.cookie.slice('session='.length)))
    return await tx.run(statement)
  } finally {
    await tx.rollback()
  }
}
before(async () => {
  house = await openHouse([...people, ...grants, ...reviews])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`,
  )
  own = (await house.organisation()).id
  ;[maite, luce, gilles] = [await house.person(own), await house.person(own), await house.person(own)]
  for (const one of [maite, luce]) await giveRole(house.owner, one, 'rgc')
  await giveRole(house.owner, gilles, 'signataire')
})
after(() => house.close())

test('ACC-4: by that quality alone an account manager opens no tool; given by another with duties, refused without, to oneself and by the signatory while another is in effect', async () => {
  assert.deepEqual(await rows('select from ctx.effective_grants($1, ctx.clock())', [maite.id]), [])
  const give = (who: Person, over: object = {}) =>
    call(who, 'POST', `/habilitations/people/${maite.id}/grants`, { ...grant, ...over })
  assert.deepEqual(
    [
      (await give(maite, { duties: 'Prospecte' })).body.code,
      (await give(gilles, { duties: 'Prospecte' })).body.code,
      (await give(luce)).body.code,
      (await give(luce, { duties: ' ' })).status,
    ],
    ['grant/own', 'grant/not-yours-to-decide', 'grant/duties-needed', 400],
  )
  assert.equal((await give(luce, { duties: 'Prospecte aussi' })).status, 200)
  const { id } = (await rows('select id from grants where account_id = $1', [maite.id]))[0]
  const change = (who: Person, duties: string | null) =>
    call(who, 'POST', `/habilitations/grants/${id}/change`, {
      profile: 'conseiller',
      perimeter: { territoryId: 2033 },
      purpose: 'suivi',
      reason: 'x',
      duties,
    })
  assert.deepEqual(
    [
      (await change(luce, null)).body.code,
      (await change(maite, 'Prospecte')).body.code,
      (await change(luce, 'Prospecte')).status,
    ],
    ['grant/duties-needed', 'grant/own', 200],
  )
  await house.owner.query('update grants set revoked_at = now() where account_id = $1', [maite.id])
})
test('ACC-4: failing another in effect, the signatory gives it, with duties; never to themselves', async () => {
  await house.owner.query(
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
      values ($1, $2, $3, 'suspect-use', 'essai', now())`,
    [uuidv7(), luce.id, own],
  )
  const give = (to: Person, over: object = {}) =>
    call(gilles, 'POST', `/habilitations/people/${to.id}/grants`, { ...grant, tool: 'fiche-etablissement', ...over })
  assert.deepEqual(
    [
      (await give(maite)).body.code,
      (await give(gilles, { duties: 'x' })).body.code,
      (await give(maite, { duties: 'Visite les entreprises' })).status,
    ],
    ['grant/duties-needed', 'grant/own', 200],
  )
  await house.owner.query('delete from account_blocks where account_id = $1', [luce.id])
  await house.owner.query('update sessions set ended_at = null where account_id = $1', [luce.id])
  await house.owner.query('update grants set revoked_at = now() where account_id = $1', [maite.id])
})
test('ACC-4, ACC-8: in the review nobody decides their own line; a manager’s grant without duties is neither kept, one by one nor in bulk, nor reduced; with them, another keeps it; the database says the same', async () => {
  const [bare, recorded] = [uuidv7(), uuidv7()]
  for (const [id, to, duties] of [
    [bare, maite, null],
    [recorded, luce, 'Prospecte aussi'],
  ] as const)
    await house.owner.query(
      `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, duties, starts_on,
        granted_at) values ($1, $2, $3, 'campagnes', 'conseiller', 2033, 'essai', $4, '2026-01-01', now())`,
      [id, to.id, own, duties],
    )
  const review = (await call(maite, 'POST', '/reviews')).body
  const lines = (await call(maite, 'GET', `/reviews/${review.id}/lines?limit=200`)).body.items as any[]
  const lineOf = (grantId: string) => lines.find(l => l.grant?.id === grantId)
  const decide = (who: Person, grantId: string, body: object) =>
    call(who, 'POST', `/reviews/${review.id}/decisions`, { lineIds: [lineOf(grantId).id], ...body })
  assert.deepEqual(
    [
      (await decide(maite, bare, { decision: 'keep', reason: 'x' })).body.code,
      (await decide(luce, recorded, { decision: 'keep', reason: 'x' })).body.code,
      (await decide(gilles, bare, { decision: 'delete', reason: 'x' })).body.code,
    ],
    ['grant/own', 'grant/own', 'grant/not-yours-to-decide'],
  )
  assert.deepEqual(
    [
      (await decide(luce, bare, { decision: 'keep', reason: 'x' })).body.code,
      (await decide(luce, bare, { decision: 'reduce', toProfile: 'consultation', reason: 'x' })).body.code,
    ],
    ['grant/duties-needed', 'grant/duties-needed'],
  )
  await house.owner.query(
    `update access_review_lines set anomalies = '{}', anomalies_since = '{}' where review_id = $1`,
    [review.id],
  )
  await call(luce, 'POST', `/reviews/${review.id}/keep-all`)
  assert.deepEqual(await rows('select decision from access_review_lines where id = $1', [lineOf(bare).id]), [
    { decision: null },
  ])
  const keep = (grantId: string, by: Person) =>
    sql`update access_review_lines set decision = 'keep', decided_by = ${by.id}, decided_at = now()
      where id = ${lineOf(grantId).id}`
  await assert.rejects(write(luce, keep(bare, luce)), /row-level security/)
  assert.deepEqual(
    [
      await write(luce, keep(recorded, luce)),
      await write(maite, keep(bare, maite)),
      await write(maite, keep(recorded, maite)),
    ],
    [0, 0, 1],
    'one’s own line is out of reach',
  )
  assert.equal((await decide(maite, recorded, { decision: 'keep', reason: 'Prospecte aussi' })).status, 200)
  assert.equal((await decide(luce, bare, { decision: 'delete', reason: 'Sans missions' })).status, 200)
  assert.deepEqual(await rows('select revoked_at is not null as over from grants where id = $1', [bare]), [
    { over: true },
  ])
})
