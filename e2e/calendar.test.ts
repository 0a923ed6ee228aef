import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { getMe } from '../contract/signing-in/identity.ts'
import { endCalendarFeed, makeCalendarFeed, readCalendarFeed } from '../contract/work-with-employers/calendar.ts'
import { pagesUnderTest } from './pages.ts'
import { me } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
})
after(() => pages?.stop())
beforeEach(() => {
  pages.service.reply(getMe, {}, me('conseiller'))
  pages.service.reply(readCalendarFeed, {}, { feed })
})

const feed = { madeAt: '2026-11-20T09:00:00Z', lastReadOn: null }
const page = () => pages.page()
const text = (words: string | RegExp) => page().getByText(words).first().waitFor()
const press = (name: string) => page().getByRole('button', { name, exact: true }).press('Enter')
const broken = refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.')

test('CAM-11: who advises on no campaign is told why no address is made, and who says what is open', async () => {
  pages.service.reply(getMe, {}, { ...me(), rights: [] })
  pages.service.reply(readCalendarFeed, {}, { feed: null })
  await pages.open('/mon-calendrier')
  await text('Rien à montrer')
  assert.equal(await page().getByRole('button', { name: 'Créer mon adresse' }).count(), 0)
  await pages.soundAtEveryWidth('calendrier-sans-droit')
})

test('CAM-11: an address not read, not replaced, not ended: each is said and the page stays; replaced, the new one is shown', async () => {
  pages.service.on('GET /calendar-feed', broken)
  await pages.open('/mon-calendrier')
  await text('Erreur du service')
  await pages.soundAtEveryWidth('calendrier-panne')
  pages.service.reply(readCalendarFeed, {}, { feed })
  await pages.open('/mon-calendrier')
  await text('Aucun programme ne l’a encore lue.')
  pages.service.on('PUT /calendar-feed', broken)
  await press('Remplacer l’adresse')
  await text('Erreur du service')
  await text('Aucun programme ne l’a encore lue.')
  await pages.soundAtEveryWidth('calendrier-refuse')
  const address = `https://campagnes.example/calendrier/${'0193a000-0000-7000-80b0-000000000001'}/${'A'.repeat(43)}.ics`
  pages.service.reply(makeCalendarFeed, {}, { address, feed })
  await press('Remplacer l’adresse')
  await text(address)
  assert.equal(await page().getByText('Erreur du service').count(), 0)
  pages.service.on('DELETE /calendar-feed', broken)
  await press('Supprimer l’adresse')
  await text('Erreur du service')
  await text(address)
})

test('CAM-11: what failed is said no more once another gesture is done', async () => {
  pages.service.on('PUT /calendar-feed', broken)
  await pages.open('/mon-calendrier')
  await press('Remplacer l’adresse')
  await text('Erreur du service')
  pages.service.reply(endCalendarFeed, {}, { feed: null })
  pages.service.reply(readCalendarFeed, {}, { feed: null })
  await press('Supprimer l’adresse')
  await text('Aucune adresse de calendrier')
  assert.equal(await page().getByText('Erreur du service').count(), 0)
})
