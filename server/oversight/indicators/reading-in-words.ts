import { dayInWords } from '../../platform/french.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Version } from './definitions.ts'
import type { Filter } from './filter.ts'
import type { ReadingNames } from './reading-names.queries.ts'

/** What a figure depends on besides its definition: without it, it cannot be compared with another. */
interface Reading {
  readonly perimeter: string
  readonly organisation: string
  readonly territory: string
  readonly campaign: string
}
const over = (territories: readonly string[]) => territories.join(', ') || 'aucun territoire'
export const readingInWords = (
  { organisationName }: Pick<Viewer, 'organisationName'>,
  { campagnes, fiche, organisation, territory, campaign }: ReadingNames,
): Reading => ({
  perimeter: `${organisationName} ; campagnes : ${over(campagnes)} ; fiches d’établissement : ${over(fiche)}`,
  organisation: organisation ?? 'Toutes',
  territory: territory ?? 'Tout le périmètre',
  campaign: campaign ?? 'Toutes',
})

/** The lines that close a file: columns can be left out, these cannot. */
export const readingLines = (
  what: string,
  { from, to }: Pick<Filter, 'from' | 'to'>,
  { perimeter, organisation, territory, campaign }: Reading,
): readonly string[] => [
  `${what}, du ${dayInWords(from)} au ${dayInWords(to)}.`,
  `Périmètre de lecture : ${perimeter}.`,
  `Structure : ${organisation}. Territoire : ${territory}. Campagne : ${campaign}.`,
]
export const definitionLine = (title: string, { version, since, text }: Omit<Version, 'corrects'>): string =>
  `${title} (définition, version ${version}, en vigueur depuis le ${dayInWords(since)}) : ${text}`
