import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, TerritoryId } from '../../common.ts'
import { contactRoles } from '../../notices.ts'
import { defineRoute } from '../../route.ts'
import { Convention, ConventionParams, conventionStates, Region, tag } from './shapes.ts'

export const ConventionLine = Type.Object({
  id: Id,
  number: Type.String(),
  organisation: OrganisationRef,
  region: Region,
  state: oneOf(conventionStates),
  termEndsOn: Nullable(Day),
  endsAt: Nullable(Instant),
  effectiveFrom: Nullable(Instant),
  missingContacts: Type.Array(oneOf(contactRoles)),
  withoutRgc: Type.Boolean(),
  awarenessDue: Type.Integer({ description: 'Personnes habilitées sans sensibilisation depuis un an' }),
  reviewLateSince: Nullable(Day), // the day the review of accounts was due, once it is past
  assessmentLateSince: Nullable(Day), // the same of the security assessment
})

const Lacks = oneOf(['contacts', 'rgc', 'duties'])
const Filter = {
  region: Type.Optional(TerritoryId),
  state: Type.Optional(oneOf(conventionStates)),
  lacks: Type.Optional(Lacks),
}

export const listConventions = defineRoute({
  method: 'GET',
  path: '/conventions',
  tag,
  summary: 'Les conventions que je peux lire, par région : état, échéance, ce qui manque',
  needs: 'signed-in',
  query: Type.Object(Filter),
  reply: Type.Object({
    items: Type.Array(ConventionLine, { description: '2 000 au plus' }),
    regions: Type.Array(Region),
    counts: Type.Object({ all: Type.Integer(), contacts: Type.Integer(), rgc: Type.Integer(), duties: Type.Integer() }),
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
