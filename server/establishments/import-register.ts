import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { LineScanner, type Reject } from './line-scanner.ts'
import { registerFiles, type RegisterFile } from './register-files.ts'
import * as q from './register-import.queries.ts'
import { fieldReader, judgeOf, type Layout, recognise, type FileKind } from './register-layout.ts'
import { refreshLexicon } from './search-lexicon.queries.ts'

export interface FileCounts {
  readonly file: string
  readonly kind: FileKind
  read: number
  rejected: Record<string, number>
  became: Partial<Record<q.Verdict, number>>
  unknownCommunes: Record<string, number>
  unreadable: number
  readonly missing: readonly string[]
}
export const noCounts = (file: string, kind: FileKind, missing: readonly string[]): FileCounts => ({ file, kind, read: 0, rejected: {}, became: {}, unknownCommunes: {}, unreadable: 0, missing })
export interface Progress { readonly file: string; readonly kind: FileKind; readonly read: number; readonly done: number; readonly size: number }
export interface ImportOptions extends q.Scope {
  readonly scopeName: string
  readonly today: string
  readonly batchRows?: number
  readonly onReject?: (file: string, reject: Reject) => void
  readonly onProgress?: (progress: Progress) => void
  /** After each commit. */
  readonly onBatch?: (counts: FileCounts) => void | Promise<void>
}

/** A failure to say to the operator as it is. */
export class ImportRefused extends Error {}

interface Known { file: RegisterFile; header: string[]; layout: Layout }

/**
 * Brings official stock files into the register, legal units first and successions last whatever the order given. Each batch is committed on its own and is consistent by itself:
 * stopped anywhere, the same command run again finishes it, and run once more it changes nothing.
 */
export const importRegister = async (owner: pg.ClientBase, paths: readonly string[], options: ImportOptions): Promise<FileCounts[]> => {
  const files = await recogniseAll(paths)
  if (!await q.takeImportLock(owner)) throw new ImportRefused('un autre import du répertoire est en cours')
  await q.prepareImport(owner, options.today)
  const id = await q.beginImport(owner, files.map(f => f.file.name), options.scopeName, options)
  if (await q.countCommunes(owner) === 0) throw new ImportRefused('aucune commune en base : lancez d’abord « npm run import -- territories »')
  if (options.area && files.some(f => f.layout.kind === 'units')) await wantUnitsOf(owner, files, options.area)
  const all: FileCounts[] = []
  for (const known of files) {
    const counts = noCounts(known.file.name, known.layout.kind, known.layout.missing)
    all.push(counts)
    await importFile(owner, known, counts, options, () => q.saveProgress(owner, id, all, false))
  }
  await q.saveProgress(owner, id, all, true)
  await refreshLexicon(owner)
  await owner.query('analyze establishments, legal_units, search_lexicon')
  return all
}

const order: readonly FileKind[] = ['units', 'establishments', 'successions']
const mergeOf = { units: q.mergeUnits, establishments: q.mergeEstablishments, successions: q.mergeSuccessions }

const recogniseAll = async (paths: readonly string[]): Promise<Known[]> => {
  const files: Known[] = []
  for (const file of (await Promise.all(paths.map(registerFiles))).flat()) {
    const scanner = new LineScanner((await file.open()).stream)
    const header = await scanner.header()
    await scanner.close()
    const layout = recognise(header)
    if (!layout) throw new ImportRefused(`${file.name} : ni StockEtablissement, ni StockUniteLegale, ni StockEtablissementLiensSuccession d’après ses colonnes (${header.slice(0, 6).join(', ')}…)`)
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

const importFile = async (owner: pg.ClientBase, { file, header, layout }: Known, counts: FileCounts, options: ImportOptions, saveCounts: () => Promise<void>) => {
  const { batchRows = 100_000 } = options
  const merge = mergeOf[layout.kind]
  const copySql = await q.prepareStaging(owner, layout)
  const reject = (r: Reject) => {
    counts.rejected[r.reason] = (counts.rejected[r.reason] ?? 0) + 1
    options.onReject?.(file.name, r)
  }

  let inHand = 0
  let keys: number[] = []
  let lines: number[] = []
  let inBatch: Set<number> | undefined
  let highest = -1
  let firstBatch = true
  // INSEE sorts its files: only a key that does not follow the highest so far can be a repeat.
  const accept = (key: number, line: number): boolean => {
    if (key > highest) highest = key
    else {
      inBatch ??= new Set(keys)
      if (inBatch.has(key)) return false
    }
    inBatch?.add(key)
    keys.push(key)
    lines.push(line)
    return true
  }

  let copy: ReturnType<typeof openCopy> | undefined
  const commit = async () => {
    if (!copy) return
    await copy.end()
    copy = undefined
    if (inBatch && !firstBatch && layout.kind !== 'successions') {
      const repeats = await q.findRepeats(owner, layout.kind)
      const lineOf = repeats.length ? new Map(keys.map((k, i) => [k, lines[i]!])) : undefined
      for (const key of repeats) reject({ line: lineOf!.get(key)!, reason: `repeated-${layout.kind === 'units' ? 'siren' : 'siret'}`, text: String(key).padStart(layout.kind === 'units' ? 9 : 14, '0') })
    }
    addResult(counts, await merge(owner, options))
    await saveCounts()
    await owner.query('commit')
    inHand = 0
    keys = []
    lines = []
    inBatch = undefined
    firstBatch = false
    await options.onBatch?.(counts)
  }

  const { stream, progress } = await file.open()
  const scanner = new LineScanner(stream)
  await scanner.header()
  try {
    for await (const chunk of scanner.chunks(judgeOf(layout.kind, header, accept))) {
      counts.read += chunk.read
      chunk.rejects.forEach(reject)
      for (const clean of chunk.clean) {
        if (!copy) {
          await owner.query('begin')
          copy = openCopy(owner, copySql)
        }
        await copy.write(clean)
      }
      options.onProgress?.({ file: file.name, kind: layout.kind, read: counts.read, done: progress(), size: file.size })
      inHand += chunk.read
      if (inHand >= batchRows) await commit()
    }
    await commit()
  } catch (error) {
    copy?.abandon()
    await owner.query('rollback').catch(() => {})
    throw error
  }
}

const openCopy = (owner: pg.ClientBase, copySql: string) => {
  const stream = owner.query(copyFrom(copySql))
  const failed = new Promise<never>((_, no) => stream.once('error', no))
  failed.catch(() => {})
  return {
    write: async (bytes: Buffer) => { if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), failed]) },
    end: async () => {
      const finished = once(stream, 'finish')
      stream.end()
      await Promise.race([finished, failed])
    },
    abandon: () => { stream.on('error', () => {}).destroy() },
  }
}

export const addResult = (counts: FileCounts, result: q.BatchResult): void => {
  for (const [verdict, n] of Object.entries(result.counts)) counts.became[verdict as q.Verdict] = (counts.became[verdict as q.Verdict] ?? 0) + n
  for (const [code, n] of Object.entries(result.unknownCommunes)) counts.unknownCommunes[code] = (counts.unknownCommunes[code] ?? 0) + n
  counts.unreadable += result.unreadable
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0)
/** Rows that are in the register after the import. */
export const keptOf = (c: FileCounts): number => sum(q.kept.map(verdict => c.became[verdict] ?? 0))
/** Lines read that are neither kept, nor out of scope, nor among the listed rejects: always 0, or the import has a fault and says so. */
export const lostOf = (c: FileCounts): number => c.read - sum(Object.values(c.rejected)) - sum(Object.values(c.became))
