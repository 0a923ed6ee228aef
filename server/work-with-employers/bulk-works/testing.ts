import pg from 'pg'
import type { Action } from '../../platform/action.ts'
import { within } from '../../platform/job.ts'
import { siretText } from '../../platform/siret.ts'
import { insertTaskForce } from '../../territory-and-register/territories/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { runningCampaigns } from '../running-campaigns/index.ts'
import { insertBudgets } from '../solicitations/testing.ts'
import { doWork } from './do-bulk-works.job.ts'
import { bulkWorks } from './index.ts'

const { aquitaine, coeur, gironde, graves } = places
export const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
export const textOf = (n: number) => siretText(siretOf(n))

/**
 * A house with many establishments, a pilot, a member’s pilot, an advisor, a stranger, and the worker’s connection.
 * `perMonth`: the budget of each employer, wide where the test is not about it.
 */
export const openBulkHouse = async (
  establishments: number,
  besides: readonly Action[] = [],
  { perMonth = 31, ...over }: { perMonth?: number; clock?: () => Date } = {},
) => {
  const house = await openHouse([...campaigns, ...runningCampaigns, ...exchanges, ...bulkWorks, ...besides], over)
  await layTerritories(house.owner)
  const [cc, mission] = [await house.organisation({ name: 'CC des Essais' }), await house.organisation()]
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde } as const
  const person = (organisationId: string, profile: 'conseiller' | 'responsable' | 'pilote') =>
    house.person(organisationId, [{ profile, territoryId: gironde }, card])
  const people = {
    ines: await person(cc.id, 'pilote'),
    colleague: await person(cc.id, 'pilote'),
    advisor: await person(cc.id, 'conseiller'),
    member: await person(mission.id, 'pilote'),
    stranger: await person((await house.organisation()).id, 'pilote'),
  }
  const force = { clpeId: coeur, pilotId: cc.id, memberIds: [mission.id], sensitiveSectors: [] }
  await insertTaskForce(house.owner, force)
  await insertBudgets(house.owner, people.ines, [{ clpeId: coeur, version: 1, perMonth }])
  await insertEstablishments(
    house.owner,
    Array.from({ length: establishments }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  return {
    house,
    ...people,
    /** As the worker does, until the work is over. */
    work: (id: string) => doWork(id, { within: within(worker), signal: undefined }),
    worker,
    close: async () => {
      await worker.end()
      await house.close()
    },
  }
}
export type BulkHouse = Awaited<ReturnType<typeof openBulkHouse>>

/** Open over a year around any day of the tests; each target is held. */
export const openCampaign = async (
  { house, ines, member }: BulkHouse,
  ns: readonly number[],
  over: Parameters<typeof aCampaign>[0] = {},
) => {
  const campaign = await insertCampaign(
    house.owner,
    aCampaign({
      pilotId: ines.organisationId,
      memberIds: [member.organisationId],
      territoryId: coeur,
      place: here,
      status: 'open',
      startsOn: '2026-01-01',
      endsOn: '2099-12-31',
      ...over,
    }),
    ines.id,
    ns.map(siretOf),
  )
  await house.owner.query(
    `insert into campaign_holds select $1, siret, daterange($2, $3, '[]') from unnest($4::bigint[]) siret`,
    [campaign.id, campaign.startsOn, campaign.endsOn, ns.map(siretOf)],
  )
  return campaign.id
}

export const asideAct = { kind: 'set-aside', reason: 'Liquidation' } as const
export const count = (house: House, who: Person, campaignId: string, body: object = {}) =>
  house.call(
    who,
    'POST',
    `/campaigns/${campaignId}/bulk-works`,
    { which: { filter: {} }, act: asideAct, ...body },
    once(),
  )
export const confirm = (house: House, who: Person, id: string, headers = once(), body: object = {}) =>
  house.call(who, 'POST', `/bulk-works/${id}/confirm`, body, headers)
export const undo = (house: House, who: Person, id: string) =>
  house.call(who, 'POST', `/bulk-works/${id}/undo`, undefined, once())
export const read = async (house: House, who: Person, id: string) =>
  (await house.call(who, 'GET', `/bulk-works/${id}`)).body

/** What the campaign keeps of a target, and of its hold. */
export const standing = async (house: House, campaignId: string, n: number) =>
  (
    await house.owner.query(
      `select t.status, t.shared, t.set_aside_reason, t.taken_by, t.taken_by_organisation, t.assigned_organisation,
        (select count(*)::int from campaign_holds h where h.campaign_id = t.campaign_id and h.siret = t.siret) as holds
      from campaign_targets t where t.campaign_id = $1 and t.siret = $2`,
      [campaignId, siretOf(n)],
    )
  ).rows[0]
/** What the trail keeps of each target: the act, who did it, how often. */
export const trailOf = async (house: House, campaignId: string) =>
  (
    await house.owner.query(
      `select action, actor_id, subject_id, count(*)::int as times from audit_entries
        where subject_kind = 'target' and subject_id like $1 || '/%' group by 1, 2, 3`,
      [campaignId],
    )
  ).rows as { action: string; actor_id: string; subject_id: string; times: number }[]

/** Someone else’s change, kept open until what is asked meanwhile waits for it or answers. */
export const meanwhile = async <T>(
  house: House,
  change: string,
  values: unknown[],
  ask: () => Promise<T>,
): Promise<T> => (await whileHeld(house.owner, change, values, [ask]))[0]!

/** How many lines of a work are in each state. */
export const counts = (toDo: number, done: number, left: number, undone: number, kept: number) => ({
  toDo,
  done,
  left,
  undone,
  kept,
})

/** So many next actions of a person, due on a day. Each answers its id. */
export const planActions = async (
  { house }: BulkHouse,
  owner: Person,
  dueOn: string,
  many = 1,
  { dueAt = null, ...over }: { dueAt?: string | null } & Partial<Parameters<typeof anExchange>[0]> = {},
): Promise<string[]> => {
  const ids: string[] = []
  for (let i = 0; i < many; i++) {
    const { id } = await insertExchange(
      house.owner,
      anExchange({
        ...here,
        siret: siretOf((i % 5) + 1),
        organisationId: owner.organisationId,
        authorId: owner.id,
        channel: 'evenement', // uses nothing of the budget
        nextAction: { kind: 'rappel', dueOn, dueAt, ownerId: owner.id },
        ...over,
      }),
    )
    const { rows } = await house.owner.query('select id from next_actions where exchange_id = $1', [id])
    ids.push(rows[0].id)
  }
  return ids
}
/** Nobody has anything planned any more. */
export const finishAll = ({ house }: BulkHouse) =>
  house.owner.query('update next_actions set done_at = now() where done_at is null')
