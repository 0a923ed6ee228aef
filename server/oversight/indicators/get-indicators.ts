import * as contract from '../../../contract/oversight/indicators.ts'
import { action } from '../../platform/action.ts'
import { definitions, versionFor } from './definitions.ts'
import { countFigure } from './indicators.queries.ts'
import { checkPeriod } from './period-rules.ts'

export const getIndicators = action(contract.getIndicators, {
  load: async ({ query }, { db, today }) => {
    checkPeriod(query)
    return Promise.all(
      definitions.map(async definition => {
        const used = versionFor(definition.versions, query.to)
        return { definition, used, figure: await countFigure(db, definition.code, used.version, { ...query, today }) }
      }),
    )
  },
  may: () => true, // row-level security chose what is counted
  run: async (figures, { query }, { now }) => ({
    from: query.from,
    to: query.to,
    asOf: now.toISOString(),
    items: figures.map(({ definition: { code, title, versions, parts }, used, figure }) => ({
      code,
      title,
      value: figure.get(null) ?? 0,
      parts: parts.map(part => ({ ...part, value: figure.get(part.code) ?? 0 })),
      definition: { ...used, others: versions.filter(one => one !== used) },
    })),
  }),
})
