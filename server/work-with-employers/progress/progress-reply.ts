import type { Static } from 'typebox'
import { targetStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import type { getProgress } from '../../../contract/work-with-employers/progress.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { ProgressRead } from './load-progress.ts'
import { mayLead } from './progress.policy.ts'
import { bySector, bySize, byZone, coverage, isSilent, openSinceOf } from './progress-rules.ts'
import { resultLabel } from './result-labels.ts'

export type Progress = Static<typeof getProgress.reply>

/** The progress as the contract says it to this viewer. */
export const progressReply = (
  viewer: Viewer,
  { campaign, today, days, since, firsts, organisations, results, advisors, late, needs, zone, groups }: ProgressRead,
  now: Date,
): Progress => {
  const all = groups.find(group => group.by === 'all')
  const of = (by: (typeof groups)[number]['by']) => groups.filter(group => group.by === by)
  const counts = new Map(of('status').map(({ status, lines }) => [status, lines]))
  const open = campaign.status === 'open'
  const openSince = openSinceOf(campaign)
  const byOrganisation = organisations.map(one => {
    const { noted = 0, hires = 0 } = needs.byOrganisation.find(({ id }) => id === one.organisation.id) ?? {}
    return { ...one, noted, hires, silent: isSilent(one.lastContactOn, openSince, since) }
  })
  const goal = campaign.goals.find(({ kind }) => kind === 'etablissements-contactes')?.value ?? null
  const told = results.filter(({ result }) => result !== null)
  const contacts = organisations.reduce((sum, one) => sum + one.contacts, 0)
  return {
    targets: campaign.counts.targets,
    contacted: campaign.counts.contacted,
    setAside: counts.get('ecarte') ?? 0,
    goal,
    byStatus: targetStatuses.map(status => ({ status, count: counts.get(status) ?? 0 })),
    weeks: coverage(firsts, campaign, goal, today),
    funnel: [
      { step: 'targets', count: campaign.counts.targets },
      { step: 'contacted', count: campaign.counts.contacted },
      { step: 'reached', count: all?.reached ?? 0 },
      { step: 'meeting', count: all?.meetings ?? 0 },
      { step: 'need', count: all?.needs ?? 0 },
      { step: 'hire', count: all?.hiring ?? 0 },
    ],
    needs: { noted: needs.noted, open: needs.open, hires: needs.hires },
    byOrganisation,
    bySector: bySector(of('division')),
    byZone: {
      kind: zone,
      lines: byZone(of('zone').map(group => ({ ...group, code: group.zone, name: group.zoneName }))),
    },
    bySize: bySize(of('band')),
    byResult: {
      lines: told.map(({ result, count }) => ({ code: result!, label: resultLabel(result!), count })),
      hidden: Math.max(0, contacts - told.reduce((sum, { count }) => sum + count, 0)),
    },
    byAdvisor: { lead: mayLead(viewer, campaign), lines: advisors },
    stuck: {
      days,
      counts: [
        { kind: 'untouched', count: open ? (all?.untouched ?? 0) : 0 },
        { kind: 'late', count: late },
        { kind: 'silent', count: byOrganisation.filter(one => one.silent).length },
        { kind: 'undecided', count: campaign.counts.undecided ?? 0 },
        { kind: 'waiting', count: open ? (counts.get('a-contacter') ?? 0) : 0 },
      ],
    },
    asOf: now.toISOString(),
  }
}
