import * as contract from '../../../contract/oversight/indicators.ts'
import { action } from '../../platform/action.ts'
import { definitionOf, versionFor } from './definitions.ts'
import { type EmployerPart, employerParts } from './employer-parts.ts'
import { countFigure } from './indicators.queries.ts'
import { checkPeriod } from './period-rules.ts'

export const getReachedEmployers = action(contract.getReachedEmployers, {
  load: ({ query }, { db, today }) => {
    checkPeriod(query)
    const { version } = versionFor(definitionOf('etablissements').versions, query.to)
    return countFigure(db, 'etablissements', version, { ...query, today }, true)
  },
  may: () => true, // the database chose what is counted
  run: async figure => {
    const counted = (parts: readonly EmployerPart[]) =>
      parts.map(part => ({ ...part, value: figure.get(part.code) ?? 0 }))
    return { natures: counted(employerParts.natures), sizes: counted(employerParts.sizes) }
  },
})
