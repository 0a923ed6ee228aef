import type { FastifyInstance } from 'fastify'
import { exportedLists } from '../../../contract/exported-lists.ts'
import {
  channelLabels,
  listExchanges,
  nextActionLabels,
  resultLabels,
} from '../../../contract/work-with-employers/exchanges.ts'
import { dayCell, yesCell } from '../../platform/export/cells.ts'
import { type ListExportParts, listExport } from '../../platform/export/list-export.ts'

/** Exchanges as a file: what a structure keeps for itself stays empty for the others (EST-11). */
export const exchangesExport = (parts: ListExportParts) => (server: FastifyInstance) => {
  const { options, handler } = listExport(parts, {
    route: listExchanges,
    list: exportedLists.exchanges,
    cells: {
      on: x => dayCell(x.occurredOn),
      siret: x => x.siret,
      name: x => x.establishmentName,
      campaign: x => x.campaign?.name ?? null,
      organisation: x => x.organisation.name,
      author: x => x.author?.name ?? null,
      channel: x => x.content && channelLabels[x.content.channel],
      result: x => x.content && (x.content.resultLabel ?? resultLabels[x.content.result]),
      need: x => x.content?.need ?? null,
      personMet: x => x.content?.personMet ?? null,
      notes: x => x.content?.notes ?? null,
      actionKind: x => x.nextAction && nextActionLabels[x.nextAction.kind],
      actionOn: x => dayCell(x.nextAction?.dueOn),
      cancelled: x => yesCell(x.status === 'cancelled'),
    },
    entry: ({ organisationId }) => ({ action: 'exchanges.exported', subject: ['organisation', organisationId] }),
  })
  server.post('/api/exchanges/export', options, handler)
}
