import type { Action } from './platform/action.ts'

/** Every action the service offers, one for each route of the contract. */
export const actions: readonly Action[] = []
