import { availableParallelism, totalmem } from 'node:os'
import type pg from 'pg'
import { settleProvisional } from '../establishments/provisional.queries.ts'
import { countWords, refreshLexicon } from '../establishments/search-lexicon.queries.ts'
import { countRegisterPairs } from '../territories/correspondences.queries.ts'
import {
  complete,
  countedWords,
  findAbsent,
  indexBuiltUnits,
  planOf,
  reconcile,
  words,
  writeInPlace,
  writeLinks,
} from './beside.queries.ts'
import { dropBuild, type Plan, type Reached, readRejects, saveReached, takeUpBuild } from './build-state.queries.ts'
import { fieldReader } from './file-layout.ts'
import { type FileCounts, noCounts } from './import-counts.ts'
import { type ImportOptions, ImportRefused } from './import-options.ts'
import { LineScanner, type Reject } from './line-scanner.ts'
import { keptColumns } from './merge-establishments.queries.ts'
import {
  beginImport,
  communesOf,
  countCommunes,
  indexWanted,
  prepareImport,
  saveProgress,
  takeImportLock,
  wantUnits,
  watchConnection,
} from './prepare-import.queries.ts'
import { readFile } from './read-file.ts'
import { type Known, recogniseAll } from './recognise-files.ts'
import { boundToTables, dress, swapTables } from './swap.queries.ts'

/**
 * Brings official stock files into the register, legal units first and successions last, whatever the order given.
 * Rows are prepared beside, each batch committed with its position. The register itself changes in one transaction, at
 * the end.
 * After a stop, the same command on the same files goes on. Run once more, it changes nothing.
 */
export const importRegister = async (
  owner: pg.ClientBase,
  paths: readonly string[],
  options: ImportOptions,
): Promise<FileCounts[]> => {
  const files = await recogniseAll(paths)
  if (!(await takeImportLock(owner))) throw new ImportRefused('un autre import du répertoire est en cours')
  const others: pg.Client[] = []
  try {
    await prepareImport(owner, options.today, true)
    if ((await countCommunes(owner)) === 0)
      throw new ImportRefused('aucune commune en base : lancez d’abord « npm run import -- territories »')
    for (let i = 1; options.connect && i < writers; i++) {
      const session = await options.connect()
      others.push(session)
      await watchConnection(session)
      await prepareImport(session, options.today, true)
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
  const taken = await takeUpBuild<FileCounts>(owner, fingerprint, () =>
    beginImport(
      owner,
      files.map(f => f.file.name),
      options.scopeName,
      options,
    ),
  )
  if (taken.resumed || taken.abandoned) options.onStep?.(taken.resumed ? 'resumed' : 'abandoned')
  const { run, counts } = taken
  let { reached } = taken
  const save = async (session: pg.ClientBase, next: Reached, rejects: readonly Reject[] = []) => {
    await saveReached(session, run, next, counts, rejects)
    reached = next
  }
  const inTransaction = async (work: () => Promise<Reached>) => {
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
  const kept = await keptColumns(owner)
  for (const [i, known] of files.entries()) {
    if (i > 0 && reached.file <= i && known.layout.kind === 'establishments') await indexBuiltUnits(owner)
    if (i < reached.file) continue
    counts[i] ??= noCounts(known.file.name, known.layout.kind, known.layout.missing)
    // A key lower than those of the file before may be its repeat.
    if (i > 0 && files[i - 1]!.layout.kind !== known.layout.kind)
      reached = reached.line ? reached : { ...reached, highest: -1 }
    await readFile(sessions, known, counts[i], reached, kept, options, save)
    await inTransaction(async () => ({ ...reached, file: i + 1, bytes: 0, line: 0 }))
  }
  // Whatever an earlier run had reached: its list of rejects may have been lost with it.
  if (options.onReject) await readRejects(owner, (file, reject) => options.onReject!(files[file]!.file.name, reject))
  await options.onRejectsTold?.()
  if (reached.phase === 'reading') {
    const plan = await planOf(owner, (await boundToTables(owner)).length === 0)
    options.onStep?.('completing')
    await inTransaction(async () => {
      const last = counts.findLast(c => c.kind === 'establishments')
      if (last) last.absent = await findAbsent(owner)
      await complete(owner, plan)
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
        table === 'establishments' ? [countWords('register_build.establishments', words)] : [],
      )
    options.onStep?.('applying')
    await inTransaction(async () => {
      await reconcile(owner, plan)
      await writeInPlace(owner, plan)
      const links = files.findIndex(f => f.layout.kind === 'successions')
      if (links >= 0) Object.assign(counts[links]!.became, await writeLinks(owner, options, plan))
      await swapTables(owner, swapped)
      return { ...reached, phase: 'applied' }
    })
  }
  await finish(owner, taken.id, counts, reached.plan, options)
  return counts
}

/** Once the register has changed: provisional cards, words to search by, the account of the import. */
const finish = async (
  owner: pg.ClientBase,
  id: number,
  counts: readonly FileCounts[],
  plan: Plan | undefined,
  options: ImportOptions,
) => {
  // Once the register is let go: who records with a provisional card holds it and then reads the register.
  await settleProvisional(owner)
  if (counts.some(c => changing.some(verdict => c.became[verdict]))) {
    options.onStep?.('words')
    await refreshLexicon(owner, await countedWords(owner))
    await owner.query(
      `analyze search_lexicon${(['establishments', 'legal_units'] as const)
        .filter(t => !plan?.swap[t])
        .map(t => `, ${t}`)
        .join('')}`,
    )
    await owner.query('begin')
    await countRegisterPairs(owner, options.today)
    await owner.query('commit')
  }
  await saveProgress(owner, id, counts, true)
  await dropBuild(owner)
}
const changing = ['new', 'changed', 'closed', 'reopened', 'withdrawn', 'undiffused'] as const

/** For an area, legal units carry no commune: a first reading of the establishments says which are wanted. */
const wantUnitsOf = async (owner: pg.ClientBase, files: readonly Known[], area: readonly number[]) => {
  const communes = new Set(await communesOf(owner, area))
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
      await wantUnits(owner, [...sirens].filter(Number.isSafeInteger))
      sirens.clear()
    }
    await wantUnits(owner, [...sirens].filter(Number.isSafeInteger))
  }
  await indexWanted(owner)
}
