/**
 * `node bin/run.mjs e2e/scroll-times.ts [slowdown]`: how long the frames last while one scrolls through 5,000 targets
 * on a slowed processor (four times by default), and how long an act on one of them takes to show.
 * Over answers of 200 targets a page at the HTTP edge; `DIST` names other built pages, to compare.
 */
import { listTargets, takeTarget } from '../contract/work-with-employers/campaigns.ts'
import { listSharings } from '../contract/work-with-employers/sharing.ts'
import { countTargets } from '../contract/work-with-employers/targets.ts'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'

const slowdown = Number(process.argv[2] ?? 4)
const count = 5000
const { service, page, open, stop } = await pagesUnderTest()
const campaign = stub.campaign({ counts: { targets: count, contacted: 42, undecided: 0 } })
const params = { campaignId: campaign.id }
const states = ['a-contacter', 'prise-en-charge', 'en-cours', 'rendez-vous', 'besoin', 'traite'] as const
const karim = {
  id: '0193a000-0000-7000-80a0-000000000002',
  name: 'Karim Belkacem',
  organisationId: stub.organisations.mission.id,
}
const all = Array.from({ length: count }, (_, number) =>
  stub.target(number, {
    status: states[number % 6]!,
    takenBy: number % 6 ? karim : null,
    nextAction: null,
    allowed: number % 6 ? ['record'] : ['take', 'record'],
    establishment: {
      ...stub.line(number),
      siret: String(90000000000010 + number * 100000),
      name: `ÉTABLISSEMENT INVENTÉ ${number}`,
    },
  }),
)
service.on('GET /me', { body: stub.me('conseiller') })
service.on(`GET /campaigns/${campaign.id}`, { body: campaign })
service.reply(listSharings, params, { items: [], next: null, allowed: [] })
service.reply(countTargets, params, { ...stub.targetCounts(), total: count })
service.reply(listTargets, params, ({ search }) => {
  const from = Number(search.get('after') ?? 0)
  const until = from + Number(search.get('limit') ?? 50)
  return { items: all.slice(from, until), next: until < count ? String(until) : null, total: count }
})
service.reply(takeTarget, { ...params, siret: all[0]!.establishment.siret }, () => ({
  ...all[0]!,
  status: 'prise-en-charge' as const,
  allowed: ['release' as const, 'record' as const],
}))

const percentile = (times: readonly number[], part: number) =>
  Math.round([...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))]!)
try {
  console.log(
    `| screen | rows in the page | frame p50, ms | p95 | longest | frames over 50 ms | act shown, ms |\n| --- | --- | --- | --- | --- | --- | --- |`,
  )
  for (const width of [1440, 320] as const) {
    await open(`/campagnes/${campaign.id}`, width)
    await page().locator('.cc-table tbody tr').first().waitFor()
    await page().evaluate(async () => {
      const button = () => [...document.querySelectorAll<HTMLElement>('.cc-table__more button')][0]
      for (let waited = 0; button() && waited < 100_000; waited++) {
        if (button()!.textContent === 'Afficher la suite') button()!.click()
        await new Promise(requestAnimationFrame)
      }
    })
    const devtools = await page().context().newCDPSession(page())
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    const rows = await page().locator('.cc-table tbody tr[role=row]').count()
    const frames = await page().evaluate(async () => {
      const times: number[] = []
      window.scrollTo(0, 0)
      await new Promise(requestAnimationFrame)
      let last = performance.now()
      for (let frame = 0; frame < 240; frame++) {
        // A notch of a mouse wheel a frame: faster than one reads, as one looks for a line; then a jump, as with the
        // scroll bar.
        if (frame % 40 === 39) window.scrollBy(0, 20_000)
        else window.scrollBy(0, 100)
        const now: number = await new Promise(requestAnimationFrame)
        times.push(now - last)
        last = now
      }
      window.scrollTo(0, 0)
      return times
    })
    await page().waitForTimeout(1000)
    const act = await page().evaluate(async () => {
      const button = [...document.querySelectorAll('button')].find(
        ({ textContent }) => textContent?.startsWith('Je m’en occupe') && textContent.endsWith('INVENTÉ 0'),
      )!
      const begun = performance.now()
      button.click()
      while (button.isConnected && performance.now() - begun < 60_000) await new Promise(requestAnimationFrame)
      return performance.now() - begun
    })
    console.log(
      `| ${width} px | ${rows} | ${percentile(frames, 0.5)} | ${percentile(frames, 0.95)} | ${percentile(frames, 1)} | ${frames.filter(time => time > 50).length} of ${frames.length} | ${Math.round(act)} |`,
    )
  }
} finally {
  await stop()
}
