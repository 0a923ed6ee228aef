import * as contract from '../../../contract/agreement/conventions.ts'
import { action, type Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { counts, factsOf, isContested } from './convention-rules.ts'
import { actsFor, mayEnterSignature } from './conventions.policy.ts'
import { insertSignature, type Loaded, lockConvention, otherInForce } from './conventions.queries.ts'
import { effectiveFrom, other, type Party } from './deadlines.ts'
import { isNamedSigner, signatoryNamed, signerOf } from './signer-rules.ts'
import {
  deputyMustHold,
  inItsName,
  keepFile,
  mustAllow,
  notInFuture,
  paperSignedAt,
  settleAmendment,
  settled,
  tell,
} from './within-convention.ts'

type Paper = { readonly party: Party; readonly signedOn: string; readonly signerName: string }

/** The document signed by hand: the convention in circulation, or an amendment that still can be signed. */
const documentOf = (loaded: Loaded, amendmentId: string | null, sha256: string, { now, today }: Context) => {
  const amendment = amendmentId === null ? null : found(loaded.amendments.find(a => a.id === amendmentId))
  mustAllow(loaded, amendment ? 'amend' : 'sign', now)
  if (amendment?.closedAt) throw new Refused('convention/amendment-closed')
  const document = amendment
    ? { id: amendment.documentId, sha256: amendment.sha256 }
    : found(loaded.documents.find(d => d.id === loaded.convention.documentId))
  if (document.sha256 !== sha256) throw new Refused('convention/other-document')
  if (amendment?.termOn && amendment.termOn < today) throw new Refused('convention/term-in-past')
  const given = loaded.signatures.filter(s => s.documentId === document.id)
  if (given.some(isContested)) throw new Refused('convention/signature-contested')
  return { document, given }
}

/** Two conventions of one partner never overlap (AGR-2). */
const mustNotOverlap = async (
  loaded: Loaded,
  entered: readonly { party: Party; signedAt: Date }[],
  context: Context,
) => {
  const { convention } = loaded
  const from = effectiveFrom({ signatures: [...factsOf(loaded).signatures, ...entered] })
  if (from && (await otherInForce(context.db, convention.organisationId, convention.id, from)))
    throw new Refused('convention/already-in-force')
}

/** One's own paper bears the name of who signs for one's party; that of the other is entered as it is read. */
const nameOnOwnPaper = (loaded: Loaded, amendmentId: string | null, party: Party, said: string): string => {
  const signer = signerOf(loaded, party, amendmentId)
  if (!signer || !isNamedSigner(said, signer)) throw new Refused('convention/not-named-signer')
  return signer.name
}

/**
 * AGR-13: whoever received a convention or an amendment signed by hand enters it with one scan, in the name of each
 * party that signed it.
 */
export const enterSignatures = action(contract.enterSignatures, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }, { body }) =>
    body.signatures.map(({ party }) => mayEnterSignature(viewer, convention, party)).find(v => v !== true) ?? true,
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    const papers: readonly Paper[] = body.signatures
    if (new Set(papers.map(p => p.party)).size < papers.length) throw new Refused('convention/already-signed')
    const { document, given } = documentOf(loaded, body.amendmentId, body.sha256, context)
    if (papers.some(p => given.some(s => s.party === p.party))) throw new Refused('convention/already-signed')
    notInFuture(
      papers.map(p => p.signedOn),
      today,
    )
    const side = actsFor(viewer, convention)!
    for (const { party, signedOn } of papers)
      if (party === side) deputyMustHold(loaded, party, body.amendmentId, signedOn)
    const entered = papers.map(({ party, signedOn, signerName }) => ({
      id: newId(),
      party,
      signerName: party === side ? nameOnOwnPaper(loaded, body.amendmentId, party, signerName) : signerName.trim(),
      signedAt: paperSignedAt(signedOn, now),
      enteredByOther: party !== side,
    }))
    if (body.amendmentId === null)
      await mustNotOverlap(
        loaded,
        entered.filter(one => counts({ ...one, answer: null })),
        context,
      )
    const scan = await keepFile(convention.id, 'signe', body.file, context)
    for (const one of entered)
      await insertSignature(db, {
        ...one,
        conventionId: convention.id,
        amendmentId: body.amendmentId,
        documentId: document.id,
        sha256: Buffer.from(document.sha256, 'hex'),
        how: 'papier',
        signedDocumentId: scan.id,
        signedDocumentSha256: Buffer.from(scan.sha256, 'hex'),
        recordedAt: now,
        accountId: viewer.accountId,
      })
    const { audit } = body.amendmentId ? await settleAmendment(convention.id, body.amendmentId, context) : { audit: [] }
    const waits = entered.some(one => !counts({ ...one, answer: null }))
    const told = await tell(
      loaded,
      other(side),
      entered.some(one => one.enteredByOther)
        ? {
            kind: 'convention-entered',
            subject: 'Un document signé à la main est enregistré en votre nom',
            text: `L’autre partie a déposé l’exemplaire signé à la main d’un document de la convention n° ${convention.number}, et enregistré votre signature. ${waits ? 'Elle compte quand vous l’aurez confirmée sur la page de la convention.' : inItsName}`,
          }
        : {
            kind: 'convention-signed',
            subject: 'L’autre partie a signé un document de la convention',
            text: `L’autre partie a signé à la main un document de la convention n° ${convention.number}. L’exemplaire est sur la page de la convention.`,
          },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.signature-entered',
          subject: ['convention', convention.id],
          detail: {
            amendment: body.amendmentId,
            document: document.id,
            sha256: document.sha256,
            scan,
            signatures: entered.map(one => ({
              ...one,
              byAnother: !isNamedSigner(one.signerName, signatoryNamed(loaded, one.party, body.amendmentId)),
            })),
            told,
          },
        },
        ...audit,
      ],
    }
  },
})
