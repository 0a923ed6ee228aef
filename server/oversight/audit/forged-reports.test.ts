import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { openTrail, type Trail } from './testing.ts'

let trail: Trail
before(async () => {
  trail = await openTrail()
})
after(() => trail.close())

/** As the owner's hand may write: an entry about an account, with its detail. */
const write = async (action: string, account: string, detail: object) => {
  const id = uuidv7()
  await trail.owner.query(
    `with e as (insert into audit_entries (id, at, action, subject_kind, subject_id, origin, detail_digest)
      values ($1, now(), $2, 'account', $3, 'ligne de commande, Nadia Ferrand',
        audit_detail_digest(decode(repeat('00', 16), 'hex'), $4)))
    insert into audit_details values ($1, decode(repeat('00', 16), 'hex'), $4)`,
    [id, action, account, detail],
  )
  return id
}
/** Takes a detail away past the trigger that would tell it, and writes its report by hand. */
const eraseAndTell = async (action: string, account: string) => {
  const entry = await write(action, account, { name: 'Hugo Castets' })
  await trail.tamper(['delete from audit_details where entry_id = $1', [entry]])
  const report = await write('trail.details-erased', account, { entries: [entry] })
  await trail.sealAll()
  return { entry, report }
}
const person = async () => (await trail.house.person((await trail.house.organisation()).id)).id
/** An account that left: its own act says so, sealed before what follows. */
const departed = async () => {
  const gone = await person()
  await trail.owner.query("update accounts set status = 'deleted' where id = $1", [gone])
  await write('account.deleted', gone, { reason: 'Départ' })
  await trail.sealAll()
  return gone
}
const named = async (id: string) => {
  const { faults } = await trail.verify()
  return faults.filter(f => f.where.includes(id)).map(f => f.what)
}

test('SEC-1: a report written by hand that an account left, which is still there, hides no detail of its opening', async () => {
  const { entry, report } = await eraseAndTell('account.opened', await person())
  assert.deepEqual([await named(report), await named(entry)], [['detail-removed'], ['detail-removed']])
})

test('SEC-1: the departure of an account excuses its opening and its corrections, and no other act: its block stays told', async () => {
  const gone = await departed()
  for (const action of ['account.opened', 'account.edited']) {
    const { entry, report } = await eraseAndTell(action, gone)
    assert.deepEqual([await named(report), await named(entry)], [[], []], action)
  }
  const { entry, report } = await eraseAndTell('account.blocked', gone)
  assert.deepEqual([await named(report), await named(entry)], [[], ['detail-removed']])
})

test('SEC-1: the departure of one account excuses nothing about another', async () => {
  const [gone, other] = [await departed(), await person()]
  const entry = await write('account.opened', other, { name: 'Maïté Harispe' })
  await trail.tamper(['delete from audit_details where entry_id = $1', [entry]])
  await write('trail.details-erased', gone, { entries: [entry] })
  await trail.sealAll()
  assert.deepEqual(await named(entry), ['detail-removed'])
})
