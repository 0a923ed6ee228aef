import pg from 'pg'
import { within } from '../../platform/job.ts'
import { addDays } from '../../platform/time.ts'
import { openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { savedViews } from '../saved-views/index.ts'
import { aView, insertView, type ViewSeed } from '../saved-views/testing.ts'
import { targets } from '../targets/index.ts'
import { watchedViews } from './index.ts'
import { tellWatcher } from './tell-view-news.job.ts'

const { aquitaine, coeur, gironde, graves } = places
export const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
/** A Monday. */
export const start = '2027-01-04'

/** A pilot, an advisor and a reader of cards, a campaign of five targets, and the worker's mornings. */
export const openWorld = async () => {
  const house = await openHouse([...campaigns, ...targets, ...savedViews, ...watchedViews], {
    clock: () => new Date(`${start}T08:00:00Z`),
  })
  await layTerritories(house.owner)
  const [own, member] = [await house.organisation(), await house.organisation()]
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde } as const
  const at = { territoryId: gironde }
  const people = {
    ines: await house.person(own.id, [{ profile: 'pilote', ...at }, card]),
    paul: await house.person(own.id, [{ profile: 'conseiller', ...at }, card]),
    karim: await house.person(member.id, [{ profile: 'conseiller', ...at }, card]),
    reader: await house.person(own.id, [{ profile: 'consultation', ...at }]),
    cards: await house.person(own.id, [card]),
    bare: await house.person(own.id),
  }
  await insertEstablishments(
    house.owner,
    Array.from({ length: 12 }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  const campaign = await insertCampaign(
    house.owner,
    aCampaign({
      name: 'Bâtiment',
      pilotId: own.id,
      memberIds: [member.id],
      territoryId: coeur,
      place: here,
      status: 'open',
      startsOn: '2026-12-01',
      endsOn: '2027-12-31',
    }),
    people.ines.id,
    [1, 2, 3, 4, 5].map(siretOf),
  )
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const view = (owner: Person, over: Partial<ViewSeed> = {}) =>
    insertView(
      house.owner,
      aView({
        ownerId: owner.id,
        organisationId: owner.organisationId,
        list: 'targets',
        campaignId: campaign.id,
        address: { statut: 'besoin' },
        ...over,
      }),
    )
  return {
    house,
    worker,
    people,
    campaign,
    view,
    watch: (who: Person, viewId: string) => house.call(who, 'PUT', `/views/${viewId}/watch`),
    watched: async (who: Person) => (await house.call(who, 'GET', '/watched-views')).body.items as any[],
    unwatch: (who: Person, id: string) => house.call(who, 'DELETE', `/watched-views/${id}`),
    status: (n: number, status: string) =>
      house.owner.query('update campaign_targets set status = $3 where campaign_id = $1 and siret = $2', [
        campaign.id,
        siretOf(n),
        status,
      ]),
    /** So many days later, in the early morning, the worker reads for this person. */
    morning: (shift: number, who: Person) =>
      within(worker)(work => tellWatcher(who.id)({ ...work, now: new Date(`${addDays(start, shift)}T04:10:00Z`) })),
    /** The mails of this person since the last look: subject, then lines of the list. */
    told: async (who: Person): Promise<string[][]> => {
      const { rows } = await house.owner.query(
        `delete from mails where kind = 'view-news' and to_account_id = $1 returning subject, body`,
        [who.id],
      )
      return rows.map(({ subject, body }) => [subject, ...body.split('\n').filter((line: string) => /^- /.test(line))])
    },
    end: async () => {
      await worker.end()
      await house.close()
    },
  }
}
export type WatchWorld = Awaited<ReturnType<typeof openWorld>>
