import { openHouse } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { campaignOfGironde, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { portfolio } from './index.ts'

/** Two advisors of one structure in Gironde, at noon of a day, with that many establishments. */
export const openDesk = async (today: string, establishments: number) => {
  const house = await openHouse([...campaigns, ...exchanges, ...portfolio], {
    clock: () => new Date(`${today}T11:00:00Z`),
  })
  await layTerritories(house.owner)
  const structure = await house.organisation()
  const person = () =>
    house.person(structure.id, [
      { profile: 'conseiller', territoryId: places.gironde },
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
    ])
  const [claire, omar] = [await person(), await person()]
  await insertEstablishments(
    house.owner,
    Array.from({ length: establishments }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  const open = (name: string, numbers: readonly number[]) => campaignOfGironde(house.owner, claire, { name }, numbers)
  return { house, claire, omar, open }
}
