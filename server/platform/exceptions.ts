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
    method: 'POST',
    path: '/api/conventions/:conventionId/amendment-document',
    why: 'composes the PDF of an amendment outside the transaction, then keeps its bytes with its entry in the trail',
  },
  {
    method: 'GET',
    path: '/api/conventions/:conventionId/documents/:documentId',
    why: 'a download: the exact bytes of a document of a convention, with its entry in the trail',
  },
  {
    method: 'PUT',
    path: '/api/uploads/:uploadId/pieces/:position',
    why: 'a piece of a file, as its bytes are: no JSON; begun and dropped by actions, and no act until it is checked',
  },
  {
    method: 'POST',
    path: '/api/uploads/:uploadId/check',
    why: 'reads a file once outside the transaction, by the antivirus too, then says what came of it with its entry in the trail',
  },
  {
    method: 'GET',
    path: '/api/rgc/deeds/:deedId/deed.pdf',
    why: 'a download, made outside the transaction: a signed deed as a PDF, with its entry in the trail',
  },
  {
    method: 'GET',
    path: '/api/rgc/events/:eventId/paper',
    why: 'a download, by slices: what a structure declared of an account manager by letter, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/campaigns/:campaignId/targets/export',
    why: 'a download, written as it is read: the targets of a campaign, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/portfolio/export',
    why: 'a download, written as it is read: one’s own portfolio, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/rounds/sheets',
    why: 'a download, made outside the transaction: the visit sheets of a round as a PDF, with their entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/next-actions/export',
    why: 'a download, written as it is read: one’s own next actions, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/exchanges/export',
    why: 'a download, written as it is read: the exchanges of the network, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/needs/export',
    why: 'a download, written as it is read: the needs that one reads, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/establishments/export',
    why: 'a download, written as it is read: the establishments that a search found, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/indicators/:code/rows/export',
    why: 'a download, written as it is read: the rows of a figure, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/indicators/export',
    why: 'a download, written as it is read: the figures of a period, with its entry in the trail',
  },
  {
    method: 'POST',
    path: '/api/purges/export',
    why: 'a download, written as it is read: what was purged, with its entry in the trail',
  },
  {
    method: 'GET',
    path: '/calendrier/:feedId/:file',
    why: 'asked by a calendar program, without a session: one person’s next actions, at a signed secret address',
  },
  {
    method: 'POST',
    path: '/desabonnement/:kind/:mailId/:signature',
    why: 'pressed in a mail program, without a session (RFC 8058): stops the mails of one kind, by a signed address',
  },
  {
    method: 'POST',
    path: '/avis/lien',
    why: 'asked by an employer, who has no account: where the question of the mail stands, and who asks it',
  },
  {
    method: 'POST',
    path: '/avis/reponse',
    why: 'an employer’s answer on a closed need, once, by the link of the mail; no account',
  },
  {
    method: 'POST',
    path: '/avis/refus',
    why: 'an employer asks to be asked no more, by the link of the mail; no account',
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
  { method: 'POST', path: '/auth/structures', why: 'between which structures a sign-in waits; no session yet' },
  {
    method: 'POST',
    path: '/auth/structures/choose',
    why: 'opens the session of the chosen structure; no session yet',
  },
  { method: 'POST', path: '/auth/password/link', why: 'whether a one-time link still serves; no session' },
  { method: 'POST', path: '/auth/password/choose', why: 'a password chosen by a one-time link; no session' },
  {
    method: 'GET',
    path: '/*',
    why: 'the pages and their files; an unknown path answers the application, which shows its own 404',
  },
]
