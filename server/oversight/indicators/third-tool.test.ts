import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as recruitments from '../../../contract/territory-and-register/recruitments.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person, tokenOf } from '../../testing/house.ts'
import { insertPlaces } from '../../testing/people.ts'
import { indicators } from './index.ts'
import { recordUsage } from './usage.ts'

const now = new Date('2026-12-10T09:00:00Z')
const period = 'from=2026-12-01&to=2026-12-31'
let house: House
before(async () => {
  house = await openHouse(indicators, { clock: () => now })
  await insertPlaces(house)
})
after(() => house.close())

const viewerOf = async (who: Person) => {
  const tx = await house.database.begin()
  const viewer = await tx.enter(tokenHash(who.cookie.slice('session='.length)))
  await tx.rollback()
  return viewer!
}
const figures = async (who: Person) => {
  const { status, body } = await house.call(who, 'GET', `/indicators?${period}`)
  assert.equal(status, 200)
  const of = (code: string) => body.items.find((item: any) => item.code === code)
  return Object.fromEntries(
    ['conseillers-utilisateurs', 'usage'].map(code => [
      code,
      of(code)
        .parts.filter((part: any) => part.code.startsWith('fiche-recrutement'))
        .map((part: any) => [part.code, part.value]),
    ]),
  )
}

test('IND-1, IND-2: advisors of the third tool are those who opened a recruitment card or a company’s; the line in summary is no use', async () => {
  const partner = (await house.organisation()).id
  const right = { tool: 'fiche-recrutement', profile: 'consultation', territoryId: 0 } as const
  const [lea, max, summary] = [
    await house.person(partner, [right]),
    await house.person(partner, [right]),
    await house.person(partner, [right]),
  ]
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const nadia = await house.person(operator, [right, { tool: 'campagnes', territoryId: 0 }])
  const usage = recordUsage(house.database, { clock: () => now, everyMs: 3_600_000 })
  for (const [who, route, times] of [
    [lea, recruitments.getRecruitment, 3],
    [lea, recruitments.getCompanyRecruitment, 1],
    [lea, recruitments.getRecruitmentSummary, 9],
    [max, recruitments.getCompanyRecruitment, 1],
    [summary, recruitments.getRecruitmentSummary, 1],
    [nadia, recruitments.getRecruitment, 5],
  ] as const) {
    const [viewer, token] = [await viewerOf(who), Buffer.from(tokenOf(who), 'hex')]
    for (let n = 0; n < times; n++) usage.onAnswered(viewer, route, token)
  }
  await usage.stop()
  assert.deepEqual(await figures(nadia), {
    'conseillers-utilisateurs': [['fiche-recrutement', 2]],
    usage: [
      ['fiche-recrutement.sessions', 2],
      ['fiche-recrutement.fiches-consultees', 5],
    ],
  })
})
