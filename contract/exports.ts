/**
 * What leaves the service in a file, counted for mass export (SEC-2): each route, with the act by which its trail says
 * so. What hands out a file stands here or in
 * `notExports`, with its reason: a test looks.
 */
export const exportRoutes = {
  'POST /anomalies/export': 'anomalies.exported',
  'GET /campaigns/:campaignId/report.pdf': 'campaign.report-made',
  'GET /reviews/:reviewId/report.pdf': 'review.report-taken',
  'GET /reviews/:reviewId/report.csv': 'review.report-taken',
  'GET /rgc/deeds/:deedId/deed.pdf': 'rgc-deed.file-read',
  'POST /conventions/export': 'conventions.exported',
  'POST /habilitations/access/export': 'access.exported',
} as const satisfies Readonly<Record<string, string>>

export const notExports = {
  'GET /conventions/:conventionId/documents/:documentId':
    'the convention and its letters: each party holds its own copy; the reading is in the trail',
} as const satisfies Readonly<Record<string, string>>

/** The acts that tell of an export. */
export const exportActs: readonly string[] = [...new Set(Object.values(exportRoutes))]
