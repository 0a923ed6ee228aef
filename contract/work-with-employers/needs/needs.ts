import { type Static, Type } from 'typebox'
import {
  Day,
  Id,
  Instant,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
  Siret,
  TerritoryId,
  Text,
} from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { EstablishmentLine } from '../../territory-and-register/establishments.ts'
import { Visibility } from '../exchanges.ts'
import { NeedProposal } from './proposal-shape.ts'

const tag = 'Besoins'
export const needKinds = ['recrutement', 'formation', 'immersion', 'conseil', 'contrat-aide', 'autre'] as const
/** Those that end with hires. */
export const hiringKinds = ['recrutement', 'contrat-aide'] as const
export const needAdvice = ['poste-de-travail', 'inclusion', 'handicap'] as const
export const needContracts = [
  'cdi',
  'cdd',
  'interim',
  'saisonnier',
  'apprentissage',
  'professionnalisation',
  'insertion',
] as const
export const needStates = [
  'ouvert',
  'pris-en-charge',
  'partiellement-pourvu',
  'pourvu',
  'pourvu-autrement',
  'abandonne',
] as const
/** Those that still ask for something. */
export const standingNeedStates = ['ouvert', 'pris-en-charge', 'partiellement-pourvu'] as const
export const needActs = [
  'take',
  'give-back',
  'unreachable',
  'hire',
  'answer',
  'fill-otherwise',
  'abandon',
  'reopen',
] as const
/** What happened at each version. */
export const needChanges = [
  'noted',
  'corrected',
  'taken',
  'given-back',
  'unreachable',
  'hired',
  'answered',
  'filled-otherwise',
  'abandoned',
  'reopened',
  'handed-over',
] as const
export type NeedState = (typeof needStates)[number]
export type NeedKind = (typeof needKinds)[number]

const Hours = Type.Number({ minimum: 0.5, maximum: 60, multipleOf: 0.5 })
const Posts = Type.Integer({ minimum: 1, maximum: 999 })
/** What is needed, as all who read the need see it. */
export const NeedFacts = {
  kind: oneOf(needKinds),
  advice: Nullable(oneOf(needAdvice)),
  job: Nullable(Type.Object({ label: Type.String(), code: Nullable(Type.String()), rome: Nullable(Type.String()) })),
  posts: Nullable(Type.Integer()),
  contract: Nullable(oneOf(needContracts)),
  startsOn: Nullable(Day),
  weeklyHours: Nullable(Type.Number()),
  wage: Nullable(Type.String()),
  skills: Nullable(Type.String()),
  place: Nullable(Type.String()),
}
/** One line of a list; what is kept to its structure is not in it. */
export const NeedLine = Type.Object({
  id: Id,
  establishment: EstablishmentLine,
  ...NeedFacts,
  visibility: Visibility,
  state: oneOf(needStates),
  organisation: OrganisationRef,
  owner: Nullable(PersonRef),
  takenBy: Nullable(OrganisationRef),
  takenAt: Nullable(Instant),
  hired: Type.Integer({ description: 'Embauches faites' }),
  notedOn: Day,
  closedAt: Nullable(Instant),
  version: Type.Integer(),
})
export const NeedVersion = Type.Object({
  version: Type.Integer(),
  change: oneOf(needChanges),
  state: oneOf(needStates),
  notes: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  organisation: OrganisationRef,
  author: Nullable(PersonRef),
  at: Instant,
})
export const NeedHire = Type.Object({
  id: Id,
  number: Type.Integer(),
  contract: oneOf(needContracts),
  hiredOn: Day,
  beyond: Type.Boolean({ description: 'Plus que les postes, et dit ainsi' }),
  organisation: OrganisationRef,
})
export const Need = Type.Object({
  ...NeedLine.properties,
  notes: Nullable(Type.String({ description: 'Ce que dit sa structure ; null si elle le garde' })),
  correspondent: Nullable(Type.Object({ id: Id, name: Type.String() })),
  exchangeId: Nullable(Id),
  hires: Type.Array(NeedHire),
  proposals: Type.Array(NeedProposal, { description: 'Celles que ma structure a faites ou reçues' }),
  history: Type.Array(NeedVersion, { description: 'Chaque version que je lis, la dernière d’abord' }),
  allowed: Type.Array(oneOf([...needActs, 'correct', 'propose'])),
})

/** What is typed of a need. */
export const NeedInput = Type.Object({
  kind: oneOf(needKinds),
  advice: Type.Optional(Nullable(oneOf(needAdvice))),
  jobCode: Type.Optional(Nullable(Type.String({ maxLength: 10, pattern: '^\\d{1,10}$' }))),
  jobLabel: Type.Optional(Nullable(Text(250))),
  posts: Type.Optional(Nullable(Posts)),
  contract: Type.Optional(Nullable(oneOf(needContracts))),
  startsOn: Type.Optional(Nullable(Day)),
  weeklyHours: Type.Optional(Nullable(Hours)),
  wage: Type.Optional(Nullable(Text(100))),
  skills: Type.Optional(Nullable(Text(500))),
  place: Type.Optional(Nullable(Text(300))),
  notes: Type.Optional(Nullable(Text(2000))),
  correspondentId: Type.Optional(Nullable(Id)),
  visibility: Type.Optional(Visibility),
})
const inputRefusals = [
  'need/job-missing',
  'need/job-unknown',
  'need/advice-missing',
  'need/correspondent-elsewhere',
] as const

const ofEstablishment = {
  path: '/establishments/:siret/needs',
  tag,
  params: Type.Object({ siret: Siret }),
} as const
export const listNeedsAt = defineRoute({
  ...ofEstablishment,
  method: 'GET',
  summary: 'Les besoins d’un employeur, ceux qui attendent d’abord',
  needs: 'fiche-etablissement:consultation',
  reply: Type.Object({
    items: Type.Array(NeedLine, { description: '200 au plus' }),
    mayNote: Type.Boolean({ description: 'Je peux en noter ici' }),
  }),
  refusals: ['access/outside-perimeter'],
})
export const noteNeed = defineRoute({
  ...ofEstablishment,
  method: 'POST',
  writesIn: 'besoins',
  summary: 'Noter un besoin d’un employeur ; aucun candidat n’y est nommé',
  needs: 'campagnes:conseiller',
  body: Type.Object({ ...NeedInput.properties, exchangeId: Type.Optional(Nullable(Id)) }),
  reply: Need,
  refusals: ['access/outside-perimeter', 'establishment/unknown', 'need/exchange-elsewhere', ...inputRefusals],
})

/** How long ago a need was noted: seven days, a month, three months, or more. */
export const needAges = ['7', '30', '90', 'more'] as const
export const NeedFilter = Type.Object({
  territory: Type.Optional(TerritoryId),
  kind: Type.Optional(oneOf(needKinds)),
  job: Type.Optional(Type.String({ minLength: 1, maxLength: 80, description: 'Des mots du métier, ou un code ROME' })),
  state: Type.Optional(oneOf([...needStates, 'standing'])),
  owner: Type.Optional(oneOf(['me', 'structure', 'taken'])),
  age: Type.Optional(oneOf(needAges)),
})
/** `noted`: the newest first, as among equals of each other order. `state`: as a need goes on. */
export const needSorts = ['noted', 'what', 'employer', 'state', 'holder'] as const
/** Each, and the same turned round. */
export const needOrders = [...needSorts, ...needSorts.map(sort => `-${sort}` as const)] as const
export const listNeeds = defineRoute({
  method: 'GET',
  path: '/needs',
  tag,
  summary: 'Les besoins que je lis, du plus récent au plus ancien si rien d’autre n’est demandé',
  needs: 'campagnes:conseiller',
  query: Type.Object({ ...NeedFilter.properties, sort: Type.Optional(oneOf(needOrders)), ...PageQuery }),
  reply: Type.Object({
    ...listOf(NeedLine).properties,
    received: Type.Integer({ description: 'Proposés à ma structure, sans réponse' }),
  }),
})

const ofNeed = { tag, needs: 'campagnes:conseiller', params: Type.Object({ needId: Id }) } as const
export const getNeed = defineRoute({
  ...ofNeed,
  method: 'GET',
  path: '/needs/:needId',
  summary: 'Un besoin : ce qu’il est, son histoire, à qui il est proposé',
  needs: 'fiche-etablissement:consultation',
  reply: Need,
  revealsPersons: { kind: 'need', by: 'needId' },
})
export const correctNeed = defineRoute({
  ...ofNeed,
  method: 'PUT',
  writesIn: 'besoins',
  path: '/needs/:needId',
  summary: 'Corriger un besoin ; la version d’avant reste dans l’historique',
  body: NeedInput,
  versioned: true,
  reply: Need,
  refusalReveals: { kind: 'need', by: 'needId' },
  refusals: [
    'access/outside-perimeter',
    'need/follower-only',
    'need/closed',
    'need/posts-below-hires',
    ...inputRefusals,
  ],
})
const moves = {
  ...ofNeed,
  method: 'POST',
  writesIn: 'besoins',
  reply: Need,
} as const
const movingRefusals = ['access/outside-perimeter', 'need/taker-only', 'need/not-from-there'] as const
export const takeNeed = defineRoute({
  ...moves,
  path: '/needs/:needId/taking',
  summary: 'Prendre un besoin en charge : un seul preneur à la fois, les autres sont prévenus',
  refusals: ['access/outside-perimeter', 'need/proposed-only', 'need/taken', 'need/not-from-there'],
})
export const giveNeedBack = defineRoute({
  ...moves,
  path: '/needs/:needId/return',
  summary: 'Rendre un besoin pris en charge, ou dire l’employeur injoignable',
  body: Type.Object({ unreachable: Type.Optional(Type.Boolean()), reason: Text(300) }),
  reply: Type.Object({ need: Nullable(Need) }),
  refusals: movingRefusals,
})
export const noteHire = defineRoute({
  ...moves,
  path: '/needs/:needId/hires',
  summary: 'Noter des embauches faites ; personne n’y est nommé',
  body: Type.Object({
    number: Posts,
    contract: oneOf(needContracts),
    hiredOn: Day,
    beyond: Type.Optional(Type.Boolean({ description: 'Plus que les postes demandés : c’est voulu' })),
  }),
  refusals: [...movingRefusals, 'need/more-hires-than-posts', 'need/hire-in-future'],
})
export const closingOutcomes = ['answer', 'fill-otherwise', 'abandon'] as const
export const closeNeed = defineRoute({
  ...moves,
  path: '/needs/:needId/closing',
  summary: 'Clore un besoin : répondu, pourvu autrement ou abandonné, pour un motif',
  body: Type.Object({ outcome: oneOf(closingOutcomes), reason: Type.Optional(Nullable(Text(300))) }),
  refusals: [
    'access/outside-perimeter',
    'need/taker-only',
    'need/follower-only',
    'need/not-from-there',
    'need/reason-missing',
  ],
})
export const reopenNeed = defineRoute({
  ...moves,
  path: '/needs/:needId/reopening',
  summary: 'Rouvrir un besoin clos ; son histoire reste',
  body: Type.Object({ reason: Text(300) }),
  refusals: ['access/outside-perimeter', 'need/follower-only', 'need/not-from-there'],
})
export type NeedReply = Static<typeof Need>
