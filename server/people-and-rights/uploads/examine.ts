import { createHash } from 'node:crypto'
import { type Antivirus, AntivirusSilent } from '../../platform/antivirus.ts'
import { type FileType, readContent } from '../../platform/file-content.ts'

export interface Examined {
  readonly sha256: Buffer
  /** Null: nothing that is accepted. */
  readonly type: FileType | null
  readonly scanned: boolean
  /** What the antivirus recognised. */
  readonly infected: string | null
  /** Why it could not be asked; null: it was, or there is none. */
  readonly silent: string | null
}
/** Reads a file once, piece after piece: its digest, what it is, what the antivirus says of it. */
export const examine = async (pieces: AsyncIterable<Buffer>, antivirus: Antivirus | undefined): Promise<Examined> => {
  const [hash, content] = [createHash('sha256'), readContent()]
  const scan = antivirus?.scan()
  try {
    for await (const piece of pieces) {
      hash.update(piece)
      content.add(piece)
      await scan?.write(piece)
    }
    const type = content.end()
    const read = { sha256: hash.digest(), type, scanned: scan !== undefined, infected: null, silent: null }
    try {
      return { ...read, infected: (await scan?.verdict()) ?? null }
    } catch (error) {
      if (error instanceof AntivirusSilent) return { ...read, scanned: false, silent: error.message }
      throw error
    }
  } finally {
    scan?.close()
  }
}
