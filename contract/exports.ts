/**
 * Routes that hand out a file, with the act that their trail bears: mass export is counted from them (SEC-2).
 * A test finds every route that hands out a file: it stands here, or in `notExports` with its reason.
 */
export const exportRoutes = {
  'POST /anomalies/export': 'anomalies.exported',
  'GET /campaigns/:campaignId/report.pdf': 'campaign.report-made',
  'GET /reviews/:reviewId/report.pdf': 'review.report-taken',
  'GET /reviews/:reviewId/report.csv': 'review.report-taken',
  'GET /rgc/deeds/:deedId/deed.pdf': 'rgc-deed.file-read',
  'POST /conventions/export': 'conventions.exported',
  'POST /habilitations/access/export': 'access.exported',
  'POST /campaigns/:campaignId/targets/export': 'targets.exported',
  'POST /portfolio/export': 'portfolio.exported',
  'POST /rounds/sheets': 'visit-sheets.exported',
  'POST /next-actions/export': 'next-actions.exported',
  'POST /exchanges/export': 'exchanges.exported',
  'POST /needs/export': 'needs.exported',
  'POST /establishments/export': 'establishments.exported',
  'POST /indicators/:code/rows/export': 'indicator-rows.exported',
  'POST /indicators/export': 'figures.exported',
  'POST /purges/export': 'purges.exported',
} as const satisfies Readonly<Record<string, string>>

export const notExports = {
  'GET /rgc/events/:eventId/paper':
    'the letter that a structure sent: each side holds its own; the reading is in the trail',
  'GET /conventions/:conventionId/documents/:documentId':
    'the convention and its letters: each party holds its own copy; the reading is in the trail',
} as const satisfies Readonly<Record<string, string>>

/** The acts that tell of an export. */
export const exportActs: readonly string[] = [...new Set(Object.values(exportRoutes))]

/** The header of a file that says how many lines it will hold, where the list counts them. */
export const linesHeader = 'x-lines'
