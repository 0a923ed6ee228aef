import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { pdfMaker } from '../../platform/pdf.ts'
import { buildServer } from '../../platform/server.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { textOfPdf } from '../../testing/pdf.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { factsOf } from './convention-rules.ts'
import { loadConvention } from './conventions.queries.ts'
import { effectiveFrom, endOf } from './deadlines.ts'
import { conventionDocuments } from './document-routes.ts'
import { conventions } from './index.ts'
import { aDraft, aPdf, aSignatory, withRoles } from './testing.ts'

const region = 1075
let now = new Date('2026-02-02T09:00:00Z')
let house: House
let mailbox: Mailbox
let documents: FastifyInstance
let operator: string
let sylvie: Person // regional direction
let signer: Person // signs for the operator
let odile: Person // security officer
let elsewhere: Person // another region's direction

before(async () => {
  house = await openHouse([...conventions, ...campaigns], { clock: () => now })
  mailbox = await openMailbox()
  documents = await buildServer({
    database: house.database,
    actions: [],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1e6,
    shedLoad: false,
    clock: () => now,
    exceptions: [
      conventionDocuments({
        database: house.database,
        makePdf: pdfMaker({ waitingAtMost: 50 }),
        originKey: Buffer.alloc(32),
        publicUrl: 'http://localhost',
        clock: () => now,
        newId: uuidv7,
      }),
    ],
  })
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie'),
      (0, 'national', 'FR', 'France') on conflict do nothing`,
  )
  operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur des Essais' })).id
  sylvie = await withRoles(house, operator, { region })
  signer = await withRoles(house, operator, 'signataire')
  odile = await withRoles(house, operator, 'cssi')
  elsewhere = await withRoles(house, operator, { region: 1076 })
})
after(async () => {
  await documents.close()
  await mailbox.close()
  await house.close()
})

const at = (instant: string) => {
  now = new Date(instant)
}
const aPartner = async () => {
  const { id, name } = await newPartner()
  return { id, name, gilles: await withRoles(house, id, 'signataire'), agent: await house.person(id) }
}
const newPartner = async () => {
  const { anOrganisation, insertOrganisation } = await import('../../people-and-rights/organisations/testing.ts')
  return insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }), { convention: false })
}
const ok = async (
  who: Person,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = method === 'GET' ? {} : once(),
) => {
  const answer = await house.call(who, method, path, body, headers)
  assert.equal(answer.status, 200, `${method} ${path} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const refused = async (
  who: Person | null,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) => {
  const { status, body: answer } = await house.call(who, method, path, body, { ...once(), ...headers })
  return [status, answer.code]
}
const compose = (who: Person, id: string) =>
  documents.inject({ method: 'POST', url: `/api/conventions/${id}/document`, headers: { cookie: who.cookie } })
const download = (who: Person, id: string, document: string) =>
  documents.inject({
    method: 'GET',
    url: `/api/conventions/${id}/documents/${document}`,
    headers: { cookie: who.cookie },
  })
const draft = async (partner: { id: string }, over: object = {}) =>
  ok(sylvie, 'POST', '/conventions', aDraft(partner.id, region, over))
/** Sent with bytes that stand for its PDF: composing one is tested apart. */
const sent = async (partner: { id: string }, over: object = {}) => {
  const one = await draft(partner, over)
  const document = uuidv7()
  await house.owner.query(
    `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, of_version, added_at)
      values ($1, $2, 'convention', 'Convention', 'application/pdf', $3, sha256($3), $4, $5)`,
    [document, one.id, Buffer.from(`%PDF-1.7 ${one.number}`), one.version, now],
  )
  return {
    ...(await ok(sylvie, 'POST', `/conventions/${one.id}/send`, { documentId: document })).convention,
    sha256: createHash('sha256').update(`%PDF-1.7 ${one.number}`).digest('hex'),
  }
}
const inForce = async (partner: { id: string; gilles: Person }, over: object = {}) => {
  const one = await sent(partner, over)
  await ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  return {
    ...(await ok(signer, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })).convention,
    sha256: one.sha256,
  }
}
const stored = async (id: string) =>
  (await house.owner.query('select effective_from as from, ends_at as end from conventions where id = $1', [id]))
    .rows[0] as { from: Date | null; end: Date | null }
const trail = async (id: string): Promise<string[]> =>
  (await house.owner.query(`select action from audit_entries where subject_id = $1 order by id`, [id])).rows.map(
    r => r.action,
  )

test('AGR-1, AGR-2: drafted, composed, sent, signed by both after step-up: in force at the second signature, with what was signed, by whom and how', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await draft(partner)
  assert.deepEqual(
    [one.state, one.effectiveFrom, one.allowed.toSorted()],
    ['draft', null, ['edit', 'name-contacts', 'name-signatory', 'read-assessments', 'send', 'settle-authority']],
  )
  const made = await compose(sylvie, one.id)
  assert.equal(made.statusCode, 200, made.body)
  const { id: document, sha256 } = made.json()
  const { convention, told } = await ok(sylvie, 'POST', `/conventions/${one.id}/send`, { documentId: document })
  assert.deepEqual(
    [convention.state, told],
    [
      'sent',
      {
        mails: 1,
        emptyRoles: [
          { party: 'partenaire', role: 'gouvernance' },
          { party: 'partenaire', role: 'responsable-operationnel' },
        ],
      },
    ],
  )
  assert.deepEqual((await download(partner.gilles, one.id, document)).headers['content-type'], 'application/pdf')
  const bytes = (await download(partner.gilles, one.id, document)).rawPayload
  assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256)

  at('2026-02-03T10:00:00Z')
  assert.deepEqual(await refused(partner.agent, 'POST', `/conventions/${one.id}/sign`, { sha256 }), [
    403,
    'access/role-required',
  ])
  const stale = await house.person(partner.id, [], { provenAt: new Date('2026-02-03T09:00:00Z') })
  await giveRole(house.owner, stale, 'signataire')
  assert.deepEqual(await refused(stale, 'POST', `/conventions/${one.id}/sign`, { sha256 }), [
    403,
    'session/step-up-required',
  ])
  assert.deepEqual(await refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256: '0'.repeat(64) }), [
    409,
    'convention/other-document',
  ])
  const first = (await ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256 })).convention
  assert.deepEqual([first.state, first.effectiveFrom, (await stored(one.id)).from], ['signed-by-one', null, null])
  assert.deepEqual(await refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256 }), [
    409,
    'convention/already-signed',
  ])

  at('2026-02-05T15:30:00Z')
  const both = (await ok(signer, 'POST', `/conventions/${one.id}/sign`, { sha256 })).convention
  assert.deepEqual(
    [both.state, both.effectiveFrom, both.endsAt, both.term, both.next],
    [
      'in-force',
      '2026-02-05T15:30:00.000Z',
      null,
      { endsOn: '2026-12-31', renewal: 0, nextEndsOn: '2027-03-31' },
      { what: 'renewal', at: '2026-12-31T23:00:00.000Z' },
    ],
  )
  assert.deepEqual(
    both.signatures.map((s: any) => [s.party, s.signerName, s.how, s.sha256 === sha256, s.intact, s.signedAt]),
    [
      ['partenaire', partner.gilles.name, 'application', true, true, '2026-02-03T10:00:00.000Z'],
      ['operateur', signer.name, 'application', true, true, '2026-02-05T15:30:00.000Z'],
    ],
  )
  assert.deepEqual(await trail(one.id), [
    'convention.drafted',
    'convention.document-composed',
    'convention.sent',
    'convention.document-read',
    'convention.document-read',
    'convention.signed',
    'convention.signed',
  ])
})

test('SEC-1: who reads a document of a convention is in the trail, and without its entry nothing leaves; what is refused leaves none', async () => {
  at('2026-02-02T09:00:00Z')
  const one = await sent(await aPartner())
  const document = (await house.owner.query('select id from convention_documents where convention_id = $1', [one.id]))
    .rows[0].id
  const before = await trail(one.id)
  for (const [who, id] of [
    [elsewhere, document],
    [sylvie, uuidv7()],
  ] as const)
    assert.equal((await download(who, one.id, id)).json().code, 'not-found')
  await house.owner.query(
    `create function fails() returns trigger language plpgsql as $$ begin raise exception 'no trail'; end $$; create
      trigger fails before insert on audit_entries for each row execute function fails()`,
  )
  const answer = await download(sylvie, one.id, document)
  await house.owner.query('drop trigger fails on audit_entries; drop function fails()')
  assert.deepEqual([answer.statusCode, answer.rawPayload.includes('%PDF')], [500, false])
  assert.deepEqual(await trail(one.id), before)
  assert.equal((await download(sylvie, one.id, document)).statusCode, 200)
  const [entry] = (
    await house.owner.query(
      `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'convention.document-read' and e.subject_id = $1`,
      [one.id],
    )
  ).rows
  assert.deepEqual(entry, { actor_id: sylvie.id, detail: { document } })
})

test('AGR-1: the document holds the parties, the article and the heading of every annex, tagged; what is missing is marked; changed since, it is not sent', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await draft(partner, {
    signatories: { partenaire: aSignatory({ act: null, actOn: null }), operateur: aSignatory() },
  })
  const preview = await ok(partner.agent, 'GET', `/conventions/${one.id}/preview`)
  assert.ok(
    preview.missing.includes('L’acte qui l’habilite à signer') &&
      preview.missing.includes('Les interlocuteurs du partenaire (annexe 2)'),
  )
  assert.ok(
    preview.blocks
      .flatMap((b: any) => b.parts)
      .some((p: any) => p.missing && p.text === '[L’acte qui l’habilite à signer : à compléter]'),
  )
  const made = await compose(sylvie, one.id)
  const pdf = (await download(sylvie, one.id, made.json().id)).rawPayload
  assert.ok(pdf.includes('/MarkInfo') && pdf.includes('/StructTreeRoot'), 'tagged')
  const text = textOfPdf(pdf)
  for (const said of [
    one.number,
    partner.name,
    'Camille Essai',
    'Article 10',
    'Annexe 1 ',
    'Annexe 1 bis',
    'Annexe 2 ',
    'Annexe 2 bis',
    'Annexe 3',
    'Annexe 4',
    'Annexe 5',
    'Campagnes coordonnées',
    '31 décembre 2026',
    'à compléter',
  ])
    assert.ok(text.includes(said), `${said} · ${text.slice(0, 600)}`)
  const edited = await ok(
    sylvie,
    'PUT',
    `/conventions/${one.id}`,
    (({ organisationId: _o, regionId: _r, ...body }) => body)({ ...aDraft(partner.id, region), number: one.number }),
    { ...once(), 'if-match': `"${one.version}"` },
  )
  assert.equal(edited.version, one.version + 1)
  assert.deepEqual(await refused(sylvie, 'POST', `/conventions/${one.id}/send`, { documentId: made.json().id }), [
    409,
    'convention/document-stale',
  ])
  assert.deepEqual(
    await refused(
      sylvie,
      'PUT',
      `/conventions/${one.id}`,
      (({ organisationId: _o, regionId: _r, ...body }) => body)(aDraft(partner.id, region)),
      { 'if-match': `"${one.version}"` },
    ),
    [412, 'request/changed-meanwhile'],
  )
  assert.deepEqual(
    [(await compose(partner.gilles, one.id)).json().code, (await compose(elsewhere, one.id)).json().code],
    ['access/role-required', 'not-found'],
  )
})

test('AGR-1: the operator publishes the text by version; an unknown field or an absent annex is refused, and only its administrators may', async () => {
  const samir = await withRoles(house, operator, 'administrateur')
  const { shippedTemplate } = await import('./shipped-template.ts')
  assert.deepEqual(await refused(sylvie, 'POST', '/convention-templates', shippedTemplate), [
    403,
    'access/role-required',
  ])
  assert.deepEqual(
    await refused(samir, 'POST', '/convention-templates', {
      title: 'x',
      body: `${shippedTemplate.body}\n{{partenaire.age}}`,
    }),
    [422, 'template/unknown-placeholder'],
  )
  assert.deepEqual(
    await refused(samir, 'POST', '/convention-templates', {
      title: 'x',
      body: shippedTemplate.body.replace('## Annexe 1 bis', '## Autre'),
    }),
    [422, 'template/annex-missing'],
  )
  const [v1, v2] = [
    await ok(samir, 'POST', '/convention-templates', shippedTemplate),
    await ok(samir, 'POST', '/convention-templates', { ...shippedTemplate, title: 'Convention type' }),
  ]
  const { items } = await ok(sylvie, 'GET', '/convention-templates')
  assert.deepEqual([v1.version, v2.version, items.map((t: any) => t.version)], [1, 2, [2, 1]])
})

test('AGR-2: a signed PDF is accepted too: its bytes, their digest, the day it bears; it holds from the end of that day, never before both', async () => {
  at('2026-02-10T09:00:00Z')
  const partner = await aPartner()
  const one = await sent(partner)
  await ok(signer, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.deepEqual(
    await refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, {
      sha256: one.sha256,
      paper: { file: aPdf(), signedOn: '2026-02-13' },
    }),
    [422, 'convention/day-in-future'],
  )
  assert.deepEqual(
    await refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, {
      sha256: one.sha256,
      paper: {
        file: { name: 'x.pdf', base64: Buffer.from('<html>rien</html>').toString('base64') },
        signedOn: '2026-02-09',
      },
    }),
    [422, 'convention/not-a-pdf'],
  )
  at('2026-02-12T09:00:00Z')
  const { convention } = await ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, {
    sha256: one.sha256,
    paper: { file: aPdf(), signedOn: '2026-02-11' },
  })
  assert.deepEqual(
    [convention.state, convention.effectiveFrom, convention.signatures.map((s: any) => s.how)],
    ['in-force', '2026-02-11T23:00:00.000Z', ['application', 'papier']],
  )
  const scan = convention.documents.find((d: any) => d.kind === 'signe')
  assert.equal(scan.sha256, createHash('sha256').update('%PDF-1.7 essai %%EOF').digest('hex'))
})

test('AGR-2: one byte changed in what was signed, the page says it is not the document signed', async () => {
  const partner = await aPartner()
  const one = await inForce(partner)
  const intact = async () =>
    (await ok(partner.agent, 'GET', `/conventions/${one.id}`)).signatures.map((s: any) => s.intact)
  assert.deepEqual(await intact(), [true, true])
  await house.owner.query(
    `update convention_documents set bytes = set_byte(bytes, 3, get_byte(bytes, 3) # 1) where id = $1`,
    [one.documentId],
  )
  assert.deepEqual(await intact(), [false, false])
  // Whoever also mends the digest kept beside the bytes is seen all the same: the signatures hold their own.
  await house.owner.query('update convention_documents set sha256 = sha256(bytes) where id = $1', [one.documentId])
  assert.deepEqual(await intact(), [false, false])
})

test('AGR-2: recalled before both have signed, a signature given counts for no other document; two conventions of one partner never overlap', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await sent(partner)
  await ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.equal((await ok(sylvie, 'POST', `/conventions/${one.id}/recall`)).convention.state, 'draft')
  await ok(sylvie, 'POST', `/conventions/${one.id}/send`, { documentId: one.documentId })
  const other = await sent(partner)
  await ok(partner.gilles, 'POST', `/conventions/${other.id}/sign`, { sha256: other.sha256 })
  await ok(signer, 'POST', `/conventions/${other.id}/sign`, { sha256: other.sha256 })
  assert.deepEqual(await refused(sylvie, 'POST', `/conventions/${other.id}/recall`), [409, 'convention/wrong-state'])
  assert.deepEqual(await refused(signer, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 }), [
    409,
    'convention/already-in-force',
  ])
})

test('AGR-4: either party gives notice by post or e-mail, with dates and document; it ends a month after its receipt, and the other is written to at once', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  await ok(partner.gilles, 'PUT', '/contacts/gouvernance', {
    name: 'Direction générale',
    email: 'direction@partenaire.example',
    telephone: null,
  })
  await ok(sylvie, 'PUT', '/contacts/gouvernance', {
    name: 'Gouvernance régionale',
    email: 'gouvernance@operateur.example',
    telephone: null,
    regionId: region,
  })
  await deliverMails(house, mailbox)
  mailbox.mails.length = 0
  at('2026-03-02T09:00:00Z')
  const body = { channel: 'courrier', sentOn: '2026-02-26', receivedOn: '2026-02-28', document: aPdf('congé') }
  for (const [who, code] of [
    [partner.agent, 'convention/not-a-party'],
    [odile, 'convention/not-a-party'],
    [elsewhere, 'not-found'],
  ] as const)
    assert.deepEqual((await refused(who, 'POST', `/conventions/${one.id}/notices`, body))[1], code)
  assert.deepEqual(
    await refused(partner.gilles, 'POST', `/conventions/${one.id}/notices`, { ...body, receivedOn: '2026-03-03' }),
    [422, 'convention/day-in-future'],
  )
  assert.deepEqual(
    await refused(partner.gilles, 'POST', `/conventions/${one.id}/notices`, { ...body, receivedOn: '2026-02-25' }),
    [422, 'convention/days-reversed'],
  )
  const { convention, told } = await ok(partner.gilles, 'POST', `/conventions/${one.id}/notices`, body)
  assert.deepEqual(
    [convention.state, convention.endsAt, convention.endCause, convention.next],
    ['notice-given', '2026-03-28T23:00:00.000Z', 'notice', { what: 'end', at: '2026-03-28T23:00:00.000Z' }],
  )
  assert.deepEqual(told, { mails: 2, emptyRoles: [] })
  const mails = await deliverMails(house, mailbox)
  assert.ok(
    mails.some(m => m.to.includes('gouvernance@operateur.example')) &&
      mails.every(m => m.text.includes('Elle prend fin le 28 mars 2026 à 24\u00A0heures')),
  )
  assert.equal((await stored(one.id)).end?.toISOString(), '2026-03-28T23:00:00.000Z')
  assert.equal(convention.notices[0].documentId, convention.documents.find((d: any) => d.kind === 'resiliation').id)

  // The operator renounces nothing of the partner's; the partner may, before its effect.
  const id = convention.notices[0].id
  assert.deepEqual(
    await refused(sylvie, 'POST', `/conventions/${one.id}/withdrawals`, { kind: 'notice', id, reason: 'Non' }),
    [403, 'convention/author-only'],
  )
  const back = (
    await ok(partner.gilles, 'POST', `/conventions/${one.id}/withdrawals`, {
      kind: 'notice',
      id,
      reason: 'Accord trouvé',
    })
  ).convention
  assert.deepEqual(
    [back.state, back.endsAt, (await stored(one.id)).end, back.notices[0].withdrawn.reason],
    ['in-force', null, null, 'Accord trouvé'],
  )
  assert.deepEqual(
    await refused(partner.gilles, 'POST', `/conventions/${one.id}/withdrawals`, {
      kind: 'notice',
      id,
      reason: 'Encore',
    }),
    [409, 'convention/already-withdrawn'],
  )
})

test('AGR-4: a letter still on its way ends nothing; its month runs from the receipt that either party tells, once; two at once, one is written', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  at('2026-03-02T09:00:00Z')
  const given = (
    await ok(sylvie, 'POST', `/conventions/${one.id}/notices`, {
      channel: 'courrier',
      sentOn: '2026-03-02',
      receivedOn: null,
      document: null,
    })
  ).convention
  assert.deepEqual([given.state, given.endsAt, given.notices[0].party], ['in-force', null, 'operateur'])
  at('2026-03-05T09:00:00Z')
  const receipt = { kind: 'notice', id: given.notices[0].id, receivedOn: '2026-03-04', presentedOn: null }
  const answers = await Promise.all(
    [1, 2].map(() => house.call(partner.gilles, 'POST', `/conventions/${one.id}/receipts`, receipt, once())),
  )
  assert.deepEqual(answers.map(a => a.status).toSorted(), [200, 409])
  assert.equal((await stored(one.id)).end?.toISOString(), '2026-04-04T22:00:00.000Z')
  at('2026-05-01T09:00:00Z')
  const over = await ok(partner.agent, 'GET', `/conventions/${one.id}`)
  assert.deepEqual([over.state, over.term, over.next], ['ended', null, null])
  assert.deepEqual(
    await refused(sylvie, 'POST', `/conventions/${one.id}/notices`, {
      channel: 'courriel',
      sentOn: '2026-05-01',
      receivedOn: '2026-05-01',
      document: null,
    }),
    [409, 'convention/wrong-state'],
  )
})

test('SEC-6: an agent reads the text in force, who signed and who to write to; a contractor, a delegate or whoever is blocked, that it is there and its dates; letters, notices and past contacts, who answers for it', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  const contact = (body: object) =>
    house.call(
      partner.gilles,
      'PUT',
      '/contacts/dpd',
      { name: 'Référent', email: 'referent@partenaire.example', telephone: '+33556000001', regionId: null, ...body },
      once(),
    )
  assert.equal((await contact({})).status, 200)
  at('2026-03-02T09:00:00Z')
  await contact({ name: 'Autre', email: 'autre@partenaire.example' })
  const { convention: noticed } = await ok(sylvie, 'POST', `/conventions/${one.id}/notices`, {
    channel: 'courrier',
    sentOn: '2026-03-02',
    receivedOn: '2026-03-02',
    document: aPdf('conge'),
  })
  const letter = noticed.notices[0].documentId
  const [contractor, delegate, blocked, ...managing] = await Promise.all([
    house.person(partner.id),
    house.person(partner.id),
    house.person(partner.id),
    ...(['rssi', 'dpd', 'correspondant-si', 'responsable-formation'] as const).map(role =>
      withRoles(house, partner.id, role),
    ),
  ])
  const third = uuidv7()
  await house.owner.query(
    `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on,
      recorded_by, recorded_at) values ($1, $2, 'contractor', 'Cabinet', 'processor', '2026-01-01', 'Marché',
      '2026-01-01', $3, now())`,
    [third, partner.id, partner.gilles.id],
  )
  for (const [who, attachment] of [
    [contractor!, 'contractor'],
    [delegate!, 'delegate'],
  ] as const)
    await house.owner.query(
      `update accounts set attachment = $2, third_party_id = $3, contract_ends_on = '2030-01-01' where id = $1`,
      [who.id, attachment, third],
    )
  await house.owner.query(
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
      values ($1, $2, $3, 'suspect-use', 'x', '2026-01-01')`,
    [uuidv7(), blocked!.id, partner.id],
  )

  for (const who of [partner.gilles, sylvie, odile, ...managing]) {
    const whole = await ok(who, 'GET', `/conventions/${one.id}`)
    assert.deepEqual(
      [
        whole.reach,
        whole.state,
        whole.notices.length,
        whole.contacts.filter((c: any) => c.role === 'dpd' && c.party === 'partenaire').length,
        (await download(who, one.id, letter)).statusCode,
      ],
      ['file', 'notice-given', 1, 2, 200],
    )
  }
  const terms = await ok(partner.agent, 'GET', `/conventions/${one.id}`)
  assert.deepEqual(
    [terms.reach, terms.state, terms.endsAt, terms.next, terms.notices, terms.allowed],
    ['terms', 'in-force', noticed.endsAt, { what: 'end', at: noticed.endsAt }, [], []],
  )
  assert.deepEqual(
    [
      terms.contacts.filter((c: any) => c.role === 'dpd' && c.party === 'partenaire').map((c: any) => c.name),
      terms.documents.map((d: any) => d.id),
      terms.signatories.length,
      terms.signatures.length,
    ],
    [['Autre'], [one.documentId], 2, 2],
  )
  assert.deepEqual(
    [
      (await download(partner.agent, one.id, one.documentId)).statusCode,
      (await download(partner.agent, one.id, letter)).json().code,
    ],
    [200, 'not-found'],
  )
  for (const who of [contractor!, delegate!, blocked!]) {
    const summary = await ok(who, 'GET', `/conventions/${one.id}`)
    assert.deepEqual(
      [summary.reach, summary.number, summary.effectiveFrom, summary.endsAt],
      ['summary', one.number, one.effectiveFrom, noticed.endsAt],
    )
    for (const part of [
      'signatories',
      'signatures',
      'notices',
      'breaches',
      'amendments',
      'documents',
      'contacts',
      'unheard',
      'allowed',
    ] as const)
      assert.deepEqual(summary[part], [], part)
    assert.deepEqual(
      [
        await refused(who, 'GET', `/conventions/${one.id}/preview`),
        (await download(who, one.id, one.documentId)).json().code,
        summary.documentId,
      ],
      [[403, 'convention/summary-only'], 'convention/summary-only', null],
    )
    assert.equal((await ok(who, 'GET', '/conventions')).items.length, 1)
  }
  assert.equal((await house.call(elsewhere, 'GET', `/conventions/${one.id}`)).status, 404)
})

test('AGR-5: a breach of a named obligation, by registered letter: the obligation, its reference and both dates are kept, and it ends a month after the notification', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  at('2026-06-20T09:00:00Z')
  const body = {
    obligation: 'Article 7 : second facteur sur tout accès',
    letterReference: '1A 200 300 4005 6',
    sentOn: '2026-06-01',
    presentedOn: '2026-06-02',
    deliveredOn: '2026-06-15',
    document: aPdf('manquement'),
  }
  assert.deepEqual(
    (await house.call(sylvie, 'POST', `/conventions/${one.id}/breaches`, { ...body, obligation: '  ' }, once())).status,
    400,
  )
  const { convention } = await ok(sylvie, 'POST', `/conventions/${one.id}/breaches`, body)
  assert.deepEqual(
    [convention.state, convention.endsAt, convention.endCause],
    ['breach-notified', '2026-07-02T22:00:00.000Z', 'breach'],
  )
  const { id: _id, documentId: _d, withdrawn: _w, ...kept } = convention.breaches[0]
  assert.deepEqual(kept, {
    party: 'operateur',
    obligation: body.obligation,
    letterReference: body.letterReference,
    sentOn: '2026-06-01',
    presentedOn: '2026-06-02',
    deliveredOn: '2026-06-15',
    endsAt: '2026-07-02T22:00:00.000Z',
  })
  // A notice that comes meanwhile ends nothing sooner.
  const both = (
    await ok(partner.gilles, 'POST', `/conventions/${one.id}/notices`, {
      channel: 'courriel',
      sentOn: '2026-06-20',
      receivedOn: '2026-06-20',
      document: null,
    })
  ).convention
  assert.deepEqual([both.state, both.endsAt], ['breach-notified', '2026-07-02T22:00:00.000Z'])
  at('2026-07-03T09:00:00Z')
  assert.equal((await ok(partner.gilles, 'GET', `/conventions/${one.id}`)).state, 'terminated')
})

test('AGR-6: an amendment is numbered and signed by both; it moves the term, or ends it; too late, it is refused', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  assert.deepEqual(
    await refused(partner.gilles, 'POST', `/conventions/${one.id}/amendments`, {
      title: 'x',
      body: 'x',
      termOn: null,
      renews: true,
    }),
    [403, 'access/role-required'],
  )
  assert.deepEqual(
    await refused(sylvie, 'POST', `/conventions/${one.id}/amendments`, {
      title: 'x',
      body: 'x',
      termOn: '2026-02-01',
      renews: true,
    }),
    [422, 'convention/term-in-past'],
  )
  const proposed = (
    await ok(sylvie, 'POST', `/conventions/${one.id}/amendments`, {
      title: 'Prolongation',
      body: 'Le terme est reporté.',
      termOn: '2027-06-30',
      renews: true,
    })
  ).convention
  const [first] = proposed.amendments
  assert.deepEqual([first.number, first.effectiveAt, proposed.term.endsOn], [1, null, '2026-12-31'])
  assert.match(
    (await download(partner.gilles, one.id, first.documentId)).body,
    /^Avenant n° 1 à la convention n° .*30 juin 2027 à 24 heures/s,
  )
  const path = `/conventions/${one.id}/amendments/${first.id}/sign`
  assert.equal((await ok(partner.gilles, 'POST', path, { sha256: first.sha256 })).convention.term.endsOn, '2026-12-31')
  at('2026-02-03T09:00:00Z')
  const signed = (await ok(signer, 'POST', path, { sha256: first.sha256 })).convention
  assert.deepEqual(
    [signed.amendments[0].effectiveAt, signed.term],
    ['2026-02-03T09:00:00.000Z', { endsOn: '2027-06-30', renewal: 0, nextEndsOn: '2027-09-30' }],
  )
  const last = (
    await ok(sylvie, 'POST', `/conventions/${one.id}/amendments`, {
      title: 'Fin',
      body: 'Il est mis fin à la convention.',
      termOn: '2026-03-31',
      renews: false,
    })
  ).convention.amendments[1]
  assert.equal(last.number, 2)
  await ok(partner.gilles, 'POST', `/conventions/${one.id}/amendments/${last.id}/sign`, { sha256: last.sha256 })
  at('2026-04-01T09:00:00Z')
  assert.deepEqual(
    await refused(signer, 'POST', `/conventions/${one.id}/amendments/${last.id}/sign`, { sha256: last.sha256 }),
    [422, 'convention/term-in-past'],
  )
  assert.equal((await stored(one.id)).end, null)
})

test('AGR-7: at the instant its convention ends, an open session loses its tools, and nothing is deleted', async () => {
  const partner = await newPartner()
  const agent = await house.person(partner.id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  const { insertConvention } = await import('../../people-and-rights/organisations/testing.ts')
  const end = new Date(Date.now() + 5 * 60_000)
  await insertConvention(house.owner, partner.id, '2026-01-01T00:00:00Z', end)
  await ok(agent, 'GET', '/campaigns')
  await house.owner.query(`insert into secret.clock values ($1::timestamptz - now() + interval '1 second')`, [end])
  try {
    assert.deepEqual(await refused(agent, 'GET', '/campaigns'), [403, 'access/no-convention'])
  } finally {
    await house.owner.query('delete from secret.clock')
  }
  await ok(agent, 'GET', '/campaigns')
  assert.equal(
    (await house.owner.query('select revoked_at from grants where account_id = $1', [agent.id])).rows[0].revoked_at,
    null,
  )
})

test('AGR-6, AGR-9: each party names its own contacts, the other is written to at once, the history stays, and an empty role is said', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  await deliverMails(house, mailbox)
  mailbox.mails.length = 0
  const named = (who: Person, role: string, over: object = {}) =>
    house.call(
      who,
      'PUT',
      `/contacts/${role}`,
      { name: 'Référent', email: 'Referent@Partenaire.example', telephone: '+33556000000', ...over },
      once(),
    )
  for (const [who, role, over, code] of [
    [partner.agent, 'dpd', {}, 'contact/own-party-only'],
    [odile, 'cssi', { regionId: region }, 'contact/own-party-only'],
    [elsewhere, 'cssi', { regionId: region }, 'contact/own-party-only'],
    [partner.gilles, 'dpd', { regionId: region }, 'contact/own-party-only'],
    [partner.gilles, 'cssi', {}, 'contact/role-of-other-party'],
    [sylvie, 'responsable-formation', { regionId: region }, 'contact/role-of-other-party'],
  ] as const)
    assert.equal((await named(who, role, over)).body.code, code)
  assert.equal((await named(partner.gilles, 'dpd', { email: 'a@b.example, c@d.example' })).status, 400)
  const first = (await named(partner.gilles, 'dpd')).body
  assert.deepEqual([first.contact.email, first.told.mails >= 1], ['referent@partenaire.example', true])
  assert.ok(
    (await deliverMails(house, mailbox)).every(
      m => m.text.includes('« Délégué à la protection des données »') && !m.text.includes('Référent'),
    ),
  )
  at('2026-03-02T09:00:00Z')
  await named(partner.gilles, 'dpd', { name: 'Autre', email: 'autre@partenaire.example' })
  const shown = async () => await ok(partner.gilles, 'GET', `/conventions/${one.id}`)
  const dpd = (await shown()).contacts.filter((c: any) => c.role === 'dpd' && c.party === 'partenaire')
  assert.deepEqual(
    dpd.map((c: any) => [c.name, c.startsAt, c.endsAt]),
    [
      ['Autre', '2026-03-02T09:00:00.000Z', null],
      ['Référent', '2026-02-02T09:00:00.000Z', '2026-03-02T09:00:00.000Z'],
    ],
  )
  const { holdersFor } = await import('../../notifications/recipients.queries.ts')
  const tx = await house.database.begin()
  const { tokenHash } = await import('../../platform/session-cookie.ts')
  await tx.enter(tokenHash(partner.gilles.cookie.slice('session='.length)))
  const whoOn = async (day: string) =>
    (await holdersFor(tx, partner.id, null, new Date(day)))
      .filter(h => h.role === 'dpd' && h.party === 'partenaire')
      .map(h => h.address)
      .join()
  assert.deepEqual(
    [await whoOn('2026-01-01T00:00:00Z'), await whoOn('2026-02-15T00:00:00Z'), await whoOn('2026-03-02T09:00:00Z')],
    ['', 'referent@partenaire.example', 'autre@partenaire.example'],
  )
  await tx.rollback()
  assert.ok(!(await shown()).missingContacts.some((m: any) => m.role === 'dpd' && m.party === 'partenaire'))
  await ok(partner.gilles, 'DELETE', '/contacts/dpd')
  assert.ok((await shown()).missingContacts.some((m: any) => m.role === 'dpd' && m.party === 'partenaire'))
  assert.equal((await house.call(partner.gilles, 'DELETE', '/contacts/dpd', undefined, once())).status, 404)
})

test('AGR-11: a signature earlier than the act, its receipt by the prefecture or its publication is warned of, when they are told later too', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner, {
    signatories: {
      partenaire: aSignatory({ prefectureOn: null, publishedOn: null }),
      operateur: aSignatory({ localAuthority: false, prefectureOn: null, publishedOn: null }),
    },
  })
  const warnings = (c: any) => c.signatories.find((s: any) => s.party === 'partenaire').warnings
  assert.deepEqual(warnings(one), ['no-prefecture', 'no-publication'])
  const complete = (who: Person, over: object = {}) =>
    house.call(
      who,
      'PUT',
      `/conventions/${one.id}/signatories/partenaire`,
      aSignatory({ prefectureOn: '2026-02-04', publishedOn: '2026-02-01', name: 'Autre Nom', ...over }),
      once(),
    )
  assert.equal((await complete(partner.agent)).body.code, 'convention/not-a-party')
  assert.equal((await complete(signer)).body.code, 'convention/not-a-party')
  const settled = (await complete(partner.gilles)).body
  assert.deepEqual(
    [warnings(settled), settled.signatories.find((s: any) => s.party === 'partenaire').name],
    [['before-prefecture'], 'Camille Essai'],
  )
})

test('AGR-10: the regional console: state, term, what is missing; filters agree with counts; the export opens rightly and runs nothing', async () => {
  at('2026-02-02T09:00:00Z')
  const { anOrganisation, insertOrganisation } = await import('../../people-and-rights/organisations/testing.ts')
  const { id } = await insertOrganisation(house.owner, anOrganisation({ kind: 'plie', name: '=HYPERLINK("x");A' }), {
    convention: false,
  })
  const partner = { id, gilles: await withRoles(house, id, 'signataire') }
  const one = await inForce(partner)
  const all = await ok(sylvie, 'GET', `/conventions?region=${region}`)
  const line = all.items.find((l: any) => l.id === one.id)
  assert.deepEqual(
    [line.state, line.termEndsOn, line.withoutRgc, line.missingContacts.length],
    ['in-force', '2026-12-31', true, 6],
  )
  assert.equal((await ok(sylvie, 'GET', `/conventions?region=${region}&lacks=rgc`)).items.length, all.counts.rgc)
  await giveRole(house.owner, partner.gilles, 'rgc')
  assert.equal((await ok(sylvie, 'GET', `/conventions?region=${region}&lacks=rgc`)).items.length, all.counts.rgc - 1)
  await house.owner.query(
    `insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at) select d.id, 'refus', 'Motif', $2, $3
      from rgc_deeds d where d.organisation_id = $1`,
    [id, odile.id, now],
  )
  assert.equal(
    (await ok(sylvie, 'GET', '/conventions?lacks=rgc')).items.some((l: any) => l.id === one.id),
    true,
    'a role whose deed was refused manages nothing',
  )
  const late = await house.person(id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  await house.owner.query(`update accounts set created_at = '2024-01-01' where id = $1`, [late.id])
  assert.equal(
    (await ok(sylvie, 'GET', '/conventions?lacks=duties')).items.find((l: any) => l.id === one.id).awarenessDue,
    1,
  )
  // The review of accounts is due a year after the tools were delivered: late from the day after, in the list, its
  // filter and the file alike.
  assert.equal((await ok(sylvie, 'GET', '/conventions')).items.find((l: any) => l.id === one.id).reviewLateSince, null)
  const since = async (day: string) => {
    await house.owner.query('update conventions set effective_from = $2 where id = $1', [one.id, `${day}T09:00:00Z`])
    return (await ok(sylvie, 'GET', '/conventions?lacks=duties')).items.find((l: any) => l.id === one.id)
      ?.reviewLateSince
  }
  assert.deepEqual([await since('2025-02-02'), await since('2025-02-01')], [null, '2026-02-01'])
  assert.match(
    (await ok(sylvie, 'POST', '/conventions/export', { region, lacks: 'duties' })).csv,
    /"1";"01\/02\/2026";"01\/02\/2026"\r\n/,
  )
  await house.owner.query('update conventions set effective_from = $2 where id = $1', [one.id, one.effectiveFrom])
  assert.deepEqual(
    [
      (await ok(elsewhere, 'GET', '/conventions')).items,
      (await ok(partner.gilles, 'GET', '/conventions')).items.map((l: any) => l.id),
      (await ok(odile, 'GET', '/conventions')).items.length >= all.items.length,
    ],
    [[], [one.id], true],
  )
  const { csv, rows } = await ok(sylvie, 'POST', '/conventions/export', { region })
  assert.equal(rows, all.items.length)
  assert.ok(csv.startsWith('\uFEFF"Numéro";"Partenaire"') && csv.includes(`"'=HYPERLINK(""x"");A"`), csv)
  assert.deepEqual(await refused(partner.gilles, 'POST', '/conventions/export', {}), [403, 'convention/operator-only'])
  // The state of each line is the one its own page works out from every fact.
  for (const l of all.items) assert.equal(l.state, (await ok(sylvie, 'GET', `/conventions/${l.id}`)).state, l.number)
})

test('SEC-6, AGR-1: refused to who is no party, malformed, or of another region', async () => {
  const partner = await aPartner()
  const body = aDraft(partner.id, region)
  for (const [who, over, expected] of [
    [null, {}, [401, 'session/required']],
    [partner.gilles, {}, [403, 'access/role-required']],
    [elsewhere, {}, [403, 'convention/other-region']],
    [sylvie, { regionId: 1076 }, [403, 'convention/other-region']],
    [sylvie, { organisationId: uuidv7() }, [422, 'organisation/unknown']],
    [sylvie, { organisationId: operator }, [422, 'convention/not-with-operator']],
    [sylvie, { firstTermOn: '2026-02-30' }, [400, 'request/malformed']],
  ] as const)
    assert.deepEqual(await refused(who, 'POST', '/conventions', { ...body, ...over }), expected)
  const one = await draft(partner)
  assert.deepEqual(await refused(sylvie, 'POST', '/conventions', { ...body, number: one.number }), [
    409,
    'convention/number-taken',
  ])
  const stranger = await aPartner()
  for (const path of [`/conventions/${one.id}`, `/conventions/${one.id}/preview`, `/conventions/${uuidv7()}`])
    assert.deepEqual(await refused(stranger.gilles, 'GET', path), [404, 'not-found'])
})

test('AGR-2 to AGR-6: on generated histories, what is stored is what the pure rules say of the facts', async () => {
  const random = seededRandom(841)
  let changes = 0
  for (let n = 0; n < 12; n += 1) {
    at('2026-01-05T09:00:00Z')
    const partner = await aPartner()
    const one = await inForce(partner)
    for (let step = 0; step < 8; step += 1) {
      now = new Date(now.getTime() + Math.floor(random() * 20 * 86_400_000))
      const day = addDays(parisDay(now), -Math.floor(random() * 8))
      const who = pick(random, [partner.gilles, sylvie])
      const current = await ok(partner.gilles, 'GET', `/conventions/${one.id}`)
      const [kind, some] = pick(random, [
        ['notice', current.notices],
        ['breach', current.breaches],
      ] as const)
      const answer = await pick(random, [
        () =>
          house.call(
            who,
            'POST',
            `/conventions/${one.id}/notices`,
            { channel: 'courriel', sentOn: addDays(day, -3), receivedOn: random() < 0.3 ? null : day, document: null },
            once(),
          ),
        () =>
          house.call(
            who,
            'POST',
            `/conventions/${one.id}/breaches`,
            {
              obligation: 'Article 7',
              letterReference: 'LR',
              sentOn: addDays(day, -3),
              presentedOn: random() < 0.3 ? null : day,
              deliveredOn: null,
              document: null,
            },
            once(),
          ),
        () =>
          house.call(
            who,
            'POST',
            `/conventions/${one.id}/withdrawals`,
            { kind, id: (pick(random, some) as any)?.id ?? uuidv7(), reason: 'Accord' },
            once(),
          ),
        () =>
          house.call(
            who,
            'POST',
            `/conventions/${one.id}/receipts`,
            { kind, id: (pick(random, some) as any)?.id ?? uuidv7(), receivedOn: day, presentedOn: null },
            once(),
          ),
        async () => {
          const proposed = await house.call(
            sylvie,
            'POST',
            `/conventions/${one.id}/amendments`,
            {
              title: 'A',
              body: 'A',
              termOn: addDays(parisDay(now), Math.floor(random() * 90)),
              renews: random() < 0.5,
            },
            once(),
          )
          if (proposed.status !== 200) return proposed
          const amendment = proposed.body.convention.amendments.at(-1)
          await house.call(
            partner.gilles,
            'POST',
            `/conventions/${one.id}/amendments/${amendment.id}/sign`,
            { sha256: amendment.sha256 },
            once(),
          )
          return house.call(
            signer,
            'POST',
            `/conventions/${one.id}/amendments/${amendment.id}/sign`,
            { sha256: amendment.sha256 },
            once(),
          )
        },
      ])()
      assert.ok(answer.status < 500, JSON.stringify(answer.body))
      if (answer.status === 200) changes += 1
      const tx = await house.database.begin()
      const { tokenHash } = await import('../../platform/session-cookie.ts')
      await tx.enter(tokenHash(sylvie.cookie.slice('session='.length)))
      const facts = factsOf((await loadConvention(tx, one.id))!)
      await tx.rollback()
      assert.deepEqual(await stored(one.id), { from: effectiveFrom(facts), end: endOf(facts, now)?.at ?? null })
    }
  }
  assert.ok(changes > 25, `${changes}`)
})

test('AGR-1, AGR-2, AGR-9: two at once: one number, one convention in force, one version of the text, one contact; the other is told why', async () => {
  at('2026-02-02T09:00:00Z')
  const both = async (...asked: readonly (readonly [Person, 'POST' | 'PUT', string, unknown])[]) =>
    (await Promise.all(asked.map(([who, method, path, body]) => house.call(who, method, path, body, once()))))
      .map(a => (a.status === 200 ? 'done' : a.body.code))
      .toSorted()
  const samir = await withRoles(house, operator, 'administrateur')
  const { shippedTemplate } = await import('./shipped-template.ts')
  for (let round = 0; round < 5; round += 1) {
    const partner = await aPartner()
    const body = aDraft(partner.id, region)
    assert.deepEqual(await both([sylvie, 'POST', '/conventions', body], [sylvie, 'POST', '/conventions', body]), [
      'convention/number-taken',
      'done',
    ])
    const [one, two] = [await sent(partner), await sent(partner)]
    for (const { id, sha256 } of [one, two]) await ok(partner.gilles, 'POST', `/conventions/${id}/sign`, { sha256 })
    assert.deepEqual(
      await both(
        ...[one, two].map(({ id, sha256 }) => [signer, 'POST', `/conventions/${id}/sign`, { sha256 }] as const),
      ),
      ['convention/already-in-force', 'done'],
    )
    // One after the other, both are done: the second follows the first.
    const published = await both(
      [samir, 'POST', '/convention-templates', shippedTemplate],
      [samir, 'POST', '/convention-templates', shippedTemplate],
    )
    const named = await both(
      ...['Un', 'Deux'].map(
        name =>
          [partner.gilles, 'PUT', '/contacts/dpd', { name, email: 'dpd@partenaire.example', telephone: null }] as const,
      ),
    )
    for (const [answers, code] of [
      [published, 'template/changed-meanwhile'],
      [named, 'contact/changed-meanwhile'],
    ] as const)
      assert.ok(answers.every(a => a === 'done' || a === code) && answers.includes('done'), `${answers}`)
    assert.equal(
      (await ok(partner.gilles, 'GET', `/conventions/${one.id}`)).contacts.filter(
        (c: any) => c.role === 'dpd' && c.party === 'partenaire' && c.endsAt === null,
      ).length,
      1,
    )
  }
})

test('AGR-4, AGR-5: what was renounced before its letter came stays without effect: no receipt told later ends the convention in the past', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  at('2026-02-10T09:00:00Z')
  const path = `/conventions/${one.id}`
  await ok(partner.gilles, 'POST', `${path}/notices`, {
    channel: 'courrier',
    sentOn: '2026-02-09',
    receivedOn: null,
    document: null,
  })
  const { convention } = await ok(partner.gilles, 'POST', `${path}/breaches`, {
    obligation: 'Article 7',
    letterReference: 'LR',
    sentOn: '2026-02-09',
    presentedOn: null,
    deliveredOn: null,
    document: null,
  })
  at('2026-04-20T09:00:00Z')
  for (const [kind, id] of [
    ['notice', convention.notices[0].id],
    ['breach', convention.breaches[0].id],
  ]) {
    await ok(partner.gilles, 'POST', `${path}/withdrawals`, { kind, id, reason: 'Accord trouvé' })
    assert.deepEqual(
      await refused(sylvie, 'POST', `${path}/receipts`, { kind, id, receivedOn: '2026-02-12', presentedOn: null }),
      [409, 'convention/already-withdrawn'],
    )
  }
  assert.deepEqual([(await ok(sylvie, 'GET', path)).state, (await stored(one.id)).end], ['in-force', null])
})
