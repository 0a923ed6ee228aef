import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import { listHistory, listHistoryChoices } from '../contract/work-with-employers/notes.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  claire,
  dayFromNow,
  exchange,
  id,
  karim,
  leavePage,
  line,
  mine,
  mission,
  open,
  openService,
  type Service,
  soundAtEveryWidth,
} from './employer-stub.ts'

type Line = Reply<typeof listHistory>['items'][number]
const { siret } = line()
const sister = `${siret.slice(0, 9)}00029`
const nadia = { id: id('f1'), name: 'Nadia Courrège, gérante' }
const campaign = { id: id('f2'), name: 'Apprentissage BTP' }

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
/** The last time that the history was asked for answers to this. */
const asked = async (wanted: (search: URLSearchParams) => boolean) => {
  const last = () => service.calls.findLast(({ path }) => path === `/api/establishments/${siret}/history`)?.search
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    const search = last()
    if (search && wanted(search)) return search
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`never asked, but ${last()}`)
}

test('EST-8: the history is filtered by advisor, by the person met and by campaign, in the address; the choices are asked for then', async () => {
  answerCard(service)
  service.reply(
    listHistoryChoices,
    { siret },
    {
      organisations: [mine, mission],
      authors: [claire, karim],
      met: [{ correspondent: nadia }],
      campaigns: [campaign],
    },
  )
  const page = await open(service, `/etablissements/${siret}`)
  await page.locator('.cc-entry').first().waitFor()
  const choices = () => service.calls.filter(({ path }) => path.endsWith('/history/choices')).length
  assert.equal(choices(), 0)
  await page.getByRole('button', { name: 'Par personne ou par campagne', exact: true }).press('Enter')
  await page.getByRole('option', { name: karim.name, exact: true }).waitFor({ state: 'attached' })
  await soundAtEveryWidth(page, 'historique-filtres')
  await page.getByRole('combobox', { name: 'Conseiller', exact: true }).selectOption({ label: karim.name })
  await asked(search => search.get('author') === karim.id)
  await page.getByRole('combobox', { name: 'Personne rencontrée', exact: true }).selectOption({ label: nadia.name })
  await asked(search => search.get('author') === karim.id && search.get('correspondent') === nadia.id)
  await page.getByRole('combobox', { name: 'Campagne', exact: true }).selectOption({ label: campaign.name })
  await page.getByRole('combobox', { name: 'Nature', exact: true }).selectOption({ label: 'Visite' })
  await asked(search => search.get('campaign') === campaign.id && search.get('channel') === 'visite')
  await page.waitForURL(`**?conseiller=${karim.id}&interlocuteur=${nadia.id}&campagne=${campaign.id}&nature=visite`)
  await leavePage(service)
  // The address opens the same page: what it narrows to is there, with its filters open.
  answerCard(service)
  service.reply(listHistory, { siret }, { items: [], next: null, total: 0 })
  const again = await open(
    service,
    `/etablissements/${siret}?conseiller=${karim.id}&periode=dates&du=${dayFromNow(-30)}&au=${dayFromNow(-3)}`,
  )
  await again.getByRole('option', { name: karim.name, exact: true }).waitFor({ state: 'attached' })
  const search = await asked(search => search.get('author') === karim.id)
  assert.deepEqual([search.get('from'), search.get('to')], [dayFromNow(-30), dayFromNow(-3)])
  assert.equal(await again.getByLabel(/^Du/).inputValue(), dayFromNow(-30))
  await again.getByRole('button', { name: 'Tout afficher', exact: true }).click()
  await asked(search => !search.has('author') && !search.has('from') && !search.has('to'))
  await leavePage(service)
  // Mended by hand, what has no meaning is left aside.
  answerCard(service)
  await open(service, `/etablissements/${siret}?conseiller=moi&nature=pigeon&periode=dates&du=hier&au=2026-02-30`)
  await asked(search => ['author', 'channel', 'kind', 'from', 'to'].every(name => !search.has(name)))
  // A day typed figure by figure asks once its year is whole.
  const before = service.calls.length
  const typed = await open(service, `/etablissements/${siret}?periode=dates`)
  await typed.getByLabel(/^Du/).focus()
  await typed.keyboard.type('10102025')
  await asked(found => found.get('from') === '2025-10-10')
  const days = service.calls
    .slice(before)
    .flatMap(({ path, search: of }) => (path.endsWith('/history') ? of.getAll('from') : []))
  assert.deepEqual([...new Set(days)], ['2025-10-10'])
  await leavePage(service)
})

test('EST-8: of two thousand lines only those in sight are drawn, numbered for who hears them; each page moves the focus to its first line', async () => {
  const count = 2000
  const lines = Array.from(
    { length: count },
    (_, at): Line => ({
      exchange: exchange({ id: id(`${at}`), occurredOn: dayFromNow(-at) }),
      note: null,
      need: null,
      service: null,
      campaign: null,
      referent: null,
    }),
  )
  answerCard(service)
  service.reply(listHistory, { siret }, ({ search }) => {
    const from = Number(search.get('after') ?? 0)
    const until = from + Number(search.get('limit') ?? 50)
    return { items: lines.slice(from, until), next: until < count ? String(until) : null, total: count }
  })
  const page = await open(service, `/etablissements/${siret}`)
  await page.getByText('20 lignes affichées sur 2 000 lignes').waitFor()
  await page.getByRole('button', { name: 'Afficher la suite', exact: true }).press('Enter')
  await page.getByText('120 lignes affichées sur 2 000 lignes').waitFor()
  await page.locator('.cc-history [data-index="20"] [data-row-stop]:focus').waitFor()
  await page.getByRole('button', { name: 'Tout afficher', exact: true }).press('Enter')
  await page
    .getByText('2 000 échanges, notes, besoins, services, étapes de campagne et changements de référent.')
    .waitFor()
  await page.getByRole('button', { name: 'Tout afficher', exact: true }).waitFor({ state: 'detached' })
  const entries = page.locator('.cc-history .cc-entry')
  for (const until = Date.now() + 60_000; (await entries.count()) > 100 && Date.now() < until; )
    await page.waitForTimeout(50)
  assert.ok((await entries.count()) <= 100)
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  const last = page.locator(`.cc-history [data-index="${count - 1}"]`)
  for (const until = Date.now() + 60_000; !(await last.count()) && Date.now() < until; ) {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await page.waitForTimeout(50)
  }
  assert.deepEqual(
    [await last.getAttribute('aria-posinset'), await last.getAttribute('aria-setsize')],
    [String(count), String(count)],
  )
  await leavePage(service)
})

test('EST-3, EST-8: the history tells who was referent, until when, why and who decided it; filtered by kind in the address', async () => {
  const change = (over: Partial<NonNullable<Line['referent']>>): Line => ({
    exchange: null,
    note: null,
    need: null,
    service: null,
    campaign: null,
    referent: {
      id: id('d1'),
      siret,
      establishmentName: 'GARONNE BOIS',
      day: dayFromNow(-20),
      at: `${dayFromNow(-20)}T09:00:00.000Z`,
      change: 'named',
      organisation: mission,
      person: karim,
      by: karim,
      byOrganisation: mission,
      reason: null,
      ...over,
    },
  })
  const ofOurs = { organisation: mine, by: claire, byOrganisation: mine }
  const named = { ...karim, id: id('d9'), name: 'Anne Laborde', organisationId: mine.id }
  answerCard(service)
  const lines = [
    change({}),
    change({
      ...ofOurs,
      id: id('d2'),
      change: 'ended',
      person: named,
      reason: 'Ne suit plus ce secteur',
      siret: sister,
    }),
    change({ ...ofOurs, id: id('d3'), change: 'replaced', person: null }),
    change({ ...ofOurs, id: id('d4'), person: named, day: dayFromNow(-200) }),
  ]
  service.reply(listHistory, { siret }, { items: lines, next: null, total: lines.length })
  const page = await open(service, `/etablissements/${siret}`)
  const said = (text: RegExp) => page.locator('.cc-entry', { hasText: text })
  await said(new RegExp(`${karim.name}.*se dit référent de cet employeur`)).waitFor()
  await said(/Anne Laborde.*n’est plus référent : « Ne suit plus ce secteur », noté par/)
    .getByRole('link', { name: 'GARONNE BOIS' })
    .waitFor()
  await said(/n’est plus référent : n’était plus en poste, remplacement noté par/).waitFor()
  await said(new RegExp(`Anne Laborde.*est nommé référent par ${claire.name}`)).waitFor()
  await page.getByText('4 échanges, notes, besoins, services, étapes de campagne et changements de référent.').waitFor()
  await soundAtEveryWidth(page, 'historique-referents')
  await page.getByRole('combobox', { name: 'Nature' }).selectOption({ label: 'Référents' })
  await page.waitForURL('**?nature=referent')
  await asked(search => search.get('kind') === 'referent')
  await page.getByText('4 changements de référent.').waitFor()
  assert.equal(await page.getByRole('button', { name: /Exporter/ }).count(), 0, 'the file is that of exchanges')
  await leavePage(service)
})
