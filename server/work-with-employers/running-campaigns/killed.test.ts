import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { doneByTheNext, killedAtWork, killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { recalls } from '../recalls/index.ts'
import { runningCampaigns } from './index.ts'

const { aquitaine, gironde, graves, coeur } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
const today = parisDay(new Date())
const [startsOn, endsOn, later] = [addDays(today, -40), addDays(today, 20), addDays(today, 60)]
const pool = Array.from({ length: 40 }, (_, n) => siretOf(n + 1))

let house: House
let starter: ReturnType<typeof processStarter>
let [ines, paul, lead, advisor, joining] = [] as unknown as [Person, Person, Person, Person, Person]
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns, ...recalls], {
    settings: { recalls: { ownerDays: 15, leadDays: 22, pilotDays: 29 } },
  })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    pool.map(siret => ({ siret })),
  )
  const as = async (profile: 'pilote' | 'responsable' | 'conseiller', organisationId?: string) =>
    house.person(organisationId ?? (await house.organisation()).id, [{ profile, territoryId: gironde }], {
      provenAt: new Date(),
    })
  ines = await as('pilote')
  paul = await as('pilote')
  lead = await as('responsable')
  advisor = await as('conseiller', lead.organisationId)
  joining = await as('pilote')
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

/** Open, piloted, its targets held until its last day. */
const running = async (pilot: Person, sirets: readonly number[], over: Parameters<typeof aCampaign>[0] = {}) => {
  const { id, ...campaign } = await insertCampaign(
    house.owner,
    aCampaign({
      pilotId: pilot.organisationId,
      memberIds: [lead.organisationId, paul.organisationId],
      territoryId: coeur,
      place: here,
      status: 'open',
      startsOn,
      endsOn,
      ...over,
    }),
    pilot.id,
    sirets,
  )
  await house.owner.query('insert into campaign_leads values ($1, $2)', [id, lead.id])
  await house.owner.query(
    `insert into campaign_holds select $1, siret, daterange($2::date, $3::date, '[]') from unnest($4::bigint[]) siret`,
    [id, campaign.startsOn, campaign.endsOn, sirets],
  )
  return id
}
/** All that acts on a running campaign write, with its trail; and what is left to the one that held a target before. */
const state = async (id: string, other: string) =>
  (
    await house.owner.query(
      `select to_char(c.ends_on, 'YYYY-MM-DD') as "endsOn", c.status, c.version, c.description,
        (select count(*)::int from campaign_goals g where g.campaign_id = c.id) as goals,
        (select count(*)::int from campaign_leads l where l.campaign_id = c.id) as leads,
        to_char(c.closes_on, 'YYYY-MM-DD') as "closesOn",
        (select count(*)::int from campaign_members m where m.campaign_id = c.id) as members,
        (select count(*)::int from campaign_targets t where t.campaign_id = c.id and t.status <> 'ecarte') as targets,
        (select count(*)::int from campaign_holds h where h.campaign_id = c.id) as held,
        (select to_char(max(upper(h.period)) - 1, 'YYYY-MM-DD') from campaign_holds h where h.campaign_id = c.id) as until,
        (select count(*)::int from campaign_holds h where h.campaign_id = $2) as theirs,
        (select count(*)::int from campaign_decisions d where d.campaign_id = c.id) as decisions,
        (select count(*)::int from campaign_recalls r where r.campaign_id = c.id) as delays,
        (select count(*)::int from campaign_events e where e.campaign_id = c.id) as events,
        (select count(*)::int from mails m where m.about_id = c.id::text) as mails,
        (select count(*)::int from audit_entries a where a.subject_id like c.id || '%') as trail,
        (select count(*)::int from audit_entries a where a.subject_id = $2::text) as "theirTrail"
      from campaigns c where c.id = $1`,
      [id, other],
    )
  ).rows[0]

interface Act {
  readonly method?: 'PUT'
  path(at: { readonly aside: number }): string
  body(at: { readonly free: number; readonly theirs: number }): object
  /** A table written before the trail. */
  readonly written: string
  /** What differs once it is done; one more of each unless said. */
  readonly done: object
}
const acts: Record<string, Act> = {
  prolonged: {
    method: 'PUT',
    path: () => '/period',
    body: () => ({ endsOn: later }),
    written: 'campaign_holds',
    done: { endsOn: later, until: later, version: 2, events: 1 },
  },
  corrected: {
    method: 'PUT',
    path: () => '/presentation',
    body: () => ({
      description: 'Forum du printemps',
      goals: [{ kind: 'etablissements-contactes', value: 3 }],
      leadIds: [],
    }),
    written: 'campaign_goals',
    done: { description: 'Forum du printemps', goals: 1, leads: 0, version: 2, events: 1 },
  },
  'given a member': {
    path: () => '/members',
    body: () => ({ organisationId: joining.organisationId }),
    written: 'campaign_members',
    done: { members: 4, version: 2, events: 1 },
  },
  'left by a member': {
    path: () => `/members/${paul.organisationId}/leave`,
    body: () => ({}),
    written: 'campaign_members',
    done: { members: 2, version: 2, events: 1 },
  },
  'given a target, and one taken from another campaign': {
    path: () => '/targets',
    body: ({ free, theirs }) => ({
      sirets: [siretText(free), siretText(theirs)],
      decided: { held: 'take', reason: 'Accord du pilote' },
    }),
    written: 'campaign_targets',
    done: { targets: 3, held: 3, theirs: 0, decisions: 1, events: 1, mails: 1, theirTrail: 1 },
  },
  'given a target back': {
    path: ({ aside }) => `/targets/${siretText(aside)}/put-back`,
    body: () => ({}),
    written: 'campaign_targets',
    done: { targets: 2, held: 2, events: 1 },
  },
  'given delays of recall': {
    method: 'PUT',
    path: () => '/recalls',
    body: () => ({ ownerDays: 5, leadDays: 10, pilotDays: 15 }),
    written: 'campaign_recalls',
    done: { delays: 1 },
  },
}

for (const [name, { method, path, body, written, done }] of Object.entries(acts))
  test(`CAM-15, CAM-13, REL-6: a process killed while a campaign is ${name} leaves it as it was; asked again, it is done once`, {
    timeout: 240_000,
  }, async () => {
    const [kept, aside, free, theirs] = pool.splice(0, 4) as [number, number, number, number]
    const [id, other] = [await running(ines, [kept]), await running(paul, [theirs])]
    await house.owner.query(
      `insert into campaign_targets (campaign_id, siret, status, set_aside_reason, region_id, departement_id, epci_id, clpe_id)
        select $1, $2, 'ecarte', 'Essai', region_id, departement_id, epci_id, clpe_id from establishments where siret = $2`,
      [id, aside],
    )
    const stood = await state(id, other)
    assert.deepEqual([stood.targets, stood.held, stood.theirs, stood.trail], [1, 1, 1, 0])
    const to = `/campaigns/${id}${path({ aside })}`
    const asked = body({ free, theirs })
    const headers = method ? { ...once(), 'if-match': written === 'campaign_recalls' ? '"0"' : '"1"' } : once()
    await killedMidway(
      house,
      starter,
      { who: ines, ...(method && { method }), path: to, body: asked, written },
      headers,
    )
    assert.deepEqual(await state(id, other), stood, 'nothing is half done')
    for (const time of ['first', 'again']) {
      const answer = await house.call(ines, method ?? 'POST', to, asked, headers)
      assert.equal(answer.status, 200, `${time}: ${JSON.stringify(answer.body)}`)
      assert.deepEqual(await state(id, other), { ...stood, trail: 1, ...done }, time)
    }
  })

test('CAM-15, REL-6: a worker killed while it announces a closing, then while it closes, leaves the campaign as it was; the next does each once', {
  timeout: 240_000,
}, async () => {
  const [siret] = pool.splice(0, 1) as [number]
  const id = await running(ines, [siret], { endsOn: addDays(today, -30) })
  const now = () => state(id, id)
  const job = 'close-ended-campaigns'
  const stood = await now()
  assert.deepEqual([stood.status, stood.held, stood.closesOn], ['open', 1, null])
  await killedAtWork(house, starter, { job, written: 'campaigns', awaited: 'mails' })
  assert.deepEqual(await now(), stood, 'neither announced nor noted so')
  await doneByTheNext(house, starter, job, async () => (await now()).mails > 0)
  const told = { ...stood, closesOn: addDays(today, 7), mails: 1 }
  assert.deepEqual(await now(), told)

  await house.owner.query('update campaigns set closes_on = $2 where id = $1', [id, today])
  const due = { ...told, closesOn: today }
  await killedAtWork(house, starter, { job, written: 'campaign_events', awaited: 'audit_entries' })
  assert.deepEqual(await now(), due, 'neither freed nor closed')
  await doneByTheNext(house, starter, job, async () => (await now()).status === 'closed')
  const closed = { ...due, status: 'closed', version: 2, held: 0, until: null, theirs: 0, events: 1 }
  assert.deepEqual(await now(), { ...closed, trail: 1, theirTrail: 1 })
})

test('CAM-13, REL-6: a worker killed while it recalls what went stale tells nobody and notes nothing; the next tells each person once', {
  timeout: 240_000,
}, async () => {
  const sirets = pool.splice(0, 3)
  const id = await running(ines, sirets)
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now() - interval '16 days',
      status = 'prise-en-charge' where campaign_id = $1`,
    [id, advisor.id, advisor.organisationId],
  )
  const recalled = async () =>
    (
      await house.owner.query(
        `select (select count(*)::int from target_recalls where campaign_id = $1) as noted,
          (select count(*)::int from notifications where account_id = $2 and kind = 'stale-targets') as told`,
        [id, advisor.id],
      )
    ).rows[0]
  const job = 'recall-stale-targets'
  await killedAtWork(house, starter, { job, written: 'target_recalls', awaited: 'notifications' })
  assert.deepEqual(await recalled(), { noted: 0, told: 0 })
  await doneByTheNext(house, starter, job, async () => (await recalled()).told > 0)
  assert.deepEqual(await recalled(), { noted: 3, told: 1 })
})
