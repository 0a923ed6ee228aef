import type { FastifyInstance, FastifyRequest } from 'fastify'
import { editConvention, getConvention } from '../../contract/conventions.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Database, Transaction } from '../platform/database.ts'
import { gate } from '../platform/envelope.ts'
import { found, Refused } from '../platform/errors.ts'
import { originDigest, refuseOtherOrigin } from '../platform/origin.ts'
import type { MakePdf } from '../platform/pdf.ts'
import { sessionToken, tokenHash } from '../platform/session-cookie.ts'
import type { Viewer } from '../platform/viewer.ts'
import { factsOf } from './convention-rules.ts'
import { mayDraft, mayRead } from './conventions.policy.ts'
import { documentBytes, insertDocument, lastTemplate, loadConvention, lockConvention, toolsInForce } from './conventions.queries.ts'
import { mayDo, stateAt } from './deadlines.ts'
import { shippedTemplate } from './shipped-template.ts'
import { printed, render, valuesOf } from './template-rules.ts'

export interface DocumentParts {
  readonly database: Database
  readonly makePdf: MakePdf
  readonly originKey: Buffer
  readonly publicUrl: string
  readonly clock: () => Date
  readonly newId: () => string
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const template = new URL('./convention.typ', import.meta.url)

/** Composing the document of a draft, outside any transaction, and downloading the bytes kept: neither fits `load → may → run` (platform/exceptions.ts). */
export const conventionDocuments = ({ database, makePdf, originKey, publicUrl, clock, newId }: DocumentParts) => (server: FastifyInstance) => {
  const secure = publicUrl.startsWith('https:')
  const within = async <T>(hash: Buffer, route: typeof getConvention | typeof editConvention, work: (tx: Transaction, viewer: Viewer) => Promise<T>): Promise<T> => {
    const tx = await database.begin()
    try {
      const viewer = gate(route, await tx.enter(hash) as unknown as Viewer | null, clock())
      const result = await work(tx, viewer)
      await tx.commit()
      return result
    } catch (error) {
      await tx.rollback()
      throw error
    }
  }
  const asked = (request: FastifyRequest, ...ids: readonly (string | undefined)[]) => {
    const token = sessionToken(request, secure)
    if (!token) throw new Refused('session/required')
    if (!ids.every(id => id !== undefined && uuid.test(id))) throw new Refused('request/malformed')
    return tokenHash(token)
  }
  const act = (request: FastifyRequest, viewer: Viewer) => ({ at: clock(), actorId: viewer.accountId, organisationId: viewer.organisationId, origin: originDigest(originKey, request.ip), requestId: request.id })

  server.post('/api/conventions/:conventionId/document', { schema: { hide: true } }, async (request, reply) => {
    refuseOtherOrigin(request, publicUrl)
    const { conventionId } = request.params as { conventionId: string }
    const hash = asked(request, conventionId)
    const now = clock()
    const mustDraft = (viewer: Viewer, loaded: Parameters<typeof factsOf>[0] & { convention: { regionId: number } }) => {
      const verdict = mayDraft(viewer, loaded.convention)
      if (verdict !== true) throw new Refused(verdict)
      if (!mayDo(stateAt(factsOf(loaded), now), 'edit')) throw new Refused('convention/wrong-state')
    }
    const { data, version } = await within(hash, editConvention, async (tx, viewer) => {
      const [loaded, last, tools] = await Promise.all([loadConvention(tx, conventionId), lastTemplate(tx), toolsInForce(tx, now)])
      mustDraft(viewer, found(loaded))
      const { title, body } = last ?? shippedTemplate
      return { version: loaded!.convention.version, data: printed(loaded!, title, render(body, valuesOf(loaded!, tools, now)), now) }
    })
    const pdf = await makePdf({ template, data, madeAt: now })
    const document = await within(hash, editConvention, async (tx, viewer) => {
      const loaded = found(await lockConvention(tx, conventionId))
      mustDraft(viewer, loaded)
      if (loaded.convention.version !== version) throw new Refused('convention/document-stale')
      const id = newId()
      const sha256 = await insertDocument(tx, { id, conventionId, kind: 'convention', name: `Convention n° ${loaded.convention.number}`, mediaType: 'application/pdf', bytes: pdf, ofVersion: version, addedAt: now, addedBy: viewer.accountId })
      await appendAudit(tx, act(request, viewer), [{ action: 'convention.document-composed', subject: ['convention', conventionId], detail: { document: id, version, sha256 } }], newId)
      return { id, sha256 }
    })
    return reply.send(document)
  })

  server.get('/api/conventions/:conventionId/documents/:documentId', { schema: { hide: true } }, async (request, reply) => {
    const { conventionId, documentId } = request.params as { conventionId: string; documentId: string }
    const document = await within(asked(request, conventionId, documentId), getConvention, async (tx, viewer) => {
      const [loaded, one] = await Promise.all([loadConvention(tx, conventionId), documentBytes(tx, conventionId, documentId)])
      const verdict = mayRead(viewer, found(loaded).convention)
      if (verdict !== true) throw new Refused(verdict)
      return found(one)
    })
    const name = document.name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replace(/\.pdf$/, '').replaceAll(/[^a-z0-9]+/g, '-').slice(0, 60).replace(/^-|-$/g, '') || 'document'
    const pdf = document.mediaType === 'application/pdf'
    return reply.header('content-type', pdf ? 'application/pdf' : 'text/plain; charset=utf-8').header('content-disposition', `attachment; filename="${name}.${pdf ? 'pdf' : 'txt'}"`).send(document.bytes)
  })
}
