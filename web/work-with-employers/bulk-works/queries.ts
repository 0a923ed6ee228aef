import { queryOptions } from '@tanstack/react-query'
import { getBulkWork, listBulkWorks } from '../../../contract/work-with-employers/bulk-works.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import { campaignQuery, withinKey } from '../campaigns/queries.ts'
import { exchangesChanged } from '../exchanges/queries.ts'
import { isRunning, type Work } from './words.ts'

const everyMs = 2_000
/** Read again while one runs, so that its progress is seen. */
export const worksQuery = queryOptions({
  queryKey: ['bulk-works', 'list'],
  queryFn: ({ signal }) => call(listBulkWorks, { query: {}, signal }),
  refetchOnMount: 'always',
  refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? everyMs : false),
})
export const runningWorksQuery = queryOptions({
  queryKey: ['bulk-works', 'running'],
  queryFn: ({ signal }) => call(listBulkWorks, { query: { running: true }, signal }),
  refetchOnMount: 'always',
  refetchInterval: ({ state }) => (state.data?.items.length ? 5 * everyMs : false),
})
export const workQuery = (workId: string) =>
  queryOptions({
    queryKey: ['bulk-works', workId],
    queryFn: ({ signal }) => call(getBulkWork, { params: { workId }, signal }),
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? everyMs : false),
  })

/** What shows the targets of a campaign, or next actions, is read again. */
export const subjectsChanged = (campaignId: string | undefined) =>
  campaignId === undefined
    ? exchangesChanged()
    : Promise.all([
        queryClient.invalidateQueries({ queryKey: withinKey(campaignId) }),
        queryClient.invalidateQueries({ queryKey: campaignQuery(campaignId).queryKey }),
      ])
export const workChanged = ({ campaign }: Pick<Work, 'campaign'>) => subjectsChanged(campaign?.id)
