import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { once, type Person } from '../../testing/house.ts'
import { withCheckChanged, withFunctionChanged } from '../../testing/parity.ts'
import { holdsOn } from './delegation-rules.ts'
import { deputiesInWords } from './deputy-rules.ts'
import { aPdf, aReplacement, withRoles } from './testing.ts'
import { type Life, openLife, type Partner } from './testing-life.ts'

let life: Life
before(async () => {
  life = await openLife()
})
after(() => life.close())

const aDelegation = (over: object = {}) => ({
  accountId: null,
  name: 'Sacha Suppléant',
  capacity: 'Directeur général des services',
  ...aReplacement({ localAuthority: true, prefectureOn: '2026-01-16', publishedOn: '2026-01-17' }),
  fromOn: '2026-01-20',
  untilOn: null,
  reason: 'Arrêté de délégation',
  ...over,
})
const settle = (who: Person | null, one: { id: string }, id: string, body: object, version = 0, key = once()) =>
  life.house.call(who, 'PUT', `/conventions/${one.id}/deputies/${id}`, body, { ...key, 'if-match': `"${version}"` })
const settled = async (who: Person, one: { id: string }, id: string, body: object, version = 0) => {
  const answer = await settle(who, one, id, body, version)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const codeOf = async (answer: Promise<{ status: number; body: any }>) => {
  const { status, body } = await answer
  return [status, body.code]
}
const page = (who: Person, one: { id: string }) => life.ok(who, 'GET', `/conventions/${one.id}`)
const names = (who: Person, one: { id: string }, deputyId: string, amendmentId: string | null = null) =>
  life.ok(who, 'POST', `/conventions/${one.id}/signers`, { amendmentId, accountId: null, deputyId, replacement: null })
const withoutPower = [409, 'convention/deputy-without-power']
/** A partner, one who may sign in its signatory's place, and a convention to sign, on 2 February. */
const world = async () => {
  life.at('2026-02-02T09:00:00Z')
  const partner: Partner = await life.aPartner()
  const deputy = await withRoles(life.house, partner.id, 'signataire')
  return { partner, deputy, one: await life.sent(partner), id: uuidv7() }
}

test('AGR-15, AGR-2: a deputy of the partner is recorded with their act, named, and signs the convention in its place; the act comes from the record, told and in the trail', async () => {
  const { deputy, one, id } = await world()
  const { convention, told } = await settled(deputy, one, id, aDelegation({ accountId: deputy.id, name: null }))
  assert.ok(told.mails > 0)
  const [shown] = convention.deputies
  assert.deepEqual(
    [shown.id, shown.party, shown.version, shown.name, shown.act, shown.holds, shown.recordedBy.id, shown.former],
    [id, 'partenaire', 1, deputy.name, 'Délégation 2026-07', true, deputy.id, []],
  )
  assert.deepEqual(
    (await page(life.sylvie, one)).deputies.map((d: any) => d.name),
    [deputy.name],
    'the other party reads it',
  )
  const { signers } = (await names(deputy, one, id)).convention
  const last = signers.find((s: any) => s.party === 'partenaire')
  assert.deepEqual(
    [last.name, last.mine, last.replacement.act, last.replacement.publishedOn, last.replacement.allowed],
    [deputy.name, true, 'Délégation 2026-07', '2026-01-17', []],
  )
  const { convention: signed } = await life.ok(deputy, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  assert.deepEqual(
    signed.signatures.map((s: any) => [s.signerName, s.byAnother]),
    [[deputy.name, true]],
  )
  assert.ok((await life.trail(one.id)).includes('convention.deputy-settled'))
  const mails = await life.house.owner.query(
    `select body, to_account_id from mails where kind = 'convention-deputy' and about_id = $1`,
    [one.id],
  )
  assert.ok(mails.rows.every(mail => !mail.body.includes(deputy.name) && !mail.body.includes('Délégation 2026')))
})

test('AGR-15, POR-5: a deputy recorded is told to who answers for either party, and to no other role', async () => {
  const { partner, deputy, one, id } = await world()
  await withRoles(life.house, partner.id, 'rgc')
  const lead = await life.another(partner)
  const { told } = await settled(deputy, one, id, aDelegation())
  const { rows } = await life.house.owner.query(
    `select to_account_id from mails where kind = 'convention-deputy' and about_id = $1`,
    [one.id],
  )
  assert.deepEqual(
    rows.map(r => r.to_account_id).toSorted(),
    [partner.gilles.id, lead.id, life.sylvie.id, life.nadia.id].toSorted(),
  )
  assert.equal(told.mails, 4)
})

test('AGR-15, AGR-11: before it begins, before its act is received and published, and once it is over, a deputy signs nothing, in the service or on paper; corrected, each version stays', async () => {
  const { deputy, one, id } = await world()
  const body = (over: object) => aDelegation({ accountId: deputy.id, name: null, ...over })
  await settled(deputy, one, id, body({ fromOn: '2026-02-03' }))
  await names(deputy, one, id)
  const sign = (more: object = {}) =>
    life.refused(deputy, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256, ...more })
  assert.deepEqual(await sign(), withoutPower, 'to come')
  await settled(deputy, one, id, body({ publishedOn: null }), 1)
  assert.deepEqual(await sign(), withoutPower, 'not published')
  await settled(deputy, one, id, body({ prefectureOn: null }), 2)
  assert.deepEqual(await sign(), withoutPower, 'not received by the prefecture')
  await settled(deputy, one, id, body({ untilOn: '2026-02-01' }), 3)
  assert.deepEqual(await sign(), withoutPower, 'over')
  await settled(deputy, one, id, body({}), 4)
  assert.deepEqual(await sign({ paper: { file: aPdf(), signedOn: '2026-01-19' } }), withoutPower, 'a paper of before')
  const [{ former }] = (await page(deputy, one)).deputies
  assert.deepEqual(
    former.map((f: any) => [f.version, f.fromOn, f.untilOn, f.prefectureOn, f.publishedOn]),
    [
      [4, '2026-01-20', '2026-02-01', '2026-01-16', '2026-01-17'],
      [3, '2026-01-20', null, null, '2026-01-17'],
      [2, '2026-01-20', null, '2026-01-16', null],
      [1, '2026-02-03', null, '2026-01-16', '2026-01-17'],
    ],
  )
  const paper = { file: aPdf(), signedOn: '2026-01-20' }
  const { convention } = await life.ok(deputy, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256, paper })
  assert.equal(convention.signatures[0].signerName, deputy.name)
  await life.ok(life.signer, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  const { amendments } = (
    await life.ok(life.sylvie, 'POST', `/conventions/${one.id}/amendments`, {
      title: 'Objet',
      body: 'Texte',
      termOn: null,
      renews: true,
    })
  ).convention
  const [{ id: amendmentId, sha256 }] = amendments
  await names(deputy, one, id, amendmentId)
  await settled(deputy, one, id, body({ untilOn: '2026-02-01' }), 5)
  const path = `/conventions/${one.id}/amendments/${amendmentId}/sign`
  assert.deepEqual(await life.refused(deputy, 'POST', path, { sha256 }), withoutPower, 'an amendment too')
  assert.deepEqual(
    await life.refused(deputy, 'POST', `/conventions/${one.id}/signers`, {
      amendmentId,
      accountId: null,
      deputyId: id,
      replacement: null,
    }),
    [422, 'convention/deputy-unknown'],
    'one that is over is named no more',
  )
  await settled(deputy, one, id, body({}), 6)
  await life.ok(deputy, 'POST', path, { sha256 })
})

test('AGR-15: what a deputy signed keeps the act and the dates of that day, whatever is recorded of the deputy since', async () => {
  const { deputy, one, id } = await world()
  const body = (over: object) => aDelegation({ accountId: deputy.id, name: null, ...over })
  await settled(deputy, one, id, body({}))
  const namedNow = async () => {
    const { signers } = await page(deputy, one)
    const { replacement, deputyId } = signers.find((s: any) => s.party === 'partenaire')
    return [replacement.act, replacement.actOn, replacement.prefectureOn, replacement.publishedOn, deputyId]
  }
  await names(deputy, one, id)
  await settled(deputy, one, id, body({ act: 'Délégation 2026-08', publishedOn: '2026-01-18' }), 1)
  const signedUnder = ['Délégation 2026-08', '2026-01-15', '2026-01-16', '2026-01-18', id]
  assert.deepEqual(await namedNow(), signedUnder, 'until it is signed, the act is that of the record')
  await life.ok(deputy, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
  life.at('2026-02-04T09:00:00Z')
  const renewed = { act: 'Délégation 2026-12', actOn: '2026-02-03', prefectureOn: '2026-02-03' }
  await settled(deputy, one, id, body({ ...renewed, publishedOn: '2026-02-04', fromOn: '2026-02-04' }), 2)
  assert.deepEqual(await namedNow(), signedUnder)
})

test('AGR-15, AGR-2: named without an act after a deputy, their account signs on the days of the delegation alone; a homonym of the deputy’s account is refused', async () => {
  const { deputy, one, id } = await world()
  const unnamed = (accountId: string) => ({ amendmentId: null, accountId, replacement: null })
  const path = `/conventions/${one.id}/signers`
  await settled(deputy, one, id, aDelegation({ name: deputy.name }))
  await names(deputy, one, id)
  const { signers } = (await life.ok(deputy, 'POST', path, unnamed(deputy.id))).convention
  const last = signers.find((s: any) => s.party === 'partenaire')
  assert.deepEqual([last.mine, last.deputyId, last.replacement.act], [true, id, 'Délégation 2026-07'])
  const sign = { sha256: one.sha256 }
  await settled(deputy, one, id, aDelegation({ name: deputy.name, untilOn: '2026-02-01' }), 1)
  assert.deepEqual(await life.refused(deputy, 'POST', `/conventions/${one.id}/sign`, sign), withoutPower)
  assert.deepEqual(await life.refused(deputy, 'POST', path, unnamed(deputy.id)), [422, 'convention/deputy-unknown'])
  await settled(deputy, one, id, aDelegation({ name: null, accountId: deputy.id }), 2)
  const [homonym] = [await withRoles(life.house, deputy.organisationId, 'signataire')]
  await life.house.owner.query(
    `update accounts h set given_name = a.given_name, family_name = a.family_name from accounts a
      where h.id = $1 and a.id = $2`,
    [homonym.id, deputy.id],
  )
  assert.deepEqual(await life.refused(deputy, 'POST', path, unnamed(homonym.id)), [
    422,
    'convention/replacement-required',
  ])
  await life.ok(deputy, 'POST', path, unnamed(deputy.id))
  const { convention } = await life.ok(deputy, 'POST', `/conventions/${one.id}/sign`, sign)
  assert.deepEqual(
    convention.signatures.map((s: any) => [s.signerName, s.byAnother]),
    [[deputy.name, true]],
  )
})

test('AGR-15: the operator’s deputy signs on paper, entered by the regional direction while the delegation holds; the partner reads who, of its region alone', async () => {
  const { partner, one, id } = await world()
  await settled(life.sylvie, one, id, aDelegation({ localAuthority: false, prefectureOn: null, publishedOn: null }))
  const other = await life.sent(await life.aPartner())
  assert.ok((await page(life.sylvie, other)).deputies.some((d: any) => d.id === id && d.party === 'operateur'))
  assert.ok((await page(partner.gilles, one)).deputies.some((d: any) => d.id === id))
  assert.deepEqual(await codeOf(settle(life.elsewhere, one, uuidv7(), aDelegation())), [404, 'not-found'])
  await names(life.sylvie, one, id)
  const enter = (signedOn: string) => ({
    amendmentId: null,
    sha256: one.sha256,
    file: aPdf(),
    signatures: [{ party: 'operateur', signedOn, signerName: 'Sacha Suppléant' }],
  })
  const path = `/conventions/${one.id}/paper-signatures`
  assert.deepEqual(await life.refused(life.sylvie, 'POST', path, enter('2026-01-19')), withoutPower)
  const { convention } = await life.ok(life.sylvie, 'POST', path, enter('2026-01-21'))
  assert.equal(convention.signatures[0].signerName, 'Sacha Suppléant')
  const kinds = await life.house.owner.query(
    `select distinct a.organisation_id from mails m join accounts a on a.id = m.to_account_id
      where m.kind = 'convention-deputy' and m.about_id = $1`,
    [one.id],
  )
  assert.deepEqual(
    kinds.rows.map(r => r.organisation_id),
    [life.operator],
    'a delegation of the region is told on the operator’s side',
  )
})

test('AGR-15: who acts for no party, or for the other, is refused; malformed, to come, out of order, unchanged, unknown: refused in words, nothing written', async () => {
  const { partner, deputy, one, id } = await world()
  for (const [who, expected] of [
    [partner.agent, [403, 'convention/not-a-party']],
    [life.elsewhere, [404, 'not-found']],
    [null, [401, 'session/required']],
  ] as const)
    assert.deepEqual((await codeOf(settle(who, one, id, aDelegation()))).slice(0, 1), expected.slice(0, 1))
  for (const [over, expected] of [
    [{ name: null }, [422, 'convention/signer-unknown']],
    [{ accountId: life.signer.id }, [422, 'convention/signer-unknown']],
    [{ accountId: partner.agent.id }, [422, 'convention/signer-unknown']],
    [{ actOn: '2026-02-03', fromOn: '2026-02-03' }, [422, 'convention/day-in-future']],
    [{ publishedOn: '2026-02-03' }, [422, 'convention/day-in-future']],
    [{ fromOn: '2026-01-14' }, [422, 'convention/deputy-days']],
    [{ untilOn: '2026-01-19' }, [422, 'convention/deputy-days']],
    [{ reason: ' ' }, [400, 'request/malformed']],
    [{ act: '' }, [400, 'request/malformed']],
    [{ fromOn: 'demain' }, [400, 'request/malformed']],
  ] as const)
    assert.deepEqual(await codeOf(settle(deputy, one, id, aDelegation(over))), expected, JSON.stringify(over))
  assert.deepEqual(
    (await page(deputy, one)).deputies.filter((d: any) => d.party === 'partenaire'),
    [],
  )
  await settled(deputy, one, id, aDelegation())
  assert.deepEqual(await codeOf(settle(deputy, one, id, aDelegation(), 1)), [409, 'convention/deputy-unchanged'])
  assert.deepEqual(
    await codeOf(settle(life.sylvie, one, id, aDelegation({ untilOn: '2026-02-02' }), 1)),
    [403, 'convention/not-a-party'],
    'the other party ends nobody’s delegation',
  )
  const elsewhere = await world()
  assert.deepEqual(
    await life.refused(elsewhere.deputy, 'POST', `/conventions/${elsewhere.one.id}/signers`, {
      amendmentId: null,
      accountId: null,
      deputyId: id,
      replacement: null,
    }),
    [422, 'convention/deputy-unknown'],
    'another partner’s',
  )
})

test('AGR-15: two correct a deputy at once: one is kept, the other is told; sent twice with one key, once', async () => {
  const { partner, deputy, one, id } = await world()
  await settled(deputy, one, id, aDelegation())
  const answers = await Promise.all([
    settle(deputy, one, id, aDelegation({ untilOn: '2026-06-30' }), 1),
    settle(partner.gilles, one, id, aDelegation({ untilOn: '2026-07-31' }), 1),
  ])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  assert.equal(answers.find(({ status }) => status === 412)!.body.code, 'request/changed-meanwhile')
  const key = once()
  const body = aDelegation({ untilOn: '2026-08-31' })
  const [first, again] = [await settle(deputy, one, id, body, 2, key), await settle(deputy, one, id, body, 2, key)]
  assert.deepEqual([first.status, again.body], [200, first.body])
  const { rows } = await life.house.owner.query('select version from signature_deputies where deputy_id = $1', [id])
  assert.equal(rows.length, 3)
})

test('AGR-15: on which days a delegation holds: the rule and the database agree, each clause seen; straight to the table a deputy whose delegation does not hold signs nothing', async () => {
  const { deputy, one, id } = await world()
  await settled(deputy, one, id, aDelegation({ accountId: deputy.id, name: null }))
  await names(deputy, one, id)
  const at = new Date('2026-02-02T09:00:00Z')
  const versions = [
    {},
    { fromOn: '2026-02-02' },
    { fromOn: '2026-02-03' },
    { untilOn: '2026-02-02' },
    { untilOn: '2026-02-01' },
    { prefectureOn: null },
    { publishedOn: null },
    { prefectureOn: '2026-02-03' },
    { publishedOn: '2026-02-03' },
    { publishedOn: '2026-02-02' },
    { localAuthority: false, prefectureOn: null, publishedOn: null },
  ].map(over => ({
    fromOn: '2026-01-20',
    untilOn: null as string | null,
    localAuthority: true,
    prefectureOn: '2026-01-16' as string | null,
    publishedOn: '2026-01-17' as string | null,
    ...over,
  }))
  const { owner } = life.house
  const inDatabase = async (change: (typeof versions)[number]) => {
    await owner.query(
      `update signature_deputies set from_on = $2, until_on = $3, local_authority = $4, prefecture_on = $5,
        published_on = $6 where deputy_id = $1`,
      [id, change.fromOn, change.untilOn, change.localAuthority, change.prefectureOn, change.publishedOn],
    )
    const { rows } = await owner.query(`select ctx.deputy_holds($1, null, 'partenaire', 'application', $2) as holds`, [
      one.id,
      at,
    ])
    return rows[0].holds as boolean
  }
  const apart = async () => {
    const missed = []
    for (const one of versions) if ((await inDatabase(one)) !== holdsOn(one, '2026-02-02')) missed.push(one)
    return missed
  }
  assert.deepEqual(await apart(), [])
  for (const [from, to] of [
    ['and d.from_on <= t.day', ''],
    ['and coalesce(d.until_on, t.day) >= t.day', ''],
    ['coalesce(d.prefecture_on <= t.day, false)', 'true'],
    ['coalesce(d.published_on <= t.day, false)', 'true'],
    ['not d.local_authority or', ''],
  ] as const)
    await withFunctionChanged(owner, 'ctx.deputy_holds(uuid, uuid, text, text, timestamptz)', from, to, async () =>
      assert.notEqual((await apart()).length, 0, from),
    )
  const straight = async () => {
    const tx = await life.house.database.begin()
    try {
      await tx.enter(tokenHash(deputy.cookie.slice('session='.length)))
      await tx.run(sql`insert into convention_signatures (id, convention_id, party, document_id, sha256, how, signer_name,
        signed_at, recorded_at, account_id, entered_by_other) select ${uuidv7()}::uuid, c.id, 'partenaire', c.document_id,
        sha256('x'), 'application', 'x', now(), now(), ctx.account(), false from conventions c where c.id = ${one.id}::uuid`)
      return 'done'
    } catch (error) {
      return (error as { code?: string }).code
    } finally {
      await tx.rollback()
    }
  }
  await inDatabase(versions[0]!)
  assert.equal(await straight(), 'done')
  await inDatabase(versions[4]!)
  assert.equal(await straight(), '42501')
  await withCheckChanged(
    owner,
    'convention_signatures',
    'sign',
    ' AND ctx.deputy_holds(convention_id, amendment_id, party, how, signed_at)',
    '',
    async () => assert.equal(await straight(), 'done'),
  )
})

test('SEC-6, AGR-15: straight to the table, a version follows the last one, of one’s own party, in one’s own name; nobody changes or erases one, nor names one’s act otherwise', async () => {
  const { deputy, one, id } = await world()
  const { partner: other } = await world()
  await settled(deputy, one, id, aDelegation())
  const as = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await life.house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      await tx.run(statement)
      return 'done'
    } catch (error) {
      return (error as { code?: string }).code
    } finally {
      await tx.rollback()
    }
  }
  const version = (over: { deputy?: string; version?: number; party?: string; by?: string; account?: string }) =>
    sql`insert into signature_deputies (deputy_id, version, convention_id, party, name, account_id, capacity, act, act_on,
      granted_by, from_on, reason, recorded_by, recorded_at) values (${over.deputy ?? id}::uuid, ${over.version ?? 2},
      ${one.id}::uuid, ${over.party ?? 'partenaire'}, 'x', ${over.account ?? null}::uuid, 'x', 'x', '2026-01-01', 'x',
      '2026-01-01', 'x', ${over.by ?? deputy.id}::uuid, now())`
  assert.deepEqual(
    [
      await as(deputy, version({})),
      await as(deputy, version({ version: 3 })),
      await as(deputy, version({ version: 1 })),
      await as(deputy, version({ party: 'operateur', deputy: uuidv7(), version: 1 })),
      await as(deputy, version({ by: other.gilles.id })),
      await as(deputy, version({ account: other.gilles.id })),
      await as(other.gilles, version({ by: other.gilles.id })),
      await as(life.sylvie, version({ by: life.sylvie.id, party: 'operateur' })),
    ],
    ['done', '42501', '23505', '42501', '42501', '42501', '42501', '42501'],
  )
  const naming = (act: string, account: Person | null = null) =>
    sql`insert into convention_signers (convention_id, party, name, account_id, act, act_on, granted_by, deputy_id,
      deputy_version, named_by, named_at) values (${one.id}::uuid, 'partenaire', ${account?.name ?? 'Sacha Suppléant'},
      ${account?.id ?? null}::uuid, ${act}, '2026-01-15', 'Le conseil communautaire', ${id}::uuid, 1, ctx.account(),
      now())`
  assert.deepEqual(
    [
      await as(deputy, naming('Délégation 2026-07')),
      await as(deputy, naming('Autre acte')),
      await as(deputy, naming('Délégation 2026-07', deputy)),
    ],
    ['done', '42501', '42501'],
    'neither another act, nor the account of another person',
  )
  for (const statement of [
    sql`update signature_deputies set until_on = null where deputy_id = ${id}::uuid`,
    sql`delete from signature_deputies where deputy_id = ${id}::uuid`,
  ])
    assert.equal(await as(deputy, statement), '42501')
  const seenBy = async (who: Person) => {
    const tx = await life.house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.all(sql`select 1 from signature_deputies where deputy_id = ${id}::uuid`)).length
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual([await seenBy(deputy), await seenBy(life.sylvie), await seenBy(other.gilles)], [1, 1, 0])
})

test('AGR-15, AGR-1: the block of signatures names the deputies who may sign on the day it is composed, with their act', () => {
  const one = {
    id: 'a',
    version: 1,
    party: 'partenaire',
    name: 'Sacha Suppléant',
    accountId: null,
    capacity: 'Directeur',
    act: 'Délégation 2026-07',
    actOn: '2026-01-15',
    grantedBy: 'Le conseil',
    localAuthority: false,
    prefectureOn: null,
    publishedOn: null,
    fromOn: '2026-01-20',
    untilOn: '2026-06-30',
    reason: 'Essai',
    recordedBy: null,
    recordedAt: new Date(0),
  } as const
  const said = 'Sacha Suppléant, Directeur, en vertu de : Délégation 2026-07, du 15 janvier 2026'
  const loaded = { deputies: [one, { ...one, id: 'b', party: 'operateur' as const }] }
  assert.deepEqual(deputiesInWords(loaded, 'partenaire', '2026-02-02'), [said])
  assert.deepEqual(deputiesInWords(loaded, 'partenaire', '2026-07-01'), [])
  const ended = { ...one, version: 2, untilOn: '2026-01-31' }
  assert.deepEqual(deputiesInWords({ deputies: [ended, one] }, 'partenaire', '2026-02-02'), [])
})
