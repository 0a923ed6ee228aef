import { mostCampaignResults, resultLabels, results } from '../../../contract/work-with-employers/exchanges.ts'
import { Refused } from '../../platform/errors.ts'
import type { Result } from './exchange-rules.ts'

/** A campaign's own words for a result. */
export interface CampaignResult {
  readonly id: string
  readonly campaignId: string
  readonly label: string
  readonly base: Result
  readonly createdAt: Date
  readonly retiredAt: Date | null
}
export interface ChosenResult {
  readonly id: string
  readonly label: string
}

export const labelOf = (typed: string): string => typed.trim().replace(/\s+/g, ' ')
const alike = (one: string, other: string) => one.toLocaleLowerCase('fr') === other.toLocaleLowerCase('fr')

/** Words are added and retired while the campaign is prepared or worked; what is over keeps its own. */
export const checkStatus = (status: string): void => {
  if (status !== 'draft' && status !== 'open') throw new Refused('campaign/wrong-status', { facts: { status } })
}

/** No two ways of saying the same: neither one of the base words, nor one that the campaign already proposes. */
export const checkNewLabel = (label: string, present: readonly CampaignResult[]): void => {
  const live = present.filter(({ retiredAt }) => retiredAt === null)
  if (results.some(code => alike(resultLabels[code], label)) || live.some(one => alike(one.label, label)))
    throw new Refused('campaign-result/label-taken')
  if (live.length >= mostCampaignResults) throw new Refused('campaign-result/too-many')
}

/**
 * The campaign's own result an exchange is recorded with, or null for a base one. It must be of that campaign, counted
 * as the result sent, and still proposed;
 * `kept` is what is already recorded: a correction may leave a retired one where it stands.
 */
export const chosenResult = (
  asked: { readonly result: Result; readonly campaignResultId?: string | null },
  own: CampaignResult | undefined,
  {
    campaignId,
    kept,
  }: {
    readonly campaignId: string | null
    readonly kept: {
      readonly campaignResultId: string | null
      readonly resultLabel: string | null
      readonly result: Result
    } | null
  },
): ChosenResult | null => {
  if (!asked.campaignResultId) return null
  // Kept as it stands, even where its campaign is not visible to who corrects.
  if (kept?.campaignResultId === asked.campaignResultId && kept.result === asked.result)
    return { id: asked.campaignResultId, label: kept.resultLabel! }
  if (!own || own.campaignId !== campaignId || own.base !== asked.result || own.retiredAt !== null)
    throw new Refused('exchange/campaign-result-unknown')
  return { id: own.id, label: own.label }
}
