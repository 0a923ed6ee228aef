import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { textOfPdf } from '../server/testing/pdf.ts'
import { resize, widths } from './browser.ts'
import { journeys } from './journey.ts'

const { soundAtEveryWidth: sound, signedIn } = journeys('amendments')

test('AGR-15, AGR-6, AGR-11, ACC-15: a regional direction proposes an amendment that adds a territory and names its own signatory, completes the act; the partner reads its PDF, another says first under which act they sign it, and the page says so', {
  timeout: 1_200_000,
}, async () => {
  const gilles = await signedIn(people.gilles)
  await gilles.page.goto('/conventions')
  await gilles.page
    .getByRole('heading', { name: /^Convention avec la communauté de communes Jalle/, level: 1 })
    .waitFor()
  const address = new URL(gilles.page.url()).pathname

  const sylvie = await signedIn(people.sylvie)
  const { page } = sylvie
  await page.goto(address)
  await page.getByRole('button', { name: 'Proposer un avenant', exact: true }).press('Enter')
  await resize(page, widths.phone)
  const dialog = page.getByRole('dialog', { name: 'Proposer un avenant' })
  const field = (label: string) => dialog.getByLabel(new RegExp(`^${label}`))
  for (const label of ['Signataire du partenaire', 'Signataire de l’opérateur']) await field(label).fill('')
  await dialog.getByRole('button', { name: 'Proposer l’avenant', exact: true }).press('Enter')
  for (const label of ['Objet', 'Signataire du partenaire', 'Signataire de l’opérateur'])
    await dialog.getByText(`Renseignez « ${label} ».`).first().waitFor()
  for (const [label, value] of [
    ['Objet', 'Report du terme'],
    ['Texte', '### Article 1\n\nLe terme de la structure {{partenaire.maire}} est reporté.'],
    ['Signataire du partenaire', 'Alix Modèle'],
    ['Qualité du signataire du partenaire', 'Présidente'],
    ['Acte qui habilite le signataire du partenaire', 'Délibération 2026-40'],
    ['Date de l’acte du partenaire', '2026-01-20'],
    ['Signataire de l’opérateur', 'Sacha Exemple'],
    ['Qualité du signataire de l’opérateur', 'Directrice régionale'],
    ['Acte qui habilite le signataire de l’opérateur', 'Arrêté 12'],
    ['Date de l’acte de l’opérateur', '2026-01-21'],
  ] as const)
    await field(label).fill(value)
  await dialog.getByRole('button', { name: 'Proposer l’avenant', exact: true }).press('Enter')
  await dialog.getByText('Document à compléter').first().waitFor()
  await sound(sylvie, 'a-completer')
  await field('Texte').fill(
    '### Article 1\n\nLe terme de la convention est reporté.\n\n| Période | Fin |\n| Première | juin |',
  )
  await dialog.getByText('Il ajoute des territoires à ceux du partenaire').click()
  await dialog.getByRole('combobox', { name: /^Ajouter un territoire/ }).fill('Gironde')
  await page
    .getByRole('option', { name: /Gironde/ })
    .first()
    .click()
  await dialog.getByRole('button', { name: /^Retirer.*Gironde/ }).waitFor()
  await sound(sylvie, 'territoires')
  await dialog.getByRole('button', { name: 'Proposer l’avenant', exact: true }).press('Enter')
  await page.getByText(/ : Alix Modèle, Présidente\.$/).waitFor()
  await page.getByText(/^Ajoute aux territoires du partenaire : .*Gironde/).waitFor()
  await page.getByText('La publication n’est pas renseignée.').first().waitFor()
  // Of the act that it names: transmitted, published, and until when it may be contested.
  await page.getByRole('button', { name: 'Compléter l’acte d’Alix Modèle, avenant n° 1' }).press('Enter')
  const act = page.getByRole('dialog', { name: 'Avenant n° 1 : acte qui habilite Alix Modèle' })
  await act.getByLabel(/^Reçu en préfecture le/).fill('2026-01-25')
  await act.getByLabel(/^Publié le/).fill('2026-01-26')
  await act.getByLabel(/^L’acte lui-même/).setInputFiles({
    name: 'délibération.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7 délibération %%EOF'),
  })
  await act.getByText(/^Fichier joint : délibération\.pdf/).waitFor()
  await sound(sylvie, 'acte')
  await act.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
  await act.waitFor({ state: 'hidden' })
  await page.getByText(/publié le 26 janvier 2026 · recours possible jusqu’au 27 mars 2026/).waitFor()
  await sound(sylvie, 'propose')

  await gilles.page.reload()
  await gilles.page.getByRole('button', { name: 'Lire l’acte', exact: true }).waitFor()
  const leaves = gilles.page.waitForEvent('download')
  await gilles.page.getByRole('button', { name: 'Avenant n° 1 : Report du terme', exact: true }).press('Enter')
  const file = await leaves
  assert.match(file.suggestedFilename(), /\.pdf$/)
  const text = textOfPdf(await readFile(await file.path())).replaceAll(/[\s\u00A0]+/g, ' ')
  for (const said of [
    'Article 1',
    'Alix Modèle, Présidente',
    'Délibération 2026-40',
    'Première',
    'S’ajoutent aux territoires du partenaire',
    'Gironde',
  ])
    assert.ok(text.includes(said), `${said}: ${text}`)
  // Another is named: no button to sign before the act that gives power to sign is there.
  assert.equal(await gilles.page.getByRole('button', { name: 'Signer l’avenant n° 1', exact: true }).count(), 0)
  await gilles.page.getByRole('button', { name: 'Déposer l’avenant n° 1 signé sur papier' }).first().press('Enter')
  const deposit = gilles.page.getByRole('dialog', { name: 'Signer l’avenant n° 1' })
  await deposit.getByText('Ce document nomme Alix Modèle pour votre partie').waitFor()
  await sound(gilles, 'un-autre-est-nomme')
  await deposit.getByRole('button', { name: 'Annuler' }).press('Enter')
  await gilles.page.getByRole('button', { name: 'Dire qui signe pour l’avenant n° 1' }).first().press('Enter')
  const naming = gilles.page.getByRole('dialog', { name: 'Dire qui signe l’avenant n° 1' })
  await naming.getByLabel(/^Qui signe/).selectOption({ label: `${people.gilles.givenName} ${people.gilles.usualName}` })
  await naming.getByLabel(/^Acte qui lui donne pouvoir/).fill('Délégation 2026-07')
  await naming.getByLabel(/^Date de cet acte/).fill('2026-01-22')
  await naming.getByLabel(/^Pris par/).fill('Le conseil communautaire')
  await naming.getByLabel(/^Reçu en préfecture le/).fill('2026-01-25')
  await naming.getByLabel(/^Publié le/).fill('2026-01-26')
  await sound(gilles, 'dire-qui-signe')
  await naming.getByRole('button', { name: 'Enregistrer qui signe' }).press('Enter')
  await naming.waitFor({ state: 'hidden' })
  await gilles.page.getByText(/^Signe à sa place : Gilles/).waitFor()
  // Recorded as a deputy, he is named as such, and signs so.
  await gilles.page.getByText('Aucun suppléant de signature n’est enregistré.').waitFor()
  await gilles.page.getByRole('button', { name: 'Enregistrer un suppléant' }).press('Enter')
  const deputy = gilles.page.getByRole('dialog', { name: 'Enregistrer un suppléant de signature' })
  await deputy
    .getByLabel(/^Qui est suppléant/)
    .selectOption({ label: `${people.gilles.givenName} ${people.gilles.usualName}` })
  await deputy.getByLabel(/^Sa qualité/).fill('Vice-président')
  await deputy.getByLabel(/^Acte qui lui donne pouvoir/).fill('Arrêté 2026-08')
  await deputy.getByLabel(/^Date de cet acte/).fill('2026-01-22')
  await deputy.getByLabel(/^Pris par/).fill('Alix Modèle')
  await deputy.getByLabel(/^Reçu en préfecture le/).fill('2026-01-25')
  await deputy.getByLabel(/^Publié le/).fill('2026-01-26')
  await deputy.getByLabel(/^Signe à partir du/).fill('2026-01-21')
  await deputy.getByLabel(/^Motif/).fill('Arrêté de délégation')
  await deputy.getByRole('button', { name: 'Enregistrer la délégation' }).press('Enter')
  await deputy.getByText(/Dans l’ordre : l’acte, le début, la fin/).waitFor()
  await sound(gilles, 'suppleant-refuse')
  await deputy.getByLabel(/^Signe à partir du/).fill('2026-01-26')
  await deputy.getByRole('button', { name: 'Enregistrer la délégation' }).press('Enter')
  await deputy.waitFor({ state: 'hidden' })
  await gilles.page.getByText('Arrêté 2026-08 du 22 janvier 2026, pris par Alix Modèle').waitFor()
  await gilles.page.getByText('Peut signer', { exact: true }).waitFor()
  await sound(gilles, 'suppleant')
  await gilles.page.getByRole('button', { name: 'Dire qui signe pour l’avenant n° 1' }).first().press('Enter')
  await naming
    .getByLabel(/^Qui signe/)
    .selectOption({ label: `${people.gilles.givenName} ${people.gilles.usualName}, suppléant de signature` })
  await naming.getByRole('button', { name: 'Enregistrer qui signe' }).press('Enter')
  await naming.waitFor({ state: 'hidden' })
  await gilles.page.getByText(/^Signe en qualité de suppléant : Gilles/).waitFor()
  await gilles.page.getByRole('button', { name: 'Signer l’avenant n° 1', exact: true }).first().press('Enter')
  const signing = gilles.page.getByRole('dialog', { name: 'Signer l’avenant n° 1' })
  await signing.getByText(/signe en qualité de suppléant d’Alix Modèle/).waitFor()
  await signing.getByRole('button', { name: 'Signer', exact: true }).press('Enter')
  await gilles.page
    .getByText(
      /^Le document nomme Alix Modèle : Gilles .* a signé en qualité de suppléant, en vertu de : Arrêté 2026-08/,
    )
    .waitFor()
  await gilles.page.getByRole('button', { name: /^Mettre fin à la délégation/ }).press('Enter')
  const ending = gilles.page.getByRole('dialog', { name: /^Mettre fin à la délégation/ })
  await ending.getByLabel(/^Motif/).fill('Fin de mandat')
  await ending.getByRole('button', { name: 'Mettre fin à la délégation' }).press('Enter')
  await ending.waitFor({ state: 'hidden' })
  await gilles.page.getByText('Enregistré auparavant').waitFor()
  await sound(gilles, 'signe')
})
