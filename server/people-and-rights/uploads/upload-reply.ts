import { pieceBytes } from '../../../contract/people-and-rights/uploads.ts'
import type { NewUpload, UploadRow } from './uploads.queries.ts'

export const begunReply = ({ id, name, size, begunAt }: NewUpload) => ({
  id,
  name,
  size,
  pieceBytes,
  begunAt: begunAt.toISOString(),
})
export const uploadReply = (row: UploadRow) => ({
  ...begunReply(row),
  received: row.received,
  type: row.mediaType,
  sha256: row.sha256,
  scanned: row.scanned,
})
