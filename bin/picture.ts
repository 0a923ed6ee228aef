/** `node bin/run.mjs bin/picture.ts`: makes the picture of the README again, from the demonstration as `npm start` lays it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { closeBrowser, openPage, widths } from '../e2e/browser.ts'
import { start } from '../e2e/service.ts'
import { people, type StandInPerson } from '../server/identity/stand-in/people.ts'

const folder = fileURLToPath(new URL('../docs/images', import.meta.url))
const service = await start()

/** A person before the demonstration's open campaign. */
const open = async (person: StandInPerson): Promise<Page> => {
  const { page } = await openPage(service.url, widths.desktop)
  await page.goto('/')
  await page.getByRole('link', { name: /ProConnect/ }).first().click()
  await page.getByLabel('Personne').selectOption(person.id)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.getByRole('link', { name: 'Apprentissage dans le bâtiment' }).click()
  await page.locator('tbody tr').nth(20).waitFor()
  return page
}
const take = async (page: Page, rows: readonly number[]) => {
  for (const at of rows) {
    await page.locator('tbody tr').nth(at).getByRole('button', { name: /^Je m’en occupe/ }).click()
    await page.locator('tbody tr').nth(at).getByText('Vous').waitFor()
  }
}

try {
  await take(await open(people.karim), [1])
  await take(await open(people.nadia), [4])
  const page = await open(people.claire)
  await take(page, [0, 2])
  await page.evaluate(() => { (document.activeElement as HTMLElement).blur(); scrollTo(0, 205) })
  await page.evaluate(() => document.fonts.ready)
  const picture = await page.screenshot()
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/campagne.png`, picture)
  console.log(`docs/images/campagne.png : ${Math.round(picture.length / 1000)} ko`)
} finally {
  await closeBrowser()
  await service.stop()
}
