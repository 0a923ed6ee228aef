import { columns, keptTables, labelOf, wordsOf } from './columns.ts'
import { endings } from './endings.ts'
import type { Gathered } from './gather-person.ts'
import { categoryWords, whoseWords } from './kept.ts'
import type { FoundPerson } from './person.queries.ts'

export interface ExportHead {
  readonly madeAt: Date
  readonly madeBy: string
  readonly purpose: string
  readonly persons: readonly FoundPerson[]
}
type Said = Readonly<Record<string, unknown>>
export interface ExportPart {
  readonly Quoi: string
  readonly Table: string
  readonly 'De qui': string
  readonly Catégorie: string
  readonly 'Durée de conservation': string
  readonly Lignes: readonly Said[]
}
export interface ExportWords {
  readonly 'Données d’une personne': Said
  readonly 'À relire avant la remise': string
  readonly 'Sur elle': readonly ExportPart[]
  readonly 'Ses actes': readonly ExportPart[]
  readonly 'Gardé et non remis': readonly Said[]
  readonly 'À chercher à la main': readonly Said[]
}

const kindWords = {
  account: 'Compte',
  correspondent: 'Fiche d’interlocuteur',
  contact: 'Interlocuteur d’une convention',
}

const said = (row: Said): Said => Object.fromEntries(Object.entries(row).map(([name, value]) => [labelOf(name), value]))

/** What ends the columns that a part shows, each ending once. */
const endsOf = (table: string, rows: readonly Said[]): string => {
  const shown = new Set(rows.flatMap(row => Object.keys(row)))
  const ends = columns.filter(one => one.table === table && shown.has(one.column) && one.ends).map(one => one.ends!)
  return [...new Set(ends)].map(name => endings[name].after).join(' ; ')
}
const partOf = ({ table, kept }: Gathered, rows: readonly Said[]): ExportPart => ({
  Quoi: kept.says,
  Table: table,
  'De qui': whoseWords[kept.whose],
  Catégorie: categoryWords[kept.category],
  'Durée de conservation': endsOf(table, rows),
  Lignes: rows.map(said),
})

/** Where persons may be named and no number leads: words and files, of tables that have a finder too. */
const byHand = (): Said[] =>
  Object.entries(keptTables).flatMap(([table, kept]) => {
    const names = [...(kept.finds ? [] : wordsOf(kept.about)), ...wordsOf(kept.texts)]
    return names.length === 0 ? [] : [{ Quoi: kept.says, Table: table, Colonnes: names.join(', ') }]
  })

/** Everything, in French, from the list of columns: the file for machines, and what `asText` reads. */
export const exportWords = (head: ExportHead, gathered: readonly Gathered[]): ExportWords => ({
  'Données d’une personne': {
    'Faite le': head.madeAt.toISOString(),
    Par: head.madeBy,
    Finalité: head.purpose,
    Personne: head.persons.map(({ kind, id }) => `${kindWords[kind]} ${id}`),
  },
  'À relire avant la remise':
    'Les motifs, notes et détails sont en texte libre : ils peuvent nommer d’autres personnes. Retirez ce qui les concerne.',
  'Sur elle': gathered.filter(one => one.about.length > 0).map(one => partOf(one, one.about)),
  'Ses actes': gathered.filter(one => one.acted.length > 0).map(one => partOf(one, one.acted)),
  'Gardé et non remis': gathered
    .filter(one => one.about.length > 0 && one.kept.withheld)
    .map(one => ({
      Quoi: one.kept.says,
      Table: one.table,
      Colonnes: wordsOf(one.kept.withheld).join(', '),
      Lignes: one.about.length,
      Pourquoi: 'secret, empreinte ou pièce : se remet autrement, ou ne dit rien de lisible',
    })),
  'À chercher à la main': byHand(),
})

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const lines = (row: Said) => Object.entries(row).map(([label, value]) => `  ${label} : ${shown(value)}`)

/** The same, to be read. */
export const asText = (words: ExportWords): string => {
  const part = (title: string, parts: readonly ExportPart[]) =>
    parts.flatMap(one => [
      '',
      `${title} · ${one.Quoi} (${one.Catégorie})`,
      `Durée de conservation : ${one['Durée de conservation']}`,
      ...one.Lignes.flatMap((row, at) => [`- ${at + 1}`, ...lines(row)]),
    ])
  const rest = (title: string, rows: readonly Said[]) => ['', title, ...rows.flatMap(row => ['-', ...lines(row)])]
  return `${[
    'DONNÉES D’UNE PERSONNE',
    ...lines(words['Données d’une personne']),
    '',
    words['À relire avant la remise'],
    ...part('Sur elle', words['Sur elle']),
    ...part('Ses actes', words['Ses actes']),
    ...rest('Gardé et non remis', words['Gardé et non remis']),
    ...rest('À chercher à la main : aucun numéro n’y mène', words['À chercher à la main']),
  ].join('\n')}\n`
}
