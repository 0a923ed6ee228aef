import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { getMe } from '../contract/signing-in/identity.ts'
import {
  countFacets,
  getEstablishment,
  searchEstablishments,
} from '../contract/territory-and-register/establishments.ts'
import { listCampaigns } from '../contract/work-with-employers/campaigns.ts'
import { listNextActions } from '../contract/work-with-employers/exchanges.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  answerFacets,
  campaign,
  facets,
  found,
  foundLines,
  id,
  line,
  me,
  open,
  openService,
  type Service,
  sound,
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
  answerFacets(service)
  answerCard(service)
  service.reply(searchEstablishments, {}, ({ search }) => ({
    items: foundLines,
    next: null,
    total: foundLines.length,
    understood: `Nom, enseigne, adresse ou commune : ${search.get('q')}`,
  }))
  service.reply(listNextActions, {}, { items: [], next: null, total: 0, counts: { late: 0, today: 0, week: 0 } })
  service.reply(
    listCampaigns,
    {},
    { items: [campaign(), campaign({ id: id('e1'), name: 'Industrie 2026' })], next: null, allowed: [] },
  )
}
const calls = (path: string, from = 0) => service.calls.slice(from).filter(call => call.path === path)
const garonne = (page: Page) => page.getByRole('link', { name: /GARONNE BOIS/ })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')
/** The sum of what moved without anyone having touched anything. */
const watchShifts = (page: Page) =>
  page.evaluate(() => {
    const all = window as unknown as { shifted: number }
    all.shifted = 0
    new PerformanceObserver(list => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
        if (!entry.hadRecentInput) all.shifted += entry.value
    }).observe({ type: 'layout-shift', buffered: false })
  })
const shifted = (page: Page) => page.evaluate(() => (window as unknown as { shifted: number }).shifted)

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

  test('EST-2: results never wait for the counts, and do without them', async () => {
    answer()
    service.on('GET /establishments/facets', { body: facets, delayMs: 1_500 })
    const page = await open(service, '/etablissements?q=bois')
    await garonne(page).waitFor()
    await page.getByRole('button', { name: '10 à 49 salariés', exact: true }).waitFor()
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
    await page.getByText('un filtre sans valeur connue (taille, état)').waitFor()
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
    // Past the half second in which a browser forgives what moves after a key.
    service.on('GET /establishments', { body: { items: foundLines, next: null, understood: 'x' }, delayMs: 800 })
    await page.keyboard.type('industrie')
    await palette.getByRole('option', { name: /Industrie 2026/ }).waitFor()
    await palette.getByText('Recherche…').waitFor()
    await palette.getByRole('option', { name: /GARONNE BOIS/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const combobox = palette.getByRole('combobox')
    const activeId = await combobox.getAttribute('aria-activedescendant')
    assert.match(await page.locator(`[id="${activeId}"]`).innerText(), /GARONNE/)
    assert.ok((await shifted(page)) < 0.01, 'nothing moves')
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
    await page.keyboard.press('Control+k')
    await page.keyboard.type('garonne')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/etablissements?q=garonne')
  })

  test('UX-4: at 320 px it fills the screen', async () => {
    answer()
    const page = await open(service, '/etablissements', 320)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('bois')
    await page.getByRole('option', { name: /GARONNE BOIS/ }).waitFor()
    await sound(page, 'palette-320', { full: false })
  })

  test('UX-4: a late answer never takes the place of a newer one', async () => {
    answer()
    service.on('GET /establishments', ({ search }) =>
      search.get('q') === 'lent'
        ? { body: { items: [found({ name: 'TROP TARD', sign: null })], next: null, understood: 'x' }, delayMs: 4_000 }
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
  test('UX-2: the card is fetched when one points at it, opens without a wait, and is counted only when opened', async () => {
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
    service.on(`GET /establishments/${siret}`, { body: {}, delayMs: 20_000 })
    const counted = page.waitForRequest(
      request => request.url().endsWith(`/establishments/${siret}`) && request.headers()['purpose'] === undefined,
    )
    await garonne(page).click()
    await page.getByRole('heading', { name: 'GARONNE BOIS', level: 1 }).waitFor()
    await page.getByText('732 829 320 00074').waitFor()
    await counted // shown first, asked after
    for (
      const until = Date.now() + 5_000;
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
    service.on('GET /establishments', {
      body: { items: foundLines, next: null, total: 4, understood: 'x' },
      delayMs: 1_500,
    })
    await page.goto('/etablissements?q=lent')
    await page.locator('.cc-skeleton[data-visible=true]').waitFor()
    await garonne(page).waitFor()
  })

  test('UX-2: what one types is asked at most once a pause, and the former question is given up', async () => {
    answer()
    service.on('GET /establishments', ({ search }) => ({
      body: { items: foundLines, next: null, total: 4, understood: `lu : ${search.get('q')}` },
      delayMs: search.get('q') === 'gar' ? 5_000 : 0,
    }))
    const page = await open(service, '/etablissements')
    const from = service.calls.length
    await page.keyboard.press('/')
    const given = page.waitForEvent('requestfailed', request => /q=gar&/.test(request.url()))
    await page.keyboard.type('gar')
    await page.waitForURL('**?q=gar')
    await page.keyboard.type('onne')
    await given
    await page.getByText('lu : garonne').waitFor()
    assert.ok(calls('/api/establishments', from).length <= 3)
    assert.equal(
      calls(countFacets.path.replace(/^/, '/api'), from).some(({ search }) => search.get('q') === 'gar'),
      false,
      'no counts for a question that was given up',
    )
  })
})
