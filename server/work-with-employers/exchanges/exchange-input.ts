import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { Refused } from '../../platform/errors.ts'
import { opens, type Viewer } from '../../platform/viewer.ts'
import type { Visibility } from './exchange-rules.ts'
import type { Content } from './exchanges.queries.ts'
import type { Placed } from './left-out-rules.ts'
import type { NewNextAction, NextActionRow } from './next-actions.queries.ts'
import type { ChosenResult } from './result-rules.ts'

type Input = Static<typeof contract.ExchangeInput>
const text = (value: string | null | undefined): string | null => value?.trim() ?? null

/** Nobody met is named while annex 4 closes « interlocuteurs » (AGR-12). The database refuses it too (ctx.met_kept). */
export const checkMet = (viewer: Viewer, { personMet, correspondentId }: Input): void => {
  if (!opens(viewer, 'interlocuteurs') && (text(personMet) || correspondentId))
    throw new Refused('access/category-closed', { facts: { category: 'interlocuteurs' } })
}

/** `own`: the campaign's own result that was chosen, checked; so is the correspondent. */
export const contentOf = (
  { channel, result, personMet, notes, need }: Input,
  own: ChosenResult | null,
  correspondentId: string | null,
): Content => ({
  channel,
  result,
  personMet: text(personMet),
  correspondentId,
  notes: text(notes),
  need: text(need),
  campaignResultId: own?.id ?? null,
  resultLabel: own?.label ?? null,
})

/** For oneself unless a colleague is named. `undefined` when nothing was said of it. */
export const nextActionOf = (
  asked: Input['nextAction'],
  viewer: Viewer,
  newId: () => string,
): NewNextAction | null | undefined =>
  asked && {
    id: newId(),
    kind: asked.kind,
    dueOn: asked.dueOn,
    dueAt: asked.dueAt ?? null,
    ownerId: asked.ownerId ?? viewer.accountId,
  }

/** A form sends back the next action it showed: that is no change, and what is done stays done. */
export const sameAction = (asked: NewNextAction, present: NextActionRow | null): boolean =>
  present !== null &&
  asked.kind === present.kind &&
  asked.dueOn === present.dueOn &&
  asked.dueAt === present.dueAt &&
  asked.ownerId === present.ownerId

/**
 * What the trail keeps of an exchange, before and after: its codes, and how long its texts are. The words stay in its
 * versions, which follow its visibility: the operator reads the trail, not what a partner keeps for itself. The digest
 * of the version ties them.
 */
export const factsOf = (
  exchange: Placed & {
    occurredOn: string
    visibility: Visibility
    content: Content | null
    nextAction: Pick<NewNextAction, 'kind' | 'dueOn' | 'dueAt' | 'ownerId'> | null
  },
) => ({
  occurredOn: exchange.occurredOn,
  visibility: exchange.visibility,
  campaignId: exchange.campaignId,
  leftOutCampaignId: exchange.leftOutCampaignId,
  leftOut: exchange.leftOut,
  ...(exchange.content && codesOf(exchange.content)),
  nextAction: exchange.nextAction && {
    kind: exchange.nextAction.kind,
    dueOn: exchange.nextAction.dueOn,
    dueAt: exchange.nextAction.dueAt,
    ownerId: exchange.nextAction.ownerId,
  },
})
const codesOf = ({ channel, result, campaignResultId, personMet, correspondentId, notes, need }: Content) => ({
  channel,
  result,
  campaignResultId,
  correspondentId,
  characters: { person: charactersOf(personMet), note: charactersOf(notes), need: charactersOf(need) },
})
/** How long a text is, null when there is none. */
export const charactersOf = (written: string | null): number | null => written?.length ?? null
