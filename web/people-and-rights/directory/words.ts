import type { listDirectory } from '../../../contract/people-and-rights/directory.ts'
import type { Reply } from '../../../contract/route.ts'
import { formatDay } from '../../platform/format.ts'
import { toolWords } from '../../platform/words.ts'
import { territoryName } from '../../territory-and-register/territories/words.ts'

export type Collaborator = Reply<typeof listDirectory>['items'][number]

/** « Mme Claire Dufau ». */
export const collaboratorName = ({ civility, givenName, familyName }: Collaborator) =>
  [civility, givenName, familyName].filter(Boolean).join(' ')
export const awayWords = (until: string) => `Absent jusqu’au ${formatDay(until)}`

const placeName = ({ territory, agency }: Collaborator['holds'][number]) =>
  territory ? territoryName(territory) : (agency?.name ?? '')
/** Each perimeter once, with its tools: « CLPE Bordeaux » and « Campagnes coordonnées, Fiche établissement ». */
export const heldByPlace = ({ holds }: Collaborator): readonly { readonly place: string; readonly tools: string }[] =>
  [...Map.groupBy(holds, placeName)].map(([place, held]) => ({
    place,
    tools: held.map(({ tool }) => toolWords[tool]).join(', '),
  }))
