import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { Static } from 'typebox'
import { getMe } from '../contract/signing-in/identity.ts'
import { type Draft as DraftSchema, getDraft, listDrafts } from '../contract/work-with-employers/drafts.ts'
import {
  cancelExchange,
  correctExchange,
  getExchange,
  getRecording,
  listExchangeVersions,
  recordExchange,
} from '../contract/work-with-employers/exchanges.ts'
import { listHistory } from '../contract/work-with-employers/notes.ts'
import { listPortfolio } from '../contract/work-with-employers/portfolio.ts'
import { closeBrowser, coveredFocus, resize } from './browser.ts'
import { day, dayLine } from './day-stub.ts'
import {
  answerCard,
  asHistory,
  campaign,
  claire,
  colleague,
  dayFromNow,
  exchange,
  history,
  id,
  isWorkedFrom,
  leavePage,
  line,
  me,
  nextAction,
  open,
  openService,
  recording,
  type Service,
  sound,
  soundAtEveryWidth,
} from './employer-stub.ts'
import { refusal } from './stub-service.ts'

type Draft = Static<typeof DraftSchema>
let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
afterEach(() => leavePage(service))
const { siret } = line()
const written = exchange({
  id: id('f9'),
  occurredOn: dayFromNow(0),
  content: {
    channel: 'telephone',
    result: 'a-rappeler',
    personMet: null,
    notes: 'Rappeler Mme Pons',
    need: null,
    campaignResultId: null,
    resultLabel: null,
  },
})
/** The day proposed of a call back. */
const inAWeek = async (page: Page) => {
  const day = await page.getByLabel('Date prévue').inputValue()
  assert.ok(isWorkedFrom(day, 7), day)
  return day
}
const recordings = () => service.calls.filter(({ method, path }) => method === 'POST' && path === '/api/exchanges')
/** Seen, in the toast. */
const saved = (page: Page) => page.locator('.cc-toast', { hasText: 'Échange enregistré.' })
const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLInputElement).name ?? document.activeElement?.tagName)

const openPanel = async (width: 320 | 768 | 1440 = 1440) => {
  const page = await open(service, `/etablissements/${siret}`, width)
  await page.getByRole('button', { name: 'Enregistrer un échange' }).waitFor()
  await page.locator('h1').focus()
  await page.keyboard.press('n')
  await page.getByRole('dialog', { name: 'Enregistrer un échange' }).waitFor()
  return page
}
/** Where something is once it stands still: what still loads moves the page. */
const still = async (target: Locator) => {
  for (let last = ''; ; await new Promise(resolve => setTimeout(resolve, 100))) {
    await target.scrollIntoViewIfNeeded()
    const box = (await target.boundingBox())!
    if (last === JSON.stringify(box)) return box
    last = JSON.stringify(box)
  }
}
/** From the first field: telephone, to be called back, with a note. */
const tell = async (page: Page, notes: string) => {
  await page.keyboard.press('1')
  await page.keyboard.press('Tab')
  await page.keyboard.press('3')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type(notes)
}

describe('recording', () => {
  test('CAM-5: by keyboard alone, in ten keys and the words said, well under 20 seconds', async () => {
    answerCard(service)
    service.reply(recordExchange, {}, written)
    const page = await open(service, `/etablissements/${siret}`)
    await page.getByRole('button', { name: 'Enregistrer un échange' }).waitFor()
    await page.locator('h1').focus()
    const start = Date.now()
    await page.keyboard.press('n')
    await page.getByRole('dialog').waitFor()
    assert.equal(await focused(page), 'channel', 'one answers at once')
    await tell(page, 'Rappeler Mme Pons')
    assert.equal(await page.getByLabel('Prochaine action').inputValue(), 'rappel', 'proposed from the result')
    const week = await inAWeek(page)
    assert.equal(
      await page.getByRole('combobox', { name: 'Campagne' }).inputValue(),
      campaign().id,
      'the open campaign of which it is a target is preselected',
    )
    await page.keyboard.press('Control+Enter')
    await saved(page).waitFor()
    assert.ok(Date.now() - start < 20_000)
    assert.equal(await page.getByRole('dialog').count(), 0)
    const sent = recordings().at(-1)!
    assert.deepEqual(sent.body, {
      siret,
      campaignId: campaign().id,
      channel: 'telephone',
      result: 'a-rappeler',
      occurredOn: dayFromNow(0),
      personMet: null,
      correspondentId: null,
      notes: 'Rappeler Mme Pons',
      need: null,
      visibility: 'reseau',
      nextAction: { kind: 'rappel', dueOn: week, dueAt: null },
    })
    await page.locator('[role=status]', { hasText: 'Échange enregistré.' }).waitFor({ state: 'attached' })
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the focus goes back where it was')
  })

  test('CAM-5: as last time in one press, by the keyboard, then what follows is handed to a colleague', async () => {
    answerCard(service)
    service.reply(recordExchange, {}, written)
    const page = await openPanel()
    const start = Date.now()
    const same = page.getByRole('button', { name: 'Comme la dernière fois : téléphone, Mme Pons, gérante' })
    await same.waitFor()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    assert.deepEqual(
      [await focused(page), await same.count()],
      ['result', 0],
      'one goes on with the result; what was answered is not proposed again',
    )
    await page
      .locator('[role=status]', { hasText: 'Repris de la dernière fois : téléphone, Mme Pons, gérante.' })
      .waitFor({ state: 'attached' })
    await page.keyboard.press('3')
    await page.getByLabel('Qui s’en charge').selectOption({ label: colleague.name })
    await page.getByText('L’action sera dans ses prochaines actions').waitFor()
    await sound(page, 'echange-confie-1440', { full: false })
    await page.keyboard.press('Control+Enter')
    await saved(page).waitFor()
    assert.ok(Date.now() - start < 20_000)
    const { body } = recordings().at(-1)!
    assert.deepEqual(
      [body.channel, body.personMet, body.nextAction.ownerId],
      ['telephone', 'Mme Pons, gérante', colleague.id],
    )
    // The person met lately is proposed too when one types.
    const again = await openPanel(320)
    assert.ok(
      (
        await again
          .locator('datalist option')
          .evaluateAll(options => options.map(option => (option as HTMLOptionElement).value))
      ).includes('Mme Pons, gérante'),
    )
  })

  test('CAM-5: on a phone of 320 px, four taps from the card to the exchange recorded, each on something large enough and in sight', async () => {
    answerCard(service)
    service.reply(recordExchange, {}, written)
    const page = await open(service, `/etablissements/${siret}`, 320)
    let taps = 0
    const tap = async (target: Locator) => {
      const box = await still(target)
      assert.ok(
        box.height >= 40 && box.x >= 0 && box.x + box.width <= 320,
        `${await target.textContent()}: ${JSON.stringify(box)}`,
      )
      taps++
      // Where it is then. Forced: the control of a label lies over it.
      await target.click({ force: true })
    }
    const start = Date.now()
    await tap(page.getByRole('button', { name: 'Enregistrer un échange' }).first())
    await page.getByRole('dialog').waitFor()
    await tap(page.getByRole('button', { name: /^Comme la dernière fois/ }))
    await tap(page.locator('label', { hasText: /^\W*\d?\W*Absent/ }))
    await sound(page, 'echange-quatre-gestes-320', { full: false })
    await tap(page.getByRole('button', { name: 'Enregistrer', exact: true }))
    await saved(page).waitFor()
    assert.ok(Date.now() - start < 20_000, `${taps} taps`)
    const { body } = recordings().at(-1)!
    assert.deepEqual([taps, body.channel, body.result, body.personMet], [4, 'telephone', 'absent', 'Mme Pons, gérante'])
  })

  test('UX-1: walked with Tab, what has the focus is never wholly under the panel’s bar, nor at 400 %', async () => {
    answerCard(service)
    const page = await openPanel(1440)
    await page.getByRole('radio', { name: 'Rendez-vous pris' }).press('Space')
    for (const [width, height] of [
      [1280, 800],
      [768, 1024],
      [320, 640],
      [320, 256],
    ] as const) {
      await resize(page, { width, height })
      assert.deepEqual(await coveredFocus(page, 45), [], `${width} × ${height}`)
    }
  })

  test('UX-1: the panel at three widths, filled in, and with its errors', async () => {
    answerCard(service)
    for (const width of [320, 768, 1440] as const) {
      await leavePage(service)
      service.drafts.held.clear()
      const page = await openPanel(width)
      await page.getByText(/Dernier contact/).waitFor()
      await page.getByRole('radio', { name: 'Ma structure' }).press('Space')
      await page
        .getByText('Les autres verront qu’un contact a eu lieu, par quelle structure et quand, rien de plus.')
        .waitFor()
      await page.getByRole('radio', { name: 'Rendez-vous pris' }).press('Space')
      await page.keyboard.press('Control+Enter')
      await page.getByText('2 réponses sont à corriger').waitFor()
      await sound(page, `echange-erreurs-${width}`, { full: false })
      await page.getByRole('link', { name: 'Renseignez « Canal ».' }).press('Enter')
      assert.equal(await focused(page), 'channel')
      await page.keyboard.press('2')
      await page.getByRole('button', { name: '+2 sem.' }).scrollIntoViewIfNeeded()
      await page.getByRole('button', { name: '+2 sem.' }).press('Enter')
      assert.ok(isWorkedFrom(await page.getByLabel('Date prévue').inputValue(), 14))
      await sound(page, `echange-suite-${width}`, { full: false })
      await page.locator('dialog').evaluate(dialog => dialog.scrollTo(0, 0))
      await sound(page, `echange-${width}`, { full: false })
    }
  })

  test('UX-3: the network is cut while one records, then comes back: it is said, what was typed stays and goes by itself, once, with the same key', async () => {
    answerCard(service)
    service.reply(recordExchange, {}, written)
    const page = await openPanel(320)
    await tell(page, 'Rappeler Mme Pons')
    await page.getByText(/Brouillon enregistré à/).waitFor()
    await sound(page, 'echange-brouillon-320', { full: false })
    // The request arrives, its answer does not.
    service.on('POST /exchanges', () => undefined)
    const from = recordings().length
    await page.getByLabel('Notes').focus()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').getByText('Elle sera envoyée d’elle-même au retour du réseau').waitFor()
    await page.context().setOffline(true)
    assert.equal(await page.getByLabel('Notes').inputValue(), 'Rappeler Mme Pons')
    await sound(page, 'echange-coupure-320', { full: false })
    service.reply(recordExchange, {}, written)
    await page.context().setOffline(false)
    await saved(page).waitFor()
    const sent = recordings().slice(from)
    assert.ok(sent.length >= 2)
    assert.deepEqual(
      [
        new Set(sent.map(({ headers }) => headers['idempotency-key'])).size,
        new Set(sent.map(({ body }) => JSON.stringify(body))).size,
      ],
      [1, 1],
    )
  })

  test('UX-3: what is typed is on the server as one types; another device finds it, goes on, and takes it up or erases it', async () => {
    answerCard(service)
    const path = `/api/drafts/exchange/${siret}`
    let page = await openPanel(320)
    await tell(page, 'Deux départs en mars')
    await page.getByText(/Brouillon enregistré à/).waitFor()
    const holds = () => JSON.stringify(service.drafts.held.get(path)?.content ?? {}).includes('Deux départs en mars')
    for (const until = Date.now() + 60_000; !holds() && Date.now() < until; ) await page.waitForTimeout(50)
    assert.deepEqual(service.drafts.held.get(path)!.content, {
      channel: 'telephone',
      result: 'a-rappeler',
      notes: 'Deux départs en mars',
      kind: 'rappel',
      dueOn: await inAWeek(page),
      occurredOn: dayFromNow(0),
      visibility: 'reseau',
    })
    assert.doesNotMatch(
      await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie])),
      /départs|telephone|732829/,
      'nothing of it on the device',
    )

    // `open` closes the first context: the second is another device.
    const held = service.drafts.held.get(path)!
    service.reply(getDraft, { kind: 'exchange', subject: siret }, () => ({
      draft: {
        ...held,
        kind: 'exchange',
        subject: siret,
        place: 'other-device',
        device: 'Firefox sur Windows',
      } as Draft,
    }))
    page = await openPanel(320)
    await page.getByText(/Brouillon commencé à .*, sur un autre appareil \(Firefox sur Windows\)/).waitFor()
    assert.equal(await page.getByLabel('Notes').inputValue(), 'Deux départs en mars')
    await inAWeek(page)
    await sound(page, 'echange-brouillon-repris-320', { full: false })

    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    service.reply(listPortfolio, {}, day([]))
    service.reply(
      listDrafts,
      {},
      {
        items: [
          {
            kind: 'exchange',
            subject: siret,
            siret,
            establishmentName: 'GARONNE BOIS',
            startedAt: held.startedAt,
            savedAt: held.savedAt,
            place: 'other-device',
            device: 'Firefox sur Windows',
            form: null,
          },
        ],
      },
    )
    page = await open(service, '/', 320)
    await page.getByRole('button', { name: 'Reprendre la saisie avec GARONNE BOIS' }).waitFor()
    await sound(page, 'accueil-brouillons-320')
    await page.getByRole('button', { name: 'Reprendre la saisie avec GARONNE BOIS' }).press('Enter')
    await page.getByText(/Brouillon commencé à .* Il est repris/).waitFor()

    await page.getByRole('button', { name: 'Effacer le brouillon' }).press('Enter')
    await page.getByText('Brouillon effacé.', { exact: true }).first().waitFor()
    assert.deepEqual([await page.getByLabel('Notes').inputValue(), service.drafts.held.size], ['', 0])
    await page.getByRole('button', { name: 'Reprendre', exact: true }).press('Enter')
    assert.equal(await page.getByLabel('Notes').inputValue(), 'Deux départs en mars')

    // Continued elsewhere meanwhile: both are kept, and one chooses.
    const theirs = {
      ...held,
      content: { ...held.content, notes: 'Trois départs' },
      version: 9,
      kind: 'exchange',
      subject: siret,
      place: 'other-device',
      device: 'Chrome sur Android',
    }
    service.on(`PUT /drafts/exchange/${siret}`, ({ body }) =>
      body.seen === 9
        ? { body: { ...theirs, content: body.content, version: 10, place: 'here' } }
        : refusal(409, 'draft/newer-elsewhere', 'Brouillon continué ailleurs', '…', { current: theirs }),
    )
    await page.getByLabel('Notes').fill('Deux départs en avril')
    await page.getByRole('alert').getByText('Trois départs').waitFor()
    await sound(page, 'echange-brouillon-ailleurs-320', { full: false })
    const recordings = () =>
      service.calls.filter(({ method, path }) => method === 'POST' && path === '/api/exchanges').length
    const before = recordings()
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
    await page.getByText('Deux versions de cette saisie').waitFor()
    assert.equal(recordings(), before, 'nothing is recorded, nor taken away, before one has chosen')
    // Answer by answer, the form following; or the whole.
    const notes = () => page.locator('[name="notes"]').inputValue()
    await page.getByRole('radio', { name: /^Trois départs ?, l’autre version$/ }).check()
    assert.equal(await notes(), 'Trois départs')
    await page.getByRole('radio', { name: /^Deux départs en avril ?, votre saisie$/ }).check()
    assert.equal(await notes(), 'Deux départs en avril')
    await page.getByRole('button', { name: 'Reprendre toute l’autre version' }).press('Enter')
    assert.equal(await notes(), 'Trois départs')
    await page.getByRole('button', { name: 'Reprendre l’autre version' }).press('Enter')
    assert.equal(await page.getByLabel('Notes').inputValue(), 'Deux départs en avril')
    await page.getByText(/Brouillon enregistré à/).waitFor()
    service.lose(`PUT /drafts/exchange/${siret}`)
    service.lose(`GET /drafts/exchange/${siret}`)
    service.lose('GET /drafts')
  })

  test('UX-3: reworded after a lost answer: the first words are settled with their key, then corrected, never written twice', async () => {
    answerCard(service)
    service.drafts.lose(true)
    service.lose('POST /exchanges')
    const page = await openPanel()
    const from = recordings().length
    await tell(page, 'Rappeler Mme Pons')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').getByText('Connexion perdue').waitFor()
    // Reworded before the network is back: what goes again by itself would close the panel under the hand.
    await page.getByLabel('Notes').fill('Rappeler Mme Pons le matin')
    service.reply(recordExchange, {}, written)
    service.reply(correctExchange, { exchangeId: written.id }, { ...written, version: 2 })
    await page.keyboard.press('Control+Enter')
    await saved(page).waitFor()
    const sent = recordings().slice(from)
    assert.deepEqual(
      [
        new Set(sent.map(({ headers }) => headers['idempotency-key'])).size,
        new Set(sent.map(({ body }) => body.notes)).size,
      ],
      [1, 1],
    )
    const correction = service.calls.findLast(({ method }) => method === 'PUT')!
    assert.deepEqual([correction.body.notes, correction.headers['if-match']], ['Rappeler Mme Pons le matin', '"1"'])
  })

  test('IDN-4: the session locks while one types: the text stays under the lock and is sent after it', async () => {
    answerCard(service)
    let locked = true
    service.reply(getMe, {}, () => me({ state: locked ? 'locked' : 'active' }))
    service.reply(recordExchange, {}, () =>
      locked ? { instead: refusal(401, 'session/locked', 'Session verrouillée', '…') } : written,
    )
    service.on('POST /second-factor/prove/totp', () => {
      locked = false
      return { body: { state: 'active' } }
    })
    service.reply(getMe, {}, me())
    const page = await openPanel()
    await tell(page, 'Rappeler Mme Pons')
    await page.keyboard.press('Control+Enter')
    const lock = page.getByRole('dialog', { name: 'Session verrouillée' })
    await lock.waitFor()
    await sound(page, 'echange-verrou', { full: false })
    await lock.getByLabel('Code à six chiffres').fill('123456')
    await page.keyboard.press('Enter')
    await saved(page).waitFor()
    assert.equal(recordings().at(-1)!.body.notes, 'Rappeler Mme Pons')
  })

  test('UX-3: leaving with something unsent asks, by Escape and when the tab is closed', async () => {
    answerCard(service)
    service.drafts.lose(true)
    const page = await open(service, `/etablissements/${siret}?periode=90`)
    await page.getByRole('button', { name: 'Enregistrer un échange' }).click()
    await page.getByRole('dialog').waitFor()
    await page.getByLabel('Notes').fill('Rappeler Mme Pons')
    for (let times = 0; times < 2; times++) {
      await page.keyboard.press('Escape')
      await page.getByRole('alertdialog', { name: 'Saisie non enregistrée' }).waitFor()
      await sound(page, 'echange-quitter', { full: false })
      await page.getByRole('button', { name: 'Continuer la saisie' }).press('Enter')
    }
    assert.equal(await page.getByLabel('Notes').inputValue(), 'Rappeler Mme Pons')
    const prompted = new Promise<string>(resolve =>
      page.once('dialog', dialog => {
        resolve(dialog.type())
        void dialog.dismiss()
      }),
    )
    await page.reload({ timeout: 3000 }).catch(() => undefined)
    assert.equal(await prompted, 'beforeunload')
    assert.equal(await page.getByLabel('Notes').inputValue(), 'Rappeler Mme Pons')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Abandonner la saisie' }).press('Enter')
    assert.equal(await page.getByRole('dialog').count(), 0)
  })

  test('UX-3: Back inside the application asks first, and keeps the text', async () => {
    answerCard(service)
    answerCard(service, '73282932000082')
    const page = await open(service, `/etablissements/${siret}`)
    // By key: what still loads above the link moves it between the press of a mouse and its release.
    await page.getByRole('link', { name: 'Atelier Sud, Langon' }).press('Enter')
    await page.waitForURL('**/73282932000082')
    await page.getByRole('button', { name: 'Enregistrer un échange' }).click()
    await page.getByLabel('Notes').fill('Rappeler Mme Pons')
    await page.evaluate(() => window.history.back())
    const question = page.getByRole('alertdialog', { name: 'Quitter sans enregistrer ?' })
    await question.waitFor()
    await sound(page, 'echange-retour', { full: false })
    await question.getByRole('button', { name: 'Continuer la saisie' }).press('Enter')
    assert.equal(await page.getByLabel('Notes').inputValue(), 'Rappeler Mme Pons')
    await page.evaluate(() => window.history.back())
    await question.getByRole('button', { name: 'Quitter sans enregistrer' }).press('Enter')
    await page.waitForURL(`**/${siret}`)
    assert.equal(await page.getByRole('dialog').count(), 0)
  })

  test('UX-5: a refusal of the rules says why, in the panel', async () => {
    answerCard(service)
    service.on(
      'POST /exchanges',
      refusal(409, 'campaign/not-open', 'Campagne non ouverte', 'La campagne n’est pas ouverte.'),
    )
    const page = await openPanel(320)
    await tell(page, 'Rappeler')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Campagne non ouverte').waitFor()
    await page.getByText('La campagne n’est pas ouverte.').waitFor()
    await sound(page, 'echange-refus-320', { full: false })
    const [first] = recordings().slice(-1)
    service.reply(recordExchange, {}, written)
    await page.getByRole('combobox', { name: 'Campagne' }).selectOption('')
    await page.keyboard.press('Control+Enter')
    await saved(page).waitFor()
    assert.equal(recordings().at(-1)!.body.campaignId, null)
    assert.notEqual(
      recordings().at(-1)!.headers['idempotency-key'],
      first!.headers['idempotency-key'],
      'refused, then changed: another intention',
    )
  })

  test('CAM-5: from the home page, the campaign of the action comes first; one that is over is said, and what it will not count is recorded', async () => {
    answerCard(service)
    const over = { id: id('e7'), name: 'Printemps', startsOn: dayFromNow(-90), endsOn: dayFromNow(-2), setAside: false }
    const other = {
      id: id('e8'),
      name: 'Saisonniers',
      startsOn: dayFromNow(-9),
      endsOn: dayFromNow(9),
      setAside: false,
    }
    const own = { ...other, id: campaign().id, name: campaign().name, startsOn: dayFromNow(-60) }
    service.reply(getRecording, { siret }, recording({ campaigns: [other, own, over] }))
    const planned = (which: { id: string; name: string }) =>
      service.reply(listPortfolio, {}, day([dayLine(nextAction({ campaign: which }))], { late: 1 }))
    service.reply(recordExchange, {}, written)
    const press = async () => {
      const page = await open(service, '/')
      await page.getByRole('button', { name: 'Échange avec GARONNE BOIS' }).click()
      await page.getByRole('dialog').waitFor()
      return { page, asked: page.getByRole('combobox', { name: 'Campagne' }) }
    }
    planned(own)
    const first = await press()
    assert.equal(await first.asked.inputValue(), own.id, 'not the one that started last')
    assert.deepEqual(await first.asked.locator('option').allTextContents(), [
      'Hors campagne',
      'Saisonniers',
      'Apprentissage BTP',
    ])

    planned(over)
    service.reply(getRecording, { siret }, recording({ campaigns: [over] }))
    const { page, asked } = await press()
    assert.equal(await asked.count(), 0, 'none that will take it')
    await page.getByText(/« Printemps » va du .* : l’échange sera gardé dans l’historique, hors des chiffres/).waitFor()
    await page.getByRole('radio', { name: 'Téléphone' }).check({ force: true })
    await page.getByRole('radio', { name: 'Absent' }).check({ force: true })
    await soundAtEveryWidth(page, 'echange-hors-periode', { full: false })
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.equal(recordings().at(-1)!.body.campaignId, over.id, 'so that the history says it')
  })

  test('CAM-5: recording answers what was planned, in one act: the one it comes from, one chosen, or none', async () => {
    answerCard(service)
    const call = nextAction({ id: id('91') })
    const visit = nextAction({ id: id('92'), kind: 'visite', dueOn: dayFromNow(5), dueAt: null, late: false })
    service.reply(getRecording, { siret }, recording({ planned: [call, visit] }))
    service.reply(listPortfolio, {}, day([dayLine(visit)], { week: 1 }))
    service.reply(recordExchange, {}, written)
    const home = await open(service, '/')
    await home.getByRole('button', { name: 'Échange avec GARONNE BOIS' }).click()
    await home.getByRole('dialog').waitFor()
    const asked = (page: Page) => page.getByRole('combobox', { name: 'Répond à l’action prévue' })
    assert.equal(await asked(home).inputValue(), visit.id, 'the one it comes from')

    const page = await openPanel()
    assert.equal(await asked(page).inputValue(), call.id, 'from the card, what is due')
    await page.getByText('Elle sera close avec cet échange').waitFor()
    await tell(page, 'Rappeler')
    await soundAtEveryWidth(page, 'echange-repond', { full: false })
    await page.keyboard.press('Control+Enter')
    await saved(page).waitFor()
    assert.equal(recordings().at(-1)!.body.answersId, call.id)

    // No draft left of the first.
    answerCard(service)
    service.reply(getRecording, { siret }, recording({ planned: [call, visit] }))
    const again = await openPanel()
    await tell(again, 'Rappeler')
    await asked(again).selectOption('Aucune')
    await again.getByText('Aucune ne sera close').waitFor()
    await again.keyboard.press('Control+Enter')
    await saved(again).waitFor()
    assert.ok(!('answersId' in recordings().at(-1)!.body))
  })

  test('CAM-5: recorded by mistake, an exchange is cancelled in one press, and one is told that what was planned is to do again', async () => {
    answerCard(service)
    const planned = nextAction()
    service.reply(getRecording, { siret }, recording({ planned: [planned] }))
    const answered = { ...written, answers: { id: planned.id, kind: planned.kind, dueOn: planned.dueOn } }
    service.reply(recordExchange, {}, answered)
    service.reply(cancelExchange, { exchangeId: written.id }, { ...written, status: 'cancelled' })
    const page = await openPanel(320)
    await tell(page, 'Rappeler')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Échange enregistré. L’action prévue est close.', { exact: true }).waitFor()
    await page.locator('.cc-toast').hover()
    await soundAtEveryWidth(page, 'echange-enregistre', { full: false })
    await page.keyboard.press('z')
    await page.getByText('Échange annulé. L’action prévue est de nouveau à faire.').first().waitFor()
    const { body, headers } = service.calls.findLast(({ path }) => path === `/api/exchanges/${written.id}/cancel`)!
    assert.deepEqual([body, headers['if-match']], [{ reason: 'Annulé aussitôt enregistré' }, '"1"'])
  })

  test('CAM-5: with no campaign to work in, none is asked', async () => {
    answerCard(service)
    service.reply(getRecording, { siret }, recording({ campaigns: [] }))
    service.reply(recordExchange, {}, written)
    const page = await openPanel()
    await tell(page, 'x')
    assert.equal(await page.getByRole('combobox', { name: 'Campagne' }).count(), 0)
    await page.keyboard.press('Control+Enter')
    await saved(page).waitFor()
    assert.equal(recordings().at(-1)!.body.campaignId, null)
  })
})

describe('correcting and cancelling', () => {
  const mineBefore = history[0]!
  const theirs = exchange({
    ...mineBefore,
    version: 3,
    content: {
      ...mineBefore.content!,
      notes: 'Deux départs en retraite, un en mars, un en juin.',
      personMet: 'M. Pons, gérant',
    },
  })

  test('UX-3: written by two at once, the second sees the difference field by field and chooses', async () => {
    answerCard(service)
    let version = 3
    service.reply(correctExchange, { exchangeId: mineBefore.id }, ({ body, headers }) => {
      if (headers['if-match'] !== `"${version}"`)
        return {
          instead: refusal(
            412,
            'request/changed-meanwhile',
            'Modifié entre-temps',
            'Une autre personne a modifié cette fiche depuis que vous l’avez ouverte.',
            { current: theirs },
          ),
        }
      version++
      return exchange({ ...theirs, version, content: { ...theirs.content!, notes: body.notes } })
    })
    for (const width of [320, 1440] as const) {
      version = 3
      const page = await open(service, `/etablissements/${siret}`, width)
      await page.locator('.cc-entry').first().getByRole('link').first().focus()
      await page.keyboard.press('e')
      await page.getByRole('dialog', { name: 'Corriger un échange' }).waitFor()
      await page.getByLabel('Notes').fill('Deux départs en retraite, remplacés dès mars.')
      await page.keyboard.press('Control+Enter')
      await page.getByText('Modifié entre-temps').waitFor()
      await page
        .locator('.cc-difference tbody tr', {
          hasText: /^Notes.*remplacés dès mars\..*Deux départs en retraite, un en mars/,
        })
        .waitFor()
      await page.getByText('Ce que vous n’aviez pas modifié a été repris : personne rencontrée.').waitFor()
      assert.equal(await page.getByLabel('Personne rencontrée').inputValue(), 'M. Pons, gérant')
      assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('cc-form__summary')))
      await sound(page, `correction-difference-${width}`, { full: false })
      if (width === 320) {
        await page.getByRole('button', { name: 'Garder tout ce qui est enregistré' }).press('Enter')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        continue
      }
      // One answer is taken from the other, then mine again; the form below follows.
      await page
        .getByRole('radio', { name: /^Deux départs en retraite, un en mars.*, enregistré entre-temps$/ })
        .check()
      assert.equal(await page.getByLabel('Notes', { exact: false }).last().inputValue(), theirs.content!.notes)
      await page.getByRole('radio', { name: /, votre saisie$/ }).check()
      assert.equal(
        await page.getByLabel('Notes', { exact: false }).last().inputValue(),
        'Deux départs en retraite, remplacés dès mars.',
      )
      await page.getByRole('button', { name: 'Enregistrer ces réponses' }).press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      const sent = service.calls.findLast(({ method, path }) => method === 'PUT' && path.startsWith('/api/exchanges'))!
      assert.deepEqual(
        [sent.headers['if-match'], sent.body.notes, sent.body.personMet, 'nextAction' in sent.body],
        // Nobody touched what follows: it may have been moved meanwhile.
        ['"3"', 'Deux départs en retraite, remplacés dès mars.', 'M. Pons, gérant', false],
      )
    }
  })

  test('UX-3: a correction is found again, only what was typed over what was recorded since, and goes once recorded', async () => {
    answerCard(service)
    const at = `/api/drafts/exchange-correction/${mineBefore.id}`
    const correcting = async () => {
      const page = await open(service, `/etablissements/${siret}`, 320)
      await page
        .getByRole('button', { name: /Corriger l’échange/ })
        .first()
        .click()
      return page
    }
    let page = await correcting()
    await page.getByLabel('Notes').fill('Trois départs.')
    await page.getByRole('radio', { name: /^\d?Courriel/ }).press('Space')
    for (let tries = 0; !/courriel/.test(JSON.stringify(service.drafts.held.get(at) ?? '')); tries++) {
      assert.ok(tries < 600, 'kept')
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    assert.deepEqual(service.drafts.held.get(at)!.content, { notes: 'Trois départs.', channel: 'courriel' })
    page = await correcting()
    await page.getByText(/^Brouillon commencé/).waitFor()
    assert.deepEqual(
      [
        await page.getByLabel('Notes').inputValue(),
        await page.getByRole('radio', { name: /^\d?Courriel/ }).isChecked(),
        await page.getByLabel('Personne rencontrée').inputValue(),
      ],
      ['Trois départs.', true, mineBefore.content!.personMet ?? ''],
    )
    await sound(page, 'correction-brouillon-320', { full: false })
    service.reply(correctExchange, { exchangeId: mineBefore.id }, exchange({ ...mineBefore, version: 3 }))
    await page.getByRole('button', { name: 'Enregistrer la correction' }).press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    for (let tries = 0; service.drafts.held.has(at); tries++) {
      assert.ok(tries < 600, 'forgotten')
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  })

  test('UX-3: a correction whose answer was lost is no conflict with oneself', async () => {
    answerCard(service)
    service.lose(`PUT /exchanges/${mineBefore.id}`)
    const page = await open(service, `/etablissements/${siret}`)
    await page
      .getByRole('button', { name: /Corriger l’échange/ })
      .first()
      .click()
    await page.getByLabel('Notes').fill('Trois départs.')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').getByText('Connexion perdue').waitFor()
    service.on(
      `PUT /exchanges/${mineBefore.id}`,
      refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', '…', {
        current: exchange({ ...mineBefore, version: 3, content: { ...mineBefore.content!, notes: 'Trois départs.' } }),
      }),
    )
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('UX-3: cancelled meanwhile by another, it says so and keeps the text to copy', async () => {
    answerCard(service)
    service.on(
      `PUT /exchanges/${mineBefore.id}`,
      refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', '…', {
        current: exchange({ ...mineBefore, version: 3, status: 'cancelled', cancelReason: 'doublon' }),
      }),
    )
    const page = await open(service, `/etablissements/${siret}`, 320)
    await page
      .getByRole('button', { name: /Corriger l’échange/ })
      .first()
      .click()
    await page.getByLabel('Notes').fill('Trois départs.')
    await page.getByRole('button', { name: 'Enregistrer la correction' }).press('Enter')
    await page.getByText('a été annulé entre-temps (« doublon »)').waitFor()
    assert.equal(await page.getByLabel('Notes').inputValue(), 'Trois départs.')
    await sound(page, 'correction-annule-320', { full: false })
  })

  test('CAM-5: an exchange recorded by mistake is cancelled with its reason', async () => {
    answerCard(service)
    service.reply(
      cancelExchange,
      { exchangeId: mineBefore.id },
      exchange({ ...mineBefore, status: 'cancelled', cancelReason: 'mauvais établissement', version: 3, allowed: [] }),
    )
    for (const width of [320, 1440] as const) {
      const page = await open(service, `/etablissements/${siret}`, width)
      await page
        .getByRole('button', { name: /^Annuler/ })
        .first()
        .press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Annuler un échange saisi par erreur' })
      await dialog.waitFor()
      assert.equal(await focused(page), 'reason')
      await page.keyboard.press('Control+Enter')
      await page.getByText('Une réponse est à corriger').waitFor()
      await sound(page, `annulation-${width}`, { full: false })
      await dialog.getByLabel('Motif').fill('mauvais établissement')
      await page.keyboard.press('Control+Enter')
      await dialog.waitFor({ state: 'detached' })
      const sent = service.calls.findLast(({ path }) => path.endsWith('/cancel'))!
      assert.deepEqual([sent.body, sent.headers['if-match']], [{ reason: 'mauvais établissement' }, '"2"'])
    }
  })

  test('EST-8: an exchange on its own page, with its successive versions', async () => {
    answerCard(service)
    service.reply(getExchange, { exchangeId: mineBefore.id }, mineBefore)
    const version = (count: number, notes: string) => ({
      version: count,
      at: `2026-11-1${count}T09:30:00Z`,
      by: claire,
      change: count === 1 ? ('recorded' as const) : ('corrected' as const),
      content: { ...mineBefore.content!, notes },
      occurredOn: mineBefore.occurredOn,
      visibility: 'reseau' as const,
    })
    service.reply(
      listExchangeVersions,
      { exchangeId: mineBefore.id },
      { items: [version(2, 'Deux départs en retraite.'), version(1, 'Un départ en retraite.')], next: null },
    )
    const known = await open(service, `/echanges/${mineBefore.id}`)
    await known.getByText('Un départ en retraite.', { exact: true }).waitFor()
    await soundAtEveryWidth(known, 'echange-page')
    service.on(
      `GET /exchanges/${mineBefore.id}`,
      refusal(404, 'not-found', 'Introuvable', 'Cette page ou cette fiche n’existe pas, ou ne vous est pas ouverte.'),
    )
    const page = await open(service, `/echanges/${mineBefore.id}`, 320)
    await page.getByRole('heading', { name: 'Introuvable' }).waitFor()
    await sound(page, 'echange-page-introuvable-320')
    service.reply(
      getExchange,
      { exchangeId: mineBefore.id },
      exchange({ ...mineBefore, allowed: [], nextAction: nextAction({ doneAt: '2026-11-20T08:00:00Z', late: false }) }),
    )
    const closed = await open(service, `/echanges/${mineBefore.id}`)
    await closed.getByText('ou par les responsables de la CC Jalle-Eau-Bourde').waitFor()
    await sound(closed, 'echange-page-lecture')
    service.reply(listHistory, { siret }, asHistory([]))
  })
})
