import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { lacks, lineReply } from './convention-line-rules.ts'
import { reachOf } from './conventions.policy.ts'
import { listLines } from './conventions.queries.ts'

/** AGR-10: all one may read, with what is missing or late; counts agree with the rows they lead to. */
export const listConventions = action(contract.listConventions, {
  load: ({ query }, { db, now }) => listLines(db, query.region, now),
  may: () => true,
  run: async (all, { query }, { viewer, now }) => {
    const lines = all.map(line =>
      lineReply(line, now, reachOf(viewer, { organisationId: line.organisation.id }, false) === 'file'),
    )
    const inState = lines.filter(line => query.state === undefined || line.state === query.state)
    const counted = (what: 'contacts' | 'rgc' | 'duties') => inState.filter(line => lacks(line, what)).length
    return {
      items: inState.filter(line => query.lacks === undefined || lacks(line, query.lacks)),
      regions: [...new Map(lines.map(line => [line.region.id, line.region])).values()],
      counts: { all: inState.length, contacts: counted('contacts'), rgc: counted('rgc'), duties: counted('duties') },
      draftIn: viewer.roles.flatMap(r => (r.role === 'direction-regionale' && r.regionId !== null ? [r.regionId] : [])),
    }
  },
})
