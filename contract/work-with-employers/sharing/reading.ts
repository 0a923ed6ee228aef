import { Type } from 'typebox'
import { Id, Instant, listOf, Nullable, OrganisationRef, oneOf, PageQuery, PersonRef, Siret } from '../../common.ts'
import { defineRoute } from '../../route.ts'

/* What was shared out, as the pages of campaigns and employers read it: they load no more than that. */

/** How targets are shared out: all to one, evenly by load, by zone, by activity, to who knows the employer. */
export const sharingKinds = ['main', 'charge', 'zone', 'activite', 'referent'] as const

/** An organisation, or a person of one's own. */
export const Recipient = Type.Object({ organisation: OrganisationRef, person: Nullable(PersonRef) })
export const Sharing = Type.Object({
  id: Id,
  how: oneOf(sharingKinds),
  by: PersonRef,
  withinOrganisation: Nullable(OrganisationRef),
  reason: Nullable(Type.String()),
  doneAt: Instant,
  moved: Type.Integer(),
  undoneAt: Nullable(Instant),
  undoneBy: Nullable(PersonRef),
  restored: Nullable(Type.Integer()),
  allowed: Type.Array(Type.Literal('undo')),
})
const CampaignParams = Type.Object({ campaignId: Id })

export const listSharings = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/sharings',
  tag: 'Répartition',
  summary: 'Les répartitions faites, la dernière d’abord',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: Type.Object(PageQuery),
  reply: Type.Object({ ...listOf(Sharing).properties, allowed: Type.Array(Type.Literal('share-out')) }),
})
export const listAssignments = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/targets/:siret/assignments',
  tag: 'Répartition',
  summary: 'Qui s’est occupé de cette cible : quand, de qui à qui, pourquoi',
  needs: 'campagnes:consultation',
  params: Type.Object({ campaignId: Id, siret: Siret }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        at: Instant,
        by: PersonRef,
        how: Nullable(oneOf(sharingKinds)),
        reason: Nullable(Type.String()),
        undone: Type.Boolean(),
        from: Nullable(Recipient),
        to: Nullable(Recipient),
      }),
      { description: 'La plus récente d’abord, 100 au plus' },
    ),
  }),
})
