import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getMe } from '../contract/signing-in/identity.ts'
import { searchEstablishments } from '../contract/territory-and-register/establishments.ts'
import { listCampaigns } from '../contract/work-with-employers/campaigns.ts'
import { findBesideRegister } from '../contract/work-with-employers/finding.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  answerFacets,
  foundLines,
  leavePage,
  line,
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
const noted = [
  {
    ...line({ siret: '55500000100001', name: 'SARL GARONNE PARTICIPATIONS', sign: null }),
    position: null,
    said: { field: 'usualName' as const, value: 'Le Grenier à Pains' },
  },
  {
    ...line({ siret: '55500000100002', name: 'LES DEUX MEULES', sign: null }),
    position: null,
    said: { field: 'switchboard' as const, value: '+33556001122' },
  },
]
const answer = (items: typeof foundLines) => {
  answerFacets(service)
  answerCard(service)
  service.reply(getMe, {}, me())
  service.reply(
    searchEstablishments,
    {},
    {
      items,
      noted,
      next: null,
      total: items.length,
      understood: 'Nom ou commune : grenier',
    },
  )
  service.reply(listCampaigns, {}, { items: [], next: null, allowed: [] })
  service.reply(findBesideRegister, {}, { campaigns: [], colleagues: [], correspondents: [] })
}

test('EST-6: what the network alone calls so stands above the register’s lines, with what was noted; arrows walk through both', async () => {
  answer(foundLines)
  const page = await open(service, '/etablissements?q=grenier')
  const list = page.getByRole('list', { name: /^Connus du réseau sous ce nom/ })
  await list.getByText('Nom en usage, selon le réseau : Le Grenier à Pains', { exact: true }).waitFor()
  await list.getByText('Standard, selon le réseau : 05 56 00 11 22').waitFor()
  await page.getByRole('searchbox').first().focus()
  const link = list.getByRole('link', { name: noted[0]!.name!, exact: true })
  assert.equal(await link.getAttribute('href'), '/etablissements/55500000100001')
  await link.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const reached = await page.evaluate(() => document.activeElement?.getAttribute('data-row-stop'))
  assert.equal(reached, foundLines[0]!.siret)
  await soundAtEveryWidth(page, 'recherche-notes')
  await leavePage(service)
})

test('EST-6: found by what was noted alone: no « not found », and the palette leads there', async () => {
  answer([])
  const page = await open(service, '/etablissements?q=grenier')
  const list = page.getByRole('list', { name: /^Connus du réseau sous ce nom/ })
  await list.getByRole('link', { name: noted[0]!.name!, exact: true }).waitFor()
  assert.equal(await page.getByText('Aucun établissement pour cette recherche').count(), 0)
  assert.equal(await page.getByRole('list', { name: 'Établissements trouvés', exact: true }).count(), 0)
  await soundAtEveryWidth(page, 'recherche-notes-seules')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('grenier')
  const option = page.getByRole('option', { name: /GARONNE PARTICIPATIONS/ })
  await option.getByText(/Le Grenier à Pains/).waitFor()
  await leavePage(service)
})
