import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { isContested } from './convention-rules.ts'
import { maySignAs, signsFor } from './conventions.policy.ts'
import { insertSignature, lockConvention } from './conventions.queries.ts'
import { other } from './deadlines.ts'
import { isNamedSigner, signatoryNamed, signerOf } from './signer-rules.ts'
import {
  deputyMustHold,
  keepFile,
  mustAllow,
  notInFuture,
  paperSignedAt,
  settleAmendment,
  settled,
  tell,
} from './within-convention.ts'

export const signAmendment = action(contract.signAmendment, {
  load: async ({ params }, { db }) => {
    const loaded = found(await lockConvention(db, params.conventionId))
    return { ...loaded, amendment: found(loaded.amendments.find(a => a.id === params.amendmentId)) }
  },
  may: (viewer, { amendment, ...loaded }, { body }) =>
    maySignAs(
      viewer,
      loaded.convention,
      signerOf(loaded, signsFor(viewer, loaded.convention), amendment.id),
      Boolean(body.paper),
    ),
  run: async ({ amendment, ...loaded }, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, 'amend', now)
    const party = signsFor(viewer, convention)!
    if (amendment.closedAt) throw new Refused('convention/amendment-closed')
    if (amendment.sha256 !== body.sha256) throw new Refused('convention/other-document')
    const given = loaded.signatures.filter(s => s.amendmentId === amendment.id)
    if (given.some(isContested)) throw new Refused('convention/signature-contested')
    if (given.some(s => s.party === party)) throw new Refused('convention/already-signed')
    // One signed too late would end the convention, or its term, in the past.
    if (amendment.termOn !== null && amendment.termOn < today) throw new Refused('convention/term-in-past')
    notInFuture([body.paper?.signedOn ?? null], today)
    deputyMustHold(loaded, party, amendment.id, body.paper?.signedOn ?? today)
    const paper = body.paper ? await keepFile(convention.id, 'signe', body.paper.file, context) : null
    const signerName = paper ? signerOf(loaded, party, amendment.id)!.name : `${viewer.givenName} ${viewer.familyName}`
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
      signerName,
      signedAt: body.paper ? paperSignedAt(body.paper.signedOn, now) : now,
      recordedAt: now,
      accountId: viewer.accountId,
      enteredByOther: false,
    })
    const { effectiveAt, audit } = await settleAmendment(convention.id, amendment.id, context)
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
            signer: signerName,
            byAnother: !isNamedSigner(signerName, signatoryNamed(loaded, party, amendment.id)),
            effectiveAt,
            told,
          },
        },
        ...audit,
      ],
    }
  },
})
