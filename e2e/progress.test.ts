import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { actions } from '../server/actions.ts'
import { uuidv7 } from '../server/platform/ids.ts'
import { pages as servePages } from '../server/platform/pages.ts'
import { pdfMaker } from '../server/platform/pdf.ts'
import { buildServer } from '../server/platform/server.ts'
import { addDays, parisDay, systemClock } from '../server/platform/time.ts'
import { once, openHouse, type Person } from '../server/testing/house.ts'
import { textOfPdf } from '../server/testing/pdf.ts'
import { aCampaign, insertCampaign } from '../server/work-with-employers/campaigns/testing.ts'
import {
  insertEstablishments,
  layTerritories,
  places,
  siretOf,
} from '../server/work-with-employers/campaigns/testing-world.ts'
import { progressStream } from '../server/work-with-employers/progress/progress-stream.ts'
import { campaignReport } from '../server/work-with-employers/progress/report-route.ts'
import { openPage } from './browser.ts'
import { pagesUnderTest, widths } from './pages.ts'
import * as stub from './stub-campaigns.ts'

type Pages = Awaited<ReturnType<typeof pagesUnderTest>>
let pages: Pages
let { service, open, sound, soundAtEveryWidth, page } = {} as Pages
const campaign = stub.campaign()
const tab = `/campagnes/${campaign.id}?onglet=avancement`
before(async () => {
  pages = await pagesUnderTest()
  ;({ service, open, sound, soundAtEveryWidth, page } = pages)
  service.on('GET /me', { body: stub.me() })
  service.on('GET /campaigns', { body: stub.campaignList([campaign]) })
  service.on(`GET /campaigns/${campaign.id}`, { body: campaign })
  service.on(`GET /campaigns/${campaign.id}/progress`, { body: stub.progress() })
  service.on(`GET /campaigns/${campaign.id}/stuck`, { body: stub.stuckRows() })
})
after(() => pages?.stop())

const chart = (title: string) => page().getByRole('figure', { name: title })
const drawn = (title: string) => chart(title).locator('svg.cc-plot').waitFor()

test('CAM-8, UX-1: coverage, funnel and results are drawn, each with its sentence, at three widths', async () => {
  await open(tab)
  for (const title of ['Couverture au fil des semaines', 'De la cible à l’embauche', 'Résultats des échanges'])
    await drawn(title)
  assert.equal(await page().locator('svg style').count(), 0, 'no style element: the content policy stays whole')
  assert.match(
    (await chart('Couverture au fil des semaines').getByRole('img').getAttribute('aria-label'))!.replaceAll(
      /[\u00A0\u202F]/g,
      ' ',
    ),
    /^42 cibles contactées au .*, 17 de moins qu’à un rythme égal jusqu’à l’objectif de 100\.$/,
  )
  await soundAtEveryWidth('avancement')
})

test('CAM-8: each chart has its table, the same data, one button away', async () => {
  await open(tab)
  await drawn('De la cible à l’embauche')
  for (const title of ['Couverture au fil des semaines', 'De la cible à l’embauche', 'Résultats des échanges']) {
    await chart(title).getByRole('button', { name: 'Voir le tableau' }).press('Enter')
    await chart(title).getByRole('table').waitFor()
  }
  const rows = await chart('De la cible à l’embauche').getByRole('row').allTextContents()
  assert.deepEqual(rows.map(row => row.replaceAll(/[\u00A0\u202F]/g, ' ')).slice(1), [
    'Cibles120100 %',
    'Contactées4235 %',
    'Interlocuteur joint3126 %',
    'Rendez-vous pris98 %',
    'Besoin détecté76 %',
    'Embauche22 %',
  ])
  await soundAtEveryWidth('avancement-tableaux')
  await chart('De la cible à l’embauche').getByRole('button', { name: 'Voir le graphique' }).press('Enter')
  await drawn('De la cible à l’embauche')
})

test('CAM-8: the same targets by structure, sector and its divisions, zone and size; the cut is in the address', async () => {
  await open(tab, 768)
  for (const [button, title, vue] of [
    ['Par secteur', 'Par secteur d’activité', 'secteur'],
    ['Par zone', 'Par intercommunalité', 'zone'],
    ['Par taille', 'Par taille', 'taille'],
  ] as const) {
    await page().getByRole('button', { name: button, exact: true }).press('Enter')
    await drawn(title)
    assert.equal(new URL(page().url()).searchParams.get('vue'), vue)
    await sound(`avancement-${vue}-768`)
  }
  await open(`${tab}&vue=secteur&secteur=F`, 320)
  await drawn('Construction')
  await chart('Construction').getByRole('button', { name: 'Voir le tableau' }).press('Enter')
  await chart('Construction').getByRole('rowheader', { name: 'Travaux de construction spécialisés' }).waitFor()
  await sound('avancement-division-320')
})

test('CAM-8: what is stuck stands out and opens to its list, in the address', async () => {
  await open(tab, 320)
  await page()
    .getByRole('link', { name: /4 cibles prises et sans suite/ })
    .press('Enter')
  await page().getByRole('table', { name: 'Cibles prises et sans suite' }).waitFor()
  assert.equal(
    await page().getByRole('link', { name: 'GARONNE BOIS' }).getAttribute('href'),
    `/etablissements/${stub.line(0).siret}`,
  )
  await sound('avancement-bloque-320')
  await open(`${tab}&bloque=silent&jours=30`, 768)
  await page().getByRole('table', { name: 'Structures sans activité' }).getByText('PLIE Portes du Sud').waitFor()
  assert.equal(service.calls.findLast(call => call.path.endsWith('/progress'))!.search.get('days'), '30')
  await sound('avancement-silencieuse-768')
  await page()
    .getByRole('link', { name: /69 cibles que personne n’a prises/ })
    .click()
  await page().waitForURL(url => url.searchParams.get('statut') === 'a-contacter')
})

test('CAM-8: figures by person are one’s own; for who leads, those of the structure', async () => {
  await open(tab, 768)
  await page().getByRole('heading', { name: 'Mes chiffres' }).waitFor()
  service.on(`GET /campaigns/${campaign.id}/progress`, {
    body: stub.progress({ byAdvisor: { ...stub.progress().byAdvisor, lead: true } }),
  })
  await open(tab, 320)
  await page()
    .getByRole('heading', { name: /^Conseillers de / })
    .waitFor()
  await sound('avancement-conseillers-320')
})

test('UX-5: a campaign where nothing happened yet, and one that has not begun, are said', async () => {
  const none = {
    targets: 0,
    contacted: 0,
    weeks: [],
    goal: null,
    funnel: stub.progress().funnel.map(step => ({ ...step, count: 0 })),
    bySector: [],
    bySize: [],
    byZone: { kind: 'epci' as const, lines: [] },
    byResult: { lines: [], hidden: 0 },
    byAdvisor: { lead: false, lines: [] },
    stuck: { days: 14, counts: [] },
  }
  service.on(`GET /campaigns/${campaign.id}/progress`, { body: stub.progress(none) })
  await open(`${tab}&vue=zone`, 320)
  await page().getByText('Rien n’est bloqué').waitFor()
  await page().getByText('Aucun résultat que vous puissiez lire.').waitFor()
  await sound('avancement-vide-320')
})

/* The same page over the real service: two record, a third watches. */

const shops = Array.from({ length: 8 }, (_, n) => siretOf(n + 1))
const day = parisDay(systemClock())
const rights = (profile: 'conseiller' | 'pilote') =>
  [
    { tool: 'campagnes', profile, territoryId: places.coeur },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.coeur },
  ] as const

test('CAM-8: two advisors of two structures record at once, and a third person sees the progress move, without a gesture', {
  timeout: 120_000,
}, async t => {
  const house = await openHouse(actions)
  t.after(() => house.close())
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    shops.map(siret => ({ siret, commune: '33001' })),
  )
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais', kind: 'epci' }),
    await house.organisation({ name: 'Mission locale des Essais', kind: 'mission-locale' }),
  ]
  const [ines, claire, karim] = [
    await house.person(cc.id, [...rights('pilote')]),
    await house.person(cc.id, [...rights('conseiller')]),
    await house.person(mission.id, [...rights('conseiller')]),
  ]
  const { id } = await insertCampaign(
    house.owner,
    aCampaign({
      name: 'Campagne suivie',
      status: 'open',
      pilotId: cc.id,
      memberIds: [mission.id],
      territoryId: places.coeur,
      place: { regionId: places.aquitaine, departementId: places.gironde, epciId: places.graves, clpeId: places.coeur },
      startsOn: addDays(day, -10),
      endsOn: addDays(day, 30),
      goals: [{ kind: 'etablissements-contactes', value: 4 }],
    }),
    ines.id,
    shops,
  )
  const server = await buildServer({
    database: house.database,
    actions,
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    exceptions: [
      progressStream({ database: house.database, listenUrl: house.urls.webUrl, secure: false, clock: systemClock }),
      campaignReport({
        database: house.database,
        makePdf: pdfMaker(),
        originKey: Buffer.alloc(32),
        secure: false,
        clock: systemClock,
        newId: uuidv7,
      }),
      servePages(join(import.meta.dirname, '../dist')),
    ],
  })
  t.after(() => server.close())
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const { page: watcher, context, violations } = await openPage(url, widths[1440])
  t.after(() => context.close())
  await context.addCookies([{ name: 'session', value: ines.cookie.slice('session='.length), url }])
  const record = async (who: Person, n: number, result: object) => {
    const answer = await house.call(
      who,
      'POST',
      '/exchanges',
      { siret: String(shops[n]), campaignId: id, occurredOn: day, channel: 'telephone', ...result },
      once(),
    )
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body.id as string
  }
  const share = (percent: number) => watcher.getByText(new RegExp(`^contactés \\(${percent}\\s%\\)$`)).waitFor()
  const line = (name: string, figures: RegExp) =>
    watcher
      .getByRole('table', { name: 'Avancement par structure' })
      .getByRole('row', { name: figures })
      .filter({ hasText: name })
      .waitFor()

  await watcher.goto(`/campagnes/${id}?onglet=avancement`)
  await watcher.getByText(/^En direct/).waitFor()
  await share(0)
  await watcher.evaluate(() => {
    ;(window as { stayed?: boolean }).stayed = true
  })
  const [, wrong] = await Promise.all([
    record(claire, 0, { result: 'besoin-detecte', need: 'Un apprenti' }),
    record(karim, 1, { result: 'absent' }),
  ])
  await share(25)
  await line('CC des Essais', /0 1 /)
  await line('Mission locale des Essais', /0 1 /)
  await watcher.getByText('2 sur 4', { exact: true }).waitFor()
  await record(karim, 2, { result: 'absent' })
  await share(38)
  assert.equal(
    (await house.call(karim, 'POST', `/exchanges/${wrong}/cancel`, { reason: 'Erreur' }, once())).status,
    200,
  )
  await share(25)
  assert.equal(
    await watcher.evaluate(() => (window as { stayed?: boolean }).stayed),
    true,
    'the page was never loaded again',
  )

  const [file] = await Promise.all([
    watcher.waitForEvent('download'),
    watcher.getByRole('button', { name: 'Rapport (PDF)' }).press('Enter'),
  ])
  assert.equal(file.suggestedFilename(), `rapport-campagne-suivie-${day}.pdf`)
  assert.match(textOfPdf(await readFile(await file.path())), /2 établissements contactés sur 8 \(25 %\)/)
  assert.deepEqual(violations, [])
})
