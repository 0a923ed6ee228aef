import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { listAwareness, recognisePeople, recordMeeting, setAwarenessPolicy } from '../contract/agreement/awareness.ts'
import { cancelDocument, getDocument, listConditions } from '../contract/agreement/texts.ts'
import {
  cancelAnnex4,
  listAnnex4,
  listMyRights,
  listTools,
  publishAnnex4,
  weighAnnex4,
} from '../contract/agreement/tools.ts'
import { categoriesOf, type Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { pagesUnderTest } from './pages.ts'
import { me, organisations } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
})
after(() => pages?.stop())
const page = () => pages.page()
const text = (words: string | RegExp) => page().getByText(words).first().waitFor()
/** In sight, not only heard. */
const seen = (words: string | RegExp) =>
  page().getByRole('region', { name: 'Ce qui vient d’être fait' }).getByText(words).waitFor()
const press = (name: string | RegExp) => page().getByRole('button', { name, exact: true }).press('Enter')

const id = (n: number) => `0193a000-0000-7000-80b0-${String(n).padStart(12, '0')}`
const entry = (tool: 'campagnes' | 'fiche-etablissement' | 'fiche-recrutement') => ({
  tool,
  purpose: 'Coordonner les démarches auprès des employeurs.',
  dataCategories: ['Établissements', 'Échanges'],
  categories: [...categoriesOf[tool]],
  commitments: 'Ouvert tous les jours.',
  documentationUrl: null,
})
type Annex = Reply<typeof listAnnex4>['items'][number]
const annex = (number: number, over: Partial<Annex> = {}): Annex => ({
  id: id(number),
  number,
  note: 'Les trois outils de la convention',
  inForceFrom: '2026-11-27T09:00:00Z',
  inForceUntil: null,
  state: 'in-force',
  publishedAt: '2026-11-27T09:00:00Z',
  cancelled: null,
  entries: [entry('campagnes'), entry('fiche-etablissement'), entry('fiche-recrutement')],
  allowed: [],
  ...over,
})
const line = (n: number, over = {}): Reply<typeof listAwareness>['items'][number] => ({
  person: { id: id(100 + n), name: ['Claire Dufau', 'Étienne Lacoste', 'Inès Garat'][n]!, organisationId: id(1) },
  organisation: organisations.jalle,
  lastOn: null,
  modality: null,
  dueOn: '2026-09-30',
  late: true,
  ...over,
})
const followed = (over: Partial<Reply<typeof listAwareness>> = {}): Reply<typeof listAwareness> => ({
  items: [line(0), line(1), line(2)],
  next: null,
  cuts: false,
  allowed: ['record', 'set-policy'],
  ...over,
})
beforeEach(() => {
  const operator = { ...organisations.france, kind: 'operateur' as const }
  pages.service.reply(getMe, {}, { ...me(), rights: [], roles: ['administrateur', 'rgc'], organisation: operator })
  pages.service.reply(
    listTools,
    {},
    { annex: { number: 2, inForceFrom: '2026-11-27T09:00:00Z' }, items: [], allowed: ['publish'] },
  )
  pages.service.reply(listAwareness, {}, followed())
})

test('AGR-12: the last version of annex 4 is cancelled: too late, it says so and keeps the reason; done, it says what came back and who is told', async () => {
  pages.service.reply(
    listAnnex4,
    {},
    {
      items: [
        annex(3, { state: 'cancelled', cancelled: { at: '2026-11-27T10:00:00Z', reason: 'Publiée deux fois' } }),
        annex(2, { allowed: ['cancel'] }),
        annex(1, { state: 'replaced', inForceUntil: '2026-11-27T09:00:00Z' }),
      ],
      allowed: ['publish'],
    },
  )
  await pages.open('/outils')
  await page()
    .getByText(/^Version 3, prévue le .* annulée le/)
    .press('Enter')
  await text('Motif de l’annulation : Publiée deux fois')
  await page()
    .getByText(/^Version 2, depuis/)
    .press('Enter')
  await pages.soundAtEveryWidth('annexe-versions')
  await press('Annuler la version 2')
  await page().getByLabel('Motif').fill('Une case décochée par erreur')
  const params = { versionId: id(2) }
  pages.service.on(
    `POST /annex-4/${id(2)}/cancellation`,
    refusal(
      409,
      'annex/cancel-too-late',
      'Trop tard pour annuler',
      'Une version de l’annexe 4 s’annule jusqu’à un jour après sa prise d’effet. Publiez une nouvelle version.',
    ),
  )
  await press('Annuler la version')
  await text('Trop tard pour annuler')
  assert.equal(await page().getByLabel('Motif').inputValue(), 'Une case décochée par erreur')
  await pages.soundAtEveryWidth('annexe-trop-tard')
  pages.service.reply(cancelAnnex4, params, {
    ...annex(2, {
      state: 'cancelled',
      cancelled: { at: '2026-11-28T08:00:00Z', reason: 'Une case décochée par erreur' },
    }),
    grantsRestored: 12_408,
    grantsEnded: 0,
    partners: 2_262,
  })
  await press('Annuler la version')
  await seen(
    /La version 2 est annulée\. 12\s408\shabilitations reviennent\. 2\s262\sstructures sous convention en sont prévenues par courriel\./,
  )
  await pages.soundAtEveryWidth('annexe-annulee')
})

test('ACC-7, AGR-12: where nothing is published, no page says that a tool is open: tools closed, rights without effect, who publishes', async () => {
  const unpublished = ['cgu-unpublished', 'securite-unpublished', 'annex-4-unpublished', 'cpu-unpublished'] as const
  pages.service.reply(getMe, {}, { ...me(), rights: [] })
  pages.service.reply(listAnnex4, {}, { items: [], allowed: [] })
  pages.service.reply(listTools, {}, () => ({
    annex: null,
    items: (['campagnes', 'fiche-etablissement', 'fiche-recrutement'] as const).map(tool => ({
      tool,
      open: false,
      opensFrom: null,
      closesAt: null,
      purpose: null,
      dataCategories: [],
      categories: [],
      commitments: null,
      documentationUrl: null,
      cpu: null,
      service: null,
      mine: false,
    })),
    allowed: [],
  }))
  await pages.open('/outils')
  await text('Aucun outil n’est ouvert : la première version ouvrira ceux qu’elle liste.')
  assert.equal(await page().getByText('fermé', { exact: true }).count(), 3)
  await pages.soundAtEveryWidth('outils-rien-publie')
  pages.service.reply(listMyRights, {}, () => ({
    items: me().rights.map(right => ({ ...right, missing: [...unpublished] })),
    accountManagers: [],
    trainingLeads: [],
    awareness: { lastOn: null, dueOn: '2030-01-01', cuts: false },
    allowed: [],
  }))
  await pages.open('/mes-droits')
  await text('sans effet')
  const who = 'les administrateurs de l’opérateur, qui publient les textes et la liste des outils communs'
  assert.equal(await page().locator('main li', { hasText: who }).count(), unpublished.length)
  await pages.soundAtEveryWidth('mes-droits-rien-publie')
  pages.service.reply(listConditions, {}, { items: [], toAccept: 0 })
  await pages.open('/conditions')
  await text('Aucun texte n’est publié')
  await pages.soundAtEveryWidth('conditions-rien-publie')
})

test('AGR-12: a withdrawal says how many it ends; the service in trouble, it says so and the page stays', async () => {
  pages.service.reply(listAnnex4, {}, { items: [annex(1)], allowed: ['publish'] })
  pages.service.reply(
    weighAnnex4,
    {},
    { items: [{ tool: 'fiche-recrutement', grants: 3_120, people: 2_998 }], next: null },
  )
  await pages.open('/outils/annexe-4/publier')
  await page().getByRole('checkbox', { name: 'Fiche pratique de recrutement' }).press('Space')
  await text(/« Fiche pratique de recrutement » \(3\s120\shabilitations, 2\s998\spersonnes\)/)
  await pages.soundAtEveryWidth('annexe-retrait')
  await page().getByLabel('Ce qui change').fill('La fiche de recrutement est retirée.')
  pages.service.on(
    'POST /annex-4',
    refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
  )
  await press('Publier')
  await text('Erreur du service')
  assert.equal(await page().getByLabel('Ce qui change').inputValue(), 'La fiche de recrutement est retirée.')
  await page()
    .getByRole('checkbox', { name: /^Je confirme le retrait/ })
    .press('Space')
  pages.service.reply(publishAnnex4, {}, { ...annex(2), grantsEnded: 3_120, partners: 1 })
  await press('Publier')
  await seen(
    /La version 2 de l’annexe 4 est publiée\. 3\s120\shabilitations ont pris fin\. 1\sstructure sous convention en est prévenue par courriel\./,
  )
  assert.deepEqual(
    pages.service.calls.findLast(call => call.method === 'POST' && call.path === '/api/annex-4')!.body.withdraws,
    ['fiche-recrutement'],
  )
})

test('AGR-12: a category of data that is closed is confirmed by its name, and the page of tools says what is not open', async () => {
  pages.service.reply(listAnnex4, {}, { items: [annex(1)], allowed: ['publish'] })
  await pages.open('/outils/annexe-4/publier')
  const box = page().getByRole('checkbox', { name: 'Notes', exact: true })
  assert.equal(await box.isChecked(), true, 'as the last version')
  await box.press('Space')
  await page().getByRole('checkbox', { name: 'Je confirme la fermeture de « Notes »' }).press('Space')
  await page().getByLabel('Ce qui change').fill('Les notes sont fermées.')
  await pages.soundAtEveryWidth('annexe-fermeture')
  pages.service.reply(publishAnnex4, {}, { ...annex(2), grantsEnded: 0, partners: 3 })
  await press('Publier')
  await seen(/La version 2 de l’annexe 4 est publiée/)
  const { body } = pages.service.calls.findLast(call => call.method === 'POST' && call.path === '/api/annex-4')!
  assert.deepEqual([body.withdraws, body.closes], [[], ['notes']])
  assert.deepEqual(
    body.entries.map((e: { categories: string[] }) => e.categories),
    [['besoins'], ['interlocuteurs', 'engagements', 'renseignements'], []],
  )
})

test('POR-2: a text to come is cancelled from its page; in force meanwhile, it says why not', async () => {
  const document = (over: Partial<Reply<typeof getDocument>> = {}): Reply<typeof getDocument> => ({
    id: id(30),
    kind: 'cgu',
    tool: null,
    version: 3,
    title: 'Conditions générales d’utilisation',
    hash: 'a'.repeat(64),
    inForceFrom: '2026-12-15T23:00:00Z',
    inForceUntil: null,
    state: 'to-come',
    publishedAt: '2026-11-20T09:00:00Z',
    cancelled: null,
    body: '# Conditions\n\nTexte à accepter.',
    acceptedAt: null,
    allowed: ['cancel'],
    ...over,
  })
  const params = { documentId: id(30) }
  pages.service.reply(getDocument, params, document())
  await pages.open(`/textes/${id(30)}`)
  await press('Annuler cette version')
  await page().getByLabel('Motif').fill('Un article manque')
  await pages.soundAtEveryWidth('texte-annuler')
  pages.service.on(
    `POST /documents/${id(30)}/cancellation`,
    refusal(
      409,
      'conditions/in-force',
      'Texte en vigueur',
      'Cette version a pris effet : elle ne s’annule plus. Publiez la version qui la remplace.',
    ),
  )
  await press('Annuler la version')
  await text('Texte en vigueur')
  const cancelled = { at: '2026-11-28T08:00:00Z', reason: 'Un article manque' }
  const { body: _, acceptedAt: __, allowed: ___, ...version } = document({ state: 'cancelled', cancelled })
  pages.service.reply(cancelDocument, params, version)
  pages.service.reply(getDocument, params, document({ state: 'cancelled', cancelled, allowed: [] }))
  await press('Annuler la version')
  await seen('La version est annulée : elle ne sera demandée à personne.')
  await text('Motif de l’annulation')
  await pages.soundAtEveryWidth('texte-annule')
})

test('SEC-4: a meeting: nobody recognised, one goes back to the list; refused, what was chosen stays; noted, all at once', async () => {
  await pages.open('/sensibilisations?etat=jamais')
  await press('Noter une réunion')
  await page().getByLabel('Modalité').selectOption('reunion')
  await page().getByLabel('Intitulé').fill('Réunion de rentrée')
  const people = page().getByLabel('Adresses électroniques des participants')
  await people.fill('sans adresse')
  await press('Reconnaître les personnes')
  await text('Aucune adresse n’est reconnue dans ce texte')
  await people.fill('inconnue@jalle.example')
  pages.service.reply(recognisePeople, {}, { people: [], unknown: ['inconnue@jalle.example'], myself: false })
  await press('Reconnaître les personnes')
  await text('Personne n’est reconnu : il n’y a rien à noter.')
  await pages.soundAtEveryWidth('reunion-personne')
  await press('Corriger la liste')
  // What is typed before the draft is read is another version, which one would have to choose.
  await text(/^Brouillon commencé/)
  assert.equal(await people.inputValue(), 'inconnue@jalle.example')
  assert.equal(await page().getByLabel('Intitulé').inputValue(), 'Réunion de rentrée', 'what was typed is there')
  await people.fill('claire@jalle.example')
  await page()
    .getByLabel('Ou un fichier')
    .setInputFiles({
      name: 'emargement.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Nom;Adresse\nGarat;INES@jalle.example'),
    })
  await page().waitForFunction(() => document.querySelector('textarea')!.value.includes('ines@'))
  assert.equal(await people.inputValue(), 'claire@jalle.example\nines@jalle.example', 'beside what was typed')
  pages.service.reply(recognisePeople, {}, { people: [line(0).person, line(2).person], unknown: [], myself: false })
  await press('Reconnaître les personnes')
  await text(/^2\spersonnes reconnues/)
  pages.service.on(
    'POST /awareness-records/meeting',
    refusal(422, 'awareness/in-future', 'Date à venir', 'Une sensibilisation se note une fois faite.'),
  )
  await press(/^Noter pour 2.personnes$/)
  await text('Date à venir')
  await pages.soundAtEveryWidth('reunion-refusee')
  pages.service.reply(recordMeeting, {}, { recorded: 2 })
  await press(/^Noter pour 2.personnes$/)
  await page().getByRole('dialog').waitFor({ state: 'detached' })
  await seen(/^2\ssensibilisations sont notées/)
  assert.deepEqual(pages.service.calls.findLast(call => call.path.endsWith('/meeting'))!.body.accountIds, [
    line(0).person.id,
    line(2).person.id,
  ])
})

test('SEC-4: suspending past a year says how many people it concerns, before; not counted, it says so', async () => {
  pages.service.on('GET /awareness', ({ search }) =>
    search.get('total')
      ? refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.')
      : { body: followed() },
  )
  await pages.open('/sensibilisations')
  await press('Suspendre les habilitations au-delà d’un an')
  await text('Erreur du service')
  await pages.soundAtEveryWidth('suspendre-panne')
  pages.service.on('GET /awareness', ({ search }) => ({
    body: followed(search.get('total') ? { items: [line(0)], total: 1_284 } : {}),
  }))
  await pages.open('/sensibilisations?etat=depassees')
  await press('Suspendre les habilitations au-delà d’un an')
  await text(/1\s284\spersonnes sont concernées aujourd’hui/)
  await pages.soundAtEveryWidth('suspendre')
  pages.service.reply(setAwarenessPolicy, {}, { cuts: true, inForceFrom: '2026-11-28T08:00:00Z' })
  await press('Suspendre')
  await page().getByRole('dialog').waitFor({ state: 'detached' })
  pages.service.reply(listAwareness, {}, followed({ items: [], allowed: [] }))
  await pages.open('/sensibilisations?etat=jamais')
  await text('Chacun a été sensibilisé')
  await pages.soundAtEveryWidth('sensibilisations-vides')
})
