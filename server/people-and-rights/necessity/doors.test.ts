import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import * as contracts from '../../../contract/index.ts'
import type { Route } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { sightsOf } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import { confirmations } from '../confirmations/index.ts'
import { grants } from '../grants/index.ts'
import { organisations } from '../organisations/index.ts'
import { people } from '../people/index.ts'
import { necessity } from './index.ts'

let house: House
const who: Record<string, Person> = {}
let partner: string, grant: string, third: string, agency: string
/** A partner with its account manager; everybody else who could try a door. */
before(async () => {
  house = await openHouse([...people, ...grants, ...organisations, ...confirmations, ...necessity])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine')`,
  )
  partner = (await house.organisation()).id
  await house.owner.query('update conventions set region_id = 1075 where organisation_id = $1', [partner])
  const [operator, other] = [(await house.organisation({ kind: 'operateur' })).id, (await house.organisation()).id]
  const join = async (name: string, organisation: string, role?: Parameters<typeof giveRole>[2], regionId?: number) => {
    who[name] = await house.person(organisation)
    if (role) await giveRole(house.owner, who[name]!, role, regionId ? { regionId } : {})
  }
  await join('rgc', partner, 'rgc')
  await join('second', partner, 'rgc')
  await join('signs', partner, 'signataire')
  await join('agent', partner)
  for (const role of ['correspondant-si', 'dpd', 'rssi', 'responsable-formation', 'responsable-operationnel'] as const)
    await join(role, partner, role)
  await join('cssi', operator, 'cssi')
  await join('cssiOfRegion', operator, 'cssi', 1075)
  await join('direction', operator, 'direction-regionale', 1075)
  await join('support', operator, 'support')
  await join('administrator', operator, 'administrateur')
  await join('operatorRgc', operator, 'rgc')
  await join('elsewhere', other, 'rgc')
  ;[grant, third, agency] = [uuidv7(), uuidv7(), uuidv7()]
  await house.owner.query(
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
      values ($1, $2, $3, 'campagnes', 'conseiller', 1075, 'essai', '2026-01-01', now())`,
    [grant, who.agent!.id, partner],
  )
  await house.owner.query(
    `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on, recorded_by,
      recorded_at) values ($1, $2, 'delegate', 'Association Ressort', 'processor', '2026-01-01', 'x', '2026-01-01', $3,
      now())`,
    [third, partner, who.rgc!.id],
  )
  await house.owner.query(`insert into agencies (id, organisation_id, name) values ($1, $2, 'Agence des Graves')`, [
    agency,
    partner,
  ])
})
after(() => house.close())

const outsiders = ['agent', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation', 'responsable-operationnel']
const operators = ['cssi', 'cssiOfRegion', 'direction', 'support', 'administrator', 'operatorRgc', 'elsewhere']
const withIds = (path: string) =>
  path
    .replace(':accountId', who.agent!.id)
    .replace(':grantId', grant)
    .replace(':thirdPartyId', third)
    .replace(':agencyId', agency)
    .replace(/:\w+/, uuidv7())
const bodies: Readonly<Record<string, object>> = {
  'PUT /habilitations/people/:accountId': {
    givenName: 'X',
    familyName: 'Y',
    function: 'Z',
    attachment: 'agent',
  },
  'POST /habilitations/people/:accountId/grants': {
    tool: 'campagnes',
    profile: 'conseiller',
    perimeter: { territoryId: 1075 },
    purpose: 'prospection',
    reason: 'essai',
  },
  'POST /habilitations/people/:accountId/depart': { cause: 'departure', reason: 'essai' },
  'POST /habilitations/access/export': { purpose: 'Contrôle de la semaine' },
}
/** Every route of the tool that tells of one person, grant, agency or third party, or of a whole structure. */
const doors = Object.values(contracts)
  .flatMap(room => Object.values(room as Record<string, unknown>))
  .filter((one): one is Route => typeof one === 'object' && one !== null && 'method' in one && 'path' in one)
  .filter(({ path }) => path.startsWith('/habilitations') && !path.startsWith('/habilitations/perimeters'))
const ask = (name: string, { method, path }: Route) =>
  house.call(
    who[name]!,
    method,
    withIds(path),
    method === 'GET' ? undefined : (bodies[`${method} ${path}`] ?? { reason: 'essai', decision: 'refused', ids: [] }),
    { ...once(), 'if-match': '"1"' },
  )
const ofPartner = () => [who.agent!.id, who.rgc!.id, grant, third, agency]
const names = (body: unknown) => ofPartner().filter(id => JSON.stringify(body ?? null).includes(id))

test('RGC-5: every door of the access-management tool, its export included, is shut to whoever is not an account manager of that partner: colleagues, its other roles, the operator’s officers, other partners', async () => {
  assert.ok(doors.length > 20, String(doors.length))
  const open: string[] = []
  for (const door of doors)
    for (const name of [...outsiders, ...operators]) {
      // What one asks for oneself is one's own.
      if (door.path.startsWith('/habilitations/requests')) continue
      const { status, body } = await ask(name, door)
      const told = names(body)
      if (told.length > 0 || (door.path.includes(':') && status < 400))
        open.push(`${name} ${door.method} ${door.path} ${status}`)
    }
  assert.deepEqual(open, [])
  const left = (await house.owner.query('select status from accounts where id = $1', [who.agent!.id])).rows[0].status
  assert.equal(left, 'active')
})

test('RGC-5: the signatory is let in to what waits for them alone: no person, access, export or structure while an account manager is in place', async () => {
  const people = (await house.call(who.signs!, 'GET', '/habilitations/people')).body.items.map((p: any) => p.id)
  assert.ok(!people.includes(who.agent!.id))
  assert.equal((await house.call(who.signs!, 'GET', `/habilitations/people/${who.agent!.id}`)).status, 404)
  for (const [method, path, body] of [
    ['GET', '/habilitations/access', undefined],
    ['POST', '/habilitations/access/export', { purpose: 'Contrôle de la semaine' }],
  ] as const) {
    const answer = await house.call(who.signs!, method, path, body, once())
    assert.deepEqual([answer.status, answer.body.code], [403, 'access/role-required'], path)
  }
  for (const act of ['suspend', 'depart', 'lift'])
    assert.ok(
      [403, 404].includes(
        (
          await house.call(who.signs!, 'POST', `/habilitations/people/${who.agent!.id}/${act}`, {
            reason: 'essai',
            ...(act === 'depart' ? { cause: 'departure' } : {}),
          })
        ).status,
      ),
      act,
    )
})

test('RGC-5, SEC-6: whatever the application forgets, the database shows a partner’s addresses within it alone, and its accounts’ states to its account managers and to who oversees', async () => {
  for (const [table, id, seen] of [
    ['account_contacts', 'account_id', [...outsiders, 'rgc', 'second', 'signs']],
    ['account_states', 'account_id', ['rgc', 'second', 'cssi', 'administrator']],
    ['grant_requests', 'account_id', []],
  ] as const) {
    const found: string[] = []
    for (const name of Object.keys(who)) {
      const [sight] = await sightsOf(
        house.database,
        [tokenHash(who[name]!.cookie.slice('session='.length))],
        sql<{ id: string }>`select ${sql.raw(id)} as id from ${sql.raw(table)}
          where organisation_id = ${partner}::uuid`,
      )
      if (sight!.ids.has(who.agent!.id)) found.push(name)
    }
    assert.deepEqual(found.sort(), [...seen].sort(), table)
  }
})
