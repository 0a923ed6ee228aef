import { Type } from 'typebox'
import { Day, listOf, Nullable, OrganisationRef, PageQuery } from '../common.ts'
import { defineRoute } from '../route.ts'

export const Purge = Type.Object({
  on: Day,
  table: Type.String({ description: 'La table de la base de données' }),
  what: Type.String({ description: 'Ce que sont ses lignes, en français' }),
  category: Type.String({ description: 'La catégorie de données, en français' }),
  keptFor: Type.String({ description: 'Le délai appliqué, comme durée ISO 8601 ; P0D : au départ de la personne' }),
  since: Type.String({ description: 'De quand court ce délai, en français' }),
  organisation: Nullable(OrganisationRef),
  erased: Type.Integer({ minimum: 1, description: 'Lignes effacées' }),
})
/** From each of these days, and to each; one before the other. */
export const PurgeFilter = { from: Type.Optional(Day), to: Type.Optional(Day) }

export const listPurges = defineRoute({
  method: 'GET',
  path: '/purges',
  tag: 'Données personnelles',
  summary:
    'Ce que les tâches d’effacement ont effacé, par jour, par table et par structure, le dernier jour d’abord : de sa structure et de ce qui n’est d’aucune ; de toutes pour le DPD de l’opérateur',
  needs: 'signed-in',
  query: Type.Object({ ...PurgeFilter, ...PageQuery }),
  reply: listOf(Purge),
  refusals: ['retention/dpd-only', 'retention/period-reversed'],
})
