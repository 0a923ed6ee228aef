import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import type { House, Person } from '../../testing/house.ts'
import { sightsOf } from '../../testing/parity.ts'
import { campaignOfGironde, insertEstablishments, places, siretOf } from '../campaigns/testing-world.ts'
import { aMark, insertMarks } from '../do-not-contact/testing.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { card, openNetwork } from './testing.ts'

const { gironde } = places
let house: House
let claire: Person
let stranger: Person
let other: Person
let campaignId: string
before(async () => {
  const network = await openNetwork()
  ;({ house, claire } = network)
  const { cc, mission } = network
  stranger = await house.person(cc.id, [{ profile: 'conseiller', territoryId: gironde }, card(2040)])
  other = await house.person(mission.id, [{ profile: 'conseiller', territoryId: gironde }, card(gironde)])
  await insertEstablishments(
    house.owner,
    [1, 2, 3].map(n => ({ siret: siretOf(n) })),
  )
  campaignId = await campaignOfGironde(house.owner, claire, { name: 'Bâtiment' }, [1, 2])
  await campaignOfGironde(house.owner, claire, { name: 'Finie', status: 'closed' }, [1])
  await house.owner.query(
    `update campaign_targets set status = 'ecarte', set_aside_reason = 'essai' where siret = $1 and campaign_id = $2`,
    [siretOf(2), campaignId],
  )
  const exchange = (occurredOn: string, over: object = {}) =>
    insertExchange(
      house.owner,
      anExchange({ siret: siretOf(1), organisationId: cc.id, authorId: claire.id, occurredOn, ...over }),
    )
  await exchange('2026-09-01')
  await exchange('2026-10-05', { visibility: 'organisation' })
  const cancelled = await exchange('2026-10-20')
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [cancelled.id])
})
after(() => house.close())

const ask = async (who: Person, numbers: readonly number[]) =>
  house.call(who, 'GET', `/establishments/known-contacts?sirets=${numbers.map(n => siretText(siretOf(n))).join(',')}`)

test('UX-4: each line shown tells the last contact of the network and the open campaigns of mine', async () => {
  const { body } = await ask(claire, [2, 1, 1])
  assert.deepEqual(body.items, [
    { siret: siretText(siretOf(2)), lastContact: null, campaigns: [], notToContactUntil: null },
    {
      siret: siretText(siretOf(1)),
      lastContact: {
        organisation: {
          id: claire.organisationId,
          name: 'CC des Essais',
          kind: body.items[1].lastContact.organisation.kind,
        },
        occurredOn: '2026-10-05',
      },
      campaigns: [{ id: campaignId, name: 'Bâtiment' }],
      notToContactUntil: null,
    },
  ])
})

test('EST-7: another structure reads that a contact took place, kept within its structure or not, and no campaign it is not in', async () => {
  const { body } = await ask(other, [1])
  assert.deepEqual(
    body.items.map((item: any) => [item.lastContact.occurredOn, item.campaigns]),
    [['2026-10-05', []]],
  )
})

test('EST-10, UX-4: a line tells until when not to contact, while the mark stands', async () => {
  await insertMarks(house.owner, [
    aMark({ siret: siretOf(2), organisationId: claire.organisationId, authorId: claire.id }),
    aMark({
      siret: siretOf(1),
      organisationId: claire.organisationId,
      authorId: claire.id,
      endedAt: '2026-11-01T08:00:00Z',
    }),
  ])
  assert.deepEqual(
    (await ask(claire, [1, 2])).body.items.map((item: any) => item.notToContactUntil),
    [null, '2027-12-31'],
  )
  await house.owner.query('delete from do_not_contact_marks')
})

test('SEC-6: out of the perimeter, no line: neither the route nor the rows tell that there was a contact', async () => {
  assert.deepEqual((await ask(stranger, [1, 2])).body, { items: [] })
  const [seen] = await sightsOf(
    house.database,
    [tokenHash(stranger.cookie.slice('session='.length))],
    sql<{ id: string }>`select id from exchanges`,
  )
  assert.equal(seen!.ids.size, 0)
})

test('UX-4: what is no list of SIRETs, or too long a one, is refused', async () => {
  assert.equal((await house.call(claire, 'GET', '/establishments/known-contacts?sirets=12')).status, 400)
  assert.equal(
    (
      await ask(
        claire,
        Array.from({ length: 51 }, (_, n) => n + 1),
      )
    ).status,
    400,
  )
  assert.equal((await ask(claire, [999])).body.items.length, 0, 'unknown to the register')
})
