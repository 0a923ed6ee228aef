import { setTimeout as wait } from 'node:timers/promises'
import type { SireneSettings } from '../../platform/config.ts'
import { systemClock } from '../../platform/time.ts'
import type { RegisterKind } from './file-layout.ts'
import { ImportRefused } from './import-options.ts'

export interface Pace {
  now(): number
  sleep(milliseconds: number, signal?: AbortSignal): Promise<unknown>
}
const realPace: Pace = {
  now: () => systemClock().getTime(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
}

export interface SirenePage {
  readonly records: readonly unknown[]
  /** How many the whole day has, as counted with this page. */
  readonly total: number | undefined
  /** Where the next page begins; undefined after the last. */
  readonly next: string | undefined
}
export interface SireneApi {
  /** What was last treated that day; 'stale' when the cursor is no longer known there. */
  page(kind: RegisterKind, day: string, cursor: string): Promise<SirenePage | 'stale'>
  /** One record by its number; undefined when it is not published. */
  one(kind: RegisterKind, number: string): Promise<unknown>
}

/** 30 requests a minute: one every two seconds, retries included. */
const interval = 2_000
const attempts = 8
const longestWait = 15 * 60_000
const collections = {
  establishments: {
    path: 'siret',
    list: 'etablissements',
    single: 'etablissement',
    treated: 'dateDernierTraitementEtablissement',
  },
  units: { path: 'siren', list: 'unitesLegales', single: 'uniteLegale', treated: 'dateDernierTraitementUniteLegale' },
} as const

type Json = Record<string, unknown>
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
class Again {
  readonly why: string
  readonly after: number | undefined
  constructor(why: string, after?: number) {
    this.why = why
    this.after = after
  }
}

/**
 * A client of API Sirene 3.11. It asks again after too many requests, a fault there, a cut or unreadable answer.
 * Any other failure is final, and said.
 */
export const sireneApi = (
  { url, key }: SireneSettings,
  { pace = realPace, signal }: { pace?: Pace; signal?: AbortSignal } = {},
): SireneApi => {
  let next = -Infinity
  const turn = async () => {
    // A clock set back must not make us wait for more than our turn.
    const delay = Math.min(next - pace.now(), interval)
    if (delay > 0) await pace.sleep(delay, signal)
    next = pace.now() + interval
  }
  const retryAfter = (header: string | null): number | undefined => {
    if (!header) return undefined
    const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - pace.now()
    return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined
  }

  const once = async (path: string): Promise<{ status: number; body: unknown } | Again> => {
    try {
      // A redirection would carry the key elsewhere: it is not followed.
      const response = await fetch(new URL(path, url), {
        headers: { 'X-INSEE-Api-Key-Integration': key, accept: 'application/json' },
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(60_000), ...(signal ? [signal] : [])]),
      })
      const said = await response.text()
      const { status } = response
      if (status === 429 || status >= 500)
        return new Again(`code ${status}`, retryAfter(response.headers.get('retry-after')))
      try {
        return { status, body: JSON.parse(said) }
      } catch {
        return status === 200 ? new Again('réponse illisible') : { status, body: undefined }
      }
    } catch {
      signal?.throwIfAborted()
      return new Again('réponse interrompue')
    }
  }

  /** Until the answer is one that `read` can use; `read` answers Again for one that it cannot. */
  const ask = async <T>(path: string, read: (status: number, body: unknown) => T | Again): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      await turn()
      const answer = await once(path)
      const result = answer instanceof Again ? answer : read(answer.status, answer.body)
      if (!(result instanceof Again)) return result
      if (attempt === attempts || (result.after ?? 0) > longestWait)
        throw new ImportRefused(
          `l’API Sirene ne répond pas comme il faut (${result.why}, ${attempt} essais) : la même commande reprendra où celle-ci s’arrête`,
        )
      await pace.sleep(result.after ?? Math.min(2 ** attempt * 1000, 60_000), signal)
    }
  }
  const refused = (status: number): ImportRefused =>
    new ImportRefused(
      status === 401 || status === 403
        ? `l’API Sirene refuse la clé (code ${status}) : vérifiez SIRENE_API_KEY`
        : `l’adresse de l’API Sirene ne répond pas comme attendu (code ${status}) : vérifiez SIRENE_API_URL et sa version`,
    )
  // What the API says when nothing matches; a wrong address is a 404 too, without this.
  const nothing = (status: number, body: unknown): boolean =>
    status === 404 && isObject(body) && isObject(body['header']) && body['header']['statut'] === 404

  return {
    page: (kind, day, cursor) => {
      const { path, list, treated } = collections[kind]
      return ask<SirenePage | 'stale'>(
        `${path}?${new URLSearchParams({ q: `${treated}:${day}`, nombre: '1000', curseur: cursor })}`,
        (status, body) => {
          if (nothing(status, body)) return { records: [], total: undefined, next: undefined }
          if (status === 400 && cursor !== '*') return 'stale'
          if (status !== 200) throw refused(status)
          const header = isObject(body) ? body['header'] : undefined
          const records = isObject(body) ? body[list] : undefined
          if (!isObject(header) || !Array.isArray(records)) return new Again('réponse incomplète')
          const following = text(header['curseurSuivant'])
          if (!following) return new Again('réponse sans curseur')
          return {
            records,
            total: typeof header['total'] === 'number' ? header['total'] : undefined,
            next: following === cursor ? undefined : following,
          }
        },
      )
    },
    one: (kind, number) => {
      const { path, single } = collections[kind]
      return ask(`${path}/${number}`, (status, body) => {
        // 301: closed as the double of another. 403: not to be shown.
        if (nothing(status, body) || status === 301 || status === 403) return undefined
        if (status !== 200) throw refused(status)
        return isObject(body) && isObject(body[single]) ? body[single] : new Again('réponse incomplète')
      })
    },
  }
}
