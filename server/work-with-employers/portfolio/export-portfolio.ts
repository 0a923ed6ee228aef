import type { FastifyInstance } from 'fastify'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { listPortfolio } from '../../../contract/work-with-employers/portfolio.ts'
import { type ListExportParts, listExport } from '../../platform/export/list-export.ts'
import { portfolioCells } from './line-cells.ts'

/** One's own targets as a file, under the filter and in the order of their page. */
export const portfolioExport = (parts: ListExportParts) => (server: FastifyInstance) => {
  const { options, handler } = listExport(parts, {
    route: listPortfolio,
    list: exportedLists.portfolio,
    cells: portfolioCells,
    entry: ({ accountId }) => ({ action: 'portfolio.exported', subject: ['account', accountId] }),
  })
  server.post('/api/portfolio/export', options, handler)
}
