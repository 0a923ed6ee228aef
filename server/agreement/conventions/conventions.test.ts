import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { mostUploaded } from '../../../contract/people-and-rights/uploads.ts'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { aScan, insertSent } from '../../people-and-rights/uploads/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { pdfMaker } from '../../platform/pdf.ts'
import { buildServer } from '../../platform/server.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { moveClockTo, putClockBack } from '../../testing/clock.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { textOfPdf } from '../../testing/pdf.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { templates } from '../templates/index.ts'
import { factsOf } from './convention-rules.ts'
import { loadConvention, settleOver } from './conventions.queries.ts'
import { effectiveFrom, endOf } from './deadlines.ts'
import { conventionDocuments } from './document-routes.ts'
import { conventions } from './index.ts'
import {
  aDraft,
  aPdf,
  aReplacement,
  aSignatory,
  asThePage,
  namedTo,
  withDocument,
  withFiles,
  withRoles,
} from './testing.ts'

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
  house = await openHouse([...conventions, ...templates, ...campaigns], { clock: () => now })
  mailbox = await openMailbox()
  documents = await buildServer({
    database: house.database,
    actions: [],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1e6,
    shedLoad: false,
    settings: { clock: () => now },
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
/** What a party settles of its authority is sent over the convention as it stands, unless told otherwise. */
const overIt = async (method: string, path: string, headers: Record<string, string> = {}) => {
  if (method !== 'PUT' || !path.includes('/signatories/') || 'if-match' in headers) return headers
  const { rows } = await house.owner.query('select version from conventions where id = $1', [path.split('/')[2]])
  return { ...headers, 'if-match': `"${rows[0]?.version ?? 1}"` }
}
const calling = async (...[who, method, path, body, headers]: Parameters<House['call']>) =>
  asThePage(house, now)(
    who,
    method,
    path,
    await withDocument(house, who, path, await withFiles(house, who, body), now),
    await overIt(method, path, headers),
  )
const ok = async (
  who: Person,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = method === 'GET' ? {} : once(),
) => {
  const answer = await calling(who, method, path, body, headers)
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
  const { status, body: answer } = await calling(who, method, path, body, { ...once(), ...headers })
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
const draft = async (partner: { id: string; gilles?: Person }, over: object = {}) =>
  ok(sylvie, 'POST', '/conventions', aDraft(partner.id, region, { ...namedTo(partner.gilles, signer), ...over }))
/** Sent with bytes that stand for its PDF: composing one is tested apart. */
const sent = async (partner: { id: string; gilles?: Person }, over: object = {}) => {
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
    [
      'draft',
      null,
      [
        'edit',
        'enter-contacts',
        'name-contacts',
        'name-signatory',
        'read-assessments',
        'send',
        'settle-authority',
        'settle-deputy',
      ],
    ],
  )
  // With its annexes 2 and 2 bis empty, it is composed for reading, and not sent.
  const blank = await compose(sylvie, one.id)
  const sending = await house.call(
    sylvie,
    'POST',
    `/conventions/${one.id}/send`,
    { documentId: blank.json().id },
    once(),
  )
  assert.deepEqual(
    [sending.status, sending.body.code, sending.body.facts.missing.length],
    [422, 'convention/contacts-missing', 11],
  )
  const dpd = { name: 'Protection des données', email: 'dpd@partenaire.example', telephone: null }
  await ok(sylvie, 'PUT', '/contacts/dpd', { ...dpd, regionId: region })
  await ok(partner.gilles, 'PUT', '/contacts/dpd', dpd)
  const made = await compose(sylvie, one.id)
  assert.equal(made.statusCode, 200, made.body)
  const { id: document, sha256 } = made.json()
  const { convention, told } = await ok(sylvie, 'POST', `/conventions/${one.id}/send`, { documentId: document })
  assert.deepEqual([convention.state, told], ['sent', { mails: 3, emptyRoles: [] }])
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
  const awaited = async () =>
    (await ok(partner.gilles, 'GET', '/conventions')).items.find((line: any) => line.id === one.id).awaits
  assert.deepEqual(await awaited(), ['partenaire', 'operateur'])
  const first = (await ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256 })).convention
  assert.deepEqual(await awaited(), ['operateur'], 'one’s own signature waits for nobody any more')
  assert.deepEqual([first.state, first.effectiveFrom, (await stored(one.id)).from], ['signed-by-one', null, null])
  assert.deepEqual(await refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256 }), [
    409,
    'convention/already-signed',
  ])

  at('2026-02-05T15:30:00Z')
  const both = (await ok(signer, 'POST', `/conventions/${one.id}/sign`, { sha256 })).convention
  assert.deepEqual(await awaited(), [])
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
  const { shippedTemplate } = await import('../templates/shipped-template.ts')
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
  // A file of another person, or one that is not there: neither is kept.
  for (const file of [await withFiles(house, signer, aPdf()), uuidv7()])
    assert.deepEqual(
      await refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, {
        sha256: one.sha256,
        paper: { file, signedOn: '2026-02-09' },
      }),
      [409, 'upload/unknown'],
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

test('AGR-2, AGR-13: a scan of 20 MB is kept by the act that names it, once; it leaves by slices, as an attachment that no browser runs', async () => {
  at('2026-02-12T09:00:00Z')
  const partner = await aPartner()
  const one = await sent(partner)
  const scan = aScan(mostUploaded)
  const file = await insertSent(house.owner, partner.gilles.id, scan, { name: 'Exemplaire signé.pdf' })
  const body = { sha256: one.sha256, paper: { file, signedOn: '2026-02-11' } }
  const { convention } = await ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, body)
  const kept = convention.documents.find((d: any) => d.kind === 'signe')
  assert.deepEqual(
    [kept.name, kept.sha256, convention.signatures[0].intact],
    ['Exemplaire signé.pdf', createHash('sha256').update(scan).digest('hex'), true],
  )
  assert.equal((await house.owner.query('select from uploads where id = $1', [file])).rowCount, 0)
  const answer = await download(signer, one.id, kept.id)
  const { headers } = answer
  assert.ok(answer.rawPayload.equals(scan))
  assert.deepEqual(
    [
      headers['content-type'],
      headers['content-length'],
      headers['content-disposition'],
      headers['x-content-type-options'],
    ],
    ['application/pdf', String(mostUploaded), 'attachment; filename="exemplaire-signe.pdf"', 'nosniff'],
  )
  // It served: another act does not keep it again.
  const notice = { channel: 'courrier', sentOn: '2026-02-11', receivedOn: null, document: file }
  await ok(signer, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.deepEqual(await refused(partner.gilles, 'POST', `/conventions/${one.id}/notices`, notice), [
    409,
    'upload/unknown',
  ])
  // A photograph of a letter is one too, and a refused act leaves it for the next.
  const photo = await insertSent(house.owner, partner.gilles.id, Buffer.from('photo'), {
    name: 'lettre.jpeg',
    type: 'image/jpeg',
  })
  const tomorrow = { ...notice, document: photo, receivedOn: '2026-02-13' }
  assert.deepEqual(await refused(partner.gilles, 'POST', `/conventions/${one.id}/notices`, tomorrow), [
    422,
    'convention/day-in-future',
  ])
  const after = await ok(partner.gilles, 'POST', `/conventions/${one.id}/notices`, { ...notice, document: photo })
  const image = (await download(signer, one.id, after.convention.notices[0].documentId)).headers
  assert.deepEqual(
    [image['content-type'], image['content-disposition']],
    ['image/jpeg', 'attachment; filename="lettre.jpg"'],
  )
})

test('AGR-2, SEC-6: a document that leaves is cut as soon as its reader’s session is closed', async () => {
  at('2026-02-12T09:00:00Z')
  const partner = await aPartner()
  const one = await sent(partner)
  const file = await insertSent(house.owner, partner.gilles.id, aScan(mostUploaded))
  const body = { sha256: one.sha256, paper: { file, signedOn: '2026-02-11' } }
  const { convention } = await ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, body)
  const kept = convention.documents.find((d: any) => d.kind === 'signe')
  const reader = await withRoles(house, partner.id, 'dpd')
  await documents.listen({ port: 0, host: '127.0.0.1' })
  const { port } = documents.server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/api/conventions/${one.id}/documents/${kept.id}`, {
    headers: { cookie: reader.cookie },
  })
  assert.deepEqual([answer.status, answer.headers.get('content-length')], [200, String(mostUploaded)])
  await house.owner.query('delete from sessions where id = $1', [reader.sessionId])
  await assert.rejects(answer.arrayBuffer())
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
  // Nobody writes the digest of the bytes as they are.
  await assert.rejects(
    house.owner.query('update convention_documents set bytes_sha256 = sha256 where id = $1', [one.documentId]),
    /can only be updated to DEFAULT/,
  )
})

test('AGR-2: what was signed is compared without reading its bytes: a page costs the same, whatever the scans weigh', async () => {
  const partner = await aPartner()
  const one = await inForce(partner)
  const { rows } = await house.owner.query(
    `select string_agg(quote_ident(column_name), ', ') as others from information_schema.columns
      where table_schema = 'public' and table_name = 'convention_documents' and column_name <> 'bytes'`,
  )
  await house.owner.query('revoke select on convention_documents from cc_web')
  await house.owner.query(`grant select (${rows[0].others}) on convention_documents to cc_web`)
  try {
    const { signatures } = await ok(partner.gilles, 'GET', `/conventions/${one.id}`)
    assert.deepEqual(
      signatures.map((s: any) => s.intact),
      [true, true],
    )
  } finally {
    await house.owner.query('grant select on convention_documents to cc_web')
  }
})

test('AGR-2: recalled before both have signed, a signature given counts for no other document; two conventions of one partner never overlap, and the page says so before', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await sent(partner)
  await ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.equal((await ok(sylvie, 'POST', `/conventions/${one.id}/recall`)).convention.state, 'draft')
  await ok(sylvie, 'POST', `/conventions/${one.id}/send`, { documentId: one.documentId })
  const overlaps = async () => (await ok(sylvie, 'GET', `/conventions/${one.id}`)).otherInForce
  assert.equal(await overlaps(), false)
  const other = await sent(partner)
  await ok(partner.gilles, 'POST', `/conventions/${other.id}/sign`, { sha256: other.sha256 })
  await ok(signer, 'POST', `/conventions/${other.id}/sign`, { sha256: other.sha256 })
  assert.deepEqual(await refused(sylvie, 'POST', `/conventions/${other.id}/recall`), [409, 'convention/wrong-state'])
  assert.equal(await overlaps(), true)
  assert.equal((await ok(sylvie, 'GET', `/conventions/${other.id}`)).otherInForce, false, 'it is the one')
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
      document: aPdf(),
    })
  ).convention
  assert.deepEqual([given.state, given.endsAt, given.notices[0].party], ['in-force', null, 'operateur'])
  at('2026-03-05T09:00:00Z')
  const receipt = { kind: 'notice', id: given.notices[0].id, receivedOn: '2026-03-04', presentedOn: null }
  const answers = await Promise.all(
    [1, 2].map(() => asThePage(house, now)(partner.gilles, 'POST', `/conventions/${one.id}/receipts`, receipt, once())),
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
      document: aPdf(),
    }),
    [409, 'convention/wrong-state'],
  )
})

test('SEC-6: an agent reads the text in force, who signed and who to write to; a contractor or a delegate, that it is there and its dates; whoever is blocked, nothing; letters, notices and past contacts, who answers for it', async () => {
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
  assert.deepEqual(await refused(blocked!, 'GET', `/conventions/${one.id}`), [401, 'session/required'])
  for (const who of [contractor!, delegate!]) {
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
    clauses: ['two-factors'],
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
  const { id: _id, documentId: _d, withdrawn: _w, allowed: _a, correctableUntil: _c, ...kept } = convention.breaches[0]
  assert.deepEqual(kept, {
    clauses: ['two-factors'],
    otherArticle: null,
    enteredByOther: false,
    answer: null,
    receiptDocumentId: null,
    party: 'operateur',
    obligation: body.obligation,
    letterReference: body.letterReference,
    sentOn: '2026-06-01',
    presentedOn: '2026-06-02',
    deliveredOn: '2026-06-15',
    told: ['sentOn', 'presentedOn', 'deliveredOn'],
    endsAt: '2026-07-02T22:00:00.000Z',
  })
  // A notice that comes meanwhile ends nothing sooner.
  const both = (
    await ok(partner.gilles, 'POST', `/conventions/${one.id}/notices`, {
      channel: 'courriel',
      sentOn: '2026-06-20',
      receivedOn: '2026-06-20',
      document: aPdf(),
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

const composeAmendment = (who: Person, id: string, body: object) =>
  documents.inject({
    method: 'POST',
    url: `/api/conventions/${id}/amendment-document`,
    headers: { cookie: who.cookie },
    payload: body,
  })
const anAmendment = (over: object = {}) => ({
  title: 'Report du terme',
  body: '### Article 1\n\nLe terme de {{partenaire.nom}} est reporté.\n\n| Période | Fin |\n| Première | 30 juin 2027 |',
  termOn: '2027-06-30',
  renews: true,
  signatories: {
    partenaire: { name: 'Alix Modèle', capacity: 'Présidente', act: 'Délibération 2026-40', actOn: '2026-01-20' },
    operateur: { name: 'Sacha Exemple', capacity: 'Directrice régionale', act: 'Arrêté 12', actOn: '2026-01-21' },
  },
  ...over,
})

test('AGR-6: an amendment is a PDF made of the model’s own pieces, that names who signs it; its bytes are what is signed, and another signs under an act alone', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  const named = await withRoles(house, partner.id, 'signataire')
  await house.owner.query(`update accounts set given_name = 'Alix', family_name = 'MODELE' where id = $1`, [named.id])
  const path = `/conventions/${one.id}/amendments`
  const made = await composeAmendment(sylvie, one.id, anAmendment())
  assert.equal(made.statusCode, 200, made.body)
  const { id: documentId, sha256 } = made.json()
  const { convention } = await ok(sylvie, 'POST', path, { ...anAmendment(), documentId })
  const [amendment] = convention.amendments
  assert.deepEqual(
    [amendment.documentId, amendment.sha256, amendment.signatories.map((s: any) => [s.party, s.name, s.act])],
    [
      documentId,
      sha256,
      [
        ['partenaire', 'Alix Modèle', 'Délibération 2026-40'],
        ['operateur', 'Sacha Exemple', 'Arrêté 12'],
      ],
    ],
  )
  const { rawPayload: pdf, headers } = await download(partner.gilles, one.id, documentId)
  assert.equal(headers['content-type'], 'application/pdf')
  assert.equal(createHash('sha256').update(pdf).digest('hex'), sha256)
  assert.match(pdf.toString('latin1'), /pdfuaid:part/)
  const text = textOfPdf(pdf).replaceAll(/[\s\u00A0]+/g, ' ')
  for (const said of [
    `Avenant n° 1 à la convention n° ${one.number}`,
    'Pour le partenaire : Alix Modèle, Présidente, en vertu de l’acte : Délibération 2026-40, du 20 janvier 2026',
    'Sacha Exemple',
    'Article 1',
    `Le terme de ${partner.name} est reporté.`,
    'Première',
    '30 juin 2027 à 24 heures',
    'Signatures',
  ])
    assert.ok(text.includes(said), `${said}: ${text}`)
  for (const who of [partner.gilles, signer])
    assert.deepEqual(await refused(who, 'POST', `${path}/${amendment.id}/sign`, { sha256 }), [
      403,
      'convention/not-named-signer',
    ])
  await ok(named, 'POST', `${path}/${amendment.id}/sign`, { sha256 })
  await ok(signer, 'POST', `/conventions/${one.id}/signers`, {
    amendmentId: amendment.id,
    accountId: signer.id,
    replacement: aReplacement(),
  })
  const both = (await ok(signer, 'POST', `${path}/${amendment.id}/sign`, { sha256 })).convention
  assert.deepEqual(
    both.signatures.filter((s: any) => s.amendmentId).map((s: any) => [s.party, s.byAnother, s.intact]),
    [
      ['partenaire', false, true],
      ['operateur', true, true],
    ],
  )
  assert.equal(both.amendments[0].effectiveAt, '2026-02-02T09:00:00.000Z')
  const { rows } = await house.owner.query(
    `select (d.detail ->> 'byAnother')::boolean as by_another from audit_entries e
      join audit_details d on d.entry_id = e.id
      where e.subject_id = $1 and e.action = 'convention.amendment-signed' order by e.id`,
    [one.id],
  )
  assert.deepEqual(
    rows.map(r => r.by_another),
    [false, true],
  )
})

test('AGR-6: an amendment is proposed only with the document of its own text, signatories and number; who may not compose, and what it lacks', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  const path = `/conventions/${one.id}/amendments`
  const answered = async (who: Person, body: object, id = one.id) => {
    const { statusCode, body: said } = await composeAmendment(who, id, body)
    return [statusCode, JSON.parse(said).code]
  }
  assert.deepEqual(await answered(partner.gilles, anAmendment()), [403, 'access/role-required'])
  assert.deepEqual(await answered(elsewhere, anAmendment()), [404, 'not-found'])
  assert.deepEqual(await answered(sylvie, { ...anAmendment(), other: 1 }), [400, 'request/malformed'])
  assert.deepEqual(await answered(sylvie, anAmendment({ termOn: '2026-02-01' })), [422, 'convention/term-in-past'])
  assert.deepEqual(await answered(sylvie, anAmendment({ body: 'Pour {{partenaire.maire}}.' })), [
    422,
    'convention/blanks',
  ])
  const drafted = await draft(await aPartner())
  assert.deepEqual(await answered(sylvie, anAmendment(), drafted.id), [409, 'convention/wrong-state'])

  const { id: documentId } = (await composeAmendment(sylvie, one.id, anAmendment())).json()
  // Composed, and not proposed: it is the region's alone.
  const reads = async (who: Person) => [
    (await ok(who, 'GET', `/conventions/${one.id}`)).documents.some((d: any) => d.id === documentId),
    (await download(who, one.id, documentId)).statusCode,
  ]
  assert.deepEqual(
    [await reads(partner.gilles), await reads(sylvie)],
    [
      [false, 404],
      [true, 200],
    ],
  )
  const { partenaire, operateur } = anAmendment().signatories
  for (const over of [
    { title: 'Autre' },
    { body: 'Autre.' },
    { termOn: null },
    { renews: false },
    { signatories: { partenaire: { ...partenaire, name: 'Lou Autre' }, operateur } },
    { documentId: one.documentId },
    { documentId: uuidv7() },
  ])
    assert.deepEqual(
      await refused(sylvie, 'POST', path, { ...anAmendment(), documentId, ...over }),
      [409, 'convention/document-stale'],
      JSON.stringify(over),
    )
  const propose = () => refused(sylvie, 'POST', path, { ...anAmendment(), documentId })
  // Its number is taken by the first of the two.
  const twice = await Promise.all([propose(), propose()])
  assert.deepEqual(twice.map(([status]) => status).sort(), [200, 409])
  assert.deepEqual(await propose(), [409, 'convention/document-stale'])
  assert.equal((await ok(sylvie, 'GET', `/conventions/${one.id}`)).amendments.length, 1)
})

test('AGR-6: an amendment is refused by the partner or taken back by the operator, with its reason; its number and its text stay, and nobody signs it', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  const path = `/conventions/${one.id}/amendments`
  const propose = async () =>
    (
      await ok(sylvie, 'POST', path, {
        title: 'Terme',
        body: 'Le terme est reporté.',
        termOn: '2027-06-30',
        renews: true,
      })
    ).convention.amendments.at(-1)
  const awaited = async (who: Person) =>
    (await ok(who, 'GET', '/conventions')).items.find((line: any) => line.id === one.id)?.amendmentAwaits
  const first = await propose()
  const close = { reason: 'Le terme ne convient pas.' }
  for (const who of [odile, partner.agent])
    assert.deepEqual(await refused(who, 'POST', `${path}/${first.id}/close`, close), [403, 'convention/not-a-party'])
  assert.deepEqual(await refused(elsewhere, 'POST', `${path}/${first.id}/close`, close), [404, 'not-found'])
  assert.deepEqual(await refused(partner.gilles, 'POST', `${path}/${first.id}/close`, { reason: ' ' }), [
    400,
    'request/malformed',
  ])
  assert.deepEqual(await refused(partner.gilles, 'POST', `${path}/${one.id}/close`, close), [404, 'not-found'])
  await ok(signer, 'POST', `${path}/${first.id}/sign`, { sha256: first.sha256 })
  await deliverMails(house, mailbox)
  mailbox.mails.length = 0
  const { convention } = await ok(partner.gilles, 'POST', `${path}/${first.id}/close`, close)
  assert.deepEqual(
    [convention.amendments[0].number, convention.amendments[0].closed, convention.amendments[0].allowed],
    [1, { party: 'partenaire', reason: close.reason, at: '2026-02-02T09:00:00.000Z' }, []],
  )
  assert.ok((await deliverMails(house, mailbox)).every(m => m.text.includes('refuse l’avenant n° 1')))
  assert.deepEqual([await awaited(sylvie), await awaited(partner.gilles)], [[], []])
  for (const [who, to, body] of [
    [partner.gilles, 'sign', { sha256: first.sha256 }],
    [sylvie, 'close', close],
  ] as const)
    assert.deepEqual(await refused(who, 'POST', `${path}/${first.id}/${to}`, body), [
      409,
      'convention/amendment-closed',
    ])
  assert.deepEqual(
    await refused(sylvie, 'POST', `/conventions/${one.id}/paper-signatures`, {
      amendmentId: first.id,
      sha256: first.sha256,
      file: aPdf('signé'),
      signatures: [{ party: 'partenaire', signedOn: '2026-02-02', signerName: 'Camille Essai' }],
    }),
    [409, 'convention/amendment-closed'],
  )
  assert.equal((await download(partner.gilles, one.id, first.documentId)).statusCode, 200)

  const second = await propose()
  assert.equal(second.number, 2)
  // Taken back as it is signed: one of the two holds.
  await ok(partner.gilles, 'POST', `${path}/${second.id}/sign`, { sha256: second.sha256 })
  const raced = await Promise.all([
    refused(signer, 'POST', `${path}/${second.id}/sign`, { sha256: second.sha256 }),
    refused(sylvie, 'POST', `${path}/${second.id}/close`, close),
  ])
  assert.deepEqual(raced.map(([status]) => status).sort(), [200, 409])
  const after = (await ok(sylvie, 'GET', `/conventions/${one.id}`)).amendments[1]
  assert.equal((after.closed === null) === (after.effectiveAt !== null), true)
  const third = await propose()
  await ok(partner.gilles, 'POST', `${path}/${third.id}/sign`, { sha256: third.sha256 })
  await ok(signer, 'POST', `${path}/${third.id}/sign`, { sha256: third.sha256 })
  assert.deepEqual(await refused(sylvie, 'POST', `${path}/${third.id}/close`, close), [
    409,
    'convention/amendment-in-effect',
  ])
  assert.ok((await trail(one.id)).includes('convention.amendment-refused'))
})

test('AGR-6, AGR-13: an amendment closed while a signature waits to be confirmed takes no effect when it is', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  const path = `/conventions/${one.id}`
  const amendment = (
    await ok(sylvie, 'POST', `${path}/amendments`, { title: 'Objet', body: 'Texte.', termOn: null, renews: true })
  ).convention.amendments[0]
  await ok(partner.gilles, 'POST', `${path}/amendments/${amendment.id}/sign`, { sha256: amendment.sha256 })
  const { convention } = await ok(partner.gilles, 'POST', `${path}/paper-signatures`, {
    amendmentId: amendment.id,
    sha256: amendment.sha256,
    file: aPdf('signé'),
    signatures: [{ party: 'operateur', signedOn: '2026-02-02', signerName: 'Camille Essai' }],
  })
  await ok(sylvie, 'POST', `${path}/amendments/${amendment.id}/close`, { reason: 'Erreur de texte' })
  const waits = convention.signatures.find((s: any) => s.amendmentId && s.party === 'operateur')
  await ok(sylvie, 'POST', `${path}/answers`, { kind: 'signature', id: waits.id, answer: 'confirm', reason: null })
  const seen = (await ok(sylvie, 'GET', path)).amendments[0]
  assert.deepEqual([seen.effectiveAt, seen.closed.party], [null, 'operateur'])
})

test('AGR-11: the act says whether it designates the account managers, and until when it may be contested', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await sent(partner)
  const signatory = async () => (await ok(sylvie, 'GET', `/conventions/${one.id}`)).signatories[0]
  assert.deepEqual(
    (({ party, designatesRgc, contestableUntil }) => [party, designatesRgc, contestableUntil])(await signatory()),
    ['partenaire', false, '2026-03-14'],
  )
  const { act, actOn, localAuthority, prefectureOn, publishedOn, name, capacity } = await signatory()
  const body = { act, actOn, localAuthority, prefectureOn, publishedOn, name, capacity }
  const settle = (over: object) =>
    ok(sylvie, 'PUT', `/conventions/${one.id}/signatories/partenaire`, { ...body, ...over })
  await settle({ designatesRgc: true })
  await settle({ publishedOn: null })
  assert.deepEqual(
    (({ designatesRgc, contestableUntil }) => [designatesRgc, contestableUntil])(await signatory()),
    [true, null],
    'what is not said again of the designation stays',
  )
})

test('API-4, AGR-11: of two who settle a signatory’s act from one reading, the second is refused with what stands, of the convention and of an amendment; a blind write is refused', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  const path = `/conventions/${one.id}`
  const read = async (who: Person) => ok(who, 'GET', path)
  const { version, signatories } = await read(partner.gilles)
  const { contestableUntil, warnings, party, actDocumentId, ...body } = signatories[0]
  const over = (n: number) => ({ ...once(), 'if-match': `"${n}"` })
  const settle = (who: Person, act: string, n: number) =>
    calling(who, 'PUT', `${path}/signatories/partenaire`, { ...body, act }, over(n))
  const first = await settle(sylvie, 'Délibération 13', version)
  assert.deepEqual([first.status, first.body.version, first.headers.etag], [200, version + 1, `"${version + 1}"`])
  const second = await settle(partner.gilles, 'Délibération 12', version)
  assert.deepEqual([second.status, second.body.code], [412, 'request/changed-meanwhile'])
  assert.deepEqual(second.body.current, await read(partner.gilles), 'as its reader sees it')
  assert.equal(second.body.current.signatories[0].act, 'Délibération 13')
  const both = await Promise.all([
    settle(sylvie, 'Délibération 14', version + 1),
    settle(partner.gilles, 'Délibération 15', version + 1),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412])
  const { convention } = await ok(sylvie, 'POST', `${path}/amendments`, {
    title: 'Objet',
    body: 'Texte.',
    termOn: null,
    renews: true,
    signatories: {
      partenaire: { name: 'Alix', capacity: 'Présidente', act: 'Délibération 2026-40', actOn: '2026-01-20' },
      operateur: { name: 'Sacha', capacity: 'Directrice', act: 'Arrêté 12', actOn: '2026-01-21' },
    },
  })
  const ofAmendment = `${path}/amendments/${convention.amendments[0].id}/signatories/partenaire`
  const bodyOf = (prefectureOn: string) => ({ localAuthority: true, prefectureOn, publishedOn: null })
  const received = (who: Person, prefectureOn: string) =>
    calling(who, 'PUT', ofAmendment, bodyOf(prefectureOn), over(convention.version))
  assert.equal((await received(sylvie, '2026-01-22')).status, 200)
  const late = await received(partner.gilles, '2026-01-23')
  assert.deepEqual([late.status, late.body.current.amendments[0].signatories[0].prefectureOn], [412, '2026-01-22'])
  for (const [blind, said] of [
    [`${path}/signatories/partenaire`, body],
    [ofAmendment, bodyOf('2026-01-24')],
  ] as const)
    assert.equal((await house.call(sylvie, 'PUT', blind, said, once())).body.code, 'request/if-match-required')
})

test('SEC-6, API-4: straight to the database, only who acts for a party makes a convention one version more, and over the version read', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const { id } = await inForce(partner)
  const over = async (who: Person, version: number) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await settleOver(tx, id, version)
    } finally {
      await tx.rollback()
    }
  }
  const {
    rows: [{ version }],
  } = await house.owner.query('select version from conventions where id = $1', [id])
  for (const who of [sylvie, partner.gilles])
    assert.deepEqual([await over(who, version), await over(who, version + 1)], [true, false])
  for (const who of [elsewhere, partner.agent, odile, (await aPartner()).gilles])
    assert.equal(await over(who, version), false, who.name)
  const nobody = await house.database.begin()
  assert.equal(await settleOver(nobody, id, version), false)
  await nobody.rollback()
})

test('AGR-6, AGR-11: of the act that an amendment names: received by the prefecture, published, contestable until; a signature earlier than either is said', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  const path = `/conventions/${one.id}`
  const { actOn, act, name, capacity } = aSignatory()
  const asked = { title: 'Objet', body: 'Texte.', termOn: null, renews: true }
  const named = { name, capacity, act: 'Délibération 2026-40', actOn: '2026-01-20' }
  const propose = async (partenaire: object) =>
    (
      await ok(sylvie, 'POST', `${path}/amendments`, {
        ...asked,
        signatories: { partenaire, operateur: { name, capacity, act, actOn } },
      })
    ).convention.amendments.at(-1)
  const amendment = await propose(named)
  const [of] = amendment.signatories
  assert.deepEqual(
    [of.party, of.localAuthority, of.prefectureOn, of.contestableUntil, of.warnings, of.allowed],
    ['partenaire', true, null, null, ['no-prefecture', 'no-publication'], ['settle']],
  )
  const settle = `${path}/amendments/${amendment.id}/signatories`
  const dates = { localAuthority: true, prefectureOn: '2026-01-22', publishedOn: '2026-02-01' }
  for (const [who, party, wanted] of [
    [partner.agent, 'partenaire', [404, 'not-found']], // not in effect yet
    [partner.gilles, 'operateur', [403, 'convention/not-a-party']],
    [signer, 'partenaire', [403, 'convention/not-a-party']],
    [(await aPartner()).gilles, 'partenaire', [404, 'not-found']],
  ] as const)
    assert.deepEqual(await refused(who, 'PUT', `${settle}/${party}`, dates), wanted)
  for (const wrong of [{}, { ...dates, publishedOn: '2026-02-31' }, { ...dates, name: 'Alix' }])
    assert.equal((await refused(partner.gilles, 'PUT', `${settle}/partenaire`, wrong))[1], 'request/malformed')
  assert.deepEqual(await refused(partner.gilles, 'PUT', `${settle}/partenaire`, { ...dates, file: uuidv7() }), [
    409,
    'upload/unknown',
  ])
  const seen = (await ok(sylvie, 'GET', path)).amendments[0].signatories[0]
  assert.equal(seen.publishedOn, null, 'nothing of what was refused is kept')

  const told = (await ok(partner.gilles, 'PUT', `${settle}/partenaire`, dates)).amendments[0].signatories[0]
  assert.deepEqual(
    [told.prefectureOn, told.publishedOn, told.contestableUntil, told.warnings],
    ['2026-01-22', '2026-02-01', '2026-04-02', []],
  )
  const { convention } = await ok(sylvie, 'POST', `${path}/paper-signatures`, {
    amendmentId: amendment.id,
    sha256: amendment.sha256,
    file: aPdf('avenant signé'),
    signatures: [{ party: 'partenaire', signedOn: '2026-01-21', signerName: name }],
  })
  assert.deepEqual(convention.amendments[0].signatories[0].warnings, ['before-prefecture', 'before-publication'])
  // The same act, of the same day, is the one whose dates the convention already says.
  const same = (await propose({ name, capacity, act: `  ${act.toUpperCase()} `, actOn })).signatories[0]
  assert.deepEqual([same.prefectureOn, same.publishedOn, same.warnings], ['2026-01-12', '2026-01-13', []])
  await ok(sylvie, 'POST', `${path}/amendments/${amendment.id}/close`, { reason: 'Erreur' })
  assert.deepEqual(await refused(partner.gilles, 'PUT', `${settle}/partenaire`, dates), [
    409,
    'convention/amendment-closed',
  ])
  assert.equal((await trail(one.id)).filter(action => action === 'convention.authority-settled').length, 1)
})

test('AGR-11: the act that empowers a signatory is kept as a file, read by whoever reads who signs; of the convention, and of an amendment', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  const path = `/conventions/${one.id}`
  const { contestableUntil, warnings, party, actDocumentId, ...body } = (await ok(sylvie, 'GET', path)).signatories[0]
  assert.deepEqual([party, actDocumentId], ['partenaire', null])
  const file = aPdf('délibération', 'Délibération 12.pdf')
  const settled = await ok(partner.gilles, 'PUT', `${path}/signatories/partenaire`, { ...body, file })
  const kept = settled.signatories[0].actDocumentId
  assert.deepEqual(
    settled.documents.filter((d: any) => d.kind === 'acte').map((d: any) => [d.id, d.name]),
    [[kept, 'Délibération 12.pdf']],
  )
  assert.deepEqual(
    [
      await refused(partner.gilles, 'PUT', `${path}/signatories/partenaire`, { ...body, file: uuidv7() }),
      (await ok(partner.gilles, 'PUT', `${path}/signatories/partenaire`, body)).signatories[0].actDocumentId,
    ],
    [[409, 'upload/unknown'], kept],
    'completed again without a file, it keeps the one it has',
  )
  const amendment = (
    await ok(sylvie, 'POST', `${path}/amendments`, {
      title: 'Objet',
      body: 'Texte.',
      termOn: null,
      renews: true,
      signatories: {
        partenaire: { name: 'Alix', capacity: 'Présidente', act: 'Délibération 2026-40', actOn: '2026-01-20' },
        operateur: { name: 'Sacha', capacity: 'Directrice', act: 'Arrêté 12', actOn: '2026-01-21' },
      },
    })
  ).convention.amendments[0]
  const other = (
    await ok(sylvie, 'PUT', `${path}/amendments/${amendment.id}/signatories/operateur`, {
      localAuthority: false,
      prefectureOn: null,
      publishedOn: null,
      file: aPdf('arrêté', 'Arrêté 12.pdf'),
    })
  ).amendments[0].signatories[1].actDocumentId
  const statuses = async (id: string) =>
    Promise.all(
      [partner.gilles, partner.agent, sylvie, odile, (await aPartner()).gilles].map(
        async who => (await download(who, one.id, id)).statusCode,
      ),
    )
  assert.deepEqual(await statuses(kept), [200, 200, 200, 200, 404])
  assert.deepEqual(await statuses(other), [200, 404, 200, 200, 404], 'an amendment proposed is not the agents’ yet')
  for (const who of [partner.gilles, signer]) {
    const named = { amendmentId: amendment.id, accountId: who.id, replacement: aReplacement() }
    await ok(who, 'POST', `${path}/signers`, named)
    await ok(who, 'POST', `${path}/amendments/${amendment.id}/sign`, { sha256: amendment.sha256 })
  }
  assert.deepEqual(await statuses(other), [200, 200, 200, 200, 404])
  assert.ok((await download(partner.agent, one.id, kept)).rawPayload.includes('délibération'))
})

test('AGR-6, POR-5: an amendment waits for each party that has not signed it, and for nobody once it is too late', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await inForce(partner)
  const awaited = async (who: Person) =>
    (await ok(who, 'GET', '/conventions')).items.find((line: any) => line.id === one.id)?.amendmentAwaits
  const propose = async (termOn: string) =>
    (
      await ok(sylvie, 'POST', `/conventions/${one.id}/amendments`, {
        title: 'Terme',
        body: 'Le terme est reporté.',
        termOn,
        renews: true,
      })
    ).convention.amendments.at(-1)
  const sign = (who: Person, { id, sha256 }: { id: string; sha256: string }) =>
    ok(who, 'POST', `/conventions/${one.id}/amendments/${id}/sign`, { sha256 })
  assert.deepEqual(await awaited(partner.gilles), [])
  const first = await propose('2027-06-30')
  for (const who of [partner.gilles, signer]) assert.deepEqual(await awaited(who), ['operateur', 'partenaire'])
  await sign(partner.gilles, first)
  const second = await propose('2026-03-31')
  await sign(signer, second)
  assert.deepEqual(await awaited(partner.gilles), ['operateur', 'partenaire'], 'each waits for the other')
  await sign(signer, first)
  assert.deepEqual(await awaited(partner.gilles), ['partenaire'])
  at('2026-03-31T21:00:00Z')
  assert.deepEqual(await awaited(signer), ['partenaire'], 'its last day in Paris')
  at('2026-03-31T22:30:00Z')
  assert.deepEqual(await awaited(signer), [], 'nobody may sign it any more')
})

test('AGR-7: at the instant its convention ends, an open session loses its tools, and nothing is deleted', async () => {
  const partner = await newPartner()
  const agent = await house.person(partner.id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  const { insertConvention } = await import('../../people-and-rights/organisations/testing.ts')
  const end = new Date(Date.now() + 5 * 60_000)
  await insertConvention(house.owner, partner.id, '2026-01-01T00:00:00Z', end)
  await ok(agent, 'GET', '/campaigns')
  await moveClockTo(house.owner, new Date(end.getTime() + 1_000))
  try {
    assert.deepEqual(await refused(agent, 'GET', '/campaigns'), [403, 'access/no-convention'])
  } finally {
    await putClockBack(house.owner)
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
      partenaire: aSignatory({ name: partner.gilles.name, prefectureOn: null, publishedOn: null }),
      operateur: aSignatory({ name: signer.name, localAuthority: false, prefectureOn: null, publishedOn: null }),
    },
  })
  const warnings = (c: any) => c.signatories.find((s: any) => s.party === 'partenaire').warnings
  assert.deepEqual(warnings(one), ['no-prefecture', 'no-publication'])
  const complete = (who: Person, over: object = {}) =>
    calling(
      who,
      'PUT',
      `/conventions/${one.id}/signatories/partenaire`,
      aSignatory({ prefectureOn: '2026-02-04', publishedOn: '2026-02-01', name: 'Autre Nom', ...over }),
      once(),
    )
  assert.equal((await complete(partner.agent)).body.code, 'convention/not-a-party')
  assert.equal((await complete(signer)).body.code, 'convention/not-a-party')
  // A day to come is no receipt: it is told once it is there.
  for (const over of [{}, { prefectureOn: null, publishedOn: '2026-02-04' }])
    assert.equal((await complete(partner.gilles, over)).body.code, 'convention/day-in-future')
  at('2026-02-04T09:00:00Z')
  const settled = (await complete(partner.gilles)).body
  assert.deepEqual(
    [warnings(settled), settled.signatories.find((s: any) => s.party === 'partenaire').name],
    [['before-prefecture'], partner.gilles.name],
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
  const uncertified = async (lacks = 'rgc') =>
    (await ok(sylvie, 'GET', `/conventions?lacks=${lacks}`)).items.find((l: any) => l.id === one.id)?.rgcUncertified
  assert.equal(await uncertified(), undefined)
  const certified = (recorded: string) =>
    house.owner.query('update rgc_certificates set recorded_at = $2 where account_id = $1', [
      partner.gilles.id,
      recorded,
    ])
  await certified('2100-01-01')
  assert.equal(await uncertified(), true, 'designated, and a gate that no certificate opens')
  assert.match((await ok(sylvie, 'POST', '/conventions/export', { region, lacks: 'rgc' })).csv, /"sans attestation"/)
  await certified('2020-01-01')
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

test('AGR-10, POR-5: however many conventions, each is on one page of the list and in the file; counts are those of all; what one’s party has to sign is a filter', async () => {
  at('2026-02-02T09:00:00Z')
  const many = 2_100
  const { anOrganisation, insertOrganisation } = await import('../../people-and-rights/organisations/testing.ts')
  const { id } = await insertOrganisation(house.owner, anOrganisation({ kind: 'plie', name: 'PLIE des Essais' }), {
    convention: false,
  })
  const partner = { id, gilles: await withRoles(house, id, 'signataire') }
  const before = (await ok(sylvie, 'GET', `/conventions?region=${region}&limit=1`)).counts
  const one = await sent(partner)
  await house.owner.query(
    `insert into conventions (id, organisation_id, region_id, number, first_term_on, created_at)
      select gen_random_uuid(), $1, $2, 'essai-' || n, '2026-12-31', now() from generate_series(1, $3) n`,
    [id, region, many],
  )
  const seen: string[] = []
  let counts: any
  for (let after = ''; ; ) {
    const page = await ok(sylvie, 'GET', `/conventions?region=${region}&limit=200${after && `&after=${after}`}`)
    seen.push(...page.items.map((line: any) => line.id))
    counts = page.counts
    if (!page.next) break
    after = page.next
  }
  assert.deepEqual(
    [seen.length, new Set(seen).size, counts.all],
    [before.all + many + 1, before.all + many + 1, seen.length],
  )
  assert.equal((await ok(sylvie, 'POST', '/conventions/export', { region })).rows, seen.length)
  const own = await ok(partner.gilles, 'GET', '/conventions?awaits=convention')
  assert.deepEqual(
    [own.items.map((line: any) => line.id), own.counts.convention, own.counts.all],
    [[one.id], 1, many + 1],
  )
  assert.equal((await ok(partner.gilles, 'GET', '/conventions?awaits=amendment')).items.length, 0)
  for (const wrong of ['after=x', 'limit=0', 'awaits=autre'])
    assert.equal((await house.call(sylvie, 'GET', `/conventions?${wrong}`)).status, 400, wrong)
  await house.owner.query(`delete from conventions where number like 'essai-%'`)
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
          calling(
            who,
            'POST',
            `/conventions/${one.id}/notices`,
            {
              channel: 'courriel',
              sentOn: addDays(day, -3),
              receivedOn: random() < 0.3 ? null : day,
              document: aPdf(),
            },
            once(),
          ),
        () =>
          calling(
            who,
            'POST',
            `/conventions/${one.id}/breaches`,
            {
              clauses: ['two-factors'],
              obligation: 'Article 7',
              letterReference: 'LR',
              sentOn: addDays(day, -3),
              presentedOn: random() < 0.3 ? null : day,
              deliveredOn: null,
              document: aPdf(),
            },
            once(),
          ),
        () =>
          calling(
            who,
            'POST',
            `/conventions/${one.id}/withdrawals`,
            { kind, id: (pick(random, some) as any)?.id ?? uuidv7(), reason: 'Accord' },
            once(),
          ),
        () =>
          calling(
            who,
            'POST',
            `/conventions/${one.id}/receipts`,
            { kind, id: (pick(random, some) as any)?.id ?? uuidv7(), receivedOn: day, presentedOn: null },
            once(),
          ),
        async () => {
          const proposed = await calling(
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
          await calling(
            partner.gilles,
            'POST',
            `/conventions/${one.id}/amendments/${amendment.id}/sign`,
            { sha256: amendment.sha256 },
            once(),
          )
          return calling(
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
  const { shippedTemplate } = await import('../templates/shipped-template.ts')
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
    document: aPdf(),
  })
  const { convention } = await ok(partner.gilles, 'POST', `${path}/breaches`, {
    clauses: ['two-factors'],
    obligation: 'Article 7',
    letterReference: 'LR',
    sentOn: '2026-02-09',
    presentedOn: null,
    deliveredOn: null,
    document: aPdf(),
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

test('AGR-1, AGR-9: while its first convention is prepared, the regional direction enters the partner’s contacts, and the partner is told; once in force, the partner alone', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const body = { name: 'Mairie', email: 'mairie@partenaire.example', telephone: null, organisationId: partner.id }
  const put = (who: Person, over: object = {}) => refused(who, 'PUT', '/contacts/gouvernance', { ...body, ...over })
  assert.deepEqual(await put(sylvie), [403, 'contact/own-party-only'], 'no convention is prepared')
  const one = await sent(partner)
  await deliverMails(house, mailbox)
  mailbox.mails.length = 0
  for (const who of [elsewhere, signer, odile, partner.agent])
    assert.deepEqual(await put(who), [403, 'contact/own-party-only'])
  assert.equal((await refused(sylvie, 'PUT', '/contacts/cssi', body))[1], 'contact/role-of-other-party')
  const { contact } = await ok(sylvie, 'PUT', '/contacts/gouvernance', body)
  assert.deepEqual([contact.party, contact.regionId, contact.name], ['partenaire', null, 'Mairie'])
  assert.match(
    (await deliverMails(house, mailbox)).map(m => m.text).join(),
    /a inscrit l’interlocuteur « Gouvernance »/,
  )
  assert.ok((await ok(sylvie, 'GET', `/conventions/${one.id}`)).allowed.includes('enter-contacts'))
  for (const who of [partner.gilles, signer])
    await ok(who, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  const closed = async (why: string) => {
    assert.deepEqual(await put(sylvie, { name: 'Autre' }), [403, 'contact/own-party-only'], why)
    assert.ok(!(await ok(sylvie, 'GET', `/conventions/${one.id}`)).allowed.includes('enter-contacts'), why)
  }
  await closed('in force')
  await house.owner.query(`update conventions set ends_at = '2026-02-03T00:00:00Z' where id = $1`, [one.id])
  await closed('ended: nothing is prepared, hence nobody would be told')
  await draft(partner)
  await ok(sylvie, 'PUT', '/contacts/gouvernance', body)
})

test('AGR-1: the version of the model is that of the composing, even if another is published before the sending', async () => {
  at('2026-02-02T09:00:00Z')
  const samir = await withRoles(house, operator, 'administrateur')
  const { shippedTemplate } = await import('../templates/shipped-template.ts')
  const before = await ok(samir, 'POST', '/convention-templates', shippedTemplate)
  const partner = await aPartner()
  const one = await draft(partner)
  const dpd = { name: 'Protection des données', email: 'dpd@partenaire.example', telephone: null }
  await ok(sylvie, 'PUT', '/contacts/dpd', { ...dpd, regionId: region })
  await ok(sylvie, 'PUT', '/contacts/dpd', { ...dpd, organisationId: one.organisation.id })
  const { id: documentId } = (await compose(sylvie, one.id)).json()
  await ok(samir, 'POST', '/convention-templates', { ...shippedTemplate, title: 'Convention nouvelle' })
  const { convention } = await ok(sylvie, 'POST', `/conventions/${one.id}/send`, { documentId })
  assert.equal(convention.templateVersion, before.version)
  const preview = await ok(sylvie, 'GET', `/conventions/${one.id}/preview`)
  assert.equal(preview.templateVersion, before.version, 'and so is the text that one reads again')
})

test('AGR-2: who signs and is not the signatory that the document names is shown, and the trail says so', async () => {
  at('2026-02-02T09:00:00Z')
  const partner = await aPartner()
  const one = await sent(partner, {
    signatories: {
      partenaire: aSignatory({ name: partner.gilles.name.toUpperCase().split(' ').toReversed().join(' ') }),
      operateur: aSignatory({ localAuthority: false, prefectureOn: null, publishedOn: null }),
    },
  })
  const replacement = aReplacement()
  await ok(signer, 'POST', `/conventions/${one.id}/signers`, { amendmentId: null, accountId: signer.id, replacement })
  for (const who of [partner.gilles, signer])
    await ok(who, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  const { signatures } = await ok(partner.gilles, 'GET', `/conventions/${one.id}`)
  assert.deepEqual(
    signatures.map((s: any) => [s.party, s.byAnother]),
    [
      ['partenaire', false],
      ['operateur', true],
    ],
  )
  const { rows } = await house.owner.query(
    `select d.detail ->> 'signer' as signer, d.detail -> 'byAnother' as other from audit_entries e
      join audit_details d on d.entry_id = e.id where e.subject_id = $1 and e.action = 'convention.signed' order by e.id`,
    [one.id],
  )
  assert.deepEqual(rows, [
    { signer: partner.gilles.name, other: false },
    { signer: signer.name, other: true },
  ])
})
