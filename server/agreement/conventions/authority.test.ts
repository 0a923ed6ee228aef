import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { once, type Person } from '../../testing/house.ts'
import { aPdf, aReplacement, aSignatory } from './testing.ts'
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

test('AGR-11: the act says whether it designates the account managers, and until when it may be contested', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner)
  const signatory = async () => (await life.ok(life.sylvie, 'GET', `/conventions/${one.id}`)).signatories[0]
  assert.deepEqual(
    (({ party, designatesRgc, contestableUntil }) => [party, designatesRgc, contestableUntil])(await signatory()),
    ['partenaire', false, '2026-03-14'],
  )
  const { act, actOn, localAuthority, prefectureOn, publishedOn, name, capacity } = await signatory()
  const body = { act, actOn, localAuthority, prefectureOn, publishedOn, name, capacity }
  const settle = (over: object) =>
    life.ok(life.sylvie, 'PUT', `/conventions/${one.id}/signatories/partenaire`, { ...body, ...over })
  await settle({ designatesRgc: true })
  await settle({ publishedOn: null })
  assert.deepEqual(
    (({ designatesRgc, contestableUntil }) => [designatesRgc, contestableUntil])(await signatory()),
    [true, null],
    'what is not said again of the designation stays',
  )
})

test('API-4, AGR-11: of two who settle a signatory’s act from one reading, the second is refused with what stands, of the convention and of an amendment; a blind write is refused', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const path = `/conventions/${one.id}`
  const read = async (who: Person) => life.ok(who, 'GET', path)
  const { version, signatories } = await read(partner.gilles)
  const { contestableUntil, warnings, party, actDocumentId, ...body } = signatories[0]
  const over = (n: number) => ({ ...once(), 'if-match': `"${n}"` })
  const settle = (who: Person, act: string, n: number) =>
    life.calling(who, 'PUT', `${path}/signatories/partenaire`, { ...body, act }, over(n))
  const first = await settle(life.sylvie, 'Délibération 13', version)
  assert.deepEqual([first.status, first.body.version, first.headers.etag], [200, version + 1, `"${version + 1}"`])
  const second = await settle(partner.gilles, 'Délibération 12', version)
  assert.deepEqual([second.status, second.body.code], [412, 'request/changed-meanwhile'])
  assert.deepEqual(second.body.current, await read(partner.gilles), 'as its reader sees it')
  assert.equal(second.body.current.signatories[0].act, 'Délibération 13')
  const both = await Promise.all([
    settle(life.sylvie, 'Délibération 14', version + 1),
    settle(partner.gilles, 'Délibération 15', version + 1),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412])
  const { convention } = await life.ok(life.sylvie, 'POST', `${path}/amendments`, {
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
    life.calling(who, 'PUT', ofAmendment, bodyOf(prefectureOn), over(convention.version))
  assert.equal((await received(life.sylvie, '2026-01-22')).status, 200)
  const late = await received(partner.gilles, '2026-01-23')
  assert.deepEqual([late.status, late.body.current.amendments[0].signatories[0].prefectureOn], [412, '2026-01-22'])
  for (const [blind, said] of [
    [`${path}/signatories/partenaire`, body],
    [ofAmendment, bodyOf('2026-01-24')],
  ] as const)
    assert.equal(
      (await life.house.call(life.sylvie, 'PUT', blind, said, once())).body.code,
      'request/if-match-required',
    )
})

test('AGR-6, AGR-11: of the act that an amendment names: received by the prefecture, published, contestable until; a signature earlier than either is said', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const path = `/conventions/${one.id}`
  const { actOn, act, name, capacity } = aSignatory()
  const asked = { title: 'Objet', body: 'Texte.', termOn: null, renews: true }
  const named = { name, capacity, act: 'Délibération 2026-40', actOn: '2026-01-20' }
  const propose = async (partenaire: object) =>
    (
      await life.ok(life.sylvie, 'POST', `${path}/amendments`, {
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
    [life.signer, 'partenaire', [403, 'convention/not-a-party']],
    [(await life.aPartner()).gilles, 'partenaire', [404, 'not-found']],
  ] as const)
    assert.deepEqual(await life.refused(who, 'PUT', `${settle}/${party}`, dates), wanted)
  for (const wrong of [{}, { ...dates, publishedOn: '2026-02-31' }, { ...dates, name: 'Alix' }])
    assert.equal((await life.refused(partner.gilles, 'PUT', `${settle}/partenaire`, wrong))[1], 'request/malformed')
  assert.deepEqual(await life.refused(partner.gilles, 'PUT', `${settle}/partenaire`, { ...dates, file: uuidv7() }), [
    409,
    'upload/unknown',
  ])
  const seen = (await life.ok(life.sylvie, 'GET', path)).amendments[0].signatories[0]
  assert.equal(seen.publishedOn, null, 'nothing of what was refused is kept')

  const told = (await life.ok(partner.gilles, 'PUT', `${settle}/partenaire`, dates)).amendments[0].signatories[0]
  assert.deepEqual(
    [told.prefectureOn, told.publishedOn, told.contestableUntil, told.warnings],
    ['2026-01-22', '2026-02-01', '2026-04-02', []],
  )
  const { convention } = await life.ok(life.sylvie, 'POST', `${path}/paper-signatures`, {
    amendmentId: amendment.id,
    sha256: amendment.sha256,
    file: aPdf('avenant signé'),
    signatures: [{ party: 'partenaire', signedOn: '2026-01-21', signerName: name }],
  })
  assert.deepEqual(convention.amendments[0].signatories[0].warnings, ['before-prefecture', 'before-publication'])
  // The same act, of the same day, is the one whose dates the convention already says.
  const same = (await propose({ name, capacity, act: `  ${act.toUpperCase()} `, actOn })).signatories[0]
  assert.deepEqual([same.prefectureOn, same.publishedOn, same.warnings], ['2026-01-12', '2026-01-13', []])
  await life.ok(life.sylvie, 'POST', `${path}/amendments/${amendment.id}/close`, { reason: 'Erreur' })
  assert.deepEqual(await life.refused(partner.gilles, 'PUT', `${settle}/partenaire`, dates), [
    409,
    'convention/amendment-closed',
  ])
  assert.equal((await life.trail(one.id)).filter(action => action === 'convention.authority-settled').length, 1)
})

test('AGR-11: the act that empowers a signatory is kept as a file, read by whoever reads who signs; of the convention, and of an amendment', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const path = `/conventions/${one.id}`
  const { contestableUntil, warnings, party, actDocumentId, ...body } = (await life.ok(life.sylvie, 'GET', path))
    .signatories[0]
  assert.deepEqual([party, actDocumentId], ['partenaire', null])
  const file = aPdf('délibération', 'Délibération 12.pdf')
  const settled = await life.ok(partner.gilles, 'PUT', `${path}/signatories/partenaire`, { ...body, file })
  const kept = settled.signatories[0].actDocumentId
  assert.deepEqual(
    settled.documents.filter((d: any) => d.kind === 'acte').map((d: any) => [d.id, d.name]),
    [[kept, 'Délibération 12.pdf']],
  )
  assert.deepEqual(
    [
      await life.refused(partner.gilles, 'PUT', `${path}/signatories/partenaire`, { ...body, file: uuidv7() }),
      (await life.ok(partner.gilles, 'PUT', `${path}/signatories/partenaire`, body)).signatories[0].actDocumentId,
    ],
    [[409, 'upload/unknown'], kept],
    'completed again without a file, it keeps the one it has',
  )
  const amendment = (
    await life.ok(life.sylvie, 'POST', `${path}/amendments`, {
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
    await life.ok(life.sylvie, 'PUT', `${path}/amendments/${amendment.id}/signatories/operateur`, {
      localAuthority: false,
      prefectureOn: null,
      publishedOn: null,
      file: aPdf('arrêté', 'Arrêté 12.pdf'),
    })
  ).amendments[0].signatories[1].actDocumentId
  const statuses = async (id: string) =>
    Promise.all(
      [partner.gilles, partner.agent, life.sylvie, life.odile, (await life.aPartner()).gilles].map(
        async who => (await documents.download(who, one.id, id)).statusCode,
      ),
    )
  assert.deepEqual(await statuses(kept), [200, 200, 200, 200, 404])
  assert.deepEqual(await statuses(other), [200, 404, 200, 200, 404], 'an amendment proposed is not the agents’ yet')
  for (const who of [partner.gilles, life.signer]) {
    const named = { amendmentId: amendment.id, accountId: who.id, replacement: aReplacement() }
    await life.ok(who, 'POST', `${path}/signers`, named)
    await life.ok(who, 'POST', `${path}/amendments/${amendment.id}/sign`, { sha256: amendment.sha256 })
  }
  assert.deepEqual(await statuses(other), [200, 200, 200, 200, 404])
  assert.ok((await documents.download(partner.agent, one.id, kept)).rawPayload.includes('délibération'))
})

test('AGR-11: a signature earlier than the act, its receipt by the prefecture or its publication is warned of, when they are told later too', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner, {
    signatories: {
      partenaire: aSignatory({ name: partner.gilles.name, prefectureOn: null, publishedOn: null }),
      operateur: aSignatory({ name: life.signer.name, localAuthority: false, prefectureOn: null, publishedOn: null }),
    },
  })
  const warnings = (c: any) => c.signatories.find((s: any) => s.party === 'partenaire').warnings
  assert.deepEqual(warnings(one), ['no-prefecture', 'no-publication'])
  const complete = (who: Person, over: object = {}) =>
    life.calling(
      who,
      'PUT',
      `/conventions/${one.id}/signatories/partenaire`,
      aSignatory({ prefectureOn: '2026-02-04', publishedOn: '2026-02-01', name: 'Autre Nom', ...over }),
      once(),
    )
  assert.equal((await complete(partner.agent)).body.code, 'convention/not-a-party')
  assert.equal((await complete(life.signer)).body.code, 'convention/not-a-party')
  // A day to come is no receipt: it is told once it is there.
  for (const over of [{}, { prefectureOn: null, publishedOn: '2026-02-04' }])
    assert.equal((await complete(partner.gilles, over)).body.code, 'convention/day-in-future')
  life.at('2026-02-04T09:00:00Z')
  const settled = (await complete(partner.gilles)).body
  assert.deepEqual(
    [warnings(settled), settled.signatories.find((s: any) => s.party === 'partenaire').name],
    [['before-prefecture'], partner.gilles.name],
  )
})
