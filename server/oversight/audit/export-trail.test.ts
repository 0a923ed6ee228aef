import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../../testing/folder.ts'
import { signCheckpoint, signerKey } from './checkpoint-note.ts'
import { exportTrail } from './export-trail.ts'
import { startSequencer } from './sequencer.ts'
import { butLateness, openTrail, signer, type Trail } from './testing.ts'

let trail: Trail
const folder = join(temporaryFolder(), 'copie')
before(async () => {
  trail = await openTrail()
})
after(() => trail.close())
const more = async (n: number) => {
  for (let i = 0; i < n; i++) await trail.append('exchange.recorded', { person: 'Mme Privée' })
  await trail.sealAll(40)
}
const files = (of = folder) => readdirSync(of).sort()
const linesOf = (file: string) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')
const faults = async (of = folder) => (await trail.verify(of)).faults

test('SEC-1: sealed entries are kept outside, without what was said in detail, and taken up where the copy stopped; each stretch is closed by its checkpoint', async () => {
  assert.deepEqual(
    (await faults()).map(f => f.what),
    ['export-line'],
    'no copy yet',
  )
  await more(100)
  assert.equal(await exportTrail(trail.owner, folder, { perFile: 50, batch: 30 }), 100)
  assert.equal(await exportTrail(trail.owner, folder, { perFile: 50, batch: 30 }), 0, 'nothing new')
  assert.ok(files().length >= 2 && files()[0] === 'journal-000000000000.jsonl', files().join())
  const lines = files().flatMap(linesOf)
  assert.deepEqual(Object.keys(JSON.parse(lines[0]!)), ['position', 'leaf', 'entry'])
  assert.match(JSON.parse(linesOf(files()[0]!).at(-1)!).checkpoint, new RegExp(`^${signer.verifier.name}\n\\d+\n`))
  assert.ok(!lines.join().includes('Privée'))
  const verified = await trail.verify(folder)
  assert.deepEqual([verified.faults, verified.exported?.entries, verified.exported?.open], [[], 100, 0])
  await more(60)
  assert.equal(await exportTrail(trail.owner, folder), 60)
  assert.deepEqual(
    [(await trail.verify(folder)).exported!.entries, (await trail.verify(folder)).exported!.open],
    [160, 0],
  )
})

test('SEC-1: the copy names what was rewritten, removed or cut in the database, even by who can sign it again', async () => {
  const tables = [
    'audit_entries',
    'audit_details',
    'trail_leaves',
    'trail_nodes',
    'trail_checkpoints',
    'trail_head',
    'trail_witnesses',
  ]
  const after = async (...statements: string[]) => {
    await trail.tamper(...tables.map(t => `create table kept_${t} as table ${t}`))
    try {
      await trail.tamper(...statements)
      return (await faults()).filter(f => f.what.startsWith('export-'))
    } finally {
      await trail.tamper(
        ...tables.toReversed().map(t => `delete from ${t}`),
        ...tables.map(t => `insert into ${t} select * from kept_${t}`),
        ...tables.map(t => `drop table kept_${t}`),
      )
    }
  }
  const entry = '(select entry_id from trail_leaves where position = 70)'
  const rewritten = await after(
    `update audit_entries set action = 'x.y' where id = ${entry}`,
    `update audit_entries e set leaf = audit_leaf(e) where id = ${entry}`,
    `update trail_leaves l set leaf = e.leaf from audit_entries e where e.id = l.entry_id and position = 70`,
  )
  assert.deepEqual(
    rewritten.map(f => f.what),
    ['export-differs'],
  )
  assert.match(rewritten[0]!.where, /^entrée [0-9a-f-]{36}, position 70$/)
  assert.deepEqual(
    (
      await after(
        `delete from audit_details where entry_id = ${entry}`,
        `delete from audit_entries where id = ${entry}`,
      )
    ).map(f => f.what),
    ['export-differs'],
  )
  assert.deepEqual(
    (
      await after(
        'delete from audit_details d using trail_leaves l where l.entry_id = d.entry_id and position >= 100',
        'delete from audit_entries e using trail_leaves l where l.entry_id = e.id and position >= 100',
        'delete from trail_leaves where position >= 100',
        'delete from trail_checkpoints where size > 100',
      )
    ).map(f => [f.what, f.where]),
    [['export-cut', '100 positions dans la base, 160 dans la copie']],
  )
  // Nor does it copy what was altered.
  await more(5)
  const added = await trail.owner.query<{ id: string }>(
    'select entry_id as id from trail_leaves order by position desc limit 1',
  )
  const id = added.rows[0]!.id
  await trail.tamper(`update audit_entries set action = 'x.y' where id = '${id}'`)
  await assert.rejects(exportTrail(trail.owner, folder), /n’est plus la même/)
  await trail.tamper(`update audit_entries set action = 'exchange.recorded' where id = '${id}'`)
  assert.equal(await exportTrail(trail.owner, folder), 5)
  await trail.tamper('create table kept as table trail_checkpoints', 'delete from trail_checkpoints where size = 165')
  await assert.rejects(exportTrail(trail.owner, folder), /n’est plus celle de la copie/)
  await trail.tamper('insert into trail_checkpoints select * from kept where size = 165', 'drop table kept')
})

test('SEC-1: the copy itself altered: each line is named', async () => {
  const [first] = files() as [string]
  const [whole, thief] = [linesOf(first), signerKey(signer.verifier.name, Buffer.alloc(32, 8))]
  const other = `${folder}-altered`
  const look = async (lines: readonly string[] | null, why: string, named: string, where: RegExp) => {
    rmSync(other, { recursive: true, force: true })
    cpSync(folder, other, { recursive: true })
    if (lines === null) rmSync(join(other, first))
    else writeFileSync(join(other, first), `${lines.join('\n')}\n`)
    const found = await faults(other)
    assert.ok(
      found.some(f => f.what === named && where.test(f.where)),
      `${why}: ${JSON.stringify(found.slice(0, 3))}`,
    )
  }
  const changed = (at: number, line: string) => whole.toSpliced(at, 1, line)
  const closing = whole.findIndex(line => line.startsWith('{"checkpoint"'))
  await look(
    changed(10, whole[10]!.replace('exchange.recorded', 'exchange.cancelled')),
    'an entry',
    'export-line',
    /ligne 11 : entrée [0-9a-f-]{36}, position 10/,
  )
  await look(
    changed(10, whole[11]!.replace('"position":11', '"position":10')),
    'another entry in its place',
    'export-signature',
    /ligne \d+/,
  )
  await look(whole.toSpliced(10, 1), 'a line removed', 'export-line', /positions 10 à 10 manquantes/)
  await look(whole.toSpliced(10, 0, whole[10]!), 'a line doubled', 'export-line', /position 10 à la place de 11/)
  await look(changed(10, 'rubbish'), 'rubbish', 'export-line', /ligne 11$/)
  await look(
    changed(10, whole[10]!.slice(0, 40)),
    'half a line that is not followed by the whole',
    'export-line',
    /ligne 11$/,
  )
  await look([...whole, 'rubbish'], 'rubbish at its end', 'export-line', /ligne \d+$/)
  await look(
    changed(
      closing,
      JSON.stringify({
        checkpoint: signCheckpoint({ origin: signer.verifier.name, size: 40, root: Buffer.alloc(32, 1) }, thief),
      }),
    ),
    'a checkpoint of a thief',
    'export-signature',
    /ligne/,
  )
  await look(null, 'a file removed', 'export-line', /positions 0 à \d+ manquantes/)
  assert.deepEqual(await faults(), [], 'the copy itself is sound')
})

test('SEC-1: killed amid the copy (SIGKILL), what is there is read, and the same command goes on; half a line stays and is no fault', async () => {
  await more(400)
  const target = `${folder}-killed`
  const script = `import pg from 'pg'; import { exportTrail } from '${new URL('./export-trail.ts', import.meta.url).href}'
    const client = new pg.Client(process.argv[1]); await client.connect(); process.stdout.write('.'); await exportTrail(client, process.argv[2], { perFile: 100, batch: 5 })`
  for (const wait of [5, 40, 90]) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, trail.house.urls.ownerUrl, target], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await new Promise(resolve => setTimeout(resolve, wait))
    child.kill('SIGKILL')
    await once(child, 'exit')
    if (existsSync(target) && readdirSync(target).length > 0)
      assert.deepEqual(await faults(target), [], `killed after ${wait} ms`)
  }
  // The lock of the one that died goes with its connection.
  const all = async () => {
    for (let tries = 0; ; tries++) {
      try {
        return await exportTrail(trail.owner, target, { perFile: 100, batch: 5 })
      } catch (error) {
        if (tries > 200 || !/en cours/.test(String(error))) throw error
      }
      await new Promise(resolve => setTimeout(resolve, 25))
    }
  }
  await all()
  for (const cut of [1, 30, 120]) {
    const last = join(target, readdirSync(target).sort().at(-1)!)
    const text = readFileSync(last, 'utf8')
    writeFileSync(last, text.slice(0, -cut)) // as a crash leaves it, before the machine wrote the rest
    assert.deepEqual(await faults(target), [], `cut by ${cut}`)
    await more(3)
    await all()
    assert.deepEqual(await faults(target), [], `cut by ${cut}, taken up again`)
  }
  const found = await trail.verify(target)
  assert.equal(found.exported!.entries, found.sealed)
})

test('SEC-1: npm run audit -- export and verify --against, from the command line', async () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; out: string }>(done => {
      const env = {
        ...process.env,
        DATABASE_OWNER_URL: trail.house.urls.ownerUrl,
        DATABASE_URL: trail.house.urls.webUrl,
        AUDIT_PUBLIC_KEYS: signer.verifier.text,
        AUDIT_WITNESS_FILE: trail.witnessFile,
      }
      execFile(
        process.execPath,
        [fileURLToPath(new URL('../../audit.ts', import.meta.url)), ...args],
        { env },
        (error, stdout, stderr) => done({ code: (error?.code as unknown as number) ?? 0, out: stdout + stderr }),
      )
    })
  const target = `${folder}-command`
  assert.match((await run('export', target)).out, /^\d+ entrée\(s\) copiée\(s\)/)
  const good = await run('verify', '--against', target)
  assert.deepEqual(
    [good.code, /Copie externe : \d+ entrées comparées[\s\S]*Aucune altération trouvée/.test(good.out)],
    [0, true],
    good.out,
  )
  appendFileSync(join(target, 'journal-000000000000.jsonl'), 'rubbish\n')
  const bad = await run('verify', '--against', target)
  assert.deepEqual([bad.code, /COPIE EXTERNE : une ligne est altérée/.test(bad.out)], [1, true], bad.out)
  mkdirSync(`${target}-empty`)
  assert.equal((await run('verify', '--against', `${target}-empty`)).code, 1)
  for (const args of [['export'], ['export', target, 'x'], ['verify', '--against'], ['verify', '--contre', target]])
    assert.equal((await run(...args)).code, 2, args.join(' '))
})

test('SEC-1: verified while the trail grows, is sealed, handed to the witness and copied: nothing is accused', async () => {
  const said: string[] = []
  const sequencer = startSequencer(trail.house.urls.workerUrl, {
    signer,
    witness: trail.witness,
    everyMs: 2,
    witnessEveryMs: 0,
    say: (_level, message) => said.push(message),
  })
  const copying = await trail.connect(trail.house.urls.ownerUrl)
  const target = `${folder}-living`
  let going = true
  const writing = (async () => {
    while (going) await trail.append()
  })()
  const copied = (async () => {
    while (going) await exportTrail(copying, target, { batch: 7 })
  })()
  try {
    while (!existsSync(target) || readdirSync(target).length === 0)
      await new Promise(resolve => setTimeout(resolve, 20))
    for (let times = 0; times < 12; times++) assert.deepEqual(await faults(target), [])
  } finally {
    going = false
    await Promise.all([writing, copied])
    await sequencer.stop()
    await copying.end()
  }
  assert.deepEqual(said.filter(butLateness), [])
})
