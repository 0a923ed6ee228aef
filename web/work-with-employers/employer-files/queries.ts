import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import {
  type chooseEmployer,
  getEmployerFile,
  listEmployerFiles,
  listFileColumns,
  listFileRows,
  type rowParts,
} from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import { isRunning } from './words.ts'

export const filesQuery = queryOptions({
  queryKey: ['employer-files', 'list'],
  queryFn: ({ signal }) => call(listEmployerFiles, { query: {}, signal }),
  refetchOnMount: 'always',
})
const everyMs = 4_000
/** Read again while one is under way, so that its progress is seen. */
export const followedFilesQuery = queryOptions({
  ...filesQuery,
  refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? everyMs : false),
})
export const runningFilesQuery = queryOptions({
  queryKey: ['employer-files', 'running'],
  queryFn: ({ signal }) => call(listEmployerFiles, { query: { running: true }, signal }),
  refetchOnMount: 'always',
  refetchInterval: ({ state }) => (state.data?.items.length ? 2 * everyMs : false),
})
export const columnsQuery = queryOptions({
  queryKey: ['employer-files', 'columns'],
  queryFn: ({ signal }) => call(listFileColumns, { signal }),
})
export const fileQuery = (fileId: string) =>
  queryOptions({
    queryKey: ['employer-files', fileId],
    queryFn: ({ signal }) => call(getEmployerFile, { params: { fileId }, signal }),
    refetchOnMount: 'always',
  })
/** What an act answers is how the file stands now. */
export const fileIs = (file: Reply<typeof chooseEmployer>) =>
  queryClient.setQueryData(fileQuery(file.id).queryKey, file)

export const rowsKey = (fileId: string, part: (typeof rowParts)[number]) => ['employer-files', fileId, 'rows', part]
export const readRows = (fileId: string, part: (typeof rowParts)[number], after?: string, signal?: AbortSignal) =>
  call(listFileRows, {
    params: { fileId },
    query: { part, limit: 200, ...(after ? { after } : {}) },
    ...(signal ? { signal } : {}),
  })
/** All of them, page after page. */
export const readAllRows = async (fileId: string, part: (typeof rowParts)[number]) => {
  const rows: Reply<typeof listFileRows>['items'] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await readRows(fileId, part, after)
    rows.push(...items)
    if (next === null) return rows
    after = next
  }
}
