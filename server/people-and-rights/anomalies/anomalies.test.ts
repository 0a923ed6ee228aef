import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { anomalyKinds } from '../../../contract/people-and-rights/anomalies.ts'
import { watched } from '../../../contract/people-and-rights/people.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, addMonths, endOfDay, parisDay, systemClock } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import { grants } from '../grants/index.ts'
import { people } from '../people/index.ts'
import { lockPerson } from '../people/people.queries.ts'
import { reviews } from '../reviews/index.ts'
import { anomalies } from './index.ts'
import { keep, reconcile } from './judge.ts'
import { keepAnomalies } from './keep-anomalies.job.ts'

let house: House
let worker: pg.Client
let own: string
let maite: Person // account manager
let odile: Person // the operator's security officer
let other: Person // account manager elsewhere
let signatory: Person
const today = parisDay(systemClock())
const isAnomaly = (kind: string) => anomalyKinds.some(k => k === kind)
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const call = (
  who: Person | null,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  headers: Record<string, string> = {},
) => house.call(who, method, path, body, { ...(method === 'GET' ? {} : once()), ...headers })
const list = async (query = '', who = maite) => (await call(who, 'GET', `/anomalies?limit=200${query}`)).body
const kinds = async (person: Person, query = '') =>
  ((await list(query)).items as any[])
    .filter(a => a.person.id === person.id)
    .map(a => a.kind)
    .sort()
const written = (person: Person) =>
  rows(
    'select kind, opened_at, corrected_at, corrected_how, corrected_by from access_anomalies where account_id = $1 order by kind, opened_at',
    [person.id],
  )
const seen = (who: Person, on: string) =>
  rows(
    'insert into account_activity (account_id, organisation_id, last_act_at, first_at) values ($1, $2, $3, $3) on conflict (account_id) do update set last_act_at = excluded.last_act_at',
    [who.id, who.organisationId, `${on}T10:00:00Z`],
  )
/** At this hour, whatever it is: today at ten may be to come. */
const seenNow = (who: Person) => rows('update account_activity set last_act_at = now() where account_id = $1', [who.id])
const used = (who: Person, on: string) =>
  rows(
    `insert into usage_days (account_id, organisation_id, tool, kind, day, count, perimeter)
      values ($1, $2, 'campagnes', 'sessions', $3, 1, '{0}')`,
    [who.id, who.organisationId, on],
  )
/** Of long standing: hired and granted 120 days ago, there and at work yesterday. */
const advisor = async ({
  profile = 'conseiller',
  seenOn = addDays(today, -1),
  usedOn = addDays(today, -1) as string | null,
  organisationId = own,
  grants = true,
} = {}) => {
  const person = await house.person(
    organisationId,
    grants ? [{ tool: 'campagnes', profile: profile as 'conseiller', startsOn: '2026-01-01' }] : [],
  )
  await rows(`update accounts set created_at = $2, function = 'Conseillère entreprises' where id = $1`, [
    person.id,
    `${addDays(today, -120)}T10:00:00Z`,
  ])
  await rows('update accounts set function_since = null where id = $1', [person.id])
  await rows('update account_states set from_at = $2 where account_id = $1', [
    person.id,
    `${addDays(today, -120)}T10:00:00Z`,
  ])
  await rows('update grants set granted_at = $2 where account_id = $1', [
    person.id,
    `${addDays(today, -120)}T10:00:00Z`,
  ])
  await seen(person, seenOn)
  if (usedOn) await used(person, usedOn)
  return person
}
const run = (options = {}) => keepAnomalies(within(worker), options)
const withRole = async (organisationId: string, role: 'rgc' | 'signataire' | 'cssi' | 'administrateur') => {
  const person = await advisor({ organisationId, grants: false, usedOn: null })
  await giveRole(house.owner, person, role)
  return person
}
const grantOf = async (person: Person) =>
  (await rows('select id from grants where account_id = $1 and revoked_at is null', [person.id]))[0].id as string

before(async () => {
  house = await openHouse([...people, ...grants, ...reviews, ...anomalies])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await rows(`insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`)
  own = (await house.organisation({ name: 'Communauté de communes des Graves' })).id
  const operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur' })).id
  ;[maite, signatory, other, odile] = [
    await withRole(own, 'rgc'),
    await withRole(own, 'signataire'),
    await withRole((await house.organisation({ name: 'Autre structure' })).id, 'rgc'),
    await withRole(operator, 'cssi'),
  ]
})
after(async () => {
  await worker.end()
  await house.close()
})

test('ACC-14: open anomalies are listed at any time, dated from when they were so, before any job has run', async () => {
  const [claire, away, gone] = [
    await advisor({ profile: 'pilote' }),
    await advisor({ seenOn: addDays(today, -40), usedOn: addDays(today, -80) }),
    await advisor(),
  ]
  await rows('update accounts set contract_ends_on = $2 where id = $1', [gone.id, addDays(today, -3)])
  assert.deepEqual(
    [await kinds(claire), await kinds(away), await kinds(gone), await kinds(maite)],
    [['beyond-function'], ['not-seen', 'unused'], ['contract-over'], []],
  )
  const of = ((await list()).items as any[]).find(a => a.kind === 'not-seen')
  assert.deepEqual(
    [of.openedAt, of.person.id, of.grant, of.evidence.lastActAt, of.correctedAt, of.allowed],
    [
      endOfDay(addDays(today, -10)).toISOString(),
      away.id,
      null,
      `${addDays(today, -40)}T10:00:00.000Z`,
      null,
      ['suspend', 'depart'],
    ],
  )
  const excess = ((await list('&kind=beyond-function')).items as any[])[0]
  assert.deepEqual(
    [excess.grant.profile, excess.grant.id, excess.openedAt, excess.allowed],
    ['pilote', await grantOf(claire), `${addDays(today, -120)}T10:00:00.000Z`, ['change', 'end', 'edit']],
  )
  assert.deepEqual(
    [(await rows('select count(*)::int as n from access_anomalies'))[0].n, (await list('&total=true')).total],
    [0, 4],
    'reading writes nothing',
  )
})

test('ACC-14: the account manager of the structure and the security officer read them; nobody else', async () => {
  for (const [who, path, status, code] of [
    [null, '/anomalies', 401, 'session/required'],
    [signatory, '/anomalies', 403, 'access/role-required'],
    [other, `/anomalies?organisationId=${own}`, 403, 'access/role-required'],
    [maite, `/anomalies?organisationId=${other.organisationId}`, 403, 'access/role-required'],
    [maite, '/anomalies/organisations', 403, 'access/role-required'],
    [other, '/anomalies/organisations', 403, 'access/role-required'],
    [maite, '/anomalies?kind=soon', 400, 'request/malformed'],
    [maite, '/anomalies?after=eA', 400, 'request/cursor-invalid'],
    [maite, '/anomalies?state=corrected&from=2026-03-02&to=2026-03-01', 422, 'anomaly/period-reversed'],
  ] as const) {
    const { status: answered, body } = await call(who, 'GET', path)
    assert.deepEqual([answered, body.code], [status, code], path)
  }
  assert.deepEqual(
    [
      (await list('', other)).items,
      (await list('', other)).organisation.name,
      (await call(odile, 'GET', `/anomalies?organisationId=${uuidv7()}`)).status,
    ],
    [[], 'Autre structure', 404],
  )
  const seenByOfficer = (await list(`&organisationId=${own}`, odile)).items as any[]
  assert.deepEqual(
    [seenByOfficer.map(a => a.id), seenByOfficer.every(a => a.allowed.length === 0)],
    [((await list()).items as any[]).map(a => a.id), true],
  )
})

test('ACC-14: each count of the security officer’s list is that of the page behind it', async () => {
  const { items } = (await call(odile, 'GET', '/anomalies/organisations')).body
  for (const { organisation, open, oldest } of items) {
    const page = await list(`&total=true&organisationId=${organisation.id}`, odile)
    assert.deepEqual([page.total, page.items[0]?.openedAt ?? null], [open, oldest], organisation.name)
  }
  assert.deepEqual(
    items.map((i: any) => [i.organisation.name, i.open]),
    [
      ['Autre structure', 0],
      ['Communauté de communes des Graves', 4],
      ['Opérateur', 0],
    ],
  )
  const first = (await call(odile, 'GET', '/anomalies/organisations?limit=1')).body
  const rest = (await call(odile, 'GET', `/anomalies/organisations?after=${first.next}`)).body
  assert.deepEqual([...first.items, ...rest.items], items)
  assert.deepEqual((await call(odile, 'GET', '/anomalies/organisations?q=graves')).body.items.length, 1)
})

test('ACC-14: opened and corrected while the job was dead: the act keeps the row, with how and by whom', async () => {
  const claire = await advisor({ profile: 'pilote' })
  const grant = await grantOf(claire)
  assert.equal(
    (await call(maite, 'POST', `/habilitations/grants/${grant}/end`, { reason: 'Ne pilote plus' })).status,
    200,
  )
  const [row, ...more] = await written(claire)
  assert.deepEqual(
    [row.kind, row.opened_at.toISOString(), row.corrected_how, row.corrected_by, more],
    ['beyond-function', `${addDays(today, -120)}T10:00:00.000Z`, 'grant-ended', maite.id, []],
  )
  assert.deepEqual([await kinds(claire), await kinds(claire, '&state=corrected')], [[], ['beyond-function']])
  assert.deepEqual(
    ((await list('&state=corrected')).items as any[]).map(a => [
      a.correctedHow,
      a.correctedBy.id,
      a.allowed,
      a.grant.id,
    ]),
    [['grant-ended', maite.id, [], grant]],
  )
})

test('ACC-14: each act that corrects closes it at once: suspended, reduced, contract extended, lifted, deleted, decided in the review', async () => {
  const how = async (person: Person) => (await written(person)).map(r => [r.kind, r.corrected_how, r.corrected_by])
  const away = await advisor({ seenOn: addDays(today, -40) })
  assert.equal(
    (await call(maite, 'POST', `/habilitations/people/${away.id}/suspend`, { reason: 'Absente' })).status,
    200,
  )
  assert.deepEqual(await how(away), [['not-seen', 'account-suspended', maite.id]])

  const lead = await advisor({ profile: 'pilote' })
  const grant = await grantOf(lead)
  assert.equal(
    (
      await call(maite, 'POST', `/habilitations/grants/${grant}/change`, {
        profile: 'conseiller',
        perimeter: { territoryId: 2033 },
        purpose: 'suivi',
        reason: 'Ne pilote plus',
      })
    ).status,
    200,
  )
  assert.deepEqual(await how(lead), [['beyond-function', 'grant-changed', maite.id]])

  const gone = await advisor()
  await rows('update accounts set contract_ends_on = $2 where id = $1', [gone.id, addDays(today, -3)])
  const { body } = await call(maite, 'GET', `/habilitations/people/${gone.id}`)
  const edited = await call(
    maite,
    'PUT',
    `/habilitations/people/${gone.id}`,
    {
      givenName: body.givenName,
      familyName: body.familyName,
      function: body.function,
      attachment: 'agent',
      contractEndsOn: addDays(today, 30),
    },
    { 'if-match': `"${body.version}"` },
  )
  assert.equal(edited.status, 200, JSON.stringify(edited.body))
  assert.deepEqual(await how(gone), [['contract-over', 'contract-extended', maite.id]])

  const inactive = await advisor({ seenOn: addDays(today, -70) })
  assert.equal(
    (await call(maite, 'POST', `/habilitations/people/${inactive.id}/lift`, { reason: 'De retour de congé' })).status,
    200,
  )
  assert.deepEqual(await how(inactive), [['should-be-suspended', 'lifted', maite.id]])

  const left = await advisor({ usedOn: addDays(today, -80) })
  assert.equal(
    (await call(maite, 'POST', `/habilitations/people/${left.id}/depart`, { cause: 'departure', reason: 'Mutation' }))
      .status,
    200,
  )
  assert.deepEqual(await how(left), [['unused', 'account-deleted', maite.id]])
  assert.equal((await run()).corrected, 0, 'the job finds nothing left to say of them')
})

test('ACC-14: corrected by itself, without any act: the page says so before the job, and the job writes the same', async () => {
  await run()
  const away = await advisor({ seenOn: addDays(today, -40), usedOn: addDays(today, -80) })
  await run()
  await seenNow(away)
  await used(away, today)
  const onPage = ((await list('&state=corrected&total=true')).items as any[]).filter(a => a.person.id === away.id)
  assert.deepEqual(onPage.map(a => [a.kind, a.correctedHow, a.correctedBy.id]).sort(), [
    ['not-seen', 'came-back', away.id],
    ['unused', 'used', away.id],
  ])
  assert.deepEqual(await kinds(away), [])
  assert.equal((await run()).corrected, 2)
  assert.deepEqual(
    ((await list('&state=corrected')).items as any[]).filter(a => a.person.id === away.id),
    onPage,
  )
})

test('ACC-14: the job writes once, whatever it goes through: again, twice at once, cut short between batches, killed within one', async () => {
  const people: Person[] = []
  for (let i = 0; i < 12; i++) people.push(await advisor({ seenOn: addDays(today, -40) }))
  const before = ((await list()).items as any[]).map(a => a.id)
  const count = async () =>
    (
      await rows(
        'select count(*)::int as n, count(*) filter (where corrected_at is null)::int as open from access_anomalies where account_id = any ($1)',
        [people.map(p => p.id)],
      )
    )[0]
  let batches = 0
  await run({ batch: 3, stop: () => ++batches > 2 })
  assert.ok((await count()).n < 12, 'cut short')
  const dying = new pg.Client(house.urls.workerUrl)
  dying.on('error', () => {})
  await dying.connect()
  const pid = (await dying.query('select pg_backend_pid() as pid')).rows[0].pid
  const query = dying.query.bind(dying) as (...args: unknown[]) => Promise<unknown>
  dying.query = (async (...args: unknown[]) => {
    // dies between what it writes and its COMMIT
    if (args[0] === 'commit') await rows('select pg_terminate_backend($1)', [pid])
    return query(...args)
  }) as never
  await assert.rejects(keepAnomalies(within(dying)))
  const second = new pg.Client(house.urls.workerUrl)
  await second.connect()
  const both = await Promise.all([run({ batch: 2 }), keepAnomalies(within(second), { batch: 2 })])
  await second.end()
  assert.deepEqual(await count(), { n: 12, open: 12 })
  assert.deepEqual([both[0].corrected + both[1].corrected, await run()], [0, { opened: 0, corrected: 0 }])
  assert.deepEqual(
    ((await list()).items as any[]).map(a => a.id),
    before,
    'what was shown before it was written is what was written',
  )
})

test('ACC-14: acts and the job at once wait for one another in no ring, and leave one row each, corrected', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => advisor({ profile: 'pilote' })))
  const grants = await Promise.all(people.map(grantOf))
  const answers = await Promise.all([
    run({ batch: 50 }),
    ...grants.map(grant => call(maite, 'POST', `/habilitations/grants/${grant}/end`, { reason: 'Ne pilote plus' })),
  ])
  assert.deepEqual(
    answers.slice(1).map(a => (a as { status: number }).status),
    people.map(() => 200),
  )
  await run()
  for (const person of people)
    assert.deepEqual(
      (await written(person)).map(r => [r.kind, r.corrected_how, r.corrected_by]),
      [['beyond-function', 'grant-ended', maite.id]],
    )
})

test('ACC-14: an act that holds an account is waited for before anything is written of it, so that it never waits for the job in turn', async () => {
  const lead = await advisor({ profile: 'pilote' })
  const act = await house.database.begin()
  await act.enter(tokenHash(maite.cookie.slice('session='.length)))
  await lockPerson(act, lead.id)
  const { pid } = (await worker.query('select pg_backend_pid() as pid')).rows[0]
  let over = false
  const night = run().finally(() => {
    over = true
  })
  while (!over && !(await rows('select cardinality(pg_blocking_pids($1)) > 0 as waits', [pid]))[0].waits)
    await new Promise(go => {
      setTimeout(go, 20)
    })
  // In a ring, the database would end one of the two.
  await keep({ db: act, now: systemClock(), today, viewer: { organisationId: own } as never }, [lead.id])
  await act.commit()
  assert.equal((await night).opened, 0, 'the act had written it')
  assert.deepEqual(
    (await written(lead)).map(r => [r.kind, r.corrected_at]),
    [['beyond-function', null]],
  )
})

test('ACC-14: what someone else wrote as corrected between two readings is neither standing nor corrected again', async () => {
  const row = {
    id: 'r',
    organisationId: own,
    accountId: maite.id,
    grantId: null,
    kind: 'not-seen' as const,
    function: 'x',
    contractEndsOn: null,
    lastActAt: null,
    lastUsedOn: null,
    openedAt: new Date(),
  }
  const found = await reconcile(
    { facts: async () => [], open: async () => [row], outcomes: async () => new Map() },
    { now: systemClock(), today },
  )
  assert.deepEqual(found, { opened: [], standing: [], corrected: [] })
})

test('ACC-14: open again after it was corrected: a second row, dated from then', async () => {
  const away = await advisor({ profile: 'pilote' })
  await run()
  assert.equal(
    (await call(maite, 'POST', `/habilitations/people/${away.id}/suspend`, { reason: 'Absente' })).status,
    200,
  )
  assert.equal(
    (await call(maite, 'POST', `/habilitations/people/${away.id}/resume`, { reason: 'De retour' })).status,
    200,
  )
  const [first, second] = await written(away)
  assert.deepEqual(
    [first.corrected_how, second.corrected_at, second.opened_at >= first.corrected_at],
    ['account-suspended', null, true],
  )
})

test('ACC-14: pages follow one another without losing or repeating, open and corrected, written or about to be', async () => {
  const back = await advisor({ seenOn: addDays(today, -40) })
  await run()
  await seen(back, today) // corrected, and not written yet
  for (const state of ['open', 'corrected']) {
    const all = ((await list(`&state=${state}`)).items as any[]).map(a => a.id)
    const paged: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await call(
        maite,
        'GET',
        `/anomalies?limit=2&state=${state}&total=true${next ? `&after=${next}` : ''}`,
      )
      assert.equal(body.total, all.length)
      paged.push(...body.items.map((a: any) => a.id))
      next = body.next
    }
    assert.deepEqual([paged, paged.length > 4, new Set(paged).size], [all, true, paged.length], state)
  }
  const times = ((await list('&state=corrected')).items as any[]).map(a => a.correctedAt)
  assert.deepEqual(
    [times, ((await list()).items as any[]).map(a => a.openedAt)],
    [times.toSorted().toReversed(), ((await list()).items as any[]).map(a => a.openedAt).toSorted()],
  )
})

test('ACC-14: by kind, by name and by period of correction', async () => {
  const corrected = async (query: string) => ((await list(`&state=corrected${query}`)).items as any[]).length
  assert.deepEqual(
    [
      (await corrected(`&from=${today}&to=${today}`)) > 4,
      await corrected(`&to=${addDays(today, -60)}`),
      await corrected(`&from=${addDays(today, 1)}`),
    ],
    [true, 0, 0],
  )
  assert.ok(((await list('&kind=not-seen')).items as any[]).every(a => a.kind === 'not-seen'))
  const named = await advisor({ seenOn: addDays(today, -40) })
  await rows(`update accounts set family_name = 'Etchegaray' where id = $1`, [named.id])
  assert.deepEqual(
    [
      (await list('&q=ETCHEGARAY&total=true')).items.map((a: any) => a.person.id),
      (await list('&q=ETCHEGARAY&total=true')).total,
      (await list('&q=personne')).items,
    ],
    [[named.id], 1, []],
  )
})

test('ACC-14, POR-5: the first page, the list of people, the page of one person and that of anomalies say the same of each; a signatory is shown the account managers alone', async () => {
  const long = await advisor({ grants: false, usedOn: null })
  const fresh = await house.person(own)
  const soon = await advisor({ seenOn: addMonths(addDays(today, 5), -2) })
  const away = await advisor({ seenOn: addMonths(addDays(today, -5), -2) })
  const suspended = await advisor({ grants: false, seenOn: addMonths(addDays(today, 5), -2) })
  await rows(`update accounts set status = 'suspended', status_reason = 'Absence' where id = $1`, [suspended.id])
  const home = (await call(maite, 'GET', '/habilitations')).body
  const counted = Object.fromEntries(home.anomalies.map((a: any) => [a.anomaly, a.people]))
  assert.equal(home.open, (await list('&total=true')).total)
  // RGC-5: a signatory is shown the account managers alone, and counts that agree with that list.
  const managersHome = (await call(signatory, 'GET', '/habilitations')).body
  const managers = (await call(signatory, 'GET', '/habilitations/people?limit=200')).body.items as any[]
  assert.ok(managers.length > 0 && managers.every(p => p.roles.includes('rgc')))
  assert.deepEqual(
    [managersHome.people, managersHome.anomalies],
    [
      managers.length,
      watched.map(anomaly => ({ anomaly, people: managers.filter(p => p.anomalies.includes(anomaly)).length })),
    ],
  )
  const everyone = (await call(maite, 'GET', '/habilitations/people?limit=200')).body.items as any[]
  for (const kind of watched) {
    const { items, total } = (await call(maite, 'GET', `/habilitations/people?limit=200&total=true&anomaly=${kind}`))
      .body
    assert.deepEqual(
      [total, items.length, items.map((p: any) => p.id)],
      [counted[kind], counted[kind], everyone.filter(p => p.anomalies.includes(kind)).map(p => p.id)],
      kind,
    )
    if (isAnomaly(kind))
      assert.deepEqual(
        items.map((p: any) => p.id).sort(),
        [...new Set(((await list(`&kind=${kind}`)).items as any[]).map(a => a.person.id))].sort(),
        kind,
      )
  }
  const of = async (who: Person) => (await call(maite, 'GET', `/habilitations/people/${who.id}`)).body.anomalies
  assert.deepEqual(
    [await of(long), await of(fresh), await of(soon), await of(away), await of(suspended), await of(signatory)],
    [['no-grant'], ['not-granted'], ['not-seen', 'soon-inactive'], ['should-be-suspended'], [], []],
  )
})

test('ACC-14, PRI-5: the export holds what the page shows, and leaves its purpose in the trail; refused to whom the page is', async () => {
  const exported = await call(maite, 'POST', '/anomalies/export', { state: 'open', purpose: 'Comité de sécurité' })
  const { total } = await list('&total=true')
  assert.deepEqual(
    [exported.status, exported.body.lines, exported.body.text.trim().split('\r\n').length],
    [200, total, total + 1],
  )
  assert.match(exported.body.text, /"pas vu depuis un mois";"Camille Etchegaray";"Conseillère entreprises";"Compte"/)
  assert.deepEqual(
    await rows(
      `select subject_id, detail->>'purpose' as purpose from audit_entries e join audit_details d on d.entry_id = e.id
        where action = 'anomalies.exported'`,
    ),
    [{ subject_id: own, purpose: 'Comité de sécurité' }],
  )
  for (const [who, body] of [
    [signatory, {}],
    [other, { organisationId: own }],
  ] as const)
    assert.equal(
      (await call(who, 'POST', '/anomalies/export', { ...body, purpose: 'x' })).body.code,
      'access/role-required',
    )
  assert.equal((await call(maite, 'POST', '/anomalies/export', { purpose: ' ' })).body.code, 'request/malformed')
})

test('ACC-14, ACC-8: the review takes the same anomalies, and says since when each was open; decided there, it is corrected', async () => {
  await rows(`update conventions set effective_from = $2 where organisation_id = $1`, [
    own,
    `${addDays(today, -500)}T12:00:00Z`,
  ])
  const lead = await advisor({ profile: 'pilote' })
  const idle = await advisor({ seenOn: addDays(today, -40), usedOn: addDays(today, -80) })
  const review = await call(maite, 'POST', '/reviews')
  assert.equal(review.status, 200, JSON.stringify(review.body))
  const open = (await list()).items as any[]
  const lines = (await call(maite, 'GET', `/reviews/${review.body.id}/lines?limit=200&which=anomalies`)).body
    .items as any[]
  const key = (a: any) => `${a.person.id} ${a.grant?.id ?? null}`
  assert.deepEqual(
    lines.flatMap(l => l.anomalies.map((a: any) => `${key(l)} ${a.kind} ${a.openedAt}`)).sort(),
    open.map(a => `${key(a)} ${a.kind} ${a.openedAt}`).sort(),
  )
  const line = lines.find(l => l.person.id === lead.id)
  assert.deepEqual(line.anomalies, [{ kind: 'beyond-function', openedAt: `${addDays(today, -120)}T10:00:00.000Z` }])
  assert.equal(
    (
      await call(maite, 'POST', `/reviews/${review.body.id}/decisions`, {
        lineIds: [line.id],
        decision: 'reduce',
        toProfile: 'conseiller',
        reason: 'Ne pilote plus',
      })
    ).status,
    200,
  )
  assert.deepEqual(
    (await written(lead)).map(r => [r.corrected_how, r.corrected_by]),
    [['grant-changed', maite.id]],
  )
  const account = lines.find(l => l.person.id === idle.id && l.grant === null)
  assert.equal(
    (
      await call(maite, 'POST', `/reviews/${review.body.id}/decisions`, {
        lineIds: [account.id],
        decision: 'suspend',
        reason: 'Absent',
      })
    ).status,
    200,
  )
  assert.deepEqual(
    (await written(idle)).map(r => [r.kind, r.corrected_how, r.corrected_by]).sort(),
    [
      ['not-seen', 'account-suspended', maite.id],
      ['unused', 'account-suspended', maite.id],
    ],
    'the grants follow the account: its suspension is what corrected both',
  )
})

test('SEC-6, ACC-14: whatever the application forgets, nobody writes an anomaly of another structure, nor without the role, nor the table itself', async () => {
  const mine = await advisor({ seenOn: addDays(today, -40) })
  const row = {
    id: uuidv7(),
    organisationId: own,
    accountId: mine.id,
    grantId: null,
    kind: 'not-seen',
    function: 'x',
    openedAt: new Date(),
  }
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  const as = async (who: Person, statement: string, values: unknown[] = []) => {
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
  const opened = (over: object = {}) => [JSON.stringify([{ ...row, ...over }]), '[]']
  const keepSql = 'select ctx.keep_anomalies($1, $2)'
  const theirs = (
    await rows('select id from access_anomalies where organisation_id = $1 and corrected_at is null limit 1', [own])
  )[0]
  const closing = ['[]', JSON.stringify([{ id: theirs.id, at: new Date(), how: 'gone', by: null }])]
  assert.deepEqual(
    [await as(maite, keepSql, opened()), await as(signatory, keepSql, opened()), await as(maite, keepSql, closing)],
    [1, 1, 1],
  )
  for (const who of [other, odile, mine])
    assert.deepEqual([await as(who, keepSql, opened()), await as(who, keepSql, closing)], ['42501', '42501'])
  assert.deepEqual(
    [
      await as(maite, keepSql, opened({ accountId: other.id })),
      await as(other, keepSql, opened({ organisationId: other.organisationId })),
    ],
    ['23503', '23503'],
    'an account of another structure',
  )
  for (const write of [
    'insert into access_anomalies (id) values (gen_random_uuid())',
    'update access_anomalies set corrected_by = null',
    'delete from access_anomalies',
    "select ctx.write_anomalies('[]', '[]')",
    'select * from ctx.access_lines(null, null)',
    'select * from ctx.open_anomalies(null, null)',
    'select * from ctx.open_rows(null, null)',
    'select ctx.accounts_to_judge(null, 1)',
  ])
    assert.equal(await as(maite, write), '42501', write)
  await run()
  for (const facts of ['access_facts', 'anomaly_rows', 'anomaly_facts']) {
    const factsOf = (who: Person, organisation: string) =>
      as(who, `select * from ctx.${facts}(array[$1::uuid], null)`, [organisation])
    assert.deepEqual(
      [
        await factsOf(other, own),
        await factsOf(mine, own),
        await factsOf(maite, other.organisationId),
        Number(await factsOf(signatory, own)) > 1,
        Number(await factsOf(odile, own)) > 1,
      ],
      [0, 0, 0, true, true],
      facts,
    )
  }
  await web.end()
})

test('ACC-15: a grant beyond the territories of the structure is an anomaly from the day they shrank, of those and only those that lack their perimeter; given back, or the grant changed, it is corrected', async () => {
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (2040, 'departement', '40', 'Landes')
    on conflict do nothing`)
  await rows(
    'insert into territory_contents (outer_id, inner_id) values (1075, 2033), (1075, 2040) on conflict do nothing',
  )
  const structure = (await house.organisation({ name: 'Maison des Landes' })).id
  const lead = await withRole(structure, 'rgc')
  const [within33, inRegion, national, landes] = await Promise.all(
    [1, 2, 3, 4].map(() => advisor({ organisationId: structure })),
  )
  const at = async (who: Person, territory: number) =>
    rows('update grants set territory_id = $2, agency_id = null where account_id = $1', [who.id, territory])
  for (const [who, territory] of [
    [within33, 2033],
    [inRegion, 1075],
    [national, 0],
    [landes, 2040],
  ] as const)
    await at(who!, territory)
  const shrunk = new Date(Date.now() - 20 * 86_400_000)
  await rows('update organisation_territories set until_at = $2 where organisation_id = $1 and until_at is null', [
    structure,
    shrunk,
  ])
  const give = (territory: number) =>
    rows(
      `insert into organisation_territories (id, organisation_id, territory_id, from_at, reason) values ($1, $2, $3, $4, 'essai')`,
      [uuidv7(), structure, territory, shrunk],
    )
  await give(2033)
  const all = [within33!, inRegion!, national!, landes!]
  const lacking = async () =>
    (
      await rows(
        `select a.id from unnest($1::uuid[]) a (id) where exists (select from ctx.held_grants(a.id, now()) h where 'perimeter' = any (h.missing))`,
        [all.map(a => a.id)],
      )
    )
      .map(r => r.id)
      .sort()
  const shown = async () => (await list('&kind=beyond-territories', lead)).items as any[]
  const ids = async () => (await shown()).map(a => a.person.id).sort()
  assert.deepEqual(await ids(), [inRegion!.id, national!.id, landes!.id].sort())
  assert.deepEqual(await ids(), await lacking(), 'what the right lacks is what is shown')
  const one = (await shown())[0]
  assert.deepEqual([one.openedAt, one.allowed], [shrunk.toISOString(), ['change', 'end']])
  // The review judges by the same facts; the nightly job writes the same rows.
  await run()
  await give(2040)
  assert.deepEqual(await ids(), await lacking())
  assert.deepEqual(await ids(), [inRegion!.id, national!.id].sort())
  await run()
  const of = async (who: Person) =>
    (await written(who)).filter(w => w.kind === 'beyond-territories').map(w => w.corrected_how)
  assert.deepEqual([await of(landes!), await of(inRegion!)], [['territories-given'], [null]])
  const changed = await call(lead, 'POST', `/habilitations/grants/${await grantOf(inRegion!)}/end`, {
    reason: 'Territoire retiré',
  })
  assert.equal(changed.status, 200)
  assert.deepEqual(await of(inRegion!), ['grant-ended'])
  await withFunctionChanged(
    house.owner,
    'ctx.access_lines(uuid[], uuid[])',
    'not ctx.perimeter_within(l.territory_id, l.agency_id, t.ceiling)',
    'false',
    async () => assert.notDeepEqual(await ids(), await lacking()),
  )
})
