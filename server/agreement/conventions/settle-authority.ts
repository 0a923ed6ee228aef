import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { saveAmendmentAuthority } from './amendments.queries.ts'
import { maySettleAuthority } from './conventions.policy.ts'
import { lockConvention, saveAuthority } from './conventions.queries.ts'
import { actOfSigner, authorityOf, signerOf } from './signer-rules.ts'
import { insertSigner } from './signers.queries.ts'
import { keepFile, mustBeRead, notInFuture, settled } from './within-convention.ts'

/**
 * AGR-11: the prefecture's receipt and the publication often follow the draft. The page warns of a signature before
 * either.
 */
export const settleAuthority = action(contract.settleAuthority, {
  load: async ({ params }, { db }) => {
    const loaded = found(await lockConvention(db, params.conventionId))
    return { loaded, before: found(loaded.signatories.find(s => s.party === params.party)) }
  },
  may: (viewer, { loaded }, { params }) => maySettleAuthority(viewer, loaded.convention, params.party),
  run: async ({ loaded, before }, { params, body, ifMatch }, context) => {
    notInFuture([body.prefectureOn, body.publishedOn], context.today)
    await mustBeRead(loaded.convention.id, ifMatch, context)
    // The signed document names the signatory and their title. Once it is sent, only the act that empowers is
    // completed.
    const { file, ...said } = body
    const scan = file ? await keepFile(loaded.convention.id, 'acte', file, context) : null
    const settledBody = {
      ...said,
      ...(loaded.convention.sentAt || loaded.convention.effectiveFrom
        ? { name: before.name, capacity: before.capacity }
        : {}),
      ...(scan ? { actDocumentId: scan.id } : {}),
    }
    await saveAuthority(context.db, loaded.convention.id, params.party, settledBody)
    return {
      reply: await settled(loaded.convention.id, context),
      audit: [
        {
          action: 'convention.authority-settled',
          subject: ['convention', loaded.convention.id],
          detail: { party: params.party, before, after: settledBody, scan },
        },
      ],
    }
  },
})

/**
 * AGR-6, AGR-11: the act that an amendment names is transmitted and published after it is written, often after it is
 * signed. The page warns of a signature before either, as for the convention.
 */
export const settleAmendmentAuthority = action(contract.settleAmendmentAuthority, {
  load: async ({ params }, { db }) => {
    const loaded = found(await lockConvention(db, params.conventionId))
    const amendment = found(loaded.amendments.find(a => a.id === params.amendmentId))
    // One proposed before amendments named anybody has no act to complete.
    found(amendment.signatories.find(s => s.party === params.party))
    return { loaded, amendment }
  },
  may: (viewer, { loaded }, { params }) => maySettleAuthority(viewer, loaded.convention, params.party),
  run: async ({ loaded, amendment }, { params, body, ifMatch }, context) => {
    const { db, now, viewer } = context
    if (amendment.closedAt) throw new Refused('convention/amendment-closed')
    const { id } = loaded.convention
    notInFuture([body.prefectureOn, body.publishedOn], context.today)
    await mustBeRead(id, ifMatch, context)
    const { party } = params
    const { localAuthority, prefectureOn, publishedOn, actDocumentId } = authorityOf(
      amendment,
      party,
      loaded.signatories,
    )
    const scan = body.file ? await keepFile(id, 'acte', body.file, context) : null
    const after = {
      localAuthority: body.localAuthority,
      prefectureOn: body.localAuthority ? body.prefectureOn : null,
      publishedOn: body.localAuthority ? body.publishedOn : null,
      actDocumentId: scan?.id ?? actDocumentId,
    }
    await saveAmendmentAuthority(db, {
      amendmentId: amendment.id,
      conventionId: id,
      party,
      ...after,
      settledBy: viewer.accountId,
      settledAt: now,
    })
    return {
      reply: await settled(id, context),
      audit: [
        {
          action: 'convention.authority-settled',
          subject: ['convention', id],
          detail: {
            amendment: amendment.id,
            party,
            before: { localAuthority, prefectureOn, publishedOn, actDocumentId },
            after,
            scan,
          },
        },
      ],
    }
  },
})

/** AGR-2, AGR-11: the same of the act under which another signs: known after the signature, told when it is known. */
export const completeSigner = action(contract.completeSigner, {
  load: async ({ params, body }, { db }) => {
    const loaded = found(await lockConvention(db, params.conventionId))
    const amendment = body.amendmentId === null ? null : found(loaded.amendments.find(a => a.id === body.amendmentId))
    const signer = found(signerOf(loaded, params.party, body.amendmentId))
    // Whom the document names has no act of their own here; that of a deputy is completed where it is recorded.
    found(signer.deputyId === null ? (signer.act ?? undefined) : undefined)
    return { loaded, amendment, signer }
  },
  may: (viewer, { loaded }, { params }) => maySettleAuthority(viewer, loaded.convention, params.party),
  run: async ({ loaded, amendment, signer }, { params: { party }, body, ifMatch }, context) => {
    const { db, now, viewer } = context
    const { id } = loaded.convention
    if (amendment?.closedAt) throw new Refused('convention/amendment-closed')
    notInFuture([body.prefectureOn, body.publishedOn], context.today)
    await mustBeRead(id, ifMatch, context)
    const scan = body.file ? await keepFile(id, 'acte', body.file, context) : null
    const before = actOfSigner(signer)
    const after = {
      ...before,
      localAuthority: body.localAuthority,
      prefectureOn: body.localAuthority ? body.prefectureOn : null,
      publishedOn: body.localAuthority ? body.publishedOn : null,
      actDocumentId: scan?.id ?? before.actDocumentId,
    }
    await insertSigner(db, {
      conventionId: id,
      amendmentId: body.amendmentId,
      party,
      name: signer.name,
      accountId: signer.accountId,
      ...after,
      namedBy: viewer.accountId,
      namedAt: now,
      completes: signer.id,
    })
    return {
      reply: await settled(id, context),
      audit: [
        {
          action: 'convention.authority-settled',
          subject: ['convention', id],
          detail: { amendment: body.amendmentId, party, signer: signer.name, before, after, scan },
        },
      ],
    }
  },
})
