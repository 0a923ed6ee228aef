/**
 * Hires that employers declared (DPAE): imported, counted, dropped after a delay; the recruitment card; forecasts.
 * Owns: tables `hiring_files`, `hiring_rejects`, `hiring_declarations`, `hiring_months`, `hirings_by_month`,
 * `hirings_compared`, `hirings_recent`, `hiring_seasons`, `hiring_forecasts`, `hiring_forecast_runs`; acts recruitment.*.
 * Uses: register, territories.
 * Reads: establishments, naf.
 * Start: `import-hirings.ts`, then `read-recruitment.ts`, `read-company.ts`; docs/dpae.md, docs/forecast.md.
 */

import type { Action } from '../../platform/action.ts'
import { getCompanyRecruitment } from './get-company-recruitment.ts'
import { getRecruitment } from './get-recruitment.ts'
import { getRecruitmentSummary } from './get-recruitment-summary.ts'

export const recruitments: readonly Action[] = [getRecruitment, getRecruitmentSummary, getCompanyRecruitment]
