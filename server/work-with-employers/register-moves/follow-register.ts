import { tellPerson } from '../../notifications/tell.ts'
import type { Steps, Work } from '../../platform/job.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type Fate, fateOf } from './fate-rules.ts'
import { outcomeOf } from './outcome-rules.ts'
import { newsMails } from './register-moves.mails.ts'
import * as q from './register-moves.queries.ts'

export interface Followed {
  readonly applied: number
  readonly undone: number
  readonly told: number
}
/** A transaction's worth: other people wait for these targets meanwhile. */
const batch = 100
/** Corrections of the register are followed for so long. */
const correctedWithinDays = 400

/**
 * Follows what the register now says: what it corrected is undone first, then what closed is stopped or carried, then
 * people are told. Each batch is one transaction: stopped anywhere, the next run goes on.
 */
export const followRegister = async ({ within, signal }: Pick<Steps, 'within' | 'signal'>): Promise<Followed> => {
  let [applied, undone] = [0, 0]
  for (const moves of batchesOf(await within(standing))) {
    if (signal?.aborted) break
    const done = await within(work => correct(work, moves))
    applied += done.applied
    undone += done.undone
  }
  for (const sirets of batchesOf(await within(({ db }) => q.candidates(db)))) {
    if (signal?.aborted) break
    applied += await within(work => follow(work, sirets))
  }
  return { applied, undone, told: await within(tell) }
}
const standing = ({ db, now }: Work) =>
  q.standingMoves(db, new Date(`${addDays(parisDay(now), -correctedWithinDays)}T00:00:00Z`))
const batchesOf = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / batch) }, (_, i) => items.slice(i * batch, (i + 1) * batch))

/** Undoes the moves that the register no longer says; what it says instead is applied at once. */
const correct = async (work: Work, moves: readonly q.Standing[]) => {
  const { db, now } = work
  await q.takeTurn(db)
  await q.byIndexAlone(db)
  const register = await q.registerFacts(
    db,
    moves.map(move => move.siret),
    parisDay(now),
  )
  const wrong = moves.filter(
    ({ siret, successor }) => register.has(siret) && successorOf(fateOf(siret, register)) !== successor,
  )
  const undone = wrong.length
    ? await q.undoMoves(
        db,
        wrong.map(move => move.id),
        now,
      )
    : 0
  return {
    undone,
    applied: await follow(
      work,
      wrong.map(move => move.siret),
    ),
  }
}
/** Where work goes; null where it stops, undefined where nothing changes. */
const successorOf = (fate: Fate) =>
  fate.kind === 'open' ? undefined : fate.kind === 'continued' ? fate.successor : null

/** Says how many moves were applied. */
const follow = async (work: Work, sirets: readonly number[]): Promise<number> => {
  if (sirets.length === 0) return 0
  const { db, now } = work
  await q.takeTurn(db)
  await q.byIndexAlone(db)
  const register = await q.registerFacts(db, sirets, parisDay(now))
  const fates = sirets.flatMap(siret => {
    const fate = fateOf(siret, register)
    return fate.kind === 'open' ? [] : [{ siret, fate, successor: successorOf(fate) ?? null }]
  })
  let applied = 0
  for (const round of roundsOf(fates)) applied += await move(work, round)
  return applied
}
interface Moving extends q.Pair {
  readonly fate: Exclude<Fate, { kind: 'open' }>
}
/** Two that continue under one SIRET take turns: the second finds the target that the first brought. */
const roundsOf = (fates: readonly Moving[]): Moving[][] => {
  const seen = new Map<number, number>()
  const rounds = Map.groupBy(fates, ({ successor }) => {
    if (successor === null) return 0
    const turn = seen.get(successor) ?? 0
    seen.set(successor, turn + 1)
    return turn
  })
  return [...rounds.values()]
}
const move = async ({ db, now, newId }: Work, fates: readonly Moving[]): Promise<number> => {
  const pairs = fates.map(({ siret, successor }) => ({ siret, successor }))
  const targets = Map.groupBy(await q.lockTargets(db, pairs, parisDay(now)), target => target.siret)
  const moves = fates.map(
    ({ siret, fate, successor }): q.Move => ({
      id: newId(),
      siret,
      successor,
      fate: fate.kind,
      closedOn: fate.closedOn,
      persons: successor !== null && sirenOf(successor) === sirenOf(siret),
      targets: (targets.get(siret) ?? []).flatMap(target => outcomeOf(target, fate) ?? []),
    }),
  )
  return q.applyMoves(db, moves, now)
}
/** The people met follow within their company; another company that takes over has its own. */
const sirenOf = (siret: number) => Math.floor(siret / 100_000)

/** One mail a person for all that moved. Says how many. */
const tell = async (work: Work): Promise<number> => {
  await q.takeTurn(work.db)
  const news = await q.tellMoves(work.db, work.now)
  const names = await q.namesOf(
    work.db,
    news.flatMap(({ siret, successor }) => (successor === null ? [siret] : [siret, successor])),
  )
  const mails = newsMails(news, names)
  for (const mail of mails) await tellPerson(work.db, mail, work)
  return mails.length
}
