import { Type } from 'typebox'
import { Day, Id, Siret } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { NextAction } from './exchanges.ts'

/** What the form asks before one records: an exchange never argues with a campaign that the form itself proposed. */
export const getRecording = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/recording',
  tag: 'Échanges',
  summary: 'À quoi un échange avec cet établissement peut se rattacher',
  needs: 'campagnes:conseiller',
  params: Type.Object({ siret: Siret }),
  reply: Type.Object({
    campaigns: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        startsOn: Day,
        endsOn: Day,
        setAside: Type.Boolean({ description: 'La cible y est mise de côté : un échange n’y serait pas compté' }),
      }),
      { description: 'Les campagnes ouvertes de ma structure dont il est une cible, la dernière commencée d’abord' },
    ),
    planned: Type.Array(NextAction, { description: 'Mes actions prévues avec lui, la plus ancienne d’abord' }),
  }),
})
