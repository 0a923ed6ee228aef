import { createReadStream, existsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * Keeps the checkpoints out of the database's reach: only so is a cut of the trail's end seen. A file here;
 * whatever else receives notes in order (a mailbox) is one more.
 */
export interface Witness {
  /** Tells it from another worker's: the name of its file. */
  readonly name: string
  /** The last note kept, or undefined when there is none yet. */
  last(): Promise<string | undefined>
  /** Keeps a note; done when it outlives a crash of the machine. */
  keep(note: string): Promise<void>
}

const tail = 8_192 // more than two notes

/**
 * One note a line, as a JSON text. The database's administrator cannot write that disk (`chattr +a`, another machine).
 */
export const fileWitness = (path: string): Witness => ({
  name: witnessName(path),
  last: async () => {
    if (!existsSync(path)) return undefined
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      const { buffer, bytesRead } = await file.read(Buffer.alloc(tail), 0, tail, Math.max(0, size - tail))
      return buffer
        .toString('utf8', 0, bytesRead)
        .split('\n')
        .map(noteOf)
        .findLast(note => note !== undefined)
    } finally {
      await file.close()
    }
  },
  keep: async note => {
    const file = await open(path, 'a+', 0o640)
    try {
      const { size } = await file.stat()
      const whole = size === 0 || (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] === 10
      await file.appendFile(`${whole ? '' : '\n'}${JSON.stringify(note)}\n`) // what a crash left half written stays a line of its own
      await file.sync()
    } finally {
      await file.close()
    }
  },
})

/** The name alone: who verifies may see the same file under another folder. */
export const witnessName = (path: string): string => basename(path)

const noteOf = (line: string): string | undefined => {
  try {
    const note: unknown = JSON.parse(line)
    return typeof note === 'string' ? note : undefined
  } catch {
    return undefined
  }
}

export interface Kept {
  readonly line: number
  readonly text: string
  readonly note: string | undefined
}
/** How far the file reaches now: what is kept later is not read. */
export const witnessLength = (path: string): number => (existsSync(path) ? statSync(path).size : 0)
/** Every line, in order; `note` is undefined where there is no whole one. Memory does not grow with the file. */
export async function* readWitness(path: string, length: number): AsyncGenerator<Kept> {
  if (length === 0) return
  let line = 0
  for await (const text of createInterface({
    input: createReadStream(path, { end: length - 1 }),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line++
    yield { line, text, note: noteOf(text) }
  }
}
