import type { FastifyInstance } from 'fastify'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { listPortfolio, PlannedFilter } from '../../../contract/work-with-employers/portfolio.ts'
import { yesCell } from '../../platform/export/cells.ts'
import { type ListExportParts, listExport } from '../../platform/export/list-export.ts'
import { portfolioCells } from './line-cells.ts'

/** One's own next actions as a file: the lines of the portfolio that have one, as its page filters and orders them. */
export const nextActionsExport = (parts: ListExportParts) => (server: FastifyInstance) => {
  const { options, handler } = listExport(parts, {
    route: listPortfolio,
    list: exportedLists.nextActions,
    filter: { query: PlannedFilter, usual: { part: 'planned' } },
    cells: {
      ...portfolioCells,
      closed: t => yesCell(t.nextAction?.closed),
      notedBy: t => t.nextAction?.notedBy?.name ?? null,
    },
    entry: ({ accountId }) => ({ action: 'next-actions.exported', subject: ['account', accountId] }),
  })
  server.post('/api/next-actions/export', options, handler)
}
