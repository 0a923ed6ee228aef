import type pg from 'pg'
import { ImportRefused } from '../../territory-and-register/register/import-options.ts'
import { n, progressTo, reasons, rejectsTo, type Say } from '../../territory-and-register/register/import-report.ts'
import { keptOf } from '../../territory-and-register/register/line-batches.ts'
import { importServices } from './import-services.ts'
import type { ServiceCounts } from './imported-services.queries.ts'

/** The command: what it says is the operator's whole account of the import. Answers the exit code. */
export const bringServices = async (
  owner: pg.ClientBase,
  files: readonly string[],
  asked: { today: string; batchRows?: number | undefined; rejectFile?: string | undefined },
  say: Say,
): Promise<number> => {
  if (!files.length)
    throw new ImportRefused('services attend un ou plusieurs fichiers de services, tels quels, GZ ou ZIP')
  const rejects = rejectsTo(asked.rejectFile, say)
  const progress = progressTo(process.stdout)
  const all = await importServices(owner, files, {
    today: asked.today,
    batchRows: asked.batchRows,
    onReject: rejects.add,
    onRejectsTold: rejects.close,
    onProgress: progress.show,
    onResumed: file => say(`${file} : reprise là où la lecture de ce fichier s’était arrêtée`),
  })
  progress.clear()
  for (const counts of all) summary(counts, say)
  return 0
}

const summary = (c: ServiceCounts, say: Say) => {
  if (c.already) {
    say(`${c.file} : déjà importé, rien ne change (${n(c.read)} lignes, ${n(keptOf(c))} gardées)`)
    return
  }
  say(`${c.file} (services)`)
  say(`  lues ${n(c.read)} · gardées ${n(keptOf(c))} · rejetées ${n(c.read - keptOf(c))}`)
  say(`  nouveaux ${n(c.added)} · modifiés ${n(c.changed)} · déjà connus ${n(c.known)}`)
  if (c.recognised) say(`  déjà saisis par un conseiller, reconnus : ${n(c.recognised)}`)
  if (c.byHand) say(`  saisis ou corrigés par un conseiller, laissés tels quels : ${n(c.byHand)}`)
  if (c.withdrawn) say(`  retirés par un conseiller, laissés retirés : ${n(c.withdrawn)}`)
  if (c.unknown) say(`  gardés, établissement inconnu du répertoire : ${n(c.unknown)}`)
  for (const [reason, count] of Object.entries(c.rejected))
    say(`  rejetées, ${reasons[reason] ?? reason} : ${n(count)}`)
}
