import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { retention } from './index.ts'

let house: House
let worker: pg.Client
let dpd: Person
let operatorDpd: Person

before(async () => {
  house = await openHouse(retention)
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  dpd = await house.person((await house.organisation({ kind: 'epci' })).id)
  operatorDpd = await house.person((await house.organisation({ kind: 'operateur' })).id)
  for (const officer of [dpd, operatorDpd]) await giveRole(house.owner, officer, 'dpd')
})
after(async () => {
  await worker.end()
  await house.close()
})
beforeEach(() => house.owner.query('truncate purges, legal_holds'))

const placed = async (who: Person, body: object) => {
  const answer = await house.call(who, 'POST', '/legal-holds', { reason: 'Contentieux', ...body }, once())
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const lift = (who: Person, id: string) =>
  house.call(who, 'POST', `/legal-holds/${id}/lift`, { reason: 'Affaire close' }, once())

/** Someone of the partner, with what a departure erases: a draft, a notification, changes of address, a watch, the trail. */
const layLeaver = async () => {
  const leaver = await house.person(dpd.organisationId)
  const { email } = (await house.owner.query('select email from account_contacts where account_id = $1', [leaver.id]))
    .rows[0]
  await house.owner.query(
    `insert into drafts (account_id, kind, subject, content, version, started_at, saved_at, session_id, device)
      values ($1, 'note', 'essai', '{}', 1, now(), now(), $2, '')`,
    [leaver.id, leaver.sessionId],
  )
  await house.owner.query(
    `insert into notifications (id, account_id, kind, subject, text, path, delivery, at)
      values ($1, $2, 'draft', 'Essai', 'Essai', '/', 'now', now())`,
    [uuidv7(), leaver.id],
  )
  for (const settled of [true, false])
    await house.owner.query(
      `insert into address_changes (id, account_id, organisation_id, email, former, new_domain, reason, asked_by, asked_at,
          outcome, settled_at)
        values ($1, $2, $3, $4, 'avant@exemple.fr', false, 'Nom changé', $2, now() - interval '1 hour', $5, $6)`,
      [
        uuidv7(),
        leaver.id,
        dpd.organisationId,
        `${settled ? 'un' : 'deux'}.${leaver.id}@exemple.fr`,
        ...(settled ? ['lapsed', new Date()] : [null, null]),
      ],
    )
  await house.owner.query(
    `insert into view_watches (id, account_id, name, way, watched_at, view_version, seen, read_at, tried_at)
      values ($1, $2, 'Essai', 'now', now(), 1, '{}', now(), now())`,
    [uuidv7(), leaver.id],
  )
  await house.owner.query(
    `with d as (select decode(repeat('00', 16), 'hex') as salt, '{}'::jsonb as detail),
      e as (insert into audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, detail_digest)
        select $1, now(), $2, $3, 'account.opened', 'account', $4, audit_detail_digest(salt, detail) from d)
      insert into audit_details select $1, salt, detail from d`,
    [uuidv7(), dpd.id, dpd.organisationId, leaver.id],
  )
  return { id: leaver.id, email }
}
const leave = (id: string) =>
  house.owner.query(`select ctx.end_account($1, 'departure', 'Fin de contrat', $2)`, [id, dpd.id])
/** What is left of them. */
const leftOf = async (id: string) =>
  (
    await house.owner.query(
      `select (select count(*)::int from drafts where account_id = $1) as drafts,
        (select count(*)::int from notifications where account_id = $1) as notifications,
        (select count(*)::int from address_changes where account_id = $1 and settled_at is not null) as addresses,
        (select count(*)::int from address_changes where account_id = $1 and settled_at is null) as asked,
        (select count(*)::int from view_watches where account_id = $1 and stopped_at is not null) as stopped,
        (select count(*)::int from view_watches where account_id = $1 and stopped_at is null) as watching,
        (select count(*)::int from audit_details d join audit_entries e on e.id = d.entry_id
          where e.action = 'account.opened' and e.subject_id = $1::text) as trail,
        (select count(*)::int from account_contacts where account_id = $1) as contacts,
        (select count(*)::int from sessions where account_id = $1 and ended_at is null) as sessions`,
      [id],
    )
  ).rows[0]
const nothing = {
  drafts: 0,
  notifications: 0,
  addresses: 0,
  asked: 0,
  stopped: 0,
  watching: 0,
  trail: 0,
  contacts: 0,
  sessions: 0,
}
const all = { ...nothing, drafts: 1, notifications: 1, addresses: 2, stopped: 1, trail: 1 }

test('PRI-4: a held person who leaves keeps no access, and nothing that they asked for goes on; what is kept of them stays until the hold is lifted', async () => {
  const { id, email } = await layLeaver()
  await placed(dpd, { email })
  await leave(id)
  assert.deepEqual(await leftOf(id), all)
  await house.owner.query(`update departed_people set left_at = now() - interval '4 years' where account_id = $1`, [id])
  const departed = async () => {
    await within(worker)(({ db }) => db.run(sql`select ctx.purge_departed()`))
    return (await house.owner.query('select from departed_people where account_id = $1', [id])).rowCount
  }
  assert.equal(await departed(), 1)
  // Placed once they left, by the address that they had.
  await house.owner.query('truncate legal_holds')
  const after = await placed(operatorDpd, { email })
  assert.equal(after.account.id, id)
  assert.equal((await lift(operatorDpd, after.id)).status, 200)
  assert.equal(await departed(), 0)
})

test('PRI-4: a departure erases none of a kind of data that is held, and all the rest', async () => {
  for (const [who, ending, left] of [
    [dpd, null, nothing],
    [dpd, 'drafts', { ...nothing, drafts: 1 }],
    [operatorDpd, 'notifications', { ...nothing, notifications: 1 }],
    [dpd, 'address', { ...nothing, addresses: 2 }],
    [dpd, 'view-watches', { ...nothing, stopped: 1 }],
    [operatorDpd, 'trail', { ...nothing, trail: 1 }],
  ] as const) {
    await house.owner.query('truncate legal_holds')
    const { id } = await layLeaver()
    if (ending) await placed(who, { ending })
    await leave(id)
    assert.deepEqual(await leftOf(id), left, ending ?? 'no hold')
  }
})
