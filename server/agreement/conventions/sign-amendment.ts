import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { maySign, signsFor } from './conventions.policy.ts'
import { insertSignature, lockConvention } from './conventions.queries.ts'
import {
  keepPdf,
  mustAllow,
  notInFuture,
  other,
  paperSignedAt,
  settleAmendment,
  settled,
  tell,
} from './within-convention.ts'

export const signAmendment = action(contract.signAmendment, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySign(viewer, convention),
  run: async (loaded, { params, body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, 'amend', now)
    const amendment = found(loaded.amendments.find(a => a.id === params.amendmentId))
    const party = signsFor(viewer, convention)!
    if (amendment.sha256 !== body.sha256) throw new Refused('convention/other-document')
    if (loaded.signatures.some(s => s.amendmentId === amendment.id && s.party === party))
      throw new Refused('convention/already-signed')
    // One signed too late would end the convention, or its term, in the past.
    if (amendment.termOn !== null && amendment.termOn < today) throw new Refused('convention/term-in-past')
    notInFuture([body.paper?.signedOn ?? null], today)
    const paper = await keepPdf(convention.id, 'signe', body.paper?.file ?? null, context)
    await insertSignature(db, {
      id: newId(),
      conventionId: convention.id,
      amendmentId: amendment.id,
      party,
      documentId: amendment.documentId,
      sha256: Buffer.from(amendment.sha256, 'hex'),
      how: paper ? 'papier' : 'application',
      signedDocumentId: paper?.id ?? null,
      signedDocumentSha256: paper ? Buffer.from(paper.sha256, 'hex') : null,
      signerName: paper
        ? (loaded.signatories.find(s => s.party === party)?.name ?? viewer.organisationName)
        : `${viewer.givenName} ${viewer.familyName}`,
      signedAt: body.paper ? paperSignedAt(body.paper.signedOn, now) : now,
      recordedAt: now,
      accountId: viewer.accountId,
    })
    const effectiveAt = await settleAmendment(convention.id, amendment.id, context)
    const told = await tell(
      loaded,
      other(party),
      effectiveAt
        ? {
            kind: 'convention-amended',
            subject: 'Un avenant est en vigueur',
            text: `Les deux parties ont signé l’avenant n° ${amendment.number} à la convention n° ${convention.number} : il est en vigueur.`,
          }
        : {
            kind: 'convention-amendment-signed',
            subject: 'L’autre partie a signé un avenant',
            text: `L’autre partie a signé l’avenant n° ${amendment.number} à la convention n° ${convention.number}. Il prendra effet quand vous l’aurez signé.`,
          },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.amendment-signed',
          subject: ['convention', convention.id],
          detail: {
            amendment: amendment.id,
            number: amendment.number,
            party,
            sha256: amendment.sha256,
            scan: paper,
            effectiveAt,
            told,
          },
        },
      ],
    }
  },
})
