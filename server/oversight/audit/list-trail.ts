import * as contract from '../../../contract/oversight/audit.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { Refused } from '../../platform/errors.ts'
import { listEntries } from './entries.queries.ts'
import { entryReply } from './entry-reply.ts'
import { scopesOf } from './trail.policy.ts'

const isInstant = (part: string) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/.test(part) && !Number.isNaN(Date.parse(part))

export const listTrail = action(contract.listTrail, {
  load: async ({ query: { scope = 'own', limit = 50, after, from, to, ...filter } }, { db }) => {
    if (from && to && from > to) throw new Refused('trail/period-reversed')
    const rows = await listEntries(db, {
      scope,
      ...filter,
      from,
      to,
      after: readCursor(after, isInstant, keyShapes.id) as [string, string] | undefined,
      limit: limit + 1,
    })
    return pageOf(rows, limit, row => [row.exactly, row.id])
  },
  may: (viewer, _page, { query: { scope = 'own' } }) => scopesOf(viewer).includes(scope) || 'access/role-required',
  run: async ({ rows, next }, _input, { viewer }) => ({ items: rows.map(entryReply), next, scopes: scopesOf(viewer) }),
})
