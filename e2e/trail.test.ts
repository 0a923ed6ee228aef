import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

type Pages = Awaited<ReturnType<typeof pagesUnderTest>>
let pages: Pages
let { service, open, sound, soundAtEveryWidth, page } = {} as Pages
const id = (n: number) => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`
const plie = { id: id(900), name: 'PLIE Portes du Sud', kind: 'plie' }
const camille = { id: id(901), name: 'Camille Essai', organisationId: plie.id }
const acts: [action: string, kind: string, subject: string, name: string | null][] = [
  ['campaign.opened', 'campaign', id(1), null],
  ['exchange.recorded', 'exchange', id(2), null],
  ['persons.read', 'establishment', '31000000000001', null],
  ['second-factors.reset', 'account', id(3), 'Dominique Exemple'],
  ['session.opened', 'session', id(4), null],
]
const entries = acts.map(([action, kind, subject, name], i) => ({
  id: id(100 + i),
  at: `2026-11-25T09:0${i}:00.000Z`,
  actor: camille,
  organisation: plie,
  action,
  subject: { kind, id: subject, name },
}))
const scopes = ['own', 'about-me', 'organisation', 'all']
before(async () => {
  pages = await pagesUnderTest()
  ;({ service, open, sound, soundAtEveryWidth, page } = pages)
  service.on('GET /me', { body: stub.me() })
  service.on('GET /trail/entries', ({ search }) => ({
    body: search.get('after')
      ? {
          items: [
            {
              ...entries[0]!,
              id: id(200),
              actor: null,
              organisation: null,
              action: 'sign-in.failed',
              subject: { kind: 'sign-in', id: id(5), name: null },
            },
          ],
          next: null,
          scopes,
        }
      : { items: entries, next: 'suite', scopes },
  }))
  service.on('GET /trail/people', { body: { items: [camille] } })
  service.on(`GET /trail/entries/${id(100)}`, {
    body: {
      ...entries[0]!,
      origin: 'a1b2c3d4e5f60718',
      requestId: id(300),
      detail: { before: { status: 'draft' }, after: { status: 'open' }, targets: 42 },
      detailState: 'shown',
      position: 1234,
    },
  })
  service.on(`GET /trail/entries/${id(101)}`, {
    body: { ...entries[1]!, origin: '', requestId: '', detail: null, detailState: 'withheld', position: null },
  })
})
after(() => pages?.stop())

const text = (words: string | RegExp) => page().getByText(words).first().waitFor()
const line = () => page().locator('.cc-table').getByText('a ouvert une campagne').first().waitFor()
const asked = () =>
  Object.fromEntries(
    service.calls.findLast(call => call.path.endsWith('/trail/entries') && call.search.get('limit') !== '1')!.search,
  )

test('SEC-1: the trail on screen, in sentences, at three widths', async () => {
  await open('/journal')
  await line()
  await soundAtEveryWidth('journal')
  assert.deepEqual(asked(), { scope: 'own' })
})

test('SEC-1: view, person, act, thing and period are in the address and asked of the service; from the keyboard', async () => {
  await open(
    `/journal?vue=organisation&personne=${camille.id}&acte=campaign.opened&nature=campaign&du=2026-11-01&au=2026-11-30`,
    768,
  )
  await line()
  assert.deepEqual(asked(), {
    scope: 'organisation',
    person: camille.id,
    action: 'campaign.opened',
    kind: 'campaign',
    from: '2026-11-01',
    to: '2026-11-30',
  })
  await page().waitForFunction(
    name => [...document.querySelectorAll('select')].some(s => s.selectedOptions[0]?.textContent === name),
    camille.name,
  )
  await sound('journal-filtres-768')
  await page().getByRole('button', { name: 'Retirer les filtres' }).press('Enter')
  await page().waitForURL(url => [...url.searchParams.keys()].join() === 'vue')
  await page().getByRole('button', { name: 'Toutes les structures' }).press('Enter')
  await page().waitForURL(url => url.searchParams.get('vue') === 'all')
  await page()
    .getByRole('button', { name: /^Ses actes/ })
    .first()
    .press('Enter')
  await page().waitForURL(url => url.searchParams.get('personne') === camille.id)
  await text('Seulement Camille Essai.')
  await page()
    .getByRole('button', { name: /^Cet objet : Établissement/ })
    .press('Enter')
  await page().waitForURL(
    url => url.searchParams.get('nature') === 'establishment' && url.searchParams.get('objet') === '31000000000001',
  )
  await page().getByRole('button', { name: 'Lever' }).press('Enter')
  await page().waitForURL(url => !url.searchParams.has('objet') && !url.searchParams.has('personne'))
  await open('/journal?vue=ailleurs&personne=x&acte=rien&nature=A&du=hier')
  await line()
  assert.deepEqual(asked(), { scope: 'own' }, 'an address that means nothing is passed over')
})

test('SEC-1: the act whole in a dialog, and back to its line; what is withheld says why; the rest of the list', async () => {
  await open('/journal?vue=all', 320)
  const detail = page().getByRole('button', { name: /^Détail : Camille Essai a ouvert une campagne/ })
  await detail.press('Enter')
  await text('oui, à la position 1234')
  await text('draft')
  await sound('journal-detail-320')
  await page().keyboard.press('Escape')
  await page().waitForFunction(() => document.activeElement?.textContent?.startsWith('Détail : Camille'))
  await open('/journal?vue=all', 1440)
  await page()
    .getByRole('button', { name: /^Détail : Camille Essai a enregistré un échange/ })
    .click()
  await text(/que votre rôle n’ouvre pas/)
  await sound('journal-detail-1440')
  await page().keyboard.press('Escape')
  await page().getByRole('button', { name: 'Afficher la suite' }).press('Enter')
  await text(/Le service, ou une personne inconnue/)
})

test('SEC-1: nothing, nothing under these filters, and a refusal are each said', async () => {
  service.on('GET /trail/entries', { body: { items: [], next: null, scopes: ['own', 'about-me'] } })
  await open('/journal', 768)
  await text('Rien dans cette vue')
  assert.equal(await page().getByRole('button', { name: 'Ma structure' }).count(), 0)
  await sound('journal-vide-768')
  await open('/journal?acte=campaign.opened', 320)
  await text('Aucun acte ne répond à ces filtres')
  await sound('journal-rien-320')
  service.on(
    'GET /trail/entries',
    refusal(
      403,
      'access/role-required',
      'Réservé à un autre rôle',
      'Cette page est réservée à un rôle que vous ne tenez pas dans votre structure.',
    ),
  )
  await open('/journal?vue=all', 768)
  await text('Réservé à un autre rôle')
  await sound('journal-refus-768')
})
