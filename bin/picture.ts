/** `node bin/run.mjs bin/picture.ts`: makes the pictures of the README and of the guides again, from the demonstration as `npm start` lays it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { closeBrowser, openPage, widths } from '../e2e/browser.ts'
import { start } from '../e2e/service.ts'
import { people, type StandInPerson } from '../server/identity/stand-in/people.ts'

const folder = fileURLToPath(new URL('../docs/images', import.meta.url))
const service = await start()
const phone = { width: 375, height: 760 }

/** A person who has just signed in. */
const enter = async (person: StandInPerson, size: { width: number; height: number } = widths.desktop): Promise<Page> => {
  const { page } = await openPage(service.url, size)
  await page.goto('/')
  await page.getByRole('link', { name: /ProConnect/ }).first().click()
  await page.getByLabel('Personne').selectOption(person.id)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.getByRole('heading', { name: /^Bonjour/ }).waitFor()
  return page
}
/** A person before the demonstration's open campaign. */
const campaign = async (person: StandInPerson): Promise<Page> => {
  const page = await enter(person)
  await page.getByRole('link', { name: 'Apprentissage dans le bâtiment' }).first().click()
  await page.locator('tbody tr').nth(20).waitFor()
  return page
}
const take = async (page: Page, rows: readonly number[]) => {
  for (const at of rows) {
    await page.locator('tbody tr').nth(at).getByRole('button', { name: /^Je m’en occupe/ }).click()
    await page.locator('tbody tr').nth(at).getByText('Vous').waitFor()
  }
}
const picture = async (page: Page, name: string, scroll = 0) => {
  await page.evaluate(top => { (document.activeElement as HTMLElement).blur(); scrollTo(0, top) }, scroll)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('networkidle')
  const taken = await page.screenshot()
  writeFileSync(`${folder}/${name}.png`, taken)
  console.log(`docs/images/${name}.png : ${Math.round(taken.length / 1000)} ko`)
}

try {
  mkdirSync(folder, { recursive: true })
  await take(await campaign(people.karim), [1])
  await take(await campaign(people.nadia), [4])
  const claire = await campaign(people.claire)
  await take(claire, [0, 2])
  await picture(claire, 'campagne', 205)
  await claire.goto('/etablissements?q=menuiserie')
  await claire.getByRole('link', { name: /menuiserie/i }).first().waitFor()
  await picture(claire, 'recherche')
  await claire.getByRole('link', { name: /menuiserie/i }).first().click()
  await claire.getByText('Avant de contacter').first().waitFor()
  await picture(claire, 'fiche')

  const walking = await enter(people.claire, phone)
  await walking.goto('/portefeuille')
  await walking.getByRole('heading', { level: 1 }).waitFor()
  await picture(walking, 'portefeuille')
  await walking.goto(new URL(claire.url()).pathname)
  await walking.getByText('Avant de contacter').first().waitFor()
  await walking.keyboard.press('n')
  await walking.getByText('Téléphone').first().waitFor()
  await picture(walking, 'echange')

  const ines = await campaign(people.ines)
  await ines.getByRole('tab', { name: 'Avancement' }).click()
  await ines.getByText('Ce qui est bloqué').waitFor()
  await picture(ines, 'avancement', 480)
  await ines.goto('/indicateurs')
  await ines.getByRole('heading', { level: 1 }).waitFor()
  await picture(ines, 'indicateurs')
} finally {
  await closeBrowser()
  await service.stop()
}
