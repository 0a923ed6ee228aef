import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { actsFor, mayNameSigner } from './conventions.policy.ts'
import { lockConvention } from './conventions.queries.ts'
import { other } from './deadlines.ts'
import { actOfSigner, isNamedSigner, signerOf } from './signer-rules.ts'
import { insertSigner } from './signers.queries.ts'
import { keepFile, mustAllow, notInFuture, settled, tell } from './within-convention.ts'

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
    const account = loaded.ownSigners.find(s => s.party === party && s.accountId === body.accountId)
    const name = body.accountId === null ? body.name?.trim() : account?.name
    if (!name) throw new Refused('convention/signer-unknown')
    const before = signerOf(loaded, party, body.amendmentId)
    if (!body.replacement && !(account && isNamedSigner(name, before)))
      throw new Refused('convention/replacement-required')
    const { actOn = null, prefectureOn = null, publishedOn = null } = body.replacement ?? {}
    notInFuture([actOn, prefectureOn, publishedOn], today)
    const file = body.replacement?.file
    const scan = file ? await keepFile(convention.id, 'acte', file, context) : null
    const authority = body.replacement
      ? {
          act: body.replacement.act.trim(),
          actOn: body.replacement.actOn,
          grantedBy: body.replacement.grantedBy.trim(),
          localAuthority: body.replacement.localAuthority,
          prefectureOn: body.replacement.localAuthority ? body.replacement.prefectureOn : null,
          publishedOn: body.replacement.localAuthority ? body.replacement.publishedOn : null,
          actDocumentId: scan?.id ?? null,
        }
      : actOfSigner(before)
    await insertSigner(db, {
      conventionId: convention.id,
      amendmentId: body.amendmentId,
      party,
      name,
      accountId: body.accountId,
      ...authority,
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
            after: { name, account: body.accountId, ...authority },
            scan,
            told,
          },
        },
      ],
    }
  },
})
