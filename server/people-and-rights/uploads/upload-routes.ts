import type { FastifyInstance, FastifyRequest } from 'fastify'
import { beginUpload, pieceBytes } from '../../../contract/people-and-rights/uploads.ts'
import { tellRoles } from '../../notifications/tell.ts'
import type { Antivirus } from '../../platform/antivirus.ts'
import type { Transaction } from '../../platform/database.ts'
import { type Download, type DownloadParts, downloads } from '../../platform/download.ts'
import { found, Refused } from '../../platform/errors.ts'
import { sessionToken, tokenHash } from '../../platform/session-cookie.ts'
import { slots } from '../../platform/slots.ts'
import { uploadsChecked } from '../../platform/telemetry.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Examined, examine } from './examine.ts'
import { lengthOf, piecesOf } from './piece-rules.ts'
import { uploadReply } from './upload-reply.ts'
import { infectedNotice } from './uploads.mails.ts'
import { maySend } from './uploads.policy.ts'
import { insertPiece, pieceBytesAt, removeUpload, saveChecked, type UploadRow, uploadById } from './uploads.queries.ts'

export type UploadParts = Omit<DownloadParts, 'makePdf'> & { readonly antivirus: Antivirus | undefined }
declare module 'fastify' {
  interface FastifyRequest {
    leaveSlot?: () => void
  }
}

const ownUpload = async (tx: Transaction, viewer: Viewer, id: string): Promise<UploadRow> => {
  const verdict = maySend(viewer)
  if (verdict !== true) throw new Refused(verdict)
  return found(await uploadById(tx, id))
}

/** Each piece in a transaction of its own, under the rights of that moment. */
async function* piecesFrom({ id, size }: UploadRow, { within }: Download): AsyncGenerator<Buffer> {
  for (let position = 0; position < piecesOf(size); position++) {
    const bytes = await within(tx => pieceBytesAt(tx, id, position))
    if (!bytes) throw new Refused('upload/incomplete')
    yield bytes
  }
}

/** What follows from what was read; said in the trail in the same transaction, then to the person. */
const settle = async (upload: UploadRow, read: Examined, { within, trail, now }: Download, newId: () => string) => {
  const sha256 = read.sha256.toString('hex')
  const { id, name, size } = upload
  const said = { name, size, sha256 }
  const { type } = read
  const { infected, silent } = read
  const outcome =
    infected !== null ? 'infected' : silent !== null ? 'not-checked' : type === null ? 'refused' : 'checked'
  await within(async (tx, viewer) => {
    const saved =
      outcome === 'checked' &&
      (await saveChecked(tx, id, { checkedAt: now, mediaType: type!, sha256: read.sha256, scanned: read.scanned }))
    if (outcome === 'checked' && !saved) return
    if (outcome === 'infected' || outcome === 'refused') await removeUpload(tx, id)
    const told =
      outcome === 'infected'
        ? await tellRoles(
            tx,
            { organisationId: viewer.organisationId },
            infectedNotice(id, viewer.organisationName, infected!),
            { newId, now },
          )
        : undefined
    const detail = {
      ...said,
      type,
      scanned: read.scanned,
      infected,
      silent,
      ...(told ? { told } : {}),
    }
    await trail(tx, { action: `upload.${outcome}`, subject: ['upload', id], detail })
  })
  uploadsChecked.inc({ outcome: outcome === 'checked' && !read.scanned ? 'unscanned' : outcome })
  if (outcome === 'infected') throw new Refused('upload/infected')
  if (outcome === 'not-checked') throw new Refused('upload/not-checked', { retryAfterSeconds: 60 })
  if (outcome === 'refused') throw new Refused('upload/not-accepted')
}

/**
 * Takes the pieces of a file as they are, and checks the whole (platform/exceptions.ts: no `load → may → run`).
 * A piece is one short request: a slow line holds no connection of the database, what was cut is sent on from there,
 * and memory holds a few pieces whatever the files weigh.
 */
export const uploadRoutes = (parts: UploadParts) => (server: FastifyInstance) => {
  const asks = downloads(parts)
  const sending = slots({ most: 16, each: 2 })
  const checking = slots({ most: 4, each: 1 })
  const callerOf = (request: FastifyRequest) => {
    const token = sessionToken(request, parts.secure)
    return token === undefined ? '' : tokenHash(token).toString('latin1')
  }
  server.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  // Before its bytes are read: who asks is known already (platform/server/admission.ts).
  const takeSlot = (of: typeof sending) => async (request: FastifyRequest) => {
    const leave = of.take(callerOf(request))
    request.raw.socket.once('close', leave)
    request.leaveSlot = () => {
      request.raw.socket.off('close', leave)
      leave()
    }
  }
  const giveBack = async (request: FastifyRequest) => request.leaveSlot?.()

  server.put(
    '/api/uploads/:uploadId/pieces/:position',
    { schema: { hide: true }, bodyLimit: pieceBytes, onRequest: takeSlot(sending), onResponse: giveBack },
    async (request, reply) => {
      const { uploadId, position: said } = request.params as { uploadId: string; position: string }
      const { within } = asks(request, beginUpload, uploadId)
      const bytes = request.body
      if (!/^\d{1,2}$/.test(said) || !Buffer.isBuffer(bytes)) throw new Refused('request/malformed')
      const position = Number(said)
      await within(async (tx, viewer) => {
        const upload = await ownUpload(tx, viewer, uploadId)
        if (bytes.length === 0 || bytes.length !== lengthOf(upload.size, position))
          throw new Refused('request/malformed')
        if (upload.sha256 === null) await insertPiece(tx, uploadId, position, bytes)
      })
      return reply.send({ position })
    },
  )
  server.post(
    '/api/uploads/:uploadId/check',
    { schema: { hide: true }, onRequest: takeSlot(checking), onResponse: giveBack },
    async (request, reply) => {
      const { uploadId } = request.params as { uploadId: string }
      const asked = asks(request, beginUpload, uploadId)
      const read = () => asked.within((tx, viewer) => ownUpload(tx, viewer, uploadId))
      const upload = await read()
      if (upload.sha256 !== null) return reply.send(uploadReply(upload))
      if (upload.received !== piecesOf(upload.size)) throw new Refused('upload/incomplete')
      await settle(upload, await examine(piecesFrom(upload, asked), parts.antivirus), asked, parts.newId)
      return reply.send(uploadReply(await read()))
    },
  )
}
