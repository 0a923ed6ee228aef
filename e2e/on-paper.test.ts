/**
 * A community of communes whose mayor never signs in: the regional office writes, prints and enters every paper, the
 * deed of commitment among them, from the draft to the first advisor at work. No database is written meanwhile.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Locator } from 'playwright-core'
import { theStructure } from '../contract/names-in-french.ts'
import { people } from '../server/demonstration/stand-in/people.ts'
import { siretOf } from '../server/work-with-employers/campaigns/testing-world.ts'
import { storyOf, title } from './journey.ts'
import { fill, link, movedStory, nameEveryContact, peopleOf, press, scan, year } from './moved-story.ts'

const structure = 'Communauté de communes de la Haute Lande'
const siret = String(siretOf(901))
const someoneOf = peopleOf(structure, siret, 'hautelande.example')
const mayor = someoneOf('Fernand', 'Dupouy', 'Président')
const josette = someoneOf('Josette', 'Lafargue', 'Secrétaire générale')
const nadege = someoneOf('Nadège', 'Bordes', 'Chargée de développement')
const { sylvie, odile } = people
const { service, go, someone, leave, enter, mails, follow, sound, soundAtEveryWidth, whatWasOnScreen, everyoneLeaves } =
  movedStory('papier', [mayor, josette, nadege])

const join = async (within: Locator, name: string) => {
  await within.getByLabel(/^Exemplaire signé/).setInputFiles(scan(name))
  await within.getByText(`Fichier joint : ${name}`, { exact: false }).waitFor()
}
const convention = `Convention avec ${theStructure(structure)}`

const step = storyOf(whatWasOnScreen, everyoneLeaves)

describe('a convention on paper', { timeout: 1_200_000 }, () => {
  step(
    'AGR-1, AGR-2, AGR-9, AGR-13: the regional office drafts a convention, names every contact of both annexes, and takes its document; the copy that both parties signed by hand, entered for both, puts it in force, and the mayor is told at each step',
    async () => {
      const s = await someone(sylvie)
      const { page } = s
      await enter(s)
      await title(page, /^Bonjour/)
      await link(page.getByRole('navigation'), 'Conventions')
      await link(page, 'Préparer une convention')
      await title(page, 'Préparer une convention')
      await press(page, 'Le partenaire n’y est pas : l’enregistrer')
      const registering = page.getByRole('dialog', { name: 'Enregistrer un partenaire' })
      await registering.getByLabel('Nature').selectOption({ label: 'Intercommunalité (EPCI)' })
      await fill(registering, [
        [/^SIRET/, siret],
        [/^Nom de la structure/, structure],
        [/^Prénom/, mayor.givenName],
        [/^Nom(?! de)/, mayor.usualName],
        [/^Fonction/, mayor.function],
        [/^Courriel/, mayor.email],
      ])
      await press(registering, 'Enregistrer')
      await registering.waitFor({ state: 'detached' })
      const form = page.getByRole('main')
      await fill(form, [
        [/^Numéro de la convention/, `75-${year}-021`],
        [/^Signataire du partenaire/, 'Fernand Dupouy'],
        [/^Qualité du signataire du partenaire/, 'Président'],
        [/^Signataire de l’opérateur/, 'Sylvie Barrère'],
        [/^Qualité du signataire de l’opérateur/, 'Directrice régionale'],
        [/^Reçu en préfecture le/, `${year}-01-12`],
        [/^Publié le/, `${year}-01-13`],
      ])
      for (const n of [0, 1]) {
        await form
          .getByLabel(/^Acte qui l’habilite/)
          .nth(n)
          .fill(`Délibération n° ${n + 1}`)
        await form.getByLabel('Date de cet acte').nth(n).fill(`${year}-01-10`)
      }
      await press(page, 'Créer le projet')
      await title(page, convention)
      await press(page, 'Régler les territoires')
      const territories = page.getByRole('dialog')
      await territories.getByRole('combobox', { name: /^Ajouter un territoire/ }).fill('Graves')
      await page.getByRole('option', { name: /CC des Graves/ }).click()
      await territories.getByLabel(/^Motif/).fill('Convention, article 3')
      await press(territories, 'Enregistrer')
      await territories.waitFor({ state: 'detached' })

      // As the letter of the mayor says: one person holds every role of a small structure.
      await nameEveryContact(
        page,
        [
          ['Josette Lafargue', josette.email],
          ['Direction régionale', 'nouvelle-aquitaine@operateur.example'],
        ],
        () => soundAtEveryWidth(s, 'nommer'),
      )
      await sound(s, 'interlocuteurs')
      await press(page, 'Envoyer à la signature')
      await press(page.getByRole('dialog', { name: 'Envoyer à la signature' }), 'Envoyer')
      await page.getByText('À signer par les deux parties').waitFor()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByRole('main')
          .getByRole('listitem')
          .getByRole('button', { name: /^Convention/ })
          .first()
          .click(),
      ])
      assert.match(file.suggestedFilename(), /\.pdf$/)
      await leave(s)

      // A week later the copy comes back.
      await go(`${year}-02-09T09:00:00Z`)
      const back = await someone(sylvie)
      await enter(back)
      await title(back.page, /^Bonjour/)
      await sound(back, 'accueil-une-semaine-apres')
      await link(back.page.getByRole('navigation'), 'Conventions')
      await link(back.page, structure)
      await title(back.page, convention)
      await press(back.page, 'Enregistrer un exemplaire signé à la main')
      const copy = back.page.getByRole('dialog', { name: 'Enregistrer un exemplaire signé à la main' })
      await fill(copy, [
        [/^Date de la signature de la communauté/, `${year}-02-04`],
        [/^Date de la signature de l’opérateur/, `${year}-02-06`],
      ])
      assert.equal(await copy.getByLabel(/^Nom de qui a signé pour la communauté/).inputValue(), 'Fernand Dupouy')
      await join(copy, 'convention-signee.pdf')
      await soundAtEveryWidth(back, 'exemplaire-signe')
      await press(copy, 'Enregistrer l’exemplaire')
      await back.page.getByText(/^En vigueur\./).waitFor()
      await sound(back, 'en-vigueur')
      assert.deepEqual(
        (await mails()).filter(mail => /^(?:Fernand|Josette)/.test(mail)),
        [
          'Fernand: Des interlocuteurs sont inscrits en votre nom',
          'Fernand: Les territoires de votre structure changent',
          'Fernand: Un document signé à la main est enregistré en votre nom',
          'Fernand: Une convention est à signer',
          'Fernand: Vous signez pour votre structure',
          'Josette: Des interlocuteurs sont inscrits en votre nom',
          'Josette: Un document signé à la main est enregistré en votre nom',
          'Josette: Une convention est à signer',
        ],
      )
    },
  )

  step(
    'AGR-13, RGC-1, RGC-4, RGC-10: the regional office enters the deed signed by hand; the person it designates comes in by her invitation, reads it and what remains; the certificate recorded, the management of accounts opens to her',
    async () => {
      const s = await someone(sylvie)
      const { page } = s
      await enter(s)
      await title(page, /^Bonjour/)
      await link(page.getByRole('navigation'), 'Conventions')
      await link(page, structure)
      await link(page, /saisir un acte d’engagement signé à la main/)
      await page.getByLabel(/^Nom de la structure/).fill('haute lande')
      await press(page, /^Saisir un acte reçu pour /)
      const form = page.getByRole('main')
      await fill(form, [
        [/^Adresse de la structure/, '3 place de la Mairie, 33830 Belin'],
        [/^Qualité du signataire/, 'Président'],
        [/^Signé le/, `${year}-02-05`],
        [/^Reçu le/, `${year}-02-09`],
        [/^Prénom/, josette.givenName],
        [/^Nom/, josette.usualName],
        [/^Date de naissance/, '1969-03-21'],
        [/^Téléphone/, '05 00 00 00 21'],
        [/^Adresse électronique nominative/, josette.email],
      ])
      await page.getByLabel(/^Qui a signé pour la structure/).selectOption({ label: 'Fernand Dupouy' })
      await page.getByLabel(/^Lien avec la structure/).selectOption({ label: 'Personnel permanent de la structure' })
      await join(form, 'acte-signe.pdf')
      await page.getByLabel(/^Il porte les engagements de l’annexe 1 bis/).check({ force: true })
      await sound(s, 'acte-recu')
      await press(page, 'Enregistrer l’acte')
      await page.waitForURL('**/conventions')
      assert.deepEqual(await mails(), [
        'Fernand: Un acte d’engagement signé à la main est enregistré en votre nom',
        'Josette: Un acte d’engagement signé à la main vous désigne',
        'Odile: Un acte d’engagement de RGC, signé à la main, vous est adressé',
        'nouvelle-aquitaine@operateur.example: Un acte d’engagement de RGC, signé à la main, vous est adressé',
      ])
      await leave(s)

      const j = await someone(josette)
      await follow(j, /signé à la main vous désigne/)
      await enter(j)
      await title(j.page, 'Responsables de gestion de comptes')
      await j.page.getByText('Il reste une condition à remplir.').waitFor()
      await j.page.getByText(/^Signé à la main le 5 février \d+, reçu par l’opérateur le 9 février/).waitFor()
      await soundAtEveryWidth(j, 'ce-qui-manque')
      const [deed] = await Promise.all([
        j.page.waitForEvent('download'),
        press(j.page, 'Télécharger l’exemplaire signé'),
      ])
      assert.match(deed.suggestedFilename(), /\.pdf$/)

      const o = await someone(odile)
      await follow(o, /signé à la main, vous est adressé/)
      await enter(o)
      await title(o.page, 'Actes d’engagement et attestations')
      await press(o.page, /^Enregistrer/)
      const dialog = o.page.getByRole('dialog')
      await dialog.getByLabel(/^Date de l’attestation/).fill(`${year}-02-09`)
      await dialog.getByLabel(/^Fichier reçu/).setInputFiles(scan('attestation.pdf'))
      await dialog.getByText(/^Fichier joint : attestation\.pdf/).waitFor()
      await press(dialog, 'Enregistrer')
      await dialog.waitFor({ state: 'detached' })
      assert.deepEqual(await mails(), ['Josette: Votre attestation du module RGC est enregistrée'])
      await follow(j, /attestation du module RGC/)
      await j.page.getByText('Toutes les conditions sont remplies').waitFor()
    },
  )

  step(
    'ACC-1, ACC-2, ACC-7, ACC-15, AGR-13: the account manager opens the account of an advisor and gives a grant within the territories of the convention; she accepts the conditions and finds an establishment, and the mayor never signed in',
    async () => {
      const j = await someone(josette)
      await enter(j)
      await title(j.page, /^Bonjour/)
      await sound(j, 'accueil-du-rgc')
      await link(j.page.getByRole('navigation'), 'Habilitations')
      await link(j.page, 'Créer un compte')
      await title(j.page, 'Créer un compte')
      await fill(j.page.getByRole('main'), [
        [/^Courriel nominatif/, nadege.email],
        [/^Prénom/, nadege.givenName],
        [/^Nom/, nadege.usualName],
        [/^Fonction/, nadege.function],
      ])
      await press(j.page, 'Créer le compte')
      await title(j.page, 'Nadège Bordes')
      await press(j.page, 'Habiliter')
      const dialog = j.page.getByRole('dialog')
      await dialog.getByLabel('Outil').selectOption({ label: 'Fiche établissement' })
      await dialog.getByLabel('Profil').selectOption({ label: 'Conseiller' })
      const within = dialog.getByRole('combobox', { name: 'Territoire' })
      await within.fill('Graves')
      await j.page.getByRole('option', { name: /CC des Graves/ }).click()
      await dialog.getByLabel('Finalité').selectOption({ index: 1 })
      await dialog.getByLabel(/^Motif/).fill('Prospection de la task force')
      await press(dialog, 'Habiliter')
      await dialog.waitFor({ state: 'detached' })
      await j.page.getByRole('heading', { name: 'Fiche établissement, profil conseiller' }).waitFor()
      await sound(j, 'conseillere-habilitee')

      const n = await someone(nadege)
      await follow(n, /compte est ouvert/)
      await enter(n)
      await title(n.page, /^Bonjour/)
      await link(n.page.getByRole('navigation'), 'Établissements')
      await link(n.page, /^Parcourir les employeurs : CC des Graves/)
      await n.page
        .getByRole('link', { name: /MENUISERIE DU CIRON/ })
        .first()
        .waitFor()
      await soundAtEveryWidth(n, 'etablissements')
      assert.deepEqual(
        await service.sql(`select count(*)::int as sessions from sessions s join account_contacts c
          on c.account_id = s.account_id where c.email = '${mayor.email}'`),
        [{ sessions: 0 }],
      )
    },
  )
})
