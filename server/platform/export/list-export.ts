import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import {
  type ExportAsked,
  type ExportedList,
  exportAsked,
  isNoted,
  mostExported,
  type NotedColumn,
  usualColumns,
} from '../../../contract/exported-lists.ts'
import { linesHeader } from '../../../contract/exports.ts'
import type { DataCategory, Params, Query, Reply, Route } from '../../../contract/route.ts'
import type { Action, Context, Entry, Input, Settings } from '../action.ts'
import type { Db, Transaction } from '../database.ts'
import { deviceInWords } from '../device.ts'
import { type Download, type DownloadParts, downloads } from '../download.ts'
import { Refused } from '../errors.ts'
import { originDigest } from '../origin.ts'
import type { Reading } from '../server.ts'
import { sessionToken, tokenHash } from '../session-cookie.ts'
import { parisDay } from '../time.ts'
import { opens, type Viewer } from '../viewer.ts'
import type { Cell, Row } from './cells.ts'
import { csvTable } from './csv-table.ts'
import { markOf } from './mark-rules.ts'
import { xlsxTable } from './xlsx-table.ts'

export type ListExportParts = Omit<DownloadParts, 'makePdf'> & {
  /** What the service answers: the list itself is read by its own action. */
  readonly actions: readonly Action[]
  readonly settings: Settings
  /** Told of each page whose persons leave, as of those that are shown (SEC-1, SEC-2). */
  readonly onRevealed: (reading: Reading) => void
  /** What the network noted of employers, by SIRET: read with each page, under the rights of who exports. */
  readonly noted: Readonly<Record<NotedColumn, ReadNoted>>
}
export type ReadNoted = (db: Db, sirets: readonly number[], today: string) => Promise<ReadonlyMap<number, Cell>>
type LineOf<R> = Reply<R> extends { items: readonly (infer Line)[] } ? Line : never
/** In the transaction of who exports: row-level security chooses what more is read there. */
export interface ListAsked<R extends Route> {
  readonly db: Db
  readonly viewer: Viewer
  readonly params: Params<R>
  readonly filter: Query<R>
}
export interface ListExport<R extends Route, L extends ExportedList, Line = LineOf<R>> {
  /** The route of the list: its needs, its filters, its lines. */
  readonly route: R
  readonly list: L
  readonly cells: Readonly<Record<Exclude<keyof L['columns'], NotedColumn>, (line: NoInfer<Line>) => Cell>>
  /** The lines of a reply that is not their list, read whole under the rights of who exports. */
  readonly lines?: (reply: Reply<R>, asked: ListAsked<R>) => Promise<readonly Line[]>
  readonly most?: number
  /** Refused while annex 4 closes it: an empty file would say that there is nothing (AGR-12). */
  readonly category?: DataCategory
  /** Where the file takes other filters than the list: those it takes, and what they are when the address says none. */
  readonly filter?: { readonly query: TSchema; readonly usual: Readonly<Record<string, string>> }
  /** What the file says of the whole list, under its rows. */
  readonly note?: (reply: Reply<R>, asked: ListAsked<R>) => Promise<readonly string[]>
  /** The act and its subject; the rest of the entry says what was taken. */
  readonly entry: (viewer: Viewer, params: Readonly<Record<string, string>>) => Pick<Entry, 'action' | 'subject'>
}
/** By column, then by SIRET. */
type Noted = Readonly<Partial<Record<string, ReadonlyMap<number, Cell>>>>
interface ListPage {
  readonly items: readonly unknown[]
  readonly next: string | null
  readonly total?: number
  readonly more?: boolean
}
const onePage = (items: readonly unknown[]): ListPage => ({ items, next: null, total: items.length })
interface Page extends ListPage {
  readonly noted: Noted
  /** What the action answered. */
  readonly reply: unknown
}

/** Lines read in one transaction. */
const atOnce = 500
const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * A list as a file, written as it is read (platform/exceptions.ts: no `load → may → run`).
 * Each page is read by the action of the list, under the rights of that moment: the file holds what the page shows.
 * The entry of the trail is committed before the first byte: without it nothing leaves (PRI-5).
 */
export const listExport = <R extends Route, L extends ExportedList, Line = LineOf<R>>(
  parts: ListExportParts,
  { route, list, cells, lines, entry, filter, note, category, most = mostExported.all }: ListExport<R, L, Line>,
) => {
  const asks = downloads(parts)
  const action = parts.actions.find(one => one.route === (route as Route))
  if (!action) throw new Error(`No action reads ${route.path}`)
  const query = filter?.query ?? route.query
  const schema = {
    hide: true,
    ...(route.params ? { params: route.params } : {}),
    ...(query ? { querystring: query } : {}),
    body: exportAsked(list),
  }
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const { purpose, format, columns } = request.body as ExportAsked
    const keys = columns ?? usualColumns(list)
    const download = asks(request, route)
    const asked = askedBy(request, parts, filter?.usual)
    const own = cells as Readonly<Record<string, (line: Line) => Cell>>
    const siretOf = (line: Line) => Number(own['siret']?.(line))
    const readPage = reading(action, asked, download, parts)
    const { params, filter: chosen } = asked as unknown as Omit<ListAsked<R>, 'db' | 'viewer'>
    const askedIn = (db: Db, viewer: Viewer): ListAsked<R> => ({ db, viewer, params, filter: chosen })
    const read = async (tx: Transaction, viewer: Viewer, turn: { after?: string; total?: true }): Promise<Page> => {
      if (category && !opens(viewer, category)) throw new Refused('access/category-closed', { facts: { category } })
      const reply = await readPage(tx, viewer, turn)
      const page = lines ? onePage(await lines(reply as Reply<R>, askedIn(tx, viewer))) : (reply as ListPage)
      const sirets = [...new Set((page.items as readonly Line[]).map(siretOf))]
      const noted: Partial<Record<string, ReadonlyMap<number, Cell>>> = {}
      for (const key of keys.filter(isNoted)) noted[key] = await parts.noted[key](tx, sirets, parisDay(download.now))
      return { ...page, noted, reply }
    }
    const { first, viewer, said } = await download.within(async (tx, viewer) => {
      const first = await read(tx, viewer, { total: true })
      if (first.more || (first.total ?? 0) > most) throw new Refused('export/too-long', { facts: { most } })
      const said = (await note?.(first.reply as Reply<R>, askedIn(tx, viewer))) ?? []
      const detail = { purpose, format, columns: keys, filter: asked.filter, lines: first.total ?? null }
      await download.trail(tx, { ...entry(viewer, asked.params), detail })
      return { first, viewer, said }
    })
    const persons = keys.filter(key => list.onRequest.includes(key))
    const rowsOf = ({ items, noted }: Page): readonly Row[] => {
      const shown = items as readonly Line[]
      const taken = (line: Line, names: readonly string[]) =>
        Object.fromEntries(names.map(name => [name, own[name]!(line)]))
      if (persons.length > 0)
        parts.onRevealed({
          viewer,
          route: { ...route, method: 'POST', path: list.path },
          input: inputOf(asked),
          reply: shown.map(line => taken(line, ['siret', ...persons])),
          request: download.caller,
        })
      return shown.map(line =>
        keys.map(key => (isNoted(key) ? (noted[key]?.get(siretOf(line)) ?? null) : own[key]!(line))),
      )
    }
    const table = {
      title: list.title,
      head: keys.map(key => list.columns[key]!),
      pages: pagesOf(first, after => download.within((tx, who) => read(tx, who, { after })), rowsOf),
      closing: (rows: number) => [...said, ...markOf({ rows, madeAt: download.now, viewer, purpose })],
    }
    return reply
      .header('content-type', types[format])
      .headers(first.total === undefined ? {} : { [linesHeader]: first.total })
      .header('content-disposition', `attachment; filename="${list.fileName}-${parisDay(download.now)}.${format}"`)
      .send(format === 'csv' ? csvTable(table) : xlsxTable(table, download.now))
  }
  return { options: { schema }, handler }
}

interface Asked {
  readonly params: Readonly<Record<string, string>>
  /** The filters of the list, without what turns its pages. */
  readonly filter: Readonly<Record<string, unknown>>
  readonly caller: Context['request']
}
const askedBy = (request: FastifyRequest, { originKey, secure }: ListExportParts, usual: object = {}): Asked => {
  const { after: _after, limit: _limit, total: _total, ...filter } = request.query as Record<string, unknown>
  return {
    params: (request.params ?? {}) as Record<string, string>,
    filter: { ...usual, ...filter },
    caller: {
      id: request.id,
      origin: originDigest(originKey, request.ip),
      device: deviceInWords(request.headers['user-agent']),
      tokenHash: tokenHash(sessionToken(request, secure)!),
    },
  }
}
const inputOf = ({ params, filter }: Asked, turn: object = {}): Input<Route> => {
  const input: unknown = { params, query: { ...filter, ...turn }, body: undefined, ifMatch: undefined }
  return input as Input<Route>
}

/** Reads one page of the list by its action. */
const reading =
  (action: Action, asked: Asked, { now }: Download, { newId, settings }: ListExportParts) =>
  async (tx: Transaction, viewer: Viewer, turn: { after?: string; total?: true }): Promise<unknown> => {
    const input = inputOf(asked, { ...turn, limit: atOnce })
    const context: Context = { db: tx, now, today: parisDay(now), newId, settings, request: asked.caller, viewer }
    const subject = await action.load(input, context)
    const verdict = action.may(viewer, subject, input)
    if (verdict !== true) throw new Refused(verdict)
    return action.run(subject, input, context)
  }

async function* pagesOf(
  first: Page,
  turn: (after: string) => Promise<Page>,
  rowsOf: (page: Page) => readonly Row[],
): AsyncGenerator<readonly Row[]> {
  for (let page = first; ; page = await turn(page.next)) {
    yield rowsOf(page)
    if (page.next === null) return
  }
}
