import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDraft } from './conventions.policy.ts'
import { insertAmendment, insertDocument, lockConvention } from './conventions.queries.ts'
import { mustAllow, settled, tell } from './within-convention.ts'
import { amendmentText } from './words-rules.ts'

/** AGR-6: numbered, its text kept as the bytes that both will sign. */
export const proposeAmendment = action(contract.proposeAmendment, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => mayDraft(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, 'amend', now)
    if (body.termOn !== null && body.termOn < today) throw new Refused('convention/term-in-past')
    const number = Math.max(0, ...loaded.amendments.map(a => a.number)) + 1
    const [id, documentId] = [newId(), newId()]
    const renews = body.renews || body.termOn === null
    const text = amendmentText({
      number,
      convention: convention.number,
      partner: convention.organisation.name,
      title: body.title.trim(),
      body: body.body.trim(),
      termOn: body.termOn,
      renews,
    })
    const sha256 = await insertDocument(db, {
      id: documentId,
      conventionId: convention.id,
      kind: 'avenant',
      name: `Avenant n° ${number}`,
      mediaType: 'text/plain',
      bytes: Buffer.from(text),
      ofVersion: null,
      addedAt: now,
      addedBy: viewer.accountId,
    })
    await insertAmendment(db, {
      id,
      conventionId: convention.id,
      number,
      title: body.title.trim(),
      body: body.body.trim(),
      termOn: body.termOn,
      renews,
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
          detail: { amendment: id, number, termOn: body.termOn, renews, document: documentId, sha256, told },
        },
      ],
    }
  },
})
