import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { widths } from './browser.ts'
import { journeys } from './journey.ts'

const { service, sound, soundAtEveryWidth, signedIn } = journeys('comptes-tenus')
const [former, wanted] = ['claire.dufau@jalle-eau-bourde.example', 'claire.laborde@jalle-eau-bourde.example']

test('ACC-16, UX-1: an account manager asks for the new address of a person, cannot confirm it, and the person does in « Mon compte »; the account has it', {
  timeout: 900_000,
}, async () => {
  const claire = await signedIn(people.claire, widths.phone)
  const maite = await signedIn(people.maite, widths.desktop)
  const { page } = maite
  await page.goto(`/habilitations/personnes/${people.claire.accountId}`)
  await page.getByRole('button', { name: 'Changer l’adresse' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Nouvelle adresse électronique/).fill('accueil@jalle-eau-bourde.example')
  await dialog.getByLabel(/^Motif/).fill('Mariage')
  await dialog.getByRole('button', { name: 'Demander le changement' }).click()
  await dialog.getByText('Cette adresse est celle d’un service').first().waitFor()
  await sound(maite, 'demander-refuse')
  await dialog.getByLabel(/^Nouvelle adresse électronique/).fill(wanted)
  await dialog.getByRole('button', { name: 'Demander le changement' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Un changement d’adresse attend une confirmation').waitFor()
  await page.getByRole('button', { name: /^Annuler la demande/ }).waitFor()
  assert.equal(await page.getByRole('button', { name: /^Confirmer/ }).count(), 0)
  await soundAtEveryWidth(maite, 'personne')
  await page.goto('/habilitations/confirmations')
  await page.getByRole('heading', { name: 'Autre adresse pour Claire Dufau' }).waitFor()
  await soundAtEveryWidth(maite, 'a-confirmer')

  await claire.page.goto('/mon-compte')
  await claire.page.getByText(wanted).waitFor()
  await soundAtEveryWidth(claire, 'mon-compte')
  await claire.page.getByRole('button', { name: /^Confirmer/ }).click()
  const own = claire.page.getByRole('dialog')
  await own.getByLabel(/^Motif/).fill('C’est bien la mienne')
  await sound(claire, 'confirmer')
  await own.getByRole('button', { name: 'Confirmer le changement d’adresse' }).click()
  await own.waitFor({ state: 'detached' })
  await claire.page.getByText(wanted).waitFor({ state: 'detached' })

  await page.goto(`/habilitations/personnes/${people.claire.accountId}`)
  await page.getByText(wanted).waitFor()
  assert.equal(await page.getByText(former).count(), 0)
  const [mail] = await service.sql<{ n: number }>(
    `select count(*)::int as n from mails where kind = 'address-changed' and (to_account_id = $1 or to_address = $2)`,
    [people.claire.accountId, former],
  )
  assert.equal(mail!.n, 2)
})

test('ACC-16, ACC-6: an account manager reads who stands behind the pseudonym of an account that ended, with a reason', {
  timeout: 900_000,
}, async () => {
  const maite = await signedIn(people.maite, widths.desktop)
  const { page } = maite
  await page.goto(`/habilitations/personnes/${people.ines.accountId}`)
  await page.getByRole('button', { name: 'Supprimer le compte' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Motif/).fill('Fin de contrat')
  await dialog.getByRole('button', { name: 'Supprimer le compte' }).click()
  await dialog.waitFor({ state: 'detached' })
  const title = page.getByRole('heading', { level: 1, name: /^Ancien compte n° / })
  await title.waitFor()
  const pseudonym = (await title.textContent())!
  await page.goto('/habilitations')
  await page.getByRole('link', { name: 'Qui est derrière le pseudonyme d’un ancien compte' }).click()
  await page.getByLabel(/^Pseudonyme/).fill('Ancien compte n° 000000')
  await page.getByLabel(/^Motif/).fill('Litige sur un échange noté')
  await page.getByRole('button', { name: 'Lire le nom' }).click()
  await page.getByText('Aucun ancien compte dont vous répondez').first().waitFor()
  await sound(maite, 'pseudonyme-inconnu')
  await page.getByLabel(/^Pseudonyme/).fill(pseudonym)
  await page.getByRole('button', { name: 'Lire le nom' }).click()
  await page.getByRole('heading', { name: `${people.ines.givenName} ${people.ines.usualName}` }).waitFor()
  await soundAtEveryWidth(maite, 'pseudonyme')
})

test('ACC-13, UX-1: an account manager closes an agency on which nothing is granted, then opens it again', {
  timeout: 900_000,
}, async () => {
  const maite = await signedIn(people.maite, widths.desktop)
  const { page } = maite
  await page.goto('/habilitations/structure')
  await page.getByRole('button', { name: 'Déclarer une agence' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Nom').fill('Agence de la Jalle')
  await dialog.getByRole('combobox', { name: /^Territoires/ }).fill('Jalle')
  await page.getByRole('option').first().click()
  await dialog.getByRole('button', { name: 'Enregistrer' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Fermer Agence de la Jalle' }).click()
  await dialog.getByLabel(/^Motif/).fill('Regroupement au siège')
  await sound(maite, 'agence-fermer')
  await dialog.getByRole('button', { name: 'Fermer l’agence' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(/Regroupement au siège/).waitFor()
  await soundAtEveryWidth(maite, 'agences')
  await page.getByRole('button', { name: 'Rouvrir Agence de la Jalle' }).click()
  await dialog.getByLabel(/^Motif/).fill('Fermée par erreur')
  await dialog.getByRole('button', { name: 'Rouvrir l’agence' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Modifier Agence de la Jalle' }).waitFor()
})
