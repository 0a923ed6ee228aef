import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { people } from '../server/demonstration/stand-in/people.ts'
import { openPage, widths } from './browser.ts'
import { journeys, signIn, title } from './journey.ts'

const { service, sound } = journeys('deux-mille')

const plain = (text: string | null | undefined) =>
  (text ?? '')
    .replaceAll(/[\u00A0\u202F]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
const focused = async (page: Page) =>
  plain(
    await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent
    }),
  )
/** By Tab alone, once it is shown. */
const tabTo = async (page: Page, name: RegExp, most = 80) => {
  await page.getByRole('main').or(page.getByRole('banner')).getByText(name).or(page.getByLabel(name)).first().waitFor()
  for (let times = 0; times < most; times++) {
    await page.keyboard.press('Tab')
    if (name.test(await focused(page))) return
  }
  assert.fail(`${name} is not reached with Tab; the focus is on « ${await focused(page)} »`)
}
const countIn = (text: string | null) => Number(/\d[\d ]*/.exec(plain(text))![0].replaceAll(' ', ''))
const day = (after: number) =>
  new Date(Date.now() + after * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Paris' })

test('CAM-1, CAM-2, CAM-3, UX-1: by the keyboard alone a pilot prepares a campaign of more than 2,000 establishments, decides on its conflicts by rules, and opens it', {
  timeout: 1_200_000,
}, async () => {
  // As many more workshops as one EPCI has: the register of the demonstration is small.
  await service.sql(`insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, headcount_band,
    employer, active, head_office, diffusion, legal_unit_diffusion, natural_person, commune_code, commune_name,
    region_id, departement_id, epci_id, clpe_id, row_hash)
    select 91000000000000 + i * 100000 + 10, 910000000 + i, 10, 'ATELIER INVENTÉ ' || i, '43.32A', 'NAFRev2', '03',
      true, true, true, 'O', 'O', false, e.commune_code, e.commune_name, e.region_id, e.departement_id, e.epci_id,
      e.clpe_id, 0
    from generate_series(1, 2000) i cross join (select * from establishments where commune_code = '33122' limit 1) e`)
  const paul = await openPage(service.url, widths.desktop, [service.standIn])
  const { page } = paul
  const keys = page.keyboard
  await signIn(page, people.paul)
  await title(page, 'Bonjour Paul')

  await tabTo(page, /^Campagnes$/)
  await keys.press('Enter')
  await title(page, 'Campagnes')
  await tabTo(page, /^Préparer une campagne/)
  await keys.press('Enter')
  await title(page, 'Préparer une campagne')
  await tabTo(page, /^Nom de la campagne/)
  await keys.type('Deux mille ateliers')
  await keys.press('Tab')
  await keys.press('Space')
  // A date field takes its parts in the order of the browser's language: the value is given, then confirmed as a key
  // would.
  for (const [label, value] of [
    [/^Début/, day(1)],
    [/^Fin/, day(90)],
  ] as const) {
    await tabTo(page, label)
    await page.locator(':focus').fill(value)
  }
  await page.getByText(/^Brouillon enregistré à/).waitFor()
  await keys.press('Control+Enter')
  await title(page, 'Avec qui ?')
  await tabTo(page, /^Structures membres/)
  await keys.type('graves')
  await page.getByRole('option', { name: 'Mission locale des Graves' }).waitFor()
  await keys.press('ArrowDown')
  await keys.press('Enter')
  await page.getByRole('button', { name: 'Retirer Mission locale des Graves' }).waitFor()
  await keys.press('Control+Enter')
  await title(page, 'Quels objectifs ?')
  await tabTo(page, /^Besoins à détecter/)
  await keys.type('40')
  await keys.press('Control+Enter')

  await title(page, 'Quels établissements ?')
  await tabTo(page, /^Choisir dans la nomenclature/)
  await keys.press('Enter')
  await tabTo(page, /^Filtrer la nomenclature/)
  await keys.type('43')
  await tabTo(page, /^43 /)
  await keys.press('Space')
  const add = page.getByRole('button', { name: /^Ajouter ces/ })
  await page.waitForFunction(
    () => /Ajouter ces 2\D?\d{3}\s/.test(document.body.innerText) && !document.body.innerText.includes('Comptage'),
  )
  const found = countIn(await add.textContent())
  assert.ok(found > 2000, `${found}`)
  await page.getByRole('table', { name: 'Par zone' }).getByText('CC Jalle-Eau-Bourde').waitFor()
  await sound(paul, 'apercu')
  await tabTo(page, /^Ajouter ces/)
  await keys.press('Enter')
  const onwards = page.getByRole('link', { name: /^Continuer avec/ })
  await onwards.waitFor()
  assert.equal(countIn(await onwards.textContent()), found)
  await tabTo(page, /^Continuer avec/)
  await keys.press('Enter')

  await title(page, /déjà suivis/)
  await page
    .getByText(/à décider\. |en reste/)
    .first()
    .waitFor()
  await sound(paul, 'conflits')
  const groups = page.getByRole('group', { name: /établissements? \(/ })
  while (await groups.count()) {
    const left = await page.locator('fieldset.cc-conflicts__acts').count()
    // The first group's first button, from the top of the page: what is decided leaves the order of the keys.
    await page.locator('h1').focus()
    for (
      let times = 0;
      times < 40 &&
      !(await page.evaluate(
        () =>
          document.activeElement?.closest('.cc-conflicts__groups fieldset') &&
          document.activeElement.textContent === 'Laisser',
      ));
      times++
    )
      await keys.press('Tab')
    await keys.press('Enter')
    await page.waitForFunction(count => document.querySelectorAll('fieldset.cc-conflicts__acts').length < count, left)
  }
  await page.getByText('Tout est décidé.').first().waitFor()
  await tabTo(page, /^Continuer$/)
  await keys.press('Enter')
  await title(page, 'Prêt à ouvrir ?')
  await page.getByText('tous décidés').waitFor()
  await sound(paul, 'ouverture')
  await tabTo(page, /^Ouvrir la campagne$/)
  await keys.press('Enter')
  await title(page, 'Deux mille ateliers')
  await page.getByText('ouverte', { exact: true }).first().waitFor()
  const [counted] = await service.sql<{ held: number; aside: number; twice: number; goals: number; leads: number }>(`
    select (select count(*)::int from campaign_holds where campaign_id = c.id) as held, (select count(*)::int
      from campaign_targets where campaign_id = c.id and status = 'ecarte') as aside,
      (select count(*)::int from campaign_holds a join campaign_holds b on a.siret = b.siret and a.period && b.period
        and a.campaign_id <> b.campaign_id) as twice, (select value from campaign_goals
        where campaign_id = c.id) as goals
    from campaigns c where name = 'Deux mille ateliers' and status = 'open'`)
  assert.ok(counted!.held >= 2000 && counted!.aside > 0, JSON.stringify(counted))
  assert.deepEqual([counted!.held + counted!.aside, counted!.twice, counted!.goals], [found, 0, 40])
  await paul.context.close()
})
