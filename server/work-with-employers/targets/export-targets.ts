import type { FastifyInstance } from 'fastify'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { listTargets, sharedNames, targetStatusLabels } from '../../../contract/work-with-employers/campaigns.ts'
import { nextActionLabels } from '../../../contract/work-with-employers/exchanges.ts'
import { dayCell } from '../../platform/export/cells.ts'
import { employerCells } from '../../platform/export/employer-cells.ts'
import { type ListExportParts, listExport } from '../../platform/export/list-export.ts'

/** The targets of a campaign as a file, under the filter of their page. */
export const targetsExport = (parts: ListExportParts) => (server: FastifyInstance) => {
  const { options, handler } = listExport(parts, {
    route: listTargets,
    list: exportedLists.targets,
    cells: {
      ...employerCells,
      status: t => targetStatusLabels[t.status],
      setAside: t => t.setAsideReason,
      sharedWith: t => sharedNames(t).join(', ') || null,
      assignedTo: t => t.assignedTo?.name ?? null,
      takenBy: t => t.takenBy?.name ?? null,
      actionKind: t => t.nextAction && nextActionLabels[t.nextAction.kind],
      actionOn: t => dayCell(t.nextAction?.dueOn),
      actionOwner: t => t.nextAction?.owner.name ?? null,
      contactOn: t => dayCell(t.lastContact?.occurredOn),
      contactBy: t => t.lastContact?.organisation.name ?? null,
      contacts: t => t.contactCount,
    },
    entry: (_viewer, { campaignId }) => ({ action: 'targets.exported', subject: ['campaign', campaignId!] }),
  })
  server.post('/api/campaigns/:campaignId/targets/export', options, handler)
}
