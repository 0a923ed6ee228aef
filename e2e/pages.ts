import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { atEveryWidth, axe, closeBrowser, overflows, smallTargets } from './browser.ts'
import { pageInTurn } from './page-in-turn.ts'
import { stubService } from './stub-service.ts'

export const widths = {
  320: { width: 320, height: 640 },
  768: { width: 768, height: 1024 },
  1440: { width: 1440, height: 900 },
} as const
export type Width = keyof typeof widths

/** The built pages over the stub service, and what must hold on every page in every state. `SHOTS` keeps pictures. */
export const pagesUnderTest = async () => {
  const service = await stubService(process.env['DIST'] ?? join(import.meta.dirname, '../dist'))
  const shots = process.env['SHOTS']
  if (shots) await mkdir(shots, { recursive: true })
  const turn = pageInTurn()
  const page = (): Page => turn.watched().page
  const shoot = async (name: string) => {
    if (shots) await page().screenshot({ path: join(shots, `${name}.png`), fullPage: true })
  }
  const sound = async (name: string) => {
    await shoot(name)
    assert.deepEqual(await axe(page()), [], `${name}: axe`)
    assert.deepEqual(turn.watched().violations, [], `${name}: content policy and page errors`)
    assert.deepEqual(turn.watched().foreign, [], `${name}: other hosts`)
    assert.equal(await overflows(page()), false, `${name}: scrolls sideways`)
    assert.deepEqual(await smallTargets(page()), [], `${name}: too small for a finger`)
  }
  return {
    service,
    page,
    shoot,
    sound,
    soundAtEveryWidth: (name: string) => atEveryWidth(page(), width => sound(`${name}-${width}`)),
    open: async (path: string, width: Width = 1440) => {
      await turn.open(service.origin, path, widths[width])
      return page()
    },
    focused: () =>
      page().evaluate(() =>
        document.activeElement?.tagName === 'INPUT'
          ? (document.activeElement as HTMLInputElement).name || document.activeElement.id
          : document.activeElement?.textContent?.trim().replaceAll('\u00A0', ' '),
      ),
    stop: async () => {
      await turn.close()
      await closeBrowser()
      await service.stop()
    },
  }
}
