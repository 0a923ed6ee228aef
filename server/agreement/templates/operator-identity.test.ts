import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { pdfMaker } from '../../platform/pdf.ts'
import { buildServer } from '../../platform/server.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { once, type Person } from '../../testing/house.ts'
import { withFunctionChanged, withPolicyChanged } from '../../testing/parity.ts'
import { textOfPdf } from '../../testing/pdf.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { conventionDocuments } from '../conventions/document-routes.ts'
import { aDraft, completeAnnexes, namedTo, withRoles } from '../conventions/testing.ts'
import { type Life, openLife, type Partner } from '../conventions/testing-life.ts'
import { mayChangeOperator } from './operator-identity.policy.ts'

let life: Life
let samir: Person // administrator
let partner: Partner
let documents: FastifyInstance
const today = parisDay(new Date())
before(async () => {
  life = await openLife()
  samir = await withRoles(life.house, life.operator, 'administrateur')
  partner = await life.aPartner()
  const { database } = life.house
  const common = { database, originKey: Buffer.alloc(32), publicUrl: 'http://localhost' }
  documents = await buildServer({
    ...common,
    actions: [],
    requestsPerMinute: 1e6,
    shedLoad: false,
    settings: { clock: () => new Date() },
    exceptions: [
      conventionDocuments({
        ...common,
        makePdf: pdfMaker({ waitingAtMost: 50 }),
        clock: () => new Date(),
        newId: uuidv7,
      }),
    ],
  })
})
after(async () => {
  await documents?.close()
  await life.close()
})

let serial = 9100
const freshSiret = () => siretText(siretOf(++serial))
const identity = (over: object = {}) => ({
  cause: 'change',
  since: addDays(today, -30),
  siret: freshSiret(),
  name: 'Opérateur de l’Essai',
  address: '1 place de l’Essai, 33000 Bordeaux',
  reason: 'Mise en service',
  ...over,
})
const version = async () =>
  (await life.house.owner.query('select coalesce(max(version), 0)::int as n from operator_identities')).rows[0].n
const change = async (who: Person | null, body: object, seen?: number, key = once()) =>
  life.house.call(who, 'PUT', '/operator-identity', body, { ...key, 'if-match': `"${seen ?? (await version())}"` })
const read = (who: Person | null) => life.house.call(who, 'GET', '/operator-identity')
const drafted = async () => {
  life.at(new Date().toISOString())
  return life.ok(
    life.sylvie,
    'POST',
    '/conventions',
    aDraft(partner.id, life.region, {
      ...namedTo(partner.gilles, life.signer),
      firstTermOn: addDays(today, 200),
    }),
  )
}
const preview = async (id: string): Promise<string> =>
  (await life.ok(life.sylvie, 'GET', `/conventions/${id}/preview`)).blocks
    .flatMap((b: any) => b.parts.map((p: any) => p.text))
    .join('')
const compose = async (id: string) => {
  const answer = await documents.inject({
    method: 'POST',
    url: `/api/conventions/${id}/document`,
    headers: { cookie: life.sylvie.cookie },
  })
  assert.equal(answer.statusCode, 200, answer.body)
  const { rows } = await life.house.owner.query('select bytes from convention_documents where id = $1', [
    answer.json().id,
  ])
  return { id: answer.json().id as string, text: textOfPdf(rows[0].bytes).replaceAll(/\s+/g, ' ') }
}
const send = (id: string, documentId: string) => {
  life.at(new Date().toISOString())
  return life.house.call(life.sylvie, 'POST', `/conventions/${id}/send`, { documentId }, once())
}

test('AGR-15, AGR-1: who the operator is: recorded, changed, corrected by an administrator, each version with its day and reason; drafts are composed again and say it, what was sent keeps what it said; told and in the trail', async () => {
  assert.deepEqual((await read(samir)).body, { version: 0, history: [], allowed: ['change'] })
  const sent = await drafted()
  assert.match(await preview(sent.id), /entre l’opérateur France Travail, direction régionale/)
  await completeAnnexes(life.house.owner, sent.id, new Date(), [new Date(Date.now() - 1000), null])
  const first = await compose(sent.id)
  assert.match(first.text, /Pour l’opérateur France Travail/)

  const body = identity()
  const recorded = await change(samir, body)
  assert.deepEqual([recorded.status, recorded.body.version], [200, 1], JSON.stringify(recorded.body))
  assert.deepEqual(
    [(await send(sent.id, first.id)).body.code, await version()],
    ['convention/document-stale', 1],
    'composed before: composed again',
  )
  const second = await compose(sent.id)
  const said = `l’opérateur Opérateur de l’Essai, SIRET ${body.siret.replace(/^(...)(...)(...)(.....)$/, '$1 $2 $3 $4')}, ${body.address}, direction`
  assert.ok(second.text.includes(said), second.text.slice(0, 500))
  assert.match(second.text, /Pour l’opérateur Opérateur de l’Essai/)
  const put = await send(sent.id, second.id)
  assert.equal(put.status, 200, JSON.stringify(put.body))
  for (const who of [partner.gilles, life.signer]) {
    const { documents: kept } = await life.ok(who, 'GET', `/conventions/${sent.id}`)
    const { sha256 } = kept.find((d: any) => d.id === second.id)
    await life.ok(who, 'POST', `/conventions/${sent.id}/sign`, { sha256 })
  }

  const { since: _, ...rest } = body
  const moved = await change(samir, { ...rest, since: today, address: '9 rue Neuve, 33000 Bordeaux' })
  assert.deepEqual([moved.status, moved.body.partners], [200, 1])
  const mended = await change(samir, {
    ...rest,
    cause: 'correction',
    since: '2020-01-01',
    address: '9 bis rue Neuve, 33000 Bordeaux',
    reason: 'Faute de frappe',
  })
  assert.deepEqual(
    mended.body.history.map((line: any) => [line.version, line.cause, line.since, line.address, line.recordedBy?.id]),
    [
      [3, 'correction', today, '9 bis rue Neuve, 33000 Bordeaux', samir.id],
      [2, 'change', today, '9 rue Neuve, 33000 Bordeaux', samir.id],
      [1, 'registered', body.since, body.address, samir.id],
    ],
  )
  // The text of what was signed says what its bytes say; a draft says who the operator is today.
  assert.ok((await preview(sent.id)).replaceAll('\u00A0', ' ').includes(said))
  const { rows } = await life.house.owner.query('select bytes from convention_documents where id = $1', [second.id])
  assert.ok(textOfPdf(rows[0].bytes).replaceAll(/\s+/g, ' ').includes(said))
  assert.match(await preview((await drafted()).id), /9 bis rue Neuve, 33000 Bordeaux, direction régionale/)

  const trail = await life.house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'operator.identity-changed' and e.subject_id = $1 and e.actor_id = $2 order by e.at, e.id`,
    [life.operator, samir.id],
  )
  assert.deepEqual(
    trail.rows.map(({ detail }) => [detail.cause, detail.before?.address ?? null, detail.after.address, detail.reason]),
    [
      ['registered', null, body.address, body.reason],
      ['change', body.address, '9 rue Neuve, 33000 Bordeaux', body.reason],
      ['correction', '9 rue Neuve, 33000 Bordeaux', '9 bis rue Neuve, 33000 Bordeaux', 'Faute de frappe'],
    ],
  )
  const announced = await life.house.owner.query(
    `select text from announcements where kind = 'operator-identity' and announced_by = $1 order by announced_at`,
    [samir.id],
  )
  // None was under a convention when it was first recorded.
  assert.equal(announced.rows.length, 2)
  assert.match(announced.rows[1].text, /corrigé .*9 bis rue Neuve.*Faute de frappe.*Ce qui est signé ne change pas/s)
})

test('AGR-15, AGR-6: an amendment says who the operator is; changed since it was composed, it is composed again', async () => {
  assert.equal((await change(samir, identity({ since: today }))).status, 200)
  const { rows } = await life.house.owner.query('select id from conventions where effective_from is not null limit 1')
  const id = rows[0].id as string
  const { rows: named } = await life.house.owner.query(
    'select party, name, capacity, act, act_on::text as "actOn" from convention_signatories where convention_id = $1',
    [id],
  )
  const signatories = Object.fromEntries(named.map(({ party, ...one }) => [party, one]))
  const body = { title: 'Essai', body: 'Un article.', termOn: null, renews: true, signatories }
  const composed = await documents.inject({
    method: 'POST',
    url: `/api/conventions/${id}/amendment-document`,
    headers: { cookie: life.sylvie.cookie },
    payload: body,
  })
  assert.equal(composed.statusCode, 200, composed.body)
  const kept = await life.house.owner.query('select bytes from convention_documents where id = $1', [
    composed.json().id,
  ])
  assert.match(textOfPdf(kept.rows[0].bytes), /Opérateur de l’Essai[\s\S]*1 place de l’Essai/)
  assert.equal((await change(samir, identity({ since: today, name: 'Autre nom' }))).status, 200)
  life.at(new Date().toISOString())
  assert.deepEqual(
    await life.refused(life.sylvie, 'POST', `/conventions/${id}/amendments`, {
      ...body,
      documentId: composed.json().id,
    }),
    [409, 'convention/document-stale'],
  )
})

test('AGR-15: the regional direction, the CSSI, a partner, nobody: refused; malformed, unchanged, of a partner’s SIRET, to come or before the last change: refused in words, nothing written', async () => {
  if ((await version()) === 0) await change(samir, identity({ since: today }))
  const before = await version()
  const body = identity({ since: today })
  assert.deepEqual(
    [
      (await change(life.sylvie, body)).body.code,
      (await change(life.odile, body)).body.code,
      (await change(partner.gilles, body)).body.code,
      (await change(null, body)).status,
      (await read(null)).status,
      (await read(partner.gilles)).body.allowed,
      (await read(life.sylvie)).body.allowed,
    ],
    ['access/role-required', 'access/role-required', 'access/role-required', 401, 401, [], []],
  )
  const taken = await life.house.organisation({ kind: 'epci', siret: siretOf(++serial) })
  for (const [over, status, code] of [
    [{ siret: siretText(taken.siret) }, 409, 'partner/siret-taken'],
    [{ siret: '99000000000001' }, 422, 'partner/siret-wrong'],
    [{ siret: '123' }, 400, 'request/malformed'],
    [{ name: ' ' }, 400, 'request/malformed'],
    [{ address: '' }, 400, 'request/malformed'],
    [{ cause: 'registered' }, 400, 'request/malformed'],
    [{ reason: '' }, 400, 'request/malformed'],
    [{ since: addDays(today, -400) }, 422, 'structure/identity-before-last'],
    [{ since: addDays(today, 1) }, 422, 'convention/day-in-future'],
  ] as const) {
    const answer = await change(samir, identity({ since: today, ...over }))
    assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(over))
  }
  const { since, siret, name, address } = (await read(samir)).body.history[0]
  assert.equal(
    (await change(samir, identity({ since, siret, name, address }))).body.code,
    'structure/identity-unchanged',
  )
  const stale = await change(samir, body, before + 5)
  assert.deepEqual([stale.status, stale.body.code], [412, 'request/changed-meanwhile'])
  assert.equal(await version(), before)
})

test('AGR-15: two administrators change it at once: the second waits for the first and is told it changed meanwhile; sent twice with one key, once', async () => {
  const before = await version()
  const other = await withRoles(life.house, life.operator, 'administrateur')
  /** The first has done its part and waits for the trail, which somebody keeps; the second is asked then. */
  const bothFrom = async (seen: number) =>
    (
      await whileHeld(
        life.house.owner,
        'lock table audit_entries in share mode',
        [],
        [
          () => change(samir, identity({ since: today, name: 'Un' }), seen),
          () => change(other, identity({ since: today, name: 'Deux' }), seen),
        ],
      )
    ).map(({ status, body }) => [status, body.code ?? body.version])
  assert.deepEqual(await bothFrom(before), [
    [200, before + 1],
    [412, 'request/changed-meanwhile'],
  ])
  const entries = await life.house.owner.query(
    `select from audit_entries where action = 'operator.identity-changed' and actor_id = $1`,
    [other.id],
  )
  assert.deepEqual([await version(), entries.rowCount], [before + 1, 0])
  const [key, body] = [once(), identity({ since: today })]
  const [first, again] = [await change(samir, body, before + 1, key), await change(samir, body, before + 1, key)]
  assert.deepEqual([first.status, again.body, await version()], [200, first.body, before + 2])
  await withFunctionChanged(
    life.house.owner,
    'change_operator_identity(int, text, date, bigint, text, text, text)',
    "  perform pg_advisory_xact_lock(hashtextextended('operator-identity', 0));",
    '',
    async () =>
      assert.deepEqual(
        await bothFrom(before + 2),
        [
          [200, before + 3],
          [500, 'service/bug'],
        ],
        'without the lock, the key of the table alone refuses',
      ),
  )
})

test('SEC-6, AGR-15: straight to the database, administrators alone change who the operator is, as the policy says; whoever may enter reads it', async () => {
  await change(samir, identity({ since: today }))
  const stranger = await life.house.person((await life.house.organisation()).id)
  const seen = await version()
  const as = async <T>(
    who: Person | null,
    work: (tx: Awaited<ReturnType<Life['house']['database']['begin']>>) => Promise<T>,
  ) => {
    const tx = await life.house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await work(tx)
    } finally {
      await tx.rollback()
    }
  }
  const straight = (who: Person | null) =>
    as(who, async tx => {
      const outcome = await tx.first(
        sql<{ outcome: string }>`select change_operator_identity(${seen}::int, 'change', ${today}::date, 12345678900001,
          'Essai', 'Essai', 'essai') as outcome`,
      )
      return outcome!.outcome
    })
  const lines = (who: Person | null) =>
    as(who, async tx => (await tx.all(sql`select 1 from operator_identities`)).length)
  const everyone = [
    samir,
    life.sylvie,
    life.odile,
    life.signer,
    life.elsewhere,
    partner.gilles,
    partner.agent,
    stranger,
  ]
  const disagree = async () => {
    const parted: string[] = []
    for (const who of everyone) {
      const viewer = await as(null, tx => tx.enter(tokenHash(who.cookie.slice('session='.length))))
      if ((mayChangeOperator(viewer!) === true) !== ((await straight(who)) === '')) parted.push(who.name)
    }
    return parted
  }
  assert.deepEqual(await disagree(), [])
  assert.deepEqual([await straight(samir), await straight(null)], ['', 'access/role-required'])
  assert.deepEqual([await lines(samir), await lines(partner.agent), await lines(null)], [seen, seen, 0])
  for (const statement of [
    sql`update operator_identities set name = 'Essai'`,
    sql`delete from operator_identities`,
    sql`insert into operator_identities (version, cause, from_on, siret, name, address, reason, recorded_by, recorded_at)
      values (99, 'change', current_date, 12345678900001, 'Essai', 'Essai', 'essai', ${samir.id}::uuid, now())`,
  ])
    await assert.rejects(
      as(samir, tx => tx.run(statement)),
      /permission denied/,
    )
  // The loss of a clause is seen.
  await withFunctionChanged(
    life.house.owner,
    'change_operator_identity(int, text, date, bigint, text, text, text)',
    `or not ctx.holds_role('administrateur')`,
    '',
    async () => assert.ok((await disagree()).length > 0),
  )
  await withPolicyChanged(life.house.owner, 'operator_identities', 'read', 'true', async () =>
    assert.equal(await lines(null), seen),
  )
})
