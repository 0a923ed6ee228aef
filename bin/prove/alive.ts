import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type rememberedKillers, titlePattern } from './killers.ts'
import type { LiveAnswer, LiveMutant } from './live.ts'
import { testsOf } from './rooms.ts'
import type { SqlMutant } from './sql-mutants.ts'

/** Tests open in one process. What ends it leaves the mutant to the slow way, and it is started again. */
const aliveWith = (onStart: (pid: number) => void) => {
  let child: ChildProcess | undefined
  let deaths = 0
  const answered = async (): Promise<LiveAnswer | undefined> => {
    const ending = new AbortController()
    const said = once(child!, 'message', ending).then(([answer]) => answer as LiveAnswer)
    const died = once(child!, 'exit', ending).then(() => undefined)
    const answer = await Promise.race([said, died])
    ending.abort()
    for (const one of [said, died]) one.catch(() => {})
    if (answer === undefined) {
      child = undefined
      deaths += 1
    }
    return answer
  }
  return {
    tried: async (mutant: LiveMutant): Promise<LiveAnswer['killer']> => {
      if (deaths > 2) return
      if (!child) {
        child = fork(fileURLToPath(new URL('./live.ts', import.meta.url)), [], {
          stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        })
        onStart(child.pid!)
        if (!(await answered())) return
      }
      child.send(mutant)
      return (await answered())?.killer
    },
    end: () => child?.disconnect(),
  }
}

/**
 * Tries mutants where their room's tests are open already, which takes a tenth of the time, answers those that
 * none told. Quickly: with what is tried straight at the database, and what killed their neighbours.
 */
export const notToldAlive = async (
  mutants: readonly SqlMutant[],
  killers: ReturnType<typeof rememberedKillers>,
  onStart: (pid: number) => void,
  killed: (mutant: SqlMutant, by: string) => void,
  quick = false,
): Promise<SqlMutant[]> => {
  const left: SqlMutant[] = []
  for (const room of new Set(mutants.map(one => one.room))) {
    const ofRoom = mutants.filter(one => one.room === room)
    const guards = (mutant: SqlMutant) => testsOf(room, mutant.on, mutant.name)
    const alive = aliveWith(onStart)
    for (const mutant of ofRoom) {
      const { name, statement, undo } = mutant
      const order = killers.ordered(mutant, guards(mutant)).filter(one => !quick || one.titles || one.quick)
      const killer = mutant.proof ? undefined : await alive.tried({ name, statement, undo, order })
      if (!killer) left.push(mutant)
      else {
        killers.keep(name, { file: killer.file, titles: titlePattern(killer.title) })
        killed(mutant, killer.file)
      }
    }
    alive.end()
  }
  return left
}
