import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { isSiret, siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertContact, insertEstablishments, layTerritories, places } from '../campaigns/testing-world.ts'

const today = '2027-01-15'
const { aquitaine, coeur, gironde, graves } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
let house: House
let [ines, paul]: Person[] = []
let company = 910_000_000
/** Shops of one company that no other test touches. */
const shops = async (count: number): Promise<number[]> => {
  company += 1
  const all = Array.from({ length: count * 10 }, (_, i) => company * 100_000 + i + 1)
  const sirets = all.filter(siret => isSiret(siretText(siret))).slice(0, count)
  await insertEstablishments(
    house.owner,
    sirets.map(siret => ({ siret })),
  )
  return sirets
}

before(async () => {
  house = await openHouse(campaigns, { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  const pilot = async (name: string) =>
    house.person((await house.organisation({ name })).id, [{ profile: 'pilote', territoryId: gironde }], {
      provenAt: new Date(`${today}T11:00:00Z`),
    })
  ;[ines, paul] = [await pilot('CC des Essais'), await pilot('PLIE des Essais')]
})
after(() => house.close())

const draft = (who: Person, sirets: readonly number[], conflictScope: 'establishment' | 'company' = 'company') =>
  insertCampaign(
    house.owner,
    aCampaign({ pilotId: who.organisationId, territoryId: coeur, place: here, conflictScope }),
    who.id,
    sirets,
  )
const post = (who: Person, id: string, verb: string, body?: object) =>
  house.call(who, 'POST', `/campaigns/${id}/${verb}`, body)
const opened = async (who: Person, sirets: readonly number[], scope?: 'establishment' | 'company') => {
  const campaign = await draft(who, sirets, scope)
  const { status, body } = await post(who, campaign.id, 'open')
  assert.equal(status, 200, JSON.stringify(body))
  return campaign
}
const listed = async (who: Person, id: string) =>
  (await house.call(who, 'GET', `/campaigns/${id}/conflicts`)).body.items.map((c: any) => [
    Number(c.establishment.siret),
    c.kind,
    c.on,
    c.decision,
  ])
const decide = (who: Person, id: string, body: object) => post(who, id, 'conflicts/decide', body)
const held = async (siret: number) =>
  (await house.owner.query('select campaign_id from campaign_holds where siret = $1', [siret])).rows.map(
    row => row.campaign_id,
  )

test('EST-12, CAM-3: by company, a shop next door that is held or was just contacted is a conflict; by establishment it is none', async () => {
  const [shop, sister, own] = (await shops(3)) as [number, number, number]
  const [met, metSister] = (await shops(2)) as [number, number]
  await opened(paul!, [sister])
  await insertContact(house.owner, uuidv7(), metSister, paul!, '2027-01-04')
  const byShop = await draft(ines!, [shop, own, met], 'establishment')
  assert.deepEqual(await listed(ines!, byShop.id), [])
  const mine = await draft(ines!, [shop, own, met])
  assert.deepEqual(await listed(ines!, mine.id), [
    [shop, 'beside', '2027-03-15', null],
    [own, 'beside', '2027-03-15', null],
    [met, 'beside', '2027-01-04', null],
  ])
  const { body } = await house.call(ines!, 'GET', `/campaigns/${mine.id}/conflicts`)
  assert.deepEqual(body.byKind, [{ kind: 'beside', count: 3, undecided: 3 }])
  assert.equal((await house.call(ines!, 'GET', `/campaigns/${mine.id}`)).body.counts.undecided, 3)
})

test('EST-12, CAM-3: campaigns next door that end on one day are each read, one page after the other', async () => {
  const [shop, ...sisters] = (await shops(4)) as [number, ...number[]]
  for (const sister of sisters) await opened(paul!, [sister], 'establishment')
  const mine = await draft(ines!, [shop])
  const page = async (after = '') =>
    (await house.call(ines!, 'GET', `/campaigns/${mine.id}/conflicts?limit=2${after && `&after=${after}`}`)).body
  const first = await page()
  const second = await page(first.next)
  assert.deepEqual([first.items.length, second.items.length, second.next], [2, 1, null])
})

test('EST-12, CAM-3: a contact of today is told as a contact, a hold that ends today as a hold', async () => {
  const [met, sister] = (await shops(2)) as [number, number]
  const [near, other] = (await shops(2)) as [number, number]
  await insertContact(house.owner, uuidv7(), sister, paul!, today)
  const theirs = await opened(paul!, [other])
  await house.owner.query(`update campaign_holds set period = '[2027-01-01,2027-01-16)' where campaign_id = $1`, [
    theirs.id,
  ])
  const mine = await draft(ines!, [met, near])
  const { items } = (await house.call(ines!, 'GET', `/campaigns/${mine.id}/conflicts`)).body
  assert.deepEqual(
    items.map((c: any) => [Number(c.establishment.siret), c.kind, c.on, c.held]),
    [
      [met, 'beside', today, false],
      [near, 'beside', today, true],
    ],
  )
})

test('SEC-6, EST-12: to take what is beside takes nothing: who answers for the campaign next door is not told', async () => {
  const [shop, sister, taken] = (await shops(3)) as [number, number, number]
  const [beside, holder] = [await opened(paul!, [sister]), await opened(paul!, [taken], 'establishment')]
  const mine = await draft(ines!, [shop, taken])
  for (const siret of [shop, taken])
    await decide(ines!, mine.id, { sirets: [siretText(siret)], decision: 'take', reason: 'Autre métier' })
  const tx = await house.database.begin()
  await tx.enter(tokenHash(ines!.cookie.slice('session='.length)))
  const told = await tx.all(
    sql<{ campaignId: string }>`select campaign_id from taken_campaign_contacts(${mine.id}::uuid,
      ${[beside.id, holder.id]}::uuid[])`,
  )
  await tx.rollback()
  assert.deepEqual(told, [{ campaignId: holder.id }])
})

test('EST-12: the preview counts them before anything is written', async () => {
  const [shop, sister, held] = (await shops(3)) as [number, number, number]
  await opened(paul!, [sister, held])
  const preview = async (scope: 'establishment' | 'company') =>
    (
      await post(ines!, (await draft(ines!, [], scope)).id, 'targets/preview', {
        sirets: [siretText(shop), siretText(held)],
      })
    ).body.conflicts
  assert.deepEqual(await preview('company'), { held: 1, contacted: 0, beside: 1 })
  assert.deepEqual(await preview('establishment'), { held: 1, contacted: 0, beside: 0 })
})

test('EST-12: it is left or taken with a reason, never shared; what is next door is not touched', async () => {
  const [left, taken, sister] = (await shops(3)) as [number, number, number]
  const theirs = await opened(paul!, [sister])
  const mine = await draft(ines!, [left, taken])
  assert.equal((await post(ines!, mine.id, 'open')).body.code, 'campaign/undecided-conflicts')
  const one = { sirets: [siretText(taken)] }
  assert.equal((await decide(ines!, mine.id, { ...one, decision: 'share' })).body.code, 'campaign/decision-impossible')
  assert.equal((await decide(ines!, mine.id, { ...one, decision: 'take' })).body.code, 'campaign/reason-required')
  assert.equal((await decide(ines!, mine.id, { ...one, decision: 'take', reason: 'Autre métier' })).status, 200)
  assert.equal((await decide(ines!, mine.id, { rule: { kind: 'beside' }, decision: 'leave' })).body.decided, 2)
  await decide(ines!, mine.id, { ...one, decision: 'take', reason: 'Autre métier' })
  const { body } = await post(ines!, mine.id, 'open')
  assert.equal(body.status, 'open', JSON.stringify(body))
  const { rows } = await house.owner.query(
    'select siret, status, set_aside_reason as said from campaign_targets where campaign_id = $1 order by siret',
    [mine.id],
  )
  assert.deepEqual(rows, [
    { siret: left, status: 'ecarte', said: 'Entreprise déjà suivie ou contactée par PLIE des Essais' },
    { siret: taken, status: 'a-contacter', said: null },
  ])
  assert.deepEqual([await held(taken), await held(left), await held(sister)], [[mine.id], [], [theirs.id]])
})

test('EST-12: a decision on the shop next door takes nothing when its holder comes to hold the target itself', async () => {
  const [shop, sister] = (await shops(2)) as [number, number]
  const theirs = await opened(paul!, [sister])
  const mine = await draft(ines!, [shop])
  await decide(ines!, mine.id, { sirets: [siretText(shop)], decision: 'take', reason: 'Autre métier' })
  await house.owner.query('insert into campaign_targets (campaign_id, siret, clpe_id) values ($1, $2, $3)', [
    theirs.id,
    shop,
    coeur,
  ])
  await house.owner.query(
    `insert into campaign_holds (campaign_id, siret, period) values ($1, $2, '[2027-01-15,2027-03-16)')`,
    [theirs.id, shop],
  )
  assert.deepEqual(await listed(ines!, mine.id), [[shop, 'held', '2027-03-15', null]], 'asked anew')
  assert.equal((await post(ines!, mine.id, 'open')).body.code, 'campaign/undecided-conflicts')
  assert.deepEqual(await held(shop), [theirs.id])
})

test('EST-12, CAM-9: targets put back in bulk are weighed as their campaign would, by company or not', async () => {
  const [shop, sister] = (await shops(2)) as [number, number]
  const [met, metSister] = (await shops(2)) as [number, number]
  await opened(paul!, [sister])
  await insertContact(house.owner, uuidv7(), metSister, paul!, '2027-01-04')
  for (const [scope, expected] of [
    ['company', [`${shop} beside`, `${met} beside`]],
    ['establishment', []],
  ] as const) {
    const mine = await draft(ines!, [shop, met], scope)
    const { rows } = await house.owner.query('select siret, kind from ctx.conflicts_of($1, $2, $3) order by siret', [
      mine.id,
      [shop, met],
      today,
    ])
    assert.deepEqual(
      rows.map(({ siret, kind }) => `${siret} ${kind}`),
      expected,
    )
    assert.deepEqual(
      (await listed(ines!, mine.id)).map(([siret, kind]: any) => `${siret} ${kind}`),
      expected,
    )
  }
})

test('EST-12: of two campaigns that open at once on two shops of one company, the second sees what the first holds', async () => {
  const [shop, sister] = (await shops(2)) as [number, number]
  const [one, other] = [await draft(ines!, [shop]), await draft(paul!, [sister])]
  // Both wait here until each has begun.
  const gate = await house.owner.connect()
  await gate.query(`begin`)
  await gate.query(`select pg_advisory_xact_lock(hashtextextended('conflicts-by-company', 0))`)
  let over = false
  const both = Promise.all([post(ines!, one.id, 'open'), post(paul!, other.id, 'open')]).finally(() => {
    over = true
  })
  const waiting = async () =>
    (
      await gate.query(`select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`)
    ).rowCount
  while (!over && (await waiting())! < 2) await new Promise(resolve => setTimeout(resolve, 20))
  assert.equal(over, false, 'both wait')
  await gate.query('commit')
  gate.release()
  const answers = await both
  assert.deepEqual(answers.map(({ status, body }) => (status === 200 ? body.status : body.code)).sort(), [
    'campaign/undecided-conflicts',
    'open',
  ])
  assert.equal((await held(shop)).length + (await held(sister)).length, 1)
})

test('EST-12: what joins an open campaign is weighed by company too, and decided in the same act', async () => {
  const [first, shop, sister] = (await shops(3)) as [number, number, number]
  const [other] = (await shops(1)) as [number]
  const mine = await opened(ines!, [other])
  await opened(paul!, [sister])
  const add = (decided: object) => post(ines!, mine.id, 'targets', { sirets: [siretText(shop)], decided })
  assert.equal((await add({})).body.code, 'campaign/undecided-conflicts')
  const { status, body } = await add({ beside: 'take', reason: 'Autre métier' })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([await held(shop), await held(first)], [[mine.id], []])
})

test('EST-12: the scope is chosen with the draft, kept by a copy, and an unknown one is refused', async () => {
  const [shop] = (await shops(1)) as [number]
  const input = {
    name: 'Par entreprise',
    purpose: 'prospection',
    territoryId: coeur,
    startsOn: '2027-02-01',
    endsOn: '2027-03-01',
    memberIds: [],
  }
  const create = (over: object) => house.call(ines!, 'POST', '/campaigns', { ...input, ...over })
  assert.equal((await create({})).body.conflictScope, 'establishment')
  const { body } = await create({ conflictScope: 'company' })
  assert.equal(body.conflictScope, 'company')
  assert.equal((await create({ conflictScope: 'groupe' })).status, 400)
  const edited = await house.call(
    ines!,
    'PUT',
    `/campaigns/${body.id}`,
    { ...input, conflictScope: 'establishment' },
    { 'if-match': `"${body.version}"` },
  )
  assert.equal(edited.body.conflictScope, 'establishment', JSON.stringify(edited.body))
  const back = await house.call(
    ines!,
    'PUT',
    `/campaigns/${body.id}`,
    { ...input, conflictScope: 'company' },
    { 'if-match': `"${edited.body.version}"` },
  )
  assert.equal(back.body.conflictScope, 'company')
  await house.owner.query('insert into campaign_targets (campaign_id, siret, clpe_id) values ($1, $2, $3)', [
    body.id,
    shop,
    coeur,
  ])
  const copy = await post(ines!, body.id, 'duplicate', {
    name: 'Encore',
    startsOn: '2027-04-01',
    endsOn: '2027-05-01',
    withTargets: false,
  })
  assert.equal(copy.body.conflictScope, 'company', JSON.stringify(copy.body))
})
