import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, rowsWritten, sightsOf } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'

const [gironde, landes] = [2033, 2040]
let house: House
let own: string
let other: string
let people: Record<
  'one' | 'mate' | 'lead' | 'stopped' | 'cards' | 'advisor' | 'rgc' | 'signs' | 'foreign' | 'cssi',
  Person
>
const requests: Record<string, string> = {}
before(async () => {
  house = await openHouse([])
  await house.owner.query(`insert into territories (id, kind, code, name)
    values (${gironde}, 'departement', '33', 'Gironde'), (${landes}, 'departement', '40', 'Landes')`)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[own, other] = [(await house.organisation()).id, (await house.organisation()).id]
  const grant = (tool: 'campagnes' | 'fiche-etablissement', profile: 'conseiller' | 'responsable') => [
    { tool, profile, territoryId: gironde } as const,
  ]
  people = {
    one: await house.person(own),
    mate: await house.person(own),
    lead: await house.person(own, grant('campagnes', 'responsable')),
    stopped: await house.person(own, grant('campagnes', 'responsable')),
    cards: await house.person(own, grant('fiche-etablissement', 'responsable')),
    advisor: await house.person(own, grant('campagnes', 'conseiller')),
    rgc: await house.person(own),
    signs: await house.person(own),
    foreign: await house.person(other),
    cssi: await house.person(operator),
  }
  await giveRole(house.owner, people.rgc, 'rgc')
  await giveRole(house.owner, people.signs, 'signataire')
  await giveRole(house.owner, people.cssi, 'cssi')
  for (const [name, of, by] of [
    ['forOne', 'one', 'lead'],
    ['forManager', 'rgc', 'rgc'],
    ['elsewhere', 'foreign', 'lead'],
  ] as const) {
    requests[name] = uuidv7()
    await house.owner.query(`insert into grant_requests (${columns}) values (${valuesOf})`, [
      requests[name],
      people[of].id,
      people[of].organisationId,
      people[by].id,
    ])
  }
})
after(() => house.close())

type Who = keyof typeof people
type Query = ReturnType<typeof sql>
const columns = 'id, account_id, organisation_id, asked_by, asked_at, tool, profile, territory_id, purpose, reason'
const valuesOf = `$1, $2, $3, $4, now(), 'campagnes', 'consultation', ${gironde}, 'suivi', 'Essai'`
const hashOf = (who: Who) => tokenHash(people[who].cookie.slice('session='.length))
const may = (who: Who, query: Query) => mayWrite(house.database, hashOf(who), query)
const written = (who: Who, query: Query) => rowsWritten(house.database, hashOf(who), query)
const seen = async (who: Who, from: string) => {
  const [sight] = await sightsOf(house.database, [hashOf(who)], sql<{ id: string }>`select ${sql.raw(from)}`)
  return [...sight!.ids]
}
const each = async <Answer>(who: readonly Who[], ask: (who: Who) => Promise<Answer>) => {
  const answers: Answer[] = []
  for (const one of who) answers.push(await ask(one))
  return answers
}

test('SEC-6, ACC-3: whatever the application forgets, a request is read by whom it is for, who asks and who decides, and settled by the last two in their own name', async () => {
  const read = async (who: Who) => {
    const ids = await seen(who, 'id from grant_requests')
    return Object.keys(requests).filter(name => ids.includes(requests[name]!))
  }
  assert.deepEqual(await each(['one', 'mate', 'lead', 'rgc', 'signs', 'foreign'], read), [
    ['forOne'],
    [],
    ['forOne'],
    ['forOne', 'forManager'],
    ['forManager'],
    ['elsewhere'],
  ])
  const settle = (by: string, decision = 'withdrawn') => sql`update grant_requests set decided_at = now(),
    decided_by = ${by}::uuid, decision = ${decision}, decision_reason = 'Essai'`
  assert.deepEqual(
    await each(['one', 'mate', 'lead', 'signs'], who => written(who, settle(people[who].id))),
    [0, 0, 1, 1],
  )
  const refuse = (by: string) => sql`update grant_requests set decided_at = now(), decided_by = ${by}::uuid,
    decision = 'refused', decision_reason = 'Essai' where id = ${requests.forOne}::uuid`
  assert.deepEqual(
    [
      await may('rgc', refuse(people.rgc.id)),
      await may('rgc', refuse(people.signs.id)),
      await may('lead', refuse(people.lead.id)),
    ],
    [true, false, false],
  )
  assert.equal(await may('lead', settle(people.mate.id)), false, 'withdrawn in another’s name')
  const ask = (over: { of?: string; organisation?: string; by?: string; decided?: boolean } = {}) =>
    may(
      'one',
      sql`insert into grant_requests (${sql.raw(columns)}, decided_at, decided_by, decision)
        values (${uuidv7()}, ${over.of ?? people.one.id}, ${over.organisation ?? own}, ${over.by ?? people.one.id}, now(),
        'fiche-etablissement', 'consultation', ${gironde}, 'suivi', 'Essai',
        ${over.decided ? new Date() : null}, ${over.decided ? people.one.id : null}, ${over.decided ? 'withdrawn' : null})`,
    )
  assert.equal(await ask(), true)
  for (const over of [{ of: people.mate.id }, { organisation: other }, { by: people.lead.id }, { decided: true }])
    assert.equal(await ask(over), false, JSON.stringify(over))
})

test('SEC-6, ACC-4: whatever the application forgets, a grant is given and ended by who decides for the person, in their structure and own name', async () => {
  await house.owner.query('delete from grants where account_id = any ($1)', [[people.one.id, people.foreign.id]])
  const give = (who: Who, over: { organisation?: string; by?: string; revoked?: boolean } = {}) =>
    may(
      who,
      sql`insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on,
        granted_by, granted_at, revoked_at) values (${uuidv7()}, ${people.one.id}, ${over.organisation ?? own},
        'campagnes', 'consultation', ${gironde}, 'Essai', '2026-01-01', ${over.by ?? people[who].id}, now(),
        ${over.revoked ? new Date() : null})`,
    )
  assert.deepEqual(await each(['rgc', 'mate', 'signs'], who => give(who)), [true, false, false])
  for (const over of [{ organisation: other }, { by: people.signs.id }, { revoked: true }])
    assert.equal(await give('rgc', over), false, JSON.stringify(over))

  // One of the structure, and one that was given in another.
  for (const organisation of [own, other])
    await house.owner.query(
      `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
        values ($1, $2, $3, 'campagnes', 'consultation', ${gironde}, 'Essai', '2026-01-01', now())`,
      [uuidv7(), people.one.id, organisation],
    )
  const end = (by: string, at: Date | null = new Date()) => sql`update grants set revoked_at = ${at}::timestamptz,
    revoked_by = ${by}::uuid, revoke_reason = 'Essai' where account_id = ${people.one.id}::uuid`
  const mates = await each(['mate', 'signs'], who => written(who, end(people[who].id)))
  assert.deepEqual([await written('rgc', end(people.rgc.id)), ...mates], [1, 0, 0])
  const blind = sql`update grants set revoked_at = now(), revoked_by = ${people.rgc.id}::uuid, revoke_reason = 'Essai'`
  assert.equal(await written('rgc', blind), 5, 'those of the structure: lead, stopped, cards, advisor, one')
  assert.equal(await may('rgc', end(people.signs.id)), false, 'in another’s name')
  assert.equal(await may('rgc', end(people.rgc.id, null)), false, 'ended, but not')
})

test('SEC-6, ACC-12: whatever lies beside it, who leads, who leads colleagues, and whose access of an instant one reads', async () => {
  const leads = (who: Who, what: string) => seen(who, `${what}()::text as id`)
  for (const [what, answers] of [
    ['ctx.leads', ['true', 'true', 'false', 'false']],
    ['ctx.leads_colleagues', ['true', 'false', 'false', 'false']],
  ] as const) {
    assert.deepEqual((await each(['lead', 'cards', 'advisor', 'mate'], who => leads(who, what))).flat(), answers, what)
  }
  await house.owner.query(
    `insert into confirmations (id, account_id, organisation_id, why, asked_by, asked_at)
      values ($1, $2, $3, 'unknown-domain', $4, now()) on conflict do nothing`,
    [uuidv7(), people.stopped.id, own, people.mate.id],
  )
  assert.deepEqual(await leads('stopped', 'ctx.leads'), ['false'], 'what waits for a second person opens nothing')
  const access = (who: Who, organisation = own, at = new Date()) =>
    seen(who, `account_id || ' ' || status as id from ctx.access_at('${organisation}', '${at.toISOString()}')`)
  const all = ['lead', 'stopped', 'cards', 'advisor'].map(who => `${people[who as Who].id} active`)
  for (const [who, read] of [
    ['rgc', all],
    ['signs', all],
    ['cssi', all],
    ['mate', []],
    ['foreign', []],
  ] as const)
    assert.deepEqual((await access(who)).filter(id => !id.startsWith(people.one.id)).sort(), [...read].sort(), who)
  await house.owner.query(
    `insert into account_states (account_id, organisation_id, from_at, status) values ($1, $2, now() + interval '1 day', 'suspended')
      on conflict do nothing`,
    [people.lead.id, own],
  )
  assert.ok((await access('rgc')).includes(`${people.lead.id} active`))
  assert.deepEqual(await access('rgc', other), [])
})

test('SEC-6, ACC-15: whatever lies beside it, the ceiling of a structure is its own territories of that instant, and a perimeter lies within', async () => {
  const at = '2027-06-15T10:00:00Z'
  const [structure, beside] = [(await house.organisation()).id, (await house.organisation()).id]
  const one = async (text: string, ...values: unknown[]) =>
    (await house.owner.query(`select ${text} as is`, values)).rows[0].is
  await house.owner.query('delete from organisation_territories where organisation_id = any ($1)', [
    [structure, beside],
  ])
  const lay = (organisation: string, territory: number, from: string, until: string | null) =>
    house.owner.query(
      `insert into organisation_territories (id, organisation_id, territory_id, from_at, until_at, reason)
        values ($1, $2, $3, $4, $5, 'Essai')`,
      [uuidv7(), organisation, territory, from, until],
    )
  await lay(beside, landes, '2026-01-01', null)
  for (const [from, until, within] of [
    ['2026-01-01', null, true],
    [at, null, true],
    ['2027-06-15T10:00:01Z', null, false],
    ['2026-01-01', at, false],
    ['2026-01-01', '2027-06-15T10:00:01Z', true],
  ] as const) {
    await lay(structure, gironde, from, until)
    assert.deepEqual(await one('ctx.ceiling($1, $2)', structure, at), within ? [gironde] : [], `${from} ${until}`)
    await house.owner.query('delete from organisation_territories where organisation_id = $1', [structure])
  }
  const [inside, beyond] = [uuidv7(), uuidv7()]
  for (const [agency, territory] of [
    [inside, gironde],
    [beyond, landes],
  ] as const) {
    await house.owner.query(`insert into agencies (id, organisation_id, name) values ($1, $2, 'Agence')`, [
      agency,
      structure,
    ])
    await house.owner.query('insert into agency_territories (agency_id, territory_id) values ($1, $2)', [
      agency,
      territory,
    ])
  }
  const within = (territory: number | null, agency: string | null) =>
    one('ctx.perimeter_within($1, $2, $3)', territory, agency, [gironde])
  assert.deepEqual(
    [await within(gironde, null), await within(landes, null), await within(null, inside), await within(null, beyond)],
    [true, false, true, false],
  )
})
