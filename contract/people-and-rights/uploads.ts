import { Type } from 'typebox'
import { Id, Instant, Line, Nullable, oneOf } from '../common.ts'
import { defineRoute } from '../route.ts'

/** What a file may weigh: a signed paper of tens of pages, scanned in colour. */
export const mostUploaded = 20 * 1024 * 1024
/** A file is sent by pieces of this size; the last one is what is left. */
export const pieceBytes = 512 * 1024
/** What it may be, by its content. */
export const uploadTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const
export type UploadType = (typeof uploadTypes)[number]

/** How an act names the file that it keeps: one that was sent whole, and checked. */
export const UploadId = Type.String({
  format: 'uuid',
  maxLength: 36,
  description: 'Un fichier envoyé et contrôlé (POST /uploads), que l’acte garde',
})

const Upload = Type.Object({
  id: Id,
  name: Type.String(),
  size: Type.Integer(),
  pieceBytes: Type.Integer({ description: 'Octets de chaque morceau ; le dernier est ce qui reste' }),
  begunAt: Instant,
})
const tag = 'Fichiers'

export const beginUpload = defineRoute({
  method: 'POST',
  path: '/uploads',
  tag,
  summary:
    'Annoncer un fichier à joindre, puis l’envoyer par morceaux (PUT /uploads/{id}/pieces/{n}, application/octet-stream, à partir de 0) et le faire contrôler (POST /uploads/{id}/check)',
  needs: 'signed-in',
  body: Type.Object(
    { name: Line(200), size: Type.Integer({ minimum: 0, maximum: 2 ** 40, description: 'En octets' }) },
    { additionalProperties: false },
  ),
  reply: Upload,
  refusals: ['upload/for-parties-only', 'upload/too-large', 'upload/empty'],
})

export const getUpload = defineRoute({
  method: 'GET',
  path: '/uploads/:uploadId',
  tag,
  summary: 'Ce qui est arrivé d’un fichier que j’envoie',
  needs: 'signed-in',
  params: Type.Object({ uploadId: Id }),
  reply: Type.Object({
    ...Upload.properties,
    received: Type.Integer({ description: 'Morceaux arrivés' }),
    type: Nullable(oneOf(uploadTypes)),
    sha256: Nullable(Type.String()),
    scanned: Nullable(Type.Boolean({ description: 'L’antivirus l’a lu ; faux sans antivirus' })),
  }),
})

export const dropUpload = defineRoute({
  method: 'DELETE',
  path: '/uploads/:uploadId',
  tag,
  summary: 'Renoncer à un fichier que j’envoie',
  needs: 'signed-in',
  params: Type.Object({ uploadId: Id }),
  reply: Type.Object({ dropped: Type.Boolean() }),
})
