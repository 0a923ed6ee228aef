import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { categories, type DataCategory } from '../../../contract/route.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, sightsOf, withFunctionChanged } from '../../testing/parity.ts'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { places } from '../campaigns/testing-world.ts'
import { aCommitment, insertCommitments } from '../commitments/testing.ts'
import { aCorrespondent, insertCorrespondent } from '../correspondents/testing.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { aNeed, insertNeeds } from '../needs/testing.ts'
import { aNote, insertNotes } from '../notes/testing.ts'
import { registerMoves } from './index.ts'
import { mayReadFollowed } from './register-moves.policy.ts'
import { here, openWorld, siretIn } from './testing.ts'

let house: House
let world: Awaited<ReturnType<typeof openWorld>>
before(async () => {
  house = await openHouse(registerMoves)
  world = await openWorld(house)
})
after(() => house.close())

test('SEC-6, CAM-14: a closure is read by who held the target or had to act there, and by nobody else', async () => {
  const { id: organisationId } = await house.organisation()
  const works = [
    { profile: 'pilote', territoryId: places.gironde },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: places.gironde },
  ] as const
  const [pilot, holder, planner, both] = [
    await house.person(organisationId, [...works]),
    await house.person(organisationId, [...works]),
    await house.person(organisationId, [...works]),
    await house.person(organisationId, [...works]),
  ]
  const [taken, planned, ofBoth] = [siretIn(1), siretIn(2), siretIn(3)]
  await world.shops(...[taken, planned, ofBoth].map(siret => ({ siret, name: `MAISON ${siret}` })))
  const campaign = await world.campaign(pilot, [taken, ofBoth])
  await world.take(campaign, taken, holder)
  await world.take(campaign, ofBoth, both)
  for (const [siret, { id }] of [
    [planned, planner],
    [ofBoth, both],
  ] as const)
    await insertExchange(
      house.owner,
      anExchange({
        ...here,
        siret,
        campaignId: null,
        organisationId,
        authorId: id,
        nextAction: { kind: 'rappel', dueOn: '2026-12-01', dueAt: null, ownerId: id },
      }),
    )
  await world.close(taken, planned, ofBoth)
  await world.follow()
  const people = [pilot, holder, planner, both]
  const seenIn = async (from: string) =>
    (
      await sightsOf(
        house.database,
        people.map(({ cookie }) => tokenHash(cookie.slice('session='.length))),
        sql<{ id: string }>`select m.siret::text as id from ${sql.raw(from)}`,
      )
    ).map(({ ids }) => [...ids].sort())
  const [t, p, b] = [taken, planned, ofBoth].map(String) as [string, string, string]
  assert.deepEqual(await seenIn('register_moves m'), [[], [t], [p], [b]])
  assert.deepEqual(await seenIn('register_moves m join register_move_targets x on x.move_id = m.id'), [
    [],
    [t],
    [],
    [b],
  ])
  assert.deepEqual(await seenIn('register_moves m join register_move_records x on x.move_id = m.id'), [
    [],
    [],
    [p],
    [b],
  ])
})

test('SEC-6, CAM-14, AGR-12: where the history of a move went is told to who reads the card of the former place, to nobody else, and nothing of what annex 4 closes', async () => {
  const organisationId = (await house.organisation()).id
  const card = (territoryId: number) =>
    house.person(organisationId, [{ tool: 'fiche-etablissement', profile: 'consultation', territoryId }])
  const [near, far, both, none] = [
    await card(places.gironde),
    await card(places.landes),
    await card(places.aquitaine),
    await house.person(organisationId, [{ profile: 'conseiller', territoryId: places.gironde }]),
  ]
  const [from, to, closed, stays] = [siretIn(11), siretIn(11, 2), siretIn(12), siretIn(13)]
  await world.shops(
    { siret: from, name: 'PARTI' },
    { siret: to, commune: '40001', name: 'ARRIVÉ' },
    { siret: closed },
    { siret: stays },
  )
  for (const [siret, occurredOn] of [
    [from, '2026-10-02'],
    [from, '2026-10-12'],
    [closed, '2026-10-03'],
  ] as const)
    await insertExchange(
      house.owner,
      anExchange({ ...here, siret, organisationId, authorId: near.id, occurredOn, visibility: 'organisation' }),
    )
  const other = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  const noted = (by: Person, visibility: 'reseau' | 'organisation') =>
    aNote({ siret: from, organisationId: by.organisationId, authorId: by.id, visibility })
  const [shared, kept, withdrawn] = [noted(near, 'reseau'), noted(other, 'organisation'), noted(near, 'reseau')]
  await insertNotes(house.owner, [shared, kept, withdrawn])
  await world.query('update notes set withdrawn_at = now() where id = $1', withdrawn.id)
  const asked = (by: Person, visibility: 'reseau' | 'organisation') =>
    aNeed({ siret: from, organisationId: by.organisationId, ownerId: by.id, visibility })
  await insertNeeds(house.owner, [asked(near, 'reseau'), asked(other, 'organisation')])
  const [kind] = await world.query('select id from commitment_kinds limit 1')
  const promise = { siret: from, kindId: kind.id, organisationId, authorId: near.id }
  await insertCommitments(house.owner, [
    aCommitment(promise),
    aCommitment({ ...promise, withdrawnAt: '2026-10-05T08:00:00Z' }),
  ])
  const [person, again] = [aCorrespondent({ ...here, siret: from }), aCorrespondent({ ...here, siret: from })]
  for (const one of [person, again]) await insertCorrespondent(house.owner, one)
  await world.query('update correspondents set merged_into = $2 where id = $1', again.id, person.id)
  await world.close(from, closed)
  await world.link(from, to)
  await world.follow()
  const ask = async (who: Person, siret: number) =>
    house.call(who, 'GET', `/establishments/${siretText(siret)}/followed`)
  const { followed } = (await ask(near, from)).body
  assert.deepEqual(
    [followed.successor.siret, followed.exchanges, followed.lastExchangeOn, followed.peopleMet, followed.commitments],
    [siretText(to), 2, '2026-10-12', 1, 1],
  )
  const kinds = async (who: Person) => {
    const { noteCount, needs } = (await ask(who, from)).body.followed
    return [noteCount, needs]
  }
  assert.deepEqual(
    [await kinds(near), await kinds(other)],
    [
      [1, 1],
      [2, 2],
    ],
    'kept to an organisation, the others do not know that it is there',
  )
  const counted: Partial<Record<DataCategory, string>> = {}
  for (const category of categories) {
    await openCategories(house.owner, allBut(category))
    const { followed: told } = (await ask(near, from)).body
    counted[category] = [told.exchanges, told.peopleMet, told.commitments, told.noteCount, told.needs].join()
    await forgetVersions(house.owner)
  }
  assert.deepEqual(
    counted,
    {
      besoins: '2,1,1,1,0',
      interlocuteurs: '2,0,1,1,1',
      notes: '2,1,1,0,1',
      engagements: '2,1,0,1,1',
      renseignements: '2,1,1,1,1',
    },
    'AGR-12: what annex 4 closes is not counted',
  )
  assert.deepEqual((await ask(near, closed)).body, { followed: null }, 'nothing followed what only closed')
  assert.deepEqual((await ask(near, stays)).body, { followed: null })
  assert.equal((await ask(far, from)).body.code, 'access/outside-perimeter')
  assert.equal((await ask(none, from)).status, 403)
  assert.equal((await ask(near, siretIn(99))).status, 404)

  const viewers = [near, far, both, none]
  const sights = () =>
    sightsOf(
      house.database,
      viewers.map(({ cookie }) => tokenHash(cookie.slice('session='.length))),
      sql<{ id: string }>`select f.id::text from followed_from(${from}) f`,
    )
  const [move] = await world.query('select id::text from register_moves where siret = $1', from)
  const rows = [{ ...here, id: move.id as string }]
  assert.deepEqual(disagreements(await sights(), rows, mayReadFollowed), [])
  for (const [clause, mutant] of [
    ['ctx.covers((select ctx.fiche()), e.region_id, e.departement_id, e.epci_id, e.clpe_id)', 'true'],
    ['(select ctx.fiche()), e.region_id', '(select ctx.campagnes()), e.region_id'],
  ] as const)
    await withFunctionChanged(house.owner, 'followed_from(bigint)', clause, mutant, async () =>
      assert.notDeepEqual(disagreements(await sights(), rows, mayReadFollowed), [], clause),
    )
  await world.reopen(from)
  await world.unlink(from)
  await world.follow()
  assert.deepEqual((await ask(near, from)).body, { followed: null }, 'the register corrected itself')
})
