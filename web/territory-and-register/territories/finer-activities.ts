import { useQueries, useQuery } from '@tanstack/react-query'
import {
  type Nomenclature,
  nomenclatureNames,
  readActivity,
} from '../../../contract/territory-and-register/activities.ts'
import { listActivities } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { useRested } from '../../platform/rested.ts'

/** Public and the same for all, but for an import: asked once a page. */
const kept = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const
const isFiner = (code: string) => readActivity(code).code.length > 2
const named = ({ code, label }: { code: string; label: string }) => {
  const { nomenclature, code: own } = readActivity(code)
  return `${own} ${label}${nomenclature === 'NAF25' ? ` (${nomenclatureNames.NAF25})` : ''}`
}

/** Groups, classes and codes in words of trades: « coiffeur », « couvreur ». */
export const findFiner = async (typed: string, nomenclature: Nomenclature, signal?: AbortSignal) =>
  (await call(listActivities, { query: { q: typed, nomenclature }, ...(signal ? { signal } : {}) })).items.map(
    ({ code, label }) => ({ code, label, name: named({ code, label }) }),
  )

export const useFinerActivities = (typed: string, nomenclature: Nomenclature, enabled: boolean) => {
  const words = useRested(typed.trim(), 200)
  const { data } = useQuery({
    queryKey: ['activities', nomenclature, words],
    queryFn: ({ signal }) => findFiner(words, nomenclature, signal),
    enabled: enabled && words.length > 1,
    ...kept,
  })
  return { found: enabled && words.length > 1 ? (data ?? []) : [], looking: enabled && words !== typed.trim() }
}

/** What finer codes mean; a code that the service has no label of stays a code. */
export const useFinerNames = (codes: readonly string[]): ReadonlyMap<string, string> =>
  useQueries({
    queries: codes.filter(isFiner).map(code => ({
      queryKey: ['activities', 'one', code],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await call(listActivities, { query: { code }, signal })).items,
      ...kept,
    })),
    combine: namesByCode,
  })
const namesByCode = (answers: readonly { data: readonly { code: string; label: string }[] | undefined }[]) =>
  new Map(answers.flatMap(({ data }) => (data ?? []).map(one => [one.code, named(one)] as const)))
