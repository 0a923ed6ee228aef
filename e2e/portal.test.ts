import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { people } from '../server/demonstration/stand-in/people.ts'
import { resize, widths } from './browser.ts'
import { journeys, title } from './journey.ts'

const { service, soundAtEveryWidth: sound, signedIn } = journeys('portail')

const publish = async (page: Page, name: string, body: string) => {
  await page.goto('/textes')
  await page.getByRole('link', { name: 'Publier une version' }).press('Enter')
  await title(page, 'Publier une version')
  await page
    .getByLabel('Texte', { exact: true })
    .first()
    .selectOption({ label: 'Conditions générales d’utilisation (CGU)' })
  await page.getByLabel('Titre', { exact: true }).fill(name)
  await page.getByRole('textbox', { name: /^Texte/ }).fill(body)
  await page.getByRole('button', { name: 'Publier' }).press('Enter')
  await title(page, /^Conditions générales d’utilisation \(CGU\), version \d+$/)
}

test('POR-2, ACC-7: a new version is asked at the door, accepted by keyboard, and another asks again; what is not accepted says who can help', {
  timeout: 1_200_000,
}, async () => {
  const samir = await signedIn(people.samir)
  await publish(
    samir.page,
    'Conditions de novembre',
    '# Ce qui change\n\nUne règle **nouvelle**.\n\n- Première ligne\n- Seconde ligne',
  )
  await sound(samir, 'texte-publie')

  const claire = await signedIn(people.claire, widths.desktop, /^Conditions à accepter$/)
  const { page } = claire
  await page.getByText(/^1\stexte à lire et à accepter/).waitFor()
  const order = await page.getByRole('heading', { level: 2 }).allTextContents()
  assert.ok(
    order.indexOf('Conditions générales d’utilisation (CGU)') <
      order.findIndex(t => t.startsWith('Conditions particulières')),
    'AGR-8: in the order in which they prevail',
  )
  await sound(claire, 'conditions')
  await resize(page, widths.desktop)
  await page.getByRole('button', { name: 'Accepter ce texte' }).press('Enter')
  await page.getByRole('heading', { name: 'Il reste des textes à accepter' }).waitFor()
  await sound(claire, 'conditions-oubli')

  // The portal stays open meanwhile; the tools do not.
  await page.goto('/mes-droits')
  await title(page, 'Mes droits')
  await page.getByText('Les conditions générales d’utilisation sont à accepter.').first().waitFor()
  await sound(claire, 'mes-droits-retenus')
  await page.goto('/outils')
  await title(page, 'Outils communs')
  await page.goto('/campagnes')
  await title(page, 'Conditions à accepter')
  assert.match(page.url(), /retour=%2Fcampagnes/)

  await page.getByRole('checkbox', { name: /^J’ai lu et j’accepte/ }).press('Space')
  await page.getByRole('button', { name: 'Accepter ce texte' }).press('Enter')
  await title(page, 'Campagnes')
  await page.getByRole('link', { name: 'Apprentissage dans le bâtiment' }).first().waitFor()

  // A newer one, published while she works: the next refusal says it, the next page asks it.
  await publish(samir.page, 'Conditions de décembre', 'Un autre texte.')
  await page.getByRole('link', { name: 'Indicateurs' }).first().press('Enter')
  await page
    .getByText('Acceptez d’abord les conditions d’utilisation en vigueur')
    .or(page.getByRole('heading', { name: 'Conditions à accepter', level: 1 }))
    .first()
    .waitFor()
  await page.goto('/campagnes')
  await title(page, 'Conditions à accepter')
  await page.getByRole('checkbox', { name: /^J’ai lu et j’accepte/ }).press('Space')
  await page.getByRole('button', { name: 'Accepter ce texte' }).press('Enter')
  await title(page, 'Campagnes')
  const kept = await service.sql<{ version: number; same: boolean }>(
    `select d.version, a.body_hash = d.body_hash as same from acceptances a join documents d on d.id = a.document_id
      where a.account_id = $1 and d.kind = 'cgu' order by 1`,
    [people.claire.accountId],
  )
  assert.deepEqual(kept, [
    { version: 1, same: true },
    { version: 2, same: true },
    { version: 3, same: true },
  ])
  await page.goto('/textes')
  await page.getByRole('link', { name: /^Conditions générales.*version 1$/ }).waitFor()
  await sound(claire, 'textes')
})

test('POR-1, SEC-4, SEC-7, POR-7: the portal’s pages for who follows a structure, at three widths', {
  timeout: 1_200_000,
}, async () => {
  const maite = await signedIn(people.maite, widths.desktop, /^(Bonjour|Conditions à accepter)/)
  const { page } = maite
  await accepted(page)
  await sound(maite, 'accueil')
  await page.goto('/outils')
  await page.getByText('Ouvert tous les jours', { exact: false }).first().waitFor()
  await sound(maite, 'outils')
  // Each tool has its page: none is said to be to come.
  await page.getByRole('heading', { name: 'Fiche pratique de recrutement' }).waitFor()
  assert.equal(await page.getByText('à venir', { exact: true }).count(), 0)

  await page.goto('/sensibilisations')
  await title(page, 'Sensibilisations à la sécurité')
  await page.getByRole('button', { name: /^Noter la sensibilisation de Claire/ }).press('Enter')
  await page.getByLabel('Modalité').selectOption({ label: 'réunion' })
  await page.getByLabel('Intitulé').fill('Réunion de rentrée')
  await sound(maite, 'sensibilisation-noter')
  await resize(page, widths.desktop)
  await page.getByRole('dialog').getByRole('button', { name: 'Noter', exact: true }).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.equal(
    (
      await service.sql(`select from awareness_records where title = 'Réunion de rentrée' and account_id = $1`, [
        people.claire.accountId,
      ])
    ).length,
    1,
  )
  await sound(maite, 'sensibilisations')
  await resize(page, widths.desktop)
  await page.getByRole('button', { name: 'Noter une réunion' }).press('Enter')
  await page.getByRole('combobox', { name: 'Modalité' }).selectOption('reunion')
  await page.getByLabel('Intitulé').fill('Réunion de rentrée')
  await page
    .getByLabel('Adresses électroniques des participants')
    .fill(`Participants : ${people.claire.email}; INCONNUE@jalle-eau-bourde.example\n${people.maite.email}`)
  await sound(maite, 'reunion-noter')
  await resize(page, widths.desktop)
  await page.getByRole('button', { name: 'Reconnaître les personnes' }).press('Enter')
  await page.getByText('1 adresse inconnue').waitFor()
  await page.getByText('Vous étiez à la réunion').waitFor()
  await sound(maite, 'reunion-reconnue')
  await resize(page, widths.desktop)
  await page.getByRole('button', { name: /^Noter pour 1.personne/ }).press('Enter')
  await page
    .getByText(/^1.sensibilisation est notée/)
    .first()
    .waitFor()

  await page.goto('/equipement')
  await page.getByRole('button', { name: 'Noter une validation' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Noter', exact: true }).press('Enter')
  await page.getByText('Cochez au moins un élément.').waitFor()
  await page.getByRole('checkbox', { name: 'réseau' }).press('Space')
  await page.getByRole('dialog').getByRole('button', { name: 'Noter', exact: true }).press('Enter')
  await page.getByText(/^Votre structure n’a encore jamais validé/).waitFor()
  await sound(maite, 'equipement')

  await page.goto('/demandes-d-acces')
  await page.getByText(/Personne n’est encore désigné/).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Demander l’accès' }).count(), 0)
  const gilles = await signedIn(people.gilles, widths.desktop, /^(Bonjour|Conditions à accepter)/)
  await accepted(gilles.page)
  await gilles.page.goto('/demandes-d-acces')
  await gilles.page.getByRole('button', { name: 'Désigner une personne' }).press('Enter')
  await gilles.page.getByRole('checkbox', { name: 'Cette personne n’a pas encore de compte' }).press('Space')
  for (const [label, words] of [
    ['Prénom', 'Alix'],
    ['Nom', 'Essai'],
    [/^Fonction/, 'Directrice'],
    [/^Courriel nominatif/, 'alix.essai@jalle-eau-bourde.example'],
  ] as const)
    await gilles.page.getByLabel(label, { exact: true }).fill(words)
  await sound(gilles, 'designer')
  await gilles.page.getByRole('button', { name: 'Désigner', exact: true }).press('Enter')
  await gilles.page.getByText(/^Alix Essai, depuis le/).waitFor()
  await gilles.page.getByRole('button', { name: 'Désigner une autre personne' }).press('Enter')
  await gilles.page.getByLabel('Personne', { exact: true }).selectOption({ label: 'Maïté Harispe' })
  await gilles.page.getByRole('button', { name: 'Désigner', exact: true }).press('Enter')
  await gilles.page.getByText(/^Maïté Harispe, depuis le/).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Demander l’accès' }).press('Enter')
  await page.getByLabel(/^Nombre de personnes/).fill('12')
  await page.getByRole('button', { name: 'Envoyer la demande' }).press('Enter')
  await page.getByText('en attente').waitFor()
  await sound(maite, 'demandes-d-acces')
})
const accepted = async (page: Page) => {
  if (await page.getByRole('heading', { name: 'Conditions à accepter', level: 1 }).count()) {
    await page.getByRole('checkbox').first().waitFor()
    for (const box of await page.getByRole('checkbox').all()) await box.press('Space')
    await page.getByRole('button', { name: /^Accepter/ }).press('Enter')
    await title(page, /^Bonjour/)
  }
}

test('AGR-12: the operator publishes annex 4, is told which grants a withdrawn tool ends, confirms it, and takes it back the same day', {
  timeout: 1_200_000,
}, async () => {
  const samir = await signedIn(people.samir, widths.desktop, /^(Bonjour|Conditions à accepter)/)
  await accepted(samir.page)
  const { page } = samir
  await page.goto('/outils')
  await page.getByRole('link', { name: 'Publier l’annexe 4' }).press('Enter')
  await page.getByRole('checkbox', { name: 'Fiche pratique de recrutement' }).press('Space')
  await page.getByRole('heading', { name: 'Des habilitations prendront fin' }).waitFor()
  await page.getByText(/« Fiche pratique de recrutement » \(\d+\shabilitations?, \d+\spersonnes?\)/).waitFor()
  await page.getByLabel('Ce qui change').fill('La fiche de recrutement est retirée.')
  await sound(samir, 'annexe-publier')
  await resize(page, widths.desktop)
  await page.getByRole('button', { name: 'Publier' }).press('Enter')
  await page.getByText('Retrait à confirmer').waitFor()
  await page.getByRole('checkbox', { name: /^Je confirme le retrait de/ }).press('Space')
  await page.getByRole('button', { name: 'Publier' }).press('Enter')
  await page.getByText(/Annexe 4 de la convention, version 2/).waitFor()
  await page.getByText(/^Version 2, depuis/).press('Enter')
  await page.getByRole('button', { name: 'Annuler la version 2' }).press('Enter')
  await page.getByLabel('Motif').fill('Une case décochée par erreur')
  await sound(samir, 'annexe-annuler')
  await resize(page, widths.desktop)
  await page.getByRole('button', { name: 'Annuler la version', exact: true }).press('Enter')
  await page.getByText(/Annexe 4 de la convention, version 1/).waitFor()
  await page.getByText(/^Version 2, prévue le .*, annulée le/).waitFor()
  await page.getByRole('button', { name: /^Dire l’état du service de Campagnes/ }).press('Enter')
  await page.getByRole('radio', { name: /perturbé/ }).press('Space')
  await page.getByLabel('Ce que les personnes liront').fill('Recherche ralentie, retour prévu à midi.')
  await page.getByRole('button', { name: 'Publier l’état' }).press('Enter')
  await page.getByText('Recherche ralentie, retour prévu à midi.').first().waitFor()
  await sound(samir, 'outils-administrateur')
})
