import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listAssessments, recordAssessment } from '../contract/agreement/assessments.ts'
import {
  type changeOperatorIdentity,
  type changePartyIdentity,
  completeSigner,
  correctDate,
  getConvention,
  getOperatorIdentity,
  getPartyIdentity,
  getStructureTerritories,
  listTemplates,
  nameContact,
  publishTemplate,
  type settlePartySiret,
} from '../contract/agreement/conventions.ts'
import { listDisagreements } from '../contract/agreement/disagreements.ts'
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
  pages.service.reply(getPartyIdentity, { conventionId: id }, party())
  pages.service.reply(getOperatorIdentity, {}, { version: 0, history: [], allowed: [] })
})
after(() => pages?.stop())

const { jalle } = organisations
const everywhere = async (path: string, name: string) => {
  await pages.open(path)
  await pages.page().locator('.fr-skeleton, .cc-skeleton').first().waitFor({ state: 'detached' })
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
const disagreements: Reply<typeof listDisagreements> = {
  convention: { id, number: '75-2026-001', organisation: jalle },
  items: [],
  actsFor: null,
  allowed: [],
}
const party = (over: Partial<Reply<typeof getPartyIdentity>> = {}): Reply<typeof getPartyIdentity> => {
  const before = {
    version: 1,
    cause: 'registered',
    since: '2026-01-12',
    siret: '73282932000074',
    name: 'CC de la Jalle',
    kind: 'epci',
    address: null,
    reason: null,
    recordedBy: null,
    recordedAt: '2026-01-12T09:00:00Z',
  } as const
  const now = {
    version: 2,
    cause: 'merger',
    since: '2026-06-01',
    name: jalle.name,
    address: '2 quai de l’Essai, 33000 Bordeaux',
    reason: 'Fusion',
  } as const
  return { organisation: jalle, version: 2, sirets: [], history: [{ ...before, ...now }, before], allowed: [], ...over }
}
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
      amendment: null,
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
  version: 3,
  byAmendment: false,
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
  otherInForce: false,
  signatories: [],
  signatures: [],
  signers: [],
  deputies: [],
  ownSigners: [],
  notices: [],
  breaches: [],
  corrections: [],
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
  entersFor: [],
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
  cancelled: null,
  ...over,
})

test('AGR-8, AGR-9, AGR-10, UX-1: the convention’s page says which roles nobody would hear, who was told, what prevails with its dates, and the security assessment', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(getConvention, { conventionId: id }, convention())
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories())
  pages.service.reply(listAssessments, {}, { items: [], dueOn: '2026-11-05', late: true, allowed: [] })
  pages.service.reply(listDisagreements, { conventionId: id }, disagreements)
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
  await page.getByText('1 autre version').click()
  await page.getByRole('link', { name: 'Version 1', exact: true }).waitFor()
  pages.service.reply(
    nameContact,
    { role: 'dpd' },
    {
      contact: { ...contact, role: 'dpd' },
      told: { mails: 2, emptyRoles: [{ party: 'operateur', role: 'gouvernance' }] },
      partners: 0,
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
  const recorded: Reply<typeof recordAssessment> = {
    items: [assessment],
    dueOn: '2027-11-20',
    late: false,
    allowed: ['record'],
    told: { mails: 1, emptyRoles: [{ party: 'partenaire', role: 'rgc' }] },
  }
  let proven = false
  pages.service.reply(recordAssessment, {}, () =>
    proven
      ? recorded
      : {
          instead: refusal(
            403,
            'session/step-up-required',
            'Confirmation nécessaire',
            'Cette action demande de confirmer de nouveau votre second facteur.',
          ),
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
  const recording = pages.page().getByRole('dialog', { name: /^Évaluation de la sécurité/ })
  await recording.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await pages.page().getByRole('dialog', { name: 'Confirmez votre identité' }).waitFor()
  await pages.page().keyboard.press('Escape')
  await recording.getByText('Confirmation nécessaire').waitFor()
  assert.equal(await recording.getByLabel(/^Constat/).inputValue(), '14 sur 20.', 'what was typed stays')
  proven = true
  await recording.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await pages.page().getByText('L’évaluation est enregistrée. 1 courriel part.').first().waitFor()
})

test('AGR-13, UX-1: a contested paper says that nobody signs it any more, one to be confirmed that it waits; a correction asks one’s own dates alone, and says why it is refused', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listDisagreements, { conventionId: id }, disagreements)
  pages.service.reply(listDocuments, {}, { items: [], allowed: [] })
  pages.service.reply(listAnnex4, {}, { items: [], allowed: [] })
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories())
  const signature = {
    id,
    enteredByOther: true,
    answer: { answer: 'contest', reason: 'Signature imitée', at: '2026-02-06T09:00:00Z' },
    allowed: ['confirm'],
    correctableUntil: null,
    byAnother: false,
    party: 'partenaire',
    signerName: 'Camille Essai',
    signedAt: '2026-02-04T23:00:00Z',
    how: 'papier',
    sha256: 'a'.repeat(64),
    documentId: id,
    signedDocumentId: null,
    intact: true,
    amendmentId: null,
  } satisfies Convention['signatures'][number]
  const signatory = {
    party: 'partenaire',
    name: 'Camille Essai',
    capacity: 'Présidente',
    act: 'Délibération 2026-12',
    actOn: '2026-01-10',
    localAuthority: false,
    prefectureOn: null,
    publishedOn: null,
    designatesRgc: false,
    actDocumentId: null,
    contestableUntil: null,
    warnings: [],
  } satisfies Convention['signatories'][number]
  const signing = {
    state: 'sent',
    documentId: id,
    effectiveFrom: null,
    term: null,
    next: null,
    unheard: [],
    signatories: [signatory, { ...signatory, party: 'operateur' }],
    allowed: [],
  } satisfies Partial<Convention>
  pages.service.reply(getConvention, { conventionId: id }, convention({ ...signing, signatures: [signature] }))
  await everywhere(`/conventions/${id}`, 'signature-contestee')
  const page = pages.page()
  await page.getByText(/^Une signature enregistrée à la main est contestée : personne ne signe plus/).waitFor()
  await page.getByText(/« Signature imitée » Sans effet\./).waitFor()
  await page.getByText('Signé par Camille Essai le 4 février 2026, sur papier').waitFor()
  await page.getByText(/^signature contestée de la CC Jalle-Eau-Bourde/).waitFor()

  const waits = {
    ...signature,
    party: 'operateur',
    answer: null,
    allowed: [],
  } satisfies Convention['signatures'][number]
  pages.service.reply(getConvention, { conventionId: id }, convention({ ...signing, signatures: [waits] }))
  await everywhere(`/conventions/${id}`, 'signature-a-confirmer')
  await page
    .getByText('À signer par les deux parties. La signature de l’opérateur, enregistrée par le partenaire, compte')
    .waitFor()

  const notice = {
    id,
    enteredByOther: false,
    answer: null,
    allowed: ['correct'],
    correctableUntil: '2026-05-30T09:00:00Z',
    receiptDocumentId: null,
    told: ['receivedOn'],
    party: 'operateur',
    channel: 'courrier',
    sentOn: '2026-02-20',
    receivedOn: '2026-02-28',
    endsAt: '2026-03-28T23:00:00Z',
    documentId: null,
    withdrawn: null,
  } satisfies Convention['notices'][number]
  pages.service.reply(
    getConvention,
    { conventionId: id },
    convention({ state: 'notice-given', endsAt: notice.endsAt, notices: [notice], unheard: [] }),
  )
  const asked: { confirms?: unknown }[] = []
  pages.service.reply(correctDate, { conventionId: id }, ({ body }) => {
    asked.push(body)
    return 'confirms' in body
      ? {
          instead: refusal(
            409,
            'convention/nothing-to-correct',
            'Rien à corriger',
            'Ces dates sont déjà celles qui sont enregistrées.',
          ),
        }
      : {
          instead: refusal(409, 'convention/confirm-end', 'Fin à confirmer', 'Relisez les dates.', {
            facts: { endsAt: '2026-03-27T23:00:00Z' },
          }),
        }
  })
  await pages.open(`/conventions/${id}`)
  await page.getByRole('button', { name: 'Corriger une date' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Corriger une date' })
  await dialog.getByLabel(/^Reçue le/).waitFor()
  assert.equal(await dialog.getByLabel(/^Envoyée le/).count(), 0, 'the other party told it')
  await dialog.getByLabel(/^Motif/).fill('Erreur de jour')
  await dialog.getByRole('button', { name: 'Corriger', exact: true }).press('Enter')
  await dialog.getByText(/La convention prend fin le 27 mars 2026/).waitFor()
  await pages.soundAtEveryWidth('correction-a-confirmer')
  await dialog.getByRole('button', { name: 'Confirmer cette fin' }).press('Enter')
  await dialog.getByText('Ces dates sont déjà celles qui sont enregistrées.').waitFor()
  assert.deepEqual(
    asked.map(({ confirms }) => confirms),
    [undefined, '2026-03-27T23:00:00Z'],
  )
  await pages.soundAtEveryWidth('correction-refusee')
})

test('AGR-11, UX-1: the act of who signed in another’s place is completed once the prefecture and the publication are known; what was completed, by whom and when stay in sight', async () => {
  pages.service.reply(getMe, {}, me())
  const named = { amendmentId: null, party: 'partenaire', mine: false, linked: true, deputyId: null } as const
  const by = { id, name: 'Inès Garat', organisationId: jalle.id }
  type Replacement = NonNullable<Convention['signers'][number]['replacement']>
  const act = (over: Partial<Replacement>): Convention =>
    convention({
      actsFor: 'partenaire',
      signatories: [
        {
          party: 'partenaire',
          name: 'Gilles Arnaudin',
          capacity: 'Président',
          act: 'Délibération 2026-03',
          actOn: '2026-01-15',
          localAuthority: true,
          prefectureOn: '2026-01-16',
          publishedOn: '2026-01-17',
          designatesRgc: false,
          actDocumentId: null,
          contestableUntil: '2026-03-18',
          warnings: [],
        },
      ],
      signers: [
        {
          ...named,
          name: 'Camille Essai',
          namedBy: by,
          namedAt: '2026-02-03T09:00:00Z',
          replacement: {
            act: 'Délégation 2026-07',
            actOn: '2026-01-20',
            grantedBy: 'Le conseil communautaire',
            localAuthority: true,
            prefectureOn: null,
            publishedOn: null,
            actDocumentId: null,
            contestableUntil: null,
            warnings: ['no-prefecture', 'no-publication'],
            completions: [],
            allowed: ['complete'],
            ...over,
          },
        },
        { ...named, name: 'Gilles Arnaudin', namedBy: null, namedAt: '2026-02-01T09:00:00Z', replacement: null },
      ],
    })
  pages.service.reply(getConvention, { conventionId: id }, act({}))
  await everywhere(`/conventions/${id}`, 'delegation-a-completer')
  const page = pages.page()
  await page.getByRole('button', { name: /^Compléter l’acte de délégation/ }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Acte sous lequel signe Camille Essai' })
  const sent: unknown[] = []
  pages.service.reply(completeSigner, { conventionId: id, party: 'partenaire' }, ({ body }) => {
    sent.push(body)
    return sent.length === 1
      ? { instead: refusal(422, 'convention/day-in-future', 'Date à venir', 'Une date ne peut pas être à venir.') }
      : act({
          prefectureOn: '2026-02-05',
          publishedOn: '2026-02-06',
          warnings: ['before-prefecture'],
          completions: [{ prefectureOn: '2026-02-05', publishedOn: '2026-02-06', by, at: '2026-02-09T09:00:00Z' }],
        })
  })
  await dialog.getByLabel(/^Reçu en préfecture le/).fill('2026-02-05')
  await dialog.getByLabel(/^Publié le/).fill('2026-02-06')
  await dialog.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await dialog.getByText('Une date ne peut pas être à venir.').waitFor()
  await pages.soundAtEveryWidth('delegation-completer')
  await dialog.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText(/^Complété par Inès Garat le 9 février 2026/).waitFor()
  await pages.soundAtEveryWidth('delegation-completee')
  assert.deepEqual(sent[1], {
    amendmentId: null,
    localAuthority: true,
    prefectureOn: '2026-02-05',
    publishedOn: '2026-02-06',
    file: null,
  })
})

test('ACC-16, AGR-2, AGR-15: accounts of one name that sign are told apart by function and address, where one says who signs and where one names a deputy', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listAssessments, {}, { items: [], dueOn: null, late: false, allowed: [] })
  const signer = (n: number, job: string, email: string | null, name = 'Alix Modèle') => ({
    accountId: `0193a000-0000-7000-8000-00000000010${n}`,
    name,
    function: job,
    email,
  })
  pages.service.reply(
    getConvention,
    { conventionId: id },
    convention({
      state: 'sent',
      allowed: ['name-signer', 'settle-deputy'],
      ownSigners: [
        signer(1, 'Présidente', 'a.modele@jalle-eau-bourde.example'),
        signer(2, 'Vice-présidente', null),
        signer(3, 'Directeur', 'sacha@jalle-eau-bourde.example', 'Sacha Exemple'),
      ],
    }),
  )
  const page = await pages.open(`/conventions/${id}`, 320)
  for (const [button, field] of [
    ['Dire qui signe', 'Qui signe'],
    ['Enregistrer un suppléant', 'Qui est suppléant'],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).press('Enter')
    const dialog = page.getByRole('dialog')
    const options = await dialog
      .getByLabel(new RegExp(`^${field}`))
      .getByRole('option')
      .allTextContents()
    for (const label of [
      'Alix Modèle, Présidente, a.modele@jalle-eau-bourde.example',
      'Alix Modèle, Vice-présidente',
      'Sacha Exemple',
    ])
      assert.ok(options.includes(label), `${field} : ${options.join(' | ')}`)
    await pages.sound(`homonymes-${field === 'Qui signe' ? 'signataire' : 'suppleant'}-320`)
    await dialog.getByRole('button', { name: 'Annuler' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
  }
})

test('AGR-2, UX-5: sending a convention says whom it reaches, and that another of this partner stands in its way; refused, nothing is sent', async () => {
  pages.service.reply(getMe, {}, me())
  const draft = { state: 'draft' as const, sentAt: null, effectiveFrom: null, term: null, next: null, terms: [] }
  pages.service.reply(
    getConvention,
    { conventionId: id },
    convention({
      ...draft,
      otherInForce: true,
      allowed: ['send'],
      actsFor: 'operateur',
      unheard: [],
      missingContacts: [
        { party: 'partenaire', role: 'dpd' },
        { party: 'operateur', role: 'support' },
      ],
    }),
  )
  const page = await pages.open(`/conventions/${id}`)
  await page.getByRole('button', { name: 'Envoyer à la signature' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Envoyer à la signature' })
  await dialog.getByText('Ce partenaire a déjà une convention en vigueur').waitFor()
  await dialog.getByText('Des interlocuteurs manquent : l’envoi sera refusé').waitFor()
  await dialog.getByText(/^Annexe 2, la CC Jalle-Eau-Bourde : «/).waitFor()
  await dialog.getByText(/^Annexe 2 bis, l’opérateur : /).waitFor()
  await pages.soundAtEveryWidth('convention-envoyer')
  pages.service.on(
    `POST /conventions/${id}/document`,
    refusal(409, 'convention/wrong-state', 'Trop tard', 'Cette convention n’est plus un projet.'),
  )
  await dialog.getByRole('button', { name: 'Envoyer', exact: true }).press('Enter')
  await dialog.getByText('Trop tard').waitFor()
  assert.equal(pages.service.calls.filter(call => call.path.endsWith('/send')).length, 0)
  await dialog.getByRole('button', { name: 'Annuler' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
})

test('SEC-6, UX-5: who reads the terms, or that a convention is there, is told what is kept from them, and finds no empty list', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listDisagreements, { conventionId: id }, disagreements)
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

test('API-4, AGR-11, UX-5: the act of a signatory that the other party completed meanwhile is compared, answer by answer, before one’s own is sent over it', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listAssessments, {}, { items: [], dueOn: null, late: false, allowed: [] })
  pages.service.reply(listDisagreements, { conventionId: id }, disagreements)
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories())
  const signatory = (act: string, prefectureOn: string | null): Convention['signatories'][number] => ({
    party: 'partenaire',
    name: 'Camille Essai',
    capacity: 'Présidente',
    act,
    actOn: '2026-01-10',
    localAuthority: true,
    prefectureOn,
    publishedOn: null,
    designatesRgc: false,
    actDocumentId: null,
    contestableUntil: null,
    warnings: [],
  })
  const of = (version: number, ...[act, prefectureOn]: Parameters<typeof signatory>) =>
    convention({ version, signatories: [signatory(act, prefectureOn)], allowed: ['settle-authority'] })
  pages.service.reply(getConvention, { conventionId: id }, of(5, 'Délibération 12', null))
  const current = of(6, 'Délibération 12 bis', '2026-01-20')
  pages.service.on(`PUT /conventions/${id}/signatories/partenaire`, ({ headers }) =>
    headers['if-match'] === '"6"'
      ? { body: of(7, 'Délibération 12', null) }
      : refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Quelqu’un l’a modifié entre-temps.', {
          current,
        }),
  )
  const page = await pages.open(`/conventions/${id}`)
  await page.getByRole('button', { name: 'Compléter l’acte' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
  await dialog.getByText('Délibération 12 bis').waitFor()
  await dialog.getByText('20 janvier 2026').waitFor()
  assert.equal(await dialog.getByRole('rowheader', { name: 'Publié le' }).count(), 0, 'what is alike is not shown')
  await pages.sound('acte-entre-temps')
  await dialog.getByRole('button', { name: 'Enregistrer ma saisie' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
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
  const landes = { id: 2040, kind: 'departement', code: '40', name: 'Landes' } as const
  const { setBy, since } = territories().territories[0]!
  const current = territories({
    territories: [...territories().territories, { ...landes, since, setBy, reason: 'Avenant 1', amendment: null }],
    version: 4,
    allowed: ['settle'],
  })
  const done = { ...current, version: 6, told: { mails: 2, emptyRoles: [] } }
  pages.service.on(`PUT /conventions/${id}/territories`, ({ headers }) =>
    headers['if-match'] === '"4"'
      ? { body: done }
      : refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Quelqu’un l’a modifié entre-temps.', {
          current,
        }),
  )
  await dialog.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
  await dialog.getByText('Ajouté entre-temps : Landes').waitFor()
  await pages.sound('territoires-entre-temps')
  await dialog.getByRole('button', { name: 'Enregistrer ma saisie' }).press('Enter')
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
    {
      name: 'outils',
      kind: 'list' as const,
      says: 'L’annexe 4 en vigueur : chaque outil, sa finalité, ses données, ses engagements',
    },
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

test('AGR-15, AGR-1, UX-5: who the operator is in the conventions: recorded by an administrator, then changed with its day, refused in words; the others read it', async () => {
  pages.service.reply(getMe, {}, me())
  const shipped = { title: 'Convention', body: '# Convention' }
  pages.service.reply(listTemplates, {}, { items: [], shipped, placeholders: [], allowed: ['publish'] })
  const one = {
    version: 1,
    cause: 'registered',
    since: '2026-01-12',
    siret: '73282932000074',
    name: 'Opérateur de l’Essai',
    address: '1 place de l’Essai, 33000 Bordeaux',
    reason: 'Mise en service',
    recordedBy: null,
    recordedAt: '2026-01-12T09:00:00Z',
  } as const
  const two = { ...one, version: 2, cause: 'change', since: '2026-06-01', reason: 'Déménagement' } as const
  pages.service.reply(getOperatorIdentity, {}, { version: 1, history: [one], allowed: [] })
  const page = await pages.open('/conventions/modele')
  await page.getByText('Les administrateurs de l’opérateur la tiennent à jour.').waitFor()
  pages.service.reply(getOperatorIdentity, {}, { version: 0, history: [], allowed: ['change'] })
  await everywhere('/conventions/modele', 'operateur-a-enregistrer')
  await pages.page().getByText('Son SIRET et son adresse ne sont pas encore enregistrés').waitFor()
  await pages.page().getByRole('button', { name: 'Enregistrer l’identité' }).press('Enter')
  const dialog = pages.page().getByRole('dialog')
  const save = () => dialog.getByRole('button', { name: 'Enregistrer l’identité' }).press('Enter')
  await save()
  await dialog.getByText('Renseignez « Adresse ».').first().waitFor()
  await dialog.getByLabel(/^Nom/).fill(one.name)
  await dialog.getByLabel(/^SIRET/).fill('ABCDEFGHIJKLMN')
  await save()
  await dialog.getByText('un SIRET a quatorze chiffres.').first().waitFor()
  await dialog.getByLabel(/^SIRET/).fill('732 829 320 00074')
  await dialog.getByLabel(/^Adresse/).fill(one.address)
  await dialog.getByLabel(/^Motif/).fill(one.reason)
  pages.service.on(
    'PUT /operator-identity',
    refusal(422, 'partner/siret-wrong', 'SIRET à vérifier', 'Ce numéro n’est pas un SIRET.'),
  )
  await save()
  await dialog.getByText('Ce numéro n’est pas un SIRET.').waitFor()
  await pages.soundAtEveryWidth('operateur-refus')
  let sent: { name?: string; cause?: string; siret?: string; address?: string } = {}
  pages.service.on('PUT /operator-identity', ({ body }) => {
    sent = body
    const reply = { version: 1, history: [one], allowed: ['change' as const], partners: 2 }
    return { body: reply satisfies Reply<typeof changeOperatorIdentity> }
  })
  await save()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(
    [sent.name, sent.cause, sent.siret, sent.address],
    [one.name, 'change', '73282932000074', one.address],
  )
  await pages
    .page()
    .getByText(/2\spartenaires sont prévenus par courriel/)
    .first()
    .waitFor()
  await pages
    .page()
    .getByText(/^Opérateur de l’Essai, SIRET/)
    .waitFor()
  pages.service.reply(getOperatorIdentity, {}, { version: 2, history: [two, one], allowed: ['change'] })
  await everywhere('/conventions/modele', 'operateur-change')
  await pages.page().getByText('Auparavant :').waitFor()
  await pages.page().getByRole('button', { name: 'Corriger ou changer l’identité' }).press('Enter')
  await dialog.getByLabel(/^De quoi s’agit-il/).selectOption('correction')
  await dialog.getByLabel(/^Motif/).fill('Faute')
  await save()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual([sent.cause, sent.address], ['correction', one.address])
  pages.service.lose('GET /operator-identity')
  await pages.open('/conventions/modele')
  await pages.page().getByText('Connexion perdue').first().waitFor()
  await pages.soundAtEveryWidth('operateur-hors-ligne')
})

test('AGR-9, UX-1: mails that never left are read with their reason and sent again by keyboard; none, refused, in error, out of reach, each says what to do', {
  timeout: 1_200_000,
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
  // An administrator has no page of security to go back to.
  const crumb = page.locator('.fr-breadcrumb').getByRole('link', { name: 'Sécurité' })
  assert.equal(await crumb.count(), 1)
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['administrateur'] })
  await everywhere('/courriels', 'courriels-aucun')
  assert.equal(await crumb.count(), 0)
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

test('AGR-14, AGR-6, UX-5: disagreements refused, out of order, then read without an act; an amendment refused says by whom and why, and closing another says why it is not', async () => {
  pages.service.reply(getMe, {}, me())
  const list = `GET /conventions/${id}/disagreements`
  pages.service.on(
    list,
    refusal(
      403,
      'disagreement/file-only',
      'Réservé à ceux qui répondent de la convention',
      'L’opérateur les lit aussi.',
    ),
  )
  await everywhere(`/conventions/${id}/differends`, 'differends-refuses')
  await pages.page().getByText('Réservé à ceux qui répondent de la convention').first().waitFor()
  pages.service.on(list, refusal(500, 'service/bug', 'Erreur du service', 'Réessayez plus tard.'))
  await everywhere(`/conventions/${id}/differends`, 'differends-en-panne')
  await pages.page().getByText('Erreur du service').first().waitFor()
  pages.service.reply(
    listDisagreements,
    { conventionId: id },
    {
      ...disagreements,
      items: [
        {
          id,
          number: 1,
          party: 'partenaire',
          subject: 'Délai de suppression des accès',
          statement: 'Trois comptes sont restés ouverts.\nLa structure dit l’avoir signalé.',
          clauses: ['smallest-rights', 'other'],
          aroseOn: '2026-02-20',
          openedAt: '2026-02-26T09:00:00Z',
          state: 'settled',
          court: null,
          steps: [
            {
              id,
              kind: 'settle',
              manner: null,
              party: 'operateur',
              happenedOn: '2026-03-01',
              summary: 'Les comptes sont fermés.',
              court: null,
              documentId: id,
              recordedAt: '2026-03-02T09:00:00Z',
            },
          ],
          allowed: [],
        },
      ],
    },
  )
  await everywhere(`/conventions/${id}/differends`, 'differends-lus')
  await pages.page().getByText('Réglé à l’amiable').waitFor()
  assert.equal(
    await pages
      .page()
      .getByRole('button', { name: /^(Noter|Rouvrir|Ouvrir)/ })
      .count(),
    0,
  )
  pages.service.on(
    `GET /conventions/${id}/documents/${id}`,
    refusal(403, 'convention/summary-only', 'Réservé aux agents de la structure', 'Demandez-le à votre RGC.'),
  )
  await pages.page().getByRole('button', { name: 'Télécharger la pièce de l’étape 1', exact: true }).press('Enter')
  await pages.page().getByText('Réservé aux agents de la structure').first().waitFor()

  pages.service.reply(listDocuments, {}, { items: [], allowed: [] })
  pages.service.reply(listAnnex4, {}, { items: [], allowed: [] })
  pages.service.reply(listAssessments, {}, { items: [], dueOn: null, late: false, allowed: [] })
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories())
  const named = {
    actOn: '2026-01-20',
    localAuthority: false,
    prefectureOn: null,
    publishedOn: null,
    actDocumentId: null,
    contestableUntil: null,
    warnings: [],
    allowed: [],
  }
  const amendment = {
    id,
    number: 1,
    title: 'Report du terme',
    body: 'Le terme est reporté.',
    termOn: '2027-06-30',
    renews: true,
    signatories: [
      { ...named, party: 'partenaire', name: 'Alix Modèle', capacity: 'Présidente', act: 'Délibération 12' },
      { ...named, party: 'operateur', name: 'Sacha Exemple', capacity: 'Directrice', act: 'Arrêté 12' },
    ],
    territories: [],
    documentId: id,
    sha256: 'a'.repeat(64),
    proposedAt: '2026-02-20T09:00:00Z',
    effectiveAt: null,
    closed: { party: 'partenaire', reason: 'Ce terme ne convient pas.', at: '2026-02-26T09:00:00Z' },
    allowed: [],
  } satisfies Convention['amendments'][number]
  const open = { ...amendment, id: contact.id, number: 2, closed: null, allowed: ['close' as const] }
  pages.service.reply(
    getConvention,
    { conventionId: id },
    convention({
      unheard: [],
      amendments: [amendment, open],
      documents: [{ id, kind: 'avenant', name: 'Avenant', sha256: 'a'.repeat(64), addedAt: '2026-02-20T09:00:00Z' }],
    }),
  )
  await everywhere(`/conventions/${id}`, 'avenant-refuse')
  const page = pages.page()
  await page
    .getByText(/ : Alix Modèle, Présidente\.$/)
    .first()
    .waitFor()
  await page.getByText(/refusé le 26 février 2026 .* : « Ce terme ne convient pas\. »/).waitFor()
  assert.equal(await page.getByRole('button', { name: /avenant n° 1/ }).count(), 0)
  pages.service.on(
    `POST /conventions/${id}/amendments/${open.id}/close`,
    refusal(409, 'convention/amendment-in-effect', 'Avenant en vigueur', 'Cet avenant est en vigueur.'),
  )
  await page.getByRole('button', { name: 'Refuser l’avenant n° 2' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Refuser l’avenant n° 2' })
  await dialog.getByLabel(/^Motif/).fill('Texte à revoir')
  await dialog.getByRole('button', { name: 'Refuser', exact: true }).press('Enter')
  await dialog.getByText('Avenant en vigueur').first().waitFor()
  assert.equal(await dialog.getByLabel(/^Motif/).inputValue(), 'Texte à revoir')
  await pages.soundAtEveryWidth('avenant-refuser')
})

test('AGR-15, UX-5: who a partner is: read with what it was, changed by the regional direction with its day, refused in words', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listAssessments, {}, { items: [], dueOn: null, late: false, allowed: [] })
  pages.service.reply(getConvention, { conventionId: id }, convention())
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories())
  await pages.open(`/conventions/${id}`)
  await pages.page().getByText('La direction régionale de l’opérateur la tient à jour.').waitFor()
  await pages
    .page()
    .getByText(/^CC de la Jalle, SIRET/)
    .waitFor()
  pages.service.reply(getPartyIdentity, { conventionId: id }, party({ allowed: ['change'] }))
  await everywhere(`/conventions/${id}`, 'identite')
  pages.service.on(
    `PUT /conventions/${id}/party`,
    refusal(409, 'partner/siret-taken', 'Structure déjà enregistrée', 'Une structure porte déjà ce SIRET.'),
  )
  await pages.page().getByRole('button', { name: 'Corriger ou changer l’identité' }).press('Enter')
  const dialog = pages.page().getByRole('dialog')
  await dialog.getByRole('button', { name: 'Enregistrer l’identité' }).press('Enter')
  await dialog.getByText('Renseignez « Motif ».').first().waitFor()
  await dialog.getByLabel(/^Nom de la structure/).fill('Communauté des Deux Rives')
  await dialog.getByLabel(/^Motif/).fill('Arrêté préfectoral')
  await dialog.getByRole('button', { name: 'Enregistrer l’identité' }).press('Enter')
  await dialog.getByText('Une structure porte déjà ce SIRET.').waitFor()
  await pages.sound('identite-refus')
  let sent: { name?: string; cause?: string; siret?: string } = {}
  const [now, before] = party().history
  const changed = { ...now!, version: 3, cause: 'change', name: 'Communauté des Deux Rives' } as const
  pages.service.on(`PUT /conventions/${id}/party`, ({ body }) => {
    sent = body
    const reply = party({ version: 3, history: [changed, now!, before!], allowed: ['change'] })
    return { body: { ...reply, told: { mails: 2, emptyRoles: [] } } satisfies Reply<typeof changePartyIdentity> }
  })
  await dialog.getByRole('button', { name: 'Enregistrer l’identité' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual([sent.name, sent.cause, sent.siret], ['Communauté des Deux Rives', 'change', now!.siret])
  await pages
    .page()
    .getByText(/^Communauté des Deux Rives, SIRET/)
    .waitFor()
})

test('AGR-15, API-4, UX-5: the other SIRETs of a partner: read by each, recorded and corrected by the regional direction, refused in words, compared with what another recorded', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listAssessments, {}, { items: [], dueOn: null, late: false, allowed: [] })
  pages.service.reply(getConvention, { conventionId: id }, convention())
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories())
  const version = {
    siret: '73282932000082',
    name: 'CIAS de la Jalle',
    fromOn: '2026-01-01',
    untilOn: null,
    withdrawn: false,
    version: 1,
    reason: 'Délibération',
    recordedBy: { id, name: 'Sylvie Barrère', organisationId: id },
    recordedAt: '2026-02-01T09:00:00Z',
  }
  const cias = {
    id: '0193a000-0000-7000-80e0-00000000000a',
    ...version,
    name: 'CIAS',
    version: 2,
    holds: true,
    former: [version],
  }
  const house = {
    ...cias,
    id: '0193a000-0000-7000-80e0-00000000000b',
    name: 'Maison de l’emploi',
    untilOn: '2026-01-31',
    holds: false,
    former: [],
  }
  pages.service.reply(getPartyIdentity, { conventionId: id }, party({ sirets: [cias, house] }))
  await pages.open(`/conventions/${id}`)
  const page = pages.page()
  await page.getByText(/^CIAS, SIRET/).waitFor()
  await page.getByText('Ne vaut pas aujourd’hui').waitFor()
  assert.equal(await page.getByRole('button', { name: /autre SIRET|ce SIRET/ }).count(), 0, 'others read')
  pages.service.reply(getPartyIdentity, { conventionId: id }, party({ allowed: ['change'], sirets: [cias] }))
  await everywhere(`/conventions/${id}`, 'sirets')
  const path = (of: string) => `PUT /conventions/${id}/party/sirets/${of}`
  await page.getByRole('button', { name: 'Corriger ce SIRET ou y mettre fin : CIAS' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Enregistrer ce SIRET' }).press('Enter')
  await dialog.getByText('Renseignez « Motif ».').first().waitFor()
  pages.service.on(
    path(cias.id),
    refusal(409, 'structure/siret-taken', 'SIRET déjà pris à ces dates', 'À ces dates, ce SIRET est déjà pris.'),
  )
  await dialog.getByLabel(/^Nom de l’établissement/).fill('CIAS des Rives')
  await dialog.getByLabel(/^Motif/).fill('Nom exact')
  await dialog.getByRole('button', { name: 'Enregistrer ce SIRET' }).press('Enter')
  await dialog.getByText('À ces dates, ce SIRET est déjà pris.').waitFor()
  await pages.sound('siret-refus')
  const theirs = party({ allowed: ['change'], sirets: [{ ...cias, version: 3, untilOn: '2026-12-31' }] })
  pages.service.on(
    path(cias.id),
    refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Quelqu’un l’a modifié entre-temps.', {
      current: theirs,
    }),
  )
  await dialog.getByRole('button', { name: 'Enregistrer ce SIRET' }).press('Enter')
  await dialog.getByText('31 décembre 2026').first().waitFor()
  await pages.sound('siret-change')
  let sent: { name?: string; siret?: string; withdrawn?: boolean } = {}
  const changed = { ...cias, version: 4, name: 'CIAS des Rives' }
  pages.service.on(path(cias.id), ({ body, headers }) => {
    assert.equal(headers['if-match'], '"3"', 'over what was compared')
    sent = body
    const reply = party({ sirets: [changed], allowed: ['change'] })
    return { body: { ...reply, told: { mails: 2, emptyRoles: [] } } satisfies Reply<typeof settlePartySiret> }
  })
  await dialog.getByRole('button', { name: 'Enregistrer ma saisie' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual([sent.name, sent.siret, sent.withdrawn], ['CIAS des Rives', cias.siret, false])
  await page.getByText(/^CIAS des Rives, SIRET/).waitFor()
})

test('AGR-13, RGC-10, UX-5: from a convention not over, the regional direction alone reaches the deed signed by hand that it received', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listAssessments, {}, { items: [], dueOn: null, late: false, allowed: [] })
  pages.service.reply(getStructureTerritories, { conventionId: id }, territories())
  const link = () =>
    pages.page().getByRole('link', { name: /saisir un acte d’engagement signé à la main, ou un départ reçu$/ })
  const opened = async (over: Partial<Convention>) => {
    pages.service.reply(getConvention, { conventionId: id }, convention(over))
    await pages.open(`/conventions/${id}`)
    await pages.page().getByRole('heading', { name: 'Faire évoluer la convention' }).waitFor()
    return link().count()
  }
  const gathers = { actsFor: 'operateur' as const, entersFor: ['partenaire' as const, 'operateur' as const] }
  assert.equal(await opened({ entersFor: ['operateur'] }), 0, 'a partner’s signatory')
  assert.equal(
    await opened({
      ...gathers,
      state: 'ended',
      endsAt: '2026-11-01T23:00:00Z',
      endCause: 'notice',
      term: null,
      next: null,
    }),
    0,
    'a convention over',
  )
  assert.equal(await opened(gathers), 1)
  await pages.sound('convention-acte-recu-1440')
  await link().press('Enter')
  await pages.page().getByRole('heading', { level: 1, name: 'Saisir un acte ou un départ reçu' }).waitFor()
})
