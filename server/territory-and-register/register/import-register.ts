import { once } from 'node:events'
import { availableParallelism, totalmem } from 'node:os'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { settleProvisional } from '../establishments/provisional.queries.ts'
import { countWords, refreshLexicon } from '../establishments/search-lexicon.queries.ts'
import * as b from './beside.queries.ts'
import { type FileKind, fieldReader, judgeOf, type Layout, recognise } from './file-layout.ts'
import { LineScanner, type Reject } from './line-scanner.ts'
import * as q from './merge.queries.ts'
import { type RegisterFile, registerFiles } from './stock-files.ts'
import { boundToTables, dress, swapTables } from './swap.queries.ts'
import type { UnknownCodes } from './unknown-codes.queries.ts'

export interface FileCounts {
  readonly file: string
  readonly kind: FileKind
  read: number
  rejected: Record<string, number>
  became: Partial<Record<q.Verdict, number>>
  unknownCommunes: Record<string, number>
  /** Of activity, headcount and legal category: kept as published, and listed. */
  unknownCodes: Partial<UnknownCodes>
  unreadable: number
  readonly missing: readonly string[]
  /**
   * Of the register before the import, those that no file of establishments gave a line of; on the last of these files.
   */
  absent?: b.Absent
}
export const noCounts = (file: string, kind: FileKind, missing: readonly string[]): FileCounts => ({
  file,
  kind,
  read: 0,
  rejected: {},
  became: {},
  unknownCommunes: {},
  unknownCodes: {},
  unreadable: 0,
  missing,
})
export interface Progress {
  readonly file: string
  readonly kind: FileKind
  readonly read: number
  readonly done: number
  readonly size: number
}
export interface ImportOptions extends q.Scope {
  readonly scopeName: string
  readonly today: string
  readonly batchRows?: number
  /** Connections of the owner's, to write several batches at once; the import ends them. */
  readonly connect?: () => Promise<pg.Client>
  /**
   * Once everything is read, in the order of the lines; what is done with them is waited for before the register
   * changes.
   */
  readonly onReject?: (file: string, reject: Reject) => void
  readonly onRejectsTold?: () => Promise<void>
  readonly onProgress?: (progress: Progress) => void
  /** What is being done, once all is read, and what was found at the beginning. */
  readonly onStep?: (step: Step) => void
  /** After each commit. */
  readonly onBatch?: (counts: FileCounts) => void | Promise<void>
}
export type Step = 'resumed' | 'abandoned' | 'completing' | 'indexing' | 'applying' | 'words'

/** A failure to say to the operator as it is. */
export class ImportRefused extends Error {}

interface Known {
  file: RegisterFile
  header: string[]
  layout: Layout
}

/**
 * Brings official stock files into the register, legal units first and successions last whatever the order given. What
 * is read is prepared beside, each batch committed with the place it reached; the register itself changes in one
 * transaction, at the end. Stopped anywhere, the same command on the same files goes on; run once more it changes
 * nothing.
 */
export const importRegister = async (
  owner: pg.ClientBase,
  paths: readonly string[],
  options: ImportOptions,
): Promise<FileCounts[]> => {
  const files = await recogniseAll(paths)
  if (!(await q.takeImportLock(owner))) throw new ImportRefused('un autre import du répertoire est en cours')
  const others: pg.Client[] = []
  try {
    await q.prepareImport(owner, options.today, true)
    if ((await q.countCommunes(owner)) === 0)
      throw new ImportRefused('aucune commune en base : lancez d’abord « npm run import -- territories »')
    for (let i = 1; options.connect && i < writers; i++) {
      const session = await options.connect()
      others.push(session)
      await q.watchConnection(session)
      await q.prepareImport(session, options.today, true)
    }
    return await build(owner, [owner, ...others], files, options)
  } finally {
    await Promise.all(others.map(session => session.end().catch(() => {})))
    await owner.query('reset search_path; reset jit; reset maintenance_work_mem').catch(() => {})
  }
}
/** One is being fed while the others write. */
const writers = Math.max(2, Math.min(availableParallelism() + 1, 4))
const buildMemoryMB = Math.max(64, Math.min(1024, Math.floor(totalmem() / 2 ** 20 / 8)))

const build = async (
  owner: pg.ClientBase,
  sessions: readonly pg.ClientBase[],
  files: readonly Known[],
  options: ImportOptions,
): Promise<FileCounts[]> => {
  const { area, activeOnly } = options
  const fingerprint = JSON.stringify([await Promise.all(files.map(f => f.file.fingerprint())), area, activeOnly])
  const taken = await b.takeUpBuild<FileCounts>(owner, fingerprint, () =>
    q.beginImport(
      owner,
      files.map(f => f.file.name),
      options.scopeName,
      options,
    ),
  )
  if (taken.resumed || taken.abandoned) options.onStep?.(taken.resumed ? 'resumed' : 'abandoned')
  const { run, counts } = taken
  let { reached } = taken
  const save = async (session: pg.ClientBase, next: b.Reached, rejects: readonly Reject[] = []) => {
    await b.saveReached(session, run, next, counts, rejects)
    reached = next
  }
  const inTransaction = async (work: () => Promise<b.Reached>) => {
    await owner.query('begin')
    try {
      await save(owner, await work())
      await owner.query('commit')
    } catch (error) {
      await owner.query('rollback').catch(() => {})
      throw error
    }
  }
  if (reached.file < 0) {
    await inTransaction(async () => {
      if (area && files.some(f => f.layout.kind === 'units')) await wantUnitsOf(owner, files, area)
      return { ...reached, file: 0 }
    })
  }
  const kept = await q.keptColumns(owner)
  for (const [i, known] of files.entries()) {
    if (i > 0 && reached.file <= i && known.layout.kind === 'establishments') await b.indexBuiltUnits(owner)
    if (i < reached.file) continue
    counts[i] ??= noCounts(known.file.name, known.layout.kind, known.layout.missing)
    // A key lower than those of the file before may be its repeat.
    if (i > 0 && files[i - 1]!.layout.kind !== known.layout.kind)
      reached = reached.line ? reached : { ...reached, highest: -1 }
    await readFile(sessions, known, counts[i], reached, kept, options, save)
    await inTransaction(async () => ({ ...reached, file: i + 1, bytes: 0, line: 0 }))
  }
  if (reached.phase === 'reading') {
    if (options.onReject)
      await b.readRejects(owner, (file, reject) => options.onReject!(files[file]!.file.name, reject))
    await options.onRejectsTold?.()
    const plan = await b.planOf(owner, (await boundToTables(owner)).length === 0)
    options.onStep?.('completing')
    await inTransaction(async () => {
      const last = counts.findLast(c => c.kind === 'establishments')
      if (last) last.absent = await b.findAbsent(owner)
      await b.complete(owner, plan)
      return { ...reached, phase: 'completed', plan }
    })
  }
  if (reached.phase === 'completed') {
    const plan = reached.plan!
    const swapped = (['establishments', 'legal_units'] as const).filter(t => plan.swap[t])
    if (swapped.length) options.onStep?.('indexing')
    for (const table of swapped)
      await dress(
        sessions,
        table,
        buildMemoryMB,
        table === 'establishments' ? [countWords('register_build.establishments', b.words)] : [],
      )
    options.onStep?.('applying')
    await inTransaction(async () => {
      await b.reconcile(owner, plan)
      await b.writeInPlace(owner, plan)
      const links = files.findIndex(f => f.layout.kind === 'successions')
      if (links >= 0) Object.assign(counts[links]!.became, await b.writeLinks(owner, options, plan))
      await swapTables(owner, swapped)
      return { ...reached, phase: 'applied' }
    })
  }
  // Once the register is let go: who records with a provisional card holds it and then reads the register.
  await settleProvisional(owner)
  if (counts.some(c => changing.some(verdict => c.became[verdict]))) {
    options.onStep?.('words')
    await refreshLexicon(owner, await b.countedWords(owner))
    await owner.query(
      `analyze search_lexicon${(['establishments', 'legal_units'] as const)
        .filter(t => !reached.plan?.swap[t])
        .map(t => `, ${t}`)
        .join('')}`,
    )
  }
  await q.saveProgress(owner, taken.id, counts, true)
  await b.dropBuild(owner)
  return counts
}
const changing = ['new', 'changed', 'closed', 'reopened', 'withdrawn', 'undiffused'] as const

const order: readonly FileKind[] = ['units', 'establishments', 'successions']

const recogniseAll = async (paths: readonly string[]): Promise<Known[]> => {
  const files: Known[] = []
  for (const file of (await Promise.all(paths.map(registerFiles))).flat()) {
    const scanner = new LineScanner((await file.open()).stream)
    const header = await scanner.header()
    await scanner.close()
    const layout = recognise(header)
    if (!layout)
      throw new ImportRefused(
        `${file.name} : ni StockEtablissement, ni StockUniteLegale, ni StockEtablissementLiensSuccession d’après ses colonnes (${header.slice(0, 6).join(', ')}…)`,
      )
    files.push({ file, header, layout })
  }
  if (files.length === 0) throw new ImportRefused('aucun fichier CSV à lire')
  return files.sort((a, b) => order.indexOf(a.layout.kind) - order.indexOf(b.layout.kind))
}

/** For an area, legal units carry no commune: a first reading of the establishments says which are wanted. */
const wantUnitsOf = async (owner: pg.ClientBase, files: readonly Known[], area: readonly number[]) => {
  const communes = new Set(await q.communesOf(owner, area))
  for (const { file, header, layout } of files) {
    if (layout.kind !== 'establishments') continue
    const [siret, commune] = [fieldReader(header, 'siret'), fieldReader(header, 'codeCommuneEtablissement')]
    const sirens = new Set<number>()
    const scanner = new LineScanner((await file.open()).stream)
    await scanner.header()
    for await (const _ of scanner.chunks((buffer, starts, ends) => {
      if (communes.has(commune(buffer, starts, ends))) sirens.add(Number(siret(buffer, starts, ends).slice(0, 9)))
      return undefined
    })) {
      if (sirens.size < 100_000) continue
      await q.wantUnits(owner, [...sirens].filter(Number.isSafeInteger))
      sirens.clear()
    }
    await q.wantUnits(owner, [...sirens].filter(Number.isSafeInteger))
  }
  await q.indexWanted(owner)
}

/** One batch on its way: fed by the reader, then written by its session while the next one is fed. */
interface Batch {
  readonly session: pg.ClientBase
  copy: ReturnType<typeof openCopy> | undefined
  read: number
  readonly keys: number[]
  readonly lines: number[]
  low: number
  outOfOrder: Set<number> | undefined
  readonly rejects: Reject[]
}

const readFile = async (
  sessions: readonly pg.ClientBase[],
  { file, header, layout }: Known,
  counts: FileCounts,
  from: b.Reached,
  kept: q.Kept,
  options: ImportOptions,
  save: (session: pg.ClientBase, next: b.Reached, rejects: readonly Reject[]) => Promise<void>,
) => {
  const { batchRows = 100_000 } = options
  const { kind } = layout
  const copySql = (await Promise.all(sessions.map(session => q.prepareStaging(session, layout))))[0]!
  let read = counts.read
  let highest = from.highest
  const busy = new Map<pg.ClientBase, Promise<void>>()
  let last: Promise<void> = Promise.resolve()
  let turn = 0
  const next = async (): Promise<Batch> => {
    const session = sessions[turn++ % sessions.length]!
    await busy.get(session)
    await session.query('begin')
    return { session, copy: undefined, read: 0, keys: [], lines: [], low: Infinity, outOfOrder: undefined, rejects: [] }
  }
  let batch: Batch | undefined
  // INSEE sorts its files: only a key that does not follow the highest so far can be a repeat.
  const accept = (key: number, line: number): boolean => {
    if (key > highest) highest = key
    else {
      batch!.outOfOrder ??= new Set(batch!.keys)
      if (batch!.outOfOrder.has(key)) return false
    }
    batch!.outOfOrder?.add(key)
    batch!.keys.push(key)
    batch!.lines.push(line)
    if (key < batch!.low) batch!.low = key
    return true
  }
  /** Batches are written side by side and committed in their order. */
  const write = async (it: Batch, before: Promise<void>, reached: b.Reached): Promise<void> => {
    const { session, keys } = it
    await it.copy?.end()
    it.copy = undefined
    if (it.outOfOrder && kind !== 'successions') {
      await before // what an earlier batch brought is known once it is committed
      const repeats = await q.findRepeats(session, kind, it.low, reached.highest)
      const lineOf = repeats.length ? new Map(keys.map((k, i) => [k, it.lines[i]!])) : undefined
      for (const key of repeats)
        it.rejects.push({
          line: lineOf!.get(key)!,
          reason: `repeated-${kind === 'units' ? 'siren' : 'siret'}`,
          text: String(key).padStart(kind === 'units' ? 9 : 14, '0'),
        })
    }
    const into = { low: it.low, high: reached.highest, kept }
    const result =
      kind === 'successions'
        ? await q.stageLinks(session)
        : keys.length
          ? await (kind === 'units' ? q.mergeUnits : q.mergeEstablishments)(session, options, into)
          : undefined
    await before
    counts.read += it.read
    for (const { reason } of it.rejects) counts.rejected[reason] = (counts.rejected[reason] ?? 0) + 1
    if (result) addResult(counts, result)
    await save(session, reached, it.rejects)
    await session.query('commit')
    await options.onBatch?.(counts)
  }
  const send = (reached: b.Reached) => {
    const it = batch!
    batch = undefined
    last = write(it, last, reached)
    last.catch(() => {}) // said where it is waited for
    busy.set(it.session, last)
  }

  const { stream, progress } = await file.open(from.bytes, Math.max(64, Math.min(1 << 20, batchRows * 200)))
  const scanner = new LineScanner(stream)
  if (from.bytes) scanner.resume(header, from)
  else await scanner.header()
  try {
    batch = await next()
    for await (const chunk of scanner.chunks(judgeOf(kind, header, accept))) {
      batch.rejects.push(...chunk.rejects)
      for (const clean of chunk.clean) {
        batch.copy ??= openCopy(batch.session, copySql)
        await batch.copy.write(clean)
      }
      batch.read += chunk.read
      read += chunk.read
      options.onProgress?.({ file: file.name, kind, read, done: progress(), size: file.size })
      if (batch.read >= batchRows) {
        send({ ...from, ...scanner.reached, highest })
        batch = await next()
      }
    }
    send({ ...from, ...scanner.reached, highest })
    await last
  } catch (error) {
    batch?.copy?.abandon()
    await Promise.allSettled(busy.values())
    await Promise.all(sessions.map(session => session.query('rollback').catch(() => {})))
    await scanner.close().catch(() => {})
    throw error
  }
}

const openCopy = (owner: pg.ClientBase, copySql: string) => {
  const stream = owner.query(copyFrom(copySql))
  const failed = new Promise<never>((_, no) => stream.once('error', no))
  failed.catch(() => {})
  return {
    write: async (bytes: Buffer) => {
      if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), failed])
    },
    end: async () => {
      const finished = once(stream, 'finish')
      stream.end()
      await Promise.race([finished, failed])
    },
    abandon: () => {
      stream.on('error', () => {}).destroy()
    },
  }
}

export const addResult = (counts: FileCounts, result: q.BatchResult): void => {
  for (const [verdict, n] of Object.entries(result.counts))
    counts.became[verdict as q.Verdict] = (counts.became[verdict as q.Verdict] ?? 0) + n
  for (const [code, n] of Object.entries(result.unknownCommunes))
    counts.unknownCommunes[code] = (counts.unknownCommunes[code] ?? 0) + n
  for (const [list, codes] of Object.entries(result.unknownCodes) as [keyof UnknownCodes, Record<string, number>][]) {
    counts.unknownCodes ??= {} // of a run that an older program began
    counts.unknownCodes[list] ??= {}
    const known = counts.unknownCodes[list]
    for (const [code, n] of Object.entries(codes)) known[code] = (known[code] ?? 0) + n
  }
  counts.unreadable += result.unreadable
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0)
/** Rows that are in the register after the import. */
export const keptOf = (c: FileCounts): number => sum(q.kept.map(verdict => c.became[verdict] ?? 0))
/**
 * Lines read that are neither kept, nor out of scope, nor among the listed rejects: always 0, or the import has a fault
 * and says so.
 */
export const lostOf = (c: FileCounts): number => c.read - sum(Object.values(c.rejected)) - sum(Object.values(c.became))
