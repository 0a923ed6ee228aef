import type { FastifyInstance } from 'fastify'
import { exportedLists, mostExported } from '../../../contract/exported-lists.ts'
import { searchEstablishments } from '../../../contract/territory-and-register/establishments.ts'
import { yesCell } from '../../platform/export/cells.ts'
import { lineCells } from '../../platform/export/employer-cells.ts'
import { type ListExportParts, listExport } from '../../platform/export/list-export.ts'

/** What a search found as a file. A search is counted to 10 000: past it, nobody knows how much would leave. */
export const searchExport = (parts: ListExportParts) => (server: FastifyInstance) => {
  const { options, handler } = listExport(parts, {
    route: searchEstablishments,
    list: exportedLists.search,
    most: mostExported.search,
    cells: {
      ...lineCells,
      siren: e => e.siren,
      sign: e => e.sign,
      activityCode: e => e.activity?.code ?? null,
      communeCode: e => e.communeCode,
      employer: e => yesCell(e.employer),
      active: e => yesCell(e.active),
      headOffice: e => yesCell(e.headOffice),
    },
    entry: ({ organisationId }) => ({ action: 'establishments.exported', subject: ['organisation', organisationId] }),
  })
  server.post('/api/establishments/export', options, handler)
}
