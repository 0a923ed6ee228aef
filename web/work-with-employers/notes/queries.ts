import { queryOptions } from '@tanstack/react-query'
import type { Query, Reply } from '../../../contract/route.ts'
import {
  type historyKinds,
  listHistory,
  listHistoryChoices,
  listNoteVersions,
} from '../../../contract/work-with-employers/notes.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export type Note = NonNullable<Reply<typeof listHistory>['items'][number]['note']>
export type ReferentLine = NonNullable<Reply<typeof listHistory>['items'][number]['referent']>
export type HistoryKind = (typeof historyKinds)[number]
export type HistoryFilter = Omit<Query<typeof listHistory>, 'limit' | 'after' | 'total'>
/** Few at first, for the card to come at once; then as many as one scrolls through. */
export const readHistory = (siret: string, filter: HistoryFilter) => (after: string | undefined, signal: AbortSignal) =>
  call(listHistory, {
    params: { siret },
    query: { ...filter, ...(after ? { limit: 100, after } : { limit: 20, total: true }) },
    signal,
  })
/** What the history can be narrowed to. */
export const historyChoicesQuery = (siret: string, company: boolean) =>
  queryOptions({
    queryKey: ['history', 'choices', siret, company],
    queryFn: ({ signal }) => call(listHistoryChoices, { params: { siret }, query: company ? { company } : {}, signal }),
  })
export const noteVersionsQuery = (noteId: string) =>
  queryOptions({
    queryKey: ['history', 'versions', noteId],
    queryFn: ({ signal }) => call(listNoteVersions, { params: { noteId }, signal }),
  })
export const notesChanged = () => queryClient.invalidateQueries({ queryKey: ['history'] })
