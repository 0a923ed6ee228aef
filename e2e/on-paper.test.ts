import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { openPage, widths } from './browser.ts'
import { journeys, signIn, title } from './journey.ts'

const { service, soundAtEveryWidth: sound, signedIn } = journeys('on-paper')
const structure = 'Communauté de communes de Montesquieu'
const scanned = (name: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7 ${name} %%EOF`),
})
const day = (before: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(Date.now() - before * 86_400_000)

test('AGR-13, AGR-2, RGC-10, RGC-4, UX-1: the mayor never signs in: convention and deed signed by hand are entered by the regional direction, the certificate by the security officer, and the account manager’s tool opens; all by keyboard alone', {
  timeout: 1_200_000,
}, async () => {
  const sylvie = await signedIn(people.sylvie)
  const { page } = sylvie
  await page.goto('/conventions')
  await page.getByRole('link', { name: structure }).first().press('Enter')
  await page.getByText('Projet : rien n’est encore envoyé').waitFor()

  // The president has an account, which the service needs to name her; she never comes in.
  await page.getByRole('button', { name: 'Nommer qui signe dans le service pour le partenaire' }).press('Enter')
  const naming = page.getByRole('dialog', { name: /^Nommer le signataire/ })
  for (const [label, value] of [
    ['Prénom', 'Régine'],
    ['Nom', 'Soulac'],
    ['Fonction', 'Présidente'],
    ['Courriel nominatif', 'regine.soulac@montesquieu.example'],
  ] as const)
    await naming.getByLabel(new RegExp(`^${label}`)).fill(value)
  await naming.getByRole('button', { name: 'Nommer', exact: true }).press('Enter')
  await naming.waitFor({ state: 'detached' })

  await page.getByRole('link', { name: 'Modifier le projet' }).press('Enter')
  await page
    .getByLabel(/^Acte qui l’habilite/)
    .first()
    .fill('Délibération n° 2026-301')
  await page
    .getByLabel(/^Date de cet acte/)
    .first()
    .fill('2026-01-12')
  await page.getByRole('button', { name: 'Enregistrer le projet' }).press('Enter')
  await page.getByText('Délibération n° 2026-301').waitFor()
  await page.getByRole('button', { name: 'Envoyer à la signature' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Envoyer', exact: true }).press('Enter')
  await page.getByText('À signer par les deux parties').waitFor({ timeout: 240_000 })

  // One scan comes back by post, signed by both.
  await page.getByRole('button', { name: 'Enregistrer un exemplaire signé à la main' }).press('Enter')
  const signing = page.getByRole('dialog', { name: 'Enregistrer un exemplaire signé à la main' })
  const names = signing.getByLabel(/^Nom de qui a signé/)
  assert.deepEqual(
    [await names.nth(0).inputValue(), await names.nth(1).inputValue()],
    ['Régine Soulac', 'Sylvie Barrère'],
  )
  const days = signing.getByLabel(/^Date de la signature/)
  await days.nth(0).fill(day(2))
  await days.nth(1).fill(day(1))
  await signing.locator('input[type=file]').setInputFiles(scanned('convention.pdf'))
  await signing.getByText(/^Fichier joint : convention\.pdf/).waitFor()
  await sound(sylvie, 'exemplaire')
  await signing.getByRole('button', { name: 'Enregistrer l’exemplaire' }).press('Enter')
  await signing.waitFor({ state: 'detached' })
  await page.getByText(/^En vigueur\./).waitFor()
  await sound(sylvie, 'en-vigueur')

  // The deed came in the same envelope.
  await page.getByRole('link', { name: /^Responsables de comptes : saisir un acte/ }).press('Enter')
  await page.getByLabel(/^Nom de la structure/).fill('Montesquieu')
  await page.getByRole('button', { name: `Saisir un acte reçu pour ${structure}` }).press('Enter')
  for (const [label, value] of [
    ['Adresse de la structure', '1 allée Jean-Rostand, 33650 Martillac'],
    ['Qualité du signataire', 'Présidente'],
    ['Signé le', day(1)],
    ['Reçu le', day(0)],
    ['Prénom', people.hugo.givenName],
    ['Nom', people.hugo.usualName],
    ['Date de naissance', '1984-03-09'],
    ['Téléphone', '05 00 00 00 10'],
    ['Adresse électronique nominative', people.hugo.email],
  ] as const)
    await page.getByLabel(new RegExp(`^${label}`)).fill(value)
  await page.getByLabel(/^Qui a signé pour la structure/).selectOption({ label: 'Régine Soulac' })
  await page.getByLabel(/^Lien avec la structure/).selectOption('permanent')
  await page.getByLabel(/^Exemplaire signé/).setInputFiles(scanned('acte.pdf'))
  await page.getByText(/^Fichier joint : acte\.pdf/).waitFor()
  await page.getByLabel(/^Il porte les engagements de l’annexe 1 bis/).press('Space')
  await sound(sylvie, 'acte')
  await page.getByRole('button', { name: 'Enregistrer l’acte' }).press('Enter')
  await page.waitForURL('**/conventions')

  // Whom it names comes in by ProConnect: his account is there, his tool waits for the certificate.
  const hugo = await openPage(service.url, widths.desktop, [service.standIn])
  await signIn(hugo.page, people.hugo)
  await title(hugo.page, 'Conditions à accepter')
  await hugo.page
    .getByRole('checkbox', { name: /^J’ai lu/ })
    .first()
    .waitFor()
  for (const box of await hugo.page.getByRole('checkbox', { name: /^J’ai lu/ }).all()) await box.press('Space')
  await hugo.page.getByRole('button', { name: /^Accepter ce/ }).press('Enter')
  await hugo.page.goto('/responsables-de-comptes')
  await hugo.page.getByText('Il reste une condition à remplir.').waitFor()
  await sound(hugo, 'ce-qui-manque')

  const odile = await signedIn(people.odile)
  await odile.page.goto('/securite/rgc')
  await odile.page.getByRole('button', { name: /^Enregistrer l’attestation .*Hugo Castets$/ }).press('Enter')
  const certifying = odile.page.getByRole('dialog', { name: /^Attestation du module RGC/ })
  await certifying.getByLabel(/^Date de l’attestation/).fill(day(0))
  await certifying.getByLabel(/^Fichier reçu/).setInputFiles(scanned('attestation.pdf'))
  await certifying.getByText(/^Fichier joint : attestation\.pdf/).waitFor()
  await certifying.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
  await certifying.waitFor({ state: 'detached' })

  await hugo.page.reload()
  await hugo.page.getByText(/^Toutes les conditions sont remplies/).waitFor()
  await sound(hugo, 'porte-ouverte')
  await hugo.page.goto('/habilitations')
  await hugo.page.getByText('Créer un compte').first().waitFor()

  // She was told at each step, and came in at none.
  const [told] = await service.sql(
    `select (select array_agg(distinct m.kind order by m.kind) from mails m where m.to_account_id = c.account_id) as kinds,
      (select count(*)::int from sessions s where s.account_id = c.account_id) as sessions
    from account_contacts c where c.email = 'regine.soulac@montesquieu.example'`,
  )
  assert.deepEqual(told, {
    kinds: ['convention-entered', 'convention-sent', 'rgc-deed-entered', 'signatory-named'],
    sessions: 0,
  })
})
