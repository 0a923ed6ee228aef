import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { factsOf, isContested } from './convention-rules.ts'
import { maySign, maySignAs, signsFor } from './conventions.policy.ts'
import { insertSignature, lockConvention, otherInForce } from './conventions.queries.ts'
import { effectiveFrom, other } from './deadlines.ts'
import { isNamedSigner, signatoryNamed, signerOf } from './signer-rules.ts'
import { deputyMustHold, keepFile, mustAllow, notInFuture, paperSignedAt, settled, tell } from './within-convention.ts'

/** AGR-2: who, when, how, and the digest of the exact bytes that were read. The second signature puts it in force. */
export const signConvention = action(contract.signConvention, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  // What was never sent names nobody: the state refuses it.
  may: (viewer, loaded, { body }) =>
    loaded.convention.sentAt === null
      ? maySign(viewer, loaded.convention)
      : maySignAs(
          viewer,
          loaded.convention,
          signerOf(loaded, signsFor(viewer, loaded.convention), null),
          Boolean(body.paper),
        ),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    const party = signsFor(viewer, convention)!
    mustAllow(loaded, 'sign', now)
    const document = found(loaded.documents.find(d => d.id === convention.documentId))
    if (document.sha256 !== body.sha256) throw new Refused('convention/other-document')
    const facts = factsOf(loaded)
    const given = loaded.signatures.filter(s => s.documentId === document.id)
    if (given.some(isContested)) throw new Refused('convention/signature-contested')
    if (given.some(s => s.party === party)) throw new Refused('convention/already-signed')
    notInFuture([body.paper?.signedOn ?? null], today)
    deputyMustHold(loaded, party, null, body.paper?.signedOn ?? today)
    const signedAt = body.paper ? paperSignedAt(body.paper.signedOn, now) : now
    const from = effectiveFrom({ signatures: [...facts.signatures, { party, signedAt }] })
    if (from && (await otherInForce(db, convention.organisationId, convention.id, from)))
      throw new Refused('convention/already-in-force')
    const paper = body.paper ? await keepFile(convention.id, 'signe', body.paper.file, context) : null
    const signerName = paper ? signerOf(loaded, party, null)!.name : `${viewer.givenName} ${viewer.familyName}`
    const id = newId()
    await insertSignature(db, {
      id,
      conventionId: convention.id,
      amendmentId: null,
      party,
      documentId: document.id,
      sha256: Buffer.from(document.sha256, 'hex'),
      how: paper ? 'papier' : 'application',
      signedDocumentId: paper?.id ?? null,
      signedDocumentSha256: paper ? Buffer.from(paper.sha256, 'hex') : null,
      signerName,
      signedAt,
      recordedAt: now,
      accountId: viewer.accountId,
      enteredByOther: false,
    })
    const told = await tell(
      loaded,
      other(party),
      from
        ? {
            kind: 'convention-in-force',
            subject: 'Une convention est en vigueur',
            text: `Les deux parties ont signé la convention n° ${convention.number} : elle est en vigueur.`,
          }
        : {
            kind: 'convention-signed',
            subject: 'L’autre partie a signé la convention',
            text: `L’autre partie a signé la convention n° ${convention.number}. Elle prendra effet quand vous l’aurez signée.`,
          },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.signed',
          subject: ['convention', convention.id],
          detail: {
            signature: id,
            party,
            how: paper ? 'papier' : 'application',
            document: document.id,
            sha256: document.sha256,
            scan: paper,
            signer: signerName,
            byAnother: !isNamedSigner(signerName, signatoryNamed(loaded, party, null)),
            signedAt,
            effectiveFrom: from,
            told,
          },
        },
      ],
    }
  },
})
