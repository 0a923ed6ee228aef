import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person, tokenOf } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { security } from './index.ts'
import { watchUses } from './watch-uses.job.ts'

const thresholds = {
  personsPerHour: 20,
  personsPerDay: 50,
  personsAtNight: 1000,
  exportsPerDay: 3,
  exportsPerDayOfOverseers: 6,
  refusalsPerHour: 5,
}
let house: House
let worker: pg.Client
let operator: string
before(async () => {
  house = await openHouse([...security], { settings: { watch: { thresholds, byPerson: 40, openings: 30 } } })
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur' })).id
})
// Each test has its own officers: those of the others are over.
beforeEach(() => house.owner.query('update role_assignments set ends_at = now() where ends_at is null'))
after(async () => {
  await worker.end()
  await house.close()
})
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const withRole = async (...roles: Parameters<typeof giveRole>[2][]) => {
  const person = await house.person(operator)
  for (const role of roles) await giveRole(house.owner, person, role)
  return person
}
const rolesOf = async (who: Person) =>
  (await rows('select role from ctx.effective_roles($1, now()) order by 1', [who.id])).map(r => r.role)
const blocksOf = (who: Person) =>
  rows('select cuts, lifted_at is not null as lifted from account_blocks where account_id = $1 order by blocked_at', [
    who.id,
  ])
const suspect = async (who: Person, client: pg.ClientBase = worker) =>
  (await client.query('select * from ctx.block_suspect($1, $2, ctx.clock())', [who.id, 'Trop de lectures.'])).rows.map(
    r => r.cuts,
  )
const block = (who: Person, of: Person) =>
  house.call(
    who,
    'POST',
    '/security/blocks',
    { accountId: of.id, reason: 'Poste volé cette nuit', incident: 'INC-1' },
    once(),
  )
const watch = () =>
  watchUses(thresholds, 40).run({}, {
    withPgClient: (work: (client: pg.Client) => unknown) => work(worker),
    logger: { info: () => {}, warn: () => {} },
  } as never)
const readsMuch = (who: Person) =>
  house.database.run(
    sql`select record_by_session('persons.read',
      ${JSON.stringify(Array.from({ length: 21 }, (_, k) => ({ id: uuidv7(), at: new Date(Date.now() - 60_000), token_hash: tokenOf(who), kind: 'establishment', subject: `${who.id}-${k}`, origin: '', request_id: '', detail: {} })))}::jsonb)`,
  )

test('SEC-2: the last CSSI and the last administrator are never shut out by a detection, in the database itself; another one is', async () => {
  const [first, second, administrator] = [
    await withRole('cssi'),
    await withRole('cssi'),
    await withRole('administrateur'),
  ]
  assert.deepEqual(
    [await suspect(first), await suspect(second), await suspect(administrator)],
    [['account'], ['none'], ['none']],
  )
  assert.deepEqual(
    [await rolesOf(first), await rolesOf(second), await rolesOf(administrator)],
    [[], ['cssi'], ['administrateur']],
  )
  assert.deepEqual(
    [await suspect(second), await blocksOf(second)],
    [[], [{ cuts: 'none', lifted: false }]],
    'told once',
  )
  const another = await withRole('administrateur')
  assert.deepEqual(await suspect(another), ['account'], 'one is left')
})
test('SEC-2: who is suspended, over, of a partner or blocked leaves nobody in their place', async () => {
  const [last, suspended, over, cut] = [
    await withRole('cssi'),
    await withRole('cssi'),
    await withRole('cssi'),
    await withRole('cssi'),
  ]
  await rows(`update accounts set status = 'suspended' where id = $1`, [suspended.id])
  await rows(`update role_assignments set ends_at = now() where account_id = $1`, [over.id])
  await rows(
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
      values ($1, $2, $3, 'suspect-use', 'x', now() + interval '1 minute')`,
    [uuidv7(), cut.id, operator],
  )
  await giveRole(house.owner, await house.person((await house.organisation()).id), 'cssi')
  assert.deepEqual([await suspect(last), await rolesOf(last)], [['none'], ['cssi']])
  const plain = await house.person((await house.organisation()).id)
  assert.deepEqual(await suspect(plain), ['account'], 'no officer: as ever')
})
test('SEC-2: two CSSIs suspect at the same instant: one remains, whoever comes first', async () => {
  const [first, second] = [await withRole('cssi'), await withRole('cssi')]
  const other = new pg.Client(house.urls.workerUrl)
  await other.connect()
  try {
    await worker.query('begin')
    await other.query('begin')
    await other.query('select ctx.clock()')
    assert.deepEqual(await suspect(first), ['account'])
    const waiting = suspect(second, other)
    assert.equal(
      await Promise.race([
        waiting.then(() => 'answered'),
        new Promise(go => {
          setTimeout(() => go('waits'), 300)
        }),
      ]),
      'waits',
    )
    await worker.query('commit')
    assert.deepEqual(await waiting, ['none'])
    await other.query('commit')
  } finally {
    await other.end()
  }
  assert.deepEqual([await rolesOf(first), await rolesOf(second)], [[], ['cssi']])
})
test('ACC-10: two CSSIs who cut each other at once: one remains, and is told why the other stays', async () => {
  const [first, second] = [await withRole('cssi'), await withRole('cssi')]
  // Both are let in, and wait for each other: one that came after the other's end would only find its role gone.
  const holding = new pg.Client(house.urls.ownerUrl)
  await holding.connect()
  await holding.query("begin; select pg_advisory_xact_lock(hashtextextended('blocks of officers', 0))")
  const both = Promise.all([block(first, second), block(second, first)])
  const waiting = async () =>
    (
      await rows(`select count(*)::int as n from pg_locks
        where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`)
    )[0].n
  while ((await waiting()) < 2) await new Promise(r => setTimeout(r, 10))
  await holding.query('commit')
  await holding.end()
  const answers = await both
  assert.deepEqual(answers.map(a => a.body.code ?? 'done').sort(), ['done', 'security/last-officer'])
  assert.deepEqual((await Promise.all([rolesOf(first), rolesOf(second)])).map(r => r.length).sort(), [0, 1])
})
test('ACC-10: a CSSI still cuts another, and the last administrator when it must be', async () => {
  const [first, second, administrator] = [
    await withRole('cssi'),
    await withRole('cssi'),
    await withRole('administrateur'),
  ]
  assert.deepEqual([(await block(first, second)).status, (await block(first, administrator)).status], [200, 200])
  assert.deepEqual([await rolesOf(first), await rolesOf(second), await rolesOf(administrator)], [['cssi'], [], []])
})
test('SEC-2, SEC-6: whatever the application or a worker forgets, no row of the table shuts out the last CSSI', async () => {
  const last = await withRole('cssi')
  const write = (cause: string) =>
    rows(
      `insert into account_blocks (id, account_id, organisation_id, cause, reason, incident, blocked_by, blocked_at)
        values ($1, $2, $3, $4, 'x', 'x', $2, now())`,
      [uuidv7(), last.id, operator, cause],
    )
  for (const cause of ['suspect-use', 'exceptional'])
    await assert.rejects(write(cause), { constraint: 'account_blocks_last_officer' }, cause)
  for (const name of [
    'ctx.sole_roles(uuid, timestamptz)',
    'ctx.officers_one_at_a_time(uuid)',
    'ctx.another_keeps(text, uuid, boolean, timestamptz)',
    'ctx.irreplaceable_roles(uuid, boolean, timestamptz)',
    'ctx.block_suspect(uuid, text, timestamptz)',
  ]) {
    assert.deepEqual(
      await rows(`select has_function_privilege('cc_web', $1, 'execute') as web`, [name]),
      [{ web: false }],
      name,
    )
  }
  const keeps = 'ctx.another_keeps(text, uuid, boolean, timestamptz)'
  for (const [name, from, to] of [
    ['ctx.sole_roles(uuid, timestamptz)', "'cssi', 'administrateur'", "'administrateur'"],
    [keeps, 'r.account_id <> of_account', 'true'],
    [keeps, "b.cuts = 'account' and b.lifted_at is null", 'false'],
  ] as const) {
    await withFunctionChanged(house.owner, name, from, to, async () => {
      const cut = await withRole('cssi')
      await rows(
        `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
          values ($1, $2, $3, 'suspect-use', 'x', now() + interval '1 hour')`,
        [uuidv7(), cut.id, operator],
      )
      assert.deepEqual(
        (await rows('select ctx.sole_roles($1, now()) as sole', [last.id]))[0].sole,
        [],
        `${from} → ${to}`,
      )
      await rows('update role_assignments set ends_at = now() where account_id = $1', [cut.id])
    })
  }
})
test('SEC-2: the other roles of the operator are told of the last CSSI’s unusual use, who is not; the page shows it, and another CSSI notes the verdict', async () => {
  const [cssi, administrator, support] = [
    await withRole('cssi'),
    await withRole('administrateur'),
    await withRole('support'),
  ]
  await readsMuch(cssi)
  await watch()
  await watch()
  assert.deepEqual(await rolesOf(cssi), ['cssi'])
  const told = await rows(
    `select to_account_id as who, body from mails where kind = 'suspect-use-told' and to_account_id = any ($1)`,
    [[cssi.id, administrator.id, support.id]],
  )
  assert.deepEqual(told.map(m => m.who).sort(), [administrator.id, support.id].sort())
  assert.match(told[0].body, /21 employeurs ou collègues lues en une heure.*ne le bloque pas/s)
  assert.deepEqual(
    await rows(
      `select d.detail->'sole' as sole from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'account.suspect-use-told' and e.subject_id = $1`,
      [cssi.id],
    ),
    [{ sole: ['cssi'] }],
  )
  const seen = (await house.call(cssi, 'GET', '/security/blocks')).body.items.find(
    (b: { person: { id: string } }) => b.person.id === cssi.id,
  )
  assert.deepEqual([seen.cuts, seen.liftedAt, seen.allowed], ['none', null, []])
  const another = await withRole('cssi')
  assert.equal(
    (await house.call(cssi, 'POST', `/security/blocks/${seen.id}/lift`, { verdict: 'C’était bien moi' }, once())).body
      .code,
    'security/never-oneself',
  )
  const lifted = await house.call(
    another,
    'POST',
    `/security/blocks/${seen.id}/lift`,
    { verdict: 'Contrôle annuel, vérifié avec elle' },
    once(),
  )
  assert.deepEqual([lifted.status, lifted.body.cuts, lifted.body.liftedBy.id], [200, 'none', another.id])
  await watch()
  assert.deepEqual(await blocksOf(cssi), [{ cuts: 'none', lifted: true }], 'what led to it no longer counts')
})
test('ACC-10: nothing is cut of nobody by an exceptional act', async () => {
  const [cssi, other] = [await withRole('cssi'), await withRole('cssi')]
  assert.equal(
    (
      await house.call(
        cssi,
        'POST',
        '/security/blocks',
        { accountId: other.id, cuts: 'none', reason: 'Poste volé cette nuit', incident: 'INC-1' },
        once(),
      )
    ).body.code,
    'request/malformed',
  )
})

const admin = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/admin.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_OWNER_URL: house.urls.ownerUrl },
  })
  return { status, said: stdout + stderr }
}
test('SEC-2, ACC-11: npm run admin -- lift-block lifts what is cut of an account on a verdict, and says in the trail who did', async () => {
  const [cssi, other] = [await withRole('cssi'), await withRole('cssi')]
  const rgc = await house.person((await house.organisation()).id)
  await giveRole(house.owner, rgc, 'rgc')
  const cut = await house.person(rgc.organisationId)
  await suspect(cut)
  await block(cssi, cut)
  await block(cssi, other)
  const reason = ['--reason', 'Vérifié par téléphone avec elle']
  const [{ email }] = await rows('select email from account_contacts where account_id = $1', [cut.id])
  for (const [args, said] of [
    [[email, ...reason], /--operator manque/],
    [[email, '--operator', 'A. Essai'], /--reason manque/],
    [[email, '--operator', 'A. Essai', '--reason', 'court'], /--reason manque/],
    [['--operator', 'A. Essai', ...reason], /le compte manque/],
    [['personne@x.example', '--operator', 'A. Essai', ...reason], /rien n’est coupé/],
    [[cssi.id, '--operator', 'A. Essai', ...reason], /rien n’est coupé/],
  ] as const) {
    const answer = admin('lift-block', ...args)
    assert.deepEqual([answer.status, said.test(answer.said)], [1, true], answer.said)
  }
  assert.deepEqual(await blocksOf(cut), [
    { cuts: 'account', lifted: false },
    { cuts: 'account', lifted: false },
  ])
  const done = admin('lift-block', email, '--operator', 'A. Essai', ...reason)
  assert.deepEqual([done.status, /2 blocages levés/.test(done.said)], [0, true], done.said)
  assert.deepEqual(await blocksOf(cut), [
    { cuts: 'account', lifted: true },
    { cuts: 'account', lifted: true },
  ])
  const entries = await rows(
    `select e.actor_id, e.origin, d.detail->>'verdict' as verdict from audit_entries e
      join audit_details d on d.entry_id = e.id where e.action = 'account.unblocked' and e.subject_id = $1`,
    [cut.id],
  )
  assert.deepEqual(
    entries,
    Array(2).fill({ actor_id: null, origin: 'ligne de commande, A. Essai', verdict: reason[1] }),
  )
  assert.equal(
    (await rows(`select count(*)::int as n from mails where kind = 'block-lifted' and to_account_id = $1`, [rgc.id]))[0]
      .n,
    2,
  )
  assert.equal(admin('lift-block', other.id, '--operator', 'A. Essai', ...reason).status, 0)
  assert.deepEqual(await rolesOf(other), ['cssi'])
  assert.deepEqual(
    await house.database.run(sql`select ctx.enter(${tokenHash(other.cookie.slice('session='.length))})`),
    1,
  )
})
