import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { countSatisfaction, readNeedSatisfaction } from '../../../contract/work-with-employers/needs/satisfaction.ts'
import { call } from '../../platform/api.ts'

export type Satisfaction = NonNullable<Reply<typeof readNeedSatisfaction>['satisfaction']>
export type SatisfactionCount = Reply<typeof countSatisfaction>['items'][number]

/** Under the key of needs: read again when the need moves. */
export const satisfactionQuery = (needId: string) =>
  queryOptions({
    queryKey: ['needs', 'satisfaction', needId],
    queryFn: ({ signal }) => call(readNeedSatisfaction, { params: { needId }, signal }),
    refetchOnMount: 'always',
  })
export const satisfactionCountQuery = (territory: number | undefined) =>
  queryOptions({
    queryKey: ['needs', 'satisfaction-count', territory ?? null],
    queryFn: ({ signal }) => call(countSatisfaction, { query: territory ? { territory } : {}, signal }),
    retry: false,
  })
