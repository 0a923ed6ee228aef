import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import { listServices } from '../contract/work-with-employers/services/services.ts'
import { closeBrowser } from './browser.ts'
import { answerCard, id, line, mine, open, openService, type Service, soundAtEveryWidth } from './employer-stub.ts'

type Known = Reply<typeof listServices>
type Used = Known['items'][number]
const { siret, name } = line()
const told = { kind: 'preselection', usedOn: '2026-05-04', endedOn: null, result: 'abouti', words: null } as const
const brought = { organisation: null, author: null }
const used = (n: number, over: Partial<Used> = {}): Used => ({
  id: id(`b${n}`),
  siret,
  establishmentName: name,
  ...told,
  source: 'import',
  ...brought,
  recordedAt: '2026-06-01T08:00:00Z',
  withdrawnAt: null,
  version: 1,
  history: [],
  allowed: [],
  ...over,
})
const former = { ...told, ...brought, change: 'imported', reason: null } as const
const corrected = used(0, {
  version: 2,
  history: [
    { ...former, version: 2, siret, at: '2026-06-01T08:00:00Z' },
    { ...former, version: 1, siret: '90000000000019', result: 'en-cours', at: '2026-05-05T08:00:00Z' },
  ],
})
const withdrawn = { withdrawnAt: '2026-07-01T08:00:00Z', organisation: mine, source: 'entered' } as const

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const answer = (items: readonly Used[], total: number) => {
  answerCard(service)
  service.reply(listServices, { siret }, { items: [...items], total, use: 'faithful', mayEnter: false })
}

test('REC-3, EST-8: the card says how many services it leaves to the history, and under which SIRET a former version was', async () => {
  const items = [corrected, ...Array.from({ length: 198 }, (_, i) => used(i + 1)), used(199, withdrawn)]
  answer(items, 1312)
  const page = await open(service, `/etablissements/${siret}`)
  const block = page.locator('#services')
  await block
    .getByText(/^Vous lisez les 200 derniers services sur 1\s312 ; l’historique de l’employeur les donne tous\.$/)
    .waitFor()
  await block.getByText('2 versions').click()
  const versions = block.locator('.cc-service__history li')
  assert.doesNotMatch((await versions.nth(0).textContent())!, /SIRET/)
  assert.match((await versions.nth(1).textContent())!, /en cours, sous le SIRET 900\s000\s000\s00019\.\s*$/)
  await soundAtEveryWidth(page, 'services-lus', { full: false })

  answer(items.slice(0, 6), 6)
  await page.reload()
  await block.getByText('Services plus anciens (2)').waitFor()
  assert.equal(await block.getByText(/derniers services/).count(), 0)
})
