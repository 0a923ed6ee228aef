import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator } from 'playwright-core'
import { listTargets } from '../contract/work-with-employers/campaigns.ts'
import { listCorrespondents } from '../contract/work-with-employers/correspondents.ts'
import {
  getBeforeContact,
  getRecording,
  listColleagues,
  recordExchange,
} from '../contract/work-with-employers/exchanges.ts'
import { listSharings } from '../contract/work-with-employers/sharing.ts'
import { countTargets } from '../contract/work-with-employers/targets.ts'
import { until } from '../server/testing/until.ts'
import { overflows, resize } from './browser.ts'
import * as employer from './employer-stub.ts'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'

const pages = await pagesUnderTest()
const { service, page, open, sound, soundAtEveryWidth } = pages
after(() => pages.stop())
const campaign = stub.campaign()
const params = { campaignId: campaign.id }
const address = `/campagnes/${campaign.id}`
const { mission } = stub.organisations
const karim = { id: '0193a000-0000-7000-80a0-000000000002', name: 'Karim Belkacem', organisationId: mission.id }
const me = { id: stub.me().account.id, name: 'Inès Garat', organisationId: stub.organisations.jalle.id }
const all = Array.from({ length: 30 }, (_, number) =>
  stub.target(number, {
    establishment: {
      ...stub.line(number),
      siret: String(90000000000010 + number * 100000),
      siren: String(900000000 + number),
      name: `ÉTABLISSEMENT AU NOM BIEN LONG ${number}`,
    },
    ...(number === 1 ? { phone: '+33556000001', takenBy: me, allowed: ['release', 'record'] } : {}),
    ...(number % 3 === 2
      ? {
          status: 'en-cours',
          takenBy: karim,
          lastContact: { organisation: mission, occurredOn: '2026-11-02' },
          contactCount: 1,
          nextAction: { kind: 'rappel', dueOn: '2026-11-03', dueAt: '14:30', owner: karim },
        }
      : {}),
  }),
)
const name = (number: number) => `ÉTABLISSEMENT AU NOM BIEN LONG ${number}`
/** What the list answers: a test changes it, as an exchange does. */
let listed = all

before(() => {
  // All that the page may show: the search of the header, a long name of structure, « Répartir ».
  const one = stub.me('conseiller')
  service.on('GET /me', {
    body: {
      ...one,
      organisation: { ...one.organisation, name: 'Communauté de communes Jalle-Eau-Bourde' },
      rights: [...one.rights, { ...one.rights[0]!, tool: 'fiche-etablissement', profile: 'consultation' }],
    },
  })
  service.on(`GET /campaigns/${campaign.id}`, { body: campaign })
  service.on('GET /campaigns', { body: { items: [], next: null, allowed: [] } })
  service.on('GET /next-actions', {
    body: { items: [], next: null, counts: { late: 0, today: 0, week: 0 } },
  })
  service.reply(listSharings, params, { items: [], next: null, allowed: ['share-out'] })
  service.reply(listTargets, params, ({ search }) => {
    const from = Number(search.get('after') ?? 0)
    const until = from + (from ? 200 : 20)
    return {
      items: listed.slice(from, until),
      next: until < listed.length ? String(until) : null,
      total: listed.length,
    }
  })
  service.reply(countTargets, params, { ...stub.targetCounts(), total: 188 })
  service.reply(recordExchange, {}, employer.exchange())
  for (const { establishment } of all) {
    const { siret } = establishment
    service.reply(getBeforeContact, { siret }, employer.known())
    service.reply(
      listCorrespondents,
      { siret },
      { items: [...employer.correspondents], next: null, mayAdd: true, alike: [] },
    )
    service.reply(getRecording, { siret }, employer.recording())
    service.reply(listColleagues, { siret }, { items: [] })
  }
})
const row = (number: number) => page().getByRole('link', { name: name(number), exact: true })
const panel = (number: number) => page().getByRole('region', { name: name(number), exact: true })
const head = (name: string) =>
  page()
    .getByRole('columnheader', { name: new RegExp(`^${name}`) })
    .getByRole('button')
const focusedText = () => page().evaluate(() => document.activeElement?.textContent ?? '')
const heightsIn = (where: Locator) =>
  where.evaluateAll(elements => elements.map(element => Math.round(element.getBoundingClientRect().height)))

test('CAM-4, UX-2: at 1280 × 800 twelve targets of 40 px are in sight before one scrolls', async () => {
  await open(address)
  await resize(page(), { width: 1280, height: 800 })
  await row(0).waitFor()
  const rows = page().locator('.cc-table tbody tr')
  assert.deepEqual(new Set(await heightsIn(rows)), new Set([40]))
  const inSight = await rows.evaluateAll(
    elements => elements.filter(element => element.getBoundingClientRect().bottom <= innerHeight).length,
  )
  assert.ok(inSight >= 12, `${inSight} rows`)
  // The mark of the State keeps its motto.
  const motto = await page()
    .locator('.fr-header .fr-logo')
    .evaluate(mark => getComputedStyle(mark, '::after').display)
  assert.equal(motto, 'block')
  // Nothing of a row goes past its own line, nor the acts past the table; the acts of all rows end at one line.
  assert.equal(
    await page().evaluate(() => {
      const right = document.querySelector('.cc-table table')!.getBoundingClientRect().right
      return [...document.querySelectorAll('.cc-row-acts')].every(
        acts => acts.getBoundingClientRect().right <= right + 1,
      )
    }),
    true,
  )
  const ends = await page()
    .locator('.cc-row-acts')
    .evaluateAll(acts => acts.map(one => Math.round(one.lastElementChild!.getBoundingClientRect().right)))
  assert.equal(new Set(ends).size, 1, String(ends))
  await sound('cibles-1280')
  for (const width of [1000, 1100, 1250, 1366, 1440]) {
    await resize(page(), { width, height: 800 })
    assert.equal(await overflows(page()), false, `the header at ${width}`)
    await pages.shoot(`entete-${width}`)
  }
  await resize(page(), { width: 1280, height: 800 })
  // What one looks up once is one press away.
  await page().getByRole('button', { name: 'Objet, période et membres' }).press('Enter')
  await page().getByText('PLIE Portes du Sud').first().waitFor()
  await sound('cibles-1280-details')
  await page().getByRole('button', { name: 'Objet, période et membres' }).press('Enter')
  await resize(page(), { width: 1024, height: 800 })
  await sound('cibles-1024')
})

test('CAM-4: those to contact come first, and the heads of the columns give another order', async () => {
  const asked = () =>
    service.calls.findLast(({ path, method }) => method === 'GET' && path.endsWith('/targets'))!.search.get('sort')
  const sorted = () => page().locator('[aria-sort="ascending"]').allTextContents()
  await open(address)
  await row(0).waitFor()
  assert.deepEqual([asked(), await sorted()], ['status', ['État']])
  await page().getByRole('button', { name: 'Dernier contact', exact: true }).press('Enter')
  await page().waitForURL(url => url.searchParams.get('tri') === 'contact')
  await page().waitForFunction(() => document.querySelector('[aria-sort]')?.textContent === 'Dernier contact')
  await until('asked by last contact', () => asked() === 'contact')
  await sound('cibles-triees-1440')
  await page().getByRole('button', { name: 'État', exact: true }).press('Enter')
  await page().waitForURL(url => url.searchParams.get('tri') === null)
  // Without heads, a field says the same.
  await open(address, 320)
  await page().getByRole('button', { name: 'Colonnes et tri' }).press('Enter')
  await page().getByLabel('Trier par').selectOption({ label: 'Nom' })
  await page().waitForURL(url => url.searchParams.get('tri') === 'nom')
  await page().getByLabel('Trier par').selectOption({ label: 'Dernier contact, le plus récent d’abord' })
  await page().waitForURL(url => url.searchParams.get('tri') === '-contact')
  await sound('cibles-triees-320')
})

test('CAM-10, UX-1: every head sorts by its column, turns the order round when pressed again, and says which way to the ear', async () => {
  const asked = () =>
    service.calls.findLast(({ path, method }) => method === 'GET' && path.endsWith('/targets'))!.search.get('sort')
  const columns = 'siret,lieu,effectif,nature,entreprise,etat,qui,action,contact'
  await open(`${address}?colonnes=${columns}`)
  await row(0).waitFor()
  await resize(page(), { width: 1440, height: 900 })
  /** `sort`: null for an order that was read already. */
  const told = async (name: string, way: string, sort: string | null, said: string | null) => {
    await page().locator(`th[aria-sort="${way}"]`, { hasText: name }).waitFor()
    assert.equal(await page().locator('[aria-sort]').count(), 1, name)
    if (sort) await until(`asked by ${sort}`, () => asked() === sort)
    assert.equal(new URL(page().url()).searchParams.get('tri'), said)
  }
  await told('État', 'ascending', 'status', null)
  for (const [name, first, sort, said] of [
    ['Établissement', 'ascending', 'name', 'nom'],
    ['SIRET', 'ascending', 'siret', 'siret'],
    ['Lieu et activité', 'ascending', 'town', 'commune'],
    ['Effectif', 'descending', 'headcount', 'effectif'],
    ['Nature', 'ascending', 'nature', 'nature'],
    ['Taille', 'descending', 'size', 'taille'],
    ['Qui s’en occupe', 'ascending', 'holder', 'a-qui'],
    ['Prochaine action', 'ascending', 'action', 'action'],
    ['Dernier contact', 'ascending', 'contact', 'contact'],
  ] as const) {
    await head(name).press('Enter')
    await told(name, first, sort, said)
    await head(name).press('Space')
    await told(name, first === 'ascending' ? 'descending' : 'ascending', `-${sort}`, `-${said}`)
    assert.equal(await focusedText(), name)
  }
  await head('État').press('Enter')
  await told('État', 'ascending', null, null)
  await head('État').press('Enter')
  await told('État', 'descending', '-status', '-etat')
  await sound('cibles-etat-inverse')
  // The address alone gives it; what it says of no order is left aside.
  await page().reload()
  await told('État', 'descending', '-status', '-etat')
  for (const said of ['-', '--etat', '-inconnu', 'status']) {
    await open(`${address}?tri=${said}`)
    await told('État', 'ascending', 'status', said)
  }
})

test('EST-14: nature and size of the company are columns of the targets, kept in the address', async () => {
  await open(address)
  await row(1).waitFor()
  await page().getByRole('button', { name: 'Colonnes et tri' }).press('Enter')
  await page().getByRole('checkbox', { name: 'Nature juridique' }).press('Space')
  await page().getByRole('checkbox', { name: 'Taille de l’entreprise' }).press('Space')
  await page().waitForURL(url => url.searchParams.get('colonnes')?.includes('nature,entreprise') ?? false)
  const cells = page()
    .getByRole('row')
    .filter({ has: row(1) })
    .getByRole('cell')
  await cells.filter({ hasText: /^Association ou fondation$/ }).waitFor()
  await cells.filter({ hasText: /^PME$/ }).waitFor()
  await soundAtEveryWidth('cibles-nature-et-taille')
})

test('CAM-4: a target opens beside the list, and one walks from one to the next and back, the focus with it', async () => {
  await open(address)
  await row(1).waitFor()
  await row(1).focus()
  await page().keyboard.press('Enter')
  await panel(1).getByText('Avant de contacter').waitFor()
  assert.equal(await focusedText(), name(1))
  assert.ok(await row(1).evaluate(link => link.closest('tr')!.hasAttribute('data-current')))
  await panel(1).getByText('2 sur 30').waitFor()
  await soundAtEveryWidth('cible-ouverte')
  await panel(1).getByRole('button', { name: 'Suivante' }).press('Enter')
  await panel(2).getByText('Prochaine action').waitFor()
  assert.equal(await focusedText(), name(2))
  await page().keyboard.press('j')
  await panel(3).waitFor()
  await page().keyboard.press('k')
  await page().keyboard.press('k')
  await panel(1).waitFor()
  assert.equal(new URL(page().url()).searchParams.get('fiche'), all[1]!.establishment.siret)
  await page().keyboard.press('Escape')
  await panel(1).waitFor({ state: 'detached' })
  assert.equal(await focusedText(), name(1))
  assert.equal(new URL(page().url()).searchParams.get('fiche'), null)
  // Back is one step: what was walked through is not gone through again.
  await row(4).press('Enter')
  await panel(4).waitFor()
  await page().keyboard.press('j')
  await panel(5).waitFor()
  await page().goBack()
  await panel(5).waitFor({ state: 'detached' })
  assert.equal(new URL(page().url()).pathname, address)
})

test('UX-5: the state of the open target has its definition one press away, and Escape closes it before the target', async () => {
  await open(`${address}?fiche=${all[2]!.establishment.siret}`)
  const state = panel(2).getByRole('button', { name: /en cours.*\(définition\)/i })
  await state.press('Enter')
  await panel(2)
    .getByText(/^Contactée au moins une fois, sans besoin, rendez-vous ni réponse qui la clôt/)
    .waitFor()
  await sound('cible-etat-defini-1440')
  await page().keyboard.press('Escape')
  await page().waitForFunction(() => document.activeElement?.getAttribute('aria-expanded') === 'false')
  assert.equal(await panel(2).isVisible(), true)
  // No definition stands in the rows, where it would stop the keyboard at each.
  assert.equal(await page().locator('.cc-table .cc-definition').count(), 0)
  await open(`${address}?fiche=${all[2]!.establishment.siret}`, 320)
  await page()
    .getByRole('button', { name: /en cours.*\(définition\)/i })
    .press('Enter')
  await sound('cible-etat-defini-320')
})

test('CAM-4: one walks on past what was read of the list, and the first has none before it', async () => {
  await open(`${address}?fiche=${all[18]!.establishment.siret}`)
  await panel(18).waitFor()
  for (const number of [19, 20, 21]) {
    await page().waitForFunction(
      () => ![...document.querySelectorAll('button')].find(b => b.textContent === 'Suivante')?.disabled,
    )
    await page().keyboard.press('j')
    await panel(number).waitFor()
  }
  await open(`${address}?fiche=${all[0]!.establishment.siret}`)
  await panel(0).waitFor()
  assert.equal(await panel(0).getByRole('button', { name: 'Précédente' }).isDisabled(), true)
})

test('CAM-5, UX-3: the exchange is recorded in the panel, and one goes on where one was when its target has moved', async () => {
  listed = all
  await open(address)
  await row(3).waitFor()
  await row(3).press('Enter')
  await panel(3).waitFor()
  await page().keyboard.press('n')
  const form = panel(3).getByRole('dialog', { name: 'Enregistrer un échange' })
  await form.getByText('Canal').waitFor()
  await sound('cible-echange-1440')
  // Typed: another row asks first.
  await form.getByLabel(/^Notes/).fill('Rappeler Mme Pons')
  await row(6).click()
  await page().getByRole('alertdialog', { name: 'Quitter sans enregistrer ?' }).waitFor()
  await page().getByRole('button', { name: 'Continuer la saisie' }).press('Enter')
  await form.getByRole('radio', { name: /^Téléphone/ }).press('Space')
  await form.getByRole('radio', { name: /^Absent/ }).press('Space')
  listed = [...all.filter((_, number) => number !== 3), { ...all[3]!, status: 'en-cours', takenBy: karim }]
  await page().keyboard.press('Control+Enter')
  await form.waitFor({ state: 'detached' })
  assert.equal(await focusedText(), name(3))
  await page().keyboard.press('j')
  await panel(4).waitFor()
  listed = all
})

test('CAM-5: recorded from its row, one goes on with the rows, though the target has left the list', async () => {
  listed = all
  await open(`${address}?statut=a-contacter`)
  await row(6).waitFor()
  await row(6).focus()
  await page().keyboard.press('n')
  const form = page().getByRole('dialog', { name: 'Enregistrer un échange' })
  await form.getByRole('radio', { name: /^Téléphone/ }).press('Space')
  await form.getByRole('radio', { name: /^Absent/ }).press('Space')
  listed = all.filter((_, number) => number !== 6)
  await page().keyboard.press('Control+Enter')
  await form.waitFor({ state: 'detached' })
  await row(6).waitFor({ state: 'detached' })
  await page().waitForFunction(text => document.activeElement?.textContent === text, name(7))
  await page().keyboard.press('j')
  assert.equal(await focusedText(), name(8))
  listed = all
})

test('UX-1: the row that has the focus is never under the head of the list nor past the edge of the screen', async () => {
  await open(address)
  await resize(page(), { width: 1280, height: 800 })
  await row(0).waitFor()
  const hidden = () =>
    page().evaluate(() => {
      const { top, bottom, left, width } = document.activeElement!.getBoundingClientRect()
      const at = (y: number) => document.elementFromPoint(left + Math.min(width / 2, 40), y)
      return [top + 2, bottom - 2].some(y => y < 0 || y > innerHeight || !at(y)?.closest('tbody tr, .cc-table__more'))
    })
  const walk = async (key: string, times: number) => {
    for (let time = 0; time < times; time++) {
      await page().keyboard.press(key)
      assert.equal(await hidden(), false, `${key}, ${time}: ${await focusedText()}`)
    }
  }
  await walk('j', 20)
  await walk('k', 19)
  await row(19).focus()
  await walk('Shift+Tab', 30)
})

test('CAM-4: on a phone a target takes three lines and its acts, each big enough for a finger', async () => {
  await open(address, 320)
  await row(2).waitFor()
  const line = page().locator('.cc-table tbody tr').nth(2)
  const lines = await line.locator('th, td:not(.cc-table__acts)').evaluateAll(cells => {
    const boxes = cells.filter(cell => cell.getClientRects().length).map(cell => cell.getBoundingClientRect())
    let [count, end] = [0, 0]
    for (const { top, bottom } of boxes.sort((one, other) => one.top - other.top)) {
      if (top > end - 2) count++
      end = Math.max(end, bottom)
    }
    return count
  })
  assert.equal(lines, 3)
  const small = await page()
    .locator('.cc-worksheet :is(a, button):visible')
    .evaluateAll(targets =>
      targets.filter(target => target.getBoundingClientRect().height < 44).map(({ textContent }) => textContent),
    )
  assert.deepEqual(small, [])
  // Who took a target calls from its row, on a phone; on a wide screen, from the open target.
  const call = page().getByRole('link', { name: new RegExp(`^Appeler ${name(1)} au 05`) })
  assert.equal(await call.getAttribute('href'), 'tel:+33556000001')
  await row(2).click()
  const dialog = page().getByRole('dialog', { name: name(2) })
  await dialog.getByText('Avant de contacter').waitFor()
  await sound('cible-ouverte-telephone')
  await dialog.getByRole('button', { name: 'Suivante' }).click()
  await page()
    .getByRole('dialog', { name: name(3) })
    .waitFor()
  await page().keyboard.press('Escape')
  await page().waitForFunction(text => document.activeElement?.textContent === text, name(3))
})
