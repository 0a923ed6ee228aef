import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { annexChangedSince } from '../tools/annex.queries.ts'
import { territoriesChangedSince } from './contacts.queries.ts'
import { annexesChanged, missingContacts } from './convention-rules.ts'
import { mayDraft } from './conventions.policy.ts'
import { lockConvention, saveSent } from './conventions.queries.ts'
import { mustAllow, settled, tell } from './within-convention.ts'

/**
 * Puts to signature the document that was composed from this very draft; its bytes will not change any more. Each role of
 * annexes 2 and 2 bis has its contact, and the document says who (AGR-1), with the annex 4 of that instant and the
 * territories that bound its grants (ACC-15).
 */
export const sendConvention = action(contract.sendConvention, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => mayDraft(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, now } = context
    const { convention } = loaded
    mustAllow(loaded, 'send', now)
    const document = loaded.documents.find(d => d.id === body.documentId && d.kind === 'convention')
    if (!document || document.ofVersion !== convention.version) throw new Refused('convention/document-stale')
    const missing = missingContacts(loaded, now)
    if (missing.length > 0) throw new Refused('convention/contacts-missing', { facts: { missing } })
    const since = document.addedAt
    if (
      annexesChanged(loaded, since, now) ||
      (await annexChangedSince(db, since, now)) ||
      (await territoriesChangedSince(db, convention.organisationId, since, now))
    )
      throw new Refused('convention/document-stale')
    if (document.blanks.length > 0) throw new Refused('convention/blanks', { facts: { blanks: document.blanks } })
    // Of the model that it was composed from, even if another was published since.
    await saveSent(db, convention.id, now, document.id, document.templateId)
    const told = await tell(
      loaded,
      'partenaire',
      {
        kind: 'convention-sent',
        subject: 'Une convention est à signer',
        text: `La convention n° ${convention.number} entre votre structure et l’opérateur est prête à être signée.\n\nElle prend effet à la seconde des deux signatures.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.sent',
          subject: ['convention', convention.id],
          detail: { document: document.id, sha256: document.sha256, told },
        },
      ],
    }
  },
})

/**
 * Back to a draft before both have signed. A signature already given stays as evidence of the document it signed, and
 * counts for no other.
 */
export const recallConvention = action(contract.recallConvention, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => mayDraft(viewer, convention),
  run: async (loaded, _input, context) => {
    const { convention } = loaded
    mustAllow(loaded, 'recall', context.now)
    await saveSent(context.db, convention.id, null, null, null)
    const told = await tell(
      loaded,
      'partenaire',
      {
        kind: 'convention-recalled',
        subject: 'Une convention n’est plus à signer',
        text: `La direction régionale a repris le projet de convention n° ${convention.number} pour le modifier. Un nouveau document vous sera envoyé ; une signature déjà donnée ne vaut pas pour lui.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.recalled',
          subject: ['convention', convention.id],
          detail: { document: convention.documentId, told },
        },
      ],
    }
  },
})
