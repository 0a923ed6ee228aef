import { tellRoles } from '../../notifications/tell.ts'
import type { Context, Entry, ReadContext } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { blockReply, liftable, liftedNotice } from './block-reply.ts'
import { mayLift } from './security.policy.ts'
import { type BlockRow, blockById, clockOf, saveLifted } from './security.queries.ts'

/** Whoever lifts: only on a recorded verdict (ACC-11), and the rights are back at the next request. */
export const lift = {
  load: async ({ params }: { readonly params: { readonly blockId: string } }, { db }: ReadContext) => {
    const [at, block] = await Promise.all([clockOf(db), blockById(db, params.blockId)])
    return { at, block: found(block) }
  },
  may: (viewer: Viewer, { block }: { readonly block: BlockRow }) => mayLift(viewer, liftable(block)),
  run: async (
    { at, block }: { readonly at: Date; readonly block: BlockRow },
    { body }: { readonly body: { readonly verdict: string } },
    { db, viewer, now, newId }: Context,
  ) => {
    const verdict = body.verdict.trim()
    if ((await saveLifted(db, block.id, verdict, viewer.accountId, at)) === 0)
      throw new Refused('security/already-lifted')
    const told = await tellRoles(db, { organisationId: block.organisation.id }, liftedNotice(block, verdict), {
      newId,
      now,
    })
    const entry: Entry = {
      action: 'account.unblocked',
      subject: ['account', block.person.id],
      detail: { exceptional: block.cause === 'exceptional', block: block.id, cuts: block.cuts, verdict, told },
    }
    const audit: readonly [Entry] = [entry]
    return { reply: { ...blockReply(viewer, (await blockById(db, block.id))!), told }, audit }
  },
}
