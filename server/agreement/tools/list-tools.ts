import * as contract from '../../../contract/agreement/tools.ts'
import { tools } from '../../../contract/route.ts'
import { action } from '../../platform/action.ts'
import { standing, withStanding } from '../texts/conditions-rules.ts'
import { allDocuments } from '../texts/documents.queries.ts'
import { documentReply } from '../texts/texts-reply.ts'
import { annexVersions, openTools, toolStates } from './annex.queries.ts'
import { mayPublishAnnex, mayRecordState } from './tools.policy.ts'
import { stateReply } from './tools-reply.ts'

export const listTools = action(contract.listTools, {
  load: async (_input, { db }) => {
    const [versions, periods, states, documents] = await Promise.all([
      annexVersions(db),
      openTools(db),
      toolStates(db),
      allDocuments(db),
    ])
    return { versions, periods, states, documents }
  },
  may: () => true,
  run: async ({ versions, periods, states, documents }, _input, { viewer, now }) => {
    const annex = standing(versions, now).find(v => v.state === 'in-force')?.version
    const cpus = withStanding(documents, now).filter(d => d.version.kind === 'cpu' && d.state === 'in-force')
    return {
      annex: annex ? { number: annex.number, inForceFrom: annex.inForceFrom.toISOString() } : null,
      items: tools.map(tool => {
        const current = periods.find(
          p => p.tool === tool && p.inForceFrom <= now && (p.inForceUntil === null || p.inForceUntil > now),
        )
        const next = periods.find(p => p.tool === tool && p.inForceFrom > now)
        const entry = annex?.entries.find(e => e.tool === tool)
        const cpu = cpus.find(d => d.version.tool === tool)
        const state = states.find(s => s.tool === tool)
        return {
          tool,
          open: current !== undefined,
          opensFrom: next?.inForceFrom.toISOString() ?? null,
          closesAt: current?.inForceUntil?.toISOString() ?? null,
          purpose: entry?.purpose ?? null,
          dataCategories: entry?.dataCategories ?? [],
          categories: [...(entry?.categories ?? [])],
          commitments: entry?.commitments ?? null,
          documentationUrl: entry?.documentationUrl ?? null,
          cpu: cpu ? documentReply(cpu) : null,
          service: state ? stateReply(state) : null,
          mine: viewer.grants.some(g => g.tool === tool),
        }
      }),
      allowed: [
        ...(mayPublishAnnex(viewer) === true ? ['publish' as const] : []),
        ...(mayRecordState(viewer) === true ? ['record-state' as const] : []),
      ],
    }
  },
})
