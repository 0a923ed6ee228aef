import { type TargetFilter, targetFilterOf } from '../../../contract/work-with-employers/saved-views/list-addresses.ts'
import { useAddress } from '../../platform/navigation.ts'
import type { MapFrame } from '../../ui/map-shapes.ts'

export { type TargetFilter, targetFilterOf as filterOf }
export const targetViews = ['liste', 'tableau', 'calendrier', 'carte'] as const
export type TargetView = (typeof targetViews)[number]

/** What the filter writes in the address, taken out. */
export const noFilter = {
  statut: undefined,
  miennes: undefined,
  q: undefined,
  structure: undefined,
  zone: undefined,
  commune: undefined,
  activite: undefined,
}
/** All that the tab of the targets writes in the address. */
export const noTargetAddress = {
  ...noFilter,
  affichage: undefined,
  tri: undefined,
  groupe: undefined,
  colonnes: undefined,
  periode: undefined,
  jour: undefined,
  cible: undefined,
  fiche: undefined,
  cadre: undefined,
  choisir: undefined,
}

/** The filter in the address, one for the list, the board, the calendar and the map. */
export const useTargetFilter = () => {
  const [address, setAddress] = useAddress()
  const filter = targetFilterOf(address)
  return {
    filter,
    filtered: Object.keys(filter).length > 0,
    view: targetViews.find(one => one === address['affichage']) ?? 'liste',
    address,
    setAddress,
    clear: () => setAddress(noFilter),
  }
}

/** What a map showed, as the address keeps it: south, west, north, east, in thousandths of a degree. */
export const frameIn = (text: string | undefined): MapFrame | undefined => {
  const numbers =
    text && /^-?\d{1,3}(\.\d{1,3})?(,-?\d{1,3}(\.\d{1,3})?){3}$/.test(text) ? text.split(',').map(Number) : []
  const [south, west, north, east] = numbers as [number, number, number, number]
  return numbers.length === 4 &&
    south < north &&
    west < east &&
    south >= -90 &&
    north <= 90 &&
    west >= -180 &&
    east <= 180
    ? { south, west, north, east }
    : undefined
}
const thousandths = (degrees: number, most: number) =>
  Math.round(Math.min(most, Math.max(-most, degrees)) * 1000) / 1000
export const frameText = ({ south, west, north, east }: MapFrame) =>
  [thousandths(south, 90), thousandths(west, 180), thousandths(north, 90), thousandths(east, 180)].join(',')
