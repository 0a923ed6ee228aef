import type { FastifyInstance } from 'fastify'
import type { Database } from '../../platform/database.ts'
import { Refused } from '../../platform/errors.ts'
import { parisDay } from '../../platform/time.ts'
import { enterCalendar, ownEvents } from './calendar.queries.ts'
import { type CalendarAddresses, calendarPath } from './calendar-addresses.ts'
import { eventOf } from './calendar-rules.ts'
import { calendarText } from './calendar-text.ts'

interface Parts {
  readonly database: Database
  readonly calendars: CalendarAddresses
  readonly publicUrl: string
  readonly clock: () => Date
}

/**
 * Answers a calendar program, which has no session (platform/exceptions.ts). What we did not sign is refused before any
 * statement; rights are those of the moment, and where none opens the calendar is empty.
 */
export const calendarRoute =
  ({ database, calendars, publicUrl, clock }: Parts) =>
  (server: FastifyInstance) => {
    // A calendar program may ask with HEAD whether the address stands: it makes nothing that the trail tells.
    const options = { schema: { hide: true }, exposeHeadRoute: true }
    server.get(`${calendarPath}/:feedId/:file`, options, async (request, reply) => {
      const { feedId, file } = request.params as { feedId: string; file: string }
      const name = calendars.read(feedId, file)
      if (!name) throw new Refused('not-found')
      const now = clock()
      const events = await database.transaction(async tx => {
        const opens = await enterCalendar(tx, name)
        if (opens === null) throw new Refused('not-found')
        return opens ? (await ownEvents(tx, parisDay(now))).map(eventOf) : []
      })
      return reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .header('content-disposition', 'attachment; filename="campagnes-coordonnees.ics"')
        .send(calendarText(events, publicUrl, now))
    })
  }
