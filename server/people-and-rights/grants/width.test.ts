import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { confirmations } from '../confirmations/index.ts'
import { organisations } from '../organisations/index.ts'
import { grants } from './index.ts'

let house: House
let own: string
let maite: Person // account manager, who gives
let other: Person // another one, who confirms
const aquitaine = [2016, 2017, 2019, 2023, 2024, 2033]
const corse = [2991, 2992]
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const withRole = async (role: 'rgc' | 'signataire' | 'cssi', of = own) => {
  const person = await house.person(of)
  await giveRole(house.owner, person, role)
  return person
}
const give = (to: { id: string }, perimeter: object, over: object = {}) =>
  house.call(maite, 'POST', `/habilitations/people/${to.id}/grants`, {
    tool: 'campagnes',
    profile: 'conseiller',
    perimeter,
    purpose: 'prospection',
    reason: 'Équipe du bassin',
    ...over,
  })
const missing = async (to: { id: string }, perimeter: object, over: object = {}): Promise<string[]> => {
  const { status, body } = await give(to, perimeter, over)
  assert.equal(status, 200, JSON.stringify(body))
  const given = await rows('select id from grants where account_id = $1 order by granted_at desc, id desc limit 1', [
    to.id,
  ])
  return body.grants.find((g: { id: string }) => g.id === given[0].id).missing
}
const settle = async (to: { id: string }) => {
  const ids = (await rows('select id from confirmations where account_id = $1 and settled_at is null', [to.id])).map(
    r => r.id,
  )
  const { status } = await house.call(other, 'POST', '/habilitations/confirmations/decision', {
    ids,
    outcome: 'confirmed',
    reason: 'Vérifié',
  })
  assert.equal(status, 200)
}
const declare = async (territories: number[]) =>
  (await house.call(maite, 'POST', '/habilitations/agencies', { name: `Agence ${uuidv7()}`, territories })).body
const edit = async (id: string, territories: number[]) =>
  house.call(
    maite,
    'PUT',
    `/habilitations/agencies/${id}`,
    { name: 'Agence', territories },
    { 'if-match': `"${(await rows('select version from agencies where id = $1', [id]))[0].version}"` },
  )

before(async () => {
  house = await openHouse([...grants, ...organisations, ...confirmations])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
      (1094, 'region', '94', 'Corse')`,
  )
  for (const [region, departments] of [
    [1075, aquitaine],
    [1094, corse],
  ] as const)
    for (const id of departments)
      await house.owner.query(
        `insert into territories (id, kind, code, name, parent_id) values ($1, 'departement', $2, $2, $3)`,
        [id, `${id - 2000}`, region],
      )
  own = (await house.organisation({ kind: 'operateur' })).id
  maite = await withRole('rgc')
  other = await withRole('rgc')
  await withRole('cssi')
})
after(() => house.close())

test('ACC-4: a region given department by department waits for the second person as the region does, from the third on', async () => {
  const to = await house.person(own)
  const said: string[][] = []
  for (const territoryId of aquitaine) said.push(await missing(to, { territoryId }))
  assert.deepEqual(said, [[], [], ...Array(4).fill(['confirmation'])])
  assert.deepEqual(await rows('select territory_id from ctx.effective_grants($1, ctx.clock()) order by 1', [to.id]), [
    { territory_id: 2016 },
    { territory_id: 2017 },
  ])
  await settle(to)
  assert.equal((await rows('select from ctx.effective_grants($1, ctx.clock())', [to.id])).length, 6)
})
test('ACC-4: so does the last department of a region of two; neither tools nor profiles divide what is wide', async () => {
  const [corsican, by, mixed] = [await house.person(own), await house.person(own), await house.person(own)]
  assert.deepEqual(
    [await missing(corsican, { territoryId: 2991 }), await missing(corsican, { territoryId: 2992 })],
    [[], ['confirmation']],
  )
  await missing(by, { territoryId: 2016 })
  await missing(by, { territoryId: 2017 }, { tool: 'fiche-etablissement' })
  assert.deepEqual(await missing(by, { territoryId: 2019 }, { tool: 'fiche-etablissement' }), ['confirmation'])
  await missing(mixed, { territoryId: 2016 }, { profile: 'consultation' })
  await missing(mixed, { territoryId: 2017 }, { profile: 'consultation' })
  assert.deepEqual(await missing(mixed, { territoryId: 2019 }, { profile: 'responsable' }), ['confirmation'])
})
test('ACC-4: a grant within what a second person confirmed reaches nothing more, and opens at once', async () => {
  const to = await house.person(own)
  await missing(to, { territoryId: 1075 }, { profile: 'responsable' })
  await settle(to)
  await house.owner.query(
    'insert into territory_overlaps select 1075, id from territories where parent_id = 1075 on conflict do nothing',
  )
  assert.deepEqual(await missing(to, { territoryId: 2033 }, { profile: 'consultation' }), [])
  assert.deepEqual(await missing(to, { territoryId: 2991 }), ['confirmation'], 'another region')
})
test('ACC-4: a wide agency is told at its birth, and a grant on it waits; a small one is neither', async () => {
  const signer = await withRole('signataire')
  const small = await declare([2016, 2017])
  const wide = await declare(aquitaine)
  assert.deepEqual([small.told, wide.told.mails > 0], [null, true])
  const [mail] = await rows(`select body, subject from mails where about_id = $1 and kind = 'agency-widened' limit 1`, [
    wide.id,
  ])
  assert.equal(mail.subject, 'Une agence est déclarée sur un vaste territoire')
  assert.deepEqual(await rows(`select from mails where about_id = $1`, [small.id]), [])
  assert.equal(signer.organisationId, own)
  const [one, two] = [await house.person(own), await house.person(own)]
  assert.deepEqual(await missing(one, { agencyId: wide.id }), ['confirmation'])
  assert.deepEqual(await missing(two, { agencyId: small.id }), [])
  await settle(one)
  assert.equal((await rows('select from ctx.effective_grants($1, ctx.clock())', [one.id])).length, 6)
})
test('ACC-4, SEC-6: an agency does not grow beyond what its holders were given by two persons, one territory at a time or at once; the database refuses it as well', async () => {
  const { id } = await declare([2016])
  const to = await house.person(own)
  await missing(to, { agencyId: id })
  assert.equal((await edit(id, [2016, 2017])).status, 200)
  const { status, body } = await edit(id, [2016, 2017, 2019])
  assert.deepEqual([status, body.code], [422, 'agency/holders-too-wide'])
  assert.equal((await edit(id, aquitaine)).body.code, 'agency/holders-too-wide')
  assert.equal((await rows('select from agency_territories where agency_id = $1', [id])).length, 2)
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(maite.cookie.slice('session='.length)))
    await assert.rejects(
      tx.run(sql`insert into agency_territories (agency_id, territory_id) values (${id}, 2019)`),
      /without a second person/,
    )
  } finally {
    await tx.rollback()
  }
  const waits = await declare([2023, 2024, 2033])
  await missing(to, { agencyId: waits.id })
  assert.equal((await edit(waits.id, aquitaine)).body.code, 'agency/holders-too-wide', 'while it waits too')
  const empty = await declare([2016])
  const grown = await edit(empty.id, aquitaine)
  assert.deepEqual([grown.status, grown.body.told.mails > 0], [200, true], 'without a holder it grows, and is told')
})
test('ACC-4, SEC-6: of two departments given at once, the one that makes wide waits', async () => {
  const to = await house.person(own)
  await missing(to, { territoryId: 2016 })
  const straight = async (territory: number, meanwhile: () => Promise<void>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(maite.cookie.slice('session='.length)))
      await tx.run(
        sql`insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on,
          granted_by, granted_at) values (${uuidv7()}, ${to.id}, ${own}, 'campagnes', 'conseiller', ${territory},
          'essai', '2026-01-01', ${maite.id}, now())`,
      )
      await meanwhile()
    } finally {
      await tx.commit()
    }
  }
  let second: Promise<void> = Promise.resolve()
  await straight(2017, async () => {
    second = straight(2019, async () => {})
  })
  await second
  assert.equal((await rows('select from confirmations where account_id = $1', [to.id])).length, 1)
})
