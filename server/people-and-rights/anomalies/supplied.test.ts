import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { idOfWords, uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay, systemClock } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { anomalies } from './index.ts'
import { readSupplied } from './supplied-rules.ts'

let house: House
let own: string
let maite: Person // account manager
let other: Person // account manager elsewhere
let signatory: Person
let odile: Person // the operator's security officer
const today = parisDay(systemClock())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const call = (
  who: Person | null,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  headers: Record<string, string> = method === 'POST' ? once() : {},
) => house.call(who, method, path, body, headers)
const said = (over: object = {}) => ({
  organisationId: own,
  kind: 'Compte partagé',
  whose: 'Poste d’accueil',
  evidence: 'Deux sessions au même instant, de deux villes',
  foundOn: addDays(today, -2),
  ...over,
})
const list = async (who = maite, query = '') => (await call(who, 'GET', `/anomalies/supplied?limit=200${query}`)).body

before(async () => {
  house = await openHouse(anomalies)
  const withRole = async (organisationId: string, role: 'rgc' | 'signataire' | 'cssi') => {
    const person = await house.person(organisationId)
    await giveRole(house.owner, person, role)
    return person
  }
  own = (await house.organisation()).id
  ;[maite, signatory, other, odile] = [
    await withRole(own, 'rgc'),
    await withRole(own, 'signataire'),
    await withRole((await house.organisation()).id, 'rgc'),
    await withRole((await house.organisation({ kind: 'operateur' })).id, 'cssi'),
  ]
})
after(() => house.close())

test('ACC-14: what the tool cannot show, the operator supplies: both sides see it, the account manager is told and says it corrected, once', async () => {
  const supplied = await call(odile, 'POST', '/anomalies/supplied', said())
  assert.deepEqual(
    [supplied.status, supplied.body.kind, supplied.body.recordedBy.id, supplied.body.allowed],
    [200, 'Compte partagé', odile.id, []],
    JSON.stringify(supplied.body),
  )
  assert.deepEqual(await rows(`select to_account_id from mails where kind = 'anomaly-supplied'`), [
    { to_account_id: maite.id },
  ])
  const [seen] = (await list()).items
  assert.deepEqual(
    [seen.id, seen.whose, seen.evidence, seen.foundOn, seen.allowed],
    [
      supplied.body.id,
      'Poste d’accueil',
      'Deux sessions au même instant, de deux villes',
      addDays(today, -2),
      ['correct'],
    ],
  )
  assert.deepEqual(await list(odile, `&organisationId=${own}&total=true`), {
    items: [{ ...seen, allowed: [] }],
    next: null,
    total: 1,
  })
  assert.deepEqual(
    (await call(odile, 'GET', '/anomalies/organisations')).body.items.find((i: any) => i.organisation.id === own)
      .supplied,
    1,
  )

  const key = once()
  const correct = (who: Person, body: object = { correction: 'Un compte pour chacun' }, headers = once()) =>
    call(who, 'POST', `/anomalies/supplied/${seen.id}/correct`, body, headers)
  for (const [who, status, code] of [
    [other, 404, 'not-found'],
    [odile, 403, 'access/role-required'],
    [signatory, 403, 'access/role-required'],
  ] as const) {
    const { status: answered, body } = await correct(who)
    assert.deepEqual([answered, body.code], [status, code])
  }
  assert.equal((await correct(maite, { correction: ' ' })).body.code, 'request/malformed')
  const both = await Promise.all([correct(maite, undefined, key), correct(maite)])
  assert.deepEqual(both.map(b => b.body.code ?? b.body.correction).sort(), [
    'Un compte pour chacun',
    'anomaly/already-corrected',
  ])
  assert.deepEqual(
    [
      (await list()).items,
      (await list(odile, `&organisationId=${own}&state=corrected`)).items.map((a: any) => [
        a.correction,
        a.correctedBy.id,
      ]),
    ],
    [[], [['Un compte pour chacun', maite.id]]],
  )
  assert.deepEqual(await rows(`select action, actor_id from audit_entries where action like 'anomaly.%' order by at`), [
    { action: 'anomaly.supplied', actor_id: odile.id },
    { action: 'anomaly.corrected', actor_id: maite.id },
  ])
})

test('ACC-14: refused: who is not the operator’s security officer, said twice, to come, of nobody, malformed; nobody else reads', async () => {
  for (const [who, body, status, code] of [
    [null, said(), 401, 'session/required'],
    [maite, said(), 403, 'access/role-required'],
    [signatory, said(), 403, 'access/role-required'],
    [odile, said(), 409, 'anomaly/already-supplied'],
    [odile, said({ foundOn: addDays(today, 1) }), 422, 'anomaly/in-future'],
    [odile, said({ organisationId: uuidv7() }), 422, 'organisation/unknown'],
    [odile, said({ foundOn: '2026-02-30' }), 400, 'request/malformed'],
    [odile, said({ kind: ' ' }), 400, 'request/malformed'],
  ] as const) {
    const {
      status: answered,
      body: { code: why },
    } = await call(who, 'POST', '/anomalies/supplied', body)
    assert.deepEqual([answered, why], [status, code])
  }
  for (const [who, query] of [
    [signatory, ''],
    [other, `?organisationId=${own}`],
  ] as const)
    assert.equal((await call(who, 'GET', `/anomalies/supplied${query}`)).body.code, 'access/role-required')
})

const file = (...lines: string[]) => ['Anomalie;Accès;Date;Preuve', ...lines].join('\r\n')
const send = (text: string, confirm: boolean, who = odile, organisationId = own) =>
  call(who, 'POST', '/anomalies/supplied/file', { organisationId, text, confirm })
test('ACC-14: by file: checked whole with errors by line, written once confirmed, in one piece; sent twice it says nothing twice', async () => {
  const wrong = file(
    'Compte partagé;Accueil;31/02/2026;Vu',
    ';;2026-01-05;',
    `Ancien agent;M. Essai;${addDays(today, 1)};Vu`,
    'Ancien agent;M. Essai;05/01/2026;Badge rendu',
  )
  const dry = await send(wrong, false)
  assert.deepEqual([dry.status, dry.body.written, dry.body.new, dry.body.wrong], [200, 0, 1, 3])
  assert.deepEqual(
    dry.body.lines.map((l: any) => [l.line, l.outcome, l.errors]),
    [
      [2, 'error', ['date-malformed']],
      [3, 'error', ['kind-missing', 'whose-missing', 'evidence-missing']],
      [4, 'error', ['date-in-future']],
      [5, 'new', []],
    ],
  )
  assert.equal((await send(wrong, true)).body.code, 'anomaly/file-has-errors')
  assert.deepEqual((await list()).items, [])
  const right = file('Ancien agent;M. Essai;05/01/2026;Badge rendu', '"Compte ; partagé";Accueil;06/01/2026;Vu')
  assert.deepEqual(
    [(await send(right, false)).body.written, (await list()).items],
    [0, []],
    'checked, and nothing written',
  )
  const both = await Promise.all([send(right, true), send(right, true)])
  assert.deepEqual(both.map(b => b.body.written).sort(), [0, 2])
  assert.deepEqual(
    [(await list()).items.map((a: any) => [a.kind, a.foundOn]), (await send(right, true)).body.known],
    [
      [
        ['Ancien agent', '2026-01-05'],
        ['Compte ; partagé', '2026-01-06'],
      ],
      2,
    ],
  )
  assert.equal(
    (await rows(`select count(*)::int as n from mails where kind = 'anomaly-supplied'`))[0].n,
    2,
    'one for the file',
  )
})
test('ACC-14: files that are none are refused, and to whom they are not offered', async () => {
  for (const [text, code, who] of [
    ['Anomalie;Accès;Date;Preuve', 'anomaly/file-empty', odile],
    ['Anomalie;Date\r\nx;y', 'anomaly/file-columns', odile],
    [file(...Array(1001).fill('a;b;05/01/2026;c')), 'anomaly/file-too-long', odile],
    [file('a;b;05/01/2026;c'), 'access/role-required', maite],
  ] as const)
    assert.equal((await send(text, true, who)).body.code, code)
  assert.equal((await send(file('a;b;05/01/2026;c'), true, odile, uuidv7())).body.code, 'organisation/unknown')
  const [first, second] = readSupplied(
    [
      { Anomalie: 'a', ACCÈS: 'b', Date: '05/01/2026', Preuve: 'c' },
      { Anomalie: 'a', ACCÈS: 'b', Date: '2026-01-05', Preuve: 'c' },
    ],
    'o',
    today,
    idOfWords,
  )
  assert.deepEqual(
    [
      first!.errors,
      second!.errors,
      readSupplied(
        [{ Anomalie: 'a'.repeat(81), Accès: 'b', Date: '05/01/2026', Preuve: 'c' }],
        'o',
        today,
        idOfWords,
      )[0]!.errors,
    ],
    [[], ['twice'], ['too-long']],
  )
})
test('ACC-14: pages of supplied anomalies follow one another', async () => {
  for (let n = 0; n < 5; n++)
    assert.equal((await call(odile, 'POST', '/anomalies/supplied', said({ whose: `Poste ${n}` }))).status, 200)
  for (const { id } of (await list()).items.slice(0, 3))
    await call(maite, 'POST', `/anomalies/supplied/${id}/correct`, { correction: 'Fait' })
  for (const state of ['open', 'corrected']) {
    const all = (await list(maite, `&state=${state}`)).items.map((a: any) => a.id)
    const paged: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await call(
        maite,
        'GET',
        `/anomalies/supplied?limit=1&state=${state}${next ? `&after=${next}` : ''}`,
      )
      paged.push(...body.items.map((a: any) => a.id))
      next = body.next
    }
    assert.deepEqual([paged, paged.length], [all, 4])
  }
  assert.equal((await call(maite, 'GET', '/anomalies/supplied?after=eA')).body.code, 'request/cursor-invalid')
})
test('SEC-6, ACC-14: whatever the application forgets, nobody supplies but the security officer in their own name, nor corrects in another’s', async () => {
  const as = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.run(statement)
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await tx.rollback()
    }
  }
  const insert = (by: Person, organisationId = own) =>
    sql`insert into supplied_anomalies (id, organisation_id, kind, whose, evidence, found_on, recorded_at, recorded_by)
      values (${uuidv7()}, ${organisationId}, 'a', 'b', 'c', '2026-01-05', now(), ${by.id})`
  const one = (await list()).items[0].id as string
  const correct = (by: Person) =>
    sql`update supplied_anomalies set corrected_at = now(), corrected_by = ${by.id}, correction = 'x' where id = ${one}`
  assert.deepEqual(
    [
      await as(odile, insert(odile)),
      await as(maite, insert(maite)),
      await as(odile, insert(maite)),
      await as(signatory, insert(signatory)),
    ],
    [1, '42501', '42501', '42501'],
  )
  assert.deepEqual(
    [
      await as(maite, correct(maite)),
      await as(maite, correct(odile)),
      await as(other, correct(other)),
      await as(odile, correct(odile)),
      await as(signatory, correct(signatory)),
    ],
    [1, '42501', 0, 0, 0],
  )
  assert.deepEqual(
    [
      await as(odile, sql`update supplied_anomalies set evidence = 'y'`),
      await as(odile, sql`delete from supplied_anomalies`),
    ],
    ['42501', '42501'],
  )
})
