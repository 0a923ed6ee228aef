import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { getMe } from '../contract/signing-in/identity.ts'
import { getCampaign } from '../contract/work-with-employers/campaigns.ts'
import { pagesUnderTest } from './pages.ts'
import { campaign, me } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
  pages.service.reply(getMe, {}, me('pilote'))
  pages.service.reply(getCampaign, { campaignId: campaign().id }, campaign())
})
after(() => pages?.stop())
const help = () => pages.page().locator('header').getByRole('link', { name: 'Aide' }).first()

test('UX-6: from a page, help opens the guide of one’s role where it speaks of that page, with the focus', async () => {
  await pages.open(`/campagnes/${campaign().id}?onglet=reglages`)
  await help().press('Enter')
  await pages.page().waitForURL('**/aide/pilote#la-vie-d-une-campagne')
  await pages.page().getByRole('heading', { name: 'Guide : Pilote', level: 1 }).waitFor()
  await pages.page().waitForFunction(() => document.activeElement?.id === 'la-vie-d-une-campagne')
  const section = pages.page().locator('#la-vie-d-une-campagne')
  assert.match(await section.innerText(), /Prolonger ou raccourcir/)
  assert.ok((await section.boundingBox())!.y < 200, 'in sight')
  await pages.soundAtEveryWidth('aide-guide')
})

test('UX-6: a guide leads to another, at the section it names, each time', async () => {
  await pages.open('/aide/pilote')
  for (const time of ['fetched', 'kept']) {
    await pages.page().getByRole('link', { name: 'guide du conseiller', exact: true }).press('Enter')
    await pages.page().waitForURL('**/aide/conseiller#garder-et-emporter-une-liste')
    await pages.page().getByRole('heading', { name: 'Guide : Conseiller', level: 1 }).waitFor()
    await pages.page().waitForFunction(() => document.activeElement?.id === 'garder-et-emporter-une-liste', time)
    await pages.page().goBack()
    await pages.page().getByRole('heading', { name: 'Guide : Pilote', level: 1 }).waitFor()
  }
})

test('UX-6: the guides of every role are there, one’s own first, and are searched together', async () => {
  await pages.open('/aide')
  const own = pages.page().getByRole('heading', { name: 'Vos guides' }).locator('xpath=ancestor::section[1]')
  assert.deepEqual(await own.locator('.cc-guides a').allInnerTexts(), ['Pilote', 'Responsable', 'Conseiller'])
  assert.equal(
    await pages.page().locator('.cc-guides a').count(),
    readdirSync(join(import.meta.dirname, '../docs/guide')).length,
  )
  await pages.soundAtEveryWidth('aide')
  await pages
    .page()
    .getByLabel(/^Chercher dans les guides/)
    .fill('second facteur perdu')
  await pages
    .page()
    .getByRole('heading', { name: /passages?$/ })
    .waitFor()
  await pages.page().waitForURL('**/aide?q=second+facteur+perdu')
  await pages.sound('aide-recherche')
  const [first] = await pages.page().locator('.cc-guides a').all()
  await first!.press('Enter')
  await pages
    .page()
    .getByRole('heading', { level: 1, name: /^Guide : / })
    .waitFor()
  await pages.open('/aide?q=zygomatique', 320)
  await pages.page().getByText('Rien sur ces mots').waitFor()
  await pages.sound('aide-rien-320')
})

test('UX-6: a first day in five steps, those of one’s role', async () => {
  await pages.open('/aide/premiere-journee')
  const steps = pages.page().locator('.cc-first-day li')
  await steps.first().waitFor()
  assert.equal(await steps.count(), 5)
  await pages.soundAtEveryWidth('aide-premiere-journee')
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['signataire'] })
  await pages.open('/aide/premiere-journee')
  await pages.page().getByRole('link', { name: 'Lisez la convention' }).waitFor()
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['dpd'] })
  await pages.open('/aide/premiere-journee')
  await pages.page().getByRole('link', { name: 'Ouvrez le registre des demandes' }).waitFor()
  await pages.page().getByRole('link', { name: 'Lisez les durées' }).waitFor()
  pages.service.reply(getMe, {}, { ...me(), rights: [] })
  await pages.open('/aide/premiere-journee', 320)
  await pages.page().getByText('Rien ne vous est encore ouvert').waitFor()
  await pages.sound('aide-premiere-journee-rien-320')
})

test('UX-6: who is not signed in reads the guides too; a guide that is none says so', async () => {
  pages.service.reply(getMe, {}, () => ({
    instead: refusal(401, 'session/required', 'Se connecter', 'Connectez-vous.'),
  }))
  await pages.open('/aide/connexion')
  await pages
    .page()
    .getByRole('cell', { name: /Second facteur perdu/ })
    .waitFor()
  assert.equal(await help().getAttribute('href'), '/aide')
  await pages.soundAtEveryWidth('aide-connexion')
  await pages.open('/aide/inconnu')
  assert.match(await pages.page().locator('main').innerText(), /n’existe pas|introuvable/i)
})

test('UX-6: printed, a guide is its text: neither menu, nor list of its parts', async () => {
  pages.service.reply(getMe, {}, me('conseiller'))
  await pages.open('/aide/conseiller')
  await pages.page().locator('#vos-prochaines-actions').waitFor()
  await pages.page().emulateMedia({ media: 'print' })
  await pages.shoot('aide-imprimee')
  for (const hidden of ['header nav', '.cc-guide nav', 'footer'])
    assert.equal(await pages.page().locator(hidden).first().isVisible(), false, hidden)
  assert.ok(await pages.page().locator('#vos-prochaines-actions').isVisible())
})
