import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getMe } from '../contract/signing-in/identity.ts'
import { countFacets, searchEstablishments } from '../contract/territory-and-register/establishments.ts'
import { hiresSought } from '../contract/territory-and-register/sought.ts'
import { listCampaigns } from '../contract/work-with-employers/campaigns.ts'
import { until } from '../server/testing/until.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  answerFacets,
  campaign,
  clpe,
  dayFromNow,
  facets,
  foundLines,
  id,
  leavePage,
  me,
  open,
  openService,
  type Service,
  soundAtEveryWidth,
} from './employer-stub.ts'

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const industry = campaign({ id: id('e1'), name: 'Industrie 2026' })
const answer = (rights = me().rights) => {
  answerFacets(service)
  answerCard(service)
  service.reply(getMe, {}, me({ rights }))
  service.reply(
    searchEstablishments,
    {},
    { items: foundLines, next: null, total: foundLines.length, understood: 'Nom : bois' },
  )
  service.reply(listCampaigns, {}, { items: [industry], next: null, allowed: [] })
}
/** Both the list and its counts are asked for with these, and without those. */
const asked = (filters: Record<string, string | null>) =>
  until(`asked with ${JSON.stringify(filters)}`, () =>
    ['/api/establishments', '/api/establishments/facets'].every(path => {
      const search = service.calls.findLast(call => call.path === path)?.search
      return search && Object.entries(filters).every(([name, value]) => search.get(name) === value)
    }),
  )

test('EST-2: a search is narrowed by last contact and by campaign; the address keeps it, the list and its counts ask the same', async () => {
  answer()
  const page = await open(service, '/etablissements?q=bois')
  await page.getByRole('button', { name: 'Jamais contactés', exact: true }).press('Enter')
  await asked({ neverContacted: 'true' })
  await page.getByRole('button', { name: 'Il y a plus de 6 mois', exact: true }).press('Enter')
  await asked({ neverContacted: null, contactedBefore: dayFromNow(-180) })
  await page.waitForURL('**&contact=avant-180')
  await page.getByLabel(/^Contactés depuis le/).fill(dayFromNow(-10))
  await asked({ contactedBefore: null, contactedSince: dayFromNow(-10) })
  await page.getByRole('button', { name: 'Industrie 2026', exact: true }).press('Enter')
  await asked({ campaign: industry.id, contactedSince: dayFromNow(-10) })
  await page.waitForURL(`**&contact=depuis-${dayFromNow(-10)}&campagne=${industry.id}`)
  await page.getByRole('button', { name: 'Dans aucune', exact: true }).press('Enter')
  await asked({ campaign: 'none' })
  assert.equal(
    await page.getByRole('button', { name: 'Dans aucune', exact: true }).getAttribute('aria-pressed'),
    'true',
  )
  await soundAtEveryWidth(page, 'recherche-contact')
  await page.getByRole('button', { name: 'Retirer les filtres', exact: true }).click()
  await page.waitForURL(url => !url.searchParams.has('contact') && !url.searchParams.has('campagne'))
  await page.getByRole('button', { name: 'Dans aucune', pressed: false, exact: true }).waitFor()
  assert.equal(await page.getByLabel(/^Contactés depuis le/).inputValue(), '')
  await leavePage(service)
})

test('EST-2: a day typed figure by figure asks once its year is whole, in a field that one does not lose', async () => {
  answer()
  const before = service.calls.length
  const page = await open(service, '/etablissements?q=bois')
  const field = page.getByLabel(/^Dernier contact avant le/)
  await field.focus()
  await page.keyboard.type('10102025')
  await asked({ contactedBefore: '2025-10-10' })
  await page.waitForURL('**&contact=avant-2025-10-10')
  assert.equal(await field.evaluate(node => node === document.activeElement), true)
  const days = service.calls.slice(before).flatMap(({ search }) => search.getAll('contactedBefore'))
  assert.deepEqual([...new Set(days)], ['2025-10-10'])
  await page.getByRole('button', { name: 'Jamais contactés', exact: true }).click()
  await asked({ neverContacted: 'true', contactedBefore: null })
  assert.equal(await field.inputValue(), '')
  await leavePage(service)
})

test('EST-2: without campaigns no filter speaks of them; an address mended by hand is read as far as it makes sense', async () => {
  answer([
    {
      tool: 'fiche-etablissement',
      profile: 'consultation',
      territory: clpe,
      reason: 'suivi',
      since: '2026-03-03',
      until: null,
    },
  ])
  const page = await open(service, '/etablissements?q=bois&contact=hier&campagne=moi')
  await page.getByText('un filtre sans valeur connue (dernier contact)').waitFor()
  await page.getByRole('button', { name: 'Jamais contactés', exact: true }).waitFor()
  await asked({ campaign: 'mine', neverContacted: null, contactedSince: null, contactedBefore: null })
  assert.equal(await page.getByRole('group', { name: 'Mes campagnes', exact: true }).count(), 0)
  await leavePage(service)
})

test('EST-2: who reads recruitment cards narrows by hires, each kind with its count; the address keeps the kind and the least', async () => {
  const right = { ...me().rights[1]!, tool: 'fiche-recrutement' } as const
  answer([...me().rights, right])
  service.reply(
    countFacets,
    {},
    {
      ...facets,
      hires: hiresSought.map((hires, at) => ({ hires, count: [84, 31, 22, 12, 60, 18, 9][at]!, more: false })),
    },
  )
  const page = await open(service, '/etablissements?q=bois')
  const group = page.getByRole('group', { name: 'Embauches des douze derniers mois' })
  await group.getByRole('button', { name: /^Toutes embauches 84/ }).waitFor()
  await group.getByRole('button', { name: /^CDI 22/ }).press('Enter')
  await page.waitForURL('**&embauches=cdi-1')
  await asked({ hires: 'cdi', hiresAtLeast: '1' })
  await page.getByLabel(/^Embauches, au moins/).selectOption({ label: '10' })
  await page.waitForURL('**&embauches=cdi-10')
  await asked({ hires: 'cdi', hiresAtLeast: '10' })
  await page.getByRole('button', { name: 'Un besoin de recrutement en cours' }).press('Enter')
  await asked({ hires: 'cdi', need: 'recrutement' })
  await page.getByLabel(/^Embauches attendues d’ici trois mois/).selectOption({ label: '5' })
  await page.waitForURL('**&attendues=5')
  await asked({ hires: 'cdi', expectedHires: '5' })
  await soundAtEveryWidth(page, 'embauches')
  await page.goBack()
  await page.goBack()
  await page.waitForURL('**&embauches=cdi-10')
  await page.getByRole('button', { name: 'Retirer les filtres' }).press('Enter')
  await page.waitForURL('**/etablissements?q=bois')
})

test('EST-2, SEC-6: without the tool no filter by hires is shown', async () => {
  answer()
  const page = await open(service, '/etablissements?q=bois')
  await page.getByRole('group', { name: 'Besoin' }).waitFor()
  assert.equal(await page.getByRole('group', { name: /^Embauches/ }).count(), 0)
  assert.equal(await page.getByLabel(/^Embauches/).count(), 0)
})

test('EST-2, REC-3: a search is narrowed by services used or not, which one and for how long; the address keeps it', async () => {
  answer()
  const page = await open(service, '/etablissements?q=bois')
  const group = page.getByRole('group', { name: 'Services de l’opérateur' })
  await group.getByRole('button', { name: 'Utilisés', exact: true }).press('Enter')
  await page.waitForURL('**&services=oui-12')
  await page.getByLabel(/^Quel service/).selectOption({ label: 'Immersion (PMSMP)' })
  await page.waitForURL('**&services=oui-12-pmsmp')
  await asked({ service: 'pmsmp', servicesNotUsedSince: null })
  await group.getByRole('button', { name: 'Non utilisés', exact: true }).press('Enter')
  await page.waitForURL('**&services=non-12-pmsmp')
  await page.getByLabel(/^Sur quelle durée/).selectOption({ label: 'Quelle que soit la date' })
  await asked({ service: 'pmsmp', servicesUsedSince: null, servicesNotUsedSince: '2000-01-01' })
  await page.waitForURL('**&services=non-pmsmp')
  await soundAtEveryWidth(page, 'services')
  await group.getByRole('button', { name: 'Non utilisés', pressed: true, exact: true }).press('Enter')
  await page.waitForURL('**/etablissements?q=bois')
  await leavePage(service)
})
