import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listContours } from '../contract/territory-and-register/territories.ts'
import {
  listTargets,
  takeTarget,
  targetStatuses,
  targetStatusLabels,
} from '../contract/work-with-employers/campaigns.ts'
import { listNotToContact } from '../contract/work-with-employers/do-not-contact.ts'
import { listAssignments, listSharings } from '../contract/work-with-employers/sharing.ts'
import { countTargets, listTargetActions, listTargetPoints } from '../contract/work-with-employers/targets.ts'
import { axe } from './browser.ts'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

const pages = await pagesUnderTest()
const { service, page, open, shoot, sound, soundAtEveryWidth } = pages
after(() => pages.stop())
const campaign = stub.campaign({ counts: { targets: 600, contacted: 42, undecided: 0 } })
const params = { campaignId: campaign.id }
const address = `/campagnes/${campaign.id}`
const day = (shift: number) =>
  new Date(Date.now() + shift * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Paris' })
const { jalle, mission } = stub.organisations
const karim = { id: '0193a000-0000-7000-80a0-000000000002', name: 'Karim Belkacem', organisationId: mission.id }
const inès = { id: stub.me().account.id, name: 'Inès Garat', organisationId: jalle.id }
const states = ['a-contacter', 'prise-en-charge', 'en-cours', 'rendez-vous', 'besoin', 'traite'] as const
const all = Array.from({ length: 600 }, (_, number) =>
  stub.target(number, {
    status: states[number % 6]!,
    takenBy: number % 6 ? karim : null,
    assignedTo: number % 12 === 0 ? mission : null,
    nextAction:
      number % 6 === 2 ? { kind: 'rappel', dueOn: day(number % 4 === 0 ? -3 : 0), dueAt: '14:30', owner: karim } : null,
    sharedWith:
      number === 6
        ? { campaigns: [{ id: '0193a000-0000-7000-80c0-000000000009', name: 'Hôtellerie' }], unread: false }
        : number === 12
          ? { campaigns: [], unread: true }
          : null,
    allowed: number % 6 ? ['record'] : ['take', 'record'],
    establishment: {
      ...stub.line(number),
      siret: String(90000000000010 + number * 100000),
      siren: String(900000000 + number),
      name: `ÉTABLISSEMENT INVENTÉ ${number}`,
    },
  }),
)
const [shut, marked] = [all[2]!.establishment.siret, all[8]!.establishment.siret]
const found = (search: URLSearchParams) =>
  all.filter(({ status }) => !search.get('status') || status === search.get('status'))

before(() => {
  service.on('GET /me', { body: stub.me('conseiller') })
  service.on(`GET /campaigns/${campaign.id}`, { body: campaign })
  service.reply(listNotToContact, {}, ({ search }) => ({
    items: search.get('sirets')!.split(',').includes(marked) ? [{ siret: marked, until: day(90) }] : [],
  }))
  service.reply(listSharings, params, { items: [], next: null, allowed: [] })
  service.reply(listTargets, params, ({ search }) => {
    const from = Number(search.get('after') ?? 0)
    const until = from + Number(search.get('limit') ?? 50)
    const rows = found(search)
    return { items: rows.slice(from, until), next: until < rows.length ? String(until) : null, total: rows.length }
  })
  service.reply(countTargets, params, ({ search }) => ({
    ...stub.targetCounts(),
    total: found(search).length,
    statuses: targetStatuses.map(status => ({
      status,
      count: found(search).filter(target => target.status === status).length,
    })),
  }))
  service.reply(listTargetActions, params, ({ search }) => ({
    more: false,
    items: found(search).flatMap(({ establishment: { siret, name }, status, nextAction }) =>
      nextAction && nextAction.dueOn >= search.get('from')! && nextAction.dueOn <= search.get('to')!
        ? [
            {
              id: `0193a000-0000-7000-8000-${siret.slice(-12)}`,
              siret,
              name,
              status,
              closed: siret === shut,
              ...nextAction,
              late: nextAction.dueOn < day(0),
            },
          ]
        : [],
    ),
  }))
  const seen =
    (search: URLSearchParams) =>
    ({ lat, lon }: { lat: number; lon: number }) =>
      !search.get('south') ||
      (lat >= Number(search.get('south')) &&
        lat <= Number(search.get('north')) &&
        lon >= Number(search.get('west')) &&
        lon <= Number(search.get('east')))
  service.reply(listTargetPoints, params, ({ search }) => ({
    more: false,
    unplaced: 1,
    items: found(search)
      .slice(1)
      .map(({ establishment: { siret, name }, status }, number) => ({
        siret,
        name,
        status,
        closed: siret === shut,
        lat: 44.6 + (number % 25) / 100,
        lon: -0.9 + number / 1000,
      }))
      .filter(seen(search)),
  }))
  service.reply(
    listContours,
    { territoryId: String(campaign.territory.id) },
    {
      of: 'epci',
      items: [],
      sources: [],
      places: [
        { name: 'Cestas', lat: 44.74, lon: -0.68 },
        { name: 'Léognan', lat: 44.73, lon: -0.6 },
      ],
    },
  )
})
const named = (number: number) => page().getByRole('link', { name: `ÉTABLISSEMENT INVENTÉ ${number}`, exact: true })

test('CAM-10: one filter in the address serves the list, the board, the calendar and the map of 600 targets', async () => {
  await open(`${address}?statut=en-cours&colonnes=siret,etat`)
  await page()
    .getByRole('table', { name: /^100\scibles$/ })
    .waitFor()
  assert.deepEqual((await page().getByRole('columnheader').allTextContents()).slice(0, 3), [
    'Établissement',
    'SIRET',
    'État',
  ])
  await page().getByRole('button', { name: 'Afficher la suite' }).press('Enter')
  await named(302).waitFor()
  await page().getByRole('button', { name: 'Par état' }).press('Enter')
  await page()
    .getByRole('heading', { name: /^En cours/ })
    .waitFor()
  assert.equal(await page().locator('.cc-board__column').count(), 1)
  await page().getByRole('button', { name: 'Calendrier' }).press('Enter')
  await page()
    .getByRole('heading', { name: /^\d+\sactions en retard$/ })
    .waitFor()
  await page().getByRole('button', { name: 'Carte', exact: true }).press('Enter')
  await page().getByRole('list', { name: 'Cibles de la carte' }).getByRole('link').first().waitFor()
  const { searchParams } = new URL(page().url())
  assert.deepEqual(
    [searchParams.get('statut'), searchParams.get('affichage'), searchParams.get('colonnes')],
    ['en-cours', 'carte', 'siret,etat'],
  )
  const round = await page().getByRole('link', { name: 'Tournée', exact: true }).getAttribute('href')
  assert.equal(round, `/tournee?campagne=${campaign.id}&statut=en-cours&choisir=oui`)
  assert.deepEqual(
    ['/target-counts', '/target-actions', '/target-points'].map(path =>
      service.calls.findLast(call => call.path.endsWith(path) && call.search.get('status'))?.search.get('status'),
    ),
    ['en-cours', 'en-cours', 'en-cours'],
  )
})

test('CAM-4, UX-5: on the board each state has its definition, and a target moves by what is done to it, by the keyboard, and the focus stays in its column', async () => {
  service.reply(takeTarget, { ...params, siret: all[0]!.establishment.siret }, () => {
    all[0] = { ...all[0]!, status: 'prise-en-charge', takenBy: inès, allowed: ['release', 'record'] }
    return all[0]
  })
  await open(`${address}?affichage=tableau`)
  await named(6).waitFor()
  await named(5).waitFor()
  await soundAtEveryWidth('cibles-tableau')
  const states = page().getByRole('button', { name: /^Ce que disent les états/ })
  await states.press('Enter')
  for (const word of Object.values(targetStatusLabels))
    await page()
      .locator('.cc-state-meaning', { hasText: new RegExp(`^${word} : `, 'i') })
      .waitFor()
  await soundAtEveryWidth('cibles-tableau-etats-definis')
  await states.press('Enter')
  await page().getByRole('button', { name: 'Agir sur ÉTABLISSEMENT INVENTÉ 0', exact: true }).press('Enter')
  await sound('cibles-tableau-agir-1440')
  await page()
    .getByRole('button', { name: /^Je m’en occupe/ })
    .press('Enter')
  await page()
    .locator('[role=status]', { hasText: 'ÉTABLISSEMENT INVENTÉ 0 : vous vous en occupez (prise en charge).' })
    .waitFor({ state: 'attached' })
  await page()
    .locator('[data-status="prise-en-charge"]')
    .getByRole('link', { name: 'ÉTABLISSEMENT INVENTÉ 0', exact: true })
    .waitFor()
  assert.equal(await page().evaluate(() => document.activeElement?.textContent), 'ÉTABLISSEMENT INVENTÉ 6')
})

test('EST-10: « Je m’en occupe » of an employer not to be contacted asks first; confirmed, it is taken', async () => {
  const at = 12
  const { siret } = all[at]!.establishment
  service.reply(takeTarget, { ...params, siret }, ({ search }) => {
    if (!search.get('despite'))
      return { instead: refusal(409, 'target/do-not-contact', 'À ne pas contacter', 'Marqué.') }
    all[at] = { ...all[at]!, status: 'prise-en-charge', takenBy: inès, allowed: ['release', 'record'] }
    return all[at]
  })
  await open(`${address}?affichage=tableau`)
  await page()
    .getByRole('button', { name: `Agir sur ÉTABLISSEMENT INVENTÉ ${at}`, exact: true })
    .press('Enter')
  await page()
    .getByRole('button', { name: /^Je m’en occupe/ })
    .press('Enter')
  await page().getByRole('dialog').getByText('est marqué « ne pas contacter »').waitFor()
  await sound('cibles-ne-pas-contacter-1440')
  await page().getByRole('button', { name: 'M’en occuper malgré tout' }).press('Enter')
  await page()
    .locator('[role=status]', { hasText: `ÉTABLISSEMENT INVENTÉ ${at} : vous vous en occupez` })
    .waitFor({ state: 'attached' })
})

test('CAM-6: the calendar marks what is late and goes from week to week and month to month in the address', async () => {
  await open(`${address}?affichage=calendrier&periode=mois`)
  await page()
    .getByRole('heading', { name: /actions en retard$/ })
    .waitFor()
  await soundAtEveryWidth('cibles-calendrier')
  // The address leaves out the day itself: weeks long gone, on whatever day this runs.
  await open(`${address}?affichage=calendrier&jour=2025-01-01`)
  await page().getByRole('heading', { name: 'Semaine du 30 décembre 2024' }).waitFor()
  await page().getByRole('button', { name: 'Semaine suivante' }).press('Enter')
  await page().getByRole('heading', { name: 'Semaine du 6 janvier 2025' }).waitFor()
  await page().getByRole('button', { name: 'Mois', exact: true }).press('Enter')
  await page().getByRole('heading', { name: 'Janvier 2025' }).waitFor()
  assert.equal(new URL(page().url()).searchParams.get('jour'), '2025-01-06')
})

test('CAM-8, UX-1: the map has its list beside it, states by their shapes, and the place chosen is said and in the address', async () => {
  await open(`${address}?affichage=carte`)
  await page()
    .getByRole('button', { name: /^Situer/ })
    .first()
    .waitFor()
  // Beside a long name, the word stays whole.
  assert.equal(
    await page()
      .getByRole('button', { name: /^Situer/ })
      .first()
      .evaluate(button => getComputedStyle(button).flexShrink),
    '0',
  )
  await page().locator('.cc-map').scrollIntoViewIfNeeded()
  await page().locator('.cc-map__frame[data-state="ready"]').waitFor()
  await soundAtEveryWidth('cibles-carte')
  const shapes = await page()
    .locator('.cc-map__dot')
    .evaluateAll(dots =>
      dots.map(dot => {
        const { clipPath, borderRadius, borderTopStyle } = getComputedStyle(dot)
        return `${clipPath} ${borderRadius} ${borderTopStyle}`
      }),
    )
  assert.deepEqual([shapes.length, new Set(shapes).size], [4, 4], 'told without their colour')
  await page().getByRole('button', { name: 'Situer ÉTABLISSEMENT INVENTÉ 2 sur la carte', exact: true }).press('Enter')
  await page().getByText('Sur la carte :').waitFor()
  assert.equal(new URL(page().url()).searchParams.get('cible'), all[2]!.establishment.siret)
})

test('EST-10, CAM-14: the calendar and the map say beside the name who closed, and who is not to be contacted', async () => {
  for (const view of ['calendrier', 'carte']) {
    await open(`${address}?affichage=${view}`)
    const line = (siret: string) =>
      page()
        .getByRole('listitem')
        .filter({ has: page().locator(`a[href="/etablissements/${siret}"]`) })
        .last()
    await line(shut).getByText('fermé', { exact: true }).waitFor()
    await line(marked)
      .getByText(/^ne pas contacter jusqu’au/)
      .waitFor()
    assert.equal(
      await line(shut)
        .getByText(/ne pas contacter/)
        .count(),
      0,
      view,
    )
    assert.equal(await line(marked).getByText('fermé', { exact: true }).count(), 0, view)
  }
})

test('CAM-4, UX-1: a list read whole draws the rows in sight alone, says how many there are, and goes from row to row with the keyboard, wherever one has scrolled', async () => {
  await open(`${address}?colonnes=etat`)
  await named(0).waitFor()
  await page().getByRole('button', { name: 'Tout afficher' }).press('Enter')
  const table = page().getByRole('table', { name: /600\scibles/ })
  await page().waitForFunction(
    () => document.querySelector('[aria-rowcount="601"]') && !document.querySelector('.cc-table__more'),
  )
  assert.equal(
    await page().evaluate(() => document.activeElement?.textContent),
    'ÉTABLISSEMENT INVENTÉ 50',
    'the focus is on the first line that was brought',
  )
  const drawn = () => table.getByRole('row').count()
  assert.ok((await drawn()) < 60, `${await drawn()} rows are drawn`)
  await sound('cibles-longue-liste-1440')
  const focusedRow = () => page().evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex'))
  const headWidths = () =>
    page().evaluate(() =>
      [...document.querySelectorAll('.cc-table thead th')].map(head => Math.round(head.getBoundingClientRect().width)),
    )
  const widths = await headWidths()
  await page().evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  await named(599).waitFor()
  assert.deepEqual(
    [await table.getByRole('row', { name: /INVENTÉ 599/ }).getAttribute('aria-rowindex'), await headWidths()],
    ['601', widths],
  )
  assert.ok((await drawn()) < 60)
  // The row where one stood is still there: the keys go on from it.
  assert.equal(await focusedRow(), '52')
  await page().keyboard.press('j')
  assert.equal(await focusedRow(), '53')
  for (let row = 54; row < 80; row++) {
    await page().keyboard.press('j')
    assert.equal(await focusedRow(), String(row))
  }
  await page().keyboard.press('k')
  await page().keyboard.press('Shift+Tab')
  assert.equal(await focusedRow(), '77')
  // On a phone, cards of unequal heights.
  await open(`${address}?colonnes=etat`, 320)
  await named(0).waitFor()
  await page().getByRole('button', { name: 'Tout afficher' }).press('Enter')
  await page().locator('[aria-rowcount="601"]').waitFor()
  await page().waitForFunction(() => !document.querySelector('.cc-table__more'))
  for (const part of [0.5, 1]) {
    await page().evaluate(part => window.scrollTo(0, document.documentElement.scrollHeight * part), part)
    await page().waitForFunction(() =>
      [...document.querySelectorAll('.cc-table tbody tr[data-index]')].some(
        row => row.getBoundingClientRect().top > 0 && row.getBoundingClientRect().top < innerHeight,
      ),
    )
  }
  // The cards' heights are known as they are drawn: the end moves on as one nears it, and one scrolls again.
  await page().waitForFunction(() => {
    window.scrollTo(0, document.documentElement.scrollHeight)
    return document.querySelector('.cc-table tbody tr[data-index="599"]') !== null
  })
  await named(599).waitFor()
  await sound('cibles-longue-liste-320')
})

test('CAM-4: who took care of a target is read from the open target and from its card on the board', async () => {
  const { siret } = all[1]!.establishment
  const at = (hour: string) => `2026-11-2${hour}:00:00Z`
  const whole = { organisation: mission, person: null }
  service.reply(
    listAssignments,
    { ...params, siret },
    {
      items: [
        {
          at: at('4T09'),
          by: karim,
          how: null,
          reason: null,
          undone: false,
          from: whole,
          to: { organisation: mission, person: karim },
        },
        { at: at('3T09'), by: inès, how: 'zone', reason: 'Semaine du bâtiment', undone: false, from: null, to: whole },
      ],
    },
  )
  const read = async () => {
    const dialog = page().getByRole('dialog', { name: 'Qui s’en est occupé' })
    await dialog
      .getByText('Passée de la mission locale des Graves à Karim Belkacem (Mission locale des Graves)')
      .waitFor()
    await dialog.getByText('Répartition par zone, faite par Inès Garat : « Semaine du bâtiment »').waitFor()
    return dialog
  }
  for (const width of [320, 1440] as const) {
    await open(address, width)
    await named(1).press('Enter')
    await page()
      .getByRole('button', { name: 'Historique de qui s’en occupe : ÉTABLISSEMENT INVENTÉ 1', exact: true })
      .press('Enter')
    await read()
    await shoot(`cibles-historique-${width}`)
    assert.deepEqual(await axe(page()), [])
  }
  await page().keyboard.press('Escape')
  assert.match(await page().evaluate(() => document.activeElement?.textContent ?? ''), /^Historique/)
  await open(`${address}?affichage=tableau`)
  await page().getByRole('button', { name: 'Agir sur ÉTABLISSEMENT INVENTÉ 1', exact: true }).press('Enter')
  await page().getByRole('button', { name: 'Voir qui s’en est occupé' }).press('Enter')
  await read()
})

test('CAM-8: the list follows what the map shows when asked, is in the address, and comes back to the whole', async () => {
  await open(`${address}?affichage=carte`)
  await page().locator('.cc-map').scrollIntoViewIfNeeded()
  await page().locator('.cc-map__frame[data-state="ready"]').waitFor()
  const list = () => page().getByRole('list', { name: 'Cibles de la carte' })
  await list().getByRole('listitem').nth(49).waitFor()
  for (let times = 0; times < 4; times++) {
    await page().getByRole('button', { name: 'Approcher' }).press('Enter')
    await page().waitForTimeout(500)
  }
  await page().getByRole('button', { name: 'Chercher dans cette zone' }).press('Enter')
  await page()
    .getByText(/cibles? dans la zone que montrait la carte\./)
    .waitFor()
  for (const until = Date.now() + 20_000; (await list().getByRole('listitem').count()) === 50 && Date.now() < until; )
    await page().waitForTimeout(100)
  const found = await list().getByRole('listitem').count()
  assert.ok(found > 0 && found < 50, `${found} targets`)
  const { searchParams } = new URL(page().url())
  assert.match(searchParams.get('cadre') ?? '', /^44\.\d+,-0\.\d+,44\.\d+,-0\.\d+$/)
  await sound('cibles-zone-1440')
  // Sent on, the address shows the same.
  await open(`${address}?affichage=carte&cadre=${searchParams.get('cadre')}`, 320)
  await list().getByRole('listitem').first().waitFor()
  assert.equal(await list().getByRole('listitem').count(), found)
  await sound('cibles-zone-320')
  await page().getByRole('button', { name: 'Toute la campagne' }).press('Enter')
  await list().getByRole('listitem').nth(49).waitFor()
  await open(`${address}?affichage=carte&cadre=10,10,11,11`)
  await page()
    .getByText(/^Aucune cible dans la zone/)
    .waitFor()
})

test('CAM-3: the list and the board say which other campaign works a target, by its name or that one does not read it', async () => {
  const named = 'partagée avec « Hôtellerie »'
  const unread = 'partagée avec une campagne que vous ne lisez pas'
  await open(address)
  const row = (number: number) => page().locator('tbody tr', { hasText: new RegExp(`INVENTÉ ${number}(?!\\d)`, 'i') })
  await row(6).getByText(named).waitFor()
  await row(12).getByText(unread).waitFor()
  assert.equal(await page().getByText('partagée avec').count(), 2, 'the others say nothing')
  await soundAtEveryWidth('cibles-partagees')
  await open(`${address}?affichage=tableau`)
  const card = (number: number) => page().locator(`[data-card="${all[number]!.establishment.siret}"]`)
  await card(6).getByText(named).waitFor()
  await card(12).getByText(unread).waitFor()
  await sound('tableau-partages')
})
