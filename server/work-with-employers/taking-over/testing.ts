import type pg from 'pg'
import type { House, Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'

export const here = {
  regionId: places.aquitaine,
  departementId: places.gironde,
  epciId: places.graves,
  clpeId: places.coeur,
}
export const rights = (
  profile: 'conseiller' | 'responsable' | 'pilote' = 'conseiller',
  territoryId: number = places.gironde,
) =>
  [
    { tool: 'campagnes', profile, territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const

/** An open campaign of the pilot over the CLPE, with its members and targets to contact. */
export const openCampaign = async (owner: pg.Pool, pilot: Person, memberIds: readonly string[], sirets: number[]) => {
  const campaign = aCampaign({
    pilotId: pilot.organisationId,
    memberIds,
    territoryId: places.coeur,
    place: here,
    status: 'open',
  })
  await insertCampaign(owner, campaign, pilot.id, sirets)
  await owner.query(
    `update campaign_targets set region_id = $2, departement_id = $3, epci_id = $4, clpe_id = $5
      where campaign_id = $1`,
    [campaign.id, here.regionId, here.departementId, here.epciId, here.clpeId],
  )
  return campaign.id
}
/** These targets are taken care of by that person. */
export const take = (owner: pg.Pool, campaignId: string, who: Person, sirets: readonly number[]) =>
  owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(), status = 'prise-en-charge'
      where campaign_id = $1 and siret = any ($4)`,
    [campaignId, who.id, who.organisationId, sirets],
  )
/** An exchange of that person, whose next action is theirs to do. */
export const plan = (
  owner: pg.Pool,
  who: Person,
  siret: number,
  over: { campaignId?: string; visibility?: 'reseau' | 'organisation'; dueOn?: string } = {},
) =>
  insertExchange(
    owner,
    anExchange({
      ...here,
      siret,
      organisationId: who.organisationId,
      authorId: who.id,
      campaignId: over.campaignId ?? null,
      visibility: over.visibility ?? 'reseau',
      nextAction: { kind: 'rappel', dueOn: over.dueOn ?? '2026-11-20', dueAt: null, ownerId: who.id },
    }),
  )
export const suspend = (owner: pg.Pool, who: Person) =>
  owner.query(`update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`, [who.id])
/** Its convention is over since yesterday. */
export const endConvention = (owner: pg.Pool, organisationId: string) =>
  owner.query(`update conventions set ends_at = now() - interval '1 day' where organisation_id = $1`, [organisationId])

export const waiting = async (house: House, who: Person) =>
  (await house.call(who, 'GET', '/work-to-take-over')).body.items as any[]
export { layTerritories }
