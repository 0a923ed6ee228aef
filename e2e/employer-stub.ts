import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Static } from 'typebox'
import { categories, type Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { companySizes, legalNatures } from '../contract/territory-and-register/employer-kinds.ts'
import {
  countFacets,
  type EstablishmentLine,
  type Establishment as EstablishmentSchema,
  getEstablishment,
  type searchEstablishments,
  sizes,
} from '../contract/territory-and-register/establishments.ts'
import { listContours } from '../contract/territory-and-register/territories.ts'
import { type Campaign as CampaignSchema, listCampaigns } from '../contract/work-with-employers/campaigns.ts'
import {
  type Correspondent as CorrespondentSchema,
  listCorrespondents,
  listCorrespondentsBeside,
} from '../contract/work-with-employers/correspondents.ts'
import {
  type Exchange as ExchangeSchema,
  getBeforeContact,
  getRecording,
  listCampaignResults,
  listColleagues,
  type NextAction as NextActionSchema,
} from '../contract/work-with-employers/exchanges.ts'
import { findBesideRegister, listKnownContacts } from '../contract/work-with-employers/finding.ts'
import { listHistory } from '../contract/work-with-employers/notes.ts'
import { listTargetsAt } from '../contract/work-with-employers/targets.ts'
import { atEveryWidth, axe, overflows, smallTargets } from './browser.ts'
import { pageInTurn } from './page-in-turn.ts'
import { stubService } from './stub-service.ts'

export type Line = Static<typeof EstablishmentLine>
export type Establishment = Static<typeof EstablishmentSchema>
export type Exchange = Static<typeof ExchangeSchema>
export type NextAction = Static<typeof NextActionSchema>
type Campaign = Static<typeof CampaignSchema>

export const dayFromNow = (count: number) =>
  new Date(
    Date.parse(`${new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date())}T12:00:00Z`) +
      count * 86_400_000,
  )
    .toISOString()
    .slice(0, 10)
/** The first worked day from then on: weekends and public holidays together never make five days. */
export const isWorkedFrom = (day: string, count: number) =>
  day >= dayFromNow(count) && day <= dayFromNow(count + 4) && new Date(`${day}T12:00:00Z`).getUTCDay() % 6 !== 0
export const id = (last: string) => `0193a000-0000-7000-8000-${last.padStart(12, '0')}`
export const clpe = { id: 10001, kind: 'clpe', code: 'CLPE33002', name: 'Bordeaux hors Métropole' } as const
export const epci = { id: 243301165, kind: 'epci', code: '243301165', name: 'CC Jalle-Eau-Bourde' } as const
export const mine = { id: id('b0'), name: 'CC Jalle-Eau-Bourde', kind: 'epci' }
export const mission = { id: id('b1'), name: 'Mission locale des Graves', kind: 'mission-locale' }
export const claire = { id: id('a0'), name: 'Claire Dufau', organisationId: mine.id }
export const colleague = { id: id('a8'), name: 'Sofia Berthomé', organisationId: mine.id }
export const karim = { id: id('a1'), name: 'Karim Belkacem', organisationId: mission.id }

export const me = (
  over: { state?: Reply<typeof getMe>['session']['state']; rights?: Reply<typeof getMe>['rights'] } = {},
): Reply<typeof getMe> => ({
  account: { id: claire.id, givenName: 'Claire', familyName: 'Dufau', function: 'Conseillère entreprises' },
  organisation: mine,
  session: {
    id: id('c0'),
    state: over.state ?? 'active',
    signedInAt: '2026-11-24T07:58:00Z',
    endsAt: '2026-11-24T19:58:00Z',
    lockedAfterMinutes: 30,
    steppedUpUntil: null,
  },
  factors: {
    first: { by: 'proconnect', acr: 'eidas1', amr: ['pwd'] },
    second: { by: 'totp', at: '2026-11-24T07:59:00Z' },
    enrolled: [{ id: id('d0'), kind: 'totp', label: 'Mon téléphone' }],
    enrolmentOpen: false,
    recoveryCodesLeft: 10,
    password: false,
  },
  rights: over.rights ?? [
    {
      tool: 'campagnes',
      profile: 'conseiller',
      territory: clpe,
      reason: 'prospection',
      since: '2026-03-03',
      until: null,
    },
    {
      tool: 'fiche-etablissement',
      profile: 'consultation',
      territory: clpe,
      reason: 'prospection',
      since: '2026-03-03',
      until: null,
    },
  ],
  roles: [],
  rolesOfRegions: [],
  categories: [...categories],
  missing: [],
  unread: 0,
})

export const line = (over: Partial<Line> = {}): Line => ({
  siret: '73282932000074',
  siren: '732829320',
  name: 'GARONNE BOIS',
  sign: 'La Charpenterie',
  activity: { code: '43.91A', nomenclature: 'NAFRev2', label: 'Travaux de construction spécialisés' },
  town: 'Cestas',
  communeCode: '33122',
  headcount: { band: '12', label: '20 à 49 salariés', year: 2024 },
  legalNature: 'company',
  companySize: 'pme',
  employer: true,
  active: true,
  headOffice: true,
  partialDiffusion: false,
  ...over,
})
export const lines: readonly Line[] = [
  line(),
  line({
    siret: '55208131766522',
    siren: '552081317',
    name: 'CHAI DES TILLEULS',
    sign: null,
    activity: { code: '11.02B', nomenclature: 'NAFRev2', label: 'Fabrication de boissons' },
    town: 'Léognan',
    legalNature: 'public',
    companySize: 'large',
    headcount: { band: '03', label: '6 à 9 salariés', year: 2024 },
    headOffice: false,
  }),
  line({
    siret: '35600000049837',
    siren: '356000000',
    name: null,
    sign: null,
    activity: { code: '96.02A', nomenclature: 'NAFRev2', label: 'Autres services personnels' },
    town: 'Canéjan',
    headcount: null,
    legalNature: 'unknown',
    companySize: 'unknown',
    employer: false,
    headOffice: true,
    partialDiffusion: true,
  }),
  line({
    siret: '35600000000048',
    siren: '356000000',
    name: 'MENUISERIE GÉNÉRALE DE LA VALLÉE DE L’EAU BOURDE ET DES ENVIRONS',
    sign: null,
    active: false,
    headOffice: false,
    headcount: { band: 'NN', label: 'Effectif non connu ou sans salarié', year: null },
  }),
]
/** As a search finds them, with a place on the map but for the one of partial diffusion. */
export const found = (
  over: Partial<Line> = {},
  position: { lat: number; lon: number } | null = { lat: 44.74, lon: -0.68 },
): Reply<typeof searchEstablishments>['items'][number] => ({ ...line(over), position })
export const foundLines = lines.map((one, at) =>
  found(one, one.partialDiffusion ? null : { lat: 44.74 - at / 50, lon: -0.68 + at / 40 }),
)
export const establishment = (over: Partial<Establishment> = {}): Establishment => ({
  ...line(),
  activities: [
    { code: '43.91A', nomenclature: 'NAFRev2', label: 'Travaux de construction spécialisés' },
    { code: '43.91Y', nomenclature: 'NAF25', label: 'Travaux de construction spécialisés' },
  ],
  legalName: 'GARONNE BOIS',
  acronym: null,
  legalCategory: '5710',
  address: '12 chemin des Pins',
  postalCode: '33610',
  position: { lat: 44.74, lon: -0.68 },
  createdOn: '2009-04-01',
  closedOn: null,
  territories: [clpe, epci, { id: 2033, kind: 'departement', code: '33', name: 'Gironde' }],
  registerUpdatedAt: '2026-11-01T04:00:00Z',
  importedAt: '2026-11-03T05:00:00Z',
  typed: null,
  company: {
    active: true,
    headcount: { band: '21', label: '50 à 99 salariés', year: 2024 },
    sizeCategory: 'PME',
    socialEconomy: null,
    createdOn: '2009-04-01',
    registerUpdatedAt: '2026-10-15T04:00:00Z',
  },
  predecessors: [],
  successors: [],
  siblings: {
    open: 9,
    closed: 2,
    items: [line({ siret: '73282932000082', sign: 'Atelier Sud', headOffice: false, town: 'Langon' })],
  },
  ...over,
})
export const campaign = (over: Partial<Campaign> = {}): Campaign => ({
  id: id('e0'),
  name: 'Apprentissage BTP',
  purpose: 'prospection',
  description: null,
  territory: clpe,
  startsOn: dayFromNow(-60),
  endsOn: dayFromNow(30),
  status: 'open',
  pilot: mine,
  members: [mine, mission],
  contactDelayDays: 30,
  conflictScope: 'establishment',
  leads: [],
  goals: [],
  step: 'etablissements',
  counts: { targets: 120, contacted: 42, undecided: 0 },
  createdAt: '2026-09-21T08:00:00Z',
  createdBy: claire,
  openedAt: '2026-10-01T08:00:00Z',
  closedAt: null,
  closesOn: null,
  version: 3,
  allowed: ['work-targets'],
  ...over,
})
type TargetAt = Reply<typeof listTargetsAt>['items'][number]
/** What a campaign makes of the employer: a colleague has it, and met it twice. */
export const targetAt = (over: Partial<TargetAt['target']> = {}): TargetAt => {
  const { id: campaignId, name, status, pilot, startsOn, endsOn } = campaign()
  return {
    campaign: { id: campaignId, name, status, pilot, startsOn, endsOn },
    target: {
      status: 'rendez-vous',
      setAsideReason: null,
      closedResult: null,
      assignedTo: mission,
      takenBy: karim,
      lastContact: { organisation: mission, occurredOn: '2026-10-02' },
      contactCount: 2,
      ...over,
    },
  }
}
/** Another closed it without a contact. */
const closedAt = (): TargetAt => {
  const { campaign: of, target } = targetAt({ status: 'traite', closedResult: 'deja-suivi', lastContact: null })
  return { campaign: { ...of, id: id('e2'), name: 'Métiers en tension 2026' }, target: { ...target, contactCount: 0 } }
}
/** What the form may attach an exchange to: the open campaign of which it is a target. */
export const recording = (over: Partial<Reply<typeof getRecording>> = {}): Reply<typeof getRecording> => ({
  campaigns: [{ ...only(campaign()), setAside: false }],
  planned: [],
  ...over,
})
const only = ({ id, name, startsOn, endsOn }: Campaign) => ({ id, name, startsOn, endsOn })
export const exchange = (over: Partial<Exchange> = {}): Exchange => ({
  id: id('f0'),
  siret: line().siret,
  establishmentName: 'GARONNE BOIS',
  campaign: { id: campaign().id, name: 'Apprentissage BTP' },
  leftOut: null,
  answers: null,
  organisation: mine,
  author: claire,
  occurredOn: dayFromNow(-12),
  visibility: 'reseau',
  status: 'recorded',
  cancelReason: null,
  content: {
    channel: 'telephone',
    result: 'pas-de-besoin',
    personMet: 'le responsable d’atelier',
    notes: 'Carnet de commandes plein.\nPas de besoin avant janvier.',
    need: null,
    campaignResultId: null,
    resultLabel: null,
  },
  correspondent: null,
  nextAction: null,
  recordedAt: '2026-11-12T09:30:00Z',
  correctedAt: null,
  version: 1,
  allowed: ['correct', 'cancel'],
  ...over,
})
export const nextAction = (over: Partial<NextAction> = {}): NextAction => ({
  id: id('90'),
  siret: line().siret,
  establishmentName: 'GARONNE BOIS',
  closed: false,
  exchangeId: id('f0'),
  campaign: { id: campaign().id, name: 'Apprentissage BTP' },
  kind: 'rappel',
  dueOn: dayFromNow(-1),
  dueAt: '10:00',
  owner: claire,
  notedBy: null,
  doneAt: null,
  late: true,
  version: 1,
  allowed: ['finish', 'plan-again'],
  ...over,
})
export const history: readonly Exchange[] = [
  exchange({
    content: {
      channel: 'visite',
      result: 'besoin-detecte',
      personMet: 'Mme Pons, gérante',
      notes: 'Visite de l’atelier, deux départs en retraite.',
      need: '2 charpentiers en CDI dès mars',
      campaignResultId: null,
      resultLabel: null,
    },
    nextAction: nextAction(),
    correctedAt: '2026-11-13T10:00:00Z',
    version: 2,
  }),
  exchange({
    id: id('f1'),
    organisation: mission,
    author: karim,
    campaign: null,
    occurredOn: dayFromNow(-40),
    allowed: [],
  }),
  exchange({
    id: id('f2'),
    organisation: mission,
    author: null,
    campaign: null,
    content: null,
    occurredOn: dayFromNow(-90),
    visibility: 'organisation',
    allowed: [],
  }),
  exchange({
    id: id('f3'),
    status: 'cancelled',
    cancelReason: 'saisi sur le mauvais établissement',
    occurredOn: dayFromNow(-100),
    visibility: 'organisation',
    allowed: [],
  }),
]
export const known = (over: Partial<Reply<typeof getBeforeContact>> = {}): Reply<typeof getBeforeContact> => ({
  lastContacts: [
    {
      organisation: mission,
      occurredOn: dayFromNow(-12),
      exchangeId: id('f1'),
      channel: 'telephone',
      result: 'pas-de-besoin',
      resultLabel: null,
      personMet: 'Mme Pons, gérante',
      correspondentId: null,
      notes: 'Pas de besoin avant janvier.',
      author: karim,
    },
    {
      organisation: { id: id('b2'), name: 'PLIE Portes du Sud', kind: 'plie' },
      occurredOn: dayFromNow(-90),
      exchangeId: null,
      channel: null,
      result: null,
      resultLabel: null,
      personMet: null,
      correspondentId: null,
      notes: null,
      author: null,
    },
  ],
  planned: [{ organisation: mission, kind: 'rappel', dueOn: dayFromNow(44), owner: karim }],
  contactsThisMonth: 1,
  mayRecord: true,
  whyNot: null,
  ...over,
})
const at = '2026-10-02T08:00:00Z'
type Person = Static<typeof CorrespondentSchema>
type SourcedValue = Person['values'][number]
const value = (
  n: number,
  field: SourcedValue['field'],
  said: string,
  source: SourcedValue['source'],
  organisationName: string | null,
  proposed = false,
): SourcedValue => ({
  id: id(`7${n}`),
  field,
  value: said,
  source,
  organisationName,
  author: null,
  observedOn: null,
  recordedAt: at,
  confirmed: null,
  proposed,
})
export const correspondent = (over: Partial<Person> = {}): Person => ({
  id: id('70'),
  siret: line().siret,
  places: [{ siret: line().siret, name: line().name, town: line().town, mayUnlink: false }],
  retired: false,
  retiredReason: null,
  informed: null,
  toConfirm: false,
  merged: [],
  objected: null,
  version: 1,
  allowed: ['correct', 'confirm', 'choose', 'retire', 'merge', 'object'],
  values: [
    value(2, 'civility', 'Mme', 'conseiller', mission.name),
    value(3, 'familyName', 'Pons', 'conseiller', mission.name),
    value(4, 'role', 'Gérante', 'conseiller', mission.name),
    value(5, 'phone', '+33556000000', 'personne-concernee', mission.name),
    value(6, 'phone', '+33600000000', 'fichier-partenaire', mine.name, true),
    value(7, 'email', 'contact@garonne-bois.example', 'fichier-partenaire', mine.name),
  ],
  ...over,
})
export const correspondents: readonly Person[] = [
  correspondent(),
  correspondent({
    id: id('71'),
    retired: true,
    retiredReason: 'parti',
    allowed: ['return'],
    values: [value(8, 'familyName', 'Marsan', 'registre', null)],
  }),
]

export type Service = Awaited<ReturnType<typeof stubService>>
export const openService = async (): Promise<Service> => {
  const dist = process.env['PAGES'] ?? join(import.meta.dirname, '../dist')
  assert.ok(existsSync(join(dist, 'index.html')), 'build the pages first: npm run build')
  return stubService(dist)
}

/** Three communes of the EPCI, side by side as if drawn with a ruler. */
export const contours: Reply<typeof listContours> = {
  of: 'commune',
  sources: ['Atelier d’essai, Licence Ouverte 2.0'],
  places: [{ name: 'Léognan', lat: 44.7, lon: -0.62 }],
  items: [
    ['33122', 'Cestas', -0.75],
    ['33090', 'Canéjan', -0.65],
    ['33422', 'Saint-Jean-d’Illac', -0.85],
  ].map(([code, name, west]) => {
    const [w, e] = [Number(west), Number(west) + 0.1]
    return {
      code: String(code),
      name: String(name),
      territoryIds: [epci.id, clpe.id],
      polygons: [
        [
          [
            [w, 44.68],
            [e, 44.68],
            [e, 44.8],
            [w, 44.8],
            [w, 44.68],
          ],
        ],
      ],
    }
  }),
}

/** Exchanges as the history of the card tells them. */
export const asHistory = (exchanges: readonly Exchange[]): Reply<typeof listHistory> => ({
  items: exchanges.map(exchange => ({
    exchange,
    note: null,
    need: null,
    service: null,
    campaign: null,
    referent: null,
  })),
  next: null,
  total: exchanges.length,
})
/** The card of GARONNE BOIS and all that it reads. */
export const answerCard = (service: Service, siret = line().siret) => {
  service.drafts.held.clear()
  service.drafts.lose(false)
  service.reply(getMe, {}, me())
  service.reply(getEstablishment, { siret }, establishment({ siret }))
  service.reply(getBeforeContact, { siret }, known())
  service.reply(listColleagues, { siret }, { items: [claire, colleague] })
  service.reply(listHistory, { siret }, asHistory(history))
  service.reply(listCorrespondents, { siret }, { items: [...correspondents], next: null, mayAdd: true, alike: [] })
  service.reply(listCorrespondentsBeside, { siret }, { items: [] })
  service.reply(listCampaigns, {}, { items: [campaign()], next: null, allowed: [] })
  service.reply(listTargetsAt, { siret }, { items: [targetAt(), closedAt()], more: false })
  service.reply(getRecording, { siret }, recording())
  service.reply(listCampaignResults, { campaignId: campaign().id }, { items: [], allowed: [] })
  service.reply(listContours, { territoryId: String(epci.id) }, contours)
}

/** What each filter of a search would give, and the ground of its map. */
export const facets: Reply<typeof countFacets> = {
  territories: [
    { territory: clpe, count: 10_000, more: true },
    { territory: epci, count: 1_234, more: false },
  ],
  activities: [
    { code: 'F', label: 'Construction', count: 7_310, more: false },
    { code: 'C', label: 'Industrie manufacturière', count: 812, more: false },
    { code: 'U', label: 'Activités extraterritoriales', count: 0, more: false },
  ],
  sizes: sizes.map((size, at) => ({ size, count: [10_000, 640, 12, 3, 0][at]!, more: at === 0 })),
  legalNatures: legalNatures.map((legalNature, at) => ({
    legalNature,
    count: [10_000, 512, 84, 37, 0][at]!,
    more: at === 0,
  })),
  companySizes: companySizes.map((companySize, at) => ({
    companySize,
    count: [10_000, 730, 96, 41, 208][at]!,
    more: at === 0,
  })),
  employer: [
    { value: true, count: 2_310, more: false },
    { value: false, count: 10_000, more: true },
  ],
  active: [
    { value: true, count: 10_000, more: true },
    { value: false, count: 418, more: false },
  ],
  hires: [],
}
/** « Garonne Bois » was met by the mission locale and is in a campaign; of the others nobody met any; the second is not to be contacted. */
export const answerContacts = (service: Service) =>
  service.reply(listKnownContacts, {}, ({ search }) => ({
    items: (search.get('sirets') ?? '').split(',').map((siret, at) => ({
      siret,
      lastContact: at ? null : { organisation: mission, occurredOn: dayFromNow(-3) },
      campaigns: at ? [] : [{ id: id('e0'), name: 'Bâtiment 2026' }],
      notToContactUntil: at === 1 ? dayFromNow(20) : null,
    })),
  }))
export const answerFacets = (service: Service) => {
  answerContacts(service)
  service.reply(findBesideRegister, {}, { campaigns: [], colleagues: [], correspondents: [] })
  service.reply(countFacets, {}, facets)
  for (const { id: territoryId } of [clpe, epci])
    service.reply(listContours, { territoryId: String(territoryId) }, contours)
}

const shots = process.env['SHOTS']
const turn = pageInTurn()
export const open = async (service: Service, path: string, width: 320 | 768 | 1440 = 1440): Promise<Page> =>
  (await turn.open(service.origin, path, { width, height: width === 320 ? 640 : 900 })).page
/** The card of GARONNE BOIS, as `answerCard` tells it but for what `over` answers otherwise. */
export const openCard = (service: Service, over: () => void = () => {}, width?: 320 | 768 | 1440): Promise<Page> => {
  answerCard(service)
  over()
  return open(service, `/etablissements/${line().siret}`, width)
}
/** Leaves the page, and waits for what it was still saving: nothing of it reaches the next one. */
export const leavePage = async (service: Service): Promise<void> => {
  await turn.leave()
  await service.left()
}
/** What must hold in every state of every page. `full`: false under an open dialog, whose page does not scroll. */
export const sound = async (page: Page, name: string, { full = true } = {}) => {
  if (shots) {
    await mkdir(shots, { recursive: true })
    await page.screenshot({ path: join(shots, `${name}.png`), fullPage: full })
  }
  assert.deepEqual(await axe(page), [], `${name}: axe`)
  assert.equal(await overflows(page), false, `${name}: horizontal scroll`)
  assert.deepEqual(await smallTargets(page), [], `${name}: too small for a finger`)
  assert.deepEqual(turn.watched().violations, [], `${name}: content policy and page errors`)
  assert.deepEqual(turn.watched().foreign, [], `${name}: other hosts`)
}
/** The same at each of the three widths. */
export const soundAtEveryWidth = (page: Page, name: string, options?: { full?: boolean }) =>
  atEveryWidth(page, width => sound(page, `${name}-${width}`, options))
