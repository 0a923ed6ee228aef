import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listConventions } from '../contract/agreement/conventions.ts'
import { listMyRights, listTools } from '../contract/agreement/tools.ts'
import { listFailedMails } from '../contract/notifications.ts'
import { listBlocks } from '../contract/oversight/security.ts'
import { getHabilitationsHome } from '../contract/people-and-rights/grants.ts'
import { watched } from '../contract/people-and-rights/people.ts'
import { listReviewsDue } from '../contract/people-and-rights/reviews.ts'
import { getRgc, listDeeds } from '../contract/people-and-rights/rgc.ts'
import type { Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { pagesUnderTest } from './pages.ts'
import { me, organisations } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
  pages.service.reply(listTools, {}, () => ({ annex: null, items: [], allowed: [] }))
  pages.service.reply(listMyRights, {}, () => ({
    items: [],
    accountManagers: [maite],
    trainingLeads: [],
    awareness: { lastOn: null, dueOn: '2030-01-01', cuts: false },
    allowed: [],
  }))
})
after(() => pages?.stop())

const { jalle } = organisations
const maite = { id: '0193a000-0000-7000-80a0-000000000001', name: 'Maïté Harispe', organisationId: jalle.id }
const home = (
  requests: number,
  over: Partial<Record<(typeof watched)[number], number>> = {},
  [open, supplied] = [0, 0],
) => ({
  requests,
  confirmations: 0,
  people: 6,
  suspended: 0,
  open: open!,
  supplied: supplied!,
  anomalies: watched.map(anomaly => ({ anomaly, people: over[anomaly] ?? 0 })),
})
const overview = (over: Partial<Reply<typeof getRgc>> = {}): Reply<typeof getRgc> => ({
  organisation: jalle,
  gate: null,
  inPlace: [maite],
  signatories: [],
  deeds: [],
  events: [],
  toDeclare: [],
  revocations: [],
  allowed: [],
  ...over,
})
const due = (over = {}) => ({
  organisation: jalle,
  dueOn: '2030-01-01',
  late: false,
  lastClosedAt: null,
  open: null,
  allowed: [],
  ...over,
})
const nothing = () => {
  pages.service.reply(getHabilitationsHome, {}, () => home(0))
  pages.service.reply(getRgc, {}, () => overview())
  pages.service.reply(listReviewsDue, {}, () => ({ items: [due()], next: null }))
}
const everywhere = async (name: string) => {
  await pages.open('/')
  await pages.page().getByRole('heading', { name: 'À faire' }).waitFor()
  await pages.page().locator('.cc-skeleton:visible').first().waitFor({ state: 'detached' })
  await pages.soundAtEveryWidth(name)
}
const lines = () =>
  pages
    .page()
    .locator('.cc-home-duties li')
    .allInnerTexts()
    .then(texts => texts.map(t => t.replaceAll(/\s+/g, ' ').trim()))
const menu = () => pages.page().locator('header nav a').allInnerTexts()

test('POR-5, ACC-3, ACC-8: an account manager’s first page says what waits, with the links to it, and opens no page of others', async () => {
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['rgc'] })
  nothing()
  await everywhere('accueil-rgc-rien')
  assert.match(await pages.page().locator('main').innerText(), /Rien ne vous attend/)
  pages.service.reply(getHabilitationsHome, {}, () =>
    home(2, { 'contract-over': 1, 'no-grant': 2, 'not-granted': 3 }, [4, 1]),
  )
  pages.service.reply(getRgc, {}, () =>
    overview({
      toDeclare: [
        {
          id: null,
          person: maite,
          organisation: jalle,
          kind: 'absence' as const,
          knownOn: '2026-11-20',
          declareBy: '2026-11-28',
          late: false,
          allowed: [],
        },
      ],
      revocations: [
        {
          id: '0193a000-0000-7000-80e0-000000000001',
          organisation: jalle,
          person: maite,
          reason: 'Conflit d’intérêts constaté.',
          requiredAt: '2026-11-20T09:00:00Z',
          madeAt: null,
          allowed: [],
        },
      ],
    }),
  )
  pages.service.reply(listReviewsDue, {}, () => ({
    items: [
      due({
        late: true,
        dueOn: '2026-11-01',
        open: { id: '0193a000-0000-7000-80f0-000000000001', startedAt: '2026-10-20T09:00:00Z', undecided: 4 },
      }),
    ],
    next: null,
  }))
  await everywhere('accueil-rgc')
  assert.deepEqual(await lines(), [
    '2 demandes d’habilitation attendent votre décision.',
    '4 anomalies à corriger dans les comptes et les habilitations.',
    '1 anomalie signalée par l’opérateur.',
    '3 personnes sans habilitation depuis moins d’un mois.',
    '1 révocation demandée par l’opérateur, à faire. À TRAITER',
    '1 départ ou absence à déclarer à l’opérateur.',
    'Revue des accès en cours : 4 lignes restent à décider. À TRAITER',
  ])
  assert.deepEqual(await menu(), [
    'Accueil',
    'Territoires',
    'Habilitations',
    'Revue des accès',
    'Conventions',
    'Journal',
    'Mon compte',
  ])
  assert.equal(await pages.page().getByRole('searchbox').count(), 0, 'no search that would only be refused')
  pages.service.reply(getHabilitationsHome, {}, () => ({
    instead: refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
  }))
  await pages.open('/')
  await pages.page().locator('.cc-home-duties li').first().waitFor({ timeout: 60_000 })
  await pages.page().getByText('Erreur du service').waitFor()
  assert.equal((await lines()).length, 3, 'what could be read is shown')
  await pages.sound('accueil-rgc-panne')
})

test('POR-5, RGC-3, ACC-11: the operator’s security officer and regional office find what waits for them', async () => {
  pages.service.reply(listDeeds, {}, () => ({
    deeds: [],
    certificates: [],
    events: [],
    toDeclare: [],
    revocations: [],
    withoutRgc: [jalle],
  }))
  pages.service.reply(listBlocks, {}, () => ({
    items: [
      {
        id: '0193a000-0000-7000-80b0-000000000001',
        person: maite,
        organisation: jalle,
        cause: 'suspect-use' as const,
        cuts: 'account' as const,
        grant: null,
        reason: 'Interlocuteurs de 412 employeurs lus en une heure (seuil : 300).',
        incident: null,
        blockedAt: '2026-11-25T09:12:00Z',
        by: null,
        liftedAt: null,
        liftedBy: null,
        verdict: null,
        allowed: ['lift' as const],
      },
    ],
    watched: [],
  }))
  pages.service.reply(listReviewsDue, {}, () => ({ items: [due({ late: true, dueOn: '2026-11-01' })], next: null }))
  pages.service.reply(listFailedMails, {}, () => ({
    items: [
      {
        id: '0193a000-0000-7000-80c0-000000000001',
        kind: 'review-late',
        person: null,
        address: 'accueil@jalle.example',
        error: 'smtp-550',
        attempts: 1,
        createdAt: '2026-11-20T09:00:00Z',
        failedAt: '2026-11-21T09:00:00Z',
      },
    ],
  }))
  pages.service.reply(listConventions, {}, () => ({
    items: [],
    regions: [],
    counts: { all: 5, contacts: 4, rgc: 2, duties: 0 },
    draftIn: [75],
  }))
  pages.service.reply(
    getMe,
    {},
    {
      ...me(),
      rights: [],
      roles: ['cssi', 'direction-regionale'],
      organisation: { ...organisations.france, kind: 'operateur' },
    },
  )
  await everywhere('accueil-operateur')
  assert.deepEqual(await lines(), [
    '1 accès bloqué attend votre constat. À TRAITER',
    '1 structure sous convention sans responsable de gestion de comptes (RGC).',
    '1 structure en retard de revue des accès. À TRAITER',
    '1 courriel n’est pas parti.',
    '2 conventions sans responsable de gestion de comptes (RGC).',
    '4 conventions avec des interlocuteurs manquants.',
  ])
  await pages.page().getByRole('link', { name: '1 structure' }).last().press('Enter')
  await pages.page().waitForURL('**/revues?etat=retard')
})
