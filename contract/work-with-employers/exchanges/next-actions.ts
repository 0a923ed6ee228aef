import { Type } from 'typebox'
import { Day, Id, listOf, Nullable, PageQuery, PersonRef, Siret } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { ClockTime, NextAction } from './exchanges.ts'

export const listNextActions = defineRoute({
  method: 'GET',
  path: '/next-actions',
  tag: 'Échanges',
  summary: 'Mes prochaines actions, les plus anciennes d’abord',
  needs: 'campagnes:conseiller',
  query: Type.Object({
    until: Type.Optional(Day),
    handed: Type.Optional(
      Type.Boolean({ description: 'Seulement celles qui suivent un échange noté par quelqu’un d’autre' }),
    ),
    ...PageQuery,
  }),
  reply: Type.Object({
    ...listOf(NextAction).properties,
    counts: Type.Object({ late: Type.Integer(), today: Type.Integer(), week: Type.Integer() }),
  }),
})

/**
 * Who a next action may be handed to: colleagues of one's own organisation who work on that establishment's territory,
 * oneself among them.
 */
export const listColleagues = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/colleagues',
  tag: 'Échanges',
  summary: 'Mes collègues habilités sur le territoire de cet établissement',
  needs: 'campagnes:conseiller',
  params: Type.Object({ siret: Siret }),
  reply: Type.Object({ items: Type.Array(PersonRef) }),
})

export const finishNextAction = defineRoute({
  method: 'POST',
  path: '/next-actions/:nextActionId/finish',
  tag: 'Échanges',
  summary: 'Clore une prochaine action',
  needs: 'campagnes:conseiller',
  params: Type.Object({ nextActionId: Id }),
  reply: NextAction,
  refusals: ['next-action/owner-only', 'next-action/already-done'],
})

/** Undoes a finishing: what an exchange answered is put back by cancelling that exchange. */
export const reopenNextAction = defineRoute({
  method: 'POST',
  path: '/next-actions/:nextActionId/reopen',
  tag: 'Échanges',
  summary: 'Remettre à faire une prochaine action close par erreur',
  needs: 'campagnes:conseiller',
  params: Type.Object({ nextActionId: Id }),
  reply: NextAction,
  refusals: ['next-action/owner-only', 'next-action/not-done', 'next-action/answered'],
})

/**
 * Moved to another day, or handed to a colleague of one's own organisation who works there; or both. Whoever handed it
 * over takes it back by the plan it had, while nobody wrote it again.
 */
export const planNextActionAgain = defineRoute({
  method: 'PUT',
  path: '/next-actions/:nextActionId',
  tag: 'Échanges',
  summary: 'Reporter une prochaine action, ou la confier à un collègue',
  needs: 'campagnes:conseiller',
  versioned: true,
  params: Type.Object({ nextActionId: Id }),
  body: Type.Object({
    dueOn: Day,
    dueAt: Nullable(ClockTime),
    ownerId: Id,
    beyondBudget: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 300,
        pattern: '\\S',
        description: 'Pourquoi, quand il ne reste plus de sollicitation ce jour-là',
      }),
    ),
  }),
  reply: NextAction,
  refusals: [
    'next-action/owner-only',
    'next-action/already-done',
    'next-action/owner-elsewhere',
    'exchange/next-action-in-past',
    'solicitations/spent',
    'account/unknown',
  ],
})
