import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/habilitations/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { portal } from './index.ts'
import { remindAwareness } from './remind-awareness.job.ts'
import { remindLeaver } from './remind-leaver.ts'

let house: House
let mailbox: Mailbox
let partner: string
let admin: Person
let claire: Person
let rgc: Person
const today = () => parisDay(new Date())
const advisor = [
  { tool: 'campagnes', profile: 'conseiller', territoryId: 0 },
  { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 },
] as const

before(async () => {
  house = await openHouse([...portal, ...campaigns])
  mailbox = await openMailbox()
  const operator = (await house.organisation({ kind: 'operateur' })).id
  partner = (await house.organisation()).id
  admin = await house.person(operator)
  await giveRole(house.owner, admin, 'administrateur')
  claire = await house.person(partner, [...advisor])
  rgc = await house.person(partner)
  await giveRole(house.owner, rgc, 'rgc')
})
after(async () => {
  await mailbox.close()
  await house.close()
})
const setClock = async (days: number) => {
  await house.owner.query('delete from secret.clock')
  if (days) await house.owner.query('insert into secret.clock values ($1)', [`${days} days`])
}
afterEach(async () => {
  await setClock(0)
  for (const table of [
    'acceptances',
    'documents',
    'awareness_records',
    'awareness_policies',
    'annex_4_entries',
    'annex_4_versions',
    'tool_states',
    'equipment_validations',
    'access_requests',
    'access_requesters',
    'mails',
  ])
    await house.owner.query(`delete from ${table}`)
  await house.owner.query(
    `delete from annex_4_tools where in_force_from > '2021-01-01'; update annex_4_tools set in_force_until = null`,
  )
  await house.owner.query(`update grants set revoked_at = null, revoke_reason = null`)
})

const text = (over: object = {}) => ({
  kind: 'cgu',
  tool: null,
  title: 'Conditions générales d’utilisation',
  body: '# Conditions\n\nTexte à accepter.',
  inForceOn: today(),
  ...over,
})
const publish = async (over: object = {}) => {
  const { status, body } = await house.call(admin, 'POST', '/documents', text(over), once())
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const accept = (who: Person, ...documents: { id: string; hash: string }[]) =>
  house.call(
    who,
    'POST',
    '/acceptances',
    { documents: documents.map(d => ({ documentId: d.id, hash: d.hash })) },
    once(),
  )
const works = async (who: Person) => (await house.call(who, 'GET', '/campaigns')).body.code ?? 'open'
const trail = async (action: string) =>
  (
    await house.owner.query(
      'select actor_id, subject_kind, subject_id from audit_entries where action = $1 order by at, id',
      [action],
    )
  ).rows

test('POR-2, ACC-7: the version in force is asked before going on, a new version asks again, and every acceptance stays with its version, digest and instant', async () => {
  assert.equal(await works(claire), 'open')
  const first = await publish()
  assert.equal(first.hash, createHash('sha256').update(text().body).digest('hex'))
  assert.equal(await works(claire), 'access/conditions-to-accept')
  const { body: conditions } = await house.call(claire, 'GET', '/conditions')
  assert.deepEqual(
    [conditions.toAccept, conditions.items[0].body, conditions.items[0].acceptedAt],
    [1, text().body, null],
  )

  assert.deepEqual((await accept(claire, first)).body, { accepted: 1, toAccept: 0 })
  assert.equal(await works(claire), 'open', 'at the next request')

  const second = await publish({ body: '# Conditions\n\nTexte changé.' })
  assert.equal(second.version, 2)
  assert.equal(await works(claire), 'access/conditions-to-accept')
  assert.equal((await accept(claire, second)).status, 200)
  assert.equal(await works(claire), 'open')
  const { body: kept } = await house.call(claire, 'GET', '/acceptances')
  assert.deepEqual(kept.items.map((a: any) => [a.version, a.hash]).sort(), [
    [1, first.hash],
    [2, second.hash],
  ])
  assert.equal((await trail('conditions.accepted')).filter(e => e.actor_id === claire.id).length, 2)
})

test('POR-2: a tool’s conditions are asked of who holds a grant of it, and cut that tool alone', async () => {
  const cpu = await publish({ kind: 'cpu', tool: 'fiche-etablissement', title: 'Conditions de la fiche' })
  assert.equal(await works(claire), 'open')
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
  const first = await publish()
  assert.equal((await accept(claire, { ...first, hash: 'a'.repeat(64) })).body.code, 'conditions/text-changed')
  const second = await publish({ body: 'Autre texte' })
  assert.equal((await accept(claire, first)).body.code, 'conditions/not-in-force')
  assert.equal((await accept(claire, { id: uuidv7(), hash: first.hash })).body.code, 'conditions/not-in-force')
  const third = await publish({ body: 'Plus tard', inForceOn: addDays(today(), 10) })
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
  const document = await publish()
  const answers = await Promise.all([accept(claire, document), accept(claire, document)])
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
  assert.equal((await house.owner.query('select from acceptances where account_id = $1', [claire.id])).rowCount, 1)
})

test('POR-2, SEC-6: straight to the database, none accepts for another, another text, or a text to come; nothing accepted is changed or withdrawn', async () => {
  const document = await publish()
  const later = await publish({ body: 'Plus tard', inForceOn: addDays(today(), 10) })
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
    'update awareness_records set done_on = now()',
    'delete from annex_4_versions',
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
  await publish({ kind: 'securite', title: 'Règles de sécurité' })
  await publish({ kind: 'cpu', tool: 'campagnes', title: 'Conditions de Campagnes coordonnées' })
  const first = await publish({ body: 'Ancien texte' })
  const second = await publish()
  const third = await publish({ inForceOn: addDays(today(), 3), body: 'Texte à venir' })
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
    assert.equal((await house.call(who, 'POST', '/documents', text(), once())).body.code, 'access/role-required')
  for (const [over, code] of [
    [{ inForceOn: addDays(today(), -1) }, 'conditions/date-past'],
    [{ kind: 'cpu' }, 'conditions/tool-expected'],
    [{ tool: 'campagnes' }, 'conditions/tool-expected'],
  ] as const)
    assert.equal((await house.call(admin, 'POST', '/documents', text(over), once())).body.code, code)
  await publish({ inForceOn: addDays(today(), 5) })
  assert.equal((await house.call(admin, 'POST', '/documents', text(), once())).body.code, 'conditions/date-before-last')
  for (const over of [{ body: ' ' }, { kind: 'autre' }, { inForceOn: '2026-02-30' }])
    assert.equal((await house.call(admin, 'POST', '/documents', text(over), once())).status, 400)
  const old = await house.person(admin.organisationId, [], { provenAt: new Date(Date.now() - 11 * 60_000) } as never)
  await giveRole(house.owner, old, 'administrateur')
  assert.equal((await house.call(old, 'POST', '/documents', text(), once())).body.code, 'session/step-up-required')
})

test('POR-2: at once: two administrators publish, one version is made, the other is told', async () => {
  const answers = await Promise.all(
    [1, 2].map(n => house.call(admin, 'POST', '/documents', text({ body: `Texte ${n}` }), once())),
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

const entry = (tool: string) => ({
  tool,
  purpose: 'Coordonner les démarches auprès des employeurs.',
  dataCategories: ['Identité de l’établissement', 'Échanges'],
  commitments: 'Ouvert tous les jours.',
  documentationUrl: null,
})
const publishAnnex = (over: object = {}) =>
  house.call(
    admin,
    'POST',
    '/annex-4',
    {
      inForceOn: today(),
      note: 'Nouvelle liste',
      entries: ['campagnes', 'fiche-etablissement', 'fiche-recrutement'].map(entry),
      ...over,
    },
    once(),
  )

test('AGR-12: a tool withdrawn from annex 4 opens nothing at that instant, loses its grants, and does not bring them back', async () => {
  assert.equal((await publishAnnex()).status, 200)
  assert.equal(await works(claire), 'open')
  assert.equal((await publishAnnex({ entries: [entry('fiche-etablissement')] })).status, 200)
  const lost = (
    await house.owner.query(
      `select tool, revoked_at is not null as revoked, revoke_reason from grants where account_id = $1 order by tool`,
      [claire.id],
    )
  ).rows
  assert.deepEqual(
    lost.map(r => [r.tool, r.revoked]),
    [
      ['campagnes', true],
      ['fiche-etablissement', false],
    ],
  )
  assert.match(lost[0].revoke_reason, /annexe 4/)
  assert.equal(await works(claire), 'access/no-grant')
  assert.equal((await publishAnnex()).status, 200)
  assert.equal(await works(claire), 'access/no-grant', 'a new grant is needed')
  const back = await house.person(partner, [...advisor])
  assert.equal(await works(back), 'open')
  await house.owner.query('select ctx.settle_withdrawn_tools()')
  assert.equal(await works(back), 'open', 'and what was given since stays')
  const { body: tools } = await house.call(claire, 'GET', '/tools')
  assert.deepEqual(
    tools.items.map((t: any) => [t.tool, t.open, t.mine]),
    [
      ['campagnes', true, false],
      ['fiche-etablissement', true, true],
      ['fiche-recrutement', true, false],
    ],
  )
  assert.equal(tools.annex.number, 3)
})

test('AGR-12: withdrawn later, a tool stays open until that very instant, and closes without anything running', async () => {
  assert.equal(
    (await publishAnnex({ inForceOn: addDays(today(), 3), entries: [entry('fiche-etablissement')] })).status,
    200,
  )
  assert.equal(await works(claire), 'open')
  const [campagnes] = (await house.call(claire, 'GET', '/tools')).body.items
  assert.ok(campagnes.open && campagnes.closesAt)
  const session = await house.person(partner, [...advisor], {
    createdAt: new Date(Date.now() + 3.99 * 86_400_000),
    lastSeenAt: new Date(Date.now() + 3.99 * 86_400_000),
  } as never)
  await setClock(4)
  assert.equal(await works(session), 'access/tool-withdrawn')
  assert.equal((await house.owner.query('select from grants where revoked_at is not null')).rowCount, 0)
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  assert.ok((await worker.query('select ctx.settle_withdrawn_tools() as n')).rows[0].n >= 2)
  assert.equal((await worker.query('select ctx.settle_withdrawn_tools() as n')).rows[0].n, 0, 'twice: nothing more')
  await worker.end()
  assert.equal(await works(session), 'access/no-grant')
})

test('AGR-12: refused: by others than administrators, a tool twice, a day past or before the last version; malformed', async () => {
  for (const who of [claire, rgc])
    assert.equal(
      (
        await house.call(
          who,
          'POST',
          '/annex-4',
          { inForceOn: today(), note: 'x', entries: [entry('campagnes')] },
          once(),
        )
      ).body.code,
      'access/role-required',
    )
  assert.equal(
    (await publishAnnex({ entries: [entry('campagnes'), entry('campagnes')] })).body.code,
    'annex/tool-twice',
  )
  assert.equal((await publishAnnex({ inForceOn: addDays(today(), -1) })).body.code, 'conditions/date-past')
  assert.equal((await publishAnnex({ inForceOn: addDays(today(), 9) })).status, 200)
  assert.equal((await publishAnnex()).body.code, 'conditions/date-before-last')
  for (const wrong of [
    { entries: [] },
    { entries: [{ ...entry('campagnes'), documentationUrl: 'http://doc.example' }] },
    { entries: [entry('autre')] },
    { note: '' },
  ])
    assert.equal((await publishAnnex(wrong)).status, 400, JSON.stringify(wrong))
})

test('POR-1: each common tool with its purpose, data, conditions, commitments, documentation and state of service', async () => {
  const bare = (await house.call(claire, 'GET', '/tools')).body
  assert.deepEqual(
    [bare.annex, bare.items[0].purpose, bare.items[0].service, bare.items[0].open],
    [null, null, null, true],
    'nothing is said that was not published',
  )
  await publishAnnex({
    entries: [
      { ...entry('campagnes'), documentationUrl: 'https://documentation.example/campagnes' },
      entry('fiche-etablissement'),
      entry('fiche-recrutement'),
    ],
  })
  const cpu = await publish({ kind: 'cpu', tool: 'campagnes', title: 'Conditions de Campagnes coordonnées' })
  const said = await house.call(
    admin,
    'POST',
    '/tools/campagnes/states',
    { state: 'perturbe', message: 'Recherche ralentie.' },
    once(),
  )
  assert.equal(said.status, 200)
  await house.call(
    admin,
    'POST',
    '/tools/campagnes/states',
    { state: 'perturbe', message: 'Retour prévu à midi.' },
    once(),
  )
  const [tool] = (await house.call(claire, 'GET', '/tools')).body.items
  assert.deepEqual(
    [
      tool.purpose,
      tool.dataCategories.length,
      tool.documentationUrl,
      tool.cpu.id,
      tool.service.state,
      tool.service.message,
    ],
    [entry('x').purpose, 2, 'https://documentation.example/campagnes', cpu.id, 'perturbe', 'Retour prévu à midi.'],
  )
  assert.equal(tool.service.since, said.body.since, 'since it began, not since the last word')
  assert.equal(
    (await house.call(claire, 'POST', '/tools/campagnes/states', { state: 'disponible', message: '' }, once())).body
      .code,
    'access/role-required',
  )
  assert.equal(
    (await house.call(admin, 'POST', '/tools/autre/states', { state: 'disponible', message: '' }, once())).status,
    400,
  )
})

test('SEC-4: an awareness is recorded by another than the person: account manager or training lead for their structure, security officer for all', async () => {
  const record = (who: Person, accountId: string, over: object = {}) =>
    house.call(
      who,
      'POST',
      '/awareness-records',
      { accountId, doneOn: today(), modality: 'reunion', title: 'Sensibilisation annuelle', minutes: 45, ...over },
      once(),
    )
  const { status, body } = await record(rgc, claire.id)
  assert.deepEqual(
    [status, body.lastOn, body.late, body.dueOn.slice(0, 4)],
    [200, today(), false, String(Number(today().slice(0, 4)) + 1)],
  )
  assert.equal((await record(claire, rgc.id)).body.code, 'awareness/recorders-only')
  assert.equal((await record(rgc, rgc.id)).body.code, 'awareness/by-another')
  assert.equal((await record(rgc, admin.id)).body.code, 'awareness/recorders-only', 'of another structure')
  assert.equal((await record(rgc, claire.id, { doneOn: addDays(today(), 1) })).body.code, 'awareness/in-future')
  assert.equal((await record(rgc, uuidv7())).body.code, 'account/unknown')
  assert.equal((await record(rgc, claire.id, { modality: 'ouï-dire' })).status, 400)
  const cssi = await house.person(admin.organisationId)
  await giveRole(house.owner, cssi, 'cssi')
  assert.equal((await record(cssi, claire.id)).status, 200)
  const lead = await house.person(partner)
  await giveRole(house.owner, lead, 'responsable-formation')
  assert.equal((await record(lead, rgc.id)).status, 200)

  const { body: list } = await house.call(rgc, 'GET', '/awareness?limit=1')
  assert.ok(list.items[0].organisation.id === partner && list.next)
  const all = []
  for (let after = ''; ; ) {
    const page = (await house.call(rgc, 'GET', `/awareness?limit=2${after && `&after=${after}`}`)).body
    all.push(...page.items)
    if (!page.next) break
    after = page.next
  }
  assert.equal(new Set(all.map(i => i.person.id)).size, all.length)
  assert.ok(all.every(i => i.organisation.id === partner))
  assert.equal((await house.call(claire, 'GET', '/awareness')).body.code, 'awareness/readers-only')
  assert.ok(
    (await house.call(cssi, 'GET', '/awareness?limit=200')).body.items.some((i: any) => i.organisation.id === partner),
  )
})

test('SEC-4, ACC-7: an awareness past due warns, and cuts once the operator has decided so', async () => {
  await house.owner.query(`update accounts set created_at = now() - interval '2 years' where id = $1`, [claire.id])
  assert.equal(await works(claire), 'open')
  const rights = async () => (await house.call(claire, 'GET', '/my-rights')).body.awareness
  assert.deepEqual(
    [(await rights()).lastOn, (await rights()).dueOn < today(), (await rights()).cuts],
    [null, true, false],
  )
  assert.equal(
    (await house.call(rgc, 'POST', '/awareness-policies', { cuts: true }, once())).body.code,
    'access/role-required',
  )
  assert.equal((await house.call(admin, 'POST', '/awareness-policies', { cuts: true }, once())).status, 200)
  assert.equal(await works(claire), 'access/awareness-due')
  await house.call(
    rgc,
    'POST',
    '/awareness-records',
    { accountId: claire.id, doneOn: today(), modality: 'academie', title: 'Module de sécurité' },
    once(),
  )
  assert.equal(await works(claire), 'open')
  await house.owner.query(`update accounts set created_at = now() where id = $1`, [claire.id])
})

test('SEC-4: reminded by mail a month before, then once it is past due; once each for one date, and no one without a grant', async () => {
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const remind = () => within(worker)(remindAwareness)
  await house.owner.query('update accounts set created_at = now()')
  assert.equal(await remind(), 0)
  await house.owner.query(
    `update accounts set created_at = now() - interval '1 year' + interval '20 days' where id = any ($1)`,
    [[claire.id, rgc.id]],
  )
  assert.equal(await remind(), 1, 'the account manager holds no grant')
  assert.equal(await remind(), 0)
  let [mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /à renouveler/)
  assert.match(mail!.text, /avant le \d{1,2}(er)? \S+ \d{4}/)
  await house.owner.query(`update accounts set created_at = now() - interval '1 year 2 days' where id = $1`, [
    claire.id,
  ])
  const other = new pg.Client(house.urls.workerUrl)
  await other.connect()
  assert.deepEqual((await Promise.all([remind(), within(other)(remindAwareness)])).sort(), [0, 1], 'at once: told once')
  await other.end()
  ;[mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /dépassée/)
  await worker.end()
  await house.owner.query('update accounts set created_at = now()')
})

test('SEC-7: the structure’s dated validation of its hardware, network and second factors, by those who answer for them', async () => {
  const validate = (who: Person, over: object = {}) =>
    house.call(
      who,
      'POST',
      '/equipment-validations',
      { parts: ['materiel', 'reseau'], validatedOn: today(), note: 'Parc vérifié', ...over },
      once(),
    )
  assert.equal((await validate(claire)).body.code, 'equipment/recorders-only')
  assert.deepEqual((await house.call(rgc, 'GET', '/equipment-validations')).body.lacking, [
    'materiel',
    'reseau',
    'second-facteur',
  ])
  const { status, body } = await validate(rgc)
  assert.deepEqual([status, body.parts, body.by.id], [200, ['materiel', 'reseau'], rgc.id])
  const rssi = await house.person(partner)
  await giveRole(house.owner, rssi, 'rssi')
  assert.equal((await validate(rssi, { parts: ['second-facteur'], validatedOn: addDays(today(), -10) })).status, 200)
  assert.equal((await validate(rgc, { validatedOn: addDays(today(), 1) })).body.code, 'equipment/in-future')
  for (const over of [{ parts: [] }, { parts: ['ecran'] }, { parts: ['reseau', 'reseau'] }])
    assert.equal((await validate(rgc, over)).status, 400)
  const seen = (await house.call(claire, 'GET', '/equipment-validations')).body
  assert.deepEqual([seen.items.length, seen.lacking, seen.allowed], [2, [], []])
  const stranger = await house.person((await house.organisation()).id)
  assert.deepEqual((await house.call(stranger, 'GET', '/equipment-validations')).body.items, [])
  assert.equal((await house.call(admin, 'GET', '/equipment-validations')).body.items.length, 2)
  await house.owner.query(
    `insert into equipment_validations select gen_random_uuid(), case when n = 0 then $1::uuid
      else $3::uuid end, true, n = 0, n = 0, '2026-01-01'::date + n, '', $2, now() from generate_series(0, 250) n`,
    [admin.organisationId, admin.id, partner],
  )
  const whole = (await house.call(admin, 'GET', '/equipment-validations')).body
  assert.deepEqual(
    [whole.items.length, whole.lacking],
    [200, []],
    'one’s own structure, also past the bound of the list',
  )
  assert.equal((await trail('equipment.validated')).length, 2)
})

test('POR-7: access is asked for by the person the structure designated, and by no one else, whatever their role', async () => {
  const ask = (who: Person, over: object = {}) =>
    house.call(who, 'POST', '/access-requests', { people: 12, message: '', ...over }, once())
  const designate = (who: Person, accountId: string) =>
    house.call(who, 'POST', '/access-requesters', { accountId }, once())
  const signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
  for (const who of [claire, rgc, signatory, admin])
    assert.equal((await ask(who)).body.code, 'access-request/designated-only')
  assert.equal((await designate(rgc, claire.id)).body.code, 'access-request/signatory-only')
  assert.equal((await designate(signatory, admin.id)).body.code, 'account/unknown', 'of another structure')
  assert.equal((await designate(signatory, claire.id)).status, 200)
  const { status, body: request } = await ask(claire)
  assert.deepEqual([status, request.people, request.decision, request.told.emptyRoles], [200, 12, null, []])
  const asked = async () =>
    (await house.owner.query(`select to_account_id, path, body from mails where kind = 'access-requested' order by 1`))
      .rows
  const answerers = (
    await house.owner.query(`select account_id from role_assignments where role = 'administrateur' order by 1`)
  ).rows.map(r => r.account_id)
  assert.ok(answerers.includes(admin.id))
  assert.deepEqual(
    (await asked()).map(m => [m.to_account_id, m.path, /pour 12 personnes/.test(m.body)]),
    answerers.map(id => [id, '/demandes-d-acces', true]),
    'those who answer it are told',
  )
  assert.equal((await ask(claire)).body.code, 'access-request/pending')
  assert.equal((await ask(claire, { people: 0 })).status, 400)
  assert.equal((await asked()).length, answerers.length, 'once, and of no request refused')

  assert.equal((await designate(signatory, rgc.id)).status, 200, 'replaces')
  assert.equal((await ask(claire)).body.code, 'access-request/designated-only')
  const { body: list } = await house.call(claire, 'GET', '/access-requests')
  assert.deepEqual([list.designated.person.id, list.items.length, list.allowed], [rgc.id, 1, []])

  assert.equal(
    (
      await house.call(
        rgc,
        'POST',
        `/access-requests/${request.id}/decision`,
        { decision: 'accepted', reason: 'x' },
        once(),
      )
    ).body.code,
    'access/role-required',
  )
  const decided = await house.call(
    admin,
    'POST',
    `/access-requests/${request.id}/decision`,
    { decision: 'accepted', reason: 'La convention est en vigueur.' },
    once(),
  )
  assert.deepEqual([decided.status, decided.body.decision], [200, 'accepted'])
  assert.equal(
    (
      await house.call(
        admin,
        'POST',
        `/access-requests/${request.id}/decision`,
        { decision: 'refused', reason: 'x' },
        once(),
      )
    ).body.code,
    'access-request/already-decided',
  )
  const mail = (await deliverMails(house, mailbox)).find(m => /acceptée/.test(m.text))
  assert.match(mail!.text, /est acceptée\.\n\nMotif donné par l’opérateur : La convention est en vigueur\./)
  assert.equal((await ask(rgc)).status, 200, 'once answered, another may be made')
})

test('POR-7: the operator reads those that wait, the oldest first, however many; then those answered', async () => {
  const [first, second] = [(await house.organisation()).id, (await house.organisation()).id]
  const request = (organisation: string, at: string, decided = false) =>
    house.owner.query(
      `insert into access_requests values (gen_random_uuid(), $1, $2, 1, '', $3,
        ${decided ? `'accepted', 'Oui.', $2, $3` : 'null, null, null, null'})`,
      [organisation, admin.id, at],
    )
  await request(second, '2026-03-02')
  await request(first, '2026-03-01')
  await request(first, '2026-01-01', true)
  await request(first, '2026-02-01', true)
  const { items } = (await house.call(admin, 'GET', '/access-requests')).body
  assert.deepEqual(
    items.map((i: any) => [i.requestedAt.slice(0, 10), i.decision]),
    [
      ['2026-03-01', null],
      ['2026-03-02', null],
      ['2026-02-01', 'accepted'],
      ['2026-01-01', 'accepted'],
    ],
  )
})

test('POR-7: designated by a transaction that began after ours: replaced all the same', async () => {
  const signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
  await house.owner.query(
    `insert into access_requesters values (gen_random_uuid(), $1, $2, $2, now() + interval '2 seconds')`,
    [partner, claire.id],
  )
  assert.equal((await house.call(signatory, 'POST', '/access-requesters', { accountId: rgc.id }, once())).status, 200)
  assert.equal((await house.owner.query('select from access_requesters where ended_at is null')).rowCount, 1)
})

test('POR-7, AGR-12: straight to the database, what is ended is not ended again at another instant', async () => {
  const signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
  await house.owner.query(
    `insert into access_requesters values (gen_random_uuid(), $1, $2, $2, '2026-01-01', '2026-02-01')`,
    [partner, claire.id],
  )
  await house.owner.query(`update annex_4_tools set in_force_until = '2026-02-01' where tool = 'fiche-recrutement'`)
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  const changed = async (who: Person, query: string) => {
    await web.query('begin')
    await web.query('select ctx.enter($1)', [createHash('sha256').update(who.cookie.slice('session='.length)).digest()])
    const { rowCount } = await web.query(query)
    await web.query('rollback')
    return rowCount
  }
  assert.equal(await changed(signatory, `update access_requesters set ended_at = '2026-03-01'`), 0)
  assert.equal(
    await changed(admin, `update annex_4_tools set in_force_until = '2026-03-01'`),
    2,
    'those still open, and no other',
  )
  await web.end()
})

test('POR-7: at once: two requests of one structure, one is taken', async () => {
  const signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
  await house.call(signatory, 'POST', '/access-requesters', { accountId: claire.id }, once())
  const answers = await Promise.all(
    [1, 2].map(people => house.call(claire, 'POST', '/access-requests', { people, message: '' }, once())),
  )
  assert.deepEqual(answers.map(a => a.body.code ?? 'taken').sort(), ['access-request/pending', 'taken'])
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
