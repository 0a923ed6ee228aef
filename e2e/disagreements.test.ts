import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { resize, widths } from './browser.ts'
import { journeys } from './journey.ts'

const aPaper = { name: 'piece.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 piece %%EOF') }
const { soundAtEveryWidth: sound, signedIn } = journeys('disagreements')

test('AGR-14, AGR-5: a partner raises a disagreement, the regional direction notes the attempt and its failure with the court, then names the breached obligations from the list', {
  timeout: 1_200_000,
}, async () => {
  const gilles = await signedIn(people.gilles)
  const { page } = gilles
  await page.goto('/conventions')
  await page.getByRole('heading', { name: /^Convention avec la communauté de communes Jalle/, level: 1 }).waitFor()
  const address = new URL(page.url()).pathname
  await page.getByRole('link', { name: 'Lire les différends', exact: true }).press('Enter')
  await page.getByText('Aucun différend', { exact: true }).waitFor()
  await sound(gilles, 'aucun')
  await resize(page, widths.phone)
  await page.getByRole('button', { name: 'Ouvrir un différend', exact: true }).press('Enter')
  const opening = page.getByRole('dialog', { name: 'Ouvrir un différend' })
  await opening.getByRole('button', { name: 'Ouvrir le différend', exact: true }).press('Enter')
  await opening.getByText('Renseignez « Objet ».').first().waitFor()
  await opening.getByLabel(/^Objet/).fill('Délai de suppression des accès')
  await opening.getByLabel(/^Ce qui oppose les parties/).fill('Trois comptes d’agents partis sont restés ouverts.')
  await opening.getByLabel(/^Né le/).fill('2026-02-02')
  await opening.getByLabel(/^Annexe 1, article 5/).press('Space')
  await sound(gilles, 'ouvrir')
  await opening.getByRole('button', { name: 'Ouvrir le différend', exact: true }).press('Enter')
  await page.getByRole('heading', { name: 'Différend n° 1 : Délai de suppression des accès' }).waitFor()
  await page.getByText(/^Articles en cause : Annexe 1, article 5/).waitFor()
  await sound(gilles, 'ouvert')

  const sylvie = await signedIn(people.sylvie)
  await sylvie.page.goto(`${page.url()}`)
  await sylvie.page.getByText('Trois comptes d’agents partis sont restés ouverts.').waitFor()
  await sylvie.page.getByRole('button', { name: 'Noter une tentative amiable', exact: true }).press('Enter')
  const noting = sylvie.page.getByRole('dialog')
  await noting.getByLabel(/^Ce qui s’est dit/).fill('Réunion à Bordeaux : chacun relit ses échanges.')
  await noting.locator('input[type=file]').setInputFiles(aPaper)
  await sound(sylvie, 'tentative')
  await noting.getByRole('button', { name: 'Noter une tentative amiable', exact: true }).press('Enter')
  await sylvie.page.getByText(/^Tentative amiable \(réunion\)/).waitFor()
  await sylvie.page.getByRole('button', { name: 'Télécharger la pièce de l’étape 1', exact: true }).waitFor()
  await sylvie.page.getByRole('button', { name: 'Noter l’échec de l’accord amiable', exact: true }).press('Enter')
  await noting.getByLabel(/^Pourquoi aucun accord/).fill('Les positions restent éloignées.')
  await noting.getByLabel(/^Tribunal compétent/).fill('Tribunal administratif de Bordeaux')
  await noting.getByRole('button', { name: 'Noter l’échec de l’accord amiable', exact: true }).press('Enter')
  await sylvie.page.getByText('Accord amiable échoué', { exact: true }).first().waitFor()
  await sylvie.page
    .getByText(/Tribunal compétent : Tribunal administratif de Bordeaux\./)
    .first()
    .waitFor()
  await sound(sylvie, 'echec')

  await sylvie.page.goto(address)
  await sylvie.page.getByText(/^1\sdifférend, dont 1 en cours\./).waitFor()
  await sylvie.page.getByRole('button', { name: 'Notifier un manquement', exact: true }).press('Enter')
  const breach = sylvie.page.getByRole('dialog', { name: 'Notifier un manquement' })
  await breach.getByLabel(/^Ce qui n’a pas été tenu/).fill('Aucune sensibilisation depuis deux ans.')
  await breach.getByLabel(/^Référence de la lettre/).fill('1A 200 300 4005 6')
  await breach.locator('input[type=file]').setInputFiles(aPaper)
  await breach.getByRole('button', { name: 'Notifier le manquement', exact: true }).press('Enter')
  await breach.getByText('Choisissez au moins une obligation essentielle.').waitFor()
  await breach.getByLabel(/^Article 7 \(sensibiliser ses agents/).press('Space')
  await breach.getByLabel('Une autre stipulation', { exact: true }).press('Space')
  await breach.getByLabel(/^Article ou annexe/).fill('Annexe 5')
  await sound(sylvie, 'manquement')
  await breach.getByRole('button', { name: 'Notifier le manquement', exact: true }).press('Enter')
  await sylvie.page
    .getByText(/^Manquement notifié par l’opérateur, Article 7 \(sensibiliser .*\) ; Annexe 5 : « Aucune/)
    .waitFor()
  await sound(sylvie, 'notifie')
})
