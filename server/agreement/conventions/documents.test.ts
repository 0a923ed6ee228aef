import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { mostUploaded } from '../../../contract/people-and-rights/uploads.ts'
import { aScan, insertSent } from '../../people-and-rights/uploads/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { once } from '../../testing/house.ts'
import { textOfPdf } from '../../testing/pdf.ts'
import { aDraft, aPdf, aSignatory, withFiles, withRoles } from './testing.ts'
import { type Documents, type Life, openDocuments, openLife } from './testing-life.ts'

let life: Life
let documents: Documents
before(async () => {
  life = await openLife()
  documents = await openDocuments(life)
})
after(async () => {
  await documents.close()
  await life.close()
})

test('SEC-1: who reads a document of a convention is in the trail, and without its entry nothing leaves; what is refused leaves none', async () => {
  life.at('2026-02-02T09:00:00Z')
  const one = await life.sent(await life.aPartner())
  const document = (
    await life.house.owner.query('select id from convention_documents where convention_id = $1', [one.id])
  ).rows[0].id
  const before = await life.trail(one.id)
  for (const [who, id] of [
    [life.elsewhere, document],
    [life.sylvie, uuidv7()],
  ] as const)
    assert.equal((await documents.download(who, one.id, id)).json().code, 'not-found')
  await life.house.owner.query(
    `create function fails() returns trigger language plpgsql as $$ begin raise exception 'no trail'; end $$; create
      trigger fails before insert on audit_entries for each row execute function fails()`,
  )
  const answer = await documents.download(life.sylvie, one.id, document)
  await life.house.owner.query('drop trigger fails on audit_entries; drop function fails()')
  assert.deepEqual([answer.statusCode, answer.rawPayload.includes('%PDF')], [500, false])
  assert.deepEqual(await life.trail(one.id), before)
  assert.equal((await documents.download(life.sylvie, one.id, document)).statusCode, 200)
  const [entry] = (
    await life.house.owner.query(
      `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'convention.document-read' and e.subject_id = $1`,
      [one.id],
    )
  ).rows
  assert.deepEqual(entry, { actor_id: life.sylvie.id, detail: { document } })
})

test('AGR-1: the document holds the parties, the article and the heading of every annex, tagged; what is missing is marked; changed since, it is not sent', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.draft(partner, {
    signatories: { partenaire: aSignatory({ act: null, actOn: null }), operateur: aSignatory() },
  })
  const preview = await life.ok(partner.agent, 'GET', `/conventions/${one.id}/preview`)
  assert.ok(
    preview.missing.includes('L’acte qui l’habilite à signer') &&
      preview.missing.includes('Les interlocuteurs du partenaire (annexe 2)'),
  )
  assert.ok(
    preview.blocks
      .flatMap((b: any) => b.parts)
      .some((p: any) => p.missing && p.text === '[L’acte qui l’habilite à signer : à compléter]'),
  )
  const made = await documents.compose(life.sylvie, one.id)
  const pdf = (await documents.download(life.sylvie, one.id, made.json().id)).rawPayload
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
  const edited = await life.ok(
    life.sylvie,
    'PUT',
    `/conventions/${one.id}`,
    (({ organisationId: _o, regionId: _r, ...body }) => body)({
      ...aDraft(partner.id, life.region),
      number: one.number,
    }),
    { ...once(), 'if-match': `"${one.version}"` },
  )
  assert.equal(edited.version, one.version + 1)
  assert.deepEqual(
    await life.refused(life.sylvie, 'POST', `/conventions/${one.id}/send`, { documentId: made.json().id }),
    [409, 'convention/document-stale'],
  )
  assert.deepEqual(
    await life.refused(
      life.sylvie,
      'PUT',
      `/conventions/${one.id}`,
      (({ organisationId: _o, regionId: _r, ...body }) => body)(aDraft(partner.id, life.region)),
      { 'if-match': `"${one.version}"` },
    ),
    [412, 'request/changed-meanwhile'],
  )
  assert.deepEqual(
    [
      (await documents.compose(partner.gilles, one.id)).json().code,
      (await documents.compose(life.elsewhere, one.id)).json().code,
    ],
    ['access/role-required', 'not-found'],
  )
})

test('AGR-2: a signed PDF is accepted too: its bytes, their digest, the day it bears; it holds from the end of that day, never before both', async () => {
  life.at('2026-02-10T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner)
  await life.ok(life.signer, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.deepEqual(
    await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, {
      sha256: one.sha256,
      paper: { file: aPdf(), signedOn: '2026-02-13' },
    }),
    [422, 'convention/day-in-future'],
  )
  // A file of another person, or one that is not there: neither is kept.
  for (const file of [await withFiles(life.house, life.signer, aPdf()), uuidv7()])
    assert.deepEqual(
      await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, {
        sha256: one.sha256,
        paper: { file, signedOn: '2026-02-09' },
      }),
      [409, 'upload/unknown'],
    )
  life.at('2026-02-12T09:00:00Z')
  const { convention } = await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, {
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
  life.at('2026-02-12T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner)
  const scan = aScan(mostUploaded)
  const file = await insertSent(life.house.owner, partner.gilles.id, scan, { name: 'Exemplaire signé.pdf' })
  const body = { sha256: one.sha256, paper: { file, signedOn: '2026-02-11' } }
  const { convention } = await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, body)
  const kept = convention.documents.find((d: any) => d.kind === 'signe')
  assert.deepEqual(
    [kept.name, kept.sha256, convention.signatures[0].intact],
    ['Exemplaire signé.pdf', createHash('sha256').update(scan).digest('hex'), true],
  )
  assert.equal((await life.house.owner.query('select from uploads where id = $1', [file])).rowCount, 0)
  const answer = await documents.download(life.signer, one.id, kept.id)
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
  await life.ok(life.signer, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.deepEqual(await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/notices`, notice), [
    409,
    'upload/unknown',
  ])
  // A photograph of a letter is one too, and a refused act leaves it for the next.
  const photo = await insertSent(life.house.owner, partner.gilles.id, Buffer.from('photo'), {
    name: 'lettre.jpeg',
    type: 'image/jpeg',
  })
  const tomorrow = { ...notice, document: photo, receivedOn: '2026-02-13' }
  assert.deepEqual(await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/notices`, tomorrow), [
    422,
    'convention/day-in-future',
  ])
  const after = await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/notices`, { ...notice, document: photo })
  const image = (await documents.download(life.signer, one.id, after.convention.notices[0].documentId)).headers
  assert.deepEqual(
    [image['content-type'], image['content-disposition']],
    ['image/jpeg', 'attachment; filename="lettre.jpg"'],
  )
})

test('AGR-2, SEC-6: a document that leaves is cut as soon as its reader’s session is closed', async () => {
  life.at('2026-02-12T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner)
  const file = await insertSent(life.house.owner, partner.gilles.id, aScan(mostUploaded))
  const body = { sha256: one.sha256, paper: { file, signedOn: '2026-02-11' } }
  const { convention } = await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, body)
  const kept = convention.documents.find((d: any) => d.kind === 'signe')
  const reader = await withRoles(life.house, partner.id, 'dpd')
  await documents.server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = documents.server.server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/api/conventions/${one.id}/documents/${kept.id}`, {
    headers: { cookie: reader.cookie },
  })
  assert.deepEqual([answer.status, answer.headers.get('content-length')], [200, String(mostUploaded)])
  await life.house.owner.query('delete from sessions where id = $1', [reader.sessionId])
  await assert.rejects(answer.arrayBuffer())
})

test('AGR-2: one byte changed in what was signed, the page says it is not the document signed', async () => {
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const intact = async () =>
    (await life.ok(partner.agent, 'GET', `/conventions/${one.id}`)).signatures.map((s: any) => s.intact)
  assert.deepEqual(await intact(), [true, true])
  await life.house.owner.query(
    `update convention_documents set bytes = set_byte(bytes, 3, get_byte(bytes, 3) # 1) where id = $1`,
    [one.documentId],
  )
  assert.deepEqual(await intact(), [false, false])
  // Whoever also mends the digest kept beside the bytes is seen all the same: the signatures hold their own.
  await life.house.owner.query('update convention_documents set sha256 = sha256(bytes) where id = $1', [one.documentId])
  assert.deepEqual(await intact(), [false, false])
  // Nobody writes the digest of the bytes as they are.
  await assert.rejects(
    life.house.owner.query('update convention_documents set bytes_sha256 = sha256 where id = $1', [one.documentId]),
    /can only be updated to DEFAULT/,
  )
})

test('AGR-2: what was signed is compared without reading its bytes: a page costs the same, whatever the scans weigh', async () => {
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const { rows } = await life.house.owner.query(
    `select string_agg(quote_ident(column_name), ', ') as others from information_schema.columns
      where table_schema = 'public' and table_name = 'convention_documents' and column_name <> 'bytes'`,
  )
  await life.house.owner.query('revoke select on convention_documents from cc_web')
  await life.house.owner.query(`grant select (${rows[0].others}) on convention_documents to cc_web`)
  try {
    const { signatures } = await life.ok(partner.gilles, 'GET', `/conventions/${one.id}`)
    assert.deepEqual(
      signatures.map((s: any) => s.intact),
      [true, true],
    )
  } finally {
    await life.house.owner.query('grant select on convention_documents to cc_web')
  }
})

test('AGR-1: the version of the model is that of the composing, even if another is published before the sending', async () => {
  life.at('2026-02-02T09:00:00Z')
  const samir = await withRoles(life.house, life.operator, 'administrateur')
  const { shippedTemplate } = await import('../templates/shipped-template.ts')
  const before = await life.ok(samir, 'POST', '/convention-templates', shippedTemplate)
  const partner = await life.aPartner()
  const one = await life.draft(partner)
  const dpd = { name: 'Protection des données', email: 'dpd@partenaire.example', telephone: null }
  await life.ok(life.sylvie, 'PUT', '/contacts/dpd', { ...dpd, regionId: life.region })
  await life.ok(life.sylvie, 'PUT', '/contacts/dpd', { ...dpd, organisationId: one.organisation.id })
  const { id: documentId } = (await documents.compose(life.sylvie, one.id)).json()
  await life.ok(samir, 'POST', '/convention-templates', { ...shippedTemplate, title: 'Convention nouvelle' })
  const { convention } = await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/send`, { documentId })
  assert.equal(convention.templateVersion, before.version)
  const preview = await life.ok(life.sylvie, 'GET', `/conventions/${one.id}/preview`)
  assert.equal(preview.templateVersion, before.version, 'and so is the text that one reads again')
})
