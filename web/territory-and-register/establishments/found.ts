import type { Reply } from '../../../contract/route.ts'
import type { searchEstablishments } from '../../../contract/territory-and-register/establishments.ts'
import type { useList } from '../../platform/list.ts'

export type Reading = ReturnType<typeof useList<Reply<typeof searchEstablishments>>>
export type Found = Reply<typeof searchEstablishments>['items'][number]

/** Found by what partners noted alone: the first page says them. */
export type NotedLine = NonNullable<Reply<typeof searchEstablishments>['noted']>[number]

export const stops = () => [...document.querySelectorAll<HTMLElement>(':is(.cc-noted, .cc-results) [data-row-stop]')]
