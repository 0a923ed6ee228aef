import { Type } from 'typebox'
import { Id } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { Correspondent } from './correspondents.ts'

const settling = {
  tag: 'Interlocuteurs',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ correspondentId: Id }),
  versioned: true,
  reply: Correspondent,
  refusalReveals: { kind: 'establishment', byMember: 'siret' },
} as const

/** `retained`: at most one value a field, of one card or the other; elsewhere both stay side by side. */
export const mergeCorrespondents = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/merge',
  summary: 'Fusionner un autre interlocuteur dans celui-ci ; cela se défait pendant trente jours',
  body: Type.Object({
    absorbedId: Id,
    absorbedVersion: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    retained: Type.Array(Id, { maxItems: 20, uniqueItems: true }),
  }),
  refusals: [
    'correspondent/retired',
    'correspondent/merged',
    'correspondent/objected',
    'correspondent/same-card',
    'correspondent/other-establishment',
    'correspondent/value-replaced',
    'correspondent/retained-twice',
  ],
})

export const unmergeCorrespondents = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/merge/undoing',
  summary: 'Défaire une fusion : l’autre fiche revient telle qu’elle était',
  body: Type.Object({ mergeId: Id }),
  refusals: [
    'correspondent/merged',
    'correspondent/objected',
    'correspondent/merge-undone',
    'correspondent/merge-too-old',
    'correspondent/nobody',
  ],
})

export const tellCorrespondentsApart = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/apart',
  summary: 'Dire que deux interlocuteurs qui se ressemblent sont deux personnes',
  body: Type.Object({ otherId: Id }),
  refusals: [
    'correspondent/merged',
    'correspondent/objected',
    'correspondent/same-card',
    'correspondent/other-establishment',
  ],
})
