import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { atEveryWidth, widths } from './browser.ts'
import { journeys } from './journey.ts'

const { service, sound, signedIn } = journeys('repartir')

test('CAM-4: a pilot shares targets out by load after a simulation, an advisor finds them in the portfolio on a phone, the pilot undoes it', {
  timeout: 1_200_000,
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
  // At first, among the member structures: none of them beside its own people.
  assert.equal(await among.getByRole('checkbox', { name: /^PLIE Portes du Sud/ }).isChecked(), true)
  assert.equal(await among.getByRole('checkbox', { name: /^Claire Dufau/ }).isChecked(), false)
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
  await atEveryWidth(page, width => sound(ines, `simulation-${width}`))
  assert.deepEqual(
    await service.sql('select 1 from target_assignments where sharing_id is not null and at is not null'),
    [],
    'nothing is done yet',
  )
  // Some employers of the demonstration have no solicitation left (CAM-12).
  await page.getByLabel(/^Motif(?! de la)/).fill('Semaine du bâtiment')
  await page.getByLabel(/^Motif de la répartition/).fill('Semaine du bâtiment')
  await page.getByRole('button', { name: /^Répartir \d+/ }).press('Enter')
  // Its report, as any work on many targets; one finds it again among one's long works.
  await page.getByRole('heading', { name: 'Répartir des cibles', level: 1 }).waitFor()
  await page.getByText('terminé', { exact: true }).waitFor()
  await page.getByText('Semaine du bâtiment').waitFor()
  await atEveryWidth(page, width => sound(ines, `compte-rendu-${width}`))
  await page.getByRole('link', { name: 'Mes travaux longs' }).first().press('Enter')
  await page.getByRole('link', { name: /^Répartir des cibles/ }).press('Enter')
  await page.getByRole('heading', { name: 'Répartir des cibles', level: 1 }).waitFor()

  const claire = await signedIn(people.claire, widths.phone)
  await claire.page.getByRole('link', { name: 'Mon portefeuille' }).press('Enter')
  await claire.page.getByRole('heading', { name: 'Mon portefeuille', level: 1 }).waitFor()
  await claire.page.getByRole('button', { name: `Toutes (${afterIt})` }).waitFor()
  await claire.page.getByRole('rowheader').first().waitFor()
  await sound(claire, 'portefeuille-320')

  await page.getByRole('link', { name: 'Apprentissage dans le bâtiment' }).press('Enter')
  await page.getByRole('link', { name: 'Répartir', exact: true }).press('Enter')
  await page.getByRole('button', { name: /^Annuler la répartition du/ }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Annuler cette répartition ?' })
  await dialog.getByRole('button', { name: 'Annuler la répartition' }).press('Enter')
  await page.getByText('annulé', { exact: true }).waitFor()
  await sound(ines, 'annulee-compte-rendu')
  await page.getByRole('link', { name: 'Apprentissage dans le bâtiment' }).press('Enter')
  await page.getByRole('link', { name: 'Répartir', exact: true }).press('Enter')
  await page
    .getByText(/annulée le/)
    .first()
    .waitFor()
  await sound(ines, 'annulee-1440')
  const [{ held } = { held: -1 }] = await service.sql<{ held: number }>(
    `select count(*)::int as held from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
      where t.taken_by = $1 and t.status not in ('traite', 'ecarte')`,
    [people.claire.accountId],
  )
  assert.equal(held, beforeIt, 'she holds what she held')
  await claire.page.reload()
  // Her planned actions stay hers: each keeps its line, with a target or without.
  const { counts } = (await (await claire.page.request.get('/api/portfolio')).json()) as { counts: { all: number } }
  assert.ok(counts.all < afterIt!)
  await claire.page.getByRole('button', { name: `Toutes (${counts.all})` }).waitFor()
})
