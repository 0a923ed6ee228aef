import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { xlsxTable } from '../server/platform/export/xlsx-table.ts'
import { resize, widths } from './browser.ts'
import { journeys } from './journey.ts'

const { service, sound, signedIn } = journeys('habilitations')

test('ACC-1, ACC-2, ACC-3, ACC-9, ACC-12, UX-1: an advisor asks, the account manager decides, opens an account, grants, suspends; the open session is cut; all by keyboard alone', {
  timeout: 1_200_000,
}, async () => {
  const claire = await signedIn(people.claire, widths.phone)
  await claire.page.goto('/demander-un-acces')
  await claire.page.getByRole('heading', { name: 'Demander un accès', level: 1 }).waitFor()
  await sound(claire, 'ask-320')
  await claire.page.getByLabel('Outil').selectOption({ label: 'Campagnes coordonnées' })
  await claire.page.getByLabel('Profil').selectOption({ label: 'Responsable' })
  await claire.page.getByRole('combobox', { name: 'Territoire' }).fill('Montesquieu')
  await claire.page.locator('[role="option"]').first().click()
  await claire.page.getByLabel('Finalité').selectOption({ index: 1 })
  await claire.page.getByLabel(/^Motif/).fill('Je remplace la responsable du pôle jusqu’à l’été')
  await claire.page.getByRole('button', { name: 'Envoyer la demande' }).press('Enter')
  await claire.page
    .getByRole('table', { name: /Mes demandes/ })
    .getByText('en attente')
    .first()
    .waitFor()

  const maite = await signedIn(people.maite, widths.desktop)
  const { page } = maite
  await page.getByRole('link', { name: 'Habilitations', exact: true }).first().press('Enter')
  await page.getByRole('heading', { name: 'Habilitations', level: 1 }).waitFor()
  await page.getByRole('link', { name: /demandes? d’habilitation/ }).waitFor()
  await sound(maite, 'home-1440')
  await page.getByRole('link', { name: /demandes? d’habilitation/ }).press('Enter')
  await page.getByRole('heading', { name: 'Demandes d’habilitation', level: 1 }).waitFor()
  await sound(maite, 'requests-1440')
  await page
    .getByRole('button', { name: /Décider de la demande pour Claire Dufau/ })
    .first()
    .press('Enter')
  await page.getByRole('dialog').getByRole('radio', { name: 'Refuser' }).press('Space')
  await page.getByLabel('Motif de la décision').fill('La responsable revient lundi')
  await sound(maite, 'decide-1440')
  await page.getByRole('dialog').getByRole('button', { name: 'Décider' }).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await claire.page.reload()
  await claire.page.getByText('La responsable revient lundi').waitFor()

  await page.goto('/habilitations/personnes/nouvelle')
  await page.getByLabel('Courriel nominatif').fill('contact@jalle-eau-bourde.example')
  await page.getByLabel('Prénom').fill('Lucas')
  await page.getByLabel('Nom', { exact: true }).fill('Etcheverry')
  await page.getByLabel(/^Fonction/).fill('Conseiller entreprises')
  await page.getByRole('button', { name: 'Créer le compte' }).press('Enter')
  await page.getByText('Cette adresse est celle d’un service').first().waitFor()
  await sound(maite, 'new-refused-1440')
  await page.getByLabel('Courriel nominatif').fill('lucas.etcheverry@jalle-eau-bourde.example')
  await page.getByRole('button', { name: 'Créer le compte' }).press('Enter')
  await page.getByRole('heading', { name: 'Lucas Etcheverry', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Habiliter' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Outil').selectOption({ label: 'Campagnes coordonnées' })
  await dialog.getByText('Le plus petit que demande la fonction : conseiller').waitFor()
  await dialog.getByLabel('Profil').selectOption({ label: 'Pilote' })
  await dialog.getByText(/au-delà de ce que la fonction demande/).waitFor()
  await sound(maite, 'grant-1440')
  await dialog.getByLabel('Profil').selectOption({ label: 'Conseiller' })
  await dialog.getByRole('combobox', { name: 'Territoire' }).fill('Bordeaux hors')
  await page.locator('[role="option"]').first().click()
  await dialog.getByLabel('Finalité').selectOption({ index: 1 })
  await dialog.getByLabel(/^Motif/).fill('Prospection de la task force')
  await dialog.getByRole('button', { name: 'Habiliter' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Campagnes coordonnées, profil conseiller' }).waitFor()
  await sound(maite, 'person-1440')
  // That grant alone, suspended and given back.
  for (const [act, done] of [
    ['Suspendre', page.getByText('suspendue', { exact: true })],
    ['Rétablir', page.getByRole('heading', { name: 'Campagnes coordonnées, profil conseiller' })],
  ] as const) {
    await page.getByRole('button', { name: new RegExp(`^${act} Campagnes coordonnées`) }).press('Enter')
    await dialog.getByRole('button', { name: act, exact: true }).press('Enter')
    await dialog.getByText('Renseignez « Motif ».').first().waitFor()
    await sound(maite, `grant-${act === 'Suspendre' ? 'suspend' : 'resume'}-1440`)
    await dialog.getByLabel(/^Motif/).fill('Mission en pause')
    await dialog.getByRole('button', { name: act, exact: true }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await done.first().waitFor()
    if (act === 'Suspendre') await page.getByText('sans habilitation', { exact: true }).waitFor()
    for (const width of [320, 1440]) {
      await resize(page, { width, height: 900 })
      await sound(maite, `person-${act === 'Suspendre' ? 'suspended' : 'resumed'}-${width}`)
    }
  }

  const [{ id }] = (await service.sql<{ id: string }>(`select id from accounts where family_name = 'Dufau'`)) as [
    { id: string },
  ]
  await page.goto(`/habilitations/personnes/${id}`)
  await page.getByRole('button', { name: 'Suspendre', exact: true }).press('Enter')
  await page
    .getByRole('dialog')
    .getByLabel(/^Motif/)
    .fill('Absence longue')
  await page.getByRole('dialog').getByRole('button', { name: 'Suspendre', exact: true }).press('Enter')
  await page.getByText('suspendu', { exact: true }).first().waitFor()
  await claire.page.goto('/campagnes')
  await claire.page
    .getByRole('link', { name: /ProConnect/ })
    .first()
    .waitFor()

  await page.goto('/habilitations/acces')
  await page.getByRole('table').waitFor()
  await sound(maite, 'access-1440')
  for (const width of [320, 768]) {
    await resize(page, { width, height: 900 })
    for (const [path, name] of [
      ['/habilitations', 'home'],
      ['/habilitations/personnes', 'people'],
      [`/habilitations/personnes/${id}`, 'person'],
      ['/habilitations/acces', 'access'],
      ['/habilitations/structure', 'structure'],
      ['/habilitations/fichier', 'file'],
      ['/habilitations/demandes?etat=decidees', 'requests'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await sound(maite, `${name}-${width}`)
    }
  }
})

test('RGC-5, ACC-1, UX-5: without the role the pages say who holds it; a file with a wrong line creates nothing, a workbook is read as it is', {
  timeout: 1_200_000,
}, async () => {
  const karim = await signedIn(people.karim, widths.desktop)
  await karim.page.goto('/habilitations/personnes')
  await karim.page.getByText('Cette page est réservée à un rôle que vous ne tenez pas').first().waitFor()
  await sound(karim, 'refused-1440')
  const maite = await signedIn(people.maite, widths.desktop)
  await maite.page.goto('/habilitations/fichier')
  await maite.page.getByLabel(/^Fichier/).setInputFiles({
    name: 'personnes.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'Prénom;Nom;Courriel;Fonction\nAnna;Zubiri;anna.zubiri@jalle-eau-bourde.example;Assistante\nLuc;Arnaud;rh@jalle-eau-bourde.example;Conseiller\n',
    ),
  })
  await maite.page.getByText('adresse d’un service').waitFor()
  assert.equal(await maite.page.getByRole('button', { name: /^Créer/ }).count(), 0)
  await sound(maite, 'file-wrong-1440')
  await maite.page.getByLabel(/^Fichier/).setInputFiles({
    name: 'casse.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([0x50, 0x4b, 3, 4]),
  })
  await maite.page.getByText(/^Ce classeur ne se lit pas/).waitFor()
  const rows = (async function* () {
    yield [['Anna', 'Zubiri', 'anna.zubiri@jalle-eau-bourde.example', 'Assistante']]
  })()
  const head = ['Prénom', 'Nom', 'Courriel', 'Fonction']
  const table = { title: 'Personnes', head, pages: rows, closing: () => [] }
  await maite.page.getByLabel(/^Fichier/).setInputFiles({
    name: 'personnes.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await buffer(xlsxTable(table, new Date('2026-11-27T10:00:00Z'))),
  })
  await maite.page.getByRole('button', { name: /^Créer 1/ }).press('Enter')
  await maite.page.getByText('Comptes créés').waitFor()
  await sound(maite, 'file-done-1440')
})
