import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Static } from 'typebox'
import { finishNextAction } from '../contract/work-with-employers/exchanges.ts'
import { listPortfolio, listPortfolioPoints, type PortfolioLine } from '../contract/work-with-employers/portfolio.ts'
import { listRegisterMoves } from '../contract/work-with-employers/register-moves.ts'
import { resize, widths } from './browser.ts'
import { dayLine } from './day-stub.ts'
import { nextAction } from './employer-stub.ts'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'

const pages = await pagesUnderTest()
const { service, page, open, sound, soundAtEveryWidth } = pages
after(() => pages.stop())
const campaign = { id: stub.campaign().id, name: stub.campaign().name }
const line = (number: number): Static<typeof PortfolioLine> => ({
  campaign,
  establishment: stub.line(number),
  status: 'en-cours',
  takenAt: '2026-11-01T08:00:00Z',
  new: false,
  lastContact: number % 2 ? null : { organisation: stub.organisations.mission, occurredOn: '2026-10-21' },
  nextAction: null,
  said: null,
  phone: null,
  correspondent: null,
  position: null,
  allowed: ['record', 'release'],
})
const point = (number: number, lat: number, over: object = {}) => ({
  siret: stub.line(number).siret,
  campaignId: campaign.id,
  name: stub.line(number).name,
  town: stub.line(number).town,
  closed: false,
  status: 'en-cours' as const,
  dueOn: null,
  late: false,
  phone: null,
  lat,
  lon: -0.6,
  ...over,
})
const noter = {
  id: '0193a000-0000-7000-80a0-000000000009',
  name: 'Sofia Berthomé',
  organisationId: stub.organisations.jalle.id,
}
let handed = [nextAction({ siret: stub.line(3).siret, notedBy: noter, kind: 'visite' })]
before(() => {
  service.on('GET /me', { body: stub.me('conseiller') })
  service.reply(listPortfolio, {}, () => ({
    items: [...handed.map(action => dayLine(action)), ...Array.from({ length: 10 }, (_, number) => line(number))],
    next: null,
    total: 10 + handed.length,
    counts: { all: 10 + handed.length, planned: handed.length, late: handed.length, today: 0, week: 0, new: 0 },
    campaigns: [{ ...campaign, count: 10 }],
  }))
  service.reply(
    listPortfolioPoints,
    {},
    {
      items: [
        point(0, 44.9),
        point(1, 44.5, { phone: '+33556000000', late: true, dueOn: '2026-11-20' }),
        point(2, 44.7),
      ],
      unplaced: 7,
    },
  )
  service.reply(listRegisterMoves, {}, { items: [] })
  service.reply(finishNextAction, { nextActionId: handed[0]!.id }, () => {
    const [done] = handed
    handed = []
    return { ...done!, doneAt: '2026-11-25T09:00:00Z', allowed: [] }
  })
})
const near = () => page().getByRole('region', { name: 'Autour de moi' })
const lookAround = () =>
  page()
    .getByRole('button', { name: /^Mes cibles les plus proches|^Actualiser ma position/ })
    .press('Enter')

test('CAM-4: on a phone the nearest targets are above the list, sorted by distance, and where one stands is never sent', async () => {
  await open('/portefeuille')
  await page().getByRole('table').waitFor()
  assert.ok(
    await page().evaluate(
      () =>
        !!(
          document.querySelector('.cc-nearby')!.compareDocumentPosition(document.querySelector('.cc-table')!) &
          Node.DOCUMENT_POSITION_FOLLOWING
        ),
    ),
  )
  await page().context().grantPermissions(['geolocation'])
  await page().context().setGeolocation({ latitude: 44.51, longitude: -0.6 })
  await lookAround()
  await near().getByRole('listitem').nth(2).waitFor()
  assert.deepEqual(
    (await near().locator('.cc-nearby__far').allTextContents()).map(words => words.replace(/\u00A0|\u202F/g, ' ')),
    ['1,1 km, Canéjan', '21,1 km, Saint-Jean-d’Illac', '43,4 km, Cestas'],
  )
  await near()
    .getByText(/7.cibles n’ont pas de position connue/)
    .waitFor()
  await soundAtEveryWidth('portefeuille-autour')
  assert.equal(
    service.calls.some(({ search, body }) => /44\.51/.test(`${search}${JSON.stringify(body)}`)),
    false,
  )
})

test('CAM-4: a position that the browser keeps to itself is said, and the list is there', async () => {
  await open('/portefeuille', 320)
  await page().context().clearPermissions()
  await lookAround()
  await near().getByText('Votre position n’est pas disponible').waitFor()
  await sound('portefeuille-sans-position-320')
})

test('CAM-5: what a colleague handed over is in the portfolio as the rest, says after which exchange, and is done in one press', async () => {
  await open('/portefeuille', 320)
  const row = page().getByRole('row').filter({ hasText: 'Sofia Berthomé' })
  await row.getByRole('link', { name: 'l’échange noté par Sofia Berthomé' }).waitFor()
  await row.getByRole('button', { name: /^Reporter…/ }).waitFor()
  await soundAtEveryWidth('portefeuille-confiees')
  await row.getByRole('button', { name: /^Fait/ }).press('Enter')
  await row.waitFor({ state: 'detached' })
  // One goes on from the row that took its place.
  await page().locator('[data-row-stop]:focus').waitFor()
})

test('CAM-10: the portfolio is put in order by the heads of its columns or by a list, and the address says so', async () => {
  await open('/portefeuille')
  const asked = () => service.calls.findLast(({ path }) => path === '/api/portfolio')?.search.get('sort')
  const settled = async (sort: string) => {
    for (let tries = 0; asked() !== sort; tries++) {
      assert.ok(tries < 600, `asked by ${sort}`)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  /** Pressed, a head puts in order; pressed again, it turns the order round. */
  const bothWays = async (name: string, sort: string, way: string, other: string) => {
    const head = page().getByRole('columnheader', { name: new RegExp(`^${name}`) })
    await head.getByRole('button').press('Enter')
    await settled(sort)
    assert.equal(await head.getAttribute('aria-sort'), way, name)
    await head.getByRole('button').press('Enter')
    await settled(`-${sort}`)
    assert.equal(await head.getAttribute('aria-sort'), other, name)
  }
  await settled('day')
  await resize(page(), widths.desktop)
  await page().getByRole('columnheader', { name: 'Lieu' }).getByRole('button').press('Enter')
  await settled('town')
  assert.equal(new URL(page().url()).search, '?tri=commune')
  assert.equal(await page().getByRole('columnheader', { name: 'Lieu' }).getAttribute('aria-sort'), 'ascending')
  await page().getByRole('columnheader', { name: 'Lieu' }).getByRole('button').press('Enter')
  await settled('-town')
  assert.equal(new URL(page().url()).search, '?tri=-commune')
  assert.equal(await page().getByRole('columnheader', { name: 'Lieu' }).getAttribute('aria-sort'), 'descending')
  await page().getByLabel('Trier par').selectOption('Dernier contact, le plus récent d’abord')
  await settled('-contact')
  await page().getByLabel('Trier par').selectOption('Campagne')
  await settled('campaign')
  assert.equal(new URL(page().url()).search, '?tri=campagne')
  await soundAtEveryWidth('portefeuille-par-campagne')
  await open('/portefeuille?tri=inconnu')
  await settled('day')
  await open('/portefeuille?colonnes=mots,prise,activite,siret')
  await resize(page(), widths.desktop)
  for (const [name, sort, way, other] of [
    ['Derniers mots', 'words', 'ascending', 'descending'],
    ['Prise en charge', 'taken', 'ascending', 'descending'],
    ['Activité', 'activity', 'ascending', 'descending'],
    ['SIRET', 'siret', 'ascending', 'descending'],
  ] as const)
    await bothWays(name, sort, way, other)
  await sound('portefeuille-siret')
  await open('/portefeuille?colonnes=action,effectif,nature,entreprise')
  await resize(page(), widths.desktop)
  for (const [name, sort, way, other] of [
    ['Effectif', 'headcount', 'descending', 'ascending'],
    ['Taille', 'size', 'descending', 'ascending'],
    ['Nature', 'nature', 'ascending', 'descending'],
    ['Établissement', 'name', 'ascending', 'descending'],
  ] as const)
    await bothWays(name, sort, way, other)
  // The day's order was read already; turned round, the farthest action comes first.
  const action = page().getByRole('columnheader', { name: /^Prochaine action/ })
  await action.getByRole('button').press('Enter')
  await page().waitForURL(url => !url.searchParams.has('tri'))
  await action.getByRole('button').press('Enter')
  await settled('-day')
  assert.equal(await action.getAttribute('aria-sort'), 'descending')
  await sound('portefeuille-action-inverse')
})

test('CAM-10: the columns of the portfolio are chosen, kept in the address, and give its orders', async () => {
  await open('/portefeuille')
  const heads = async () => (await page().getByRole('columnheader').allInnerTexts()).map(text => text.trim())
  await page().getByRole('columnheader', { name: 'Campagne' }).waitFor()
  await page().getByRole('button', { name: 'Colonnes' }).press('Enter')
  await page().getByRole('checkbox', { name: 'Dernier contact' }).press(' ')
  await page().getByRole('checkbox', { name: 'Campagne' }).press(' ')
  await page().getByRole('checkbox', { name: 'Derniers mots' }).press(' ')
  await page().waitForURL(url => url.searchParams.get('colonnes') === 'action,etat,lieu,contact,mots')
  await page().getByRole('columnheader', { name: 'Derniers mots' }).waitFor()
  assert.equal((await heads()).includes('Campagne'), false)
  await page()
    .getByRole('cell', { name: /21 octobre 2026.*des Graves/ })
    .first()
    .waitFor()
  await soundAtEveryWidth('portefeuille-colonnes')
  await resize(page(), widths.desktop)
  await page().getByRole('columnheader', { name: 'Dernier contact' }).getByRole('button').press('Enter')
  await page().waitForURL(url => url.searchParams.get('tri') === 'contact')
  await open('/portefeuille?colonnes=siret,telephone')
  await page().getByRole('columnheader', { name: 'SIRET' }).waitFor()
  assert.equal((await heads()).includes('Lieu'), false)
  for (const name of ['SIRET', 'Prochaine action', 'État', 'Lieu', 'Campagne']) {
    if (name === 'SIRET') await page().getByRole('button', { name: 'Colonnes' }).press('Enter')
    await page().getByRole('checkbox', { name, exact: true }).press(' ')
  }
  await page().waitForURL(url => url.search === '')
})

test('CAM-3: only a target that one may give back has the button for it', async () => {
  const lines = [line(0), { ...line(1), allowed: [] }]
  service.reply(
    listPortfolio,
    {},
    {
      items: lines,
      next: null,
      total: 2,
      counts: { all: 2, planned: 0, late: 0, today: 0, week: 0, new: 0 },
      campaigns: [{ ...campaign, count: 2 }],
    },
  )
  await open('/portefeuille')
  const row = (number: number) => page().getByRole('row', { name: new RegExp(stub.line(number).name!) })
  await row(0)
    .getByRole('button', { name: /^Rendre/ })
    .waitFor()
  assert.equal(
    await row(1)
      .getByRole('button', { name: /^Rendre/ })
      .count(),
    0,
  )
})

test('UX-1: the portfolio is in the menu of those who may take care of targets, and of them alone', async () => {
  const entry = () => page().locator('nav').getByRole('link', { name: 'Portefeuille' })
  await open('/portefeuille')
  await entry().waitFor()
  for (const kept of ['Journal', 'Sécurité', 'Habilitations', 'Personnes', 'Conventions'])
    assert.equal(
      await page().locator('nav').getByRole('link', { name: kept, exact: true }).count(),
      0,
      `« ${kept} » is not an advisor’s`,
    )
  const reader = stub.me('conseiller')
  service.on('GET /me', {
    body: { ...reader, rights: reader.rights.map(right => ({ ...right, profile: 'consultation' })) },
  })
  await open('/portefeuille')
  await page().locator('nav').getByRole('link', { name: 'Campagnes' }).waitFor()
  assert.equal(await entry().count(), 0)
})
