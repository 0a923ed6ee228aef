import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import { listWatchedViews } from '../../../contract/work-with-employers/saved-views/watched-views.ts'
import { listSavedViews, type SavedView, type sharings } from '../../../contract/work-with-employers/saved-views.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export type View = Static<typeof SavedView>
export type ViewedList = View['list']

export const sharingWords: Record<(typeof sharings)[number], string> = {
  nobody: 'Pour moi seul',
  organisation: 'Partagée avec ma structure',
  campaign: 'Partagée avec les membres de la campagne',
}

/** What stands open on the page is no part of a view. */
const passing = ['cible', 'fiche', 'onglet']
/** The filters, order and columns of the page, as its address says them. */
export const keptOf = (address: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(address).filter(
      ([name, value]) => /^[a-z]{1,20}$/.test(name) && !passing.includes(name) && value && value.length <= 300,
    ),
  )

type Opened = Pick<View, 'list' | 'campaign' | 'address'>
const pages: Record<ViewedList, (view: Opened) => string> = {
  targets: ({ campaign }) => `/campagnes/${campaign?.id ?? ''}`,
  portfolio: () => '/portefeuille',
  search: () => '/etablissements',
}
/** The page that a view opens. */
export const hrefOf = (view: Opened): string => {
  const search = new URLSearchParams(view.address).toString()
  return pages[view.list](view) + (search && `?${search}`)
}

export const viewsQuery = (list: ViewedList, campaign: string | undefined) =>
  queryOptions({
    queryKey: ['views', list, campaign],
    queryFn: ({ signal }) => call(listSavedViews, { query: { list, ...(campaign ? { campaign } : {}) }, signal }),
  })
/** Those that one is written to about. */
export const watchedQuery = queryOptions({
  queryKey: ['views', 'watched'],
  queryFn: ({ signal }) => call(listWatchedViews, { signal }),
})
export const viewsChanged = () => queryClient.invalidateQueries({ queryKey: ['views'] })

/** The views of one's menu, as it names them; none while they are read. */
export const usePinnedViews = (enabled: boolean): readonly { readonly label: string; readonly href: string }[] => {
  const { data } = useQuery({
    queryKey: ['views', 'pinned'],
    queryFn: ({ signal }) => call(listSavedViews, { query: { pinned: true }, signal }),
    enabled,
    staleTime: 300_000,
  })
  return (data?.items ?? []).map(view => ({ label: view.name, href: hrefOf(view) }))
}
