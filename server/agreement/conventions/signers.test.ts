import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { once, type Person } from '../../testing/house.ts'
import { isNamedSigner } from './signer-rules.ts'
import { aPdf, aReplacement, aSignatory, namedTo, withRoles } from './testing.ts'
import { type Life, openLife, type Partner } from './testing-life.ts'

let life: Life
before(async () => {
  life = await openLife()
  life.at('2026-02-02T09:00:00Z')
})
after(() => life.close())

const notNamed = [403, 'convention/not-named-signer']
const call = async (person: Person, givenName: string, familyName: string) => {
  await life.house.owner.query('update accounts set given_name = $2, family_name = $3 where id = $1', [
    person.id,
    givenName,
    familyName,
  ])
  return person
}
/** A convention sent that names this person for the partner. */
const naming = (partner: Partner, name: string) => {
  const { signatories } = namedTo(partner.gilles, life.signer)
  return life.sent(partner, { signatories: { ...signatories, partenaire: aSignatory({ name }) } })
}
const sign = (one: { id: string; sha256: string }, more: object = {}) => ({
  path: `/conventions/${one.id}/sign`,
  body: { sha256: one.sha256, ...more },
})
const refusedToSign = (who: Person, one: { id: string; sha256: string }) => {
  const { path, body } = sign(one)
  return life.refused(who, 'POST', path, body)
}
const signs = (who: Person, one: { id: string; sha256: string }, more: object = {}) => {
  const { path, body } = sign(one, more)
  return life.ok(who, 'POST', path, body)
}
const names = (who: Person, one: { id: string }, body: object) =>
  life.ok(who, 'POST', `/conventions/${one.id}/signers`, { amendmentId: null, ...body })
const refusedToName = (who: Person, one: { id: string }, body: object) =>
  life.refused(who, 'POST', `/conventions/${one.id}/signers`, { amendmentId: null, replacement: null, ...body })
const page = (who: Person, one: { id: string }) => life.ok(who, 'GET', `/conventions/${one.id}`)
const mailsOf = async (one: { id: string }, kind: string) =>
  (
    await life.house.owner.query('select to_account_id, body from mails where kind = $1 and about_id = $2', [
      kind,
      one.id,
    ])
  ).rows

test('AGR-2: two names are of one person whatever their order, accents and capitals; the rule and the database agree', async () => {
  for (const [one, other, same] of [
    ['Gilles Arnaudin', 'ARNAUDIN Gilles', true],
    ['Régine Soulac', 'regine  SOULAC', true],
    ['Anne-Marie Œuvrard', 'Anne Marie ŒUVRARD', true],
    ['Jean d’Arcy', "D'Arcy, Jean", true],
    ['Camille Essai6', 'Camille Essai', false],
    ['Camille Essai6', 'Camille Essai7', false],
    ['Cœur Essai', 'Cæur Essai', false],
    ['Jean D´Arcy', "Jean d'Arcy", true],
    ['Jean DʼArcy', 'Jean d’Arcy', true],
    ['Jean D`Arcy', 'Jean Darcy', false],
    ['Anne‑Marie Essai', 'Anne\u00A0Marie–Essai', true],
  ] as const) {
    const { rows } = await life.house.owner.query('select ctx.name_words($1) = ctx.name_words($2) as same', [
      one,
      other,
    ])
    assert.deepEqual([isNamedSigner(one, { name: other }), rows[0].same], [same, same], `${one}, ${other}`)
  }
})

test('AGR-2: whatever stands between the letters of a name, the rule and the database agree', async () => {
  // Latin, Greek and Cyrillic letters, accents, signs, spaces; PostgreSQL's tables know not each letter of newer scripts.
  const ranges = [
    [0x20, 0x52f],
    [0x1e00, 0x2bff],
    [0x3000, 0x303f],
    [0xff00, 0xffef],
  ] as const
  const between = ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => String.fromCodePoint(from + n)))
    .filter(c => !/\p{Cn}|\p{Cc}/u.test(c))
  const pairs = between.flatMap(c => [
    [`Jean D${c}Arcy`, "Jean d'Arcy"],
    [`Jean D${c}Arcy`, 'Jean Darcy'],
    [`${c}Jean D’Arcy${c}`, "d'Arcy, Jean"],
    [`É${c}lise Œuvrard`, `E lise œuvrard`],
  ])
  const { rows } = await life.house.owner.query<{ one: string; other: string; same: boolean }>(
    `select one, other, ctx.name_words(one) = ctx.name_words(other) as same
      from unnest($1::text[], $2::text[]) p (one, other)`,
    [pairs.map(([one]) => one), pairs.map(([, other]) => other)],
  )
  assert.equal(rows.length, pairs.length)
  const parting = rows.filter(({ one, other, same }) => isNamedSigner(one, { name: other }) !== same)
  assert.deepEqual(
    parting.map(({ one, other }) => `${one} / ${other}`),
    [],
  )
  assert.ok(rows.some(r => r.same) && rows.some(r => !r.same))
})

test('AGR-2: the account of who is named signs, and no other signataire of the party; of the operator’s, none of another region', async () => {
  const partner = await life.aPartner()
  const other = await withRoles(life.house, partner.id, 'signataire')
  const one = await life.sent(partner)
  assert.deepEqual(await refusedToSign(other, one), notNamed)
  const another = await withRoles(life.house, life.operator, 'signataire')
  assert.deepEqual(await refusedToSign(another, one), notNamed)
  assert.deepEqual((await page(other, one)).signers.map((s: any) => [s.party, s.name, s.mine, s.linked]).toSorted(), [
    ['operateur', life.signer.name, false, true],
    ['partenaire', partner.gilles.name, false, true],
  ])
  const signed = (await signs(partner.gilles, one)).convention
  assert.deepEqual(
    signed.signatures.map((s: any) => [s.signerName, s.byAnother]),
    [[partner.gilles.name, false]],
  )
})

test('AGR-2, ACC-16: of homonyms, and of a name that no account bears, nobody signs before the party says which account it is', async () => {
  const partner = await life.aPartner()
  const [first, second] = [
    await call(partner.gilles, 'Alix', 'Homonyme'),
    await call(await withRoles(life.house, partner.id, 'signataire'), 'Alix', 'HOMONYME'),
  ]
  const one = await naming(partner, 'Alix Homonyme')
  for (const who of [first, second]) assert.deepEqual(await refusedToSign(who, one), notNamed)
  assert.equal((await page(first, one)).signers.find((s: any) => s.party === 'partenaire').linked, false)
  const lead = await life.another(partner)
  await life.house.owner.query(`update accounts set function = 'Vice-présidente' where id = $1`, [second.id])
  const choices = (await page(lead, one)).ownSigners.filter((s: any) => [first.id, second.id].includes(s.accountId))
  const { rows: known } = await life.house.owner.query(
    `select a.id as "accountId", a.given_name || ' ' || a.family_name as name, a.function, k.email
      from accounts a join account_contacts k on k.account_id = a.id where a.id = any ($1)`,
    [[first.id, second.id]],
  )
  const byId = (list: any[]) => list.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
  assert.deepEqual(byId(choices), byId(known), 'ACC-16: told apart by function and address')
  assert.deepEqual(
    (await page(life.sylvie, one)).ownSigners.filter((s: any) => s.accountId === first.id),
    [],
  )
  const { convention } = await names(lead, one, { accountId: second.id, replacement: null })
  assert.deepEqual(
    convention.signers.filter((s: any) => s.party === 'partenaire').map((s: any) => [s.name, s.linked, s.replacement]),
    [
      ['Alix HOMONYME', true, null],
      ['Alix Homonyme', false, null],
    ],
  )
  assert.deepEqual(await refusedToSign(first, one), notNamed)
  assert.equal((await signs(second, one)).convention.signatures[0].byAnother, false)
})

test('AGR-2, AGR-11: another signs once their own act is recorded by their party: told to the other, in the trail, with its warnings and its file', async () => {
  const partner = await life.aPartner()
  const deputy = await withRoles(life.house, partner.id, 'signataire')
  const one = await life.sent(partner)
  assert.deepEqual(
    [
      await refusedToName(deputy, one, { accountId: deputy.id }),
      await refusedToName(deputy, one, { accountId: life.signer.id, replacement: aReplacement() }),
      await refusedToName(deputy, one, { accountId: null, replacement: aReplacement() }),
      await refusedToName(deputy, one, { accountId: deputy.id, replacement: aReplacement({ actOn: '2026-02-03' }) }),
      await refusedToName(partner.agent, one, { accountId: deputy.id, replacement: aReplacement() }),
      await refusedToName(life.elsewhere, one, { accountId: deputy.id, replacement: aReplacement() }),
      // The regional direction gathers the papers, and names nobody for the partner.
      await refusedToName(life.sylvie, one, { accountId: deputy.id, replacement: aReplacement() }),
    ],
    [
      [422, 'convention/replacement-required'],
      [422, 'convention/signer-unknown'],
      [422, 'convention/signer-unknown'],
      [422, 'convention/day-in-future'],
      [403, 'convention/not-a-party'],
      [404, 'not-found'],
      [422, 'convention/signer-unknown'],
    ],
  )
  const { convention, told } = await names(deputy, one, {
    accountId: deputy.id,
    replacement: { ...aReplacement({ localAuthority: true, prefectureOn: '2026-01-16' }), file: aPdf('délégation') },
  })
  assert.ok(told.mails > 0)
  const [last, former] = convention.signers.filter((s: any) => s.party === 'partenaire')
  assert.deepEqual(
    [last.name, last.mine, last.replacement.act, last.replacement.grantedBy, last.replacement.warnings, former.name],
    [deputy.name, true, 'Délégation 2026-07', 'Le conseil communautaire', ['no-publication'], partner.gilles.name],
  )
  assert.equal(convention.documents.find((d: any) => d.id === last.replacement.actDocumentId).kind, 'acte')
  assert.ok((await life.trail(one.id)).includes('convention.signer-named'))
  const mails = await mailsOf(one, 'convention-signer')
  assert.ok(mails.some(mail => mail.to_account_id === life.sylvie.id || mail.to_account_id === life.signer.id))
  assert.ok(mails.every(mail => !mail.body.includes(deputy.name) && !mail.body.includes('Délégation')))
  assert.deepEqual(await refusedToSign(partner.gilles, one), notNamed)
  const signed = (await signs(deputy, one)).convention
  assert.deepEqual(
    signed.signatures.map((s: any) => [s.signerName, s.byAnother]),
    [[deputy.name, true]],
  )
  assert.deepEqual(await refusedToName(deputy, one, { accountId: partner.gilles.id, replacement: aReplacement() }), [
    409,
    'convention/already-signed',
  ])
})

test('AGR-11, AGR-2: the act of who signed in another’s place is completed after the signature, over the version read, with what stood before; by its party or the regional direction', async () => {
  const partner = await life.aPartner()
  const deputy = await withRoles(life.house, partner.id, 'signataire')
  const one = await life.sent(partner)
  const complete = (over: object = {}) => ({
    amendmentId: null,
    localAuthority: true,
    prefectureOn: '2026-01-16',
    publishedOn: null,
    ...over,
  })
  const path = `/conventions/${one.id}/signers/partenaire`
  const version = async () => (await page(deputy, one)).version
  const refused = async (who: Person, over: object = {}, at?: number) => {
    const answer = await life.house.call(who, 'PUT', path, complete(over), {
      ...once(),
      'if-match': `"${at ?? (await version())}"`,
    })
    return [answer.status, answer.body.code]
  }
  assert.deepEqual(await refused(deputy), [404, 'not-found'], 'whom the document names has no act of their own')
  const to = { accountId: deputy.id, replacement: aReplacement({ localAuthority: true }) }
  for (const day of ['prefectureOn', 'publishedOn'])
    assert.deepEqual(
      await refusedToName(deputy, one, { ...to, replacement: { ...to.replacement, [day]: '2026-02-03' } }),
      [422, 'convention/day-in-future'],
    )
  await names(deputy, one, to)
  await signs(deputy, one)
  const last = async (who: Person) => (await page(who, one)).signers.find((s: any) => s.party === 'partenaire')
  const before = (await last(deputy)).replacement
  assert.deepEqual(
    [before.warnings, before.completions, before.allowed],
    [['no-prefecture', 'no-publication'], [], ['complete']],
  )
  for (const [who, over, expected] of [
    [deputy, { prefectureOn: '2026-02-03' }, [422, 'convention/day-in-future']],
    [deputy, { publishedOn: '2026-02-03' }, [422, 'convention/day-in-future']],
    [partner.agent, {}, [403, 'convention/not-a-party']],
    [life.signer, {}, [403, 'convention/not-a-party']],
    [life.elsewhere, {}, [404, 'not-found']],
    [deputy, { amendmentId: one.id }, [404, 'not-found']],
    [deputy, { localAuthority: 'oui' }, [400, 'request/malformed']],
  ] as const)
    assert.deepEqual(await refused(who, over), expected)
  assert.deepEqual(await refused(deputy, {}, 99), [412, 'request/changed-meanwhile'])
  assert.deepEqual((await last(life.signer)).replacement.allowed, [])

  const completes = async (who: Person, body: object) => {
    const answer = await life.house.call(who, 'PUT', path, body, {
      ...once(),
      'if-match': `"${await version()}"`,
    })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  await completes(deputy, complete())
  const whole = await completes(life.sylvie, complete({ publishedOn: '2026-01-20' }))
  const { replacement, name, namedBy, mine } = await last(deputy)
  assert.deepEqual(
    [name, namedBy.id, mine, replacement.act, replacement.prefectureOn, replacement.publishedOn, replacement.warnings],
    [deputy.name, deputy.id, true, to.replacement.act, '2026-01-16', '2026-01-20', []],
  )
  assert.deepEqual(
    replacement.completions.map((c: any) => [c.by.id, c.prefectureOn, c.publishedOn]),
    [
      [life.sylvie.id, '2026-01-16', '2026-01-20'],
      [deputy.id, '2026-01-16', null],
    ],
  )
  assert.equal(whole.signers.filter((s: any) => s.party === 'partenaire').length, 2, 'nobody is named anew')
  const { rows } = await life.house.owner.query(
    `select e.actor_id, d.detail -> 'before' ->> 'publishedOn' as before, d.detail -> 'after' ->> 'publishedOn' as after
      from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'convention.authority-settled' and e.subject_id = $1 order by e.id`,
    [one.id],
  )
  assert.deepEqual(rows, [
    { actor_id: deputy.id, before: null, after: null },
    { actor_id: life.sylvie.id, before: null, after: '2026-01-20' },
  ])
})

test('AGR-2, AGR-6: a paper bears the name last given, of a person without an account too, on a convention as on an amendment', async () => {
  const partner = await life.aPartner()
  const deputy = await withRoles(life.house, partner.id, 'signataire')
  const one = await life.sent(partner)
  await names(deputy, one, { accountId: null, name: 'Sacha Papier', replacement: aReplacement() })
  assert.deepEqual(await refusedToSign(partner.gilles, one), notNamed)
  const paper = { file: aPdf(), signedOn: '2026-02-01' }
  assert.equal((await signs(deputy, one, { paper })).convention.signatures[0].signerName, 'Sacha Papier')
  await signs(life.signer, one)
  const path = `/conventions/${one.id}/amendments`
  const [amendment] = (
    await life.ok(life.sylvie, 'POST', path, { title: 'Objet', body: 'Texte', termOn: null, renews: true })
  ).convention.amendments
  const { sha256 } = amendment
  assert.deepEqual(await life.refused(deputy, 'POST', `${path}/${amendment.id}/sign`, { sha256 }), notNamed)
  await names(deputy, one, {
    amendmentId: amendment.id,
    accountId: null,
    name: 'Alix Papier',
    replacement: aReplacement(),
  })
  const signed = (
    await life.ok(deputy, 'POST', `${path}/${amendment.id}/sign`, {
      sha256,
      paper: { ...paper, file: aPdf('avenant') },
    })
  ).convention
  assert.deepEqual(
    signed.signatures.filter((s: any) => s.amendmentId).map((s: any) => s.signerName),
    ['Alix Papier'],
  )
})

test('AGR-2: a project taken back and sent again names anew; what was said before stays', async () => {
  const partner = await life.aPartner()
  const deputy = await withRoles(life.house, partner.id, 'signataire')
  const one = await life.sent(partner)
  await names(deputy, one, { accountId: deputy.id, replacement: aReplacement() })
  const { convention } = await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/recall`)
  const again = await life.send(convention)
  assert.deepEqual(await refusedToSign(deputy, again), notNamed)
  const { convention: signed } = await signs(partner.gilles, again)
  assert.deepEqual(
    signed.signers.filter((s: any) => s.party === 'partenaire').map((s: any) => s.name),
    [partner.gilles.name, deputy.name, partner.gilles.name],
  )
})
