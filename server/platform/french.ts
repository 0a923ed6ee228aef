const long = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' })

/** `2026-03-01` as « 01/03/2026 ». */
export const dayInFigures = (day: string): string => day.split('-').toReversed().join('/')
/** `2026-03-01` as « 1er mars 2026 ». */
export const dayInWords = (day: string): string => long.format(new Date(`${day}T00:00:00Z`)).replace(/^1 /, '1er ')
