import * as contract from '../../../contract/oversight/indicators.ts'
import { action } from '../../platform/action.ts'
import { definitions, type Version, versionFor } from './definitions.ts'
import { frozenFigure, readFrozen } from './frozen.queries.ts'
import { countFigure, type Figure, movedFigures } from './indicators.queries.ts'
import { checkPeriod, freezesOn, monthAsked } from './period-rules.ts'

const told = (one: Version) => ({ ...one, corrects: one.corrects ?? false })
const partOf = (figure: Figure, part: string | null) => figure.get(part) ?? 0

export const getIndicators = action(contract.getIndicators, {
  load: async ({ query }, { db, today }) => {
    checkPeriod(query)
    const month = monthAsked(query)
    const [figures, moved, kept] = await Promise.all([
      Promise.all(
        definitions.map(async definition => {
          const used = versionFor(definition.versions, query.to)
          return { definition, used, live: await countFigure(db, definition.code, used.version, { ...query, today }) }
        }),
      ),
      query.to < today ? movedFigures(db, query) : null, // a period that runs moves by itself
      month ? readFrozen(db, month) : null,
    ])
    return { figures, moved, month, frozen: kept?.own ?? null, frozenForOthers: kept?.forOthers ?? false }
  },
  may: () => true, // the database chose what is counted, and the line that is read
  run: async ({ figures, moved, month, frozen, frozenForOthers }, { query }, { now, today }) => ({
    from: query.from,
    to: query.to,
    asOf: now.toISOString(),
    moved: moved?.map(({ kind, count, latest }) => ({ kind, count, latest: latest.toISOString() })) ?? null,
    frozen: frozen && { at: frozen.at.toISOString(), digest: frozen.digest },
    frozenForOthers,
    freezesOn: month && freezesOn(month) > today ? freezesOn(month) : null,
    items: figures.map(({ definition: { code, title, versions, parts }, used, live }) => {
      const kept = frozen && frozenFigure(frozen, code)
      const [figure, by] = kept
        ? [kept.figure, versions.find(({ version }) => version === kept.version) ?? used]
        : [live, used]
      return {
        code,
        title,
        value: partOf(figure, null),
        since: partOf(live, null) - partOf(figure, null),
        parts: parts.map(part => ({
          ...part,
          value: partOf(figure, part.code),
          since: partOf(live, part.code) - partOf(figure, part.code),
        })),
        definition: { ...told(by), others: versions.filter(one => one !== by).map(told) },
      }
    }),
  }),
})
