import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import type { Watched } from './browser.ts'
import { keysOf, send, tell } from './by-keys.ts'
import { journeys, storyOf } from './journey.ts'

const { service, sound, soundAtEveryWidth, signedIn } = journeys('employeur-connu')
const toast = ({ page }: Watched, words: string) => page.locator('.cc-toast', { hasText: words }).first().waitFor()

let siret: string
let karim: Watched
let claire: Watched

/* One employer that nobody knew: whom one met there, who is the referent, and what it asks for; on the real service. */
describe('an employer becomes known', { timeout: 1_200_000 }, () => {
  const step = storyOf(async () => (claire ?? karim)?.page.locator('body').innerText())

  step(
    'EST-5: whom Karim met is made a correspondent without leaving the exchange, and the history names them',
    async () => {
      const [shop] = await service.sql<{ siret: string }>(
        `select lpad(e.siret::text, 14, '0') as siret from establishments e
        where e.active and e.employer and e.diffusion = 'O'
          and e.clpe_id = (select clpe_id from campaign_targets where clpe_id is not null limit 1)
          and not exists (select from campaign_targets t where t.siret = e.siret)
          and not exists (select from exchanges x where x.siret / 100000 = e.siren)
          and not exists (select from correspondents c where c.siret / 100000 = e.siren)
        order by e.siret limit 1`,
      )
      assert.ok(shop, 'the demonstration has such an employer')
      siret = shop.siret
      karim = await signedIn(people.karim)
      const { page } = karim
      await page.goto(`/etablissements/${siret}`)
      await page.getByRole('heading', { name: 'Avant de contacter' }).waitFor()
      const met = 'M. Idriss Laforgue, chef d’atelier'
      const panel = await tell(page, { channel: '1', result: '3', met, notes: 'Reçoit le mardi' })
      await panel.getByRole('button', { name: 'Ajouter aux interlocuteurs' }).click()
      const dialog = page.getByRole('dialog', { name: 'Ajouter un interlocuteur' })
      await dialog.locator('[name=phone]').fill('05 36 49 12 77')
      await sound(karim, 'ajouter', { full: false })
      await dialog.getByRole('button', { name: 'Ajouter l’interlocuteur' }).click()
      await dialog.waitFor({ state: 'detached' })
      await panel.getByText(/^Rencontre reliée à la fiche : /).waitFor()
      await panel.getByLabel('Notes').focus()
      await send(panel, keysOf(page))
      await toast(karim, 'Échange enregistré.')
      const entry = page.locator('.cc-entry', { hasText: 'Reçoit le mardi' })
      await entry
        .getByText(/Laforgue/)
        .first()
        .waitFor()
      const person = page.locator('.cc-person', { hasText: 'Laforgue' })
      assert.equal(await person.locator('a[href="tel:+33536491277"]').count(), 1)
    },
  )

  step(
    'EST-5: said to be another, then found to be the same, the two cards are merged, and the merge is undone',
    async () => {
      const { page } = karim
      await page.getByRole('button', { name: 'Ajouter un interlocuteur' }).click()
      const dialog = page.getByRole('dialog', { name: 'Ajouter un interlocuteur' })
      for (const [name, words] of [
        ['familyName', 'Lafforgue'],
        ['givenName', 'Idriss'],
      ] as const)
        await dialog.locator(`[name=${name}]`).fill(words)
      await dialog.getByRole('button', { name: 'Ajouter l’interlocuteur' }).click()
      await dialog.getByRole('button', { name: 'C’est une autre personne' }).click()
      await dialog.getByRole('button', { name: 'Ajouter l’interlocuteur' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: /^Fusionner : .*Lafforgue/ }).click()
      const compared = page.getByRole('dialog', { name: /^Fusionner avec/ })
      const other = compared.getByLabel(/L’autre fiche/)
      await other.selectOption({ index: 1 })
      await sound(karim, 'fusion', { full: false })
      await compared.getByRole('button', { name: 'Fusionner les deux fiches' }).click()
      await compared.waitFor({ state: 'detached' })
      await page.getByText(/^Réunit la fiche/).waitFor()
      assert.equal(await page.locator('.cc-person').count(), 1)
      await page.getByRole('button', { name: /^Défaire la fusion/ }).click()
      await page.getByText(/^Réunit la fiche/).waitFor({ state: 'detached' })
      assert.equal(await page.locator('.cc-person').count(), 2)
    },
  )

  step('EST-3, EST-8: Karim says that he is the referent, then no more; the history tells both to Claire', async () => {
    const { page } = karim
    const block = page.locator('#referents')
    await block.getByRole('button', { name: 'Je suis le référent' }).click()
    await page.locator('.cc-entry', { hasText: 'se dit référent de cet employeur' }).waitFor()
    await block.getByRole('button', { name: /^Terminer/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Motif').fill('Ne suit plus ce secteur')
    await dialog.getByRole('button', { name: 'Mettre fin au rôle' }).click()
    await dialog.waitFor({ state: 'detached' })

    claire = await signedIn(people.claire)
    await claire.page.goto(`/etablissements/${siret}?nature=referent`)
    await claire.page.getByText('2 changements de référent.').waitFor()
    const entries = claire.page.locator('.cc-entry')
    assert.match(
      (await entries.nth(0).innerText()).replace(/\s+/g, ' '),
      /Karim Belkacem .* n’est plus référent : « Ne suit plus ce secteur », noté par Karim/,
    )
    assert.match(
      (await entries.nth(1).innerText()).replace(/\s+/g, ' '),
      /Karim Belkacem .* se dit référent de cet employeur/,
    )
    await soundAtEveryWidth(claire, 'historique-referents')
  })

  step('EST-10: the employer asks not to be called: Claire marks it, and Karim reads it before he calls', async () => {
    const { page } = claire
    const reason = 'Ne souhaite plus être appelé avant l’été'
    await page.getByRole('button', { name: 'Marquer « ne pas contacter »' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Motif').fill(reason)
    await dialog.getByRole('button', { name: 'Marquer', exact: true }).click()
    await page.getByRole('heading', { name: /^Ne pas contacter jusqu’au/ }).waitFor()
    await karim.page.reload()
    await karim.page.getByRole('heading', { name: /^Ne pas contacter jusqu’au/ }).waitFor()
    await karim.page.getByText(`« ${reason} »`).first().waitFor()
    await sound(karim, 'ne-pas-contacter')
  })

  step(
    'EST-3: of an employer of the demonstration, each block of the card tells something, and where from',
    async () => {
      const [known] = await service.sql<{ siret: string }>(
        `select lpad(c.siret::text, 14, '0') as siret from correspondents c
        join correspondent_values v on v.correspondent_id = c.id and v.value = 'Castelbon' limit 1`,
      )
      const paul = await signedIn(people.paul)
      const { page } = paul
      await page.goto(`/etablissements/${known!.siret}`)
      const told: Record<string, readonly RegExp[]> = {
        interlocuteurs: [
          /Oriane Castelbon/,
          /Répond aussi pour/,
          /Bersegeay.*à confirmer/,
          /S’est opposée à la conservation de ses données, par courriel/,
          /Proposé par.*Un fichier ne dit pas de quand date ce qu’il contient/,
        ],
        terrain: [
          /Horaires d’ouverture\s+à confirmer/,
          /Effectif réel.*6.*Proposé par.*Standard/,
          /Candidatures spontanées/,
        ],
        engagements: [/Accueil en immersion/, /Charte de la diversité/],
        besoins: [/Découverte de la vente/, /Vente en prêt-à-porter/],
        services: [/Fiche de poste récrite avec la gérante/],
        historique: [
          /D’après un fichier, importé le /,
          /Prend les appels en fin de matinée/,
          /Immersion réussie/,
          /Veut voir la personne au travail/,
        ],
      }
      for (const [id, words] of Object.entries(told)) {
        const block = page.locator(`#${id}`)
        await block.getByText(words[0]!).first().waitFor()
        for (const fold of await block.locator('details:not([open]) > summary').all()) await fold.click()
        for (const said of words) await block.getByText(said).first().waitFor()
      }
      await page
        .getByText(/^Embauches$/)
        .first()
        .waitFor()
      await soundAtEveryWidth(paul, 'fiche-entiere')
    },
  )
})
