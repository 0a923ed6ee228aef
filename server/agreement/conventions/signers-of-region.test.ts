import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import type { Person } from '../../testing/house.ts'
import { aDraft, withRoles } from './testing.ts'
import { type Life, openLife, type Partner } from './testing-life.ts'

let life: Life
let partner: Partner
let here: Person // signs for Nouvelle-Aquitaine
let away: Person // signs for Occitanie
before(async () => {
  life = await openLife()
  ;[here, away] = [await withRoles(life.house, life.operator), await withRoles(life.house, life.operator)]
  await giveRole(life.house.owner, here, 'signataire', { regionId: life.region })
  await giveRole(life.house.owner, away, 'signataire', { regionId: 1076 })
  partner = await life.aPartner()
})
after(() => life.close())

test('AGR-16, AGR-2: who signs for a region signs, lists and counts the conventions of that region alone, and is written to of them', async () => {
  const one = await life.sent(partner)
  const seen = async (who: Person) => (await life.ok(who, 'GET', '/conventions?awaits=convention')) as any
  const listed = await seen(here)
  assert.deepEqual([listed.items.map((c: any) => c.id), listed.counts.convention], [[one.id], 1])
  assert.deepEqual([(await seen(away)).items, (await seen(away)).counts.convention], [[], 0])
  assert.equal((await life.refused(away, 'GET', `/conventions/${one.id}`))[0], 404)
  assert.equal((await life.refused(away, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 }))[0], 404)

  const own = await life.ok(here, 'GET', `/conventions/${one.id}`)
  assert.equal(own.actsFor, 'operateur')
  assert.ok(own.allowed.includes('sign'))
  await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  const { rows: mails } = await life.house.owner.query(
    `select to_account_id as id from mails where kind = 'convention-signed' and about_id = $1`,
    [one.id],
  )
  assert.deepEqual(
    [here, away, life.signer].map(who => mails.some(({ id }) => id === who.id)),
    [true, false, true],
  )
  await life.ok(here, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.equal((await life.ok(partner.gilles, 'GET', `/conventions/${one.id}`)).state, 'in-force')
  assert.equal((await seen(here)).counts.convention, 0)
  const [signature] = (
    await life.house.owner.query(
      `select account_id as by, entered_by_other as other from convention_signatures where convention_id = $1
        and party = 'operateur'`,
      [one.id],
    )
  ).rows
  assert.deepEqual([signature.by, signature.other], [here.id, false])
})

test('AGR-16: who signs for a region drafts nothing there, which is its regional direction’s', async () => {
  const listed = await life.ok(here, 'GET', '/conventions')
  assert.deepEqual(listed.draftIn, [])
  const [status, code] = await life.refused(here, 'POST', '/conventions', aDraft(partner.id, life.region))
  assert.deepEqual([status, code], [403, 'access/role-required'])
})
