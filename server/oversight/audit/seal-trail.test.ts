import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { after, afterEach, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { until } from '../../testing/until.ts'
import { readCheckpoint } from './checkpoint-note.ts'
import { fileWitness } from './file-witness.ts'
import { peakCount } from './merkle-tree.ts'
import { confide, sealOnce, TrailBroken } from './seal-trail.ts'
import { type Sequencer, type SequencerOptions, startSequencer } from './sequencer.ts'
import { butLateness, insertEntry, openTrail, signer, type Trail } from './testing.ts'
import { sealingLag } from './trail.queries.ts'

let trail: Trail
before(async () => {
  trail = await openTrail()
})
const sequencers = new Set<Sequencer>()
/** A sequencer that a test which fails does not leave behind. */
const begin = (options: SequencerOptions): Sequencer => {
  const sequencer = startSequencer(trail.house.urls.workerUrl, options)
  sequencers.add(sequencer)
  return sequencer
}
afterEach(async () => {
  await Promise.all([...sequencers].map(s => s.stop()))
  sequencers.clear()
  await trail.sealAll()
  assert.deepEqual((await trail.verify()).faults, [], 'whatever happened, the trail is sound')
})
after(() => trail.close())

const head = async () =>
  (
    await trail.owner.query<{ size: number; leaves: number; checkpoints: number }>(
      'select size, (select count(*) from trail_leaves) as leaves, (select count(*) from trail_checkpoints) as checkpoints from trail_head',
    )
  ).rows[0]!
const insertOne = (client: pg.Client, id = uuidv7()) => insertEntry(client, { id })

test('SEC-1: what a transaction wrote is sealed once it is over, in one go; rolled back, never', async () => {
  const [one, other] = [await trail.connect(trail.house.urls.ownerUrl), await trail.connect(trail.house.urls.ownerUrl)]
  await one.query('begin')
  for (let i = 0; i < 3; i++) await insertOne(one)
  await other.query('begin')
  await insertOne(other)
  await other.query('rollback')
  const { size } = await head()
  assert.equal((await sealOnce(trail.worker, signer))?.taken, 0)
  await one.query('commit')
  await trail.sealAll()
  assert.equal((await head()).size, size + 3)
  await Promise.all([one.end(), other.end()])
})

test('SEC-1: a long transaction holds the sealing back: nothing is skipped, the lag tells, and all is sealed when it ends', async () => {
  const long = await trail.connect(trail.house.urls.ownerUrl)
  await long.query('begin')
  const early = uuidv7()
  await insertOne(long, early)
  const late = await Promise.all(Array.from({ length: 5 }, () => trail.append()))
  const { size } = await head()
  await new Promise(resolve => setTimeout(resolve, 300))
  assert.equal((await sealOnce(trail.worker, signer))?.taken, 0, 'they came after it')
  assert.ok((await sealingLag(trail.worker)) >= 0.3)
  await long.query('commit')
  await trail.sealAll()
  const { rows } = await trail.owner.query<{ id: string }>(
    'select entry_id as id from trail_leaves where position >= $1 order by position',
    [size],
  )
  assert.equal(rows[0]!.id, early, 'in the order of the transactions')
  assert.deepEqual(
    rows
      .slice(1)
      .map(r => r.id)
      .sort(),
    late.sort(),
  )
  assert.equal(await sealingLag(trail.worker), 0)
  await long.end()
})

test('SEC-1: batches smaller than one transaction: each entry once, whatever the size', async () => {
  for (const n of [1, 7, 64]) {
    await trail.owner.query('begin')
    for (let i = 0; i < n; i++) await insertOne(trail.owner)
    await trail.owner.query('commit')
  }
  const { leaves } = await head()
  await trail.sealAll(5)
  assert.equal((await head()).leaves, leaves + 72)
})

test('SEC-1: eight writers and two sequencers at once: every entry has one position, no seal is lost, no transaction waits for them', async () => {
  const before = await head()
  const said: string[] = []
  const both = [1, 2].map(() =>
    begin({
      signer,
      witness: trail.witness,
      everyMs: 3,
      witnessEveryMs: 20,
      say: (_level, message) => said.push(message),
    }),
  )
  const writer = async (n: number) => {
    const client = await trail.connect(trail.house.urls.ownerUrl)
    // Long enough that several seals fall among them, however slow the machine.
    for (let i = 0; i < 40 || (await head()).checkpoints <= before.checkpoints + 3; i++) {
      await client.query('begin')
      for (let j = 0; j <= (i + n) % 3; j++) await insertOne(client)
      if (i % 5 === 0) await new Promise(resolve => setTimeout(resolve, (i * n) % 13))
      await client.query(i % 7 === 6 ? 'rollback' : 'commit')
    }
    await client.end()
  }
  await Promise.all(Array.from({ length: 8 }, (_, n) => writer(n)))
  await until('all sealed', async () => (await trail.unsealed()) === 0)
  await Promise.all(both.map(s => s.stop()))
  const now = await head()
  assert.deepEqual(said.filter(butLateness), [])
  assert.ok(now.checkpoints > before.checkpoints + 3)
  assert.equal(now.size, now.leaves)
})

/**
 * A process that seals and is killed (SIGKILL) at the given step; its steps are its statements and the writes of the
 * witness, before and after each.
 */
const killedAt = async (step: number): Promise<boolean> => {
  const child = fork(
    fileURLToPath(new URL('./testing-killed.ts', import.meta.url)),
    [trail.house.urls.workerUrl, trail.witnessFile, String(step)],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal === 'SIGKILL'
}
const allSettled = async (): Promise<boolean> =>
  (
    await trail.owner.query(
      'select not exists (select from audit_entries where xid >= pg_snapshot_xmin(pg_current_snapshot())) as settled',
    )
  ).rows[0].settled
test('SEC-1: a sequencer killed at each of its steps leaves nothing half done, and another goes on', {
  timeout: 450_000,
}, async () => {
  let step = 0
  for (; ; step++) {
    for (let i = 0; i < 3; i++) await trail.append()
    // A transaction of a neighbour, of the same cluster, may hold back some of the three.
    await until('all three may be sealed', allSettled)
    const { leaves } = await head()
    if (!(await killedAt(step))) break
    const { faults, sealed } = await trail.verify()
    assert.deepEqual(faults, [], `step ${step}`)
    assert.ok([leaves, leaves + 3].includes(sealed), `step ${step}: all of a seal or nothing, ${sealed - leaves} of 3`)
    await trail.sealAll()
    assert.equal((await head()).leaves, leaves + 3, `step ${step}: each entry once`)
    assert.deepEqual((await trail.verify()).faults, [], `step ${step}, taken up again`)
  }
  assert.ok(step >= 14, `it was killed ${step} times`)
})

test('SEC-1: a connection cut, a witness whose disk is full: the sequencer says so, goes on, and misses nothing', async () => {
  const said: string[] = []
  let full = true
  const witness = {
    name: trail.witness.name,
    last: () => trail.witness.last(),
    keep: async (note: string) => {
      if (full) throw new Error('no space left')
      await trail.witness.keep(note)
    },
  }
  const sequencer = begin({
    signer,
    witness,
    everyMs: 5,
    witnessEveryMs: 0,
    say: (level, message) => said.push(`${level} ${message}`),
  })
  await trail.append()
  // On a busy machine it may first say that it is late.
  await until('a word of the full witness', () => said.some(word => /^warning trail not sealed: no space/.test(word)))
  full = false
  const admin = await trail.connect(trail.house.urls.superUrl)
  const end = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'campagnes-sequencer'
    and datname = current_database()`
  await until('a sequencer connected', async () => (await admin.query(end)).rowCount === 1)
  await admin.end()
  await trail.append()
  await until('sealed all the same', async () => (await trail.unsealed()) === 0)
  await sequencer.stop()
  assert.match(
    (await trail.witness.last())!,
    new RegExp(`\n${(await head()).size}\n`),
    'stopping hands the last checkpoint over',
  )
})

test('SEC-1: past five seconds late, the sequencer warns, once', async () => {
  const long = await trail.connect(trail.house.urls.ownerUrl)
  await long.query('begin')
  await insertOne(long)
  await insertEntry(trail.owner, { at: new Date(Date.now() - 6_000).toISOString() })
  const said: string[] = []
  const sequencer = begin({
    signer,
    witness: trail.witness,
    everyMs: 5,
    say: (level, message) => said.push(`${level} ${message}`),
  })
  await until('a warning', () => said.length > 0)
  assert.match(said[0]!, /^warning the trail is sealed more than 5 seconds late/)
  await long.query('commit')
  await long.end()
  await sequencer.stop()
  assert.equal(said.length, 1)
})

const altered = async (change: string, back: string, work: () => Promise<void>) => {
  await trail.tamper(change)
  try {
    await work()
  } finally {
    await trail.tamper(back)
  }
}
test('SEC-1: a sequencer that finds the trail other than it was sealed adds nothing to it', async () => {
  await trail.append()
  await trail.sealAll()
  await trail.append()
  const size = (await head()).size
  for (const [change, back] of [
    [
      `create table kept as select peaks from trail_head; update trail_head
        set peaks = sha256('x') || substr(peaks, 33)`,
      'update trail_head set peaks = (select peaks from kept); drop table kept',
    ],
    [
      `create table kept as select peaks from trail_head; update trail_head set peaks = peaks || sha256('x')`,
      'update trail_head set peaks = (select peaks from kept); drop table kept',
    ],
    [
      `create table kept as table trail_checkpoints; delete from trail_checkpoints where size = ${size}`,
      'insert into trail_checkpoints select * from kept on conflict do nothing; drop table kept',
    ],
    [
      `create table kept as table trail_checkpoints; update trail_checkpoints set note = replace(note, '=', 'A=')
        where size = ${size}`,
      'update trail_checkpoints c set note = k.note from kept k where k.size = c.size; drop table kept',
    ],
  ] as const)
    await altered(change, back, async () => {
      await assert.rejects(sealOnce(trail.worker, signer), TrailBroken, change)
    })
  assert.equal((await head()).size, size)
  assert.equal((await sealOnce(trail.worker, signer))!.taken <= 1, true)
})

test('SEC-1: a seal that would stop the sealing for ever is refused: its form is checked before it is kept', async () => {
  await trail.append()
  await trail.sealAll()
  await trail.append()
  const { size, checkpoints } = await head()
  const root = Buffer.alloc(32, 1).toString('base64')
  const peaks = (n: number) => Buffer.alloc(32 * peakCount(n), 1)
  const note = (over: { origin?: string; size?: number; root?: string; rest?: string } = {}) =>
    `${over.origin ?? signer.verifier.name}\n${over.size ?? size + 1}\n${over.root ?? root}\n\n${over.rest ?? '— x AAAA\n'}`
  const taken = async (work: (client: pg.Client) => Promise<unknown>) => {
    await trail.worker.query('begin')
    try {
      const take = () => trail.worker.query('select leaf from ctx.trail_take(10)')
      await until('leaves to take', async () => (await take()).rowCount! > 0)
      await work(trail.worker)
    } finally {
      await trail.worker.query('rollback')
    }
  }
  for (const [why, given, text] of [
    ['rubbish', peaks(size + 1), 'n’importe quoi'],
    ['no signature', peaks(size + 1), note({ rest: '' })],
    ['a root too short', peaks(size + 1), note({ root: 'AAAA' })],
    ['another size', peaks(size + 1), note({ size: size + 2 })],
    ['another origin', peaks(size + 1), note({ origin: 'ailleurs.example/journal' })],
    ['another tree', peaks(size + 1), note()],
    ['no peak', Buffer.alloc(0), note()],
    ['peaks of another size', Buffer.alloc(32 * peakCount(size + 1) + 1), note()],
  ] as const)
    await taken(client =>
      assert.rejects(
        client.query('select ctx.trail_close($1, $2, $3, true, $4, $5, $6)', [size + 1, given, text, [], [], []]),
        { code: '22023' },
        why,
      ),
    )
  assert.deepEqual([(await head()).size, (await head()).checkpoints], [size, checkpoints])
  await trail.sealAll()
  assert.equal((await head()).size, size + 1, 'and the sealing goes on')
})

test('SEC-1: a checkpoint is not handed over once the witness kept what the database no longer holds; an empty witness is begun', async () => {
  await trail.append()
  await trail.sealAll()
  const last = (await trail.witness.last())!
  const size = (await head()).size
  await altered(
    `create table kept as table trail_checkpoints; delete from trail_checkpoints where size = ${size}`,
    'insert into trail_checkpoints select * from kept on conflict do nothing; drop table kept',
    () => assert.rejects(confide(trail.worker, trail.witness, last, signer), /its end was cut/),
  )
  const fresh = fileWitness(`${trail.witnessFile}.second`)
  assert.equal(await fresh.last(), undefined)
  await confide(trail.worker, fresh, null, signer)
  assert.ok(!existsSync(`${trail.witnessFile}.second`))
  await confide(trail.worker, fresh, last, signer)
  assert.deepEqual(
    [readCheckpoint((await fresh.last())!)!.size, readCheckpoint((await fresh.last())!)!.link!.previous],
    [size, 0],
    'its first line follows none',
  )
})

test('SEC-1: after a restore into another server, whose transactions are numbered anew, nothing is skipped and nothing sealed twice', async () => {
  const ids = [await trail.append(), await trail.append()]
  await trail.sealAll()
  const unsealedBefore = await trail.append()
  const { leaves } = await head()
  // As a logical copy leaves it: the same rows, the numbers of a server far ahead, another server under them.
  await trail.tamper(
    `create table kept as select id, xid from audit_entries`,
    `update audit_entries set xid = (xid::text::bigint + 1000000000)::text::xid8`,
    `update trail_head set cluster = 'other', cursor_xid = (cursor_xid::text::bigint + 1000000000)::text::xid8`,
  )
  const after = [await trail.append(), await trail.append()]
  await trail.sealAll(1)
  assert.equal((await head()).leaves, leaves + 3)
  after.push(await trail.append())
  await trail.sealAll()
  const { rows } = await trail.owner.query<{ id: string }>('select entry_id as id from trail_leaves order by position')
  assert.deepEqual(
    rows
      .slice(-4)
      .map(r => r.id)
      .sort(),
    [unsealedBefore, ...after].sort(),
  )
  assert.equal(rows.filter(r => ids.includes(r.id)).length, 2)
  await trail.tamper('update audit_entries e set xid = k.xid from kept k where k.id = e.id', 'drop table kept')
})

test('SEC-1: the application cannot touch the sealing, the worker can only seal; nobody updates or deletes', async () => {
  const web = await trail.connect(trail.house.urls.webUrl)
  for (const client of [web, trail.worker]) {
    for (const table of ['trail_leaves', 'trail_nodes', 'trail_checkpoints', 'trail_head']) {
      for (const statement of [
        `select * from ${table}`,
        `insert into ${table} select * from ${table}`,
        `delete from ${table}`,
        `truncate ${table}`,
      ])
        await assert.rejects(client.query(statement), { code: '42501' }, statement)
    }
  }
  for (const call of [
    'ctx.trail_open()',
    'ctx.trail_take(1)',
    `ctx.trail_close(1, '', '', true, '{}', '{}', '{}')`,
    'ctx.trail_note(1)',
  ])
    await assert.rejects(web.query(`select ${call}`), { code: '42501' }, call)
  assert.equal((await web.query('select ctx.trail_lag() as lag')).rowCount, 1, 'how late it is, is no secret')
  for (const table of ['audit_entries', 'audit_details'])
    await assert.rejects(trail.worker.query(`select * from ${table}`), { code: '42501' })
  for (const [statement, why] of [
    ['update trail_leaves set position = position', /append-only/],
    ['truncate trail_checkpoints', /append-only/],
  ] as const) {
    await assert.rejects(
      (async () => {
        const admin = await trail.connect(trail.house.urls.superUrl)
        try {
          await admin.query(statement)
        } finally {
          await admin.end()
        }
      })(),
      why,
    )
  }
  const { size } = await head()
  await assert.rejects(
    trail.worker.query(`select ctx.trail_close($1, '', 'x', true, '{}', '{}', '{}')`, [size + 1]),
    /not over all the positions/,
    'a size that is not',
  )
  const {
    rows: [last],
  } = await trail.owner.query('select h.peaks, c.note from trail_head h join trail_checkpoints c on c.size = h.size')
  await assert.rejects(
    trail.worker.query(`select ctx.trail_close($1, $2, $3, true, '{}', '{}', '{}')`, [size, last.peaks, last.note]),
    { code: '23505' },
    'another head for the same tree',
  )
  await web.end()
})
