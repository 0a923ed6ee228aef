import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { openExports } from '../../testing/exports.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaigns } from '../../work-with-employers/campaigns/testing.ts'
import { anExchange, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { indicatorRowsExport } from './export-rows.ts'
import { indicators } from './index.ts'

/* The establishments reached by nature and size of their employers. */
const period = 'from=2026-09-01&to=2026-09-30'
let house: House
let claire: Person // community of communes, member of both campaigns
let karim: Person // mission locale, member of the second alone
let nadia: Person // the operator, member of nothing, over the department
let elsewhere: Person // the operator's agent of another department
let narrow: Person // reads no card
let second: string

const rights = (territoryId: number) =>
  [
    { tool: 'campagnes', profile: 'conseiller', territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const
interface Employer {
  readonly siret: number
  readonly category: string
  readonly size: string | null
  readonly hidden?: boolean
}
/** Company of under ten, of a thousand; association; town hall; a person who objects; one that the register lost. */
const employers: readonly Employer[] = [
  { siret: 31000000000001, category: '5499', size: 'tpe' },
  { siret: 31000000000002, category: '5710', size: 'eti' },
  { siret: 31000000000003, category: '9220', size: 'tpe' },
  { siret: 31000000000004, category: '7210', size: null },
  { siret: 31000000000005, category: '1000', size: null, hidden: true },
]
const lost = 31000000000006

before(async () => {
  house = await openHouse(indicators, { clock: () => new Date('2026-11-25T11:00:00Z') })
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query(
    'insert into territory_overlaps values (0, 2033), (2033, 0), (2033, 2033), (0, 2040), (2040, 0), (2040, 2040)',
  )
  for (const { siret, category, size, hidden = false } of employers)
    await house.owner.query(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, natural_person,
        legal_category, company_size, region_id, departement_id, row_hash)
        values ($1, $1::bigint / 100000, $1::bigint % 100000, $2, true, true, $3, $4, $5, $6, 1075, 2033, 0)`,
      [siret, hidden ? null : `ESSAI ${siret}`, hidden ? 'P' : 'O', hidden, category, size],
    )
  const [cc, mission, operator] = [
    await house.organisation({ kind: 'epci' }),
    await house.organisation({ kind: 'mission-locale' }),
    await house.organisation({ kind: 'operateur' }),
  ]
  claire = await house.person(cc.id, [...rights(2033)])
  karim = await house.person(mission.id, [...rights(2033)])
  nadia = await house.person(operator.id, [...rights(2033)])
  elsewhere = await house.person(operator.id, [...rights(2040)])
  narrow = await house.person(cc.id, [rights(2033)[0]])
  const other = await house.organisation({ kind: 'plie' })
  const campaigns = [
    [cc.id, other.id],
    [cc.id, mission.id],
  ].map(([pilotId, member]) =>
    aCampaign({
      status: 'open',
      territoryId: 2033,
      pilotId: pilotId!,
      memberIds: [member!],
      createdAt: '2026-08-01T06:00:00Z',
      openedAt: '2026-08-02T06:00:00Z',
      startsOn: '2026-08-02',
      endsOn: '2026-12-31',
    }),
  )
  await insertCampaigns(house.owner, campaigns, claire.id)
  second = campaigns[1]!.id
  for (const [siret, campaign] of [
    ...employers.map(({ siret }) => [siret, 0] as const),
    [lost, 0],
    [31000000000001, 1],
    [31000000000004, 1],
  ] as const)
    await insertExchange(
      house.owner,
      anExchange({
        siret,
        organisationId: cc.id,
        authorId: claire.id,
        campaignId: campaigns[campaign]!.id,
        occurredOn: '2026-09-15',
      }),
    )
})
after(() => house.close())

type Counted = { code: string; value: number }[]
const told = (parts: Counted) =>
  Object.fromEntries(parts.filter(p => p.value).map(p => [p.code.split('.')[1], p.value]))
const read = async (who: Person, more = '') => {
  const { status, body } = await house.call(who, 'GET', `/indicators/etablissements/employers?${period}${more}`)
  assert.equal(status, 200, JSON.stringify(body))
  return [told(body.natures), told(body.sizes)]
}
const whole = [
  { company: 2, association: 1, public: 1, unknown: 2 },
  { tpe: 2, eti: 1, unknown: 3 },
]

test('EST-14, IND-5: each establishment reached counts once in a nature and once in a size; what the register hides or lost is unknown', async () => {
  assert.deepEqual(await read(claire), whole)
  assert.deepEqual(await read(claire, `&campaign=${second}`), [
    { company: 1, public: 1 },
    { tpe: 1, unknown: 1 },
  ])
  assert.deepEqual(await read(claire, '&territory=2040'), [{}, {}])
})

test('EST-14, IND-6: counted within one’s rights: a member’s campaigns, the operator’s perimeter as sums', async () => {
  assert.deepEqual(await read(karim), [
    { company: 1, public: 1 },
    { tpe: 1, unknown: 1 },
  ])
  assert.deepEqual(await read(nadia), whole)
  assert.deepEqual(await read(elsewhere), [{}, {}])
  assert.deepEqual(await read(narrow), [{}, {}], 'reads no card')
})

test('EST-14, IND-5: they make the figure, over whole months as by structure, and each opens to its rows', async () => {
  for (const who of [claire, karim, nadia])
    for (const filter of ['', `&organisation=${claire.organisationId}`, `&campaign=${second}`]) {
      const { body } = await house.call(who, 'GET', `/indicators/etablissements/employers?${period}${filter}`)
      const { items } = (await house.call(who, 'GET', `/indicators?${period}${filter}`)).body
      const { value } = items.find(({ code }: { code: string }) => code === 'etablissements')
      for (const parts of [body.natures, body.sizes] as Counted[]) {
        assert.equal(
          parts.reduce((sum, part) => sum + part.value, 0),
          value,
        )
        for (const part of parts) {
          const { body: rows } = await house.call(
            who,
            'GET',
            `/indicators/etablissements/rows?${period}${filter}&total=true&part=${part.code}`,
          )
          assert.equal(rows.value, part.value, `${who.name} ${part.code} ${filter}`)
          assert.equal(rows.total + rows.unnamed, part.value)
          assert.equal(rows.items.length, who === nadia ? 0 : part.value, 'the operator reads the sum alone')
        }
      }
    }
  const { body } = await house.call(
    claire,
    'GET',
    `/indicators/etablissements/rows?${period}&total=true&part=nature.nothing`,
  )
  assert.deepEqual([body.items, body.value], [[], 0])
})

test('EST-14, IND-5: the rows of a part leave with its name', async () => {
  const { server, close } = await openExports(house.database, [indicatorRowsExport], indicators)
  try {
    const { statusCode, body } = await server.inject({
      method: 'POST',
      url: `/api/indicators/etablissements/rows/export?${period}&part=nature.association`,
      headers: { cookie: claire.cookie },
      payload: { purpose: 'Conseil communautaire', format: 'csv' },
    })
    assert.equal(statusCode, 200, body)
    assert.match(body, /partie « Association ou fondation »/)
    assert.equal(body.split('\r\n')[0]!.split(';').length, Object.keys(exportedLists.indicatorRows.columns).length)
    assert.match(body, /ESSAI 31000000000003/)
    assert.doesNotMatch(body, /ESSAI 31000000000001/)
  } finally {
    await close()
  }
})

test('IND-5: a period upside down is refused; so is who holds no grant of the campaigns', async () => {
  const answer = await house.call(claire, 'GET', '/indicators/etablissements/employers?from=2026-10-01&to=2026-09-30')
  assert.equal(answer.body.code, 'indicator/period-reversed')
  const cards = await house.person(claire.organisationId, [rights(2033)[1]])
  const refused = await house.call(cards, 'GET', `/indicators/etablissements/employers?${period}`)
  assert.deepEqual([refused.status, refused.body.natures], [403, undefined])
})
