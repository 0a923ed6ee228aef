import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import unbzip2 from 'unbzip2-stream'
import yauzl from 'yauzl'

export interface RegisterFile {
  readonly name: string
  /** Size to count progress against, and how far the stream has gone in the same unit. */
  readonly size: number
  /** From the beginning, or after so many bytes of the text; in pieces of about this size. */
  open(after?: number, pieces?: number): Promise<{ stream: AsyncIterable<Buffer>; progress: () => number }>
  /** The same for the same content, whatever its name. */
  fingerprint(): Promise<string>
  /** The file itself, which holds it alone or with others. */
  readonly path: string
}
const usualPieces = 1 << 20

/**
 * The files in a path: itself, unpacked from .gz or .bz2, as text from .parquet. A .zip gives each .csv, never unpacked on the
 * disk.
 */
export const registerFiles = async (path: string): Promise<RegisterFile[]> => {
  const { size } = await stat(path)
  if (/\.zip$/i.test(path)) return zipEntries(path)
  if (/\.parquet$/i.test(path)) return [parquet(path)]
  const unpack = /\.gz$/i.test(path) ? gunzip : /\.bz2$/i.test(path) ? bunzip : undefined
  const packed = unpack !== undefined
  return [
    {
      name: path,
      path,
      size,
      fingerprint: () => fingerprintOf(path),
      open: async (after = 0, pieces = usualPieces) => {
        const file = createReadStream(path, { highWaterMark: packed ? usualPieces : pieces, start: packed ? 0 : after })
        return {
          stream: unpack ? skip(unpack(file, pieces), after) : file,
          progress: () => file.bytesRead + (packed ? 0 : after),
        }
      },
    },
  ]
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

/** A packed file has to be unpacked up to there, but not read. */
async function* skip(stream: AsyncIterable<Buffer>, bytes: number): AsyncIterable<Buffer> {
  let left = bytes
  for await (const piece of stream) {
    if (left < piece.length) yield left > 0 ? piece.subarray(left) : piece
    left = Math.max(0, left - piece.length)
  }
}

// An error of the file reaches the reader of what is unpacked from it.
const gunzip = (file: Readable, pieces: number): Readable => {
  const unpacked = createGunzip({ chunkSize: Math.max(64, Math.min(pieces, 1 << 18)) })
  file.on('error', error => unpacked.destroy(error))
  return file.pipe(unpacked)
}
/** The decoder works as it is written to: what it gives is never more than a piece unpacked. */
async function* bunzip(file: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const unpacker = unbzip2()
  const ready: Buffer[] = []
  let failure: Error | undefined
  unpacker.on('data', piece => ready.push(piece))
  unpacker.on('error', error => {
    failure ??= error
  })
  for await (const piece of file) {
    unpacker.write(piece)
    if (failure) throw failure
    yield* ready.splice(0)
  }
  unpacker.end()
  if (failure) throw failure
  yield* ready.splice(0)
}

/** SHA-256 of a whole file. */
export const digestOf = async (path: string): Promise<string> => {
  const digest = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: usualPieces })) digest.update(piece)
  return digest.digest('hex')
}

/**
 * A Parquet file as the lines of the CSV file of the same rows: columns by their names, dates, instants and booleans as
 * INSEE writes them there.
 */
const parquet = (path: string): RegisterFile => {
  let [done, rows] = [0, 0]
  return {
    name: path,
    path,
    get size() {
      return rows
    },
    fingerprint: () => fingerprintOf(path),
    open: async (after = 0) => {
      const connection = await (
        await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' })
      ).connect()
      const source = `read_parquet('${path.replaceAll("'", "''")}')`
      const columns = (await connection.runAndReadAll(`describe select * from ${source}`))
        .getRows()
        .map(r => [String(r[0]), String(r[1])] as const)
      rows = Number((await connection.runAndReadAll(`select count(*) from ${source}`)).getRows()[0]![0])
      done = 0
      const value = ([name, type]: readonly [string, string]) => {
        const column = `"${name.replaceAll('"', '""')}"`
        return type.startsWith('TIMESTAMP')
          ? `strftime(${column}::timestamp, '%Y-%m-%dT%H:%M:%S')`
          : `${column}::varchar`
      }
      const lines = async function* () {
        try {
          yield Buffer.from(`${columns.map(c => c[0]).join(',')}\n`)
          const result = await connection.stream(`select ${columns.map(value).join(', ')} from ${source}`)
          for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
            done += chunk.rowCount
            yield Buffer.from(
              chunk
                .getRows()
                .map(row => `${row.map(cell).join(',')}\n`)
                .join(''),
            )
          }
        } finally {
          connection.closeSync()
        }
      }
      return { stream: skip(lines(), after), progress: () => done }
    },
  }
}
const cell = (value: unknown): string =>
  value === null
    ? ''
    : /[",\r\n]/.test(value as string)
      ? `"${(value as string).replaceAll('"', '""')}"`
      : (value as string)

const zipEntries = async (path: string): Promise<RegisterFile[]> => {
  const zip = await openZip(path)
  const found: RegisterFile[] = []
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      if (/\.csv$/i.test(entry.fileName)) {
        found.push({
          name: `${path} : ${entry.fileName}`,
          path,
          size: entry.uncompressedSize,
          fingerprint: async () => `${await fingerprintOf(path)}:${entry.fileName}:${entry.crc32}`,
          open: async (after = 0) => {
            const own = await openZip(path)
            const stream = await new Promise<Readable>((ok, no) =>
              own.openReadStream(entry, (error, readable) => (error ? no(error) : ok(readable))),
            )
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

const openZip = (path: string) =>
  new Promise<yauzl.ZipFile>((ok, no) =>
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => (error ? no(error) : ok(zip))),
  )
