import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Guard } from './rooms.ts'
import type { SqlMutant } from './sql-mutants.ts'

export const nameOf = ({ file, titles }: Guard) => (titles ? `${file}, « ${titles} »` : file)
const guardOf = (name: string): Guard => {
  const [, file, titles] = /^(.*?), « (.*) »$/s.exec(name) ?? []
  return file ? { file, titles: titles! } : { file: name }
}
export const titlePattern = (title: string) => title.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
/** The first test that a run in TAP says failed, as a pattern of titles; null until its line is whole. */
export const failedIn = (said: string): string | null => {
  const title = /^\s*not ok \d+ - (.+)\n/m.exec(said)?.[1]
  return title === undefined ? null : titlePattern(title.replace(/\\([\\#])/g, '$1'))
}

/** Single tests that are tried before whole files: more would cost those that survive. */
const pointed = 4
/**
 * What killed each mutant the last time on this machine. It is tried first, then what killed its neighbours: those of
 * its own policy, of its table.
 */
export const rememberedKillers = (at: string) => {
  const killers = (existsSync(at) ? JSON.parse(readFileSync(at, 'utf8')) : {}) as Record<string, string>
  const weightsFor = ({ name, on }: Pick<SqlMutant, 'name' | 'on'>): Map<string, number> => {
    const whole = `${name.split(': ')[0]}: `
    const weights = new Map<string, number>()
    for (const [one, by] of Object.entries(killers)) {
      const near = one === name ? 1e6 : one.startsWith(whole) ? 3 : one.startsWith(on) ? 1 : 0
      if (near) weights.set(by, (weights.get(by) ?? 0) + near)
    }
    return weights
  }
  return {
    ordered: (mutant: Pick<SqlMutant, 'name' | 'on'>, guards: readonly Guard[]): Guard[] => {
      const weights = weightsFor(mutant)
      const weight = (guard: Guard) => weights.get(nameOf(guard)) ?? 0
      const known = new Set(guards.map(nameOf))
      const single = [...weights.keys()]
        .map(guardOf)
        .filter(guard => guard.titles && !known.has(nameOf(guard)) && guards.some(({ file }) => file === guard.file))
        .sort((a, b) => weight(b) - weight(a))
        .slice(0, pointed)
        .map(guard => ({ ...guard, single: true }))
      return [...single, ...guards].sort((a, b) => weight(b) - weight(a))
    },
    knows: (mutant: string) => mutant in killers,
    keep: (mutant: string, killer: Guard) => {
      killers[mutant] = nameOf(killer)
      mkdirSync(dirname(at), { recursive: true })
      writeFileSync(at, JSON.stringify(killers, null, 1))
    },
  }
}
