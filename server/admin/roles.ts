import { parseArgs } from 'node:util'
import { rolesOfRegion } from '../../contract/people-and-rights/roles.ts'
import type { Role } from '../../contract/route.ts'
import { findAccountByEmail } from '../people-and-rights/accounts/accounts.queries.ts'
import { endRoleOf, insertRole, regionByCode, roleSleeps } from '../people-and-rights/accounts/roles.queries.ts'
import { organisationKind } from '../people-and-rights/organisations/organisations.queries.ts'
import { findRegion } from '../people-and-rights/roles/roles.queries.ts'
import { tellOfRole } from '../people-and-rights/roles/tell-of-role.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Db } from '../platform/database.ts'
import { uuidv7 } from '../platform/ids.ts'
import { parisDay, systemClock } from '../platform/time.ts'
import { type Act, Misuse } from './command.ts'

/** Roles that are given by hand to an agent of the operator. */
export const roles = [
  'cssi',
  'administrateur',
  'support',
  'dpd',
  'rssi',
  'rgc',
  'signataire',
] as const satisfies readonly Role[]

/** `cssi`, `cssi:75`, `direction-regionale:75`… as it is assigned; undefined when the operator has none such. */
export const roleOf = async (db: Db, text: string): Promise<{ role: Role; regionId: number | null } | undefined> => {
  const plain = roles.find(role => role === text)
  if (plain) return { role: plain, regionId: null }
  const [, role, code] = /^([a-z-]+):(\w{1,3})$/.exec(text) ?? []
  const regional = (Object.keys(rolesOfRegion) as (keyof typeof rolesOfRegion)[]).find(one => one === role)
  const region = regional === undefined || code === undefined ? undefined : await regionByCode(db, code)
  return region && { role: regional!, regionId: region.id }
}

/** Gives a role to one of the operator's agents, or ends it. */
export const changeRole = (change: 'given' | 'ended') => async (db: Db, args: string[], act: Act) => {
  const { values } = parseArgs({
    args,
    options: { email: { type: 'string' }, role: { type: 'string' }, reason: { type: 'string' } },
  })
  const reason = values.reason?.trim() ?? ''
  if (!values.email) throw new Misuse('--email manque')
  if (!reason || reason.length > 300) throw new Misuse('--reason manque, ou dépasse trois cents caractères')
  const role = await roleOf(db, values.role ?? '')
  if (!role) throw new Misuse('--role manque, ou est inconnu de l’opérateur')
  const account = await findAccountByEmail(db, values.email.trim())
  if (!account) throw new Error('aucun compte n’a cette adresse : rien n’a été changé')
  if ((await organisationKind(db, account.organisationId)) !== 'operateur')
    throw new Error('ce compte est celui d’un partenaire, dont les rôles viennent de ses actes : rien n’a été changé')
  const now = systemClock()
  const slept = await roleSleeps(db, account.accountId, role.role, role.regionId, now)
  const ended = await endRoleOf(db, account.accountId, role.role, role.regionId, now, reason)
  if (change === 'ended' && ended === 0) throw new Error('cette personne ne tient pas ce rôle : rien n’a été changé')
  if (change === 'given') {
    if (ended > 0 && !slept) throw new Error('cette personne tient déjà ce rôle : rien n’a été changé')
    const { accountId, organisationId } = account
    await insertRole(db, { id: uuidv7(), accountId, organisationId, ...role, startsAt: now, assignedBy: null, reason })
  }
  const region = role.regionId === null ? null : (await findRegion(db, role.regionId))!.name
  const person = { id: account.accountId, organisationId: account.organisationId }
  const means = { newId: uuidv7, now, service: true } as const
  const said = { role: role.role, region, reason, ...(change === 'given' ? { startsOn: parisDay(now) } : {}) }
  const told = await tellOfRole(db, null, person, change, said, means)
  await appendAudit(
    db,
    { ...act, at: now, organisationId: account.organisationId },
    [{ action: `role.${change}`, subject: ['account', account.accountId], detail: { ...role, reason, told } }],
    uuidv7,
  )
  return change === 'given'
    ? 'Rôle donné : il vaut dès la prochaine demande.'
    : 'Rôle terminé : il ne vaut plus dès la prochaine demande.'
}
