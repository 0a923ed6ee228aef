import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { parseSiret, siretText } from '../../platform/siret.ts'
import { parisDay } from '../../platform/time.ts'
import { type House, once, type Person } from '../../testing/house.ts'
import { withFunctionChanged, withPolicyChanged } from '../../testing/parity.ts'
import { mayDraft } from '../conventions/conventions.policy.ts'
import { loadConvention } from '../conventions/conventions.queries.ts'
import { valuesOf } from '../conventions/template-rules.ts'
import { withRoles } from '../conventions/testing.ts'
import { isHeldOn } from './siret-rules.ts'
import { openParties, type Parties, type Partner } from './testing-party.ts'

let parties: Parties
let house: House
let sylvie: Person // regional direction of Nouvelle-Aquitaine
let other: Person // of Occitanie
let officer: Person // the operator's CSSI, who reads all conventions
before(async () => {
  parties = await openParties()
  ;({ house, sylvie, other, officer } = parties)
})
after(() => parties.close())

const today = parisDay(new Date())
const freshSiret = () => parties.freshSiret()
const partner = () => parties.partner('epci')
const aSiret = (over: object = {}) => ({
  siret: freshSiret(),
  name: 'CIAS des Deux Rives',
  fromOn: '2026-01-01',
  untilOn: null as string | null,
  withdrawn: false,
  reason: 'Délibération du 3 décembre 2025',
  ...over,
})
const settle = (
  who: Person | null,
  { convention }: Pick<Partner, 'convention'>,
  id: string,
  body: object,
  version = 0,
  key = once(),
) =>
  house.call(who, 'PUT', `/conventions/${convention}/party/sirets/${id}`, body, { ...key, 'if-match': `"${version}"` })
const settled = async (one: Partner, id: string, body: object, version = 0) => {
  const answer = await settle(sylvie, one, id, body, version)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const read = async (who: Person, { convention }: Partner) =>
  (await house.call(who, 'GET', `/conventions/${convention}/party`)).body
const rows: Parties['rows'] = (...asked) => parties.rows(...asked)
const held = async ({ id }: Partner) =>
  (
    await rows(
      'select siret, siret_id is null as seat, period::text from organisation_sirets where organisation_id = $1',
      [id],
    )
  )
    .map(({ siret, seat, period }) => [siretText(siret), seat, period])
    .toSorted()

test('AGR-15: a partner has other SIRETs beside its seat: recorded, corrected, ended, one withdrawn; each version stays, told and in the trail', async () => {
  const one = await partner()
  const [cias, house2, mistaken] = [uuidv7(), uuidv7(), uuidv7()]
  const body = aSiret()
  const { told } = await settled(one, cias, body)
  assert.equal(told.mails, 1)
  const employment = aSiret({ name: 'Maison de l’emploi', fromOn: '2026-02-01' })
  await settled(one, house2, employment)
  await settled(one, mistaken, aSiret({ name: 'Une autre structure' }))
  await settled(one, mistaken, aSiret({ name: 'Une autre structure', withdrawn: true, reason: 'Erreur' }), 1)
  await settled(one, cias, { ...body, name: 'CIAS des Rives', reason: 'Nom exact' }, 1)
  const { sirets, version } = await settled(one, cias, { ...body, untilOn: '2026-06-30', reason: 'Fermeture' }, 2)
  assert.equal(version, 1, 'its identity stays')
  assert.deepEqual(
    sirets.map((s: any) => [s.id, s.version, s.siret, s.name, s.fromOn, s.untilOn, s.withdrawn, s.holds]),
    [
      [house2, 1, employment.siret, employment.name, '2026-02-01', null, false, true],
      [cias, 3, body.siret, body.name, '2026-01-01', '2026-06-30', false, false],
      [mistaken, 2, sirets[2].siret, 'Une autre structure', '2026-01-01', null, true, false],
    ],
  )
  assert.deepEqual(
    sirets[1].former.map((f: any) => [f.version, f.name, f.untilOn, f.reason, f.recordedBy.id]),
    [
      [2, 'CIAS des Rives', null, 'Nom exact', sylvie.id],
      [1, body.name, null, body.reason, sylvie.id],
    ],
  )
  assert.deepEqual((await read(one.rgc, one)).sirets, sirets, 'the structure reads them')
  assert.deepEqual(
    await held(one),
    [
      [one.siret, true, `[${today},)`],
      [body.siret, false, '[2026-01-01,2026-07-01)'],
      [employment.siret, false, '[2026-02-01,)'],
    ].toSorted(),
  )
  const trail = await rows(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'partner.siret-settled' and e.subject_id = $1 and e.actor_id = $2 order by e.at, e.id`,
    [one.id, sylvie.id],
  )
  assert.deepEqual(
    trail.map(({ detail }) => [detail.before?.name ?? null, detail.after.name, detail.after.withdrawn]),
    [
      [null, body.name, false],
      [null, employment.name, false],
      [null, 'Une autre structure', false],
      ['Une autre structure', 'Une autre structure', true],
      [body.name, 'CIAS des Rives', false],
      ['CIAS des Rives', body.name, false],
    ],
  )
  const mails = await rows(
    `select distinct to_account_id from mails where kind = 'structure-identity' and about_id = $1`,
    [one.convention],
  )
  assert.deepEqual(mails, [{ to_account_id: one.rgc.id }])
})

test('AGR-15: another region’s direction, the structure, the CSSI, nobody: refused; malformed, out of order, unchanged, over another version: refused in words, nothing written', async () => {
  const one = await partner()
  const stranger = await house.person((await house.organisation()).id)
  const [id, body] = [uuidv7(), aSiret()]
  assert.deepEqual(
    [
      (await settle(other, one, id, body)).status,
      (await settle(one.rgc, one, id, body)).body.code,
      (await settle(officer, one, id, body)).body.code,
      (await settle(stranger, one, id, body)).body.code,
      (await settle(null, one, id, body)).status,
    ],
    [404, 'access/role-required', 'access/role-required', 'access/role-required', 401],
  )
  for (const [over, status, code] of [
    [{ siret: '99000000000001' }, 422, 'partner/siret-wrong'],
    [{ siret: '123' }, 400, 'request/malformed'],
    [{ name: ' ' }, 400, 'request/malformed'],
    [{ fromOn: 'demain' }, 400, 'request/malformed'],
    [{ reason: '' }, 400, 'request/malformed'],
    [{ untilOn: '2025-12-31' }, 422, 'structure/siret-days'],
  ] as const) {
    const answer = await settle(sylvie, one, id, aSiret(over))
    assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(over))
  }
  assert.equal((await settle(sylvie, one, id, body, 1)).body.code, 'request/changed-meanwhile')
  assert.deepEqual(await rows('select 1 from organisation_siret_versions where organisation_id = $1', [one.id]), [])
  await settled(one, id, body)
  assert.equal((await settle(sylvie, one, id, body, 1)).body.code, 'structure/siret-unchanged')
  const late = await settle(sylvie, one, id, { ...body, name: 'Autre' }, 0)
  assert.deepEqual([late.status, late.body.current.sirets[0].version], [412, 1])
  const elsewhere = await partner()
  assert.deepEqual(
    [(await settle(sylvie, elsewhere, id, { ...body, name: 'Autre' }, 0)).status, (await held(elsewhere)).length],
    [403, 1],
    'that of another structure is not moved',
  )
})

test('AGR-15: one SIRET is one structure’s at a time: taken by a seat, by another SIRET, in the past, by its own structure, it is refused; free on other days', async () => {
  const [one, taken] = [await partner(), await partner()]
  const [body, id] = [aSiret({ fromOn: '2026-03-01', untilOn: '2026-06-30' }), uuidv7()]
  await settled(taken, id, body)
  const refused = async (over: object, of = one) => {
    const { status, body: answer } = await settle(sylvie, of, uuidv7(), aSiret(over))
    assert.deepEqual([status, answer.code], [409, 'structure/siret-taken'], JSON.stringify(over))
  }
  await refused({ siret: taken.siret })
  await refused({ siret: one.siret })
  await refused({ siret: body.siret, fromOn: '2026-06-30' })
  await refused({ siret: body.siret, untilOn: '2026-03-01' })
  await refused({ siret: body.siret }, taken)
  await settled(one, uuidv7(), aSiret({ siret: body.siret, fromOn: '2026-07-01' }))
  await settled(one, uuidv7(), aSiret({ siret: body.siret, untilOn: '2026-02-28' }))
  // A correction that would meet another's days is refused as well; withdrawn, it is free.
  const corrected = await settle(sylvie, taken, id, { ...body, untilOn: null }, 1)
  assert.deepEqual([corrected.status, corrected.body.code], [409, 'structure/siret-taken'])
  await settled(taken, id, { ...body, withdrawn: true }, 1)
  await settled(one, uuidv7(), aSiret({ ...body }))
})

test('AGR-15: no partner is registered, nor changes its seat, under a SIRET that another structure has; once ended, it may be the seat', async () => {
  const [one, moving] = [await partner(), await partner()]
  const [id, body] = [uuidv7(), aSiret()]
  await settled(one, id, body)
  const register = async (siret: string) => {
    const { status, body: answer } = await house.call(
      sylvie,
      'POST',
      '/partners',
      {
        siret,
        name: 'Structure neuve',
        kind: 'autre',
        signatory: {
          givenName: 'Alix',
          familyName: 'Neuve',
          function: 'Présidente',
          email: `alix.neuve.${uuidv7()}@structure.example`,
        },
      },
      once(),
    )
    return [status, answer.code]
  }
  const changes = async (who: Partner, version = 1) => {
    const { name, kind } = who
    const { status, body: answer } = await house.call(
      sylvie,
      'PUT',
      `/conventions/${who.convention}/party`,
      { cause: 'change', since: today, siret: body.siret, name, kind, address: null, reason: 'Déménagement' },
      { ...once(), 'if-match': `"${version}"` },
    )
    return [status, answer.code]
  }
  assert.deepEqual(await register(body.siret), [409, 'partner/siret-taken'])
  assert.deepEqual(await changes(moving), [409, 'partner/siret-taken'])
  assert.deepEqual(await changes(one), [409, 'partner/siret-taken'], 'its own, not ended')
  assert.deepEqual(await rows('select siret from organisations where siret = $1', [body.siret]), [])
  await settled(one, id, { ...body, untilOn: '2026-06-30' }, 1)
  assert.deepEqual(await changes(one), [200, undefined])
  assert.deepEqual(
    await held(one),
    [
      [body.siret, false, '[2026-01-01,2026-07-01)'],
      [body.siret, true, `[${today},)`],
    ].toSorted(),
    'changed on the day on which it was registered, its first seat held no day',
  )
  assert.deepEqual(await register(one.siret), [200, undefined], 'what it left is free')
})

test('AGR-15: two correct one SIRET at once: one is kept, the other is told; sent twice with one key, once; two partners that take one SIRET at once: one has it', async () => {
  const [one, left, right] = [await partner(), await partner(), await partner()]
  const [id, body] = [uuidv7(), aSiret()]
  await settled(one, id, body)
  const answers = await Promise.all(
    ['2026-06-30', '2026-07-31'].map(untilOn => settle(sylvie, one, id, { ...body, untilOn }, 1)),
  )
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  const key = once()
  const again = { ...body, untilOn: '2026-08-31' }
  const [first, second] = [await settle(sylvie, one, id, again, 2, key), await settle(sylvie, one, id, again, 2, key)]
  assert.deepEqual([first.status, second.body], [200, first.body])
  assert.equal((await rows('select 1 from organisation_siret_versions where siret_id = $1', [id])).length, 3)
  const same = aSiret()
  const both = await Promise.all([left, right].map(partner => settle(sylvie, partner, uuidv7(), same)))
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
  assert.equal(both.find(({ status }) => status === 409)!.body.code, 'structure/siret-taken')
})

test('AGR-15, AGR-1: a model may say the other SIRETs, those of the day; a draft is composed again, and what was sent keeps what it said', async () => {
  const one = await partner()
  const [id, body] = [uuidv7(), aSiret()]
  await house.owner.query(`update conventions set effective_from = null where id = $1`, [one.convention])
  const version = async () => (await rows('select version from conventions where id = $1', [one.convention]))[0].version
  const said = async (ofSent = false) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(sylvie.cookie.slice('session='.length)))
      const loaded = (await loadConvention(tx, one.convention))!
      const convention = ofSent ? { ...loaded.convention, ...loaded.convention.partnerSaid } : loaded.convention
      return valuesOf(
        { ...loaded, convention: { ...loaded.convention, otherSirets: convention.otherSirets } },
        [],
        new Date(),
      )['partenaire.sirets']!.replaceAll('\u00A0', '')
    } finally {
      await tx.rollback()
    }
  }
  const before = await version()
  assert.equal(await said(), 'aucun')
  await settled(one, id, body)
  await settled(one, uuidv7(), aSiret({ name: 'À venir', fromOn: '2999-01-01' }))
  assert.deepEqual([await version(), await said()], [before + 2, `${body.name} (SIRET ${body.siret})`])
  const document = uuidv7()
  await house.owner.query(
    `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at)
      values ($1, $2, 'convention', 'Convention', 'application/pdf', 'x', sha256('x'), now())`,
    [document, one.convention],
  )
  await house.owner.query('update conventions set document_id = $2, sent_at = now() where id = $1', [
    one.convention,
    document,
  ])
  await settled(one, id, { ...body, name: 'CIAS renommé' }, 1)
  assert.deepEqual(
    [await said(), await said(true)],
    [`CIAS renommé (SIRET ${body.siret})`, `${body.name} (SIRET ${body.siret})`],
  )
})

test('AGR-15: a partner is found by any SIRET that it has on the day', async () => {
  const one = await partner()
  const [id, body] = [uuidv7(), aSiret()]
  const found = async (q: string) =>
    (await house.call(one.rgc, 'GET', `/organisations?q=${encodeURIComponent(q)}&total=true`)).body
  await settled(one, id, body)
  for (const q of [one.siret, body.siret, body.siret.replace(/^(\d{3})(\d{3})/, '$1 $2 ')]) {
    const { items, total } = await found(q)
    assert.deepEqual([items.map((o: any) => o.id), total], [[one.id], 1], q)
  }
  await settled(one, id, { ...body, untilOn: '2026-06-30' }, 1)
  assert.deepEqual((await found(body.siret)).items, [])
})

test('AGR-15: on which days a SIRET is the structure’s: the rule, the bound and the document agree, each clause seen', async () => {
  const day = '2026-02-02'
  const cases = [
    {},
    { fromOn: day },
    { fromOn: '2026-02-03' },
    { untilOn: day },
    { untilOn: '2026-02-01' },
    { withdrawn: true },
  ]
  /** The cases of which a half parts from the rule: `held` the bound (ctx.lay_sirets), `said` the document. */
  const apart = async (half: 'held' | 'said') => {
    const missed = []
    for (const over of cases) {
      const one = await partner()
      const body = aSiret(over)
      const { sirets } = await settled(one, uuidv7(), body)
      await house.owner.query('update organisation_siret_versions set recorded_at = $2 where organisation_id = $1', [
        one.id,
        '2026-01-01',
      ])
      const [answer] = await rows(
        `select ctx.other_sirets($1, $4) <> '[]' as said, exists (select from organisation_sirets where organisation_id = $1
          and siret = $2 and period @> $3::date) as held`,
        [one.id, parseSiret(body.siret), day, `${day}T09:00:00Z`],
      )
      if (answer[half] !== isHeldOn(sirets[0], day)) missed.push(over)
    }
    return missed
  }
  assert.deepEqual([await apart('held'), await apart('said')], [[], []])
  for (const [half, signature, from, to] of [
    ['held', 'ctx.lay_sirets()', 'where not v.withdrawn', ''],
    ['held', 'ctx.lay_sirets()', "daterange(v.from_on, v.until_on, '[]')", "daterange(v.from_on, v.until_on, '[)')"],
    ['said', 'ctx.other_sirets(uuid, timestamptz)', 'not v.withdrawn and', ''],
    ['said', 'ctx.other_sirets(uuid, timestamptz)', 'v.from_on <= ctx.paris_day(at) and', ''],
    [
      'said',
      'ctx.other_sirets(uuid, timestamptz)',
      'coalesce(v.until_on, ctx.paris_day(at)) >= ctx.paris_day(at)',
      'true',
    ],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.notDeepEqual(await apart(half), [], from),
    )
})

test('SEC-6, AGR-15: straight to the database, only the regional direction of a convention settles a SIRET, as the policy says; nobody writes the tables, and two structures never hold one', async () => {
  const [one, another] = [await partner(), await partner()]
  const stranger = await house.person((await house.organisation()).id)
  const signatory = await withRoles(house, one.id, 'signataire')
  const as = async <T>(
    who: Person | null,
    work: (tx: Awaited<ReturnType<House['database']['begin']>>) => Promise<T>,
  ) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await work(tx)
    } finally {
      await tx.rollback()
    }
  }
  const id = uuidv7()
  const straight = (who: Person | null, siret = parseSiret(aSiret().siret)!) =>
    as(
      who,
      async tx =>
        (await tx.first(
          sql<{ outcome: string }>`select settle_party_siret(${one.convention}::uuid, ${id}::uuid, 0, ${siret}, 'Essai',
            '2026-01-01', null, false, 'essai') as outcome`,
        ))!.outcome,
    )
  const seen = (who: Person | null) =>
    as(
      who,
      async tx =>
        (await tx.all(sql`select 1 from organisation_siret_versions where organisation_id = ${one.id}::uuid`)).length,
    )
  const everyone = [sylvie, other, officer, one.rgc, signatory, stranger, null]
  const apart = async () => {
    const missed = []
    for (const who of everyone) {
      const viewer = who && (await viewerOf(who))
      const may = viewer ? mayDraft(viewer, { regionId: 1075 }) === true : false
      if (((await straight(who)) === '') !== may) missed.push(who?.name ?? 'nobody')
    }
    return missed
  }
  assert.deepEqual(await apart(), [])
  await withFunctionChanged(
    house.owner,
    'settle_party_siret(uuid, uuid, int, bigint, text, date, date, boolean, text)',
    'and c.region_id = any (ctx.regions())',
    '',
    async () => assert.notDeepEqual(await apart(), []),
  )
  await settled(one, uuidv7(), aSiret())
  const readers = async () => Promise.all(everyone.map(seen))
  assert.deepEqual(await readers(), [1, 0, 1, 1, 1, 0, 0])
  await withPolicyChanged(house.owner, 'organisation_siret_versions', 'read', 'ctx.ok()', async () =>
    assert.deepEqual(await readers(), [1, 1, 1, 1, 1, 1, 0]),
  )
  for (const statement of [
    sql`insert into organisation_siret_versions (siret_id, version, organisation_id, siret, name, from_on, reason, recorded_by, recorded_at)
      values (gen_random_uuid(), 1, ${one.id}::uuid, 1, 'x', '2026-01-01', 'x', ${sylvie.id}::uuid, now())`,
    sql`update organisation_siret_versions set name = 'x'`,
    sql`delete from organisation_siret_versions`,
    sql`insert into organisation_sirets (organisation_id, siret, period) values (${one.id}::uuid, 1, '[2026-01-01,)')`,
    sql`update organisation_sirets set siret = 1`,
    sql`delete from organisation_sirets`,
  ])
    await assert.rejects(
      as(sylvie, tx => tx.run(statement)),
      /permission denied/,
    )
  // Whoever writes, the owner included.
  await assert.rejects(
    house.owner.query(
      `insert into organisation_siret_versions (siret_id, version, organisation_id, siret, name, from_on, reason, recorded_by, recorded_at)
        values (gen_random_uuid(), 1, $1, $2, 'x', '2026-01-01', 'x', $3, now())`,
      [another.id, parseSiret(one.siret), sylvie.id],
    ),
    /organisation_sirets_once/,
  )
})
const viewerOf = async (who: Person) => {
  const tx = await house.database.begin()
  try {
    return await tx.enter(tokenHash(who.cookie.slice('session='.length)))
  } finally {
    await tx.rollback()
  }
}
