import { type RefusalCode, refusals } from '../../../contract/refusals.ts'
import { isUuid } from '../../platform/ids.ts'

/**
 * Refusals of a right that one holds and that opens nothing for now: the convention ended, the account is cut.
 * An open page goes on asking for what was its person's own: nothing suspect.
 */
const withheld: readonly RefusalCode[] = [
  'access/sign-in-not-accepted',
  'access/blocked',
  'access/no-convention',
  'access/contract-over',
  'access/inactive',
  'access/conditions-to-accept',
  'access/unpublished',
  'access/awareness-due',
  'access/tool-withdrawn',
  'access/category-closed',
  'access/beyond-structure',
  'access/to-confirm',
]
/** What depends on the person and the page alone, whatever was named. */
const ofThePage: readonly RefusalCode[] = ['access/no-grant', 'access/role-required']

/** Refused by right: neither a validation, nor a conflict, nor a session to prove again. */
export const isOfRight = (code: RefusalCode): boolean =>
  refusals[code].status === 403 && !/^(request|session)\//.test(code) && !withheld.includes(code)

/**
 * The thing sought and refused by right; null when the refusal tells nothing.
 * Things are counted, not requests: a page left open, or ten requests on one lost campaign, seek one thing.
 * A 404 on an identifier may hide someone else's row; a SIRET or a territory is public.
 */
export const sought = (code: RefusalCode, route: string, params: unknown): string | null => {
  const values = Object.values(params ?? {}).map(String) // a territory comes as a number
  if (code === 'not-found') return values.find(isUuid) ?? null
  if (!isOfRight(code)) return null
  return ofThePage.includes(code) ? route : (values[0] ?? route)
}
