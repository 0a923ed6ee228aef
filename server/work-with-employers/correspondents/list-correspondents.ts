import type { Static } from 'typebox'
import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import { listCorrespondents as select } from './correspondents.queries.ts'

type Value = Static<typeof contract.SourcedValue>

export const listCorrespondents = action(contract.listCorrespondents, {
  load: ({ params }, { db }) => select(db, Number(params.siret)),
  may: () => true, // row-level security chose the rows
  run: async rows => ({
    items: rows.map(row => ({
      id: row.id,
      siret: siretText(row.siret),
      retired: row.retiredAt !== null,
      values: row.values.map(v => ({
        field: v.field as Value['field'],
        value: v.value,
        source: v.source as Value['source'],
        organisationName: v.organisationName,
        recordedAt: v.recordedAt.toISOString(),
      })),
    })),
    next: null,
  }),
})
