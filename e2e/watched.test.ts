import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listConfirmations, settleConfirmations } from '../contract/people-and-rights/confirmations.ts'
import { getHabilitationsHome } from '../contract/people-and-rights/grants.ts'
import { listPeople, notYetAnomalies, watched } from '../contract/people-and-rights/people.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { pagesUnderTest } from './pages.ts'
import { me, organisations } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
})
after(() => pages?.stop())

const { jalle } = organisations
const maite = { id: '0193a000-0000-7000-80a0-000000000001', name: 'Maïté Harispe', organisationId: jalle.id }
const everywhere = async (path: string, name: string) => {
  await pages.open(path)
  await pages.page().locator('.cc-skeleton:visible').first().waitFor({ state: 'detached' })
  await pages.soundAtEveryWidth(name)
}
const texts = (selector: string) =>
  pages
    .page()
    .locator(selector)
    .allInnerTexts()
    .then(all => all.map(t => t.replaceAll(/\s+/g, ' ').trim()))
const home = {
  requests: 1,
  confirmations: 0,
  people: 46,
  everyone: true,
  suspended: 2,
  open: 12,
  supplied: 1,
  anomalies: watched.map((anomaly, i) => ({ anomaly, people: i + 1 })),
}
const nothing = {
  requests: 0,
  confirmations: 0,
  people: 46,
  everyone: true,
  suspended: 0,
  open: 0,
  supplied: 0,
  anomalies: watched.map(anomaly => ({ anomaly, people: 0 })),
}
const person = (n: number, familyName: string, anomalies: readonly (typeof watched)[number][], over = {}) => ({
  id: `0193a000-0000-7000-80a0-0000000001${String(n).padStart(2, '0')}`,
  givenName: 'Camille',
  familyName,
  function: 'Conseillère entreprises',
  status: 'active' as const,
  attachment: 'agent' as const,
  thirdParty: null,
  contractEndsOn: null,
  roles: [],
  rolesOfRegions: [],
  lastActAt: '2026-09-20T09:00:00Z',
  inactiveOn: null,
  anomalies: [...anomalies],
  grants:
    anomalies.includes('no-grant') || anomalies.includes('not-granted')
      ? []
      : [
          {
            id: `0193a000-0000-7000-80b0-0000000001${String(n).padStart(2, '0')}`,
            tool: 'campagnes' as const,
            profile: 'pilote' as const,
            territory: { id: 2033, kind: 'departement' as const, code: '33', name: 'Gironde' },
            agency: null,
            reason: 'Prospection',
            purpose: 'prospection' as const,
            duties: null,
            startsOn: '2026-01-05',
            endsOn: null,
            grantedAt: '2026-01-05T09:00:00Z',
            grantedBy: maite,
            beyondFunction: anomalies.includes('beyond-function'),
            missing: [],
          },
        ],
  ...over,
})
const people = [
  person(1, 'Arrieta', ['should-be-suspended', 'contract-over', 'never-used', 'beyond-function']),
  person(2, 'Bidart', ['never-seen', 'unused'], { lastActAt: null }),
  person(3, 'Cazenave', ['no-grant'], { lastActAt: null }),
  person(4, 'Daguerre', ['not-seen', 'soon-inactive']),
  person(5, 'Etcheverry', ['not-granted'], { lastActAt: null }),
  person(6, 'Fourcade', ['link-waiting']),
  person(7, 'Garat', [], { status: 'suspended' as const }),
]

test('ACC-14, POR-5: an account manager finds the anomalies on their page and, beside, what is none yet; the signatory, who has not that page, finds each kind', async () => {
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['rgc'] })
  pages.service.reply(getHabilitationsHome, {}, () => home)
  await everywhere('/habilitations', 'habilitations-rgc')
  const told = 'section:has(h2:text-is("À surveiller"))'
  assert.deepEqual(await texts(`${told} p`), [
    '12 anomalies à corriger dans les comptes et les habilitations, et 1 anomalie signalée par l’opérateur.',
  ])
  assert.deepEqual(await texts(`${told} li`), [
    '10 personnes dont l’inactivité entraînera la suspension dans les quatorze jours',
    '11 personnes sans habilitation depuis moins d’un mois',
    '12 personnes dont la connexion attend votre réponse',
  ])
  pages.service.reply(getHabilitationsHome, {}, () => nothing)
  await everywhere('/habilitations', 'habilitations-rgc-rien')
  assert.deepEqual(
    [await texts(`${told} p`), await texts(`${told} li`)],
    [['Aucune anomalie dans les comptes et les habilitations. Celles qui ont été corrigées'], []],
  )
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['signataire'] })
  await everywhere('/habilitations', 'habilitations-signataire-rien')
  assert.deepEqual(await texts(`${told} a`), [])
  pages.service.reply(getHabilitationsHome, {}, () => home)
  await everywhere('/habilitations', 'habilitations-signataire')
  assert.deepEqual(
    await pages
      .page()
      .locator(`${told} a`)
      .evaluateAll(links => links.map(link => link.getAttribute('href'))),
    watched.map(kind => `/habilitations/personnes?a=${kind}`),
  )
  pages.service.on(
    'GET /habilitations',
    refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
  )
  await pages.open('/habilitations')
  await pages.page().getByText('Erreur du service').waitFor({ timeout: 240_000 })
  await pages.sound('habilitations-panne')
})

test('ACC-14, POR-5: the list of people says of each why they are looked at, and is filtered by it from the address and by the list', async () => {
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['rgc'] })
  pages.service.reply(listPeople, {}, ({ search }) => {
    const items = people.filter(p => !search.has('anomaly') || p.anomalies.some(a => a === search.get('anomaly')))
    return { items, next: null, total: items.length }
  })
  await everywhere('/habilitations/personnes', 'personnes')
  assert.deepEqual((await texts('tbody tr')).length, people.length)
  for (const kind of notYetAnomalies) {
    await pages.open(`/habilitations/personnes?a=${kind}`)
    await pages.page().getByRole('table', { name: '1 personne' }).waitFor()
  }
  await pages.page().getByLabel('À regarder', { exact: true }).selectOption({ label: 'Habilitation jamais utilisée' })
  await pages.page().getByRole('link', { name: 'Camille Arrieta' }).waitFor()
  assert.match(pages.page().url(), /a=never-used/)
  pages.service.reply(listPeople, {}, () => ({ items: [], next: null, total: 0 }))
  await everywhere('/habilitations/personnes?a=unused', 'personnes-rien')
  await pages.page().getByText('Personne ne répond à ces critères').waitFor()
})

test('ACC-4, SEC-2: what waits for a second person is confirmed or refused by who may, one by one or together; who decided it reads that another confirms', async () => {
  const waiting = (n: number, over: object = {}) => ({
    id: `0193a000-0000-7000-80c0-0000000001${String(n).padStart(2, '0')}`,
    why: 'wide-perimeter' as const,
    waits: true,
    person: { id: people[n]!.id, name: `Camille ${people[n]!.familyName}`, organisationId: jalle.id },
    function: 'Conseillère entreprises',
    email: 'camille@jalle.example',
    askedBy: maite,
    askedAt: '2026-11-26T09:00:00Z',
    grant: {
      tool: 'campagnes' as const,
      profile: 'pilote' as const,
      territory: { id: 1075, kind: 'region' as const, code: '75', name: 'Nouvelle-Aquitaine' },
      agency: null,
      reason: 'Équipe régionale',
      endsOn: null,
    },
    allowed: ['settle' as const],
    ...over,
  })
  const all = [
    waiting(0),
    waiting(1, { why: 'unknown-domain', grant: null, email: 'camille.bidart@ailleurs.example' }),
    waiting(2, { allowed: [] }),
    waiting(2, {
      id: `0193a000-0000-7000-80c0-000000000199`,
      why: 'opened-and-granted',
      waits: false,
      grant: null,
      allowed: [],
    }),
  ]
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['rgc'] })
  pages.service.reply(getHabilitationsHome, {}, () => ({ ...home, confirmations: 2 }))
  await pages.open('/habilitations')
  await pages.page().getByText('2 confirmations').waitFor()
  pages.service.reply(listConfirmations, {}, () => ({ items: all, next: null, total: all.length }))
  await everywhere('/habilitations/confirmations', 'confirmations')
  await pages
    .page()
    .getByRole('button', { name: /^Confirmer pour/ })
    .first()
    .waitFor()
  assert.equal(
    await pages
      .page()
      .getByRole('button', { name: /^Confirmer pour/ })
      .count(),
    2,
  )
  await pages.page().getByText('Un autre RGC, ou le signataire, confirme').first().waitFor()
  await pages
    .page()
    .getByText('Ouvert et habilité par le seul RGC : il a déjà effet, refusez-le s’il est inconnu')
    .waitFor()
  let sent: unknown
  pages.service.reply(settleConfirmations, {}, ({ body }) => {
    sent = body
    return { settled: 1 }
  })
  await pages.page().getByRole('button', { name: 'Refuser pour Camille Bidart' }).click()
  const dialog = pages.page().getByRole('dialog')
  await dialog.getByText('Le compte est suspendu aussitôt').waitFor()
  await pages.sound('confirmations-refuser')
  await dialog.getByLabel(/^Motif/).fill('Personne ne la connaît')
  await dialog.getByRole('button', { name: 'Refuser', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(sent, { ids: [all[1]!.id], outcome: 'refused', reason: 'Personne ne la connaît' })
  pages.service.reply(listConfirmations, {}, () => ({ items: [], next: null, total: 0 }))
  await everywhere('/habilitations/confirmations', 'confirmations-rien')
})
