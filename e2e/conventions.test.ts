import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { resize, widths } from './browser.ts'
import { journeys } from './journey.ts'

const aLetter = { name: 'lettre.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 lettre %%EOF') }
const { service, soundAtEveryWidth: sound, signedIn } = journeys('conventions')

test('AGR-1, AGR-2, AGR-10: a regional direction finds what is missing, completes a draft, reads its text, composes it, sends it and signs for the operator', {
  timeout: 1_200_000,
}, async () => {
  const sylvie = await signedIn(people.sylvie)
  const { page } = sylvie
  await page.getByRole('navigation').getByRole('link', { name: 'Conventions' }).first().click()
  await page.getByRole('heading', { name: 'Conventions', level: 1 }).waitFor()
  await page
    .getByText(/5\sconventions/)
    .first()
    .waitFor()
  await sound(sylvie, 'console')
  await page.getByRole('button', { name: /^Sans RGC \(\d+\)/ }).press('Enter')
  await page.getByRole('link', { name: 'Communauté de communes Jalle-Eau-Bourde' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Communauté de communes de Montesquieu' }).waitFor()
  await page.getByRole('button', { name: /^Toutes \(/ }).press('Enter')
  await page.getByLabel('État').selectOption('draft')
  // The former rows stay until the next come.
  await page.getByRole('link', { name: 'Communauté de communes Jalle-Eau-Bourde' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Communauté de communes de Montesquieu' }).press('Enter')
  await page.getByText('Projet : rien n’est encore envoyé').waitFor()
  await page.getByText('L’acte qui habilite à signer, ou sa date, n’est pas renseigné.').waitFor()
  await sound(sylvie, 'draft')
  await page.getByRole('link', { name: 'Lire le texte et ses annexes' }).press('Enter')
  await page.getByText(/Il manque/).waitFor()
  await page.getByText('[L’acte qui l’habilite à signer : à compléter]').waitFor()
  await sound(sylvie, 'text')
  await page.goBack()

  await resize(page, widths.phone)
  await page.getByRole('link', { name: 'Modifier le projet' }).press('Enter')
  await page
    .getByLabel(/^Acte qui l’habilite/)
    .first()
    .fill('Délibération n° 2026-301')
  await page
    .getByLabel(/^Date de cet acte/)
    .first()
    .fill('2026-11-02')
  await sound(sylvie, 'edit')
  // Emptied, each field is named with the party it is of.
  const names = ['Signataire du partenaire', 'Signataire de l’opérateur'] as const
  const fieldOf = (name: string) => page.getByLabel(new RegExp(`^${name}`))
  const written = await Promise.all(names.map(name => fieldOf(name).inputValue()))
  for (const name of names) await fieldOf(name).fill('')
  await page.getByRole('button', { name: 'Enregistrer le projet' }).press('Enter')
  for (const [n, name] of names.entries()) {
    await page.getByRole('link', { name: `Renseignez « ${name} ».` }).waitFor()
    await fieldOf(name).fill(written[n]!)
  }
  await page.getByRole('button', { name: 'Enregistrer le projet' }).press('Enter')
  await page.getByText('Délibération n° 2026-301').waitFor()
  await page.getByRole('button', { name: 'Envoyer à la signature' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Envoyer', exact: true }).press('Enter')
  await page.getByText('À signer par les deux parties').waitFor()
  await page.getByRole('button', { name: 'Signer', exact: true }).press('Enter')
  // The digest is there for whoever asks for it, and not in the way of who signs.
  assert.equal(
    await page
      .getByText(/SHA-256/)
      .filter({ visible: true })
      .count(),
    0,
  )
  await page.getByRole('dialog').getByText('Empreinte du document').click()
  await page
    .getByRole('dialog')
    .getByText(/SHA-256/)
    .waitFor()
  await sound(sylvie, 'sign')
  await page.getByRole('dialog').getByRole('button', { name: 'Signer', exact: true }).press('Enter')
  await page.getByText(/^Signée par l’opérateur/).waitFor()
  await page.getByText('Document intact').waitFor()
  await sound(sylvie, 'signed')
})

test('AGR-3, AGR-4, AGR-9: a partner’s signatory reads what comes next, names a contact, gives notice, and the page says when it ends', {
  timeout: 1_200_000,
}, async () => {
  const gilles = await signedIn(people.gilles)
  const { page } = gilles
  await page.getByRole('navigation').getByRole('link', { name: 'Conventions' }).first().click()
  await page.getByRole('heading', { name: /^Convention avec la communauté de communes Jalle/, level: 1 }).waitFor()
  await page.getByText(/^En vigueur\. La période en cours se termine le/).waitFor()
  await page.getByRole('img', { name: /^Ligne de temps : .*aujourd’hui/ }).waitFor()
  await sound(gilles, 'partner')
  await page.getByRole('button', { name: 'Nommer : Responsable de la formation' }).press('Enter')
  await page.getByLabel('Nom, ou nom du service').fill('Service formation')
  await page.getByLabel('Adresse électronique').fill('formation@jalle-eau-bourde.example')
  await page.getByRole('dialog').getByRole('button', { name: 'Nommer' }).press('Enter')
  await page.getByText('formation@jalle-eau-bourde.example').waitFor()
  await page.getByRole('button', { name: 'Donner congé' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Reçu le/).fill('2099-01-01')
  await dialog.getByRole('button', { name: 'Donner congé' }).press('Enter')
  await dialog.getByText('Joignez la lettre ou le courriel, en PDF ou en image.').waitFor()
  await dialog.locator('input[type=file]').setInputFiles(aLetter)
  await dialog.getByRole('button', { name: 'Donner congé' }).press('Enter')
  await dialog.getByText(/ne peut pas être à venir/).waitFor()
  await sound(gilles, 'notice')
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date())
  await dialog.getByLabel(/^Reçu le/).fill(day)
  await dialog.getByRole('button', { name: 'Donner congé' }).press('Enter')
  await dialog.getByText(/La convention prend fin le .* à 24 heures/).waitFor()
  await sound(gilles, 'fin-a-confirmer')
  await dialog.getByRole('button', { name: 'Confirmer cette fin' }).press('Enter')
  await page.getByText(/^En vigueur, congé donné\. Elle se termine le/).waitFor()
  await sound(gilles, 'given')
  const [row] = (await service.sql(
    `select c.ends_at, (select count(*) from mails m where m.about_id = c.id::text
      and m.kind = 'convention-notice') as mails from conventions c where number = '75-2026-001'`,
  )) as { ends_at: Date; mails: number }[]
  assert.ok(row!.ends_at && Number(row!.mails) > 0)
})

test('AGR-1, UX-1: a regional direction names who signs for a partner instead of another: refused in words, told by mail, and the former signs no more', {
  timeout: 1_200_000,
}, async () => {
  const gilles = await signedIn(people.gilles)
  await gilles.page.goto('/conventions')
  await gilles.page.getByRole('button', { name: 'Y renoncer' }).waitFor()
  const sylvie = await signedIn(people.sylvie)
  const { page } = sylvie
  await page.getByRole('navigation').getByRole('link', { name: 'Conventions' }).first().click()
  await page.getByRole('link', { name: 'Communauté de communes Jalle-Eau-Bourde' }).first().press('Enter')
  const asks = page.getByRole('button', { name: 'Nommer qui signe dans le service pour le partenaire' })
  await asks.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Nommer le signataire de la communauté de communes Jalle/ })
  await dialog.getByRole('button', { name: 'Nommer', exact: true }).press('Enter')
  await dialog.getByText('Renseignez « Prénom ».').first().waitFor()
  for (const [label, value] of [
    ['Prénom', 'Aurélie'],
    ['Nom', 'Darrigade'],
    ['Fonction', 'Présidente'],
    ['Courriel nominatif', people.bruno.email],
  ] as const)
    await dialog.getByLabel(new RegExp(`^${label}`)).fill(value)
  await dialog.getByRole('button', { name: 'Nommer', exact: true }).press('Enter')
  await dialog.getByText('Cette adresse est celle d’un compte d’une autre structure').waitFor()
  await sound(sylvie, 'signataire-refuse')
  await dialog.getByLabel(/^Courriel nominatif/).fill('accueil@jalle-eau-bourde.example')
  await dialog.getByRole('button', { name: 'Nommer', exact: true }).press('Enter')
  await dialog.getByText('Un compte s’ouvre avec l’adresse nominative de la personne').waitFor()
  await dialog.getByLabel(/^Courriel nominatif/).fill('aurelie.darrigade@jalle-eau-bourde.example')
  await dialog.getByRole('button', { name: 'Nommer', exact: true }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await sound(sylvie, 'signataire-nomme')
  assert.deepEqual(
    await service.sql(`select c.email, r.ends_at is null as signs, (select count(*)::int from mails m
      where m.to_account_id = r.account_id and m.kind = 'signatory-named') as told
    from role_assignments r join account_contacts c on c.account_id = r.account_id
      join organisations o on o.id = r.organisation_id where r.role = 'signataire'
      and o.name like 'Communauté de communes Jalle%' order by r.starts_at, c.email`),
    [
      { email: people.gilles.email, signs: false, told: 0 },
      { email: 'aurelie.darrigade@jalle-eau-bourde.example', signs: true, told: 1 },
    ],
  )
  await gilles.page.reload()
  await gilles.page
    .getByRole('heading', { name: /^Convention avec la communauté de communes Jalle/, level: 1 })
    .waitFor()
  await gilles.page.getByText(/^Vous lisez le texte en vigueur et les interlocuteurs/).waitFor()
  assert.equal(
    await gilles.page.getByRole('heading', { name: 'Ce qui a été notifié' }).count(),
    0,
    'who signed reads what any agent does',
  )
  assert.equal(await gilles.page.getByRole('button', { name: 'Y renoncer' }).count(), 0, 'who signed no longer acts')
  await sound(gilles, 'ancien-signataire')
})

test('AGR-13, UX-1: a regional direction enters the notice it received, corrects its mistyped year, and the partner contests it: each page says who, why and what follows', {
  timeout: 1_200_000,
}, async () => {
  const sylvie = await signedIn(people.sylvie)
  const { page } = sylvie
  await page.goto('/conventions')
  await page
    .getByRole('link', { name: /^Mission locale/ })
    .first()
    .press('Enter')
  await page.getByRole('button', { name: 'Enregistrer un congé reçu' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Enregistrer un congé reçu' })
  await dialog.getByText(/au nom de laquelle vous l’enregistrez, est prévenue aussitôt/).waitFor()
  await dialog.getByLabel(/^Envoyé le/).fill('2025-01-05')
  await dialog.getByLabel(/^Reçu le/).fill('2025-01-07')
  await dialog.locator('input[type=file]').setInputFiles(aLetter)
  await sound(sylvie, 'conge-recu')
  await dialog.getByRole('button', { name: 'Enregistrer le congé' }).press('Enter')
  await dialog.getByText(/n’ouvrent plus rien dès maintenant/).waitFor()
  await dialog.getByRole('button', { name: 'Confirmer cette fin' }).press('Enter')
  await page.getByText(/^Terminée depuis le/).waitFor()
  await page.getByText(/^Enregistré par l’opérateur, au nom de la mission locale/).waitFor()
  await sound(sylvie, 'coupee')

  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date())
  // Who told the date does not correct it: another of the operator's does.
  await page.getByText(/par une autre personne de votre partie que celle qui l’a donnée/).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Corriger une date' }).count(), 0)
  await service.sql(`insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
    select gen_random_uuid(), a.id, a.organisation_id, 'responsable-operationnel', now(), 'essai'
    from account_contacts c join accounts a on a.id = c.account_id where c.email = '${people.odile.email}'`)
  const odile = await signedIn(people.odile)
  const second = odile.page
  await second.goto(new URL(page.url()).pathname)
  await second.getByRole('button', { name: 'Corriger une date' }).press('Enter')
  const correcting = second.getByRole('dialog', { name: 'Corriger une date' })
  await correcting.getByLabel(/^Envoyée le/).fill(day)
  await correcting.getByLabel(/^Reçue le/).fill(day)
  await correcting.getByLabel(/^Motif/).fill('Année mal saisie')
  await sound(odile, 'corriger')
  await correcting.getByRole('button', { name: 'Corriger', exact: true }).press('Enter')
  await correcting.getByText(/La convention prend fin le .* à 24 heures/).waitFor()
  await correcting.getByRole('button', { name: 'Confirmer cette fin' }).press('Enter')
  await second.getByText(/^En vigueur, congé donné\. Elle se termine le/).waitFor()
  await second
    .getByText(
      /^Corrigé le .* par Odile Marchand, pour l’opérateur : envoi, .*5 janvier 2025 devient .*« Année mal saisie »/,
    )
    .waitFor()
  const onClock = /congé de la mission locale des Graves reçu/
  await second.getByText(onClock).waitFor()
  await sound(odile, 'corrigee')

  const bruno = await signedIn(people.bruno)
  await bruno.page.goto('/conventions')
  await bruno.page.getByRole('button', { name: 'Contester', exact: true }).press('Enter')
  const contesting = bruno.page.getByRole('dialog', { name: 'Contester cet enregistrement' })
  await contesting.getByLabel(/^Motif/).fill('Nous n’avons rien envoyé')
  await sound(bruno, 'contester')
  await contesting.getByRole('button', { name: 'Contester', exact: true }).press('Enter')
  await bruno.page.getByText(/^En vigueur\. La période en cours se termine le/).waitFor()
  await bruno.page.getByText(/« Nous n’avons rien envoyé » Sans effet\./).waitFor()
  assert.equal(await bruno.page.getByText(onClock).count(), 0, 'off its clock')
  await sound(bruno, 'contestee')
})
