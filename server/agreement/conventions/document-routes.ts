import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import {
  AmendmentInput,
  editConvention,
  getConvention,
  proposeAmendment,
} from '../../../contract/agreement/conventions.ts'
import { missingOf, render } from '../../../contract/agreement/template.ts'
import type { Transaction } from '../../platform/database.ts'
import { type Download, type DownloadParts, downloads, fileName } from '../../platform/download.ts'
import { found, Refused } from '../../platform/errors.ts'
import { refuseOtherOrigin } from '../../platform/origin.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { shippedTemplate } from '../templates/shipped-template.ts'
import { lastTemplate } from '../templates/templates.queries.ts'
import { toolsInForce } from '../tools/annex.queries.ts'
import { factsOf } from './convention-rules.ts'
import { mayDraft, mayReadDocument } from './conventions.policy.ts'
import {
  documentFacts,
  documentSlice,
  insertDocument,
  isStaff,
  loadConvention,
  lockConvention,
} from './conventions.queries.ts'
import { mayDo, stateAt } from './deadlines.ts'
import { type Amending, amendmentOf, namedBy, printed, valuesOf } from './template-rules.ts'
import { amendingOf, digestOfComposed, mustAllow, nextAmendment } from './within-convention.ts'

const template = new URL('./convention.typ', import.meta.url)

/** A document leaves by slices of so many bytes: memory does not grow with what it weighs. */
const atOnce = 512 * 1024
const served = {
  'application/pdf': ['application/pdf', 'pdf'],
  'image/png': ['image/png', 'png'],
  'image/jpeg': ['image/jpeg', 'jpg'],
  'text/plain': ['text/plain; charset=utf-8', 'txt'],
} as const
/** Each slice under the rights of that moment: a right that goes cuts the file. */
async function* slices(id: string, size: number, within: Download['within']): AsyncGenerator<Buffer> {
  for (let from = 0; from < size; from += atOnce) yield found(await within(tx => documentSlice(tx, id, from, atOnce)))
}

type Parts = Omit<DownloadParts, 'secure'>
type Asks = ReturnType<typeof downloads>

/** Composed from one version of the draft; kept only while it is still that version. */
const composing = (server: FastifyInstance, parts: Parts, publicUrl: string, asks: Asks) =>
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
    const { data, version, templateId, blanks, askedBy } = await within(async (tx, viewer) => {
      const [loaded, last, tools] = await Promise.all([
        loadConvention(tx, conventionId),
        lastTemplate(tx),
        toolsInForce(tx, now),
      ])
      mustDraft(viewer, found(loaded))
      const { title, body } = last ?? shippedTemplate
      const values = valuesOf(loaded!, tools, now)
      return {
        askedBy: viewer.accountId,
        templateId: last?.id ?? null,
        blanks: missingOf(body, values),
        version: loaded!.convention.version,
        data: printed(loaded!, title, render(body, values), now),
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
        templateId,
        blanks,
      })
      await trail(tx, {
        action: 'convention.document-composed',
        subject: ['convention', conventionId],
        detail: { document: id, version, sha256 },
      })
      return { id, sha256 }
    })
    return reply.send(document)
  })

/**
 * An amendment, composed of what is asked; proposed only while it would be composed the same (AGR-6). What nobody
 * proposes binds nobody.
 */
const composingAmendment = (server: FastifyInstance, parts: Parts, publicUrl: string, asks: Asks) =>
  server.post(
    '/api/conventions/:conventionId/amendment-document',
    { schema: { hide: true, body: AmendmentInput } },
    async (request, reply) => {
      refuseOtherOrigin(request, publicUrl)
      const { conventionId } = request.params as { conventionId: string }
      const body = request.body as Amending & { readonly territories?: readonly number[] }
      const { now, within, trail } = asks(request, proposeAmendment, conventionId)
      const composed = async (tx: Transaction, viewer: Viewer) => {
        const [read, tools] = await Promise.all([loadConvention(tx, conventionId), toolsInForce(tx, now)])
        const loaded = found(read)
        const verdict = mayDraft(viewer, loaded.convention)
        if (verdict !== true) throw new Refused(verdict)
        mustAllow(loaded, 'amend', now)
        if (body.termOn !== null && body.termOn < parisDay(now)) throw new Refused('convention/term-in-past')
        const number = nextAmendment(loaded)
        return { number, ...amendmentOf(loaded, number, await amendingOf(tx, loaded, body), tools, { now, made: now }) }
      }
      const first = await within(async (tx, viewer) => ({ ...(await composed(tx, viewer)), askedBy: viewer.accountId }))
      if (first.blanks.length > 0) throw new Refused('convention/blanks', { facts: { blanks: first.blanks } })
      const pdf = await parts.makePdf({ template, data: first.data, madeAt: now, askedBy: first.askedBy })
      const document = await within(async (tx, viewer) => {
        const { number, data } = await composed(tx, viewer)
        const composedOf = digestOfComposed(data)
        // Another was proposed meanwhile: this one bears its number.
        if (!composedOf.equals(digestOfComposed(first.data))) throw new Refused('convention/document-stale')
        const id = parts.newId()
        const sha256 = await insertDocument(tx, {
          id,
          conventionId,
          kind: 'avenant',
          name: `Avenant n° ${number}`,
          mediaType: 'application/pdf',
          bytes: pdf,
          ofVersion: null,
          addedAt: now,
          addedBy: viewer.accountId,
          amendment: { composedOf, signatories: namedBy(body) },
        })
        await trail(tx, {
          action: 'convention.document-composed',
          subject: ['convention', conventionId],
          detail: { document: id, amendment: number, sha256 },
        })
        return { id, sha256 }
      })
      return reply.send(document)
    },
  )

/**
 * Composes the document of a draft or of an amendment outside any transaction, and downloads kept bytes.
 * Neither fits `load → may → run` (platform/exceptions.ts).
 */
export const conventionDocuments =
  ({ publicUrl, ...parts }: Omit<DownloadParts, 'secure'> & { readonly publicUrl: string }) =>
  (server: FastifyInstance) => {
    const asks = downloads({ ...parts, secure: publicUrl.startsWith('https:') })

    composing(server, parts, publicUrl, asks)
    composingAmendment(server, parts, publicUrl, asks)
    server.get(
      '/api/conventions/:conventionId/documents/:documentId',
      { schema: { hide: true } },
      async (request, reply) => {
        const { conventionId, documentId } = request.params as { conventionId: string; documentId: string }
        const { within, trail } = asks(request, getConvention, conventionId, documentId)
        const document = await within(async (tx, viewer) => {
          const [loaded, one, staff] = await Promise.all([
            loadConvention(tx, conventionId),
            documentFacts(tx, conventionId, documentId),
            isStaff(tx),
          ])
          const { convention, amendments, signatories } = found(loaded)
          const inForce =
            (convention.effectiveFrom !== null && convention.documentId === documentId) ||
            amendments.some(a => a.effectiveAt !== null && a.documentId === documentId) ||
            // The act that empowers is read with the signatory whom it empowers.
            [...signatories, ...amendments.flatMap(a => a.authorities)].some(s => s.actDocumentId === documentId)
          const verdict = mayReadDocument(viewer, convention, staff, inForce)
          if (verdict !== true) throw new Refused(verdict)
          const document = found(one)
          await trail(tx, {
            action: 'convention.document-read',
            subject: ['convention', conventionId],
            detail: { document: documentId },
          })
          return document
        })
        const name = fileName(document.name.replace(/\.(?:pdf|png|jpe?g)$/i, ''), 'document')
        const [type, extension] = served[document.mediaType]
        return reply
          .header('content-type', type)
          .header('content-length', document.size)
          .header('content-disposition', `attachment; filename="${name}.${extension}"`)
          .send(Readable.from(slices(documentId, document.size, within)))
      },
    )
  }
