/**
 * Executable specification: production runs the SQL (ctx.uses_to_watch, ctx.structure_uses_to_watch,
 * ctx.young_accounts, ctx.overseers); security.test.ts and overseers.test.ts prove them equal.
 */
import type { Role } from '../../../contract/route.ts'
import type { StructureUses, Uses } from './suspicion-rules.ts'

/** What one person did at an instant: read persons of these employers, exported, or was refused these things. */
export interface Use {
  readonly at: Date
  readonly read: readonly string[]
  readonly exported?: true
  readonly refused?: readonly string[]
}

const week = 7 * 86_400_000
/** Opened less than a week before. The SQL twin is ctx.young_accounts. */
export const isYoung = (createdAt: Date, until: Date): boolean => createdAt.getTime() > until.getTime() - week

/** A role as it was given. `asleep`: its holder has not come for six months. */
export interface Office {
  readonly role: Role
  readonly ofOperator: boolean
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly asleep: boolean
}
const overseeing: readonly Role[] = ['cssi', 'direction-regionale', 'administrateur']
/** Oversees for the operator, or did in the day that is counted. The SQL twin is ctx.overseers. */
export const oversees = (offices: readonly Office[], until: Date): boolean =>
  offices.some(
    o =>
      o.ofOperator &&
      overseeing.includes(o.role) &&
      o.startsAt <= until &&
      (o.endsAt === null || o.endsAt.getTime() > until.getTime() - 86_400_000) &&
      !o.asleep,
  )

const hourInParis = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' })
const isNight = (at: Date) => {
  const hour = Number(hourInParis.format(at))
  return hour >= 22 || hour < 6
}
/** The uses of the last day as the rules take them: each employer once. The SQL twin is ctx.uses_to_watch. */
export const countUses = (uses: readonly Use[], until: Date): Uses => {
  const lately = uses.filter(u => u.at <= until && u.at.getTime() > until.getTime() - 86_400_000)
  const lastHour = lately.filter(u => u.at.getTime() > until.getTime() - 3_600_000)
  const distinct = (some: readonly Use[]) => new Set(some.flatMap(u => u.read)).size
  return {
    personsPerHour: distinct(lastHour),
    personsPerDay: distinct(lately),
    personsAtNight: distinct(lately.filter(u => isNight(u.at))),
    exportsPerDay: lately.filter(u => u.exported).length,
    refusalsPerHour: new Set(lastHour.flatMap(u => u.refused ?? [])).size,
  }
}
/** The same of a partner's accounts together. The SQL twin is ctx.structure_uses_to_watch. */
export const countStructureUses = (
  accounts: readonly { readonly createdAt: Date; readonly active: boolean; readonly uses: readonly Use[] }[],
  until: Date,
): StructureUses => ({
  people: accounts.filter(a => a.active && a.createdAt.getTime() <= until.getTime() - week).length,
  personsPerDay: countUses(
    accounts.flatMap(a => a.uses),
    until,
  ).personsPerDay,
})
