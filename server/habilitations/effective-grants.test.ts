import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openHouse, type House } from '../platform/testing.ts'
import { uuidv7 } from '../platform/ids.ts'
import { type AccountFacts, effectiveGrants, type GrantFacts } from './effective-grants.ts'

const account: AccountFacts = { id: 'a', organisationId: 'o', status: 'active' }
const grant: GrantFacts = { accountId: 'a', organisationId: 'o', tool: 'campagnes', profile: 'conseiller', territoryId: 2033, agencyId: null, startsOn: '2026-03-01', endsOn: null, revokedAt: null }
const opened = [{ tool: 'campagnes', profile: 'conseiller', territoryId: 2033 }]
const none = () => []

for (const [why, of, given, today, expected] of [
  ['in effect', account, grant, '2026-06-01', opened],
  ['on its first day', account, grant, '2026-03-01', opened],
  ['not yet', account, grant, '2026-02-28', []],
  ['on its last day', account, { ...grant, endsOn: '2026-06-01' }, '2026-06-01', opened],
  ['the day after its last', account, { ...grant, endsOn: '2026-06-01' }, '2026-06-02', []],
  ['revoked', account, { ...grant, revokedAt: new Date(0) }, '2026-06-01', []],
  ['suspended account', { ...account, status: 'suspended' }, grant, '2026-06-01', []],
  ['blocked account', { ...account, status: 'blocked' }, grant, '2026-06-01', []],
  ['deleted account', { ...account, status: 'deleted' }, grant, '2026-06-01', []],
  ['given by the organisation the person has left', { ...account, organisationId: 'other' }, grant, '2026-06-01', []],
  ['of someone else', { ...account, id: 'b' }, grant, '2026-06-01', []],
] as const) test(`ACC-2: a grant ${why}`, () => assert.deepEqual(effectiveGrants(of as AccountFacts, [given as GrantFacts], none, today), expected))

test('ACC-2: an agency opens the territories it serves, and none when it serves none', () => {
  const byAgency = { ...grant, territoryId: null, agencyId: 'g' }
  assert.deepEqual(effectiveGrants(account, [byAgency], () => [10001, 243301165], '2026-06-01').map(g => g.territoryId), [10001, 243301165])
  assert.deepEqual(effectiveGrants(account, [byAgency], none, '2026-06-01'), [])
})

let house: House
before(async () => { house = await openHouse([]) })
after(() => house.close())

test('ACC-1, ACC-2: the function and its SQL twin agree on generated accounts and grants', async () => {
  let seed = 7
  const random = (n: number) => { seed = (seed * 1103515245 + 12345) % 2147483648; return (seed >>> 12) % n }
  const organisations = [await house.organisation(), await house.organisation()]
  const agency = uuidv7()
  await house.owner.query('insert into territories (id, kind, code, name) values (2033, $1, $2, $3), (1075, $4, $5, $6)', ['departement', '33', 'Gironde', 'region', '75', 'Nouvelle-Aquitaine'])
  await house.owner.query('insert into agencies values ($1, $2, $3)', [agency, organisations[0]!.id, 'Agence'])
  await house.owner.query('insert into agency_territories values ($1, 2033), ($1, 1075)', [agency])
  const days = ['2026-01-01', '2026-03-01', '2026-03-02', '2026-12-31']
  let compared = 0
  for (let n = 0; n < 60; n++) {
    const home = organisations[random(2)]!.id
    const person = await house.person(home)
    const facts: AccountFacts = { id: person.id, organisationId: home, status: (['active', 'active', 'active', 'suspended', 'blocked', 'deleted'] as const)[random(6)]! }
    await house.owner.query('update accounts set status = $2 where id = $1', [person.id, facts.status])
    const grants: GrantFacts[] = []
    for (let g = 0; g < 6; g++) {
      const startsOn = days[random(4)]!
      const endsOn = random(2) ? null : days.find(d => d >= startsOn) ?? null
      const byAgency = random(3) === 0
      const given: GrantFacts = { accountId: person.id, organisationId: organisations[random(4) ? organisations.findIndex(o => o.id === home) : 0]!.id, tool: random(2) ? 'campagnes' : 'fiche-etablissement', profile: (['consultation', 'conseiller', 'responsable', 'pilote'] as const)[random(4)]!,
        territoryId: byAgency ? null : [0, 2033, 1075][random(3)]!, agencyId: byAgency ? agency : null, startsOn, endsOn, revokedAt: random(4) ? null : new Date('2026-02-01') }
      grants.push(given)
      await house.owner.query('insert into grants (id, account_id, organisation_id, tool, profile, territory_id, agency_id, reason, starts_on, ends_on, granted_at, revoked_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,now(),$11)',
        [uuidv7(), given.accountId, given.organisationId, given.tool, given.profile, given.territoryId, given.agencyId, 'essai', given.startsOn, given.endsOn, given.revokedAt])
    }
    for (const day of [...days, '2026-06-15']) {
      const key = (g: { tool: string; profile: string; territoryId: number }) => `${g.tool} ${g.profile} ${g.territoryId}`
      const sql = (await house.owner.query('select tool, profile, territory_id as "territoryId" from ctx.effective_grants($1, $2)', [person.id, day])).rows.map(key).sort()
      assert.deepEqual(effectiveGrants(facts, grants, () => [2033, 1075], day).map(key).sort(), sql)
      compared += sql.length
    }
  }
  assert.ok(compared > 100, 'the comparison saw grants in effect')
})
