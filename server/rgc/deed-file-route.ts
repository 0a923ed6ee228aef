import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { getRgc } from '../../contract/rgc.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Database, Transaction } from '../platform/database.ts'
import { gate } from '../platform/envelope.ts'
import { found, Refused } from '../platform/errors.ts'
import { originDigest } from '../platform/origin.ts'
import type { MakePdf } from '../platform/pdf.ts'
import { sessionToken, tokenHash } from '../platform/session-cookie.ts'
import type { Viewer } from '../platform/viewer.ts'
import { deedDocument } from './deed-file-rules.ts'
import { memberIds } from './deed-reply.ts'
import { mayReadFile } from './rgc.policy.ts'
import { deedById, storedFile, storeFile } from './rgc.queries.ts'

export interface DeedFileParts { readonly database: Database; readonly makePdf: MakePdf; readonly originKey: Buffer; readonly secure: boolean; readonly clock: () => Date; readonly newId: () => string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const template = new URL('./deed.typ', import.meta.url)

/**
 * The signed deed as PDF/UA. Made once, at its first reading, and the same bytes ever after. It says dates of birth: the CSSI reads it, and the person when it names nobody else.
 * A download, so it stands outside `load → may → run`; each reading is in the trail, and without the entry nothing leaves.
 */
export const deedFile = ({ database, makePdf, originKey, secure, clock, newId }: DeedFileParts) => (server: FastifyInstance) => {
  const within = async <T>(hash: Buffer, work: (tx: Transaction, viewer: Viewer) => Promise<T>): Promise<T> => {
    const tx = await database.begin()
    try {
      const viewer = gate(getRgc, await tx.enter(hash) as unknown as Viewer | null, clock())
      const result = await work(tx, viewer)
      await tx.commit()
      return result
    } catch (error) {
      await tx.rollback()
      throw error
    }
  }
  const readable = async (tx: Transaction, viewer: Viewer, id: string) => {
    const deed = found(await deedById(tx, id))
    if (deed.sentAt === null || !mayReadFile(viewer, { organisationId: deed.organisation.id, signatoryId: deed.signatory.id, memberIds: memberIds(deed) })) throw new Refused('not-found')
    return { deed, stored: await storedFile(tx, id) }
  }

  server.get('/api/rgc/deeds/:deedId/deed.pdf', { schema: { hide: true } }, async (request, reply) => {
    const { deedId } = request.params as { deedId: string }
    const token = sessionToken(request, secure)
    if (!token) throw new Refused('session/required')
    if (!uuid.test(deedId)) throw new Refused('request/malformed')
    const hash = tokenHash(token)
    const now = clock()
    const first = await within(hash, (tx, viewer) => readable(tx, viewer, deedId))
    const made = first.stored ? null : await makePdf({ template, data: deedDocument(first.deed), madeAt: first.deed.sentAt! })
    const file = await within(hash, async (tx, viewer) => {
      await readable(tx, viewer, deedId)
      // Two may make it at once: the first one kept is the deed's.
      if (made) await storeFile(tx, deedId, made, createHash('sha256').update(made).digest(), now)
      const kept = found(await storedFile(tx, deedId))
      const act = { at: now, actorId: viewer.accountId, organisationId: viewer.organisationId, origin: originDigest(originKey, request.ip), requestId: request.id }
      await appendAudit(tx, act, [{ action: 'rgc-deed.file-read', subject: ['rgc-deed', deedId], detail: { sha256: kept.sha256.toString('hex') } }], newId)
      return kept.content
    })
    return reply.header('content-type', 'application/pdf').header('content-disposition', `attachment; filename="acte-d-engagement-${deedId.slice(0, 8)}.pdf"`).send(file)
  })
}
