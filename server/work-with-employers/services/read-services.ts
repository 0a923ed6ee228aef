import type { Reply } from '../../../contract/route.ts'
import type * as contract from '../../../contract/work-with-employers/services/services.ts'
import type { Context, ReadContext, Verdict } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/viewer.ts'
import {
  type EstablishmentPlace,
  establishmentPlace,
} from '../../territory-and-register/establishments/places.queries.ts'
import { serviceReply } from './service-reply.ts'
import { usageOf, usagePeriods } from './service-rules.ts'
import { mayEnterServices, mayReadServices } from './services.policy.ts'
import { countServices, type ServiceRow, servicesAt, usedAt } from './services.queries.ts'

/** Both cards read the same: what the establishment used, and what the network calls it. */

export interface Read {
  readonly place: EstablishmentPlace
  readonly rows: readonly ServiceRow[]
  readonly total: number
  readonly used: Awaited<ReturnType<typeof usedAt>>
}
export const loadServices = async (
  { params }: { readonly params: { readonly siret: string } },
  { db, today }: Pick<ReadContext, 'db' | 'today'>,
): Promise<Read> => {
  const siret = Number(params.siret)
  const [place, rows, total, used] = await Promise.all([
    establishmentPlace(db, siret),
    servicesAt(db, siret),
    countServices(db, { siret }),
    usedAt(db, siret, usagePeriods(today).before),
  ])
  return { place: found(place), rows, total, used }
}
// Refused rather than answered empty: « none » would be false where one may not see them.
export const mayReadHere = (viewer: Viewer, { place }: Read): Verdict =>
  mayReadServices(viewer, place) || 'access/outside-perimeter'
export const servicesReply = async (
  { place, rows, total, used }: Read,
  _input: unknown,
  context: Pick<Context, 'viewer' | 'today'>,
): Promise<Reply<typeof contract.listServices>> => ({
  items: rows.map(row => serviceReply(row, context)),
  total,
  use: usageOf(used, context.today),
  mayEnter: mayEnterServices(context.viewer, place) === true,
})
