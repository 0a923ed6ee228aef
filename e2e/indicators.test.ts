import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

type Pages = Awaited<ReturnType<typeof pagesUnderTest>>
let pages: Pages
let { service, open, sound, soundAtEveryWidth, page } = {} as Pages
const rowsByPage = ({ search }: { search: URLSearchParams }) => ({
  body: search.get('after')
    ? { items: [{ ...stub.rows().items[0]!, id: 'suite', label: 'DERNIÈRE LIGNE' }], next: null }
    : stub.rows(),
})
before(async () => {
  pages = await pagesUnderTest()
  ;({ service, open, sound, soundAtEveryWidth, page } = pages)
  service.on('GET /me', { body: stub.me() })
  service.on('GET /organisations', { body: stub.organisationList() })
  service.on('GET /territories', { body: stub.territoryList() })
  service.on('GET /territories/10001', { body: stub.territory() })
  service.on('GET /campaigns', { body: stub.campaignList([stub.campaign()]) })
  service.on('GET /indicators', { body: stub.figures() })
  service.on('GET /indicators/etablissements/employers', { body: stub.reachedEmployers() })
  service.on('GET /indicators/etablissements/rows', rowsByPage)
})
after(() => pages?.stop())

const text = (words: string | RegExp) => page().getByText(words).first().waitFor()
const asked = (path: string) => Object.fromEntries(service.calls.findLast(call => call.path.endsWith(path))!.search)

test('IND-1 to IND-4: the four figures with their parts, at three widths', async () => {
  await open('/indicateurs')
  for (const { title, value, parts } of stub.figures().items) {
    await page().getByRole('heading', { name: title }).waitFor()
    for (const said of [value.toLocaleString('fr-FR'), ...parts.map(part => part.label)])
      await page().getByText(said).first().waitFor()
  }
  await soundAtEveryWidth('indicateurs')
})

test('IND-6: a period that is over says that it may still move, what moved it, and why it is not frozen', async () => {
  service.on('GET /indicators', {
    body: {
      ...stub.figures(),
      moved: [
        { kind: 'cancelled', count: 1, latest: '2026-11-10T08:00:00Z' },
        { kind: 'recorded', count: 3, latest: '2026-11-12T08:00:00Z' },
      ],
    },
  })
  await open('/indicateurs', 320)
  await text(/peut encore changer.*1\séchange annulé et 3\séchanges enregistrés après coup, la dernière fois le\s12/)
  await sound('indicateurs-bouge-320')
  service.on('GET /indicators', { body: { ...stub.figures(), moved: [] } })
  await open('/indicateurs')
  await text('Rien ne l’a changé depuis son dernier jour')
  await text('la période n’est pas la somme de ses mois')
  service.on('GET /indicators', {
    body: { ...stub.figures(), from: '2026-10-01', to: '2026-10-31', moved: [], frozenForOthers: true },
  })
  await open('/indicateurs?periode=mois-dernier')
  await text('n’ont pas été arrêtés pour votre périmètre d’aujourd’hui : ils peuvent encore changer')
  assert.equal(await page().getByText('Seul un mois entier').count(), 0)
  await soundAtEveryWidth('indicateurs-pas-arretes')
  service.on('GET /indicators', { body: { ...stub.figures(), from: '2026-10-01', to: '2026-10-31', moved: [] } })
  await open(`/indicateurs?periode=mois-dernier&campagne=${stub.campaign().id}`)
  await text(/Seul un mois entier, sans filtre, est arrêté\.$/)
  service.on('GET /indicators', { body: stub.figures() })
})

const digest = '3f2a'.repeat(16)
test('IND-6: a month says until when it may move; frozen, its day, its digest to copy, and what moved since', async () => {
  service.on('GET /indicators', { body: { ...stub.figures(), moved: [], freezesOn: '2026-12-10' } })
  await open('/indicateurs?periode=mois', 320)
  await text(/Les chiffres de ce mois peuvent encore changer jusqu’au\s10\sdécembre\s2026/)
  await sound('indicateurs-a-arreter-320')

  const frozen = { at: '2026-12-10T04:20:00Z', digest }
  service.on('GET /indicators', { body: { ...stub.figures(), moved: [], frozen } })
  await open('/indicateurs?periode=mois-dernier')
  await text(/Chiffres arrêtés le\s10\sdécembre\s2026/)
  await text('Rien n’a changé depuis')
  assert.equal(await page().getByText('Cette période est finie').count(), 0)

  const items = stub
    .figures()
    .items.map(item =>
      item.code === 'etablissements'
        ? { ...item, since: -2, parts: item.parts.map((part, n) => ({ ...part, since: n ? 1 : -3 })) }
        : item,
    )
  service.on('GET /indicators', { body: { ...stub.figures(), moved: [], frozen, items } })
  await open('/indicateurs?periode=mois-dernier')
  await text('Ce qui a changé depuis est dit à côté de chaque chiffre.')
  await text(/2 de moins depuis : 185 aujourd’hui/)
  await page().getByRole('columnheader', { name: 'Aujourd’hui' }).waitFor()
  await text(digest)
  await soundAtEveryWidth('indicateurs-arretes')
  await page().context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page().getByRole('button', { name: 'Copier l’empreinte' }).press('Enter')
  await page().getByRole('button', { name: 'Copiée l’empreinte' }).waitFor()
  assert.equal(await page().evaluate(() => navigator.clipboard.readText()), digest)

  service.on('GET /indicators/etablissements/rows', {
    body: { ...stub.rows(), frozen: { ...frozen, value: 153 } },
  })
  await open('/indicateurs/etablissements?periode=mois-dernier', 768)
  await text(/Le chiffre arrêté le\s10\sdécembre\s2026 est 153\./)
  await text(/Le chiffre d’aujourd’hui est le nombre de ces lignes\./)
  await sound('indicateur-lignes-arretees-768')
  service.on('GET /indicators', { body: stub.figures() })
  service.on('GET /indicators/etablissements/rows', rowsByPage)
})

test('IND-5: period, organisation, territory and campaign are in the address and asked of the service', async () => {
  await open(
    `/indicateurs?periode=libre&du=2026-03-02&au=2026-03-08&territoire=10001&structure=${stub.organisations.plie.id}&campagne=${stub.campaign().id}`,
    768,
  )
  await text('187')
  assert.deepEqual(asked('/indicators'), {
    from: '2026-03-02',
    to: '2026-03-08',
    organisation: stub.organisations.plie.id,
    territory: '10001',
    campaign: stub.campaign().id,
  })
  await page().waitForFunction(
    () =>
      [...document.querySelectorAll<HTMLInputElement>('[role=combobox]')].map(({ value }) => value).join() ===
      'PLIE Portes du Sud,Bordeaux hors Métropole',
  )
  await sound('indicateurs-filtres-768')
  await page().getByRole('button', { name: 'Cette année' }).press('Enter')
  await page().waitForURL(url => url.searchParams.get('periode') === 'annee' && !url.searchParams.get('du'))
  await text(/du 1er janvier au 31 décembre/)
})

test('IND-5: the figures leave as a file with the filters of the page, once one says what for', async () => {
  service.on('POST /indicators/export', { body: {} })
  await open('/indicateurs?periode=annee&territoire=10001', 1440)
  await page().getByRole('button', { name: 'Exporter les chiffres' }).press('Enter')
  const dialog = page().getByRole('dialog', { name: 'Exporter : Chiffres des indicateurs' })
  await dialog.getByRole('button', { name: 'Exporter' }).press('Enter')
  await dialog.getByText('Renseignez « Pour quoi faire ».').first().waitFor()
  await dialog.getByRole('button', { name: 'Colonnes (15)' }).press('Enter')
  await dialog.getByLabel('Périmètre de lecture').waitFor()
  await soundAtEveryWidth('indicateurs-exporter')
  assert.ok(!service.calls.some(({ path }) => path.endsWith('/indicators/export')), 'without a purpose')
  await dialog.getByLabel('Pour quoi faire').fill('Conseil communautaire')
  await dialog.getByRole('button', { name: 'Exporter' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  const { from, to, territory } = asked('/indicators/export')
  assert.deepEqual([from?.slice(4), to?.slice(4), territory], ['-01-01', '-12-31', '10001'])
  const { purpose, format, columns } = service.calls.findLast(({ path }) => path.endsWith('/indicators/export'))!.body
  assert.deepEqual([purpose, format, columns.length], ['Conseil communautaire', 'xlsx', 15])
})

test('IND-5: the definition is one click away, with its version', async () => {
  await open('/indicateurs', 320)
  await page()
    .getByRole('button', { name: /Définition de « Établissements/ })
    .press('Enter')
  await text(/par la version 2, en vigueur depuis le 15 novembre 2026/)
  await text(/Version 1, pour les périodes finies avant le 15 novembre 2026/)
  await sound('indicateurs-definition-320')
  await page().keyboard.press('Escape')
})

test('IND-5, EST-14: a figure opens to the rows that make it, by nature and size too, with the same filters, and back', async () => {
  await open('/indicateurs?periode=mois')
  await page().getByRole('link', { name: 'Prospectés', exact: true }).press('Enter')
  await page().waitForURL(
    url =>
      url.pathname === '/indicateurs/etablissements' &&
      url.searchParams.get('periode') === 'mois' &&
      url.searchParams.get('part') === 'prospection',
  )
  await text('GARONNE BOIS')
  await text('Le chiffre est le nombre de ces lignes.')
  assert.equal(asked('/rows')['part'], 'prospection')
  assert.equal(
    await page().getByRole('link', { name: 'GARONNE BOIS' }).getAttribute('href'),
    `/etablissements/${stub.line(0).siret}`,
  )
  await page().getByRole('button', { name: 'Afficher la suite' }).press('Enter')
  await text('DERNIÈRE LIGNE')
  await open('/indicateurs/etablissements?periode=mois')
  await text('GARONNE BOIS')
  await soundAtEveryWidth('indicateur-lignes')
  await page().getByRole('button', { name: 'Employeur public (18)' }).press('Enter')
  await text(/^18 \(Employeur public\), /)
  assert.equal(asked('/rows')['part'], 'nature.public')
  assert.equal(
    await page()
      .getByRole('button', { name: /^Nature non renseignée/ })
      .count(),
    0,
    'nothing is in it',
  )
  await page().getByRole('button', { name: 'Taille non renseignée (5)' }).waitFor()
  await page().locator('.fr-breadcrumb').getByRole('link', { name: 'Indicateurs' }).click()
  await page().waitForURL(url => url.pathname === '/indicateurs' && url.searchParams.get('periode') === 'mois')
})

test('UX-5: zero, no rows, a refusal and an unknown figure are each said', async () => {
  service.on('GET /indicators', { body: stub.noFigure() })
  service.on('GET /indicators/campagnes/rows', { body: { items: [], next: null, total: 0 } })
  await open('/indicateurs/campagnes', 320)
  await text('Aucune ligne à vous montrer')
  await sound('indicateur-vide-320')
  await open('/indicateurs', 768)
  await page().getByRole('heading', { name: 'Usage des outils communs' }).waitFor()
  await sound('indicateurs-zero-768')
  service.on(
    'GET /indicators',
    refusal(422, 'indicator/period-reversed', 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
  )
  await open('/indicateurs?periode=libre&du=2026-03-08&au=2026-03-02', 768)
  await text('Période à l’envers')
  await sound('indicateurs-refuses-768')
  await open('/indicateurs/inconnu', 320)
  await page().getByRole('heading', { name: 'Page introuvable' }).waitFor()
})
