import type pg from 'pg'
import { addDays } from '../../platform/time.ts'
import { settleProvisional } from '../establishments/provisional.queries.ts'
import { refreshLexicon } from '../establishments/search-lexicon.queries.ts'
import { countRegisterPairs, isCountDue } from '../territories/correspondences.queries.ts'
import { layouts, type RegisterKind } from './file-layout.ts'
import { addResult, type FileCounts, noCounts } from './import-counts.ts'
import { ImportRefused, type Progress } from './import-options.ts'
import type { Reject } from './line-scanner.ts'
import type { Scope } from './merge.queries.ts'
import { mergeEstablishments } from './merge-establishments.queries.ts'
import { mergeUnits } from './merge-units.queries.ts'
import {
  beginImport,
  communesOf,
  countCommunes,
  indexWanted,
  prepareImport,
  saveProgress,
  takeImportLock,
  wantUnits,
} from './prepare-import.queries.ts'
import type { SireneApi, SirenePage } from './sirene-api.ts'
import { faultIn, lineOfRecord, type RegisterLine, unitWithin } from './sirene-records.ts'
import * as u from './updates.queries.ts'

export interface UpdateOptions {
  readonly today: string
  /**
   * First day to read; without it, the updates go on from where they were, or from the last day that the stock knows.
   */
  readonly since?: string
  readonly onReject?: (source: string, reject: Reject) => void
  readonly onProgress?: (progress: Progress) => void
  /** After each commit. */
  readonly onPage?: (reached: u.Reached) => void | Promise<void>
}
const names: Record<RegisterKind, string> = {
  establishments: 'API Sirene, établissements',
  units: 'API Sirene, unités légales',
}

/**
 * Brings what the register changed, by whole days, through the merge of the stock files. Each page is one transaction
 * with the position of the next: stopped anywhere, it goes on.
 * Establishments first: each names its legal unit, whose own record then completes it.
 */
export const updateRegister = async (
  client: pg.ClientBase,
  api: SireneApi,
  options: UpdateOptions,
): Promise<FileCounts[]> => {
  const yesterday = addDays(options.today, -1)
  if (options.since !== undefined && options.since > yesterday)
    throw new ImportRefused(`les mises à jour se lisent par jours entiers : --since va jusqu’au ${yesterday}`)
  if (!(await takeImportLock(client))) throw new ImportRefused('un autre import du répertoire est en cours')
  await prepareImport(client, options.today)
  if ((await countCommunes(client)) === 0)
    throw new ImportRefused('aucune commune en base : lancez d’abord « npm run import -- territories »')
  await indexWanted(client)
  const scope = await u.registerScope(client)
  const id = await beginImport(client, Object.values(names), 'mises à jour', scope)
  const communes = scope.area && new Set(await communesOf(client, scope.area))
  const all: FileCounts[] = []
  for (const kind of ['establishments', 'units'] as const) {
    const counts = noCounts(names[kind], kind, [])
    all.push(counts)
    const run = await u.takeUp(client, kind, options.since, yesterday)
    if (!run)
      throw new ImportRefused(
        'le répertoire est vide : importez d’abord les fichiers stock, ou donnez --since AAAA-MM-JJ',
      )
    let at: u.Reached = run
    const nextAfter = positions()
    while (at.day <= yesterday) {
      const page = await api.page(kind, at.day, at.cursor)
      const { next, broken } = nextAfter(at, page)
      await inTransaction(client, async () => {
        if (page !== 'stale') await mergePage(client, kind, page.records, counts, scope, communes, options)
        if (!broken) await u.saveReached(client, kind, next)
        await saveProgress(client, id, all, false)
      })
      if (broken)
        throw new ImportRefused(
          `${names[kind]} : la journée du ${at.day} reste incomplète (${broken}) : la même commande la relira, --since ${addDays(at.day, 1)} la passe`,
        )
      at = next
      await options.onPage?.(at)
      const days = (day: string) => Date.parse(day) / 86_400_000
      options.onProgress?.({
        file: `${names[kind]}, ${at.day}`,
        kind,
        read: counts.read,
        done: days(at.day) - days(run.day),
        size: days(yesterday) - days(run.day) + 1,
      })
    }
  }
  await settleProvisional(client)
  await refreshLexicon(client)
  if (await isCountDue(client, options.today))
    await inTransaction(client, async () => {
      await countRegisterPairs(client, options.today)
    })
  await saveProgress(client, id, all, true)
  return all
}

/**
 * The next position after a page. A day cannot be whole when records lack, or its cursor goes round or is forgotten.
 * It is then read once more from its beginning. A second failure declares it broken.
 */
const positions = () => {
  let cursors = new Set<string>()
  let again: string | undefined
  return (at: u.Reached, page: SirenePage | 'stale'): { next: u.Reached; broken?: string } => {
    cursors.add(at.cursor)
    const readOfDay = at.readOfDay + (page === 'stale' ? 0 : page.records.length)
    const wrong =
      page === 'stale'
        ? 'curseur refusé'
        : page.next !== undefined
          ? cursors.has(page.next)
            ? 'curseur déjà lu'
            : undefined
          : page.total !== undefined && readOfDay < page.total
            ? `${readOfDay} lus sur ${page.total}`
            : undefined
    if (wrong === undefined && page !== 'stale' && page.next !== undefined)
      return { next: { day: at.day, cursor: page.next, readOfDay } }
    cursors = new Set()
    if (wrong === undefined) return { next: { day: addDays(at.day, 1), cursor: '*', readOfDay: 0 } }
    const next = { day: at.day, cursor: '*', readOfDay: 0 }
    if (again === at.day) return { next, broken: wrong }
    again = at.day
    return { next }
  }
}

const inTransaction = async (client: pg.ClientBase, work: () => Promise<void>): Promise<void> => {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

const mergePage = async (
  client: pg.ClientBase,
  kind: RegisterKind,
  records: readonly unknown[],
  counts: FileCounts,
  scope: Scope,
  communes: ReadonlySet<string> | null,
  { onReject }: UpdateOptions,
): Promise<void> => {
  const { key } = layouts[kind]
  const lines = new Map<string, RegisterLine>()
  const units = new Map<string, RegisterLine>()
  for (const record of records) {
    counts.read += 1
    const line = lineOfRecord(kind, record)
    const number = line[key] ?? ''
    const reason = faultIn(kind, line) ?? (lines.has(number) ? `repeated-${key}` : undefined)
    if (reason) {
      counts.rejected[reason] = (counts.rejected[reason] ?? 0) + 1
      onReject?.(counts.file, {
        line: counts.read,
        reason,
        text: number || JSON.stringify(record)?.slice(0, 200) || '',
      })
      continue
    }
    lines.set(number, line)
    const unit =
      kind === 'establishments' && (communes === null || communes.has(line['codecommuneetablissement'] ?? ''))
        ? unitWithin(record)
        : undefined
    if (unit) units.set(unit['siren']!, unit)
  }
  if (lines.size === 0) return
  await bringUnits(client, [...units.values()], scope)
  await u.stage(client, kind, [...lines.values()])
  addResult(counts, await (kind === 'units' ? mergeUnits : mergeEstablishments)(client, scope))
}

const bringUnits = async (client: pg.ClientBase, units: readonly RegisterLine[], scope: Scope): Promise<void> => {
  if (units.length === 0) return
  const wanted = await u.unitsToBring(client, units)
  if (wanted.size === 0) return
  await wantUnits(client, [...wanted].map(Number))
  await u.stage(
    client,
    'units',
    units.filter(unit => wanted.has(unit['siren']!)),
  )
  await mergeUnits(client, scope)
}

/**
 * Asks API Sirene for a SIRET that the register lacks, and writes it by the same merge.
 * It enters whatever the register keeps otherwise; the next update confirms it.
 * False when it is not published. On a connection of its own: temporary tables stay behind.
 */
export const lookUp = async (client: pg.ClientBase, api: SireneApi, siret: string, today: string): Promise<boolean> => {
  const record = await api.one('establishments', siret)
  const line = lineOfRecord('establishments', record)
  if (line['siret'] !== siret || faultIn('establishments', line) || line['statutdiffusionetablissement'] === 'N')
    return false
  const siren = siret.slice(0, 9)
  const own = lineOfRecord('units', await api.one('units', siren))
  const unit = own['siren'] === siren && !faultIn('units', own) ? own : unitWithin(record)
  const whole: Scope = { area: null, activeOnly: false }
  await prepareImport(client, today)
  await inTransaction(client, async () => {
    if (unit) {
      await u.stage(client, 'units', [unit])
      await mergeUnits(client, whole)
      await u.holdUnit(client, siren)
    }
    await u.stage(client, 'establishments', [line])
    await mergeEstablishments(client, whole)
    await settleProvisional(client)
  })
  const {
    rows: [row],
  } = await client.query<{ diffusion: string }>('select diffusion from establishments where siret = $1', [siret])
  return row !== undefined && row.diffusion !== 'N'
}
