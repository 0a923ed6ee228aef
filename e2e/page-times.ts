/**
 * `node bin/run.mjs e2e/page-times.ts [slowdown]`: how soon each main page is usable on a slowed processor (four times
 * by default), and what script it brings.
 * Usable: its title and its first real content are drawn. First visit, with an empty cache, then a later one; medians
 * of five. Over the demonstration of `npm start`.
 */

import { people } from '../server/demonstration/stand-in/people.ts'
import { closeBrowser, openPage, widths } from './browser.ts'
import { start } from './service.ts'

const slowdown = Number(process.argv[2] ?? 4)
const rounds = 5
const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
const service = await start()
try {
  const { page, context } = await openPage(service.url, widths.desktop)
  await page.goto('/')
  await page
    .getByRole('link', { name: /ProConnect/ })
    .first()
    .click()
  await page.getByLabel('Personne').selectOption(people.claire.id)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  const campaign = await page.getByRole('link', { name: 'Apprentissage dans le bâtiment' }).first().getAttribute('href')
  await page.goto('/etablissements?q=menuiserie')
  const card = await page
    .getByRole('link', { name: /menuiserie/i })
    .first()
    .getAttribute('href')
  const pages: readonly (readonly [name: string, path: string, content: string])[] = [
    ['home', '/', 'main h1'],
    ['search with results', '/etablissements?q=menuiserie', 'main a[href^="/etablissements/"]'],
    ['card', card!, 'text=Avant de contacter'],
    ['campaign, its targets', campaign!, 'main tbody tr'],
    ['portfolio', '/portefeuille', 'main h1'],
    ['progress', `${campaign}?onglet=avancement`, 'text=Ce qui est bloqué'],
  ]
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const visit = async (path: string, content: string, cached: boolean) => {
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: !cached })
    await page.goto('about:blank')
    await page.goto(path, { waitUntil: 'commit' })
    await page.locator(content).first().waitFor()
    return page.evaluate(() => ({
      usable: performance.now(),
      script: performance
        .getEntriesByType('resource')
        .filter(r => /\.js(\?|$)/.test(r.name))
        .reduce((sum, r) => sum + (r as PerformanceResourceTiming).encodedBodySize, 0),
    }))
  }
  console.log(`| page | first visit, ms | later, ms | script, kB compressed |\n| --- | --- | --- | --- |`)
  for (const [name, path, content] of pages) {
    const times: Record<'first' | 'later', number[]> = { first: [], later: [] }
    let script = 0
    for (let round = 0; round < rounds; round++) {
      const first = await visit(path, content, false)
      times.first.push(first.usable)
      script = first.script
      times.later.push((await visit(path, content, true)).usable)
    }
    console.log(
      `| ${name} | ${Math.round(median(times.first))} | ${Math.round(median(times.later))} | ${Math.round(script / 1000)} |`,
    )
  }
} finally {
  await closeBrowser()
  await service.stop()
}
