import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { pdfMaker } from '../../platform/pdf.ts'
import { buildServer } from '../../platform/server.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, addMonths, parisDay, systemClock } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { textOfPdf } from '../../testing/pdf.ts'
import { giveRole } from '../accounts/testing.ts'
import { insertConvention } from '../organisations/testing.ts'
import { depart, findPerson } from '../people/people.queries.ts'
import { correct } from './corrections.ts'
import { reviewDueOn } from './deadlines.model.ts'
import { reviews } from './index.ts'
import { remindReviews } from './remind-reviews.job.ts'
import { reviewReport } from './report-route.ts'
import { findLines, lockReview } from './reviews.queries.ts'

let house: House
let server: FastifyInstance
let own: string
let maite: Person // account manager
let luce: Person // another, of the same organisation
let claire: Person
let lead: Person
let gone: Person
let other: Person // account manager elsewhere
let odile: Person // the operator's security officer
let reviewId: string
const today = parisDay(systemClock())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const call = (who: Person | null, method: 'GET' | 'POST', path: string, body?: object) =>
  house.call(who, method, path, body, method === 'POST' ? once() : {})
const withRole = async (organisationId: string, role: 'rgc' | 'signataire' | 'cssi' | 'administrateur') => {
  const person = await house.person(organisationId)
  await giveRole(house.owner, person, role)
  return person
}
const seen = (who: Person, on: string) =>
  house.owner.query(
    `insert into account_activity values ($1, $2, $3) on conflict (account_id) do update
      set last_act_at = excluded.last_act_at`,
    [who.id, who.organisationId, `${on}T10:00:00Z`],
  )
const linesOf = async (who = maite, query = '') =>
  (await call(who, 'GET', `/reviews/${reviewId}/lines?limit=200${query}`)).body.items as any[]
const lineOf = async (person: Person, ofGrant = false) =>
  (await linesOf()).find(l => l.person.id === person.id && (l.grant !== null) === ofGrant)
const decide = (who: Person, lines: any[], body: object) =>
  call(who, 'POST', `/reviews/${reviewId}/decisions`, { lineIds: lines.map(l => l.id), ...body })

before(async () => {
  house = await openHouse(reviews)
  own = (await house.organisation({ name: 'Communauté de communes des Graves' })).id
  maite = await withRole(own, 'rgc')
  luce = await withRole(own, 'rgc')
  claire = await house.person(own, [{ tool: 'campagnes', profile: 'conseiller' }])
  lead = await house.person(own, [{ tool: 'campagnes', profile: 'pilote' }])
  gone = await house.person(own, [{ tool: 'fiche-etablissement', profile: 'conseiller' }])
  other = await withRole((await house.organisation()).id, 'rgc')
  odile = await withRole((await house.organisation({ kind: 'operateur', name: 'Opérateur' })).id, 'cssi')
  await house.owner.query('update accounts set created_at = $1', [`${addMonths(today, -5)}T10:00:00Z`])
  await house.owner.query(`update accounts set function = 'Conseillère entreprises' where id = any ($1)`, [
    [claire.id, lead.id, gone.id],
  ])
  await house.owner.query('update grants set granted_at = $1', [`${addMonths(today, -4)}T10:00:00Z`])
  for (const person of [maite, luce, claire, lead, gone]) await seen(person, today)
  await house.owner.query(
    `insert into usage_days (account_id, organisation_id, tool, kind, day, count, perimeter)
      values ($1, $2, 'campagnes', 'sessions', $3, 1, '{0}'), ($4, $2, 'fiche-etablissement', 'sessions', $3, 1,
      '{0}')`,
    [claire.id, own, addDays(today, -3), gone.id],
  )
  server = await buildServer({
    database: house.database,
    actions: [],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    exceptions: [
      reviewReport({
        database: house.database,
        makePdf: pdfMaker(),
        originKey: Buffer.alloc(32),
        secure: false,
        clock: systemClock,
        newId: uuidv7,
      }),
    ],
  })
})
after(async () => {
  await server.close()
  await house.close()
})

test('ACC-8: who starts a review: an account manager, for their own structure; twice or at once, one only', async () => {
  for (const [who, status, code] of [
    [claire, 403, 'access/role-required'],
    [odile, 403, 'access/role-required'],
    [null, 401, 'session/required'],
  ] as const) {
    const { status: answered, body } = await call(who, 'POST', '/reviews')
    assert.deepEqual([answered, body.code], [status, code])
  }
  const both = await Promise.all([call(maite, 'POST', '/reviews'), call(luce, 'POST', '/reviews')])
  assert.deepEqual(both.map(b => b.status).sort(), [200, 409], JSON.stringify(both.map(b => b.body)))
  const { body } = both.find(b => b.status === 200)!
  reviewId = body.id
  assert.deepEqual([body.accounts, body.lines, body.undecided, body.decided.keep, body.closedAt], [5, 8, 8, 0, null])
  assert.equal((await call(luce, 'POST', '/reviews')).body.code, 'review/already-open')
  assert.deepEqual(
    (
      await rows(
        `select actor_id = any ($2) as own, detail from audit_entries e join audit_details d on d.entry_id = e.id
          where subject_id = $1`,
        [reviewId, [maite.id, luce.id]],
      )
    )[0],
    { own: true, detail: { lines: 8, withAnomaly: 1 } },
  )
})

test('ACC-8: anomalies come first, with their evidence; one’s own line waits for another manager', async () => {
  const lines = await linesOf()
  assert.deepEqual(
    lines.map(l => l.anomalies.length > 0),
    [true, false, false, false, false, false, false, false],
  )
  assert.deepEqual(
    [
      (await lineOf(lead, true)).anomalies.map((a: any) => a.kind),
      (await lineOf(claire, true)).grant.lastUsedOn,
      (await lineOf(maite)).anomalies,
    ],
    [['never-used', 'beyond-function'], addDays(today, -3), []],
  )
  const [mine, theirs] = [await lineOf(maite), await lineOf(luce)]
  assert.deepEqual([mine.allowed, mine.waitsFor, theirs.allowed], [[], 'other-manager', ['keep', 'suspend', 'delete']])
  assert.deepEqual((await decide(maite, [mine], { decision: 'keep', reason: 'Moi' })).body.code, 'grant/own')
  const page = (await call(maite, 'GET', `/reviews/${reviewId}/lines?limit=4&total=true`)).body
  const rest = (await call(maite, 'GET', `/reviews/${reviewId}/lines?limit=4&after=${page.next}`)).body
  assert.deepEqual(
    [page.total, [...page.items, ...rest.items].map(l => l.id), rest.next],
    [8, lines.map(l => l.id), null],
  )
  assert.deepEqual(
    [(await linesOf(maite, '&anomaly=never-used')).length, (await linesOf(maite, '&which=decided')).length],
    [1, 0],
  )
})

test('ACC-8, SEC-6: nobody of another structure sees it, nor a colleague without the role; the security officer reads and does not decide', async () => {
  for (const who of [other, claire])
    assert.deepEqual(
      [
        (await call(who, 'GET', `/reviews/${reviewId}`)).status,
        (await call(who, 'GET', `/reviews/${reviewId}/lines`)).status,
      ],
      [404, 404],
    )
  assert.equal((await call(odile, 'GET', `/reviews/${reviewId}`)).body.allowed.length, 0)
  const line = await lineOf(claire)
  assert.deepEqual(
    [
      (await decide(other, [line], { decision: 'keep' })).status,
      (await decide(odile, [line], { decision: 'keep' })).body.code,
      (await decide(claire, [line], { decision: 'keep' })).status,
    ],
    [404, 'access/role-required', 404],
  )
  assert.equal((await rows('select count(*)::int as n from access_review_lines where decision is not null'))[0].n, 0)
})

test('SEC-6: whatever the application forgets, a manager decides no line of their own, nor in another’s name, nor in a closed or another’s review', async () => {
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  const as = async (who: Person, statement: string, values: unknown[]) => {
    await web.query('begin')
    await web.query('select ctx.enter($1)', [tokenHash(who.cookie.slice('session='.length))])
    try {
      return (await web.query(statement, values)).rowCount
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await web.query('rollback')
    }
  }
  const write = `update access_review_lines set decision = 'keep', reason = 'x', decided_by = $2, decided_at = now()
    where id = $1`
  const [mine, clairs] = [await lineOf(maite), await lineOf(claire)]
  assert.deepEqual(
    [
      await as(maite, write, [mine.id, maite.id]),
      await as(maite, write, [clairs.id, luce.id]),
      await as(other, write, [clairs.id, other.id]),
      await as(odile, write, [clairs.id, odile.id]),
      await as(claire, write, [clairs.id, claire.id]),
    ],
    [0, '42501', 0, 0, 0],
  )
  assert.equal(await as(maite, write, [clairs.id, maite.id]), 1)
  assert.deepEqual(
    [
      await as(maite, 'select ctx.freeze_review($1)', [reviewId]),
      await as(other, 'select ctx.freeze_review($1)', [reviewId]),
      await as(claire, `select ctx.mark_anomalies($1, '[]')`, [reviewId]),
    ],
    ['23505', '42501', '42501'],
  )
  assert.equal(
    await as(
      maite,
      'update access_reviews set closed_at = now(), closed_by = $2, report_digest = sha256($3) where id = $1',
      [reviewId, luce.id, 'x'],
    ),
    '42501',
  )
  await web.end()
})

test('ACC-8, ACC-12: what is decided is corrected at once: a grant reduced, the person told, its session on the smaller profile', async () => {
  const line = await lineOf(lead, true)
  assert.equal(
    (await decide(maite, [line], { decision: 'reduce', toProfile: 'conseiller' })).body.code,
    'review/reason-required',
  )
  assert.equal(
    (await decide(maite, [line], { decision: 'reduce', toProfile: 'pilote', reason: 'Trop' })).body.code,
    'review/decision-impossible',
  )
  const { status, body } = await decide(maite, [line], {
    decision: 'reduce',
    toProfile: 'conseiller',
    reason: 'Ne pilote plus',
  })
  assert.deepEqual(
    [status, body.items[0].decision, body.review.decided.reduce, body.items[0].allowed],
    [200, 'reduce', 1, []],
  )
  const grants = await rows(
    'select id, profile, revoked_at is not null as over, revoke_reason, replaces, granted_by, beyond_function from grants where account_id = $1 order by granted_at',
    [lead.id],
  )
  assert.deepEqual(
    grants.map(({ profile, over, replaces, granted_by, beyond_function }) => [
      profile,
      over,
      replaces,
      granted_by,
      beyond_function,
    ]),
    [
      ['pilote', true, null, null, false],
      ['conseiller', false, grants[0].id, maite.id, false],
    ],
  )
  assert.equal(
    (
      await rows(`select count(*)::int as n from mails where to_account_id = $1 and kind = 'grant-changed'`, [lead.id])
    )[0].n,
    1,
  )
  assert.equal((await decide(maite, [line], { decision: 'keep', reason: 'x' })).body.code, 'review/already-corrected')
  const entered = (await rows('select ctx.enter($1) as e', [tokenHash(lead.cookie.slice('session='.length))]))[0].e
  assert.deepEqual(
    entered.grants.map((g: { profile: string }) => g.profile),
    ['conseiller'],
  )
})

test('ACC-8, ACC-12: an account suspended takes its grants’ lines with it, and its open session ends', async () => {
  const { status } = await decide(luce, [await lineOf(lead)], {
    decision: 'suspend',
    reason: 'Absente depuis longtemps',
  })
  assert.equal(status, 200)
  assert.deepEqual(
    (await linesOf())
      .filter(l => l.person.id === lead.id)
      .map(l => l.decision)
      .sort(),
    ['reduce', 'suspend'],
  )
  assert.equal((await call(lead, 'GET', '/reviews/due')).status, 401)
  assert.deepEqual(await rows('select ended_at is not null as ended from sessions where account_id = $1', [lead.id]), [
    { ended: true },
  ])
})

test('ACC-8, ACC-6: an account deleted is a pseudonym at once, with its grants; who manages accounts is replaced first', async () => {
  assert.equal(
    (await decide(maite, [await lineOf(luce)], { decision: 'delete', reason: 'Partie' })).body.code,
    'person/still-manager',
  )
  const left = await lineOf(gone)
  assert.equal((await decide(maite, [left], { decision: 'delete', reason: 'A quitté la structure' })).status, 200)
  assert.deepEqual(
    (await linesOf()).filter(l => l.person.id === gone.id).map(l => [l.decision, /^Ancien compte/.test(l.person.name)]),
    [
      ['delete', true],
      ['delete', true],
    ],
  )
  assert.deepEqual(
    await rows('select count(*) filter (where revoked_at is null)::int as n from grants where account_id = $1', [
      gone.id,
    ]),
    [{ n: 0 }],
  )
  assert.equal(
    (
      await rows(`select count(*)::int as n from mails where about_id = $1 and kind = 'confidentiality-reminder'`, [
        gone.id,
      ])
    )[0].n,
    1,
  )
})

test('ACC-8, ACC-6: someone who left during the review is not brought back by what is decided of their lines', async () => {
  const left = await lineOf(claire)
  for (const decision of ['suspend', 'delete']) {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(maite.cookie.slice('session='.length)))
      await depart(tx, claire.id, 'departure', 'Mutation')
      const [row] = await findLines(tx, reviewId, [left.id])
      await correct(
        row!,
        [],
        {
          decision: decision as 'suspend',
          toProfile: null,
          toTerritoryId: null,
          cause: null,
          reason: 'Ne vient plus',
          by: maite.id,
          at: new Date(),
        },
        { db: tx, now: new Date(), today, newId: uuidv7, viewer: { accountId: maite.id } } as never,
      )
      assert.equal((await findPerson(tx, claire.id))!.status, 'deleted', decision)
    } finally {
      await tx.rollback()
    }
  }
})
test('ACC-8: whoever decides, a signatory too, is waited for before the review is closed', async () => {
  const signatory = await withRole(own, 'signataire')
  await house.owner.query(
    `update accounts set created_at = '2026-01-01'
    where id = $1`,
    [signatory.id],
  ) // no newcomer of the review
  const tx = await house.database.begin()
  await tx.enter(tokenHash(signatory.cookie.slice('session='.length)))
  assert.equal((await lockReview(tx, reviewId))!.id, reviewId)
  const closing = call(maite, 'POST', `/reviews/${reviewId}/close`)
  assert.equal(
    await Promise.race([
      closing.then(() => 'answered'),
      new Promise(go => {
        setTimeout(() => go('waits'), 300)
      }),
    ]),
    'waits',
  )
  await tx.rollback()
  assert.equal((await closing).body.code, 'review/undecided')
})

test('IDN-5: with a proof an hour old nothing is decided in a review, nor kept in bulk, started or given a rhythm; nothing is written', async () => {
  const stale = async (organisationId: string, role: 'rgc' | 'signataire' | 'administrateur') => {
    const person = await house.person(organisationId, [], { provenAt: new Date(Date.now() - 60 * 60_000) })
    await giveRole(house.owner, person, role)
    await house.owner.query(
      `update accounts set created_at = '2026-01-01'
      where id = $1`,
      [person.id],
    ) // no newcomer of the review
    return person
  }
  const managing = await stale(own, 'rgc')
  const line = await lineOf(claire)
  for (const who of [managing, await stale(own, 'signataire')]) {
    for (const decision of ['keep', 'suspend', 'delete'])
      assert.equal(
        (await decide(who, [line], { decision, reason: 'Partie' })).body.code,
        'session/step-up-required',
        decision,
      )
  }
  for (const path of [`/reviews/${reviewId}/keep-all`, '/reviews'])
    assert.equal((await call(managing, 'POST', path)).body.code, 'session/step-up-required', path)
  assert.equal(
    (await call(await stale(odile.organisationId, 'administrateur'), 'POST', '/reviews/rhythm', { months: 6 })).body
      .code,
    'session/step-up-required',
  )
  assert.deepEqual(
    [
      (await lineOf(claire)).decision,
      (await rows('select status from accounts where id = $1', [claire.id]))[0].status,
      (await rows('select count(*)::int as n from access_review_rhythms'))[0].n,
    ],
    [null, 'active', 0],
  )
  await house.owner.query(`update role_assignments set ends_at = now() where account_id = $1`, [managing.id])
})

test('ACC-8: the rest is kept in bulk, but neither what has an anomaly nor one’s own; closed only once all is decided', async () => {
  const odd = await lineOf(claire, true)
  await house.owner.query(
    `update access_review_lines set anomalies = '{never-used}', anomalies_since = array[now()] where id = $1`,
    [odd.id],
  )
  const kept = (await call(maite, 'POST', `/reviews/${reviewId}/keep-all`)).body
  assert.deepEqual(
    [kept.kept, kept.review.undecided, kept.review.anomaliesUndecided, kept.review.allowed],
    [2, 2, 1, []],
  )
  assert.deepEqual(
    (await linesOf(maite, '&which=undecided')).map(l => l.id).sort(),
    [odd.id, (await lineOf(maite)).id].sort(),
  )
  assert.equal((await decide(maite, [odd], { decision: 'keep', reason: 'Usage saisonnier' })).status, 200)
  assert.equal((await call(maite, 'POST', `/reviews/${reviewId}/close`)).body.code, 'review/undecided')
  const last = await decide(luce, [await lineOf(maite)], { decision: 'keep', reason: 'Gère les comptes' })
  assert.deepEqual([last.status, last.body.review.allowed], [200, ['close']])
})

test('ACC-8: those who came after the freeze are named, and not reviewed', async () => {
  const late = await house.person(own, [{ tool: 'campagnes', profile: 'conseiller' }])
  const { body } = await call(maite, 'GET', `/reviews/${reviewId}`)
  assert.deepEqual(
    [body.since.accounts.map((a: { id: string }) => a.id), body.since.grants, body.lines],
    [[late.id], 2, 8],
  )
})

const download = (who: Person | null, form: string, id = reviewId) =>
  server.inject({ method: 'GET', url: `/api/reviews/${id}/report.${form}`, headers: who ? { cookie: who.cookie } : {} })
test('ACC-8, IDN-5: closing is signed by a fresh second factor, and the report taken with one; the report says every line, its digest is kept, and nothing moves any more', async () => {
  const stale = await house.person(own, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, stale, 'rgc')
  assert.equal((await call(stale, 'POST', `/reviews/${reviewId}/close`)).body.code, 'session/step-up-required')
  const { status, body } = await call(maite, 'POST', `/reviews/${reviewId}/close`)
  assert.deepEqual([status, body.closedBy.id, body.allowed], [200, maite.id, []], JSON.stringify(body))
  const csv = await download(maite, 'csv')
  assert.deepEqual([csv.statusCode, csv.headers['content-type']], [200, 'text/csv; charset=utf-8'])
  assert.equal(createHash('sha256').update(csv.rawPayload).digest('hex'), body.reportDigest)
  assert.equal(csv.body.trim().split('\r\n').length, 9)
  assert.match(csv.body, /"Ne pilote plus"/)
  const pdf = await download(odile, 'pdf')
  assert.equal(pdf.statusCode, 200, pdf.body.slice(0, 300))
  const text = textOfPdf(pdf.rawPayload)
  for (const words of [
    'Revue des accès',
    'Communauté de communes des Graves',
    'Ne pilote plus',
    'au-delà de la fonction',
    body.reportDigest.slice(0, 12),
  ])
    assert.ok(text.replaceAll(/\s+/g, ' ').includes(words), words)
  for (const form of ['csv', 'pdf'])
    assert.equal((await download(stale, form)).json().code, 'session/step-up-required', `IDN-5: ${form}`)
  for (const [who, code] of [
    [null, 'session/required'],
    [claire, 'not-found'],
    [other, 'not-found'],
  ] as const)
    assert.equal((await download(who, 'csv')).json().code, code)
  assert.equal((await download(maite, 'pdf', 'x')).json().code, 'request/malformed')
  assert.deepEqual(
    await rows(
      `select count(*)::int as n, count(distinct detail->>'form')::int as forms from audit_entries e
        join audit_details d on d.entry_id = e.id where action = 'review.report-taken'`,
    ),
    [{ n: 2, forms: 2 }],
  )
  assert.deepEqual(
    [
      (await decide(maite, [await lineOf(claire)], { decision: 'keep' })).body.code,
      (await call(maite, 'POST', `/reviews/${reviewId}/close`)).body.code,
      (await call(maite, 'POST', `/reviews/${reviewId}/keep-all`)).body.code,
    ],
    ['review/closed', 'review/closed', 'review/closed'],
  )
})

test('ACC-8: the due day and its SQL twin agree, at every rhythm', async () => {
  for (let n = 0; n < 40; n++) {
    const organisation = await house.organisation({})
    await house.owner.query('delete from conventions where organisation_id = $1', [organisation.id])
    const delivered = addDays('2025-12-28', n * 11)
    await insertConvention(house.owner, organisation.id, `${delivered}T22:30:00Z`)
    const closed = n % 3 === 0 ? addDays(delivered, 17 * n) : null
    const months = (n % 12) + 1
    await house.owner.query('delete from access_review_rhythms')
    if (months !== 12)
      await house.owner.query(`insert into access_review_rhythms values ('2020-01-01', $1, null)`, [months])
    if (closed)
      await house.owner.query(
        `insert into access_reviews (id, organisation_id, due_on, started_at, started_by, closed_at, closed_by,
          report_digest) values ($1, $2, $3, $4, $5, $4, $5, sha256('x'))`,
        [uuidv7(), organisation.id, closed, `${closed}T12:00:00Z`, maite.id],
      )
    const expected = reviewDueOn(closed, parisDay(new Date(`${delivered}T22:30:00Z`)), months)
    assert.equal(
      (await rows(`select to_char(ctx.review_due($1, '2030-01-01'), 'YYYY-MM-DD') as d`, [organisation.id]))[0].d,
      expected,
      `${delivered} ${closed} ${months}`,
    )
  }
})

test('ACC-8: each moment is told once, to the managers, and to the security officer when it is late; a night missed is caught up', async () => {
  await house.owner.query('delete from access_review_rhythms')
  // The others stay out of the count.
  for (const left of ['rgc_deeds', 'rgc_certificates'])
    await house.owner.query(`update ${left} set convention_id = null where organisation_id <> $1`, [own])
  await house.owner.query('delete from conventions where organisation_id <> $1', [own])
  await house.owner.query(`update accounts set created_at = now() + interval '90 days' where organisation_id = $1`, [
    odile.organisationId,
  ]) // their own review is not due yet
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  // Designated twice: a first time that is over, and now.
  await house.owner.query(
    `insert into role_assignments (id, account_id, organisation_id, role, starts_at, ends_at, reason)
      values ($1, $2, $3, 'rgc', '2019-01-01', '2019-12-31', 'Désignation')`,
    [uuidv7(), maite.id, own],
  )
  const due = (await rows(`select to_char(ctx.review_due($1, now()), 'YYYY-MM-DD') as d`, [own]))[0].d
  const run = async (day: string) => {
    const from = (await rows('select count(*)::int as n from mails'))[0].n
    await within(worker)(work => remindReviews({ ...work, now: new Date(`${day}T05:10:00Z`) }))
    return (await rows('select kind, to_account_id from mails order by created_at, id offset $1', [from]))
      .map(m => `${m.kind} ${m.to_account_id === odile.id ? 'officer' : 'manager'}`)
      .sort()
  }
  const managers = (kind: string) => Array<string>(3).fill(`review-${kind} manager`) // maite, luce, and the one whose proof was stale
  assert.deepEqual(await run(addDays(due, -31)), [])
  assert.deepEqual(await run(addDays(due, -30)), managers('thirty-days'))
  assert.deepEqual(await run(addDays(due, -29)), [])
  assert.deepEqual(await run(addDays(due, -5)), managers('seven-days'), 'the seventh day was missed')
  assert.deepEqual(await run(due), managers('today'))
  assert.deepEqual(await run(addDays(due, 1)), [...managers('late'), 'review-late officer'])
  assert.deepEqual(await run(addDays(due, 2)), [])
  await worker.end()
})

test('ACC-8: the operator sees who is late; a manager, only their own; the rhythm is the administrator’s, once a year at least', async () => {
  await house.owner.query('update conventions set effective_from = $2 where organisation_id = $1', [
    own,
    `${addMonths(today, -20)}T12:00:00Z`,
  ])
  await house.owner.query('update access_reviews set closed_at = $2, started_at = $2 where organisation_id = $1', [
    own,
    `${addMonths(today, -14)}T12:00:00Z`,
  ])
  const late = (await call(odile, 'GET', '/reviews/due?late=true')).body.items
  assert.deepEqual(
    late.map((d: any) => [d.organisation.id, d.late, d.allowed]),
    [[own, true, []]],
  )
  const mine = (await call(maite, 'GET', '/reviews/due')).body.items
  assert.deepEqual(
    mine.map((d: any) => [d.organisation.id, d.late, d.allowed]),
    [[own, true, ['start']]],
  )
  assert.equal((await call(claire, 'GET', '/reviews/due')).body.code, 'access/role-required')
  assert.deepEqual(
    [
      (await call(maite, 'GET', '/reviews')).body.items.length,
      (await call(other, 'GET', `/reviews?organisationId=${own}`)).body.code,
    ],
    [1, 'access/role-required'],
  )
  const samir = await withRole(odile.organisationId, 'administrateur')
  assert.deepEqual(
    [
      (await call(maite, 'POST', '/reviews/rhythm', { months: 6 })).body.code,
      (await call(samir, 'POST', '/reviews/rhythm', { months: 13 })).body.code,
      (await call(samir, 'POST', '/reviews/rhythm', { months: 6 })).status,
    ],
    ['access/role-required', 'request/malformed', 200],
  )
  assert.equal(
    (await call(odile, 'GET', '/reviews/due')).body.items.find((d: any) => d.organisation.id === own).dueOn,
    addMonths(addMonths(today, -14), 6),
  )
  assert.equal((await call(samir, 'POST', '/reviews/rhythm', { months: 3 })).status, 200)
  const told = (
    await house.owner.query(
      `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'review.rhythm-set' order by e.xid, e.id`,
    )
  ).rows.map(r => r.detail)
  assert.deepEqual(
    told,
    [
      { before: { months: null }, after: { months: 6 } },
      { before: { months: 6 }, after: { months: 3 } },
    ],
    'SEC-1: before and after',
  )
})
