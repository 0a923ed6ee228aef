import type { FastifyInstance } from 'fastify'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { listPurges } from '../../../contract/oversight/retention.ts'
import { keptForWords } from '../../../contract/oversight/retention.words.ts'
import { dayCell } from '../../platform/export/cells.ts'
import { type ListExportParts, listExport } from '../../platform/export/list-export.ts'

/** The report of what was purged, as a file (PRI-4). */
export const purgesExport = (parts: ListExportParts) => (server: FastifyInstance) => {
  const { options, handler } = listExport(parts, {
    route: listPurges,
    list: exportedLists.purges,
    cells: {
      on: ({ on }) => dayCell(on),
      what: ({ what }) => what,
      category: ({ category }) => category,
      keptFor: ({ keptFor }) => keptForWords(keptFor),
      since: ({ since }) => since,
      organisation: ({ organisation }) => organisation?.name ?? 'aucune',
      erased: ({ erased }) => erased,
      held: ({ held }) => held,
      table: ({ table }) => table,
    },
    entry: ({ organisationId }) => ({ action: 'purges.exported', subject: ['organisation', organisationId] }),
  })
  server.post('/api/purges/export', options, handler)
}
