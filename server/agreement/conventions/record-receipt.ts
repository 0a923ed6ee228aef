import * as contract from '../../../contract/agreement/conventions.ts'
import { action, type Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import type { Days } from './convention-rules.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { type Loaded, lockConvention } from './conventions.queries.ts'
import { other } from './deadlines.ts'
import { type AnyLetter, daysOf, given, mayKeepReceipt, telling } from './letter-rules.ts'
import { insertReceipt, saveLetter } from './letters.queries.ts'
import { keepFile, mustAllow, mustConfirm, notBefore, notInFuture, settled, tell } from './within-convention.ts'

type Asked = {
  readonly kind: 'notice' | 'breach'
  readonly id: string
  readonly receivedOn: string | null
  readonly presentedOn: string | null
}

/** The letter, the days that it would bear, those told now: a day told once stays, save by a correction. */
const toldDays = ({ notices, breaches }: Loaded, asked: Asked) => {
  const letter = found<AnyLetter>((asked.kind === 'notice' ? notices : breaches).find(one => one.id === asked.id))
  // Told after its author renounced it, a day long past would bring it back into effect.
  if (letter.withdrawnAt) throw new Refused('convention/already-withdrawn')
  const { sentOn: _sent, ...bears } = daysOf(asked.kind, letter)
  const said: Days =
    asked.kind === 'notice'
      ? { receivedOn: asked.receivedOn }
      : { presentedOn: asked.presentedOn, deliveredOn: asked.receivedOn }
  if (asked.kind === 'notice' && bears.receivedOn && said.receivedOn) throw new Refused('convention/already-received')
  const names = Object.keys(bears) as (keyof typeof bears)[]
  const told: Days = Object.fromEntries(
    names.filter(name => bears[name] === null && said[name]).map(name => [name, said[name]]),
  )
  return { letter, days: { ...bears, ...told }, told }
}

/** The acknowledgement of receipt, kept once (AGR-13). */
const keepReceipt = async (loaded: Loaded, letter: AnyLetter, file: string | null, context: Context) => {
  if (!file) return null
  if (letter.receiptDocumentId !== null) throw new Refused('convention/already-received')
  return keepFile(loaded.convention.id, 'avis', file, context)
}

/**
 * When a letter came, told by either party, and the acknowledgement that says so. From then its month runs.
 * The acknowledgement often follows: it is kept later too, after the end of the convention as well.
 */
export const recordReceipt = action(contract.recordReceipt, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    const { document: file = null, confirms, ...asked } = body
    notInFuture([body.receivedOn, body.presentedOn], today)
    const { letter, days, told: toldNow } = toldDays(loaded, asked)
    const isNew = given(toldNow).length > 0
    mustAllow(loaded, !isNew && file ? 'correct' : body.kind === 'notice' ? 'give-notice' : 'notify-breach', now)
    if (!isNew && !file) throw new Refused('convention/already-received')
    const side = actsFor(viewer, convention)!
    if (!isNew && !mayKeepReceipt(side, letter)) throw new Refused('convention/receipt-of-sender')
    notBefore(letter.sentOn, Object.values(days))
    const document = await keepReceipt(loaded, letter, file, context)
    // The acknowledgement comes back to the sender and bears these days: its own party may correct them.
    const borne = document && letter.party === side ? given(days) : given(toldNow)
    await saveLetter(db, body.kind, letter.id, {
      ...days,
      told: telling(letter.told, side, borne),
      receiptDocumentId: document?.id ?? letter.receiptDocumentId,
    })
    if (isNew)
      await insertReceipt(db, {
        id: newId(),
        conventionId: convention.id,
        kind: body.kind,
        subjectId: letter.id,
        party: side,
        days: toldNow,
        toldAt: now,
        toldBy: viewer.accountId,
      })
    const told = await tell(
      loaded,
      other(side),
      {
        kind: 'convention-receipt',
        subject: isNew ? 'Réception enregistrée sur une convention' : 'Avis de réception déposé sur une convention',
        text: isNew
          ? `La réception d’une lettre est enregistrée sur la convention n° ${convention.number}. La page de la convention dit quand celle-ci prend fin.`
          : `L’avis de réception d’une lettre est déposé sur la page de la convention n° ${convention.number}.`,
      },
      context,
    )
    const reply = { convention: await settled(convention.id, context), told }
    mustConfirm(loaded, reply.convention, confirms)
    return {
      reply,
      audit: [
        {
          action: isNew ? 'convention.receipt-recorded' : 'convention.receipt-kept',
          subject: ['convention', convention.id],
          detail: { ...asked, document, told },
        },
      ],
    }
  },
})
