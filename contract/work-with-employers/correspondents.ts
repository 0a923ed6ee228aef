import { Type } from 'typebox'
import { Id, Instant, listOf, Nullable, oneOf, Siret } from '../common.ts'
import { defineRoute } from '../route.ts'

export const correspondentFields = [
  'civility',
  'familyName',
  'givenName',
  'role',
  'email',
  'phone',
  'postalAddress',
] as const
/**
 * Where a value comes from, the strongest first: the person, an advisor who met them, a partner's file, the operator,
 * the register.
 */
export const sources = ['personne-concernee', 'conseiller', 'fichier-partenaire', 'operateur', 'registre'] as const

export const SourcedValue = Type.Object({
  field: oneOf(correspondentFields),
  value: Type.String(),
  source: oneOf(sources),
  organisationName: Nullable(Type.String()),
  recordedAt: Instant,
})
export const Correspondent = Type.Object({
  id: Id,
  siret: Siret,
  values: Type.Array(SourcedValue),
  retired: Type.Boolean(),
})

/** Recording and correcting come with the correspondents' own work; here one reads what is there. */
export const listCorrespondents = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/correspondents',
  tag: 'Interlocuteurs',
  summary: 'Les interlocuteurs connus d’un établissement, avec leur provenance',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ siret: Siret }),
  reply: listOf(Correspondent),
  revealsPersons: { kind: 'establishment', by: 'siret' },
})
