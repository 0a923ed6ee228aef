import type { Static } from 'typebox'
import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { actsFor, mayNameSigner } from './conventions.policy.ts'
import { type Loaded, lockConvention } from './conventions.queries.ts'
import { other, type Party } from './deadlines.ts'
import type { DeputyVersion } from './delegation-rules.ts'
import { deputiesNow } from './deputy-rules.ts'
import { actOfSigner, isNamedSigner, signerOf } from './signer-rules.ts'
import { insertSigner } from './signers.queries.ts'
import { keepFile, mustAllow, notInFuture, settled, tell } from './within-convention.ts'

type Body = Static<typeof contract.nameSigner.body>
const actOf = (act: Omit<NonNullable<Body['replacement']>, 'file'>) => ({
  act: act.act.trim(),
  actOn: act.actOn,
  grantedBy: act.grantedBy.trim(),
  localAuthority: act.localAuthority,
  prefectureOn: act.localAuthority ? act.prefectureOn : null,
  publishedOn: act.localAuthority ? act.publishedOn : null,
})
/** One whose delegation is to come is named already: they sign once it holds. */
const deputyOf = (loaded: Loaded, party: Party, id: string, today: string): DeputyVersion => {
  const deputy = deputiesNow(loaded).find(one => one.id === id && one.party === party)
  if (!deputy || (deputy.untilOn !== null && deputy.untilOn < today)) throw new Refused('convention/deputy-unknown')
  return deputy
}
const ownAccount = (loaded: Loaded, party: Party, accountId: string | null) =>
  loaded.ownSigners.find(s => s.party === party && s.accountId === accountId)
const personOf = (loaded: Loaded, party: Party, { accountId, name }: DeputyVersion) => {
  const said = accountId === null ? name : ownAccount(loaded, party, accountId)?.name
  if (!said) throw new Refused('convention/signer-unknown')
  return { name: said, accountId }
}
const whoSigns = (
  loaded: Loaded,
  party: Party,
  body: Body,
  before: ReturnType<typeof signerOf>,
  deputy: DeputyVersion | null,
) => {
  const account = ownAccount(loaded, party, body.accountId)
  const name = body.accountId === null ? body.name?.trim() : account?.name
  if (!name) throw new Refused('convention/signer-unknown')
  // A deputy's record says which account is theirs: a homonym is another person.
  const same = deputy?.accountId ? deputy.accountId === body.accountId : isNamedSigner(name, deputy ?? before)
  if (!body.replacement && !(account && same)) throw new Refused('convention/replacement-required')
  return { name, accountId: body.accountId }
}

/**
 * AGR-2, AGR-11: who is named signs; a party that has another sign says first under which act, and the other party is
 * told. Without an act, it only says which account is that of who is named.
 */
export const nameSigner = action(contract.nameSigner, {
  load: async ({ params, body }, { db }) => {
    const loaded = found(await lockConvention(db, params.conventionId))
    const amendment = body.amendmentId === null ? null : found(loaded.amendments.find(a => a.id === body.amendmentId))
    return { loaded, amendment }
  },
  may: (viewer, { loaded: { convention } }) =>
    mayNameSigner(viewer, convention, actsFor(viewer, convention) ?? 'partenaire'),
  run: async ({ loaded, amendment }, { body }, context) => {
    const { db, now, today, viewer } = context
    const { convention } = loaded
    const party = actsFor(viewer, convention)!
    if (amendment?.closedAt) throw new Refused('convention/amendment-closed')
    mustAllow(loaded, amendment ? 'amend' : 'sign', now)
    const documentId = amendment ? amendment.documentId : convention.documentId
    if (loaded.signatures.some(s => s.documentId === documentId && s.party === party))
      throw new Refused('convention/already-signed')
    const before = signerOf(loaded, party, body.amendmentId)
    // Named without an act, a deputy stays one: their whole delegation is kept, with its days.
    const deputyId = body.deputyId ?? (body.replacement ? null : (before?.deputyId ?? null))
    const deputy = deputyId ? deputyOf(loaded, party, deputyId, today) : null
    const { name, accountId } =
      deputy && body.deputyId ? personOf(loaded, party, deputy) : whoSigns(loaded, party, body, before, deputy)
    const { actOn = null, prefectureOn = null, publishedOn = null } = body.replacement ?? {}
    notInFuture([actOn, prefectureOn, publishedOn], today)
    const file = deputy ? null : body.replacement?.file
    const scan = file ? await keepFile(convention.id, 'acte', file, context) : null
    const authority = deputy
      ? { ...actOf(deputy), actDocumentId: null }
      : body.replacement
        ? { ...actOf(body.replacement), actDocumentId: scan?.id ?? null }
        : actOfSigner(before)
    await insertSigner(db, {
      conventionId: convention.id,
      amendmentId: body.amendmentId,
      party,
      name,
      accountId,
      ...authority,
      ...(deputy ? { deputyId: deputy.id, deputyVersion: deputy.version } : {}),
      namedBy: viewer.accountId,
      namedAt: now,
    })
    const told = await tell(
      loaded,
      other(party),
      {
        kind: 'convention-signer',
        subject: 'L’autre partie a dit qui signe pour elle',
        text: `L’autre partie a dit qui signe pour elle un document de la convention n° ${convention.number}. La page de la convention dit qui, et l’acte qui lui en donne le pouvoir.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.signer-named',
          subject: ['convention', convention.id],
          detail: {
            amendment: body.amendmentId,
            party,
            before: before ? { name: before.name, account: before.accountId } : null,
            after: { name, account: accountId, ...authority, deputyId: deputy?.id ?? null },
            scan,
            told,
          },
        },
      ],
    }
  },
})
