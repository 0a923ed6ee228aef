import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { getRgc } from '../../../contract/people-and-rights/rgc.ts'
import type { Transaction } from '../../platform/database.ts'
import { sha256 } from '../../platform/digest.ts'
import { type Download, type DownloadParts, downloads } from '../../platform/download.ts'
import { found, Refused } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { deedDocument } from './deed-file-rules.ts'
import { ofDeed } from './deed-reply.ts'
import { eventById } from './events.queries.ts'
import { deedSlice, type KeptRow, keptDeed, keptPaper, paperSlice, storeFile } from './kept-files.queries.ts'
import { mayReadCopy, mayReadFile } from './rgc.policy.ts'
import { deedById } from './rgc.queries.ts'

const template = new URL('./deed.typ', import.meta.url)

/** A kept file leaves by slices of so many bytes: memory does not grow with what a scan weighs. */
const atOnce = 512 * 1024
type Slice = typeof deedSlice
const extensions = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' } as const
/** Each slice under the rights of that moment: a right that goes cuts the file. */
async function* slices(
  slice: Slice,
  id: string,
  { size }: KeptRow,
  within: Download['within'],
): AsyncGenerator<Buffer> {
  for (let from = 0; from < size; from += atOnce) yield found(await within(tx => slice(tx, id, from, atOnce)))
}
const send = (reply: FastifyReply, name: string, kept: KeptRow, bytes: AsyncGenerator<Buffer>) =>
  reply
    .header('content-type', kept.mediaType)
    .header('content-length', kept.size)
    .header('content-disposition', `attachment; filename="${name}.${extensions[kept.mediaType]}"`)
    .send(Readable.from(bytes))

/**
 * The signed deed as PDF/UA. It is made at its first reading, and has the same bytes ever after; signed by hand, it is
 * its scan. It holds dates of birth: the CSSI reads it, and the person when it names nobody else. The others who signed
 * keep a copy, made for each of them, where the dates that they may not read are masked (RGC-10).
 * A download stands outside `load → may → run`. Each reading is in the trail, and without the entry nothing leaves.
 */
const signedDeed = (server: FastifyInstance, parts: DownloadParts, asks: ReturnType<typeof downloads>) => {
  const readable = async (tx: Transaction, viewer: Viewer, id: string) => {
    const deed = found(await deedById(tx, id))
    const whole = mayReadFile(viewer, ofDeed(deed))
    if (deed.sentAt === null || !(whole || mayReadCopy(viewer, ofDeed(deed)))) throw new Refused('not-found')
    return { deed, whole, askedBy: viewer.accountId, stored: whole ? await keptDeed(tx, id) : undefined }
  }

  server.get('/api/rgc/deeds/:deedId/deed.pdf', { schema: { hide: true } }, async (request, reply) => {
    const { deedId } = request.params as { deedId: string }
    const { now, within, trail } = asks(request, getRgc, deedId)
    const first = await within((tx, viewer) => readable(tx, viewer, deedId))
    const made = first.stored
      ? null
      : await parts.makePdf({
          template,
          data: deedDocument(first.deed),
          madeAt: first.deed.sentAt!,
          askedBy: first.askedBy,
        })
    const kept = await within(async (tx, viewer) => {
      const { whole } = await readable(tx, viewer, deedId)
      // A right that changed since: what was made for the one is not given to the other.
      if (whole !== first.whole) throw new Refused('not-found')
      // Two may make it at once: the first one kept is the deed's.
      if (whole && made) await storeFile(tx, deedId, made, sha256(made), now)
      const stored = whole ? found(await keptDeed(tx, deedId)) : null
      await trail(tx, {
        action: 'rgc-deed.file-read',
        subject: ['rgc-deed', deedId],
        detail: { sha256: stored?.sha256 ?? sha256(made!).toString('hex'), copy: !whole },
      })
      return stored
    })
    const name = `acte-d-engagement-${deedId.slice(0, 8)}`
    return kept
      ? send(reply, name, kept, slices(deedSlice, deedId, kept, within))
      : reply
          .header('content-type', 'application/pdf')
          .header('content-disposition', `attachment; filename="${name}.pdf"`)
          .send(made)
  })
}

/** AGR-13: the letter or the e-mail by which a structure declared a departure, as the CSSI received it. */
const receivedPaper = (server: FastifyInstance, asks: ReturnType<typeof downloads>) =>
  server.get('/api/rgc/events/:eventId/paper', { schema: { hide: true } }, async (request, reply) => {
    const { eventId } = request.params as { eventId: string }
    const { within, trail } = asks(request, getRgc, eventId)
    const kept = await within(async tx => {
      const [event, paper] = await Promise.all([eventById(tx, eventId), keptPaper(tx, eventId)])
      const one = found(paper)
      await trail(tx, {
        action: 'rgc-event.paper-read',
        subject: ['account', found(event).person.id],
        detail: { event: eventId, sha256: one.sha256 },
      })
      return one
    })
    return send(reply, `declaration-rgc-${eventId.slice(0, 8)}`, kept, slices(paperSlice, eventId, kept, within))
  })

export const deedFile = (parts: DownloadParts) => (server: FastifyInstance) => {
  const asks = downloads(parts)
  signedDeed(server, parts, asks)
  receivedPaper(server, asks)
}
