/**
 * Loaded before each file of tests: notes which columns each statement answered, by the line that asked for it, and
 * leaves them in the folder of the run when the process ends. The processes that a test starts do the same.
 */
import { subscribe } from 'node:diagnostics_channel'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import pg from 'pg'
import type { AnsweredStatement } from '../../server/platform/database.ts'
import { type Answer, firstSeen, formOf, type Seen, see } from './seen.ts'

const root = new URL('../..', import.meta.url)
const seen = new Map<string, Seen>()
export const recorded = (): Seen[] => [...seen.values()]

const note = (answer: Answer) => {
  const form = formOf(answer)
  const one = seen.get(form) ?? firstSeen(answer)
  seen.set(form, one)
  see(one, answer)
}

const framesHere = (most: number): NodeJS.CallSite[] => {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.stackTraceLimit = most
  Error.prepareStackTrace = (_, frames) => frames
  const frames = new Error().stack as unknown as NodeJS.CallSite[]
  Object.assign(Error, { prepareStackTrace, stackTraceLimit })
  return frames
}
/** Where in this repository the present call comes from: the nearest frame outside packages and `skipped`. */
const caller = (skipped?: RegExp): string | undefined => {
  const isCaller = (one: NodeJS.CallSite) => {
    const file = one.getFileName() ?? ''
    const ours = file.startsWith(root.href) && !file.includes('/node_modules/') && file !== import.meta.url
    return ours && !skipped?.test(file)
  }
  // Nearly always near: each frame costs.
  const frame = framesHere(12).find(isCaller) ?? framesHere(50).find(isCaller)
  // One that waited gives the place of its `await`, not of a call.
  if (!frame || (frame as unknown as { isAsync(): boolean }).isAsync()) return undefined
  const file = fileURLToPath(frame.getFileName()!).slice(fileURLToPath(root).length)
  return `${file}:${frame.getLineNumber()}:${frame.getColumnNumber()}`
}

/** What `Db` sends. Past a wait for a connection the caller is gone: the first place noted stays. */
const sites = new WeakMap<object, string>()
subscribe('campagnes.statement-asked', query => {
  const site = caller(/\/platform\/database(\.ts|\/(?!start-checks))/)
  if (site !== undefined) sites.set(query as object, site)
})
subscribe('campagnes.statement-answered', message => {
  const { query, text, fields, rows } = message as AnsweredStatement
  const site = sites.get(query)
  if (site !== undefined) note({ site, text, fields, rows })
})

/** What jobs and commands send straight: their rows are objects. */
const watch = (of: { prototype: { query: (...args: any[]) => any } }) => {
  const { query } = of.prototype
  of.prototype.query = function (...args: any[]) {
    const site = args[0]?.rowMode === 'array' ? undefined : caller()
    const answer = query.apply(this, args)
    if (site === undefined || typeof answer?.then !== 'function') return answer
    const heard = ({ fields, rows }: pg.QueryResult) => {
      if (!fields?.length) return
      note({ site, text: args[0].text ?? args[0], fields, rows: rows.map(row => fields.map(f => row[f.name])) })
    }
    answer.then(heard, () => {})
    return answer
  }
}

const folder = process.env.TEST_RUN_FOLDER
if (isMainThread) {
  watch(pg.Client)
  watch(pg.Pool)
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${import.meta.url}`
  process.on('exit', () => {
    if (folder === undefined || seen.size === 0) return
    mkdirSync(join(folder, 'statements'), { recursive: true })
    writeFileSync(join(folder, 'statements', `${process.pid}.json`), JSON.stringify(recorded()))
  })
}
