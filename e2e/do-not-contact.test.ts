import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import { searchEstablishments } from '../contract/territory-and-register/establishments.ts'
import {
  getDoNotContact,
  liftDoNotContact,
  listNotToContact,
  markDoNotContact,
} from '../contract/work-with-employers/do-not-contact.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  answerFacets,
  claire,
  dayFromNow,
  foundLines,
  id,
  leavePage,
  line,
  mine,
  mission,
  open,
  openCard,
  openService,
  type Service,
  sound,
  soundAtEveryWidth,
} from './employer-stub.ts'

type Known = Reply<typeof getDoNotContact>
const { siret } = line()
const mark: NonNullable<Known['current']> = {
  id: id('d1'),
  origin: 'employer',
  reason: 'Ne souhaite plus être appelé avant la fin des travaux',
  startsOn: dayFromNow(-20),
  until: dayFromNow(340),
  organisation: mine,
  author: claire,
  markedAt: new Date(Date.now() - 20 * 86_400_000).toISOString(),
  ended: null,
}
const marked: Known = { current: mark, past: [], allowed: ['renew', 'lift'] }
const none: Known = { current: null, past: [], allowed: ['mark'] }

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})

const answer = (now: Known) => {
  service.reply(getDoNotContact, { siret }, now)
  service.reply(listNotToContact, {}, ({ search }) => ({
    items: now.current && search.get('sirets')!.split(',').includes(siret) ? [{ siret, until: now.current.until }] : [],
  }))
}
const openMarked = (now: Known) => openCard(service, () => answer(now))

test('EST-10: an advisor marks an employer from its card by the keyboard; the card says so at once', async () => {
  service.reply(markDoNotContact, { siret }, marked)
  const page = await openMarked(none)
  await page.getByRole('button', { name: 'Marquer « ne pas contacter »' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motif').fill(mark.reason)
  await soundAtEveryWidth(page, 'ne-pas-contacter-marquer', { full: false })
  await dialog.getByRole('button', { name: 'Marquer', exact: true }).press('Enter')
  await page.getByRole('heading', { name: /^Ne pas contacter jusqu’au/ }).waitFor()
  const sent = service.calls.findLast(call => call.method === 'POST')!
  assert.deepEqual(sent.body, { origin: 'employer', reason: mark.reason, until: dayFromNow(365) })
  assert.ok(sent.headers['idempotency-key'])
  await page.getByText(/^ne pas contacter jusqu’au/).waitFor()
  await leavePage(service)
})

test('EST-10: the card says why, who and until when, and what stood before; it is lifted with a reason', async () => {
  const past = {
    ...mark,
    id: id('d0'),
    startsOn: dayFromNow(-400),
    until: dayFromNow(-30),
    ended: {
      at: new Date(Date.now() - 60 * 86_400_000).toISOString(),
      how: 'lifted' as const,
      by: claire,
      organisation: mine,
      reason: 'Recrute de nouveau',
    },
  }
  service.reply(liftDoNotContact, { markId: mark.id }, { ...none, past: [past] })
  const page = await openMarked({ ...marked, past: [past] })
  await page.getByText(`« ${mark.reason} »`).first().waitFor()
  await page.getByText('Marques « ne pas contacter » passées (1)').click()
  await page.getByText(/levée par Claire Dufau.*Recrute de nouveau/).waitFor()
  await soundAtEveryWidth(page, 'ne-pas-contacter-fiche')
  await page.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motif').fill('Recrute de nouveau')
  await dialog.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  await page.getByRole('heading', { name: /^Ne pas contacter jusqu’au/ }).waitFor({ state: 'detached' })
  assert.deepEqual(service.calls.findLast(call => call.method === 'POST')!.body, { reason: 'Recrute de nouveau' })
  await leavePage(service)
})

test('EST-10: who may not lift a mark reads who can', async () => {
  const page = await openMarked({ ...marked, current: { ...mark, organisation: mission, author: null }, allowed: [] })
  await page.getByText(`${mission.name} et les responsables de campagnes de ce territoire peuvent lever`).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Lever la marque' }).count(), 0)
  await leavePage(service)
})

test('EST-10: a list says it beside the name, asked once for all its lines; the panel of an exchange warns and records', async () => {
  answerCard(service)
  answer(marked)
  answerFacets(service)
  service.reply(
    searchEstablishments,
    {},
    { items: foundLines, next: null, total: foundLines.length, understood: 'garonne' },
  )
  const from = service.calls.length
  const page = await open(service, '/etablissements?q=garonne')
  await page.locator('.cc-result', { hasText: 'ne pas contacter jusqu’au' }).waitFor()
  assert.equal(await page.getByText(/^ne pas contacter jusqu’au/).count(), 1)
  assert.equal(service.calls.slice(from).filter(({ path }) => path === '/api/do-not-contact').length, 1)
  await soundAtEveryWidth(page, 'ne-pas-contacter-recherche')
  await leavePage(service)
  const card = await openMarked(marked)
  await card.getByRole('button', { name: 'Enregistrer un échange' }).first().click()
  await card.getByRole('heading', { name: 'À ne pas contacter' }).waitFor()
  assert.equal(await card.getByRole('button', { name: 'Enregistrer', exact: true }).isEnabled(), true)
  await sound(card, 'ne-pas-contacter-echange', { full: false })
  await leavePage(service)
})
