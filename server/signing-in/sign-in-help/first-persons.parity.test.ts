import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { importChanged, withFunctionChanged } from '../../testing/parity.ts'
import { aViewer } from '../../testing/viewer.ts'
import { insertSession } from '../identity/testing.ts'
import { signInHelp } from './index.ts'
import * as policy from './sign-in-help.policy.ts'
import { aNewStructure, type Known, layDeed, putInEffect } from './testing-first-persons.ts'

const [here, away] = [1075, 1053]
let house: House
const viewers: Person[] = []
const subjects: Known[] = []
before(async () => {
  house = await openHouse(signInHelp)
  const { owner } = house
  await owner.query(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  for (const [role, regionId] of [
    ['direction-regionale', here],
    ['direction-regionale', away],
    ['cssi', null],
    ['cssi', here],
    ['cssi', away],
    ['administrateur', null],
    ['signataire', here],
    ['signataire', null],
  ] as const) {
    const who = await house.person(operator)
    await giveRole(owner, who, role, { regionId })
    viewers.push(who)
  }
  const officer = viewers[2]!
  const know = (who: Person, regionId: number, first: policy.Subject['first'], manages = false) => {
    subjects.push({
      who,
      facts: { accountId: who.id, organisationId: who.organisationId, manages, first, regionId },
    })
    viewers.push(who)
  }
  for (const region of [here, away]) {
    const { id, signatory, conventionId } = await aNewStructure(house, region)
    // A convention that is over, of the other region: the one in preparation answers.
    const over = uuidv7()
    await owner.query(
      `insert into conventions (id, organisation_id, region_id, number, created_at, effective_from, ends_at)
        values ($1::uuid, $2, $3, 'C-' || $1::text, '2019-01-01', '2019-01-01', '2020-01-01')`,
      [over, id, region === here ? away : here],
    )
    know(signatory, region, ['signatory'])
    const past = await house.person(id)
    await giveRole(owner, past, 'signataire', { endsAt: new Date(Date.now() - 1000) })
    know(past, region, [])
    know(await house.person(id), region, [])
    const agent = () => house.person(id)
    const [toSign, both, replaced, current, dropped, refused, former] = await Promise.all([
      agent(),
      agent(),
      agent(),
      agent(),
      agent(),
      agent(),
      agent(),
    ])
    const deed = await layDeed(house, conventionId, toSign)
    await owner.query(
      `insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone,
        email) select $1, $2, $3, 'suppleant', 2, 'Camille', 'Essai', '0500000000', 'camille@structure.example'`,
      [deed, both.id, id],
    )
    await giveRole(owner, both, 'signataire')
    await layDeed(house, conventionId, replaced, { sentAt: '2026-01-01' })
    await layDeed(house, conventionId, current, { sentAt: '2026-02-01' })
    await layDeed(house, conventionId, dropped, { abandoned: true })
    await layDeed(house, conventionId, refused, { sentAt: '2026-03-01', refusedBy: officer })
    await layDeed(house, over, former, { sentAt: '2019-02-01' })
    await giveRole(owner, current, 'rgc')
    await owner.query('delete from rgc_certificates where account_id = $1', [current.id])
    know(toSign, region, ['named'])
    know(both, region, ['signatory', 'named'])
    know(replaced, region, [])
    know(current, region, ['named'], true)
    for (const nobody of [dropped, refused, former]) know(nobody, region, [])
  }
  // An account manager is in effect: nobody comes in by the operator any more.
  const { id, signatory, conventionId } = await aNewStructure(house, here)
  const [manager, named] = [await house.person(id), await house.person(id)]
  await putInEffect(house, manager)
  await layDeed(house, conventionId, named)
  know(signatory, here, [])
  know(named, here, [])
  know(manager, here, [], true)
  const locked = await insertSession(owner, viewers[0]!.id, { lastSeenAt: new Date(Date.now() - 31 * 60_000) })
  viewers.push({ ...viewers[0]!, cookie: locked.cookie })
})
after(() => house.close())

type Rights = Pick<typeof policy, 'mayHelp' | 'helpsFirst'>
const differences = async ({ mayHelp, helpsFirst }: Rights = policy): Promise<number> => {
  let count = 0
  const ask = sql<{ id: string; may: boolean; first: boolean }>`select a.id, ctx.may_help(a.id) as may,
    ctx.helps_first(a.id) as first from unnest(${subjects.map(s => s.who.id)}::uuid[]) a (id)`
  const compare = async (viewer: Viewer | null, asked: Promise<{ id: string; may: boolean; first: boolean }[]>) => {
    const said = new Map((await asked).map(row => [row.id, row]))
    for (const { facts } of subjects) {
      const { may, first } = said.get(facts.accountId)!
      const open = viewer?.state === 'active'
      if (may !== (open && mayHelp(viewer, facts) === true)) count += 1
      if (first !== (open && helpsFirst(viewer, facts))) count += 1
    }
  }
  // A context that nobody sealed, as an injected statement would write it, opens nothing.
  const forged = await house.database.begin()
  await forged.run(
    sql`select set_config('ctx.roles', '{cssi}', true), set_config('ctx.regions', '{1075}', true),
      set_config('ctx.account', ${viewers[2]!.id}, true), set_config('ctx.level', '2', true)`,
  )
  await compare(null, forged.all(ask))
  await forged.rollback()
  for (const by of viewers) {
    const tx = await house.database.begin()
    const viewer = (await tx.enter(tokenHash(by.cookie.slice('session='.length))))!
    await compare(viewer, tx.all(ask))
    await tx.rollback()
  }
  return count
}

test('ACC-16, IDN-6, SEC-6: the policy and the database agree on who helps a first person in, over roles and states, and notice the loss of any clause', async () => {
  assert.equal(await differences(), 0)
  for (const [of, from, to] of [
    ['helps_first', 'not ctx.ok() or', ''],
    ['helps_first', 'ctx.region_of(own, ctx.clock()) = any (ctx.regions())', 'true'],
    ['helps_first', 'ctx.officer_for(own)', 'true'],
    ['helps_first', "'signatory' = any (first) and", ''],
    ['helps_first', "'named' = any (first) and", ''],
    ['may_help', 'or ctx.helps_first(of_account)', ''],
    ['may_help', 'ctx.officer_for(subject.organisation_id)', "ctx.holds_role('cssi')"],
    ['first_of', "r.role = 'signataire'", "r.role = 'rgc'"],
    ['first_of', 'r.ends_at is null or r.ends_at > at', 'true'],
    ['first_of', 'and d.abandoned_at is null', ''],
    ['first_of', "x.kind = 'refus'", 'false'],
    ['first_of', 'later.sent_at > d.sent_at', 'false'],
    ['first_of', 'm.account_id = a.id', 'true'],
    ['first_of', 'ctx.of_current_convention(d.convention_id, at)', 'true'],
    ['first_of', "e.role = 'rgc'", 'false'],
  ] as const)
    assert.ok(
      (await withFunctionChanged(house.owner, `ctx.${of}(uuid)`, from, to, () => differences())) > 0,
      `${of}: ${from}`,
    )
  const regionOf = ['ctx.region_of(uuid, timestamptz)', 'created_at desc', 'created_at'] as const
  assert.ok((await withFunctionChanged(house.owner, ...regionOf, () => differences())) > 0, 'in preparation')
  for (const [from, to] of [
    ["first.includes('signatory') &&", ''],
    ["first.includes('named') &&", ''],
    ["holdsInRegion(viewer, 'direction-regionale', regionId)", 'true'],
    ["'direction-regionale'", "'signataire'"],
    ['isOfficerOf(viewer, organisationId)', 'true'],
    ['if (helpsFirst(viewer, subject)) return true', ''],
  ] as const) {
    const changed = await importChanged<typeof policy>(new URL('sign-in-help.policy.ts', import.meta.url), from, to)
    assert.ok((await differences(changed)) > 0, from)
  }
})

test('ACC-16: who helps a first person in, in one table', () => {
  const structure = uuidv7()
  const of = (...first: policy.Subject['first']): policy.Subject => ({
    accountId: uuidv7(),
    organisationId: structure,
    manages: false,
    first,
    regionId: here,
  })
  const direction = (regionId: number) => aViewer({ roles: [{ role: 'direction-regionale', regionId }] })
  const officer = aViewer({ roles: [{ role: 'cssi', regionId: null }] })
  const ofRegion = aViewer({ roles: [{ role: 'cssi', regionId: here }], officerOf: [structure] })
  for (const [who, subject, may] of [
    [direction(here), of('signatory'), true],
    [direction(away), of('signatory'), false],
    [direction(here), { ...of('signatory'), regionId: null }, false],
    [direction(here), of('named'), false],
    [direction(here), of(), false],
    [officer, of('named'), true],
    [ofRegion, of('named'), true],
    [officer, of('signatory'), false],
    [officer, of(), false],
    [aViewer({ roles: [{ role: 'administrateur', regionId: null }] }), of('signatory', 'named'), false],
  ] as const)
    assert.deepEqual([policy.helpsFirst(who, subject), policy.mayHelp(who, subject) === true], [may, may])
  const self = { ...of('signatory', 'named'), accountId: officer.accountId }
  assert.deepEqual([policy.helpsFirst(officer, self), policy.mayHelp(officer, self)], [false, 'recovery/not-oneself'])
})
