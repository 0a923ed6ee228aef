import { useEffect, useRef, useState } from 'react'
import { download } from '../platform/api.ts'
import { formatCount, formatNumber } from '../platform/format.ts'
import { asProblem } from '../platform/problem.ts'
import type { Received } from '../platform/received.ts'
import { signal } from '../platform/signal.ts'
import { toast } from '../platform/toast.ts'

export interface Asked {
  /** « Export : Mes prochaines actions » */
  readonly title: string
  readonly path: string
  readonly query?: Record<string, unknown>
  /** A list is asked with its purpose. */
  readonly body?: object
}
export interface FetchedFile {
  readonly key: number
  readonly title: string
  /** The page where it was asked. */
  readonly href: string
  readonly askedAt: string
  readonly state: 'running' | 'done' | 'failed'
  readonly received: Received
  readonly failure?: string
  readonly stop: () => void
}

/** Files asked in this tab, the last first: one leaves their page, and finds them again in « Mes travaux longs » (UX-2). */
export const fetchedFiles = signal<readonly FetchedFile[]>([])
const mostKept = 30
let last = 0

const change = (key: number, changed: Partial<FetchedFile>) =>
  fetchedFiles.set(fetchedFiles.get().map(one => (one.key === key ? { ...one, ...changed } : one)))

// The service keeps no file: closing the tab would lose those that are still coming.
const keepOpen = (event: BeforeUnloadEvent) => event.preventDefault()
const guardTab = () => {
  const coming = fetchedFiles.get().some(({ state }) => state === 'running')
  window[coming ? 'addEventListener' : 'removeEventListener']('beforeunload', keepOpen)
}

/** Fetches a file. `isLeft`: nobody looks at the page that asked any more, its end is then told by a toast. */
const fetchFile = (asked: Asked, isLeft: () => boolean) => {
  const key = ++last
  const { title, path, query, body } = asked
  const stopped = new AbortController()
  const begun: FetchedFile = {
    key,
    title,
    href: window.location.pathname + window.location.search,
    askedAt: new Date().toISOString(),
    state: 'running',
    received: { bytes: 0, lines: undefined },
    stop: () => stopped.abort(),
  }
  fetchedFiles.set([begun, ...fetchedFiles.get().filter(({ state }, at) => at < mostKept || state === 'running')])
  guardTab()
  const end = async () => {
    try {
      await download(path, query, body, {
        signal: stopped.signal,
        onReceived: received => change(key, { received }),
      })
      change(key, { state: 'done' })
      if (isLeft()) toast(`${title} : le fichier est prêt.`)
      return true
    } catch (error) {
      if (stopped.signal.aborted) {
        fetchedFiles.set(fetchedFiles.get().filter(one => one.key !== key))
        return false
      }
      const { title: failure, detail } = asProblem(error)
      change(key, { state: 'failed', failure: detail })
      if (isLeft()) toast(`${title} : ${failure}.`)
      throw error
    } finally {
      guardTab()
    }
  }
  return { key, end: end() }
}

/** A file asked from a page: followed while one stays, told of by a toast once one has left. */
export const useFile = () => {
  const [key, setKey] = useState<number>()
  const left = useRef(false)
  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
    }
  }, [])
  return {
    file: fetchedFiles.use().find(one => one.key === key),
    /** False when it was stopped. Throws `ApiProblem`. */
    fetch: (asked: Asked): Promise<boolean> => {
      const { key, end } = fetchFile(asked, () => left.current)
      setKey(key)
      return end
    },
  }
}

const sizeWords = (bytes: number) =>
  bytes < 1_000_000
    ? `${formatNumber(Math.ceil(bytes / 1000))} ko`
    : `${formatNumber(Math.round(bytes / 100_000) / 10)} Mo`
/** « 3,2 Mo reçus, pour 50 000 lignes » */
export const receivedWords = ({ bytes, lines }: Received): string => {
  if (!bytes) return 'le service le prépare'
  return `${sizeWords(bytes)} reçus${lines ? `, pour ${formatCount(lines, 'ligne')}` : ''}`
}
