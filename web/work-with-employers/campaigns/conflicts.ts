import { useMutation } from '@tanstack/react-query'
import { decideConflicts } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatNumber } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { queryClient } from '../../platform/query.ts'
import { toast } from '../../platform/toast.ts'
import { announce } from '../../ui/index.ts'
import { campaignQuery, withinKey } from './queries.ts'
import { type Campaign, type Conflict, type Decision, decisionWords } from './words.ts'

export type Kind = Conflict['kind']
export type Group = {
  readonly kind: Kind
  readonly organisation: Conflict['organisation']
  readonly campaignNames: readonly string[]
  readonly count: number
  readonly undecided: number
}
type ReplyGroup = Omit<Group, 'campaignNames'> & { readonly campaignName: string | null }

/** What is decided at once, and in which words. */
export type Choice = {
  readonly which: { rule: { kind: Kind; organisationId?: string } } | { sirets: string[] }
  readonly count: number
  readonly words: string
  readonly kinds: readonly Kind[]
}

/** What a choice is about, as a draft names it: its first employer, or its rule. */
export const subjectOf = ({ which, count }: Choice): string =>
  'rule' in which
    ? [which.rule.kind, which.rule.organisationId?.slice(-12)].filter(Boolean).join('-')
    : `${which.sirets[0]}-${count}`

/** A rule speaks of a kind and an organisation: what it decides at once is one line. */
export const grouped = (groups: readonly ReplyGroup[]): Group[] =>
  [...Map.groupBy(groups, ({ kind, organisation }) => `${kind} ${organisation.id}`).values()].map(same => ({
    kind: same[0]!.kind,
    organisation: same[0]!.organisation,
    campaignNames: same.flatMap(({ campaignName }) => campaignName ?? []),
    count: same.reduce((sum, { count }) => sum + count, 0),
    undecided: same.reduce((sum, { undecided }) => sum + undecided, 0),
  }))
export const sum = (groups: readonly { count: number; undecided: number }[], of: 'count' | 'undecided') =>
  groups.reduce((total, group) => total + group[of], 0)

/** `until`: the last day to which an open campaign would be prolonged. */
export const useDecide = (campaign: Campaign, until?: string) =>
  useMutation({
    mutationFn: ({
      which,
      decision,
      reason,
      key,
    }: {
      which: Choice['which']
      decision: Decision
      reason?: string | undefined
      key?: string
    }) =>
      call(decideConflicts, {
        params: { campaignId: campaign.id },
        body: { ...which, decision, ...(reason ? { reason } : {}), ...(until ? { until } : {}) },
        idempotencyKey: key ?? newKey(),
      }),
    onSuccess: async ({ decided, undecided, awaiting }, { decision }) => {
      announce(
        `${formatCount(decided, 'établissement')} ${decisionWords[decision]}${decided > 1 ? 's' : ''}. ${awaiting ? `${formatCount(awaiting, 'attend', 'attendent')} l’accord de qui y a un rendez-vous : la structure est prévenue. ` : ''}${undecided ? `Il reste ${formatNumber(undecided)} à décider.` : 'Tout est décidé.'}`,
      )
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: withinKey(campaign.id, 'conflicts') }),
        queryClient.invalidateQueries({ queryKey: campaignQuery(campaign.id).queryKey }),
      ])
    },
    onError: error => toast(asProblem(error).detail),
  })
