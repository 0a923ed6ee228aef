import type { UseQueryResult } from '@tanstack/react-query'

/** One duty that waits for the holder of a role: a count, as a link to the page that it counts. */
interface Duty {
  readonly href: string
  readonly link: string
  readonly rest: string
  readonly urgent?: boolean
}
export const duty = (count: number, href: string, link: string, rest: string, urgent = false): Duty[] =>
  count > 0 ? [{ href, link, rest, urgent }] : []

/** What one room has for it, and how its reading stands. */
export interface Found {
  readonly queries: readonly Pick<UseQueryResult, 'isLoading' | 'isError' | 'error' | 'refetch'>[]
  readonly duties: readonly Duty[]
}

export const fresh = { refetchOnMount: 'always', staleTime: 0 } as const
export const aMonth = 31
