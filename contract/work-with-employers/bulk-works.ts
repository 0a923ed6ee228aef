import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, oneOf, PersonRef, Text } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { ClosingResult } from './campaigns.ts'
import { plannedParts } from './portfolio.ts'
import { TargetSelection } from './sharing/target-selection.ts'
import { OverrunReason } from './solicitations.ts'

const tag = 'Travaux longs'
/** On targets of a campaign; then on next actions too. */
export const targetActs = ['set-aside', 'put-back', 'close', 'release'] as const
export const actionActs = ['move-actions', 'hand-actions'] as const
/** Sharing out is counted by a route of its own, and is done as the others are. */
export const bulkActs = [...targetActs, 'share', ...actionActs] as const
export const bulkStates = ['counted', 'doing', 'done', 'stopped', 'undoing', 'undone'] as const
/** Why a target or an action is left as it is, by an act or by its undoing. */
export const leftReasons = [
  'already',
  'changed',
  'held',
  'contacted',
  'beside',
  'not-to-contact',
  'refused',
  'set-aside',
  'elsewhere',
  'passed-on',
  'worked',
  'budget-spent',
  'reason-needed',
] as const
/** Working days that actions are moved by, at most. */
export const mostDaysMoved = 60
/** As many are done while one waits; more are long work. */
export const atOnce = 200

const BulkAct = Type.Union([
  Type.Object({ kind: Type.Literal('set-aside'), reason: Text(300) }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('put-back') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('close'), result: ClosingResult }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('release'), reason: Type.Optional(Text(300)) },
    {
      additionalProperties: false,
      description: 'Rendre : les siennes ; avec un motif, celles d’autres, pour qui les dirige ou pilote la campagne',
    },
  ),
])
const Move = Type.Union([
  Type.Object({ to: Day }, { additionalProperties: false }),
  Type.Object(
    {
      by: Type.Integer({
        minimum: 1,
        maximum: mostDaysMoved,
        description: 'Jours ouvrés, depuis le jour prévu, ou depuis aujourd’hui s’il est passé',
      }),
    },
    { additionalProperties: false },
  ),
])
const Actions = Type.Union([
  Type.Object(
    { ids: Type.Array(Id, { minItems: 1, maxItems: 5000, uniqueItems: true }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      filter: Type.Object(
        { campaign: Type.Optional(Id), part: Type.Optional(oneOf(plannedParts)) },
        { additionalProperties: false },
      ),
      except: Type.Optional(Type.Array(Id, { maxItems: 5000, uniqueItems: true })),
    },
    { additionalProperties: false },
  ),
])
const Left = Type.Array(Type.Object({ because: oneOf(leftReasons), count: Type.Integer() }))

export const BulkWork = Type.Object({
  id: Id,
  campaign: Type.Union(
    [
      Type.Object({ id: Id, name: Nullable(Type.String({ description: 'Absent : vous ne la voyez plus' })) }),
      Type.Null(),
    ],
    { description: 'Null : le travail porte sur des prochaines actions' },
  ),
  act: oneOf(bulkActs),
  reason: Nullable(Type.String()),
  movedTo: Nullable(Day),
  movedBy: Nullable(Type.Integer({ description: 'Jours ouvrés' })),
  result: Nullable(ClosingResult),
  handedTo: Nullable(PersonRef),
  state: oneOf(bulkStates),
  askedAt: Instant,
  endedAt: Nullable(Instant),
  stoppedFor: Nullable(Type.String({ description: 'Pourquoi elle s’est arrêtée, en une phrase' })),
  counts: Type.Object({
    toDo: Type.Integer(),
    done: Type.Integer(),
    left: Type.Integer(),
    undone: Type.Integer(),
    kept: Type.Integer(),
  }),
  allowed: Type.Array(oneOf(['stop', 'undo'])),
})
const WorkParams = Type.Object({ workId: Id })

const Counted = Type.Object({
  id: Id,
  chosen: Type.Integer(),
  planned: Type.Integer({ description: 'Changeraient' }),
  beyondBudget: Type.Integer({
    description:
      'Parmi elles, celles qui dépasseraient le budget de sollicitations : faire le travail demande un motif',
  }),
  left: Left,
})

export const countBulkWork = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/bulk-works',
  bodyLimit: 512 * 1024,
  tag,
  summary: 'Compter ce que changerait un acte sur de nombreuses cibles, sans rien y changer',
  needs: 'campagnes:conseiller',
  params: Type.Object({ campaignId: Id }),
  body: Type.Object({ which: TargetSelection, act: BulkAct }),
  reply: Counted,
  refusals: ['campaign/pilot-only', 'campaign/not-open', 'campaign/period-over'],
})
/** Those that one may plan again one by one: one's own, and those of colleagues whom one leads. */
export const countMovedActions = defineRoute({
  method: 'POST',
  path: '/next-actions/bulk-works',
  bodyLimit: 512 * 1024,
  tag,
  summary: 'Compter les prochaines actions que déplacerait un travail, sans en déplacer aucune',
  needs: 'campagnes:conseiller',
  body: Type.Object({ which: Actions, move: Move }),
  reply: Counted,
  refusals: ['exchange/next-action-in-past'],
})
/** Those that one may hand over one by one, to a colleague who records there. */
export const countHandedActions = defineRoute({
  method: 'POST',
  path: '/next-actions/hand-overs',
  bodyLimit: 512 * 1024,
  tag,
  summary: 'Compter les prochaines actions qui passeraient à un collègue, sans en confier aucune',
  needs: 'campagnes:conseiller',
  body: Type.Object({ which: Actions, toAccountId: Id }),
  reply: Counted,
  refusals: ['account/unknown'],
})
/** To whom one may hand actions over: as many of the structure as record somewhere. */
export const listHandRecipients = defineRoute({
  method: 'GET',
  path: '/next-actions/hand-overs/recipients',
  tag,
  summary: 'Les collègues à qui confier des prochaines actions',
  needs: 'campagnes:conseiller',
  reply: Type.Object({ items: Type.Array(PersonRef) }),
})
export const confirmBulkWork = defineRoute({
  method: 'POST',
  path: '/bulk-works/:workId/confirm',
  tag,
  summary: 'Faire ce qui a été compté : aussitôt, ou en un travail long au-delà de 200 cibles ou actions',
  needs: 'signed-in',
  params: WorkParams,
  body: Type.Object({ beyondBudget: Type.Optional(OverrunReason) }, { additionalProperties: false }),
  reply: BulkWork,
  refusals: [
    'solicitations/reason-needed',
    'campaign/pilot-only',
    'campaign/not-open',
    'campaign/period-over',
    'bulk-work/already-asked',
    'bulk-work/stale',
  ],
})
export const undoBulkWork = defineRoute({
  method: 'POST',
  path: '/bulk-works/:workId/undo',
  tag,
  summary: 'Annuler un travail : ce que personne n’a changé depuis revient comme avant',
  needs: 'signed-in',
  params: WorkParams,
  reply: BulkWork,
  refusals: ['campaign/pilot-only', 'campaign/not-open', 'campaign/period-over', 'bulk-work/not-done'],
})
export const stopBulkWork = defineRoute({
  method: 'POST',
  path: '/bulk-works/:workId/stop',
  tag,
  summary: 'Arrêter un travail en cours : ce qui est fait reste fait, et peut être annulé',
  needs: 'signed-in',
  params: WorkParams,
  reply: BulkWork,
  refusals: ['bulk-work/not-running'],
})
export const listBulkWorks = defineRoute({
  method: 'GET',
  path: '/bulk-works',
  tag,
  summary: 'Mes travaux longs des 90 derniers jours, les derniers d’abord : 100 au plus',
  needs: 'signed-in',
  query: Type.Object({ running: Type.Optional(Type.Boolean({ description: 'Ceux en cours seulement' })) }),
  reply: Type.Object({ items: Type.Array(BulkWork) }),
})
export const getBulkWork = defineRoute({
  method: 'GET',
  path: '/bulk-works/:workId',
  tag,
  summary: 'Un travail : où il en est, ce qui a été laissé et pourquoi',
  needs: 'signed-in',
  params: WorkParams,
  reply: Type.Object({
    ...BulkWork.properties,
    left: Left,
    leftItems: Type.Array(Type.Object({ establishment: EstablishmentLine, because: oneOf(leftReasons) }), {
      description: '200 au plus',
    }),
  }),
})
