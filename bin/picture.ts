/**
 * `node bin/run.mjs bin/picture.ts`: makes the pictures of the README and of the guides again, from the demonstration
 * as `npm start` lays it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { closeBrowser, openPage, widths } from '../e2e/browser.ts'
import { start } from '../e2e/service.ts'
import { people, type StandInPerson } from '../server/demonstration/stand-in/people.ts'

const folder = fileURLToPath(new URL('../docs/images', import.meta.url))
const service = await start()
const phone = { width: 375, height: 760 }

/** A person who has just signed in. */
const enter = async (
  person: StandInPerson,
  size: { width: number; height: number } = widths.desktop,
): Promise<Page> => {
  const { page } = await openPage(service.url, size)
  await page.goto('/')
  await page
    .getByRole('link', { name: /ProConnect/ })
    .first()
    .click()
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
    await page
      .locator('tbody tr')
      .nth(at)
      .getByRole('button', { name: /^Je m’en occupe/ })
      .click()
    await page.locator('tbody tr').nth(at).getByText('Vous').waitFor()
  }
}
const picture = async (page: Page, name: string, scroll = 0) => {
  await page.evaluate(top => {
    ;(document.activeElement as HTMLElement).blur()
    scrollTo(0, top)
  }, scroll)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('networkidle')
  const taken = await page.screenshot()
  writeFileSync(`${folder}/${name}.png`, taken)
  console.log(`docs/images/${name}.png : ${Math.round(taken.length / 1000)} ko`)
}

/**
 * What an account manager sees: the conditions of the role, the accounts, a person, a right being given, the yearly
 * review.
 */
const accountManager = async () => {
  const maite = await enter(people.maite)
  await maite.goto('/responsables-de-comptes')
  await maite.getByText('Toutes les conditions sont remplies').waitFor()
  await picture(maite, 'rgc-conditions')
  await maite.goto('/habilitations')
  await maite.getByText('Tenir les comptes').waitFor()
  await maite
    .getByRole('link', { name: /personnes?$/ })
    .first()
    .waitFor()
  await picture(maite, 'rgc-habilitations')
  await maite.goto('/habilitations/personnes')
  await maite.getByRole('link', { name: /Dufau/ }).first().click()
  await maite.getByRole('heading', { level: 1, name: 'Claire Dufau' }).waitFor()
  await picture(maite, 'rgc-personne')
  await maite.getByRole('button', { name: 'Habiliter', exact: true }).click()
  const dialog = maite.getByRole('dialog')
  await dialog.getByLabel('Outil').selectOption({ label: 'Fiche pratique de recrutement' })
  await dialog.getByLabel('Finalité').selectOption({ index: 1 })
  await picture(maite, 'rgc-habiliter')
  await maite.goto('/revues')
  await maite.getByRole('button', { name: 'Commencer la revue' }).click()
  await maite.getByRole('table').waitFor()
  await picture(maite, 'rgc-revue')
}
/** The security officer's two pages: deeds received, accounts blocked. */
const securityOfficer = async () => {
  const odile = await enter(people.odile)
  await odile.goto('/securite/rgc')
  await odile
    .getByRole('button', { name: /^Ouvrir/ })
    .first()
    .waitFor()
  await picture(odile, 'cssi-actes')
  await odile.goto('/securite')
  await odile.getByRole('button', { name: 'Acte exceptionnel' }).click()
  await odile.getByLabel(/^Nom de la personne/).fill('belkacem')
  await odile
    .getByLabel(/^Compte/)
    .locator('option', { hasText: 'Karim Belkacem' })
    .waitFor({ state: 'attached' })
  await odile.getByLabel(/^Compte/).selectOption({ index: 1 })
  await odile.getByLabel(/^Ce qui est coupé/).selectOption('account')
  await odile.getByLabel(/^Motif/).fill('Téléphone volé, session ouverte.')
  await odile.getByLabel(/^Référence/).fill('INC-2026-041')
  await odile.getByRole('button', { name: 'Couper', exact: true }).click()
  await odile.getByText('INC-2026-041').first().waitFor()
  await odile.getByRole('dialog').waitFor({ state: 'detached' })
  await picture(odile, 'cssi-blocages')
}
/** Before anyone is in: how one signs in, and the second factor where ProConnect checked one alone. */
const comingIn = async () => {
  const { page } = await openPage(service.url)
  await page.goto('/')
  await page
    .getByRole('link', { name: /ProConnect/ })
    .first()
    .waitFor()
  await picture(page, 'connexion')
  await page
    .getByRole('link', { name: /ProConnect/ })
    .first()
    .click()
  await page.getByLabel('Personne').selectOption(people.gilles.id)
  await page.getByText(/^Options :/).click()
  await page.getByLabel(/^Niveau/).selectOption('eidas1')
  await page.getByLabel(/^Méthodes/).fill('pwd')
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.getByRole('heading', { level: 1, name: 'Enregistrez un second facteur' }).waitFor()
  await picture(page, 'second-facteur')
}

try {
  mkdirSync(folder, { recursive: true })
  await take(await campaign(people.karim), [1])
  await take(await campaign(people.nadia), [4])
  const claire = await campaign(people.claire)
  await take(claire, [0, 2])
  await picture(claire, 'campagne', 205)
  await claire.goto('/etablissements?q=menuiserie')
  await claire
    .getByRole('link', { name: /menuiserie/i })
    .first()
    .waitFor()
  await picture(claire, 'recherche')
  await claire
    .getByRole('link', { name: /menuiserie/i })
    .first()
    .click()
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

  await accountManager()
  await securityOfficer()
  await comingIn()
} finally {
  await closeBrowser()
  await service.stop()
}
