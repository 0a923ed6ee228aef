import { useMatches, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback } from 'react'

/** The parts of the address: `/campagnes/$campaignId` gives `{ campaignId }`. */
export const usePathParams = <P extends Record<string, string>>() => useParams({ strict: false }) as unknown as P

/**
 * Filters live in the address, as plain text; `undefined` or '' takes one out. Writing replaces, so Back leaves the
 * page; `push` makes a step that Back undoes.
 */
export const useAddress = (): [
  Record<string, string>,
  (change: Record<string, string | undefined>, options?: { push?: boolean }) => void,
] => {
  // Of the page drawn, not of the one being fetched: a page on its way out must not read the address of the next.
  const search = useMatches({ select: matches => (matches.at(-1)?.search ?? {}) as Record<string, string> })
  const navigate = useNavigate()
  const write = (change: Record<string, string | undefined>, { push = false } = {}) =>
    void navigate({
      to: '.',
      replace: !push,
      resetScroll: false,
      search: Object.fromEntries(
        Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== ''),
      ),
    } as never)
  return [search, write]
}

/** Go to a page of the application by its address. */
export const useGo = () => {
  const navigate = useNavigate()
  return useCallback((href: string, { replace = false } = {}) => void navigate({ href, replace } as never), [navigate])
}
