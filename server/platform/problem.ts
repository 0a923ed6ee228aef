import { refusals } from '../../contract/refusals.ts'
import type { RefusalFacts, Refused } from './errors.ts'

/** RFC 9457, in French for people, with a stable code for programs (API-4). */
export const problem = ({ code, facts }: Refused, requestId: string, errors?: { field: string; message: string }[]) => {
  const { status, title, detail } = refusals[code]
  return {
    type: `/api/refus/${code}`,
    title,
    status,
    detail,
    code,
    requestId,
    ...(errors?.length ? { errors } : {}),
    ...pick(facts),
  }
}
const pick = ({ current, facts }: RefusalFacts) => ({
  ...(current === undefined ? {} : { current }),
  ...(facts === undefined ? {} : { facts }),
})
