import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, Siret, Text } from '../common.ts'
import { defineRoute } from '../route.ts'

const tag = 'Référents'
export const Referent = Type.Object({
  id: Id,
  organisation: OrganisationRef,
  person: Nullable(PersonRef),
  since: Day,
  namedBy: Nullable(PersonRef),
  namedAt: Instant,
  inPost: Type.Boolean({ description: 'Travaille encore là ; faux : n’est plus en poste' }),
  ended: Nullable(
    Type.Object({
      until: Day,
      how: oneOf(['ended', 'replaced']),
      by: Nullable(PersonRef),
      organisation: OrganisationRef,
      reason: Nullable(Type.String()),
    }),
  ),
  mayEnd: Type.Boolean(),
})
export const Referents = Type.Object({
  current: Type.Array(Referent, { description: 'Un par structure au plus' }),
  past: Type.Array(Referent, { description: 'Le dernier nommé d’abord : 50 au plus' }),
  mayName: Type.Boolean({ description: 'Ma structure peut en nommer un maintenant' }),
})

/** What happened to the role of a referent. */
export const referentChanges = ['named', 'ended', 'replaced'] as const
/** One line of the history of an employer. */
export const ReferentLine = Type.Object({
  id: Id,
  siret: Siret,
  establishmentName: Nullable(Type.String()),
  day: Day,
  at: Instant,
  change: oneOf(referentChanges),
  organisation: OrganisationRef,
  person: Nullable(PersonRef),
  by: Nullable(PersonRef),
  byOrganisation: OrganisationRef,
  reason: Nullable(Type.String()),
})

const ofEstablishment = {
  path: '/establishments/:siret/referents',
  tag,
  params: Type.Object({ siret: Siret }),
  reply: Referents,
} as const
export const listReferents = defineRoute({
  ...ofEstablishment,
  method: 'GET',
  summary: 'Les référents d’un employeur : qui, de quelle structure, depuis quand, et ceux d’avant',
  needs: 'fiche-etablissement:consultation',
  refusals: ['access/outside-perimeter'],
})
export const nameReferent = defineRoute({
  ...ofEstablishment,
  method: 'POST',
  summary: 'Se dire référent d’un employeur pour sa structure, ou y nommer un collègue',
  needs: 'campagnes:conseiller',
  body: Type.Object({ accountId: Type.Optional(Id) }),
  refusals: ['access/outside-perimeter', 'establishment/unknown', 'referent/already', 'referent/colleague-elsewhere'],
})
export const endReferent = defineRoute({
  method: 'POST',
  path: '/referents/:referentId/end',
  tag,
  summary: 'Mettre fin au rôle d’un référent, en disant pourquoi',
  needs: 'campagnes:conseiller',
  params: Type.Object({ referentId: Id }),
  body: Type.Object({ reason: Text(300) }),
  reply: Referents,
  refusals: ['referent/structure-or-lead-only', 'referent/ended'],
})
