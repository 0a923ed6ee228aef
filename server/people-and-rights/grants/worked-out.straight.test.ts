import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'

const [region, gironde, landes, garonne, basin] = [1075, 2033, 2040, 2031, 10001]
let house: House
let people: Record<'first' | 'one' | 'mate' | 'cssi' | 'direction', Person>
const [agency, empty, theirs] = [uuidv7(), uuidv7(), uuidv7()]
before(async () => {
  house = await openHouse([])
  await house.owner.query(`insert into territories (id, kind, code, name) values (${region}, 'region', '75', 'Région'),
    (${gironde}, 'departement', '33', 'Gironde'), (${landes}, 'departement', '40', 'Landes'),
    (${garonne}, 'departement', '31', 'Garonne'), (${basin}, 'clpe', '1', 'Bassin')`)
  await house.owner.query(`insert into territory_overlaps values (${gironde}, 0), (${gironde}, ${gironde}),
    (${gironde}, ${basin}), (${landes}, ${garonne}) on conflict do nothing`)
  const own = (await house.organisation()).id
  const operator = (await house.organisation({ kind: 'operateur' })).id
  for (const [id, territory] of [
    [agency, gironde],
    [empty, null],
    [theirs, garonne],
  ] as const) {
    await house.owner.query(`insert into agencies (id, organisation_id, name) values ($1, $2, 'Agence')`, [id, own])
    if (territory !== null) await house.owner.query('insert into agency_territories values ($1, $2)', [id, territory])
  }
  const at = (
    tool: 'campagnes' | 'fiche-etablissement',
    profile: 'consultation' | 'conseiller' | 'pilote',
    where: number | string,
  ) =>
    typeof where === 'number'
      ? { tool, profile, territoryId: where }
      : { tool, profile, territoryId: null, agencyId: where }
  people = {
    first: await house.person(own),
    one: await house.person(own, [
      at('fiche-etablissement', 'consultation', gironde),
      at('fiche-etablissement', 'conseiller', landes),
      at('fiche-etablissement', 'pilote', region),
      at('campagnes', 'consultation', agency),
      at('campagnes', 'consultation', empty),
      at('campagnes', 'conseiller', garonne),
      at('campagnes', 'pilote', basin),
      at('campagnes', 'pilote', region),
    ]),
    mate: await house.person(own, [at('campagnes', 'consultation', theirs)]),
    cssi: await house.person(operator),
    direction: await house.person(operator),
  }
  await giveRole(house.owner, people.mate, 'dpd')
  await giveRole(house.owner, people.cssi, 'cssi')
  await giveRole(house.owner, people.direction, 'direction-regionale', { regionId: region })
  await giveRole(house.owner, people.direction, 'support')
  // What is given over the whole region waits for a second person.
  await house.owner.query(
    `insert into confirmations (id, account_id, organisation_id, grant_id, why, asked_by, asked_at)
      select gen_random_uuid(), g.account_id, g.organisation_id, g.id, 'wide-perimeter', $2, now() from grants g
      where g.account_id = $1 and g.territory_id = ${region} on conflict do nothing`,
    [people.one.id, people.first.id],
  )
})
after(() => house.close())

const workedOut = async (who: keyof typeof people) =>
  (await house.owner.query(`select w.* from ctx.worked_out($1, 'proconnect', now()) w`, [people[who].id])).rows[0]

test('SEC-6, ACC-12: whatever lies beside it, what one enters with is what is held and lacks nothing, by tool, profile and perimeter', async () => {
  const rights = await workedOut('one')
  assert.deepEqual(
    [rights.fiche, rights.fiche_conseiller, rights.conseiller, rights.pilote].map((ids: number[]) => ids.toSorted()),
    [[gironde, landes], [landes], [basin, garonne].toSorted(), [basin]],
  )
  assert.deepEqual(
    rights.granted.map((g: { territoryId: number; touches: number[] }) => [g.territoryId, g.touches]),
    [
      [garonne, []],
      [gironde, [gironde, basin]],
      [basin, []],
      [landes, []],
      [gironde, []],
    ],
  )
  assert.deepEqual(
    rights.withheld.map((g: { tool: string; missing: string[] }) => [g.tool, g.missing]),
    [
      ['campagnes', ['confirmation']],
      ['fiche-etablissement', ['confirmation']],
    ],
  )
  assert.deepEqual(rights.campagnes.toSorted(), [garonne, gironde, basin].toSorted())
})

test('SEC-6, ACC-12: whatever lies beside it, roles and their regions are one’s own, and what would change them is one’s own too', async () => {
  const { role_names: names, regions } = await workedOut('direction')
  assert.deepEqual([names.toSorted(), regions], [['direction-regionale', 'support'], [region]])
  const [one, first, mate, cssi, direction] = [
    await workedOut('one'),
    await workedOut('first'),
    await workedOut('mate'),
    await workedOut('cssi'),
    await workedOut('direction'),
  ]
  const { rows } = await house.owner.query('select ctx.everyones() as everyone, ctx.officers() as officers')
  const { everyone, officers } = rows[0]
  const scopes = ({ id, organisationId }: Person, ...more: string[]) =>
    [id, organisationId, everyone, ...more].toSorted()
  assert.deepEqual(one.scopes.toSorted(), scopes(people.one, agency, empty))
  assert.deepEqual(first.scopes.toSorted(), scopes(people.first))
  assert.deepEqual(mate.scopes.toSorted(), scopes(people.mate, theirs))
  assert.deepEqual(cssi.scopes.toSorted(), scopes(people.cssi, officers))
  assert.deepEqual(direction.scopes.toSorted(), scopes(people.direction))
})
