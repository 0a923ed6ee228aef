import { Type } from 'typebox'
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
  TerritoryRef,
  Text,
} from '../common.ts'
import { defineRoute, fileBodyLimit, profiles, tools } from '../route.ts'

/** What is wrong with an account (the first five) or a grant. */
export const anomalyKinds = [
  'should-be-suspended',
  'contract-over',
  'never-seen',
  'not-seen',
  'no-grant',
  'never-used',
  'unused',
  'beyond-function',
  'beyond-territories',
] as const
export type AnomalyKind = (typeof anomalyKinds)[number]
/** As pages, reports and files say it. */
export const anomalyWords: Readonly<Record<AnomalyKind, string>> = {
  'should-be-suspended': 'deux mois sans activité',
  'contract-over': 'contrat terminé',
  'never-seen': 'jamais connecté',
  'not-seen': 'pas vu depuis un mois',
  'no-grant': 'sans habilitation',
  'never-used': 'jamais utilisée',
  unused: 'inutilisée depuis deux mois',
  'beyond-function': 'au-delà de la fonction',
  'beyond-territories': 'au-delà des territoires de la structure',
}
/** What put an end to it. */
export const corrections = [
  'grant-ended',
  'grant-changed',
  'grant-over',
  'account-suspended',
  'account-deleted',
  'contract-extended',
  'came-back',
  'lifted',
  'worsened',
  'rights-ended',
  'rights-given',
  'used',
  'function-changed',
  'territories-given',
  'gone',
] as const
export type Correction = (typeof corrections)[number]
export const correctionWords: Readonly<Record<Correction, string>> = {
  'grant-ended': 'habilitation terminée',
  'grant-changed': 'habilitation changée',
  'grant-over': 'habilitation arrivée à son terme',
  'account-suspended': 'compte suspendu',
  'account-deleted': 'compte supprimé',
  'contract-extended': 'fin de contrat corrigée',
  'came-back': 'la personne est revenue',
  lifted: 'suspension levée',
  worsened: 'devenue une absence de deux mois',
  'rights-ended': 'habilitations terminées',
  'rights-given': 'habilitation ou rôle donné',
  used: 'la personne s’en est servie',
  'function-changed': 'fonction corrigée',
  'territories-given': 'territoires de la structure étendus',
  gone: 'ne s’applique plus',
}
export const anomalyActs = ['suspend', 'depart', 'edit', 'lift', 'grant', 'change', 'end'] as const

export const Anomaly = Type.Object({
  id: Id,
  kind: oneOf(anomalyKinds),
  person: PersonRef,
  /** Null: the account itself. */
  grant: Nullable(
    Type.Object({
      id: Id,
      tool: oneOf(tools),
      profile: oneOf(profiles),
      territory: Nullable(TerritoryRef),
      agency: Nullable(Type.Object({ id: Id, name: Type.String() })),
      grantedAt: Instant,
    }),
  ),
  evidence: Type.Object(
    { function: Type.String(), contractEndsOn: Nullable(Day), lastActAt: Nullable(Instant), lastUsedOn: Nullable(Day) },
    { description: 'Les faits tels qu’ils étaient' },
  ),
  openedAt: Instant,
  correctedAt: Nullable(Instant),
  correctedHow: Nullable(oneOf(corrections)),
  correctedBy: Nullable(PersonRef),
  allowed: Type.Array(oneOf(anomalyActs), { description: 'Les actes qui la corrigent, et que l’on peut faire' }),
})
const Filter = {
  organisationId: Type.Optional(Id),
  state: Type.Optional(oneOf(['open', 'corrected'])),
  kind: Type.Optional(oneOf(anomalyKinds)),
  q: Type.Optional(Type.String({ maxLength: 80 })),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
}
const tag = 'Anomalies des accès'

export const listAnomalies = defineRoute({
  method: 'GET',
  path: '/anomalies',
  tag,
  summary:
    'Les anomalies des accès d’une structure : ouvertes, la plus ancienne d’abord, ou corrigées dans une période, la dernière d’abord',
  needs: 'signed-in',
  query: Type.Object({ ...PageQuery, ...Filter }),
  reply: Type.Object({ ...listOf(Anomaly).properties, organisation: OrganisationRef }),
  refusals: ['access/role-required', 'anomaly/period-reversed'],
})
export const exportAnomalies = defineRoute({
  method: 'POST',
  path: '/anomalies/export',
  tag,
  summary: 'Les mêmes, en CSV',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({ ...Filter, purpose: Text(300) }),
  reply: Type.Object({ fileName: Type.String(), text: Type.String(), lines: Type.Integer() }),
  refusals: ['access/role-required', 'anomaly/period-reversed'],
})
export const countAnomalies = defineRoute({
  method: 'GET',
  path: '/anomalies/organisations',
  tag,
  summary: 'Structure par structure, pour le CSSI : ses anomalies ouvertes',
  needs: 'role:cssi',
  regional: true,
  query: Type.Object({ ...PageQuery, q: Type.Optional(Type.String({ maxLength: 80 })) }),
  reply: listOf(
    Type.Object({
      organisation: OrganisationRef,
      open: Type.Integer(),
      oldest: Nullable(Instant),
      supplied: Type.Integer({ description: 'Signalées par l’opérateur, non corrigées' }),
    }),
  ),
})

/** What the tool cannot show, and the operator supplies. */
export const SuppliedAnomaly = Type.Object({
  id: Id,
  kind: Type.String(),
  whose: Type.String({ description: 'La personne ou l’accès, tel que l’opérateur l’a vu' }),
  evidence: Type.String(),
  foundOn: Day,
  recordedAt: Instant,
  recordedBy: PersonRef,
  correctedAt: Nullable(Instant),
  correctedBy: Nullable(PersonRef),
  correction: Nullable(Type.String()),
  allowed: Type.Array(Type.Literal('correct')),
})
export const suppliedErrors = [
  'kind-missing',
  'whose-missing',
  'evidence-missing',
  'date-malformed',
  'date-in-future',
  'too-long',
  'twice',
] as const
const Supplied = { kind: Text(80), whose: Text(200), evidence: Text(1000), foundOn: Day }
export const listSupplied = defineRoute({
  method: 'GET',
  path: '/anomalies/supplied',
  tag,
  summary: 'Les anomalies que l’opérateur a vues hors du service, pour une structure',
  needs: 'signed-in',
  query: Type.Object({
    ...PageQuery,
    organisationId: Type.Optional(Id),
    state: Type.Optional(oneOf(['open', 'corrected'])),
  }),
  reply: listOf(SuppliedAnomaly),
  refusals: ['access/role-required'],
})
export const supplyAnomaly = defineRoute({
  method: 'POST',
  path: '/anomalies/supplied',
  tag,
  summary: 'Signaler à une structure une anomalie que le service ne montre pas',
  needs: 'role:cssi',
  regional: true,
  body: Type.Object({ organisationId: Id, ...Supplied }),
  reply: SuppliedAnomaly,
  refusals: ['organisation/unknown', 'anomaly/in-future', 'anomaly/already-supplied'],
})
export const supplyFile = defineRoute({
  method: 'POST',
  path: '/anomalies/supplied/file',
  bodyLimit: fileBodyLimit,
  tag,
  summary:
    'En signaler par un fichier : vérifié en entier ; écrit d’un bloc quand on le confirme et que rien n’est à corriger',
  needs: 'role:cssi',
  regional: true,
  body: Type.Object({
    organisationId: Id,
    text: Type.String({ minLength: 1, maxLength: 1_500_000 }),
    confirm: Type.Boolean(),
  }),
  reply: Type.Object({
    written: Type.Integer(),
    new: Type.Integer(),
    known: Type.Integer({ description: 'Déjà signalées : laissées telles quelles' }),
    wrong: Type.Integer(),
    lines: Type.Array(
      Type.Object({
        line: Type.Integer(),
        kind: Type.String(),
        whose: Type.String(),
        outcome: oneOf(['new', 'known', 'error']),
        errors: Type.Array(oneOf(suppliedErrors)),
      }),
    ),
  }),
  refusals: [
    'organisation/unknown',
    'anomaly/file-empty',
    'anomaly/file-columns',
    'anomaly/file-too-long',
    'anomaly/file-has-errors',
  ],
})
export const correctSupplied = defineRoute({
  method: 'POST',
  path: '/anomalies/supplied/:anomalyId/correct',
  tag,
  summary: 'Dire corrigée une anomalie signalée par l’opérateur, en une phrase',
  needs: 'role:rgc',
  stepUp: true,
  params: Type.Object({ anomalyId: Id }),
  body: Type.Object({ correction: Text(500) }),
  reply: SuppliedAnomaly,
  refusals: ['anomaly/already-corrected'],
})
