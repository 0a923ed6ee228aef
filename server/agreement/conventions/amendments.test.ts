import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { deliverMails } from '../../notifications/testing-smtp.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Person } from '../../testing/house.ts'
import { textOfPdf } from '../../testing/pdf.ts'
import { aPdf, aReplacement, withRoles } from './testing.ts'
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

test('AGR-6: an amendment is numbered and signed by both; it moves the term, or ends it; too late, it is refused', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  assert.deepEqual(
    await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/amendments`, {
      title: 'x',
      body: 'x',
      termOn: null,
      renews: true,
    }),
    [403, 'access/role-required'],
  )
  assert.deepEqual(
    await life.refused(life.sylvie, 'POST', `/conventions/${one.id}/amendments`, {
      title: 'x',
      body: 'x',
      termOn: '2026-02-01',
      renews: true,
    }),
    [422, 'convention/term-in-past'],
  )
  const proposed = (
    await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/amendments`, {
      title: 'Prolongation',
      body: 'Le terme est reporté.',
      termOn: '2027-06-30',
      renews: true,
    })
  ).convention
  const [first] = proposed.amendments
  assert.deepEqual([first.number, first.effectiveAt, proposed.term.endsOn], [1, null, '2026-12-31'])
  const path = `/conventions/${one.id}/amendments/${first.id}/sign`
  assert.equal(
    (await life.ok(partner.gilles, 'POST', path, { sha256: first.sha256 })).convention.term.endsOn,
    '2026-12-31',
  )
  life.at('2026-02-03T09:00:00Z')
  const signed = (await life.ok(life.signer, 'POST', path, { sha256: first.sha256 })).convention
  assert.deepEqual(
    [signed.amendments[0].effectiveAt, signed.term],
    ['2026-02-03T09:00:00.000Z', { endsOn: '2027-06-30', renewal: 0, nextEndsOn: '2027-09-30' }],
  )
  const last = (
    await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/amendments`, {
      title: 'Fin',
      body: 'Il est mis fin à la convention.',
      termOn: '2026-03-31',
      renews: false,
    })
  ).convention.amendments[1]
  assert.equal(last.number, 2)
  await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/amendments/${last.id}/sign`, { sha256: last.sha256 })
  life.at('2026-04-01T09:00:00Z')
  assert.deepEqual(
    await life.refused(life.signer, 'POST', `/conventions/${one.id}/amendments/${last.id}/sign`, {
      sha256: last.sha256,
    }),
    [422, 'convention/term-in-past'],
  )
  assert.equal((await life.stored(one.id)).end, null)
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
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const named = await withRoles(life.house, partner.id, 'signataire')
  await life.house.owner.query(`update accounts set given_name = 'Alix', family_name = 'MODELE' where id = $1`, [
    named.id,
  ])
  const path = `/conventions/${one.id}/amendments`
  const made = await documents.composeAmendment(life.sylvie, one.id, anAmendment())
  assert.equal(made.statusCode, 200, made.body)
  const { id: documentId, sha256 } = made.json()
  const { convention } = await life.ok(life.sylvie, 'POST', path, { ...anAmendment(), documentId })
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
  const { rawPayload: pdf, headers } = await documents.download(partner.gilles, one.id, documentId)
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
  for (const who of [partner.gilles, life.signer])
    assert.deepEqual(await life.refused(who, 'POST', `${path}/${amendment.id}/sign`, { sha256 }), [
      403,
      'convention/not-named-signer',
    ])
  await life.ok(named, 'POST', `${path}/${amendment.id}/sign`, { sha256 })
  await life.ok(life.signer, 'POST', `/conventions/${one.id}/signers`, {
    amendmentId: amendment.id,
    accountId: life.signer.id,
    replacement: aReplacement(),
  })
  const both = (await life.ok(life.signer, 'POST', `${path}/${amendment.id}/sign`, { sha256 })).convention
  assert.deepEqual(
    both.signatures.filter((s: any) => s.amendmentId).map((s: any) => [s.party, s.byAnother, s.intact]),
    [
      ['partenaire', false, true],
      ['operateur', true, true],
    ],
  )
  assert.equal(both.amendments[0].effectiveAt, '2026-02-02T09:00:00.000Z')
  const { rows } = await life.house.owner.query(
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
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const path = `/conventions/${one.id}/amendments`
  const answered = async (who: Person, body: object, id = one.id) => {
    const { statusCode, body: said } = await documents.composeAmendment(who, id, body)
    return [statusCode, JSON.parse(said).code]
  }
  assert.deepEqual(await answered(partner.gilles, anAmendment()), [403, 'access/role-required'])
  assert.deepEqual(await answered(life.elsewhere, anAmendment()), [404, 'not-found'])
  assert.deepEqual(await answered(life.sylvie, { ...anAmendment(), other: 1 }), [400, 'request/malformed'])
  assert.deepEqual(await answered(life.sylvie, anAmendment({ termOn: '2026-02-01' })), [422, 'convention/term-in-past'])
  assert.deepEqual(await answered(life.sylvie, anAmendment({ body: 'Pour {{partenaire.maire}}.' })), [
    422,
    'convention/blanks',
  ])
  const drafted = await life.draft(await life.aPartner())
  assert.deepEqual(await answered(life.sylvie, anAmendment(), drafted.id), [409, 'convention/wrong-state'])

  const { id: documentId } = (await documents.composeAmendment(life.sylvie, one.id, anAmendment())).json()
  // Composed, and not proposed: it is the region's alone.
  const reads = async (who: Person) => [
    (await life.ok(who, 'GET', `/conventions/${one.id}`)).documents.some((d: any) => d.id === documentId),
    (await documents.download(who, one.id, documentId)).statusCode,
  ]
  assert.deepEqual(
    [await reads(partner.gilles), await reads(life.sylvie)],
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
      await life.refused(life.sylvie, 'POST', path, { ...anAmendment(), documentId, ...over }),
      [409, 'convention/document-stale'],
      JSON.stringify(over),
    )
  const propose = () => life.refused(life.sylvie, 'POST', path, { ...anAmendment(), documentId })
  // Its number is taken by the first of the two.
  const twice = await Promise.all([propose(), propose()])
  assert.deepEqual(twice.map(([status]) => status).sort(), [200, 409])
  assert.deepEqual(await propose(), [409, 'convention/document-stale'])
  assert.equal((await life.ok(life.sylvie, 'GET', `/conventions/${one.id}`)).amendments.length, 1)
})

test('AGR-6: an amendment is refused by the partner or taken back by the operator, with its reason; its number and its text stay, and nobody signs it', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const path = `/conventions/${one.id}/amendments`
  const propose = async () =>
    (
      await life.ok(life.sylvie, 'POST', path, {
        title: 'Terme',
        body: 'Le terme est reporté.',
        termOn: '2027-06-30',
        renews: true,
      })
    ).convention.amendments.at(-1)
  const awaited = async (who: Person) =>
    (await life.ok(who, 'GET', '/conventions')).items.find((line: any) => line.id === one.id)?.amendmentAwaits
  const first = await propose()
  const close = { reason: 'Le terme ne convient pas.' }
  for (const who of [life.odile, partner.agent])
    assert.deepEqual(await life.refused(who, 'POST', `${path}/${first.id}/close`, close), [
      403,
      'convention/not-a-party',
    ])
  assert.deepEqual(await life.refused(life.elsewhere, 'POST', `${path}/${first.id}/close`, close), [404, 'not-found'])
  assert.deepEqual(await life.refused(partner.gilles, 'POST', `${path}/${first.id}/close`, { reason: ' ' }), [
    400,
    'request/malformed',
  ])
  assert.deepEqual(await life.refused(partner.gilles, 'POST', `${path}/${one.id}/close`, close), [404, 'not-found'])
  await life.ok(life.signer, 'POST', `${path}/${first.id}/sign`, { sha256: first.sha256 })
  await deliverMails(life.house, life.mailbox)
  life.mailbox.mails.length = 0
  const { convention } = await life.ok(partner.gilles, 'POST', `${path}/${first.id}/close`, close)
  assert.deepEqual(
    [convention.amendments[0].number, convention.amendments[0].closed, convention.amendments[0].allowed],
    [1, { party: 'partenaire', reason: close.reason, at: '2026-02-02T09:00:00.000Z' }, []],
  )
  assert.ok((await deliverMails(life.house, life.mailbox)).every(m => m.text.includes('refuse l’avenant n° 1')))
  assert.deepEqual([await awaited(life.sylvie), await awaited(partner.gilles)], [[], []])
  for (const [who, to, body] of [
    [partner.gilles, 'sign', { sha256: first.sha256 }],
    [life.sylvie, 'close', close],
  ] as const)
    assert.deepEqual(await life.refused(who, 'POST', `${path}/${first.id}/${to}`, body), [
      409,
      'convention/amendment-closed',
    ])
  assert.deepEqual(
    await life.refused(life.sylvie, 'POST', `/conventions/${one.id}/paper-signatures`, {
      amendmentId: first.id,
      sha256: first.sha256,
      file: aPdf('signé'),
      signatures: [{ party: 'partenaire', signedOn: '2026-02-02', signerName: 'Camille Essai' }],
    }),
    [409, 'convention/amendment-closed'],
  )
  assert.equal((await documents.download(partner.gilles, one.id, first.documentId)).statusCode, 200)

  const second = await propose()
  assert.equal(second.number, 2)
  // Taken back as it is signed: one of the two holds.
  await life.ok(partner.gilles, 'POST', `${path}/${second.id}/sign`, { sha256: second.sha256 })
  const raced = await Promise.all([
    life.refused(life.signer, 'POST', `${path}/${second.id}/sign`, { sha256: second.sha256 }),
    life.refused(life.sylvie, 'POST', `${path}/${second.id}/close`, close),
  ])
  assert.deepEqual(raced.map(([status]) => status).sort(), [200, 409])
  const after = (await life.ok(life.sylvie, 'GET', `/conventions/${one.id}`)).amendments[1]
  assert.equal((after.closed === null) === (after.effectiveAt !== null), true)
  const third = await propose()
  await life.ok(partner.gilles, 'POST', `${path}/${third.id}/sign`, { sha256: third.sha256 })
  await life.ok(life.signer, 'POST', `${path}/${third.id}/sign`, { sha256: third.sha256 })
  assert.deepEqual(await life.refused(life.sylvie, 'POST', `${path}/${third.id}/close`, close), [
    409,
    'convention/amendment-in-effect',
  ])
  assert.ok((await life.trail(one.id)).includes('convention.amendment-refused'))
})

test('AGR-6, AGR-13: an amendment closed while a signature waits to be confirmed takes no effect when it is', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const path = `/conventions/${one.id}`
  const amendment = (
    await life.ok(life.sylvie, 'POST', `${path}/amendments`, {
      title: 'Objet',
      body: 'Texte.',
      termOn: null,
      renews: true,
    })
  ).convention.amendments[0]
  await life.ok(partner.gilles, 'POST', `${path}/amendments/${amendment.id}/sign`, { sha256: amendment.sha256 })
  const { convention } = await life.ok(partner.gilles, 'POST', `${path}/paper-signatures`, {
    amendmentId: amendment.id,
    sha256: amendment.sha256,
    file: aPdf('signé'),
    signatures: [{ party: 'operateur', signedOn: '2026-02-02', signerName: 'Camille Essai' }],
  })
  await life.ok(life.sylvie, 'POST', `${path}/amendments/${amendment.id}/close`, { reason: 'Erreur de texte' })
  const waits = convention.signatures.find((s: any) => s.amendmentId && s.party === 'operateur')
  await life.ok(life.sylvie, 'POST', `${path}/answers`, {
    kind: 'signature',
    id: waits.id,
    answer: 'confirm',
    reason: null,
  })
  const seen = (await life.ok(life.sylvie, 'GET', path)).amendments[0]
  assert.deepEqual([seen.effectiveAt, seen.closed.party], [null, 'operateur'])
})

test('AGR-6, POR-5: an amendment waits for each party that has not signed it, and for nobody once it is too late', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const awaited = async (who: Person) =>
    (await life.ok(who, 'GET', '/conventions')).items.find((line: any) => line.id === one.id)?.amendmentAwaits
  const propose = async (termOn: string) =>
    (
      await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/amendments`, {
        title: 'Terme',
        body: 'Le terme est reporté.',
        termOn,
        renews: true,
      })
    ).convention.amendments.at(-1)
  const sign = (who: Person, { id, sha256 }: { id: string; sha256: string }) =>
    life.ok(who, 'POST', `/conventions/${one.id}/amendments/${id}/sign`, { sha256 })
  assert.deepEqual(await awaited(partner.gilles), [])
  const first = await propose('2027-06-30')
  for (const who of [partner.gilles, life.signer]) assert.deepEqual(await awaited(who), ['operateur', 'partenaire'])
  await sign(partner.gilles, first)
  const second = await propose('2026-03-31')
  await sign(life.signer, second)
  assert.deepEqual(await awaited(partner.gilles), ['operateur', 'partenaire'], 'each waits for the other')
  await sign(life.signer, first)
  assert.deepEqual(await awaited(partner.gilles), ['partenaire'])
  life.at('2026-03-31T21:00:00Z')
  assert.deepEqual(await awaited(life.signer), ['partenaire'], 'its last day in Paris')
  life.at('2026-03-31T22:30:00Z')
  assert.deepEqual(await awaited(life.signer), [], 'nobody may sign it any more')
})
