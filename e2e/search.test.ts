import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { getDirectoryCard } from '../contract/people-and-rights/directory.ts'
import { getMe, listSessions } from '../contract/signing-in/identity.ts'
import {
  countFacets,
  getEstablishment,
  searchEstablishments,
} from '../contract/territory-and-register/establishments.ts'
import { listCampaigns } from '../contract/work-with-employers/campaigns.ts'
import { findBesideRegister, getColleague } from '../contract/work-with-employers/finding.ts'
import { listPortfolio } from '../contract/work-with-employers/portfolio.ts'
import { until } from '../server/testing/until.ts'
import { closeBrowser } from './browser.ts'
import { day } from './day-stub.ts'
import {
  answerCard,
  answerFacets,
  campaign,
  establishment,
  facets,
  found,
  foundLines,
  id,
  karim,
  line,
  me,
  mission,
  open,
  openService,
  type Service,
  sound,
  soundAtEveryWidth,
} from './employer-stub.ts'
import { refusal } from './stub-service.ts'

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const { siret } = line()
const answer = () => {
  service.reply(getMe, {}, me())
  service.reply(listSessions, {}, { items: [], next: null })
  answerFacets(service)
  answerCard(service)
  service.reply(searchEstablishments, {}, ({ search }) => ({
    items: foundLines,
    next: null,
    total: foundLines.length,
    understood: `Nom, enseigne, adresse ou commune : ${search.get('q')}`,
  }))
  service.reply(listPortfolio, {}, day([]))
  service.reply(
    listCampaigns,
    {},
    { items: [campaign(), campaign({ id: id('e1'), name: 'Industrie 2026' })], next: null, allowed: [] },
  )
}
const calls = (path: string, from = 0) => service.calls.slice(from).filter(call => call.path === path)
/** Until the last question at a path holds these filters: the address changes before it is asked. */
const asked = (path: string, filters: Record<string, string>) =>
  until(`${path} asked with ${JSON.stringify(filters)}`, () =>
    Object.entries(filters).every(([name, value]) => calls(path).at(-1)?.search.get(name) === value),
  )
const garonne = (page: Page) => page.getByRole('link', { name: /GARONNE BOIS/ })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')
interface Shift {
  readonly value: number
  readonly hadRecentInput: boolean
  readonly sources: readonly { readonly node: Node | null; readonly previousRect: DOMRect }[]
}
interface Shifts {
  shifts: { readonly value: number; readonly what: string }[]
}
/** What moves from here on without anyone having touched anything. Letters that take their font are none of it. */
const watchShifts = (page: Page) =>
  page.evaluate(async () => {
    await document.fonts.ready
    const all = window as unknown as Shifts
    all.shifts = []
    new PerformanceObserver(list => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as unknown as Shift[])
        if (!hadRecentInput)
          all.shifts.push({
            value,
            what: sources.map(({ node, previousRect: { y } }) => `${node?.textContent} at ${Math.round(y)}`).join(', '),
          })
    }).observe({ type: 'layout-shift', buffered: false })
  })
const assertStill = async (page: Page) => {
  const shifts = await page.evaluate(() => (window as unknown as Shifts).shifts)
  const sum = shifts.reduce((total, { value }) => total + value, 0)
  assert.ok(sum < 0.01, `nothing moves: ${JSON.stringify(shifts)}`)
}

describe('results', () => {
  test('EST-2: each filter says what it would give, goes into the address, and Back undoes it', async () => {
    answer()
    const page = await open(service, '/etablissements?q=bois')
    await garonne(page).waitFor()
    const size = page.getByRole('button', { name: /^10 à 49 salariés 640/ })
    await size.waitFor()
    await page.getByRole('button', { name: /^Moins de 10 salariés plus de 10\s000/ }).waitFor()
    assert.equal(calls('/api/establishments/facets').at(-1)!.search.get('q'), 'bois')
    await sound(page, 'facettes-1440')
    await size.press('Enter')
    await page.waitForURL('**/etablissements?q=bois&taille=10-49')
    assert.equal(await size.getAttribute('aria-pressed'), 'true')
    await page.getByRole('button', { name: /^Construction/ }).press('Enter')
    await page.waitForURL('**/etablissements?q=bois&taille=10-49&activite=F')
    await page.goBack()
    await page.waitForURL('**/etablissements?q=bois&taille=10-49')
    await page.goBack()
    await page.waitForURL('**/etablissements?q=bois')
    await page.locator('.cc-facet__value[aria-pressed=false]', { hasText: '10 à 49' }).waitFor()
    await page.goForward()
    await page.waitForURL('**&taille=10-49')
    await size.press('Enter')
    await page.waitForURL('**/etablissements?q=bois')
  })

  test('EST-14: by nature and by size of the company, each with its count, at three widths', async () => {
    answer()
    const page = await open(service, '/etablissements?q=bois')
    await garonne(page).waitFor()
    await page
      .getByRole('group', { name: 'Taille de l’entreprise' })
      .getByRole('button', { name: /^TPE .*10/ })
      .waitFor()
    await page.getByRole('button', { name: /^Employeur public 84/ }).press('Enter')
    await page.waitForURL('**/etablissements?q=bois&nature=public')
    await page
      .getByRole('group', { name: 'Taille de l’entreprise' })
      .getByRole('button', { name: /^Non renseigné 208/ })
      .press('Enter')
    await page.waitForURL('**/etablissements?q=bois&nature=public&entreprise=unknown')
    for (const path of ['/api/establishments', '/api/establishments/facets'])
      await asked(path, { legalNature: 'public', companySize: 'unknown' })
    await page
      .getByRole('listitem')
      .filter({ hasText: 'CHAI DES TILLEULS' })
      .getByText('Employeur public, Grande entreprise')
      .waitFor()
    await soundAtEveryWidth(page, 'nature-et-taille')
    await page.getByRole('button', { name: 'Retirer les filtres' }).press('Enter')
    await page.waitForURL('**/etablissements?q=bois')
  })

  test('CAM-10: results are put in order, which the address says; too many, it says why they are not', async () => {
    answer()
    const page = await open(service, '/etablissements?q=bois')
    await garonne(page).waitFor()
    assert.equal(calls('/api/establishments').at(-1)!.search.get('sort'), null)
    await page.getByLabel('Trier par').selectOption({ label: 'Effectif, les plus grands d’abord' })
    await page.waitForURL(/tri=effectif/)
    await asked('/api/establishments', { sort: 'headcount' })
    await page.getByText('recherche en cours').waitFor({ state: 'detached' })
    await page.getByLabel('Trier par').selectOption({ label: 'Effectif, les plus petits d’abord' })
    await page.waitForURL(/tri=-effectif/)
    await asked('/api/establishments', { sort: '-headcount' })
    await page.getByText('recherche en cours').waitFor({ state: 'detached' })
    service.reply(
      searchEstablishments,
      {},
      { items: foundLines, next: null, total: 10_000, more: true, unsorted: true, understood: 'Nom : bois' },
    )
    await page.getByLabel('Trier par').selectOption({ label: 'Nom' })
    await page.getByText('Plus de 10 000 établissements : par pertinence').waitFor()
    await soundAtEveryWidth(page, 'trop-pour-trier')
    await page.getByLabel('Trier par').selectOption({ label: 'Pertinence' })
    await page.waitForURL(/q=bois$/)
  })

  test('CAM-10: what each line of the results says is chosen, and the address says so', async () => {
    answer()
    const page = await open(service, '/etablissements?q=bois')
    await garonne(page).waitFor()
    const first = page.getByRole('listitem').filter({ hasText: 'CHAI DES TILLEULS' })
    await first.getByText('Employeur public, Grande entreprise').waitFor()
    await page.getByRole('button', { name: 'Colonnes' }).press('Enter')
    await page.getByRole('checkbox', { name: 'Nature juridique' }).press(' ')
    await page.getByRole('checkbox', { name: 'SIRET', exact: true }).press(' ')
    await page.getByRole('checkbox', { name: 'Dernier contact et campagnes' }).press(' ')
    await page.waitForURL(url => url.searchParams.get('colonnes') === 'activite,lieu,effectif,entreprise,siret')
    await first.getByText(/ · Grande entreprise · SIRET/).waitFor()
    assert.equal(await first.getByText('Employeur public').count(), 0)
    await soundAtEveryWidth(page, 'colonnes-de-la-recherche')
    const asked = calls('/api/establishments/known-contacts').length
    await page.goto('/etablissements?q=bois&colonnes=code')
    await garonne(page).waitFor()
    await new Promise(resolve => setTimeout(resolve, 800))
    assert.equal(calls('/api/establishments/known-contacts').length, asked, 'contacts that no line says are not asked')
  })

  test('EST-2: results never wait for the counts, and do without them', async () => {
    answer()
    const held = Promise.withResolvers<void>()
    service.on('GET /establishments/facets', { body: facets, until: held.promise })
    const page = await open(service, '/etablissements?q=bois')
    await garonne(page).waitFor()
    await page.getByRole('button', { name: '10 à 49 salariés', exact: true }).waitFor()
    held.resolve()
    await page.getByRole('button', { name: /^10 à 49 salariés 640/ }).waitFor()
    service.on(
      'GET /establishments/facets',
      refusal(503, 'service/overloaded', 'Service très sollicité', 'Réessayez dans un instant.'),
    )
    await page.goto('/etablissements?q=chai')
    await garonne(page).waitFor()
    await page.getByRole('button', { name: '10 à 49 salariés', exact: true }).waitFor()
    assert.equal(await page.getByText('Service très sollicité').count(), 0)
  })

  test('EST-2: an address that was mended by hand is read as far as it makes sense', async () => {
    answer()
    const page = await open(service, '/etablissements?q=bois&taille=douze&employeur=non&etat=actif')
    await page.getByText('un filtre sans valeur connue (effectif, état)').waitFor()
    await garonne(page).waitFor()
    const { search } = calls('/api/establishments').at(-1)!
    assert.deepEqual([search.get('size'), search.get('employer'), search.get('active')], [null, 'false', 'true'])
    assert.equal(await page.getByRole('button', { name: /^Sans salarié/ }).getAttribute('aria-pressed'), 'true')
  })

  test('UX-1: a row that is pointed at or has the focus is shown on the map', async () => {
    answer()
    const page = await open(service, '/etablissements?q=bois')
    await page.locator('.cc-map__frame[data-state="ready"]').waitFor()
    await page.getByText('1 établissement affiché n’a pas de position au registre.').waitFor()
    const map = page.locator('.cc-map__frame')
    const picture = await map.screenshot()
    await page.keyboard.press('/')
    await page.keyboard.press('ArrowDown')
    assert.match(await focused(page), /GARONNE/)
    assert.equal(await page.locator('.cc-result[data-shown]').count(), 1)
    for (const until = Date.now() + 30_000; picture.equals(await map.screenshot()); )
      assert.ok(Date.now() < until, 'the map shows it')
    await page.locator('.cc-result', { hasText: 'CHAI' }).hover()
    await page.locator('.cc-result[data-shown]', { hasText: 'CHAI' }).waitFor()
    await sound(page, 'liste-et-carte-1440')
    await page.keyboard.press('End')
    assert.match(await focused(page), /MENUISERIE/)
    await page.keyboard.press('Escape')
    assert.equal(
      await page.evaluate(() => (document.activeElement as HTMLInputElement).type),
      'search',
      'Escape goes back to the box',
    )
  })

  test('UX-1: at 320 px the list or the map, by one press, kept in the address', async () => {
    answer()
    const page = await open(service, '/etablissements?q=bois', 320)
    await garonne(page).waitFor()
    assert.equal(await page.locator('.cc-map').isVisible(), false)
    await page.getByRole('button', { name: 'Carte', exact: true }).click()
    await page.waitForURL('**&vue=carte')
    await page.locator('.cc-map__frame[data-state="ready"]').waitFor()
    assert.equal(await garonne(page).first().isVisible(), false)
    await sound(page, 'carte-seule-320')
    // In the middle of the map, the one point that the others surround.
    service.reply(searchEstablishments, {}, () => ({ items: [found()], next: null, total: 1, understood: 'x' }))
    await page.goto('/etablissements?q=un&vue=carte')
    await page.locator('.cc-map__frame[data-state="ready"]').waitFor()
    await page.locator('.cc-map canvas').click()
    await page
      .getByRole('list', { name: 'Choisi sur la carte' })
      .getByRole('link', { name: /GARONNE/ })
      .waitFor()
    await page.getByRole('button', { name: 'Liste', exact: true }).click()
    await page.waitForURL('**/etablissements?q=un')
    await garonne(page).first().waitFor()
  })
})

describe('the palette', () => {
  test('UX-4: Ctrl+K from anywhere, without leaving: establishments, campaigns, pages', async () => {
    answer()
    const page = await open(service, '/mon-compte')
    const before = page.url()
    await page.getByRole('checkbox', { name: /Afficher la liste/ }).focus()
    await watchShifts(page)
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Rechercher' })
    await palette.waitFor()
    await palette.getByRole('option', { name: 'Indicateurs' }).waitFor()
    const held = Promise.withResolvers<void>()
    service.on('GET /establishments', {
      body: { items: foundLines, next: null, understood: 'x' },
      until: held.promise,
    })
    await page.keyboard.type('industrie')
    await palette.getByRole('option', { name: /Industrie 2026/ }).waitFor()
    await palette.getByText('Recherche…').waitFor()
    // Past the half second in which a browser forgives what moves after a key.
    await page.waitForTimeout(800)
    held.resolve()
    await palette.getByRole('option', { name: /GARONNE BOIS/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const combobox = palette.getByRole('combobox')
    const activeId = await combobox.getAttribute('aria-activedescendant')
    assert.match(await page.locator(`[id="${activeId}"]`).innerText(), /GARONNE/)
    await assertStill(page)
    await sound(page, 'palette-1440', { full: false })
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'detached' })
    assert.equal(page.url(), before)
    assert.equal(
      await page.evaluate(() => (document.activeElement as HTMLInputElement).type),
      'checkbox',
      'the focus is given back',
    )
    answer()
    await page.keyboard.press('Meta+k')
    await page.keyboard.type('garonne')
    await palette.getByRole('option', { name: /GARONNE BOIS/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/etablissements/${siret}`)
    await page.getByRole('heading', { name: 'GARONNE BOIS', level: 1 }).waitFor()
  })

  test('UX-4: Enter opens the first match, even pressed before the answer; with Shift, the list of all', async () => {
    answer()
    const page = await open(service, '/mon-compte')
    await page.getByRole('checkbox', { name: /Afficher la liste/ }).waitFor()
    const held = Promise.withResolvers<void>()
    service.on('GET /establishments', {
      body: { items: foundLines, next: null, understood: 'x' },
      until: held.promise,
    })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('garonne')
    await page.keyboard.press('Enter')
    held.resolve()
    await page.waitForURL(`**/etablissements/${siret}`)
    await page.getByRole('heading', { name: 'GARONNE BOIS', level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('garonne')
    await page.keyboard.press('Shift+Enter')
    await page.waitForURL('**/etablissements?q=garonne')
  })

  test('UX-4: each line tells who met it last and my campaign, asked once the typing rests, and nothing moves', async () => {
    answer()
    const page = await open(service, '/mon-compte')
    await page.getByRole('checkbox', { name: /Afficher la liste/ }).waitFor()
    const from = service.calls.length
    const held = Promise.withResolvers<void>()
    await page.route('**/known-contacts?*', route => held.promise.then(() => route.continue()))
    await page.keyboard.press('Control+k')
    await page.keyboard.type('gar')
    await page.getByRole('option', { name: /GARONNE BOIS/ }).waitFor()
    await watchShifts(page)
    // Past the half second in which a browser forgives what moves after a key.
    await page.waitForTimeout(800)
    held.resolve()
    const first = page.getByRole('option', { name: /Contacté il y a 3 jours par la mission locale des Graves/i })
    await first.waitFor()
    assert.match(await first.innerText(), /campagne Bâtiment 2026/)
    await page
      .getByRole('option', { name: /Jamais contacté par le réseau/ })
      .first()
      .waitFor()
    await page
      .getByRole('option', { name: /Ne pas contacter jusqu’au .* · Jamais contacté/ })
      .first()
      .waitFor()
    assert.equal(calls('/api/establishments/known-contacts', from).length, 1)
    await assertStill(page)
    await sound(page, 'palette-contacts-1440', { full: false })
    await page.setViewportSize({ width: 320, height: 640 })
    await sound(page, 'palette-contacts-320', { full: false })
    await page.goto('/etablissements?q=bois')
    await page
      .getByRole('listitem')
      .filter({ hasText: /Contacté il y a 3\sjours/ })
      .waitFor()
  })

  test('UX-4: campaigns that come late push nothing down: establishments and people wait for them', async () => {
    answer()
    service.reply(
      findBesideRegister,
      {},
      {
        campaigns: [],
        colleagues: [{ id: karim.id, name: karim.name, function: 'Conseiller', organisation: mission }],
        correspondents: [],
      },
    )
    const held = Promise.withResolvers<void>()
    const page = await open(service, '/mon-compte')
    await page.getByRole('checkbox', { name: /Afficher la liste/ }).waitFor()
    await page.route('**/api/campaigns?*', route => held.promise.then(() => route.continue()))
    await page.keyboard.press('Control+k')
    const answered = page.waitForResponse(response => /establishments\?q=industrie&/.test(response.url()))
    await page.keyboard.type('industrie')
    await watchShifts(page)
    await page.getByText('Recherche…').waitFor()
    await (await answered).finished()
    // Past the half second in which a browser forgives what moves after a key.
    await page.waitForTimeout(800)
    assert.equal(await page.getByRole('option').count(), 0)
    held.resolve()
    await page.getByRole('option', { name: /GARONNE BOIS/ }).waitFor()
    const shown = (await page.getByRole('option').allInnerTexts()).join('\n')
    assert.match(shown, /Industrie 2026[\s\S]*GARONNE BOIS[\s\S]*Karim/)
    await assertStill(page)
  })

  test('UX-4: one box finds correspondents, colleagues and campaigns too; a colleague has a page', async () => {
    answer()
    service.reply(searchEstablishments, {}, { items: [], next: null, understood: 'x' })
    service.reply(findBesideRegister, {}, ({ body }) => ({
      campaigns: [{ id: id('e9'), name: `Été ${(body as { q: string }).q}`, status: 'open' as const, pilot: mission }],
      colleagues: [{ id: karim.id, name: karim.name, function: 'Conseiller', organisation: mission }],
      correspondents: [{ id: id('f1'), correspondent: 'Noëlle Castaing', role: 'Gérante', establishment: line() }],
    }))
    service.reply(
      getColleague,
      { accountId: karim.id },
      {
        id: karim.id,
        name: karim.name,
        function: 'Conseiller',
        organisation: mission,
        email: null,
        campaigns: [{ id: id('e1'), name: 'Industrie 2026' }],
      },
    )
    service.reply(
      getDirectoryCard,
      { accountId: karim.id },
      {
        ...{ id: karim.id, civility: 'M.', givenName: 'Karim', familyName: 'Belkacem', function: 'Conseiller' },
        ...{ organisation: mission, agency: null, awayUntil: null, holds: [] },
        ...{ workEmail: 'karim@mission.example', phone: '+33536490112', phoneHidden: false },
      },
    )
    const page = await open(service, '/mon-compte')
    await page.getByRole('checkbox', { name: /Afficher la liste/ }).waitFor()
    const from = service.calls.length
    await page.keyboard.press('Control+k')
    await page.keyboard.type('casta')
    await page.getByRole('option', { name: /Noëlle Castaing Gérante · GARONNE BOIS · Cestas/ }).waitFor()
    await page.getByRole('option', { name: /Été casta/ }).waitFor()
    assert.equal(calls('/api/found', from).length, 1, 'once the typing rests')
    assert.equal(page.url().includes('casta'), false)
    await sound(page, 'palette-personnes-1440', { full: false })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: karim.name, level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Industrie 2026' }).waitFor()
    await page.getByRole('link', { name: /^Appeler M. Karim Belkacem au 05/ }).waitFor()
    await soundAtEveryWidth(page, 'collegue')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('casta')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/etablissements/${siret}`)
  })

  test('UX-4: the header has its field: a letter typed on it begins the search, and a press opens it', async () => {
    answer()
    const page = await open(service, '/mon-compte')
    const field = page.getByRole('banner').getByRole('button', { name: /^Rechercher/ })
    await field.focus()
    await page.keyboard.type('garonne')
    await page.getByRole('option', { name: /GARONNE BOIS/ }).waitFor()
    assert.equal(await page.getByRole('combobox').inputValue(), 'garonne')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.match(await focused(page), /^Rechercher/, 'the focus is given back to the field')
    await sound(page, 'champ-entete-1440', { full: false })
    await field.click()
    await page.getByRole('dialog', { name: 'Rechercher' }).waitFor()
    assert.equal(await page.getByRole('combobox').inputValue(), '')
  })

  test('UX-4: at 320 px one press in the header opens it, and it fills the screen', async () => {
    answer()
    const page = await open(service, '/etablissements', 320)
    await page.getByRole('banner').getByRole('button', { name: 'Rechercher' }).click()
    await page.keyboard.type('bois')
    await page.getByRole('option', { name: /GARONNE BOIS/ }).waitFor()
    await sound(page, 'palette-320', { full: false })
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await sound(page, 'champ-entete-320', { full: false })
  })

  test('UX-4: nothing open answers: the closed, each word alone, the filters; never a list that leads nowhere', async () => {
    answer()
    service.reply(searchEstablishments, {}, ({ search }) => ({
      items: search.get('active') === 'false' ? [found({ active: false })] : [],
      next: null,
      understood: 'x',
    }))
    const page = await open(service, '/mon-compte')
    await page.getByRole('checkbox', { name: /Afficher la liste/ }).waitFor()
    await page.keyboard.press('Control+k')
    // A page that no menu shows, by what people call it.
    await page.keyboard.type('congés')
    await page.getByRole('group', { name: 'Autres pages' }).getByRole('option', { name: 'Absences' }).waitFor()
    await sound(page, 'palette-autres-pages-1440', { full: false })
    await page.getByRole('dialog').getByRole('combobox').fill('charpente saucats')
    await page.getByRole('option', { name: /GARONNE BOIS fermé/ }).waitFor()
    assert.equal(await page.getByRole('option', { name: /Tous les résultats/ }).count(), 0)
    await page.getByRole('option', { name: /territoire, activité ou taille/ }).waitFor()
    await sound(page, 'palette-rien-1440', { full: false })
    await page.getByRole('option', { name: 'Chercher seulement « saucats »' }).click()
    await page.waitForURL('**/etablissements?q=saucats')
  })

  test('UX-4: a late answer never takes the place of a newer one', async () => {
    answer()
    const held = Promise.withResolvers<void>()
    service.on('GET /establishments', ({ search }) =>
      search.get('q') === 'lent'
        ? {
            body: { items: [found({ name: 'TROP TARD', sign: null })], next: null, understood: 'x' },
            until: held.promise,
          }
        : { body: { items: foundLines, next: null, understood: 'x' } },
    )
    const page = await open(service, '/mon-compte')
    await page.getByRole('checkbox', { name: /Afficher la liste/ }).waitFor()
    await page.keyboard.press('Control+k')
    const slow = page.waitForRequest(/q=lent(&|$)/)
    await page.keyboard.type('lent')
    await slow
    await page.keyboard.type('ille')
    await page.getByRole('option', { name: /GARONNE BOIS/ }).waitFor()
    held.resolve()
    await page.waitForTimeout(300)
    assert.equal(await page.getByText('TROP TARD').count(), 0)
  })

  test('UX-5: refused or broken, it says so and still leads to the pages', async () => {
    answer()
    service.on(
      'GET /establishments',
      refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
    )
    const page = await open(service, '/mon-compte')
    await page.getByRole('checkbox', { name: /Afficher la liste/ }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('indicateurs')
    await page.getByText('La recherche n’a pas abouti').waitFor()
    await page.getByRole('option', { name: 'Indicateurs', exact: true }).waitFor()
  })
})

describe('at once', () => {
  test('UX-2: the card is fetched when one points at it, opens without a wait, and is counted only when opened', async t => {
    answer()
    const page = await open(service, '/etablissements?q=bois')
    await garonne(page).waitFor()
    const from = service.calls.length
    const ahead = page.waitForResponse(response => response.url().endsWith(`/establishments/${siret}`))
    await garonne(page).hover()
    await ahead
    assert.deepEqual(
      calls(`/api/establishments/${siret}`, from).map(({ headers }) => headers['purpose']),
      ['prefetch'],
    )
    // From here the card itself never answers again in time: what was fetched is what is shown.
    const never = Promise.withResolvers<void>()
    t.after(() => never.resolve())
    service.on(`GET /establishments/${siret}`, { body: establishment(), until: never.promise })
    const counted = page.waitForRequest(
      request => request.url().endsWith(`/establishments/${siret}`) && request.headers()['purpose'] === undefined,
    )
    await garonne(page).click()
    await page.getByRole('heading', { name: 'GARONNE BOIS', level: 1 }).waitFor()
    await page.getByText('732 829 320 00074').waitFor()
    await counted // shown first, asked after
    for (
      const until = Date.now() + 60_000;
      calls(`/api/establishments/${siret}`, from).length < 2 && Date.now() < until;
      await new Promise(r => setTimeout(r, 20))
    ); // sent by the page, on its way to the service
    assert.deepEqual(
      calls(`/api/establishments/${siret}`, from).map(({ headers }) => headers['purpose']),
      ['prefetch', undefined],
    )
    service.reply(getEstablishment, { siret }, { ...found(), legalName: null } as never)
  })

  test('UX-2: a quick answer shows no skeleton, a slow one does after 200 ms, and nothing jumps when it comes', async () => {
    answer()
    const page = await open(service, '/etablissements?q=bois')
    await garonne(page).waitFor()
    await page.evaluate(() => {
      const all = window as unknown as { skeletons: number }
      all.skeletons = 0
      new MutationObserver(() => {
        all.skeletons += [...document.querySelectorAll('.cc-skeleton[data-visible=true]')].filter(
          one => !one.closest('.cc-map'),
        ).length
      }).observe(document.body, { subtree: true, childList: true, attributes: true })
    })
    await page.keyboard.press('/')
    await page.keyboard.type('chai')
    await page.waitForURL('**?q=chai')
    await page.getByText('adresse ou commune : chai').waitFor()
    assert.equal(
      await page.evaluate(() => (window as unknown as { skeletons: number }).skeletons),
      0,
      'the former results stay until the next come',
    )
    const held = Promise.withResolvers<void>()
    service.on('GET /establishments', {
      body: { items: foundLines, next: null, total: 4, understood: 'x' },
      until: held.promise,
    })
    await page.goto('/etablissements?q=lent')
    await page.locator('.cc-skeleton[data-visible=true]').waitFor()
    held.resolve()
    await garonne(page).waitFor()
  })

  test('UX-2: what one types is asked at most once a pause, and the former question is given up', async t => {
    answer()
    const held = Promise.withResolvers<void>()
    t.after(() => held.resolve())
    service.on('GET /establishments', ({ search }) => ({
      body: { items: foundLines, next: null, total: 4, understood: `lu : ${search.get('q')}` },
      ...(search.get('q') === 'gar' ? { until: held.promise } : {}),
    }))
    const page = await open(service, '/etablissements')
    // The page's time stands still, from its first timer on: a slow machine makes no pause between two letters.
    await page.clock.install()
    await page.reload()
    await page.getByRole('button', { name: 'Rechercher', exact: true }).waitFor()
    await page.clock.pauseAt(Date.now() + 60_000)
    await page.keyboard.press('/')
    const from = service.calls.length
    const given = page.waitForEvent('requestfailed', request => /q=gar&/.test(request.url()))
    await page.keyboard.type('gar')
    await page.clock.runFor(300)
    await page.waitForURL('**?q=gar')
    await asked('/api/establishments', { q: 'gar' })
    await page.keyboard.type('onne')
    await page.clock.runFor(300)
    await given
    await page.clock.resume()
    await page.getByText('lu : garonne').waitFor()
    assert.deepEqual(
      calls('/api/establishments', from).map(({ search }) => search.get('q')),
      ['gar', 'garonne'],
    )
    assert.equal(
      calls(countFacets.path.replace(/^/, '/api'), from).some(({ search }) => search.get('q') === 'gar'),
      false,
      'no counts for a question that was given up',
    )
  })
})
