import type { Static } from 'typebox'
import type { EstablishmentLine } from '../../contract/territory-and-register/establishments.ts'
import { formatSiret } from './format.ts'

/** Names of employers and structures, wherever they are shown. */
export type Line = Static<typeof EstablishmentLine>

export const notDiffused = 'Nom non diffusé'

export const shownName = ({ name, sign }: Pick<Line, 'name' | 'sign'>) => name ?? sign ?? notDiffused
/** For a title that must stand alone in a list of tabs: with its SIRET when it has no name. */
export const fullName = (line: Pick<Line, 'name' | 'sign' | 'siret'>) =>
  line.name ?? line.sign ?? `${notDiffused}, SIRET ${formatSiret(line.siret)}`
/** In a line beside others: a name that the register does not give out leaves only the number. */
export const lineName = ({ name, sign, siret }: Pick<Line, 'name' | 'sign' | 'siret'>) =>
  name ?? sign ?? `SIRET ${formatSiret(siret)}`
/** Closed in the register; of a row that the register lacks or hides, nothing is said. */
export const isClosed = ({ active, communeCode }: Pick<Line, 'active' | 'communeCode'>) =>
  !active && communeCode !== null
export const lineActivity = ({ activity }: Pick<Line, 'activity'>) => activity?.label ?? activity?.code ?? ''

/** A structure beside other things, as people say it. */
export const shortOrganisation = (name: string) =>
  name
    .replace(/^Communauté de communes( de la| du| des| de| les)?\b/i, 'CC')
    .replace(/^Communauté d’agglomération/i, 'CA')
    .replace(/, direction territoriale.*/i, '')

const small = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'et', 'en', 'sur', 'sous', 'au', 'aux', 'd', 'l'])
/**
 * The register writes SAINT-JEAN-D'ILLAC; people read Saint-Jean-d’Illac. What already has small letters is left alone.
 */
export const townWords = (town: string | null) =>
  !town || /\p{Ll}/u.test(town)
    ? town
    : town
        .toLowerCase()
        .replace(/'/g, '’')
        .replace(/\p{L}+/gu, (word, at: number) =>
          at > 0 && small.has(word) ? word : word[0]!.toUpperCase() + word.slice(1),
        )
