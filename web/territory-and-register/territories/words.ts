import type { Static } from 'typebox'
import type { OrganisationRef, TerritoryRef as TerritoryRefSchema, territoryKinds } from '../../../contract/common.ts'
import { type Nomenclature, nomenclatureOn, readActivity } from '../../../contract/territory-and-register/activities.ts'
import type { Choice } from '../../ui/index.ts'

export type TerritoryRef = Static<typeof TerritoryRefSchema>
export type Organisation = Static<typeof OrganisationRef>

const kindNames: Record<(typeof territoryKinds)[number], string> = {
  national: 'France entière',
  region: 'Région',
  departement: 'Département',
  clpe: 'CLPE',
  epci: 'EPCI',
}
export const kindName = (kind: TerritoryRef['kind']) => kindNames[kind]

/** « CLPE Bordeaux hors Métropole ». */
export const territoryName = ({ kind, name }: Pick<TerritoryRef, 'kind' | 'name'>) =>
  kind === 'national' ? kindNames.national : kind === 'epci' ? name : `${kindNames[kind]} ${name}`
export const territoryChoice = (
  territory: Pick<TerritoryRef, 'id' | 'kind' | 'code' | 'name'> & { alias?: string | null },
): Choice => ({
  value: String(territory.id),
  label: territory.name,
  hint: [kindNames[territory.kind], territory.alias && `« ${territory.alias} »`, territory.code]
    .filter(Boolean)
    .join(' · '),
})
export const organisationChoice = ({ id, name }: Pick<Organisation, 'id' | 'name'>): Choice => ({
  value: id,
  label: name,
})

const months = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
]
/** « avril 2026 » from '2026-04'; anything else as it is. */
export const editionName = (edition: string) => {
  const parts = /^(\d{4})-(\d\d)$/.exec(edition)
  return parts ? `${months[Number(parts[2]) - 1]} ${parts[1]}` : edition
}

const chosenWords: Record<Nomenclature, string> = {
  NAFRev2:
    'Choisi en NAF rév. 2 : un établissement recodé en NAF 2025 est trouvé par son code d’avant, ou par ce qui y correspond.',
  NAF25:
    'Choisi en NAF 2025 : un établissement qui n’a que son code de la NAF rév. 2 est trouvé par ce qui y correspond.',
}
/** What is said beside activities chosen in another nomenclature than the day's; undefined when all are of it. */
export const chosenElsewhere = (codes: readonly string[], day: string): string | undefined => {
  const other = nomenclatureOn(day) === 'NAF25' ? 'NAFRev2' : 'NAF25'
  return codes.some(code => readActivity(code).nomenclature === other) ? chosenWords[other] : undefined
}
