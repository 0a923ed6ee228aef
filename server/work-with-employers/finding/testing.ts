import { openHouse } from '../../testing/house.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'
import { finding } from './index.ts'

/** Right to the card over a territory. */
export const card = (territoryId: number) =>
  ({ tool: 'fiche-etablissement', profile: 'consultation', territoryId }) as const

/** Two structures, and an advisor of the first in Gironde with the card. */
export const openNetwork = async () => {
  const house = await openHouse(finding)
  await layTerritories(house.owner)
  const [cc, mission] = [await house.organisation({ name: 'CC des Essais' }), await house.organisation()]
  const { gironde } = places
  const claire = await house.person(cc.id, [{ profile: 'conseiller', territoryId: gironde }, card(gironde)])
  return { house, cc, mission, claire }
}
