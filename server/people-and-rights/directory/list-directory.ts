import * as contract from '../../../contract/people-and-rights/directory.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { mayReadDirectory } from './directory.policy.ts'
import { listDirectory as select } from './directory.queries.ts'
import { wordsSought } from './directory-rules.ts'

export const listDirectory = action(contract.listDirectory, {
  load: async () => undefined,
  may: viewer => mayReadDirectory(viewer),
  run: async (_subject, { query: { after, limit = 50, q = '', ...filter } }, { db }) => {
    const from = readCursor(after, keyShapes.text, keyShapes.id)
    const page = pageOf(await select(db, { ...filter, words: wordsSought(q) }, from, limit), limit, row => [
      row.sortKey,
      row.id,
    ])
    return { items: [...page.rows], next: page.next }
  },
})
