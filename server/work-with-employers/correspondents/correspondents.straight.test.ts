import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, rowsWritten, sightsOf } from '../../testing/parity.ts'

type Query = ReturnType<typeof sql>
const [gironde, landes] = [2033, 2040]
let house: House
let own: string
let other: string
let people: Record<'fiche' | 'campaign' | 'blind' | 'reader' | 'elsewhere' | 'both' | 'half', Person>
before(async () => {
  house = await openHouse([])
  await house.owner.query(`insert into territories (id, kind, code, name)
    values (${gironde}, 'departement', '33', 'Gironde'), (${landes}, 'departement', '40', 'Landes')`)
  ;[own, other] = [(await house.organisation()).id, (await house.organisation()).id]
  const right =
    (tool: 'campagnes' | 'fiche-etablissement') =>
    (profile: 'consultation' | 'conseiller', territoryId = gironde) => ({ tool, profile, territoryId })
  const [card, work] = [right('fiche-etablissement'), right('campagnes')]
  people = {
    fiche: await house.person(own, [card('conseiller')]),
    campaign: await house.person(own, [card('consultation'), work('conseiller')]),
    blind: await house.person(own, [work('conseiller')]),
    reader: await house.person(own, [card('consultation'), work('consultation')]),
    elsewhere: await house.person(own, [card('conseiller', landes)]),
    both: await house.person(own, [card('conseiller'), card('conseiller', landes)]),
    half: await house.person(own, [card('conseiller'), card('consultation', landes)]),
  }
})
after(() => house.close())

type Who = keyof typeof people
const hashOf = (who: Who) => tokenHash(people[who].cookie.slice('session='.length))
const may = (who: Who, query: Query) => mayWrite(house.database, hashOf(who), query)
const written = (who: Who, query: Query) => rowsWritten(house.database, hashOf(who), query)
const seen = async (who: Who, from: string) => {
  const [sight] = await sightsOf(house.database, [hashOf(who)], sql<{ id: string }>`select ${sql.raw(from)}`)
  return [...sight!.ids].sort()
}
const each = async <Answer>(ask: (who: Who) => Promise<Answer>, ...who: Who[]) => {
  const answers: Answer[] = []
  for (const one of who) answers.push(await ask(one))
  return answers
}

/** Cards at these places, and a value of each: their ids, in order. */
const cards = async (...places: number[]): Promise<string[]> => {
  const ids = places.map(() => uuidv7()).sort()
  for (const [i, id] of ids.entries()) {
    await house.owner.query(
      `insert into correspondents (id, siret, departement_id, created_at) values ($1, 31000000000001, $2, now())`,
      [id, places[i]],
    )
    await house.owner.query(
      `insert into correspondent_values (id, correspondent_id, departement_id, field, value, source, organisation_id,
        author_id, recorded_at) values ($1, $1, $2, 'role', 'Accueil', 'conseiller', $3, $4, now())`,
      [id, places[i], own, people.both.id],
    )
  }
  return ids
}
const emptied = () =>
  house.owner.query(`truncate objection_digests, correspondent_objections, correspondents_apart,
    correspondent_merge_values, correspondent_merges, correspondent_values, correspondents cascade`)

test('SEC-6, EST-5: whatever the application forgets, cards and their values are read and written by who keeps them there', async () => {
  await emptied()
  const [a1, a2, b1] = (await cards(gironde, gironde, landes)) as [string, string, string]
  for (const table of ['correspondents', 'correspondent_values'])
    assert.deepEqual(
      await each(who => seen(who, `id from ${table}`), 'fiche', 'blind', 'reader', 'elsewhere', 'both'),
      [[a1, a2], [], [a1, a2], [b1], [a1, a2, b1]],
      table,
    )
  const add = (who: Who) =>
    may(
      who,
      sql`insert into correspondents (id, siret, departement_id, created_at)
      values (${uuidv7()}, 31000000000001, ${gironde}, now())`,
    )
  assert.deepEqual(await each(add, 'fiche', 'campaign', 'blind', 'reader', 'elsewhere'), [
    true,
    true,
    false,
    false,
    false,
  ])
  const say = (who: Who, author = people[who].id, organisation = own) =>
    may(
      who,
      sql`insert into correspondent_values (id, correspondent_id, departement_id, field, value, source,
      organisation_id, author_id, recorded_at)
      values (${uuidv7()}, ${a1}, ${gironde}, 'role', 'Chef', 'conseiller', ${organisation}, ${author}, now())`,
    )
  assert.deepEqual(await each(who => say(who), 'fiche', 'campaign', 'blind', 'reader', 'elsewhere'), [
    true,
    true,
    false,
    false,
    false,
  ])
  assert.equal(await say('fiche', people.both.id), false, 'in another’s name')
  assert.equal(await say('fiche', people.fiche.id, other), false, 'for another organisation')
  for (const change of [
    sql`update correspondents set version = 2`,
    sql`update correspondent_values set replaced_at = now()`,
  ])
    assert.deepEqual(
      await each(who => written(who, change), 'fiche', 'campaign', 'blind', 'reader', 'elsewhere', 'both'),
      [2, 2, 0, 0, 1, 3],
    )
  const into = (who: Who, kept: string) =>
    may(who, sql`update correspondents set merged_into = ${kept}::uuid where id = ${a1}::uuid`)
  assert.deepEqual([await into('fiche', a2), await into('both', b1), await into('half', b1)], [true, true, false])
})

test('SEC-6, EST-5: whatever the application forgets, merges are made, read and undone by who keeps both cards, in their own name', async () => {
  await emptied()
  const [a1, a2, a3, a4, a5, a6, a7, a8, a9, a10] = await cards(...Array.from({ length: 10 }, () => gironde))
  const [b1, b2, b3] = await cards(landes, landes, landes)
  const lay = async (kept?: string, absorbed?: string, by: Who = 'both') => {
    const id = uuidv7()
    await house.owner.query(
      `insert into correspondent_merges (id, kept_id, absorbed_id, organisation_id, author_id, merged_at, informed_taken)
        values ($1, $2, $3, $4, $5, now(), false)`,
      [id, kept, absorbed, own, people[by].id],
    )
    return id
  }
  const [here, keptElsewhere, takenElsewhere] = [await lay(a1, a2), await lay(b1, a3), await lay(a4, b2)]
  const read = (who: Who) => seen(who, 'id from correspondent_merges')
  assert.deepEqual(await each(read, 'reader', 'elsewhere', 'half'), [
    [here],
    [],
    [here, keptElsewhere, takenElsewhere].sort(),
  ])
  const merge = (who: Who, kept = a5, absorbed = a6, author = people[who].id, organisation = own) =>
    may(
      who,
      sql`insert into correspondent_merges (id, kept_id, absorbed_id, organisation_id, author_id, merged_at,
      informed_taken) values (${uuidv7()}, ${kept}, ${absorbed}, ${organisation}, ${author}, now(), false)`,
    )
  assert.deepEqual(await each(who => merge(who), 'fiche', 'campaign', 'blind', 'reader', 'elsewhere'), [
    true,
    true,
    false,
    false,
    false,
  ])
  for (const [kept, absorbed] of [
    [b3, a5],
    [a5, b3],
  ])
    assert.deepEqual(await each(who => merge(who, kept, absorbed), 'both', 'half'), [true, false])
  assert.equal(await merge('fiche', a5, a6, people.both.id), false, 'in another’s name')
  assert.equal(await merge('fiche', a5, a6, people.fiche.id, other), false, 'for another organisation')
  const undo = (by: string, organisation = own) => sql`update correspondent_merges set undone_at = now(),
    undone_by = ${by}::uuid, undone_organisation = ${organisation}::uuid`
  assert.deepEqual(
    await each(who => written(who, undo(people[who].id)), 'fiche', 'half', 'both', 'reader', 'elsewhere'),
    [1, 1, 3, 0, 0],
  )
  assert.equal(await may('fiche', undo(people.both.id)), false, 'undone in another’s name')
  assert.equal(await may('fiche', undo(people.fiche.id, other)), false, 'undone for another organisation')

  const [undone, byAnother] = [await lay(a7, a8), await lay(a9, a10, 'fiche')]
  await house.owner.query(
    'update correspondent_merges set undone_at = now(), undone_by = author_id, undone_organisation = $2 where id = $1',
    [undone, own],
  )
  const keep = (merge: string) => sql`insert into correspondent_merge_values (merge_id, value_id, absorbed)
    values (${merge}, ${a1}, true)`
  assert.deepEqual(
    [await may('both', keep(here)), await may('both', keep(undone)), await may('both', keep(byAnother))],
    [true, false, false],
  )
  for (const one of [here, keptElsewhere])
    await house.owner.query('insert into correspondent_merge_values values ($1, $2, true)', [one, a1])
  const readValues = (who: Who) => seen(who, 'merge_id as id from correspondent_merge_values')
  assert.deepEqual(await each(readValues, 'reader', 'both'), [[here], [here, keptElsewhere].sort()])
})

test('SEC-6, EST-5: whatever the application forgets, two cards are told apart by who keeps both, and that is read by who reads both', async () => {
  await emptied()
  const ids = await cards(gironde, landes, landes, gironde, gironde, gironde)
  const pairs = [ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]
  const tell = (who: Who, [one, two]: string[], author = people[who].id, organisation = own) =>
    may(
      who,
      sql`insert into correspondents_apart (one_id, other_id, organisation_id, author_id, told_at)
      values (${one}, ${two}, ${organisation}, ${author}, now())`,
    )
  for (const [i, answers] of [
    [false, false, true, false],
    [false, false, true, false],
    [true, true, true, false],
  ].entries())
    assert.deepEqual(await each(who => tell(who, pairs[i]!), 'fiche', 'half', 'both', 'reader'), answers)
  assert.equal(await tell('fiche', pairs[2]!, people.both.id), false, 'in another’s name')
  assert.equal(await tell('fiche', pairs[2]!, people.fiche.id, other), false, 'for another organisation')
  for (const [one, two] of pairs)
    await house.owner.query('insert into correspondents_apart values ($1, $2, $3, $4, now())', [
      one,
      two,
      own,
      people.both.id,
    ])
  const read = (who: Who) => seen(who, 'one_id as id from correspondents_apart')
  assert.deepEqual(await each(read, 'reader', 'elsewhere', 'half'), [[ids[4]], [], [ids[0], ids[2], ids[4]]])
})

const digestOf = (what: string) => createHash('sha256').update(what).digest()
test('SEC-6, EST-5, PRI-2: whatever the application forgets, an objection and its digests are written, lifted and used by whose they are', async () => {
  await emptied()
  const [a1, a2, a3, a4, a5, free] = await cards(...Array.from({ length: 6 }, () => gironde))
  const [b1, b2] = await cards(landes, landes)
  const lay = async (card: string | undefined, by: Who, liftedBy?: Who) => {
    await house.owner.query(
      `insert into correspondent_objections (id, correspondent_id, objected_on, how, organisation_id, author_id,
        recorded_at, lifted_at, lifted_by, lifted_organisation, lift_reason)
        select $1, $1, '2026-11-01', 'oral', $2, $3, now(), case when $4::uuid is not null then now() end, $4,
          case when $4::uuid is not null then $2::uuid end, case when $4::uuid is not null then 'Essai' end`,
      [card, own, people[by].id, liftedBy ? people[liftedBy].id : null],
    )
    await house.owner.query(`insert into objection_digests values ($1, $2, 1, 'email')`, [digestOf(card!), card])
    return card!
  }
  const [mine, hers, again, elsewhere] = [
    await lay(a1, 'fiche'),
    await lay(a2, 'both'),
    await lay(a5, 'fiche'),
    await lay(b1, 'both'),
  ]
  const [lifted, liftedByHer] = [await lay(a3, 'fiche', 'fiche'), await lay(a4, 'fiche', 'both')]
  const here = [mine, hers, again, lifted, liftedByHer].sort()
  for (const from of ['id from correspondent_objections', 'objection_id as id from objection_digests'])
    assert.deepEqual(await each(who => seen(who, from), 'reader', 'elsewhere', 'both'), [
      here,
      [elsewhere],
      [...here, elsewhere].sort(),
    ])
  const note = (who: Who, card = free, author = people[who].id, organisation = own) =>
    may(
      who,
      sql`insert into correspondent_objections (id, correspondent_id, objected_on, how, organisation_id,
      author_id, recorded_at) values (${uuidv7()}, ${card}, '2026-11-01', 'oral', ${organisation}, ${author}, now())`,
    )
  assert.deepEqual(await each(who => note(who), 'fiche', 'campaign', 'blind', 'reader'), [true, true, false, false])
  assert.deepEqual(await each(who => note(who, b2), 'both', 'half'), [true, false])
  assert.equal(await note('fiche', free, people.both.id), false, 'in another’s name')
  assert.equal(await note('fiche', free, people.fiche.id, other), false, 'for another organisation')
  const lift = (by: string, organisation = own) => sql`update correspondent_objections set lifted_at = now(),
    lifted_by = ${by}::uuid, lifted_organisation = ${organisation}::uuid, lift_reason = 'Essai'`
  assert.deepEqual(
    await each(who => written(who, lift(people[who].id)), 'fiche', 'half', 'elsewhere', 'both', 'reader'),
    [5, 5, 1, 6, 0],
  )
  assert.equal(await may('fiche', lift(people.both.id)), false, 'lifted in another’s name')
  assert.equal(await may('fiche', lift(people.fiche.id, other)), false, 'lifted for another organisation')

  const digest = (objection: string) => sql`insert into objection_digests (digest, objection_id, key_number, kind)
    values (${digestOf('new')}, ${objection}, 1, 'email')`
  assert.deepEqual(
    [await may('fiche', digest(mine)), await may('fiche', digest(hers)), await may('fiche', digest(lifted))],
    [true, false, false],
  )
  const gone = sql`delete from objection_digests`
  assert.deepEqual(await each(who => written(who, gone), 'fiche', 'both', 'reader'), [1, 1, 0])

  const among = (...of: string[]) =>
    seen(
      'reader',
      `encode(objected_among(array[${of.map(one => `'\\x${digestOf(one).toString('hex')}'::bytea`)}]), 'hex') as id`,
    )
  assert.deepEqual(await among(mine, lifted), [digestOf(mine).toString('hex')])
  assert.deepEqual(await among('unknown'), [])
  const erased = async (who: Who, objection: string) =>
    Number((await seen(who, `erase_objected('${objection}')::text as id`))[0])
  assert.deepEqual(
    [
      await erased('fiche', mine),
      await erased('both', mine),
      await erased('fiche', lifted),
      await erased('both', hers),
    ],
    [1, 0, 0, 1],
  )
})
