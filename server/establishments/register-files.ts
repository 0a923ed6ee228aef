import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import yauzl from 'yauzl'

export interface RegisterFile {
  readonly name: string
  /** Size to count progress against, and how far the stream has gone in the same unit. */
  readonly size: number
  /** From the beginning, or after so many bytes of the text; in pieces of about this size. */
  open(after?: number, pieces?: number): Promise<{ stream: AsyncIterable<Buffer>; progress: () => number }>
  /** The same for the same content, whatever its name. */
  fingerprint(): Promise<string>
}
const usualPieces = 1 << 20

/** The CSV files in a path: itself, unpacked when it is .gz, or each .csv of a .zip, never unpacked on the disk. */
export const registerFiles = async (path: string): Promise<RegisterFile[]> => {
  const { size } = await stat(path)
  if (/\.zip$/i.test(path)) return zipEntries(path)
  const packed = /\.gz$/i.test(path)
  return [{
    name: path, size, fingerprint: () => fingerprintOf(path),
    open: async (after = 0, pieces = usualPieces) => {
      const file = createReadStream(path, { highWaterMark: packed ? usualPieces : pieces, start: packed ? 0 : after })
      return { stream: packed ? skip(unpack(file, pieces), after) : file, progress: () => file.bytesRead + (packed ? 0 : after) }
    },
  }]
}

/** Its size, and a digest of its beginning and its end. */
const fingerprintOf = async (path: string): Promise<string> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const digest = createHash('sha256')
    for (const position of [0, Math.max(0, size - 65_536)]) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, position)
      digest.update(buffer.subarray(0, bytesRead))
    }
    return `${size}:${digest.digest('hex')}`
  } finally {
    await file.close()
  }
}

/** What is packed has to be unpacked up to there, but not read. */
async function* skip(stream: AsyncIterable<Buffer>, bytes: number): AsyncIterable<Buffer> {
  let left = bytes
  for await (const piece of stream) {
    if (left < piece.length) yield left > 0 ? piece.subarray(left) : piece
    left = Math.max(0, left - piece.length)
  }
}

// An error of the file reaches the reader of what is unpacked from it.
const unpack = (file: Readable, pieces: number): Readable => {
  const gunzip = createGunzip({ chunkSize: Math.max(64, Math.min(pieces, 1 << 18)) })
  file.on('error', error => gunzip.destroy(error))
  return file.pipe(gunzip)
}

const zipEntries = async (path: string): Promise<RegisterFile[]> => {
  const zip = await openZip(path)
  const found: RegisterFile[] = []
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      if (/\.csv$/i.test(entry.fileName)) {
        found.push({
          name: `${path} : ${entry.fileName}`, size: entry.uncompressedSize, fingerprint: async () => `${await fingerprintOf(path)}:${entry.fileName}:${entry.crc32}`,
          open: async (after = 0) => {
            const own = await openZip(path)
            const stream = await new Promise<Readable>((ok, no) => own.openReadStream(entry, (error, readable) => error ? no(error) : ok(readable)))
            let seen = 0
            const counted = async function* () {
              try {
                for await (const chunk of stream) {
                  seen += (chunk as Buffer).length
                  yield chunk as Buffer
                }
              } finally {
                own.close()
              }
            }
            return { stream: skip(counted(), after), progress: () => seen }
          },
        })
      }
      zip.readEntry()
    })
    zip.on('end', resolve)
    zip.on('error', reject)
    zip.readEntry()
  })
  zip.close()
  return found
}

const openZip = (path: string) => new Promise<yauzl.ZipFile>((ok, no) =>
  yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => error ? no(error) : ok(zip)))
