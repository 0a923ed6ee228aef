/**
 * Executable specification: production runs the SQL (policies usage_days.read and usage_months.read,
 * ctx.leads_colleagues); usage.test.ts and indicators.test.ts prove them equal.
 */
import { holds, type Viewer } from '../../platform/viewer.ts'

/**
 * The use made by one's own organisation; by all, for who holds a national perimeter in the tool campagnes. The SQL
 * twins are the policies usage_days.read and usage_months.read.
 */
export const mayReadUsage = (viewer: Viewer, row: { readonly organisationId: string }): boolean =>
  viewer.state === 'active' &&
  (row.organisationId === viewer.organisationId ||
    viewer.grants.some(g => g.tool === 'campagnes' && g.territoryId === 0))

/**
 * Reads the names of one's colleagues among who uses the tools: who leads them (CAM-8); the others read their number.
 * The SQL twin is ctx.leads_colleagues.
 */
export const mayNameColleagues = (viewer: Viewer): boolean =>
  viewer.state === 'active' && holds(viewer, 'campagnes', 'responsable')
