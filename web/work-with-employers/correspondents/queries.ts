import { queryOptions } from '@tanstack/react-query'
import {
  listCorrespondents,
  readCorrespondentHistory,
} from '../../../contract/work-with-employers/correspondents/correspondents.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const correspondentsQuery = (siret: string) =>
  queryOptions({
    queryKey: ['correspondents', siret],
    queryFn: ({ signal }) => call(listCorrespondents, { params: { siret }, signal }),
  })

export const historyQuery = (siret: string, correspondentId: string) =>
  queryOptions({
    queryKey: ['correspondents', siret, correspondentId],
    queryFn: ({ signal }) => call(readCorrespondentHistory, { params: { siret, correspondentId }, signal }),
  })

/** What someone added, corrected or retired changes elsewhere: phones are shown beside targets, rounds and days. */
export const correspondentsChanged = () =>
  Promise.all(
    ['correspondents', 'portfolio', 'next-actions', 'rounds', 'campaigns'].map(key =>
      queryClient.invalidateQueries({ queryKey: [key] }),
    ),
  )
