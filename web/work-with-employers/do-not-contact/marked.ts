import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import {
  getDoNotContact,
  listNotToContact,
  mostMarksAsked,
} from '../../../contract/work-with-employers/do-not-contact.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export type DoNotContact = Reply<typeof getDoNotContact>
export type Mark = NonNullable<DoNotContact['current']>
interface Asker {
  readonly answer: (until: string | null) => void
  readonly fail: (error: unknown) => void
}

const waiting = new Map<string, Asker[]>()
const moment = 50

/** Asks for all the lines that were drawn in the same moment at once. */
const untilOf = (siret: string): Promise<string | null> =>
  new Promise((answer, fail) => {
    if (waiting.size === 0) setTimeout(askAll, moment)
    waiting.set(siret, [...(waiting.get(siret) ?? []), { answer, fail }])
  })
const askAll = () => {
  const all = [...waiting]
  waiting.clear()
  for (let i = 0; i < all.length; i += mostMarksAsked) void ask(all.slice(i, i + mostMarksAsked))
}
const ask = async (some: readonly [siret: string, askers: Asker[]][]) => {
  try {
    const { items } = await call(listNotToContact, { query: { sirets: some.map(([siret]) => siret).join(',') } })
    const until = new Map(items.map(item => [item.siret, item.until]))
    for (const [siret, asked] of some) for (const { answer } of asked) answer(until.get(siret) ?? null)
  } catch (error) {
    for (const [, asked] of some) for (const { fail } of asked) fail(error)
  }
}

const key = ['do-not-contact']
/** The last day of the mark that stands there; lists never wait for it. */
export const markedQuery = (siret: string) =>
  queryOptions({ queryKey: [...key, 'until', siret], queryFn: () => untilOf(siret), staleTime: 60_000, retry: false })

export const doNotContactQuery = (siret: string) =>
  queryOptions({
    queryKey: [...key, 'of', siret],
    queryFn: ({ signal }) => call(getDoNotContact, { params: { siret }, signal }),
    retry: false,
  })

/** Every list says it at once. */
export const keepDoNotContact = (siret: string, now: DoNotContact) => {
  queryClient.setQueryData(doNotContactQuery(siret).queryKey, now)
  queryClient.setQueryData(markedQuery(siret).queryKey, now.current?.until ?? null)
}
