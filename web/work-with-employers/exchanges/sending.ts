import type { Body } from '../../../contract/route.ts'
import { correctExchange, recordExchange } from '../../../contract/work-with-employers/exchanges.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { inputOf, valuesOf } from './values.ts'
import type { Exchange } from './words.ts'

type Record = Body<typeof recordExchange>
type Correction = Body<typeof correctExchange>

/** Nobody knows whether it was written: the answer never came, or the service broke on the way. */
export const isLost = (error: unknown) => {
  const { status } = asProblem(error)
  return status === 0 || status >= 500
}
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** What another person wrote meanwhile, when that is why one is refused. */
export const writtenMeanwhile = (error: unknown): Exchange | undefined => {
  const { code, current } = asProblem(error)
  return code === 'request/changed-meanwhile' && current ? (current as Exchange) : undefined
}

/** Sends a correction; when the answer to it was lost and it is already written, that is no conflict. */
export const corrector = () => {
  let lost: Correction | undefined
  return async (
    exchangeId: string,
    body: Correction,
    version: number,
    idempotencyKey = newKey(),
  ): Promise<Exchange> => {
    try {
      return await call(correctExchange, { params: { exchangeId }, body, ifMatch: version, idempotencyKey })
    } catch (error) {
      const current = writtenMeanwhile(error)
      if (
        current &&
        lost &&
        same(lost, body) &&
        same(
          {
            ...inputOf({ ...valuesOf(current), ...(body.nextAction?.ownerId ? {} : { ownerId: '' }) }),
            ...('nextAction' in body ? {} : { nextAction: undefined }),
          },
          body,
        )
      )
        return current
      lost = isLost(error) ? body : undefined
      throw error
    }
  }
}

/**
 * Sends an exchange until it is known to be written, and written once, even when it is reworded after an answer was
 * lost.
 */
export const recorder = () => {
  let lost: { readonly body: Record; readonly key: string } | undefined
  let written: Exchange | undefined
  const correct = corrector()

  const record = async (body: Record, key: string): Promise<Exchange> => {
    try {
      return await call(recordExchange, { body, idempotencyKey: key })
    } catch (error) {
      lost = isLost(error) ? { body, key } : undefined
      throw error
    }
  }
  return async (body: Record, key: string): Promise<Exchange> => {
    if (!written && (!lost || same(lost.body, body))) return record(body, lost?.key ?? key)
    // Reworded: the key of the first sending answers for the first words only. They are settled with it, then
    // corrected.
    if (!written) {
      try {
        written = await record(lost!.body, lost!.key)
      } catch (error) {
        if (isLost(error)) throw error
        return record(body, newKey())
      }
    }
    const { siret: _siret, campaignId: _campaign, answersId: _answers, ...correction } = body
    return correct(written.id, correction, written.version)
  }
}
