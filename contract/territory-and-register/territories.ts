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
  TerritoryId,
  TerritoryKind,
  TerritoryRef,
  Text,
} from '../common.ts'
import { defineRoute } from '../route.ts'
import { ActivityCode, nomenclatures } from './activities.ts'

export const Territory = Type.Object({
  id: TerritoryId,
  kind: TerritoryKind,
  code: Type.String(),
  name: Type.String(),
  alias: Nullable(Type.String({ description: 'Nom d’usage local' })),
  edition: Nullable(Type.String({ description: 'Édition du découpage (AAAA-MM pour un CLPE)' })),
  communeCount: Type.Integer(),
})
export const listTerritories = defineRoute({
  method: 'GET',
  path: '/territories',
  tag: 'Territoires',
  summary: 'Territoires, par nom ou code',
  needs: 'signed-in',
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 80 })),
    kind: Type.Optional(TerritoryKind),
    within: Type.Optional(TerritoryId),
    own: Type.Optional(Type.Boolean({ description: 'Ceux que ma structure peut ouvrir' })),
    ...PageQuery,
  }),
  reply: listOf(Territory),
})
export const getTerritory = defineRoute({
  method: 'GET',
  path: '/territories/:territoryId',
  tag: 'Territoires',
  summary: 'Un territoire, ses liens et ses communes',
  needs: 'signed-in',
  params: Type.Object({ territoryId: TerritoryId }),
  reply: Type.Object({
    ...Territory.properties,
    parents: Type.Array(TerritoryRef),
    epcis: Type.Array(TerritoryRef),
    communes: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), epciId: Nullable(TerritoryId) }), {
      description: '2 000 au plus',
    }),
    editions: Type.Array(
      Type.Object({ edition: Type.String(), code: Type.String(), name: Type.String(), communeCount: Type.Integer() }),
    ),
  }),
})
export const getCommune = defineRoute({
  method: 'GET',
  path: '/communes/:code',
  tag: 'Territoires',
  summary: 'Une commune par son code officiel, même retiré, à une date',
  needs: 'signed-in',
  params: Type.Object({ code: Type.String({ maxLength: 5, pattern: '^(\\d{5}|2[AB]\\d{3})$' }) }),
  query: Type.Object({ on: Type.Optional(Day) }),
  reply: Type.Object({
    asked: Type.String(),
    code: Type.String(),
    name: Type.String(),
    resolved: Nullable(Type.Object({ how: Type.String(), on: Nullable(Day) })),
    territories: Type.Array(TerritoryRef),
  }),
})

/** Groups, classes and codes: sections and divisions have words of our own, which every page holds. */
export const listActivities = defineRoute({
  method: 'GET',
  path: '/activities',
  tag: 'Territoires',
  summary: 'Activités par un mot de leur intitulé ou d’un métier, par le début de leur code, ou d’un code',
  needs: 'signed-in',
  query: Type.Object({
    q: Type.Optional(Text(80)),
    code: Type.Optional(ActivityCode),
    nomenclature: Type.Optional(oneOf(nomenclatures)),
  }),
  reply: listOf(Type.Object({ code: ActivityCode, label: Type.String() })),
})

export const listCommunes = defineRoute({
  method: 'GET',
  path: '/communes',
  tag: 'Territoires',
  summary: 'Communes, par le début de leur nom, leur code postal ou leur code officiel',
  needs: 'signed-in',
  query: Type.Object({ q: Text(80) }),
  reply: listOf(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      postalCodes: Type.Array(Type.String()),
      departement: Type.String(),
    }),
  ),
})

export const contourKinds = ['departement', 'epci', 'commune'] as const
export const listContours = defineRoute({
  method: 'GET',
  path: '/territories/:territoryId/contours',
  tag: 'Territoires',
  summary: 'Les contours de ce dont un territoire est fait, pour une carte',
  needs: 'signed-in',
  cacheable: true,
  params: Type.Object({ territoryId: TerritoryId }),
  query: Type.Object({ of: Type.Optional(oneOf(contourKinds)) }),
  reply: Type.Object({
    of: oneOf(contourKinds),
    items: Type.Array(
      Type.Object({
        code: Type.String(),
        name: Type.String(),
        territoryIds: Type.Array(TerritoryId, { description: 'Les territoires qu’il est, ou dont il fait partie' }),
        polygons: Type.Array(Type.Array(Type.Array(Type.Array(Type.Number()))), {
          description: 'Comme les coordonnées d’un MultiPolygon GeoJSON : longitude, latitude (WGS 84), simplifiées',
        }),
      }),
      { description: 'Vide tant que les contours n’ont pas été importés' },
    ),
    sources: Type.Array(Type.String(), { description: 'Qui a fait ces contours, sous quelle licence' }),
    places: Type.Array(Type.Object({ name: Type.String(), lat: Type.Number(), lon: Type.Number() }), {
      description: 'Les communes qu’aucun contour ne nomme, au milieu de leurs établissements',
    }),
  }),
  refusals: ['territory/contours-too-fine'],
})

export const TaskForce = Type.Object({
  clpe: TerritoryRef,
  pilot: OrganisationRef,
  members: Type.Array(OrganisationRef),
  sensitiveSectors: Type.Array(Type.Object({ division: Type.String(), label: Type.String() })),
  version: Type.Integer(),
  /** The convention of its pilot is over: nobody there edits it any more. */
  left: Type.Boolean(),
  /** How its piloting passed, the latest first; `taken-over`: its pilot was gone; `entrusted`: by the operator. */
  handovers: Type.Array(
    Type.Object({
      at: Instant,
      kind: oneOf(['handed-over', 'taken-over', 'entrusted']),
      former: OrganisationRef,
      pilot: OrganisationRef,
    }),
  ),
  allowed: Type.Array(oneOf(['edit', 'take-over'])),
})
export const getTaskForce = defineRoute({
  method: 'GET',
  path: '/territories/:territoryId/task-force',
  tag: 'Territoires',
  summary: 'La task force entreprise d’un CLPE',
  needs: 'signed-in',
  params: Type.Object({ territoryId: TerritoryId }),
  reply: TaskForce,
  versioned: true,
})
export const editTaskForce = defineRoute({
  method: 'PUT',
  path: '/territories/:territoryId/task-force',
  tag: 'Territoires',
  summary: 'Changer les membres et les secteurs sensibles',
  needs: 'campagnes:pilote',
  params: Type.Object({ territoryId: TerritoryId }),
  versioned: true,
  body: Type.Object({
    pilotId: Id,
    memberIds: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
    sensitiveSectors: Type.Array(Type.String({ maxLength: 2, pattern: '^\\d{2}$' }), {
      maxItems: 88,
      uniqueItems: true,
    }),
  }),
  reply: TaskForce,
  refusals: ['task-force/pilot-only', 'organisation/unknown', 'task-force/sector-unknown', 'session/step-up-required'],
})

export const listOrganisations = defineRoute({
  method: 'GET',
  path: '/organisations',
  tag: 'Territoires',
  summary: 'Structures partenaires, cherchées par nom ou par SIRET',
  needs: 'signed-in',
  query: Type.Object({ q: Type.Optional(Text(80)), ...PageQuery }),
  reply: listOf(OrganisationRef),
})
