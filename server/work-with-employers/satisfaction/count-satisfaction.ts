import * as contract from '../../../contract/work-with-employers/needs/satisfaction.ts'
import { action } from '../../platform/action.ts'
import { countSurveys } from './satisfaction.queries.ts'
import { leastTold } from './satisfaction-rules.ts'

export const countSatisfaction = action(contract.countSatisfaction, {
  load: ({ query }, { db }) => countSurveys(db, query.territory, leastTold),
  may: () => true, // satisfaction_counts counts what each may count
  run: items => Promise.resolve({ items }),
})
