import * as contract from '../../../contract/oversight/security.ts'
import { action } from '../../platform/action.ts'
import { mostFound, selectPeople } from './security.queries.ts'

export const findPeople = action(contract.findPeople, {
  load: ({ query }, { db }) => selectPeople(db, query.q.trim(), query.organisationId ?? null),
  may: () => true, // the database finds those of the structures that the viewer is officer of
  run: async rows => ({ items: rows.slice(0, mostFound), more: rows.length > mostFound }),
})
