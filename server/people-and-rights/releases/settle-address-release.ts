import * as contract from '../../../contract/people-and-rights/releases.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action, type Context, type Entry } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { correcting } from '../anomalies/correcting.ts'
import { personInNeed } from '../necessity/necessity.queries.ts'
import * as acts from '../people/acts.ts'
import { answeredMail, grantedNotice } from './releases.mails.ts'
import { mayRelease, maySettle, mayWithdraw } from './releases.policy.ts'
import { findRelease, type ReleaseRow, settleRelease } from './releases.queries.ts'

/** The account ends as at a departure, by an exceptional act (0027): its RGC may undo it within thirty days. */
const endFormer = async (
  { id, email, accountId, formerId }: ReleaseRow,
  actId: string,
  reason: string,
  context: Context,
) => {
  const { db, viewer, now, newId } = context
  // Read once the account is locked: who manages accounts or signs is replaced first, as at any departure.
  const person = found(await personInNeed(db, accountId!))
  const { entry, gone } = await correcting(context, [person.id], during =>
    acts.end(person, 'departure', reason, during, email),
  )
  const told = await tellRoles(
    db,
    { organisationId: formerId!, but: [viewer.accountId] },
    grantedNotice(person.id, reason),
    { newId, now },
  )
  const marked: Entry = {
    ...entry,
    detail: {
      ...(entry.detail as object),
      exceptional: true,
      exceptionalAct: actId,
      ground: 'necessity',
      release: id,
      told,
    },
  }
  return { marked, told, pseudonym: gone.pseudonym }
}

/** ACC-16: one decides, the other reads it is settled; released, refused, or taken back by who asked. */
export const settleAddressRelease = action(contract.settleAddressRelease, {
  load: async ({ params }, { db, now }) => ({ release: found(await findRelease(db, params.releaseId)), now }),
  may: (viewer, { release, now }, { body }) =>
    body.outcome === 'released'
      ? mayRelease(viewer, release, now)
      : (body.outcome === 'refused' ? maySettle : mayWithdraw)(viewer, release),
  run: async ({ release }, { body }, context) => {
    const { db, now, newId } = context
    const { id, askedById } = release
    const [outcome, reason, actId] = [body.outcome, body.reason.trim(), newId()]
    if (!(await settleRelease(db, id, outcome, reason, actId))) throw new Refused('release/settled')
    const ended = outcome === 'released' ? await endFormer(release, actId, reason, context) : null
    if (outcome !== 'withdrawn') await tellPerson(db, answeredMail(askedById!, id, outcome, reason), { newId, now })
    const act = { released: 'release.granted', refused: 'release.refused', withdrawn: 'release.withdrawn' }[outcome]
    return {
      reply: { told: ended?.told ?? null, pseudonym: ended?.pseudonym ?? null },
      audit: [
        { action: act, subject: ['address-release', id], detail: { reason, ...(ended ? { act: actId } : {}) } },
        ...(ended ? [ended.marked] : []),
      ],
    }
  },
})
