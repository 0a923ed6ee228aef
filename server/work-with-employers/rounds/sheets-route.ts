import type { FastifyInstance } from 'fastify'
import { listRoundStops, VisitSheetsAsked } from '../../../contract/work-with-employers/rounds.ts'
import type { Transaction } from '../../platform/database.ts'
import { sha256Hex } from '../../platform/digest.ts'
import { type DownloadParts, downloads } from '../../platform/download.ts'
import { Refused } from '../../platform/errors.ts'
import { footOf } from '../../platform/export/mark-rules.ts'
import type { Reading } from '../../platform/server.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { loadStops, type Stop, stopsReply } from './read-stops.ts'
import { sheetsOf } from './sheet-rules.ts'

const template = new URL('./sheet.typ', import.meta.url)

/** Told of the persons that the sheets carry, as of those that a page shows (SEC-1, SEC-2). */
export type SheetsParts = DownloadParts & { readonly onRevealed: (reading: Reading) => void }

/**
 * The visit sheets of a round as one PDF/UA: what the page says of each stop, under the same rights.
 * A download stands outside `load → may → run` (platform/exceptions.ts).
 * Rights are read anew with the entry in the trail, once the document is made: without the entry nothing leaves.
 */
export const visitSheets = (parts: SheetsParts) => (server: FastifyInstance) => {
  const asks = downloads(parts)
  const schema = { hide: true, body: VisitSheetsAsked }
  server.post('/api/rounds/sheets', { schema }, async (request, reply) => {
    const { purpose, sirets, day } = request.body as VisitSheetsAsked
    const { now, caller, within, trail } = asks(request, listRoundStops)
    const today = parisDay(now)
    const readBy = async (tx: Transaction, viewer: Viewer) =>
      stopsReply(await loadStops({ sirets: sirets.map(Number), day }, { db: tx, today }), { viewer, now, today })

    const { viewer, items } = await within(async (tx, viewer) => {
      const { items, unknown } = await readBy(tx, viewer)
      if (unknown.length > 0) throw new Refused('not-found')
      return { viewer, items }
    })
    const pdf = await parts.makePdf({
      template,
      data: sheetsOf(items, footOf({ madeAt: now, viewer, purpose })),
      madeAt: now,
      askedBy: viewer.accountId,
    })
    await within(async (tx, who) => {
      const { items: still } = await readBy(tx, who)
      if (losesAny(items, still)) throw new Refused('access/outside-perimeter')
      await trail(tx, {
        action: 'visit-sheets.exported',
        subject: ['account', who.accountId],
        detail: { purpose, establishments: sirets, sha256: sha256Hex(pdf) },
      })
    })
    parts.onRevealed({
      viewer,
      route: { ...listRoundStops, method: 'POST', path: '/rounds/sheets' },
      input: { params: undefined, query: undefined, body: undefined, ifMatch: undefined } as never,
      reply: { items },
      request: caller,
    })
    return reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="fiches-de-visite-${today}.pdf"`)
      .send(pdf)
  })
}

/** Whether what was said at a stop is no more the viewer's to read. */
const losesAny = (before: readonly Stop[], still: readonly Stop[]): boolean =>
  before.some((stop, at) => stop.lastContacts !== null && (still[at]?.lastContacts ?? null) === null)
