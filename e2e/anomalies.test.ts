import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { journeys, title } from './journey.ts'

const { service, soundAtEveryWidth: sound, signedIn } = journeys('anomalies')

test('ACC-14, POR-5, UX-1: an account manager finds the anomalies from her home, corrects one by keyboard, and finds it again corrected; the security officer sees the same, and supplies what the tool cannot show', {
  timeout: 1_200_000,
}, async () => {
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
  await claire.page
    .getByText(/^Il faut/)
    .first()
    .or(claire.page.getByRole('alert').first())
    .or(claire.page.locator('.fr-alert').first())
    .waitFor()
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
  const [{ open }] = (await service.sql(
    `select count(*)::int as open from access_anomalies where corrected_how = 'grant-ended' and corrected_by = $1`,
    [people.maite.accountId],
  )) as [{ open: number }]
  assert.equal(open, 1)
  await odile.page.getByRole('button', { name: 'Signaler une anomalie' }).press('Enter')
  const his = odile.page.getByRole('dialog')
  await his.getByLabel('Anomalie').fill('Compte partagé')
  await his.getByLabel('Accès').fill('Poste d’accueil')
  await his.getByLabel('Vue le').fill('2026-11-20')
  await his.getByLabel('Preuve').fill('Deux sessions au même instant, depuis deux villes')
  await sound(odile, 'signaler')
  await his.getByRole('button', { name: 'Signaler', exact: true }).press('Enter')
  await his.waitFor({ state: 'detached' })
  await odile.page.getByRole('button', { name: 'Par un fichier' }).press('Enter')
  await his.locator('input[type=file]').setInputFiles({
    name: 'anomalies.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'Anomalie;Accès;Date;Preuve\r\nAncien agent;Un badge;31/02/2026;Vu\r\nAncien agent;Un autre badge;05/01/2026;Vu\r\n',
    ),
  })
  await his.getByText('date absente ou mal écrite (JJ/MM/AAAA)').waitFor()
  await sound(odile, 'fichier-a-corriger')
  await his.locator('input[type=file]').setInputFiles({
    name: 'anomalies.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Anomalie;Accès;Date;Preuve\r\nAncien agent;Un autre badge;05/01/2026;Vu\r\n'),
  })
  await his.getByRole('button', { name: /^Signaler 1/ }).press('Enter')
  await his.waitFor({ state: 'detached' })
  await odile.page.getByRole('table', { name: /^2 anomalies signalées$/ }).waitFor()
  await sound(odile, 'structure')

  await page.goto('/habilitations')
  await page.getByRole('link', { name: /^2 anomalies signalées$/ }).press('Enter')
  await page.getByRole('button', { name: /^Dire corrigée : Compte partagé, Poste d’accueil/ }).press('Enter')
  await dialog.getByLabel('Ce que vous avez fait').fill('Un compte pour chacun')
  await dialog.getByRole('button', { name: 'Dire corrigée' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('table', { name: /^1 anomalie signalée$/ }).waitFor()
  await page.getByRole('button', { name: 'Corrigées' }).press('Enter')
  await page.getByText('Un compte pour chacun').waitFor()
  await sound(maite, 'signalee-corrigee')
})
