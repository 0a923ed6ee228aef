import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { toolsInForce } from '../tools/annex.queries.ts'
import { insertAmendment } from './amendments.queries.ts'
import { mayDraft } from './conventions.policy.ts'
import { lockConvention } from './conventions.queries.ts'
import { amendmentOf } from './template-rules.ts'
import { amendingOf, digestOfComposed, mustAllow, nextAmendment, settled, tell } from './within-convention.ts'

/** AGR-6: numbered, with the document that was composed of this very text, these signatories and this number: both sign its bytes. */
export const proposeAmendment = action(contract.proposeAmendment, {
  load: async ({ params }, { db, now }) => ({
    loaded: found(await lockConvention(db, params.conventionId)),
    tools: await toolsInForce(db, now),
  }),
  may: (viewer, { loaded }) => mayDraft(viewer, loaded.convention),
  run: async ({ loaded, tools }, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, 'amend', now)
    if (body.termOn !== null && body.termOn < today) throw new Refused('convention/term-in-past')
    const number = nextAmendment(loaded)
    const document = loaded.documents.find(d => d.id === body.documentId && d.kind === 'avenant')
    if (!document?.composedOf) throw new Refused('convention/document-stale')
    const { data } = amendmentOf(loaded, number, await amendingOf(db, loaded, body), tools, {
      now,
      made: document.addedAt,
    })
    if (document.composedOf !== digestOfComposed(data).toString('hex')) throw new Refused('convention/document-stale')
    const { id: documentId, sha256 } = document
    const id = newId()
    const renews = body.renews || body.termOn === null
    await insertAmendment(db, {
      id,
      conventionId: convention.id,
      number,
      title: body.title.trim(),
      body: body.body.trim(),
      termOn: body.termOn,
      renews,
      territories: body.territories ?? [],
      documentId,
      proposedAt: now,
      proposedBy: viewer.accountId,
    })
    const told = await tell(
      loaded,
      'partenaire',
      {
        kind: 'convention-amendment',
        subject: 'Un avenant est à signer',
        text: `La direction régionale propose l’avenant n° ${number} à la convention n° ${convention.number}. Il prend effet à la seconde des deux signatures.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.amendment-proposed',
          subject: ['convention', convention.id],
          detail: {
            amendment: id,
            number,
            termOn: body.termOn,
            renews,
            territories: body.territories ?? [],
            document: documentId,
            sha256,
            told,
          },
        },
      ],
    }
  },
})
