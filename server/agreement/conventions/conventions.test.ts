import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { deliverMails } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { moveClockTo, putClockBack } from '../../testing/clock.ts'
import { once, type Person } from '../../testing/house.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { settleOver } from './conventions.queries.ts'
import { aDraft, aPdf, aReplacement, aSignatory, withRoles } from './testing.ts'
import { type Documents, type Life, openDocuments, openLife } from './testing-life.ts'

let life: Life
let documents: Documents
before(async () => {
  life = await openLife(campaigns)
  documents = await openDocuments(life)
})
after(async () => {
  await documents.close()
  await life.close()
})

test('AGR-1, AGR-2: drafted, composed, sent, signed by both after step-up: in force at the second signature, with what was signed, by whom and how', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.draft(partner)
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
  const blank = await documents.compose(life.sylvie, one.id)
  const sending = await life.house.call(
    life.sylvie,
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
  await life.ok(life.sylvie, 'PUT', '/contacts/dpd', { ...dpd, regionId: life.region })
  await life.ok(partner.gilles, 'PUT', '/contacts/dpd', dpd)
  const made = await documents.compose(life.sylvie, one.id)
  assert.equal(made.statusCode, 200, made.body)
  const { id: document, sha256 } = made.json()
  const { convention, told } = await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/send`, {
    documentId: document,
  })
  assert.deepEqual([convention.state, told], ['sent', { mails: 3, emptyRoles: [] }])
  assert.deepEqual(
    (await documents.download(partner.gilles, one.id, document)).headers['content-type'],
    'application/pdf',
  )
  const bytes = (await documents.download(partner.gilles, one.id, document)).rawPayload
  assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256)

  life.at('2026-02-03T10:00:00Z')
  assert.deepEqual(await life.refused(partner.agent, 'POST', `/conventions/${one.id}/sign`, { sha256 }), [
    403,
    'access/role-required',
  ])
  const stale = await life.house.person(partner.id, [], { provenAt: new Date('2026-02-03T09:00:00Z') })
  await giveRole(life.house.owner, stale, 'signataire')
  assert.deepEqual(await life.refused(stale, 'POST', `/conventions/${one.id}/sign`, { sha256 }), [
    403,
    'session/step-up-required',
  ])
  assert.deepEqual(
    await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256: '0'.repeat(64) }),
    [409, 'convention/other-document'],
  )
  const awaited = async () =>
    (await life.ok(partner.gilles, 'GET', '/conventions')).items.find((line: any) => line.id === one.id).awaits
  assert.deepEqual(await awaited(), ['partenaire', 'operateur'])
  const first = (await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256 })).convention
  assert.deepEqual(await awaited(), ['operateur'], 'one’s own signature waits for nobody any more')
  assert.deepEqual([first.state, first.effectiveFrom, (await life.stored(one.id)).from], ['signed-by-one', null, null])
  assert.deepEqual(await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256 }), [
    409,
    'convention/already-signed',
  ])

  life.at('2026-02-05T15:30:00Z')
  const both = (await life.ok(life.signer, 'POST', `/conventions/${one.id}/sign`, { sha256 })).convention
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
      ['operateur', life.signer.name, 'application', true, true, '2026-02-05T15:30:00.000Z'],
    ],
  )
  assert.deepEqual(await life.trail(one.id), [
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

test('AGR-1: the operator publishes the text by version; an unknown field or an absent annex is refused, and only its administrators may', async () => {
  const samir = await withRoles(life.house, life.operator, 'administrateur')
  const { shippedTemplate } = await import('../templates/shipped-template.ts')
  assert.deepEqual(await life.refused(life.sylvie, 'POST', '/convention-templates', shippedTemplate), [
    403,
    'access/role-required',
  ])
  assert.deepEqual(
    await life.refused(samir, 'POST', '/convention-templates', {
      title: 'x',
      body: `${shippedTemplate.body}\n{{partenaire.age}}`,
    }),
    [422, 'template/unknown-placeholder'],
  )
  assert.deepEqual(
    await life.refused(samir, 'POST', '/convention-templates', {
      title: 'x',
      body: shippedTemplate.body.replace('## Annexe 1 bis', '## Autre'),
    }),
    [422, 'template/annex-missing'],
  )
  const [v1, v2] = [
    await life.ok(samir, 'POST', '/convention-templates', shippedTemplate),
    await life.ok(samir, 'POST', '/convention-templates', { ...shippedTemplate, title: 'Convention type' }),
  ]
  const { items } = await life.ok(life.sylvie, 'GET', '/convention-templates')
  assert.deepEqual([v1.version, v2.version, items.map((t: any) => t.version)], [1, 2, [2, 1]])
})

test('AGR-2: recalled before both have signed, a signature given counts for no other document; two conventions of one partner never overlap, and the page says so before', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner)
  await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.equal((await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/recall`)).convention.state, 'draft')
  await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/send`, { documentId: one.documentId })
  const overlaps = async () => (await life.ok(life.sylvie, 'GET', `/conventions/${one.id}`)).otherInForce
  assert.equal(await overlaps(), false)
  const other = await life.sent(partner)
  await life.ok(partner.gilles, 'POST', `/conventions/${other.id}/sign`, { sha256: other.sha256 })
  await life.ok(life.signer, 'POST', `/conventions/${other.id}/sign`, { sha256: other.sha256 })
  assert.deepEqual(await life.refused(life.sylvie, 'POST', `/conventions/${other.id}/recall`), [
    409,
    'convention/wrong-state',
  ])
  assert.equal(await overlaps(), true)
  assert.equal((await life.ok(life.sylvie, 'GET', `/conventions/${other.id}`)).otherInForce, false, 'it is the one')
  assert.deepEqual(await life.refused(life.signer, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 }), [
    409,
    'convention/already-in-force',
  ])
})

test('AGR-4: either party gives notice by post or e-mail, with dates and document; it ends a month after its receipt, and the other is written to at once', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  await life.ok(partner.gilles, 'PUT', '/contacts/gouvernance', {
    name: 'Direction générale',
    email: 'direction@partenaire.example',
    telephone: null,
  })
  await life.ok(life.sylvie, 'PUT', '/contacts/gouvernance', {
    name: 'Gouvernance régionale',
    email: 'gouvernance@operateur.example',
    telephone: null,
    regionId: life.region,
  })
  await deliverMails(life.house, life.mailbox)
  life.mailbox.mails.length = 0
  life.at('2026-03-02T09:00:00Z')
  const body = { channel: 'courrier', sentOn: '2026-02-26', receivedOn: '2026-02-28', document: aPdf('congé') }
  for (const [who, code] of [
    [partner.agent, 'convention/not-a-party'],
    [life.odile, 'convention/not-a-party'],
    [life.elsewhere, 'not-found'],
  ] as const)
    assert.deepEqual((await life.refused(who, 'POST', `/conventions/${one.id}/notices`, body))[1], code)
  assert.deepEqual(
    await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/notices`, { ...body, receivedOn: '2026-03-03' }),
    [422, 'convention/day-in-future'],
  )
  assert.deepEqual(
    await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/notices`, { ...body, receivedOn: '2026-02-25' }),
    [422, 'convention/days-reversed'],
  )
  const { convention, told } = await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/notices`, body)
  assert.deepEqual(
    [convention.state, convention.endsAt, convention.endCause, convention.next],
    ['notice-given', '2026-03-28T23:00:00.000Z', 'notice', { what: 'end', at: '2026-03-28T23:00:00.000Z' }],
  )
  assert.deepEqual(told, { mails: 3, emptyRoles: [] })
  const mails = await deliverMails(life.house, life.mailbox)
  assert.ok(
    mails.some(m => m.to.includes('gouvernance@operateur.example')) &&
      mails.every(m => m.text.includes('Elle prend fin le 28 mars 2026 à 24\u00A0heures')),
  )
  assert.equal((await life.stored(one.id)).end?.toISOString(), '2026-03-28T23:00:00.000Z')
  assert.equal(convention.notices[0].documentId, convention.documents.find((d: any) => d.kind === 'resiliation').id)

  // The operator renounces nothing of the partner's; the partner may, before its effect.
  const id = convention.notices[0].id
  assert.deepEqual(
    await life.refused(life.sylvie, 'POST', `/conventions/${one.id}/withdrawals`, {
      kind: 'notice',
      id,
      reason: 'Non',
    }),
    [403, 'convention/author-only'],
  )
  const back = (
    await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/withdrawals`, {
      kind: 'notice',
      id,
      reason: 'Accord trouvé',
    })
  ).convention
  assert.deepEqual(
    [back.state, back.endsAt, (await life.stored(one.id)).end, back.notices[0].withdrawn.reason],
    ['in-force', null, null, 'Accord trouvé'],
  )
  assert.deepEqual(
    await life.refused(partner.gilles, 'POST', `/conventions/${one.id}/withdrawals`, {
      kind: 'notice',
      id,
      reason: 'Encore',
    }),
    [409, 'convention/already-withdrawn'],
  )
})

test('AGR-4: a letter still on its way ends nothing; its month runs from the receipt that either party tells, once; two at once, one is written', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  life.at('2026-03-02T09:00:00Z')
  const given = (
    await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/notices`, {
      channel: 'courrier',
      sentOn: '2026-03-02',
      receivedOn: null,
      document: aPdf(),
    })
  ).convention
  assert.deepEqual([given.state, given.endsAt, given.notices[0].party], ['in-force', null, 'operateur'])
  life.at('2026-03-05T09:00:00Z')
  const receipt = { kind: 'notice', id: given.notices[0].id, receivedOn: '2026-03-04', presentedOn: null }
  const answers = await Promise.all(
    [1, 2].map(() => life.calling(partner.gilles, 'POST', `/conventions/${one.id}/receipts`, receipt)),
  )
  assert.deepEqual(answers.map(a => a.status).toSorted(), [200, 409])
  assert.equal((await life.stored(one.id)).end?.toISOString(), '2026-04-04T22:00:00.000Z')
  life.at('2026-05-01T09:00:00Z')
  const over = await life.ok(partner.agent, 'GET', `/conventions/${one.id}`)
  assert.deepEqual([over.state, over.term, over.next], ['ended', null, null])
  assert.deepEqual(
    await life.refused(life.sylvie, 'POST', `/conventions/${one.id}/notices`, {
      channel: 'courriel',
      sentOn: '2026-05-01',
      receivedOn: '2026-05-01',
      document: aPdf(),
    }),
    [409, 'convention/wrong-state'],
  )
})

test('SEC-6: an agent reads the text in force, who signed and who to write to; a contractor or a delegate, that it is there and its dates; whoever is blocked, nothing; letters, notices and past contacts, who answers for it', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  const contact = (body: object) =>
    life.house.call(
      partner.gilles,
      'PUT',
      '/contacts/dpd',
      { name: 'Référent', email: 'referent@partenaire.example', telephone: '+33556000001', regionId: null, ...body },
      once(),
    )
  assert.equal((await contact({})).status, 200)
  life.at('2026-03-02T09:00:00Z')
  await contact({ name: 'Autre', email: 'autre@partenaire.example' })
  const { convention: noticed } = await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/notices`, {
    channel: 'courrier',
    sentOn: '2026-03-02',
    receivedOn: '2026-03-02',
    document: aPdf('conge'),
  })
  const letter = noticed.notices[0].documentId
  const [contractor, delegate, blocked, ...managing] = await Promise.all([
    life.house.person(partner.id),
    life.house.person(partner.id),
    life.house.person(partner.id),
    ...(['rssi', 'dpd', 'correspondant-si', 'responsable-formation'] as const).map(role =>
      withRoles(life.house, partner.id, role),
    ),
  ])
  const third = uuidv7()
  await life.house.owner.query(
    `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on,
      recorded_by, recorded_at) values ($1, $2, 'contractor', 'Cabinet', 'processor', '2026-01-01', 'Marché',
      '2026-01-01', $3, now())`,
    [third, partner.id, partner.gilles.id],
  )
  for (const [who, attachment] of [
    [contractor!, 'contractor'],
    [delegate!, 'delegate'],
  ] as const)
    await life.house.owner.query(
      `update accounts set attachment = $2, third_party_id = $3, contract_ends_on = '2030-01-01' where id = $1`,
      [who.id, attachment, third],
    )
  await life.house.owner.query(
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
      values ($1, $2, $3, 'suspect-use', 'x', '2026-01-01')`,
    [uuidv7(), blocked!.id, partner.id],
  )

  for (const who of [partner.gilles, life.sylvie, life.odile, ...managing]) {
    const whole = await life.ok(who, 'GET', `/conventions/${one.id}`)
    assert.deepEqual(
      [
        whole.reach,
        whole.state,
        whole.notices.length,
        whole.contacts.filter((c: any) => c.role === 'dpd' && c.party === 'partenaire').length,
        (await documents.download(who, one.id, letter)).statusCode,
      ],
      ['file', 'notice-given', 1, 2, 200],
    )
  }
  const terms = await life.ok(partner.agent, 'GET', `/conventions/${one.id}`)
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
      (await documents.download(partner.agent, one.id, one.documentId)).statusCode,
      (await documents.download(partner.agent, one.id, letter)).json().code,
    ],
    [200, 'not-found'],
  )
  assert.deepEqual(await life.refused(blocked!, 'GET', `/conventions/${one.id}`), [401, 'session/required'])
  for (const who of [contractor!, delegate!]) {
    const summary = await life.ok(who, 'GET', `/conventions/${one.id}`)
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
        await life.refused(who, 'GET', `/conventions/${one.id}/preview`),
        (await documents.download(who, one.id, one.documentId)).json().code,
        summary.documentId,
      ],
      [[403, 'convention/summary-only'], 'convention/summary-only', null],
    )
    assert.equal((await life.ok(who, 'GET', '/conventions')).items.length, 1)
  }
  assert.equal((await life.house.call(life.elsewhere, 'GET', `/conventions/${one.id}`)).status, 404)
})

test('AGR-5: a breach of a named obligation, by registered letter: the obligation, its reference and both dates are kept, and it ends a month after the notification', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  life.at('2026-06-20T09:00:00Z')
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
    (
      await life.house.call(
        life.sylvie,
        'POST',
        `/conventions/${one.id}/breaches`,
        { ...body, obligation: '  ' },
        once(),
      )
    ).status,
    400,
  )
  const { convention } = await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/breaches`, body)
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
    await life.ok(partner.gilles, 'POST', `/conventions/${one.id}/notices`, {
      channel: 'courriel',
      sentOn: '2026-06-20',
      receivedOn: '2026-06-20',
      document: aPdf(),
    })
  ).convention
  assert.deepEqual([both.state, both.endsAt], ['breach-notified', '2026-07-02T22:00:00.000Z'])
  life.at('2026-07-03T09:00:00Z')
  assert.equal((await life.ok(partner.gilles, 'GET', `/conventions/${one.id}`)).state, 'terminated')
})

test('SEC-6, API-4: straight to the database, only who acts for a party makes a convention one version more, and over the version read', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const { id } = await life.inForce(partner)
  const over = async (who: Person, version: number) => {
    const tx = await life.house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await settleOver(tx, id, version)
    } finally {
      await tx.rollback()
    }
  }
  const {
    rows: [{ version }],
  } = await life.house.owner.query('select version from conventions where id = $1', [id])
  for (const who of [life.sylvie, partner.gilles])
    assert.deepEqual([await over(who, version), await over(who, version + 1)], [true, false])
  for (const who of [life.elsewhere, partner.agent, life.odile, (await life.aPartner()).gilles])
    assert.equal(await over(who, version), false, who.name)
  const nobody = await life.house.database.begin()
  assert.equal(await settleOver(nobody, id, version), false)
  await nobody.rollback()
})

test('AGR-7: at the instant its convention ends, an open session loses its tools, and nothing is deleted', async () => {
  const partner = await life.aPartner()
  const agent = await life.house.person(partner.id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  const { insertConvention } = await import('../../people-and-rights/organisations/testing.ts')
  const end = new Date(Date.now() + 5 * 60_000)
  await insertConvention(life.house.owner, partner.id, '2026-01-01T00:00:00Z', end)
  await life.ok(agent, 'GET', '/campaigns')
  await moveClockTo(life.house.owner, new Date(end.getTime() + 1_000))
  try {
    assert.deepEqual(await life.refused(agent, 'GET', '/campaigns'), [403, 'access/no-convention'])
  } finally {
    await putClockBack(life.house.owner)
  }
  await life.ok(agent, 'GET', '/campaigns')
  assert.equal(
    (await life.house.owner.query('select revoked_at from grants where account_id = $1', [agent.id])).rows[0]
      .revoked_at,
    null,
  )
})

test('AGR-6, AGR-9: each party names its own contacts, the other is written to at once, the history stays, and an empty role is said', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  await deliverMails(life.house, life.mailbox)
  life.mailbox.mails.length = 0
  const named = (who: Person, role: string, over: object = {}) =>
    life.house.call(
      who,
      'PUT',
      `/contacts/${role}`,
      { name: 'Référent', email: 'Referent@Partenaire.example', telephone: '+33556000000', ...over },
      once(),
    )
  for (const [who, role, over, code] of [
    [partner.agent, 'dpd', {}, 'contact/own-party-only'],
    [life.odile, 'cssi', { regionId: life.region }, 'contact/own-party-only'],
    [life.elsewhere, 'cssi', { regionId: life.region }, 'contact/own-party-only'],
    [partner.gilles, 'dpd', { regionId: life.region }, 'contact/own-party-only'],
    [partner.gilles, 'cssi', {}, 'contact/role-of-other-party'],
    [life.sylvie, 'responsable-formation', { regionId: life.region }, 'contact/role-of-other-party'],
  ] as const)
    assert.equal((await named(who, role, over)).body.code, code)
  assert.equal((await named(partner.gilles, 'dpd', { email: 'a@b.example, c@d.example' })).status, 400)
  const first = (await named(partner.gilles, 'dpd')).body
  assert.deepEqual([first.contact.email, first.told.mails >= 1], ['referent@partenaire.example', true])
  assert.ok(
    (await deliverMails(life.house, life.mailbox)).every(
      m => m.text.includes('« Délégué à la protection des données »') && !m.text.includes('Référent'),
    ),
  )
  life.at('2026-03-02T09:00:00Z')
  await named(partner.gilles, 'dpd', { name: 'Autre', email: 'autre@partenaire.example' })
  const shown = async () => await life.ok(partner.gilles, 'GET', `/conventions/${one.id}`)
  const dpd = (await shown()).contacts.filter((c: any) => c.role === 'dpd' && c.party === 'partenaire')
  assert.deepEqual(
    dpd.map((c: any) => [c.name, c.startsAt, c.endsAt]),
    [
      ['Autre', '2026-03-02T09:00:00.000Z', null],
      ['Référent', '2026-02-02T09:00:00.000Z', '2026-03-02T09:00:00.000Z'],
    ],
  )
  const { holdersFor } = await import('../../notifications/recipients.queries.ts')
  const tx = await life.house.database.begin()
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
  await life.ok(partner.gilles, 'DELETE', '/contacts/dpd')
  assert.ok((await shown()).missingContacts.some((m: any) => m.role === 'dpd' && m.party === 'partenaire'))
  assert.equal((await life.house.call(partner.gilles, 'DELETE', '/contacts/dpd', undefined, once())).status, 404)
})

test('AGR-10: the regional console: state, term, what is missing; filters agree with counts; the export opens rightly and runs nothing', async () => {
  life.at('2026-02-02T09:00:00Z')
  const { anOrganisation, insertOrganisation } = await import('../../people-and-rights/organisations/testing.ts')
  const { id } = await insertOrganisation(
    life.house.owner,
    anOrganisation({ kind: 'plie', name: '=HYPERLINK("x");A' }),
    {
      convention: false,
    },
  )
  const partner = { id, gilles: await withRoles(life.house, id, 'signataire') }
  const one = await life.inForce(partner)
  const all = await life.ok(life.sylvie, 'GET', `/conventions?region=${life.region}`)
  const line = all.items.find((l: any) => l.id === one.id)
  assert.deepEqual(
    [line.state, line.termEndsOn, line.withoutRgc, line.missingContacts.length],
    ['in-force', '2026-12-31', true, 6],
  )
  assert.equal(
    (await life.ok(life.sylvie, 'GET', `/conventions?region=${life.region}&lacks=rgc`)).items.length,
    all.counts.rgc,
  )
  await giveRole(life.house.owner, partner.gilles, 'rgc')
  assert.equal(
    (await life.ok(life.sylvie, 'GET', `/conventions?region=${life.region}&lacks=rgc`)).items.length,
    all.counts.rgc - 1,
  )
  const uncertified = async (lacks = 'rgc') =>
    (await life.ok(life.sylvie, 'GET', `/conventions?lacks=${lacks}`)).items.find((l: any) => l.id === one.id)
      ?.rgcUncertified
  assert.equal(await uncertified(), undefined)
  const certified = (recorded: string) =>
    life.house.owner.query('update rgc_certificates set recorded_at = $2 where account_id = $1', [
      partner.gilles.id,
      recorded,
    ])
  await certified('2100-01-01')
  assert.equal(await uncertified(), true, 'designated, and a gate that no certificate opens')
  assert.match(
    (await life.ok(life.sylvie, 'POST', '/conventions/export', { region: life.region, lacks: 'rgc' })).csv,
    /"sans attestation"/,
  )
  await certified('2020-01-01')
  await life.house.owner.query(
    `insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at) select d.id, 'refus', 'Motif', $2, $3
      from rgc_deeds d where d.organisation_id = $1`,
    [id, life.odile.id, life.now()],
  )
  assert.equal(
    (await life.ok(life.sylvie, 'GET', '/conventions?lacks=rgc')).items.some((l: any) => l.id === one.id),
    true,
    'a role whose deed was refused manages nothing',
  )
  const late = await life.house.person(id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  await life.house.owner.query(`update accounts set created_at = '2024-01-01' where id = $1`, [late.id])
  assert.equal(
    (await life.ok(life.sylvie, 'GET', '/conventions?lacks=duties')).items.find((l: any) => l.id === one.id)
      .awarenessDue,
    1,
  )
  // The review of accounts is due a year after the tools were delivered: late from the day after, in the list, its
  // filter and the file alike.
  assert.equal(
    (await life.ok(life.sylvie, 'GET', '/conventions')).items.find((l: any) => l.id === one.id).reviewLateSince,
    null,
  )
  const since = async (day: string) => {
    await life.house.owner.query('update conventions set effective_from = $2 where id = $1', [
      one.id,
      `${day}T09:00:00Z`,
    ])
    return (await life.ok(life.sylvie, 'GET', '/conventions?lacks=duties')).items.find((l: any) => l.id === one.id)
      ?.reviewLateSince
  }
  assert.deepEqual([await since('2025-02-02'), await since('2025-02-01')], [null, '2026-02-01'])
  assert.match(
    (await life.ok(life.sylvie, 'POST', '/conventions/export', { region: life.region, lacks: 'duties' })).csv,
    /"1";"01\/02\/2026";"01\/02\/2026"\r\n/,
  )
  await life.house.owner.query('update conventions set effective_from = $2 where id = $1', [one.id, one.effectiveFrom])
  assert.deepEqual(
    [
      (await life.ok(life.elsewhere, 'GET', '/conventions')).items,
      (await life.ok(partner.gilles, 'GET', '/conventions')).items.map((l: any) => l.id),
      (await life.ok(life.odile, 'GET', '/conventions')).items.length >= all.items.length,
    ],
    [[], [one.id], true],
  )
  const { csv, rows } = await life.ok(life.sylvie, 'POST', '/conventions/export', { region: life.region })
  assert.equal(rows, all.items.length)
  assert.ok(csv.startsWith('\uFEFF"Numéro";"Partenaire"') && csv.includes(`"'=HYPERLINK(""x"");A"`), csv)
  assert.deepEqual(await life.refused(partner.gilles, 'POST', '/conventions/export', {}), [
    403,
    'convention/operator-only',
  ])
  // The state of each line is the one its own page works out from every fact.
  for (const l of all.items)
    assert.equal(l.state, (await life.ok(life.sylvie, 'GET', `/conventions/${l.id}`)).state, l.number)
})

test('AGR-10, POR-5: however many conventions, each is on one page of the list and in the file; counts are those of all; what one’s party has to sign is a filter', async () => {
  life.at('2026-02-02T09:00:00Z')
  const many = 2_100
  const { anOrganisation, insertOrganisation } = await import('../../people-and-rights/organisations/testing.ts')
  const { id } = await insertOrganisation(life.house.owner, anOrganisation({ kind: 'plie', name: 'PLIE des Essais' }), {
    convention: false,
  })
  const partner = { id, gilles: await withRoles(life.house, id, 'signataire') }
  const before = (await life.ok(life.sylvie, 'GET', `/conventions?region=${life.region}&limit=1`)).counts
  const one = await life.sent(partner)
  await life.house.owner.query(
    `insert into conventions (id, organisation_id, region_id, number, first_term_on, created_at)
      select gen_random_uuid(), $1, $2, 'essai-' || n, '2026-12-31', now() from generate_series(1, $3) n`,
    [id, life.region, many],
  )
  const seen: string[] = []
  let counts: any
  for (let after = ''; ; ) {
    const page = await life.ok(
      life.sylvie,
      'GET',
      `/conventions?region=${life.region}&limit=200${after && `&after=${after}`}`,
    )
    seen.push(...page.items.map((line: any) => line.id))
    counts = page.counts
    if (!page.next) break
    after = page.next
  }
  assert.deepEqual(
    [seen.length, new Set(seen).size, counts.all],
    [before.all + many + 1, before.all + many + 1, seen.length],
  )
  assert.equal((await life.ok(life.sylvie, 'POST', '/conventions/export', { region: life.region })).rows, seen.length)
  const own = await life.ok(partner.gilles, 'GET', '/conventions?awaits=convention')
  assert.deepEqual(
    [own.items.map((line: any) => line.id), own.counts.convention, own.counts.all],
    [[one.id], 1, many + 1],
  )
  assert.equal((await life.ok(partner.gilles, 'GET', '/conventions?awaits=amendment')).items.length, 0)
  for (const wrong of ['after=x', 'limit=0', 'awaits=autre'])
    assert.equal((await life.house.call(life.sylvie, 'GET', `/conventions?${wrong}`)).status, 400, wrong)
  await life.house.owner.query(`delete from conventions where number like 'essai-%'`)
})

test('SEC-6, AGR-1: refused to who is no party, malformed, or of another region', async () => {
  const partner = await life.aPartner()
  const body = aDraft(partner.id, life.region)
  for (const [who, over, expected] of [
    [null, {}, [401, 'session/required']],
    [partner.gilles, {}, [403, 'access/role-required']],
    [life.elsewhere, {}, [403, 'convention/other-region']],
    [life.sylvie, { regionId: 1076 }, [403, 'convention/other-region']],
    [life.sylvie, { organisationId: uuidv7() }, [422, 'organisation/unknown']],
    [life.sylvie, { organisationId: life.operator }, [422, 'convention/not-with-operator']],
    [life.sylvie, { firstTermOn: '2026-02-30' }, [400, 'request/malformed']],
  ] as const)
    assert.deepEqual(await life.refused(who, 'POST', '/conventions', { ...body, ...over }), expected)
  const one = await life.draft(partner)
  assert.deepEqual(await life.refused(life.sylvie, 'POST', '/conventions', { ...body, number: one.number }), [
    409,
    'convention/number-taken',
  ])
  const stranger = await life.aPartner()
  for (const path of [`/conventions/${one.id}`, `/conventions/${one.id}/preview`, `/conventions/${uuidv7()}`])
    assert.deepEqual(await life.refused(stranger.gilles, 'GET', path), [404, 'not-found'])
})

test('AGR-1, AGR-2, AGR-9: two at once: one number, one convention in force, one version of the text, one contact; the other is told why', async () => {
  life.at('2026-02-02T09:00:00Z')
  const both = async (...asked: readonly (readonly [Person, 'POST' | 'PUT', string, unknown])[]) =>
    (await Promise.all(asked.map(([who, method, path, body]) => life.house.call(who, method, path, body, once()))))
      .map(a => (a.status === 200 ? 'done' : a.body.code))
      .toSorted()
  const samir = await withRoles(life.house, life.operator, 'administrateur')
  const { shippedTemplate } = await import('../templates/shipped-template.ts')
  for (let round = 0; round < 5; round += 1) {
    const partner = await life.aPartner()
    const body = aDraft(partner.id, life.region)
    assert.deepEqual(
      await both([life.sylvie, 'POST', '/conventions', body], [life.sylvie, 'POST', '/conventions', body]),
      ['convention/number-taken', 'done'],
    )
    const [one, two] = [await life.sent(partner), await life.sent(partner)]
    for (const { id, sha256 } of [one, two])
      await life.ok(partner.gilles, 'POST', `/conventions/${id}/sign`, { sha256 })
    assert.deepEqual(
      await both(
        ...[one, two].map(({ id, sha256 }) => [life.signer, 'POST', `/conventions/${id}/sign`, { sha256 }] as const),
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
      (await life.ok(partner.gilles, 'GET', `/conventions/${one.id}`)).contacts.filter(
        (c: any) => c.role === 'dpd' && c.party === 'partenaire' && c.endsAt === null,
      ).length,
      1,
    )
  }
})

test('AGR-4, AGR-5: what was renounced before its letter came stays without effect: no receipt told later ends the convention in the past', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  life.at('2026-02-10T09:00:00Z')
  const path = `/conventions/${one.id}`
  await life.ok(partner.gilles, 'POST', `${path}/notices`, {
    channel: 'courrier',
    sentOn: '2026-02-09',
    receivedOn: null,
    document: aPdf(),
  })
  const { convention } = await life.ok(partner.gilles, 'POST', `${path}/breaches`, {
    clauses: ['two-factors'],
    obligation: 'Article 7',
    letterReference: 'LR',
    sentOn: '2026-02-09',
    presentedOn: null,
    deliveredOn: null,
    document: aPdf(),
  })
  life.at('2026-04-20T09:00:00Z')
  for (const [kind, id] of [
    ['notice', convention.notices[0].id],
    ['breach', convention.breaches[0].id],
  ]) {
    await life.ok(partner.gilles, 'POST', `${path}/withdrawals`, { kind, id, reason: 'Accord trouvé' })
    assert.deepEqual(
      await life.refused(life.sylvie, 'POST', `${path}/receipts`, {
        kind,
        id,
        receivedOn: '2026-02-12',
        presentedOn: null,
      }),
      [409, 'convention/already-withdrawn'],
    )
  }
  assert.deepEqual(
    [(await life.ok(life.sylvie, 'GET', path)).state, (await life.stored(one.id)).end],
    ['in-force', null],
  )
})

test('AGR-1, AGR-9: while its first convention is prepared, the regional direction enters the partner’s contacts, and the partner is told; once in force, the partner alone', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const body = { name: 'Mairie', email: 'mairie@partenaire.example', telephone: null, organisationId: partner.id }
  const put = (who: Person, over: object = {}) =>
    life.refused(who, 'PUT', '/contacts/gouvernance', { ...body, ...over })
  assert.deepEqual(await put(life.sylvie), [403, 'contact/own-party-only'], 'no convention is prepared')
  const one = await life.sent(partner)
  await deliverMails(life.house, life.mailbox)
  life.mailbox.mails.length = 0
  for (const who of [life.elsewhere, life.signer, life.odile, partner.agent])
    assert.deepEqual(await put(who), [403, 'contact/own-party-only'])
  assert.equal((await life.refused(life.sylvie, 'PUT', '/contacts/cssi', body))[1], 'contact/role-of-other-party')
  const { contact } = await life.ok(life.sylvie, 'PUT', '/contacts/gouvernance', body)
  assert.deepEqual([contact.party, contact.regionId, contact.name], ['partenaire', null, 'Mairie'])
  assert.match(
    (await deliverMails(life.house, life.mailbox)).map(m => m.text).join(),
    /a inscrit l’interlocuteur « Gouvernance »/,
  )
  assert.ok((await life.ok(life.sylvie, 'GET', `/conventions/${one.id}`)).allowed.includes('enter-contacts'))
  for (const who of [partner.gilles, life.signer])
    await life.ok(who, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  const closed = async (why: string) => {
    assert.deepEqual(await put(life.sylvie, { name: 'Autre' }), [403, 'contact/own-party-only'], why)
    assert.ok(!(await life.ok(life.sylvie, 'GET', `/conventions/${one.id}`)).allowed.includes('enter-contacts'), why)
  }
  await closed('in force')
  await life.house.owner.query(`update conventions set ends_at = '2026-02-03T00:00:00Z' where id = $1`, [one.id])
  await closed('ended: nothing is prepared, hence nobody would be told')
  await life.draft(partner)
  await life.ok(life.sylvie, 'PUT', '/contacts/gouvernance', body)
})

test('AGR-9, AGR-1: one person is named for several roles of an annex at once, told in one mail, each role in the trail; a role of the other annex, and none is named', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.draft(partner)
  const body = { name: 'Josette Essai', email: 'josette@partenaire.example', telephone: null }
  const named = async () =>
    (await life.ok(life.sylvie, 'GET', `/conventions/${one.id}`)).contacts
      .filter((c: any) => c.email === body.email && c.endsAt === null)
      .map((c: any) => [c.party, c.role].join(' '))
      .sort()
  const entered = { ...body, organisationId: partner.id }
  for (const [alsoRoles, status, code] of [
    [['rssi', 'cssi'], 422, 'contact/role-of-other-party'],
    [['rssi', 'rssi'], 400, 'request/malformed'],
    [['maire'], 400, 'request/malformed'],
  ] as const)
    assert.deepEqual(await life.refused(life.sylvie, 'PUT', '/contacts/dpd', { ...entered, alsoRoles }), [status, code])
  assert.deepEqual(await named(), [])
  await deliverMails(life.house, life.mailbox)
  life.mailbox.mails.length = 0
  const alsoRoles = ['rssi', 'dpd', 'correspondant-si']
  const { contact } = await life.ok(life.sylvie, 'PUT', '/contacts/dpd', { ...entered, alsoRoles })
  assert.equal(contact.role, 'dpd')
  assert.deepEqual(await named(), ['partenaire correspondant-si', 'partenaire dpd', 'partenaire rssi'])
  const told = (await deliverMails(life.house, life.mailbox)).filter(
    m => m.subject === 'Des interlocuteurs sont inscrits en votre nom',
  )
  assert.ok(told.length > 0 && new Set(told.map(m => m.to[0])).size === told.length, 'one each')
  assert.match(
    told[0]!.text,
    /les interlocuteurs « Correspondant SI », « Délégué à la protection des données », « Responsable de la sécurité \(RSSI\) »/,
  )
  assert.deepEqual(
    (
      await life.house.owner.query(
        `select d.detail->>'role' as role from audit_entries e join audit_details d on d.entry_id = e.id
          where e.action = 'contact.entered' and e.subject_id = $1 order by 1`,
        [partner.id],
      )
    ).rows.map(row => row.role),
    ['correspondant-si', 'dpd', 'rssi'],
  )
  // The operator's own, told to its partners once their convention is in force.
  await life.ok(life.sylvie, 'PUT', '/contacts/support', { ...body, regionId: life.region, alsoRoles: ['gouvernance'] })
  assert.ok((await named()).includes('operateur gouvernance'))
})

test('AGR-2: who signs and is not the signatory that the document names is shown, and the trail says so', async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner, {
    signatories: {
      partenaire: aSignatory({ name: partner.gilles.name.toUpperCase().split(' ').toReversed().join(' ') }),
      operateur: aSignatory({ localAuthority: false, prefectureOn: null, publishedOn: null }),
    },
  })
  const replacement = aReplacement()
  await life.ok(life.signer, 'POST', `/conventions/${one.id}/signers`, {
    amendmentId: null,
    accountId: life.signer.id,
    replacement,
  })
  for (const who of [partner.gilles, life.signer])
    await life.ok(who, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  const { signatures } = await life.ok(partner.gilles, 'GET', `/conventions/${one.id}`)
  assert.deepEqual(
    signatures.map((s: any) => [s.party, s.byAnother]),
    [
      ['partenaire', false],
      ['operateur', true],
    ],
  )
  const { rows } = await life.house.owner.query(
    `select d.detail ->> 'signer' as signer, d.detail -> 'byAnother' as other from audit_entries e
      join audit_details d on d.entry_id = e.id where e.subject_id = $1 and e.action = 'convention.signed' order by e.id`,
    [one.id],
  )
  assert.deepEqual(rows, [
    { signer: partner.gilles.name, other: false },
    { signer: life.signer.name, other: true },
  ])
})
