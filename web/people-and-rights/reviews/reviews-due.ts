import { listReviewsDue } from '../../../contract/people-and-rights/reviews.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'

export const all = { value: '', label: 'Toutes' } as const
export const lateOnly = { value: 'retard', label: 'En retard' } as const

export const useDue = (late: boolean) =>
  useList(
    ['reviews', 'due', late],
    (after, signal) =>
      call(listReviewsDue, { query: { limit: 50, ...(late ? { late } : {}), ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
