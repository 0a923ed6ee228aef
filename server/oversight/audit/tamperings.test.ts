import assert from 'node:assert/strict'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { readCheckpoint, signCheckpoint, signerKey } from './checkpoint-note.ts'
import { guardsOf, shippedGuards } from './guards.ts'
import { openTrail, signer, type Trail, trailTables as tables } from './testing.ts'
import type { FaultKind } from './trail-faults.ts'

let trail: Trail
let keptWitness: string
/** A checkpoint that the witness was not given, with none at the next size, to which one tampering moves it. */
let middle: number
const thief = signerKey(signer.verifier.name, Buffer.alloc(32, 8))
before(async () => {
  trail = await openTrail()
  for (const n of [20, 300, 12]) {
    for (let i = 0; i < n; i++) await trail.append()
    await trail.sealAll(150) // the witness is given the last alone
  }
  middle = (
    await trail.owner.query<{ size: number }>(
      `select max(c.size) as size from trail_checkpoints c where c.size > 20 and c.size < 320
        and not exists (select from trail_checkpoints n where n.size = c.size + 1)`,
    )
  ).rows[0]!.size
  keptWitness = `${trail.witnessFile}.kept`
  copyFileSync(trail.witnessFile, keptWitness)
})
after(() => trail.close())

type Statement = string | [string, unknown[]]
const faults = async () => (await trail.verify()).faults
/** What the verification names of rows changed past every safeguard; all is put back. */
const ofRows = async (statements: readonly Statement[]) => {
  await trail.tamper(...tables.map(t => `create table kept_${t} as table ${t}`))
  try {
    for (const count of await trail.tamper(...statements)) assert.ok(count! > 0, 'the tampering did something')
    return await faults()
  } finally {
    await trail.tamper(
      ...tables.toReversed().map(t => `delete from ${t}`),
      ...tables.map(t => `insert into ${t} select * from kept_${t}`),
      ...tables.map(t => `drop table kept_${t}`),
    )
  }
}
const entry = '(select entry_id from trail_leaves where position = 100)'
const newLeaf = `update audit_entries e set leaf = audit_leaf(e) where id = ${entry}`
const wholeLeaf = `update trail_leaves l set leaf = e.leaf from audit_entries e where e.id = l.entry_id
  and l.position = 100`
const noteOf = async (size: number) =>
  (await trail.owner.query<{ note: string }>('select note from trail_checkpoints where size = $1', [size])).rows[0]!
    .note

const rows: readonly [why: string, named: FaultKind, ...statements: string[]][] = [
  ['the act of an entry', 'entry', `update audit_entries set action = 'exchange.viewed' where id = ${entry}`],
  [
    'its instant, by a microsecond',
    'entry',
    `update audit_entries set at = at + interval '1 microsecond' where id = ${entry}`,
  ],
  ['its author', 'entry', `update audit_entries set actor_id = id where id = ${entry}`],
  ['its author, taken off', 'entry', `update audit_entries set actor_id = null where id = ${entry}`],
  ['from where', 'entry', `update audit_entries set origin = '' where id = ${entry}`],
  ['on what', 'entry', `update audit_entries set subject_id = 'x' where id = ${entry}`],
  ['an entry with its digest', 'entry', `update audit_entries set action = 'x.y' where id = ${entry}`, newLeaf],
  [
    'an entry with its digest and its leaf',
    'root',
    `update audit_entries set action = 'x.y' where id = ${entry}`,
    newLeaf,
    wholeLeaf,
  ],
  [
    'an entry removed',
    'entry-removed',
    `delete from audit_details where entry_id = ${entry}`,
    `delete from audit_entries where id = ${entry}`,
  ],
  [
    'an entry removed with its position',
    'gap',
    `delete from audit_details where entry_id = ${entry}`,
    `delete from audit_entries where id = ${entry}`,
    'delete from trail_leaves where position = 100',
  ],
  [
    'an entry added behind what is sealed',
    'slipped-in',
    `with e as (insert into audit_entries (id, at, actor_id, action, subject_kind, subject_id, detail_digest, leaf, xid)
      select id, now(), id, 'x.y', 'k', 's', audit_detail_digest(substr(sha256(''), 1, 16), '{}'), sha256(''), '1'
        from (values ('${uuidv7()}'::uuid)) x (id) returning id) insert into audit_details select id, substr(sha256(''), 1, 16), '{}' from e`,
    `update audit_entries e set leaf = audit_leaf(e) where action = 'x.y'`,
  ],
  ['a detail', 'detail', `update audit_details set detail = '{"a": 2}' where entry_id = ${entry}`],
  ['its salt', 'detail', `update audit_details set salt = substr(sha256('x'), 1, 16) where entry_id = ${entry}`],
  [
    'two details exchanged',
    'detail',
    `update audit_details d set (salt, detail) = (select o.salt, o.detail from audit_details o
      join trail_leaves l on l.entry_id = o.entry_id where l.position = 101) where entry_id = ${entry}`,
  ],
  ['a detail removed', 'detail-removed', `delete from audit_details where entry_id = ${entry}`],
  ['all details removed', 'detail-removed', 'delete from audit_details'],
  ['a leaf', 'entry', `update trail_leaves set leaf = sha256('x') where position = 100`],
  ['the last leaf removed', 'leaves-cut', 'delete from trail_leaves where position = 331'],
  ['a leaf added', 'not-signed', `insert into trail_leaves select 332, '${uuidv7()}', sha256('x')`],
  ['a subtree', 'node', `update trail_nodes set hash = sha256('x')`],
  ['a subtree removed', 'node', 'delete from trail_nodes'],
  ['a subtree added', 'node', `insert into trail_nodes values (8, 1, sha256('x'))`],
  ['a checkpoint removed that the witness has', 'checkpoint-removed', 'delete from trail_checkpoints where size = 320'],
  [
    'a checkpoint removed that the witness has not',
    'checkpoint-removed',
    'delete from trail_checkpoints where size = MID',
  ],
  ['the first checkpoint removed', 'checkpoint-removed', 'delete from trail_checkpoints where size = 20'],
  ['the last checkpoint removed', 'not-signed', 'delete from trail_checkpoints where size = 332'],
  [
    'a checkpoint under another size',
    'checkpoint',
    'update trail_checkpoints set note = (select note from trail_checkpoints where size = 20) where size = MID',
  ],
  ['a checkpoint moved', 'checkpoint', 'update trail_checkpoints set size = MID + 1 where size = MID'],
  [
    'the instant of a checkpoint',
    'checkpoint',
    `update trail_checkpoints set at = at - interval '1 hour' where size = MID`,
  ],
  [
    'whether anything waited then',
    'checkpoint',
    'update trail_checkpoints set caught_up = not caught_up where size = MID',
  ],
  ['a note that is none', 'signature', `update trail_checkpoints set note = 'x' where size = MID`],
  [
    'a checkpoint added',
    'signature',
    // Of the first size that bears none: a slow machine may have sealed the first entry alone.
    `insert into trail_checkpoints (size, note, caught_up)
      select min(size), 'x', true from generate_series(1, 331) size
      where size not in (select c.size from trail_checkpoints c)`,
  ],
  ['the head', 'head', 'update trail_head set size = 331'],
  ['its peaks', 'head', `update trail_head set peaks = sha256('x')`],
  ['the head removed', 'head', 'delete from trail_head'],
]
test(`SEC-1: ${rows.length} tamperings of rows by whom nothing stops, each named`, async () => {
  assert.deepEqual(await faults(), [])
  for (const [why, named, ...statements] of rows) {
    const found = await ofRows(statements.map(text => text.replaceAll('MID', String(middle))))
    assert.ok(
      found.some(f => f.what === named),
      `${why}: ${JSON.stringify(found.slice(0, 4))}`,
    )
  }
  const [note, root] = [await noteOf(middle), Buffer.alloc(32, 1)]
  const forged: [string, FaultKind, string][] = [
    ['signed by a thief', 'signature', signCheckpoint(readCheckpoint(note)!, thief)],
    ['its link changed', 'signature', note.replace(/previous \d+/, 'previous 19')],
    ['its link taken off', 'signature', note.replace(/previous [^\n]+\n/, '')],
    [
      'another root under its signature',
      'signature',
      note.replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${root.toString('base64')}\n`),
    ],
  ]
  for (const [why, named, text] of forged)
    assert.ok(
      (await ofRows([['update trail_checkpoints set note = $1 where size = $2', [text, middle]]])).some(
        f => f.what === named,
      ),
      why,
    )
  assert.deepEqual(await faults(), [], 'all was put back')
})

test('SEC-1: fourteen tamperings of the witness, each named; nothing else accuses it', async () => {
  const lines = readFileSync(keptWitness, 'utf8').trim().split('\n')
  assert.equal(lines.length, 3)
  const [one, two, three] = lines as [string, string, string]
  const whole = (...of: string[]) => of.map(line => `${line}\n`).join('')
  const forged = JSON.stringify(signCheckpoint(readCheckpoint(JSON.parse(two) as string)!, thief))
  const tamperings: readonly [why: string, named: FaultKind, text: string | null][] = [
    ['its first line removed', 'witness-removed', whole(two, three)],
    ['a line taken out of the middle', 'witness-removed', whole(one, three)],
    ['its last line removed', 'witness-removed', whole(one, two)],
    ['half its last line removed', 'witness-removed', whole(one, two, three).slice(0, -40)],
    ['emptied', 'witness-removed', ''],
    ['the file removed', 'witness-removed', null],
    ['two lines exchanged', 'witness-removed', whole(two, one, three)],
    ['a line doubled', 'witness-removed', whole(one, two, two, three)],
    ['rubbish at its end', 'witness-rubbish', `${whole(one, two, three)}rubbish`],
    ['a line of rubbish', 'witness-rubbish', whole(one, 'rubbish', two, three)],
    ['an empty line', 'witness-rubbish', whole(one, '', two, three)],
    ['another JSON', 'witness-rubbish', whole(one, two, three, '{"a":1}')],
    [
      'rubbish after the start of a note',
      'witness-rubbish',
      `${whole(one, two, three)}${JSON.stringify(`${signer.verifier.name}\n`).slice(0, -1)}rubbish`,
    ],
    ['a line signed by a thief', 'witness-signature', whole(one, forged, three)],
  ]
  for (const [why, named, text] of tamperings) {
    if (text === null) rmSync(trail.witnessFile)
    else writeFileSync(trail.witnessFile, text)
    const found = await faults()
    assert.equal(found[0]?.what, named, `${why}: ${JSON.stringify(found)}`)
    assert.match(found[0]!.where, /^(ligne \d|dernière ligne)/, why)
  }
  copyFileSync(keptWitness, trail.witnessFile)
  assert.deepEqual(await faults(), [])
})

const guards: readonly [why: string, named: FaultKind, where: RegExp, change: string, back: string][] = [
  [
    'a trigger disabled',
    'safeguard',
    /^audit_entries\.append_only$/,
    'alter table audit_entries disable trigger append_only',
    'alter table audit_entries enable trigger append_only',
  ],
  [
    'the trigger that tells what is erased',
    'safeguard',
    /tell_erased/,
    'alter table audit_details disable trigger tell_erased',
    'alter table audit_details enable trigger tell_erased',
  ],
  [
    'a trigger dropped',
    'safeguard',
    /^trail_leaves\.append_only$/,
    'drop trigger append_only on trail_leaves',
    'create trigger append_only before update or delete on trail_leaves for each row execute function audit_refuse_change()',
  ],
  [
    'a trigger under a condition',
    'guard-changed',
    /trigger trail_leaves\.append_only : modifié/,
    'drop trigger append_only on trail_leaves; create trigger append_only before update or delete on trail_leaves for each row when (false) execute function audit_refuse_change()',
    'drop trigger append_only on trail_leaves; create trigger append_only before update or delete on trail_leaves for each row execute function audit_refuse_change()',
  ],
  [
    'a trigger added',
    'guard-changed',
    /trigger audit_entries\.zz : ajouté/,
    'create trigger zz before insert on audit_entries for each row execute function audit_refuse_change()',
    'drop trigger zz on audit_entries',
  ],
  [
    'a policy widened',
    'guard-changed',
    /policy audit_entries\.owner_appends : modifié/,
    'alter policy owner_appends on audit_entries with check (true)',
    `alter policy owner_appends on audit_entries
      with check (actor_id is not null or origin ~ '^(ligne de commande|mise en service), .{2,}$')`,
  ],
  [
    'a policy for another role',
    'guard-changed',
    /policy trail_leaves\.owner_reads : modifié/,
    'alter policy owner_reads on trail_leaves to cc_owner, cc_web',
    'alter policy owner_reads on trail_leaves to cc_owner',
  ],
  [
    'a policy added',
    'guard-changed',
    /policy audit_details\.zz : ajouté/,
    'create policy zz on audit_details for delete to cc_owner using (true)',
    'drop policy zz on audit_details',
  ],
  [
    'a policy dropped',
    'guard-changed',
    /policy trail_nodes\.owner_reads : absent/,
    'drop policy owner_reads on trail_nodes',
    'create policy owner_reads on trail_nodes for select to cc_owner using (true)',
  ],
  [
    'row security no longer forced',
    'guard-changed',
    /table audit_details : modifié/,
    'alter table audit_details no force row level security',
    'alter table audit_details force row level security',
  ],
  [
    'a right given',
    'guard-changed',
    /table audit_entries : modifié/,
    'grant delete on audit_entries to cc_web',
    'revoke delete on audit_entries from cc_web',
  ],
  [
    'a right on a column',
    'guard-changed',
    /table audit_details : modifié/,
    'grant update (detail) on audit_details to cc_web',
    'revoke update (detail) on audit_details from cc_web',
  ],
  [
    'a function given to another',
    'guard-changed',
    /purge_trail_details\(integer,integer\) : modifié/,
    'grant execute on function ctx.purge_trail_details(int, int) to cc_web',
    'revoke execute on function ctx.purge_trail_details(int, int) from cc_web',
  ],
  [
    'a function of another owner',
    'guard-changed',
    /trail_note\(bigint\) : modifié/,
    'alter function ctx.trail_note(bigint) owner to cc_owner',
    'alter function ctx.trail_note(bigint) owner to cc_definer',
  ],
  [
    'a function beside',
    'guard-changed',
    /function public\.audit_zz\(\) : ajouté/,
    'create function audit_zz() returns int language sql as $$ select 1 $$',
    'drop function audit_zz()',
  ],
  [
    'a rule',
    'guard-changed',
    /rule audit_details\.zz : ajouté/,
    'create rule zz as on update to audit_details do instead nothing',
    'drop rule zz on audit_details',
  ],
  [
    'a constraint dropped',
    'guard-changed',
    /constraint audit_entries\.audit_entries_leaf_check : absent/,
    'alter table audit_entries drop constraint audit_entries_leaf_check',
    'alter table audit_entries add constraint audit_entries_leaf_check check (length(leaf) = 32)',
  ],
]
test(`SEC-1: ${guards.length} tamperings of what guards the trail, and each of its functions made to do nothing, named (F19)`, async () => {
  const admin = await trail.connect(trail.house.urls.superUrl)
  for (const [why, named, where, change, back] of guards) {
    await admin.query(change)
    const found = await faults()
    await admin.query(back)
    assert.ok(
      found.some(f => f.what === named && where.test(f.where)),
      `${why}: ${JSON.stringify(found)}`,
    )
    assert.deepEqual(await faults(), [], `${why}, put back`)
  }
  const { rows: functions } = await admin.query<{
    name: string
    was: string
    emptied: string
  }>(`select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as was,
    replace(pg_get_functiondef(p.oid), p.prosrc, case l.lanname when 'plpgsql' then ' begin return null; end '
      else ' select null ' end) as emptied
    from pg_proc p join pg_language l on l.oid = p.prolang
      where p.proname ~ '^(audit_|trail_|purge_trail|record_at_the_door|record_by_session)'
      and p.pronamespace in ('public'::regnamespace, 'ctx'::regnamespace)
      and p.prorettype <> 'void'::regtype and not p.proretset and l.lanname = 'plpgsql'`)
  assert.ok(
    functions.some(f => f.name === 'audit_refuse_change()') && functions.length >= 7,
    functions.map(f => f.name).join(),
  )
  for (const { name, was, emptied } of functions) {
    await admin.query(emptied)
    const found = await faults()
    await admin.query(was)
    assert.ok(
      found.some(f => f.what === 'guard-changed' && f.where.includes(name.replace(/\(.*/, '('))),
      `${name}: ${JSON.stringify(found)}`,
    )
  }
  await admin.end()
  assert.deepEqual(await faults(), [])
})

test('SEC-1: what the verification compares the guards with is what this program makes: npm run guards', async () => {
  await trail.owner.query('begin')
  const found = await guardsOf(trail.owner)
  await trail.owner.query('rollback')
  assert.deepEqual(found, shippedGuards(), 'run npm run guards')
})
