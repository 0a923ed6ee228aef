import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Page } from 'playwright-core'
import { people } from '../server/demonstration/stand-in/people.ts'
import { openPage, type Watched, widths } from './browser.ts'
import { tabTo, walkTo } from './by-keys.ts'
import { journeys, signIn, storyOf, title } from './journey.ts'

const { service, picture, sound, soundAtEveryWidth, signedIn } = journeys('annuaire')

let claire: Watched
let karim: Watched
const step = storyOf(async () => {
  if (claire) await picture(claire.page, 'echec')
})
const card = (person: { accountId: string | null }) => `/annuaire/${person.accountId}`
const names = (page: Page) => page.locator('tbody a[data-row-stop]').allTextContents()
const readings = () =>
  service.sql<{ subject_id: string }>(
    `select subject_id from audit_entries where action = 'persons.read' and subject_kind = 'account' and actor_id = $1`,
    [people.claire.accountId],
  )

describe('the directory of collaborators', { timeout: 1_200_000 }, () => {
  step(
    'EST-13: Claire looks up a colleague of another structure, by keys alone, and has the number and the address',
    async () => {
      claire = await signedIn(people.claire)
      const { page } = claire
      await tabTo(page, /^Annuaire$/)
      await page.keyboard.press('Enter')
      await title(page, 'Annuaire')
      await page.getByRole('link', { name: 'M. Karim Belkacem' }).waitFor()
      assert.deepEqual(await names(page), [
        'M. Karim Belkacem',
        'Claire Dufau',
        'Mme Nadia Ferrand',
        'Mme Inès Garat',
        'Paul Lestage',
      ])
      await soundAtEveryWidth(claire, 'liste')
      await page.setViewportSize(widths.desktop)
      await tabTo(page, /^Nom, fonction ou agence/)
      await page.keyboard.type('belka mission')
      await page.waitForURL(/q=belka/)
      await page.waitForFunction(() => document.querySelectorAll('tbody a[data-row-stop]').length === 1)
      await page.getByLabel('Nom, fonction ou agence').blur()
      await walkTo(page, card(people.karim))
      await page.keyboard.press('Enter')
      await title(page, 'Karim Belkacem')
      await page.getByText('Conseiller entreprises à la mission locale des Graves').waitFor()
      const call = page.getByRole('link', { name: /^Appeler M\. Karim Belkacem au 05\s36\s49\s01\s12$/ })
      assert.equal(await call.getAttribute('href'), 'tel:+33536490112')
      const write = page.getByRole('link', { name: /^Écrire à M\. Karim Belkacem/ })
      assert.equal(await write.getAttribute('href'), `mailto:${people.karim.email}`)
      for (const link of [call, write]) assert.ok((await link.boundingBox())!.height >= 44)
      await soundAtEveryWidth(claire, 'fiche')
      await page.setViewportSize(widths.desktop)
    },
  )

  step(
    'EST-13: structure, territory and tool narrow the list and stand in the address; nobody answers, the page says so',
    async () => {
      const { page } = claire
      await page.goto('/annuaire?outil=fiche-recrutement')
      await page.getByRole('link', { name: 'Claire Dufau', exact: true }).waitFor()
      assert.deepEqual(await names(page), ['Claire Dufau', 'Paul Lestage'])
      await page.goto('/annuaire')
      await page.getByRole('combobox', { name: 'Structure' }).fill('mission')
      await page.getByRole('option', { name: /Mission locale des Graves/ }).click()
      await page.waitForURL(/structure=/)
      await page.waitForFunction(() =>
        [...document.querySelectorAll('tbody tr')].every(row => row.textContent?.includes('Mission locale')),
      )
      assert.ok((await names(page)).includes('M. Karim Belkacem'))
      await page.goto('/annuaire?q=personne%20ici')
      await page.getByText('Personne ne répond à ces critères').waitFor()
      await sound(claire, 'vide')
    },
  )

  step('EST-13: a hidden phone is told to nobody, the name and the address are', async () => {
    const { page } = claire
    await page.goto(card(people.nadia))
    await page.getByText('Cette personne ne montre pas son téléphone.').waitFor()
    assert.equal(await page.locator('a[href^="tel:"]').count(), 0)
    assert.doesNotMatch(await page.content(), /536490138|05.36.49.01.38/)
    await page.getByRole('link', { name: /^Écrire à Mme Nadia/ }).waitFor()
    await sound(claire, 'masque')
  })

  step('EST-13, SEC-2: each card read is in the trail, once', async () => {
    for (const until = Date.now() + 30_000; (await readings()).length < 2 && Date.now() < until; )
      await new Promise(resolve => setTimeout(resolve, 500))
    assert.deepEqual(
      (await readings()).map(({ subject_id }) => subject_id).toSorted(),
      [people.karim.accountId, people.nadia.accountId].toSorted(),
    )
  })

  step(
    'EST-13: Claire gives her phone from her account; Karim reads it; she hides it, and he reads it no more',
    async () => {
      const { page } = claire
      await page.goto('/mon-compte')
      await page.getByRole('link', { name: /^Ma fiche de l’annuaire/ }).click()
      await title(page, 'Ma fiche de l’annuaire')
      await soundAtEveryWidth(claire, 'ma-fiche')
      await page.setViewportSize(widths.desktop)
      const save = page.getByRole('button', { name: 'Enregistrer ma fiche' })
      await page.getByLabel('Téléphone professionnel').fill('demander à l’accueil')
      await save.click()
      await page.getByText('Ce numéro de téléphone n’est pas reconnu').first().waitFor()
      await sound(claire, 'ma-fiche-refus')
      await page.getByLabel('Civilité').selectOption('Mme')
      await page.getByLabel('Téléphone professionnel').fill('05 36 49 01 01')
      await save.click()
      await title(page, 'Claire Dufau')
      karim = await signedIn(people.karim)
      await karim.page.goto(card(people.claire))
      await karim.page.getByRole('link', { name: /^Appeler Mme Claire Dufau au 05\s36\s49\s01\s01$/ }).waitFor()
      await page.getByRole('link', { name: 'Tenir ma fiche' }).click()
      await title(page, 'Ma fiche de l’annuaire')
      await page.getByText('Masquer mon téléphone').click()
      await save.click()
      await page.getByText('Votre téléphone est masqué').waitFor()
      await karim.page.reload()
      await karim.page.getByText('Cette personne ne montre pas son téléphone.').waitFor()
      assert.equal(await karim.page.locator('a[href^="tel:"]').count(), 0)
    },
  )

  step('EST-13: a name in the history of an employer leads to the person’s card', async () => {
    const { page } = claire
    const [known] = await service.sql<{ siret: number; author_id: string }>(
      `select x.siret, x.author_id from exchanges x join accounts a on a.id = x.author_id
        where x.status = 'recorded' and x.visibility = 'reseau' and a.status = 'active' and a.id <> $1 limit 1`,
      [people.claire.accountId],
    )
    assert.ok(known)
    await page.goto(`/etablissements/${String(known.siret).padStart(14, '0')}`)
    await page.locator(`.cc-entry a[href="/annuaire/${known.author_id}"]`).first().click()
    await page.waitForURL(`**/annuaire/${known.author_id}`)
    await page.getByRole('link', { name: /^Écrire à/ }).waitFor()
  })

  step(
    'EST-13, SEC-6: without a grant in effect there is no entry in the menu, and the page says what is missing',
    async () => {
      const odile = await openPage(service.url, widths.desktop, [service.standIn])
      await signIn(odile.page, people.odile)
      await title(odile.page, /^Bonjour/)
      assert.equal(
        await odile.page.getByRole('navigation').getByRole('link', { name: 'Annuaire', exact: true }).count(),
        0,
      )
      await odile.page.goto('/annuaire')
      await odile.page.getByText('L’annuaire des collaborateurs s’ouvre avec une habilitation en vigueur.').waitFor()
      await sound(odile, 'sans-habilitation')
    },
  )
})
