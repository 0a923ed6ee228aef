import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { layCeiling } from '../../people-and-rights/organisations/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { once, type Person } from '../../testing/house.ts'
import { aDraft, aPdf } from '../conventions/testing.ts'
import { type Life, openLife, type Partner } from '../conventions/testing-life.ts'
import { partners } from './index.ts'

let life: Life
before(async () => {
  life = await openLife(partners)
  await life.house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde'),
      (2040, 'departement', '40', 'Landes'), (2031, 'departement', '31', 'Haute-Garonne')`,
  )
  await life.house.owner.query('insert into territory_contents values (2033, 1075), (2040, 1075), (2031, 1076)')
})
after(() => life.close())

/** A partner with Gironde, and its convention in force. */
const begun = async (ceiling = [2033]) => {
  const partner = await life.aPartner()
  await life.house.owner.query('delete from organisation_territories where organisation_id = $1', [partner.id])
  await layCeiling(life.house.owner, partner.id, ceiling)
  const one = await life.inForce(partner)
  return { partner, one, path: `/conventions/${one.id}` }
}
const adding = (...territories: number[]) => ({
  title: 'Territoires',
  body: 'Le partenaire étend son action.',
  termOn: null,
  renews: true,
  territories,
})
const propose = async (path: string, ...territories: number[]) =>
  (await life.ok(life.sylvie, 'POST', `${path}/amendments`, adding(...territories))).convention.amendments.at(-1)
const sign = (who: Person, path: string, { id, sha256 }: { id: string; sha256: string }) =>
  life.ok(who, 'POST', `${path}/amendments/${id}/sign`, { sha256 })
const open = async ({ id }: Pick<Partner, 'id'>): Promise<number[]> =>
  (await life.house.owner.query('select unnest(ctx.ceiling($1, ctx.clock())) as id order by 1', [id])).rows.map(
    row => row.id,
  )
const settle = async (path: string, territories: number[]) => {
  const { version } = await life.ok(life.sylvie, 'GET', `${path}/territories`)
  const { status, body } = await life.house.call(
    life.sylvie,
    'PUT',
    `${path}/territories`,
    { territories, reason: 'Essai' },
    { ...once(), 'if-match': `"${version}"` },
  )
  return [status, body.code ?? body.territories.map((t: any) => t.id).sort()]
}
const as = async (who: Person, statement: ReturnType<typeof sql>) => {
  const tx = await life.house.database.begin()
  try {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    return await tx.run(statement)
  } finally {
    await tx.rollback()
  }
}
const entries = async (action: string, { id }: Pick<Partner, 'id'>) =>
  (await life.house.owner.query('select from audit_entries where action = $1 and subject_id = $2', [action, id])).rows
    .length

test('ACC-15, AGR-6: an amendment adds territories; they open once both signed it, not before, told and in the trail, and the page says which amendment gave them', async () => {
  const { partner, path } = await begun()
  const amendment = await propose(path, 2040)
  assert.deepEqual(
    amendment.territories.map((t: any) => t.name),
    ['Landes'],
  )
  await sign(partner.gilles, path, amendment)
  assert.deepEqual(await open(partner), [2033])
  await sign(life.signer, path, amendment)
  assert.deepEqual(await open(partner), [2033, 2040])
  const { territories, byAmendment } = await life.ok(partner.gilles, 'GET', `${path}/territories`)
  assert.deepEqual(
    [territories.map((t: any) => [t.name, t.amendment, t.reason]), byAmendment],
    [
      [
        ['Gironde', null, 'Territoires de l’essai'],
        ['Landes', 1, 'Avenant n° 1'],
      ],
      true,
    ],
  )
  assert.equal(await entries('convention.territories-opened', partner), 1)
  const mails = await life.house.owner.query(
    `select body from mails where kind = 'structure-territories' and to_account_id = $1`,
    [partner.gilles.id],
  )
  assert.match(mails.rows[0].body, /L’avenant n° 1 a pris effet\. Il ajoute aux territoires .* : Landes\./)
})

test('ACC-15: of two signatures given at once, the territories open once', async () => {
  const { partner, path } = await begun()
  const amendment = await propose(path, 2040)
  await Promise.all([sign(partner.gilles, path, amendment), sign(life.signer, path, amendment)])
  assert.deepEqual(await open(partner), [2033, 2040])
  assert.equal(await entries('convention.territories-opened', partner), 1)
})

test('ACC-15, AGR-13: a contested signature closes what the amendment gave; confirmed, it opens again, but not what the regional direction took away', async () => {
  const { partner, path } = await begun()
  const amendment = await propose(path, 2040, 1075)
  await sign(life.signer, path, amendment)
  const { convention } = await life.ok(life.sylvie, 'POST', `${path}/paper-signatures`, {
    amendmentId: amendment.id,
    sha256: amendment.sha256,
    file: aPdf('avenant signé'),
    signatures: [{ party: 'partenaire', signedOn: '2026-02-02', signerName: partner.gilles.name }],
  })
  assert.deepEqual(await open(partner), [1075, 2033, 2040])
  assert.deepEqual(await settle(path, [2033, 2040]), [200, [2033, 2040]], 'the region is taken away')
  const { id } = convention.signatures.find((s: any) => s.amendmentId && s.party === 'partenaire')
  const answer = (said: object) =>
    life.ok(partner.gilles, 'POST', `${path}/answers`, { kind: 'signature', id, reason: null, ...said })
  await answer({ answer: 'contest', reason: 'Ce n’est pas ma signature' })
  assert.deepEqual(await open(partner), [2033])
  assert.equal(await entries('convention.territories-closed', partner), 1)
  assert.deepEqual(
    (await life.ok(partner.gilles, 'GET', `${path}/territories`)).past.map((p: any) => [p.territory.name, p.reason]),
    [
      ['Landes', 'Avenant n° 1 : signature contestée'],
      ['Nouvelle-Aquitaine', 'Essai'],
    ],
  )
  await answer({ answer: 'confirm' })
  assert.deepEqual(await open(partner), [2033, 2040])
})

test('ACC-15, AGR-13: a signature of the operator that its partner entered opens nothing before the operator confirms it', async () => {
  const { partner, path } = await begun()
  const amendment = await propose(path, 2040)
  await sign(partner.gilles, path, amendment)
  const { convention } = await life.ok(partner.gilles, 'POST', `${path}/paper-signatures`, {
    amendmentId: amendment.id,
    sha256: amendment.sha256,
    file: aPdf('avenant signé'),
    signatures: [{ party: 'operateur', signedOn: '2026-02-02', signerName: life.signer.name }],
  })
  assert.deepEqual(await open(partner), [2033])
  const { id } = convention.signatures.find((s: any) => s.amendmentId && s.party === 'operateur')
  await life.ok(life.signer, 'POST', `${path}/answers`, { kind: 'signature', id, answer: 'confirm', reason: null })
  assert.deepEqual(await open(partner), [2033, 2040])
  assert.equal(await entries('convention.territories-opened', partner), 1)
})

test('ACC-15: an amendment adds neither what is unknown, nor of another region, nor what the partner has or another amendment on its way adds', async () => {
  const { path } = await begun()
  const refused = (...territories: number[]) =>
    life.refused(life.sylvie, 'POST', `${path}/amendments`, adding(...territories))
  assert.deepEqual(await refused(9), [422, 'territory/unknown'])
  assert.equal((await refused(2040, 2031))[1], 'territory/beyond-region')
  assert.equal((await refused(0))[1], 'territory/beyond-region')
  assert.deepEqual(await refused(2033), [409, 'convention/territory-given'])
  const amendment = await propose(path, 2040)
  assert.deepEqual(await refused(2040), [409, 'convention/territory-given'])
  await life.ok(life.sylvie, 'POST', `${path}/amendments/${amendment.id}/close`, { reason: 'Erreur' })
  assert.equal((await propose(path, 2040)).number, 2)
})

test('ACC-15: the document that was composed for other territories is refused', async () => {
  const { path } = await begun()
  const { documentId } = await propose(path, 2040)
  const { signatories } = (await life.ok(life.sylvie, 'GET', path)).amendments[0]
  const named = (party: string) => {
    const { name, capacity, act, actOn } = signatories.find((s: any) => s.party === party)
    return { name, capacity, act, actOn }
  }
  const asked = { ...adding(1075), signatories: { partenaire: named('partenaire'), operateur: named('operateur') } }
  assert.deepEqual(await life.refused(life.sylvie, 'POST', `${path}/amendments`, { ...asked, documentId }), [
    409,
    'convention/document-stale',
  ])
})

test('ACC-15: once a convention is sent, its regional direction takes territories away and adds none; a structure that had none there is given its first ones', async () => {
  const { path } = await begun()
  assert.deepEqual(await settle(path, [2033, 2040]), [409, 'structure/amendment-required'])
  assert.deepEqual(await settle(path, []), [200, []])
  assert.deepEqual(await settle(path, [2033]), [409, 'structure/amendment-required'])
  const sent = await life.aPartner()
  await life.house.owner.query('delete from organisation_territories where organisation_id = $1', [sent.id])
  await layCeiling(life.house.owner, sent.id, [2033])
  const { id } = await life.sent(sent)
  assert.deepEqual(await settle(`/conventions/${id}`, [2033, 2040]), [409, 'structure/amendment-required'])
  await life.ok(life.sylvie, 'POST', `/conventions/${id}/recall`, {})
  assert.deepEqual(await settle(`/conventions/${id}`, [2033, 2040]), [200, [2033, 2040]], 'recalled, its text changes')
  const none = await begun([])
  assert.deepEqual(await settle(none.path, [2033, 2040]), [200, [2033, 2040]])
  assert.deepEqual(await settle(none.path, [2033, 2040, 1075]), [409, 'structure/amendment-required'])
})

test('ACC-15: what another region settles for its own convention opens nothing before that convention takes effect', async () => {
  const { partner, one } = await begun()
  const { id } = await life.ok(life.elsewhere, 'POST', '/conventions', {
    ...aDraft(partner.id, 1076),
    number: `76-2026-${partner.id.slice(-4)}`,
  })
  const { version } = await life.ok(life.elsewhere, 'GET', `/conventions/${id}/territories`)
  const { status } = await life.house.call(
    life.elsewhere,
    'PUT',
    `/conventions/${id}/territories`,
    { territories: [2031], reason: 'Convention d’Occitanie' },
    { ...once(), 'if-match': `"${version}"` },
  )
  assert.equal(status, 200)
  assert.deepEqual(await open(partner), [2033])
  await life.house.owner.query('update conventions set ends_at = now() where id = $1', [one.id])
  assert.deepEqual(await open(partner), [2033], 'nor once the former one is over')
  await life.house.owner.query('update conventions set sent_at = now(), effective_from = now() where id = $1', [id])
  assert.deepEqual(await open(partner), [2031, 2033])
})

test('SEC-6, ACC-15: whatever the application forgets, no territory is added beside an amendment, in its name, before both signed it, nor to it once proposed', async () => {
  const { partner, path, one } = await begun()
  const amendment = await propose(path, 2040)
  const add = (by: unknown, to: Pick<Partner, 'id'> = partner) =>
    sql`insert into organisation_territories (id, organisation_id, territory_id, from_at, set_by, reason, amendment_id)
      values (${uuidv7()}, ${to.id}, 2040, now(), ${life.sylvie.id}, 'essai', ${by}::uuid)`
  await assert.rejects(as(life.sylvie, add(null)), /row-level security/)
  await assert.rejects(as(life.sylvie, add(amendment.id)), /row-level security/)
  const none = await begun([])
  await assert.rejects(as(life.sylvie, add(amendment.id, none.partner)), /row-level security/)
  assert.equal(await as(life.sylvie, add(null, none.partner)), 1, 'its first ones, in no amendment’s name')
  const settled = async (who: Person) => {
    const tx = await life.house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      // As the web's role may: a date of effect that no signature gives.
      await tx.run(sql`update convention_amendments set effective_at = now() where id = ${amendment.id}::uuid`)
      return (await tx.all(sql<{ n: number }>`select 1 as n from settle_amendment_territories(${amendment.id}::uuid)`))
        .length
    } finally {
      await tx.rollback()
    }
  }
  await sign(partner.gilles, path, amendment)
  for (const who of [partner.gilles, life.sylvie, life.elsewhere, partner.agent]) assert.equal(await settled(who), 0)
  await assert.rejects(
    as(life.sylvie, sql`update convention_amendments set territories = '{1075}' where id = ${amendment.id}::uuid`),
    /permission denied/,
  )
  const proposing = (territories: string) =>
    sql`insert into convention_amendments (id, convention_id, number, title, body, renews, document_id, proposed_at,
      proposed_by, territories) values (${uuidv7()}, ${one.id}, 7, 'x', 'x', true, ${amendment.documentId}, now(),
      ${life.sylvie.id}, ${territories}::int[])`
  assert.equal(await as(life.sylvie, proposing('{2040}')), 1)
  for (const beyond of ['{2031}', '{0}', '{2040,2031}', '{9}'])
    await assert.rejects(as(life.sylvie, proposing(beyond)), /adds territories of its region/, beyond)
})
