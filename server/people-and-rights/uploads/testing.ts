import type pg from 'pg'
import { pieceBytes } from '../../../contract/people-and-rights/uploads.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { House, Person } from '../../testing/house.ts'

/** A file that this person sent whole, and that was checked: an act may keep it. The same id twice is one file. */
export const insertSent = async (
  owner: pg.Pool,
  byId: string,
  bytes: Buffer,
  { id = uuidv7(), name = 'signé.pdf', type = 'application/pdf' } = {},
): Promise<string> => {
  const { rowCount } = await owner.query(
    `insert into uploads (id, by_id, name, size, begun_at, checked_at, media_type, sha256, scanned)
      values ($1, $2, $3, $4, now(), now(), $5, sha256($6), false) on conflict do nothing`,
    [id, byId, name, bytes.length, type, bytes],
  )
  for (let at = 0; rowCount && at < bytes.length; at += pieceBytes)
    await owner.query('insert into upload_pieces (upload_id, position, bytes) values ($1, $2, $3)', [
      id,
      at / pieceBytes,
      bytes.subarray(at, at + pieceBytes),
    ])
  return id
}

/** Bytes that no compression shortens, and that a scan resembles. */
export const aScan = (size: number, seed = 1): Buffer => {
  const bytes = Buffer.alloc(size)
  let state = seed
  for (let at = 0; at + 4 <= size; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    bytes.writeInt32LE(state ^ (state >>> 15), at)
  }
  const head = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Length 9 >>\nstream\n')
  const end = Buffer.from('\nendstream\nendobj\n%%EOF\n')
  head.copy(bytes, 0)
  end.copy(bytes, size - end.length)
  return bytes
}

export interface Answer {
  readonly status: number
  readonly body: any
  readonly headers: Record<string, unknown>
}
/** As a browser sends a file: begun, by pieces, checked. Says the last answer. */
export const sendFile = async (house: House, who: Person, bytes: Buffer, name = 'scan.pdf'): Promise<Answer> => {
  const begun = await house.call(who, 'POST', '/uploads', { name, size: bytes.length })
  if (begun.status !== 200) return begun
  for (let position = 0; position * pieceBytes < bytes.length; position++) {
    const sent = await sendPiece(house, who, begun.body.id, position, bytes)
    if (sent.status !== 200) return sent
  }
  return check(house, who, begun.body.id)
}
export const sendPiece = async (
  house: House,
  who: Person,
  id: string,
  position: number,
  bytes: Buffer,
): Promise<Answer> => {
  const answer = await house.server.inject({
    method: 'PUT',
    url: `/api/uploads/${id}/pieces/${position}`,
    headers: { cookie: who.cookie, 'content-type': 'application/octet-stream' },
    payload: bytes.subarray(position * pieceBytes, (position + 1) * pieceBytes),
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}
export const check = (house: House, who: Person, id: string): Promise<Answer> =>
  house.call(who, 'POST', `/uploads/${id}/check`)
