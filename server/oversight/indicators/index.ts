import type { Action } from '../../platform/action.ts'
import { getIndicators } from './get-indicators.ts'
import { listIndicatorRows } from './list-indicator-rows.ts'

export const indicators: readonly Action[] = [getIndicators, listIndicatorRows]
