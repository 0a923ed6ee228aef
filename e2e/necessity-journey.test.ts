import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { resize, widths } from './browser.ts'
import { journeys } from './journey.ts'

const { sound, signedIn } = journeys('necessity')

test('ACC-10, RGC-5, RGC-8, UX-1: the security officer opens a file with a reason, acts once nobody manages the accounts, and the signatory undoes it in their turn; all by keyboard alone', {
  timeout: 1_200_000,
}, async () => {
  // Whose second factor is proven here: else she manages nothing yet.
  await signedIn(people.maite, widths.desktop)
  const odile = await signedIn(people.odile, widths.desktop)
  const { page } = odile
  await page.goto('/securite/comptes')
  await page.getByRole('heading', { name: 'Comptes des partenaires', level: 1 }).waitFor()
  await page.getByLabel(/^Nom ou fonction/).fill('dufau')
  await page.getByRole('link', { name: 'Claire Dufau', exact: true }).waitFor()
  await page.getByText(people.claire.email).waitFor()
  await sound(odile, 'found-1440')
  await page.getByRole('link', { name: 'Claire Dufau', exact: true }).press('Enter')
  await page.getByText('Les accès d’un partenaire se lisent par exception').waitFor()
  assert.equal(await page.getByText(/profil/).count(), 0, 'nothing is read before the reason')
  await resize(page, widths.phone)
  await sound(odile, 'to-open-320')
  await resize(page, widths.desktop)
  const why = async (within: typeof page | ReturnType<typeof page.getByRole>, reason: string) => {
    await within.getByRole('radio', { name: 'Nécessité' }).press('Space')
    await within.getByLabel(/^Motif/).fill(reason)
  }
  await page.getByRole('radio', { name: 'Incident de sécurité' }).press('Space')
  await page.getByLabel(/^Référence de l’incident/).waitFor()
  await why(page, 'Plus de nouvelles du RGC')
  await page.getByRole('button', { name: 'Ouvrir le dossier' }).press('Enter')
  await page.getByText('Un RGC de cette structure peut agir').waitFor()
  await page.getByText('Dossier ouvert').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Suspendre', exact: true }).count(), 0)
  await sound(odile, 'managed-1440')

  // Her only account manager no longer manages: nobody can.
  await page.goto('/securite')
  await page.getByRole('button', { name: 'Acte exceptionnel' }).press('Enter')
  const cut = page.getByRole('dialog')
  await cut.getByLabel(/^Nom de la personne/).fill(people.maite.usualName)
  const maite = cut.getByLabel(/^Compte/).locator('option', { hasText: people.maite.email })
  await maite.waitFor({ state: 'attached' })
  await cut.getByLabel(/^Compte/).selectOption({ value: people.maite.accountId! })
  await cut.getByLabel(/^Ce qui est coupé/).selectOption({ label: 'La gestion des comptes (RGC)' })
  await cut.getByLabel(/^Motif/).fill('Poste volé cette nuit')
  await cut.getByLabel(/^Référence de l’incident/).fill('INC-2026-120')
  await cut.getByRole('button', { name: 'Couper', exact: true }).press('Enter')
  await cut.waitFor({ state: 'detached' })

  await page.goto(`/securite/comptes/${people.claire.accountId}`)
  await page.getByText('Aucun RGC ne peut agir pour cette personne').waitFor()
  await page.getByRole('button', { name: 'Suspendre', exact: true }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Acte exceptionnel, faute d’un RGC qui puisse agir.').waitFor()
  await why(dialog, 'Absence que personne n’explique')
  await sound(odile, 'act-1440')
  await dialog.getByRole('button', { name: 'Suspendre', exact: true }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Absence que personne n’explique').first().waitFor()
  await resize(page, widths.tablet)
  await sound(odile, 'file-768')
  await resize(page, widths.phone)
  await sound(odile, 'file-320')

  const gilles = await signedIn(people.gilles, widths.desktop)
  await gilles.page.goto(`/habilitations/personnes/${people.claire.accountId}`)
  await gilles.page.getByRole('heading', { name: 'Claire Dufau', level: 1 }).waitFor()
  await gilles.page.getByText('en votre qualité de signataire, vous agissez à sa place').waitFor()
  await gilles.page.getByRole('heading', { name: 'Actes exceptionnels' }).waitFor()
  await sound(gilles, 'signatory-1440')
  await gilles.page.getByRole('button', { name: 'Rétablir', exact: true }).press('Enter')
  const given = gilles.page.getByRole('dialog')
  await given.getByLabel(/^Motif/).fill('Elle est revenue ce matin')
  await given.getByRole('button', { name: 'Rétablir', exact: true }).press('Enter')
  await given.waitFor({ state: 'detached' })
  await gilles.page.getByText('Elle est revenue ce matin').waitFor()
  await resize(gilles.page, widths.phone)
  await sound(gilles, 'signatory-320')
})
