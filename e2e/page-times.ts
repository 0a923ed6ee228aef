/**
 * `node bin/run.mjs e2e/page-times.ts [index] [rounds]`: how soon each main page is usable on an ordinary laptop (UX-2
 * wants a second), beside a floor. `npm run build` first.
 *
 * Usable: its title and its main data are drawn, and no skeleton is left, from then on.
 * Ordinary laptop: a processor of this index (1,000 by default, where Lighthouse begins its low-end desktops). The index
 * of this one is worked out before each visit by the processor's clock, so that other work on the machine changes
 * little: what the page takes of its main thread, until a second after it is usable, is told as the laptop would take.
 * On the wall: as it was here, slowed by what this machine has more than the laptop; other work counts in it.
 * Floor: an empty page, slowed alike, that asks the service the same answers at once and prints them as text.
 *
 * Over the demonstration of `npm start`, with a campaign of 20,000 targets more, 300 of them the advisor's.
 */

import { availableParallelism, loadavg } from 'node:os'
import type { CDPSession, Page } from 'playwright-core'
import { people, type StandInPerson } from '../server/demonstration/stand-in/people.ts'
import { closeBrowser, openPage, widths } from './browser.ts'
import { signIn, title } from './journey.ts'
import { benchmarkRounds, floorPage, watchUsable } from './page-times-in-page.ts'
import { type RunningService, start } from './service.ts'

const ordinary = Number(process.argv[2] ?? 1000)
const rounds = Number(process.argv[3] ?? 5)
const median = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

interface Main {
  readonly name: string
  readonly path: string
  /** Its main data, as CSS. */
  readonly content: string
}
/** Milliseconds: `own` of the main thread at the laptop's speed, the others on the wall. */
interface Times {
  readonly ownFirst: number[]
  readonly own: number[]
  readonly first: number[]
  readonly later: number[]
  readonly floor: number[]
  script: number
}

/** The register of the demonstration is small: as many more workshops, and a campaign on them all. */
const layLarge = async ({ sql }: RunningService): Promise<string> => {
  await sql(`insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, headcount_band,
    employer, active, head_office, diffusion, legal_unit_diffusion, natural_person, commune_code, commune_name,
    region_id, departement_id, epci_id, clpe_id, row_hash)
    select 91000000000000 + i * 100000 + 10, 910000000 + i, 10, 'MENUISERIE INVENTÉE ' || i, '43.32A', 'NAFRev2', '03',
      true, true, true, 'O', 'O', false, e.commune_code, e.commune_name, e.region_id, e.departement_id, e.epci_id,
      e.clpe_id, 0
    from generate_series(1, 20000) i cross join (select * from establishments where commune_code = '33122' limit 1) e`)
  const [campaign] = await sql<{ id: string }>(
    `select id from campaigns where status = 'open' and name = 'Apprentissage dans le bâtiment'`,
  )
  await sql(
    `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
      select $1, siret, region_id, departement_id, epci_id, clpe_id from establishments
        where siret between 91000000100010 and 91002000000010
      on conflict do nothing`,
    [campaign!.id],
  )
  await sql(
    `update campaign_targets t set taken_by = a.id, taken_by_organisation = a.organisation_id, taken_at = now(),
        status = 'prise-en-charge'
      from accounts a where a.id = $2 and t.campaign_id = $1 and t.siret between 91000000100010 and 91000030000010`,
    [campaign!.id, people.claire.accountId],
  )
  await sql('analyze establishments')
  await sql('analyze campaign_targets')
  return campaign!.id
}

const pagesOf = (campaignId: string): readonly (readonly [StandInPerson, readonly Main[]])[] => {
  const campaign = `/campagnes/${campaignId}`
  return [
    [
      people.claire,
      [
        { name: 'home of an advisor', path: '/', content: 'main section, main .cc-card' },
        {
          name: 'search with results',
          path: '/etablissements?q=menuiserie',
          content: 'main a[href^="/etablissements/"]',
        },
        { name: 'card', path: '/etablissements/91000000100010', content: 'main section' },
        { name: 'campaign, 20,000 targets', path: campaign, content: 'main tbody tr' },
        { name: 'portfolio, 300 targets', path: '/portefeuille', content: 'main tbody tr' },
        { name: 'directory', path: '/annuaire', content: 'main li, main tbody tr' },
      ],
    ],
    [
      people.ines,
      [
        { name: 'home of a pilot', path: '/', content: 'main section, main .cc-card' },
        { name: 'campaigns', path: '/campagnes', content: 'main a[href^="/campagnes/0"]' },
        { name: 'progress, 20,000 targets', path: `${campaign}?onglet=avancement`, content: 'main section' },
        { name: 'indicators', path: '/indicateurs', content: 'main section, main .cc-card' },
        { name: 'work to take over', path: '/travail-a-reprendre', content: 'main h1' },
      ],
    ],
  ]
}

/** Seconds of processor that the main thread took since its process began. */
const threadTime = async (devtools: CDPSession): Promise<number> =>
  (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ThreadTime')!.value

const visit = async (page: Page, devtools: CDPSession, { path, content }: Main, cached: boolean) => {
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: !cached })
  await page.goto('/favicon.svg')
  const perSecond: number[] = []
  for (const work of ['strings', 'arrays'] as const) {
    const before = await threadTime(devtools)
    const done = await page.evaluate(benchmarkRounds, work)
    perSecond.push(done / ((await threadTime(devtools)) - before))
  }
  const index = (perSecond[0]! + perSecond[1]!) / 2 / 10
  const begun = await threadTime(devtools)
  const rate = Math.max(1, index / ordinary)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate })
  await page.goto(`${path}#${encodeURIComponent(content)}`, { waitUntil: 'commit' })
  try {
    await page.waitForFunction(() => 'usableAt' in window, undefined, { timeout: 60_000 })
  } catch {
    throw new Error(`${path} never showed ${content}:\n${await page.locator('body').innerText()}`)
  }
  const ended = await threadTime(devtools)
  // A process of its own began at nothing.
  const taken = ended < begun ? ended : ended - begun
  const told = await page.evaluate(() => ({
    usable: (window as unknown as { usableAt: number }).usableAt,
    script: performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\.js(\?|$)/.test(name))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    // What the page asked of the service until then: the floor asks the same.
    asked: performance
      .getEntriesByType('resource')
      .filter(
        ({ name, startTime }) =>
          /\/api\//.test(name) && startTime < (window as unknown as { usableAt: number }).usableAt,
      )
      .map(({ name }) => name),
  }))
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  // Slowed, the main thread spins: its time is the laptop's already.
  return { ...told, index, rate, own: taken * 1000 * Math.min(1, index / ordinary) }
}

const measure = async (service: RunningService, person: StandInPerson, mains: readonly Main[], seen: number[]) => {
  const { page, context } = await openPage(service.url, widths.desktop, [service.standIn])
  await signIn(page, person)
  await title(page, /^Bonjour/)
  await page.addInitScript(watchUsable)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  // Apart: a page whose answers are given by the test keeps no cache.
  const bare = await context.newPage()
  const bareTools = await context.newCDPSession(bare)
  const times = new Map<string, Times>(
    mains.map(({ name }) => [name, { ownFirst: [], own: [], first: [], later: [], floor: [], script: 0 }]),
  )
  let asked: string[] = []
  await bare.route('**/floor', route => route.fulfill({ contentType: 'text/html', body: floorPage(asked) }))
  for (let round = 0; round < rounds; round++)
    for (const main of mains) {
      const of = times.get(main.name)!
      const first = await visit(page, devtools, main, false)
      const later = await visit(page, devtools, main, true)
      of.ownFirst.push(first.own)
      of.own.push(later.own)
      of.first.push(first.usable)
      of.later.push(later.usable)
      of.script = first.script
      seen.push(first.index, later.index)
      asked = later.asked
      await bareTools.send('Emulation.setCPUThrottlingRate', { rate: later.rate })
      await bare.goto('/floor')
      await bare.waitForFunction(() => 'usableAt' in window)
      of.floor.push(await bare.evaluate(() => (window as unknown as { usableAt: number }).usableAt))
    }
  await context.close()
  return times
}

const service = await start()
try {
  const campaignId = await layLarge(service)
  const seen: number[] = []
  console.log(
    '| page | main thread, first visit, ms | later, ms | on the wall, first visit, ms | later, ms | floor, ms | later, times the floor | script, kB |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
  )
  for (const [person, mains] of pagesOf(campaignId))
    for (const [name, { ownFirst, own, first, later, floor, script }] of await measure(service, person, mains, seen)) {
      const figures = [ownFirst, own, first, later, floor].map(times => Math.round(median(times)))
      console.log(
        `| ${name} | ${figures.join(' | ')} | ${(median(later) / median(floor)).toFixed(1)} | ${Math.round(script / 1000)} |`,
      )
    }
  const [least, middle, most] = [Math.min(...seen), median(seen), Math.max(...seen)].map(Math.round)
  const load = Math.round(loadavg()[1]!)
  console.log(
    `\nMedians of ${rounds}. Index of this processor ${middle} (${least} to ${most}), brought to ${ordinary}.`,
  )
  if (load > availableParallelism())
    console.log(`Load ${load}: other work held the processor. Only what stands beside the floor says something.`)
} finally {
  await closeBrowser()
  await service.stop()
}
