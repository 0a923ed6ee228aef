import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { people } from '../server/demonstration/stand-in/people.ts'
import { keysOf, plain, send, tell } from './by-keys.ts'
import { journeys, storyOf, title } from './journey.ts'

const { service, picture, sound, soundAtEveryWidth, signedIn } = journeys('sollicitations')

/** A target of the open campaign of the demonstration that nobody met nor took. */
const freeTarget = async () => {
  const [target] = await service.sql<{ campaignId: string; siret: string; clpeId: number }>(
    `select c.id as "campaignId", lpad(t.siret::text, 14, '0') as siret, t.clpe_id as "clpeId"
      from campaigns c join campaign_targets t on t.campaign_id = c.id
      where c.name = 'Apprentissage dans le bâtiment' and t.status = 'a-contacter' and t.taken_by is null
        and t.assigned_organisation is null and not exists (select from exchanges x where x.siret = t.siret)
      order by t.siret limit 1`,
  )
  assert.ok(target, 'the demonstration has such a target')
  return target
}
const beforeContact = (page: Page): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name: 'Avant de contacter' }) })
const reason = 'L’employeur nous a rappelés ce matin'

describe('the last solicitation of an employer, and two partners', { timeout: 1_200_000 }, () => {
  type Someone = Awaited<ReturnType<typeof signedIn>>
  let ines: Someone
  let claire: Someone
  let karim: Someone
  let target: Awaited<ReturnType<typeof freeTarget>>
  const story = storyOf(async () => {
    for (const one of [ines, claire, karim]) if (one) await picture(one.page, 'echec')
  })

  story(
    'CAM-12, TER-2: the pilot of the task force sets how many times a month an employer may be solicited',
    async () => {
      target = await freeTarget()
      ines = await signedIn(people.ines)
      const { page } = ines
      await page.goto(`/territoires/${target.clpeId}`)
      const section = page.locator('section', {
        has: page.getByRole('heading', { name: 'Sollicitations par employeur' }),
      })
      await section.getByText('tant que la task force n’en fixe pas d’autre').waitFor()
      await section.getByRole('button', { name: 'Changer le nombre' }).press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Sollicitations par employeur' })
      await dialog.getByLabel(/^Sollicitations par mois/).fill('1')
      await sound(ines, 'fixer', { full: false })
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
      assert.match(plain(await section.textContent()), /1 sollicitation par mois et par employeur, 1 par semaine/)
      await section.getByText('Qui l’a fixé').click()
      await section.getByText('par Inès Garat').waitFor()
      await soundAtEveryWidth(ines, 'territoire')
    },
  )

  story('CAM-12, EST-7: Claire reads that one is left, and what she does takes it', async () => {
    claire = await signedIn(people.claire)
    const { page } = claire
    await page.goto(`/etablissements/${target.siret}`)
    await beforeContact(page).getByText('Il reste 1 sollicitation ce mois-ci, dont 1 cette semaine.').waitFor()
    await page.keyboard.press('n')
    const panel = page.getByRole('dialog', { name: 'Enregistrer un échange' })
    await panel.getByText('Il reste 1 sollicitation ce mois-ci').waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await send(await tell(page, { channel: '1', result: '5', notes: 'Répondeur' }), keysOf(page))
    await page.locator('.cc-toast', { hasText: 'Échange enregistré.' }).first().waitFor()
    await beforeContact(page).getByText('Il ne reste aucune sollicitation ce mois-ci.').waitFor()
  })

  story('CAM-12: Karim says « Je m’en occupe »: he is told that none is left, and gives a reason', async () => {
    karim = await signedIn(people.karim)
    const { page } = karim
    await page.goto(`/campagnes/${target.campaignId}?q=${target.siret}`)
    const row = page.locator('tr', { has: page.locator(`a[data-row-stop][href="/etablissements/${target.siret}"]`) })
    await row.getByRole('button', { name: /^Je m’en occupe/ }).click()
    const dialog = page.getByRole('dialog', { name: 'S’en occuper au-delà du budget ?' })
    await dialog.getByText('Il ne reste aucune sollicitation ce mois-ci.').waitFor()
    await soundAtEveryWidth(karim, 'motif')
    await dialog.getByRole('button', { name: 'M’en occuper' }).press('Enter')
    await dialog.getByText(/Motif/).first().waitFor()
    await dialog.getByLabel(/^Motif/).fill(reason)
    await dialog.getByRole('button', { name: 'M’en occuper' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await row.getByText('Vous').waitFor()
  })

  story(
    'CAM-12: Claire reads who went past the budget and why; what takes place is recorded all the same',
    async () => {
      const { page } = claire
      await page.reload()
      await title(page, /./)
      const known = beforeContact(page)
      await known.getByText(reason).waitFor()
      assert.match(
        plain(await known.textContent()),
        /Karim Belkacem \(Mission locale des Graves\) s’en est occupé au-delà du budget/,
      )
      await soundAtEveryWidth(claire, 'fiche')
      await send(await tell(page, { channel: '1', result: '4', notes: 'Rappelé' }), keysOf(page))
      await page
        .locator('.cc-toast', { hasText: 'Il dépasse les sollicitations prévues pour cet employeur.' })
        .first()
        .waitFor()
    },
  )
})
