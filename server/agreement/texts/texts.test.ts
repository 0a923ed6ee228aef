import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays } from '../../platform/time.ts'
import { actions as identity } from '../../signing-in/identity/index.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { acceptTexts, publishTexts, unpublishTexts } from '../../testing/texts.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { tools } from '../tools/index.ts'
import { texts } from './index.ts'
import { aText, castOf, emptied, published, today, trail, works } from './testing.ts'

let house: House
let partner: string
let admin: Person
let claire: Person
let rgc: Person
before(async () => {
  house = await openHouse([...texts, ...tools, ...campaigns, ...identity])
  ;({ partner, admin, claire, rgc } = await castOf(house))
})
after(async () => {
  await house.close()
})
beforeEach(() => unpublishTexts(house.owner, 'cgu'))
afterEach(async () => {
  await emptied(house, 'acceptances', 'documents', 'mails')
  await publishTexts(house.owner)
  await acceptTexts(house.owner)
})

const accept = (who: Person, ...documents: { id: string; hash: string }[]) =>
  house.call(
    who,
    'POST',
    '/acceptances',
    { documents: documents.map(d => ({ documentId: d.id, hash: d.hash })) },
    once(),
  )

test('POR-2, ACC-7: the version in force is asked before going on, a new version asks again, and every acceptance stays with its version, digest and instant', async () => {
  assert.equal(await works(house, claire), 'access/unpublished')
  assert.equal((await house.call(claire, 'GET', '/conditions')).body.toAccept, 0, 'nothing to accept yet')
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
  const ofUse = kept.items.filter((a: any) => a.kind === 'cgu')
  assert.deepEqual(ofUse.map((a: any) => [a.version, a.hash]).sort(), [
    [1, first.hash],
    [2, second.hash],
  ])
  assert.equal((await trail(house, 'conditions.accepted')).filter(e => e.actor_id === claire.id).length, 2)
})

test('POR-2: a tool’s conditions are asked of who holds a grant of it, and cut that tool alone', async () => {
  await accept(claire, await published(house, admin))
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
  const { items } = (await house.call(rgc, 'GET', '/conditions')).body
  assert.deepEqual(
    items.map((i: any) => i.kind),
    ['cgu', 'confidentialite', 'securite'],
    'she holds none',
  )
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
  assert.equal(
    (
      await house.owner.query('select from acceptances where account_id = $1 and document_id = $2', [
        claire.id,
        document.id,
      ])
    ).rowCount,
    1,
  )
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
  await unpublishTexts(house.owner)
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
  const versions = (
    await house.owner.query(`select version from documents where kind = 'cgu' order by version`)
  ).rows.map(r => r.version)
  assert.deepEqual(
    versions,
    versions.map((_, i) => i + 1),
    'numbers without a gap nor a double',
  )
})

test('POR-2, AGR-12: a text to come is cancelled with its reason: it is asked of nobody, stays readable, and another takes its day', async () => {
  const first = await published(house, admin)
  await accept(claire, first)
  const day = addDays(today(), 3)
  const wrong = await published(house, admin, { inForceOn: day })
  const cancel = (id: string, who = admin, reason = 'Un article manque') =>
    house.call(who, 'POST', `/documents/${id}/cancellation`, { reason }, once())
  assert.deepEqual((await house.call(admin, 'GET', `/documents/${wrong.id}`)).body.allowed, ['cancel'])
  assert.deepEqual((await house.call(claire, 'GET', `/documents/${wrong.id}`)).body.allowed, [])
  for (const who of [claire, rgc]) assert.equal((await cancel(wrong.id, who)).body.code, 'access/role-required')
  assert.equal((await cancel(first.id)).body.code, 'conditions/in-force')
  assert.equal((await cancel(wrong.id, admin, '')).status, 400)
  assert.equal((await cancel(uuidv7())).status, 404)
  const both = await Promise.all([cancel(wrong.id), cancel(wrong.id)])
  const codes = both.map(a => a.body.code ?? a.body.state).sort()
  assert.equal(codes[0], 'cancelled')
  assert.match(codes[1], /^(conditions\/cancelled|request\/changed-meanwhile)$/)
  const { body: kept } = await house.call(claire, 'GET', `/documents/${wrong.id}`)
  assert.deepEqual([kept.state, kept.cancelled.reason, kept.body], ['cancelled', 'Un article manque', aText().body])
  assert.equal((await trail(house, 'conditions.cancelled')).length, 1)
  // Its day comes: what was accepted still stands, in the page and in the database.
  await house.owner.query('update documents set in_force_from = in_force_from - $1::interval', ['4 days'])
  assert.equal(await works(house, claire), 'open')
  assert.equal((await house.call(claire, 'GET', '/conditions')).body.toAccept, 0)
  assert.equal((await accept(claire, wrong)).body.code, 'conditions/not-in-force')
  await house.owner.query('update documents set in_force_from = in_force_from + $1::interval', ['4 days'])
  assert.equal((await published(house, admin, { inForceOn: day })).version, 3)
})

test('POR-2, SEC-6: straight to the database, a text is cancelled by an administrator, in their own name, while it is to come, and accepted by nobody after', async () => {
  const [first, next] = [
    await published(house, admin),
    await published(house, admin, { inForceOn: addDays(today(), 3) }),
  ]
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  const changed = async (who: Person, query: string) => {
    await web.query('begin')
    try {
      await web.query('select ctx.enter($1)', [tokenHash(who.cookie.slice('session='.length))])
      return (await web.query(query)).rowCount
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await web.query('rollback')
    }
  }
  const cancelling = (id: string, by: Person) =>
    `update documents set cancelled_at = now(), cancelled_by = '${by.id}', cancel_reason = 'x' where id = '${id}'`
  assert.deepEqual(
    [
      await changed(admin, cancelling(next.id, admin)),
      await changed(admin, cancelling(first.id, admin)),
      await changed(claire, cancelling(next.id, claire)),
      await changed(admin, cancelling(next.id, claire)),
      await changed(admin, `update documents set title = 'x' where id = '${next.id}'`),
    ],
    [1, 0, 0, '42501', '42501'],
  )
  await house.owner.query(
    `update documents set cancelled_at = now(), cancelled_by = $1, cancel_reason = 'x' where id = $2`,
    [admin.id, next.id],
  )
  assert.equal(await changed(admin, cancelling(next.id, admin)), 0, 'it was, and keeps its reason')
  await house.owner.query(`update documents set in_force_from = now() - interval '1 hour' where id = $1`, [next.id])
  assert.equal(
    await changed(
      claire,
      `insert into acceptances (account_id, organisation_id, document_id, body_hash, accepted_at)
        select '${claire.id}', '${claire.organisationId}', id, body_hash, now() from documents where id = '${next.id}'`,
    ),
    '42501',
  )
  await web.end()
})

test('ACC-7, AGR-12: while one text that work rests on is not published, no grant opens, and one’s page says which, to whom it falls', async () => {
  await accept(claire, await published(house, admin))
  assert.equal(await works(house, claire), 'open')
  for (const [kind, sentence] of [
    ['cgu', 'L’opérateur n’a pas encore publié les conditions générales d’utilisation.'],
    ['confidentialite', 'L’opérateur n’a pas encore publié les règles de confidentialité.'],
    ['securite', 'L’opérateur n’a pas encore publié les règles de sécurité.'],
    ['cpu', 'L’opérateur n’a pas encore publié les conditions particulières d’un outil.'],
  ] as const) {
    await unpublishTexts(house.owner, kind)
    assert.equal(await works(house, claire), 'access/unpublished', kind)
    const { body: rights } = await house.call(claire, 'GET', '/my-rights')
    assert.ok(rights.items.every((i: any) => i.missing.join() === `${kind}-unpublished`))
    const { missing } = (await house.call(claire, 'GET', '/me')).body
    assert.deepEqual(
      missing.map((m: any) => [m.code, m.sentence, m.whoActs]),
      [
        [
          `grant/${kind}-unpublished`,
          sentence,
          'Les administrateurs de l’opérateur, qui publient les textes et l’annexe 4.',
        ],
      ],
    )
    await publishTexts(house.owner)
    await acceptTexts(house.owner)
  }
  assert.equal(await works(house, claire), 'open')
})
