import { Type } from 'typebox'
import { Cursor, Day, Id, Instant, Nullable, OrganisationRef, oneOf, PageQuery, TerritoryId } from '../../common.ts'
import { contactRoles, conventionParties } from '../../notices.ts'
import { defineRoute } from '../../route.ts'
import { Convention, ConventionParams, conventionStates, Region, tag } from './shapes.ts'

export const ConventionLine = Type.Object({
  id: Id,
  number: Type.String(),
  organisation: OrganisationRef,
  region: Region,
  state: oneOf(conventionStates),
  awaits: Type.Array(oneOf(conventionParties), { description: 'Les parties dont la signature est attendue' }),
  amendmentAwaits: Type.Array(oneOf(conventionParties), { description: 'La même chose, pour un avenant proposé' }),
  receiptsToTell: Type.Integer({
    description: 'Courriers de congé ou de manquement dont la réception n’est pas dite, et que je peux dire',
  }),
  termEndsOn: Nullable(Day),
  endsAt: Nullable(Instant),
  effectiveFrom: Nullable(Instant),
  missingContacts: Type.Array(oneOf(contactRoles)),
  withoutRgc: Type.Boolean(),
  rgcUncertified: Type.Boolean({
    description: 'Un RGC est désigné et aucun n’a d’attestation : leur outil de gestion reste fermé',
  }),
  withoutTerritories: Type.Boolean({
    description: 'La structure n’a aucun territoire : aucune habilitation n’y ouvre',
  }),
  awarenessDue: Type.Integer({ description: 'Personnes habilitées sans sensibilisation depuis un an' }),
  reviewLateSince: Nullable(Day), // the day the review of accounts was due, once it is past
  assessmentLateSince: Nullable(Day), // the same of the security assessment
})

const Lacks = oneOf(['contacts', 'rgc', 'territories', 'duties'])
const Filter = {
  region: Type.Optional(TerritoryId),
  state: Type.Optional(oneOf(conventionStates)),
  lacks: Type.Optional(Lacks),
  /** What one's own party has not signed yet; letters whose receipt one may tell. */
  awaits: Type.Optional(oneOf(['convention', 'amendment', 'receipt'])),
}

export const listConventions = defineRoute({
  method: 'GET',
  path: '/conventions',
  tag,
  summary: 'Les conventions que je peux lire, par région : état, échéance, ce qui manque',
  needs: 'signed-in',
  query: Type.Object({ ...Filter, after: PageQuery.after, limit: PageQuery.limit }),
  reply: Type.Object({
    items: Type.Array(ConventionLine),
    next: Nullable(Cursor),
    regions: Type.Array(Region),
    counts: Type.Object(
      {
        all: Type.Integer(),
        contacts: Type.Integer(),
        rgc: Type.Integer(),
        territories: Type.Integer(),
        duties: Type.Integer(),
        convention: Type.Integer({ description: 'Attendent la signature de ma partie' }),
        amendment: Type.Integer({ description: 'Ont un avenant qui attend la signature de ma partie' }),
        receipt: Type.Integer({ description: 'Ont un courrier dont je peux dire la réception' }),
      },
      { description: 'De toutes, quelle que soit la page' },
    ),
    draftIn: Type.Array(TerritoryId, { description: 'Les régions où je peux préparer une convention' }),
  }),
})

export const exportConventions = defineRoute({
  method: 'POST',
  path: '/conventions/export',
  tag,
  summary: 'Exporter ces conventions pour un tableur',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object(Filter, { additionalProperties: false }),
  reply: Type.Object({ name: Type.String(), csv: Type.String(), rows: Type.Integer() }),
  refusals: ['convention/operator-only'],
})

export const getConvention = defineRoute({
  method: 'GET',
  path: '/conventions/:conventionId',
  tag,
  summary: 'Une convention : son état, son horloge, ses documents, ses interlocuteurs',
  needs: 'signed-in',
  params: ConventionParams,
  reply: Convention,
})
