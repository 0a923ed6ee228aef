import type { Static } from 'typebox'
import * as contract from '../../../contract/agreement/conventions.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { actsFor, mayNameSigner } from './conventions.policy.ts'
import { type Loaded, lockConvention } from './conventions.queries.ts'
import type { Party } from './deadlines.ts'
import { deputiesNow } from './deputy-rules.ts'
import { insertDeputy } from './signers.queries.ts'
import { notInFuture, settled } from './within-convention.ts'

type Body = Static<typeof contract.settleDeputy.body>
/** The person: one's own account that signs, or the name of who signs on paper; one who signs no more keeps theirs. */
const personOf = (
  loaded: Loaded,
  party: Party,
  body: Body,
  before: ReturnType<typeof deputiesNow>[number] | undefined,
) => {
  const { accountId } = body
  if (accountId === null) return body.name?.trim()
  const own = loaded.ownSigners.find(one => one.party === party && one.accountId === accountId)
  return own?.name ?? (before && before.accountId === accountId ? before.name : undefined)
}
const saidIn = (body: Body, name: string) => ({
  name,
  accountId: body.accountId,
  capacity: body.capacity.trim(),
  act: body.act.trim(),
  actOn: body.actOn,
  grantedBy: body.grantedBy.trim(),
  localAuthority: body.localAuthority,
  prefectureOn: body.localAuthority ? body.prefectureOn : null,
  publishedOn: body.localAuthority ? body.publishedOn : null,
  fromOn: body.fromOn,
  untilOn: body.untilOn,
})

/**
 * AGR-15: a party says who may sign in the place of its signatory, under which act and from when until when; corrects it,
 * and ends it. Each version stays. The partner's hold for all its conventions; the operator's, for those of the region.
 */
export const settleDeputy = action(contract.settleDeputy, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => mayNameSigner(viewer, convention, actsFor(viewer, convention) ?? 'partenaire'),
  run: async (loaded, { params, body, ifMatch }, context) => {
    const { db, today, viewer, now } = context
    const { convention } = loaded
    const party = actsFor(viewer, convention)!
    const before = deputiesNow(loaded).find(one => one.id === params.deputyId)
    if (before && before.party !== party) throw new Refused('convention/not-a-party')
    if (ifMatch !== (before?.version ?? 0))
      throw new Refused('request/changed-meanwhile', { current: await settled(convention.id, context) })
    const name = personOf(loaded, party, body, before)
    if (!name) throw new Refused('convention/signer-unknown')
    const after = saidIn(body, name)
    notInFuture([after.actOn, after.prefectureOn, after.publishedOn], today)
    if (after.fromOn < after.actOn || (after.untilOn !== null && after.untilOn < after.fromOn))
      throw new Refused('convention/deputy-days')
    if (before && Object.entries(after).every(([field, value]) => before[field as keyof typeof after] === value))
      throw new Refused('convention/deputy-unchanged')
    const reason = body.reason.trim()
    await insertDeputy(db, {
      deputyId: params.deputyId,
      version: ifMatch + 1,
      conventionId: convention.id,
      party,
      ...after,
      reason,
      recordedBy: viewer.accountId,
      recordedAt: now,
    })
    const whose =
      party === 'partenaire'
        ? `La structure « ${convention.organisation.name} »`
        : `L’opérateur, en ${convention.regionName},`
    // The operator's sign in a whole region: the partner of this convention reads them on its page.
    const told = await tellRoles(
      db,
      {
        organisationId: convention.organisationId,
        regionId: convention.regionId,
        but: [viewer.accountId],
        ...(party === 'operateur' ? { party } : {}),
      },
      {
        kind: 'convention-deputy',
        subject: 'Les suppléants de signature changent',
        text: `${whose} a ${before ? 'corrigé ou terminé' : 'enregistré'} la délégation d’une personne qui signe à la place de son signataire. La page de la convention dit qui, en vertu de quel acte, et jusqu’à quand.`,
        path: `/conventions/${convention.id}`,
        about: ['convention', convention.id],
      },
      context,
    )
    const said = before && { ...before, recordedBy: before.recordedBy?.id ?? null }
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.deputy-settled',
          subject: ['convention', convention.id],
          detail: { deputy: params.deputyId, party, before: said ?? null, after, reason, told },
        },
      ],
    }
  },
})
