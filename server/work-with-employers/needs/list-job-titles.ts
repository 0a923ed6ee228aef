import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { searchJobTitles } from './job-titles.queries.ts'

export const listJobTitles = action(contract.listJobTitles, {
  load: ({ query: { q } }, { db }) => searchJobTitles(db, q),
  may: () => true, // public reference data
  run: async items => ({ items: [...items] }),
})
