import type * as indicators from '../contract/oversight/indicators.ts'
import { categories, type Reply } from '../contract/route.ts'
import type * as identity from '../contract/signing-in/identity.ts'
import { companySizes, legalNatures } from '../contract/territory-and-register/employer-kinds.ts'
import type * as territories from '../contract/territory-and-register/territories.ts'
import type * as campaigns from '../contract/work-with-employers/campaigns.ts'
import type * as progressContract from '../contract/work-with-employers/progress.ts'
import type * as targetViews from '../contract/work-with-employers/targets.ts'
import { addDays, parisDay } from '../server/platform/time.ts'

/** Replies the compiler holds to the contract; a test changes what it is about. */
type Mutable<T> = T extends readonly (infer I)[]
  ? Mutable<I>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T
export type Campaign = Mutable<Reply<typeof campaigns.getCampaign>>
export type Target = Mutable<Reply<typeof campaigns.listTargets>['items'][number]>
export type Conflict = Mutable<Reply<typeof campaigns.listConflicts>['items'][number]>
type Line = Target['establishment']
export type Me = Mutable<Reply<typeof identity.getMe>>

const id = (kind: string, number: number) => `0193a000-0000-7000-8${kind}-${String(number).padStart(12, '0')}`
const day = (shift: number) => addDays(parisDay(new Date()), shift)

export const organisations = {
  jalle: { id: id('0b0', 1), name: 'CC Jalle-Eau-Bourde', kind: 'epci' },
  mission: { id: id('0b0', 2), name: 'Mission locale des Graves', kind: 'mission-locale' },
  plie: { id: id('0b0', 3), name: 'PLIE Portes du Sud', kind: 'plie' },
  france: { id: id('0b0', 4), name: 'France Travail, direction territoriale Gironde', kind: 'france-travail' },
}
const { jalle, mission, plie, france } = organisations
export const lead = { id: id('0a0', 7), name: 'Paul Lestage', organisationId: plie.id }
export const clpe = { id: 10001, kind: 'clpe' as const, code: 'CLPE33002', name: 'Bordeaux hors Métropole' }
const epci = { id: 243301165, kind: 'epci' as const, code: '243301165', name: 'CC Jalle-Eau-Bourde' }

export const me = (profile: 'pilote' | 'conseiller' = 'pilote'): Me => ({
  account: { id: id('0a0', 1), givenName: 'Inès', familyName: 'Garat', function: 'Chargée de mission' },
  organisation: jalle,
  session: {
    id: id('0c0', 1),
    state: 'active',
    signedInAt: '2026-11-24T07:58:00Z',
    endsAt: '2026-11-24T19:58:00Z',
    lockedAfterMinutes: 30,
    steppedUpUntil: null,
  },
  factors: {
    first: { by: 'proconnect', acr: 'eidas1', amr: ['pwd'] },
    second: { by: 'totp', at: '2026-11-24T07:59:00Z' },
    enrolled: [],
    enrolmentOpen: false,
    recoveryCodesLeft: 0,
    password: false,
  },
  rights: [
    {
      tool: 'campagnes',
      profile,
      territory: clpe,
      reason: 'prospection de la task force',
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

const names = [
  'GARONNE BOIS',
  'CHAI DES TILLEULS',
  'ATELIER DU PONT LONG',
  'BOULANGERIE DES ÉCOLES',
  'MAÇONNERIE GRAVES ET FILS',
  'TRANSPORTS DE LA LANDE',
  'PÉPINIÈRES DU VALLON',
  'MENUISERIE RÉUNIE',
  'CLINIQUE DES PINS',
  'HÔTEL DE LA HALTE',
]
const activities = [
  ['16.23Z', 'Travail du bois'],
  ['11.02B', 'Fabrication de boissons'],
  ['25.62B', 'Fabrication de produits métalliques'],
  ['10.71C', 'Industries alimentaires'],
  ['43.99C', 'Travaux de construction spécialisés'],
  ['49.41A', 'Transports terrestres'],
] as const
const towns = [
  ['33122', 'Cestas'],
  ['33090', 'Canéjan'],
  ['33422', 'Saint-Jean-d’Illac'],
  ['33238', 'Léognan'],
] as const
export const line = (number: number): Line => ({
  siret: `9000000${String(number).padStart(2, '0')}00011`,
  siren: `9000000${String(number).padStart(2, '0')}`,
  name: number === 7 ? null : `${names[number % names.length]}${number >= names.length ? ` ${number}` : ''}`,
  sign: null,
  activity: {
    code: activities[number % activities.length]![0],
    nomenclature: 'NAFRev2',
    label: activities[number % activities.length]![1],
  },
  town: towns[number % towns.length]![1],
  communeCode: towns[number % towns.length]![0],
  headcount: number % 5 === 4 ? null : { band: '12', label: '20 à 49 salariés', year: 2024 },
  legalNature: legalNatures[number % legalNatures.length]!,
  companySize: companySizes[number % companySizes.length]!,
  employer: true,
  active: true,
  headOffice: true,
  partialDiffusion: number === 7,
})

export const campaign = (over: Partial<Campaign> = {}): Campaign => ({
  id: id('0e0', 1),
  name: 'Apprentissage dans le bâtiment',
  purpose: 'prospection',
  description:
    'Proposer aux entreprises du bâtiment des apprentis pour la rentrée, et repérer celles qui n’en ont jamais accueilli.',
  territory: clpe,
  startsOn: day(-54),
  endsOn: day(37),
  status: 'open',
  pilot: jalle,
  members: [jalle, mission, plie],
  contactDelayDays: 30,
  conflictScope: 'establishment',
  leads: [],
  goals: [{ kind: 'etablissements-contactes', value: 100 }],
  step: 'etablissements',
  counts: { targets: 120, contacted: 42, undecided: 0 },
  createdAt: '2026-09-14T08:00:00Z',
  createdBy: { id: id('0a0', 1), name: 'Inès Garat', organisationId: jalle.id },
  openedAt: new Date(Date.now() - 54 * 86_400_000).toISOString(),
  closedAt: null,
  closesOn: null,
  version: 3,
  allowed: ['add-targets', 'change-period', 'correct', 'change-members', 'hand-over', 'work-targets', 'close'],
  ...over,
})
export const draft = (over: Partial<Campaign> = {}) =>
  campaign({
    id: id('0e0', 2),
    name: 'Industrie et bois',
    status: 'draft',
    openedAt: null,
    startsOn: day(7),
    endsOn: day(120),
    counts: { targets: 0, contacted: 0, undecided: 0 },
    version: 1,
    allowed: ['edit', 'add-targets', 'decide-conflicts', 'open'],
    ...over,
  })
export const campaignList = (items: Campaign[], mayCreate = true): Reply<typeof campaigns.listCampaigns> => ({
  items,
  next: null,
  total: items.length,
  allowed: mayCreate ? ['create'] : [],
})

export const target = (number: number, over: Partial<Target> = {}): Target => ({
  establishment: line(number),
  status: 'a-contacter',
  shared: false,
  sharedWith: null,
  setAsideReason: null,
  closedResult: null,
  assignedTo: null,
  takenBy: null,
  nextAction: null,
  lastContact: null,
  contactCount: 0,
  phone: null,
  allowed: ['take', 'record', 'set-aside'],
  ...over,
})
export const targets = (): Reply<typeof campaigns.listTargets> => ({
  items: [
    target(0, {
      status: 'rendez-vous',
      takenBy: { id: id('0a0', 1), name: 'Inès Garat', organisationId: jalle.id },
      lastContact: { organisation: jalle, occurredOn: day(-3) },
      contactCount: 2,
      allowed: ['release', 'record', 'set-aside'],
    }),
    target(1, {
      status: 'en-cours',
      takenBy: { id: id('0a0', 2), name: 'Karim Belkacem', organisationId: mission.id },
      lastContact: { organisation: mission, occurredOn: day(-12) },
      contactCount: 1,
      allowed: ['record', 'set-aside'],
    }),
    target(2),
    target(3, { shared: true }),
    target(4, { status: 'besoin', lastContact: { organisation: plie, occurredOn: day(-1) }, contactCount: 1 }),
    target(5, { status: 'ecarte', setAsideReason: 'Déjà suivi par PLIE Portes du Sud', allowed: ['put-back'] }),
    target(7),
  ],
  next: 'suite',
  total: 120,
})
export const targetCounts = (): Reply<typeof targetViews.countTargets> => ({
  total: 120,
  statuses: [
    { status: 'a-contacter', count: 69 },
    { status: 'prise-en-charge', count: 9 },
    { status: 'en-cours', count: 22 },
    { status: 'rendez-vous', count: 6 },
    { status: 'besoin', count: 7 },
    { status: 'ecarte', count: 7 },
  ],
  organisations: [
    { organisation: null, count: 69 },
    { organisation: jalle, count: 31 },
    { organisation: mission, count: 20 },
  ],
  zones: [
    { zone: epci.id, name: epci.name, count: 70 },
    { zone: 243301264, name: 'CC de Montesquieu', count: 50 },
  ],
  activities: [
    { code: '43', label: 'Travaux de construction spécialisés', count: 80 },
    { code: '16', label: 'Travail du bois', count: 40 },
  ],
})
export const moreTargets = (): Reply<typeof campaigns.listTargets> => ({ items: [target(8), target(9)], next: null })

export const conflict = (number: number, over: Partial<Conflict> = {}): Conflict => ({
  establishment: line(number),
  kind: 'held',
  organisation: plie,
  on: day(37),
  held: true,
  campaign: { id: id('0e0', 9), name: 'Industrie 2026' },
  decision: null,
  reason: null,
  ...over,
})
// No establishment here is held by two: the groups add up.
const countedByKind = (
  reply: Omit<Reply<typeof campaigns.listConflicts>, 'byKind'>,
): Reply<typeof campaigns.listConflicts> => ({
  ...reply,
  byKind: [...Map.groupBy(reply.groups, group => group.kind)].map(([kind, groups]) => ({
    kind,
    count: groups.reduce((n, g) => n + g.count, 0),
    undecided: groups.reduce((n, g) => n + g.undecided, 0),
  })),
})
export const conflicts = (
  over: Partial<Omit<Reply<typeof campaigns.listConflicts>, 'byKind'>> = {},
): Reply<typeof campaigns.listConflicts> =>
  countedByKind({
    items: [
      conflict(0),
      conflict(1),
      conflict(2, { campaign: null, organisation: france }),
      conflict(3, { kind: 'contacted', organisation: mission, on: day(-8), held: false, campaign: null }),
      conflict(4, {
        kind: 'contacted',
        organisation: mission,
        on: day(-2),
        held: false,
        campaign: null,
        decision: 'leave',
      }),
    ],
    next: null,
    total: 36,
    groups: [
      { kind: 'held', organisation: plie, campaignName: 'Industrie 2026', count: 18, undecided: 18 },
      { kind: 'held', organisation: france, campaignName: null, count: 3, undecided: 3 },
      { kind: 'contacted', organisation: mission, campaignName: null, count: 15, undecided: 14 },
    ],
    ...over,
  })
export const noConflict = (): Reply<typeof campaigns.listConflicts> =>
  countedByKind({ items: [], next: null, total: 0, groups: [] })

export const noOutcome = {
  added: 0,
  'already-there': 0,
  'outside-territory': 0,
  unknown: 0,
  closed: 0,
  'not-a-siret': 0,
  objects: 0,
  'do-not-contact': 0,
}
type Outcomes = Reply<typeof campaigns.addTargets>['outcomes']
export const preview = (count = 412): Reply<typeof campaigns.previewTargets> => ({
  count,
  sample: Array.from({ length: Math.min(count, 8) }, (_, number) => line(number)),
  conflicts: { held: count ? 21 : 0, contacted: count ? 15 : 0, beside: 0 },
  budgetSpent: count ? 6 : 0,
  outcomes: { counts: { ...noOutcome, added: count, 'already-there': count ? 0 : 412 }, lines: [] },
  breakdown: {
    zones: count
      ? [
          { territoryId: 243301165, name: 'CC Jalle-Eau-Bourde', count: count - 150 },
          { territoryId: 243301264, name: 'CC de Montesquieu', count: 150 },
        ].filter(zone => zone.count > 0)
      : [],
    sectors: count ? [{ code: '16', label: 'Travail du bois', count }] : [],
    sizes: [
      { size: '0-9', count: 0 },
      { size: '10-49', count },
      { size: '50-99', count: 0 },
      { size: '100-199', count: 0 },
      { size: '200+', count: 0 },
    ],
  },
  points: Array.from({ length: Math.min(count, 8) }, (_, number) => ({
    siret: line(number).siret,
    name: line(number).name,
    lat: 44.7 + number / 100,
    lon: -0.6 - number / 100,
  })),
})
const pasted: Outcomes = {
  counts: { ...noOutcome, added: 2, 'already-there': 1, 'outside-territory': 1, unknown: 1, 'not-a-siret': 1 },
  lines: [
    { line: 3, text: '900 000 002 00011', outcome: 'already-there' },
    { line: 4, text: '39086003200034', outcome: 'outside-territory' },
    { line: 5, text: '90000099900019', outcome: 'unknown' },
    { line: 7, text: 'à vérifier', outcome: 'not-a-siret' },
  ],
}
export const pastedPreview = (): Reply<typeof campaigns.previewTargets> => ({
  ...preview(2),
  conflicts: { held: 0, contacted: 1, beside: 0 },
  outcomes: pasted,
})
export const pastedAdded = (now: Campaign): Reply<typeof campaigns.addTargets> => ({ outcomes: pasted, campaign: now })
export const added = (now: Campaign): Reply<typeof campaigns.addTargets> => ({
  outcomes: { counts: { ...noOutcome, added: now.counts.targets }, lines: [] },
  campaign: now,
})

const cut = (code: string, label: string, targets: number, contacted: number) => ({
  code,
  label,
  targets,
  taken: Math.round(targets / 2),
  contacted,
  reached: Math.round(contacted * 0.7),
  needs: Math.round(contacted / 6),
  hires: Math.round(contacted / 12),
})
export const progress = (
  over: Partial<Mutable<Reply<typeof progressContract.getProgress>>> = {},
): Reply<typeof progressContract.getProgress> => ({
  targets: 120,
  contacted: 42,
  setAside: 8,
  goal: 100,
  byStatus: [
    { status: 'a-contacter', count: 69 },
    { status: 'prise-en-charge', count: 9 },
    { status: 'en-cours', count: 22 },
    { status: 'rendez-vous', count: 6 },
    { status: 'besoin', count: 7 },
    { status: 'traite', count: 7 },
    { status: 'ecarte', count: 8 },
  ],
  weeks: [0, 1, 2, 3, 4, 5, 6, 7].map(n => ({
    from: day(-54 + 7 * n),
    until: day(Math.min(-48 + 7 * n, 0)),
    contacted: [2, 5, 11, 16, 18, 27, 35, 42][n]!,
    expected: [8, 15, 23, 30, 38, 45, 53, 59][n]!,
  })),
  funnel: [
    { step: 'targets', count: 120 },
    { step: 'contacted', count: 42 },
    { step: 'reached', count: 31 },
    { step: 'meeting', count: 9 },
    { step: 'need', count: 7 },
    { step: 'hire', count: 2 },
  ],
  needs: { noted: 6, open: 3, hires: 4 },
  byOrganisation: [
    {
      organisation: jalle,
      taken: 31,
      contacted: 24,
      contacts: 33,
      needs: 4,
      noted: 4,
      hires: 3,
      lastContactOn: day(-1),
      silent: false,
    },
    {
      organisation: mission,
      taken: 12,
      contacted: 14,
      contacts: 15,
      needs: 3,
      noted: 2,
      hires: 1,
      lastContactOn: day(-3),
      silent: false,
    },
    {
      organisation: plie,
      taken: 2,
      contacted: 6,
      contacts: 6,
      needs: 0,
      noted: 0,
      hires: 0,
      lastContactOn: day(-21),
      silent: true,
    },
  ],
  bySector: [
    {
      ...cut('F', 'Construction', 80, 30),
      divisions: [
        cut('43', 'Travaux de construction spécialisés', 62, 21),
        cut('41', 'Construction de bâtiments', 18, 9),
      ],
    },
    { ...cut('C', 'Industrie manufacturière', 40, 12), divisions: [cut('16', 'Travail du bois', 40, 12)] },
  ],
  byZone: {
    kind: 'epci',
    lines: [cut('243301165', 'CC Jalle-Eau-Bourde', 70, 30), cut('243301264', 'CC de Montesquieu', 50, 12)],
  },
  bySize: [cut('0-9', 'Moins de 10 salariés', 90, 28), cut('10-49', '10 à 49 salariés', 30, 14)],
  byResult: {
    lines: [
      { code: 'absent', label: 'Absent', count: 18 },
      { code: 'pas-de-besoin', label: 'Pas de besoin', count: 12 },
      { code: 'rendez-vous-pris', label: 'Rendez-vous pris', count: 9 },
      { code: 'besoin-detecte', label: 'Besoin détecté', count: 7 },
    ],
    hidden: 8,
  },
  byAdvisor: {
    lead: false,
    lines: [
      {
        person: { id: me().account.id, name: 'Claire Delmas', organisationId: jalle.id },
        taken: 12,
        untouched: 2,
        contacts: 9,
        contacted: 8,
        late: 1,
      },
    ],
  },
  stuck: {
    days: 14,
    counts: [
      { kind: 'untouched', count: 4 },
      { kind: 'late', count: 3 },
      { kind: 'silent', count: 1 },
      { kind: 'undecided', count: 0 },
      { kind: 'waiting', count: 69 },
    ],
  },
  asOf: '2026-11-24T13:32:00Z',
  ...over,
})
export const stuckRows = (): Reply<typeof progressContract.listStuck> => ({
  items: [0, 1, 2].map(n => ({
    id: `s${n}`,
    establishment: line(n),
    organisation: mission,
    person: n === 2 ? null : { id: id('0a0', 2), name: 'Karim Belkacem', organisationId: mission.id },
    since: { on: day(-20 - n), what: n === 1 ? ('rappel' as const) : ('taken' as const) },
  })),
  next: null,
  total: 3,
})

export const figures = (): Reply<typeof indicators.getIndicators> => ({
  from: '2026-10-01',
  to: '2026-12-31',
  asOf: '2026-11-24T13:32:00Z',
  moved: null,
  frozen: null,
  frozenForOthers: false,
  freezesOn: null,
  items: [
    {
      code: 'conseillers-utilisateurs',
      title: 'Conseillers partenaires utilisateurs',
      value: 23,
      since: 0,
      parts: [
        { code: 'campagnes', label: 'Campagnes coordonnées', value: 19, since: 0 },
        { code: 'fiche-etablissement', label: 'Fiche établissement', value: 23, since: 0 },
      ],
      definition: {
        version: 1,
        since: '2026-11-01',
        corrects: false,
        text: 'Nombre de personnes différentes, agents des partenaires, qui ont employé l’outil au moins une fois pendant la période.',
        others: [],
      },
    },
    {
      code: 'usage',
      title: 'Usage des outils communs',
      value: 1284,
      since: 0,
      parts: [
        { code: 'fiches-ouvertes', label: 'Fiches ouvertes', value: 1048, since: 0 },
        { code: 'echanges', label: 'Échanges enregistrés', value: 236, since: 0 },
      ],
      definition: {
        version: 1,
        since: '2026-11-01',
        corrects: false,
        text: 'Nombre d’actes faits dans chaque outil par les agents des partenaires.',
        others: [],
      },
    },
    {
      code: 'campagnes',
      title: 'Campagnes coordonnées avec des partenaires',
      value: 4,
      since: 0,
      parts: [
        { code: 'prospection', label: 'Prospection', value: 3, since: 0 },
        { code: 'fidelisation', label: 'Fidélisation', value: 1, since: 0 },
      ],
      definition: {
        version: 1,
        since: '2026-11-01',
        corrects: false,
        text: 'Nombre de campagnes ouvertes pendant la période qui réunissent au moins deux structures.',
        others: [],
      },
    },
    {
      code: 'etablissements',
      title: 'Établissements prospectés ou fidélisés',
      value: 187,
      since: 0,
      parts: [
        { code: 'prospection', label: 'Prospectés', value: 151, since: 0 },
        { code: 'fidelisation', label: 'Fidélisés', value: 36, since: 0 },
      ],
      definition: {
        version: 2,
        since: '2026-11-15',
        corrects: false,
        text: 'Nombre d’établissements différents contactés par le conseiller d’un partenaire dans une campagne, chacun compté une fois.',
        others: [
          {
            version: 1,
            since: '2026-10-01',
            corrects: false,
            text: 'Nombre d’établissements différents contactés, chacun compté une fois par structure.',
          },
        ],
      },
    },
  ],
})
export const reachedEmployers = (): Reply<typeof indicators.getReachedEmployers> => ({
  natures: [
    { code: 'nature.company', label: 'Entreprise privée', value: 148 },
    { code: 'nature.association', label: 'Association ou fondation', value: 21 },
    { code: 'nature.public', label: 'Employeur public', value: 18 },
    { code: 'nature.other', label: 'Autre organisme', value: 0 },
    { code: 'nature.unknown', label: 'Nature non renseignée', value: 0 },
  ],
  sizes: [
    { code: 'size.tpe', label: 'TPE', value: 96 },
    { code: 'size.pme', label: 'PME', value: 71 },
    { code: 'size.eti', label: 'ETI', value: 12 },
    { code: 'size.large', label: 'Grande entreprise', value: 3 },
    { code: 'size.unknown', label: 'Taille non renseignée', value: 5 },
  ],
})
export const noFigure = (): Reply<typeof indicators.getIndicators> => ({
  ...figures(),
  items: figures().items.map(item => ({ ...item, value: 0, parts: item.parts.map(part => ({ ...part, value: 0 })) })),
})
export const rows = (): Reply<typeof indicators.listIndicatorRows> => ({
  items: [
    ...Array.from({ length: 6 }, (_, number) => ({
      id: line(number).siret,
      label: line(number).name ?? line(number).siret,
      detail: `${line(number).town} · Apprentissage dans le bâtiment · CC Jalle-Eau-Bourde`,
      on: day(-number * 9),
      link: `/etablissements/${line(number).siret}`,
      count: null,
    })),
    {
      id: 'autre',
      label: 'Établissement hors de votre périmètre',
      detail: 'Mission locale des Graves',
      on: day(-2),
      link: null,
      count: null,
    },
  ],
  next: 'suite',
  total: 151,
  value: 151,
  unnamed: 0,
})

export const territory = (): Reply<typeof territories.getTerritory> => ({
  ...clpe,
  alias: 'Cœur de Gironde',
  edition: '2026-05',
  communeCount: 9,
  parents: [
    { id: 1075, kind: 'region', code: '75', name: 'Nouvelle-Aquitaine' },
    { id: 2033, kind: 'departement', code: '33', name: 'Gironde' },
  ],
  epcis: [epci, { id: 243301264, kind: 'epci', code: '243301264', name: 'CC de Montesquieu' }],
  communes: [
    ['33122', 'Cestas', 243301165],
    ['33090', 'Canéjan', 243301165],
    ['33422', 'Saint-Jean-d’Illac', 243301165],
    ['33238', 'Léognan', 243301264],
    ['33213', 'La Brède', 243301264],
    ['33080', 'Cadaujac', 243301264],
    ['33274', 'Martillac', 243301264],
    ['33448', 'Saint-Médard-d’Eyrans', 243301264],
    ['33506', 'Saucats', 243301264],
  ].map(([code, name, epciId]) => ({ code: String(code), name: String(name), epciId: Number(epciId) })),
  editions: [
    { edition: '2026-05', code: 'CLPE33002', name: 'Bordeaux hors Métropole', communeCount: 9 },
    { edition: '2026-04', code: 'CLPE33005', name: 'Bordeaux hors Métropole', communeCount: 11 },
  ],
})
export const taskForce = (
  over: Partial<Mutable<Reply<typeof territories.getTaskForce>>> = {},
): Reply<typeof territories.getTaskForce> => ({
  clpe,
  pilot: france,
  members: [france, jalle, mission, plie],
  sensitiveSectors: [
    { division: '43', label: 'Travaux de construction spécialisés' },
    { division: '88', label: 'Action sociale sans hébergement' },
  ],
  version: 4,
  left: false,
  handovers: [],
  allowed: ['edit'],
  ...over,
})
export const territoryList = (): Reply<typeof territories.listTerritories> => ({
  items: [
    { ...clpe, alias: 'Cœur de Gironde', edition: '2026-05', communeCount: 9 },
    { ...epci, alias: null, edition: null, communeCount: 6 },
  ],
  next: null,
  total: 2,
})
export const organisationList = (): Reply<typeof territories.listOrganisations> => ({
  items: [jalle, mission, plie, france],
  next: null,
})

/** What happened to a campaign since it opened. */
export const events = (): Reply<typeof campaigns.listCampaignEvents> => ({
  items: [
    {
      id: id('0f5', 2),
      at: '2026-11-20T09:00:00Z',
      kind: 'period',
      by: jalle,
      endedOn: day(7),
      endsOn: day(37),
      organisation: null,
      targets: null,
    },
    {
      id: id('0f5', 1),
      at: '2026-10-01T08:00:00Z',
      kind: 'opened',
      by: jalle,
      endedOn: null,
      endsOn: null,
      organisation: null,
      targets: null,
    },
  ],
})
