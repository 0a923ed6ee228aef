import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Reply } from '../contract/route.ts'
import { getDoNotContact, liftDoNotContact } from '../contract/work-with-employers/do-not-contact.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  claire,
  dayFromNow,
  id,
  leavePage,
  line,
  mine,
  open,
  openService,
  type Service,
  sound,
  soundAtEveryWidth,
} from './employer-stub.ts'
import { refusal } from './stub-service.ts'

type Known = Reply<typeof getDoNotContact>
const { siret } = line()
const mark: NonNullable<Known['current']> = {
  id: id('d1'),
  origin: 'employer',
  reason: 'Ne recrute plus avant la fin des travaux',
  startsOn: dayFromNow(-20),
  until: dayFromNow(340),
  organisation: mine,
  author: claire,
  markedAt: new Date(Date.now() - 20 * 86_400_000).toISOString(),
  ended: null,
}
const none: Known = { current: null, past: [], allowed: [] }
const lifting = `/api/do-not-contact/${mark.id}/lift`

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const sent = () => service.calls.filter(({ method, path }) => method === 'POST' && path === lifting)
const drafts = () => [...service.drafts.held.entries()].filter(([path]) => path.includes('/do-not-contact/'))
const until = async (what: string, done: () => boolean) => {
  for (let tries = 0; !done(); tries++) {
    assert.ok(tries < 600, what)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
const dialogOf = async (page: Page) => {
  await page.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  return page.getByRole('dialog')
}
const begin = async (width: 320 | 1440 = 1440) => {
  answerCard(service)
  service.calls.length = 0
  service.reply(getDoNotContact, { siret }, { current: mark, past: [], allowed: ['lift'] })
  const page = await open(service, `/etablissements/${siret}`, width)
  const dialog = await dialogOf(page)
  await dialog.getByLabel('Motif').fill('Recrute de nouveau')
  await page.getByText(/^Brouillon enregistré/).waitFor()
  return { page, dialog }
}
const lost = (page: Page) => page.getByRole('dialog').getByText('Elle sera envoyée d’elle-même au retour du réseau')

test('UX-3: the network is cut while a reason is sent, then comes back: it is said, the reason stays, and goes by itself once, with the key of its draft', async () => {
  const { page, dialog } = await begin(320)
  assert.equal(drafts().length, 1, 'named by its act and its establishment')
  assert.match(drafts()[0]![0], new RegExp(`/do-not-contact/${siret}-lift$`))
  const key = (drafts()[0]![1] as { sendKey: string }).sendKey
  // The request arrives, its answer does not.
  service.on(`POST /do-not-contact/${mark.id}/lift`, () => undefined)
  await dialog.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  await lost(page).waitFor()
  await page.context().setOffline(true)
  assert.equal(await dialog.getByLabel('Motif').inputValue(), 'Recrute de nouveau')
  await sound(page, 'formulaire-coupure-320', { full: false })
  service.reply(liftDoNotContact, { markId: mark.id }, none)
  await page.context().setOffline(false)
  await dialog.waitFor({ state: 'detached' })
  assert.ok(sent().length >= 2)
  assert.deepEqual([...new Set(sent().map(({ headers }) => headers['idempotency-key']))], [key])
  assert.deepEqual([...new Set(sent().map(({ body }) => JSON.stringify(body)))], ['{"reason":"Recrute de nouveau"}'])
  await until('its draft goes', () => drafts().length === 0)
  await leavePage(service)
})

test('UX-3: refused when it is sent again: said, and what is corrected is another entry', async () => {
  const { page, dialog } = await begin()
  service.on(`POST /do-not-contact/${mark.id}/lift`, () => undefined)
  await dialog.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  await lost(page).waitFor()
  service.on(
    `POST /do-not-contact/${mark.id}/lift`,
    refusal(403, 'access/no-grant', 'Accès fermé', 'Vous n’avez plus ce droit.'),
  )
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await lost(page).waitFor({ state: 'detached' })
  const before = sent().length
  service.reply(liftDoNotContact, { markId: mark.id }, none)
  await dialog.getByLabel('Motif').fill('Recrute deux personnes')
  await dialog.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  const keys = sent().map(({ headers }) => headers['idempotency-key'])
  assert.equal(new Set(keys.slice(0, before)).size, 1)
  assert.notEqual(keys.at(-1), keys[0])
  await leavePage(service)
})

test('UX-3: reworded after a lost answer, nothing goes by itself; sent under the same key, it is told that the first words are recorded', async () => {
  const { page, dialog } = await begin()
  service.on(`POST /do-not-contact/${mark.id}/lift`, () => undefined)
  await dialog.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  await lost(page).waitFor()
  const before = sent().length
  await dialog.getByLabel('Motif').fill('Recrute deux personnes')
  await dialog.getByText('elle attend que vous l’envoyiez de nouveau').waitFor()
  // What is typed since is on the service: the network was there, and nothing was sent by itself.
  await until('kept', () => JSON.stringify(drafts()).includes('deux personnes'))
  await page.evaluate(() => dispatchEvent(new Event('online')))
  assert.equal(sent().length, before)
  service.on(
    `POST /do-not-contact/${mark.id}/lift`,
    refusal(
      422,
      'request/idempotency-key-reused',
      'Déjà enregistré, avec d’autres mots',
      'Une autre demande a déjà été enregistrée.',
    ),
  )
  await dialog.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  await dialog.getByText('Votre premier envoi a été reçu').waitFor()
  await soundAtEveryWidth(page, 'formulaire-deja-enregistre', { full: false })
  const keys = () => sent().map(({ headers }) => headers['idempotency-key'])
  assert.equal(new Set(keys()).size, 1)
  service.reply(liftDoNotContact, { markId: mark.id }, none)
  await dialog.getByRole('button', { name: 'Envoyer en plus' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.notEqual(keys().at(-1), keys()[0], 'the person said that it is another entry')
  await leavePage(service)
})

test('UX-3: with something unsent, leaving by a link asks first', async () => {
  const other = '73282932000082'
  answerCard(service)
  answerCard(service, other)
  service.reply(getDoNotContact, { siret: other }, { current: mark, past: [], allowed: ['lift'] })
  const page = await open(service, `/etablissements/${siret}`)
  await page.getByRole('link', { name: 'Atelier Sud, Langon' }).click()
  await page.waitForURL(`**/${other}`)
  const dialog = await dialogOf(page)
  service.drafts.lose(true)
  await dialog.getByLabel('Motif').fill('Recrute deux personnes')
  await page.getByText('Le réseau ne répond pas : brouillon en attente', { exact: true }).waitFor()
  await page.evaluate(() => history.back())
  await page.getByRole('alertdialog', { name: 'Quitter sans enregistrer ?' }).waitFor()
  await sound(page, 'formulaire-quitter', { full: false })
  await page.getByRole('button', { name: 'Continuer la saisie' }).press('Enter')
  assert.equal(await dialog.getByLabel('Motif').inputValue(), 'Recrute deux personnes')
  service.drafts.lose(false)
  await page.getByText(/^Brouillon enregistré/).waitFor()
  await leavePage(service)
})

test('UX-3: a password typed beside a text is in no draft', async () => {
  answerCard(service)
  const page = await open(service, '/_apercu')
  const form = page.locator('form', { hasText: 'Ce qu’il faut remplir' })
  await form.getByRole('textbox', { name: 'Mot de passe' }).fill('Tout-sauf-ceci-2026')
  await form.getByLabel('Ce qu’il faut remplir').fill('Ceci')
  await form.getByText(/^Brouillon enregistré/).waitFor()
  const [, held] = [...service.drafts.held.entries()].find(([path]) => path.includes('example-secret'))!
  assert.deepEqual(held.content, { required: 'Ceci' })
  assert.doesNotMatch(JSON.stringify(service.calls.filter(({ path }) => path.includes('/drafts'))), /Tout-sauf/)
  await leavePage(service)
})
