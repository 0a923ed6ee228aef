import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listAccessRequests } from '../contract/agreement/access-requests.ts'
import { listAwareness, listEquipmentValidations } from '../contract/agreement/awareness.ts'
import { listConventions } from '../contract/agreement/conventions.ts'
import { listMyRights, listPublications, listTools } from '../contract/agreement/tools.ts'
import { listFailedMails } from '../contract/notifications.ts'
import { countRightsRequests } from '../contract/oversight/rights-requests.ts'
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
  everyone: true,
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
  conventions: [],
  next: { commitments: [], conditions: null },
  deeds: [],
  events: [],
  toDeclare: [],
  unseen: [],
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
  pages.service.reply(listAwareness, {}, () => aware(0))
  pages.service.reply(listEquipmentValidations, {}, () => equipment())
}
const aware = (total: number, cuts = false) => ({ items: [], next: null, total, cuts, allowed: ['record' as const] })
const equipment = (over: Partial<Reply<typeof listEquipmentValidations>> = {}) => ({
  items: [],
  lacking: [],
  allowed: ['record' as const],
  ...over,
})
const noCounts = { all: 1, contacts: 0, rgc: 0, territories: 0, duties: 0, convention: 0, amendment: 0, receipt: 0 }
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
  pages.service.reply(getHabilitationsHome, {}, () => ({
    ...home(2, { 'contract-over': 1, 'no-grant': 2, 'not-granted': 3, 'link-waiting': 1 }, [4, 1]),
    confirmations: 2,
  }))
  pages.service.reply(getRgc, {}, () =>
    overview({
      toDeclare: [
        {
          id: '0193a000-0000-7000-80e0-000000000009',
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
          withdrawn: null,
          liftedAt: null,
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
  pages.service.reply(listAwareness, {}, () => aware(5))
  pages.service.reply(listEquipmentValidations, {}, () => equipment({ lacking: ['materiel', 'second-facteur'] }))
  await everywhere('accueil-rgc')
  assert.deepEqual(await lines(), [
    '2 demandes d’habilitation attendent votre décision.',
    '2 confirmations attendent une seconde personne : vous.',
    '4 anomalies à corriger dans les comptes et les habilitations.',
    '1 anomalie signalée par l’opérateur.',
    '3 personnes sans habilitation depuis moins d’un mois.',
    '1 personne dont la connexion attend votre réponse.',
    '1 révocation demandée par l’opérateur, à faire. À TRAITER',
    '1 départ ou absence à déclarer à l’opérateur.',
    'Revue des accès en cours : 4 lignes restent à décider. À TRAITER',
    '5 sensibilisations à la sécurité dépassées, à renouveler.',
    '2 parties de l’équipement de votre structure à valider.',
  ])
  assert.deepEqual(await menu(), [
    'Accueil',
    'Territoires',
    'Habilitations',
    'Revue des accès',
    'Rôles',
    'Conventions',
    'Journal',
    'Mon compte',
  ])
  assert.equal(await pages.page().getByRole('searchbox').count(), 0, 'no search that would only be refused')
  pages.service.reply(getHabilitationsHome, {}, () => ({
    instead: refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
  }))
  await pages.open('/')
  await pages.page().locator('.cc-home-duties li').first().waitFor({ timeout: 240_000 })
  await pages.page().getByText('Erreur du service').waitFor()
  assert.equal((await lines()).length, 5, 'what could be read is shown')
  await pages.sound('accueil-rgc-panne')
})

test('POR-5, RGC-3, ACC-11: the operator’s security officer and regional office find what waits for them', async () => {
  pages.service.reply(listDeeds, {}, () => ({
    waiting: [],
    deeds: [],
    uncertified: [],
    events: [],
    toDeclare: [],
    unseen: [],
    revocations: [],
    barred: [],
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
        reason: 'Coordonnées de 412 employeurs ou collègues lues en une heure (seuil : 300).',
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
    next: null,
    counts: { ...noCounts, all: 5, contacts: 4, rgc: 2, territories: 1, receipt: 2 },
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
    '2 conventions ont un congé ou un manquement en chemin : dites-en la réception dès que vous la savez.',
    '1 convention dont la structure n’a aucun territoire : aucune habilitation n’y ouvre. À TRAITER',
    '2 conventions sans responsable de gestion de comptes (RGC).',
    '4 conventions avec des interlocuteurs manquants.',
  ])
  await pages.page().getByRole('link', { name: '1 structure' }).last().press('Enter')
  await pages.page().waitForURL('**/revues?etat=retard')
  await pages.open('/conventions?attend=receipt')
  await pages.page().getByText('Réception d’un courrier à dire (2)').waitFor()
  await pages.soundAtEveryWidth('conventions-reception')
})

test('POR-5: a signatory finds what they have to sign, and no more once they have', async () => {
  nothing()
  let awaits: ('partenaire' | 'operateur')[] = ['partenaire', 'operateur']
  const amendmentAwaits: ('partenaire' | 'operateur')[] = ['operateur']
  pages.service.reply(listConventions, {}, () => ({
    items: [
      {
        id: '0193a000-0000-7000-80f0-000000000009',
        number: '2026-001',
        organisation: jalle,
        region: { id: 75, name: 'Nouvelle-Aquitaine' },
        state: 'sent' as const,
        awaits,
        amendmentAwaits,
        receiptsToTell: 0,
        termEndsOn: null,
        endsAt: null,
        effectiveFrom: null,
        missingContacts: [],
        withoutRgc: false,
        rgcUncertified: false,
        withoutTerritories: false,
        awarenessDue: 0,
        reviewLateSince: null,
        assessmentLateSince: null,
      },
    ],
    regions: [],
    next: null,
    counts: {
      ...noCounts,
      convention: Number(awaits.includes('partenaire')),
      amendment: Number(amendmentAwaits.includes('partenaire')),
    },
    draftIn: [],
  }))
  pages.service.reply(getHabilitationsHome, {}, () => ({ ...home(0), confirmations: 1 }))
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['signataire'] })
  await everywhere('accueil-signataire')
  assert.deepEqual(await lines(), [
    '1 confirmation attend une seconde personne : vous.',
    '1 convention attend votre signature.',
  ])
  pages.service.reply(getHabilitationsHome, {}, () => home(0))
  awaits = ['operateur']
  amendmentAwaits.push('partenaire')
  await pages.open('/')
  await pages.page().getByText('attend votre signature d’un avenant').waitFor()
  assert.deepEqual(await lines(), ['1 convention attend votre signature d’un avenant.'])
  await pages.sound('accueil-signataire-avenant')
  amendmentAwaits.pop()
  await pages.open('/')
  await pages.page().getByText('Rien ne vous attend').waitFor()
  await pages.sound('accueil-signataire-signe')
})

type Deed = Reply<typeof getRgc>['deeds'][number]
const deed = (state: Deed['state'], allowed: Deed['allowed'], over: Partial<Deed> = {}): Deed => ({
  id: '0193a000-0000-7000-80d0-000000000001',
  organisation: jalle,
  convention: { id: '0193a000-0000-7000-80c0-000000000001', number: 'CC-2026-001', state: 'in-force' },
  organisationName: jalle.name,
  siret: '24330116500011',
  address: '2 place de la Jalle, 33650 La Brède',
  signatory: { person: maite, title: 'Présidente', signedAt: null },
  members: [],
  commitments: [],
  conditions: null,
  digest: 'ab'.repeat(32),
  changes: [],
  state,
  createdAt: '2026-11-20T09:00:00Z',
  sentAt: null,
  silenceAcceptsAt: null,
  paper: null,
  contested: null,
  decision: null,
  allowed,
  ...over,
})

test('POR-5, RGC-10, AGR-13: a deed waits for who has not signed it, then for nobody here; outdated, for who proposes another; entered in the structure’s name, for its signatory', async () => {
  nothing()
  pages.service.reply(listConventions, {}, () => ({
    items: [],
    regions: [],
    next: null,
    counts: noCounts,
    draftIn: [],
  }))
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['signataire'] })
  let deeds = [deed('a-signer', ['sign', 'abandon'])]
  pages.service.reply(getRgc, {}, () => overview({ inPlace: [], deeds }))
  await everywhere('accueil-acte')
  assert.deepEqual(await lines(), ['1 acte d’engagement attend votre signature.'])
  deeds = [
    deed('a-signer', ['abandon'], {
      signatory: { person: maite, title: 'Présidente', signedAt: '2026-11-20T10:00:00Z' },
    }),
  ]
  await pages.open('/')
  await pages.page().getByText('Rien ne vous attend').waitFor()
  deeds = [
    deed('a-signer', ['abandon'], { changes: [{ kind: 'signatory', person: maite }] }),
    ...[3, 60].map(days =>
      deed('en-vigueur', ['contest'], { sentAt: new Date(Date.now() - days * 86_400_000).toISOString() }),
    ),
  ]
  await pages.open('/')
  await pages.page().locator('.cc-home-duties li').nth(1).waitFor()
  assert.deepEqual(await lines(), [
    '1 acte d’engagement que personne ne peut plus signer, le signataire ayant changé : un autre est à proposer. À TRAITER',
    '1 acte d’engagement signé à la main et saisi par l’opérateur au nom de votre structure : à vérifier.',
  ])
  await pages.soundAtEveryWidth('accueil-actes')
})

test('POR-5, RGC-9: a deed that says no more what is waits for another to be proposed; once one is, or follows it, it waits for nobody', async () => {
  nothing()
  pages.service.reply(listConventions, {}, () => ({
    items: [],
    regions: [],
    next: null,
    counts: noCounts,
    draftIn: [],
  }))
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['signataire'] })
  const changed = deed('en-vigueur', ['download'], { changes: [{ kind: 'signatory', person: maite }] })
  let deeds = [changed]
  let allowed: Reply<typeof getRgc>['allowed'] = ['propose']
  pages.service.reply(getRgc, {}, () => overview({ inPlace: [maite], deeds, allowed }))
  await pages.open('/')
  await pages.page().locator('.cc-home-duties li').first().waitFor()
  assert.deepEqual(await lines(), ['1 acte d’engagement ne dit plus ce qui est : un nouvel acte est à proposer.'])
  for (const [now, may] of [
    [[deed('a-signer', ['abandon']), changed], ['propose']],
    [[deed('en-attente', ['download']), changed], ['propose']],
    [[changed], []],
  ] as const) {
    deeds = [...now]
    allowed = [...may]
    await pages.open('/')
    await pages.page().getByText('Rien ne vous attend').waitFor()
  }
})

test('POR-5, ACC-7, AGR-12: an administrator is told what is still to publish, in order, and finds what waits for them, and nothing that does not', async () => {
  let left: Reply<typeof listPublications>['items'] = [
    { what: 'cgu', tool: null, comesOn: null },
    { what: 'cpu', tool: 'campagnes', comesOn: '2026-12-02T23:00:00.000Z' },
    { what: 'annex-4', tool: null, comesOn: null },
  ]
  pages.service.reply(listPublications, {}, () => ({ items: left, next: null }))
  pages.service.reply(listFailedMails, {}, { items: [] })
  const request = (number: number, allowed: 'decide'[] = ['decide']) => ({
    id: `0193a000-0000-7000-80f0-00000000001${number}`,
    organisation: jalle,
    by: maite,
    people: 12,
    message: '',
    requestedAt: '2026-11-20T09:00:00Z',
    decision: null,
    decidedAt: null,
    reason: null,
    next: null,
    allowed,
  })
  const requests = [request(1), request(2), request(3, [])]
  pages.service.reply(listAccessRequests, {}, () => ({
    items: requests,
    designated: null,
    candidates: [],
    allowed: [],
  }))
  pages.service.reply(listReviewsDue, {}, () => ({ items: [due({ late: true, dueOn: '2026-11-01' })], next: null }))
  pages.service.reply(
    getMe,
    {},
    { ...me(), rights: [], roles: ['administrateur'], organisation: { ...organisations.france, kind: 'operateur' } },
  )
  await everywhere('accueil-administrateur-a-publier')
  assert.deepEqual(await lines(), [
    'Conditions générales d’utilisation (CGU) à publier : sans cela, les habilitations qui en dépendent n’ouvrent rien. À TRAITER',
    'Conditions particulières d’utilisation (CPU) : Campagnes coordonnées en vigueur le 3 décembre 2026 : d’ici là, les habilitations qui en dépendent n’ouvrent rien.',
    'Annexe 4, la liste des outils communs à publier : sans cela, les habilitations qui en dépendent n’ouvrent rien. À TRAITER',
    '2 demandes d’accès à la plateforme attendent votre réponse.',
    '1 structure en retard de revue des accès. À TRAITER',
  ])
  left = []
  requests.splice(0)
  await everywhere('accueil-administrateur')
  assert.deepEqual(await lines(), ['1 structure en retard de revue des accès. À TRAITER'])
  for (const other of ['Mes campagnes', 'Mes prochaines actions', 'Campagnes que vous pilotez', 'Outils communs'])
    assert.equal(await pages.page().getByRole('heading', { name: other }).count(), 0, other)
})

test('POR-5, SEC-4, SEC-7, AGR-13: who holds a role of annex 2 finds what waits for it, and nothing of the other roles', async () => {
  nothing()
  pages.service.reply(listAwareness, {}, () => aware(1, true))
  pages.service.reply(listEquipmentValidations, {}, () => equipment({ lacking: ['reseau'] }))
  pages.service.reply(listConventions, {}, () => ({
    items: [],
    regions: [],
    next: null,
    counts: { ...noCounts, convention: 1, amendment: 1, receipt: 1 },
    draftIn: [],
  }))
  const awareness = '1 sensibilisation à la sécurité dépassée, à renouveler. À TRAITER'
  const network = '1 partie de l’équipement de votre structure à valider.'
  const letter = '1 convention a un congé ou un manquement en chemin : dites-en la réception dès que vous la savez.'
  for (const [role, found] of [
    ['responsable-formation', [awareness]],
    ['rssi', [network]],
    ['correspondant-si', [network]],
    ['responsable-operationnel', [letter]],
  ] as const) {
    pages.service.reply(getMe, {}, { ...me(), rights: [], roles: [role] })
    await pages.open('/')
    await pages.page().locator('.cc-home-duties li').first().waitFor()
    await pages.page().locator('.cc-skeleton:visible').first().waitFor({ state: 'detached' })
    assert.deepEqual(await lines(), found, role)
  }
  await pages.soundAtEveryWidth('accueil-responsable-operationnel')
  await pages.page().getByRole('link', { name: '1 convention', exact: true }).press('Enter')
  await pages.page().waitForURL('**/conventions?attend=receipt')
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['support'] })
  await pages.open('/')
  await pages.page().getByRole('heading', { name: 'Mes prochaines actions' }).waitFor()
  assert.equal(await pages.page().getByRole('heading', { name: 'À faire' }).count(), 0)
})

test('PRI-2, POR-5: a data protection officer reads how many requests their structure holds, and until when the first one may wait', async () => {
  nothing()
  let counted: Reply<typeof countRightsRequests> = { held: 0, dueOn: null }
  pages.service.reply(countRightsRequests, {}, () => counted)
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['dpd'] })
  for (const [held, dueOn, line] of [
    [3, '2026-01-07', '3 demandes de droits à traiter, la réponse la plus pressée pour le 7 janvier 2026. À TRAITER'],
    [1, '2040-01-04', '1 demande de droits à traiter, la réponse la plus pressée pour le 4 janvier 2040.'],
    [1, null, '1 demande de droits à clore : les destinataires restent à prévenir.'],
  ] as const) {
    counted = { held, dueOn }
    await pages.open('/')
    await pages.page().locator('.cc-home-duties li').first().waitFor()
    assert.deepEqual(await lines(), [line])
  }
  counted = { held: 0, dueOn: null }
  await pages.open('/')
  await pages.page().getByText('Rien ne vous attend', { exact: true }).waitFor()
})

test('SEC-7: with no validation noted yet, the page lists what the home page counts', async () => {
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['rgc'] })
  pages.service.reply(listEquipmentValidations, {}, () =>
    equipment({ lacking: ['materiel', 'reseau', 'second-facteur'] }),
  )
  await pages.open('/equipement')
  await pages.page().getByText('jamais validé : matériel, réseau et seconds facteurs').waitFor()
  await pages.soundAtEveryWidth('equipement-rien')
})
