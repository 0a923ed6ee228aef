/**
 * `node bin/run.mjs bench/trail.ts`: what the trail costs on recording an exchange: the same load against the product
 * with the sequencer at work, without it, and without the indexes that sealing and searching ask for, in turns. Prints
 * a table in Markdown; the figures to compare are the ratios of processor time.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { signerKey } from '../server/oversight/audit/checkpoint-note.ts'
import { fileWitness } from '../server/oversight/audit/file-witness.ts'
import { startSequencer } from '../server/oversight/audit/sequencer.ts'
import { verifyTrail } from '../server/oversight/audit/verify-trail.ts'
import { campaignScenarios } from './campaign-scenarios.ts'
import { cpuOf, cpuOfServer, load } from './load.ts'
import { openSetting } from './setting.ts'

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    clients: { type: 'string', default: '8' },
  },
})
const folder = options.folder ?? fileURLToPath(new URL('../data/bench/small', import.meta.url))
const say = (line: string) => console.log(line)
const { database, owner, postmaster } = await openSetting(folder, 'small', say)
const { who, calls } = (await campaignScenarios(owner)).find(s => s.name === 'recording an exchange')!
const child = fork(fileURLToPath(new URL('product.ts', import.meta.url)), {
  env: { ...process.env, BENCH: JSON.stringify({ databaseUrl: database.webUrl, connections: 10, cookie: who.cookie }) },
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  serialization: 'advanced',
})
const [{ port }] = (await once(child, 'message')) as [{ port: number }]

const indexes = (
  await owner.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where tablename = 'audit_entries'
      and indexname in ('audit_entries_settled', 'audit_entries_actor', 'audit_entries_organisation',
      'audit_entries_at', 'audit_entries_action')`,
  )
).rows
const signer = signerKey('banc.example/journal', Buffer.alloc(32, 7))
const witnessFile = join(folder, 'witness')
const run = async (mode: Mode) => {
  if (mode === 'bare') for (const { name } of indexes) await owner.query(`drop index ${name}`)
  const sequencer =
    mode === 'sealed'
      ? startSequencer(database.workerUrl, {
          signer,
          witness: fileWitness(witnessFile),
          say: (_level, message) => say(`  ${message}`),
        })
      : undefined
  const [node, postgres, ours] = [cpuOf(child.pid!), cpuOfServer(postmaster), cpuOf(process.pid)]
  const result = await load(port, calls, {
    clients: Number(options.clients),
    seconds: Number(options.seconds),
    headers: { cookie: who.cookie },
  })
  const cpu = {
    node: (cpuOf(child.pid!) - node) / result.requests,
    postgres: (cpuOfServer(postmaster) - postgres) / result.requests,
    ours: (cpuOf(process.pid) - ours) / result.requests,
  }
  await sequencer?.stop()
  if (mode === 'bare') for (const { definition } of indexes) await owner.query(definition)
  return { ...result, ...cpu }
}
const modes = ['bare', 'unsealed', 'sealed'] as const
type Mode = (typeof modes)[number]
const names: Record<Mode, string> = {
  bare: 'entries and leaves alone',
  unsealed: 'with the indexes of sealing and searching',
  sealed: 'and the sequencer at work',
}

await load(port, calls, { clients: 4, seconds: 2, headers: { cookie: who.cookie } })
const measured: Record<Mode, Awaited<ReturnType<typeof run>>[]> = { bare: [], unsealed: [], sealed: [] }
for (let round = 0; round < Number(options.rounds); round++) {
  for (const mode of round % 2 ? modes : modes.toReversed()) {
    measured[mode].push(await run(mode))
    // What the others left is sealed before the next, so that each seals its own.
    await startSequencer(database.workerUrl, { signer, witness: fileWitness(witnessFile), say: () => {} }).stop()
  }
}
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const f = (n: number) => n.toFixed(n >= 10 ? 0 : 2)
const base = median(measured.bare.map(m => m.node + m.postgres))
say(
  `\n| recording an exchange, ${options.clients} clients | /s | p50 ms | p95 ms | CPU ms (node + pg) | ratio |\n| --- | --- | --- | --- | --- | --- |`,
)
for (const mode of modes) {
  const of = (pick: (m: (typeof measured)[Mode][number]) => number) => median(measured[mode].map(pick))
  say(
    `| ${names[mode]} | ${f(of(m => m.perSecond))} | ${f(of(m => m.p50))} | ${f(of(m => m.p95))} | ${f(of(m => m.node))} + ${f(of(m => m.postgres))} | ${f(of(m => m.node + m.postgres) / base)} |`,
  )
}
const began = performance.now()
const { entries, checkpoints, faults } = await verifyTrail(owner, { keys: [signer.verifier], witnessFile })
say(
  `\nverification: ${entries.toLocaleString('en')} entries, ${checkpoints.toLocaleString('en')} checkpoints, ${faults.length} faults, ${((performance.now() - began) / 1000).toFixed(1)} s`,
)
child.disconnect()
await once(child, 'exit')
await owner.end()
await database.stop()
process.exit(0)
