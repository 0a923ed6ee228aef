import { useMutation } from '@tanstack/react-query'
import { type listNotifications, markNotifications, readAllNotifications } from '../../contract/notifications.ts'
import type { Reply } from '../../contract/route.ts'
import { call } from '../platform/api.ts'
import { queryClient } from '../platform/query.ts'
import { meQuery } from '../platform/session.ts'

export type Notification = Reply<typeof listNotifications>['items'][number]

export const notificationsKey = ['notifications'] as const
/** The list, and the number on the bell. */
const changed = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: notificationsKey }),
    queryClient.invalidateQueries({ queryKey: meQuery.queryKey }),
  ])

export const useMarks = () => {
  const one = useMutation({
    mutationFn: ({ id, read }: { id: string; read: boolean }) => call(markNotifications, { body: { ids: [id], read } }),
    onSettled: changed,
  })
  const all = useMutation({
    mutationFn: (upTo: string) => call(readAllNotifications, { body: { upTo } }),
    onSettled: changed,
  })
  return { one, all, problem: one.error ?? all.error }
}
