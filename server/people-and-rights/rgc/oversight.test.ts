import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { rgc } from './index.ts'
import { deedActs, withConditions } from './testing.ts'

let house: House
let acts: ReturnType<typeof deedActs>
let cssi: Person
const today = parisDay(new Date())

before(async () => {
  house = await withConditions(await openHouse(rgc))
  acts = deedActs(house)
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
})
after(() => house.close())

const structure = async (name: string) => {
  const { id } = await house.organisation({ name })
  const signatory = await house.person(id)
  await giveRole(house.owner, signatory, 'signataire')
  return { id, signatory, person: () => house.person(id) }
}
const read = async (q = '') => {
  const { status, body } = await acts.call(cssi, 'GET', `/rgc/oversight${q ? `?q=${encodeURIComponent(q)}` : ''}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const idsOf = (deeds: { id: string }[]) => deeds.map(d => d.id)
/** Sent since, by as many structures: a roll-out. */
const rollOut = (many: number) =>
  house.owner.query(
    `with structure as (
        insert into organisations (id, siret, name, kind, created_at)
          select gen_random_uuid(), 80000000000000 + n, 'Structure ' || n, 'autre', now() from generate_series(1, $1) n
          returning id, siret, name),
      convention as (
        insert into conventions (id, organisation_id, region_id, number, created_at, effective_from)
          select gen_random_uuid(), s.id, 0, 'R-' || s.siret, now(), now() from structure s returning id, organisation_id)
      insert into rgc_deeds (id, organisation_id, convention_id, organisation_name, siret, address, signatory_id,
        signatory_name, signatory_title, conditions_given, digest, created_by, created_at, sent_at)
        select gen_random_uuid(), s.id, c.id, s.name, s.siret, '1 place Essai', $2, 'Personne', 'Direction', true,
          sha256('x'), $2, now(), now() + interval '1 minute' from structure s join convention c on c.organisation_id = s.id`,
    [many, cssi.id],
  )

test('RGC-3, RGC-4: past 200 deeds, those that wait come first and all of them, every certificate to record is listed, and any structure is found', async () => {
  const [waits, other] = [await structure('Communauté de communes d’Éygurande'), await structure('Mission du Test')]
  const [refused, next, later] = [await waits.person(), await waits.person(), await other.person()]
  await acts.decide(cssi, await acts.sent(waits.signatory, [refused]), { kind: 'refus', reason: 'Motif' })
  const waiting = await acts.sent(waits.signatory, [next])
  const inForce = await acts.sent(other.signatory, [later])
  await rollOut(205)
  const all = await read()
  assert.deepEqual(idsOf(all.waiting), [waiting.id])
  assert.equal(all.deeds.length, 200)
  assert.ok(!idsOf(all.deeds).includes(inForce.id), 'the deed has dropped out of the last 200')
  assert.deepEqual(
    all.uncertified.map((line: { person: { id: string }; organisation: { id: string } }) => [
      line.person.id,
      line.organisation.id,
    ]),
    [[later.id, other.id]],
    'and its certificate is still to record',
  )
  for (const words of ['éygurande', 'eygurande', 'EYGUR'])
    assert.deepEqual(
      [...new Set((await read(words)).deeds.map((d: { organisation: { id: string } }) => d.organisation.id))],
      [waits.id],
      words,
    )
  assert.deepEqual(idsOf((await read('mission du test')).deeds), [inForce.id])
  assert.deepEqual((await read('aucune structure de ce nom')).deeds, [])
  assert.equal((await acts.certify(cssi, later, today)).status, 200)
  assert.deepEqual((await read()).uncertified, [])
  await acts.decide(cssi, waiting, { kind: 'acceptation' })
  const after = await read()
  assert.deepEqual(
    [after.waiting, after.uncertified.map((line: { person: { id: string } }) => line.person.id)],
    [[], [next.id]],
    'accepted, it waits for its certificate',
  )
})
test('RGC-3: those that wait stand in the order of their terms, and leave with their convention', async () => {
  const laid = []
  for (const name of ['Une', 'Deux']) {
    const { id, signatory, person } = await structure(`Attente ${name}`)
    const [refused, next] = [await person(), await person()]
    await acts.decide(cssi, await acts.sent(signatory, [refused]), { kind: 'refus', reason: 'Motif' })
    laid.push({ organisationId: id, deed: await acts.sent(signatory, [next]) })
  }
  const [one, two] = [laid[0]!, laid[1]!]
  await house.owner.query(
    `update rgc_deeds set silence_accepts_at = silence_accepts_at - interval '2 days' where id = $1`,
    [two.deed.id],
  )
  assert.deepEqual(idsOf((await read()).waiting), [two.deed.id, one.deed.id])
  await house.owner.query('update conventions set ends_at = now() where organisation_id = $1', [two.organisationId])
  assert.deepEqual(idsOf((await read()).waiting), [one.deed.id])
  for (const answer of [{ kind: 'acceptation' }, { kind: 'refus', reason: 'Motif' }])
    assert.equal((await acts.decide(cssi, two.deed, answer)).body.code, 'rgc/convention-over')
})
