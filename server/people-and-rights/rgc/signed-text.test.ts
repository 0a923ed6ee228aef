import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { addDays, addMonths, endOfDay, parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { importChanged } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import { insertSent } from '../uploads/testing.ts'
import { deedCommitments, deedText, faultOf } from './deed-rules.ts'
import { rgc } from './index.ts'
import type { OfDeed } from './rgc.policy.ts'
import * as policy from './rgc.policy.ts'
import { deedActs, withConditions } from './testing.ts'

let bare: House
let house: House
let acts: ReturnType<typeof deedActs>
let cssi: Person
let signatory: Person
let organisationId: string

before(async () => {
  bare = await openHouse(rgc)
})
beforeEach(async () => {
  house ??= await withConditions(bare)
  acts = deedActs(house)
  cssi ??= await officer()
  organisationId = (await house.organisation()).id
  signatory = await house.person(organisationId)
  await giveRole(house.owner, signatory, 'signataire')
})
after(() => bare.close())
const officer = async () => {
  const person = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, person, 'cssi')
  return person
}
const proposed = async (...people: Person[]) =>
  (await acts.proposal(signatory, await Promise.all(people.map(p => acts.named(p))))).body
const endRole = (who: Person) =>
  house.owner.query(`update role_assignments set ends_at = now() where account_id = $1 and role = 'signataire'`, [
    who.id,
  ])
const changes = async (who: Person, id: string) => {
  const { body } = await acts.call(who, 'GET', '/rgc')
  return body.deeds
    .find((d: { id: string }) => d.id === id)
    .changes.map((c: { kind: string; person: { id: string } | null }) => [c.kind, c.person?.id ?? null])
}

test('RGC-9, RGC-10: the commitments and the version of the conditions stand in the bytes whose digest each signs', async () => {
  const [one, two] = [await house.person(organisationId), await house.person(organisationId)]
  const deed = await proposed(one, two)
  assert.deepEqual(deed.commitments, deedCommitments)
  assert.deepEqual(deed.conditions, { title: 'Conditions générales d’accès', version: 1 })
  const {
    rows: [kept],
  } = await house.owner.query(
    `select d.*, v.number from rgc_deeds d join conventions v on v.id = d.convention_id where d.id = $1`,
    [deed.id],
  )
  const { rows: members } = await house.owner.query(
    `select m.*, to_char(b.born_on, 'YYYY-MM-DD') as born, b.salt from rgc_members m
      join rgc_birth_dates b using (deed_id, account_id) where m.deed_id = $1 order by m.rank`,
    [deed.id],
  )
  const said = {
    convention: kept.number,
    organisation: { name: kept.organisation_name, siret: siretText(Number(kept.siret)), address: kept.address },
    signatory: { id: kept.signatory_id, name: kept.signatory_name, title: kept.signatory_title },
    members: members.map(m => ({
      accountId: m.account_id,
      position: m.position,
      givenName: m.given_name,
      familyName: m.family_name,
      bornOn: m.born,
      birthSalt: m.salt,
      phone: m.phone,
      email: m.email,
    })),
    commitments: kept.commitments,
    conditions: { title: kept.conditions_title, version: kept.conditions_version, hash: kept.conditions_hash },
  }
  const digestOf = (of: typeof said) => createHash('sha256').update(deedText(of)).digest('hex')
  assert.equal(digestOf(said), deed.digest, 'what the database keeps is all that was signed')
  for (const other of [
    { ...said, commitments: said.commitments.slice(1) },
    { ...said, conditions: { ...said.conditions, version: 2 } },
    { ...said, convention: 'Une autre' },
  ])
    assert.notEqual(digestOf(other), deed.digest)
})
test('RGC-1, RGC-10: the digest that a copy shows tells no date of birth, even to who knows all the rest and tries every day', async () => {
  const [one, two] = [await house.person(organisationId), await house.person(organisationId)]
  const { id } = await proposed(one, two)
  const seen = (await acts.call(one, 'GET', '/rgc')).body.deeds.find((d: { id: string }) => d.id === id)
  assert.deepEqual(
    seen.members.map((m: { bornOn: string | null }) => m.bornOn === null),
    [false, true],
  )
  const ownSalt = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.all(sql<{ accountId: string; salt: Buffer; born: string }>`
        select account_id, salt, to_char(born_on, 'YYYY-MM-DD') as born from rgc_birth_dates where deed_id = ${id}::uuid`)
    } finally {
      await tx.rollback()
    }
  }
  const read = await ownSalt(one)
  assert.deepEqual(
    read.map(r => r.accountId),
    [one.id],
    'a salt is read with its date',
  )
  const { rows: salts } = await house.owner.query('select account_id, salt from rgc_birth_dates where deed_id = $1', [
    id,
  ])
  const saltOf = (who: Person): Buffer => salts.find(s => s.account_id === who.id).salt
  const {
    rows: [{ hash }],
  } = await house.owner.query('select conditions_hash as hash from rgc_deeds where id = $1', [id])
  const digestAt = (bornOn: string, birthSalt: Buffer) =>
    createHash('sha256')
      .update(
        deedText({
          convention: seen.convention.number,
          organisation: { name: seen.organisationName, siret: seen.siret, address: seen.address },
          signatory: { ...seen.signatory.person, title: seen.signatory.title },
          members: seen.members.map((m: any, n: number) => ({
            ...{ ...m, accountId: m.person.id, phone: m.telephone },
            ...(n === 0 ? { bornOn: read[0]!.born, birthSalt: read[0]!.salt } : { bornOn, birthSalt }),
          })),
          commitments: seen.commitments,
          conditions: { ...seen.conditions, hash },
        }),
      )
      .digest('hex')
  const days = Array.from({ length: 90 * 366 }, (_, n) => addDays('2012-12-31', -n))
  const found = (salt: Buffer) => days.filter(day => digestAt(day, salt) === seen.digest)
  assert.deepEqual(found(saltOf(two)), ['1980-02-29'], 'all the rest is as it was signed')
  for (const guess of [Buffer.alloc(0), read[0]!.salt]) assert.deepEqual(found(guess), [])
  // Straight to the database: neither a date without its salt, nor a salt that serves twice.
  for (const salt of [null, Buffer.alloc(8), saltOf(one)])
    await assert.rejects(
      house.owner.query('update rgc_birth_dates set salt = $3 where deed_id = $1 and account_id = $2', [
        id,
        two.id,
        salt,
      ]),
      /rgc_birth_dates_sal/,
    )
})
test('RGC-10: one signs what one has read: another digest is refused, and nothing is signed', async () => {
  const one = await house.person(organisationId)
  const deed = await proposed(one)
  assert.equal((await acts.sign(one, { ...deed, digest: 'ab'.repeat(32) })).body.code, 'rgc/other-text')
  for (const body of [undefined, {}, { digest: 'x' }])
    assert.equal(
      (await acts.call(one, 'POST', `/rgc/deeds/${deed.id}/sign`, body)).body.code,
      'request/malformed',
      JSON.stringify(body),
    )
  const { rows } = await house.owner.query('select from rgc_signatures where deed_id = $1', [deed.id])
  assert.equal(rows.length, 0)
  assert.equal((await acts.sign(one, deed)).status, 200)
})
test('RGC-9: with no conditions published there is no deed, in the application and straight to the database', async () => {
  const one = await house.person(organisationId)
  await house.owner.query(`update documents set in_force_from = '2999-01-01' where kind = 'cgu'`)
  try {
    assert.equal((await acts.proposal(signatory, [await acts.named(one)])).body.code, 'rgc/no-conditions')
    assert.equal((await acts.call(signatory, 'GET', '/rgc')).body.next.conditions, null)
  } finally {
    await house.owner.query(`update documents set in_force_from = '2020-01-01' where kind = 'cgu'`)
  }
  const deed = await proposed(one)
  const laid = async (over: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(signatory.cookie.slice('session='.length)))
      await tx.run(sql`update rgc_deeds set abandoned_at = now() where id = ${deed.id}::uuid`)
      return await tx.run(
        sql`insert into rgc_deeds (id, organisation_id, convention_id, organisation_name, siret, address, signatory_id,
          signatory_name, signatory_title, conditions_given, digest, created_by, created_at, commitments, conditions_id,
          conditions_title, conditions_version, conditions_hash)
        select gen_random_uuid(), organisation_id, convention_id, organisation_name, siret, address, signatory_id,
          signatory_name, signatory_title, true, digest, created_by, now(), ${over}
          from rgc_deeds where id = ${deed.id}::uuid`,
      )
    } catch (error) {
      assert.match(String(error), /row-level security|foreign key/)
      return 'refused'
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    [
      await laid(sql`commitments, conditions_id, conditions_title, conditions_version, conditions_hash`),
      await laid(sql`null, null, null, null, null`),
      await laid(sql`commitments, conditions_id, conditions_title, 2, conditions_hash`),
      await laid(sql`commitments, conditions_id, conditions_title, conditions_version, sha256('x')`),
    ],
    [1, 'refused', 'refused', 'refused'],
  )
})
test('RGC-10: a former signatory signs no deed, and one that names them is sent by nobody', async () => {
  const [one, next] = [await house.person(organisationId), await house.person(organisationId)]
  const deed = await proposed(one)
  await giveRole(house.owner, next, 'signataire')
  await endRole(signatory)
  assert.equal((await acts.sign(signatory, deed)).body.code, 'rgc/no-longer-signatory')
  assert.equal((await acts.sign(one, deed)).body.code, 'rgc/signatory-changed')
  const seen = (await acts.call(next, 'GET', '/rgc')).body.deeds.find((d: { id: string }) => d.id === deed.id)
  assert.deepEqual([seen.allowed, seen.changes.map((c: { kind: string }) => c.kind)], [['abandon'], ['signatory']])
  // Straight to the database: neither the signature of a former signatory, nor the sending of their deed.
  const signs = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.run(
        sql`insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
          select id, ${who.id}::uuid, 'signataire', digest, now() from rgc_deeds where id = ${deed.id}::uuid`,
      )
    } catch (error) {
      assert.match(String(error), /row-level security/)
      return 'refused'
    } finally {
      await tx.rollback()
    }
  }
  assert.equal(await signs(signatory), 'refused')
  await house.owner.query(
    `insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
      select id, $2::uuid, 'signataire', digest, now() from rgc_deeds where id = $1
      union all select id, $3::uuid, 'rgc', digest, now() from rgc_deeds where id = $1`,
    [deed.id, signatory.id, one.id],
  )
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(one.cookie.slice('session='.length)))
    const sending = await tx.first(sql<{ at: Date | null }>`select send_rgc_deed(${deed.id}::uuid) as at`)
    assert.equal(sending!.at, null)
  } finally {
    await tx.rollback()
  }
})
test('SEC-6, RGC-10: who signs for the structure: the policy and the database agree, and each clause counts', async () => {
  const [former, other, member, stranger] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person((await house.organisation()).id),
  ]
  for (const who of [former, other, stranger]) await giveRole(house.owner, who, 'signataire')
  const deeds = []
  for (const by of [signatory, former]) {
    const members = [await acts.named(member)]
    deeds.push((await acts.proposal(by, members)).body)
  }
  await endRole(former)
  const sights: { viewer: Viewer; of: OfDeed; may: boolean }[] = []
  for (const deed of deeds) {
    await house.owner.query('update rgc_deeds set abandoned_at = now() where organisation_id = $1', [organisationId])
    await house.owner.query('update rgc_deeds set abandoned_at = null where id = $1', [deed.id])
    for (const who of [signatory, former, other, member, stranger, cssi]) {
      const tx = await house.database.begin()
      try {
        const viewer = (await tx.enter(tokenHash(who.cookie.slice('session='.length))))!
        const may = await tx
          .run(
            sql`insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
              values (${deed.id}::uuid, ${who.id}::uuid, 'signataire', sha256('x'), now())`,
          )
          .then(
            () => true,
            () => false,
          )
        const of = { organisationId, signatoryId: deed.signatory.person.id, memberIds: [member.id] }
        sights.push({ viewer, of, may })
      } finally {
        await tx.rollback()
      }
    }
  }
  const different = ({ maySignFor }: Pick<typeof policy, 'maySignFor'>) =>
    sights.filter(({ viewer, of, may }) => maySignFor(viewer, of) !== may).length
  assert.equal(sights.filter(({ may }) => may).length, 1)
  assert.equal(different(policy), 0)
  for (const [from, to] of [
    ["&& holdsRole(viewer, 'signataire')", ''],
    ["deed.signatoryId === viewer.accountId && holdsRole(viewer, 'signataire')", "holdsRole(viewer, 'signataire')"],
  ] as const)
    assert.notEqual(
      different(await importChanged<typeof policy>(new URL('./rgc.policy.ts', import.meta.url), from, to)),
      0,
      `${from} → ${to}`,
    )
})
test('RGC-9: a changed name, address, function, signatory or structure asks for a new deed, on both sides, until it is signed', async () => {
  const [one, next] = [await house.person(organisationId), await house.person(organisationId)]
  const deed = await acts.sent(signatory, [one])
  assert.deepEqual(await changes(signatory, deed.id), [])
  for (const [statement, kind, about] of [
    [`update accounts set family_name = 'Nouveau-Nom' where id = $1`, 'name', one.id],
    [`update accounts set function = 'Directrice' where id = $1`, 'function', one.id],
    [
      `update account_contacts set email = 'nouvelle.adresse@partenaire.example' where account_id = $1`,
      'email',
      one.id,
    ],
  ] as const) {
    await house.owner.query('begin')
    await house.owner.query(statement, [one.id])
    await house.owner.query('commit')
    assert.ok(
      (await changes(signatory, deed.id)).some((c: unknown[]) => c[0] === kind && c[1] === about),
      kind,
    )
  }
  await house.owner.query(`update organisations set name = name || ' fusionnée' where id = $1`, [organisationId])
  await giveRole(house.owner, next, 'signataire')
  await endRole(signatory)
  assert.deepEqual(await changes(next, deed.id), [
    ['organisation', null],
    ['signatory', signatory.id],
    ['name', one.id],
    ['email', one.id],
    ['function', one.id],
  ])
  const received = (await acts.call(cssi, 'GET', '/rgc/oversight')).body.deeds
  assert.equal(received.find((d: { id: string }) => d.id === deed.id).changes.length, 5, 'the CSSI sees it too')
  signatory = next
  const again = await acts.sent(next, [one])
  assert.deepEqual(await changes(next, again.id), [])
})
test('RGC-9: a version of the conditions cancelled before its day is given to nobody once that day has come', async () => {
  const one = await house.person(organisationId)
  await house.owner.query(
    `insert into documents (id, kind, version, title, body, body_hash, in_force_from, published_at, cancelled_at,
      cancelled_by, cancel_reason) values (gen_random_uuid(), 'cgu', 2, 'Conditions annulées', 'Autre', sha256('Autre'),
      '2021-01-01', '2020-06-01', '2020-07-01', $1, 'Publiée par erreur')`,
    [cssi.id],
  )
  assert.deepEqual((await acts.call(signatory, 'GET', '/rgc')).body.next.conditions.version, 1)
  assert.equal((await proposed(one)).conditions.version, 1)
})

const today = parisDay(new Date())
/** A deed signed by hand, as the CSSI enters it; each has its own scan. */
const paper = async (people: readonly Person[], over: object = {}, by = cssi) => ({
  organisationId,
  conventionId: (await house.owner.query('select id from conventions where organisation_id = $1', [organisationId]))
    .rows[0].id,
  address: '1 place de l’Essai, 33000 Essai',
  signatoryId: signatory.id,
  signatoryTitle: 'Présidence',
  conditionsGiven: true,
  members: await Promise.all(people.map(p => acts.named(p))),
  signedOn: addDays(today, -20),
  receivedOn: addDays(today, -3),
  file: await insertSent(house.owner, by.id, Buffer.from(`%PDF-1.7 ${organisationId} ${uuidv7()} %%EOF`)),
  ...over,
})
const enter = async (people: readonly Person[], over: object = {}, by = cssi) =>
  acts.call(by, 'POST', '/rgc/paper-deeds', await paper(people, over, by))
const overview = async (who: Person) => (await acts.call(who, 'GET', '/rgc')).body
const namesInPlace = async () => (await overview(signatory)).inPlace.map((p: { id: string }) => p.id)
const mailsOf = async (kind: string, about: string): Promise<{ to_account_id: string; body: string }[]> =>
  (await house.owner.query('select to_account_id, body from mails where kind = $1 and about_id = $2', [kind, about]))
    .rows
const deedsKept = async () =>
  (await house.owner.query('select from rgc_deeds where organisation_id = $1', [organisationId])).rows.length

test('AGR-13, RGC-10, RGC-4: a deed signed by hand is entered by the CSSI in the name of the structure, which is told, and those it names; the conditions of the tool are the same', async () => {
  const [maite, newcomer] = [await house.person(organisationId), 'nouvelle.venue@partenaire.example']
  const waiting = await proposed(maite)
  const asked = await paper([maite])
  const named = {
    ...asked.members[0]!,
    position: 'suppleant',
    givenName: 'Nouvelle',
    familyName: 'Venue',
    email: newcomer,
  }
  const { body: deed, status } = await acts.call(cssi, 'POST', '/rgc/paper-deeds', {
    ...asked,
    members: [...asked.members, named],
  })
  assert.equal(status, 200, JSON.stringify(deed))
  assert.deepEqual(
    [deed.state, deed.paper.signedOn, deed.paper.receivedOn, deed.paper.by.id, deed.paper.corrections],
    ['en-vigueur', addDays(today, -20), addDays(today, -3), cssi.id, []],
  )
  assert.equal(
    deed.digest,
    createHash('sha256')
      .update(await scanOf(deed.id))
      .digest('hex'),
    'that of the scan',
  )
  assert.equal((await house.owner.query('select from uploads where id = $1', [asked.file])).rows.length, 0)
  const seen = await overview(signatory)
  assert.equal(seen.deeds.find((d: { id: string }) => d.id === waiting.id).state, 'abandonne', 'what waited gives way')
  assert.deepEqual(
    (await namesInPlace()).sort(),
    deed.members.map((m: { person: { id: string } }) => m.person.id).sort(),
  )
  // Designated, and nothing more: each condition holds as for a deed signed here.
  const { gate } = await overview(maite)
  assert.deepEqual(
    gate.filter((step: { done: boolean }) => !step.done).map((step: { term: string }) => step.term),
    ['certificate'],
  )
  const roles = async () =>
    (await house.owner.query('select role from ctx.effective_roles($1, ctx.clock())', [maite.id])).rows.map(r => r.role)
  assert.deepEqual(await roles(), [])
  assert.equal((await acts.certify(cssi, maite, today)).status, 200)
  assert.deepEqual(await roles(), ['rgc'])

  const told = await mailsOf('rgc-deed-entered', deed.id)
  assert.deepEqual([told.map(m => m.to_account_id), told.length], [[signatory.id], 1])
  assert.match(
    told[0]!.body,
    /signé à la main.*L’acte qui attendait des signatures dans le service est abandonné\..*dites-le-lui sans attendre/s,
  )
  assert.deepEqual(await abandonedTrail(waiting.id), [{ actor: cssi.id, detail: { by: deed.id } }])
  const designated = await mailsOf('rgc-deed-designated', deed.id)
  assert.deepEqual(
    designated.map(m => m.to_account_id).sort(),
    deed.members.map((m: { person: { id: string } }) => m.person.id).sort(),
  )
  const {
    rows: [{ detail }],
  } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'rgc-deed.entered' and e.subject_id = $1`,
    [deed.id],
  )
  assert.deepEqual(
    [detail.signedOn, detail.receivedOn, detail.digest, detail.conditionsGiven.version],
    [addDays(today, -20), addDays(today, -3), deed.digest, 1],
  )
  assert.ok(!JSON.stringify(detail).includes('1980-02-29'))
})
const abandonedTrail = async (id: string) =>
  (
    await house.owner.query(
      `select e.actor_id as actor, d.detail from audit_entries e left join audit_details d on d.entry_id = e.id
        where e.action = 'rgc-deed.abandoned' and e.subject_id = $1`,
      [id],
    )
  ).rows
const scanOf = async (id: string): Promise<Buffer> =>
  (await house.owner.query('select content from rgc_documents where deed_id = $1', [id])).rows[0].content

test('AGR-13, RGC-2, RGC-10: a paper is refused as a deed is, and its dates are looked at; refused, nothing of it is kept', async () => {
  const [maite, other, contractor] = [
    await house.person(organisationId),
    await house.person((await house.organisation()).id),
    await house.person(organisationId),
  ]
  await house.owner.query(`update accounts set contract_ends_on = '2030-01-01' where id = $1`, [contractor.id])
  const stale = await house.person(cssi.organisationId, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, stale, 'cssi')
  const theirs = await insertSent(house.owner, signatory.id, Buffer.from('%PDF-1.7 d’un autre %%EOF'))
  for (const [code, people, over, by] of [
    ['rgc/paper-dates', [maite], { signedOn: addDays(today, -2) }],
    ['rgc/paper-dates', [maite], { receivedOn: addDays(today, 1) }],
    ['rgc/signatory-unknown', [maite], { signatoryId: maite.id }],
    ['rgc/no-convention', [maite], { conventionId: uuidv7() }],
    ['rgc/not-of-the-structure', [other], {}],
    ['rgc/not-of-the-structure', [contractor], {}],
    ['rgc/shared-mailbox', [maite], { members: [{ ...(await acts.named(maite)), email: 'accueil@essai.example' }] }],
    ['rgc/titular-required', [maite], { members: [await acts.named(maite, { position: 'suppleant' })] }],
    ['upload/unknown', [maite], { file: uuidv7() }],
    ['upload/unknown', [maite], { file: theirs }],
    ['request/malformed', [maite], { conditionsGiven: false }],
    ['request/malformed', [], {}],
    ['request/malformed', [maite], { receivedOn: '2026-02-31' }],
    ['access/role-required', [maite], {}, maite],
    ['session/step-up-required', [maite], {}, stale],
    ['not-found', [maite], { organisationId: uuidv7() }],
  ] as const) {
    const { body } = await enter(people, over, by)
    assert.equal(body.code, code, JSON.stringify([over, body]))
  }
  assert.equal(await deedsKept(), 0)
  const asked = await paper([maite])
  const twice = await Promise.all([1, 2].map(() => acts.call(cssi, 'POST', '/rgc/paper-deeds', asked)))
  assert.deepEqual(twice.map(a => a.status).sort(), [200, 409], 'one file, twice at once: once')
  const entered = twice.find(a => a.status === 200)!.body
  assert.ok(
    (await mailsOf('rgc-deed-entered', entered.id)).every(m => !/abandonné/.test(m.body)),
    'nothing waited',
  )
  const again = await insertSent(house.owner, cssi.id, await scanOf(entered.id))
  assert.equal((await enter([maite], { file: again })).body.code, 'rgc/paper-entered')
  assert.equal(await deedsKept(), 1)
})

test('AGR-13, RGC-1: two papers of one structure entered at once: each knows of the other, and one deed alone is in force', async () => {
  const [one, other] = [await house.person(organisationId), await house.person(organisationId)]
  const scans = [await paper([one]), await paper([other])]
  const answers = await Promise.all(scans.map(asked => acts.call(cssi, 'POST', '/rgc/paper-deeds', asked)))
  for (const { status, body } of answers)
    assert.ok(status === 200 || body.code === 'rgc/changed-meanwhile', JSON.stringify(body))
  const { rows } = await house.owner.query(
    `select account_id from role_assignments where organisation_id = $1 and role = 'rgc' and ends_at is null`,
    [organisationId],
  )
  assert.equal(rows.length, 1)
  assert.deepEqual(await namesInPlace(), [rows[0].account_id])
})

/** When the month of silence ends of a paper received so many days ago. */
const monthEnd = (daysAgo: number) => endOfDay(addMonths(addDays(today, -daysAgo), 1)).toISOString()

test('AGR-13, RGC-3: a day of receipt that accepts a paper at once, or undoes it, is confirmed against what it causes: unconfirmed, nothing is written', async () => {
  const [former, refusedOne, next] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
  ]
  await acts.sent(signatory, [former])
  const refused = await acts.sent(signatory, [refusedOne])
  await acts.decide(cssi, refused, { kind: 'refus', reason: 'Une personne partie' })
  const kept = await deedsKept()
  const asked = await paper([next], { receivedOn: addDays(today, -40), signedOn: addDays(today, -41) })
  const entering = (confirms: object = {}) => acts.call(cssi, 'POST', '/rgc/paper-deeds', { ...asked, ...confirms })
  for (const confirms of [{}, { confirms: monthEnd(39) }]) {
    const { status, body } = await entering(confirms)
    assert.deepEqual([status, body.code, body.facts], [409, 'rgc/confirm-acceptance', { acceptsAt: monthEnd(40) }])
  }
  assert.deepEqual([await deedsKept(), await namesInPlace()], [kept, [former.id]])
  assert.deepEqual((await entering({ confirms: 'hier' })).body.code, 'request/malformed')
  const { body: deed } = await entering({ confirms: monthEnd(40) })
  assert.deepEqual([deed.state, await namesInPlace()], ['en-vigueur', [next.id]])

  const correct = (by: Person, daysAgo: number, confirms: object = {}) =>
    acts.call(by, 'POST', '/rgc/papers/corrections', {
      kind: 'deed',
      id: deed.id,
      reason: 'Tampon mal lu',
      receivedOn: addDays(today, -daysAgo),
      ...confirms,
    })
  const [one, other] = [await officer(), await officer()]
  const state = async () => {
    const { paper: of, state } = (await overview(signatory)).deeds.find((d: { id: string }) => d.id === deed.id)
    return [state, of.receivedOn, of.corrections.length, await namesInPlace()]
  }
  for (const confirms of [{}, { confirms: monthEnd(40) }])
    assert.deepEqual((({ status, body }) => [status, body.code, body.facts])(await correct(one, 5, confirms)), [
      409,
      'rgc/confirm-acceptance',
      { acceptsAt: monthEnd(5) },
    ])
  assert.deepEqual(await state(), ['en-vigueur', addDays(today, -40), 0, [next.id]])
  assert.equal((await correct(one, 38)).status, 200, 'over as before: nothing to confirm')
  assert.equal((await correct(other, 5, { confirms: monthEnd(5) })).status, 200)
  assert.deepEqual(await state(), ['en-attente', addDays(today, -5), 2, [former.id]])
  assert.equal((await correct(one, 4)).status, 200, 'it waits as before')
  assert.equal((await correct(other, 39)).body.code, 'rgc/confirm-acceptance')
  assert.deepEqual(await state(), ['en-attente', addDays(today, -4), 3, [former.id]])
})

test('AGR-13, RGC-3: after a refusal the month runs from the day the paper was received; corrected, it is counted again, and who was let go by mistake comes back', async () => {
  const [former, refusedOne, next] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
  ]
  await acts.sent(signatory, [former])
  const refused = await acts.sent(signatory, [refusedOne])
  assert.equal((await acts.decide(cssi, refused, { kind: 'refus', reason: 'Une personne partie' })).status, 200)
  assert.equal((await enter([refusedOne])).body.code, 'rgc/refused-person')
  const { body: deed } = await enter([next], { receivedOn: addDays(today, -10) })
  assert.deepEqual(
    [deed.state, deed.silenceAcceptsAt, deed.allowed.includes('accept')],
    ['en-attente', monthEnd(10), true],
  )
  assert.deepEqual(await namesInPlace(), [former.id])
  let [corrects, rests] = [await officer(), await officer()]
  const second = () => {
    ;[corrects, rests] = [rests, corrects]
    return rests
  }
  const correct = (body: object, by = second()) =>
    acts.call(by, 'POST', '/rgc/papers/corrections', { kind: 'deed', id: deed.id, reason: 'Tampon mal lu', ...body })
  const state = async (id = deed.id) => (await overview(signatory)).deeds.find((d: { id: string }) => d.id === id)

  assert.equal(
    (await correct({ receivedOn: addDays(today, -15) }, cssi)).body.code,
    'rgc/second-person',
    'who entered it does not correct it alone',
  )
  const over = { receivedOn: addDays(today, -40), signedOn: addDays(today, -45) }
  assert.equal((await correct({ ...over, confirms: monthEnd(40) })).status, 200)
  assert.deepEqual([(await state()).state, await namesInPlace()], ['en-vigueur', [next.id]], 'its month is over')
  assert.equal((await correct({ receivedOn: addDays(today, -5), confirms: monthEnd(5) })).status, 200)
  const waits = await state()
  assert.deepEqual([waits.state, await namesInPlace()], ['en-attente', [former.id]], 'what the mistake cut comes back')
  assert.equal(waits.silenceAcceptsAt, monthEnd(5))
  assert.deepEqual(
    waits.paper.corrections.map((c: { before: object; after: object; reason: string }) => [
      c.before,
      c.after,
      c.reason,
    ]),
    [
      [{ receivedOn: addDays(today, -40) }, { receivedOn: addDays(today, -5) }, 'Tampon mal lu'],
      [
        { signedOn: addDays(today, -20), receivedOn: addDays(today, -10) },
        { signedOn: addDays(today, -45), receivedOn: addDays(today, -40) },
        'Tampon mal lu',
      ],
    ],
  )
  assert.ok((await mailsOf('rgc-paper-corrected', deed.id)).some(m => m.to_account_id === signatory.id))
  for (const [code, body, by] of [
    ['rgc/nothing-to-correct', { receivedOn: addDays(today, -5) }],
    ['rgc/nothing-to-correct', {}],
    ['rgc/paper-dates', { receivedOn: addDays(today, 1) }],
    ['rgc/paper-dates', { signedOn: addDays(today, -4) }],
    ['rgc/no-paper', { id: refused.id, receivedOn: today }],
    ['not-found', { id: uuidv7(), receivedOn: today }],
    ['request/malformed', { receivedOn: today, reason: ' ' }],
    ['access/role-required', { receivedOn: today }, signatory],
  ] as const)
    assert.equal((await correct(body, by)).body.code, code, JSON.stringify(body))
  // The conditions given are those of the day it was signed; before the first, none.
  const given = async () => (await state()).conditions?.version ?? null
  assert.equal(await given(), 1)
  assert.equal((await correct({ signedOn: '2019-06-01' })).status, 200)
  assert.equal(await given(), null)
  assert.equal((await correct({ signedOn: addDays(today, -45) })).status, 200)
  assert.equal(await given(), 1)
  // Entered with a day that is too old, its month seemed over: corrected, it waits as well.
  await acts.decide(cssi, deed, { kind: 'refus', reason: 'Une personne partie' })
  const other = await house.person(organisationId)
  const old = { receivedOn: addDays(today, -40), signedOn: addDays(today, -41) }
  const late = (await enter([other], { ...old, confirms: monthEnd(40) })).body
  assert.deepEqual([late.state, await namesInPlace()], ['en-vigueur', [other.id]])
  assert.equal((await correct({ id: late.id, receivedOn: addDays(today, -2), confirms: monthEnd(2) })).status, 200)
  assert.deepEqual(await namesInPlace(), [former.id])
  // Answered, its days are corrected, and nothing follows.
  assert.equal((await acts.decide(cssi, late, { kind: 'acceptation' })).status, 200)
  assert.equal((await correct({ id: late.id, receivedOn: addDays(today, -1) })).status, 200)
  assert.deepEqual([(await state(late.id)).state, await namesInPlace()], ['en-vigueur', [other.id]])
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'rgc-paper.corrected' and e.subject_id = $1 order by e.id`,
    [deed.id],
  )
  assert.deepEqual(
    rows.map(({ detail }) => detail.conditionsGiven?.version ?? null),
    [1, 1, null, 1],
  )
})

test('RGC-10: the signatory deposits a deed signed by hand, which reaches the CSSI that day; a manager, a former signatory, another structure may not', async () => {
  const [maite, stranger] = [await house.person(organisationId), await house.person((await house.organisation()).id)]
  await giveRole(house.owner, stranger, 'signataire')
  const manager = await house.person(organisationId)
  await giveRole(house.owner, manager, 'rgc')
  for (const who of [manager, maite, stranger])
    assert.equal((await enter([maite], { receivedOn: today }, who)).body.code, 'access/role-required')
  assert.equal((await enter([maite], {}, signatory)).body.code, 'rgc/paper-dates', 'not before it is deposited')
  const waiting = await proposed(maite)
  const { body: deed } = await enter([maite, manager], { receivedOn: today }, signatory)
  assert.deepEqual(await abandonedTrail(waiting.id), [{ actor: signatory.id, detail: { by: deed.id } }])
  assert.deepEqual([deed.state, deed.paper.by.id, deed.allowed], ['en-vigueur', signatory.id, ['download']])
  assert.deepEqual((await namesInPlace()).sort(), [maite.id, manager.id].sort())
  assert.ok(
    (await mailsOf('rgc-deed-sent', deed.id)).some(m => m.to_account_id === cssi.id && /signé à la main/.test(m.body)),
  )
  assert.deepEqual(await mailsOf('rgc-deed-entered', deed.id), [])
  assert.equal((await mailsOf('rgc-deed-designated', deed.id)).length, 2)
  assert.equal((await acts.decide(cssi, deed, { kind: 'refus', reason: 'Illisible' })).status, 200)
  await endRole(signatory)
  assert.equal((await enter([maite], { receivedOn: today }, signatory)).body.code, 'access/role-required')
})

test('AGR-13, ACC-16: a structure is found by its name, with its conventions and its signatories, function and address with their name, by the CSSI alone', async () => {
  const id = (await house.organisation({ name: 'Communauté des Orgues' })).id
  const find = (who: Person, q: string) => acts.call(who, 'GET', `/rgc/paper-deeds?q=${encodeURIComponent(q)}`)
  const { body } = await find(cssi, 'orgues')
  assert.deepEqual(
    body.items.map((s: any) => [s.organisation.id, s.conventions.map((c: any) => c.state), s.signatories]),
    [[id, ['in-force'], []]],
  )
  const signs = await house.person(id)
  await giveRole(house.owner, signs, 'signataire')
  const { rows: known } = await house.owner.query(
    `select a.function, k.email from accounts a join account_contacts k on k.account_id = a.id where a.id = $1`,
    [signs.id],
  )
  const named = { id: signs.id, name: signs.name, organisationId: id, ...known[0] }
  assert.deepEqual((await find(cssi, 'orgues')).body.items[0].signatories, [named])
  const own = async (who: Person) => (await acts.call(who, 'GET', '/rgc')).body.signatories
  assert.deepEqual(await own(signs), [named], 'who names one in a deed tells namesakes apart')
  const { function: _job, email: _email, ...bare } = named
  assert.deepEqual(await own(await house.person(id)), [bare], 'a colleague reads the name alone')
  assert.equal((await find(signs, 'orgues')).body.code, 'access/role-required')
  assert.equal((await find(cssi, 'o')).body.code, 'request/malformed')
})

const mailboxOf = (email: string, [givenName, familyName] = ['Camille', 'Essai']) => ({
  position: 'titulaire' as const,
  givenName: givenName!,
  familyName: familyName!,
  bornOn: '1980-02-29',
  telephone: '05 00 00 00 00',
  email,
  staff: 'permanent' as const,
})
const isShared = (...of: Parameters<typeof mailboxOf>) =>
  faultOf({ members: [mailboxOf(...of)] }, '2026-11-28') === 'rgc/shared-mailbox'

for (const [email, shared] of [
  ['contact@structure.example', true],
  ['accueil.bordeaux@structure.example', true],
  ['RH@structure.example', true],
  ['direction-33@structure.example', true],
  ['secretariat@structure.example', true],
  ['33000@structure.example', true],
  // What an account refuses, a deed refuses too.
  ['formation@structure.example', true],
  ['juridique@structure.example', true],
  ['bureau@structure.example', true],
  ['dpo@structure.example', true],
  ['mission@structure.example', true],
  ['plie@structure.example', true],
  ['ne-pas-repondre@structure.example', true],
  ['camille.essai@structure.example', false],
  ['c.essai@structure.example', false],
  ['cessai@structure.example', false],
  ['camille-essai.rh@structure.example', false],
  ['ab1234@structure.example', false],
  ['héloïse@structure.example', false],
] as const)
  test(`RGC-1: ${email} is ${shared ? 'shared' : 'someone’s own'}`, () => assert.equal(isShared(email), shared))
test('RGC-1: a person whose name is that of a service keeps their address', () =>
  assert.equal(isShared('jean.maire@structure.example', ['Jean', 'Maire']), false))
