import type { FastifyInstance } from 'fastify'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { getIndicators } from '../../../contract/oversight/indicators.ts'
import type { Reply } from '../../../contract/route.ts'
import type { Db } from '../../platform/database.ts'
import { dayCell } from '../../platform/export/cells.ts'
import { type ListExportParts, listExport } from '../../platform/export/list-export.ts'
import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import type { Filter } from './filter.ts'
import { namesAsked } from './names-asked.queries.ts'

type Figures = Reply<typeof getIndicators>
/** Each figure, then each of its parts. */
const linesOf = async (figures: Figures, { db, filter }: { readonly db: Db; readonly filter: Filter }) => {
  const names = await namesAsked(db, filter)
  return figures.items.flatMap(({ title, value, since, parts, definition }) =>
    [{ label: 'Ensemble', value, since }, ...parts].map(part => ({ title, part, definition, names, figures })),
  )
}

const stateWords = ({ frozen, frozenForOthers, freezesOn }: Figures) => {
  if (frozen)
    return `Chiffres arrêtés le ${dayInWords(parisDay(new Date(frozen.at)))} pour le périmètre de la personne qui exporte.`
  if (freezesOn) return `Chiffres provisoires : ce mois sera arrêté le ${dayInWords(freezesOn)}.`
  if (frozenForOthers)
    return 'Chiffres provisoires : ce mois n’a pas été arrêté pour le périmètre de la personne qui exporte.'
  return 'Chiffres provisoires : ils peuvent encore changer.'
}

/** The figures themselves as a file (IND-5): what each is, of which period, by which definition, frozen or not. */
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
      organisation: ({ names }) => names.organisation ?? 'Toutes',
      territory: ({ names }) => names.territory ?? 'Tout mon périmètre',
      campaign: ({ names }) => names.campaign ?? 'Toutes',
      version: ({ definition }) => definition.version,
      since: ({ definition }) => dayCell(definition.since),
      digest: ({ figures }) => figures.frozen?.digest ?? null,
    },
    note: figures => [
      stateWords(figures),
      ...figures.items.map(
        ({ title, definition: { version, text } }) => `${title} (définition, version ${version}) : ${text}`,
      ),
    ],
    entry: ({ organisationId }) => ({ action: 'figures.exported', subject: ['organisation', organisationId] }),
  })
  server.post('/api/indicators/export', options, handler)
}
