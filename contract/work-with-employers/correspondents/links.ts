import { Type } from 'typebox'
import { Id, Nullable, oneOf, Siret } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { Correspondent, retirementReasons } from './correspondents.ts'

/** A person who answers for several establishments. Rights follow each: whoever keeps persons at one keeps this one. */

const tag = 'Interlocuteurs'
const needs = 'fiche-etablissement:consultation'

/** Those whom one may link in one gesture. `named`, the beginning of their names, is in the body: no log of a proxy holds it. */
export const listCorrespondentsBeside = defineRoute({
  method: 'POST',
  path: '/establishments/:siret/correspondents-beside',
  tag,
  summary: 'Les interlocuteurs des autres établissements de l’entreprise, que je peux relier à celui-ci',
  needs,
  noAct: true,
  secret: true,
  params: Type.Object({ siret: Siret }),
  body: Type.Object({ named: Type.Optional(Type.String({ maxLength: 100 })) }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        version: Type.Integer(),
        name: Type.String(),
        role: Nullable(Type.String()),
        place: Type.Object({ siret: Siret, name: Nullable(Type.String()), town: Nullable(Type.String()) }),
      }),
      { description: 'Le dernier noté d’abord ; cinquante au plus' },
    ),
  }),
  revealsPersons: { kind: 'establishment', by: 'siret' },
})

const linking = {
  tag,
  needs,
  params: Type.Object({ siret: Siret, correspondentId: Id }),
  versioned: true,
  refusalReveals: { kind: 'establishment', by: 'siret' },
} as const

export const linkCorrespondent = defineRoute({
  ...linking,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/establishments/:siret/correspondents/:correspondentId/link',
  summary: 'Dire qu’une personne connue ailleurs répond aussi pour cet établissement',
  reply: Correspondent,
  refusals: [
    'establishment/unknown',
    'correspondent/already-here',
    'correspondent/too-many-establishments',
    'correspondent/retired',
    'correspondent/merged',
    'correspondent/objected',
    'correspondent/blocked',
  ],
})

/** Null: it was by this link alone that one read the person. */
export const unlinkCorrespondent = defineRoute({
  ...linking,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/establishments/:siret/correspondents/:correspondentId/unlinking',
  summary: 'Dire qu’une personne ne répond plus pour cet établissement ; elle reste interlocutrice des autres',
  body: Type.Object({ reason: oneOf(retirementReasons) }),
  reply: Type.Object({ correspondent: Nullable(Correspondent) }),
  refusals: ['correspondent/not-linked', 'correspondent/merged', 'correspondent/objected'],
})
