import type { RawBuilder } from 'kysely'
import { actions } from '../../actions.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../../work-with-employers/campaigns/testing.ts'
import {
  insertEstablishments,
  layTerritories,
  places,
  siretOf,
} from '../../work-with-employers/campaigns/testing-world.ts'

export type Looked = Awaited<ReturnType<typeof openLooked>>

export const siretsOf = (...numbers: number[]) => numbers.map(n => siretText(siretOf(n)))

/**
 * Employers to look for by their hires, as many as `count`, in Graves but for those said; four pilots of Gironde whose
 * recruitment cards differ; the draft of the first, to which targets are added. It is the 15th of January 2027.
 */
export const openLooked = async (count: number, communes: Readonly<Record<number, string>>) => {
  const house = await openHouse(actions, { clock: () => new Date('2027-01-15T11:00:00Z') })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    Array.from({ length: count }, (_, i) => ({ siret: siretOf(i + 1), commune: communes[i + 1] ?? '33001' })),
  )
  const { id: organisationId } = await house.organisation()
  const pilot = (...readsIn: number[]) =>
    house.person(organisationId, [
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.aquitaine },
      { profile: 'pilote', territoryId: places.gironde },
      ...readsIn.map(territoryId => ({ tool: 'fiche-recrutement', profile: 'consultation', territoryId }) as const),
    ])
  const nadia = await pilot(places.graves)
  const place = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
  const seed = aCampaign({ pilotId: organisationId, territoryId: places.gironde, place, status: 'draft' })
  const { id: campaign } = await insertCampaign(house.owner, seed, nadia.id, [])
  const sorted = (items: readonly { readonly siret: string }[]) => items.map(one => one.siret).toSorted()
  return {
    house,
    /** Reads the cards of one EPCI of Gironde. */
    nadia,
    wide: await pilot(places.aquitaine),
    blind: await pilot(),
    elsewhere: await pilot(places.toulousain),
    campaign,
    /** The numbers found, or the code of the refusal. */
    search: async (who: Person, query: string) => {
      const { status, body } = await house.call(who, 'GET', `/establishments?${query}&total=true`)
      return status === 200 ? sorted(body.items) : body.code
    },
    /** The same, of what would be added to the draft. */
    preview: async (who: Person, criteria: object) => {
      const { status, body } = await house.call(who, 'POST', `/campaigns/${campaign}/targets/preview`, { criteria })
      return status === 200 ? sorted(body.sample) : body.code
    },
    /** What the database answers by itself in someone's session, or without any. */
    straight: async <T>(who: Person | null, read: RawBuilder<T>): Promise<T> => {
      const tx = await house.database.begin()
      try {
        if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
        return (await tx.first(read))!
      } finally {
        await tx.rollback()
      }
    },
  }
}
