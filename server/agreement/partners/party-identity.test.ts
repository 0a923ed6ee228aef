import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { parisDay } from '../../platform/time.ts'
import { type House, once, type Person } from '../../testing/house.ts'
import { withFunctionChanged, withPolicyChanged } from '../../testing/parity.ts'
import { loadConvention } from '../conventions/conventions.queries.ts'
import { valuesOf } from '../conventions/template-rules.ts'
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
const partner = () => parties.partner('mission-locale', '2026-01-01')
const merged = (over: object = {}) => ({
  cause: 'merger',
  since: '2026-06-01',
  siret: freshSiret(),
  name: 'Mission locale des Deux Rives',
  kind: 'mission-locale',
  address: '2 quai de l’Essai, 33000 Bordeaux',
  reason: 'Fusion du 1er juin 2026',
  ...over,
})
const change = (
  who: Person | null,
  { convention }: Pick<Partner, 'convention'>,
  body: object,
  version = 1,
  key = once(),
) => house.call(who, 'PUT', `/conventions/${convention}/party`, body, { ...key, 'if-match': `"${version}"` })
const read = (who: Person, { convention }: Pick<Partner, 'convention'>) =>
  house.call(who, 'GET', `/conventions/${convention}/party`)
const rows: Parties['rows'] = (...asked) => parties.rows(...asked)

test('AGR-15: a partner merges, moves, then a mistake is corrected: each version stays with its day and its reason, told and in the trail; its convention, its people and what was signed go on', async () => {
  const one = await partner()
  const signed = await rows('select * from rgc_deeds where organisation_id = $1', [one.id])
  const body = merged()
  const first = await change(sylvie, one, body)
  assert.deepEqual([first.status, first.body.version, first.body.organisation.name], [200, 2, body.name])
  assert.equal(first.body.told.mails, 1)
  const { since: _, cause: __, ...rest } = body
  const second = await change(
    sylvie,
    one,
    { ...rest, cause: 'change', since: today, address: '9 rue Neuve, 33000 Bordeaux' },
    2,
  )
  assert.equal(second.status, 200, JSON.stringify(second.body))
  // A correction holds since the day of what it corrects, whatever day is sent with it.
  const third = await change(
    sylvie,
    one,
    { ...rest, cause: 'correction', since: '2020-01-01', address: '9 rue Vieille, 33000 Bordeaux', reason: 'Faute' },
    3,
  )
  assert.deepEqual(
    third.body.history.map((line: any) => [
      line.version,
      line.cause,
      line.since,
      line.siret,
      line.name,
      line.address,
      line.recordedBy?.id ?? null,
    ]),
    [
      [4, 'correction', today, body.siret, body.name, '9 rue Vieille, 33000 Bordeaux', sylvie.id],
      [3, 'change', today, body.siret, body.name, '9 rue Neuve, 33000 Bordeaux', sylvie.id],
      [2, 'merger', '2026-06-01', body.siret, body.name, body.address, sylvie.id],
      [1, 'registered', '2026-01-01', one.siret, one.name, null, null],
    ],
  )
  const convention = (await house.call(one.rgc, 'GET', `/conventions/${one.convention}`)).body
  assert.deepEqual(
    [convention.state, convention.organisation.id, convention.organisation.name],
    ['in-force', one.id, body.name],
  )
  assert.deepEqual(await rows('select * from rgc_deeds where organisation_id = $1', [one.id]), signed)
  assert.deepEqual(
    [
      (await read(one.rgc, one)).body.history.length,
      (await read(one.rgc, one)).body.allowed,
      (await read(sylvie, one)).body.allowed,
    ],
    [4, [], ['change']],
  )
  const trail = await rows(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'partner.identity-changed' and e.subject_id = $1 and e.actor_id = $2 order by e.at, e.id`,
    [one.id, sylvie.id],
  )
  assert.deepEqual(
    trail.map(({ detail }) => [detail.cause, detail.before.siret, detail.after.siret, detail.after.version]),
    [
      ['merger', one.siret, body.siret, 2],
      ['change', body.siret, body.siret, 3],
      ['correction', body.siret, body.siret, 4],
    ],
  )
  const mails = await rows(
    `select to_account_id, body from mails where kind = 'structure-identity' and about_id = $1`,
    [one.convention],
  )
  assert.deepEqual(
    mails.map(mail => mail.to_account_id),
    [one.rgc.id, one.rgc.id, one.rgc.id],
  )
  assert.match(mails[0].body, /Ce qui est signé ne change pas/)
})

test('AGR-15, AGR-1: a draft not sent yet is composed again, and the model may say the address', async () => {
  const one = await partner()
  await house.owner.query(`update conventions set effective_from = null where id = $1`, [one.convention])
  const version = async () => (await rows('select version from conventions where id = $1', [one.convention]))[0].version
  const before = await version()
  const loaded = async () => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(sylvie.cookie.slice('session='.length)))
      return valuesOf((await loadConvention(tx, one.convention))!, [], new Date())['partenaire.adresse']
    } finally {
      await tx.rollback()
    }
  }
  assert.equal(await loaded(), null, 'said to be completed')
  const body = merged()
  assert.equal((await change(sylvie, one, body)).status, 200)
  assert.deepEqual([await version(), await loaded()], [before + 1, body.address])
})

test('AGR-15, AGR-1: the text of a convention sent, then signed, says who the partner was when it was composed; a draft, who it is', async () => {
  const [one, drafted] = [await partner(), await partner()]
  await house.owner.query('update conventions set effective_from = null where id = $1', [drafted.convention])
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
  const text = async ({ convention }: Partner) =>
    (await house.call(sylvie, 'GET', `/conventions/${convention}/preview`)).body.blocks
      .flatMap((b: any) => b.parts.map((p: any) => p.text))
      .join('')
      .replaceAll('\u00A0', '')
      .slice(0, 600)
  const [sent, body] = [await text(one), merged()]
  assert.ok(sent.includes(`${one.name}, SIRET ${one.siret}`), sent.slice(0, 400))
  assert.equal((await change(sylvie, one, body)).status, 200)
  assert.equal(await text(one), sent, 'as its document says')
  assert.equal(
    (await change(sylvie, one, merged({ siret: body.siret, cause: 'correction', name: 'Encore un nom' }), 2)).status,
    200,
  )
  assert.equal(await text(one), sent, 'corrected since, what was signed does not change')
  const other = merged()
  assert.equal((await change(sylvie, drafted, other)).status, 200)
  assert.ok((await text(drafted)).includes(`${other.name}, SIRET ${other.siret}`))
})

test('AGR-15: another region’s direction, the structure, the CSSI, nobody: refused; malformed, unchanged, of another’s SIRET, to come or before the last change: refused in words, nothing written', async () => {
  const [one, taken] = [await partner(), await partner()]
  const stranger = await house.person((await house.organisation()).id)
  const body = merged()
  assert.deepEqual(
    [
      (await change(other, one, body)).status,
      (await change(one.rgc, one, body)).body.code,
      (await change(officer, one, body)).body.code,
      (await change(null, one, body)).status,
      (await read(stranger, one)).status,
      (await read(other, one)).status,
    ],
    [404, 'access/role-required', 'access/role-required', 401, 404, 404],
  )
  for (const [over, status, code] of [
    [{ siret: taken.siret }, 409, 'partner/siret-taken'],
    [{ siret: '99000000000001' }, 422, 'partner/siret-wrong'],
    [{ siret: '123' }, 400, 'request/malformed'],
    [{ name: ' ' }, 400, 'request/malformed'],
    [{ kind: 'operateur' }, 400, 'request/malformed'],
    [{ cause: 'registered' }, 400, 'request/malformed'],
    [{ reason: '' }, 400, 'request/malformed'],
    [{ since: '2025-12-31' }, 422, 'structure/identity-before-last'],
    [{ since: '2999-01-01' }, 422, 'convention/day-in-future'],
  ] as const) {
    const answer = await change(sylvie, one, merged(over))
    assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(over))
  }
  assert.equal((await change(sylvie, one, body, 7)).body.code, 'request/changed-meanwhile')
  assert.equal((await change(sylvie, one, body)).status, 200)
  assert.equal(
    (await change(sylvie, one, { ...body, cause: 'correction' }, 2)).body.code,
    'structure/identity-unchanged',
  )
  assert.deepEqual(
    await rows('select version from organisation_identities where organisation_id = $1 order by 1', [one.id]),
    [{ version: 1 }, { version: 2 }],
  )
})

test('AGR-15: two change it at once: one is kept, the other is told; sent twice with one key, once; two partners that take one SIRET: one has it', async () => {
  const one = await partner()
  const answers = await Promise.all([change(sylvie, one, merged()), change(sylvie, one, merged({ name: 'Autre nom' }))])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  const key = once()
  const body = merged({ since: today, cause: 'change' })
  const [first, again] = [await change(sylvie, one, body, 2, key), await change(sylvie, one, body, 2, key)]
  assert.deepEqual([first.status, again.body], [200, first.body])
  assert.equal((await rows('select 1 from organisation_identities where organisation_id = $1', [one.id])).length, 3)
  const [left, right] = [await partner(), await partner()]
  const same = merged()
  const both = await Promise.all([change(sylvie, left, same), change(sylvie, right, same)])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
  assert.equal(both.find(({ status }) => status === 409)!.body.code, 'partner/siret-taken')
})

test('SEC-6, AGR-15: straight to the database, only the regional direction of a convention changes who a partner is, in its own name; it is read with the convention', async () => {
  const one = await partner()
  const stranger = await house.person((await house.organisation()).id)
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
  const straight = (who: Person | null, over: { kind?: string; cause?: string } = {}) =>
    as(
      who,
      async tx =>
        (await tx.first(
          sql<{ outcome: string }>`select change_party_identity(${one.convention}::uuid, 1, ${over.cause ?? 'change'},
          ${today}::date, 12345678900001, 'Essai', ${over.kind ?? 'autre'}, null, 'essai') as outcome`,
        ))!.outcome,
    )
  const seen = (who: Person | null) =>
    as(
      who,
      async tx =>
        (await tx.all(sql`select 1 from organisation_identities where organisation_id = ${one.id}::uuid`)).length,
    )
  for (const who of [other, one.rgc, officer, stranger, null]) assert.equal(await straight(who), 'not-found')
  assert.deepEqual(
    [
      await straight(sylvie),
      await straight(sylvie, { kind: 'operateur' }),
      await straight(sylvie, { cause: 'registered' }),
    ],
    ['', 'not-found', 'not-found'],
  )
  assert.deepEqual(
    [
      await seen(sylvie),
      await seen(one.rgc),
      await seen(officer),
      await seen(other),
      await seen(stranger),
      await seen(null),
    ],
    [1, 1, 1, 0, 0, 0],
  )
  for (const statement of [
    sql`update organisations set name = 'Essai' where id = ${one.id}::uuid`,
    sql`update organisation_identities set name = 'Essai' where organisation_id = ${one.id}::uuid`,
    sql`delete from organisation_identities where organisation_id = ${one.id}::uuid`,
    sql`insert into organisation_identities (organisation_id, version, cause, from_on, siret, name, kind, reason, recorded_by, recorded_at)
      values (${one.id}::uuid, 2, 'change', current_date, 12345678900001, 'Essai', 'autre', 'essai', ${sylvie.id}::uuid, now())`,
  ])
    await assert.rejects(
      as(sylvie, tx => tx.run(statement)),
      /permission denied/,
    )
  // The loss of a clause is seen.
  await withFunctionChanged(
    house.owner,
    'change_party_identity(uuid, int, text, date, bigint, text, text, text, text)',
    'and c.region_id = any (ctx.regions())',
    '',
    async () => assert.equal(await straight(stranger), ''),
  )
  await withPolicyChanged(house.owner, 'organisation_identities', 'read', 'ctx.ok()', async () =>
    assert.equal(await seen(stranger), 1),
  )
})
