/**
 * `node bin/run.mjs e2e/recording-times.ts [milliseconds a key]`: how long a person takes to record an exchange by the
 * keyboard on the service of `npm start`, at a person's pace (120 ms a key by default): from the key that opens the
 * panel to the panel closed.
 */
import { people } from '../server/demonstration/stand-in/people.ts'
import { closeBrowser, openPage, widths } from './browser.ts'
import { keysOf, send, tell, walkTo } from './by-keys.ts'
import { signIn, title } from './journey.ts'
import { start } from './service.ts'

const every = Number(process.argv[2] ?? 120)
const exchanges = [
  ['absent, two words', { channel: '1', result: '5', notes: 'Répondeur.' }],
  [
    'to call back, a sentence',
    { channel: '1', result: '3', notes: 'Rappeler Mme Pons jeudi matin, avant dix heures.' },
  ],
  [
    'a need, all the fields',
    {
      channel: '1',
      result: '1',
      met: 'La gérante',
      notes: 'Deux départs à remplacer avant l’été.',
      need: 'Deux soudeurs en CDI',
    },
  ],
] as const
const rounds = 3
const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
const service = await start()
try {
  const { page } = await openPage(service.url, widths.desktop, [service.standIn])
  await signIn(page, people.claire)
  await title(page, /^Bonjour/)
  await page.goto('/portefeuille')
  const links = page.locator('.cc-table a[data-row-stop]')
  await links.first().waitFor()
  const employers = [...new Set(await links.evaluateAll(all => all.map(link => link.getAttribute('href')!)))]
  console.log(
    `A key every ${every} ms.\n\n| exchange | keys | seconds, median of ${rounds} | slowest |\n| --- | --- | --- | --- |`,
  )
  for (const [name, told] of exchanges) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      await page.locator('h1').focus()
      await walkTo(page, employers.shift()!)
      const began = performance.now()
      const keys = keysOf(page, every)
      await send(await tell(page, told, keys), keys)
      times.push((performance.now() - began) / 1000)
    }
    const words = Object.entries(told).filter(([field]) => field !== 'channel' && field !== 'result')
    const keys = 7 + words.reduce((n, [, text]) => n + text.length, 0)
    console.log(`| ${name} | ${keys} | ${median(times).toFixed(1)} | ${Math.max(...times).toFixed(1)} |`)
  }
} finally {
  await closeBrowser()
  await service.stop()
}
