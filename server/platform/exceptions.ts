/**
 * The routes that do not fit `load → may → run`, each with its reason; a fence test reads this list and refuses any
 * other.
 * Paths as Fastify prints them.
 */
export const exceptions: readonly { readonly method: string; readonly path: string; readonly why: string }[] = [
  { method: 'GET', path: '/health/live', why: 'asked by the supervisor, without a session: the process answers' },
  { method: 'GET', path: '/.well-known/security.txt', why: 'to whom a flaw is reported, without a session (RFC 9116)' },
  { method: 'GET', path: '/api/openapi.json', why: 'the description of the API, public' },
  {
    method: 'GET',
    path: '/api/campaigns/:campaignId/progress/stream',
    why: 'server-sent events: a version each time the progress of a campaign moves, rights read anew at each',
  },
  {
    method: 'GET',
    path: '/api/campaigns/:campaignId/report.pdf',
    why: 'a download, made outside the transaction: the progress of a campaign as a PDF, with its entry in the trail',
  },
  {
    method: 'GET',
    path: '/api/reviews/:reviewId/report.pdf',
    why: 'a download, made outside the transaction: the report of a review of accounts as a PDF, with its entry in the trail',
  },
  {
    method: 'GET',
    path: '/api/reviews/:reviewId/report.csv',
    why: 'a download: every line of a review of accounts, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/conventions/:conventionId/document',
    why: 'composes the PDF of a draft convention outside the transaction, then keeps its bytes with its entry in the trail',
  },
  {
    method: 'GET',
    path: '/api/conventions/:conventionId/documents/:documentId',
    why: 'a download: the exact bytes of a document of a convention, with its entry in the trail',
  },
  {
    method: 'GET',
    path: '/api/rgc/deeds/:deedId/deed.pdf',
    why: 'a download, made outside the transaction: a signed deed as a PDF, with its entry in the trail',
  },
  { method: 'GET', path: '/auth/sign-in', why: 'redirects to ProConnect; no session yet' },
  { method: 'GET', path: '/auth/callback', why: 'ProConnect comes back here; opens the session' },
  { method: 'GET', path: '/auth/step-up', why: 'redirects to ProConnect for a fresh proof' },
  { method: 'GET', path: '/auth/signed-out', why: 'ProConnect comes back here after sign-out' },
  {
    method: 'POST',
    path: '/auth/invitation',
    why: 'an invitation followed, kept in this browser until it comes back from ProConnect; no session',
  },
  { method: 'POST', path: '/auth/ways', why: 'what the sign-in page offers; no session' },
  { method: 'POST', path: '/auth/password', why: 'sign-in by password; no session yet: opens one on a single factor' },
  { method: 'POST', path: '/auth/password/link', why: 'whether a one-time link still serves; no session' },
  { method: 'POST', path: '/auth/password/choose', why: 'a password chosen by a one-time link; no session' },
  {
    method: 'GET',
    path: '/*',
    why: 'the pages and their files; an unknown path answers the application, which shows its own 404',
  },
]
