import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { boundOf, type Filter, kept, lineReply } from './convention-line-rules.ts'
import { actsFor, reachOf } from './conventions.policy.ts'
import { listLines } from './conventions.queries.ts'

/** AGR-10: all one may read, page by page, with what is missing or late; counts agree with the rows they lead to. */
export const listConventions = action(contract.listConventions, {
  load: async ({ query }, { db, now }) => ({
    from: readCursor(query.after, keyShapes.id)?.[0],
    all: await listLines(db, query.region, now),
  }),
  may: () => true,
  run: async ({ from, all }, { query }, { viewer, now }) => {
    const lines = all.map(line =>
      lineReply(line, now, {
        whole: reachOf(viewer, { organisationId: line.organisation.id }, false) === 'file',
        acts: actsFor(viewer, boundOf(line)) !== null,
      }),
    )
    const party = viewer.organisationKind === 'operateur' ? 'operateur' : 'partenaire'
    const inState = lines.filter(kept({ state: query.state }, party))
    const count = (filter: Filter) => inState.filter(kept(filter, party)).length
    // Its place among all, not among those kept: what leaves the filter between two pages moves nothing.
    const begins = from === undefined ? 0 : lines.findIndex(line => line.id === from) + 1
    const { limit = 50 } = query
    const wanted = lines.slice(begins).filter(kept(query, party))
    const page = pageOf(wanted.slice(0, limit + 1), limit, line => [line.id])
    return {
      items: [...page.rows],
      next: page.next,
      regions: [...new Map(lines.map(line => [line.region.id, line.region])).values()],
      counts: {
        all: inState.length,
        contacts: count({ lacks: 'contacts' }),
        rgc: count({ lacks: 'rgc' }),
        territories: count({ lacks: 'territories' }),
        duties: count({ lacks: 'duties' }),
        convention: count({ awaits: 'convention' }),
        amendment: count({ awaits: 'amendment' }),
        receipt: count({ awaits: 'receipt' }),
      },
      draftIn: viewer.roles.flatMap(r => (r.role === 'direction-regionale' && r.regionId !== null ? [r.regionId] : [])),
    }
  },
})
