import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { addDays } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { tools } from '../tools/index.ts'
import { texts } from './index.ts'
import { remindLeaver } from './remind-leaver.ts'
import { aText, castOf, emptied, published, today, trail, works } from './testing.ts'

let house: House
let mailbox: Mailbox
let partner: string
let admin: Person
let claire: Person
let rgc: Person
before(async () => {
  house = await openHouse([...texts, ...tools, ...campaigns])
  mailbox = await openMailbox()
  ;({ partner, admin, claire, rgc } = await castOf(house))
})
after(async () => {
  await mailbox.close()
  await house.close()
})
afterEach(() => emptied(house, 'acceptances', 'documents', 'mails'))

const accept = (who: Person, ...documents: { id: string; hash: string }[]) =>
  house.call(
    who,
    'POST',
    '/acceptances',
    { documents: documents.map(d => ({ documentId: d.id, hash: d.hash })) },
    once(),
  )

test('POR-2, ACC-7: the version in force is asked before going on, a new version asks again, and every acceptance stays with its version, digest and instant', async () => {
  assert.equal(await works(house, claire), 'open')
  const first = await published(house, admin)
  assert.equal(first.hash, createHash('sha256').update(aText().body).digest('hex'))
  assert.equal(await works(house, claire), 'access/conditions-to-accept')
  const { body: conditions } = await house.call(claire, 'GET', '/conditions')
  assert.deepEqual(
    [conditions.toAccept, conditions.items[0].body, conditions.items[0].acceptedAt],
    [1, aText().body, null],
  )

  assert.deepEqual((await accept(claire, first)).body, { accepted: 1, toAccept: 0 })
  assert.equal(await works(house, claire), 'open', 'at the next request')

  const second = await published(house, admin, { body: '# Conditions\n\nTexte changé.' })
  assert.equal(second.version, 2)
  assert.equal(await works(house, claire), 'access/conditions-to-accept')
  assert.equal((await accept(claire, second)).status, 200)
  assert.equal(await works(house, claire), 'open')
  const { body: kept } = await house.call(claire, 'GET', '/acceptances')
  assert.deepEqual(kept.items.map((a: any) => [a.version, a.hash]).sort(), [
    [1, first.hash],
    [2, second.hash],
  ])
  assert.equal((await trail(house, 'conditions.accepted')).filter(e => e.actor_id === claire.id).length, 2)
})

test('POR-2: a tool’s conditions are asked of who holds a grant of it, and cut that tool alone', async () => {
  const cpu = await published(house, admin, {
    kind: 'cpu',
    tool: 'fiche-etablissement',
    title: 'Conditions de la fiche',
  })
  assert.equal(await works(house, claire), 'open')
  const { body: rights } = await house.call(claire, 'GET', '/my-rights')
  assert.deepEqual(
    rights.items.map((i: any) => [i.tool, i.missing]),
    [
      ['campagnes', []],
      ['fiche-etablissement', ['cpu']],
    ],
  )
  assert.equal((await house.call(rgc, 'GET', '/conditions')).body.items.length, 0, 'she holds none')
  await accept(claire, cpu)
  assert.deepEqual((await house.call(claire, 'GET', '/my-rights')).body.items[1].missing, [])
})

test('POR-2: refused: a text that changed, a version replaced or to come, one accepted already, another person’s', async () => {
  const first = await published(house, admin)
  assert.equal((await accept(claire, { ...first, hash: 'a'.repeat(64) })).body.code, 'conditions/text-changed')
  const second = await published(house, admin, { body: 'Autre texte' })
  assert.equal((await accept(claire, first)).body.code, 'conditions/not-in-force')
  assert.equal((await accept(claire, { id: uuidv7(), hash: first.hash })).body.code, 'conditions/not-in-force')
  const third = await published(house, admin, { body: 'Plus tard', inForceOn: addDays(today(), 10) })
  assert.equal(third.state, 'to-come')
  assert.equal((await accept(claire, third)).body.code, 'conditions/not-in-force')
  assert.equal((await accept(claire, second)).status, 200)
  assert.equal((await accept(claire, second)).body.code, 'conditions/already-accepted')
  assert.equal((await accept(claire, second, first)).body.code, 'conditions/not-in-force', 'all or nothing')
  assert.equal(
    (await house.call(null, 'POST', '/acceptances', { documents: [{ documentId: first.id, hash: first.hash }] }))
      .status,
    401,
  )
  assert.equal((await house.call(claire, 'POST', '/acceptances', { documents: [] })).status, 400)
})

test('POR-2: at once: accepted in two tabs, kept once with the first instant', async () => {
  const document = await published(house, admin)
  const answers = await Promise.all([accept(claire, document), accept(claire, document)])
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
  assert.equal((await house.owner.query('select from acceptances where account_id = $1', [claire.id])).rowCount, 1)
})

test('POR-2, SEC-6: straight to the database, none accepts for another, another text, or a text to come; nothing accepted is changed or withdrawn', async () => {
  const document = await published(house, admin)
  const later = await published(house, admin, { body: 'Plus tard', inForceOn: addDays(today(), 10) })
  const other = await house.person(partner)
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  const asClaire = async (query: string, values: unknown[] = []) => {
    await web.query('begin')
    try {
      await web.query('select ctx.enter($1)', [
        createHash('sha256').update(claire.cookie.slice('session='.length)).digest(),
      ])
      return await web.query(query, values).then(
        () => 'written',
        e => e.code,
      )
    } finally {
      await web.query('rollback')
    }
  }
  const insert =
    "insert into acceptances (account_id, document_id, organisation_id, body_hash, accepted_at) values ($1, $2, $3, decode($4, 'hex'), now())"
  assert.equal(await asClaire(insert, [claire.id, document.id, partner, document.hash]), 'written')
  assert.equal(await asClaire(insert, [other.id, document.id, partner, document.hash]), '42501')
  assert.equal(await asClaire(insert, [claire.id, document.id, admin.organisationId, document.hash]), '42501')
  assert.equal(await asClaire(insert, [claire.id, document.id, partner, 'ab'.repeat(32)]), '23503')
  assert.equal(await asClaire(insert, [claire.id, later.id, partner, later.hash]), '42501')
  for (const change of [
    'update acceptances set accepted_at = now()',
    'delete from acceptances',
    `update documents set body = 'x'`,
    'delete from documents',
  ])
    assert.equal(await asClaire(change), '42501', change)
  assert.equal(
    await asClaire(
      `insert into documents (id, kind, version, title, body, body_hash, in_force_from, published_by, published_at)
        values ('${uuidv7()}', 'cgu', 9, 'x', 'x', sha256('x'), now(), '${claire.id}', now())`,
    ),
    '42501',
  )
  await web.end()
})

test('AGR-8: all versions stay readable with their dates, in the order in which they prevail', async () => {
  await published(house, admin, { kind: 'securite', title: 'Règles de sécurité' })
  await published(house, admin, { kind: 'cpu', tool: 'campagnes', title: 'Conditions de Campagnes coordonnées' })
  const first = await published(house, admin, { body: 'Ancien texte' })
  const second = await published(house, admin)
  const third = await published(house, admin, { inForceOn: addDays(today(), 3), body: 'Texte à venir' })
  const { body } = await house.call(claire, 'GET', '/documents')
  assert.deepEqual(
    body.items.map((d: any) => [d.kind, d.version, d.state]),
    [
      ['cgu', 3, 'to-come'],
      ['cgu', 2, 'in-force'],
      ['cgu', 1, 'replaced'],
      ['cpu', 1, 'in-force'],
      ['securite', 1, 'in-force'],
    ],
  )
  assert.equal(body.items[2].inForceUntil, second.inForceFrom)
  assert.equal(body.items[1].inForceUntil, third.inForceFrom)
  assert.match(third.inForceFrom, /T2[23]:00:00\.000Z$/, 'midnight in Paris')
  assert.equal((await house.call(claire, 'GET', `/documents/${first.id}`)).body.body, 'Ancien texte')
  assert.equal((await house.call(claire, 'GET', `/documents/${uuidv7()}`)).status, 404)
  assert.deepEqual(body.allowed, [])
})

test('POR-2: published by the operator’s administrators alone, for today or later, after the last version', async () => {
  for (const who of [claire, rgc])
    assert.equal((await house.call(who, 'POST', '/documents', aText(), once())).body.code, 'access/role-required')
  for (const [over, code] of [
    [{ inForceOn: addDays(today(), -1) }, 'conditions/date-past'],
    [{ kind: 'cpu' }, 'conditions/tool-expected'],
    [{ tool: 'campagnes' }, 'conditions/tool-expected'],
  ] as const)
    assert.equal((await house.call(admin, 'POST', '/documents', aText(over), once())).body.code, code)
  await published(house, admin, { inForceOn: addDays(today(), 5) })
  assert.equal(
    (await house.call(admin, 'POST', '/documents', aText(), once())).body.code,
    'conditions/date-before-last',
  )
  for (const over of [{ body: ' ' }, { kind: 'autre' }, { inForceOn: '2026-02-30' }])
    assert.equal((await house.call(admin, 'POST', '/documents', aText(over), once())).status, 400)
  const old = await house.person(admin.organisationId, [], { provenAt: new Date(Date.now() - 11 * 60_000) } as never)
  await giveRole(house.owner, old, 'administrateur')
  assert.equal((await house.call(old, 'POST', '/documents', aText(), once())).body.code, 'session/step-up-required')
})

test('POR-2: at once: two administrators publish, one version is made, the other is told', async () => {
  const answers = await Promise.all(
    [1, 2].map(n => house.call(admin, 'POST', '/documents', aText({ body: `Texte ${n}` }), once())),
  )
  const statuses = answers.map(a => a.status).sort()
  assert.ok(statuses[0] === 200, String(statuses))
  const versions = (await house.owner.query('select version from documents order by version')).rows.map(r => r.version)
  assert.deepEqual(
    versions,
    versions.map((_, i) => i + 1),
    'numbers without a gap nor a double',
  )
})

test('PRI-7: the reminder to who leaves says the day, and that confidentiality never ends', async () => {
  const tx = await house.database.begin()
  await tx.enter(createHash('sha256').update(rgc.cookie.slice('session='.length)).digest())
  await remindLeaver(
    tx,
    { to: { accountId: claire.id }, accountId: claire.id, leavesOn: '2026-12-01' },
    { newId: uuidv7, now: new Date() },
  )
  await tx.commit()
  const [mail] = await deliverMails(house, mailbox)
  assert.equal(mail!.subject, 'Votre départ : la confidentialité continue')
  assert.match(mail!.text, /prend fin le 1(er)? décembre 2026/)
  assert.match(mail!.text, /sans limite de durée/)
})
