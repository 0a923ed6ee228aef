import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Refused } from './errors.ts'

export interface PdfDocument {
  /** A typst file of ours; it reads `data` as `json(bytes(sys.inputs.data))`. */
  readonly template: URL
  readonly data: unknown
  readonly madeAt: Date
  /** The account it is made for: each has one made or waiting at a time, so that nobody holds the others out. */
  readonly askedBy: string
}
export type MakePdf = (document: PdfDocument) => Promise<Buffer>
interface Options {
  readonly timeoutMs?: number
  /** How many people may wait behind the one served; the next is told to come back. */
  readonly waitingAtMost?: number
  readonly program?: string
}
const largest = 20_000_000

/**
 * Makes tagged PDF/UA-1 documents, one at a time, each in its own process, killed past its time.
 * A long document, or a fault of the native compiler, never reaches the requests. The process receives nothing of the
 * environment.
 */
export const pdfMaker = ({
  timeoutMs = 15_000,
  waitingAtMost = 5,
  program = fileURLToPath(new URL('./pdf-process.ts', import.meta.url)),
}: Options = {}): MakePdf => {
  let last: Promise<unknown> = Promise.resolve()
  const served = new Set<string>()
  return async document => {
    if (served.has(document.askedBy) || served.size > waitingAtMost)
      throw new Refused('document/busy', { retryAfterSeconds: 5 })
    served.add(document.askedBy)
    const made = last.then(() => compile(document, program, timeoutMs))
    last = made.catch(() => {})
    try {
      return await made
    } finally {
      served.delete(document.askedBy)
    }
  }
}

const compile = ({ template, data, madeAt }: Omit<PdfDocument, 'askedBy'>, program: string, timeoutMs: number) =>
  new Promise<Buffer>((resolve, reject) => {
    const child = spawn(process.execPath, [program], { env: {}, stdio: 'pipe' })
    const chunks: Buffer[] = []
    let size = 0
    let said = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, timeoutMs)
    child.on('error', reject)
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > largest) child.kill('SIGKILL')
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      if (said.length < 4_000) said += text
    })
    child.on('close', code => {
      clearTimeout(timer)
      if (code === 0) resolve(Buffer.concat(chunks))
      else if (late || size > largest) reject(new Refused('document/too-long', { retryAfterSeconds: 60 }))
      else reject(new Error(`the document was not made: ${said}`))
    })
    child.stdin.on('error', () => {}) // it ended before reading all: its code says why
    child.stdin.end(
      JSON.stringify({
        template: readFileSync(template, 'utf8'),
        data: writable(data),
        madeAt: Math.floor(madeAt.getTime() / 1000),
      }),
    )
  })

/** Replaces signs that the embedded font lacks: the compiler refuses them, since no reader could say them aloud. */
const writable = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .normalize('NFC')
        .replaceAll(
          /[^\n\u0020-\u007E\u00A0-\u024F\u0386-\u03CE\u0401-\u045F\u1E00-\u1EFF\u2010-\u2015\u2018-\u201E\u2020-\u2022\u2026\u202F\u2030\u2039\u203A\u20AC\u2122\u2212\u2248\u2264\u2265]/gu,
          '?',
        )
    : Array.isArray(value)
      ? value.map(writable)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, writable(one)]))
        : value
