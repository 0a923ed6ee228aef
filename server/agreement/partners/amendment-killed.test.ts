import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { layCeiling } from '../../people-and-rights/organisations/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { conventions } from '../conventions/index.ts'
import { withRoles } from '../conventions/testing.ts'
import { partners } from './index.ts'

let house: House
let starter: ReturnType<typeof processStarter>
let gilles: Person
let partner: string
before(async () => {
  house = await openHouse([...conventions, ...partners])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
      (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query('insert into territory_contents values (2033, 1075), (2040, 1075)')
  await house.organisation({ kind: 'operateur' })
  partner = (await house.organisation()).id
  await house.owner.query('delete from organisation_territories where organisation_id = $1', [partner])
  await layCeiling(house.owner, partner, [2033])
  gilles = await withRoles(house, partner, 'signataire')
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

test('ACC-15, REL-6: a process killed at the second signature of an amendment opens no territory; signed again, they open once', {
  timeout: 240_000,
}, async () => {
  const [amendment, document] = [uuidv7(), uuidv7()]
  const {
    rows: [{ id }],
  } = await house.owner.query('update conventions set region_id = 1075 where organisation_id = $1 returning id', [
    partner,
  ])
  await house.owner.query(
    `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at)
      values ($1, $2, 'avenant', 'Avenant', 'application/pdf', 'x', sha256('x'), now())`,
    [document, id],
  )
  await house.owner.query(
    `insert into convention_amendments (id, convention_id, number, title, body, renews, document_id, proposed_at, territories)
      values ($1, $2, 1, 'x', 'x', true, $3, now(), '{2040}')`,
    [amendment, id, document],
  )
  await house.owner.query(
    `insert into convention_signers (convention_id, amendment_id, party, name, account_id, named_at)
      values ($1, $2, 'partenaire', $3, $4, now())`,
    [id, amendment, gilles.name, gilles.id],
  )
  await house.owner.query(
    `insert into convention_signatures (id, convention_id, amendment_id, party, document_id, sha256, how, signer_name,
      signed_at, recorded_at) values ($1, $2, $3, 'operateur', $4, sha256('x'), 'application', 'x', now(), now())`,
    [uuidv7(), id, amendment, document],
  )
  const state = async () =>
    (
      await house.owner.query(
        `select (select effective_at is not null from convention_amendments where id = $1) as signed,
          (select count(*)::int from organisation_territories where amendment_id = $1) as given,
          (select count(*)::int from audit_entries where action = 'convention.territories-opened') as told`,
        [amendment],
      )
    ).rows[0]
  const path = `/conventions/${id}/amendments/${amendment}/sign`
  const { rows } = await house.owner.query(`select encode(sha256('x'), 'hex') as sha256`)
  const key = once()
  await killedMidway(house, starter, { who: gilles, path, body: rows[0], written: 'organisation_territories' }, key)
  assert.deepEqual(await state(), { signed: false, given: 0, told: 0 })
  const again = await house.call(gilles, 'POST', path, rows[0], key)
  assert.equal(again.status, 200, JSON.stringify(again.body))
  assert.deepEqual(await state(), { signed: true, given: 1, told: 1 })
})
