import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import { rgc } from './index.ts'
import { type ObstacleFacts, obstacleTo } from './rgc.model.ts'
import { deedActs, withConditions } from './testing.ts'

let house: House
let acts: ReturnType<typeof deedActs>
let operator: string
let cssi: Person
let signatory: Person
let organisationId: string

before(async () => {
  house = await withConditions(await openHouse(rgc))
  acts = deedActs(house)
  operator = (await house.organisation({ kind: 'operateur' })).id
  cssi = await house.person(operator)
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
const person = () => house.person(organisationId)
const tries = async (who: Person, over: object = {}) =>
  (await acts.proposal(signatory, [await acts.named(who, over)])).body.code
const require = (by: Person, who: Person) =>
  acts.call(by, 'POST', '/rgc/revocations', { accountId: who.id, reason: 'Manquement constaté' })
const make = (id: string) => acts.call(signatory, 'POST', `/rgc/revocations/${id}/make`)
const withdraw = (by: Person, id: string, body: object = { reason: 'Erreur sur la personne' }) =>
  acts.call(by, 'POST', `/rgc/revocations/${id}/withdraw`, body)
const lift = (by: Person, who: Person, body: object = { reason: 'Situation réglée' }) =>
  acts.call(by, 'POST', `/rgc/barred/${who.id}/lift`, body)
const revoked = async () => {
  const [who, other] = [await person(), await person()]
  await acts.sent(signatory, [who, other])
  const { id } = (await require(cssi, who)).body
  return { who, other, id: id as string }
}
const mailsOf = (kind: string, to: Person) =>
  rows('select body, subject from mails where kind = $1 and to_account_id = $2', [kind, to.id])
const trailOf = (action: string, who: Person) =>
  rows(
    'select detail from audit_entries e join audit_details d on d.entry_id = e.id where action = $1 and subject_id = $2',
    [action, who.id],
  )
const within = async (who: Person, statement: RawBuilder<unknown>) => {
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    return await tx.run(statement).catch(error => {
      assert.match(String(error), /row-level security/)
      return 'refused'
    })
  } finally {
    await tx.rollback()
  }
}
/** Another convention in place of the one in force. */
const nextConvention = async () => {
  await rows('update conventions set ends_at = ctx.clock() where organisation_id = $1', [organisationId])
  await rows(
    `insert into conventions (id, organisation_id, region_id, number, created_at, effective_from)
      values ($1::uuid, $2, 0, 'C-' || $1::text, ctx.clock(), ctx.clock())`,
    [uuidv7(), organisationId],
  )
}

test('RGC-7: whoever is revoked is not named again, by account or by name and birth date, nor once the convention is another', async () => {
  const { who, other, id } = await revoked()
  assert.equal(await tries(who), 'rgc/revoked-person', 'from the demand on')
  assert.equal((await make(id)).status, 200)
  assert.equal(await tries(who), 'rgc/revoked-person')
  const elsewhere = { email: `autre.adresse.${who.id}@partenaire.example` }
  assert.equal(await tries(who, elsewhere), 'rgc/revoked-person', 'by another address')
  assert.equal(
    await tries(who, { ...elsewhere, bornOn: '1981-03-01' }),
    undefined,
    'born on another day: somebody else',
  )
  const fresh = (await acts.proposal(signatory, [await acts.named(other)])).body
  const row = sql`insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name,
    family_name, phone, email) values (${fresh.id}::uuid, ${who.id}::uuid, ${organisationId}::uuid, 'suppleant', 2,
    'Camille', 'Essai', '0500000000', 'a@b.example')`
  assert.equal(await within(signatory, row), 'refused', 'straight to the database')
  await nextConvention()
  assert.equal(await tries(who), 'rgc/revoked-person', 'for the same structure')
})
test('RGC-3: whoever is refused is not named again under the next convention either', async () => {
  const who = await person()
  await acts.decide(cssi, await acts.sent(signatory, [who]), { kind: 'refus', reason: 'Motif' })
  await nextConvention()
  assert.equal(await tries(who), 'rgc/refused-person')
  await lift(cssi, who)
  assert.equal(await tries(who), undefined)
})
test('RGC-7: a revocation required while a deed waits for signatures: it is signed and sent no more', async () => {
  const who = await person()
  await acts.sent(signatory, [who])
  const deed = (await acts.proposal(signatory, [await acts.named(who)])).body
  assert.equal((await acts.sign(signatory, deed)).status, 200)
  await require(cssi, who)
  assert.equal((await acts.sign(who, deed)).body.code, 'rgc/revoked-person')
  await rows(
    `insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
      select id, $2, 'rgc', digest, now() from rgc_deeds where id = $1`,
    [deed.id, who.id],
  )
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(signatory.cookie.slice('session='.length)))
    const sent = await tx.first(sql<{ at: Date | null }>`select send_rgc_deed(${deed.id}::uuid) as at`)
    assert.equal(sent!.at, null, 'whatever the application forgets')
  } finally {
    await tx.rollback()
  }
})
test('RGC-7, RGC-10: a waiting deed that is refused gives its role back to nobody revoked meanwhile', async () => {
  const [former, refused, next] = [await person(), await person(), await person()]
  await acts.sent(signatory, [former])
  await acts.decide(cssi, await acts.sent(signatory, [refused]), { kind: 'refus', reason: 'Motif' })
  const waiting = await acts.sent(signatory, [next])
  assert.equal((await make((await require(cssi, former)).body.id)).status, 200)
  await acts.decide(cssi, waiting, { kind: 'refus', reason: 'Motif' })
  assert.deepEqual((await acts.call(signatory, 'GET', '/rgc')).body.inPlace, [])
})
test('RGC-7: a demand made by mistake is withdrawn with a reason, told to those who were told of it, once, while it is not carried out', async () => {
  const { who, other, id } = await revoked()
  assert.equal((await withdraw(cssi, id, {})).body.code, 'request/malformed')
  assert.equal((await withdraw(cssi, id, { reason: ' ' })).body.code, 'request/malformed')
  for (const by of [signatory, other, who]) assert.equal((await withdraw(by, id)).body.code, 'access/role-required')
  const elsewhere = await house.person(operator)
  await giveRole(house.owner, elsewhere, 'cssi', { regionId: 0 })
  await rows(`insert into territories (id, kind, code, name) values (1099, 'region', '99', 'Ailleurs')
    on conflict do nothing`)
  await rows('update conventions set region_id = 1099 where organisation_id = $1', [organisationId])
  assert.equal((await withdraw(elsewhere, id)).status, 404, 'of another region')
  assert.equal(
    await within(
      elsewhere,
      sql`update rgc_revocations set withdrawn_at = required_at, withdrawn_by = ${elsewhere.id}::uuid,
        withdrawal_reason = 'essai' where id = ${id}::uuid`,
    ),
    0,
  )
  const { body } = await withdraw(cssi, id)
  assert.deepEqual([body.withdrawn.reason, body.allowed], ['Erreur sur la personne', []])
  for (const to of [signatory, other]) {
    assert.equal((await mailsOf('rgc-revocation-required', to)).length, 1)
    const [mail] = await mailsOf('rgc-revocation-withdrawn', to)
    assert.match(mail.body, /Erreur sur la personne/)
    assert.ok(!mail.body.includes(who.name), 'a mail names nobody')
  }
  assert.equal((await trailOf('rgc-revocation.withdrawn', who))[0].detail.reason, 'Erreur sur la personne')
  assert.equal((await withdraw(cssi, id)).body.code, 'rgc/revocation-withdrawn')
  assert.equal((await make(id)).body.code, 'rgc/revocation-withdrawn')
  assert.equal(await tries(who), undefined, 'named as before')
  const again = (await require(cssi, who)).body
  assert.equal((await make(again.id)).status, 200, 'and required anew')
  assert.equal((await withdraw(cssi, again.id)).body.code, 'rgc/revocation-made')
})
test('RGC-3, RGC-7: the CSSI alone lets a refused or revoked person be named again, with a reason, told to the structure', async () => {
  const { who, id } = await revoked()
  assert.equal((await lift(cssi, who)).body.code, 'rgc/nothing-to-lift', 'a demand that waits is withdrawn')
  await make(id)
  const listed = async () =>
    (await acts.call(cssi, 'GET', '/rgc/oversight')).body.barred.filter((b: any) => b.person.id === who.id)
  assert.deepEqual(
    (await listed()).map((b: any) => [b.cause, b.reason, b.allowed]),
    [['revoked', 'Manquement constaté', ['lift']]],
  )
  assert.equal((await lift(cssi, who, {})).body.code, 'request/malformed')
  assert.equal((await lift(signatory, who)).body.code, 'access/role-required')
  const stray = (by: Person) => sql`update rgc_revocations set lifted_at = made_at, lifted_by = ${by.id}::uuid,
    lifted_reason = 'essai' where id = ${id}::uuid`
  assert.deepEqual([await within(signatory, stray(signatory)), await within(cssi, stray(signatory))], [0, 'refused'])
  assert.equal((await lift(cssi, who)).body.lifted, true)
  assert.match((await mailsOf('rgc-bar-lifted', signatory))[0].body, /Situation réglée/)
  assert.equal((await trailOf('rgc-bar.lifted', who))[0].detail.reason, 'Situation réglée')
  assert.deepEqual(await listed(), [])
  assert.equal((await lift(cssi, who)).body.code, 'rgc/nothing-to-lift', 'once')
  assert.equal(await tries(who), undefined)
})

/** Every mix of facts, laid on one person of a structure. */
const mixes: ObstacleFacts[] = (
  [
    { attachment: 'agent', contractEndsOn: null },
    { attachment: 'agent', contractEndsOn: addDays(parisDay(new Date()), 60) },
  ] as const
).flatMap(attached =>
  [[], [false], [true], [true, false]].flatMap(refusals =>
    [[], ['made'], ['withdrawn'], ['lifted'], ['withdrawn', 'waiting']].map(revocations => ({
      attached,
      refusals: refusals.map(lifted => ({ lifted })),
      revocations: revocations.map(state => ({ withdrawn: state === 'withdrawn', lifted: state === 'lifted' })),
    })),
  ),
)
test('RGC-2, RGC-3, RGC-7, SEC-6: the obstacle that the database finds is that of the model, and each lost clause is seen', async () => {
  const laid: { id: string; facts: ObstacleFacts }[] = []
  for (const facts of mixes) {
    const { id } = await person()
    laid.push({ id, facts })
    await rows('update accounts set contract_ends_on = $2 where id = $1', [id, facts.attached!.contractEndsOn])
    for (const { lifted } of facts.refusals) {
      const deed = uuidv7()
      await rows(
        `insert into rgc_deeds (id, organisation_id, organisation_name, siret, address, signatory_id, signatory_name,
          signatory_title, conditions_given, digest, created_by, created_at, abandoned_at) values ($1, $2, 'Essai', 1,
          '1 place Essai', $3, 'Essai', 'Direction', true, sha256('x'), $3, now(), now())`,
        [deed, organisationId, signatory.id],
      )
      await rows(
        `insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone,
          email) values ($1, $2, $3, 'titulaire', 1, 'Camille', 'Essai', '0500000000', 'a@b.example')`,
        [deed, id, organisationId],
      )
      await rows(
        `insert into rgc_refused_people (deed_id, account_id, lifted_at, lifted_by, lifted_reason)
          select $1, $2, x.at, x.who, x.why from (select case when $3 then now() end as at,
          case when $3 then $4::uuid end as who, case when $3 then 'Motif' end as why) x`,
        [deed, id, lifted, cssi.id],
      )
    }
    for (const { withdrawn, lifted } of facts.revocations)
      await rows(
        `insert into rgc_revocations (id, account_id, organisation_id, reason, required_by, required_at, made_by,
          made_at, withdrawn_by, withdrawn_at, withdrawal_reason, lifted_by, lifted_at, lifted_reason)
          select $1, $2, $3, 'Motif', $4, now(), case when $6 then $4::uuid end, case when $6 then now() end,
          case when $5 then $4::uuid end, case when $5 then now() end, case when $5 then 'Motif' end,
          case when $6 then $4::uuid end, case when $6 then now() end, case when $6 then 'Motif' end`,
        [uuidv7(), id, organisationId, cssi.id, withdrawn, lifted],
      )
  }
  const stranger = await house.person((await house.organisation()).id)
  laid.push({ id: stranger.id, facts: { attached: null, refusals: [], revocations: [] } })
  const parts = async () => {
    const { rows: said } = await house.owner.query(
      `select a.id, ctx.rgc_obstacle($1, a.id, null, null, null) as obstacle from unnest($2::uuid[]) a (id)`,
      [organisationId, laid.map(l => l.id)],
    )
    return laid.filter(l => said.find(s => s.id === l.id).obstacle !== obstacleTo(l.facts)).length
  }
  assert.equal(await parts(), 0)
  for (const [from, to] of [
    [' and ctx.permanent_staff(a)', ''],
    ['a.organisation_id = of_organisation', 'true'],
    [' and r.lifted_at is null', ''],
    [' and v.withdrawn_at is null', ''],
    [' and v.lifted_at is null', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.rgc_obstacle(uuid,uuid,text,text,date)', from, to, async () =>
      assert.notEqual(await parts(), 0, from),
    )
})
