import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places } from '../campaigns/testing-world.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { exchanges } from '../exchanges/index.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { notes } from './index.ts'
import { aNote, insertNotes } from './testing.ts'

const [shop, sister] = [55500000100001, 55500000100002]
let house: House
let [claire, karim, stranger]: Person[] = []
let campaign: string
/** A correspondent of the shop, and the card that hers absorbed. */
let [nadia, twin] = ['', '']
/** The id of each line of the history, by what it is, and the reverse. */
const lines = new Map<string, string>()

const exchange = async (
  name: string,
  who: Person,
  over: Partial<Parameters<typeof anExchange>[0]>,
  { met, leftOut }: { met?: string; leftOut?: string } = {},
) => {
  const of = { siret: shop, organisationId: who.organisationId, authorId: who.id }
  const { id } = await insertExchange(house.owner, anExchange({ ...of, ...over }))
  lines.set(id, name)
  if (met)
    await house.owner.query('update exchange_contents set correspondent_id = $2 where exchange_id = $1', [id, met])
  if (leftOut)
    await house.owner.query(`update exchanges set left_out_campaign_id = $2, left_out = 'days' where id = $1`, [
      id,
      leftOut,
    ])
}

before(async () => {
  house = await openHouse([...notes, ...exchanges], { clock: () => new Date('2027-01-14T12:00:00Z') })
  await layTerritories(house.owner)
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'Mission locale des Essais' }),
  ]
  const person = (id: string, territoryId: number = places.gironde) =>
    house.person(id, [
      { profile: 'conseiller', territoryId },
      { tool: 'fiche-etablissement', profile: 'conseiller', territoryId },
    ])
  claire = await person(cc.id)
  karim = await person(mission.id)
  stranger = await person(cc.id, places.landes)
  await insertEstablishments(
    house.owner,
    [shop, sister].map(siret => ({ siret })),
  )
  const of = { pilotId: cc.id, memberIds: [mission.id], name: 'Artisans', status: 'open' } as const
  campaign = (await insertCampaign(house.owner, aCampaign({ ...of }), claire.id, [shop])).id
  const values = [aValue('givenName', 'Nadia'), aValue('familyName', 'Essai'), aValue('role', 'Gérante')]
  nadia = (await insertCorrespondent(house.owner, aCorrespondent({ siret: shop, values }))).id
  twin = (await insertCorrespondent(house.owner, aCorrespondent({ siret: shop, values: [] }))).id
  await house.owner.query('update correspondents set merged_into = $2 where id = $1', [twin, nadia])
  await exchange('a call of Claire', claire, { occurredOn: '2026-10-01' })
  await exchange('a visit of Claire to Nadia', claire, { channel: 'visite', occurredOn: '2026-10-02' }, { met: nadia })
  await exchange('a call of Karim to the twin', karim, { occurredOn: '2026-10-03' }, { met: twin })
  await exchange('a call of Karim for the campaign', karim, { campaignId: campaign, occurredOn: '2026-10-04' })
  await exchange('a visit of Karim left out', karim, { channel: 'visite' }, { leftOut: campaign })
  await exchange(
    'kept by the mission',
    karim,
    { campaignId: campaign, channel: 'visite', visibility: 'organisation', occurredOn: '2026-10-05' },
    { met: nadia },
  )
  await exchange('a call of Karim to the sister', karim, { siret: sister, occurredOn: '2026-10-06' })
  for (const [name, who, over] of [
    ['a note of Claire', claire, {}],
    ['a note of Karim', karim, {}],
    ['a note kept by the mission', karim, { visibility: 'organisation' }],
  ] as const) {
    const note = aNote({ siret: shop, organisationId: who.organisationId, authorId: who.id, ...over })
    await insertNotes(house.owner, [note])
    lines.set(note.id, name)
  }
})
after(() => house.close())

const read = async (who: Person, query: string) => {
  const { status, body } = await house.call(who, 'GET', `/establishments/${shop}/history?total=true&${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.total, body.items.length, query)
  // What campaigns did is told of in campaign-lines.test.ts.
  const names = body.items.flatMap((line: any) => (line.campaign ? [] : [lines.get((line.exchange ?? line.note).id)]))
  return names.toSorted()
}
const choices = async (who: Person, query = '') =>
  (await house.call(who, 'GET', `/establishments/${shop}/history/choices${query}`)).body

test('EST-8: the history is filtered by advisor, by the person met whatever card they had then, by campaign and by channel', async () => {
  for (const [query, expected] of [
    [`author=${claire!.id}`, ['a call of Claire', 'a note of Claire', 'a visit of Claire to Nadia']],
    [`author=${claire!.id}&kind=note`, ['a note of Claire']],
    [`correspondent=${nadia}`, ['a call of Karim to the twin', 'a visit of Claire to Nadia']],
    [`correspondent=${twin}`, []],
    [`campaign=${campaign}`, ['a call of Karim for the campaign', 'a visit of Karim left out']],
    [`campaign=${campaign}&kind=note`, []],
    ['channel=visite', ['a visit of Claire to Nadia', 'a visit of Karim left out']],
    [`channel=visite&author=${karim!.id}`, ['a visit of Karim left out']],
    [`company=true&channel=telephone&author=${karim!.id}&from=2026-10-05`, ['a call of Karim to the sister']],
  ] as const)
    assert.deepEqual(await read(claire!, query), expected, query)
})

test('EST-8, EST-11: of an exchange kept by another structure, no filter tells its person, campaign nor channel', async () => {
  const kept = 'kept by the mission'
  assert.ok((await read(claire!, `organisation=${karim!.organisationId}`)).includes(kept), 'its structure is shown')
  for (const query of [`author=${karim!.id}`, `correspondent=${nadia}`, `campaign=${campaign}`, 'channel=visite']) {
    assert.ok(!(await read(claire!, query)).includes(kept), query)
    assert.ok((await read(karim!, query)).includes(kept), `${query}, by its own structure`)
    const { body } = await house.call(claire!, 'GET', `/exchanges?siret=${shop}&total=true&${query}`)
    assert.ok(!body.items.some(({ id }: { id: string }) => lines.get(id) === kept), `${query}, as a list of exchanges`)
    assert.equal(body.total, body.items.length)
  }
  assert.deepEqual(await read(stranger!, `author=${karim!.id}`), [])
  for (const query of ['author=moi', 'channel=pigeon', 'correspondent=1', 'campaign='])
    assert.equal(
      (await house.call(claire!, 'GET', `/establishments/${shop}/history?${query}`)).body.code,
      'request/malformed',
    )
})

test('EST-8, EST-11: the choices of each filter are those of what one reads, each once, in the order of names', async () => {
  const names = (items: { name: string }[]) => items.map(({ name }) => name)
  const { organisations, authors, met, campaigns } = await choices(claire!)
  assert.deepEqual(names(organisations), ['CC des Essais', 'Mission locale des Essais'])
  assert.deepEqual(names(authors).toSorted(), [claire!.name, karim!.name].toSorted())
  assert.deepEqual(met, [{ correspondent: { id: nadia, name: 'Nadia Essai, Gérante' } }])
  assert.deepEqual(campaigns, [{ id: campaign, name: 'Artisans' }])
  // Who reads the campaign alone, and not the card there, reads its lines alone.
  const far = await choices(stranger!)
  assert.deepEqual([names(far.organisations), far.authors, far.met], [['CC des Essais'], [], []])
  assert.deepEqual(far.campaigns, campaigns)
  // Of one establishment whose only contact is kept by its structure, no more than the structure.
  const alone = 55500000300001
  await insertEstablishments(house.owner, [{ siret: alone }])
  await exchange('alone', karim!, { siret: alone, campaignId: campaign, visibility: 'organisation' }, { met: nadia })
  const hidden = (await house.call(claire!, 'GET', `/establishments/${alone}/history/choices`)).body
  assert.deepEqual(
    { ...hidden, organisations: names(hidden.organisations) },
    { organisations: ['Mission locale des Essais'], authors: [], met: [], campaigns: [] },
  )
  assert.equal((await house.call(karim!, 'GET', `/establishments/${alone}/history/choices`)).body.met.length, 1)
})
