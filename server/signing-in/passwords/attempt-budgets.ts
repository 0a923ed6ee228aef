import type { FastifyRequest } from 'fastify'
import { addressGroup } from '../../platform/address.ts'
import type { Db } from '../../platform/database.ts'
import { Refused } from '../../platform/errors.ts'
import type { PasswordDoor } from './password-door.ts'
import { lockBudgets, setBudget } from './passwords.queries.ts'
import { type BudgetKind, budgetsOf, counted, givenBack, secondsLeft } from './throttle-rules.ts'

export type Reserved = readonly { readonly kind: BudgetKind; readonly key: Buffer; readonly failures: number }[]

/** What attempts to guess a password draw on. */
export const attemptBudgets = ({ devices, deviceCookie, signIn }: PasswordDoor) => {
  /**
   * What this attempt draws on, counted at once; refused when one of them has to wait. Neither depends on whether
   * there is such an account.
   */
  const reserve = async (request: FastifyRequest, email: string, now: Date): Promise<Reserved> => {
    const device = devices.knows(request.cookies[deviceCookie], email)
    const address = addressGroup(request.ip)
    const keyOf: Readonly<Record<BudgetKind, () => Buffer>> = {
      device: () => devices.key('device', email, device!),
      pair: () => devices.key('pair', email, address),
      address: () => devices.key('address', address),
      account: () => devices.key('account', email),
    }
    const kinds = new Map(
      budgetsOf(device !== null).map(kind => {
        const key = keyOf[kind]()
        return [key.toString('hex'), { kind, key }]
      }),
    )
    return signIn.transaction(async db => {
      const budgets = await lockBudgets(
        db,
        [...kinds.values()].map(({ key }) => key),
      )
      refuseFor(Math.max(...budgets.map(budget => secondsLeft(budget, now))))
      return Promise.all(
        budgets.map(async ({ key, ...budget }) => {
          const { kind } = kinds.get(key.toString('hex'))!
          const spent = counted(kind, budget, now)
          await setBudget(db, key, spent)
          return { kind, key, failures: spent.failures }
        }),
      )
    })
  }
  const giveBack = async (db: Db, reserved: Reserved, right: boolean) => {
    for (const { key, ...budget } of await lockBudgets(
      db,
      reserved.map(r => r.key),
    )) {
      const { kind, failures } = reserved.find(r => r.key.equals(key))!
      await setBudget(db, key, givenBack(kind, budget, failures, right))
    }
  }
  return { reserve, giveBack }
}

const refuseFor = (seconds: number) => {
  if (seconds > 0)
    throw new Refused('password/wait', { retryAfterSeconds: seconds, facts: { retryAfterSeconds: seconds } })
}
