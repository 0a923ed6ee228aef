/**
 * node bin/run.mjs bench/employer-files.ts [--contacts 100000] [--folder data/bench/small]
 *
 * Contacts brought by files of employers of 20,000 rows each, through the API and one after the other: sent, tried,
 * confirmed. Each row is a person with a phone and a past contact. Over the register of `bench.ts --scale small`.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { mostFileRows, mostSentAtOnce } from '../contract/work-with-employers/employer-files/employer-files.ts'
import { actions } from '../server/actions.ts'
import { openDatabase } from '../server/platform/database.ts'
import { keyRing } from '../server/platform/key-ring.ts'
import { buildServer } from '../server/platform/server.ts'
import { objectionDigests } from '../server/work-with-employers/correspondents/objection-digests.ts'
import { cpuOf, cpuOfServer } from './load.ts'
import { anAdvisor, openSetting } from './setting.ts'

const { values: options } = parseArgs({
  options: { contacts: { type: 'string', default: '100000' }, folder: { type: 'string' } },
})
const contacts = Number(options.contacts)
const folder = options.folder ?? fileURLToPath(new URL('../data/bench/small', import.meta.url))
const say = (line: string) => console.log(line)
const { database, owner, postmaster } = await openSetting(folder, 'small', say)
const who = await anAdvisor(owner, 2033)
const { rows: employers } = await owner.query<{ siret: string }>(
  `select lpad(siret::text, 14, '0') as siret from establishments where departement_id = 2033 and active order by siret`,
)
const web = openDatabase(database.webUrl, { connections: 4 })
const server = await buildServer({
  database: web,
  actions,
  publicUrl: 'http://localhost',
  originKey: Buffer.alloc(32),
  settings: { objections: objectionDigests(keyRing(new Map([[1, Buffer.alloc(32, 1)]]))) },
  requestsPerMinute: 1e9,
  shedLoad: false,
})
interface File {
  readonly id: string
  readonly state: string
  readonly people: { readonly added: number }
  readonly contacts: { readonly added: number }
}
const post = async (path: string, body?: object): Promise<File> => {
  const answer = await server.inject({
    method: 'POST',
    url: `/api/employer-files${path}`,
    headers: { cookie: who.cookie },
    ...(body ? { payload: body } : {}),
  })
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
  return answer.json() as File
}
/** Of each step: its seconds, and the processor of Node and of PostgreSQL. */
const took = new Map<string, { seconds: number; node: number; postgres: number }>()
const timed = async <T>(step: string, run: () => Promise<T>): Promise<T> => {
  const [began, node, postgres] = [performance.now(), cpuOf(process.pid), cpuOfServer(postmaster)]
  const done = await run()
  const sum = took.get(step) ?? { seconds: 0, node: 0, postgres: 0 }
  sum.seconds += (performance.now() - began) / 1000
  sum.node += (cpuOf(process.pid) - node) / 1000
  sum.postgres += (cpuOfServer(postmaster) - postgres) / 1000
  took.set(step, sum)
  return done
}
const advanced = async (id: string): Promise<File> => {
  for (;;) {
    const file = await post(`/${id}/advance`)
    if (!['trying', 'doing'].includes(file.state)) return file
  }
}
// Of this run alone: the same contacts a second time are there already.
const run = Date.now().toString(36)
const letters = (n: number) => [...n.toString(26)].map(d => String.fromCharCode(97 + parseInt(d, 26))).join('')
const rowOf = (n: number) => ({
  line: (n % mostFileRows) + 2,
  siret: employers[n % employers.length]!.siret,
  familyName: `${letters(n * 7919 + 1_000_003)}${run}`,
  givenName: letters(n * 104_729 + 5_000_011),
  phone: `05 ${String(30_000_000 + ((n * 7 + Date.now()) % 69_000_000)).replace(/(\d\d)(?=\d)/g, '$1 ')}`,
  day: `2026-${String(1 + (n % 10)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
  channel: 'telephone',
  result: 'pas-de-besoin',
  notes: 'Rappeler au printemps.',
})
const made = { people: 0, contacts: 0 }
for (let from = 0; from < contacts; from += mostFileRows) {
  const rows = Array.from({ length: Math.min(mostFileRows, contacts - from) }, (_, n) => rowOf(from + n))
  const file = { fileName: 'contacts.csv', sha256: 'ab'.repeat(32), rows: rows.length, visibility: 'reseau' }
  const { id } = await post('', file)
  await timed('sent', async () => {
    for (let at = 0; at < rows.length; at += mostSentAtOnce)
      await post(`/${id}/rows`, { rows: rows.slice(at, at + mostSentAtOnce) })
  })
  for (const [step, path] of [
    ['tried', 'trial'],
    ['made', 'confirm'],
  ] as const) {
    const { people, contacts } = await timed(step, async () => {
      await post(`/${id}/${path}`)
      return advanced(id)
    })
    if (step === 'made')
      Object.assign(made, { people: made.people + people.added, contacts: made.contacts + contacts.added })
  }
}
say(`${contacts.toLocaleString('en')} rows: ${made.people} people and ${made.contacts} past contacts made`)
say('\n| step | s | rows/s | CPU s (node + pg) |\n| --- | --- | --- | --- |')
for (const [step, { seconds, node, postgres }] of took)
  say(
    `| ${step} | ${seconds.toFixed(1)} | ${Math.round(contacts / seconds)} | ${node.toFixed(1)} + ${postgres.toFixed(1)} |`,
  )
await server.close()
await web.close()
await owner.end()
await database.stop()
