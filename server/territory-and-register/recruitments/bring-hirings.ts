import type pg from 'pg'
import { ImportRefused } from '../register/import-options.ts'
import { n, progressTo, reasons, rejectsTo, type Say } from '../register/import-report.ts'
import { keptOf } from '../register/line-batches.ts'
import { forecastHirings } from './forecast-hirings.ts'
import type { HiringCounts } from './hirings.queries.ts'
import { type HiringStep, importHirings } from './import-hirings.ts'

const steps: Record<HiringStep, string> = {
  resumed: 'Reprise là où la lecture de ce fichier s’était arrêtée',
  abandoned: 'La lecture interrompue d’un autre fichier est abandonnée : elle n’avait rien changé',
  merging: 'Lecture terminée : comptes par mois, par activité et par territoire',
}

/** The command: what it says is the operator's whole account of the import. Answers the exit code. */
export const bringHirings = async (
  owner: pg.ClientBase,
  files: readonly string[],
  asked: { today: string; batchRows?: number | undefined; rejectFile?: string | undefined },
  say: Say,
): Promise<number> => {
  if (!files.length) throw new ImportRefused('dpae attend un ou plusieurs fichiers de DPAE, tels quels, GZ, BZ2 ou ZIP')
  const rejects = rejectsTo(asked.rejectFile, say)
  const progress = progressTo(process.stdout)
  const all = await importHirings(owner, files, {
    today: asked.today,
    batchRows: asked.batchRows,
    onReject: rejects.add,
    onRejectsTold: rejects.close,
    onProgress: progress.show,
    onStep: (step, file) => {
      progress.clear()
      say(`${file} : ${steps[step]}`)
    },
  })
  progress.clear()
  for (const counts of all) summary(counts, say)
  say('Prévisions des prochains mois, établissement par établissement')
  const { already, read, told } = await forecastHirings(owner)
  say(
    already
      ? '  déjà faites pour ces fichiers'
      : `  établissements éprouvés ${n(read)} · prévision annoncée pour ${n(told)}, les autres sans prévision fiable`,
  )
  return 0
}

const summary = (c: HiringCounts, say: Say) => {
  if (c.already) {
    say(`${c.file} : déjà importé, rien ne change (${n(c.read)} lignes, ${n(keptOf(c))} gardées)`)
    return
  }
  const rejected = Object.entries(c.rejected)
  say(`${c.file} (DPAE, ${c.columns} colonnes)`)
  say(`  lues ${n(c.read)} · gardées ${n(keptOf(c))} · rejetées ${n(c.read - keptOf(c))}`)
  say(`  embauches nouvelles ${n(c.added)} · déjà connues ${n(c.known)}`)
  if (c.days) say(`  jours d’embauche : du ${french(c.days[0])} au ${french(c.days[1])}`)
  if (c.unknown.establishments)
    say(
      `  gardées, établissement inconnu du répertoire : ${count(c.unknown.hires, 'embauche')} de ${count(c.unknown.establishments, 'établissement')}`,
    )
  for (const [reason, count] of rejected) say(`  rejetées, ${reasons[reason] ?? reason} : ${n(count)}`)
}
const count = (number: number, word: string) => `${n(number)} ${word}${number > 1 ? 's' : ''}`
const french = (day: string) => day.split('-').reverse().join('/')
