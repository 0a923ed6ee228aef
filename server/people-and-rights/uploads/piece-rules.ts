import { mostUploaded, pieceBytes } from '../../../contract/people-and-rights/uploads.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'

/** Files that one person may have waiting for an act: the oldest give way. */
export const mostWaiting = 5

export const sizeRefused = (size: number): RefusalCode | null =>
  size === 0 ? 'upload/empty' : size > mostUploaded ? 'upload/too-large' : null

export const piecesOf = (size: number): number => Math.ceil(size / pieceBytes)

/** Bytes of the piece at this place, from 0; zero: there is no such piece. */
export const lengthOf = (size: number, position: number): number =>
  Math.max(0, Math.min(pieceBytes, size - position * pieceBytes))
