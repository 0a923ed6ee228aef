import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listAssessments, recordAssessment } from '../contract/agreement/assessments.ts'
import {
  getConvention,
  getStructureTerritories,
  listTemplates,
  nameContact,
  publishTemplate,
  settleStructureTerritories,
} from '../contract/agreement/conventions.ts'
import { listDocuments } from '../contract/agreement/texts.ts'
import { listAnnex4 } from '../contract/agreement/tools.ts'
import { listFailedMails, retryMail } from '../contract/notifications.ts'
import type { Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { resize } from './browser.ts'
import { epci } from './employer-stub.ts'
import { pagesUnderTest, widths } from './pages.ts'
import { me, organisations } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
})
after(() => pages?.stop())

const { jalle } = organisations
const everywhere = async (path: string, name: string) => {
  await pages.open(path)
  await pages
    .page()
    .locator('.fr-skeleton, .cc-skeleton')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => {})
  await pages.soundAtEveryWidth(name)
}
type Convention = Reply<typeof getConvention>
const id = '0193a000-0000-7000-80e0-000000000001'
const contact = {
  id: '0193a000-0000-7000-80e0-000000000002',
  party: 'partenaire',
  role: 'rssi',
  name: 'Référent sécurité',
  email: 'rssi@jalle-eau-bourde.example',
  telephone: null,
  startsAt: '2026-02-05T09:00:00Z',
  endsAt: null,
  regionId: null,
} as const
const territories = (
  over: Partial<Reply<typeof getStructureTerritories>> = {},
): Reply<typeof getStructureTerritories> => ({
  organisation: jalle,
  region: { id: 1075, name: 'Nouvelle-Aquitaine' },
  territories: [
    {
      ...epci,
      since: '2026-02-05T09:00:00Z',
      setBy: { id, name: 'Sylvie Barrère', organisationId: id },
      reason: 'Convention, article 3',
    },
  ],
  past: [
    {
      territory: { id: 2040, kind: 'departement', code: '40', name: 'Landes' },
      since: '2026-01-12T09:00:00Z',
      until: '2026-02-05T09:00:00Z',
      endedBy: null,
      reason: 'Hors de la communauté de communes',
    },
  ],
  allowed: [],
  ...over,
})
const convention = (over: Partial<Convention> = {}): Convention => ({
  id,
  version: 1,
  reach: 'file',
  number: '75-2026-031',
  organisation: jalle,
  region: { id: 1075, name: 'Nouvelle-Aquitaine' },
  state: 'in-force',
  createdAt: '2026-01-12T09:00:00Z',
  sentAt: '2026-02-02T09:00:00Z',
  firstTermOn: '2026-12-31',
  effectiveFrom: '2026-02-05T15:30:00Z',
  endsAt: null,
  endCause: null,
  term: { endsOn: '2026-12-31', renewal: 0, nextEndsOn: '2027-03-31' },
  terms: ['2026-12-31', '2027-03-31'],
  next: { what: 'renewal', at: '2026-12-31T23:00:00Z' },
  documentId: null,
  templateVersion: 2,
  signatories: [],
  signatures: [],
  notices: [],
  breaches: [],
  amendments: [],
  documents: [],
  contacts: [contact],
  missingContacts: [],
  unheard: [
    { party: 'partenaire', role: 'dpd' },
    { party: 'operateur', role: 'gouvernance' },
    { party: 'operateur', role: 'support' },
  ],
  actsFor: 'partenaire',
  allowed: ['name-contacts', 'read-assessments'],
  ...over,
})
const version = (kind: 'cgu' | 'cpu', n: number, over: object = {}) => ({
  id: `0193a000-0000-7000-80f0-00000000${kind === 'cgu' ? '00' : '01'}0${n}`,
  kind,
  tool: kind === 'cpu' ? ('campagnes' as const) : null,
  version: n,
  title: 'Conditions',
  hash: 'a'.repeat(64),
  inForceFrom: '2026-02-01T00:00:00Z',
  inForceUntil: null,
  state: 'in-force' as const,
  publishedAt: '2026-01-15T09:00:00Z',
  ...over,
})

test('AGR-8, AGR-9, AGR-10, UX-1: the convention’s page says which roles nobody would hear, who was told, what prevails with its dates, and the security assessment', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(getConvention, { conventionId: id }, convention())
  pages.service.reply(listAssessments, {}, { items: [], dueOn: '2026-11-05', late: true, allowed: [] })
  pages.service.reply(
    listDocuments,
    {},
    {
      items: [
        version('cgu', 2),
        version('cgu', 1, {
          state: 'replaced',
          inForceFrom: '2025-03-01T00:00:00Z',
          inForceUntil: '2026-02-01T00:00:00Z',
        }),
        version('cpu', 1),
      ],
      allowed: [],
    },
  )
  pages.service.reply(listAnnex4, {}, { items: [], allowed: [] })
  await everywhere(`/conventions/${id}`, 'convention-avis')
  const page = await pages.open(`/conventions/${id}`)
  await page
    .getByText('Du côté de l’opérateur, personne ne tient aujourd’hui les rôles « Gouvernance » et « Assistance »')
    .waitFor()
  assert.deepEqual(
    await page
      .locator('.cc-clock__days time')
      .evaluateAll(all => all.map(one => one.getAttribute('datetime')))
      .then(days => days.length - new Set(days).size),
    0,
    'one line a date',
  )
  await page.getByText('La première est due le 5 novembre 2026.').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Enregistrer une évaluation' }).count(), 0)
  assert.equal(
    await page.getByRole('link', { name: 'Version 2' }).getAttribute('href'),
    `/textes/${version('cgu', 2).id}`,
  )
  await page.getByText('1 version remplacée').click()
  await page.getByRole('link', { name: 'Version 1', exact: true }).waitFor()
  pages.service.reply(
    nameContact,
    { role: 'dpd' },
    {
      contact: { ...contact, role: 'dpd' },
      told: { mails: 2, emptyRoles: [{ party: 'operateur', role: 'gouvernance' }] },
    },
  )
  await page.getByRole('button', { name: 'Nommer : Délégué à la protection des données' }).press('Enter')
  await page.getByLabel(/^Nom/).fill('Référent')
  await page.getByLabel(/^Adresse électronique/).fill('dpd@jalle-eau-bourde.example')
  await page.getByRole('dialog').getByRole('button', { name: 'Nommer' }).press('Enter')
  await page
    .locator('.cc-notice')
    .getByText('2 courriels partent. Du côté de l’opérateur, personne ne tient le rôle « Gouvernance ».')
    .waitFor()
  await pages.sound('convention-dit-1440')
  await page.getByRole('button', { name: 'Masquer ce message' }).press('Enter')
  await page
    .getByText('2 courriels partent.', { exact: false })
    .and(page.locator('.cc-notice p'))
    .waitFor({ state: 'detached' })

  pages.service.reply(listAssessments, {}, { items: [], dueOn: '2027-02-05', late: false, allowed: ['record'] })
  const assessment = {
    id,
    assessedOn: '2026-11-20',
    outcome: '14 sur 20.',
    reference: 'SEC-2026-031',
    nextDueOn: '2027-11-20',
    recordedAt: '2026-11-25T10:00:00Z',
    by: { id, name: 'Odile Marchand', organisationId: id },
  }
  pages.service.reply(
    recordAssessment,
    {},
    {
      items: [assessment],
      dueOn: '2027-11-20',
      late: false,
      allowed: ['record'],
      told: { mails: 1, emptyRoles: [{ party: 'partenaire', role: 'rgc' }] },
    },
  )
  await pages.open(`/conventions/${id}`, 320)
  await pages.page().getByRole('button', { name: 'Enregistrer une évaluation' }).press('Enter')
  for (const [label, value] of [
    ['Faite le', '2026-11-20'],
    ['Constat', '14 sur 20.'],
    ['Référence de la pièce', 'SEC-2026-031'],
    ['Prochaine due le', '2027-11-20'],
  ] as const)
    await pages
      .page()
      .getByLabel(new RegExp(`^${label}`))
      .fill(value)
  await pages.sound('evaluation-320')
  await pages.page().getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await pages.page().getByText('L’évaluation est enregistrée. 1 courriel part.').first().waitFor()
})

test('SEC-6, UX-5: who reads the terms, or that a convention is there, is told what is kept from them, and finds no empty list', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listDocuments, {}, { items: [], allowed: [] })
  pages.service.reply(listAnnex4, {}, { items: [], allowed: [] })
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories())
  pages.service.reply(
    getConvention,
    { conventionId: id },
    convention({ reach: 'terms', contacts: [contact], unheard: [], allowed: [] }),
  )
  await everywhere(`/conventions/${id}`, 'convention-termes')
  await pages
    .page()
    .getByText(/^Vous lisez le texte en vigueur et les interlocuteurs/)
    .waitFor()
  await pages.page().getByRole('heading', { name: 'Interlocuteurs' }).waitFor()
  assert.equal(await pages.page().getByRole('heading', { name: 'Ce qui a été notifié' }).count(), 0)
  pages.service.reply(
    getConvention,
    { conventionId: id },
    convention({ reach: 'summary', contacts: [], unheard: [], allowed: [] }),
  )
  await everywhere(`/conventions/${id}`, 'convention-resume')
  for (const name of ['Interlocuteurs', 'Signataires et signatures', 'Ce qui a été notifié'])
    assert.equal(await pages.page().getByRole('heading', { name }).count(), 0, name)
})

test('ACC-15, UX-5: the territories of a structure: none yet, set with their reason, refused, out of order, and read without the button', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listAssessments, {}, { items: [], dueOn: null, late: false, allowed: [] })
  pages.service.reply(getConvention, { conventionId: id }, convention())
  pages.service.reply(
    getStructureTerritories,
    { conventionId: id },
    territories({ territories: [], past: [], allowed: ['settle'] }),
  )
  await everywhere(`/conventions/${id}`, 'territoires-aucun')
  await pages.page().getByText('Tant qu’aucun n’est réglé').waitFor()
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories({ allowed: ['settle'] }))
  await everywhere(`/conventions/${id}`, 'territoires')
  pages.service.on(
    `PUT /conventions/${id}/territories`,
    refusal(
      422,
      'structure/territories-unchanged',
      'Rien ne change',
      'Ces territoires sont déjà ceux de la structure.',
    ),
  )
  await pages.page().getByRole('button', { name: 'Régler les territoires' }).press('Enter')
  const dialog = pages.page().getByRole('dialog')
  await dialog.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await dialog.getByText('Renseignez « Motif ».').first().waitFor()
  await dialog.getByLabel(/^Motif/).fill('Convention, article 3')
  await dialog.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await dialog.getByText('Ces territoires sont déjà ceux de la structure.').waitFor()
  await pages.sound('territoires-refus')
  pages.service.reply(
    settleStructureTerritories,
    { conventionId: id },
    { ...territories({ allowed: ['settle'] }), told: { mails: 2, emptyRoles: [] } },
  )
  await dialog.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories())
  await pages.open(`/conventions/${id}`)
  await pages.page().getByText('La direction régionale de l’opérateur les règle.').waitFor()
  assert.equal(await pages.page().getByRole('button', { name: 'Régler les territoires' }).count(), 0)
  pages.service.on(
    `GET /conventions/${id}/territories`,
    refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
  )
  await pages.open(`/conventions/${id}`, 320)
  await pages.page().getByText('Erreur du service').waitFor()
  await pages.sound('territoires-erreur-320')
})

test('AGR-1, UX-1: an administrator prepares a version of the template: an unknown field is named with its line, an absent annex too, missing fields are marked in the preview', async () => {
  pages.service.reply(getMe, {}, me())
  const annexes = ['1', '1 bis', '2', '2 bis', '3', '4', '5'].map(n => `## Annexe ${n}\nTexte.`).join('\n')
  const shipped = {
    title: 'Convention',
    body: `# Convention n° {{convention.numero}}\nEntre l’opérateur et {{partenaire.nom}}.\n${annexes}`,
  }
  const placeholders = [
    { name: 'convention.numero', kind: 'text' as const, says: 'Le numéro de la convention' },
    { name: 'outils', kind: 'list' as const, says: 'Les outils communs en vigueur (annexe 4)' },
  ]
  let items: Reply<typeof listTemplates>['items'] = []
  let allowed: 'publish'[] = []
  pages.service.reply(listTemplates, {}, () => ({ items, shipped, placeholders, allowed }))
  await everywhere('/conventions/modele', 'modele-lu')
  await pages.page().getByText('Les administrateurs de l’opérateur le publient.').waitFor()
  allowed = ['publish']
  pages.service.reply(publishTemplate, {}, () => {
    items = [{ id, version: 1, ...shipped, publishedAt: '2026-11-25T10:00:00Z' }]
    return items[0]!
  })
  const page = await pages.open('/conventions/modele')
  await page.getByRole('button', { name: 'Préparer la version 1' }).press('Enter')
  await page
    .getByLabel(/^Texte, en Markdown/)
    .fill(`${shipped.body.replace('## Annexe 5', '## Autre')}\n{{partenaire.age}}`)
  await page.getByText('Ligne 17 : le champ « partenaire.age » n’existe pas.').waitFor()
  await page.getByText('Il manque l’annexe 5').waitFor()
  await pages.sound('modele-fautes-1440')
  await page.getByRole('button', { name: 'Publier la version 1' }).press('Enter')
  await page.getByText('Corrigez les champs inconnus.').first().waitFor()
  assert.equal(
    pages.service.calls.filter(c => c.path.endsWith('/convention-templates') && c.method === 'POST').length,
    0,
  )
  await page.getByLabel(/^Texte, en Markdown/).fill(shipped.body)
  await page.locator('mark', { hasText: 'Le numéro de la convention' }).waitFor()
  for (const width of [768, 320] as const) {
    await resize(page, widths[width])
    await pages.sound(`modele-ecrit-${width}`)
  }
  await page.getByRole('button', { name: 'Publier la version 1' }).press('Enter')
  await page.getByText('Texte de la version 1').waitFor()
  await pages.sound('modele-publie-320')
})

test('AGR-9, UX-1: mails that never left are read with their reason and sent again by keyboard; none, refused, in error, out of reach, each says what to do', {
  timeout: 240_000,
}, async () => {
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['cssi'] })
  type Failed = Reply<typeof listFailedMails>['items'][number]
  const mail = (n: number, over: Partial<Failed> = {}): Failed => ({
    id: `0193a000-0000-7000-80c0-00000000000${n}`,
    kind: 'review-late',
    person: { id, name: 'Maïté Harispe', organisationId: jalle.id },
    address: null,
    createdAt: '2026-11-20T09:00:00Z',
    failedAt: '2026-11-20T09:01:00Z',
    attempts: 1,
    error: 'smtp-550',
    ...over,
  })
  let items = [
    mail(1),
    mail(2, {
      kind: 'convention-notice',
      person: null,
      address: 'g…@communaute-de-communes-jalle-eau-bourde.example',
      attempts: 31,
      failedAt: null,
      error: 'ETIMEDOUT',
    }),
    mail(3, { kind: 'suspect-use', person: null, address: 'a…@operateur.example', error: 'smtp-552' }),
    mail(4, { kind: 'rgc-event-three-days', person: null, address: null, error: 'no-address' }),
    mail(5, { kind: 'grant-given', error: 'smtp-554' }),
  ]
  pages.service.reply(listFailedMails, {}, () => ({ items }))
  await everywhere('/courriels', 'courriels')
  const page = await pages.open('/courriels')
  for (const words of [
    'Revue des accès',
    'l’adresse n’existe pas ou refuse le message',
    'Usage inhabituel',
    'la boîte est pleine',
    'le compte n’a plus d’adresse',
    'refusé par le serveur de messagerie (554)',
    'le serveur de messagerie n’a pas répondu (ETIMEDOUT)',
    '31 essais',
  ])
    await page.getByText(words).first().waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /review-late|suspect-use|rgc-event/, 'no code for a word')
  pages.service.on(
    `POST /mails/${mail(1).id}/retry`,
    refusal(409, 'mail/not-failed', 'Plus en échec', 'Ce courriel est parti, il repart déjà, ou il est effacé.'),
  )
  const again = page.getByRole('button', { name: 'Renvoyer à Maïté Harispe' })
  await again.first().press('Enter')
  await page.getByText('il repart déjà').waitFor()
  await pages.sound('courriels-deja-1440')
  pages.service.reply(retryMail, { mailId: mail(1).id }, () => {
    items = items.slice(1)
    return { queued: true as const }
  })
  await again.first().press('Enter')
  await page.getByRole('table', { name: '4 courriels' }).waitFor()
  await page.getByText('il repart déjà').waitFor({ state: 'detached' })
  assert.equal(await page.getByRole('status').filter({ hasText: 'Le courriel repart.' }).count(), 1)
  items = []
  await everywhere('/courriels', 'courriels-aucun')
  await pages.page().getByText('Tous les courriels sont partis').waitFor()
  let arrive = () => {}
  pages.service.on('GET /mails/failed', {
    body: { items: [] },
    until: new Promise<void>(go => {
      arrive = go
    }),
  })
  await pages.open('/courriels')
  await pages.page().getByText('Chargement en cours').waitFor({ state: 'attached' })
  await pages.sound('courriels-attente-1440')
  arrive()
  await pages.page().getByText('Tous les courriels sont partis').waitFor()
  pages.service.on(
    'GET /mails/failed',
    refusal(
      403,
      'mail/overseers-only',
      'Réservé au CSSI et aux administrateurs',
      'Les courriels qui ne sont pas partis sont vus du correspondant sécurité de l’opérateur (CSSI) et de ses administrateurs.',
    ),
  )
  await everywhere('/courriels', 'courriels-refuses')
  await pages.page().getByText('Réservé au CSSI et aux administrateurs').waitFor()
  pages.service.on(
    'GET /mails/failed',
    refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
  )
  await pages.open('/courriels', 320)
  await pages.page().getByText('Erreur du service').waitFor()
  await pages.sound('courriels-panne-320')
  pages.service.reply(listFailedMails, {}, () => ({ items: [mail(3)] }))
  await pages.page().getByRole('button', { name: 'Réessayer' }).press('Enter')
  await pages.page().getByRole('table', { name: '1 courriel' }).waitFor()
  pages.service.lose('GET /mails/failed')
  await pages.open('/courriels')
  await pages.page().getByText('Connexion perdue').first().waitFor()
  await pages.sound('courriels-sans-reseau-1440')
})
