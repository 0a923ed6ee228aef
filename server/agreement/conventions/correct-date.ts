import * as contract from '../../../contract/agreement/conventions.ts'
import { action, type Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { type Days, isContested, type LetterKind, type ToldBy } from './convention-rules.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { type Loaded, lockConvention } from './conventions.queries.ts'
import { other, type Party } from './deadlines.ts'
import { corrected, correctsDay, daysOf, enteredBy, isCurrent, mayCorrect, signedDay } from './letter-rules.ts'
import { insertCorrection, saveLetter, saveSignedAt } from './letters.queries.ts'
import {
  mustAllow,
  mustBeRead,
  mustConfirm,
  notBefore,
  notInFuture,
  paperSignedAt,
  settleAmendment,
  settled,
  tell,
} from './within-convention.ts'

type Change = { readonly before: Days; readonly after: Days }
/** What changes, and how it is written once its correction is: the database asks for it first. */
type Correcting = { readonly change: Change; readonly save: () => Promise<unknown> }
const changed = (days: Days, asked: Days): Change => {
  const change = corrected(days, asked)
  if (!change) throw new Refused('convention/nothing-to-correct')
  return change
}

/** The party that told these days corrects them, by someone else than who told them, within the delay. */
const mustBeAnother = (change: Change, { toldBy }: { readonly toldBy: ToldBy }, { viewer, now }: Context) => {
  for (const name of Object.keys(change.after) as (keyof Days)[]) {
    const verdict = correctsDay(viewer.accountId, toldBy[name], now)
    if (verdict !== true) throw new Refused(verdict)
  }
}

const correctLetter = (
  loaded: Loaded,
  kind: 'notice' | 'breach',
  id: string,
  asked: Days,
  side: Party,
  context: Context,
): Correcting => {
  const one = found((kind === 'notice' ? loaded.notices : loaded.breaches).find(x => x.id === id))
  if (one.withdrawnAt) throw new Refused('convention/already-withdrawn')
  if (!mayCorrect(side, one)) throw new Refused('convention/teller-only')
  const change = changed(daysOf(kind, one), asked)
  if (Object.keys(change.after).some(name => !one.told[side].includes(name as keyof Days)))
    throw new Refused('convention/teller-only')
  const { sentOn, ...others } = { ...daysOf(kind, one), ...change.after }
  notBefore(sentOn!, Object.values(others))
  mustBeAnother(change, one, context)
  return { change, save: () => saveLetter(context.db, kind, id, { ...change.after, told: one.told }) }
}

const correctSignature = (loaded: Loaded, id: string, asked: Days, side: Party, context: Context): Correcting => {
  const { convention, signatures } = loaded
  const one = found(signatures.find(s => s.id === id && isCurrent(s, convention.documentId)))
  if (one.how !== 'papier' || enteredBy(one) !== side) throw new Refused('convention/teller-only')
  // Moved after a contest, the start of the convention would follow its end.
  if (signatures.some(s => s.documentId === one.documentId && isContested(s)))
    throw new Refused('convention/signature-contested')
  const change = changed(daysOf('signature', { signedOn: signedDay(one.signedAt) }), asked)
  mustBeAnother(change, one, context)
  return {
    change,
    save: async () => {
      await saveSignedAt(context.db, id, paperSignedAt(change.after.signedOn!, context.now))
      if (one.amendmentId) await settleAmendment(convention.id, one.amendmentId, context)
    },
  }
}

/**
 * AGR-13: a mistaken date is corrected by the party that told it, by a second person, before or after it took effect:
 * what the mistake had cut comes back. Each correction stays written, and is itself corrected the same way.
 */
export const correctDate = action(contract.correctDate, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body, ifMatch }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    const { confirms, ...said } = body
    const { kind, id, reason, ...asked }: { kind: LetterKind; id: string; reason: string } & Days = said
    mustAllow(loaded, 'correct', now)
    notInFuture(
      Object.values(asked).map(day => day ?? null),
      today,
    )
    await mustBeRead(convention.id, ifMatch, context)
    const side = actsFor(viewer, convention)!
    const { change, save } =
      kind === 'signature'
        ? correctSignature(loaded, id, asked, side, context)
        : correctLetter(loaded, kind, id, asked, side, context)
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
    await save()
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
    const reply = { convention: await settled(convention.id, context), told }
    mustConfirm(loaded, reply.convention, confirms)
    return {
      reply,
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
