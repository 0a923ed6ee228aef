import pg from 'pg'
import { within } from '../../platform/job.ts'
import type { House, Person } from '../../testing/house.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places } from '../campaigns/testing-world.ts'
import { type Followed, followRegister } from './follow-register.ts'

const { aquitaine, gironde, graves, coeur } = places
export const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
/** The company of a rank, and its nth establishment. */
export const siretIn = (company: number, nth = 1): number => (900_000_000 + company) * 100_000 + nth

export const followAs = async (url: string): Promise<Followed> => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await followRegister({ within: within(client), signal: undefined })
  } finally {
    await client.end()
  }
}

/** What the tests of this room lay: establishments, campaigns that hold them, and what the register then says. */
export const openWorld = async (house: House) => {
  await layTerritories(house.owner)
  const query = async (text: string, ...values: unknown[]): Promise<any[]> =>
    (await house.owner.query(text, values)).rows
  return {
    query,
    shops: (...shops: { siret: number; commune?: string; name?: string }[]) => insertEstablishments(house.owner, shops),
    /** Open over Gironde until March unless told otherwise; it holds its targets. */
    campaign: async (pilot: Person, sirets: readonly number[], over: Partial<Campaign> = {}): Promise<string> => {
      const campaign = aCampaign({
        pilotId: pilot.organisationId,
        territoryId: gironde,
        place: { ...here, epciId: null, clpeId: null },
        status: 'open',
        startsOn: '2026-11-01',
        endsOn: '2027-03-31',
        ...over,
      })
      await insertCampaign(house.owner, campaign, pilot.id, sirets)
      if (campaign.status === 'open')
        await query(
          `insert into campaign_holds select $1, s, '[2026-11-01,2027-04-01)' from unnest($2::bigint[]) s`,
          campaign.id,
          sirets,
        )
      return campaign.id
    },
    close: (...sirets: number[]) =>
      query(`update establishments set active = false, closed_on = '2026-11-12' where siret = any ($1)`, sirets),
    reopen: (...sirets: number[]) =>
      query('update establishments set active = true, closed_on = null where siret = any ($1)', sirets),
    link: (from: number, to: number) =>
      query(`insert into establishment_successions values ($1, $2, '2026-11-12', false, true)`, from, to),
    unlink: (from: number) => query('delete from establishment_successions where predecessor = $1', from),
    targets: (campaignId: string) =>
      query(
        `select t.siret::text, status, set_aside_reason as said, taken_by as by, exists (select from campaign_holds h
          where h.campaign_id = t.campaign_id and h.siret = t.siret) as held from campaign_targets t
          where campaign_id = $1 order by t.siret`,
        campaignId,
      ),
    take: (campaignId: string, siret: number, by: Person) =>
      query(
        `update campaign_targets set taken_by = $3, taken_by_organisation = $4, taken_at = now(),
          status = 'prise-en-charge' where campaign_id = $1 and siret = $2`,
        campaignId,
        siret,
        by.id,
        by.organisationId,
      ),
    follow: () => followAs(house.urls.workerUrl),
  }
}
