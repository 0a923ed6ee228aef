import * as contract from '../../../contract/agreement/conventions.ts'
import { action, type Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { type Days, isContested, type LetterKind } from './convention-rules.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { type Loaded, lockConvention } from './conventions.queries.ts'
import { other, type Party } from './deadlines.ts'
import { corrected, daysOf, enteredBy, isCurrent, mayCorrect, signedDay } from './letter-rules.ts'
import { insertCorrection, saveLetter, saveSignedAt } from './letters.queries.ts'
import {
  mustAllow,
  notBefore,
  notInFuture,
  paperSignedAt,
  settleAmendment,
  settled,
  tell,
} from './within-convention.ts'

type Change = { readonly before: Days; readonly after: Days }
const changed = (days: Days, asked: Days): Change => {
  const change = corrected(days, asked)
  if (!change) throw new Refused('convention/nothing-to-correct')
  return change
}

const correctLetter = async (
  loaded: Loaded,
  kind: 'notice' | 'breach',
  id: string,
  asked: Days,
  side: Party,
  { db }: Context,
): Promise<Change> => {
  const one = found((kind === 'notice' ? loaded.notices : loaded.breaches).find(x => x.id === id))
  if (one.withdrawnAt) throw new Refused('convention/already-withdrawn')
  if (!mayCorrect(side, one)) throw new Refused('convention/teller-only')
  const change = changed(daysOf(kind, one), asked)
  if (Object.keys(change.after).some(name => !one.told[side].includes(name as keyof Days)))
    throw new Refused('convention/teller-only')
  const { sentOn, ...others } = { ...daysOf(kind, one), ...change.after }
  notBefore(sentOn!, Object.values(others))
  await saveLetter(db, kind, id, { ...change.after, told: one.told })
  return change
}

const correctSignature = async (
  loaded: Loaded,
  id: string,
  asked: Days,
  side: Party,
  context: Context,
): Promise<Change> => {
  const { convention, signatures } = loaded
  const one = found(signatures.find(s => s.id === id && isCurrent(s, convention.documentId)))
  if (one.how !== 'papier' || enteredBy(one) !== side) throw new Refused('convention/teller-only')
  // Moved after a contest, the start of the convention would follow its end.
  if (signatures.some(s => s.documentId === one.documentId && isContested(s)))
    throw new Refused('convention/signature-contested')
  const change = changed(daysOf('signature', { signedOn: signedDay(one.signedAt) }), asked)
  await saveSignedAt(context.db, id, paperSignedAt(change.after.signedOn!, context.now))
  if (one.amendmentId) await settleAmendment(convention.id, one.amendmentId, context)
  return change
}

/**
 * AGR-13: a mistaken date is corrected by the party that told it, before or after it took effect: what the mistake had
 * cut comes back. Each correction stays written, and is itself corrected the same way.
 */
export const correctDate = action(contract.correctDate, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    const { kind, id, reason, ...asked }: { kind: LetterKind; id: string; reason: string } & Days = body
    mustAllow(loaded, 'correct', now)
    notInFuture(
      Object.values(asked).map(day => day ?? null),
      today,
    )
    const side = actsFor(viewer, convention)!
    const change =
      kind === 'signature'
        ? await correctSignature(loaded, id, asked, side, context)
        : await correctLetter(loaded, kind, id, asked, side, context)
    await insertCorrection(db, {
      id: newId(),
      conventionId: convention.id,
      kind,
      subjectId: id,
      party: side,
      ...change,
      reason: reason.trim(),
      correctedAt: now,
      correctedBy: viewer.accountId,
    })
    const told = await tell(
      loaded,
      other(side),
      {
        kind: 'convention-corrected',
        subject: 'Une date est corrigée sur une convention',
        text: `L’autre partie a corrigé une date qu’elle avait donnée sur la convention n° ${convention.number}. La page de la convention dit l’ancienne, la nouvelle, le motif, et ce qui en découle.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.date-corrected',
          subject: ['convention', convention.id],
          detail: { kind, id, party: side, ...change, reason: reason.trim(), told },
        },
      ],
    }
  },
})
