import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { insertConvention } from '../../people-and-rights/organisations/testing.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays } from '../../platform/time.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { insertTaskForce } from '../../territory-and-register/territories/testing.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, isSeenByOne, sightsOf, someoneDisagrees, withFunctionChanged } from '../../testing/parity.ts'
import { acceptTexts, publishTexts, unpublishTexts } from '../../testing/texts.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { places } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { aNeed, insertNeeds } from '../needs/testing.ts'
import { type AwayReason, type HolderFacts, type PilotFacts, whyAway, whyUnpiloted } from './away.model.ts'
import { type Held, mayTakeOver } from './taking-over.model.ts'
import { endConvention, here, layTerritories, rights, suspend, take } from './testing.ts'

/** In Gironde, where no task force is: another CLPE, or none. */
const bare: readonly TerritoryLine[] = [
  { ...here, epciId: null, clpeId: 20_900 },
  { ...here, epciId: null, clpeId: null },
]
const elsewhere: TerritoryLine = { ...here, departementId: places.landes, epciId: places.dunes, clpeId: places.sud }
let house: House
let today: string
let [own, ended, other] = ['', '', '']
const holders: Person[] = []
before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  today = (await house.owner.query('select ctx.paris_day(ctx.clock())::text as today')).rows[0].today
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[own, ended, other] = [
    (await house.organisation()).id,
    (await house.organisation()).id,
    (await house.organisation()).id,
  ]
  await layHolders([own, ended, other, operator])
  for (const one of [ended, operator]) await endConvention(house.owner, one)
  // One that ended long ago makes nobody's work to take over: another is in force, or none binds.
  for (const one of [other, operator])
    await insertConvention(house.owner, one, '2018-01-01T00:00:00Z', new Date('2019-01-01T00:00:00Z'))
})
after(() => house.close())

const absent = (who: Person, from: number, until: number, withdrawn = false) =>
  house.owner.query(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at, withdrawn_at,
      withdrawn_by) values (gen_random_uuid(), $1, $2, $3, $4, $1, now(), $5, $6)`,
    [
      who.id,
      who.organisationId,
      addDays(today, from),
      addDays(today, until),
      withdrawn ? new Date() : null,
      withdrawn ? who.id : null,
    ],
  )
const states: readonly ((who: Person) => Promise<unknown>)[] = [
  async () => {},
  who => suspend(house.owner, who),
  who => house.owner.query(`update accounts set status = 'deleted' where id = $1`, [who.id]),
  who => house.owner.query(`update accounts set contract_ends_on = $2 where id = $1`, [who.id, addDays(today, -1)]),
  who => house.owner.query(`update accounts set contract_ends_on = $2 where id = $1`, [who.id, today]),
  who =>
    house.owner.query(`update grants set revoked_at = now() where account_id = $1 and tool = 'campagnes'`, [who.id]),
  who => house.owner.query(`update grants set profile = 'consultation' where account_id = $1`, [who.id]),
  who =>
    house.owner.query(
      `update grants set profile = case tool when 'campagnes' then 'consultation' else 'conseiller' end where account_id = $1`,
      [who.id],
    ),
  who =>
    house.owner.query(
      `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
        values (gen_random_uuid(), $1, $2, 'suspect-use', 'Essai', now())`,
      [who.id, who.organisationId],
    ),
  who =>
    house.owner.query(
      `insert into account_activity (account_id, organisation_id, last_act_at, first_at)
        values ($1, $2, now() - interval '3 months', now() - interval '3 months')`,
      [who.id, who.organisationId],
    ),
  who => absent(who, 0, 0),
  who => absent(who, -5, 5),
  who => absent(who, -5, -1),
  who => absent(who, 1, 5),
  who => absent(who, -1, 1, true),
]
const layHolders = async (organisations: readonly string[]) => {
  for (const organisationId of organisations)
    for (const state of states) {
      const holder = await house.person(organisationId, [...rights()])
      await state(holder)
      holders.push(holder)
    }
}

const factsOf = async (accountId: string): Promise<HolderFacts> =>
  (
    await house.owner.query(
      `select o.kind = 'operateur' as "ofOperator", ctx.in_force(o.id, ctx.clock()) as "conventionInForce", a.status,
        coalesce((select jsonb_agg(h.missing) from ctx.held_grants(a.id, ctx.clock()) h
          where h.tool = 'campagnes' and ctx.rank(h.profile) >= 2), '[]') as held,
        coalesce((select jsonb_agg(jsonb_build_object('startsOn', b.starts_on, 'endsOn', b.ends_on)) from absences b
          where b.account_id = a.id and b.withdrawn_at is null), '[]') as absences
      from accounts a join organisations o on o.id = a.organisation_id where a.id = $1`,
      [accountId],
    )
  ).rows[0]
/** What the database says of a holder, and what the rule says. */
const both = async ({ id }: Person) => {
  const { rows } = await house.owner.query<{ why: AwayReason | null }>('select ctx.why_away($1, $2) as why', [
    id,
    today,
  ])
  return { inSql: rows[0]!.why, why: whyAway(await factsOf(id), today) }
}
const differences = async () => {
  const parted: string[] = []
  const told = new Set<AwayReason | null>()
  for (const holder of holders) {
    const { inSql, why } = await both(holder)
    told.add(why)
    if (inSql !== why) parted.push(`${inSql} ${why}`)
  }
  return { parted, told }
}
/** A mutant is seen by the first holder of whom they part. */
const someonePartsThem = () =>
  isSeenByOne(holders, async holder => {
    const { inSql, why } = await both(holder)
    return inSql !== why
  })

test('CAM-16: why someone is away: the rule and the database agree on every state, and a text to accept sends nobody away', async () => {
  const { parted, told } = await differences()
  assert.deepEqual(parted, [])
  assert.deepEqual(told, new Set([null, 'no-access', 'departed', 'absent', 'convention-over']))
  for (const [from, to] of [
    ['between b.starts_on and b.ends_on', '> b.starts_on'],
    ['and b.withdrawn_at is null', ''],
    ['ctx.rank(h.profile) >= 2', 'true'],
    [`if a.status = 'deleted' then return 'departed'; end if;`, ''],
    ['not ctx.in_force(a.organisation_id, at)', 'false'],
    ['h.missing <@ ctx', 'true or h.missing <@ ctx'],
    ['on o.id = x.organisation_id', 'on true'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.why_away(uuid, date)', from, to, async () =>
      assert.ok(await someonePartsThem(), from),
    )
  const facts = { ofOperator: false, conventionInForce: true, status: 'active', absences: [] } as const
  assert.equal(whyAway({ ...facts, held: [['cgu', 'awareness']] }, today), null)
  assert.equal(whyAway({ ...facts, held: [['cgu', 'block']] }, today), 'no-access')
})

test('CAM-16, ACC-7: whatever the operator has not published sends nobody away: the rule and the database agree', async () => {
  for (const kinds of [['cgu'], ['confidentialite'], ['securite'], ['cpu'], []] as const) {
    await unpublishTexts(house.owner, ...kinds)
    const { parted, told } = await differences()
    assert.deepEqual(parted, [], kinds.join())
    assert.ok(told.has(null), kinds.join())
    await publishTexts(house.owner)
    await acceptTexts(house.owner)
  }
})

/** A structure, its people by what was given them and what happened since, and what the two say of the place. */
const pilotFacts = async (organisationId: string, place: TerritoryLine): Promise<PilotFacts> =>
  (
    await house.owner.query(
      `select o.kind = 'operateur' as "ofOperator", ctx.in_force(o.id, ctx.clock()) as "conventionInForce",
        coalesce((select jsonb_agg(h.missing) from accounts a cross join lateral ctx.held_grants(a.id, ctx.clock()) h
          left join agency_territories t on t.agency_id = h.agency_id
          where a.organisation_id = o.id and h.tool = 'campagnes' and h.profile = 'pilote'
            and ctx.covers(array[coalesce(h.territory_id, t.territory_id)], $2, $3, $4, $5)), '[]') as held
      from organisations o where o.id = $1`,
      [organisationId, place.regionId, place.departementId, place.epciId, place.clpeId],
    )
  ).rows[0]

test('CAM-15, CAM-16: why a structure can pilot no more: the rule and the database agree on every state, and part when a clause goes', async () => {
  const structures: string[] = []
  const wide = { ...here, epciId: null, clpeId: null }
  for (const [n, state] of states.entries()) {
    const { id } = await house.organisation(n % 4 === 3 ? { kind: 'operateur' } : {})
    await state(await house.person(id, [...rights('pilote')]))
    structures.push(id)
  }
  for (const grants of [
    [...rights('responsable')],
    [...rights('pilote', places.landes)],
    [...rights('pilote', places.coeur)],
    [...rights('pilote', 0)],
    // Pilots there by the card alone, and elsewhere.
    [
      { tool: 'fiche-etablissement', profile: 'pilote', territoryId: places.gironde },
      ...rights('pilote', places.landes),
    ],
    // Records there, and pilots elsewhere.
    [...rights(), { profile: 'pilote', territoryId: places.landes }],
    [],
  ] as const) {
    const { id } = await house.organisation()
    await house.person(id, [...grants])
    structures.push(id)
  }
  const unaccepted = (await house.organisation()).id
  const late = await house.person(unaccepted, [...rights('pilote')])
  await house.owner.query('delete from acceptances where account_id = $1', [late.id])
  const over = (await house.organisation()).id
  await house.person(over, [...rights('pilote')])
  await endConvention(house.owner, over)
  structures.push(unaccepted, over)
  const both = async (id: string) => {
    const told: (readonly [string | null, string | null])[] = []
    for (const place of [here, wide, elsewhere]) {
      const { rows } = await house.owner.query('select ctx.why_unpiloted($1, $2, $3, $4, $5) as why', [
        id,
        ...[place.regionId, place.departementId, place.epciId, place.clpeId],
      ])
      told.push([rows[0].why, whyUnpiloted(await pilotFacts(id, place))])
    }
    return told
  }
  const said = (await Promise.all(structures.map(both))).flat()
  assert.deepEqual(
    said.filter(([inSql, why]) => inSql !== why),
    [],
  )
  assert.deepEqual(new Set(said.map(([, why]) => why)), new Set([null, 'no-pilot', 'convention-over']))
  assert.deepEqual((await both(unaccepted))[0], [null, null], 'a text to accept takes no pilot away')
  for (const [from, to] of [
    ['not ctx.in_force(of_organisation, at)', 'false'],
    [`and o.kind <> 'operateur'`, ''],
    ['g.organisation_id = of_organisation and', ''],
    [`where h.tool = 'campagnes' and h.profile`, 'where h.profile'],
    [`and h.profile = 'pilote'\n`, '\n'],
    ['and h.missing <@ ctx.theirs_to_settle()', ''],
    ['h.missing <@ ctx.theirs_to_settle()', `h.missing = '{}'`],
    ['and coalesce(h.territory_id, t.territory_id) in (0, region, departement, epci, clpe)', ''],
    ['in (0, region, departement, epci, clpe)', 'in (0, region, departement, epci)'],
    ['in (0, region, departement, epci, clpe)', 'in (region, departement, epci, clpe)'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.why_unpiloted(uuid, int, int, int, int)', from, to, async () =>
      assert.ok(await isSeenByOne(structures, async id => (await both(id)).some(([sql, why]) => sql !== why)), from),
    )
})

const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))
let siret = 33_000_000_000_000
let clpe = 20_000
type Row = Held & { readonly id: string }
/** Of each holder: targets and actions, here and elsewhere, in campaigns that each of two structures pilots. */
/** Campaigns of a structure, by what one asks of them to take their piloting. */
const layPiloted = async (pilot: Person, why: AwayReason | null): Promise<Row[]> => {
  const rows: Row[] = []
  const gironde = { territoryId: places.gironde, place: { ...here, epciId: null, clpeId: null } }
  for (const [memberIds, status, over] of [
    [[own, other], 'open', gironde],
    [[own], 'open', { territoryId: places.coeur, place: here }],
    [[other], 'open', gironde],
    [[own], 'draft', gironde],
    [[own], 'closed', gironde],
  ] as const) {
    const campaign = aCampaign({ pilotId: pilot.organisationId, memberIds, status, ...over })
    await insertCampaign(house.owner, campaign, pilot.id)
    const held = {
      holderId: 'pilot',
      organisationId: pilot.organisationId,
      why,
      campaign,
      visibility: 'reseau',
    } as const
    rows.push({ ...held, kind: 'piloting', place: campaign.place, id: `piloting/${campaign.id}` })
  }
  return rows
}
/** Task forces of a structure, by who is a member and over what. */
const layTaskForces = async (pilotId: string, why: AwayReason | null): Promise<Row[]> => {
  const rows: Row[] = []
  for (const memberIds of [[own, other], [other]]) {
    clpe += 1
    const force = { ...here, clpeId: clpe, pilotId, memberIds, sensitiveSectors: [] }
    await house.owner.query(`insert into territories (id, kind, code, name) values ($1, 'clpe', $2, $2)`, [
      clpe,
      String(clpe),
    ])
    await house.owner.query(
      'insert into communes (code, name, region_id, departement_id, epci_id, clpe_id) values ($1, $1, $2, $3, $4, $5)',
      [String(clpe), here.regionId, here.departementId, here.epciId, clpe],
    )
    await insertTaskForce(house.owner, force)
    rows.push({
      kind: 'task-force',
      holderId: 'pilot',
      organisationId: pilotId,
      why,
      campaign: null,
      visibility: 'reseau',
      place: force,
      taskForce: { ...force, memberIds: [pilotId, ...memberIds], left: why === 'convention-over' },
      id: `task-force/${clpe}`,
    })
  }
  return rows
}
/** An action of theirs, in no campaign until told otherwise. */
const layAction = async (
  holder: Person,
  place: TerritoryLine,
  visibility: 'reseau' | 'organisation',
  campaignId: string | null = null,
) => {
  const nextAction = { kind: 'rappel', dueOn: today, dueAt: null, ownerId: holder.id } as const
  const of = { organisationId: holder.organisationId, authorId: holder.id, visibility, nextAction, campaignId }
  const { id } = await insertExchange(house.owner, anExchange({ ...place, siret, ...of }))
  return (await house.owner.query('select id from next_actions where exchange_id = $1', [id])).rows[0].id as string
}
/** What each holder follows, and took of what another structure follows; here and elsewhere, kept or not. */
const layNeeds = async (follower: Person): Promise<Row[]> => {
  const rows: Row[] = []
  for (const [clpeId, pilotId] of [
    [here.clpeId, own],
    [elsewhere.clpeId!, other],
  ] as const)
    await insertTaskForce(house.owner, { clpeId, pilotId, memberIds: [own, other, ended], sensitiveSectors: [] })
  for (const holder of holders) {
    const why = whyAway(await factsOf(holder.id), today)
    for (const place of [here, elsewhere, ...bare])
      for (const visibility of ['reseau', 'organisation'] as const) {
        siret += 1
        const of = { ...place, siret, visibility }
        const followed = aNeed({ ...of, organisationId: holder.organisationId, ownerId: holder.id })
        const taken = aNeed({
          ...of,
          organisationId: follower.organisationId,
          ownerId: follower.id,
          takenBy: holder.id,
          takenByOrganisationId: holder.organisationId,
          state: 'pris-en-charge',
        })
        const over = aNeed({ ...of, organisationId: holder.organisationId, ownerId: holder.id, state: 'abandonne' })
        const once = {
          ...aNeed({ ...of, organisationId: holder.organisationId, ownerId: holder.id }),
          said: visibility === 'reseau' ? ('organisation' as const) : ('reseau' as const),
        }
        await insertNeeds(house.owner, [followed, taken, over, once])
        const held = { holderId: holder.id, organisationId: holder.organisationId, campaign: null, visibility, place }
        const taskForcePilotId = bare.includes(place) ? null : place === here ? own : other
        for (const { id, organisationId, said } of [followed, taken, once]) {
          const need = { followerId: organisationId, everKept: said === 'organisation' }
          rows.push({ ...held, kind: 'need', why, id, need, taskForcePilotId })
        }
        const id = await layAction(holder, place, visibility)
        rows.push({ ...held, kind: 'action', why, id, taskForcePilotId })
        rows.push({ ...held, kind: 'need', why: null, id: over.id })
      }
  }
  return rows
}
/** Actions in campaigns that their structure left, or whose pilot’s convention is over; in others, as many. */
const layLeftActions = async (operatorId: string): Promise<Row[]> => {
  const rows: Row[] = []
  const gironde = { territoryId: places.gironde, place: { ...here, epciId: null, clpeId: null } }
  for (const [pilotId, status, memberIds] of [
    [ended, 'closed', [own, other]],
    [ended, 'open', [own, other]],
    [other, 'open', [own]],
    [own, 'open', []],
    [other, 'closed', [ended]],
    [operatorId, 'closed', [own, ended]],
  ] as const) {
    const campaign = aCampaign({ pilotId, memberIds, status, ...gironde })
    await insertCampaign(house.owner, campaign, holders[0]!.id)
    for (const holder of [ended, other].map(id => holders.find(({ organisationId }) => organisationId === id)!))
      for (const place of [here, elsewhere, ...bare])
        for (const visibility of ['reseau', 'organisation'] as const) {
          siret += 1
          rows.push({
            kind: 'action',
            holderId: holder.id,
            organisationId: holder.organisationId,
            why: whyAway(await factsOf(holder.id), today),
            place,
            visibility,
            campaign,
            pilotGone: pilotId === ended,
            taskForcePilotId: bare.includes(place) ? null : place === here ? own : other,
            id: await layAction(holder, place, visibility, campaign.id),
          })
        }
  }
  return rows
}
const layWork = async (pilots: readonly Person[]): Promise<Row[]> => {
  const rows: Row[] = []
  for (const pilot of pilots) {
    const campaign = aCampaign({
      pilotId: pilot.organisationId,
      memberIds: [own, ended],
      territoryId: places.gironde,
      place: { ...here, epciId: null, clpeId: null },
      status: 'open',
    })
    await insertCampaign(house.owner, campaign, pilot.id)
    for (const holder of holders) {
      const why = whyAway(await factsOf(holder.id), today)
      const { organisationId, id: holderId } = holder
      const held = { holderId, organisationId, why, campaign, visibility: 'reseau' } as const
      if (holders.indexOf(holder) % 3 === 0) {
        await house.owner.query('insert into campaign_leads values ($1, $2)', [campaign.id, holderId])
        rows.push({ ...held, kind: 'campaign', place: campaign.place, id: `${campaign.id}/${holderId}` })
      }
      for (const place of [here, elsewhere]) {
        siret += 1
        const { regionId, departementId, epciId, clpeId } = place
        await house.owner.query(
          `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
            values ($1, $2, $3, $4, $5, $6)`,
          [campaign.id, siret, regionId, departementId, epciId, clpeId],
        )
        await take(house.owner, campaign.id, holder, [siret])
        rows.push({ ...held, kind: 'target', place, id: `${campaign.id}/${siret}` })
        for (const visibility of ['reseau', 'organisation'] as const) {
          const nextAction = { kind: 'rappel', dueOn: today, dueAt: null, ownerId: holderId }
          const { id } = await insertExchange(
            house.owner,
            anExchange({
              ...place,
              siret,
              organisationId,
              authorId: holderId,
              campaignId: campaign.id,
              visibility,
              nextAction,
            }),
          )
          const found = await house.owner.query('select id from next_actions where exchange_id = $1', [id])
          rows.push({ ...held, kind: 'action', place, visibility, id: found.rows[0].id })
        }
      }
    }
  }
  return rows
}

test('SEC-6, CAM-16: what one may take over: the rule and the database agree on every pair, and part when a clause goes', async () => {
  const viewers: Person[] = []
  for (const organisationId of [own, other])
    for (const profile of ['conseiller', 'responsable', 'pilote'] as const)
      for (const territoryId of [places.gironde, places.landes, places.aquitaine])
        viewers.push(await house.person(organisationId, [...rights(profile, territoryId)]))
  viewers.push(
    await house.person(own, [{ profile: 'responsable', territoryId: places.gironde }]),
    await house.person(ended, [...rights('pilote')]),
    await house.person(own, [{ profile: 'pilote', territoryId: places.gironde }]),
    // Pilots elsewhere, and records here.
    await house.person(own, [...rights(), { profile: 'pilote', territoryId: places.landes }]),
    await house.person(own, [
      { profile: 'conseiller', territoryId: places.gironde },
      { tool: 'fiche-etablissement', profile: 'responsable', territoryId: places.gironde },
    ]),
  )
  const rows = await layWork([
    await house.person(own, [...rights('pilote')]),
    await house.person(other, [...rights('pilote')]),
  ])
  rows.push(...(await layNeeds(await house.person((await house.organisation()).id, [...rights()]))))
  const operator = await house.organisation({ kind: 'operateur' })
  rows.push(...(await layLeftActions(operator.id)))
  for (const [organisationId, why] of [
    [ended, 'convention-over'],
    [other, null],
    [operator.id, null],
  ] as const) {
    rows.push(...(await layPiloted(await house.person(organisationId, [...rights('pilote')]), why)))
    rows.push(...(await layTaskForces(organisationId, why)))
  }
  for (const [structure, away, why] of [
    [{}, suspend, 'no-pilot'],
    [{ kind: 'operateur' }, suspend, 'no-pilot'],
    [{}, absent, null],
  ] as const) {
    const pilot = await house.person((await house.organisation(structure)).id, [...rights('pilote')])
    await (away === suspend ? suspend(house.owner, pilot) : absent(pilot, -1, 5))
    rows.push(...(await layPiloted(pilot, why)))
    rows.push(...(await layTaskForces(pilot.organisationId, null)))
  }
  await endConvention(house.owner, operator.id)
  const query = sql<{ id: string }>`select case w.kind when 'action' then w.action_id::text
      when 'piloting' then 'piloting/' || w.campaign_id when 'target' then w.campaign_id || '/' || w.siret
      when 'need' then w.need_id::text
      when 'task-force' then 'task-force/' || w.clpe_id else w.campaign_id || '/' || w.holder_id end as id
    from work_to_take_over(${today}::date) w`
  const hashes = viewers.map(hashOf)
  const look = (some: readonly Buffer[]) => sightsOf(house.database, some, query)
  const sights = await look(hashes)
  assert.deepEqual(
    disagreements(sights, rows, mayTakeOver).map(({ viewer, row, inSql }) => [viewer.grants, row, inSql]),
    [],
  )
  assert.ok(sights.some(({ ids }) => ids.size > 20) && sights.some(({ ids }) => ids.size === 0))
  for (const [from, to] of [
    ['ctx.covers(led, t.region_id', 'ctx.covers(fiche, t.region_id'],
    ['ctx.covers(led, n.region_id', 'ctx.covers(fiche, n.region_id'],
    ['and ctx.covers(fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)\n      union all', 'union all'],
    ['ctx.covers(led, d.region_id', 'ctx.covers(fiche, d.region_id'],
    ['and ctx.covers(fiche, d.region_id, d.departement_id, d.epci_id, d.clpe_id)', ''],
    ['d.closed_at is null and (d.owner_id = w.id or', '(d.owner_id = w.id or'],
    ['or d.taken_by = w.id)', ')'],
    [`d.visibility = 'reseau' and ctx.answers_there`, 'ctx.answers_there'],
    ['and ctx.answers_there(own, led, piloting, d.region_id, d.departement_id, d.epci_id, d.clpe_id)', ''],
    [
      'and ctx.covers(fiche, d.region_id, d.departement_id, d.epci_id, d.clpe_id)\n      and not exists',
      'and not exists',
    ],
    [`and v.visibility <> 'reseau')`, 'and false)'],
    ['and not ctx.in_force(o.id, ctx.clock()))', ')'],
    [`and o.id <> own and o.kind <> 'operateur'\n`, 'and o.id <> own\n'],
    [
      'and (not exists (select from public.campaign_members m',
      'and (true or not exists (select from public.campaign_members m',
    ],
    [
      'not exists (select from public.campaign_members m where m.campaign_id = c.id and m.organisation_id = n.organisation_id)',
      'false',
    ],
    [
      'not exists (select from public.campaign_members m where m.campaign_id = c.id and m.organisation_id = n.organisation_id)',
      'c.id is null',
    ],
    [
      'and exists (select from public.campaign_members m where m.campaign_id = x.campaign_id and m.organisation_id = n.organisation_id)',
      '',
    ],
    [`or (c.status <> 'open' and p.kind <> 'operateur' and`, `or (p.kind <> 'operateur' and`],
    [`and p.kind <> 'operateur' and not`, 'and not'],
    [`p.kind <> 'operateur' and not ctx.in_force(c.pilot_id, ctx.clock())`, `p.kind <> 'operateur'`],
    [`or (c.status <> 'open' and p.kind <> 'operateur' and not ctx.in_force(c.pilot_id, ctx.clock()))`, ''],
    [`n.visibility = 'reseau' and ctx.answers_there`, 'ctx.answers_there'],
    ['and ctx.answers_there(own, led, piloting, n.region_id, n.departement_id, n.epci_id, n.clpe_id)', ''],
    [
      'ctx.answers_there(own, led, piloting, n.region_id, n.departement_id, n.epci_id, n.clpe_id) and ctx.covers(fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)',
      'ctx.answers_there(own, led, piloting, n.region_id, n.departement_id, n.epci_id, n.clpe_id)',
    ],
    [`and n.visibility = 'reseau'`, ''],
    ['and t.campaign_id in (select ctx.visible_campaigns())', ''],
    ['where w.why is not null', ''],
    ['not ctx.in_force(m.organisation_id, ctx.clock())', 'true'],
    [`c.status in ('draft', 'open') and c.id in (select id from piloted)`, 'true'],
    [`where x.status = 'open' and x.id in`, 'where x.id in'],
    [
      'm.campaign_id from public.campaign_members m where m.organisation_id = own',
      'm.campaign_id from public.campaign_members m',
    ],
    ['(select ctx.pilote()), x.region_id', '(select ctx.campagnes()), x.region_id'],
    ['where c.why is not null', ''],
    ['where c.why is not null', `where c.why = 'convention-over'`],
    ['where c.why is not null', `where c.why = 'no-pilot'`],
    ['where f.clpe_id in (select ctx.adoptable_task_forces())', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'work_to_take_over(date)', from, to, async () =>
      assert.ok(await someoneDisagrees(hashes, look, rows, mayTakeOver), from),
    )
  for (const [from, to] of [
    ['else ctx.covers(led', 'else ctx.covers(piloted'],
    ['else ctx.covers(led, region, departement, epci, clpe)', 'else true'],
    ['and f.pilot_id = own)', ')'],
    ['and ctx.covers(piloted, region, departement, epci, clpe)', ''],
    ['case when exists (select from public.task_forces f where f.clpe_id = clpe)', 'case when false'],
  ] as const)
    await withFunctionChanged(
      house.owner,
      'ctx.answers_there(uuid, int[], int[], int, int, int, int)',
      from,
      to,
      async () => assert.ok(await someoneDisagrees(hashes, look, rows, mayTakeOver), from),
    )
  for (const mutant of [
    (row: Row): Row => ({ ...row, visibility: 'reseau' }),
    (row: Row): Row => ({ ...row, why: row.why ?? 'absent' }),
    (row: Row): Row => ({ ...row, place: here }),
    (row: Row): Row => ({ ...row, organisationId: own }),
  ])
    assert.notDeepEqual(
      disagreements(sights, rows, (viewer, row) => mayTakeOver(viewer, mutant(row))),
      [],
      String(mutant),
    )
})

test('SEC-6, CAM-16: who may receive it, and where: who is there, with a right to record and a right to the employer’s card', async () => {
  const { gironde, landes } = places
  const structure = (await house.organisation()).id
  const right = (profile: 'consultation' | 'conseiller' | 'responsable', territoryId: number) => ({
    profile,
    territoryId,
  })
  const card = (territoryId: number) =>
    ({ tool: 'fiche-etablissement', ...right('consultation', territoryId) }) as const
  const table: readonly (readonly [string, Parameters<House['person']>[1], readonly [number[], number[]] | null])[] = [
    ['both rights', [right('conseiller', gironde), card(landes)], [[gironde], [landes]]],
    [
      'a right to read beside',
      [right('conseiller', gironde), right('consultation', landes), card(gironde)],
      [[gironde], [gironde]],
    ],
    ['to read alone', [right('consultation', gironde), card(gironde)], null],
    ['no card', [right('conseiller', gironde)], null],
    ['the card alone', [card(gironde)], null],
    [
      'the card as one who records',
      [{ tool: 'fiche-etablissement', ...right('responsable', landes) }, right('conseiller', gironde)],
      [[gironde], [landes]],
    ],
  ]
  const people = new Map<string, readonly [string, readonly [number[], number[]] | null]>()
  for (const [name, grants, expected] of table) people.set((await house.person(structure, grants)).id, [name, expected])
  const suspended = await house.person(structure, [...rights()])
  await suspend(house.owner, suspended)
  await house.person((await house.organisation()).id, [...rights()])
  const lead = await house.person(structure, [right('responsable', landes)])
  const received = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(hashOf(who))
      return await tx.all(
        sql<{
          accountId: string
          conseiller: number[]
          fiche: number[]
        }>`select * from takeover_recipients(${today}::date)`,
      )
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    new Map((await received(lead)).map(row => [people.get(row.accountId)?.[0], [row.conseiller, row.fiche]])),
    new Map([...people.values()].flatMap(([name, expected]) => (expected ? [[name, expected]] : []))),
  )
  const advisor = await house.person(structure, [...rights()])
  assert.deepEqual(await received(advisor), [], 'who leads nobody is told nothing')
  // Of those whose work may wait, nobody who is away, for whatever reason; of an absence, its days alone.
  const own = holders[0]!.organisationId
  const there = await house.owner.query<{ id: string }>(
    `select a.id from accounts a where a.id = any ($1) and a.organisation_id = $2 and ctx.why_away(a.id, $3) is null`,
    [holders.map(({ id }) => id), own, today],
  )
  const ofOwn = await house.person(own, [...rights(), right('responsable', gironde)])
  const told = new Set((await received(ofOwn)).map(row => row.accountId))
  assert.ok(there.rows.length > 2 && there.rows.length < states.length)
  assert.deepEqual(
    holders
      .filter(({ id }) => told.has(id))
      .map(({ id }) => id)
      .sort(),
    there.rows.map(({ id }) => id).sort(),
  )
})
