import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertContact, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { card } from './testing.ts'

/** Each third is in Graves, in the rest of Gironde, in Landes. */
const communes = ['33001', '33003', '40002']
const shops = Array.from({ length: 60 }, (_, n) => ({
  siret: siretOf(n + 1),
  name: `Atelier ${n}`,
  commune: communes[n % 3]!,
  employer: n % 4 < 2,
}))
const isIn = (n: number, departement: 'gironde' | 'landes') => (n % 3 === 2) === (departement === 'landes')
/** The last day of each that was contacted; two in five never were. Those of Landes are contacted as often. */
const lastOf = (n: number) => (n % 5 < 2 ? undefined : `2026-0${1 + (n % 9)}-15`)

let house: House
let claire: Person // reads cards and campaigns of Gironde
let reader: Person // reads cards alone, there
let outsider: Person // reads both there, of a structure that is member of nothing
let national: Person // reads cards of the whole country
const campaigns: Record<'open' | 'closed' | 'draft', string> = { open: '', closed: '', draft: '' }
/** What each campaign aims at; the third target of the open one is set aside, Claire took its second. */
const targets = { open: [0, 1, 3, 4, 6, 7], closed: [9, 10], draft: [12] }

before(async () => {
  house = await openHouse(establishments, { clock: () => new Date('2026-11-28T09:00:00Z') })
  await layTerritories(house.owner)
  const [cc, other, operator] = [await house.organisation(), await house.organisation(), await house.organisation()]
  const campaigns_ = { profile: 'conseiller', territoryId: places.gironde } as const
  claire = await house.person(cc.id, [card(places.gironde), campaigns_])
  reader = await house.person(cc.id, [card(places.gironde)])
  outsider = await house.person(other.id, [card(places.gironde), campaigns_])
  national = await house.person(operator.id, [card(0)])
  await insertEstablishments(house.owner, shops)
  for (const [n, { siret }] of shops.entries()) {
    const last = lastOf(n)
    if (!last) continue
    for (const day of ['2025-03-02', last])
      await insertContact(house.owner, crypto.randomUUID(), siret, { ...outsider }, day)
  }
  // A contact cancelled is none.
  const cancelled = crypto.randomUUID()
  await insertContact(house.owner, cancelled, siretOf(1), { ...claire }, '2026-11-20')
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [cancelled])
  for (const [status, of] of Object.entries(targets) as [keyof typeof targets, number[]][]) {
    const campaign = aCampaign({ status, pilotId: cc.id, startsOn: '2026-10-01', endsOn: '2026-12-15' })
    campaigns[status] = (
      await insertCampaign(
        house.owner,
        campaign,
        claire.id,
        of.map(n => siretOf(n + 1)),
      )
    ).id
  }
  await house.owner.query(
    `update campaign_targets set status = 'ecarte', set_aside_reason = 'Déjà vu' where campaign_id = $1 and siret = $2`,
    [campaigns.open, siretOf(4)],
  )
  await house.owner.query(
    `update campaign_targets set taken_by = $3, taken_by_organisation = $4, assigned_organisation = $4, taken_at = now(),
      status = 'prise-en-charge' where campaign_id = $1 and siret = $2`,
    [campaigns.open, siretOf(2), claire.id, cc.id],
  )
})
after(() => house.close())

const get = async (who: Person, path: string, query: Record<string, string>) => {
  const { status, body } = await house.call(who, 'GET', `/establishments${path}?${new URLSearchParams(query)}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const numbers = new Map(shops.map(({ siret }, n) => [siretText(siret), n]))
/** The numbers of all that is found, page after page; the total of the first page says the same. */
const found = async (who: Person, query: Record<string, string>) => {
  const lines: number[] = []
  let total: number | undefined
  for (let next: string | null = ''; next !== null; ) {
    const page = await get(who, '', { ...query, limit: '7', total: 'true', ...(next ? { after: next } : {}) })
    total ??= page.total
    lines.push(...page.items.map(({ siret }: { siret: string }) => numbers.get(siret)))
    next = page.next
  }
  assert.equal(total, lines.length, JSON.stringify(query))
  return lines.toSorted((a, b) => a - b)
}
const those = (keep: (n: number) => boolean) => [...shops.keys()].filter(keep)
const inGironde = (n: number) => isIn(n, 'gironde')
const isTarget = (n: number) => targets.open.includes(n) && n !== 3

const asked: readonly [query: Record<string, string>, expected: (n: number) => boolean][] = [
  [{ neverContacted: 'true' }, n => inGironde(n) && !lastOf(n)],
  [{ contactedSince: '2026-06-15' }, n => inGironde(n) && (lastOf(n) ?? '') >= '2026-06-15'],
  [{ contactedBefore: '2026-06-15' }, n => inGironde(n) && !!lastOf(n) && lastOf(n)! < '2026-06-15'],
  [
    { contactedSince: '2026-03-01', contactedBefore: '2026-06-01' },
    n => inGironde(n) && !!lastOf(n) && lastOf(n)! >= '2026-03-01' && lastOf(n)! < '2026-06-01',
  ],
  [{ neverContacted: 'true', contactedSince: '2026-01-01' }, () => false],
  [{ campaign: 'any' }, isTarget],
  [{ campaign: 'none' }, n => !isTarget(n)],
  [{ campaign: 'mine' }, n => n === 1],
  [{ campaign: 'any', neverContacted: 'true' }, n => isTarget(n) && inGironde(n) && !lastOf(n)],
  [
    { campaign: 'none', contactedSince: '2026-06-15' },
    n => !isTarget(n) && inGironde(n) && (lastOf(n) ?? '') >= '2026-06-15',
  ],
]
const searches: readonly Record<string, string>[] = [
  { q: 'atelier' },
  { territory: String(places.gironde) },
  { q: 'atelier', territory: String(places.gironde) },
]
for (const place of searches)
  test(`EST-2: by last contact and by campaign, ${JSON.stringify(place)} finds and counts what the facts say, page after page`, async () => {
    const there = (n: number) => !('territory' in place) || inGironde(n)
    for (const [query, expected] of asked) {
      const whole = { ...place, ...query }
      const wanted = those(n => there(n) && expected(n))
      assert.deepEqual(await found(claire, whole), wanted, JSON.stringify(whole))
      assert.deepEqual(await found(claire, { ...whole, sort: 'name' }), wanted, `${JSON.stringify(whole)}, in order`)
      const employers = wanted.filter(n => shops[n]!.employer).length
      const { employer } = await get(claire, '/facets', whole)
      assert.deepEqual(
        employer.map(({ value, count }: { value: boolean; count: number }) => [value, count]),
        [
          [true, employers],
          [false, wanted.length - employers],
        ],
        `${JSON.stringify(whole)}, in its facets`,
      )
    }
  })

test('EST-2: by a campaign, those that it aims at and kept, open or not; by a SIREN too', async () => {
  for (const [query, expected] of [
    [{ q: 'atelier', campaign: campaigns.open }, targets.open.filter(n => n !== 3)],
    [{ q: 'atelier', campaign: campaigns.closed }, targets.closed],
    [{ q: siretText(siretOf(2)), campaign: 'mine' }, [1]],
    [{ q: siretText(siretOf(1)), campaign: 'mine' }, []],
    [{ q: siretText(siretOf(1)).slice(0, 9), campaign: 'any', neverContacted: 'true' }, [0, 1, 6]],
  ] as const)
    assert.deepEqual(await found(claire, query), expected, JSON.stringify(query))
})

test('EST-2, SEC-6: no filter tells a contact nor a campaign that one may not see', async () => {
  // Of another structure, or without the tool: no campaign is theirs.
  for (const who of [reader, outsider]) {
    for (const campaign of ['any', 'mine', ...Object.values(campaigns)])
      assert.deepEqual(await found(who, { q: 'atelier', campaign }), [], campaign)
    assert.deepEqual(
      await found(who, { q: 'atelier', campaign: 'none' }),
      those(() => true),
    )
  }
  // Out of the perimeter nobody knows: neither contacted, nor never contacted.
  const known: Record<string, string>[] = [
    { neverContacted: 'true' },
    { contactedBefore: '2026-12-01' },
    { contactedSince: '2020-01-01' },
  ]
  for (const query of known)
    assert.deepEqual(await found(claire, { q: 'atelier', territory: String(places.landes), ...query }), [])
  assert.deepEqual(
    await found(national, { q: 'atelier', neverContacted: 'true' }),
    those(n => !lastOf(n)),
  )
  for (const query of ['neverContacted=false', 'contactedSince=hier', 'campaign=toutes', 'campaign='])
    assert.equal((await house.call(claire, 'GET', `/establishments?q=atelier&${query}`)).body.code, 'request/malformed')
})
