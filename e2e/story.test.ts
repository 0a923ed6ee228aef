/**
 * The life of a partner under its convention, as people see it: real pages over the real service, whose clock the test
 * moves; the worker's jobs run at each move, and every mail is read from a mail server, its link followed where it has
 * one. `server/story.test.ts` plays the same through the API, closer to each rule.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { theStructure } from '../contract/names-in-french.ts'
import { people, type StandInPerson } from '../server/demonstration/stand-in/people.ts'
import { parisDay } from '../server/platform/time.ts'
import { unpublishTexts } from '../server/testing/texts.ts'
import { siretOf } from '../server/work-with-employers/campaigns/testing-world.ts'
import { storyOf, title } from './journey.ts'
import {
  accept,
  choose,
  fill,
  link,
  movedStory,
  nameEveryContact,
  peopleOf,
  press,
  type Someone,
  scan,
  start,
  tabTo,
  weak,
  year,
} from './moved-story.ts'

const campaign = 'Première campagne des Graves'
const structure = 'Mission locale des Graves'
const siret = String(siretOf(900))
const partner = peopleOf(structure, siret, 'ml-graves.example')
const bertrand = partner('Bertrand', 'Laborde', 'Président')
const helene = partner('Hélène', 'Daubas', 'Présidente')
const solene = partner('Solène', 'Mazères', 'Directrice')
const yann = partner('Yann', 'Tastet', 'Directeur adjoint')
const lucas = partner('Lucas', 'Etcheverry', 'Conseiller en relations entreprises')
const { sylvie, odile, samir } = people
const {
  service,
  texts,
  accepted,
  now,
  go,
  later,
  someone,
  leave,
  through,
  enter,
  confirm,
  confirmAtProConnect,
  mails: everyMail,
  follow,
  sound,
  soundAtEveryWidth,
  whatWasOnScreen,
  everyoneLeaves,
} = movedStory('histoire', [bertrand, helene, solene, yann, lucas], {
  published: false,
  lay: owner => unpublishTexts(owner, 'cgu', 'confidentialite', 'securite'),
})

/** Those of its people; the contacts of both annexes are written to as well. */
const mails = async () => (await everyMail()).filter(mail => !/^\S+@/.test(mail))
const step = storyOf(whatWasOnScreen, everyoneLeaves)

describe('the story of a partner', { timeout: 1_200_000 }, () => {
  step(
    'AGR-1, AGR-2: the regional office drafts the convention and sends it; the partner’s signatory is told, and signs with a second factor; then the regional office',
    async () => {
      const s = await someone(sylvie)
      await enter(s)
      await link(s.page.getByRole('navigation'), 'Conventions')
      await link(s.page, 'Préparer une convention')
      await title(s.page, 'Préparer une convention')
      await press(s.page, 'Le partenaire n’y est pas : l’enregistrer')
      const registering = s.page.getByRole('dialog', { name: 'Enregistrer un partenaire' })
      await registering.getByLabel('Nature').selectOption({ label: 'Mission locale' })
      for (const [label, value] of [
        [/^SIRET/, siret],
        [/^Nom de la structure/, structure],
        [/^Prénom/, bertrand.givenName],
        [/^Nom(?! de)/, bertrand.usualName],
        [/^Fonction/, bertrand.function],
        [/^Courriel/, bertrand.email],
      ] as const)
        await registering.getByLabel(label).fill(value)
      await press(registering, 'Enregistrer')
      await registering.waitFor({ state: 'detached' })
      assert.deepEqual(await mails(), ['Bertrand: Vous signez pour votre structure'])
      await s.page.getByLabel('Numéro de la convention').fill(`75-${year}-014`)
      for (const [n, name, capacity] of [
        [0, 'Bertrand Laborde', 'Président'],
        [1, 'Sylvie Barrère', 'Directrice régionale'],
      ] as const) {
        await s.page
          .getByLabel(/^Signataire/)
          .nth(n)
          .fill(name)
        await s.page
          .getByLabel(/^Qualité/)
          .nth(n)
          .fill(capacity)
        await s.page
          .getByLabel(/^Acte qui l’habilite/)
          .nth(n)
          .fill(`Délibération n° ${n + 1}`)
        await s.page.getByLabel('Date de cet acte').nth(n).fill(`${year}-01-10`)
      }
      // An association: its act goes through no prefecture.
      await s.page
        .getByRole('checkbox', { name: 'C’est une collectivité territoriale ou un groupement' })
        .first()
        .uncheck({ force: true })
      await sound(s, 'projet')
      await press(s.page, 'Créer le projet')
      await title(s.page, `Convention avec ${theStructure(structure)}`)
      await s.page.getByText(`31 décembre ${year}`).first().waitFor()
      await press(s.page, 'Régler les territoires')
      const territories = s.page.getByRole('dialog')
      await territories.getByRole('combobox', { name: /^Ajouter un territoire/ }).fill('Graves')
      await s.page.getByRole('option', { name: /CC des Graves/ }).click()
      await territories.getByLabel(/^Motif/).fill('Convention, article 3')
      await press(territories, 'Enregistrer')
      await territories.waitFor({ state: 'detached' })
      await s.page.getByText('Convention, article 3').waitFor()
      assert.deepEqual(await mails(), ['Bertrand: Les territoires de votre structure changent'])
      const send = s.page.getByRole('dialog', { name: 'Envoyer à la signature' })
      await press(s.page, 'Envoyer à la signature')
      await press(send, 'Envoyer')
      await send.getByText(/^Des rôles des annexes 2 et 2 bis n’ont pas d’interlocuteur/).waitFor({ timeout: 240_000 })
      await press(send, 'Annuler')
      await nameEveryContact(s.page, [
        ['Accueil de la mission locale', 'accueil@ml-graves.example'],
        ['Direction régionale', 'nouvelle-aquitaine@operateur.example'],
      ])
      assert.deepEqual(await mails(), ['Bertrand: Des interlocuteurs sont inscrits en votre nom'])
      await press(s.page, 'Envoyer à la signature')
      await press(send, 'Envoyer')
      await s.page.getByText('À signer par les deux parties').waitFor({ timeout: 240_000 })
      await sound(s, 'envoyee')
      assert.deepEqual(await mails(), ['Bertrand: Une convention est à signer'])

      const b = await someone(bertrand)
      await follow(b, /Vous signez/) // his invitation: nobody of the structure came by this provider yet
      await enter(b, weak)
      await title(b.page, `Convention avec ${theStructure(structure)}`) // the only one: he goes straight to it
      await follow(b, /à signer/)
      await title(b.page, `Convention avec ${theStructure(structure)}`)
      await later()
      await press(b.page, 'Signer')
      await press(b.page.getByRole('dialog'), 'Signer')
      await confirm(b)
      await b.page.getByText('Document intact').waitFor()
      await sound(b, 'signee-par-le-partenaire')
      assert.deepEqual(await mails(), ['Sylvie: L’autre partie a signé la convention'])

      await follow(s, /L’autre partie a signé/)
      await press(s.page, 'Signer')
      await press(s.page.getByRole('dialog'), 'Signer')
      await confirmAtProConnect(s)
      await s.page.getByText(/^En vigueur\./).waitFor()
      await sound(s, 'en-vigueur')
      assert.deepEqual(await mails(), ['Bertrand: Une convention est en vigueur'])
    },
  )

  step(
    'ACC-7, RGC-1, RGC-4: the administrator publishes the texts that the first page says are missing; the signatory proposes a deed, those it names are told and sign, and the security officer receives it',
    async () => {
      const a = await someone(samir)
      await enter(a)
      await title(a.page, /^Bonjour/)
      const toPublish = a.page.getByText(/à publier : sans cela/)
      await toPublish.nth(2).waitFor()
      assert.equal(await toPublish.count(), 3)
      await sound(a, 'accueil-a-publier')
      for (const kind of ['Conditions générales', 'Règles de confidentialité', 'Règles de sécurité'])
        await publishText(a, kind)
      await sound(a, 'conditions-publiees')
      await a.page.goto('/')
      await title(a.page, 'Conditions à accepter') // in force now, for whoever published them too
      accepted.add(samir)
      await accept(a)
      await a.page.getByText('Rien ne vous attend').waitFor()
      texts.published = true
      await mails()

      const b = await someone(bertrand)
      await enter(b, weak)
      await title(b.page, /^Bonjour/)
      await sound(b, 'accueil-du-signataire')
      await link(b.page, 'Responsables de comptes')
      await propose(b, bertrand, solene, '1974-05-12')
      await signDeed(b)
      await b.page.getByText('Signatures attendues : Solène Mazères.').waitFor()
      await sound(b, 'acte-signe-par-le-signataire')
      assert.deepEqual(await mails(), [
        'Bertrand: Un acte d’engagement attend votre signature',
        'Solène: Un acte d’engagement vous désigne et attend votre signature',
      ])

      const m = await someone(solene)
      await follow(m, /vous désigne/)
      await through(m, weak)
      accepted.add(solene)
      await title(m.page, 'Conditions à accepter')
      await sound(m, 'conditions-a-accepter')
      for (const text of [/j’accepte.*Conditions générales/, /j’accepte.*confidentialité/, /j’accepte.*sécurité/]) {
        await tabTo(m.page, text)
        await m.page.keyboard.press('Space')
      }
      await tabTo(m.page, 'Accepter ces 3 textes')
      await m.page.keyboard.press('Enter')
      await title(m.page, 'Responsables de gestion de comptes')
      await sound(m, 'acte-a-signer')
      await tabTo(m.page, /^J’ai lu tout l’acte/)
      await m.page.keyboard.press('Space')
      await tabTo(m.page, 'Signer par mon second facteur')
      await m.page.keyboard.press('Enter')
      await m.page.getByText('il est en vigueur dès sa réception').waitFor()
      await m.page.getByText('Il reste une condition à remplir.').waitFor()
      await sound(m, 'ce-qui-manque')
      assert.deepEqual(await mails(), ['Odile: Un acte d’engagement de RGC vous est adressé'])

      await certify(odile, solene)
      assert.deepEqual(await mails(), ['Solène: Votre attestation du module RGC est enregistrée'])
    },
  )

  step(
    'RGC-4, ACC-1, ACC-2: the last condition met, the gate opens; the RGC opens an account by keyboard alone, and gives the first rights',
    async () => {
      const m = await someone(solene)
      const { page } = m
      await follow(m, /attestation/)
      await enter(m, weak)
      await page.getByText('Toutes les conditions sont remplies').waitFor()
      await sound(m, 'porte-ouverte')
      await tabTo(page, 'Habilitations')
      await page.keyboard.press('Enter')
      await title(page, 'Habilitations')
      await page
        .getByRole('link', { name: /personnes?$/ })
        .first()
        .waitFor()
      await sound(m, 'habilitations')
      await tabTo(page, 'Créer un compte')
      await page.keyboard.press('Enter')
      await title(page, 'Créer un compte')
      for (const [label, value] of [
        [/^Courriel nominatif/, lucas.email],
        [/^Prénom/, lucas.givenName],
        [/^Nom/, lucas.usualName],
        [/^Fonction/, lucas.function],
      ] as const) {
        await tabTo(page, label)
        await page.keyboard.type(value)
      }
      await sound(m, 'nouveau-compte')
      await page.keyboard.press('Enter')
      await title(page, 'Lucas Etcheverry')
      for (const [tool, profile] of [
        ['Campagnes coordonnées', 'Pilote'],
        ['Fiche établissement', 'Conseiller'],
      ] as const) {
        await press(page, 'Habiliter')
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel('Outil').selectOption({ label: tool })
        await dialog.getByLabel('Profil').selectOption({ label: profile })
        await dialog.getByRole('combobox', { name: 'Territoire' }).fill('Graves')
        await page.getByRole('option', { name: /CC des Graves/ }).click()
        await dialog.getByLabel('Finalité').selectOption({ index: 1 })
        await dialog.getByLabel(/^Motif/).fill('Prospection de la task force')
        await sound(m, `habiliter-${profile}`, { full: false })
        await press(dialog, 'Habiliter')
        await dialog.waitFor({ state: 'detached' })
      }
      await page.getByRole('heading', { name: 'Fiche établissement, profil conseiller' }).waitFor()
      await sound(m, 'personne')
      assert.deepEqual(
        (await mails()).filter(mail => mail.startsWith('Lucas')),
        [
          'Lucas: Une habilitation vous est donnée',
          'Lucas: Une habilitation vous est donnée',
          'Lucas: Votre compte est ouvert',
        ],
      )
    },
  )

  step('ACC-7, CAM-1: the advisor comes in, accepts the texts at the door, and opens a first campaign', async () => {
    const l = await someone(lucas)
    const { page } = l
    await follow(l, /compte est ouvert/)
    await enter(l, weak)
    await title(page, /^Bonjour/)
    await sound(l, 'accueil-du-pilote')
    await link(page, 'Préparer une campagne')
    await page.getByLabel(/^Nom de la campagne/).fill(campaign)
    await page.getByRole('radio', { name: /Prospection/ }).check({ force: true })
    await page.getByLabel(/^Début/).fill(start)
    await page.getByLabel(/^Fin/).fill(`${year + 1}-01-31`)
    await page.getByText(/^Brouillon enregistré à/).waitFor()
    await press(page, 'Continuer')
    await title(page, 'Avec qui ?')
    await press(page, 'Continuer')
    await title(page, 'Quels objectifs ?')
    await press(page, 'Continuer')
    await title(page, 'Quels établissements ?')
    await page.getByRole('tab', { name: 'Par liste de SIRET' }).click()
    await page.getByLabel(/^Ou SIRET/).fill([1, 2, 3].map(siretOf).join('\n'))
    await press(page, 'Vérifier la liste')
    await page.getByRole('button', { name: /^Ajouter ces/ }).click()
    await link(page, 'Continuer avec 3 établissements')
    await page.getByText('Aucun établissement n’est déjà suivi').waitFor()
    await page.getByRole('link', { name: 'Continuer', exact: true }).click()
    await press(page, 'Ouvrir la campagne')
    await title(page, campaign)
    await page.getByText('ouverte', { exact: true }).first().waitFor()
    await sound(l, 'campagne')
    assert.deepEqual(await mails(), [])
  })

  step(
    'AGR-1, RGC-9, RGC-10: the association elects another president: the regional office names her instead of the former; she comes in by her invitation, and reads that a new deed is to be proposed',
    async () => {
      await go(`${year}-03-10T08:00:00Z`)
      const s = await someone(sylvie)
      await enter(s)
      await title(s.page, /^Bonjour/)
      await link(s.page.getByRole('navigation'), 'Conventions')
      await link(s.page, structure)
      await press(s.page, 'Nommer qui signe dans le service pour le partenaire')
      const dialog = s.page.getByRole('dialog')
      await fill(dialog, [
        [/^Prénom/, helene.givenName],
        [/^Nom(?! de)/, helene.usualName],
        [/^Fonction/, helene.function],
        [/^Courriel nominatif/, helene.email],
      ])
      await press(dialog, 'Nommer')
      await dialog.waitFor({ state: 'detached' })
      assert.deepEqual(await mails(), [
        'Bertrand: Votre première sensibilisation à la sécurité',
        'Hélène: Vous signez pour votre structure',
        'Lucas: Votre première sensibilisation à la sécurité',
        'Solène: Votre première sensibilisation à la sécurité',
      ])
      const h = await someone(helene)
      await follow(h, /Vous signez/)
      await enter(h, weak)
      await title(h.page, `Convention avec ${theStructure(structure)}`)
      await soundAtEveryWidth(h, 'nouvelle-signataire')
      await link(h.page.getByRole('navigation'), 'Accueil')
      await title(h.page, /^Bonjour/)
      await h.page.getByText('ne dit plus ce qui est : un nouvel acte est à proposer').waitFor()
      await sound(h, 'accueil-nouvelle-signataire')
      await link(h.page, 'Responsables de comptes')
      await h.page.getByText('Un nouvel acte est à proposer').first().waitFor()
      await sound(h, 'nouvel-acte-a-proposer')
    },
  )

  step(
    'RGC-6, RGC-8: the only account manager leaves: the new signatory declares it; the next day their page is closed to them, and nobody manages accounts, which is told',
    async () => {
      const day = `${year}-03-16`
      await go(`${day}T08:00:00Z`)
      const b = await someone(helene)
      await enter(b, weak)
      await title(b.page, /^Bonjour/)
      await link(b.page, 'Responsables de comptes')
      await press(b.page, 'Déclarer un départ ou une absence')
      const dialog = b.page.getByRole('dialog')
      await dialog.getByLabel('Personne').selectOption({ label: 'Solène Mazères' })
      await dialog.getByLabel(/^Dernier jour/).fill(day)
      await dialog.getByLabel('Connu le').fill(day)
      await sound(b, 'declarer-un-depart', { full: false })
      await press(dialog, 'Déclarer')
      await dialog.waitFor({ state: 'detached' })
      await b.page.getByText(/jusqu’au 16 mars/).waitFor()
      await sound(b, 'depart-declare')
      assert.deepEqual(
        (await mails()).filter(mail => /RGC/.test(mail)),
        [
          'Hélène: Une structure n’a plus de responsable de gestion de comptes (RGC)',
          'Odile: Un RGC quitte ses fonctions ou s’absente',
          'Odile: Une structure n’a plus de responsable de gestion de comptes (RGC)',
          'Sylvie: Une structure n’a plus de responsable de gestion de comptes (RGC)',
        ],
      )
      await leave(b)

      await go(`${day}T22:50:00Z`, { work: false })
      const m = await someone(solene)
      await enter(m, weak)
      await title(m.page, /^Bonjour/)
      await link(m.page.getByRole('navigation'), 'Habilitations')
      await m.page.getByRole('link', { name: 'Créer un compte' }).waitFor()
      await go(`${day}T23:00:05Z`, { work: false })
      await m.page.reload()
      await m.page.getByText('Cette page est réservée à un rôle que vous ne tenez pas').first().waitFor()
      await sound(m, 'fonction-quittee')
      await leave(m)

      await go(`${year}-03-17T08:00:00Z`)
      assert.match((await mails()).join('\n'), /^Solène: /m, 'who left is reminded that confidentiality has no end')
      const o = await someone(odile)
      await follow(o, /n’a plus de responsable/)
      await enter(o)
      await o.page.getByText('1 structure sous convention sans RGC').waitFor()
      await leave(o)
    },
  )

  step(
    'ACC-10, IDN-6, RGC-8: with no account manager left, the signatory resets, of necessity, the second factor that an advisor lost; he enrols another with the code handed to him, and goes on with his campaign',
    async () => {
      const h = await someone(helene)
      await follow(h, /n’a plus de responsable/)
      await enter(h, weak)
      await h.page.getByText('Votre structure n’a pas de RGC en exercice').waitFor()
      await soundAtEveryWidth(h, 'sans-rgc')
      await link(h.page.getByRole('navigation'), 'Habilitations')
      await everyone(h, 3) // who was president, who is, and the advisor
      await link(h.page, /Etcheverry/)
      await title(h.page, 'Lucas Etcheverry')
      await h.page.getByText('en votre qualité de signataire, vous agissez à sa place').waitFor()
      await press(h.page, 'Réinitialiser le second facteur')
      const dialog = h.page.getByRole('dialog')
      await dialog.getByLabel(/^Motif/).fill('Téléphone perdu, identité vérifiée de vive voix')
      await press(dialog, 'Réinitialiser le second facteur')
      const handed = (await dialog.getByRole('code').textContent())!
      await press(dialog, 'J’ai remis le code')
      assert.equal(
        await h.page.getByRole('link', { name: 'Aider cette personne à se connecter' }).count(),
        0,
        'she resets, and gives no way in',
      )
      await soundAtEveryWidth(h, 'signataire-agit')
      assert.deepEqual(await mails(), [
        'Lucas: Votre second facteur a été réinitialisé',
        'Odile: Acte exceptionnel du signataire sur un compte de votre structure',
      ])

      const l = await someone(lucas)
      await through(l, weak, handed)
      await title(l.page, /^Bonjour/)
      await link(l.page.getByRole('navigation'), 'Campagnes')
      await link(l.page, campaign)
      await title(l.page, campaign)
      const take = l.page.getByRole('button', { name: /^Je m’en occupe/ })
      await take.nth(2).waitFor()
      await take.first().click()
      await take.nth(2).waitFor({ state: 'detached' })
      await sound(l, 'le-travail-continue')
      assert.deepEqual(await mails(), [])
    },
  )

  step(
    'RGC-1, RGC-4, ACC-6: a new deed names a successor, to whom the management of accounts opens; the account of who left ended by itself',
    async () => {
      const again = await someone(helene)
      await enter(again, weak)
      await title(again.page, /^Bonjour/)
      await link(again.page, 'Responsables de comptes')
      await propose(again, helene, yann, '1981-09-30')
      await signDeed(again)
      await again.page.getByText('Signatures attendues : Yann Tastet.').waitFor()
      assert.deepEqual(await mails(), [
        'Hélène: Un acte d’engagement attend votre signature',
        'Yann: Un acte d’engagement vous désigne et attend votre signature',
      ])
      const y = await someone(yann)
      await follow(y, /vous désigne/)
      await enter(y, weak)
      await signDeed(y)
      await y.page.getByText('il est en vigueur dès sa réception').waitFor()
      await certify(odile, yann)
      await y.page.reload()
      await y.page.getByText('Toutes les conditions sont remplies').waitFor()
      await link(y.page.getByRole('navigation'), 'Habilitations')
      await everyone(y, 4)
      await y.page
        .getByRole('link', { name: /Etcheverry/ })
        .first()
        .waitFor()
      assert.equal(await y.page.getByText(/Mazères/).count(), 0, 'the account ended by itself')
      await sound(y, 'compte-clos')
    },
  )

  step(
    'ACC-5, ACC-8: months later the successor lifts the suspension of who did not come; the yearly review is announced, and begins from its mail',
    async () => {
      await go(`${year + 1}-01-10T09:00:00Z`)
      assert.match((await mails()).join('\n'), /^Yann: Une revue des accès est à faire$/m)
      const y = await someone(yann)
      await follow(y, /suspendue pour inactivité/)
      await enter(y, weak)
      await title(y.page, 'Lucas Etcheverry')
      await sound(y, 'inactif')
      await press(y.page, 'Lever la suspension')
      const lifting = y.page.getByRole('dialog')
      await lifting.getByLabel('Motif').fill('Retour de congé')
      await press(lifting, 'Lever la suspension')
      await lifting.waitFor({ state: 'detached' })
      await follow(y, /revue des accès/)
      await title(y.page, 'Revue des accès')
      await press(y.page, 'Commencer la revue')
      await title(y.page, /^Revue des accès du/)
      await y.page.getByRole('table').waitFor()
      await sound(y, 'revue')
      await mails()
    },
  )

  step(
    'AGR-4, AGR-7: notice is given; a month later, at midnight in Paris, a session that is open is cut at its next request and told why',
    async () => {
      const b = await someone(helene)
      await enter(b, weak)
      await title(b.page, /^Bonjour/)
      await link(b.page.getByRole('navigation'), 'Conventions')
      await title(b.page, `Convention avec ${theStructure(structure)}`)
      await press(b.page, 'Donner congé')
      const dialog = b.page.getByRole('dialog')
      await dialog.getByLabel('Reçu le').fill(`${year + 1}-01-10`)
      await dialog.locator('input[type=file]').setInputFiles(scan('lettre.pdf'))
      await press(dialog, 'Donner congé')
      await dialog.getByText(/La convention prend fin le 10 février/).waitFor()
      await press(dialog, 'Confirmer cette fin')
      await b.page.getByText(/^En vigueur, congé donné\. Elle se termine le 10 février/).waitFor()
      await sound(b, 'conge')
      assert.deepEqual(await mails(), ['Sylvie: Congé donné sur une convention'])
      await leave(b)

      await go(`${year + 1}-02-10T22:50:00Z`)
      const l = await someone(lucas)
      await enter(l, weak)
      await link(l.page.getByRole('navigation'), 'Campagnes')
      await link(l.page, campaign)
      await title(l.page, campaign)
      // The targets were read while the convention stood.
      const take = l.page.getByRole('button', { name: /^Je m’en occupe/ }).first()
      await take.waitFor()
      await go(`${year + 1}-02-10T23:00:05Z`, { work: false })
      await take.click()
      await l.page.getByText('Votre structure n’a pas de convention en vigueur').first().waitFor()
      await sound(l, 'coupe')
      await link(l.page.getByRole('navigation'), 'Accueil')
      await l.page.getByText('Ce qui manque pour travailler').waitFor()
      await l.page.getByText('vous les retrouverez dès que rien ne manquera plus').waitFor()
      await sound(l, 'fin')
      assert.deepEqual(
        await service.sql('select count(*)::int as targets from campaign_targets'),
        [{ targets: 3 }],
        'nothing is lost',
      )
    },
  )
})

/** From « Habilitations »: the list of all the people of the structure, under its count; others are those to watch. */
const everyone = async ({ page }: Someone, count: number) => {
  await page
    .getByRole('link', { name: `${count} personnes`, exact: true })
    .last()
    .click()
  await title(page, 'Personnes')
  await page.getByText(`${count} personnes`, { exact: true }).first().waitFor()
}
const publishText = async ({ page }: Someone, kind: string) => {
  await page.goto('/textes/publier')
  await choose(page.getByLabel('Texte', { exact: true }).first(), kind)
  await page.getByRole('textbox', { name: 'Titre', exact: true }).fill(kind)
  await page
    .getByRole('textbox', { name: /^Texte/ })
    .fill(`# Objet\n\nLe service sert à préparer ensemble les campagnes auprès des employeurs. ${kind}.`)
  await press(page, 'Publier')
  await page.getByRole('heading', { level: 1, name: /version 1/ }).waitFor()
}
const propose = async ({ page }: Someone, signatory: StandInPerson, whom: StandInPerson, bornOn: string) => {
  await title(page, 'Responsables de gestion de comptes')
  await link(page, 'Proposer un acte d’engagement')
  await title(page, 'Proposer un acte d’engagement')
  for (const [label, value] of [
    ['Adresse de la structure', '1 place des Graves, 33640 Portets'],
    ['Qualité du signataire', signatory.function],
    ['Prénom', whom.givenName],
    ['Nom', whom.usualName],
    ['Date de naissance', bornOn],
    ['Téléphone', '05 00 00 00 00'],
    ['Adresse électronique', whom.email],
  ] as const)
    await page.getByLabel(new RegExp(`^${label}`)).fill(value)
  await page.getByLabel(/^Signataire/).selectOption({ label: `${signatory.givenName} ${signatory.usualName}` })
  await page.getByLabel(/^Lien avec la structure/).selectOption({ label: 'Personnel permanent de la structure' })
  await page.getByRole('checkbox', { name: /remises à chaque personne/ }).check({ force: true })
  await press(page, 'Proposer à la signature')
  await page.getByText('Signatures attendues').waitFor()
}
/** Reads the deed whole, says so, and signs. */
const signDeed = async ({ page }: Someone) => {
  await page.getByRole('checkbox', { name: /^J’ai lu tout l’acte/ }).check({ force: true })
  await press(page, 'Signer par mon second facteur')
}
/** The security officer opens the deed from the mail, and records the certificate. */
const certify = async (officer: StandInPerson, whom: StandInPerson) => {
  const o = await someone(officer)
  await follow(o, /acte d’engagement de RGC vous est adressé/)
  await enter(o)
  await title(o.page, 'Actes d’engagement et attestations')
  await sound(o, `actes-recus-${whom.givenName}`)
  await o.page
    .getByRole('button', { name: /^Ouvrir/ })
    .first()
    .click()
  await sound(o, `acte-ouvert-${whom.givenName}`)
  await o.page
    .getByRole('dialog')
    .getByRole('button', { name: `Enregistrer l’attestation de ${whom.givenName} ${whom.usualName}` })
    .click()
  const dialog = o.page.getByRole('dialog')
  await dialog.getByLabel(/^Date de l’attestation/).fill(parisDay(now()))
  await dialog.getByLabel(/^Fichier reçu/).setInputFiles(scan('attestation.pdf'))
  await dialog.getByText(/^Fichier joint : attestation\.pdf/).waitFor()
  await press(dialog, 'Enregistrer')
  await dialog.waitFor({ state: 'detached' })
  await leave(o)
}
