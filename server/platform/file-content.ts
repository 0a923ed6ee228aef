/** What a kept file may be. */
export type FileType = 'application/pdf' | 'image/png' | 'image/jpeg'

/** What makes a reader run, open or unpack something: no letter of ours needs it. */
const anywhere = /\/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)(?=[^A-Za-z])/
/** So short that twenty megabytes of pixels hold them by chance: looked for outside what an object encloses. */
const outsideStreams = /\/(?:JS|XFA)(?=[^A-Za-z])/
/** A name may have its letters in codes (`/Java#53cript`): a reader takes it for the same. */
export const decodedNames = (words: string): string =>
  words.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
const begins = />>[\s\0]*stream\r?\n/
const ends = 'endstream'
/** Longer than any of these words: what two pieces part is read whole. */
const held = 64

/** Whether what came so far names something active in clear; read piece after piece, in memory that does not grow. */
const activeNames = () => {
  let text = ''
  let inStream = false
  let found = false
  const look = (read: string) => {
    const words = decodedNames(read)
    found ||= anywhere.test(words) || (!inStream && outsideStreams.test(words))
  }
  const read = (more: string) => {
    text += more
    while (!found) {
      const begin = inStream ? null : begins.exec(text)
      const at = inStream ? text.indexOf(ends) : (begin?.index ?? -1)
      if (at < 0) break
      look(`${text.slice(0, at)}>`)
      text = text.slice(at + (begin?.[0].length ?? ends.length))
      inStream = !inStream
    }
    look(text)
    text = text.slice(-held)
  }
  return {
    add: (bytes: Buffer) => found || read(bytes.toString('latin1')),
    end: () => {
      read('\n')
      return found
    },
  }
}

const starts = {
  'application/pdf': Buffer.from('%PDF-'),
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
} as const
const endsOf: Readonly<Record<FileType, Buffer>> = {
  'application/pdf': Buffer.from('%%EOF'),
  'image/png': Buffer.from([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]),
  'image/jpeg': Buffer.from([0xff, 0xd9]),
}
const tail = 1024

export interface ContentReading {
  add(bytes: Buffer): void
  /** What it is; null: nothing that is accepted, or cut before its end. */
  end(): FileType | null
}
/**
 * What a file is, by its content and never by its name: a PDF without anything active in clear, a PNG, a JPEG, each to
 * its end. What hides in a compressed object is for the antivirus; nothing here opens the file.
 */
export const readContent = (): ContentReading => {
  let first = Buffer.alloc(0)
  let last = Buffer.alloc(0)
  const active = activeNames()
  return {
    add: bytes => {
      if (first.length < 8) first = Buffer.concat([first, bytes.subarray(0, 8 - first.length)])
      last = Buffer.from(Buffer.concat([last, bytes.subarray(-tail)]).subarray(-tail))
      active.add(bytes)
    },
    end: () => {
      const type = (Object.keys(starts) as FileType[]).find(
        one => first.subarray(0, starts[one].length).equals(starts[one]) && last.includes(endsOf[one]),
      )
      return type === undefined || (type === 'application/pdf' && active.end()) ? null : type
    },
  }
}
