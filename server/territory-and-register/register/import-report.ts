import { createWriteStream } from 'node:fs'
import { csvCell } from '../../../contract/csv.ts'
import { type FileCounts, keptOf, lostOf } from './import-counts.ts'
import type { Progress, Step } from './import-options.ts'

/* What an import says to the person who runs it: how far it is, what it set aside, what became of each line. */

export type Say = (line: string) => void
const number = new Intl.NumberFormat('fr-FR')
export const n = (value: number) => number.format(value)

export const reasons: Record<string, string> = {
  'no-siret': 'sans SIRET',
  'no-siren': 'sans SIREN',
  'not-14-digits': 'SIRET qui n’a pas 14 chiffres',
  'not-9-digits': 'SIREN qui n’a pas 9 chiffres',
  'wrong-siret-key': 'clé du SIRET fausse',
  'wrong-siren-key': 'clé du SIREN fausse',
  'repeated-siret': 'SIRET répété dans le fichier (le premier est gardé)',
  'repeated-siren': 'SIREN répété dans le fichier (le premier est gardé)',
  'unknown-state': 'état administratif inconnu',
  'unknown-diffusion': 'statut de diffusion inconnu',
  'unreadable-day': 'date illisible',
  'unreadable-flag': 'ni « true » ni « false »',
  'wrong-column-count': 'nombre de colonnes faux',
  'stray-quote': 'guillemet mal placé',
  'unterminated-quote': 'guillemet jamais refermé',
  'stray-carriage-return': 'retour chariot isolé',
  'nul-byte': 'octet nul',
  'invalid-utf8': 'UTF-8 invalide',
  'no-code': 'sans code de territoire ou sans nom',
  'unknown-commune': 'commune inconnue',
  'no-contour': 'sans contour en longitudes et latitudes',
  'repeated-contour': 'contour répété dans le fichier (le premier est gardé)',
  'repeated-commune': 'commune répétée (la première ligne est gardée)',
  'unknown-contract': 'type de contrat inconnu',
  'unreadable-duration': 'durée du contrat illisible',
  'hire-day-too-old': 'embauche d’avant 2000',
  'hire-day-too-far': 'embauche à plus de deux mois d’ici',
  'no-service-reference': 'sans référence du service, ou référence qui peut être celle d’une personne',
  'unknown-service': 'service inconnu',
  'unknown-service-result': 'résultat inconnu',
  'service-day-outside': 'service d’avant 2000 ou à venir',
  'service-ended-before': 'service qui finit avant d’avoir commencé',
  'service-of-the-past': 'AFPR d’un jour où elle n’existait plus',
  'dropped-month': 'mois dont les déclarations sont déjà effacées : ses comptes ne changent plus',
}

/** Listed rejects go to the file when one is given; else the first fifty are printed and the others counted. */
export const rejectsTo = (path: string | undefined, say: Say) => {
  let count = 0
  const out = path === undefined ? undefined : createWriteStream(path, { mode: 0o600 })
  const failed = out && new Promise<never>((_, no) => out.once('error', no))
  failed?.catch(() => {})
  out?.write('fichier,ligne,motif,texte\n')
  return {
    add: (file: string, r: { line: number; reason: string; text: string }) => {
      count++
      if (out) out.write(`${[file, r.line, reasons[r.reason] ?? r.reason, r.text].map(csvCell).join(',')}\n`)
      else if (count <= 50) say(`  rejet ligne ${r.line} : ${reasons[r.reason] ?? r.reason} : ${r.text}`)
    },
    close: async () => {
      if (!out) {
        if (count > 50) say(`  … et ${n(count - 50)} autres rejets : --reject-file FICHIER les écrit tous`)
      } else {
        await Promise.race([new Promise<void>(done => out.end(() => done())), failed])
        if (count) say(`  ${n(count)} rejets écrits dans ${path}`)
      }
    },
  }
}

/** What the import of the register says of what it begins. */
export const steps: Record<Step, string> = {
  resumed: 'Reprise là où l’import de ces mêmes fichiers s’était arrêté',
  abandoned:
    'Un import interrompu, d’autres fichiers ou d’un autre territoire, est abandonné : il n’avait rien changé au répertoire',
  completing: 'Lecture terminée : préparation de ce qui change',
  indexing: 'Construction des index, à côté du répertoire en service',
  applying: 'Mise en service',
  words: 'Mots connus de la recherche',
}

const duration = (seconds: number) =>
  seconds < 60
    ? `${Math.ceil(seconds)} s`
    : seconds < 3_600
      ? `${Math.ceil(seconds / 60)} min`
      : `${Math.floor(seconds / 3_600)} h ${String(Math.floor((seconds % 3_600) / 60)).padStart(2, '0')}`
/** A bar on a terminal, plain lines elsewhere, no more often than a person reads. `clock` counts milliseconds. */
export const progressTo = (
  out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
  clock: () => number = () => performance.now(),
) => {
  let start = clock()
  let last = start
  let of: string | undefined
  let from = { share: 0, read: 0 }
  return {
    show: ({ file, read, done, size }: Omit<Progress, 'kind'> & Partial<Pick<Progress, 'kind'>>) => {
      const now = clock()
      const share = Math.min(1, size ? done / size : 0)
      // Counted from what this run found done already.
      if (of !== file) [of, from, start] = [file, { share, read }, now]
      if (now - last < (out.isTTY ? 200 : 5_000)) return
      last = now
      const seconds = (now - start) / 1000
      const rate = seconds > 0 ? ` · ${n(Math.round((read - from.read) / seconds))} lignes/s` : ''
      const left =
        share - from.share > 0.005 ? ` · reste ${duration(((1 - share) * seconds) / (share - from.share))}` : ''
      const text = `${Math.floor(share * 100)} % · ${n(read)} lignes${rate}${left}`
      out.write(
        out.isTTY ? `\r\x1b[2K[${'█'.repeat(Math.round(share * 30)).padEnd(30, '·')}] ${text}` : `${file} : ${text}\n`,
      )
    },
    clear: () => {
      if (out.isTTY) out.write('\r\x1b[2K')
    },
  }
}

const kinds: Record<FileCounts['kind'], string> = {
  units: 'unités légales',
  establishments: 'établissements',
  successions: 'liens de succession',
}
const codeWords = {
  activities: 'code d’activité inconnu',
  headcounts: 'tranche d’effectif inconnue',
  legalCategories: 'catégorie juridique inconnue',
} as const
/** The most frequent first. */
const listCodes = (say: Say, what: string, codes: Record<string, number> = {}) => {
  const all = Object.entries(codes).sort((a, b) => b[1] - a[1])
  if (all.length)
    say(
      `  ${what} : ${all
        .slice(0, 20)
        .map(([code, count]) => `${code} (${n(count)})`)
        .join(', ')}${all.length > 20 ? `, et ${all.length - 20} autres codes` : ''}`,
    )
}
const summary = (say: Say, c: FileCounts) => {
  const b = c.became
  const rejected = Object.entries(c.rejected)
  say(`${c.file} (${kinds[c.kind]})`)
  if (c.missing.length) say(`  colonnes absentes, laissées vides : ${c.missing.join(', ')}`)
  say(`  lues ${n(c.read)} · gardées ${n(keptOf(c))} · rejetées ${n(rejected.reduce((s, [, v]) => s + v, 0))}`)
  say(
    `  nouvelles ${n(b.new ?? 0)} · modifiées ${n(b.changed ?? 0)} · inchangées ${n(b.unchanged ?? 0)} · fermées ${n(b.closed ?? 0)} · rouvertes ${n(b.reopened ?? 0)} · retirées de la diffusion ${n(b.withdrawn ?? 0)}`,
  )
  if (b.repeated) say(`  liens répétés (le plus récent est gardé) : ${n(b.repeated)}`)
  if (b.outside || b.inactive || b.undiffused)
    say(
      `  non retenues : hors du territoire ${n(b.outside ?? 0)} · fermées ${n(b.inactive ?? 0)} · non diffusibles ${n(b.undiffused ?? 0)}`,
    )
  for (const [reason, count] of rejected) say(`  rejetées, ${reasons[reason] ?? reason} : ${n(count)}`)
  listCodes(say, 'gardées sans territoire, commune inconnue', c.unknownCommunes)
  for (const [list, words] of Object.entries(codeWords) as [keyof typeof codeWords, string][])
    listCodes(say, `gardées, ${words}`, c.unknownCodes?.[list])
  if (c.unreadable) say(`  dates illisibles laissées vides : ${n(c.unreadable)}`)
  if (c.absent?.count) sayAbsent(say, c.absent)
}
const sayAbsent = (say: Say, { count, sample }: NonNullable<FileCounts['absent']>) => {
  say(
    count === 1
      ? '  1 établissement du répertoire est absent du fichier : il est gardé, sans changement'
      : `  ${n(count)} établissements du répertoire sont absents du fichier : ils sont gardés, sans changement`,
  )
  say(
    `  ${count > sample.length ? 'absents, les premiers' : count === 1 ? 'absent' : 'absents'} : ${sample.join(', ')}`,
  )
}

/** Non-zero when a line was lost. */
export const conclude = (counts: readonly FileCounts[], say: Say): number => {
  for (const c of counts) summary(say, c)
  const lost = counts.reduce((s, c) => s + lostOf(c), 0)
  if (lost !== 0) say(`ANOMALIE : ${n(lost)} lignes ne sont ni gardées, ni hors champ, ni rejetées`)
  return lost === 0 ? 0 : 3
}
