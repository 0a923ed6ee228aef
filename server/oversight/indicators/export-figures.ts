import type { FastifyInstance } from 'fastify'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { getIndicators } from '../../../contract/oversight/indicators.ts'
import type { Reply } from '../../../contract/route.ts'
import { dayCell } from '../../platform/export/cells.ts'
import { type ListAsked, type ListExportParts, listExport } from '../../platform/export/list-export.ts'
import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import type { Filter } from './filter.ts'
import { monthAsked } from './period-rules.ts'
import { definitionLine, readingInWords, readingLines } from './reading-in-words.ts'
import { readingNames } from './reading-names.queries.ts'

type Figures = Reply<typeof getIndicators>
type Asked = ListAsked<typeof getIndicators>
const readingOf = async ({ db, viewer, filter }: Asked) =>
  readingInWords(viewer, await readingNames(db, viewer, filter))

/** Each figure, then each of its parts. */
const linesOf = async (figures: Figures, asked: Asked) => {
  const reading = await readingOf(asked)
  return figures.items.flatMap(({ title, value, since, parts, definition }) =>
    [{ label: 'Ensemble', value, since }, ...parts].map(part => ({ title, part, definition, reading, figures })),
  )
}

const stateInWords = ({ frozen, frozenForOthers, freezesOn }: Figures, filter: Filter) => {
  if (frozen)
    return `Chiffres arrêtés le ${dayInWords(parisDay(new Date(frozen.at)))} pour ce périmètre. Empreinte SHA-256 : ${frozen.digest}.`
  if (freezesOn) return `Chiffres provisoires : ce mois sera arrêté le ${dayInWords(freezesOn)}.`
  if (frozenForOthers) return 'Chiffres provisoires : ce mois n’a pas été arrêté pour ce périmètre.'
  return monthAsked(filter)
    ? 'Chiffres provisoires : ils peuvent encore changer.'
    : 'Chiffres provisoires : seul un mois entier, sans filtre, est arrêté.'
}

/**
 * The figures themselves as a file (IND-5): what each is, of which period and perimeter, by which definition, frozen or
 * not.
 */
export const figuresExport = (parts: ListExportParts) => (server: FastifyInstance) => {
  const { options, handler } = listExport(parts, {
    route: getIndicators,
    list: exportedLists.figures,
    lines: linesOf,
    cells: {
      indicator: ({ title }) => title,
      part: ({ part }) => part.label,
      value: ({ part }) => part.value,
      state: ({ figures }) => (figures.frozen ? 'arrêté' : 'provisoire'),
      frozenOn: ({ figures }) => dayCell(figures.frozen && parisDay(new Date(figures.frozen.at))),
      today: ({ part, figures }) => (figures.frozen ? part.value + part.since : null),
      from: ({ figures }) => dayCell(figures.from),
      to: ({ figures }) => dayCell(figures.to),
      perimeter: ({ reading }) => reading.perimeter,
      organisation: ({ reading }) => reading.organisation,
      territory: ({ reading }) => reading.territory,
      campaign: ({ reading }) => reading.campaign,
      version: ({ definition }) => definition.version,
      since: ({ definition }) => dayCell(definition.since),
      digest: ({ figures }) => figures.frozen?.digest ?? null,
    },
    note: async (figures, asked) => [
      ...readingLines('Indicateurs de l’annexe 4', figures, await readingOf(asked)),
      stateInWords(figures, asked.filter),
      ...figures.items.map(({ title, definition }) => definitionLine(title, definition)),
    ],
    entry: ({ organisationId }) => ({ action: 'figures.exported', subject: ['organisation', organisationId] }),
  })
  server.post('/api/indicators/export', options, handler)
}
