import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { countBulkWork } from '../contract/work-with-employers/bulk-works.ts'
import { listTargets, targetStatuses } from '../contract/work-with-employers/campaigns.ts'
import { listRecipients, listSharings, simulateSharing } from '../contract/work-with-employers/sharing.ts'
import { countTargets } from '../contract/work-with-employers/targets.ts'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'

const pages = await pagesUnderTest()
const { service, page, open, sound, soundAtEveryWidth } = pages
after(() => pages.stop())
const campaign = stub.campaign({ counts: { targets: 12, contacted: 0, undecided: 0 }, allowed: [] })
const params = { campaignId: campaign.id }
const { jalle, mission, plie } = stub.organisations
const recipient = (organisation: typeof jalle, load: number) => ({ organisation, person: null, load })
const all = Array.from({ length: 12 }, (_, number) =>
  stub.target(number, {
    status: 'a-contacter',
    takenBy: null,
    establishment: {
      ...stub.line(number),
      siret: String(90000000000010 + number * 100000),
      name: `ÉTABLISSEMENT INVENTÉ ${number}`,
    },
  }),
)
const found = (search: URLSearchParams) => (search.get('mine') ? all.slice(0, 5) : all)
const simulated = () =>
  service.calls.findLast(({ method, path }) => method === 'POST' && path.endsWith('/sharings'))!.body
before(() => {
  service.on('GET /me', { body: stub.me() })
  service.on(`GET /campaigns/${campaign.id}`, { body: campaign })
  service.reply(listSharings, params, { items: [], next: null, allowed: ['share-out'] })
  service.reply(listRecipients, params, {
    items: [recipient(jalle, 3), recipient(mission, 0), recipient(plie, 8)],
    scope: 'campaign',
  })
  service.reply(listTargets, params, ({ search }) => ({
    items: found(search),
    next: null,
    total: found(search).length,
  }))
  service.reply(countTargets, params, ({ search }) => ({
    ...stub.targetCounts(),
    total: found(search).length,
    statuses: targetStatuses.map(status => ({ status, count: status === 'a-contacter' ? found(search).length : 0 })),
    zones: [
      { zone: '33122', name: 'Cestas', count: 7 },
      { zone: '33090', name: 'Canéjan', count: 5 },
    ],
  }))
  service.reply(simulateSharing, params, {
    id: campaign.id,
    chosen: 2,
    planned: 2,
    unchanged: 0,
    unplaced: 0,
    beyondBudget: 0,
    notToContact: 0,
    lines: [{ to: { organisation: jalle, person: null }, before: 3, received: 2, given: 0, after: 5 }],
  })
})

test('CAM-4: what the list was filtered by is what is shared out', async () => {
  await open(`/campagnes/${campaign.id}?miennes=1&statut=a-contacter`)
  await page().getByRole('link', { name: 'Répartir ces cibles' }).press('Enter')
  await page()
    .getByText(/^5.cibles à répartir$/)
    .waitFor()
  assert.ok(await page().getByLabel('Les miennes').isChecked())
  await page()
    .getByRole('radio', { name: /^À la main/ })
    .check({ force: true })
  await page().getByRole('combobox', { name: 'À qui', exact: true }).selectOption({ index: 1 })
  await page().getByRole('button', { name: 'Simuler' }).press('Enter')
  await page().getByRole('heading', { name: 'Ce que cela donnerait' }).waitFor()
  assert.deepEqual(simulated().which, { filter: { status: 'a-contacter', mine: true } })
})

test('CAM-4: only those ticked, whatever the filters since; or all but those unticked', async () => {
  await open(`/campagnes/${campaign.id}/repartir`)
  await page().getByRole('button', { name: 'Choisir dans la liste' }).press('Enter')
  await page().getByRole('checkbox', { name: 'Sélectionner ÉTABLISSEMENT INVENTÉ 3' }).press('Space')
  await page()
    .getByText(/^11.cibles à répartir$/)
    .waitFor()
  await page().getByRole('button', { name: 'Seulement celles cochées' }).press('Enter')
  await page().getByText('Aucune cible à répartir').waitFor()
  await page()
    .getByRole('radio', { name: /^À la main/ })
    .check({ force: true })
  await page().getByRole('combobox', { name: 'À qui', exact: true }).selectOption({ index: 1 })
  await page().getByRole('button', { name: 'Simuler' }).press('Enter')
  await page().getByText('Cochez au moins une cible dans la liste.').waitFor()
  await page().getByRole('checkbox', { name: 'Sélectionner ÉTABLISSEMENT INVENTÉ 3' }).press('Space')
  await page().getByLabel('Les miennes').press('Space')
  await page().waitForFunction(() => document.querySelectorAll('.cc-table tbody tr').length === 5)
  await page().getByRole('checkbox', { name: 'Sélectionner ÉTABLISSEMENT INVENTÉ 1', exact: true }).press('Space')
  await page()
    .getByText(/^2.cibles à répartir$/)
    .waitFor()
  await page().getByRole('button', { name: 'Simuler' }).press('Enter')
  await page().getByRole('heading', { name: 'Ce que cela donnerait' }).waitFor()
  assert.deepEqual(simulated().which, { sirets: [all[1]!.establishment.siret, all[3]!.establishment.siret] })
  await page().evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await sound('repartir-coches-1440')
})

const bar = () => page().getByRole('region', { name: 'Cibles choisies' })
const tick = (number: number) =>
  page()
    .getByRole('checkbox', { name: `Sélectionner ÉTABLISSEMENT INVENTÉ ${number}`, exact: true })
    .press('Space')
const choose = async () => {
  await open(`/campagnes/${campaign.id}`)
  assert.equal(
    await page()
      .getByRole('checkbox', { name: /^Sélectionner/ })
      .count(),
    0,
    'none until one chooses',
  )
  await page().getByRole('button', { name: 'Sélectionner', exact: true }).press('Enter')
  await bar().getByText('Aucune cible choisie').waitFor()
}
const simulateByHand = async () => {
  await page()
    .getByRole('radio', { name: /^À la main/ })
    .check({ force: true })
  await page().getByRole('combobox', { name: 'À qui', exact: true }).selectOption({ index: 1 })
  await page().getByRole('button', { name: 'Simuler' }).press('Enter')
}

test('CAM-4, CAM-9, UX-1: targets ticked in the list by the keyboard, those alone, go to be shared out', async () => {
  await choose()
  await tick(2)
  await tick(4)
  await bar()
    .getByText(/^2.cibles choisies$/)
    .waitFor()
  assert.equal(await bar().getByRole('button', { name: 'Actions groupées' }).count(), 0, 'for who pilots alone')
  await soundAtEveryWidth('cibles-choisies')
  await bar().getByRole('button', { name: 'Répartir' }).press('Enter')
  await page()
    .getByText(/^2.cibles à répartir$/)
    .waitFor()
  await simulateByHand()
  await page().getByRole('heading', { name: 'Ce que cela donnerait' }).waitFor()
  assert.deepEqual(simulated().which, { sirets: [all[2]!.establishment.siret, all[4]!.establishment.siret] })
})

test('CAM-9: once the page is read again, targets ticked one by one are none, never all', async () => {
  await choose()
  await tick(2)
  await bar().getByRole('button', { name: 'Répartir' }).press('Enter')
  await page()
    .getByText(/^1.cible à répartir$/)
    .waitFor()
  await page().reload()
  await page().getByText('Aucune cible à répartir').waitFor()
  await simulateByHand()
  await page().getByText('Cochez au moins une cible dans la liste.').waitFor()
})

test('CAM-9: all that the filter finds but some go to the grouped acts, for who pilots', async () => {
  service.on(`GET /campaigns/${campaign.id}`, { body: { ...campaign, allowed: ['correct', 'work-targets'] } })
  await choose()
  await bar()
    .getByRole('button', { name: /^Choisir les 12.cibles trouvées$/ })
    .press('Enter')
  await tick(3)
  await bar()
    .getByText(/^11.cibles choisies$/)
    .waitFor()
  await bar().getByRole('button', { name: 'Actions groupées' }).press('Enter')
  await page()
    .getByText(/^11.cibles à mettre de côté$/)
    .waitFor()
  service.on(`GET /campaigns/${campaign.id}`, { body: campaign })
})

const given = () =>
  service.calls.findLast(({ method, path }) => method === 'POST' && path.endsWith('/bulk-works'))!.body

test('CAM-9, UX-1: an advisor gives back by the keyboard the targets ticked in the list, told which stay and why', async () => {
  service.on(`GET /campaigns/${campaign.id}`, { body: { ...campaign, allowed: ['work-targets'] } })
  service.reply(listSharings, params, { items: [], next: null, allowed: [] })
  service.reply(countBulkWork, params, {
    id: campaign.id,
    chosen: 2,
    planned: 1,
    beyondBudget: 0,
    left: [{ because: 'refused', count: 1 }],
  })
  await choose()
  await tick(2)
  await tick(4)
  await soundAtEveryWidth('cibles-a-rendre')
  await bar().getByRole('button', { name: 'Rendre' }).press('Enter')
  await page()
    .getByText(/^2.cibles à rendre$/)
    .waitFor()
  assert.equal(
    await page()
      .getByRole('radio', { name: /^Mettre de côté/ })
      .count(),
    0,
    'for who pilots alone',
  )
  assert.equal(
    await page()
      .getByRole('textbox', { name: /^Motif/ })
      .count(),
    0,
    'one’s own need none',
  )
  await page().getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page().getByRole('heading', { name: 'Ce qui changerait' }).waitFor()
  await page()
    .getByText(/^1.cible n’est pas à vous/)
    .waitFor()
  await page()
    .getByRole('button', { name: /^Rendre 1.cible$/ })
    .waitFor()
  assert.deepEqual(given(), {
    which: { sirets: [all[2]!.establishment.siret, all[4]!.establishment.siret] },
    act: { kind: 'release' },
  })
  await soundAtEveryWidth('rendre-compte')
  service.reply(listSharings, params, { items: [], next: null, allowed: ['share-out'] })
  service.on(`GET /campaigns/${campaign.id}`, { body: campaign })
})

test('CAM-9: a pilot gives back, with a reason, what others took', async () => {
  service.on(`GET /campaigns/${campaign.id}`, { body: { ...campaign, allowed: ['correct', 'work-targets'] } })
  service.reply(countBulkWork, params, {
    id: campaign.id,
    chosen: 12,
    planned: 2,
    beyondBudget: 0,
    left: [
      { because: 'reason-needed', count: 3 },
      { because: 'already', count: 7 },
    ],
  })
  await open(`/campagnes/${campaign.id}/en-nombre`)
  await page()
    .getByRole('radio', { name: /^Rendre/ })
    .check({ force: true })
  await page().getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page()
    .getByText(/^3.cibles prises par d’autres : dites le motif pour les rendre/)
    .waitFor()
  assert.deepEqual(given(), { which: { filter: {} }, act: { kind: 'release' } })
  await page()
    .getByRole('textbox', { name: /^Motif/ })
    .fill('Secteurs revus')
  await page().getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page().getByRole('heading', { name: 'Ce qui changerait' }).waitFor()
  assert.deepEqual(given().act, { kind: 'release', reason: 'Secteurs revus' })
  await soundAtEveryWidth('rendre-pilote')
  service.on(`GET /campaigns/${campaign.id}`, { body: campaign })
})

test('CAM-4: a zone goes to several at once, by the keyboard, on a phone too', async () => {
  await open(`/campagnes/${campaign.id}/repartir`)
  await page()
    .getByRole('radio', { name: /^Par zone/ })
    .check({ force: true })
  const zone = (more = '') => page().getByLabel(new RegExp(`^Cestas \\(7.cibles\\)${more}$`))
  await zone().selectOption({ index: 1 })
  await page()
    .getByRole('button', { name: /^Quelqu’un d’autre aussi : Cestas/ })
    .press('Enter')
  await zone(', et aussi').selectOption({ index: 1 })
  await soundAtEveryWidth('repartir-zones')
  await page().getByRole('button', { name: 'Simuler' }).press('Enter')
  await page().getByRole('heading', { name: 'Ce que cela donnerait' }).waitFor()
  assert.deepEqual(simulated().how, {
    kind: 'zone',
    zones: [{ zone: '33122', to: [{ organisationId: jalle.id }, { organisationId: mission.id }] }],
  })
  // The empty answer takes one away.
  await zone(', et aussi').selectOption({ index: 0 })
  const again = page().waitForResponse(answer => answer.url().endsWith('/sharings'))
  await page().getByRole('button', { name: 'Simuler' }).press('Enter')
  await again
  assert.deepEqual(simulated().how.zones[0].to, [{ organisationId: jalle.id }])
})

test('CAM-12, UX-6: past the budget of solicitations, one reason is asked for the whole sharing out, and sent', async () => {
  const simulation = { id: campaign.id, chosen: 2, planned: 2, unchanged: 0, unplaced: 0, notToContact: 0 }
  const line = { to: { organisation: jalle, person: null }, before: 3, received: 2, given: 0, after: 5 }
  service.reply(simulateSharing, params, { ...simulation, beyondBudget: 2, lines: [line] })
  const path = `/campaigns/${campaign.id}/sharings/${campaign.id}/confirm`
  service.on(`POST ${path}`, {
    status: 503,
    body: {
      type: '/api/refus/service/overloaded',
      title: 'Service très demandé',
      status: 503,
      detail: 'Réessayez.',
      code: 'service/overloaded',
      requestId: campaign.id,
    },
  })
  await open(`/campagnes/${campaign.id}/repartir`)
  await page()
    .getByRole('radio', { name: /^À la main/ })
    .check({ force: true })
  await page().getByRole('combobox', { name: 'À qui', exact: true }).selectOption({ index: 1 })
  await page().getByRole('button', { name: 'Simuler' }).press('Enter')
  await page()
    .getByText(/^2.cibles dépasseraient le budget de sollicitations/)
    .waitFor()
  await soundAtEveryWidth('repartir-budget')
  const sent = () => service.calls.filter(call => call.method === 'POST' && call.path.endsWith('/confirm'))
  await page()
    .getByRole('button', { name: /^Répartir 2.cibles$/ })
    .press('Enter')
  await page()
    .getByText(/Renseignez « Motif »/)
    .first()
    .waitFor()
  assert.equal(sent().length, 0)
  await page()
    .getByRole('textbox', { name: /^Motif Lu|^Motif \(|^Motif$/ })
    .first()
    .fill('Rentrée des apprentis')
  await page()
    .getByRole('button', { name: /^Répartir 2.cibles$/ })
    .press('Enter')
  // The reason that was missing stands as an alert too: only the answer's own words tell that it was sent.
  await page().getByText('Service très demandé').first().waitFor()
  assert.deepEqual(sent()[0]!.body, { beyondBudget: 'Rentrée des apprentis' })
})
