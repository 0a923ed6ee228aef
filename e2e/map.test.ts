import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { getMe } from '../contract/signing-in/identity.ts'
import { getTerritory, listContours } from '../contract/territory-and-register/territories.ts'
import { closeBrowser } from './browser.ts'
import { answerCard, contours, epci, line, me, open, openService, type Service, sound } from './employer-stub.ts'
import * as stub from './stub-campaigns.ts'

const widths = [320, 768, 1440] as const
let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
/** Until the map is drawn otherwise than in this picture. */
const redrawn = async (page: Page, before: Buffer) => {
  for (const until = Date.now() + 60_000; before.equals(await page.locator(ready).screenshot()); )
    assert.ok(Date.now() < until, 'the map is not drawn otherwise')
}
const card = `/etablissements/${line().siret}`
const ready = '.cc-map__frame[data-state="ready"]'

describe('the map', () => {
  test('UX-1: a place on its contours, under the strict content policy, at three widths, in both themes', async () => {
    answerCard(service)
    for (const width of widths) {
      const page = await open(service, card, width)
      await page.locator('.cc-map').scrollIntoViewIfNeeded()
      await page.locator(ready).waitFor()
      await page.getByText('Contours : Atelier d’essai, Licence Ouverte 2.0.').waitFor()
      for (const button of await page.locator('.cc-map__buttons .fr-btn').all())
        assert.equal(
          await button.evaluate(e => getComputedStyle(e).overflow),
          'hidden',
          'no letter of its words beside its sign',
        )
      await sound(page, `carte-${width}`)
      if (width !== 1440) continue
      const light = await page.locator(ready).screenshot()
      await page.evaluate(() => document.documentElement.setAttribute('data-fr-theme', 'dark'))
      await redrawn(page, light)
      await sound(page, 'carte-sombre')
    }
  })

  test('UX-1: with the keyboard the map moves and zooms, and it says so', async () => {
    answerCard(service)
    const page = await open(service, card)
    await page.locator('.cc-map').scrollIntoViewIfNeeded()
    await page.locator(ready).waitFor()
    await page.getByText('flèches pour se déplacer, + et − pour zoomer').waitFor()
    const canvas = page.locator('.cc-map canvas')
    assert.deepEqual(
      [
        await canvas.getAttribute('role'),
        await canvas.getAttribute('aria-label'),
        await canvas.getAttribute('tabindex'),
      ],
      ['region', 'Carte : GARONNE BOIS', '0'],
    )
    await canvas.focus()
    for (const key of ['ArrowRight', '-', '+']) {
      const before = await page.locator(ready).screenshot()
      await page.keyboard.press(key)
      await redrawn(page, before)
    }
  })

  test('TER-1: a territory has its map, at three widths and on paper; none where neither contour nor commune is known', async () => {
    const territoryId = String(epci.id)
    service.reply(getMe, {}, me())
    service.reply(
      getTerritory,
      { territoryId },
      { ...stub.territory(), ...epci, alias: null, edition: null, editions: [] },
    )
    service.reply(listContours, { territoryId }, contours)
    for (const width of widths) {
      const page = await open(service, `/territoires/${territoryId}`, width)
      await page.locator('.cc-map').scrollIntoViewIfNeeded()
      await page.locator(ready).waitFor()
      await page.getByText('Contours : Atelier d’essai, Licence Ouverte 2.0.').waitFor()
      await sound(page, `territoire-carte-${width}`)
      if (width !== 1440) continue
      await page.pdf({ format: 'A4' })
      const colours = await page.evaluate(() => {
        const picture = document.querySelector<HTMLCanvasElement>('.cc-map__printed canvas')!
        const { data } = picture.getContext('2d')!.getImageData(0, 0, picture.width, picture.height)
        return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.subarray(4 * i, 4 * i + 3).join())).size
      })
      assert.ok(colours > 20, `${colours} colours: what is printed is no empty frame`)
    }
    service.reply(listContours, { territoryId }, { of: 'commune', items: [], sources: [], places: [] })
    const page = await open(service, `/territoires/${territoryId}`, 768)
    await page.getByRole('heading', { name: 'Communes' }).waitFor()
    await page.getByRole('heading', { name: 'Sur la carte' }).waitFor({ state: 'detached' })
    assert.equal(await page.locator('.cc-map').count(), 0)
    await sound(page, 'territoire-sans-carte-768')
  })

  test('UX-5: where nothing can be drawn the page says so and goes on; without contours the point lies on plain ground', async () => {
    answerCard(service)
    service.reply(listContours, { territoryId: String(epci.id) }, { of: 'commune', items: [], sources: [], places: [] })
    let page = await open(service, card)
    await page.locator('.cc-map').scrollIntoViewIfNeeded()
    await page.locator(ready).waitFor()
    await sound(page, 'carte-sans-contours')
    page = await open(service, '/', 1440)
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null
    })
    await page.goto(card)
    await page.locator('.cc-map').scrollIntoViewIfNeeded()
    await page.getByText('La carte ne peut pas être dessinée dans ce navigateur').waitFor()
    await page.getByText('12 chemin des Pins').waitFor()
    await sound(page, 'carte-impossible')
  })
})
