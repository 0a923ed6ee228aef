import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { sightsOf } from '../../testing/parity.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { aCampaign, insertCampaign } from './testing.ts'
import { layTerritories, places } from './testing-world.ts'

const day = '2027-02-01'
const place = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
let house: House
let own: string
let people: Record<'pilot' | 'reader' | 'rival', Person>
before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  own = (await house.organisation()).id
  const at = (profile: 'pilote' | 'consultation') => [{ profile, territoryId: places.gironde }]
  people = {
    pilot: await house.person(own, at('pilote')),
    reader: await house.person(own, at('consultation')),
    rival: await house.person((await house.organisation()).id, at('pilote')),
  }
})
after(() => house.close())

type Who = 'pilot' | 'reader'
const seen = async (who: Who, query: string) => {
  const hash = tokenHash(people[who].cookie.slice('session='.length))
  const [sight] = await sightsOf(house.database, [hash], sql<{ id: string }>`${sql.raw(query)}`)
  return [...sight!.ids].map(String).sort()
}
const run = (text: string, values: unknown[] = []) => house.owner.query(text, values)
let serial = 0
/** Sirets of a scene of its own. */
const sirets = (count: number) => Array.from({ length: count }, () => 1000 + ++serial)
const campaign = async (by: Person, targets: readonly number[], over: Parameters<typeof aCampaign>[0] = {}) =>
  (
    await insertCampaign(
      house.owner,
      aCampaign({ pilotId: by.organisationId, territoryId: places.gironde, place, status: 'open', ...over }),
      by.id,
      targets,
    )
  ).id
const hold = (of: string, siret: number, period = '[2027-01-15,2027-02-11)') =>
  run('insert into campaign_holds (campaign_id, siret, period) values ($1, $2, $3)', [of, siret, period])
const decide = (of: string, siret: number, against: string, decision = 'take') =>
  run(
    `insert into campaign_decisions (campaign_id, siret, against_id, kind, decision, reason, against_on, decided_by,
      decided_at) values ($1, $2, $3, 'held', $4, 'Essai', '2027-01-15', $5, now())`,
    [of, siret, against, decision, people.pilot.id],
  )
const target = (of: string, siret: number, set: string) =>
  run(`update campaign_targets set ${set} where campaign_id = $1 and siret = $2`, [of, siret])
const contact = async (siret: number, over: Partial<Parameters<typeof anExchange>[0]> = {}, set?: string) => {
  const by = { siret, organisationId: people.rival.organisationId, authorId: people.rival.id, occurredOn: '2027-01-20' }
  const { id } = await insertExchange(house.owner, anExchange({ ...by, ...over }))
  if (set) await run(`update exchanges set ${set} where id = $1`, [id])
}

interface Scene {
  readonly mine: string
  readonly theirs: string
  readonly third: string
  readonly wanted: number
  readonly beside: number
  readonly other: number
}
/**
 * A campaign that takes `wanted` from another, which also holds `beside`; a third holds `wanted` later. Nothing of it is
 * a meeting.
 */
const scene = async (over: Parameters<typeof aCampaign>[0] = {}): Promise<Scene> => {
  const [wanted, beside, other] = sirets(3) as [number, number, number]
  const mine = await campaign(people.pilot, [wanted, other], over)
  const theirs = await campaign(people.rival, [wanted, beside])
  const third = await campaign(people.rival, [wanted])
  await hold(theirs, wanted)
  await hold(theirs, beside)
  await hold(third, wanted, '[2027-02-11,2027-03-16)')
  await decide(mine, wanted, theirs)
  return { mine, theirs, third, wanted, beside, other }
}
const meetings = (of: string, who: Who = 'pilot') =>
  seen(who, `select m.siret || ' ' || m.from_campaign_id as id from taken_meetings('${of}', '${day}') m`)
const took = (of: string, who: Who = 'pilot') =>
  seen(who, `select m.siret || ' ' || m.from_campaign_id as id from take_holds('${of}', 'Pris : ', '${day}') m`)
const action = async (siret: number, campaignId: string | null, over = {}, set?: string) => {
  const nextAction = { kind: 'visite', dueOn: day, dueAt: null, ownerId: people.rival.id, ...over }
  const by = { siret, organisationId: people.rival.organisationId, authorId: people.rival.id, campaignId, nextAction }
  const { id } = await insertExchange(house.owner, anExchange(by))
  if (set) await run(`update next_actions set ${set} where exchange_id = $1`, [id])
}

test('SEC-6, CAM-3: whatever lies beside it, a target is taken from the one campaign decided against, which holds it then, and no meeting of it', async () => {
  const plain = await scene()
  const it = (s: Scene) => [`${s.wanted} ${s.theirs}`]
  assert.deepEqual([await took(plain.mine), await meetings(plain.mine)], [it(plain), []])
  assert.deepEqual(await took(plain.mine, 'reader'), [])
  for (const [what, change] of [
    ['set aside', (s: Scene) => target(s.mine, s.wanted, "status = 'ecarte', set_aside_reason = 'Essai'")],
    ['shared', (s: Scene) => target(s.mine, s.wanted, 'shared = true')],
    ['left', (s: Scene) => run(`update campaign_decisions set decision = 'leave' where campaign_id = $1`, [s.mine])],
    [
      'decided by another',
      (s: Scene) => run('update campaign_decisions set campaign_id = $2 where campaign_id = $1', [s.mine, s.third]),
    ],
    [
      'held at another time',
      (s: Scene) =>
        run(`update campaigns set starts_on = '2028-01-01', ends_on = '2028-02-01' where id = $1`, [s.mine]),
    ],
  ] as const) {
    const changed = await scene()
    // The third meets it too, against which nothing was decided.
    for (const one of [changed.theirs, changed.third]) await target(one, changed.wanted, "status = 'rendez-vous'")
    assert.deepEqual([await took(changed.mine), await meetings(changed.mine)], [[], it(changed)], 'a meeting')
    assert.deepEqual(await meetings(changed.mine, 'reader'), [])
    await change(changed)
    assert.deepEqual(await meetings(changed.mine), [], `${what}, a meeting`)
    await target(changed.theirs, changed.wanted, "status = 'a-contacter'")
    assert.deepEqual(await took(changed.mine), [], what)
  }
})

test('SEC-6, CAM-3: whatever lies beside it, what is met is the target of that campaign, or a meeting to come there that stands', async () => {
  for (const [what, met, change] of [
    ['of one’s own', false, (s: Scene) => target(s.mine, s.wanted, "status = 'rendez-vous'")],
    ['of another target', false, (s: Scene) => target(s.theirs, s.beside, "status = 'rendez-vous'")],
    ['to come', true, (s: Scene) => action(s.wanted, s.theirs)],
    ['to come elsewhere', false, (s: Scene) => action(s.beside, s.theirs)],
    [
      'to come outside it',
      false,
      async (s: Scene) => {
        await action(s.wanted, null)
        await contact(s.wanted, { campaignId: s.theirs })
      },
    ],
    ['a call', false, (s: Scene) => action(s.wanted, s.theirs, { kind: 'rappel' })],
    ['done', false, (s: Scene) => action(s.wanted, s.theirs, {}, 'done_at = now()')],
    ['cancelled', false, (s: Scene) => action(s.wanted, s.theirs, {}, 'cancelled_at = now()')],
    ['past', false, (s: Scene) => action(s.wanted, s.theirs, { dueOn: '2027-01-31' })],
  ] as const) {
    const changed = await scene()
    await change(changed)
    const it = [`${changed.wanted} ${changed.theirs}`]
    assert.deepEqual([await meetings(changed.mine), await took(changed.mine)], met ? [it, []] : [[], it], what)
  }
})

test('SEC-6, CAM-3: whatever lies beside it, taking frees that hold alone and sets aside that target alone', async () => {
  const { mine, theirs, third, wanted, beside, other } = await scene()
  const hash = tokenHash(people.pilot.cookie.slice('session='.length))
  const tx = await house.database.begin()
  await tx.enter(hash)
  await tx.all(sql`select from take_holds(${mine}, 'Pris : ', ${day})`)
  await tx.commit()
  const { rows: held } = await run(
    'select campaign_id, siret::int from campaign_holds where campaign_id = any ($1) order by siret',
    [[theirs, third]],
  )
  assert.deepEqual(held, [
    { campaign_id: third, siret: wanted },
    { campaign_id: theirs, siret: beside },
  ])
  const { rows: aside } = await run(
    `select campaign_id, siret::int, set_aside_reason as why from campaign_targets where status = 'ecarte' and siret = any ($1)`,
    [[wanted, beside, other]],
  )
  assert.deepEqual(aside, [{ campaign_id: theirs, siret: wanted, why: 'Pris : Essai' }])
})

test('SEC-6, CAM-3: whatever lies beside it, conflicts are told, and counted, of held and contacted targets of that campaign then, to who pilots it', async () => {
  const [held, met, both, mineToo, far, aside, cancelled, old, inside, notMine] = sirets(10) as number[]
  const targets = [held, met, both, mineToo, far, aside, cancelled, old, inside] as number[]
  const mine = await campaign(people.pilot, targets)
  const theirs = await campaign(people.rival, [...targets, notMine!])
  await campaign(people.pilot, targets)
  for (const siret of [held, both, aside, notMine]) await hold(theirs, siret!)
  await hold(theirs, far!, '[2028-01-01,2028-02-01)')
  await hold(mine, mineToo!)
  await target(mine, aside!, "status = 'ecarte', set_aside_reason = 'Essai'")
  for (const siret of [met, both, mineToo, far]) await contact(siret!)
  await contact(cancelled!, {}, "status = 'cancelled'")
  await contact(old!, { occurredOn: '2026-12-01' })
  await contact(inside!, { campaignId: mine })
  const told = (who: Who) =>
    seen(
      who,
      `select c.siret || ' ' || c.kind || ' ' || c.organisation_id as id from campaign_conflicts('${mine}', '${day}') c`,
    )
  const rival = people.rival.organisationId
  assert.deepEqual(
    await told('pilot'),
    [`${held} held ${rival}`, `${met} contacted ${rival}`, `${both} held ${rival}`, `${far} contacted ${rival}`].sort(),
  )
  assert.deepEqual(await told('reader'), [])
  const counted = (who: Who, asked: number[]) =>
    seen(
      who,
      `select c.held || ' ' || c.contacted as id from count_conflicts(array[${asked}]::bigint[], '2027-01-15',
        '2027-03-15', '2027-01-02', '${mine}', false, '${day}') c`,
    )
  const all = [...targets, 1] as number[]
  // Held: those three; contacted of the rest: met, mineToo, far, inside.
  assert.deepEqual(await counted('pilot', all), ['3 4'])
  assert.deepEqual(await counted('pilot', [1]), ['0 0'])
  assert.deepEqual(await counted('reader', all), ['0 0'])
})

test('SEC-6, CAM-2: whatever lies beside it, who contacted since a day is told to who prepares campaigns, and who may lead one is told of there', async () => {
  const [met, cancelled] = sirets(2) as [number, number]
  await contact(met)
  await contact(cancelled, {}, "status = 'cancelled'")
  const since = async (who: Who, siret: number, from: string) =>
    (await seen(who, `select contacted_since(${siret}, '${from}')::text as id`))[0] === 'true'
  assert.deepEqual(
    [
      await since('pilot', met, '2027-01-20'),
      await since('pilot', met, '2027-01-21'),
      await since('pilot', cancelled, '2027-01-01'),
      await since('pilot', 1, '2020-01-01'),
      await since('reader', met, '2027-01-20'),
    ],
    [true, false, false, false, false],
  )
  const leads: Record<string, string> = {}
  const lead = async (
    name: string,
    territoryId: number,
    over: { tool?: 'fiche-etablissement'; profile?: 'conseiller' } = {},
    organisation = own,
  ) => {
    leads[name] = (
      await house.person(organisation, [{ tool: 'campagnes', profile: 'responsable', territoryId, ...over }])
    ).id
  }
  await lead('there', places.gironde)
  await lead('everywhere', 0)
  await lead('within', places.graves)
  await lead('elsewhere', places.garonne)
  // Of a territory without any commune the overlaps say nothing.
  const remote = 2099
  await run(
    `insert into territories (id, kind, code, name) values (${remote}, 'departement', '99', 'Ailleurs') on conflict do nothing`,
  )
  await lead('remote', remote)
  await lead('advisor', places.gironde, { profile: 'conseiller' })
  await lead('cards', places.gironde, { tool: 'fiche-etablissement' })
  await lead('stranger', places.gironde, {}, people.rival.organisationId)
  const candidates = async (who: Who, territory: number) => {
    const ids = await seen(
      who,
      `select c.id from campaign_lead_candidates(array['${own}']::uuid[], ${territory}, '2026-12-01') c (id)`,
    )
    return Object.keys(leads).filter(name => ids.includes(leads[name]!))
  }
  assert.deepEqual(
    [
      await candidates('pilot', places.gironde),
      await candidates('pilot', 0),
      await candidates('reader', places.gironde),
    ],
    [['there', 'everywhere', 'within'], ['there', 'everywhere', 'within', 'elsewhere', 'remote'], []],
  )
  assert.deepEqual(await candidates('pilot', remote), ['everywhere', 'remote'])
})

test('SEC-6, CAM-1: whatever lies beside it, one sees the campaigns one’s structure is in, where one may, and drafts of its own alone', async () => {
  const member = { memberIds: [own] }
  const at = (departementId: number) => ({ territoryId: departementId, place: { ...place, departementId } })
  const made = {
    ours: await campaign(people.pilot, []),
    draft: await campaign(people.pilot, [], { status: 'draft' }),
    country: await campaign(people.rival, [], { ...member, territoryId: 0 }),
    elsewhere: await campaign(people.rival, [], { ...member, ...at(places.landes) }),
    theirDraft: await campaign(people.rival, [], { ...member, status: 'draft' }),
    without: await campaign(people.rival, []),
  }
  const [national, cards] = [
    await house.person(own, [{ tool: 'campagnes', profile: 'consultation', territoryId: 0 }]),
    await house.person(own, [{ tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 }]),
  ]
  const sees = async ({ cookie }: Person, table: string) => {
    const query = sql<{ id: string }>`select ${sql.raw(table === 'campaigns' ? 'id' : 'campaign_id as id')}
      from ${sql.table(table)}`
    const [sight] = await sightsOf(house.database, [tokenHash(cookie.slice('session='.length))], query)
    return Object.keys(made).filter(name => sight!.ids.has(made[name as keyof typeof made]))
  }
  for (const table of ['campaigns', 'campaign_members'])
    assert.deepEqual(
      [await sees(people.reader, table), await sees(national, table), await sees(cards, table)],
      [['ours', 'draft', 'country'], ['ours', 'draft', 'country', 'elsewhere'], []],
      table,
    )
})

test('SEC-6, CAM-3: as the web’s own role, the departments of a campaign are locked by who pilots it, and by nobody else', async () => {
  const mine = await campaign(people.pilot, sirets(1), { memberIds: [own, people.rival.organisationId] })
  const locked = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      await tx.run(sql`select ctx.lock_departments(${mine}, null)`)
      return await tx.all(sql<{ held: number }>`select count(*)::int as held from pg_locks
        where locktype = 'advisory' and pid = pg_backend_pid()
          and database = (select oid from pg_database where datname = current_database())`)
    } finally {
      await tx.rollback()
    }
  }
  const refused = { code: '42501' }
  await assert.rejects(locked(people.reader), refused, 'reads it in the pilot’s structure')
  await assert.rejects(locked(people.rival), refused, 'reads it as a member')
  assert.deepEqual(await locked(people.pilot), [{ held: 1 }])
})
