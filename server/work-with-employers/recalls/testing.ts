import pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { addDays } from '../../platform/time.ts'
import { openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'
import { recalls } from './index.ts'
import { recallStale } from './recall-stale.job.ts'

export const defaults = { ownerDays: 15, leadDays: 22, pilotDays: 29 }
export const needDelays = { ownerDays: 9, leadDays: 21, pilotDays: 45 }
export const delays = { targets: defaults, needs: needDelays }
export const start = '2027-01-04'
export const day = (shift: number) => addDays(start, shift)
const { gironde, aquitaine, graves, coeur } = places
export const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }

/** A pilot's structure and a mission, whose advisor takes targets and does nothing of them. */
export const openWorld = async () => {
  const house = await openHouse(recalls, {
    clock: () => new Date(`${start}T08:00:00Z`),
    settings: { recalls: defaults },
  })
  await layTerritories(house.owner)
  const [cc, mission] = [(await house.organisation()).id, (await house.organisation()).id]
  const as = (organisationId: string, profile: 'pilote' | 'responsable' | 'conseiller') =>
    house.person(organisationId, [{ profile, territoryId: gironde }])
  const pilot = await as(cc, 'pilote')
  const lead = await as(mission, 'responsable')
  const advisor = await as(mission, 'conseiller')
  const otherLead = await as(cc, 'responsable')
  const memberPilot = await as(mission, 'pilote')
  const stranger = await as((await house.organisation()).id, 'pilote')
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  let siret = 34_000_000_000_000
  /** An open campaign led in the mission, whose advisor took targets on the first day. */
  const running = async (targets: number, leads: readonly Person[] = [lead]) => {
    const sirets = Array.from({ length: targets }, () => ++siret)
    const campaign = aCampaign({
      pilotId: pilot.organisationId,
      memberIds: [lead.organisationId],
      territoryId: coeur,
      place: here,
      status: 'open',
      startsOn: start,
      endsOn: day(120),
      name: `Campagne ${uuidv7()}`,
    })
    await insertCampaign(house.owner, campaign, pilot.id, sirets)
    for (const { id } of leads) await house.owner.query('insert into campaign_leads values ($1, $2)', [campaign.id, id])
    await house.owner.query(
      `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = $4, status = 'prise-en-charge'
        where campaign_id = $1`,
      [campaign.id, advisor.id, advisor.organisationId, `${start}T09:00:00Z`],
    )
    return { campaign, sirets }
  }
  type Running = Awaited<ReturnType<typeof running>>
  return {
    house,
    worker,
    people: { pilot, lead, advisor, otherLead, memberPilot, stranger },
    running,
    close: ({ campaign }: Running) =>
      house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [campaign.id]),
    morning: (shift: number) =>
      within(worker)(work => recallStale({ ...work, now: new Date(`${day(shift)}T04:20:00Z`) }, delays)),
    /** Who was told of the campaign, and how, since the last reading. */
    told: async ({ campaign }: Running) => {
      const { rows } = await house.owner.query(
        `delete from notifications where kind = 'stale-targets' and text like '%' || $1 || '%'
          returning account_id as to_account_id, text as body`,
        [campaign.name],
      )
      return rows.map(row => [row.to_account_id, /: (\d+) cible/.exec(row.body)![1]])
    },
    end: async () => {
      await worker.end()
      await house.close()
    },
  }
}
