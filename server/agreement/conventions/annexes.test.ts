import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { annexRoles, conventionParties } from '../../../contract/notices.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { once, type Person } from '../../testing/house.ts'
import { missingContacts } from './convention-rules.ts'
import { loadConvention } from './conventions.queries.ts'
import { aDraft, completeAnnexes, namedTo, withRoles } from './testing.ts'
import { type Life, openLife, type Partner } from './testing-life.ts'

let life: Life
let partner: Partner
let here: Person // signs for Nouvelle-Aquitaine
let away: Person // signs for Occitanie
before(async () => {
  life = await openLife()
  ;[here, away] = [await withRoles(life.house, life.operator), await withRoles(life.house, life.operator)]
  await giveRole(life.house.owner, here, 'signataire', { regionId: life.region })
  await giveRole(life.house.owner, away, 'signataire', { regionId: 1076 })
  partner = await life.aPartner()
})
after(() => life.close())

test('AGR-16, AGR-2: who signs for a region signs, lists and counts the conventions of that region alone, and is written to of them', async () => {
  const one = await life.sent(partner, namedTo(partner.gilles, here))
  const seen = async (who: Person) => (await life.ok(who, 'GET', '/conventions?awaits=convention')) as any
  const listed = await seen(here)
  assert.deepEqual([listed.items.map((c: any) => c.id), listed.counts.convention], [[one.id], 1])
  assert.deepEqual([(await seen(away)).items, (await seen(away)).counts.convention], [[], 0])
  assert.equal((await life.refused(away, 'GET', `/conventions/${one.id}`))[0], 404)
  assert.equal((await life.refused(away, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 }))[0], 404)

  const own = await life.ok(here, 'GET', `/conventions/${one.id}`)
  assert.equal(own.actsFor, 'operateur')
  assert.ok(own.allowed.includes('sign'))
  await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  const { rows: mails } = await life.house.owner.query(
    `select to_account_id as id from mails where kind = 'convention-signed' and about_id = $1`,
    [one.id],
  )
  assert.deepEqual(
    [here, away, life.signer].map(who => mails.some(({ id }) => id === who.id)),
    [true, false, true],
  )
  await life.ok(here, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.equal((await life.ok(partner.gilles, 'GET', `/conventions/${one.id}`)).state, 'in-force')
  assert.equal((await seen(here)).counts.convention, 0)
  const [signature] = (
    await life.house.owner.query(
      `select account_id as by, entered_by_other as other from convention_signatures where convention_id = $1
        and party = 'operateur'`,
      [one.id],
    )
  ).rows
  assert.deepEqual([signature.by, signature.other], [here.id, false])
})

test('AGR-16: who signs for a region drafts nothing there, which is its regional direction’s', async () => {
  const listed = await life.ok(here, 'GET', '/conventions')
  assert.deepEqual(listed.draftIn, [])
  const [status, code] = await life.refused(here, 'POST', '/conventions', aDraft(partner.id, life.region))
  assert.deepEqual([status, code], [403, 'access/role-required'])
})

const roles = conventionParties.flatMap(party => annexRoles[party].map(role => ({ party, role })))
/** A draft whose document was composed at that instant. */
const drafted = async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.ok(life.sylvie, 'POST', '/conventions', aDraft(partner.id, life.region))
  const document = uuidv7()
  await life.house.owner.query(
    `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, of_version, added_at)
      values ($1, $2, 'convention', 'Convention', 'application/pdf', 'x', sha256('x'), $3, $4)`,
    [document, one.id, one.version, life.now()],
  )
  const send = async () => {
    const path = `/conventions/${one.id}/send`
    const { status, body } = await life.house.call(life.sylvie, 'POST', path, { documentId: document }, once())
    return { status, code: body.code, facts: body.facts }
  }
  return { partner, one, send }
}
/** Each role has its contact, for long. */
const complete = (id: string) =>
  completeAnnexes(life.house.owner, id, life.now(), [new Date('2000-01-01'), new Date('2100-01-01')])
/** In one transaction of this session, undone. */
const within = async <T>(work: (tx: Awaited<ReturnType<Life['house']['database']['begin']>>) => Promise<T>) => {
  const tx = await life.house.database.begin()
  try {
    await tx.enter(tokenHash(life.sylvie.cookie.slice('session='.length)))
    return await work(tx)
  } finally {
    await tx.rollback()
  }
}
const sendStraight = (id: string) =>
  within(async tx => {
    try {
      await tx.run(sql`update conventions set sent_at = ${life.now()}::timestamptz where id = ${id}::uuid`)
      return 'sent'
    } catch (error) {
      return (error as Error).message
    }
  })

test('AGR-1: with contacts of the annexes missing a convention is not sent: each role is named, nobody is written to, and the page says them before', async () => {
  const { one, send, partner } = await drafted()
  assert.deepEqual(await send(), {
    status: 422,
    code: 'convention/contacts-missing',
    facts: { missing: roles },
  })
  const seen = await life.ok(life.sylvie, 'GET', `/conventions/${one.id}`)
  assert.deepEqual([seen.state, seen.missingContacts], ['draft', roles])
  // One role of eleven is enough.
  await complete(one.id)
  await life.house.owner.query(
    "update convention_contacts set ends_at = '2026-02-01' where organisation_id = $1 and role = 'rssi'",
    [partner.id],
  )
  assert.deepEqual((await send()).facts, { missing: [{ party: 'partenaire', role: 'rssi' }] })
  await life.house.owner.query(
    "update convention_contacts set ends_at = '2100-01-01' where organisation_id = $1 and role = 'rssi'",
    [partner.id],
  )
  assert.equal((await send()).status, 200)
})

test('AGR-1: a contact named or gone after the document was composed makes it stale: it is composed again', async () => {
  const { one, send, partner } = await drafted()
  await complete(one.id)
  life.at('2026-02-03T09:00:00Z')
  await life.house.owner.query(
    "update convention_contacts set ends_at = $2 where organisation_id = $1 and role = 'dpd'",
    [partner.id, new Date('2026-02-02T18:00:00Z')],
  )
  const dpd = { name: 'Protection des données', email: 'dpd@partenaire.example', telephone: null }
  await life.ok(partner.gilles, 'PUT', '/contacts/dpd', dpd)
  assert.deepEqual(await send(), { status: 409, code: 'convention/document-stale', facts: undefined })
})

test('AGR-1: the document says annex 4 whole, as it was published; changed since it was composed, it is composed again', async () => {
  const { one, send } = await drafted()
  await complete(one.id)
  const publishes = async (number: number, from: string, purpose: string) => {
    const id = uuidv7()
    await life.house.owner.query(
      `insert into annex_4_versions (id, number, note, in_force_from, published_by, published_at)
        values ($1, $2, 'Essai', $3, $4, '2026-01-01')`,
      [id, number, from, life.sylvie.id],
    )
    await life.house.owner.query(
      `insert into annex_4_entries (version_id, tool, purpose, data_categories, commitments, documentation_url)
        values ($1, 'campagnes', $2, '{Cibles,Échanges datés}', E'Ouvert de 7 h\n à 20 h', 'https://aide.example/c')`,
      [id, purpose],
    )
    return id
  }
  const annex = async () => {
    const { blocks } = (await life.ok(life.sylvie, 'GET', `/conventions/${one.id}/preview`)) as any
    const items: string[] = blocks.map((b: any) => b.parts.map((p: any) => p.text).join(''))
    return items
      .slice(items.findIndex(text => text.startsWith('Annexe 4')) + 1)
      .filter(text => /^(Camp|Fich)/.test(text))
  }
  const names = ['Campagnes coordonnées', 'Fiche établissement', 'Fiche pratique de recrutement']
  assert.deepEqual(await annex(), names, 'published before annex 4 had versions')
  const first = await publishes(1, '2026-02-02T08:00:00Z', 'Coordonner les contacts.')
  const whole = (purpose: string) =>
    `Campagnes coordonnées. Finalité : ${purpose}. Données : Cibles, Échanges datés. Engagements de service : Ouvert de 7 h à 20 h. Documentation : https://aide.example/c.`
  assert.deepEqual(await annex(), [whole('Coordonner les contacts'), ...names.slice(1)])
  const second = await publishes(2, '2026-02-02T10:00:00Z', 'Autre chose')
  assert.equal((await annex())[0], whole('Coordonner les contacts'), 'the one to come says nothing yet')
  life.at('2026-02-02T11:00:00Z')
  assert.equal((await annex())[0], whole('Autre chose'))
  assert.deepEqual(await send(), { status: 409, code: 'convention/document-stale', facts: undefined })
  await life.house.owner.query(
    `update annex_4_versions set cancelled_at = '2026-02-02T10:30:00Z', cancelled_by = $2, cancel_reason = 'Erreur'
      where id = $1`,
    [second, life.sylvie.id],
  )
  assert.equal((await annex())[0], whole('Coordonner les contacts'))
  assert.equal((await send()).code, 'convention/document-stale', 'what it had said meanwhile is no more')
  await life.house.owner.query('update convention_documents set added_at = $2 where convention_id = $1', [
    one.id,
    life.now(),
  ])
  assert.equal((await send()).status, 200)
  for (const id of [first, second]) {
    await life.house.owner.query('delete from annex_4_entries where version_id = $1', [id])
    await life.house.owner.query('delete from annex_4_versions where id = $1', [id])
  }
})

test('ACC-15: the document says the territories that bound the structure; without any it is not sent; settled since it was composed, it is composed again', async () => {
  const { one, send, partner } = await drafted()
  await complete(one.id)
  const said = async () => {
    const { blocks, missing } = (await life.ok(life.sylvie, 'GET', `/conventions/${one.id}/preview`)) as any
    const items: string[] = blocks.map((b: any) => b.parts.map((p: any) => p.text).join(''))
    const from = items.findIndex(text => text.startsWith('Les habilitations qu’ils donnent'))
    return {
      items: items.slice(
        from + 1,
        items.findIndex(text => text.startsWith('Annexe 1 bis')),
      ),
      missing,
    }
  }
  const blank = 'Les territoires de la structure, que ses habilitations ne dépassent pas'
  assert.deepEqual((await said()).items, ['France entière'])
  assert.ok(!(await said()).missing.includes(blank))
  await life.house.owner.query(
    `update organisation_territories set until_at = '2026-02-02T08:00:00Z', ended_by = $2, end_reason = 'Essai'
      where organisation_id = $1 and until_at is null`,
    [partner.id, life.sylvie.id],
  )
  assert.deepEqual((await said()).items, [`[${blank} : à compléter]`])
  assert.ok((await said()).missing.includes(blank))
  const blanks = (said: string[]) =>
    life.house.owner.query('update convention_documents set blanks = $2 where convention_id = $1', [one.id, said])
  await blanks([blank])
  assert.deepEqual(await send(), { status: 422, code: 'convention/blanks', facts: { blanks: [blank] } })
  await blanks([])
  await life.house.owner.query(
    `insert into organisation_territories (id, organisation_id, territory_id, from_at, set_by, reason)
      values ($1, $2, 1075, '2026-02-02T10:00:00Z', $3, 'Essai')`,
    [uuidv7(), partner.id, life.sylvie.id],
  )
  assert.deepEqual((await said()).items, ['Nouvelle-Aquitaine'])
  life.at('2026-02-02T11:00:00Z')
  assert.equal((await send()).code, 'convention/document-stale')
  await life.house.owner.query('update convention_documents set added_at = $2 where convention_id = $1', [
    one.id,
    life.now(),
  ])
  assert.equal((await send()).status, 200)
})

test('AGR-1, SEC-6: which contacts are missing: the rule and the database say the same of each role, and the database sends nothing without them', async () => {
  const { one, partner } = await drafted()
  const [{ length }, before] = [roles, await sendStraight(one.id)]
  assert.match(before, /contacts of the annexes are missing/)
  await complete(one.id)
  assert.equal(await sendStraight(one.id), 'sent')
  let compared = 0
  for (const { party, role } of roles)
    for (const change of [
      "ends_at = '2026-02-02T09:00:00Z'",
      "starts_at = '2026-02-02T09:00:01Z'",
      'region_id = region_id',
    ]) {
      const where = "party = $1 and role = $2 and (organisation_id = $3 or party = 'operateur')"
      const { rows } = await life.house.owner.query(
        `select id, starts_at, ends_at from convention_contacts where ${where} and ends_at = '2100-01-01'`,
        [party, role, partner.id],
      )
      const { id } = rows[0]
      await life.house.owner.query(`update convention_contacts set ${change} where id = $1`, [id])
      const [ruled, stored] = await within(async tx => [
        missingContacts((await loadConvention(tx, one.id))!, life.now()),
        await tx.all(
          sql<{ party: string; role: string }>`select m.party, m.role from conventions c,
            ctx.missing_contacts(c.organisation_id, c.region_id, ${life.now()}::timestamptz) m where c.id = ${one.id}::uuid`,
        ),
      ])
      assert.deepEqual(ruled, stored, `${party} ${role} ${change}`)
      assert.equal(ruled.length, change.startsWith('region') ? 0 : 1)
      assert.equal((await sendStraight(one.id)) === 'sent', ruled.length === 0)
      await life.house.owner.query(
        "update convention_contacts set starts_at = '2000-01-01', ends_at = '2100-01-01' where id = $1",
        [id],
      )
      compared += 1
    }
  assert.equal(compared, length * 3)
})
