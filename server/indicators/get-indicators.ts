import * as contract from '../../contract/indicators.ts'
import { action } from '../platform/action.ts'
import { definitions } from './definitions.ts'
import { countFigure } from './indicators.queries.ts'
import { checkPeriod } from './period-rules.ts'

export const getIndicators = action(contract.getIndicators, {
  load: async ({ query }, { db }) => {
    checkPeriod(query)
    return Promise.all(definitions.map(async definition => ({ definition, figure: await countFigure(db, definition.code, query) })))
  },
  may: () => true, // row-level security chose what is counted
  run: async (figures, { query }, { now }) => ({
    from: query.from, to: query.to, asOf: now.toISOString(),
    items: figures.map(({ definition: { code, title, version, since, text, parts }, figure }) => ({
      code, title, value: figure.get(null) ?? 0, parts: parts.map(part => ({ ...part, value: figure.get(part.code) ?? 0 })), definition: { version, since, text },
    })),
  }),
})
