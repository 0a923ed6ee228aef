import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/identity/stand-in/people.ts'
import { journeys, title } from './journey.ts'

const { service, soundAtEveryWidth: sound, signedIn } = journeys('anomalies')

test('ACC-14, POR-5, UX-1: an account manager finds the anomalies from her home, corrects one by keyboard, and finds it again corrected; the security officer sees the same', { timeout: 300_000 }, async () => {
  const maite = await signedIn(people.maite)
  const { page } = maite
  await page.goto('/habilitations')
  const link = page.getByRole('link', { name: /^\d+ anomalies?$/ })
  await link.waitFor()
  const count = Number.parseInt((await link.textContent())!, 10)
  assert.ok(count > 0)
  await link.press('Enter')
  await title(page, 'Anomalies des accès')
  await page.getByRole('table', { name: new RegExp(`^${count} anomalies?$`) }).waitFor()
  await sound(maite, 'ouvertes')

  await page.getByLabel('Anomalie', { exact: true }).selectOption({ label: 'Jamais utilisée' })
  await page.waitForURL(/quoi=never-used/)
  const act = page.getByRole('button', { name: /^Mettre fin : Inès Garat, Fiche établissement/ })
  await act.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motif').fill('Ne s’en sert pas')
  await sound(maite, 'mettre-fin')
  await dialog.getByRole('button', { name: 'Mettre fin' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await act.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Corrigées' }).press('Enter')
  await page.getByText(/^habilitation terminée, par Maïté Harispe/).waitFor()
  await sound(maite, 'corrigees')
  await page.getByRole('searchbox', { name: 'Nom ou fonction' }).fill('Personne de ce nom')
  await page.getByText('Aucune anomalie corrigée à ces critères').waitFor()
  await sound(maite, 'vide')

  const claire = await signedIn(people.claire)
  await claire.page.goto('/habilitations/anomalies')
  await claire.page.getByText(/^Il faut/).first().or(claire.page.getByRole('alert').first()).or(claire.page.locator('.fr-alert').first()).waitFor()
  await sound(claire, 'refusee')

  const odile = await signedIn(people.odile)
  await odile.page.goto('/securite')
  await odile.page.getByRole('heading', { name: 'Revues des accès en retard' }).waitFor()
  await sound(odile, 'securite')
  await odile.page.getByRole('link', { name: 'Anomalies des accès' }).press('Enter')
  await title(odile.page, 'Anomalies des accès')
  await odile.page.getByRole('table').waitFor()
  await sound(odile, 'structures')
  await odile.page.getByRole('link', { name: 'Communauté de communes Jalle-Eau-Bourde' }).press('Enter')
  await title(odile.page, 'Anomalies des accès d’une structure')
  await odile.page.getByText('Communauté de communes Jalle-Eau-Bourde').first().waitFor()
  const [{ open }] = await service.sql(`select count(*)::int as open from access_anomalies where corrected_how = 'grant-ended' and corrected_by = $1`, [people.maite.accountId]) as [{ open: number }]
  assert.equal(open, 1)
  await sound(odile, 'structure')
})
