import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, oneOf, Siret } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'

/** What became of a target that the register closed: set aside, or carried to its successor. */
export const moveOutcomes = ['stopped', 'carried', 'merged', 'aside'] as const

export const listRegisterMoves = defineRoute({
  method: 'GET',
  path: '/portfolio/register-moves',
  tag: 'Portefeuille',
  summary: 'Ce que le répertoire a fermé ou déplacé parmi ce dont je m’occupais, depuis trente jours',
  needs: 'campagnes:conseiller',
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        at: Instant,
        establishment: EstablishmentLine,
        /** Who took its place. */
        successor: Nullable(EstablishmentLine),
        closedOn: Nullable(Day),
        /** The person objects to diffusion: no campaign aims at them any more. */
        objects: Type.Boolean(),
        /** The register corrected itself. */
        undone: Type.Boolean(),
        campaigns: Type.Array(Type.Object({ id: Id, name: Type.String(), outcome: oneOf(moveOutcomes) })),
        /** How many next actions stopped or followed. */
        actions: Type.Integer(),
        /** How many needs that one follows are concerned: they stay, or follow. */
        needs: Type.Integer(),
      }),
      { description: '50 au plus, les plus récents d’abord' },
    ),
  }),
})

/** On the card of the former place; whoever reads it may read nothing of the new one. */
export const getFollowed = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/followed',
  tag: 'Établissements',
  summary: 'Où l’historique d’un établissement l’a suivi quand il a déménagé, et combien',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ siret: Siret }),
  reply: Type.Object({
    followed: Nullable(
      Type.Object({
        at: Instant,
        successor: EstablishmentLine,
        exchanges: Type.Integer(),
        lastExchangeOn: Nullable(Day),
        peopleMet: Type.Integer(),
        commitments: Type.Integer(),
        noteCount: Type.Integer(),
        needs: Type.Integer(),
      }),
    ),
  }),
  refusals: ['access/outside-perimeter'],
})

/** Beside a target: the employer was aimed at there before it moved. */
export const listTargetOrigins = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/targets/:siret/origins',
  tag: 'Campagnes',
  summary: 'Sous quels SIRET une cible était suivie avant que le répertoire ne la déplace',
  needs: 'campagnes:consultation',
  params: Type.Object({ campaignId: Id, siret: Siret }),
  reply: Type.Object({
    items: Type.Array(Type.Object({ establishment: EstablishmentLine, at: Instant, outcome: oneOf(moveOutcomes) }), {
      description: 'La plus récente d’abord',
    }),
  }),
})
