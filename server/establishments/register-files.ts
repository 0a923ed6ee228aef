import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import yauzl from 'yauzl'

export interface RegisterFile {
  readonly name: string
  /** Size to count progress against, and how far the stream has gone in the same unit. */
  readonly size: number
  open(): Promise<{ stream: AsyncIterable<Buffer>; progress: () => number }>
}

/** The CSV files in a path: itself, unpacked when it is .gz, or each .csv of a .zip, never unpacked on the disk. */
export const registerFiles = async (path: string): Promise<RegisterFile[]> => {
  const { size } = await stat(path)
  if (/\.zip$/i.test(path)) return zipEntries(path)
  const packed = /\.gz$/i.test(path)
  return [{
    name: path, size,
    open: async () => {
      const file = createReadStream(path, { highWaterMark: 1 << 20 })
      return { stream: packed ? unpack(file) : file, progress: () => file.bytesRead }
    },
  }]
}

// An error of the file reaches the reader of what is unpacked from it.
const unpack = (file: Readable): Readable => {
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
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
          name: `${path} : ${entry.fileName}`, size: entry.uncompressedSize,
          open: async () => {
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
            return { stream: counted(), progress: () => seen }
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
