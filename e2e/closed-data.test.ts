import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getMe } from '../contract/signing-in/identity.ts'
import { closeBrowser } from './browser.ts'
import { leavePage, me, open, openCard, openService, type Service, soundAtEveryWidth } from './employer-stub.ts'

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const closed = () => service.reply(getMe, {}, { ...me(), categories: [] })
const why = 'L’annexe 4 n’ouvre pas ces données'

test('AGR-12: the card says what annex 4 does not open, in the place of each block, and offers nothing there', async () => {
  const page = await openCard(service, closed)
  for (const block of ['interlocuteurs', 'besoins', 'terrain', 'engagements'])
    await page.locator(`#${block}`).getByText(why).waitFor()
  await page.locator('#historique').getByText('Hors de cet historique : notes et besoins des employeurs.').waitFor()
  for (const name of ['Ajouter un interlocuteur', 'Noter un besoin', 'Noter un engagement', 'Ajouter une note'])
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name)
  await soundAtEveryWidth(page, 'fiche-donnees-fermees')
  await page.getByRole('button', { name: 'Enregistrer un échange' }).first().click()
  const form = page.getByRole('dialog', { name: 'Enregistrer un échange' })
  await form.getByText('La personne rencontrée ne se note pas').waitFor()
  assert.equal(await form.getByLabel('Personne rencontrée').count(), 0)
  await soundAtEveryWidth(page, 'echange-sans-personne', { full: false })
  await leavePage(service)
})

test('AGR-12: the pages of needs say that annex 4 does not open them, and the menu leaves them out', async () => {
  service.reply(getMe, {}, { ...me(), categories: [] })
  for (const path of ['/besoins', '/besoins/ma-structure', '/besoins/0193a000-0000-7000-80b0-000000000001']) {
    const page = await open(service, path)
    await page.getByText(why).waitFor()
    assert.equal(await page.getByRole('navigation').getByRole('link', { name: 'Besoins', exact: true }).count(), 0)
    await leavePage(service)
  }
})

test('AGR-12, UX-4: the palette says that people are not searched, and proposes none', async () => {
  const page = await openCard(service, closed)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Rechercher' })
  await palette.getByRole('combobox', { name: 'Établissement, campagne, collègue ou page', exact: true }).waitFor()
  await page.keyboard.type('0556123456')
  await palette.getByText('L’annexe 4 n’ouvre pas les interlocuteurs : la recherche ne les comprend pas.').waitFor()
  await soundAtEveryWidth(page, 'palette-donnees-fermees', { full: false })
  await leavePage(service)
})
