/**
 * `node bin/run.mjs bench/rights.ts`: what it costs that a right rests on more than its grant (decision 0007), on the
 * main reads and writes: the same load against the product as it is with every text published and accepted, with no
 * text published, and with rights that rest on the grant alone, in turns. Prints a table in Markdown; the figures to
 * compare are the ratios of processor time.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { uuidv7 } from '../server/platform/ids.ts'
import { campaignScenarios } from './campaign-scenarios.ts'
import { cpuOf, cpuOfServer, load } from './load.ts'
import { searchScenarios } from './search-scenarios.ts'
import { openSetting } from './setting.ts'

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    clients: { type: 'string', default: '8' },
  },
})
const folder = options.folder ?? fileURLToPath(new URL('../data/bench/small', import.meta.url))
const say = (line: string) => console.log(line)
const { database, owner, postmaster } = await openSetting(folder, 'small', say)
const scenarios = [...(await searchScenarios(owner)), ...(await campaignScenarios(owner))].filter(({ name }) =>
  ['a card', 'list of targets', 'recording an exchange'].includes(name),
)

const { definition } = (
  await owner.query<{ definition: string }>(
    `select pg_get_functiondef('ctx.held_grants(uuid, timestamptz)'::regprocedure) as definition`,
  )
).rows[0]!
const grantAlone = `${definition.slice(0, definition.indexOf('AS $function$'))}AS $function$
declare today date := ctx.paris_day(at);
begin
  return query select g.id, g.tool, g.profile, g.territory_id, g.agency_id, g.reason, g.starts_on, g.ends_on, '{}'::text[]
      from public.grants g
    where g.account_id = of_account and g.granted_at <= at and (g.revoked_at is null or g.revoked_at > at) and g.starts_on <= today and (g.ends_on is null or g.ends_on >= today);
end $function$`
const texts = [
  ['cgu', null],
  ['confidentialite', null],
  ['securite', null],
  ['cpu', 'campagnes'],
  ['cpu', 'fiche-etablissement'],
  ['cpu', 'fiche-recrutement'],
] as const
const modes = {
  grant: { name: 'on its grant alone', set: () => owner.query(grantAlone) },
  rests: {
    name: 'on all it rests on, no text published',
    set: async () => {
      await owner.query(definition)
      await owner.query(`delete from acceptances where document_id in (select id from documents where title = 'Banc')`)
      await owner.query(`delete from documents where title = 'Banc'`)
    },
  },
  texts: {
    name: 'the same, six texts published and accepted',
    set: async () => {
      await modes.rests.set()
      for (const [kind, tool] of texts)
        await owner.query(
          `insert into documents (id, kind, tool, version, title, body, body_hash, in_force_from, published_at)
            values ($1, $2, $3, 900, 'Banc', 'Texte', sha256('Texte'), now() - interval '1 day', now())`,
          [uuidv7(), kind, tool],
        )
      for (const { who } of scenarios)
        await owner.query(
          `insert into acceptances select $1, d.id, $2, d.body_hash, now() from documents d where d.title = 'Banc'
            on conflict do nothing`,
          [who.accountId, who.organisationId],
        )
    },
  },
}
type Mode = keyof typeof modes
const order = Object.keys(modes) as Mode[]

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const f = (n: number) => n.toFixed(n >= 10 ? 1 : 2)
try {
  say(
    `\n| ${options.clients} clients | a right rests | /s | p50 ms | p95 ms | CPU ms (node + pg) | ratio |\n| --- | --- | --- | --- | --- | --- | --- |`,
  )
  for (const { name, who, calls } of scenarios) {
    const child = fork(fileURLToPath(new URL('product.ts', import.meta.url)), {
      env: {
        ...process.env,
        BENCH: JSON.stringify({ databaseUrl: database.webUrl, connections: 10, cookie: who.cookie }),
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    })
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    const play = async (seconds: number) => {
      const [node, postgres] = [cpuOf(child.pid!), cpuOfServer(postmaster)]
      const result = await load(port, calls, {
        clients: Number(options.clients),
        seconds,
        headers: { cookie: who.cookie },
      })
      if (result.failures) throw new Error(`${name}: ${result.failures} failures`)
      return {
        ...result,
        node: (cpuOf(child.pid!) - node) / result.requests,
        postgres: (cpuOfServer(postmaster) - postgres) / result.requests,
      }
    }
    const measured: Record<Mode, Awaited<ReturnType<typeof play>>[]> = { grant: [], rests: [], texts: [] }
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const mode of round % 2 ? order : order.toReversed()) {
        await modes[mode].set()
        await play(0.5)
        measured[mode].push(await play(Number(options.seconds)))
      }
    }
    const of = (mode: Mode, pick: (m: (typeof measured)[Mode][number]) => number) => median(measured[mode].map(pick))
    const total = (mode: Mode) => of(mode, m => m.node + m.postgres)
    for (const mode of order)
      say(
        `| ${name} | ${modes[mode].name} | ${f(of(mode, m => m.perSecond))} | ${f(of(mode, m => m.p50))} | ${f(of(mode, m => m.p95))} | ${f(of(mode, m => m.node))} + ${f(of(mode, m => m.postgres))} | ${f(total(mode) / total('grant'))} |`,
      )
    child.disconnect()
    await once(child, 'exit')
  }
} finally {
  await modes.rests.set()
}
await owner.end()
await database.stop()
process.exit(0)
