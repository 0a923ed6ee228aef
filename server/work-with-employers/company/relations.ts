import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/company.ts'
import type { Context, ReadContext } from '../../platform/action.ts'
import type { Slice } from '../../platform/siret.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { commitmentsBeside } from '../commitments/committed.queries.ts'
import { correspondentsBeside } from '../correspondents/correspondents.queries.ts'
import { pastContactReply, plannedContactReply } from '../exchanges/exchange-reply.ts'
import { lastRecordedBeside } from '../exchanges/exchanges.queries.ts'
import { plannedBeside } from '../exchanges/next-actions.queries.ts'
import { heldElsewhere, heldInCompany } from './company.queries.ts'

type Read = Pick<ReadContext, 'db' | 'today'>
/** A list of the company: how it is read, without a viewer, and what each of its lines says to one. */
const listed = <Row extends { readonly siret: number }, Line extends object>(
  read: (context: Read, siret: number, slice: Slice) => Promise<readonly Row[]>,
  lineOf: (row: Row, context: Context) => Line,
) => ({
  read,
  reply: (rows: readonly Row[], context: Context) =>
    withEstablishments(
      context.db,
      rows.map(row => ({ ...lineOf(row, context), siret: row.siret })),
      context.today,
    ),
})

export const relations = {
  held: listed(
    ({ db }, siret, slice) => heldInCompany(db, siret, slice),
    row => row as typeof row & { status: Static<typeof contract.HeldTarget>['status'] },
  ),
  heldElsewhere: listed(
    ({ db, today }, siret, slice) => heldElsewhere(db, siret, today, slice),
    row =>
      row as Omit<typeof row, 'organisation' | 'status'> &
        Pick<Static<typeof contract.HeldElsewhere>, 'organisation' | 'status'>,
  ),
  contacts: listed(({ db }, siret, slice) => lastRecordedBeside(db, siret, slice), pastContactReply),
  planned: listed(({ db }, siret, slice) => plannedBeside(db, siret, slice), plannedContactReply),
  commitments: listed(
    ({ db, today }, siret, slice) => commitmentsBeside(db, siret, today, slice),
    row => row,
  ),
  correspondents: listed(
    ({ db }, siret, slice) => correspondentsBeside(db, siret, slice),
    row => row,
  ),
}
