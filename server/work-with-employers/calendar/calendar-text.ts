import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import type { CalendarEvent } from './calendar-rules.ts'

/**
 * An iCalendar text (RFC 5545). Hours are written in universal time: every program reads them, and shows its own.
 * `host` makes the identifiers unique in the world.
 */
export const calendarText = (events: readonly CalendarEvent[], publicUrl: string, now: Date): string => {
  const { host } = new URL(publicUrl)
  const calendar = ical({
    name: 'Campagnes coordonnées',
    description: 'Vos prochaines actions',
    prodId: { company: 'campagnes-coordonnees', product: 'calendrier', language: 'FR' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3600,
  })
  for (const { id, version, title, place, when, cardPath } of events) {
    const card = `${publicUrl}${cardPath}`
    calendar.createEvent({
      id: `${id}@${host}`,
      sequence: version,
      stamp: now,
      summary: title,
      description: `La fiche : ${card}`,
      url: card,
      ...(place ? { location: place } : {}),
      ...('day' in when
        ? { start: new Date(`${when.day}T00:00:00Z`), allDay: true, transparency: ICalEventTransparency.TRANSPARENT }
        : { start: when.at, end: new Date(when.at.getTime() + when.minutes * 60_000) }),
    })
  }
  return calendar.toString()
}
