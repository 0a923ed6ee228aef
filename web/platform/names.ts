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
export const lineActivity = ({ activity }: Pick<Line, 'activity'>) => activity?.label ?? activity?.code ?? ''

/** A structure beside other things, as people say it. */
export const shortOrganisation = (name: string) =>
  name
    .replace(/^Communauté de communes( de la| du| des| de| les)?\b/i, 'CC')
    .replace(/^Communauté d’agglomération/i, 'CA')
    .replace(/, direction territoriale.*/i, '')
