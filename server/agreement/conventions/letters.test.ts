import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { obligationCodes, owedTo } from '../../../contract/agreement/conventions/obligations.ts'
import { deliverMails } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { once, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { loadConvention } from './conventions.queries.ts'
import { aPdf, withFiles, withRoles } from './testing.ts'
import { type Life, openLife } from './testing-life.ts'

let life: Life
before(async () => {
  life = await openLife(campaigns)
})
after(() => life.close())

const letter = (over: object = {}) => ({
  channel: 'courrier',
  sentOn: '2026-02-20',
  receivedOn: '2026-02-28',
  document: aPdf('congé'),
  ...over,
})
const complaint = (over: object = {}) => ({
  clauses: ['two-factors'],
  obligation: 'Article 7 : second facteur sur tout accès',
  letterReference: '1A 200 300 4005 6',
  sentOn: '2026-02-20',
  presentedOn: null,
  deliveredOn: null,
  document: aPdf('manquement'),
  ...over,
})
/** A convention in force since 2 February, on 2 March. */
const inForce = async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.inForce(partner)
  life.at('2026-03-02T09:00:00Z')
  return { partner, one, path: `/conventions/${one.id}` }
}

test('AGR-13: the regional office enters the notice it received in the partner’s name, with the letter; the partner is told at once, and may contest it', async () => {
  const { partner, one, path } = await inForce()
  await deliverMails(life.house, life.mailbox)
  life.mailbox.mails.length = 0
  const { convention, told } = await life.ok(life.sylvie, 'POST', `${path}/notices`, letter({ party: 'partenaire' }))
  const [notice] = convention.notices
  assert.deepEqual(
    [notice.party, notice.enteredByOther, notice.answer, convention.state, convention.endsAt, notice.allowed],
    ['partenaire', true, null, 'notice-given', '2026-03-28T23:00:00.000Z', ['keep-receipt', 'withdraw']],
  )
  assert.equal(told.mails, 1)
  const [mail] = await deliverMails(life.house, life.mailbox)
  assert.ok(
    mail?.text.includes('a enregistré le congé qu’elle dit avoir reçu de vous') &&
      mail.text.includes('28 mars 2026') &&
      mail.text.includes('contestez-le'),
    mail?.text,
  )
  const seen = (await life.ok(partner.gilles, 'GET', path)).notices[0]
  assert.deepEqual(seen.allowed, ['keep-receipt', 'withdraw', 'contest', 'confirm'])

  const contest = {
    kind: 'notice',
    id: notice.id,
    answer: 'contest',
    reason: 'Aucune lettre n’est partie de chez nous',
  }
  const freed = (await life.ok(partner.gilles, 'POST', `${path}/answers`, contest)).convention
  assert.deepEqual(
    [freed.state, freed.endsAt, freed.notices[0].answer.answer, freed.notices[0].answer.reason],
    ['in-force', null, 'contest', contest.reason],
  )
  assert.deepEqual(await life.stored(one.id), { from: new Date(one.effectiveFrom), end: null })
  const line = async () =>
    (await life.ok(life.sylvie, 'GET', '/conventions')).items.find((l: any) => l.id === one.id).state
  assert.equal(await line(), 'in-force')
  assert.match((await deliverMails(life.house, life.mailbox))[0]!.subject, /contesté/)

  // Confirmed after all, it ends the convention as it said, and is the partner's own from then on.
  const confirmed = (
    await life.ok(partner.gilles, 'POST', `${path}/answers`, { ...contest, answer: 'confirm', reason: null })
  ).convention
  assert.deepEqual(
    [confirmed.state, confirmed.endsAt, confirmed.notices[0].allowed, await line()],
    ['notice-given', '2026-03-28T23:00:00.000Z', ['keep-receipt', 'withdraw'], 'notice-given'],
  )
  assert.deepEqual(await life.refused(life.sylvie, 'POST', `${path}/withdrawals`, { ...contest, answer: undefined }), [
    403,
    'convention/author-only',
  ])
  assert.deepEqual((await life.trail(one.id)).slice(-3), [
    'convention.notice-entered',
    'convention.entry-contested',
    'convention.entry-confirmed',
  ])
})

test('AGR-13: the partner enters the operator’s breach letter in the operator’s name, and the acknowledgement of receipt is kept with it', async () => {
  const { partner, path } = await inForce()
  const entered = (await life.ok(partner.gilles, 'POST', `${path}/breaches`, complaint({ party: 'operateur' })))
    .convention.breaches[0]
  assert.deepEqual([entered.party, entered.enteredByOther, entered.endsAt], ['operateur', true, null])
  const receipt = { kind: 'breach', id: entered.id, receivedOn: '2026-02-24', presentedOn: '2026-02-23' }
  const { convention } = await life.ok(life.sylvie, 'POST', `${path}/receipts`, { ...receipt, document: aPdf('avis') })
  const [breach] = convention.breaches
  assert.deepEqual(
    [convention.state, convention.endsAt, breach.receiptDocumentId],
    ['breach-notified', '2026-03-23T23:00:00.000Z', convention.documents.find((d: any) => d.kind === 'avis').id],
  )
  for (const [body, code] of [
    [{ ...receipt, document: null }, 'convention/already-received'],
    [{ ...receipt, receivedOn: null, presentedOn: null, document: aPdf('autre avis') }, 'convention/already-received'],
  ] as const)
    assert.deepEqual(await life.refused(life.sylvie, 'POST', `${path}/receipts`, body), [409, code])
})

test('AGR-13: an acknowledgement that comes after the end is kept too, and changes no date', async () => {
  const { partner, path } = await inForce()
  const given = (await life.ok(life.sylvie, 'POST', `${path}/breaches`, complaint({ presentedOn: '2026-02-21' })))
    .convention.breaches[0]
  life.at('2026-05-02T09:00:00Z')
  assert.equal((await life.ok(partner.gilles, 'GET', path)).state, 'terminated')
  const body = { kind: 'breach', id: given.id, receivedOn: null, presentedOn: null }
  assert.deepEqual(await life.refused(life.sylvie, 'POST', `${path}/receipts`, { ...body, receivedOn: '2026-02-22' }), [
    409,
    'convention/wrong-state',
  ])
  const { convention } = await life.ok(life.sylvie, 'POST', `${path}/receipts`, { ...body, document: aPdf('avis') })
  assert.deepEqual(
    [convention.state, convention.endsAt, convention.breaches[0].receiptDocumentId !== null],
    ['terminated', '2026-03-21T23:00:00.000Z', true],
  )
})

test('AGR-13, AGR-7: a mistyped date that had cut every right is corrected after its effect by a second person, with a reason; the other is told and the rights come back', async () => {
  const { partner, one, path } = await inForce()
  const agent = await life.house.person(partner.id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  // The rights are worked out on the database's clock: the convention is there in force, today.
  await life.ok(agent, 'GET', '/campaigns')
  const { convention } = await life.ok(
    life.sylvie,
    'POST',
    `${path}/notices`,
    letter({ party: 'partenaire', sentOn: '2025-02-20', receivedOn: '2025-02-28' }),
  )
  assert.equal(convention.state, 'ended')
  assert.deepEqual(await life.refused(agent, 'GET', '/campaigns'), [403, 'access/no-convention'])
  await deliverMails(life.house, life.mailbox)
  life.mailbox.mails.length = 0
  const correction = {
    kind: 'notice',
    id: convention.notices[0].id,
    sentOn: '2026-02-20',
    receivedOn: null,
    reason: 'Année mal saisie ; la lettre est en chemin',
  }
  assert.deepEqual(await life.refused(partner.gilles, 'POST', `${path}/corrections`, correction), [
    403,
    'convention/teller-only',
  ])
  const back = (await life.ok(life.nadia, 'POST', `${path}/corrections`, correction)).convention
  assert.deepEqual([back.state, back.endsAt, (await life.stored(one.id)).end], ['in-force', null, null])
  await life.ok(agent, 'GET', '/campaigns')
  const [{ before: was, after: is, reason, party, correctedBy }] = back.corrections
  assert.deepEqual(
    [was, is, reason, party, correctedBy?.id],
    [
      { sentOn: '2025-02-20', receivedOn: '2025-02-28' },
      { sentOn: '2026-02-20', receivedOn: null },
      correction.reason,
      'operateur',
      life.nadia.id,
    ],
  )
  const [mail] = await deliverMails(life.house, life.mailbox)
  assert.equal(mail?.subject, 'Une date est corrigée sur une convention')
  // Corrected itself, the same way: the way back.
  const again = (
    await life.ok(life.sylvie, 'POST', `${path}/corrections`, {
      ...correction,
      receivedOn: '2026-02-27',
      reason: 'Reçue',
    })
  ).convention
  assert.deepEqual(
    [again.state, again.endsAt, again.corrections.length],
    ['notice-given', '2026-03-27T23:00:00.000Z', 2],
  )
  assert.deepEqual((await life.trail(one.id)).slice(-3), [
    'convention.notice-entered',
    'convention.date-corrected',
    'convention.date-corrected',
  ])
})

test('AGR-13: who may not correct, what is malformed, to come, reversed or unchanged, twice and at once', async () => {
  const { partner, path } = await inForce()
  const lucie = await life.another(partner)
  const given = (await life.ok(partner.gilles, 'POST', `${path}/notices`, letter())).convention.notices[0]
  const body = { kind: 'notice', id: given.id, receivedOn: '2026-02-27', reason: 'Erreur de jour' }
  const post = (who: Person, over: object = {}) =>
    life.refused(who, 'POST', `${path}/corrections`, { ...body, ...over })
  for (const [who, over, expected] of [
    [partner.agent, {}, [403, 'convention/not-a-party']],
    [life.odile, {}, [403, 'convention/not-a-party']],
    [life.elsewhere, {}, [404, 'not-found']],
    [life.sylvie, {}, [403, 'convention/teller-only']],
    [partner.gilles, { reason: '  ' }, [400, 'request/malformed']],
    [partner.gilles, { receivedOn: '2026-02-30' }, [400, 'request/malformed']],
    [partner.gilles, { sentOn: null }, [400, 'request/malformed']],
    [partner.gilles, { receivedOn: '2026-03-03' }, [422, 'convention/day-in-future']],
    [partner.gilles, { receivedOn: '2026-02-19' }, [422, 'convention/days-reversed']],
    [partner.gilles, { receivedOn: '2026-02-28' }, [409, 'convention/nothing-to-correct']],
    [partner.gilles, { receivedOn: undefined, deliveredOn: '2026-02-21' }, [409, 'convention/nothing-to-correct']],
    [partner.gilles, {}, [403, 'convention/second-person']],
    [partner.gilles, { kind: 'breach' }, [404, 'not-found']],
    [
      partner.gilles,
      { kind: 'signature', id: (await life.ok(partner.gilles, 'GET', path)).signatures[0].id, signedOn: '2026-02-01' },
      [403, 'convention/teller-only'],
    ],
  ] as const)
    assert.deepEqual(await post(who, over), expected, JSON.stringify(over))
  const stale = await life.house.person(partner.id, [], { provenAt: new Date('2026-03-02T08:00:00Z') })
  await giveRole(life.house.owner, stale, 'responsable-operationnel')
  assert.deepEqual(await post(stale), [403, 'session/step-up-required'])
  const both = await Promise.all([post(lucie), post(lucie)])
  assert.equal(both.filter(([status]) => status === 200).length, 1, JSON.stringify(both))
  await life.ok(partner.gilles, 'POST', `${path}/withdrawals`, { kind: 'notice', id: given.id, reason: 'Accord' })
  assert.deepEqual(await post(lucie, { receivedOn: '2026-02-26' }), [409, 'convention/already-withdrawn'])
})

test('AGR-13: each party corrects the days that it told, and no other: neither moves the receipt that the other told', async () => {
  const { partner, path } = await inForce()
  const lucie = await life.another(partner)
  const given = (await life.ok(life.sylvie, 'POST', `${path}/notices`, letter({ receivedOn: null }))).convention
    .notices[0]
  const { convention } = await life.ok(partner.gilles, 'POST', `${path}/receipts`, {
    kind: 'notice',
    id: given.id,
    receivedOn: '2026-02-28',
    presentedOn: null,
  })
  assert.deepEqual(convention.notices[0].told, ['receivedOn'])
  assert.deepEqual((await life.ok(life.sylvie, 'GET', path)).notices[0].told, ['sentOn'])
  const correct = (who: Person, over: object) =>
    life.refused(who, 'POST', `${path}/corrections`, { kind: 'notice', id: given.id, reason: 'Erreur', ...over })
  for (const [who, over] of [
    [life.sylvie, { receivedOn: '2026-02-21' }],
    [life.sylvie, { sentOn: '2026-02-19', receivedOn: '2026-02-21' }],
    [partner.gilles, { sentOn: '2026-02-21' }],
  ] as const)
    assert.deepEqual(await correct(who, over), [403, 'convention/teller-only'], JSON.stringify(over))
  assert.equal((await life.ok(life.sylvie, 'GET', path)).endsAt, '2026-03-28T23:00:00.000Z')
  assert.deepEqual((await correct(lucie, { receivedOn: '2026-02-27' }))[0], 200)
  assert.deepEqual((await correct(life.nadia, { sentOn: '2026-02-19' }))[0], 200)

  // Of two days told by either, each its own: the later one gives no hold on the earlier.
  const breach = (await life.ok(life.sylvie, 'POST', `${path}/breaches`, complaint({ presentedOn: '2026-02-21' })))
    .convention.breaches[0]
  const body = { kind: 'breach', id: breach.id, receivedOn: '2026-02-25', presentedOn: null, document: aPdf('avis') }
  const seen = (await life.ok(partner.gilles, 'POST', `${path}/receipts`, body)).convention.breaches[0]
  assert.deepEqual([seen.told, seen.endsAt], [['deliveredOn'], '2026-03-21T23:00:00.000Z'])
  assert.deepEqual(await correct(partner.gilles, { kind: 'breach', id: breach.id, presentedOn: '2026-03-02' }), [
    403,
    'convention/teller-only',
  ])

  // What a party tells later adds to what it told.
  const own = (await life.ok(life.sylvie, 'POST', `${path}/breaches`, complaint({ presentedOn: '2026-02-21' })))
    .convention.breaches
  const { id } = own.find((one: any) => one.id !== breach.id)
  const later = await life.ok(life.sylvie, 'POST', `${path}/receipts`, { ...body, id, document: null })
  assert.deepEqual(later.convention.breaches.find((one: any) => one.id === id).told, [
    'sentOn',
    'presentedOn',
    'deliveredOn',
  ])
})

test('AGR-13: the acknowledgement is kept by the party that sent the letter, or that told when it came: the other is refused, and nothing is kept', async () => {
  const { partner, path } = await inForce()
  const given = (await life.ok(life.sylvie, 'POST', `${path}/notices`, letter())).convention.notices[0]
  const body = { kind: 'notice', id: given.id, receivedOn: null, presentedOn: null, document: aPdf('avis') }
  const before = await life.ok(partner.gilles, 'GET', path)
  assert.deepEqual(before.notices[0].allowed, [])
  assert.deepEqual(await life.refused(partner.gilles, 'POST', `${path}/receipts`, body), [
    403,
    'convention/receipt-of-sender',
  ])
  assert.deepEqual((await life.ok(partner.gilles, 'GET', path)).documents, before.documents)
  const { convention } = await life.ok(life.sylvie, 'POST', `${path}/receipts`, body)
  assert.notEqual(convention.notices[0].receiptDocumentId, null)

  // Entered for its sender, whose acknowledgement bears the day: the sender may correct it.
  const other = await inForce()
  const [entered] = (await life.ok(life.sylvie, 'POST', `${other.path}/notices`, letter({ party: 'partenaire' })))
    .convention.notices
  const kept = await life.ok(other.partner.gilles, 'POST', `${other.path}/receipts`, { ...body, id: entered.id })
  assert.deepEqual(kept.convention.notices[0].told, ['receivedOn'])
})

test('AGR-13: only the sender answers, once each way, and only to what the other entered', async () => {
  const { partner, path } = await inForce()
  const [own, entered] = [
    (await life.ok(life.sylvie, 'POST', `${path}/notices`, letter())).convention.notices[0],
    (await life.ok(life.sylvie, 'POST', `${path}/notices`, letter({ party: 'partenaire' }))).convention.notices[1],
  ]
  const body = { kind: 'notice', id: entered.id, answer: 'contest', reason: 'Nous n’avons rien envoyé' }
  const post = (who: Person, over: object = {}) => life.refused(who, 'POST', `${path}/answers`, { ...body, ...over })
  for (const [who, over, expected] of [
    [partner.agent, {}, [403, 'convention/not-a-party']],
    [life.elsewhere, {}, [404, 'not-found']],
    [life.sylvie, {}, [403, 'convention/sender-only']],
    [life.signer, {}, [403, 'convention/sender-only']],
    [partner.gilles, { id: own.id }, [409, 'convention/own-entry']],
    [partner.gilles, { reason: null }, [422, 'convention/reason-required']],
    [partner.gilles, { answer: 'peut-être' }, [400, 'request/malformed']],
    [partner.gilles, { kind: 'signature' }, [404, 'not-found']],
  ] as const)
    assert.deepEqual(await post(who, over), expected, JSON.stringify(over))
  const both = await Promise.all([post(partner.gilles), post(partner.gilles)])
  assert.deepEqual(both.map(([status]) => status).toSorted(), [200, 409])
  assert.deepEqual(await post(partner.gilles), [409, 'convention/already-contested'])
  await life.ok(partner.gilles, 'POST', `${path}/answers`, { ...body, answer: 'confirm', reason: null })
  assert.deepEqual(await post(partner.gilles), [409, 'convention/already-confirmed'])
})

test('AGR-13: contested after its effect, an entry leaves no effect: what it had cut comes back', async () => {
  const { partner, one, path } = await inForce()
  const entered = (await life.ok(life.sylvie, 'POST', `${path}/notices`, letter({ party: 'partenaire' }))).convention
    .notices[0]
  life.at('2026-04-20T09:00:00Z')
  assert.equal((await life.ok(partner.gilles, 'GET', path)).state, 'ended')
  const { convention } = await life.ok(partner.gilles, 'POST', `${path}/answers`, {
    kind: 'notice',
    id: entered.id,
    answer: 'contest',
    reason: 'La lettre était d’une autre structure',
  })
  assert.deepEqual([convention.state, (await life.stored(one.id)).end], ['in-force', null])
})

test('AGR-13, AGR-2: the mayor never signs in: the regional office enters the convention signed by hand by both, with one scan; in force, then its day corrected', async () => {
  life.at('2026-02-10T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner)
  const path = `/conventions/${one.id}`
  const paper = (...signatures: object[]) => ({ amendmentId: null, sha256: one.sha256, file: aPdf('scan'), signatures })
  const mayor = { party: 'partenaire', signedOn: '2026-02-03', signerName: 'Camille Essai' }
  const director = { party: 'operateur', signedOn: '2026-02-05', signerName: life.signer.name }
  for (const [who, body, expected] of [
    [partner.agent, paper(mayor), [403, 'convention/not-a-party']],
    [partner.gilles, paper(mayor), [403, 'convention/signatory-only']],
    [life.signer, paper(mayor, director), [403, 'convention/signatory-only']],
    [life.elsewhere, paper(mayor), [404, 'not-found']],
    [life.sylvie, paper(mayor, mayor), [409, 'convention/already-signed']],
    [life.sylvie, paper({ ...mayor, signedOn: '2026-02-11' }), [422, 'convention/day-in-future']],
    [life.sylvie, { ...paper(mayor), sha256: '0'.repeat(64) }, [409, 'convention/other-document']],
    [life.sylvie, paper(), [400, 'request/malformed']],
    // The paper of one's own party bears the name of who signs for it (AGR-2).
    [life.sylvie, paper(mayor, { ...director, signerName: 'Sacha Essai' }), [403, 'convention/not-named-signer']],
  ] as const)
    assert.deepEqual(await life.refused(who, 'POST', `${path}/paper-signatures`, body), expected)
  const { convention } = await life.ok(life.sylvie, 'POST', `${path}/paper-signatures`, paper(mayor, director))
  assert.deepEqual(
    [convention.state, convention.effectiveFrom, convention.signatures.map((s: any) => [s.party, s.enteredByOther])],
    [
      'in-force',
      '2026-02-05T23:00:00.000Z',
      [
        ['partenaire', true],
        ['operateur', false],
      ],
    ],
  )
  assert.equal(new Set(convention.signatures.map((s: any) => s.signedDocumentId)).size, 1, 'one scan')
  assert.deepEqual(await life.refused(life.sylvie, 'POST', `${path}/paper-signatures`, paper(mayor)), [
    409,
    'convention/wrong-state',
  ])
  const [, theirs] = convention.signatures
  const corrected = (
    await life.ok(life.nadia, 'POST', `${path}/corrections`, {
      kind: 'signature',
      id: theirs.id,
      signedOn: '2026-02-07',
      reason: 'Signée le 7',
    })
  ).convention
  assert.deepEqual(
    [corrected.effectiveFrom, corrected.corrections[0].before, corrected.corrections[0].after],
    ['2026-02-07T23:00:00.000Z', { signedOn: '2026-02-05' }, { signedOn: '2026-02-07' }],
  )
  // Contested by the partner, its signature carries the convention no more, from that instant; confirmed, it does.
  life.at('2026-03-10T09:00:00Z')
  const answer = { kind: 'signature', id: convention.signatures[0].id, answer: 'contest', reason: 'Signature imitée' }
  const ended = (await life.ok(partner.gilles, 'POST', `${path}/answers`, answer)).convention
  assert.deepEqual([ended.state, ended.endCause, ended.endsAt], ['ended', 'contest', '2026-03-10T09:00:00.000Z'])
  assert.deepEqual(
    await life.refused(life.sylvie, 'POST', `${path}/corrections`, {
      kind: 'signature',
      id: theirs.id,
      signedOn: '2026-02-08',
      reason: 'x',
    }),
    [409, 'convention/signature-contested'],
  )
  life.at('2026-03-12T09:00:00Z')
  const back = (
    await life.ok(partner.gilles, 'POST', `${path}/answers`, { ...answer, answer: 'confirm', reason: null })
  ).convention
  assert.deepEqual([back.state, back.endsAt], ['in-force', null])
})

test('AGR-2, AGR-13: a signed paper is set against the signatory’s acts on the day that it bears, not on the next', async () => {
  life.at('2026-02-10T09:00:00Z')
  const one = await life.sent(await life.aPartner())
  const path = `/conventions/${one.id}`
  const warnings = ({ convention }: any) => convention.signatories.find((s: any) => s.party === 'partenaire').warnings
  const entered = await life.ok(life.sylvie, 'POST', `${path}/paper-signatures`, {
    amendmentId: null,
    sha256: one.sha256,
    file: aPdf('scan'),
    signatures: [{ party: 'partenaire', signedOn: '2026-01-12', signerName: 'Camille Essai' }],
  })
  assert.deepEqual(warnings(entered), ['before-publication'], 'published on the 13th')
  const corrected = await life.ok(life.nadia, 'POST', `${path}/corrections`, {
    kind: 'signature',
    id: entered.convention.signatures[0].id,
    signedOn: '2026-01-13',
    reason: 'Signée le 13',
  })
  assert.deepEqual(warnings(corrected), [])
})

test('AGR-13: a document whose signature is contested is offered to nobody to sign, on its page nor in the list; confirmed, it is again', async () => {
  life.at('2026-02-10T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner)
  const path = `/conventions/${one.id}`
  const [signature] = (
    await life.ok(life.sylvie, 'POST', `${path}/paper-signatures`, {
      amendmentId: null,
      sha256: one.sha256,
      file: aPdf('scan'),
      signatures: [{ party: 'partenaire', signedOn: '2026-02-09', signerName: 'Camille Essai' }],
    })
  ).convention.signatures
  const offered = async () => {
    const { items } = await life.ok(life.signer, 'GET', '/conventions')
    const acts = [
      ...(await life.ok(life.signer, 'GET', path)).allowed,
      ...(await life.ok(life.sylvie, 'GET', path)).allowed,
    ]
    return [
      items.find((line: any) => line.id === one.id).awaits,
      ['sign', 'enter-signatures'].filter(act => acts.includes(act)),
    ]
  }
  assert.deepEqual(await offered(), [['operateur'], ['sign', 'enter-signatures']])
  const answer = { kind: 'signature', id: signature.id, answer: 'contest', reason: 'Signature imitée' }
  await life.ok(partner.gilles, 'POST', `${path}/answers`, answer)
  assert.deepEqual(await offered(), [[], []])
  assert.deepEqual(await life.refused(life.signer, 'POST', `${path}/sign`, { sha256: one.sha256 }), [
    409,
    'convention/signature-contested',
  ])
  await life.ok(partner.gilles, 'POST', `${path}/answers`, { ...answer, answer: 'confirm', reason: null })
  assert.deepEqual(await offered(), [['operateur'], ['sign', 'enter-signatures']])
})

test('AGR-13: a signature of a document that was taken back is evidence: it is neither contested nor corrected', async () => {
  life.at('2026-02-10T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner)
  const path = `/conventions/${one.id}`
  const paper = (sha256: string) => ({
    amendmentId: null,
    sha256,
    file: aPdf('scan'),
    signatures: [{ party: 'partenaire', signedOn: '2026-02-09', signerName: 'Camille Essai' }],
  })
  const [{ id }] = (await life.ok(life.sylvie, 'POST', `${path}/paper-signatures`, paper(one.sha256))).convention
    .signatures
  const again = await life.send((await life.ok(life.sylvie, 'POST', `${path}/recall`)).convention)
  await life.ok(life.signer, 'POST', `${path}/sign`, { sha256: again.sha256 })
  for (const [who, to, body] of [
    [partner.gilles, 'answers', { kind: 'signature', id, answer: 'contest', reason: 'Signature imitée' }],
    [life.sylvie, 'corrections', { kind: 'signature', id, signedOn: '2026-02-08', reason: 'Erreur' }],
  ] as const)
    assert.deepEqual(await life.refused(who, 'POST', `${path}/${to}`, body), [404, 'not-found'], to)
})

test('AGR-13: a partner that enters the operator’s signature opens nothing by itself: it counts once the operator confirms it', async () => {
  life.at('2026-02-10T09:00:00Z')
  const partner = await life.aPartner()
  const one = await life.sent(partner)
  const path = `/conventions/${one.id}`
  await life.ok(partner.gilles, 'POST', `${path}/sign`, { sha256: one.sha256 })
  const { convention } = await life.ok(partner.gilles, 'POST', `${path}/paper-signatures`, {
    amendmentId: null,
    sha256: one.sha256,
    file: aPdf('scan'),
    signatures: [{ party: 'operateur', signedOn: '2026-02-09', signerName: 'Camille Essai' }],
  })
  assert.deepEqual([convention.state, (await life.stored(one.id)).from], ['signed-by-one', null])
  const line = async () => (await life.ok(life.sylvie, 'GET', '/conventions')).items.find((l: any) => l.id === one.id)
  assert.deepEqual((await line()).awaits, ['operateur'])
  const { id } = convention.signatures.find((s: any) => s.party === 'operateur')
  const body = { kind: 'signature', id, answer: 'confirm', reason: null }
  assert.deepEqual(await life.refused(partner.gilles, 'POST', `${path}/answers`, body), [403, 'convention/sender-only'])
  const done = (await life.ok(life.sylvie, 'POST', `${path}/answers`, body)).convention
  assert.deepEqual(
    [done.state, done.effectiveFrom, (await line()).state],
    ['in-force', '2026-02-10T09:00:00.000Z', 'in-force'],
  )
})

test('AGR-13, AGR-6: an amendment signed by hand is entered; contested, its term goes; and one contested before its effect is signed by nobody', async () => {
  const { partner, path } = await inForce()
  const [amendment] = (
    await life.ok(life.sylvie, 'POST', `${path}/amendments`, {
      title: 'Prolongation',
      body: 'Le terme est reporté.',
      termOn: '2027-06-30',
      renews: true,
    })
  ).convention.amendments
  const enter = (...parties: string[]) => ({
    amendmentId: amendment.id,
    sha256: amendment.sha256,
    file: aPdf('avenant'),
    signatures: parties.map(party => ({ party, signedOn: '2026-03-01', signerName: life.signer.name })),
  })
  const { convention } = await life.ok(life.sylvie, 'POST', `${path}/paper-signatures`, enter('partenaire'))
  const id = convention.signatures.find((s: any) => s.amendmentId === amendment.id).id
  const answer = { kind: 'signature', id, answer: 'contest', reason: 'Pas signé' }
  const offered = async () => {
    const { items } = await life.ok(life.signer, 'GET', '/conventions')
    const { allowed } = await life.ok(life.signer, 'GET', path)
    return [items.find((line: any) => line.id === convention.id).amendmentAwaits, allowed.includes('sign')]
  }
  assert.deepEqual(await offered(), [['operateur'], true])
  await life.ok(partner.gilles, 'POST', `${path}/answers`, answer)
  assert.deepEqual(await offered(), [[], false])
  for (const [who, body, to] of [
    [life.signer, { sha256: amendment.sha256 }, `amendments/${amendment.id}/sign`],
    [life.sylvie, enter('operateur'), 'paper-signatures'],
  ] as const)
    assert.deepEqual(await life.refused(who, 'POST', `${path}/${to}`, body), [409, 'convention/signature-contested'])
  await life.ok(partner.gilles, 'POST', `${path}/answers`, { ...answer, answer: 'confirm', reason: null })
  const done = (await life.ok(life.sylvie, 'POST', `${path}/paper-signatures`, enter('operateur'))).convention
  assert.deepEqual([done.amendments[0].effectiveAt, done.term.endsOn], ['2026-03-01T23:00:00.000Z', '2027-06-30'])

  const other = await inForce()
  const [second] = (
    await life.ok(life.sylvie, 'POST', `${other.path}/amendments`, {
      title: 'Fin',
      body: 'Il y est mis fin.',
      termOn: '2026-03-02',
      renews: false,
    })
  ).convention.amendments
  const both = (
    await life.ok(life.sylvie, 'POST', `${other.path}/paper-signatures`, {
      ...enter('partenaire', 'operateur'),
      amendmentId: second.id,
      sha256: second.sha256,
    })
  ).convention
  assert.equal(both.endsAt, '2026-03-02T23:00:00.000Z')
  life.at('2026-03-05T09:00:00Z')
  const freed = (
    await life.ok(other.partner.gilles, 'POST', `${other.path}/answers`, {
      ...answer,
      id: both.signatures.find((s: any) => s.amendmentId && s.party === 'partenaire').id,
    })
  ).convention
  assert.deepEqual([freed.state, freed.amendments[0].effectiveAt, freed.endsAt], ['in-force', null, null])
})

test('AGR-4, AGR-5: a letter is always kept with its document', async () => {
  const { partner, path } = await inForce()
  const lead = await withRoles(life.house, partner.id, 'responsable-operationnel')
  for (const [to, body] of [
    ['notices', letter({ document: null })],
    ['breaches', complaint({ document: null })],
    ['notices', letter({ document: undefined })],
  ] as const)
    assert.deepEqual(await life.refused(lead, 'POST', `${path}/${to}`, body), [400, 'request/malformed'])
})

test('AGR-5: a breach names obligations of a list, those that the other party owes; another clause by its article; the mail and the page say them', async () => {
  const { partner, path } = await inForce()
  const send = (who: Person, over: object) => life.refused(who, 'POST', `${path}/breaches`, complaint(over))
  for (const clauses of [[], ['any'], ['awareness', 'awareness']])
    assert.deepEqual(await send(life.sylvie, { clauses }), [400, 'request/malformed'], clauses.join())
  for (const [who, over] of [
    [life.sylvie, { clauses: ['awareness', 'free-of-charge'] }],
    [partner.gilles, { clauses: ['yearly-review'] }],
    // Entered in the name of the partner, it is the operator that owes them.
    [life.sylvie, { party: 'partenaire', clauses: ['awareness'] }],
  ] as const)
    assert.deepEqual(await send(who, over), [422, 'convention/obligation-of-other-party'], JSON.stringify(over))
  for (const over of [
    { clauses: ['other'] },
    { clauses: ['other'], otherArticle: null },
    { clauses: ['awareness'], otherArticle: 'Annexe 5' },
  ])
    assert.deepEqual(await send(life.sylvie, over), [422, 'convention/article-required'])
  assert.deepEqual((await life.ok(partner.gilles, 'GET', path)).breaches, [])

  await deliverMails(life.house, life.mailbox)
  life.mailbox.mails.length = 0
  const asked = { clauses: ['awareness', 'other'], otherArticle: ' Annexe 5 ' }
  await life.ok(life.sylvie, 'POST', `${path}/breaches`, complaint(asked))
  const [mail] = await deliverMails(life.house, life.mailbox)
  assert.match(mail!.text, /Obligation en cause : Article 7 \(sensibiliser ses agents .*\) ; Annexe 5\./s)
  const [kept] = (await life.ok(partner.gilles, 'GET', path)).breaches
  assert.deepEqual([kept.clauses, kept.otherArticle], [asked.clauses, 'Annexe 5'])
  const { rows } = await life.house.owner.query(
    `select d.detail -> 'clauses' as clauses from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'convention.breach-notified' and d.detail ->> 'breach' = $1`,
    [kept.id],
  )
  assert.deepEqual(rows, [{ clauses: asked.clauses }])
})

test('AGR-5: what each party owes the other, by the contract and by the database', async () => {
  const { one } = await inForce()
  for (const party of ['partenaire', 'operateur'] as const)
    for (const code of obligationCodes) {
      const insert = life.house.owner.query(
        `insert into convention_breaches (id, convention_id, party, clauses, other_article, obligation,
          letter_reference, sent_on, recorded_at)
          values (gen_random_uuid(), $1, $2, $3, $4, 'x', 'x', '2026-02-20', now())`,
        [one.id, party, [code], code === 'other' ? 'Annexe 5' : null],
      )
      await (owedTo(party).includes(code) ? insert : assert.rejects(insert, /breach_clauses_bind/, `${party} ${code}`))
    }
})

test('AGR-13: a file sent once serves once: of two acts that name it at the same moment, one keeps it', async () => {
  const [first, second] = [await inForce(), await inForce()]
  const file = await withFiles(life.house, life.sylvie, aPdf('une fois'))
  const held = await life.house.owner.connect()
  let acts: Promise<unknown[]>[] = []
  try {
    await held.query('begin')
    await held.query('select from uploads where id = $1 for update', [file])
    acts = [first, second].map(({ path }) =>
      life.refused(life.sylvie, 'POST', `${path}/notices`, letter({ document: file })),
    )
    // Both have read it, and wait to take it. Asked apart: statistics stand still within a transaction.
    await until('both wait', async () => {
      const { rows } = await life.house.owner.query(
        `select count(distinct pid)::int as n from pg_locks join pg_stat_activity using (pid)
          where datname = current_database() and not granted`,
      )
      return rows[0].n === 2
    })
  } finally {
    await held.query('commit')
    held.release()
  }
  const answers = await Promise.all(acts)
  assert.deepEqual(answers.map(([status]) => status).sort(), [200, 409])
  assert.ok(answers.some(([, code]) => code === 'upload/unknown'))
  const { rows } = await life.house.owner.query(
    `select count(*)::int as n from convention_documents where convention_id = any ($1) and kind = 'resiliation'`,
    [[first.one.id, second.one.id]],
  )
  assert.equal(rows[0].n, 1)
})

const posted = () => letter({ receivedOn: null })
/** The conventions of this structure in one’s list, as many as are counted in all; and of each letter, one may tell the receipt. */
const waits = async (who: Person, of: { readonly id: string }) => {
  const { items, counts } = await life.ok(who, 'GET', '/conventions?awaits=receipt')
  assert.equal(counts.receipt, items.length, 'the count is that of the list')
  for (const { id, receiptsToTell } of items) {
    const { notices, breaches } = await life.ok(who, 'GET', `/conventions/${id}`)
    const tells = [...notices, ...breaches].filter((one: any) => one.allowed.includes('receive'))
    assert.equal(receiptsToTell, tells.length)
  }
  return items.filter((line: any) => line.organisation.id === of.id).length as number
}

test('POR-5, AGR-13: a letter whose receipt is to tell waits for who acts for either party, and for nobody else, until it is told', async () => {
  const { partner, path } = await inForce()
  const operational = await withRoles(life.house, partner.id, 'responsable-operationnel')
  const tellers = [partner.gilles, operational, life.sylvie, life.signer]
  const others = [partner.agent, await withRoles(life.house, partner.id, 'rgc'), life.odile, life.elsewhere]
  const said = () => Promise.all([...tellers, ...others].map(who => waits(who, partner)))
  assert.deepEqual(await said(), [0, 0, 0, 0, 0, 0, 0, 0])
  const [notice] = (await life.ok(partner.gilles, 'POST', `${path}/notices`, posted())).convention.notices
  assert.deepEqual(await said(), [1, 1, 1, 1, 0, 0, 0, 0])
  const [breach] = (await life.ok(life.sylvie, 'POST', `${path}/breaches`, complaint())).convention.breaches
  assert.deepEqual(await said(), [1, 1, 1, 1, 0, 0, 0, 0], 'one convention, whose two letters are on their way')
  const { csv } = await life.ok(life.sylvie, 'POST', '/conventions/export', { awaits: 'receipt' })
  assert.ok(csv.includes(partner.name) && !csv.includes((await life.aPartner()).name))
  const receipt = { kind: 'notice', id: notice.id, receivedOn: '2026-02-28', presentedOn: null }
  await life.ok(life.sylvie, 'POST', `${path}/receipts`, receipt)
  assert.equal(await waits(partner.gilles, partner), 1, 'the other one')
  // Left at the office, it was notified when it was first presented: its month runs, whatever comes next.
  await life.ok(partner.gilles, 'POST', `${path}/receipts`, {
    ...receipt,
    ...{ kind: 'breach', id: breach.id, receivedOn: null, presentedOn: '2026-02-24' },
  })
  assert.deepEqual(await said(), [0, 0, 0, 0, 0, 0, 0, 0])
})

test('POR-5, AGR-13: renounced, contested, or of a convention that is over, a letter waits no more', async () => {
  const renounced = await inForce()
  const [sent] = (await life.ok(renounced.partner.gilles, 'POST', `${renounced.path}/notices`, posted())).convention
    .notices
  assert.equal(await waits(renounced.partner.gilles, renounced.partner), 1)
  const withdrawal = { kind: 'notice', id: sent.id, reason: 'Une erreur de courrier' }
  await life.ok(renounced.partner.gilles, 'POST', `${renounced.path}/withdrawals`, withdrawal)
  assert.equal(await waits(renounced.partner.gilles, renounced.partner), 0)

  const { partner, path } = await inForce()
  const entered = await life.ok(life.sylvie, 'POST', `${path}/breaches`, complaint({ party: 'partenaire' }))
  assert.deepEqual([await waits(partner.gilles, partner), await waits(life.sylvie, partner)], [1, 1])
  const answer = {
    kind: 'breach',
    id: entered.convention.breaches[0].id,
    answer: 'contest',
    reason: 'Rien n’est parti',
  }
  await life.ok(partner.gilles, 'POST', `${path}/answers`, answer)
  assert.deepEqual([await waits(partner.gilles, partner), await waits(life.sylvie, partner)], [0, 0])

  const over = await inForce()
  await life.ok(over.partner.gilles, 'POST', `${over.path}/notices`, { ...posted(), receivedOn: '2026-02-28' })
  await life.ok(over.partner.gilles, 'POST', `${over.path}/notices`, posted())
  assert.equal(await waits(over.partner.gilles, over.partner), 1)
  life.at('2026-05-02T09:00:00Z')
  assert.deepEqual([await waits(over.partner.gilles, over.partner), await waits(life.sylvie, over.partner)], [0, 0])
})

/** A notice whose year is mistyped. */
const mistyped = (over: object = {}) => letter({ sentOn: '2025-01-20', receivedOn: '2025-01-31', ...over })
/** Sends as it stands: nothing is confirmed in its place. */
const sends = async (who: Person, path: string, body: object, headers: Record<string, string> = {}) => {
  const { status, body: answer } = await life.house.call(who, 'POST', path, await withFiles(life.house, who, body), {
    ...once(),
    ...headers,
  })
  return { status, code: answer.code, facts: answer.facts, answer }
}
/** What an act of letters may leave behind. */
const left = async (id: string) => {
  const { rows } = await life.house.owner.query(
    `select (select count(*)::int from convention_notices where convention_id = $1::uuid) as notices,
      (select count(*)::int from convention_breaches where convention_id = $1::uuid) as breaches,
      (select count(*)::int from convention_corrections where convention_id = $1::uuid) as corrections,
      (select ends_at from conventions where id = $1::uuid) as ends_at, (select count(*)::int from mails) as mails,
      (select count(*)::int from audit_entries where subject_id = $1::text) as entries`,
    [id],
  )
  return rows[0]
}

test('AGR-4, AGR-13: a notice whose receipt would end the convention last year is refused, writes nothing, and says that end; confirmed with it, it passes', async () => {
  const { partner, one, path } = await inForce()
  const was = await left(one.id)
  const asked = mistyped()
  const first = await sends(partner.gilles, `${path}/notices`, asked)
  // Its month was over before the convention began: it would end at the very instant when it took effect.
  assert.deepEqual(
    [first.status, first.code, first.facts],
    [409, 'convention/confirm-end', { endsAt: one.effectiveFrom }],
  )
  for (const confirms of [null, '2026-04-01T00:00:00Z'])
    assert.equal(
      (await sends(partner.gilles, `${path}/notices`, { ...asked, confirms })).code,
      'convention/confirm-end',
    )
  assert.deepEqual(await left(one.id), was)
  const passed = await sends(partner.gilles, `${path}/notices`, { ...asked, confirms: first.facts.endsAt })
  assert.deepEqual([passed.status, passed.answer.convention.state], [200, 'ended'])
})

test('AGR-4, AGR-5, AGR-13: a receipt told later and a breach ask for the end that they cause; a letter on its way asks nothing', async () => {
  const { partner, path } = await inForce()
  const { answer, status } = await sends(partner.gilles, `${path}/notices`, mistyped({ receivedOn: null }))
  assert.equal(status, 200, 'a letter without a day of receipt ends nothing')
  const receipt = { kind: 'notice', id: answer.convention.notices[0].id, receivedOn: '2026-02-28', presentedOn: null }
  const told = await sends(life.sylvie, `${path}/receipts`, receipt)
  assert.deepEqual([told.code, told.facts], ['convention/confirm-end', { endsAt: '2026-03-28T23:00:00.000Z' }])
  assert.equal((await sends(life.sylvie, `${path}/receipts`, { ...receipt, confirms: told.facts.endsAt })).status, 200)
  const breach = {
    clauses: ['two-factors'],
    obligation: 'Article 7',
    letterReference: '1A 200',
    sentOn: '2026-02-10',
    presentedOn: '2026-02-12',
    deliveredOn: null,
    document: aPdf('manquement'),
  }
  const sooner = await sends(life.sylvie, `${path}/breaches`, breach)
  assert.deepEqual([sooner.code, sooner.facts], ['convention/confirm-end', { endsAt: '2026-03-12T23:00:00.000Z' }])
  // One that ends it no sooner changes no end.
  assert.equal((await sends(life.sylvie, `${path}/breaches`, { ...breach, presentedOn: '2026-03-01' })).status, 200)
})

test('AGR-13: a correction confirms the end that it causes, over the version read; in the delay, by a second person of the same party', async () => {
  const { partner, one, path } = await inForce()
  const lucie = await life.another(partner)
  const given = (await life.ok(partner.gilles, 'POST', `${path}/notices`, mistyped())).convention
  assert.equal(given.state, 'ended')
  const body = { kind: 'notice', id: given.notices[0].id, receivedOn: null, reason: 'Année mal saisie' }
  const over = (version: number) => ({ 'if-match': `"${version}"` })
  const correct = async (who: Person, more: object = {}, version = given.version) => {
    const { status, code } = await sends(who, `${path}/corrections`, { ...body, ...more }, over(version))
    return [status, code]
  }
  const stale = await life.house.person(partner.id, [], { provenAt: new Date('2026-03-02T08:00:00Z') })
  await giveRole(life.house.owner, stale, 'responsable-operationnel')
  for (const [who, more, expected] of [
    [partner.gilles, { confirms: null }, [403, 'convention/second-person']],
    [life.sylvie, { confirms: null }, [403, 'convention/teller-only']],
    [partner.agent, { confirms: null }, [403, 'convention/not-a-party']],
    [stale, { confirms: null }, [403, 'session/step-up-required']],
    [lucie, { confirms: null, reason: ' ' }, [400, 'request/malformed']],
    [lucie, {}, [409, 'convention/confirm-end']],
    [lucie, { confirms: '2026-03-28T23:00:00Z' }, [409, 'convention/confirm-end']],
  ] as const)
    assert.deepEqual(await correct(who, more), expected, JSON.stringify(more))
  assert.deepEqual(await correct(lucie, { confirms: null }, given.version + 1), [412, 'request/changed-meanwhile'])
  assert.equal((await sends(lucie, `${path}/corrections`, { ...body, confirms: null })).status, 412)
  assert.equal((await left(one.id)).corrections, 0)
  const seen = async (who: Person) => {
    const { notices } = await life.ok(who, 'GET', path)
    return [notices[0].allowed.includes('correct'), notices[0].correctableUntil]
  }
  assert.deepEqual(
    [await seen(lucie), await seen(partner.gilles), await seen(life.sylvie)],
    [
      [true, '2026-05-31T09:00:00.000Z'],
      [false, '2026-05-31T09:00:00.000Z'],
      [false, null],
    ],
  )
  life.at('2026-05-31T09:00:01Z')
  assert.deepEqual(await seen(lucie), [false, null])
  assert.deepEqual(await correct(lucie, { confirms: null }), [409, 'convention/correction-too-late'])
  life.at('2026-05-31T09:00:00Z')
  assert.deepEqual(
    (await Promise.all([1, 2].map(() => correct(lucie, { confirms: null })))).map(([status]) => status).toSorted(),
    [200, 412],
  )
  const back = await life.ok(partner.gilles, 'GET', path)
  assert.deepEqual([back.state, back.endsAt, back.corrections[0].correctedBy.id], ['in-force', null, lucie.id])
})

test('AGR-13, AGR-7: what a mistaken receipt had cut comes back with the correction, in the session that was open', async () => {
  const { partner, path } = await inForce()
  const lucie = await life.another(partner)
  const agent = await life.house.person(partner.id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  await life.ok(agent, 'GET', '/campaigns')
  const given = (await life.ok(partner.gilles, 'POST', `${path}/notices`, mistyped())).convention
  assert.deepEqual(await life.refused(agent, 'GET', '/campaigns'), [403, 'access/no-convention'])
  const grants = async () =>
    (await life.house.owner.query('select revoked_at, ends_on from grants where account_id = $1', [agent.id])).rows
  const kept = await grants()
  await life.ok(lucie, 'POST', `${path}/corrections`, {
    kind: 'notice',
    id: given.notices[0].id,
    receivedOn: null,
    reason: 'Année mal saisie',
  })
  await life.ok(agent, 'GET', '/campaigns')
  assert.deepEqual([await grants(), kept[0].revoked_at], [kept, null])
})

test('AGR-13, SEC-6: in the database too, a day told changes only by the correction of a second person, in the delay', async () => {
  const { partner, one, path } = await inForce()
  const lucie = await life.another(partner)
  const given = (await life.ok(partner.gilles, 'POST', `${path}/notices`, mistyped())).convention.notices[0]
  const as = async (who: Person, corrects: { at: string; day: string } | null, set: string) => {
    const tx = await life.house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      if (corrects)
        await tx.run(sql`insert into convention_corrections (id, convention_id, kind, subject_id, party, before, after,
          reason, corrected_at, corrected_by) values (gen_random_uuid(), ${one.id}::uuid, 'notice', ${given.id}::uuid,
          'partenaire', '{}', ${JSON.stringify({ receivedOn: corrects.day })}::jsonb, 'x', ${corrects.at}::timestamptz,
          ctx.account())`)
      await tx.run(sql`update convention_notices set received_on = ${set}::date where id = ${given.id}::uuid`)
      return 'written'
    } catch (error) {
      return (error as Error).message
    } finally {
      await tx.rollback()
    }
  }
  const inTime = { at: '2026-03-03T09:00:00Z', day: '2026-02-28' }
  assert.match(await as(lucie, null, '2026-02-28'), /changes by a correction/)
  assert.match(await as(lucie, inTime, '2026-02-27'), /changes by a correction/)
  assert.match(await as(partner.gilles, inTime, '2026-02-28'), /a second person corrects/)
  assert.match(await as(lucie, { ...inTime, at: '2026-06-01T09:00:00Z' }, '2026-02-28'), /a second person corrects/)
  assert.equal(await as(lucie, inTime, '2026-02-28'), 'written')
})

test('AGR-13: asked again of one connection, what is read of a convention is planned once, not at each reading', async () => {
  const { one } = await inForce()
  const tx = await life.house.database.begin()
  try {
    await tx.enter(tokenHash(life.sylvie.cookie.slice('session='.length)))
    // PostgreSQL plans five times for the values given, then compares with a plan for any.
    for (let times = 0; times < 8; times++) assert.ok(await loadConvention(tx, one.id))
    const planned = await tx.all(
      sql<{ genericPlans: number }>`select generic_plans from pg_prepared_statements
        where statement like '%ctx.told\\_last(%' and statement like '%from convention\\_%'`,
    )
    assert.ok(planned.length >= 3)
    assert.deepEqual(
      planned.filter(p => p.genericPlans === 0),
      [],
    )
  } finally {
    await tx.rollback()
  }
})
