import type { Reply } from '../../../contract/route.ts'
import type { getRecording } from '../../../contract/work-with-employers/exchanges.ts'

export type Recordable = Reply<typeof getRecording>['campaigns'][number]

/** Whether a campaign counts what took place that day. The server decides it again, by the same rule. */
export const takes = ({ startsOn, endsOn, setAside }: Recordable, day: string) =>
  !setAside && startsOn <= day && day <= endsOn

export interface CampaignChoice {
  readonly items: readonly Recordable[]
  /** '' outside any. */
  readonly chosen: string
  /** The one it was to be recorded in, that will not count it. */
  readonly leftOut: Recordable | null
}

/**
 * Only campaigns that will take it are proposed: the one that was chosen, or the one it is recorded from, else the
 * first. `chosen` '' is a person's choice: outside any.
 */
export const choiceOf = (
  campaigns: readonly Recordable[],
  { chosen, from }: { readonly chosen: string | undefined; readonly from: string | undefined },
  day: string,
): CampaignChoice => {
  const items = campaigns.filter(campaign => takes(campaign, day))
  if (chosen === '') return { items, chosen, leftOut: null }
  const wanted = campaigns.find(({ id }) => id === chosen) ?? campaigns.find(({ id }) => id === from)
  if (!wanted) return { items, chosen: items[0]?.id ?? '', leftOut: null }
  return takes(wanted, day)
    ? { items, chosen: wanted.id, leftOut: null }
    : { items, chosen: items[0]?.id ?? '', leftOut: wanted }
}

/** What is sent: one that will not count it is said too, when nothing else does, so that the history says it. */
export const sentCampaign = ({ chosen, leftOut }: CampaignChoice): string | null => chosen || (leftOut?.id ?? null)
