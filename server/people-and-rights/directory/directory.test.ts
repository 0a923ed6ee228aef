import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { absences } from '../absences/index.ts'
import { giveRole } from '../accounts/testing.ts'
import { layGate } from '../rgc/testing.ts'
import { directory } from './index.ts'
import { insertAgency, insertEntry, layPlaces, places, rename } from './testing.ts'

const { gironde, landes, garonne, graves } = places
// Rights stand on the database's own clock.
const today = parisDay(new Date())
const held = (tool: 'campagnes' | 'fiche-etablissement', territoryId: number) =>
  ({ tool, profile: 'conseiller', territoryId }) as const

let house: House
let [own, mission] = ['', '']
let [claire, omar, zoe, eric, steph, bare, signer] = [] as unknown as Person[]
let agencyId: string
before(async () => {
  house = await openHouse([...directory, ...absences])
  await layPlaces(house.owner)
  own = (await house.organisation({ name: 'CC des Graves' })).id
  mission = (await house.organisation({ name: 'Mission locale des Landes' })).id
  agencyId = await insertAgency(house.owner, own, [landes], 'Agence de Talence')
  claire = await house.person(own, [held('campagnes', gironde)])
  omar = await house.person(own, [{ ...held('campagnes', gironde), territoryId: null, agencyId }])
  zoe = await house.person(mission, [held('fiche-etablissement', graves), held('campagnes', graves)])
  eric = await house.person(mission, [held('campagnes', garonne)])
  steph = await house.person(mission, [held('campagnes', 0)])
  bare = await house.person(mission)
  signer = await house.person(mission)
  await giveRole(house.owner, signer!, 'signataire')
  for (const [person, given, family] of [
    [claire, 'Claire', 'Dufau'],
    [omar, 'Omar', 'Benali'],
    [zoe, 'Zoé', 'Lacaze-Dufau'],
    [eric, 'Éric', 'Œuvrard'],
    [steph, 'Stéphane', 'Saint-Martin'],
  ] as const)
    await rename(house.owner, person!.id, given, family)
  await insertEntry(house.owner, zoe!, { civility: 'Mme', phone: '+33556001122' })
  await insertEntry(house.owner, eric!, { civility: 'M.', phone: '+33556001133', phoneHidden: true })
  await insertEntry(house.owner, omar!, { agencyId })
})
after(() => house.close())

const list = async (who: Person | undefined, query = '') => {
  const { status, body } = await house.call(who!, 'GET', `/directory${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const found = async (query: string) => (await list(claire, query)).items.map((one: any) => one.familyName)
const card = (who: Person | undefined, whose: Person | undefined) => house.call(who!, 'GET', `/directory/${whose!.id}`)
const everybody = ['Benali', 'Dufau', 'Lacaze-Dufau', 'Œuvrard', 'Saint-Martin']

test('EST-13: the directory has all who hold a grant in effect, by name, with their structure, tools and territories; no way to reach them', async () => {
  const { items, next } = await list(claire)
  assert.deepEqual([items.map((one: any) => one.familyName), next], [everybody, null])
  const [benali, , lacaze] = items
  assert.deepEqual(
    [benali.organisation.name, benali.agency, benali.holds],
    [
      'CC des Graves',
      { id: agencyId, name: 'Agence de Talence' },
      [{ tool: 'campagnes', territory: null, agency: { id: agencyId, name: 'Agence de Talence' } }],
    ],
  )
  assert.deepEqual(
    [lacaze.civility, lacaze.function, lacaze.holds.map((one: any) => [one.tool, one.territory.id]).toSorted()],
    [
      'Mme',
      'Conseil aux entreprises',
      [
        ['campagnes', graves],
        ['fiche-etablissement', graves],
      ],
    ],
  )
  assert.doesNotMatch(JSON.stringify(items), /@|\+33/)
})

test('EST-13: it is searched by name in any order and without accents, by function, structure, agency, tool and territory', async () => {
  for (const [q, expected] of [
    ['dufau', ['Dufau', 'Lacaze-Dufau']],
    ['DUFAU zoe', ['Lacaze-Dufau']],
    ['oeuvrard', ['Œuvrard']],
    ['ste', ['Saint-Martin']],
    ['st mar', ['Saint-Martin']],
    ['mission lacaze', ['Lacaze-Dufau']],
    ['talence', ['Benali']],
    ['conseil', everybody],
    ['ufau', []],
    ["%_'", everybody],
  ] as const)
    assert.deepEqual(await found(`?q=${encodeURIComponent(q)}`), expected, q)
  for (const [query, expected] of [
    [`?organisation=${mission}`, ['Lacaze-Dufau', 'Œuvrard', 'Saint-Martin']],
    ['?tool=fiche-etablissement', ['Lacaze-Dufau']],
    [`?territory=${gironde}`, ['Dufau', 'Lacaze-Dufau', 'Saint-Martin']],
    [`?territory=${landes}`, ['Benali', 'Saint-Martin']],
    ['?territory=0', everybody],
    [`?territory=${garonne}&organisation=${mission}&q=eric`, ['Œuvrard']],
    ['?territory=999999', []],
  ] as const)
    assert.deepEqual(await found(query), expected, query)
})

test('EST-13: page after page by name, each once, also when a name is held twice', async () => {
  await rename(house.owner, steph!.id, 'Claire', 'Dufau')
  const read: string[] = []
  let after: string | null = null
  do {
    const { items, next }: any = await list(claire, `?limit=2${after ? `&after=${after}` : ''}`)
    assert.ok(items.length <= 2)
    read.push(...items.map((one: any) => one.id))
    after = next
  } while (after !== null)
  assert.deepEqual([read.length, new Set(read).size], [5, 5])
  assert.equal((await house.call(claire!, 'GET', '/directory?after=x')).body.code, 'request/cursor-invalid')
  await rename(house.owner, steph!.id, 'Stéphane', 'Saint-Martin')
})

test('EST-13: a card tells the e-mail and the phone; a hidden phone is told to nobody, the name always', async () => {
  const { body } = await card(claire, zoe)
  assert.deepEqual([body.phone, body.phoneHidden], ['+33556001122', false])
  const { rows } = await house.owner.query('select email from account_contacts where account_id = $1', [zoe!.id])
  assert.equal(body.workEmail, rows[0].email, 'theirs')
  for (const who of [claire, zoe, steph]) {
    const hidden = (await card(who, eric)).body
    assert.deepEqual([hidden.familyName, hidden.phone, hidden.phoneHidden], ['Œuvrard', null, true])
    assert.match(hidden.workEmail, /@/)
  }
  const silent = (await card(zoe, claire)).body
  assert.deepEqual([silent.phone, silent.phoneHidden, silent.civility], [null, false, null])
})

test('EST-13, SEC-6: without a grant in effect nobody reads it, a role alone neither; the refusal says so', async () => {
  for (const who of [bare, signer])
    for (const path of ['/directory', `/directory/${claire!.id}`, `/directory/${who!.id}`]) {
      const { status, body } = await house.call(who!, 'GET', path)
      assert.deepEqual([status, body.code], [403, 'directory/grant-required'], path)
    }
  assert.equal((await house.call(null, 'GET', '/directory')).status, 401)
  assert.equal((await card(claire, bare)).status, 404, 'who holds nothing is not in it')
  assert.equal((await house.call(claire!, 'GET', `/directory/${uuidv7()}`)).status, 404)
})

test('EST-13: who is suspended, blocked, whose grant is over or whose convention ended is in it no more', async () => {
  const gone = async (what: string, change: string, back: string, values: unknown[] = [zoe!.id]) => {
    await house.owner.query(change, values)
    assert.deepEqual(await found(`?organisation=${mission}&q=zoe`), [], what)
    assert.equal((await card(claire, zoe)).status, 404, what)
    await house.owner.query(back, values)
    assert.deepEqual(await found('?q=zoe'), ['Lacaze-Dufau'], what)
  }
  await gone(
    'suspended',
    `update accounts set status = 'suspended' where id = $1`,
    `update accounts set status = 'active' where id = $1`,
  )
  await gone(
    'lapsed',
    `update grants set ends_on = '2026-11-24' where account_id = $1`,
    `update grants set ends_on = null where account_id = $1`,
  )
  await gone(
    'blocked',
    `insert into account_blocks (id, account_id, organisation_id, cuts, cause, reason, blocked_at)
      select gen_random_uuid(), id, organisation_id, 'account', 'suspect-use', 'Essai', now() - interval '1 year'
        from accounts where id = $1`,
    `with lifted as (delete from account_blocks where account_id = $1)
      update sessions set ended_at = null where account_id = $1`,
  )
  await gone(
    'without a convention',
    `update conventions set ends_at = '2026-11-24' where organisation_id = $1`,
    `update conventions set ends_at = null where organisation_id = $1`,
    [mission],
  )
})

test('EST-13, CAM-13: a colleague of any structure reads until when somebody is away; neither absences to come nor those withdrawn', async () => {
  const away = async () => (await card(claire, zoe)).body.awayUntil
  const say = async (startsOn: string, endsOn: string) =>
    (await house.call(zoe!, 'POST', '/absences', { accountId: zoe!.id, startsOn, endsOn }, once())).body.id
  await say(addDays(today, 1), addDays(today, 2))
  assert.equal(await away(), null)
  const under = await say(addDays(today, -2), today)
  assert.equal(await away(), today)
  assert.equal((await list(claire, '?q=zoe')).items[0].awayUntil, today)
  await house.call(zoe!, 'POST', `/absences/${under}/withdraw`, {}, once())
  assert.equal(await away(), null)
})

const entry = { civility: null, phoneNumber: null, phoneHidden: false, agencyId: null }
const keep = (who: Person | undefined, body: object, version: number) =>
  house.call(who!, 'PUT', '/directory/own', { ...entry, ...body }, { ...once(), 'if-match': `"${version}"` })

test('EST-13: each keeps civility, phone and agency, and hides the phone; the trail says which, and no number', async () => {
  const start = (await house.call(claire!, 'GET', '/directory/own')).body
  assert.deepEqual(start, {
    ...{ civility: null, phoneNumber: null, phoneHidden: false, agency: null, version: 0, listed: true },
    agencies: [{ id: agencyId, name: 'Agence de Talence' }],
  })
  const kept = await keep(claire, { civility: 'Mme', phoneNumber: '05 56 12 34 56', agencyId }, 0)
  assert.deepEqual([kept.status, kept.body.phoneNumber, kept.body.version], [200, '+33556123456', 1])
  assert.deepEqual(
    [(await card(zoe, claire)).body.phone, (await card(zoe, claire)).body.agency.name],
    ['+33556123456', 'Agence de Talence'],
  )
  const hidden = { civility: 'Mme', phoneNumber: '+33 5 56 12 34 56', phoneHidden: true, agencyId }
  assert.equal((await keep(claire, hidden, 1)).body.version, 2)
  assert.deepEqual([(await card(zoe, claire)).body.phone, (await card(zoe, claire)).body.phoneHidden], [null, true])
  const { rows } = await house.owner.query(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'directory-entry.kept' and e.subject_id = $1 order by e.xid`,
    [claire!.id],
  )
  assert.deepEqual(rows, [
    { actor_id: claire!.id, detail: { changed: ['civility', 'phoneNumber', 'agency'], phoneHidden: false } },
    { actor_id: claire!.id, detail: { changed: ['phoneHidden'], phoneHidden: true } },
  ])
})

test('EST-13: a number that is none, an agency of another structure, an older version are refused, in French', async () => {
  const theirs = await insertAgency(house.owner, mission, [landes], 'Agence de Dax')
  assert.equal((await keep(claire, { phoneNumber: 'demander Nadia' }, 2)).body.code, 'directory/phone-unreadable')
  assert.equal((await keep(claire, { agencyId: theirs }, 2)).body.code, 'directory/agency-elsewhere')
  const { status, body } = await keep(claire, { civility: 'M.' }, 1)
  assert.deepEqual([status, body.code, body.current.version], [412, 'request/changed-meanwhile', 2])
  assert.equal((await keep(claire, { civility: 'M.' }, 7)).status, 412)
  assert.equal((await keep(bare, { phoneNumber: '0556000000' }, 0)).status, 200, 'without a grant, before having one')
  assert.equal((await house.call(bare!, 'GET', '/directory/own')).body.listed, false)
})

test('EST-13: kept on two devices at once, one is written, the other sees it', async () => {
  for (let round = 0; round < 6; round++) {
    const { version } = (await house.call(steph!, 'GET', '/directory/own')).body
    const answers = await Promise.all([
      keep(steph, { civility: 'M.' }, version),
      keep(steph, { civility: 'Mme' }, version),
    ])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  }
})

test('EST-13, PRI-4: what one said of oneself goes with the account', async () => {
  const [leaver, manager] = [await house.person(mission, [held('campagnes', gironde)]), await house.person(mission)]
  await insertEntry(house.owner, leaver, { phone: '+33556009988' })
  await layGate(house.owner, manager)
  await giveRole(house.owner, manager, 'rgc')
  const tx = await house.database.begin()
  await tx.enter(tokenHash(manager.cookie.slice('session='.length)))
  await tx.run(sql`select ctx.record_departure(${leaver.id}::uuid, 'departure', 'Mutation')`)
  await tx.commit()
  assert.equal(
    (await house.owner.query('select from directory_entries where account_id = $1', [leaver.id])).rowCount,
    0,
  )
  assert.equal((await card(claire, leaver)).status, 404)
})
