import { keyRing } from '../../platform/key-ring.ts'
import { buildServer } from '../../platform/server.ts'
import { systemClock } from '../../platform/time.ts'
import { openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, type ExchangeSeed, insertExchange } from '../exchanges/testing.ts'
import { calendarAddresses } from './calendar-addresses.ts'
import { calendarRoute } from './calendar-route.ts'
import { calendar } from './index.ts'

const publicUrl = 'http://localhost'

/** Two structures, their advisors, ten employers, and a server that a calendar program asks. */
export const openWorld = async () => {
  const calendars = calendarAddresses(keyRing(new Map([[1, Buffer.alloc(32, 7)]])), publicUrl)
  const house = await openHouse(calendar, { settings: { calendars } })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    Array.from({ length: 10 }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  const server = await buildServer({
    database: house.database,
    actions: [],
    publicUrl,
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    exceptions: [calendarRoute({ database: house.database, calendars, publicUrl, clock: systemClock })],
  })
  const [cc, mission] = [await house.organisation(), await house.organisation()]
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde } as const
  const advising = [{ profile: 'conseiller', territoryId: places.gironde } as const, card]
  const people = {
    paul: await house.person(cc.id, advising),
    ines: await house.person(cc.id, advising),
    lea: await house.person(cc.id, advising),
    karim: await house.person(mission.id, advising),
    reader: await house.person(cc.id, [{ profile: 'consultation', territoryId: places.gironde }, card]),
    bare: await house.person(cc.id),
  }
  return {
    house,
    server,
    people,
    /** An exchange of `who`, with the next action that it plans. */
    plan: (
      who: Person,
      n: number,
      next: Partial<ExchangeSeed['nextAction'] & object>,
      over: Partial<ExchangeSeed> = {},
    ) =>
      insertExchange(
        house.owner,
        anExchange({
          siret: siretOf(n),
          organisationId: who.organisationId,
          authorId: who.id,
          ...over,
          nextAction: { kind: 'rendez-vous', dueOn: '2027-07-05', dueAt: '14:30', ownerId: who.id, ...next },
        }),
      ),
    make: async (who: Person) => {
      const { status, body } = await house.call(who, 'PUT', '/calendar-feed')
      return { status, body, path: status === 200 ? new URL(body.address).pathname : '' }
    },
    /** As a calendar program does: no cookie. */
    read: (path: string) => server.inject({ method: 'GET', url: path }),
    close: async () => {
      await server.close()
      await house.close()
    },
  }
}
export type CalendarWorld = Awaited<ReturnType<typeof openWorld>>
