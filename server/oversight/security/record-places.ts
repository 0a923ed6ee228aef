import { sql } from 'kysely'
import { type Batches, type BatchOptions, batches, lately } from '../../platform/batches.ts'
import type { Database } from '../../platform/database.ts'
import type { PlacedAct } from '../../platform/server.ts'

interface Kept {
  readonly token_hash: string
  readonly at: string
  readonly latitude: number
  readonly longitude: number
}
export interface Places extends Pick<Batches<Kept>, 'flush' | 'stop'> {
  readonly onPlaced: (act: PlacedAct) => void
}

/** A session in one place is told once in ten minutes: a plane flies less than the rule's floor meanwhile. */
const onceAMs = 10 * 60_000

/** Gathers where sign-ins and deliberate acts come from, and writes it by batches. In no log, in no trail. */
export const recordPlaces = (
  database: Database,
  { clock, ...options }: BatchOptions & { readonly clock: () => Date },
): Places => {
  const { add, flush, stop } = batches<Kept>(
    batch => database.run(sql`select record_places(${JSON.stringify(batch)}::jsonb)`),
    options,
  )
  const told = lately(onceAMs)
  return {
    onPlaced: ({ tokenHash, place: { latitude, longitude } }) => {
      const now = clock()
      const token_hash = tokenHash.toString('hex')
      const key = `${token_hash}|${latitude}|${longitude}`
      if (!told.knows(key, now.getTime()) && add({ token_hash, at: now.toISOString(), latitude, longitude }))
        told.keep(key)
    },
    flush,
    stop,
  }
}
