import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe } from 'node:test'
import ICAL from 'ical.js'
import type { Page } from 'playwright-core'
import readWorkbook from 'read-excel-file/node'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { journeys, storyOf, title } from './journey.ts'

const { service, picture, sound, soundAtEveryWidth, signedIn } = journeys('vues')

const rowsOf = async (path: string) => {
  const [sheet] = (await readWorkbook(await readFile(path))) as unknown as { data: unknown[][] }[]
  return sheet!.data
}
/** The number of targets that the list says it has. */
const countIn = async (page: Page) =>
  Number(/(\d+)\s+cible/.exec((await page.locator('caption', { hasText: 'cible' }).first().textContent()) ?? '')?.[1])

describe('lists leave as files', () => {
  let watched: Awaited<ReturnType<typeof signedIn>>
  const story = storyOf(async () => {
    if (watched) await picture(watched.page, 'echec')
  })

  story(
    'CAM-10: the targets of a campaign, filtered, leave as a workbook that a spreadsheet reader opens',
    async () => {
      const [campaign] = (await service.sql(
        `select id, name from campaigns where status = 'open' and pilot_id = $1 order by id limit 1`,
        [organisations.jalleEauBourde.id],
      )) as { id: string; name: string }[]
      watched = await signedIn(people.ines)
      const { page } = watched
      await page.goto(`${service.url}/campagnes/${campaign!.id}?statut=a-contacter`)
      await title(page, campaign!.name)
      const count = await countIn(page)
      assert.ok(count > 1)
      const head = page.getByRole('columnheader', { name: 'Établissement' })
      await head.getByRole('button').press('Enter')
      await page.waitForURL(/tri=nom/)
      await head.getByRole('button').press('Enter')
      await page.waitForURL(/tri=-nom/)
      assert.equal(await head.getAttribute('aria-sort'), 'descending')
      await page.getByRole('button', { name: 'Exporter' }).press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Exporter : Cibles d’une campagne' })
      await dialog.getByRole('button', { name: /^Colonnes/ }).press('Enter')
      await dialog.getByText('Colonnes du fichier').waitFor()
      await soundAtEveryWidth(watched, 'exporter')
      await dialog.getByRole('button', { name: 'Exporter' }).press('Enter')
      await dialog.getByText('Renseignez « Pour quoi faire ».').first().waitFor()
      await dialog.getByLabel('Pour quoi faire').fill('Préparer la réunion du CLPE')
      await dialog.getByLabel('Échanges', { exact: true }).press(' ')
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Exporter' }).press('Enter'),
      ])
      assert.match(file.suggestedFilename(), /^cibles-\d{4}-\d{2}-\d{2}\.xlsx$/)
      await dialog.waitFor({ state: 'detached' })
      const rows = await rowsOf(await file.path())
      assert.equal(rows.length, 1 + count + 3)
      assert.ok(!rows[0]!.includes('Échanges'))
      const state = rows[0]!.indexOf('État')
      assert.ok(rows.slice(1, count + 1).every(row => /^\d{14}$/.test(String(row[0])) && row[state] === 'à contacter'))
      const names = rows.slice(1, count + 1).map(row => String(row[1]))
      assert.deepEqual(names, names.toSorted(new Intl.Collator('fr').compare).toReversed())
      assert.match(String(rows.at(-2)![0]), /par Inès .*Motif : Préparer la réunion du CLPE$/)
    },
  )
  story('CAM-10: one’s next actions leave with the columns and in the order chosen for their page', async () => {
    const claire = await signedIn(people.claire)
    const { page } = claire
    await page.goto(`${service.url}/portefeuille?partie=planned&tri=nom`)
    await title(page, 'Mon portefeuille')
    await page.getByRole('button', { name: 'Colonnes', exact: true }).press('Enter')
    const chosen = page.getByRole('group', { name: 'Colonnes à montrer' })
    for (const name of ['Effectif', 'État', 'Lieu', 'Campagne', 'Prochaine action'])
      await chosen.getByLabel(name, { exact: true }).press(' ')
    await page.waitForURL(/colonnes=effectif(&|$)/)
    const names = await page
      .locator('main tbody tr')
      .evaluateAll(rows => rows.map(row => row.querySelector('a')?.textContent))
    assert.ok(names.length > 1)
    await page.getByRole('button', { name: 'Exporter mes actions' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Exporter : Mes prochaines actions' })
    await dialog.getByText('les colonnes et l’ordre de la page').waitFor()
    await dialog.getByLabel('Pour quoi faire').fill('Ma semaine sur papier')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Exporter' }).press('Enter'),
    ])
    await dialog.waitFor({ state: 'detached' })
    const [head, ...rows] = await rowsOf(await file.path())
    assert.deepEqual(head, ['Prévue le', 'SIRET', 'Établissement', 'Effectif', 'Ne pas contacter jusqu’au'])
    const written = rows.slice(0, -3)
    assert.equal(written.length, names.length)
    assert.deepEqual(
      written.map(row => row[2]),
      names,
    )
    await claire.context.close()
  })
  story(
    'UX-2: an export that lasts is left, found again with its progress, and told of at its end, its failure too',
    async () => {
      const { page } = watched
      const held = Promise.withResolvers<void>()
      await page.route(/\/targets\/export/, async route => {
        await held.promise
        await route.continue()
      })
      await page.reload()
      const ask = async (purpose: string) => {
        await page.getByRole('button', { name: 'Exporter', exact: true }).press('Enter')
        const dialog = page.getByRole('dialog', { name: 'Exporter : Cibles d’une campagne' })
        await dialog.getByLabel('Pour quoi faire').fill(purpose)
        await dialog.getByRole('button', { name: 'Exporter' }).press('Enter')
        return dialog
      }
      const dialog = await ask('Un long export')
      await dialog
        .getByText(/^Le fichier arrive : le service le prépare\. Vous pouvez continuer à travailler/)
        .waitFor()
      await soundAtEveryWidth(watched, 'export-en-cours')
      await dialog.getByRole('button', { name: 'Continuer sans attendre' }).press('Enter')
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('link', { name: 'Accueil' }).first().click()
      await page.getByRole('heading', { name: 'Travail en cours' }).waitFor()
      await sound(watched, 'export-accueil')
      await page.getByRole('link', { name: 'Mes travaux longs' }).click()
      await title(page, 'Mes travaux longs')
      const row = page.getByRole('row', { name: /Export : Cibles d’une campagne/ }).first()
      await row.getByText('en cours').waitFor()
      await soundAtEveryWidth(watched, 'travaux-export')
      const coming = page.waitForEvent('download')
      held.resolve()
      assert.match((await coming).suggestedFilename(), /^cibles-.*\.xlsx$/)
      await row.getByText('reçu', { exact: true }).waitFor()
      await page.getByText('Export : Cibles d’une campagne : le fichier est prêt.').first().waitFor()

      // The line leads back to the list as it was filtered, to ask again; the service then refuses.
      await row.getByRole('link').first().click()
      await page.waitForURL(/statut=a-contacter/)
      await page.unroute(/\/targets\/export/)
      const refusing = Promise.withResolvers<void>()
      await page.route(/\/targets\/export/, async route => {
        await refusing.promise
        await route.fulfill({
          status: 422,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            code: 'export/too-long',
            title: 'Liste trop longue',
            detail: 'Filtrez-la davantage.',
          }),
        })
      })
      await (await ask('Trop long')).getByRole('button', { name: 'Continuer sans attendre' }).press('Enter')
      await page.getByRole('link', { name: 'Accueil' }).first().click()
      refusing.resolve()
      await page.getByText('Export : Cibles d’une campagne : Liste trop longue.').first().waitFor()
      await page.getByRole('link', { name: 'Mes travaux longs' }).click()
      await row.getByText('échoué').waitFor()
      await row.getByText('Filtrez-la davantage.').waitFor()

      // Stopped from the list, it is there no more, and no file comes.
      await row.getByRole('link').first().click()
      await page.waitForURL(/statut=a-contacter/)
      await page.unroute(/\/targets\/export/)
      await page.route(/\/targets\/export/, () => {})
      await (await ask('Abandonné')).getByRole('button', { name: 'Continuer sans attendre' }).press('Enter')
      await page.getByRole('link', { name: 'Accueil' }).first().click()
      await page.getByRole('link', { name: 'Mes travaux longs' }).click()
      const rows = await page.getByRole('row').count()
      await page.getByRole('button', { name: /^Arrêter/ }).press('Enter')
      await page.getByRole('button', { name: /^Arrêter/ }).waitFor({ state: 'detached' })
      assert.equal(await page.getByRole('row').count(), rows - 1)
      await page.unroute(/\/targets\/export/)
    },
  )
  story('CAM-10, IDN-5: with an older proof the export asks again, over the page', async () => {
    const { page } = watched
    await service.sql(`update sessions set proven_at = now() - interval '1 hour' where account_id = $1`, [
      people.ines.accountId,
    ])
    await page.goto(`${service.url}/portefeuille`)
    await title(page, 'Mon portefeuille')
    await sound(watched, 'portefeuille')
    await page.getByRole('button', { name: 'Exporter mes actions' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Exporter : Mes prochaines actions' })
    await dialog.getByLabel('Pour quoi faire').fill('Ma semaine')
    await dialog.getByRole('radio', { name: /CSV/ }).press(' ')
    await dialog.getByRole('button', { name: 'Exporter' }).press('Enter')
    await page.getByRole('dialog', { name: 'Confirmez votre identité' }).waitFor()
    await watched.context.close()
  })
})

describe('a list is folded into groups', () => {
  let watched: Awaited<ReturnType<typeof signedIn>>
  const story = storyOf(async () => {
    if (watched) await picture(watched.page, 'echec')
  })
  const groups = (page: Page) => page.locator('main h2 > button[aria-expanded]')
  const countOf = async (button: ReturnType<typeof groups>) =>
    Number(/(\d+)\s(cible|ligne)/.exec((await button.textContent()) ?? '')?.[1])

  story('CAM-10: the targets are folded by commune, and one reads those of the group that is unfolded', async () => {
    const [campaign] = await service.sql<{ id: string; name: string }>(
      `select id, name from campaigns where status = 'open' and pilot_id = $1 order by id limit 1`,
      [organisations.jalleEauBourde.id],
    )
    watched = await signedIn(people.ines)
    const { page } = watched
    await page.goto(`${service.url}/campagnes/${campaign!.id}?statut=a-contacter`)
    await title(page, campaign!.name)
    const total = await countIn(page)
    await page.getByRole('button', { name: 'Colonnes et tri' }).press('Enter')
    await page.getByLabel('Grouper par').selectOption({ label: 'Commune' })
    await page.waitForURL(/groupe=commune/)
    await groups(page).first().waitFor()
    assert.equal(await page.locator('main table').count(), 0, 'nothing is read of a folded group')
    let sum = 0
    for (const group of await groups(page).all()) sum += await countOf(group as never)
    assert.equal(sum, total)
    await soundAtEveryWidth(watched, 'cibles-groupees')
    await groups(page).nth(1).press('Enter')
    await page.locator('main table').waitFor()
    const count = await countOf(groups(page).nth(1))
    assert.equal(await page.locator('main tbody tr').count(), Math.min(50, count))
    await groups(page).nth(2).press(' ')
    await page.locator('main table').nth(1).waitFor()
    await soundAtEveryWidth(watched, 'cibles-depliees')
    await page.getByRole('button', { name: 'Tout replier' }).press('Enter')
    assert.equal(await page.locator('main table').count(), 0)
  })
  story('CAM-10: the portfolio is folded by campaign', async () => {
    const { page } = watched
    await service.sql(
      `update campaign_targets t set taken_by = $1, taken_by_organisation = $2, taken_at = now(), status = 'en-cours'
        where (t.campaign_id, t.siret) in (select x.campaign_id, x.siret from campaign_targets x
          join campaigns c on c.id = x.campaign_id and c.status = 'open' and c.pilot_id = $2
          where x.taken_by is null and x.status = 'traite' limit 3)`,
      [people.ines.accountId, organisations.jalleEauBourde.id],
    )
    await page.goto(`${service.url}/portefeuille`)
    await title(page, 'Mon portefeuille')
    await page.getByLabel('Grouper par').selectOption({ label: 'Campagne' })
    await page.waitForURL(/groupe=campagne/)
    await groups(page).first().press('Enter')
    await page.locator('main table').waitFor()
    assert.equal(await page.locator('main tbody tr').count(), await countOf(groups(page).first()))
    await soundAtEveryWidth(watched, 'portefeuille-groupe')
    await watched.context.close()
  })
})

describe('a list is kept as it is filtered', () => {
  let watched: Awaited<ReturnType<typeof signedIn>>
  let campaign: { id: string; name: string }
  const story = storyOf(async () => {
    if (watched) await picture(watched.page, 'echec')
  })

  story('CAM-10: a view of the targets is saved for the members of the campaign, and pinned in the menu', async () => {
    ;[campaign] = (await service.sql(
      `select c.id, c.name from campaigns c join campaign_members m on m.campaign_id = c.id and m.organisation_id = $2
        where c.status = 'open' and c.pilot_id = $1 order by c.id limit 1`,
      [organisations.jalleEauBourde.id, organisations.missionLocale.id],
    )) as [typeof campaign]
    watched = await signedIn(people.ines)
    const { page } = watched
    await page.goto(`${service.url}/campagnes/${campaign.id}?statut=a-contacter&tri=commune`)
    await title(page, campaign.name)
    await page.getByRole('button', { name: 'Vues' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Vues de cette liste' })
    await dialog.getByText('Aucune vue pour l’instant.').waitFor()
    await soundAtEveryWidth(watched, 'aucune-vue')
    await dialog.getByLabel('Nom de la vue').fill('À contacter par commune')
    await dialog.getByRole('radio', { name: /membres de la campagne/ }).press(' ')
    await dialog.getByRole('button', { name: 'Enregistrer la vue' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Vues' }).press('Enter')
    await dialog.getByLabel('Nom de la vue').fill('À contacter par commune')
    await dialog.getByRole('button', { name: 'Enregistrer la vue' }).press('Enter')
    await dialog.getByText('Vous avez déjà une vue de ce nom').waitFor()
    await dialog.getByRole('button', { name: 'Épingler : À contacter par commune' }).press('Enter')
    await dialog.getByRole('button', { name: 'Retirer du menu : À contacter par commune' }).waitFor()
    await soundAtEveryWidth(watched, 'vue-epinglee')

    await page.goto(`${service.url}/portefeuille`)
    await title(page, 'Mon portefeuille')
    // The design system's script takes the button in hand a moment after it is drawn.
    await page.locator('button[data-fr-js-collapse-button]', { hasText: 'Mes vues' }).press('Enter')
    await page.locator('button[aria-expanded="true"]', { hasText: 'Mes vues' }).waitFor()
    await picture(page, 'menu')
    await page.getByRole('link', { name: 'À contacter par commune' }).press('Enter')
    await title(page, campaign.name)
    await page.waitForURL(/tri=commune&statut=a-contacter/)
    await page.getByRole('button', { name: 'Colonnes et tri' }).press('Enter')
    assert.equal(await page.getByLabel('Trier par').locator('option:checked').textContent(), 'Commune')
    await watched.context.close()
  })
  story('CAM-10: a member opens the view that was shared, and removes nothing of it', async () => {
    watched = await signedIn(people.karim)
    const { page } = watched
    await page.goto(`${service.url}/campagnes/${campaign.id}`)
    await title(page, campaign.name)
    await page.getByRole('button', { name: 'Vues' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Vues de cette liste' })
    await dialog.getByText('De Inès').waitFor()
    assert.equal(await dialog.getByRole('button', { name: /^Supprimer/ }).count(), 0)
    await sound(watched, 'vue-partagee')
    await dialog.getByRole('link', { name: 'À contacter par commune' }).press('Enter')
    await page.waitForURL(/tri=commune&statut=a-contacter/)
    await dialog.waitFor({ state: 'detached' })
    assert.ok((await countIn(page)) > 0)
  })
  story('CAM-10: who follows a view is written to when something new matches, and stops it in one press', async () => {
    const { page } = watched
    await page.goto(`${service.url}/mes-vues`)
    await title(page, 'Mes vues suivies')
    await page.getByText('Aucune vue suivie').waitFor()
    await soundAtEveryWidth(watched, 'aucune-suivie')
    await page.goto(`${service.url}/campagnes/${campaign.id}`)
    await page.getByRole('button', { name: 'Vues' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Vues de cette liste' })
    await dialog.getByRole('button', { name: 'Me prévenir par courriel : À contacter par commune' }).press('Enter')
    await dialog.getByRole('button', { name: 'Ne plus me prévenir : À contacter par commune' }).waitFor()
    await soundAtEveryWidth(watched, 'vue-suivie')

    const [target] = await service.sql<{ siret: number }>(
      `select siret from campaign_targets where campaign_id = $1 and status = 'en-cours' limit 1`,
      [campaign.id],
    )
    await service.sql(`update campaign_targets set status = 'a-contacter' where campaign_id = $1 and siret = $2`, [
      campaign.id,
      target!.siret,
    ])
    await service.sql(`update view_watches set tried_at = tried_at - interval '1 day'`)
    await service.sql(`select graphile_worker.add_job('tell-view-news')`)
    const mails = () => service.sql<{ body: string }>(`select body from mails where kind = 'view-news'`)
    for (let tries = 0; (await mails()).length === 0 && tries < 900; tries++) await page.waitForTimeout(100)
    const [mail] = await mails()
    assert.match(mail!.body, /« À contacter par commune » : 1 employeur de plus/)

    await dialog.getByRole('link', { name: 'Mes vues suivies' }).press('Enter')
    await title(page, 'Mes vues suivies')
    await page.getByText('1 employeur de plus').waitFor()
    await soundAtEveryWidth(watched, 'suivies')
    await page.getByRole('button', { name: 'Ne plus me prévenir : À contacter par commune' }).press('Enter')
    await page.getByText('Aucune vue suivie').waitFor()
    await watched.context.close()
  })
  story('CAM-11: an advisor’s own calendar program reads their next actions, until they end its address', async () => {
    watched = await signedIn(people.claire)
    const { page } = watched
    await page.goto(`${service.url}/mon-calendrier`)
    await title(page, 'Mon calendrier')
    await page.getByText('Aucune adresse de calendrier').waitFor()
    await soundAtEveryWidth(watched, 'calendrier-aucun')
    await page.getByRole('button', { name: 'Créer mon adresse' }).press('Enter')
    const shown = page.locator('.cc-calendar-address code')
    await shown.waitFor()
    await soundAtEveryWidth(watched, 'calendrier-cree')
    const address = (await shown.textContent())!
    const read = async () => {
      const answer = await fetch(address)
      return { status: answer.status, text: await answer.text() }
    }
    const { status, text } = await read()
    assert.equal(status, 200)
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
    const [{ n }] = (await service.sql<{ n: number }>(
      `select count(*)::int as n from next_actions where owner_id = (select account_id from calendar_feeds)
        and done_at is null and cancelled_at is null`,
    )) as [{ n: number }]
    assert.ok(n > 1)
    assert.equal(events.filter(one => !/^Fait/.test(String(one.getFirstPropertyValue('summary')))).length, n)

    await page.reload()
    await page.getByText(/Lue pour la dernière fois/).waitFor()
    assert.equal(await shown.count(), 0, 'told once')
    await sound(watched, 'calendrier-garde')
    await page.getByRole('button', { name: 'Supprimer l’adresse' }).press('Enter')
    await page.getByText('Aucune adresse de calendrier').waitFor()
    assert.equal((await read()).status, 404)
    await watched.context.close()
  })
})
