import * as contract from '../../../contract/oversight/indicators.ts'
import { action } from '../../platform/action.ts'
import { definitions, type Version, versionFor } from './definitions.ts'
import { countFigure, movedFigures } from './indicators.queries.ts'
import { checkPeriod } from './period-rules.ts'

const told = (one: Version) => ({ ...one, corrects: one.corrects ?? false })

export const getIndicators = action(contract.getIndicators, {
  load: async ({ query }, { db, today }) => {
    checkPeriod(query)
    const [figures, moved] = await Promise.all([
      Promise.all(
        definitions.map(async definition => {
          const used = versionFor(definition.versions, query.to)
          return { definition, used, figure: await countFigure(db, definition.code, used.version, { ...query, today }) }
        }),
      ),
      query.to < today ? movedFigures(db, query) : null, // a period that runs moves by itself
    ])
    return { figures, moved }
  },
  may: () => true, // the database chose what is counted
  run: async ({ figures, moved }, { query }, { now }) => ({
    from: query.from,
    to: query.to,
    asOf: now.toISOString(),
    moved: moved?.map(({ kind, count, latest }) => ({ kind, count, latest: latest.toISOString() })) ?? null,
    items: figures.map(({ definition: { code, title, versions, parts }, used, figure }) => ({
      code,
      title,
      value: figure.get(null) ?? 0,
      parts: parts.map(part => ({ ...part, value: figure.get(part.code) ?? 0 })),
      definition: { ...told(used), others: versions.filter(one => one !== used).map(told) },
    })),
  }),
})
