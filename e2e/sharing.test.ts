import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { resize, widths } from './browser.ts'
import { journeys } from './journey.ts'

const { service, sound, signedIn } = journeys('repartir')

test('CAM-4: a pilot shares targets out by load after a simulation, an advisor finds them in the portfolio on a phone, the pilot undoes it', {
  timeout: 240_000,
}, async () => {
  const ines = await signedIn(people.ines, widths.desktop)
  const { page } = ines
  await page.getByRole('link', { name: 'Apprentissage dans le bâtiment' }).first().click()
  await page.getByRole('link', { name: 'Répartir', exact: true }).press('Enter')
  await page.getByRole('heading', { name: 'Répartir les cibles', level: 1 }).waitFor()
  await page.getByText(/\d+\scibles? à répartir/).waitFor()
  await page.getByRole('button', { name: 'Choisir dans la liste' }).press('Enter')
  const first = page.getByRole('checkbox', { name: /^Sélectionner (?!toutes)/ }).first()
  await first.waitFor()
  await first.press('Space')
  await page.getByRole('button', { name: 'Masquer la liste' }).press('Enter')
  await page.getByRole('button', { name: 'Voir la liste (1 retirée)' }).waitFor()

  // All to her own organisation's advisor: by load, among one.
  const among = page.getByRole('group', { name: /^Entre qui/ })
  for (const box of await among.getByRole('checkbox').all()) if (await box.isChecked()) await box.press('Space')
  await page.getByRole('button', { name: 'Simuler' }).press('Enter')
  await page.getByText('Cochez au moins une structure ou une personne.').waitFor()
  await among.getByRole('checkbox', { name: /^Claire Dufau/ }).press('Space')
  await page.getByRole('button', { name: 'Simuler' }).press('Enter')
  await page.getByRole('heading', { name: 'Ce que cela donnerait' }).waitFor()
  const line = page.getByRole('row', { name: /^Claire Dufau/ })
  const [beforeIt, received, , afterIt] = (await line.getByRole('cell').allTextContents()).map(text =>
    Number(text.replace(/[^\d]/g, '')),
  )
  assert.ok(received! > 0 && beforeIt! + received! === afterIt, 'the simulation adds up')
  for (const [name, size] of Object.entries(widths)) {
    await resize(page, size)
    await sound(ines, `simulation-${name}`)
  }
  assert.deepEqual(
    await service.sql(
      'select 1 from target_assignments a join target_sharings s on s.id = a.sharing_id where s.done_at is not null',
    ),
    [],
    'nothing is done yet',
  )
  await page.getByLabel(/^Motif/).fill('Semaine du bâtiment')
  await page.getByRole('button', { name: /^Répartir \d+/ }).press('Enter')
  await page.getByRole('heading', { name: /réparties?$/ }).waitFor()

  const claire = await signedIn(people.claire, widths.phone)
  await claire.page.getByRole('link', { name: 'Mon portefeuille' }).press('Enter')
  await claire.page.getByRole('heading', { name: 'Mon portefeuille', level: 1 }).waitFor()
  await claire.page.getByRole('button', { name: `Toutes (${afterIt})` }).waitFor()
  await claire.page.getByRole('rowheader').first().waitFor()
  await sound(claire, 'portefeuille-320')

  await page.getByRole('button', { name: 'Annuler cette répartition' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Annuler cette répartition ?' })
  await dialog.getByRole('button', { name: 'Annuler la répartition' }).press('Enter')
  await page.getByRole('heading', { name: 'Répartition annulée' }).waitFor()
  await page
    .getByText(/annulée le/)
    .first()
    .waitFor()
  await sound(ines, 'annulee-1440')
  await claire.page.reload()
  await claire.page.getByRole('button', { name: `Toutes (${beforeIt})` }).waitFor()
})
