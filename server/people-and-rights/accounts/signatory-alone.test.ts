import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { signatoryAlone } from '../rgc/deed-rules.ts'
import { rgc } from '../rgc/index.ts'
import { deedActs, withConditions } from '../rgc/testing.ts'
import { insertSent } from '../uploads/testing.ts'
import { giveRole } from './testing.ts'

let house: House
let acts: ReturnType<typeof deedActs>
let cssi: Person
let signatory: Person
let organisationId: string

before(async () => {
  house = await withConditions(await openHouse(rgc))
  acts = deedActs(house)
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
})
beforeEach(async () => {
  organisationId = (await house.organisation()).id
  signatory = await house.person(organisationId)
  await giveRole(house.owner, signatory, 'signataire')
})
after(() => house.close())

const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const endRole = (who: Person) =>
  rows(`update role_assignments set ends_at = ctx.clock() where account_id = $1 and role = 'signataire'`, [who.id])
const proposes = async (people: readonly Person[]) =>
  (await acts.proposal(signatory, await Promise.all(people.map(p => acts.named(p))))).body
const overview = async (who: Person) => (await acts.call(who, 'GET', '/rgc')).body
const today = parisDay(new Date())
const enters = async (by: Person, people: readonly Person[]) => {
  const [convention] = await rows('select id from conventions where organisation_id = $1', [organisationId])
  return (
    await acts.call(by, 'POST', '/rgc/paper-deeds', {
      organisationId,
      conventionId: convention.id,
      address: '1 place de l’Essai, 33000 Essai',
      signatoryId: signatory.id,
      signatoryTitle: 'Présidence',
      conditionsGiven: true,
      members: await Promise.all(people.map(p => acts.named(p))),
      signedOn: addDays(today, -2),
      receivedOn: today,
      file: await insertSent(house.owner, by.id, Buffer.from(`%PDF-1.7 ${uuidv7()} %%EOF`)),
    })
  ).body
}
/** What a statement answers within the rights of a person, straight to the database; nothing is kept. */
const within = async <T>(who: Person, statement: RawBuilder<T>) => {
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    return (await tx.all(statement as RawBuilder<Record<string, unknown>>)) as T[]
  } finally {
    await tx.rollback()
  }
}

test('ACC-4, RGC-1: the only signatory alone is refused in a deed proposed, and in one signed by hand, by the CSSI as by themself; nothing is kept', async () => {
  for (const answer of [
    await proposes([signatory]),
    await enters(signatory, [signatory]),
    await enters(cssi, [signatory]),
  ])
    assert.deepEqual([answer.code, answer.status], ['rgc/signatory-alone', 422])
  assert.deepEqual((await overview(signatory)).deeds, [])
})
test('ACC-4, RGC-1: with a second person the signatory is account manager, and each decides for the other', async () => {
  const second = await house.person(organisationId)
  const deed = await proposes([signatory, second])
  for (const who of [signatory, second]) assert.equal((await acts.sign(who, deed)).status, 200)
  assert.deepEqual(
    (await overview(signatory)).inPlace.map((p: { id: string }) => p.id).sort(),
    [signatory.id, second.id].sort(),
  )
  assert.equal((await enters(cssi, [second, signatory])).state, 'en-vigueur')
})
test('ACC-4, RGC-1: where another signs too, that one decides: the signatory may be named alone', async () => {
  await giveRole(house.owner, await house.person(organisationId), 'signataire')
  const deed = await proposes([signatory])
  assert.equal((await acts.sign(signatory, deed)).body.state, 'en-vigueur')
})
test('ACC-4, RGC-1: the other signatory gone while the deed waits, it is signed no more and sent no more, whatever the application forgets', async () => {
  const other = await house.person(organisationId)
  await giveRole(house.owner, other, 'signataire')
  const deed = await proposes([signatory])
  await endRole(other)
  assert.equal((await acts.sign(signatory, deed)).body.code, 'rgc/signatory-alone')
  const signs = within(
    signatory,
    sql`insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
      select id, ${signatory.id}::uuid, 'rgc', digest, now() from rgc_deeds where id = ${deed.id}::uuid`,
  )
  await assert.rejects(signs, /row-level security/)
  await rows(
    `insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
      select id, $2, c.x, digest, now() from rgc_deeds, unnest(array['rgc', 'signataire']) c (x) where id = $1`,
    [deed.id, signatory.id],
  )
  const [sent] = await within(signatory, sql<{ at: Date | null }>`select send_rgc_deed(${deed.id}::uuid) as at`)
  assert.equal(sent!.at, null)
  // Named with a second person, the same deed goes.
  await rows('update rgc_deeds set abandoned_at = now() where id = $1', [deed.id])
  const second = await house.person(organisationId)
  const next = await proposes([signatory, second])
  for (const who of [second, signatory]) assert.equal((await acts.sign(who, next)).status, 200)
})
test('SEC-6, ACC-4: who would be alone: the rule and ctx.signatory_alone agree, and each clause counts', async () => {
  const [one, two, three] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
  ]
  const stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, stranger, 'signataire')
  await endRole(signatory)
  const people = [one, two, three].map(p => p.id)
  const subsets = (of: readonly string[]): string[][] =>
    of.length === 0 ? [[]] : subsets(of.slice(1)).flatMap(rest => [rest, [of[0]!, ...rest]])
  let seen: [boolean, boolean][] = []
  const parts = async () => {
    seen = []
    for (const signing of subsets(people)) {
      await rows('delete from role_assignments where organisation_id = $1', [organisationId])
      // A former signatory decides for nobody.
      for (const id of people) await giveRole(house.owner, { id, organisationId }, 'signataire')
      await rows('update role_assignments set ends_at = ctx.clock() where account_id = any ($1)', [
        people.filter(id => !signing.includes(id)),
      ])
      for (const named of subsets(people)) {
        const [{ alone }] = await rows('select ctx.signatory_alone($1, $2, ctx.clock()) as alone', [
          organisationId,
          named,
        ])
        seen.push([alone === true, signatoryAlone(named, signing)])
      }
    }
    return seen.filter(([sql, rule]) => sql !== rule).length
  }
  assert.equal(await parts(), 0)
  assert.equal(seen.filter(([alone]) => alone).length, 3, 'each, when alone in both')
  for (const [from, to] of [
    ['cardinality(of_accounts) = 1', 'true'],
    ['and ctx.signs_for(of_accounts[1], of_organisation, at)', ''],
    ['and r.account_id <> of_accounts[1]', ''],
    ['and ctx.signs_for(r.account_id, of_organisation, at)', ''],
  ] as const)
    await withFunctionChanged(
      house.owner,
      'ctx.signatory_alone(uuid,uuid[],timestamp with time zone)',
      from,
      to,
      async () => assert.notEqual(await parts(), 0, from),
    )
})
