import { queryOptions } from '@tanstack/react-query'
import { listActionProposals } from '../../../contract/work-with-employers/proposed-actions.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import { exchangesChanged } from '../exchanges/queries.ts'

export const proposalsQuery = queryOptions({
  queryKey: ['action-proposals'],
  queryFn: ({ signal }) => call(listActionProposals, { signal }),
  refetchOnMount: 'always',
})
/** Settled: the action may have come to the viewer, or stayed. */
export const proposalsChanged = () =>
  Promise.all([queryClient.invalidateQueries({ queryKey: proposalsQuery.queryKey }), exchangesChanged()])
