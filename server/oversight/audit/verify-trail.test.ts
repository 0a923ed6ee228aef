import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { uuidv7 } from '../../platform/ids.ts'
import { signCheckpoint, signerKey } from './checkpoint-note.ts'
import { insertEntry, openTrail, seed, signer, type Trail, trailTables as tables } from './testing.ts'
import { leafOf, type StoredEntry } from './trail-digests.ts'
import type { FaultKind } from './trail-faults.ts'
import { reportInWords } from './verify-report.ts'
import type { Verification } from './verify-trail.ts'

let trail: Trail
let keptWitness: string
const hard = {
  é: 'Œuvre « citée »',
  quotes: '"\\',
  controls: 'a\u0001\t\n\u007f',
  emoji: '🥐',
  number: 1.5,
  nested: [null, { a: true }],
}
before(async () => {
  trail = await openTrail()
  // In three seals, so that there are checkpoints before and after what is tampered with.
  for (const n of [20, 300, 12]) {
    for (let i = 0; i < n; i++) await trail.append('exchange.recorded', hard)
    await trail.sealAll(150) // the witness is given the last alone
  }
  keptWitness = `${trail.witnessFile}.kept`
  copyFileSync(trail.witnessFile, keptWitness)
})
after(() => trail.close())

const at = async (position: number): Promise<StoredEntry & { leaf: Buffer }> =>
  (
    await trail.owner.query(
      `select e.id, extract(epoch from e.at)::text as epoch, e.actor_id as "actorId",
        e.organisation_id as "organisationId", e.action, e.subject_kind as "subjectKind",
  e.subject_id as "subjectId", e.origin, e.request_id as "requestId", e.detail_digest as "detailDigest", e.leaf
    from trail_leaves l join audit_entries e on e.id = l.entry_id where l.position = $1`,
      [position],
    )
  ).rows[0]
/** Does an attack on a copy of the trail, looks, and puts all back. */
const attacked = async (...statements: Parameters<Trail['tamper']>): Promise<Verification> => {
  await trail.tamper(...tables.map(t => `create table kept_${t} as table ${t}`))
  try {
    for (const count of await trail.tamper(...statements)) assert.ok(count! > 0, 'the attack did something')
    return await trail.verify()
  } finally {
    await trail.tamper(
      ...tables.toReversed().map(t => `delete from ${t}`),
      ...tables.map(t => `insert into ${t} select * from kept_${t}`),
      ...tables.map(t => `drop table kept_${t}`),
    )
    copyFileSync(keptWitness, trail.witnessFile)
  }
}
const first = ({ faults }: Verification) => faults[0]?.what
const kinds = ({ faults }: Verification) => faults.map(f => f.what)
/** An entry with another act, and the leaf that goes with it: who rewrites a row does it whole. */
const rewritten = (entry: StoredEntry) => ({
  ...entry,
  action: 'exchange.viewed',
  leaf: leafOf({ ...entry, action: 'exchange.viewed' }),
})

test('SEC-1: a sound trail verifies, whatever its texts hold, at any microsecond; what waits to be sealed is said', async () => {
  const sound = await trail.verify()
  assert.deepEqual(sound, {
    entries: 332,
    sealed: 332,
    checkpoints: sound.checkpoints,
    kept: 3,
    faults: [],
    erased: 0,
    waiting: null,
    halfLines: 0,
    exported: null,
    rights: { changes: [], last: null },
  })
  assert.ok(sound.checkpoints >= 3)
  for (const when of [
    '2026-11-25 00:00:00+00',
    '2026-11-25 10:00:00.1+00',
    '2026-11-25 10:00:00.000001+01',
    '1999-12-31 23:59:59.999999+00',
  ]) {
    await insertEntry(trail.owner, { at: when })
  }
  const waiting = await trail.verify()
  assert.deepEqual([waiting.faults, waiting.entries, waiting.sealed, waiting.erased], [[], 336, 332, 0])
  assert.match(
    reportInWords(waiting).join('\n'),
    /336 entrées vérifiées, dont 332 scellées[\s\S]*4 entrées ne sont pas encore scellées[\s\S]*Aucune altération trouvée\./,
  )
  await trail.tamper(
    `delete from audit_details d using audit_entries e where e.id = d.entry_id and e.action = 'a.b'`,
    `delete from audit_entries where action = 'a.b'`,
  )
  assert.deepEqual(kinds(await trail.verify()), [])
})

test('SEC-1: attack 1, a detail updated', async () => {
  const { id } = await at(100)
  const verification = await attacked([`update audit_details set detail = '{"a": 2}' where entry_id = $1`, [id]])
  assert.deepEqual(kinds(verification), ['detail'])
  assert.ok(reportInWords(verification).some(line => line.startsWith('Premier défaut : ALTÉRÉ') && line.includes(id)))
})

test('SEC-1: attack 2, a detail and its leaf updated; an entry alone; a leaf alone; an instant by a microsecond', async () => {
  const { id } = await at(100)
  const detail = [`update audit_details set detail = '{"a": 2}' where entry_id = $1`, [id]] as [string, unknown[]]
  const digest = [
    `update audit_entries e set detail_digest = audit_detail_digest(d.salt, d.detail) from audit_details d
      where d.entry_id = e.id and e.id = $1`,
    [id],
  ] as [string, unknown[]]
  const leaf = [`update audit_entries e set leaf = audit_leaf(e) where id = $1`, [id]] as [string, unknown[]]
  assert.deepEqual(kinds(await attacked(detail, digest, leaf)), ['entry'])
  for (const set of [
    `action = 'exchange.viewed'`,
    `leaf = sha256('x')`,
    `at = at + interval '1 microsecond'`,
    'actor_id = id',
    `detail_digest = sha256('')`,
  ]) {
    assert.equal(first(await attacked([`update audit_entries set ${set} where id = $1`, [id]])), 'entry', set)
  }
})

test('SEC-1: attack 3, the detail, its leaf and the table of the tree updated: the root signed says no', async () => {
  const { id } = await at(100)
  const entry = rewritten(await at(100))
  const rows = [
    ['update audit_entries set action = $2, leaf = $3 where id = $1', [id, entry.action, entry.leaf]],
    ['update trail_leaves set leaf = $2 where entry_id = $1', [id, entry.leaf]],
  ] as [string, unknown[]][]
  const verification = await attacked(...rows)
  assert.equal(first(verification), 'root')
  // A seal takes what is settled: another test's transaction may cut the second stretch in two.
  const { from } = (await trail.owner.query('select max(size)::int as from from trail_checkpoints where size <= 100'))
    .rows[0]
  assert.ok(from >= 20)
  assert.match(verification.faults[0]!.where, new RegExp(`positions ${from} à`))
  // And with checkpoints made again by another key, or with the true signature pasted under another root.
  const forged = signCheckpoint(
    { origin: signer.verifier.name, size: 332, root: Buffer.alloc(32, 1) },
    signerKey(signer.verifier.name, Buffer.alloc(32, 8)),
  )
  assert.equal(
    first(
      await attacked(...rows, 'delete from trail_checkpoints where size > 20 and size < 332', [
        'update trail_checkpoints set note = $1 where size = 332',
        [forged],
      ]),
    ),
    'signature',
  )
})

test('SEC-1: attack 4, a row deleted, alone or with its leaf and position', async () => {
  const { id } = await at(100)
  const verification = await attacked(
    ['delete from audit_details where entry_id = $1', [id]],
    ['delete from audit_entries where id = $1', [id]],
  )
  assert.deepEqual(kinds(verification), ['entry-removed'])
  assert.ok(verification.faults[0]!.where.includes(id))
  const whole = [
    'delete from audit_details where entry_id = $1',
    'delete from audit_entries where id = $1',
    'delete from trail_leaves where entry_id = $1',
  ].map(text => [text, [id]] as [string, unknown[]])
  assert.equal(first(await attacked(...whole)), 'gap')
  assert.equal(
    first(await attacked(...whole, 'update trail_leaves set position = position - 1 where position > 100')),
    'root',
  )
})

const cutTo = (size: number): string[] => [
  `delete from audit_details d using trail_leaves l where l.entry_id = d.entry_id and l.position >= ${size}`,
  `delete from audit_entries e using trail_leaves l where l.entry_id = e.id and l.position >= ${size}`,
  `delete from trail_leaves where position >= ${size}`,
  `delete from trail_checkpoints where size > ${size}`,
]
test('SEC-1: attack 5, the tail of rows, leaves and checkpoints deleted, the head put back: seen only by the witness', async () => {
  // The head as it was at 20 entries: what a backup of the day before holds.
  const peaks = await trail.owner.query<{ leaf: Buffer }>(
    'select leaf from trail_leaves where position < 20 order by position',
  )
  const { growTree } = await import('./merkle-tree.ts')
  const tree = growTree()
  for (const { leaf } of peaks.rows) tree.append(leaf)
  const cut = [
    ...cutTo(20),
    'delete from trail_nodes',
    ['update trail_head set size = 20, peaks = $1', [Buffer.concat(tree.peaks)]] as [string, unknown[]],
  ]
  const verification = await attacked(...cut)
  assert.deepEqual([...new Set(kinds(verification))], ['witness-cut'])
  assert.match(reportInWords(verification).join('\n'), /FIN COUPÉE : le témoin/)
  // Without the witness nothing shows: that is why there is one.
  const whole = readFileSync(keptWitness, 'utf8').split('\n')
  const blind = await attackedBlind(`${whole[0]}\n`, [...cut, 'update trail_witnesses set size = 20'])
  assert.deepEqual(blind, [])
  // Cut, and grown again with other entries past the same size.
  assert.ok(kinds(await attacked(...cutTo(320))).includes('witness-cut'))
})
const attackedBlind = async (witness: string, statements: Parameters<Trail['tamper']>): Promise<FaultKind[]> => {
  writeFileSync(trail.witnessFile, witness)
  return kinds(await attacked(...statements))
}

test('SEC-1: attack 6, a back-dated row inserted: behind what is sealed, or sealed in its turn', async () => {
  const insert = (id: string, when: string) =>
    [
      `with e as (insert into audit_entries (id, at, action, subject_kind, subject_id, detail_digest, leaf, xid)
        select $1, $2, 'campaign.opened', 'campaign', 'x', audit_detail_digest(substr(sha256(''), 1, 16), '{}'),
        sha256(''), xid from audit_entries order by id limit 1)
    insert into audit_details values ($1, substr(sha256(''), 1, 16), '{}')`,
      [id, when],
    ] as [string, unknown[]]
  const id = uuidv7()
  const leaf = [`update audit_entries e set leaf = audit_leaf(e) where id = $1`, [id]] as [string, unknown[]]
  const behind = await attacked(insert(id, '2026-01-01'), leaf)
  assert.deepEqual(kinds(behind), ['slipped-in'])
  assert.ok(behind.faults[0]!.where.includes(id))
  await trail.tamper(...tables.map(t => `create table before_${t} as table ${t}`))
  await insertEntry(trail.owner, { at: new Date(Date.now() - 2 * 3600_000).toISOString(), action: 'campaign.opened' })
  await trail.sealAll()
  assert.deepEqual(kinds(await trail.verify()), ['backdated'])
  await trail.tamper(
    ...tables.toReversed().map(t => `delete from ${t}`),
    ...tables.map(t => `insert into ${t} select * from before_${t}`),
    ...tables.map(t => `drop table before_${t}`),
  )
  copyFileSync(keptWitness, trail.witnessFile)
})

test('SEC-1: attack 7, two leaves swapped, with their entries or without', async () => {
  const swap = (columns: string) =>
    `update trail_leaves a set ${columns
      .split(',')
      .map(c => `${c} = b.${c}`)
      .join(', ')} from trail_leaves b where (a.position, b.position) in ((100, 101), (101, 100))`
  assert.equal(first(await attacked(swap('leaf'))), 'entry')
  await trail.tamper('alter table trail_leaves drop constraint trail_leaves_entry_id_key')
  const swapped = kinds(await attacked(swap('leaf,entry_id')))
  await trail.tamper('alter table trail_leaves add constraint trail_leaves_entry_id_key unique (entry_id)')
  assert.deepEqual(swapped.slice(0, 2), ['guard-changed', 'root'])
})

test('SEC-1: what the sealing keeps beside is verified too: checkpoints, subtrees, head, safeguards', async () => {
  for (const [why, attack, expected] of [
    ['a checkpoint that the witness has', 'delete from trail_checkpoints where size = 320', 'checkpoint-removed'],
    [
      'a checkpoint that the witness has not',
      'delete from trail_checkpoints where size = (select max(size) from trail_checkpoints where size > 20 and size < 320)',
      'checkpoint-removed',
    ],
    ['the last checkpoint', 'delete from trail_checkpoints where size = 332', 'not-signed'],
    ['leaves under a checkpoint', 'delete from trail_leaves where position = 331', 'leaves-cut'],
    [
      'a checkpoint under another size',
      'update trail_checkpoints set note = (select note from trail_checkpoints where size = 20) where size = 320',
      'checkpoint',
    ],
    ['a note that is none', `update trail_checkpoints set note = 'x' where size = 320`, 'checkpoint'],
    ['a subtree', `update trail_nodes set hash = sha256('x')`, 'node'],
    ['a subtree too many', `insert into trail_nodes values (8, 1, sha256('x'))`, 'node'],
    ['the head', 'update trail_head set size = 331', 'head'],
    ['its peaks', `update trail_head set peaks = sha256('x')`, 'head'],
  ] as const)
    assert.equal(first(await attacked(attack)), expected, why)
  const admin = await trail.connect(trail.house.urls.superUrl)
  for (const [table, trigger] of [
    ['audit_entries', 'append_only'],
    ['trail_checkpoints', 'append_only_truncate'],
    ['trail_leaves', 'append_only'],
  ]) {
    await admin.query(`alter table ${table} disable trigger ${trigger}`)
    assert.deepEqual((await trail.verify()).faults, [{ what: 'safeguard', where: `${table}.${trigger}` }])
    await admin.query(`alter table ${table} enable trigger ${trigger}`)
  }
  const {
    rows: [before],
  } = await admin.query<{ was: string }>(`select pg_get_functiondef('audit_leaf(audit_entries)'::regprocedure) as was`)
  await admin.query(
    `create or replace function audit_leaf(e audit_entries) returns bytea language sql stable as $$ select e.leaf $$`,
  )
  const { id } = await at(100)
  assert.deepEqual(
    kinds(await attacked([`update audit_entries set action = 'exchange.viewed' where id = $1`, [id]])).sort(),
    ['entry', 'guard-changed'],
    'a function of the database that lies',
  )
  await admin.query(before!.was)
  await admin.end()
})

test('SEC-1: the witness: what no known key signed, what was rewritten, what is missing; half a line after a crash is none of it', async () => {
  const lines = readFileSync(keptWitness, 'utf8')
  const forged = (size: number, root: Buffer, key = signer) =>
    `${JSON.stringify(signCheckpoint({ origin: signer.verifier.name, size, root }, key))}\n`
  const look = async (text: string) => {
    writeFileSync(trail.witnessFile, text)
    return kinds(await trail.verify())
  }
  assert.deepEqual(
    await look(lines + forged(332, Buffer.alloc(32, 1), signerKey(signer.verifier.name, Buffer.alloc(32, 8)))),
    ['witness-signature'],
  )
  assert.deepEqual(await look(lines + forged(332, Buffer.alloc(32, 1))), ['witness-differs'])
  assert.deepEqual(await look(lines + forged(31, Buffer.alloc(32, 1))), ['witness-differs'])
  assert.deepEqual(await look(lines + forged(333, Buffer.alloc(32, 1))), ['witness-cut'])
  assert.deepEqual(await look(lines.slice(0, -40)), ['witness-removed'], 'half its last line, that it was given whole')
  copyFileSync(keptWitness, trail.witnessFile)
  // A crash amid a line: it was never said to be kept.
  appendFileSync(trail.witnessFile, forged(400, Buffer.alloc(32)).slice(0, 30))
  assert.deepEqual([(await trail.verify()).faults, (await trail.verify()).halfLines], [[], 1])
  await trail.append()
  await trail.sealAll()
  const healed = await trail.verify()
  assert.deepEqual([healed.faults, healed.halfLines, healed.kept], [[], 1, 4])
  copyFileSync(trail.witnessFile, keptWitness)
})

test('SEC-1: attack 8, details deleted, some or all, by whom the owner may become: the database refuses; past its safeguards, each is named', async () => {
  const hand = await trail.connect(trail.house.urls.ownerUrl)
  await hand.query('set role cc_definer')
  await assert.rejects(
    hand.query('delete from audit_details where entry_id in (select entry_id from audit_details limit 12)'),
    { code: '42501' },
  )
  await assert.rejects(hand.query('delete from audit_details'), { code: '42501' })
  await assert.rejects(hand.query(`update audit_details set detail = '{}'`), { code: '42501' })
  await hand.end()
  // As the owner can: the safeguard taken off, and put back.
  const some = await attacked(
    'delete from audit_details where entry_id in (select entry_id from audit_details order by entry_id limit 12)',
  )
  assert.deepEqual([kinds(some), some.erased], [Array(12).fill('detail-removed'), 12])
  assert.match(reportInWords(some).join('\n'), /Premier défaut : DÉTAIL SUPPRIMÉ[\s\S]*12 défauts trouvés/)
  const all = await attacked('delete from audit_details')
  assert.deepEqual([all.faults.length, [...new Set(kinds(all))]], [all.entries, ['detail-removed']])
  const { id } = await at(50)
  assert.deepEqual(
    kinds(
      await attacked(
        ['delete from audit_details where entry_id = $1', [id]],
        [`insert into audit_details values ($1, substring(sha256('') for 16), '{}')`, [id]],
      ),
    ),
    ['detail'],
    'another in its place',
  )
})

test('SEC-1: attack 8, with a false report: a purge before the least retention, a departure that was not, or a purge dated a year ahead', async () => {
  const ids = (
    await trail.owner.query<{ id: string }>(`select entry_id as id from trail_leaves where position between 50 and 53`)
  ).rows.map(r => r.id)
  const gone = ['delete from audit_details where entry_id = any ($1)', [ids]] as [string, unknown[]]
  const report = (
    action: string,
    kind: string,
    subject: string,
    detail: object,
    when = new Date(),
  ): [string, unknown[]] => [
    `with d as (select substr(sha256('x'), 1, 16) as salt, $5::jsonb as detail),
      e as (insert into audit_entries (id, at, action, subject_kind, subject_id, detail_digest)
    select $1, $2, $6, $3, $4, audit_detail_digest(salt, detail) from d) insert into audit_details
      select $1, salt, detail from d`,
    [uuidv7(), when.toISOString(), kind, subject, JSON.stringify(detail), action],
  ]
  const {
    rows: [{ first, last, sha256 }],
  } = await trail.owner.query(
    `select (array_agg(jsonb_build_array(extract(epoch from at)::text, id) order by at, id))[1] as first,
      (array_agg(jsonb_build_array(extract(epoch from at)::text, id) order by at desc, id desc))[1] as last,
    encode(sha256(convert_to(string_agg(id::text, '' order by at, id), 'UTF8')), 'hex') as sha256 from audit_entries
      where id = any ($1)`,
    [ids],
  )
  const leaf = `update audit_entries e set leaf = audit_leaf(e) where action like 'trail.details-%'`
  const named = async (told: [string, unknown[]]) =>
    new Set(
      kinds(
        await attacked(
          gone,
          [
            told[0]
              .replace('detail_digest)', 'detail_digest, leaf)')
              .replace(
                'audit_detail_digest(salt, detail) from d)',
                `audit_detail_digest(salt, detail), sha256('') from d)`,
              ),
            told[1],
          ],
          leaf,
        ),
      ),
    )
  assert.deepEqual(
    await named(report('trail.details-purged', 'trail', 'details', { count: 4, first, last, sha256 })),
    new Set(['detail-removed']),
    'too soon',
  )
  assert.deepEqual(
    await named(report('trail.details-erased', 'account', uuidv7(), { entries: ids })),
    new Set(['detail-removed']),
    'nobody left',
  )
  const later = new Date(Date.now() + 366 * 86_400_000)
  assert.deepEqual(
    await named(report('trail.details-purged', 'trail', 'details', { count: 4, first, last, sha256 }, later)),
    new Set(['postdated', 'detail-removed']),
    'dated a year ahead, it is not believed',
  )
})

test('SEC-1: the trail is append-only: the application can add to it, and neither read, change nor remove; the owner cannot change it either', async () => {
  const web = await trail.connect(trail.house.urls.webUrl)
  for (const table of ['audit_entries', 'audit_details'])
    for (const statement of [
      `select * from ${table}`,
      `update ${table} set ${table === 'audit_entries' ? `action = 'x.y'` : `detail = '{}'`}`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      await assert.rejects(web.query(statement), { code: '42501' }, statement)
    }
  await assert.rejects(
    web.query(
      `insert into audit_entries (id, at, actor_id, action, subject_kind, subject_id, detail_digest)
        values ($1, now(), $1, 'a.b', 'k', 's', sha256(''))`,
      [uuidv7()],
    ),
    { code: '42501' },
    'in the name of another',
  )
  await assert.rejects(
    web.query(
      `insert into audit_entries (id, at, action, subject_kind, subject_id, detail_digest)
        values ($1, now(), 'account.deleted', 'account', 's', sha256(''))`,
      [uuidv7()],
    ),
    { code: '42501' },
    'in the name of the service',
  )
  await web.end()
  await assert.rejects(trail.owner.query('truncate audit_entries cascade'), /append-only/)
  const {
    rows: [before],
  } = await trail.owner.query('select count(*) from audit_entries')
  await trail.owner.query(`update audit_entries set action = 'x.y'`).catch(() => {})
  await trail.owner.query('delete from audit_entries').catch(() => {})
  assert.deepEqual((await trail.owner.query('select count(*) from audit_entries')).rows[0], before)
  assert.equal(
    (await trail.owner.query(`select count(*)::int as n from audit_entries where action = 'x.y'`)).rows[0].n,
    0,
  )
})

test('SEC-1: npm run audit -- verify says what is wrong and ends with 1; without a key or a witness it verifies nothing and says so', async () => {
  const run = (args: string[], over: Record<string, string> = {}) =>
    new Promise<{ code: number; out: string }>(done => {
      const env = {
        ...process.env,
        DATABASE_OWNER_URL: trail.house.urls.ownerUrl,
        DATABASE_URL: trail.house.urls.webUrl,
        AUDIT_PUBLIC_KEYS: signer.verifier.text,
        AUDIT_WITNESS_FILE: trail.witnessFile,
        ...over,
      }
      execFile(
        process.execPath,
        [fileURLToPath(new URL('../../audit.ts', import.meta.url)), ...args],
        { env },
        (error, stdout, stderr) => done({ code: (error?.code as unknown as number) ?? 0, out: stdout + stderr }),
      )
    })
  const good = await run(['verify'])
  assert.deepEqual([good.code, /333 scellées[\s\S]*Aucune altération trouvée\./.test(good.out)], [0, true], good.out)
  const wrongKey = await run(['verify'], {
    AUDIT_PUBLIC_KEYS: signerKey(signer.verifier.name, Buffer.alloc(32, 8)).verifier.text,
  })
  assert.equal(wrongKey.code, 1)
  assert.match(wrongKey.out, /Premier défaut : SIGNATURE FAUSSE[\s\S]*défauts trouvés/)
  const bare = await run(['verify'], { AUDIT_PUBLIC_KEYS: '', AUDIT_WITNESS_FILE: '' })
  assert.equal(bare.code, 1)
  assert.match(bare.out, /AUDIT_SIGNING_KEY manque[\s\S]*AUDIT_WITNESS_FILE manque/)
  assert.match((await run(['verify'], { AUDIT_PUBLIC_KEYS: 'x' })).out, /AUDIT_PUBLIC_KEYS/)
  const key = await run(['public-key'], {
    AUDIT_PUBLIC_KEYS: '',
    AUDIT_SIGNING_KEY: seed.toString('base64'),
    AUDIT_ORIGIN: signer.verifier.name,
  })
  assert.equal(key.out.trim(), signer.verifier.text)
  for (const args of [['autre'], ['verify', 'x'], ['prove'], ['prove', 'x'], []])
    assert.equal((await run(args)).code, 2)
})
