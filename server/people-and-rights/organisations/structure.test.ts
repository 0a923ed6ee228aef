import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { organisations } from './index.ts'
import { layCeiling } from './testing.ts'

let house: House
let own: string
let rgc: Person
const today = parisDay(new Date())
const third = {
  kind: 'contractor',
  name: 'Cabinet Lestonat',
  capacity: 'processor',
  startsOn: '2026-01-01',
  endsOn: addDays(today, 100),
  evidence: 'Marché 2026-12, clause de confidentialité, conservé au secrétariat',
  evidenceOn: '2026-01-01',
}
const declare = (over: object = {}, who = rgc) =>
  house.call(who, 'POST', '/habilitations/third-parties', { ...third, ...over })

before(async () => {
  house = await openHouse(organisations)
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes'),
      (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1011, 'region', '11', 'Île-de-France'),
      (10001, 'clpe', 'CLPE33002', 'Cœur de Gironde')`,
  )
  await house.owner.query(
    'insert into territory_contents values (2033, 1075), (2040, 1075), (10001, 2033), (10001, 1075)',
  )
  own = (await house.organisation()).id
  rgc = await house.person(own)
  await giveRole(house.owner, rgc, 'rgc')
})
after(() => house.close())

test('ACC-13: the account manager declares delegates and contractors: capacity, dates, evidence of their obligations', async () => {
  const { status, body } = await declare({ siret: '13000548108716' })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body.name, body.siret, body.capacity, body.endsOn, body.people, body.version],
    ['Cabinet Lestonat', '13000548108716', 'processor', third.endsOn, 0, 1],
  )
  assert.equal(
    (await declare({ kind: 'delegate', name: 'Association Ressort', capacity: 'joint-controller', endsOn: null }))
      .status,
    200,
  )
  const structure = (await house.call(rgc, 'GET', '/habilitations/structure')).body
  assert.deepEqual(
    [structure.thirdParties.map((t: any) => t.name), structure.allowed],
    [['Association Ressort', 'Cabinet Lestonat'], ['edit']],
  )
})
test('ACC-13: a name twice, a contract without end, dates reversed, proof to come or a false SIRET are refused', async () => {
  for (const [over, code] of [
    [{ name: 'CABINET lestonat' }, 'third-party/already'],
    [{ name: 'A', endsOn: null }, 'third-party/end-needed'],
    [{ name: 'A', endsOn: '2025-12-31' }, 'grant/period-reversed'],
    [{ name: 'A', evidenceOn: addDays(today, 1) }, 'third-party/evidence-in-future'],
    [{ name: 'A', siret: '13000548108717' }, 'establishment/wrong-key'],
  ] as const)
    assert.equal((await declare(over)).body.code, code, code)
  assert.equal((await declare({ name: 'A', evidence: ' ' })).status, 400)
  const twice = await Promise.all([declare({ name: 'Deux fois' }), declare({ name: 'deux fois' })])
  assert.deepEqual(twice.map(a => a.status).sort(), [200, 409])
})
test('ACC-13, ACC-1: a contract that ends sooner ends the accounts of its people with it; corrected by two, the second sees the first', async () => {
  const { id } = (await declare({ name: 'Conseil Garonne' })).body
  const person = await house.person(own)
  await house.owner.query(
    `update accounts set attachment = 'contractor', third_party_id = $2, contract_ends_on = $3 where id = $1`,
    [person.id, id, third.endsOn],
  )
  const { kind: _, ...facts } = { ...third, name: 'Conseil Garonne', endsOn: addDays(today, 10) }
  const edit = (version: number) =>
    house.call(rgc, 'PUT', `/habilitations/third-parties/${id}`, facts, { 'if-match': `"${version}"` })
  assert.deepEqual([(await edit(1)).body.endsOn, (await edit(1)).status], [addDays(today, 10), 412])
  assert.equal(
    (await house.owner.query(`select contract_ends_on from accounts where id = $1`, [person.id])).rows[0]
      .contract_ends_on,
    addDays(today, 10),
  )
})
test('ACC-1: a contract prolonged carries the accounts that end with it, also once they ended; one that its person’s own contract ends before stays so', async () => {
  const end = addDays(today, -1)
  const { id } = (await declare({ name: 'Conseil Leyre', endsOn: end })).body
  const delegate = (await declare({ kind: 'delegate', name: 'Association Estey', endsOn: addDays(today, 5) })).body.id
  const people = await Promise.all([0, 1, 2].map(() => house.person(own)))
  const attached = (n: number, kind: string, thirdParty: string, endsOn: string) =>
    house.owner.query('update accounts set attachment = $2, third_party_id = $3, contract_ends_on = $4 where id = $1', [
      people[n]!.id,
      kind,
      thirdParty,
      endsOn,
    ])
  await attached(0, 'contractor', id, end)
  await attached(1, 'contractor', id, addDays(today, -9))
  await attached(2, 'delegate', delegate, addDays(today, 5))
  const prolong = async (thirdParty: string, name: string, endsOn: string | null) => {
    const { kind: _, ...facts } = { ...third, name, endsOn }
    const answer = await house.call(rgc, 'PUT', `/habilitations/third-parties/${thirdParty}`, facts, {
      'if-match': '"1"',
    })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
  }
  await prolong(id, 'Conseil Leyre', addDays(today, 90))
  await prolong(delegate, 'Association Estey', null)
  const ends = async (n: number) =>
    (await house.owner.query('select contract_ends_on as day from accounts where id = $1', [people[n]!.id])).rows[0].day
  assert.deepEqual([await ends(0), await ends(1), await ends(2)], [addDays(today, 90), addDays(today, -9), null])
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'third-party.edited' and e.subject_id = $1`,
    [id],
  )
  assert.equal(rows[0].detail.accountsProlonged, 1)
})
test('ACC-13: an agency serves territories; changed, what its grants open follows at once', async () => {
  const declared = (
    await house.call(rgc, 'POST', '/habilitations/agencies', { name: 'Agence du Sud', territories: [2033] })
  ).body
  assert.deepEqual(
    declared.territories.map((t: any) => t.name),
    ['Gironde'],
  )
  const person = await house.person(own, [{ territoryId: null, agencyId: declared.id }])
  const opens = async () =>
    (await house.owner.query('select territory_id from ctx.effective_grants($1, now())', [person.id])).rows.map(
      r => r.territory_id,
    )
  assert.deepEqual(await opens(), [2033])
  await edit(rgc, declared.id, [2040], 'Agence du Sud')
  assert.deepEqual(await opens(), [2040])
  assert.equal(
    (await house.call(rgc, 'POST', '/habilitations/agencies', { name: 'X', territories: [9] })).body.code,
    'territory/unknown',
  )
})
test('ACC-13, SEC-6: of another structure nothing is seen nor changed; without the role, nothing is declared', async () => {
  const stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, stranger, 'rgc')
  const { id } = (await declare({ name: 'À nous seuls' })).body
  const agency = (await house.call(rgc, 'POST', '/habilitations/agencies', { name: 'La nôtre', territories: [2033] }))
    .body.id
  const { kind: _, ...facts } = third
  assert.equal(
    (await house.call(stranger, 'PUT', `/habilitations/third-parties/${id}`, facts, { 'if-match': '"1"' })).status,
    404,
  )
  assert.equal((await edit(stranger, agency, [2033], 'X')).status, 404)
  assert.deepEqual((await house.call(stranger, 'GET', '/habilitations/structure')).body, {
    territories: [{ id: 0, kind: 'national', code: 'FR', name: 'France entière' }],
    agencies: [],
    thirdParties: [],
    allowed: ['edit'],
  })
  const colleague = await house.person(own)
  for (const [method, path, body] of [
    ['POST', '/habilitations/third-parties', third],
    ['POST', '/habilitations/agencies', { name: 'X', territories: [2033] }],
    ['GET', '/habilitations/structure', undefined],
  ] as const)
    assert.equal((await house.call(colleague, method, path, body)).body.code, 'access/role-required', path)
})

/** A structure that may open those territories, with its RGC and another, and a signatory. */
const bounded = async (ceiling: number[]) => {
  const { id } = await house.organisation()
  await house.owner.query('delete from organisation_territories where organisation_id = $1', [id])
  await layCeiling(house.owner, id, ceiling)
  const [first, second, signatory] = [await house.person(id), await house.person(id), await house.person(id)]
  for (const one of [first, second]) await giveRole(house.owner, one, 'rgc')
  await giveRole(house.owner, signatory, 'signataire')
  return { id, first, second, signatory }
}
const agency = async (as: Person, territories: number[], name = 'Agence') =>
  (await house.call(as, 'POST', '/habilitations/agencies', { name, territories })).body
/** Over the version read, the present one unless told. */
const edit = async (as: Person, id: string, territories: number[], name = 'Agence', version?: number) => {
  const { rows } = await house.owner.query('select version from agencies where id = $1', [id])
  const headers = { 'if-match': `"${version ?? rows[0].version}"` }
  return house.call(as, 'PUT', `/habilitations/agencies/${id}`, { name, territories }, headers)
}
const grantOn = (person: Person, agencyId: string) =>
  house.owner.query(
    `insert into grants (id, account_id, organisation_id, tool, profile, agency_id, reason, starts_on, granted_at)
  values ($1, $2, $3, 'fiche-etablissement', 'consultation', $4, 'essai', '2026-01-01', now())`,
    [uuidv7(), person.id, person.organisationId, agencyId],
  )
const opens = async (person: Person) =>
  (
    await house.owner.query('select territory_id from ctx.effective_grants($1, ctx.clock()) order by 1', [person.id])
  ).rows.map(r => r.territory_id)

test('API-4, ACC-13: of two RGC who edit an agency from one reading, the second is refused with what stands, and takes nothing away', async () => {
  const { first, second } = await bounded([0])
  const { id, version } = await agency(first, [2040])
  const read = async (as: Person) =>
    (await house.call(as, 'GET', '/habilitations/structure')).body.agencies.find((one: any) => one.id === id)
  assert.equal((await read(second)).version, version)
  const wider = await edit(first, id, [2040, 2033], 'Agence', version)
  assert.deepEqual([wider.status, wider.headers.etag], [200, `"${version + 1}"`])
  const stale = await edit(second, id, [2040], 'Agence des Landes', version)
  assert.deepEqual([stale.status, stale.body.code], [412, 'request/changed-meanwhile'])
  assert.deepEqual(stale.body.current, await read(second))
  assert.deepEqual((await read(first)).territories.map((t: any) => t.id).sort(), [2033, 2040])
  const both = await Promise.all([
    edit(first, id, [2033], 'Agence', version + 1),
    edit(second, id, [2040], 'Agence', version + 1),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412])
  const blind = await house.call(first, 'PUT', `/habilitations/agencies/${id}`, { name: 'X', territories: [2033] })
  assert.deepEqual([blind.status, blind.body.code], [428, 'request/if-match-required'])
})

test('ACC-4, SEC-6: who holds a right on an agency, to come or asked for, changes none of its territories, its name alone; the database refuses it as well', async () => {
  const { first, second } = await bounded([0])
  const { id } = await agency(first, [2040])
  await grantOn(first, id)
  for (const territories of [[0], [2033], [2040, 2033], [10001]])
    assert.deepEqual(
      [(await edit(first, id, territories)).status, (await edit(first, id, territories)).body.code],
      [403, 'agency/own'],
      String(territories),
    )
  assert.deepEqual(await opens(first), [2040], 'nothing of Gironde')
  assert.equal((await edit(first, id, [2040], 'Agence des Landes')).body.name, 'Agence des Landes')
  assert.equal((await edit(second, id, [2033])).status, 200)
  await house.owner.query('update grants set revoked_at = now() where agency_id = $1', [id])
  assert.equal((await edit(first, id, [2040])).status, 200, 'once it is over')
  await house.owner.query(
    `insert into grant_requests (id, account_id, organisation_id, asked_by, asked_at, tool, profile, agency_id, purpose,
      reason) values ($1, $2, $3, $2, now(), 'campagnes', 'conseiller', $4, 'suivi', 'essai')`,
    [uuidv7(), first.id, first.organisationId, id],
  )
  assert.equal((await edit(first, id, [2033])).body.code, 'agency/own', 'asked for')
  const write = async (as: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(as.cookie.slice('session='.length)))
      return await tx.run(statement)
    } finally {
      await tx.rollback()
    }
  }
  await assert.rejects(
    write(first, sql`insert into agency_territories values (${id}::uuid, 2033)`),
    /row-level security/,
  )
  assert.equal(await write(first, sql`delete from agency_territories where agency_id = ${id}::uuid`), 0)
  assert.deepEqual(
    [
      await write(second, sql`insert into agency_territories values (${id}::uuid, 2033)`),
      await write(second, sql`delete from agency_territories where agency_id = ${id}::uuid`),
    ],
    [1, 1],
  )
})
test('ACC-15, SEC-6: an agency stays within the territories of its structure, serves no region, and what it serves already may stay; the database refuses the rest', async () => {
  const { first } = await bounded([2033, 1011])
  for (const [territories, code] of [
    [[2040], 'territory/beyond-structure'],
    [[2033, 2040], 'territory/beyond-structure'],
    [[1011], 'agency/too-wide'],
    [[0], 'agency/too-wide'],
    [[9], 'territory/unknown'],
  ] as const)
    assert.equal(
      (await house.call(first, 'POST', '/habilitations/agencies', { name: 'X', territories })).body.code,
      code,
      String(territories),
    )
  const { id } = await agency(first, [10001])
  assert.equal((await edit(first, id, [10001, 2040])).body.code, 'territory/beyond-structure')
  await house.owner.query('insert into agency_territories values ($1, 2040)', [id])
  assert.equal((await edit(first, id, [2040, 2033])).status, 200, 'kept from before')
  for (const territory of [0, 1011, 1075, 2040]) {
    const tx = await house.database.begin()
    await tx.enter(tokenHash(first.cookie.slice('session='.length)))
    const fresh = uuidv7()
    await tx.run(sql`insert into agencies (id, organisation_id, name) values (${fresh}, ${first.organisationId}, 'X')`)
    await assert.rejects(
      tx.run(sql`insert into agency_territories values (${fresh}, ${territory})`),
      /row-level security/,
      String(territory),
    )
    await tx.rollback()
  }
})
test('ACC-15: a wider agency is told to the security officer and to the signatory, and the trail says it of the structure; a narrower one is not', async () => {
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const officer = await house.person(operator)
  await giveRole(house.owner, officer, 'cssi')
  const { id: organisation, first, second, signatory } = await bounded([1075])
  const { id } = await agency(first, [10001])
  await grantOn(second, id)
  const wider = await edit(first, id, [2033])
  assert.deepEqual([wider.status, wider.body.told.mails], [200, 2])
  const mails = (
    await house.owner.query(
      `select to_account_id as account_id, body from mails where kind = 'agency-widened' and about_id = $1`,
      [id],
    )
  ).rows
  assert.deepEqual(mails.map(m => m.account_id).sort(), [officer.id, signatory.id].sort())
  assert.match(mails[0].body, /Gironde/)
  assert.equal((await edit(first, id, [10001])).body.told, null)
  const entries = (
    await house.owner.query(
      `select subject_kind, subject_id from audit_entries where action = 'agency.widened' and organisation_id = $1`,
      [organisation],
    )
  ).rows
  assert.deepEqual(entries, [{ subject_kind: 'organisation', subject_id: organisation }])
})
test('ACC-15: a structure begins with its own territory: the whole country for the operator, its EPCI for an EPCI, none for others', async () => {
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (243301165, 'epci', '243301165', 'Jalle')`,
  )
  for (const [kind, siret, expected] of [
    ['operateur', 99000099999999, [0]],
    ['epci', 24330116500011, [243301165]],
    ['epci', 99000099999998, []],
    ['plie', 24330116500029, []],
  ] as const) {
    const id = uuidv7()
    await house.owner.query(
      `insert into organisations (id, siret, name, kind, created_at) values ($1, $2, 'X', $3, now())`,
      [id, siret, kind],
    )
    assert.deepEqual((await house.owner.query('select ctx.ceiling($1, now()) as c', [id])).rows[0].c, expected, kind)
  }
})
