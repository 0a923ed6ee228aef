import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, rowsWritten, sightsOf } from '../../testing/parity.ts'
import { aCampaign, insertCampaign } from './testing.ts'
import { layTerritories, places } from './testing-world.ts'

let house: House
before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
})
after(() => house.close())
// Two campaigns hold no establishment at once: what a test held is freed for the next.
beforeEach(() => house.owner.query('delete from campaign_holds'))

const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))
const may = (who: Person, query: ReturnType<typeof sql>) => mayWrite(house.database, hashOf(who), query)

test('SEC-6, CAM-1: whatever the application forgets, nobody drafts, gives away or moves a campaign beyond their own right, nor decides in another’s name', async () => {
  const [own, other] = [(await house.organisation()).id, (await house.organisation()).id]
  const person = (organisationId: string, profile: 'conseiller' | 'responsable' | 'pilote', territoryId: number) =>
    house.person(organisationId, [{ profile, territoryId }])
  const [pilot, lead, colleague, foreign] = [
    await person(own, 'pilote', places.gironde),
    await person(own, 'responsable', places.gironde),
    await person(own, 'pilote', places.gironde),
    await person(other, 'pilote', places.gironde),
  ]
  const at = (departement: number) => ({ territory: departement, departement })
  const [gironde, landes] = [at(places.gironde), at(places.landes)]
  const draft = (
    who: Person,
    over: { pilot?: string; by?: string; status?: string; at?: ReturnType<typeof at> } = {},
  ) =>
    may(
      who,
      sql`
    insert into campaigns (id, name, purpose, territory_id, region_id, departement_id, starts_on, ends_on, status,
      pilot_id, created_by, created_at, opened_at)
    values (${uuidv7()}, 'x', 'prospection', ${(over.at ?? gironde).territory}, ${places.aquitaine},
      ${(over.at ?? gironde).departement}, '2027-01-15', '2027-03-15', ${over.status ?? 'draft'},
      ${over.pilot ?? who.organisationId}, ${over.by ?? who.id}, now(),
      case when ${over.status ?? 'draft'} = 'draft' then null else now() end)`,
    )
  assert.deepEqual([await draft(pilot), await draft(foreign)], [true, true])
  assert.equal(await draft(pilot, { at: landes }), false, 'elsewhere')
  assert.equal(await draft(pilot, { pilot: other }), false, 'for another organisation')
  assert.equal(await draft(pilot, { by: colleague.id }), false, 'in another’s name')
  assert.equal(await draft(pilot, { status: 'open' }), false, 'open at birth')
  assert.equal(await draft(lead), false, 'without piloting')

  const place = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
  const campaign = aCampaign({ pilotId: own, memberIds: [other], territoryId: places.gironde, place, status: 'open' })
  await insertCampaign(house.owner, campaign, pilot.id, [1, 2])
  const edit = (who: Person, set: ReturnType<typeof sql>) =>
    may(who, sql`update campaigns set ${set} where id = ${campaign.id}`)
  assert.deepEqual(
    [await edit(pilot, sql`name = 'y'`), await edit(lead, sql`name = 'y'`), await edit(foreign, sql`name = 'y'`)],
    [true, false, false],
  )
  assert.equal(await edit(pilot, sql`pilot_id = ${other}`), false, 'given away')
  assert.equal(await edit(pilot, sql`ends_on = starts_on + 365`), true, 'a year')
  await assert.rejects(edit(pilot, sql`ends_on = starts_on + 366`), { constraint: 'campaigns_longest_period' })
  await assert.rejects(edit(pilot, sql`ends_on = '2999-12-31'`), { constraint: 'campaigns_longest_period' })
  assert.equal(await edit(pilot, sql`departement_id = ${places.landes}`), false, 'moved out of one’s perimeter')

  const decide = (who: Person, by = who.id) =>
    may(
      who,
      sql`insert into campaign_decisions (campaign_id, siret, against_id, kind, decision, reason, against_on,
        decided_by, decided_at)
    values (${campaign.id}, 1, ${uuidv7()}, 'held', 'leave', 'x', '2027-01-15', ${by}, now())`,
    )
  assert.deepEqual(
    [await decide(pilot), await decide(colleague), await decide(lead), await decide(foreign)],
    [true, true, false, false],
  )
  assert.equal(await decide(pilot, colleague.id), false, 'in another’s name')
  await house.owner.query(
    `insert into campaign_decisions values ($1, 2, $2, 'held', 'leave', 'x', '2027-01-15', $3, now())`,
    [campaign.id, uuidv7(), colleague.id],
  )
  const again = (who: Person, by = who.id) =>
    may(
      who,
      sql`update campaign_decisions set decision = 'share', decided_by = ${by} where campaign_id = ${campaign.id}`,
    )
  assert.deepEqual([await again(pilot), await again(pilot, colleague.id), await again(foreign)], [true, false, false])
})

test('SEC-6, CAM-1: whatever the application forgets, goals, members, leads, targets and holds are written by who pilots, a contact by whose it is', async () => {
  const [own, other, third] = [
    (await house.organisation()).id,
    (await house.organisation()).id,
    (await house.organisation()).id,
  ]
  const person = (organisationId: string, profile: 'consultation' | 'conseiller' | 'pilote') =>
    house.person(organisationId, [{ profile, territoryId: places.gironde }])
  const [pilot, reader, foreign, stranger] = [
    await person(own, 'pilote'),
    await person(own, 'consultation'),
    await person(other, 'pilote'),
    await person(third, 'pilote'),
  ]
  const place = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
  const [mine, hidden] = [
    aCampaign({ pilotId: own, memberIds: [other], territoryId: places.gironde, place, status: 'open' }),
    aCampaign({ pilotId: third, territoryId: places.gironde, place, status: 'open' }),
  ]
  await insertCampaign(house.owner, mine, pilot.id, [11, 12])
  await insertCampaign(house.owner, hidden, stranger.id)
  await house.owner.query(`update campaign_targets set region_id = $2, departement_id = $3 where campaign_id = $1`, [
    mine.id,
    places.aquitaine,
    places.gironde,
  ])
  await house.owner.query(`insert into campaign_goals values ($1, 'besoins', 5)`, [mine.id])
  await house.owner.query('insert into campaign_leads values ($1, $2)', [mine.id, pilot.id])
  await house.owner.query(
    `insert into campaign_holds (campaign_id, siret, period) values ($1, 11, '[2027-01-15,2027-03-16)')`,
    [mine.id],
  )
  const at = (id: string) => sql`campaign_id = ${id}::uuid`
  for (const [what, write] of [
    ['a goal', sql`insert into campaign_goals (campaign_id, kind, value) values (${mine.id}, 'echanges', 3)`],
    ['a goal changed', sql`update campaign_goals set value = 6 where ${at(mine.id)}`],
    ['a goal gone', sql`delete from campaign_goals where ${at(mine.id)}`],
    ['a member', sql`insert into campaign_members (campaign_id, organisation_id) values (${mine.id}, ${third})`],
    ['a member gone', sql`delete from campaign_members where ${at(mine.id)} and organisation_id = ${other}::uuid`],
    ['a lead', sql`insert into campaign_leads (campaign_id, account_id) values (${mine.id}, ${reader.id})`],
    ['a lead gone', sql`delete from campaign_leads where ${at(mine.id)}`],
    ['a target', sql`insert into campaign_targets (campaign_id, siret) values (${mine.id}, 13)`],
    ['a target gone', sql`delete from campaign_targets where ${at(mine.id)} and siret = 12`],
    [
      'a hold',
      sql`insert into campaign_holds (campaign_id, siret, period) values (${mine.id}, 12, '[2027-01-15,2027-03-16)')`,
    ],
    ['a hold freed', sql`delete from campaign_holds where ${at(mine.id)}`],
  ] as const)
    assert.deepEqual(
      [await may(pilot, write), await may(reader, write), await may(foreign, write), await may(stranger, write)],
      [true, false, false, false],
      what,
    )
  const target = sql`update campaign_targets set shared = false where ${at(mine.id)}`
  assert.deepEqual(
    [await may(pilot, target), await may(foreign, target), await may(reader, target), await may(stranger, target)],
    [true, true, false, false],
    'members who advise there work them',
  )
  const moved = sql`update campaign_targets set campaign_id = ${hidden.id}::uuid where ${at(mine.id)} and siret = 12`
  assert.deepEqual(
    [await may(pilot, moved), await may(foreign, moved)],
    [false, false],
    'into a campaign one may not read',
  )
  for (const [table, count] of [
    ['campaign_members', 2],
    ['campaign_holds', 1],
    ['campaign_targets', 2],
    ['campaign_goals', 1],
    ['campaign_leads', 1],
  ] as const) {
    const seen = await sightsOf(
      house.database,
      [pilot, reader, foreign, stranger].map(hashOf),
      sql<{ id: string }>`select (row_number() over ())::text as id from ${sql.table(table)} where ${at(mine.id)}`,
    )
    assert.deepEqual(
      seen.map(s => s.ids.size),
      [count, count, count, 0],
      table,
    )
  }
  const contact = (who: Person, organisation: string, campaign: string) =>
    may(
      who,
      sql`insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, needs, last_on)
        values (${campaign}, 11, ${organisation}, 1, 0, '2027-01-15')`,
    )
  await house.owner.query(`insert into campaign_targets (campaign_id, siret) values ($1, 11)`, [hidden.id])
  assert.deepEqual([await contact(pilot, own, mine.id), await contact(foreign, other, mine.id)], [true, true])
  assert.deepEqual(
    [
      await contact(pilot, other, mine.id),
      await contact(pilot, own, hidden.id),
      await contact(stranger, third, mine.id),
    ],
    [false, false, false],
  )
  await house.owner.query(
    `insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, needs, last_on)
      values ($1, 11, $2, 1, 0, '2027-01-15')`,
    [mine.id, other],
  )
  const counted = (who: Person) => may(who, sql`update campaign_contacts set contacts = 2 where ${at(mine.id)}`)
  assert.deepEqual([await counted(foreign), await counted(pilot), await counted(stranger)], [true, false, false])
  assert.equal(
    await may(foreign, sql`update campaign_contacts set organisation_id = ${own}::uuid where ${at(mine.id)}`),
    false,
    'given to another organisation',
  )

  const candidates = async (who: Person) => {
    const [sight] = await sightsOf(
      house.database,
      [hashOf(who)],
      sql<{
        id: string
      }>`select campaign_lead_candidates(${[own, other]}::uuid[], ${places.gironde}::int, '2027-01-15') as id`,
    )
    return [...sight!.ids].sort()
  }
  assert.deepEqual(
    [await candidates(pilot), await candidates(reader)],
    [[pilot.id, foreign.id].sort(), []],
    'leads are offered to who pilots',
  )
  const taken = (who: Person) => may(who, sql`select * from take_holds(${mine.id}::uuid, 'x', '2027-01-15')`)
  await house.owner.query(`insert into campaign_targets (campaign_id, siret) values ($1, 12) on conflict do nothing`, [
    hidden.id,
  ])
  await house.owner.query(
    `insert into campaign_holds (campaign_id, siret, period) values ($1, 12, '[2027-01-15,2027-03-16)')`,
    [hidden.id],
  )
  await house.owner.query(
    `insert into campaign_decisions values ($1, 12, $2, 'held', 'take', 'x', '2027-03-15', $3, now())`,
    [mine.id, hidden.id, pilot.id],
  )
  assert.deepEqual(
    [await taken(pilot), await taken(reader), await taken(foreign), await taken(stranger)],
    [true, false, false, false],
    'holds are taken by who pilots',
  )
})

let people: Record<'pilot' | 'reader' | 'member' | 'stranger', Person>
let mine: string
let hidden: string
/** A campaign with another structure as a member, and one that neither may see, each with a row of everything. */
before(async () => {
  const [own, other, third] = [
    (await house.organisation()).id,
    (await house.organisation()).id,
    (await house.organisation()).id,
  ]
  const at = (profile: 'pilote' | 'consultation') => [{ profile, territoryId: places.gironde }]
  people = {
    pilot: await house.person(own, at('pilote')),
    reader: await house.person(own, at('consultation')),
    member: await house.person(other, at('pilote')),
    stranger: await house.person(third, at('pilote')),
  }
  const place = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
  const campaign = async (by: Person, memberIds: string[]) => {
    const seed = { pilotId: by.organisationId, memberIds, territoryId: places.gironde, place, status: 'open' } as const
    const { id } = await insertCampaign(house.owner, aCampaign(seed), by.id, [1, 2])
    const run = (text: string, ...values: unknown[]) => house.owner.query(text, [id, ...values])
    await run(`update campaign_targets set region_id = ${places.aquitaine}, departement_id = ${places.gironde}
      where campaign_id = $1`)
    await run(`insert into campaign_goals values ($1, 'besoins', 5)`)
    await run(
      `insert into campaign_decisions values ($1, 2, $2, 'held', 'leave', 'x', '2027-01-15', $3, now())`,
      uuidv7(),
      by.id,
    )
    for (const organisation of [own, other])
      await run(
        `insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, last_on)
          values ($1, 1, $2, 1, '2027-01-15')`,
        organisation,
      )
    await run(
      `insert into campaign_events (id, campaign_id, at, kind, by_organisation) values ($2, $1, now(), 'closed', $3)`,
      uuidv7(),
      by.organisationId,
    )
    return id
  }
  mine = await campaign(people.pilot, [other])
  hidden = await campaign(people.stranger, [])
})
type Who = keyof typeof people
const each = async <Answer>(ask: (who: Who) => Promise<Answer>) => {
  const answers: Answer[] = []
  for (const who of ['pilot', 'reader', 'member'] as const) answers.push(await ask(who))
  return answers
}

test('SEC-6, CAM-1: whatever the application forgets, what is rewritten is of campaigns one pilots, targets of those one works, contacts of one’s own', async () => {
  for (const [what, rows] of [
    [() => sql`update campaigns set description = 'Essai'`, [1, 0, 0]],
    [() => sql`update campaign_goals set value = 6`, [1, 0, 0]],
    [(by: string) => sql`update campaign_decisions set reason = 'Essai', decided_by = ${by}::uuid`, [1, 0, 0]],
    [() => sql`update campaign_targets set status = 'en-cours'`, [2, 0, 2]],
    [() => sql`update campaign_contacts set contacts = 2`, [1, 1, 1]],
  ] as const)
    assert.deepEqual(await each(who => rowsWritten(house.database, hashOf(people[who]), what(people[who].id))), rows)
})

test('SEC-6, CAM-1: whatever the application forgets, what was done and contacted is read in campaigns one sees, and told by who pilots', async () => {
  for (const table of ['campaign_events', 'campaign_contacts'])
    for (const who of ['pilot', 'reader', 'member'] as const) {
      const query = sql<{ id: string }>`select campaign_id as id from ${sql.table(table)}`
      const [sight] = await sightsOf(house.database, [hashOf(people[who])], query)
      assert.deepEqual([...sight!.ids], [mine], `${table}, ${who}`)
    }
  const tell = (who: Who, campaign = mine, organisation = people[who].organisationId) =>
    mayWrite(
      house.database,
      hashOf(people[who]),
      sql`insert into campaign_events (id, campaign_id, at, kind, by_organisation)
        values (${uuidv7()}, ${campaign}, now(), 'closed', ${organisation})`,
    )
  assert.deepEqual(await each(who => tell(who)), [true, false, false])
  assert.equal(await tell('pilot', hidden), false, 'of a campaign one may not see')
  assert.equal(await tell('pilot', mine, people.member.organisationId), false, 'in another structure’s name')
})
