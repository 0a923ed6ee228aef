import type { FastifyInstance } from 'fastify'
import { editConvention, getConvention } from '../../../contract/agreement/conventions.ts'
import { render } from '../../../contract/agreement/template.ts'
import { type DownloadParts, downloads, fileName } from '../../platform/download.ts'
import { found, Refused } from '../../platform/errors.ts'
import { refuseOtherOrigin } from '../../platform/origin.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { toolsInForce } from '../tools/annex.queries.ts'
import { factsOf } from './convention-rules.ts'
import { mayDraft, mayReadDocument } from './conventions.policy.ts'
import { documentBytes, insertDocument, isStaff, loadConvention, lockConvention } from './conventions.queries.ts'
import { mayDo, stateAt } from './deadlines.ts'
import { shippedTemplate } from './shipped-template.ts'
import { printed, valuesOf } from './template-rules.ts'
import { lastTemplate } from './templates.queries.ts'

const template = new URL('./convention.typ', import.meta.url)

/**
 * Composes the document of a draft outside any transaction, and downloads kept bytes.
 * Neither fits `load → may → run` (platform/exceptions.ts).
 */
export const conventionDocuments =
  ({ publicUrl, ...parts }: Omit<DownloadParts, 'secure'> & { readonly publicUrl: string }) =>
  (server: FastifyInstance) => {
    const asks = downloads({ ...parts, secure: publicUrl.startsWith('https:') })

    server.post('/api/conventions/:conventionId/document', { schema: { hide: true } }, async (request, reply) => {
      refuseOtherOrigin(request, publicUrl)
      const { conventionId } = request.params as { conventionId: string }
      const { now, within, trail } = asks(request, editConvention, conventionId)
      const mustDraft = (
        viewer: Viewer,
        loaded: Parameters<typeof factsOf>[0] & { convention: { regionId: number } },
      ) => {
        const verdict = mayDraft(viewer, loaded.convention)
        if (verdict !== true) throw new Refused(verdict)
        if (!mayDo(stateAt(factsOf(loaded), now), 'edit')) throw new Refused('convention/wrong-state')
      }
      const { data, version, askedBy } = await within(async (tx, viewer) => {
        const [loaded, last, tools] = await Promise.all([
          loadConvention(tx, conventionId),
          lastTemplate(tx),
          toolsInForce(tx, now),
        ])
        mustDraft(viewer, found(loaded))
        const { title, body } = last ?? shippedTemplate
        return {
          askedBy: viewer.accountId,
          version: loaded!.convention.version,
          data: printed(loaded!, title, render(body, valuesOf(loaded!, tools, now)), now),
        }
      })
      const pdf = await parts.makePdf({ template, data, madeAt: now, askedBy })
      const document = await within(async (tx, viewer) => {
        const loaded = found(await lockConvention(tx, conventionId))
        mustDraft(viewer, loaded)
        if (loaded.convention.version !== version) throw new Refused('convention/document-stale')
        const id = parts.newId()
        const sha256 = await insertDocument(tx, {
          id,
          conventionId,
          kind: 'convention',
          name: `Convention n° ${loaded.convention.number}`,
          mediaType: 'application/pdf',
          bytes: pdf,
          ofVersion: version,
          addedAt: now,
          addedBy: viewer.accountId,
        })
        await trail(tx, viewer, {
          action: 'convention.document-composed',
          subject: ['convention', conventionId],
          detail: { document: id, version, sha256 },
        })
        return { id, sha256 }
      })
      return reply.send(document)
    })

    server.get(
      '/api/conventions/:conventionId/documents/:documentId',
      { schema: { hide: true } },
      async (request, reply) => {
        const { conventionId, documentId } = request.params as { conventionId: string; documentId: string }
        const { within, trail } = asks(request, getConvention, conventionId, documentId)
        const document = await within(async (tx, viewer) => {
          const [loaded, one, staff] = await Promise.all([
            loadConvention(tx, conventionId),
            documentBytes(tx, conventionId, documentId),
            isStaff(tx),
          ])
          const { convention, amendments } = found(loaded)
          const inForce =
            (convention.effectiveFrom !== null && convention.documentId === documentId) ||
            amendments.some(a => a.effectiveAt !== null && a.documentId === documentId)
          const verdict = mayReadDocument(viewer, convention, staff, inForce)
          if (verdict !== true) throw new Refused(verdict)
          const document = found(one)
          await trail(tx, viewer, {
            action: 'convention.document-read',
            subject: ['convention', conventionId],
            detail: { document: documentId },
          })
          return document
        })
        const name = fileName(document.name.replace(/\.pdf$/i, ''), 'document')
        const pdf = document.mediaType === 'application/pdf'
        return reply
          .header('content-type', pdf ? 'application/pdf' : 'text/plain; charset=utf-8')
          .header('content-disposition', `attachment; filename="${name}.${pdf ? 'pdf' : 'txt'}"`)
          .send(document.bytes)
      },
    )
  }
