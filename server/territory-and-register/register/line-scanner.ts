import { isUtf8 } from 'node:buffer'

/** Why a line is set aside before the database sees it. */
export type LineFault =
  | 'wrong-column-count'
  | 'stray-quote'
  | 'unterminated-quote'
  | 'stray-carriage-return'
  | 'nul-byte'
  | 'invalid-utf8'
export interface Reject {
  readonly line: number
  readonly reason: string
  readonly text: string
}

export interface ScannedChunk {
  /** Whole lines in the form COPY takes, untouched but for CRLF; the buffers are slices of what was read. */
  readonly clean: readonly Buffer[]
  readonly rejects: readonly Reject[]
  /** Lines that were neither blank nor the header. */
  readonly read: number
  readonly bytes: number
}
/** Looks at the watched fields of one sound line; a reason sets the line aside. */
export type Judge = (buffer: Buffer, starts: Int32Array, ends: Int32Array, line: number) => string | undefined

/** How a kind of file writes its lines. */
export interface Dialect {
  /** One byte or two: « ¥ » in UTF-8 has two. */
  readonly separator: Buffer
  /** Whether a quote opens a value; otherwise it is a character like another. */
  readonly quotes: boolean
  /** Whether a line in another encoding is set aside. */
  readonly utf8: boolean
  /** What the list of rejects says of a line. */
  readonly said: (line: Buffer) => string
}

const QUOTE = 0x22,
  LF = 0x0a,
  CR = 0x0d
const NEWLINE = Buffer.from('\n')
/** A quoted value longer than this was never closed. */
const longestRecord = 64 * 1024

const firstCharacters = (line: Buffer): string =>
  [...line.subarray(0, 800).toString('utf8').replace(/\r$/, '')].slice(0, 200).join('')
/** As INSEE publishes its files. */
export const commas: Dialect = { separator: Buffer.from(','), quotes: true, utf8: true, said: firstCharacters }

/**
 * Reads separated values as bytes: it knows quotes, separators, line ends and UTF-8, and nothing of the values. A line it refuses
 * costs that one physical line, even after a quote that never closes: reading goes on at the next.
 */
export class LineScanner {
  readonly #source: AsyncIterator<Buffer>
  readonly #dialect: Dialect
  #buffer: Buffer = Buffer.alloc(0)
  #ended = false
  #line = 1
  #taken = 0
  #columns = 0
  #starts = new Int32Array(0)
  #ends = new Int32Array(0)
  #fields = 0
  #fault: LineFault | undefined
  #contentEnd = 0
  #linesTaken = 0

  constructor(source: AsyncIterable<Buffer>, dialect: Dialect = commas) {
    this.#source = source[Symbol.asyncIterator]()
    this.#dialect = dialect
  }

  /** The names in the first line. */
  async header(): Promise<string[]> {
    while (this.#buffer.indexOf(LF) < 0 && (await this.#more())) {
      /* one more chunk */
    }
    const end = this.#buffer.indexOf(LF)
    const encoding = this.#dialect.utf8 ? 'utf8' : 'latin1'
    const text = this.#buffer
      .toString(encoding, 0, end < 0 ? this.#buffer.length : end)
      .replace(/^(?:\uFEFF|ï»¿)/, '')
      .trimEnd()
    const names = text.split(this.#dialect.separator.toString(encoding)).map(n => n.replace(/^"|"$/g, ''))
    this.#begin(names, end < 0 ? this.#buffer.length : end + 1, 2)
    this.#buffer = end < 0 ? Buffer.alloc(0) : this.#buffer.subarray(end + 1)
    return names
  }

  /**
   * Goes on within a file whose first line is known: its source begins after the bytes that were taken, at this line.
   */
  resume(names: readonly string[], { bytes, line }: { bytes: number; line: number }): void {
    this.#begin(names, bytes, line)
  }
  #begin(names: readonly string[], taken: number, line: number): void {
    this.#taken = taken
    this.#line = line
    this.#columns = names.length
    this.#starts = new Int32Array(names.length + 1)
    this.#ends = new Int32Array(names.length + 1)
  }
  /** Bytes given out or set aside so far, and the line that follows them. */
  get reached(): { bytes: number; line: number } {
    return { bytes: this.#taken, line: this.#line }
  }

  async *chunks(judge: Judge): AsyncGenerator<ScannedChunk> {
    for (;;) {
      const chunk = this.#take(judge)
      if (chunk) yield chunk
      if (this.#ended && this.#buffer.length === 0) return
      await this.#more()
    }
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    await this.#source.return?.()
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next()
    if (done) this.#ended = true
    else this.#buffer = this.#buffer.length ? Buffer.concat([this.#buffer, value]) : value
    return !done
  }

  #take(judge: Judge): ScannedChunk | undefined {
    const buffer = this.#buffer
    const limit = this.#ended ? buffer.length : buffer.lastIndexOf(LF) + 1
    if (limit === 0) return undefined
    const sound = !this.#dialect.utf8 || isUtf8(buffer.subarray(0, limit))
    const clean: Buffer[] = []
    const rejects: Reject[] = []
    let read = 0
    let position = 0
    let runStart = 0 // where the current run of untouched good lines began
    const flush = (until: number) => {
      if (until > runStart) clean.push(buffer.subarray(runStart, until))
    }
    while (position < limit) {
      const next = this.#record(buffer, position)
      if (next < 0) break
      const reason =
        this.#fault ??
        (this.#contentEnd === position
          ? 'blank'
          : this.#fields !== this.#columns
            ? 'wrong-column-count'
            : !sound && !isUtf8(buffer.subarray(position, next))
              ? 'invalid-utf8'
              : judge(buffer, this.#starts, this.#ends, this.#line))
      if (reason === undefined) {
        read++
        if (next - this.#contentEnd !== 1) {
          // CRLF, or the last line without an end
          flush(this.#contentEnd)
          clean.push(NEWLINE)
          runStart = next
        }
      } else {
        flush(position)
        runStart = next
        if (reason !== 'blank') {
          read++
          rejects.push({
            line: this.#line,
            reason,
            text: this.#dialect.said(buffer.subarray(position, this.#contentEnd)),
          })
        }
      }
      this.#line += this.#linesTaken
      position = next
    }
    flush(position)
    this.#buffer = buffer.subarray(position)
    this.#taken += position
    return position === 0 ? undefined : { clean, rejects, read, bytes: position }
  }

  /** Where the next record begins, or -1 when more bytes are needed. */
  #record(buffer: Buffer, from: number): number {
    const n = buffer.length
    const { separator, quotes } = this.#dialect
    const [first, second] = [separator[0]!, separator[1]]
    const width = separator.length
    const starts = this.#starts,
      ends = this.#ends,
      columns = this.#columns
    let field = 0
    let i = from
    let lines = 1
    this.#fault = undefined
    for (;;) {
      if (field <= columns) starts[field] = i
      if (quotes && buffer[i] === QUOTE) {
        i++
        for (;;) {
          if (i >= n || i - from > longestRecord)
            return this.#ended || i - from > longestRecord ? this.#spoilt(buffer, from, 'unterminated-quote') : -1
          const c = buffer[i]
          if (c === QUOTE) {
            if (i + 1 >= n && !this.#ended) return -1
            if (buffer[i + 1] !== QUOTE) break
            i++
          } else if (c === LF) lines++
          else if (c === 0) return this.#spoilt(buffer, from, 'nul-byte')
          i++
        }
        i++
        const c = buffer[i]
        if (i < n && c !== first && c !== LF && c !== CR) return this.#spoilt(buffer, from, 'stray-quote')
      } else {
        for (; i < n; i++) {
          const c = buffer[i]!
          if (c !== first && c > QUOTE) continue
          if (c === first && (width === 1 || buffer[i + 1] === second)) break
          if (c === LF || c === CR) break
          if (quotes && c === QUOTE) return this.#spoilt(buffer, from, 'stray-quote')
          if (c === 0) return this.#spoilt(buffer, from, 'nul-byte')
        }
      }
      if (field <= columns) ends[field] = i
      if (i < n && buffer[i] === first) {
        field++
        i += width
        continue
      }
      if (i >= n && !this.#ended) return -1
      // Several lines that do not make one record: a quote too many swallowed sound lines, which are read again.
      if (lines > 1 && field + 1 !== columns) return this.#spoilt(buffer, from, 'unterminated-quote')
      this.#fields = field + 1
      this.#contentEnd = i
      this.#linesTaken = lines
      if (i >= n) return n
      if (buffer[i] === LF) return i + 1
      if (i + 1 >= n && !this.#ended) return -1
      if (buffer[i + 1] === LF) return i + 2
      if (i + 1 >= n) return n
      return this.#spoilt(buffer, from, 'stray-carriage-return')
    }
  }

  #spoilt(buffer: Buffer, from: number, fault: LineFault): number {
    const end = buffer.indexOf(LF, from)
    if (end < 0 && !this.#ended) return -1
    this.#fault = fault
    this.#contentEnd = end < 0 ? buffer.length : end
    this.#linesTaken = 1
    return end < 0 ? buffer.length : end + 1
  }
}
