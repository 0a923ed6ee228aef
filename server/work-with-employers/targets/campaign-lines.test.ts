import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite } from '../../testing/parity.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { notes } from '../notes/index.ts'
import { followAs } from '../register-moves/testing.ts'
import { runningCampaigns } from '../running-campaigns/index.ts'
import { targets } from './index.ts'

// The turns of a target carry the clock of the database: the house keeps the same.
const today = parisDay(new Date())
const { aquitaine, gironde } = places
let house: House
let ines: Person // pilots for the community of communes
let karim: Person // advises in a member
let outsider: Person // reads the card in a structure of no campaign
let reader: Person // reads the card alone, in a member
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns, ...exchanges, ...notes, ...targets])
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    Array.from({ length: 30 }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  const [cc, mission, plie] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'Mission locale des Essais' }),
    await house.organisation({ name: 'PLIE des Essais' }),
  ]
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde } as const
  ines = await house.person(cc.id, [{ profile: 'pilote', territoryId: gironde }, card])
  karim = await house.person(mission.id, [{ profile: 'conseiller', territoryId: gironde }, card])
  outsider = await house.person(plie.id, [{ profile: 'conseiller', territoryId: gironde }, card])
  reader = await house.person(mission.id, [card])
})
after(() => house.close())

let next = 0
const shop = () => siretOf(++next)
const campaignOf = async (sirets: readonly number[], over: Parameters<typeof aCampaign>[0] = {}) =>
  (
    await insertCampaign(
      house.owner,
      aCampaign({
        pilotId: ines.organisationId,
        memberIds: [karim.organisationId],
        territoryId: gironde,
        place: { regionId: aquitaine, departementId: gironde, epciId: null, clpeId: null },
        status: 'open',
        startsOn: addDays(today, -20),
        endsOn: addDays(today, 40),
        openedAt: `${addDays(today, -20)}T08:00:00.000Z`,
        ...over,
      }),
      ines.id,
      sirets,
    )
  ).id
const onTarget = async (who: Person, id: string, siret: number, verb: string, body?: object) => {
  const answer = await house.call(who, 'POST', `/campaigns/${id}/targets/${siretText(siret)}/${verb}`, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}
const history = async (who: Person, siret: number, query = '') => {
  const { status, body } = await house.call(
    who,
    'GET',
    `/establishments/${siretText(siret)}/history?total=true&kind=campaign${query}`,
  )
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const turns = async (who: Person, siret: number, query = '') => {
  const { items, total } = await history(who, siret, query)
  assert.equal(total, items.length, query)
  return items.map(({ campaign }: any) => campaign.turn)
}
/** A target that lived it all, in a campaign since closed. */
const livedIt = async () => {
  const siret = shop()
  const id = await campaignOf([siret], { name: 'Artisans' })
  await onTarget(karim, id, siret, 'take')
  await onTarget(karim, id, siret, 'release')
  await onTarget(ines, id, siret, 'set-aside', { reason: 'Déjà suivi' })
  await onTarget(ines, id, siret, 'put-back', {})
  assert.equal((await house.call(ines, 'POST', `/campaigns/${id}/close`)).status, 200)
  return { siret, id }
}
const lived = ['campaign-closed', 'put-back', 'set-aside', 'assigned', 'assigned', 'entered']

test('EST-8: an employer joins a campaign, is taken, given back, set aside, put back, and the campaign closes: all on its history, the latest first', async () => {
  const { siret, id } = await livedIt()
  const { items } = await history(karim, siret)
  assert.deepEqual(
    items.map(({ campaign: { turn, organisation, day } }: any) => [turn, organisation.name, day]),
    lived.map(turn => [
      turn,
      turn === 'assigned' ? 'Mission locale des Essais' : 'CC des Essais',
      turn === 'entered' ? addDays(today, -20) : today,
    ]),
  )
  const [released, taken] = items.filter(({ campaign }: any) => campaign.turn === 'assigned')
  const own = {
    organisation: taken.campaign.organisation,
    person: { id: karim.id, name: karim.name, organisationId: karim.organisationId },
  }
  assert.deepEqual(
    [taken.campaign.assignment, released.campaign.assignment],
    [
      { by: own.person, how: null, from: null, to: own },
      { by: own.person, how: null, from: own, to: null },
    ],
  )
  for (const { exchange, note, need, campaign } of items) {
    assert.deepEqual([exchange, note, need], [null, null, null])
    assert.deepEqual([campaign.campaign, campaign.siret], [{ id, name: 'Artisans' }, siretText(siret)])
  }
})

test('EST-8: handed over once closed, a campaign keeps who opened it, added to it and closed it; what no act says is the pilot’s', async () => {
  const [first, added] = [shop(), shop()]
  const plie = await house.organisation({ name: 'PLIE repreneur' })
  const rights = [
    { profile: 'pilote', territoryId: gironde },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde },
  ] as const
  const paul = await house.person(plie.id, [...rights])
  const id = await campaignOf([first], { status: 'draft', openedAt: null, memberIds: [plie.id] })
  for (const [verb, body] of [
    ['open', undefined],
    ['targets', { sirets: [siretText(added)] }],
    ['close', undefined],
    ['hand-over', { organisationId: plie.id }],
  ] as const) {
    const answer = await house.call(ines, 'POST', `/campaigns/${id}/${verb}`, body)
    assert.equal(answer.status, 200, `${verb}: ${JSON.stringify(answer.body)}`)
  }
  const told = async (siret: number) =>
    (await history(paul, siret)).items.map(({ campaign: { turn, organisation } }: any) => [turn, organisation.name])
  for (const siret of [first, added])
    assert.deepEqual(await told(siret), [
      ['campaign-closed', 'CC des Essais'],
      ['entered', 'CC des Essais'],
    ])
  await house.owner.query(`update campaign_events set by_organisation = null where campaign_id = $1`, [id])
  assert.deepEqual(await told(first), [
    ['campaign-closed', 'PLIE repreneur'],
    ['entered', 'PLIE repreneur'],
  ])
})

test('EST-8: lines of campaigns and notes stand on one line, page after page; filtered by kind, campaign, structure, person and period', async () => {
  const { siret, id } = await livedIt()
  const other = await campaignOf([siret], { name: 'Industrie' })
  await house.call(karim, 'POST', `/establishments/${siretText(siret)}/notes`, { notes: 'Vu en mars' }, once())
  const path = `/establishments/${siretText(siret)}/history`
  const read = async (query: string) => {
    const found: string[] = []
    for (let after = ''; ; ) {
      const { body } = await house.call(karim, 'GET', `${path}?limit=2${query}${after}`)
      found.push(...body.items.map((line: any) => line.campaign?.turn ?? 'note'))
      if (!body.next) return found
      after = `&after=${body.next}`
    }
  }
  const whole = await read('')
  assert.deepEqual([whole.length, whole.indexOf('note') >= 0], [lived.length + 2, true])
  assert.deepEqual((await read('&kind=campaign')).toSorted(), [...lived, 'entered'].toSorted())
  assert.deepEqual(await read('&kind=note'), ['note'])
  for (const [query, expected] of [
    [`&campaign=${id}`, lived],
    [`&campaign=${other}`, ['entered']],
    [`&organisation=${karim.organisationId}`, ['assigned', 'assigned']],
    [`&author=${karim.id}`, ['assigned', 'assigned']],
    [`&author=${ines.id}`, []],
    [`&to=${addDays(today, -1)}`, ['entered', 'entered']],
    [`&from=${addDays(today, -1)}`, lived.slice(0, -1)],
    ['&channel=visite', []],
  ] as const)
    assert.deepEqual(await turns(karim, siret, query), expected, query)
  const { body } = await house.call(karim, 'GET', `${path}/choices`)
  assert.deepEqual(
    [body.organisations, body.authors, body.campaigns].map(some => some.map(({ name }: any) => name)),
    [['CC des Essais', 'Mission locale des Essais'], [karim.name], ['Artisans', 'Industrie']],
  )
})

test('SEC-6, EST-8: whoever does not see a campaign sees none of its lines, in the list, the count nor the choices; a draft tells nobody', async () => {
  const { siret } = await livedIt()
  await campaignOf([siret], { status: 'draft', openedAt: null })
  assert.equal((await turns(ines, siret)).length, lived.length)
  for (const who of [outsider, reader]) {
    assert.deepEqual(await turns(who, siret), [])
    const { body } = await house.call(who, 'GET', `/establishments/${siretText(siret)}/history/choices`)
    assert.deepEqual(body, { organisations: [], authors: [], met: [], campaigns: [] })
  }
})

test('EST-8: of the whole company, each line with its establishment', async () => {
  const { siret } = await livedIt()
  const sister = Math.floor(siret / 100_000) * 100_000 + 99_999
  await insertEstablishments(house.owner, [{ siret: sister }])
  await campaignOf([sister])
  assert.deepEqual(await turns(karim, siret), lived)
  const { items } = await history(karim, siret, '&company=true')
  const beside = items.filter(({ campaign }: any) => campaign.siret === siretText(sister))
  assert.ok(beside.length >= 1 && items.length > lived.length)
})

test('EST-8: set aside before the opening, it joins when first put back; added later, that day; a sharing out undone tells nothing', async () => {
  const [left, late, undone] = [shop(), shop(), shop()]
  const id = await campaignOf([left, late, undone], { status: 'draft', openedAt: null })
  await house.owner.query(
    `update campaign_targets set status = 'ecarte', set_aside_reason = 'Essai' where campaign_id = $1 and siret = $2`,
    [id, left],
  )
  await house.owner.query(`update campaigns set status = 'open', opened_at = now() - interval '3 days' where id = $1`, [
    id,
  ])
  assert.deepEqual(await turns(karim, left), [])
  await onTarget(ines, id, left, 'put-back', {})
  assert.deepEqual(await turns(karim, left), ['put-back'])
  await house.owner.query('update campaign_targets set added_at = now() where campaign_id = $1 and siret = $2', [
    id,
    late,
  ])
  assert.deepEqual(
    (await history(karim, late)).items.map(({ campaign }: any) => campaign.day),
    [today],
  )
  await house.owner.query(
    `insert into target_assignments (campaign_id, siret, at, by_id, to_organisation, status, contacts, undone)
      values ($1, $2, now(), $3, $4, 'a-contacter', 0, true)`,
    [id, undone, ines.id, karim.organisationId],
  )
  assert.deepEqual(await turns(karim, undone), ['entered'])
})

test('EST-8: a target set aside and left so sees no closing of its campaign', async () => {
  const siret = shop()
  const id = await campaignOf([siret])
  await onTarget(ines, id, siret, 'set-aside', { reason: 'Déjà suivi' })
  assert.equal((await house.call(ines, 'POST', `/campaigns/${id}/close`)).status, 200)
  assert.deepEqual(await turns(karim, siret), ['set-aside', 'entered'])
})

test('EST-8: added by the pilot to a campaign that runs, an employer joins it that day', async () => {
  const [first, added] = [shop(), shop()]
  const id = await campaignOf([first])
  const { status } = await house.call(ines, 'POST', `/campaigns/${id}/targets`, { sirets: [siretText(added)] })
  assert.equal(status, 200)
  assert.deepEqual(
    (await history(karim, added)).items.map(({ campaign: { turn, day } }: any) => [turn, day]),
    [['entered', today]],
  )
})

test('EST-8, CAM-14: a successor joins the day the register moved the target; no structure set the former place aside', async () => {
  const [former, successor] = [shop(), shop()]
  await campaignOf([former])
  await house.owner.query(`update establishments set active = false, closed_on = $2 where siret = $1`, [former, today])
  await house.owner.query('insert into establishment_successions values ($1, $2, $3, false, true)', [
    former,
    successor,
    today,
  ])
  assert.equal((await followAs(house.urls.workerUrl)).applied, 1)
  const told = async (siret: number) =>
    (await history(karim, siret)).items.map(({ campaign: { turn, day, organisation } }: any) => [
      turn,
      day,
      organisation?.name ?? null,
    ])
  assert.deepEqual(
    (await told(successor)).map(([turn, day]: string[]) => [turn, day]),
    [['entered', today]],
  )
  assert.deepEqual(await told(former), [
    ['set-aside', today, null],
    ['entered', addDays(today, -20), 'CC des Essais'],
  ])
})

test('EST-8: a page after the first counts as many lines as the first', async () => {
  const { siret } = await livedIt()
  const first = await history(karim, siret, '&limit=2')
  const second = await history(karim, siret, `&limit=2&after=${first.next}`)
  assert.deepEqual([first.total, second.total, second.items.length], [lived.length, lived.length, 2])
  const past = await history(karim, siret, `&from=${today}&limit=2&after=${first.next}`)
  assert.equal(past.total, lived.length - 1, 'and within the same filter')
})

test('EST-8: what the pilot closes without a contact is told, and its opening again; many at once, each has its line', async () => {
  const many = [shop(), shop()]
  const id = await campaignOf(many)
  for (const [status, result] of [
    ['traite', 'refus'],
    ['en-cours', null],
  ] as const)
    await house.owner.query('update campaign_targets set status = $2, closed_result = $3 where campaign_id = $1', [
      id,
      status,
      result,
    ])
  for (const siret of many) assert.deepEqual(await turns(karim, siret), ['reopened', 'closed', 'entered'])
  const [reopened] = (await history(karim, many[0]!)).items
  assert.equal(reopened.campaign.organisation, null, 'no structure did')
})

test('SEC-6, EST-8: straight to the database, nobody writes, changes nor takes away what became of a target', async () => {
  const { id, siret } = await livedIt()
  const hash = tokenHash(ines.cookie.slice('session='.length))
  for (const write of [
    sql`insert into target_turns (campaign_id, siret, at, turn) values (${id}::uuid, ${siret}, now(), 'closed')`,
    sql`update target_turns set turn = 'closed'`,
    sql`delete from target_turns`,
  ])
    assert.equal(await mayWrite(house.database, hash, write), false)
})

test('EST-3: the card says what each campaign makes of the employer: its state, who has it, the last contact; the latest to start first', async () => {
  const siret = shop()
  const first = await campaignOf([siret], { name: 'Artisans' })
  await campaignOf([siret], { name: 'Industrie', startsOn: addDays(today, -5) })
  await onTarget(karim, first, siret, 'take')
  const { status } = await house.call(
    karim,
    'POST',
    '/exchanges',
    { siret: siretText(siret), campaignId: first, occurredOn: today, channel: 'telephone', result: 'besoin-detecte' },
    once(),
  )
  assert.equal(status, 200)
  const ask = (who: Person) => house.call(who, 'GET', `/establishments/${siretText(siret)}/targets`)
  const { body } = await ask(ines)
  const mission = {
    id: karim.organisationId,
    name: 'Mission locale des Essais',
    kind: body.items[1].target.assignedTo.kind,
  }
  assert.deepEqual(
    body.items.map(({ campaign, target }: any) => [campaign.name, campaign.status, target]),
    [
      [
        'Industrie',
        'open',
        {
          status: 'a-contacter',
          setAsideReason: null,
          closedResult: null,
          assignedTo: null,
          takenBy: null,
          lastContact: null,
          contactCount: 0,
        },
      ],
      [
        'Artisans',
        'open',
        {
          status: 'besoin',
          setAsideReason: null,
          closedResult: null,
          assignedTo: mission,
          takenBy: { id: karim.id, name: karim.name, organisationId: karim.organisationId },
          lastContact: { organisation: mission, occurredOn: today },
          contactCount: 1,
        },
      ],
    ],
  )
  assert.equal(body.more, false)
})

test('EST-3: of an employer of more than fifty campaigns, fifty are shown, and that there are more', async () => {
  const siret = shop()
  const ask = async () => (await house.call(ines, 'GET', `/establishments/${siretText(siret)}/targets`)).body
  for (let n = 0; n < 50; n++) await campaignOf([siret])
  const all = await ask()
  assert.deepEqual([all.items.length, all.more], [50, false])
  await campaignOf([siret])
  const cut = await ask()
  assert.deepEqual([cut.items.length, cut.more], [50, true])
})

test('SEC-6, EST-3: whoever is of no campaign reads none there, its draft is its pilot’s, and without a grant of campaigns one is refused', async () => {
  const siret = shop()
  await campaignOf([siret])
  const draft = await campaignOf([siret], { status: 'draft', openedAt: null })
  const ask = async (who: Person) => (await house.call(who, 'GET', `/establishments/${siretText(siret)}/targets`)).body
  assert.deepEqual(await ask(outsider), { items: [], more: false })
  assert.equal((await ask(reader)).code, 'access/no-grant')
  const seen = async (who: Person) => (await ask(who)).items.map(({ campaign }: any) => campaign.id)
  assert.deepEqual([(await seen(ines)).includes(draft), (await seen(karim)).includes(draft)], [true, false])
  assert.equal((await house.call(ines, 'GET', '/establishments/12/targets')).body.code, 'request/malformed')
  assert.deepEqual((await house.call(ines, 'GET', `/establishments/${siretText(siretOf(90))}/targets`)).body.items, [])
})
