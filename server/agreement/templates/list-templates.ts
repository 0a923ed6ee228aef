import * as contract from '../../../contract/agreement/conventions.ts'
import { placeholders } from '../../../contract/agreement/template.ts'
import { action } from '../../platform/action.ts'
import { holdsRole } from '../../platform/viewer.ts'
import { shippedTemplate } from './shipped-template.ts'
import { listTemplates as select } from './templates.queries.ts'

export const listTemplates = action(contract.listTemplates, {
  load: async (_input, { db }) => select(db),
  may: () => true,
  run: async (rows, _input, { viewer }) => ({
    items: rows.map(row => ({ ...row, publishedAt: row.publishedAt.toISOString() })),
    shipped: shippedTemplate,
    placeholders: Object.entries(placeholders).map(([name, { kind, says }]) => ({ name, kind, says })),
    allowed: holdsRole(viewer, 'administrateur') ? ['publish' as const] : [],
  }),
})
