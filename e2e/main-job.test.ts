import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import type { Locator, Page } from 'playwright-core'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { openPage, type Watched, widths } from './browser.ts'
import { keysOf, plain, send, type TellOf, tabTo, tell, walkTo } from './by-keys.ts'
import { journeys, leaveConflicts, signIn, storyOf, title } from './journey.ts'

const { service, picture, sound } = journeys('parcours')

type Someone = Watched & { readonly name: string }
/** A person at their own screen: a browser context of their own. */
const someone = async (
  name: string,
  viewport: { width: number; height: number } = widths.desktop,
): Promise<Someone> => ({ ...(await openPage(service.url, viewport, [service.standIn])), name })

const cardAddress = (siret: string) => `/etablissements/${siret}`
/** From the row one stands on, by keys alone: the panel opens, one tells, it is recorded. */
const record = async (page: Page, { own = false, ...told }: TellOf & { readonly own?: boolean }) => {
  const panel = await tell(page, told)
  if (own) {
    await tabTo(page, /^\d?Le réseau/)
    await page.keyboard.press('2')
    await panel.getByText('Les autres verront qu’un contact a eu lieu').waitFor()
  }
  await send(panel, keysOf(page))
}

const campaignName = 'Industrie et second œuvre'
const wrongNumber = '123 456 789 01234'
const unknownNumber = '73282932000074'
const secretNotes = 'Le gérant cède son affaire au printemps et ne veut pas que cela se sache.'
const openNotes = 'Deux départs à remplacer avant l’été ; préfère qu’on l’appelle le matin.'
const keptNote = 'Met peut-être la clé sous la porte.'
const sharedNote = 'Le quai est derrière, par la rue du Lavoir.'

let campaignId: string
let ines: Someone
let claire: Someone
let karim: Someone
let paul: Someone
/** The employers of the story, by what becomes of them. */
let taken: string
let toldToAll: string
let ofKarim: string
let keptClose: string
/** All that the API answered to Karim's page. */
const readByKarim: Promise<string>[] = []
const nameOf = new Map<string, string>()
const card = (page: Page, siret: string) => page.locator(`a[data-row-stop][href="${cardAddress(siret)}"]`)
const row = (page: Page, siret: string): Locator => page.locator('tr', { has: card(page, siret) })

const step = storyOf(async () => {
  for (const { page, name } of [ines, claire, karim, paul].filter(Boolean)) await picture(page, `echec-${name}`)
})

describe('the main job, with four people of three organisations', { timeout: 1_200_000 }, () => {
  step(
    'IDN-1, IDN-2: Inès comes through ProConnect without a second factor, enrols one here, and is let in',
    async () => {
      ines = await someone('ines')
      const { page } = ines
      await page.goto('/')
      await title(page, 'Se connecter')
      await sound(ines, `${ines.name}-connexion`)
      await signIn(page, people.ines, { acr: 'eidas1', amr: 'pwd' })
      await title(page, 'Enregistrez un second facteur')
      assert.equal((await page.request.get('/api/campaigns')).status(), 401, 'nothing answers before the second factor')
      await sound(ines, `${ines.name}-second-facteur`)
      await page.getByRole('tab', { name: 'Application de codes' }).click()
      const key = (await page.locator('.cc-secret').textContent())!.replaceAll(/\s/g, '')
      await sound(ines, `${ines.name}-application-de-codes`)
      await page.getByLabel(/^Code à six chiffres/).fill(new TOTP({ secret: Secret.fromBase32(key) }).generate())
      await page.getByRole('button', { name: 'Confirmer l’application' }).click()
      await title(page, 'Vos codes de secours')
      const codes = await page.locator('.cc-codes code').allTextContents()
      assert.ok(codes.length >= 8 && new Set(codes).size === codes.length)
      await sound(ines, `${ines.name}-codes-de-secours`)
      await page.getByRole('button', { name: /J’ai gardé mes codes/ }).click()
      await title(page, 'Bonjour Inès')
      await page.getByText('Mes campagnes').waitFor()
      await sound(ines, `${ines.name}-accueil`)
      assert.ok(!(await page.content()).includes(codes[0]!), 'shown once')
      const { factors } = await (await page.request.get('/api/me')).json()
      assert.equal(factors.second.by, 'totp')
    },
  )

  step(
    'CAM-1, CAM-2: she prepares a campaign with two other organisations, by criteria and by pasted numbers',
    async () => {
      const { page } = ines
      await page.getByRole('link', { name: 'Campagnes', exact: true }).click()
      await title(page, 'Campagnes')
      await page.getByText('Apprentissage dans le bâtiment').waitFor()
      await sound(ines, `${ines.name}-campagnes`)
      await page.getByRole('link', { name: 'Préparer une campagne' }).click()
      await title(page, 'Préparer une campagne')
      await page.getByLabel(/^Nom de la campagne/).fill(campaignName)
      await page.getByRole('radio', { name: /Prospection/ }).check({ force: true })
      await page
        .getByLabel(/^Description/)
        .fill('Faire connaître les parcours d’insertion aux ateliers de dix salariés et plus.')
      assert.equal(await page.getByLabel(/^Territoire/).inputValue(), 'Bordeaux hors Métropole')
      const day = (after: number) =>
        new Date(Date.now() + after * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Paris' })
      await page.getByLabel(/^Début/).fill(day(0))
      await page.getByLabel(/^Fin/).fill(day(60))
      await page.getByText(/^Brouillon enregistré à/).waitFor()
      await sound(ines, `${ines.name}-preparer-objet`)
      // Left in the middle, it is found again where it was.
      await page.reload()
      await title(page, 'Quelle campagne ?')
      assert.equal(await page.getByLabel(/^Nom de la campagne/).inputValue(), campaignName)
      await page.getByRole('button', { name: 'Continuer' }).click()
      await title(page, 'Avec qui ?')
      for (const [words, name] of [
        ['graves', organisations.missionLocale.name],
        ['portes du sud', organisations.plie.name],
      ] as const) {
        await page.getByRole('combobox', { name: /^Structures membres/ }).fill(words)
        await page.getByRole('option', { name }).click()
        await page.getByRole('button', { name: `Retirer ${name}` }).waitFor()
      }
      await page.getByText(/^Brouillon enregistré à/).waitFor()
      await page.getByRole('combobox', { name: /^Responsables/ }).fill('lestage')
      await page.getByRole('option', { name: /Paul Lestage/ }).click()
      await page.getByRole('button', { name: /^Retirer Paul Lestage/ }).waitFor()
      await sound(ines, `${ines.name}-preparer-equipe`)
      await page.getByRole('button', { name: 'Continuer' }).click()
      await title(page, 'Quels objectifs ?')
      await page.getByLabel(/^Besoins à détecter/).fill('5')
      await page.getByRole('button', { name: 'Continuer' }).click()
      await title(page, 'Quels établissements ?')
      campaignId = /campagnes\/([0-9a-f-]{36})\//.exec(page.url())![1]!

      await page.getByText('Choisir dans la nomenclature').click()
      await page.getByRole('checkbox', { name: 'Industrie manufacturière' }).check({ force: true })
      await page.getByLabel(/^Filtrer la nomenclature/).fill('43')
      await page.getByRole('checkbox', { name: /^43 / }).check({ force: true })
      await page.getByRole('checkbox', { name: '10 à 49' }).check({ force: true })
      const add = page.getByRole('button', { name: /^Ajouter ces/ })
      await page
        .getByText(/tenus par une autre campagne/)
        .first()
        .waitFor()
      await page.waitForFunction(
        () => /Ajouter ces \d{2,3}\s/.test(document.body.innerText) && !document.body.innerText.includes('Comptage'),
      )
      const found = Number(/\d+/.exec(plain(await add.textContent()))![0])
      await sound(ines, `${ines.name}-preparer-criteres`)
      await add.click()
      await page.getByText(`${found} établissements ajoutés`).first().waitFor()

      const [closed] = await service.sql<{ siret: string }>(
        `select lpad(siret::text, 14, '0') as siret from establishments
          where not active and clpe_id is not null order by establishments.siret limit 1`,
      )
      const [absent] = await service.sql<{ siret: string; name: string }>(
        `select lpad(siret::text, 14, '0') as siret, name from establishments
          where active and naf like '62%' and clpe_id is not null order by establishments.siret limit 1`,
      )
      await page.getByRole('tab', { name: 'Par liste de SIRET' }).click()
      await page.getByLabel(/^Ou SIRET/).fill([absent!.siret, wrongNumber, unknownNumber, closed!.siret].join('\n'))
      await page.getByRole('button', { name: 'Vérifier la liste' }).click()
      await page.getByText('3 lignes non ajoutées').waitFor()
      for (const [text, why] of [
        [wrongNumber, 'n’est pas un SIRET'],
        [unknownNumber, 'absent du registre'],
        [closed!.siret, 'fermé'],
      ] as const)
        await page.getByRole('row', { name: text }).getByText(why).waitFor()
      await page
        .getByRole('cell', { name: absent!.name })
        .or(page.getByRole('rowheader', { name: absent!.name }))
        .first()
        .waitFor()
      await sound(ines, `${ines.name}-preparer-siret`)
      await page.getByRole('button', { name: 'Ajouter cet établissement' }).click()
      await page.getByText(`1 établissement ajouté. La campagne en compte ${found + 1}.`).waitFor()
      await page.getByRole('link', { name: `Continuer avec ${found + 1} établissements` }).click()
      await title(page, /Qui est déjà suivi|déjà suivi/)
    },
  )

  step('CAM-3: what others hold is left, one is taken with a reason, and the campaign opens', async () => {
    const { page } = ines
    await page.getByText(/tenus par une autre campagne ouverte/).waitFor()
    await leaveConflicts(page)
    await page.getByText('Tout est décidé.').first().waitFor()
    await page.getByRole('button', { name: 'Voir un par un' }).click()
    const take = page.getByRole('button', { name: /^Prendre…/ }).last()
    const retaken = plain(await take.textContent()).replace('Prendre… ', '')
    await take.click()
    await page
      .getByRole('dialog', { name: 'Prendre un établissement' })
      .getByLabel(/^Motif/)
      .fill('Nous l’accompagnons déjà ; accord donné par téléphone.')
    await sound(ines, `${ines.name}-preparer-prendre`, { full: false })
    await page.getByRole('dialog').getByRole('button', { name: 'Prendre' }).click()
    await page.getByRole('row', { name: retaken }).getByText('accord donné par téléphone').waitFor()
    await sound(ines, `${ines.name}-preparer-conflits`)
    await page.getByRole('link', { name: 'Continuer', exact: true }).click()
    await page.getByText('tous décidés').waitFor()
    await sound(ines, `${ines.name}-preparer-ouvrir`)
    await page.getByRole('button', { name: 'Ouvrir la campagne' }).click()
    await title(page, campaignName)
    await page.getByText('ouverte', { exact: true }).first().waitFor()
    // Those set aside come last of the list.
    await page.getByLabel('État').selectOption('ecarte')
    await page.locator('table').getByText('mise de côté').first().waitFor()
    await sound(ines, `${ines.name}-campagne`)
    const [{ both } = { both: -1 }] = await service.sql<{ both: number }>(
      'select count(*)::int as both from (select siret from campaign_holds group by siret having count(*) filter (where campaign_id = $1) > 0 and count(distinct campaign_id) > 1) s',
      [campaignId],
    )
    assert.equal(both, 0, 'no establishment is held twice')
    const demonstration = (
      (await (await page.request.get('/api/campaigns?status=open')).json()) as { items: { id: string; name: string }[] }
    ).items.find(({ name }) => name === 'Apprentissage dans le bâtiment')!
    const aside = (await (
      await page.request.get(`/api/campaigns/${demonstration.id}/targets?status=ecarte`)
    ).json()) as { items: { establishment: { name: string }; setAsideReason: string }[] }
    assert.deepEqual(
      aside.items.map(({ establishment: { name } }) => name),
      [retaken],
      'the one taken is set aside where it was',
    )
  })

  step(
    'CAM-4, CAM-5: Claire by the keyboard alone and Karim on a phone work it at the same time; the second to take a target is told who has it',
    async () => {
      ;[claire, karim] = await Promise.all([someone('claire'), someone('karim', widths.phone)])
      karim.page.on('response', response => {
        if (response.url().includes('/api/')) readByKarim.push(response.text().catch(() => ''))
      })
      const { page } = claire
      const byKeys = async () => {
        await page.goto('/')
        await title(page, 'Se connecter')
        await tabTo(page, /ProConnect/)
        await page.keyboard.press('Enter')
        await title(page, 'Connexion de démonstration')
        await sound(claire, `${claire.name}-proconnect`)
        await tabTo(page, /^Se connecter$/)
        await page.keyboard.press('Enter')
        await title(page, 'Bonjour Claire')
        await tabTo(page, /^Campagnes$/)
        await page.keyboard.press('Enter')
        await title(page, 'Campagnes')
        await page.getByRole('link', { name: campaignName }).waitFor()
        await walkTo(page, `/campagnes/${campaignId}`)
        await page.keyboard.press('Enter')
        await title(page, campaignName)
        await card(page, taken).waitFor()
      }
      const onThePhone = async () => {
        await signIn(karim.page, people.karim)
        await title(karim.page, 'Bonjour Karim')
        await karim.page.getByRole('link', { name: campaignName }).waitFor()
        await sound(karim, `${karim.name}-accueil`)
        await karim.page.getByRole('link', { name: campaignName }).click()
        await title(karim.page, campaignName)
        await card(karim.page, taken).waitFor()
      }
      const free = await ines.page.request.get(`/api/campaigns/${campaignId}/targets?status=a-contacter&limit=4`)
      const { items } = (await free.json()) as { items: { establishment: { siret: string; name: string } }[] }
      ;[taken, toldToAll, ofKarim, keptClose] = items.map(({ establishment: { siret, name } }) => {
        nameOf.set(siret, name)
        return siret
      }) as [string, string, string, string]
      await Promise.all([byKeys(), onThePhone()])
      await sound(karim, `${karim.name}-campagne`)

      await walkTo(page, cardAddress(taken))
      await tabTo(page, /^Je m’en occupe/, 5)
      await page.keyboard.press('Enter')
      await row(page, taken).getByText('Vous').waitFor()
      await row(karim.page, taken)
        .getByRole('button', { name: /^Je m’en occupe/ })
        .click()
      await row(karim.page, taken).getByText('Claire Dufau').waitFor()
      await karim.page.getByText('La liste vient d’être actualisée : elle dit qui.').waitFor()
      await sound(karim, `${karim.name}-deja-prise`)
      await sound(claire, `${claire.name}-campagne`)
    },
  )

  step(
    'CAM-5, EST-7: each records at the same moment, and Karim reads what Claire was told before he calls',
    async () => {
      await Promise.all([
        (async () => {
          await walkTo(claire.page, cardAddress(toldToAll))
          await record(claire.page, {
            channel: '1',
            result: '1',
            met: 'La gérante',
            notes: openNotes,
            need: 'Deux soudeurs en CDI',
          })
        })(),
        (async () => {
          await karim.page.locator('h1').focus()
          await walkTo(karim.page, cardAddress(ofKarim))
          await record(karim.page, { channel: '1', result: '3', notes: 'Rappeler après la réunion d’équipe.' })
        })(),
      ])
      await row(claire.page, toldToAll).getByText('besoin').waitFor()
      await row(karim.page, ofKarim).getByText('en cours').first().waitFor()
      await card(karim.page, toldToAll).click()
      await karim.page.getByRole('dialog', { name: nameOf.get(toldToAll)! }).waitFor()
      const before = karim.page.locator('section', {
        has: karim.page.getByRole('heading', { name: 'Avant de contacter' }),
      })
      await before.getByText(openNotes).waitFor()
      const words = plain(await before.textContent())
      assert.match(words, /Le réseau l’a contacté 1 fois ce mois-ci/)
      assert.match(words, /Communauté de communes Jalle-Eau-Bourde, téléphone, par Claire Dufau : besoin détecté/)
      await sound(karim, `${karim.name}-fiche`)
    },
  )

  step('EST-11: what Claire keeps to her organisation, Karim knows took place, not what was said', async () => {
    // Those to contact come first.
    await claire.page.goto(`/campagnes/${campaignId}`)
    await card(claire.page, keptClose).waitFor()
    await walkTo(claire.page, cardAddress(keptClose))
    await record(claire.page, { channel: '2', result: '4', met: 'Le gérant', notes: secretNotes, own: true })
    await row(claire.page, keptClose)
      .getByText(/Jalle-Eau-Bourde/)
      .first()
      .waitFor()
    await karim.page.goto(`/etablissements/${keptClose}`)
    await title(karim.page, nameOf.get(keptClose)!)
    const before = karim.page.locator('section', {
      has: karim.page.getByRole('heading', { name: 'Avant de contacter' }),
    })
    await before.getByText('contenu réservé à cette structure').waitFor()
    const today = new Date()
      .toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris', day: 'numeric', month: 'long', year: 'numeric' })
      .replace(/^1 /, '1er ')
    assert.ok(
      plain(await before.textContent()).includes(
        `${today} — ${organisations.jalleEauBourde.name} (contenu réservé à cette structure)`,
      ),
    )
    await karim.page.getByText('en garde le contenu pour ses agents').waitFor()
    await sound(karim, `${karim.name}-fiche-reservee`)
    const answers = await Promise.all(readByKarim)
    assert.ok(
      answers.some(text => text.includes(openNotes)),
      'his answers were read',
    )
    for (const text of [await karim.page.content(), ...answers])
      assert.ok(!text.includes('cède son affaire') && !text.includes('Le gérant cède'))
    await claire.page.goto(`/etablissements/${keptClose}`)
    await claire.page.getByText(secretNotes).first().waitFor()
    await sound(claire, `${claire.name}-fiche-reservee`)
  })

  step(
    'EST-11: a note that Claire keeps to her organisation is nowhere for Karim; one for the network he reads',
    async () => {
      const note = async (words: string, own: boolean) => {
        await claire.page.getByRole('button', { name: 'Ajouter une note' }).press('Enter')
        const dialog = claire.page.getByRole('dialog')
        await dialog.getByRole('textbox', { name: 'Note' }).fill(words)
        if (own) await dialog.getByLabel('Ma structure').check({ force: true })
        await dialog.getByRole('button', { name: 'Enregistrer la note' }).press('Enter')
        await claire.page.locator('.cc-entry', { hasText: words }).waitFor()
      }
      await note(keptNote, true)
      await note(sharedNote, false)
      await karim.page.goto(`/etablissements/${keptClose}?nature=note`)
      await karim.page.locator('.cc-entry', { hasText: sharedNote }).waitFor()
      await karim.page.getByText('1 note.').waitFor()
      await sound(karim, `${karim.name}-notes`)
      for (const text of [await karim.page.content(), ...(await Promise.all(readByKarim))])
        assert.ok(!text.includes('clé sous la porte'))
    },
  )

  step(
    'EST-6: Claire and Karim do not know the same switchboard; both stand side by side until one is retained',
    async () => {
      const block = (page: Page) => page.locator('#terrain')
      const say = async ({ page }: Someone, act: RegExp, number: string) => {
        await block(page).getByRole('button', { name: act }).press('Enter')
        await block(page)
          .getByRole('textbox', { name: /^Standard/ })
          .fill(number)
        await block(page).getByRole('button', { name: 'Enregistrer' }).press('Enter')
        await block(page).getByRole('button', { name: number, exact: true }).waitFor()
      }
      await say(claire, /^Standard/, '05 56 12 34 56')
      await karim.page.goto(`/etablissements/${keptClose}`)
      await say(karim, /^Corriger : Standard/, '05 56 65 43 21')
      await block(karim.page).getByText('deux avis').waitFor()
      await sound(karim, `${karim.name}-deux-avis`)
      await block(karim.page).getByRole('button', { name: 'Retenir 05 56 12 34 56' }).press('Enter')
      await block(karim.page).getByText('deux avis').waitFor({ state: 'detached' })
      await block(karim.page).getByRole('button', { name: 'Historique : Standard' }).press('Enter')
      await karim.page.getByRole('dialog').getByText('05 56 65 43 21').waitFor()
    },
  )

  step('CAM-8: Paul, pilot elsewhere and only a member here, sees the progress and cannot close', async () => {
    paul = await someone('paul', widths.tablet)
    const { page } = paul
    await signIn(page, people.paul)
    await title(page, 'Bonjour Paul')
    await page.getByRole('link', { name: campaignName }).click()
    await title(page, campaignName)
    await page.getByRole('tab', { name: 'Avancement' }).click()
    await page.getByRole('heading', { name: 'Répartition' }).waitFor()
    const figure = async (label: RegExp) =>
      plain(await page.locator('.cc-figure', { hasText: label }).locator('.cc-figure__value').textContent())
    assert.equal(await figure(/contactés/), '3')
    assert.equal(await figure(/besoins? détectés?/), '1')
    const cells = async (name: string) =>
      (
        await page
          .getByRole('table', { name: 'Avancement par structure' })
          .getByRole('row', { name: new RegExp(name) })
          .getByRole('cell')
          .allTextContents()
      ).map(plain)
    const shareless = ([held, contacted, , contacts, needs]: string[]) => [held, contacted, contacts, needs]
    assert.deepEqual(shareless(await cells('CC Jalle-Eau-Bourde')), ['1', '2', '2', '1'])
    assert.deepEqual(shareless(await cells(organisations.missionLocale.name)), ['0', '1', '1', '0'])
    assert.deepEqual(shareless(await cells(organisations.plie.name)), ['0', '0', '0', '0'])
    await sound(paul, `${paul.name}-avancement`)
    await page.getByRole('tab', { name: 'Réglages' }).click()
    await page.getByText(/Seuls les pilotes de la communauté de communes Jalle-Eau-Bourde/).waitFor()
    assert.equal(await page.getByRole('button', { name: /Clore/ }).count(), 0)
    await sound(paul, `${paul.name}-reglages`)
    const refused = await page.evaluate(async path => {
      const answer = await fetch(path, { method: 'POST', headers: { 'idempotency-key': crypto.randomUUID() } })
      return { status: answer.status, code: ((await answer.json()) as { code: string }).code }
    }, `/api/campaigns/${campaignId}/close`)
    assert.deepEqual(refused, { status: 403, code: 'campaign/pilot-only' })
  })

  step('IND-1, IND-2, IND-3, IND-4: the four figures, and the rows that make the last one', async () => {
    const { page } = ines
    await page.getByRole('link', { name: 'Indicateurs' }).click()
    await title(page, 'Indicateurs')
    await page.getByRole('combobox', { name: /^Campagne/ }).selectOption({ label: campaignName })
    const value = async (title: string) =>
      Number(
        plain(
          await page
            .locator('section', { has: page.getByRole('heading', { name: title }) })
            .locator('.cc-figure__value')
            .textContent(),
        ),
      )
    await page.waitForFunction(
      () => !document.querySelector('[aria-busy=true]') && location.search.includes('campagne='),
    )
    assert.equal(await value('Établissements prospectés ou fidélisés avec les partenaires'), 3)
    assert.equal(await value('Campagnes coordonnées avec les partenaires'), 1)
    assert.ok((await value('Conseillers partenaires utilisateurs')) >= 2)
    assert.ok((await value('Usage des outils par les conseillers partenaires')) >= 3)
    await sound(ines, `${ines.name}-indicateurs`)
    await page.getByRole('link', { name: /Voir les lignes qui font ce chiffre : Établissements/ }).click()
    await title(page, /Établissements prospectés/)
    for (const siret of [toldToAll, ofKarim, keptClose]) await card(page, siret).waitFor()
    await sound(ines, `${ines.name}-indicateur-lignes`)
  })

  step('IDN-1, UX-5: Hugo, whom no organisation gave an account, is told who to ask', async () => {
    const hugo = await someone('hugo', widths.phone)
    await signIn(hugo.page, people.hugo)
    await title(hugo.page, 'Aucun compte ne vous est ouvert')
    await hugo.page.getByText('responsable de gestion de comptes (RGC)').waitFor()
    await sound(hugo, `${hugo.name}-sans-compte`)
    assert.equal((await hugo.page.request.get('/api/me')).status(), 401)
  })

  step('ACC-12: a right taken away is gone at the next click of an open session', async () => {
    const { page } = karim
    await page.goto(`/campagnes/${campaignId}`)
    await card(page, taken).waitFor()
    await service.sql('update grants set revoked_at = now(), revoke_reason = $2 where account_id = $1', [
      people.karim.accountId,
      'Fin de mission',
    ])
    await card(page, toldToAll).click()
    await page.getByText('Habilitation manquante').first().waitFor()
    assert.ok(!(await page.content()).includes(openNotes))
    await sound(karim, `${karim.name}-habilitation-retiree`)
  })
})
