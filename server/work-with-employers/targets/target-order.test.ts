import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { legalNatures } from '../../../contract/territory-and-register/employer-kinds.ts'
import { targetOrders, type targetSorts, targetStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { targets } from './index.ts'

const line = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
const names = ['Zèbre', 'Éclair', 'eclair', 'Écluse', 'Abel', 'abri', 'Abri 2', 'Œuvre', 'Oz', 'Ñ', 'Nid', 'été']
const statuses = ['traite', 'a-contacter', 'en-cours', 'besoin'] as const
let house: House
let claire: Person
let campaignId: string
const namesOf = new Map<string, string>()
before(async () => {
  house = await openHouse(targets)
  await layTerritories(house.owner)
  const cc = await house.organisation()
  claire = await house.person(cc.id, [
    { profile: 'conseiller', territoryId: places.gironde },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  await insertEstablishments(
    house.owner,
    names.map((name, n) => ({ siret: siretOf(n + 1), name, commune: ['33001', '33002', '33003'][n % 3]! })),
  )
  const sirets = names.map((_, n) => siretOf(n + 1))
  for (const [n, band] of ['12', '53', 'NN', '00', '03'].entries())
    await house.owner.query('update establishments set headcount_band = $2 where siret % 5 = $1', [n, band])
  for (const [n, [category, size]] of [
    ['5499', 'large'],
    ['7210', 'pme'],
    ['9220', null],
    [null, 'eti'],
  ].entries())
    await house.owner.query(
      'update establishments set legal_category = $2, company_size = $3, employer = true where siret % 4 = $1',
      [n, category, size],
    )
  const seed = aCampaign({ pilotId: cc.id, territoryId: places.gironde, place: line, status: 'open' })
  campaignId = (await insertCampaign(house.owner, seed, claire.id, sirets)).id
  // Two people of one structure, a structure, and nobody.
  const other = await house.organisation({ name: 'Abri des Essais' })
  const held = [claire, await house.person(cc.id, [])]
  for (const { id } of held) {
    const { rows } = await house.owner.query(
      `select concat_ws(' ', o.name, a.family_name, a.given_name) as name from accounts a
        join organisations o on o.id = a.organisation_id where a.id = $1`,
      [id],
    )
    namesOf.set(id, rows[0].name)
  }
  namesOf.set(other.id, 'Abri des Essais')
  for (const [n, siret] of sirets.entries()) {
    const who = n % 5 < 2 ? held[n % 5]! : null
    await house.owner.query(
      `update campaign_targets set taken_by = $3, taken_by_organisation = $4, taken_at = case when $3::uuid is not null then now() end,
        assigned_organisation = $5 where campaign_id = $1 and siret = $2`,
      [campaignId, siret, who?.id ?? null, who?.organisationId ?? null, n % 5 === 2 ? other.id : null],
    )
    await house.owner.query('update campaign_targets set status = $3 where campaign_id = $1 and siret = $2', [
      campaignId,
      siret,
      statuses[n % 4],
    ])
    if (n % 2) continue
    const occurredOn = `2026-10-${10 + n}`
    const by = { siret, organisationId: cc.id, authorId: claire.id, occurredOn, campaignId }
    const nextAction = { kind: 'rappel', dueOn: `2026-12-${30 - n}`, dueAt: null, ownerId: claire.id }
    await insertExchange(house.owner, anExchange({ ...line, ...by, nextAction: n % 4 ? nextAction : null }))
    await house.owner.query(
      `insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, needs, last_on)
        values ($1, $2, $3, 1, 0, $4)`,
      [campaignId, siret, cc.id, occurredOn],
    )
  }
})
after(() => house.close())

const list = async (query: string) => house.call(claire, 'GET', `/campaigns/${campaignId}/targets?${query}`)
/** The whole list, a few lines at a time. */
const whole = async (query: string, limit = 5) => {
  const lines: any[] = []
  for (let after = ''; ; ) {
    const { status, body } = await list(`${query}&limit=${limit}${after && `&after=${after}`}`)
    assert.equal(status, 200, JSON.stringify(body))
    lines.push(...body.items)
    if (!body.next) return lines
    after = body.next
  }
}
const french = new Intl.Collator('fr').compare
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const sizeOf = ({ establishment: { headcount } }: any) =>
  headcount && /^\d\d$/.test(headcount.band) ? Number(headcount.band) : -1
const bigFirst = ['large', 'eti', 'pme', 'tpe', 'unknown']
const rankOf = (all: readonly string[], one: string) => all.indexOf(one)
/** As the list shows: the structure, then the person; what nobody holds last. */
const holderOf = ({ assignedTo, takenBy }: any) =>
  takenBy || assignedTo ? `0 ${namesOf.get(takenBy?.id ?? assignedTo.id)}` : '1'
const bySiret = (a: any, b: any) => byText(a.establishment.siret, b.establishment.siret)
type Sort = (typeof targetSorts)[number]
const compared: Record<Sort, (a: any, b: any) => number> = {
  siret: bySiret,
  name: (a, b) => french(a.establishment.name, b.establishment.name),
  town: (a, b) => byText(a.establishment.town, b.establishment.town),
  status: (a, b) => targetStatuses.indexOf(a.status) - targetStatuses.indexOf(b.status),
  action: (a, b) => byText(a.nextAction?.dueOn ?? '9', b.nextAction?.dueOn ?? '9'),
  size: (a, b) => rankOf(bigFirst, a.establishment.companySize) - rankOf(bigFirst, b.establishment.companySize),
  nature: (a, b) =>
    rankOf(legalNatures, a.establishment.legalNature) - rankOf(legalNatures, b.establishment.legalNature),
  holder: (a, b) => french(holderOf(a), holderOf(b)),
  headcount: (a, b) => sizeOf(b) - sizeOf(a),
  contact: (a, b) => byText(a.lastContact?.occurredOn ?? '', b.lastContact?.occurredOn ?? ''),
}
/** What has nothing to compare: last, whichever way one reads. */
const absent: Partial<Record<Sort, (target: any) => boolean>> = {
  action: ({ nextAction }) => nextAction === null,
  size: ({ establishment }) => establishment.companySize === 'unknown',
  nature: ({ establishment }) => establishment.legalNature === 'unknown',
  holder: target => holderOf(target) === '1',
  headcount: target => sizeOf(target) === -1,
}
const inOrder = (order: (typeof targetOrders)[number]) => {
  const turned = order.startsWith('-')
  const sort = order.replace('-', '') as Sort
  const lacks = absent[sort] ?? (() => false)
  return (a: any, b: any) =>
    Number(lacks(a)) - Number(lacks(b)) || (compared[sort](a, b) || bySiret(a, b)) * (turned ? -1 : 1)
}
const namesIn = (lines: readonly any[]) => lines.map(line => line.establishment.name)
for (const order of targetOrders)
  test(`CAM-10: targets by ${order}: each once, page after page, in the order that a person expects`, async () => {
    const lines = await whole(`sort=${order}`)
    const plain = await whole('')
    assert.equal(lines.length, names.length)
    assert.deepEqual(namesIn(lines), namesIn(plain.toSorted(inOrder(order))))
    // Without a sort, the list is by SIRET.
    if (order !== 'siret') assert.notDeepEqual(lines, plain)
    assert.deepEqual(
      (await whole(`sort=${order}&status=besoin`)).map(line => line.status),
      ['besoin', 'besoin', 'besoin'],
    )
  })
test('CAM-10: turned round, targets that have nothing to compare still come last, and those never met after the others', async () => {
  for (const [order, lacks] of Object.entries(absent)) {
    const lines = await whole(`sort=-${order}`)
    const missing = lines.filter(lacks).length
    assert.ok(missing > 0 && missing < lines.length, order)
    assert.deepEqual(
      lines.map(lacks),
      [...Array(lines.length - missing).fill(false), ...Array(missing).fill(true)],
      order,
    )
  }
  const met = (await whole('sort=-contact')).map(({ lastContact }) => lastContact?.occurredOn ?? null)
  assert.deepEqual(met.slice(0, 2), ['2026-10-20', '2026-10-18'])
  assert.deepEqual(met.slice(-6), Array(6).fill(null))
})
test('CAM-10: targets alike in what the order compares are read once each, at any length of page and either way', async () => {
  for (const order of ['status', '-status', 'size', '-size', '-holder', '-action']) {
    const names = namesIn(await whole(`sort=${order}`))
    for (const limit of [1, 2, 4, 7]) assert.deepEqual(namesIn(await whole(`sort=${order}`, limit)), names, order)
  }
})
test('CAM-10, EST-4: by nature, a natural person who opposed the use of their data comes with those it is not told of', async () => {
  const [person, association] = [siretOf(91), siretOf(92)]
  await insertEstablishments(house.owner, [{ siret: person, diffusion: 'P' }, { siret: association }])
  await house.owner.query(
    `update establishments set legal_category = case siret when $1 then '1000' else '9220' end where siret = any ($2)`,
    [person, [person, association]],
  )
  const seed = aCampaign({ pilotId: claire.organisationId, territoryId: places.gironde, place: line, status: 'open' })
  const { id } = await insertCampaign(house.owner, seed, claire.id, [person, association])
  for (const sort of ['nature', '-nature']) {
    const { body } = await house.call(claire, 'GET', `/campaigns/${id}/targets?sort=${sort}`)
    assert.deepEqual(
      body.items.map(({ establishment: { siret, legalNature } }: any) => [siret, legalNature]),
      [
        [siretText(association), 'association'],
        [siretText(person), 'unknown'],
      ],
    )
  }
})
test('CAM-10: an order that does not exist, either way, and a position that is not of a list in order, are refused', async () => {
  for (const sort of ['siren', '-', '--name', '-siren', 'name-', '', '%20name', 'name&sort=-name', '-name%27'])
    assert.deepEqual((await list(`sort=${sort}`)).body.code, 'request/malformed', sort)
  const { next } = (await list('limit=5')).body
  for (const sort of ['name', '-name', 'siret', '-siret'])
    assert.deepEqual((await list(`sort=${sort}&after=${next}`)).body.code, 'request/cursor-invalid')
})
