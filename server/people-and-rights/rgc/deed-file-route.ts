import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { getRgc } from '../../../contract/people-and-rights/rgc.ts'
import type { Transaction } from '../../platform/database.ts'
import { type DownloadParts, downloads } from '../../platform/download.ts'
import { found, Refused } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { deedDocument } from './deed-file-rules.ts'
import { memberIds } from './deed-reply.ts'
import { mayReadFile } from './rgc.policy.ts'
import { deedById, storedFile, storeFile } from './rgc.queries.ts'

const template = new URL('./deed.typ', import.meta.url)

/**
 * The signed deed as PDF/UA. It is made at its first reading, and has the same bytes ever after.
 * It holds dates of birth: the CSSI reads it, and the person when it names nobody else.
 * A download stands outside `load → may → run`. Each reading is in the trail, and without the entry nothing leaves.
 */
export const deedFile = (parts: DownloadParts) => (server: FastifyInstance) => {
  const asks = downloads(parts)
  const readable = async (tx: Transaction, viewer: Viewer, id: string) => {
    const deed = found(await deedById(tx, id))
    if (
      deed.sentAt === null ||
      !mayReadFile(viewer, {
        organisationId: deed.organisation.id,
        signatoryId: deed.signatory.id,
        memberIds: memberIds(deed),
      })
    )
      throw new Refused('not-found')
    return { deed, askedBy: viewer.accountId, stored: await storedFile(tx, id) }
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
    const file = await within(async (tx, viewer) => {
      await readable(tx, viewer, deedId)
      // Two may make it at once: the first one kept is the deed's.
      if (made) await storeFile(tx, deedId, made, createHash('sha256').update(made).digest(), now)
      const kept = found(await storedFile(tx, deedId))
      await trail(tx, viewer, {
        action: 'rgc-deed.file-read',
        subject: ['rgc-deed', deedId],
        detail: { sha256: kept.sha256.toString('hex') },
      })
      return kept.content
    })
    return reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="acte-d-engagement-${deedId.slice(0, 8)}.pdf"`)
      .send(file)
  })
}
