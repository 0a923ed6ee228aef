/**
 * node bin/run.mjs bench/bulk.ts [--targets 50000] [--only <parts of names, with commas>] [--rounds 1] [--seconds 4]
 * [--folder DIR]
 *
 * What is done in number on a campaign of that many targets: each bulk act counted, done and undone; its list as a
 * file; its saved views. Each beside the floor in the same run. Of an act: the same rows changed by bare statements,
 * 500 a transaction, without rights, report, undo or trail. Of a file: COPY of the same columns, joined once. Of a
 * view: the floor of `bench.ts`. Prints tables in Markdown; the figures to compare are the ratios.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { startEmbedded } from '../server/demonstration/embedded-postgres.ts'
import { openExports } from '../server/testing/exports.ts'
import { acceptTexts } from '../server/testing/texts.ts'
import { openBulkHouse, openCampaign, read } from '../server/work-with-employers/bulk-works/testing.ts'
import { places } from '../server/work-with-employers/campaigns/testing-world.ts'
import { nextActionsExport } from '../server/work-with-employers/portfolio/export-next-actions.ts'
import { aView, insertView } from '../server/work-with-employers/saved-views/testing.ts'
import { sharing } from '../server/work-with-employers/sharing/index.ts'
import { targetsExport } from '../server/work-with-employers/targets/export-targets.ts'
import { besideFloor, f, heading } from './beside-floor.ts'
import { bulkActs, layTargets, playBare } from './bulk-acts.ts'
import { type Call, cpuOf, cpuOfServer } from './load.ts'
import { anAdvisor, serverSettings } from './setting.ts'

const { values: options } = parseArgs({
  options: {
    targets: { type: 'string', default: '50000' },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '4' },
    folder: { type: 'string', default: tmpdir() },
  },
})
const [many, rounds, seconds] = [Number(options.targets), Number(options.rounds), Number(options.seconds)]
if (![many, rounds, seconds].every(n => n > 0)) {
  console.error('--targets, --rounds and --seconds are numbers above 0')
  process.exit(1)
}
const isAsked = (name: string) => options.only.split(',').some(part => name.includes(part))
const say = (line: string) => console.log(line)

const folder = mkdtempSync(join(options.folder, 'bench-bulk-'))
chmodSync(folder, 0o755)
const embedded = await startEmbedded({ dataDir: join(folder, 'database'), settings: serverSettings })
process.env.TEST_POSTGRES = JSON.stringify(embedded)
const postmaster = Number(readFileSync(join(folder, 'database/postgres/postmaster.pid'), 'utf8').split('\n')[0])
const bulk = await openBulkHouse(1, sharing)
const { house, ines } = bulk
const bare = new pg.Client(house.urls.ownerUrl)
await bare.connect()

interface Took {
  readonly seconds: number
  /** Of the processor, this process and PostgreSQL together. */
  readonly cpu: number
}
const timed = async (work: () => Promise<unknown>): Promise<Took> => {
  const cpu = () => (cpuOf(process.pid) + cpuOfServer(postmaster)) / 1000
  const [before, start] = [cpu(), performance.now()]
  await work()
  return { seconds: (performance.now() - start) / 1000, cpu: cpu() - before }
}
const cleaned = () => bare.query('vacuum analyze')
const middle = (took: readonly Took[]): Took => took.toSorted((a, b) => a.cpu - b.cpu)[Math.floor(took.length / 2)]!

const campaignId = await openCampaign(bulk, [])
await layTargets(bulk, campaignId, many)
const idsOf = {
  targets: (
    await bare.query({
      text: 'select siret from campaign_targets where campaign_id = $1 order by 1',
      values: [campaignId],
    })
  ).rows.map(({ siret }) => siret),
  actions: (await bare.query('select id from next_actions order by 1')).rows.map(({ id }) => id),
}
await cleaned()
say(
  `${many.toLocaleString('en')} targets, a load of ${loadavg()[0]!.toFixed(1)}, Node ${process.version}, PostgreSQL ${(await bare.query('show server_version')).rows[0].server_version}`,
)

const acts = bulkActs(bulk, campaignId).filter(({ name }) => isAsked(name))
if (acts.length)
  say(
    '\n| act | counted s | done s | CPU s | floor s | CPU | CPU ratio | undone s | CPU s | floor s | CPU | CPU ratio |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  )
for (const act of acts) {
  const all = async (text: string | undefined) => {
    for (const part of text?.split(';') ?? []) await bare.query({ text: part, values: [campaignId] })
    await cleaned()
  }
  const took: Record<'counted' | 'done' | 'undone' | 'floor' | 'floorUndone', Took[]> = {
    counted: [],
    done: [],
    undone: [],
    floor: [],
    floorUndone: [],
  }
  const isWhole = async (id: string, state: 'done' | 'undone') => {
    const { counts } = await read(house, ines, id)
    if (counts[state] !== many) throw new Error(`${act.name}: ${JSON.stringify(counts)}`)
  }
  const isAccepted = ({ status, body }: { status: number; body: unknown }) => {
    if (status !== 200) throw new Error(`${act.name}: ${status} ${JSON.stringify(body)}`)
  }
  for (let round = 0; round < rounds; round++) {
    await all(act.before)
    took.floor.push(await timed(() => playBare(bare, campaignId, idsOf[act.rows], act.floor)))
    await cleaned()
    took.floorUndone.push(await timed(() => playBare(bare, campaignId, idsOf[act.rows], act.floorUndo)))
    await cleaned()
    let id = ''
    took.counted.push(
      await timed(async () => {
        id = await act.count()
      }),
    )
    await cleaned()
    took.done.push(
      await timed(async () => {
        isAccepted(await act.confirm(id))
        await bulk.work(id)
      }),
    )
    await isWhole(id, 'done')
    await cleaned()
    took.undone.push(
      await timed(async () => {
        isAccepted(await act.undo(id))
        await bulk.work(id)
      }),
    )
    await isWhole(id, 'undone')
    await all(act.after)
  }
  const [counted, done, undone, floor, floorUndone] = [
    middle(took.counted),
    middle(took.done),
    middle(took.undone),
    middle(took.floor),
    middle(took.floorUndone),
  ]
  const beside = (product: Took, other: Took) =>
    `${f(product.seconds)} | ${f(product.cpu)} | ${f(other.seconds)} | ${f(other.cpu)} | ${f(product.cpu / other.cpu)}`
  say(`| ${act.name} | ${f(counted.seconds)} | ${beside(done, floor)} | ${beside(undone, floorUndone)} |`)
}

const files = [
  {
    name: 'targets as a file',
    path: `/campaigns/${campaignId}/targets/export`,
    copy: `copy (select t.siret, e.usual_name, e.commune_name, e.naf, e.headcount_band, t.status, t.set_aside_reason,
        o.name, a.family_name, n.kind, n.due_on, k.last_on, k.contacts
      from campaign_targets t join establishments e using (siret)
      left join organisations o on o.id = t.assigned_organisation left join accounts a on a.id = t.taken_by
      left join next_actions n on n.siret = t.siret left join campaign_contacts k on k.siret = t.siret
      order by t.siret) to stdout (format csv)`,
  },
  {
    name: 'next actions as a file',
    path: '/next-actions/export',
    copy: `copy (select e.siret, e.usual_name, e.commune_name, n.kind, n.due_on, a.family_name, c.result
      from next_actions n join establishments e using (siret) join accounts a on a.id = n.owner_id
      join exchange_contents c on c.exchange_id = n.exchange_id order by n.due_on, n.id) to stdout (format csv)`,
  },
].filter(({ name }) => isAsked(name))
if (files.length) {
  const exports = await openExports(house.database, [targetsExport, nextActionsExport])
  await exports.server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = exports.server.server.address() as AddressInfo
  say(
    '\n| file | format | s | first byte s | CPU s | MB | floor s | CPU | CPU ratio |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  )
  for (const { name, path, copy } of files) {
    const floor = await timed(async () => {
      for await (const _part of bare.query(copyTo(copy)));
    })
    for (const format of ['csv', 'xlsx']) {
      let [bytes, first] = [0, 0]
      const file = await timed(async () => {
        const start = performance.now()
        const answer = await fetch(`http://127.0.0.1:${port}/api${path}`, {
          method: 'POST',
          headers: { cookie: ines.cookie, 'content-type': 'application/json', origin: 'http://localhost' },
          body: JSON.stringify({ purpose: 'Mesure', format }),
        })
        if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
        for await (const part of answer.body!) {
          first ||= (performance.now() - start) / 1000
          bytes += part.length
        }
      })
      say(
        `| ${name} | ${format} | ${f(file.seconds)} | ${f(first)} | ${f(file.cpu)} | ${f(bytes / 1e6)} | ${f(floor.seconds)} | ${f(floor.cpu)} | ${f(file.cpu / floor.cpu)} |`,
      )
    }
  }
  await exports.close()
}

const base = `/campaigns/${campaignId}`
const get = (path: string): Call => ({ path: `/api${path}` })
const who = await anAdvisor(bare, places.gironde)
await bare.query('insert into campaign_members values ($1, $2)', [campaignId, who.organisationId])
await bare.query('update campaign_memberships set joined_at = $2 where campaign_id = $1', [campaignId, '2026-01-01'])
for (let n = 0; n < 100; n++)
  await insertView(
    house.owner,
    aView({
      ownerId: who.accountId,
      organisationId: who.organisationId,
      list: 'targets',
      campaignId,
      name: `Vue ${n}`,
    }),
  )
await acceptTexts(bare)
await cleaned()
const views = [
  { name: 'views saved, a hundred', calls: [get('/views'), get(`/views?list=targets&campaign=${campaignId}`)] },
  ...(['name', 'town', 'holder', 'action', '-contact', 'headcount'] as const).map(sort => ({
    name: `view by ${sort}`,
    calls: [
      get(`${base}/targets?limit=25&sort=${sort}`),
      get(`${base}/targets?limit=25&status=a-contacter&sort=${sort}`),
    ],
  })),
  { name: 'view of an activity', calls: [get(`${base}/targets?limit=25&activity=43.32A&total=true`)] },
  { name: 'view of some words', calls: [get(`${base}/targets?limit=25&q=atelier%20c4c&total=true`)] },
  { name: 'view in groups', calls: ['status', 'commune'].map(group => get(`${base}/target-groups?group=${group}`)) },
  { name: 'counts of a view', calls: [get(`${base}/target-counts`)] },
].filter(({ name }) => isAsked(name))
if (views.length) say(heading)
for (const view of views)
  await besideFloor(
    { ...view, who },
    { database: house.urls as never, postmaster, folder, clients: [1, 16], seconds, say },
  )

await bare.end()
await bulk.close()
await embedded.stop()
rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
process.exit(0)
