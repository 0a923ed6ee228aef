import type { FactName } from '../../../contract/work-with-employers/facts.ts'
import type { Context, Done, Entry, ReadContext } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { type EstablishmentPlace, heldPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { factReply } from './fact-reply.ts'
import { type FactRow, factsAt, holdField, versionsAt, type Writing } from './facts.queries.ts'

/** What every change of a field begins and ends with. */

export interface HeldField {
  readonly place: EstablishmentPlace
  readonly field: FactName
  readonly version: number
  readonly said: readonly FactRow[]
}
const readField = async (
  place: EstablishmentPlace,
  field: FactName,
  { db }: Pick<ReadContext, 'db'>,
): Promise<HeldField> => {
  const [rows, versions] = await Promise.all([factsAt(db, place.siret), versionsAt(db, place.siret)])
  const version = versions.find(one => one.field === field)?.version ?? 0
  return { place, field, version, said: rows.filter(row => row.field === field) }
}
export const loadHeld = async (
  { siret: text, field }: { readonly siret: string; readonly field: FactName },
  context: Pick<ReadContext, 'db'>,
): Promise<HeldField> => {
  const siret = Number(text)
  const held = holdField(context.db, siret, field)
  const [place] = await Promise.all([heldPlace(context.db, siret), held])
  if (!place) throw new Refused('establishment/unknown')
  return readField(place, field, context)
}
const replyOf = ({ place, said, ...field }: HeldField, context: Context) => factReply(field, said, place, context)
export const checkVersion = (held: HeldField, ifMatch: number | undefined, context: Context): void => {
  if (ifMatch !== held.version) throw new Refused('request/changed-meanwhile', { current: replyOf(held, context) })
}
export const writingOf = ({ viewer, now }: Context): Writing => ({
  organisationId: viewer.organisationId,
  authorId: viewer.accountId,
  at: now,
})
export const idsOf = (values: readonly { readonly id: string }[]) => values.map(({ id }) => id)

/** The trail says which values changed, never their words: these are in the history of the field. */
export const kept = async (
  { place, field, version }: HeldField,
  { action, ...detail }: Pick<Entry, 'action'> & Readonly<Record<string, unknown>>,
  context: Context,
): Promise<Done<ReturnType<typeof factReply>>> => ({
  reply: replyOf(await readField(place, field, context), context),
  audit: [{ action, subject: ['establishment', siretText(place.siret)], detail: { field, version, ...detail } }],
})
