import type { FastifyInstance } from 'fastify'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { listIndicatorRows } from '../../../contract/oversight/indicators.ts'
import { dayCell } from '../../platform/export/cells.ts'
import { type ListExportParts, listExport } from '../../platform/export/list-export.ts'
import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import { definitionOf, versionFor } from './definitions.ts'
import { employerPart } from './employer-parts.ts'
import { definitionLine, readingInWords, readingLines } from './reading-in-words.ts'
import { readingNames } from './reading-names.queries.ts'

/** The rows that make a figure, as a file (IND-5). */
export const indicatorRowsExport = (parts: ListExportParts) => (server: FastifyInstance) => {
  const { options, handler } = listExport(parts, {
    route: listIndicatorRows,
    list: exportedLists.indicatorRows,
    cells: {
      label: row => row.label,
      detail: row => row.detail,
      on: row => dayCell(row.on),
      count: row => row.count,
    },
    note: async ({ frozen }, { db, viewer, params: { code }, filter }) => {
      const { title, parts: known, versions } = definitionOf(code)
      const part = known.find(one => one.code === filter.part) ?? employerPart(filter.part)
      const reading = readingInWords(viewer, await readingNames(db, viewer, filter))
      return [
        ...readingLines(`Lignes de « ${title} »${part ? `, partie « ${part.label} »` : ''}`, filter, reading),
        ...(frozen
          ? [
              `Chiffre arrêté le ${dayInWords(parisDay(new Date(frozen.at)))} : ${frozen.value} (empreinte SHA-256 : ${frozen.digest}). Les lignes sont celles du jour de l’export.`,
            ]
          : []),
        definitionLine(title, versionFor(versions, filter.to)), // the one that chose the rows
      ]
    },
    entry: ({ organisationId }) => ({ action: 'indicator-rows.exported', subject: ['organisation', organisationId] }),
  })
  server.post('/api/indicators/:code/rows/export', options, handler)
}
