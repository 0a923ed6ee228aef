import type { Role } from '../../contract/route.ts'
import type { Me } from '../platform/session.ts'

const idle: readonly Role[] = ['support']
/** Whether a role gives this person something to do here. */
export const inChargeOf = (me: Me) =>
  [...me.roles, ...me.rolesOfRegions.map(({ role }) => role)].some(role => !idle.includes(role))
