import { parseArgs } from 'node:util'
import { type Profile, profiles, type Role, type Tool, tools } from '../../contract/route.ts'
import { findAccountByEmail, insertAccount } from '../people-and-rights/accounts/accounts.queries.ts'
import { insertRole } from '../people-and-rights/accounts/roles.queries.ts'
import { insertGrant } from '../people-and-rights/grants/grants.queries.ts'
import {
  findOrganisationBySiret,
  insertOrganisation,
} from '../people-and-rights/organisations/organisations.queries.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Db } from '../platform/database.ts'
import { uuidv7 } from '../platform/ids.ts'
import { isSharedMailbox } from '../platform/nominative-rules.ts'
import { parseSiret } from '../platform/siret.ts'
import { parisDay, systemClock } from '../platform/time.ts'
import { digest, newToken } from '../signing-in/identity/session-token.ts'
import { insertInvitation, invitationDays, invitationPage } from '../signing-in/invitations/invitation.ts'
import { type Command, Misuse } from './command.ts'
import { roleOf } from './roles.ts'

/** The request, or all its faults. */
const askedOperator = async (db: Db, args: string[]) => {
  const { values } = parseArgs({
    args,
    options: {
      siret: { type: 'string' },
      organisation: { type: 'string' },
      'given-name': { type: 'string' },
      'family-name': { type: 'string' },
      email: { type: 'string' },
      grant: { type: 'string', multiple: true },
      role: { type: 'string', multiple: true },
    },
  })
  const problems: string[] = []
  const wanted = (name: 'organisation' | 'given-name' | 'family-name' | 'email') => {
    const value = values[name]?.trim()
    if (!value) problems.push(`--${name} manque`)
    return value ?? ''
  }
  const siret = parseSiret(values.siret ?? '')
  if (siret === undefined) problems.push('--siret manque, ou sa clé est fausse')
  const person = {
    organisation: wanted('organisation'),
    givenName: wanted('given-name'),
    familyName: wanted('family-name'),
    email: wanted('email').toLowerCase(),
  }
  if (person.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(person.email)) problems.push('--email n’est pas une adresse')
  if (person.email && isSharedMailbox(person.email, person))
    problems.push('--email est l’adresse d’un service : un compte est celui d’une personne')
  const grants = (values.grant ?? []).map(text => {
    const [tool, profile] = text.split(':') as [Tool, Profile]
    if (
      !tools.includes(tool) ||
      !profiles.includes(profile) ||
      (tool === 'fiche-recrutement' && profile !== 'consultation')
    )
      problems.push(`--grant ${text} : habilitation inconnue`)
    return { tool, profile }
  })
  const given: { role: Role; regionId: number | null }[] = []
  for (const text of values.role ?? []) {
    const role = await roleOf(db, text)
    if (role) given.push(role)
    else problems.push(`--role ${text} : rôle inconnu de l’opérateur`)
  }
  if (problems.length > 0) throw new Misuse(problems.join('\n'))
  return { siret: siret!, person, grants, given }
}

/** The first account of a new installation, of the operator, with national grants and its roles. */
export const createOperator: Command = async (db, args, act) => {
  const { siret, person, grants, given } = await askedOperator(db, args)
  const now = systemClock()
  if (await findAccountByEmail(db, person.email))
    throw new Error('un compte existe déjà avec cette adresse : rien n’a été changé')
  const known = await findOrganisationBySiret(db, siret)
  if (known && known.kind !== 'operateur')
    throw new Error('ce SIRET est celui d’une structure partenaire, non de l’opérateur : rien n’a été changé')
  const organisationId = known?.id ?? uuidv7()
  if (!known)
    await insertOrganisation(db, {
      id: organisationId,
      siret,
      name: person.organisation,
      kind: 'operateur',
      createdAt: now,
    })
  const accountId = uuidv7()
  await insertAccount(db, {
    id: accountId,
    organisationId,
    givenName: person.givenName,
    familyName: person.familyName,
    function: 'Administration du service',
    email: person.email,
    createdAt: now,
  })
  await grantAtOpening(db, { accountId, organisationId, grants, given, now })
  const token = newToken()
  await insertInvitation(db, { id: uuidv7(), accountId, tokenHash: digest(token), madeAt: now })
  await appendAudit(
    db,
    { ...act, at: now, organisationId },
    [{ action: 'account.created', subject: ['account', accountId], detail: { grants, roles: given } }],
    uuidv7,
  )
  return `Compte créé. La personne entre par ProConnect avec cette adresse et le SIRET de sa structure ; son second facteur lui sera demandé.\nÀ lui remettre en main propre, à ouvrir sur le site du service dans les ${invitationDays} jours pour sa première connexion :\n  ${invitationPage(token)}`
}

/** Its national grants and its roles. */
const grantAtOpening = async (db: Db, { accountId, organisationId, grants, given, now }: Opening) => {
  for (const grant of grants)
    await insertGrant(db, {
      id: uuidv7(),
      accountId,
      organisationId,
      ...grant,
      territoryId: 0,
      reason: 'Mise en service de l’installation',
      startsOn: parisDay(now),
      grantedBy: null,
      grantedAt: now,
    })
  for (const role of given)
    await insertRole(db, {
      id: uuidv7(),
      accountId,
      organisationId,
      ...role,
      startsAt: now,
      assignedBy: null,
      reason: 'Mise en service de l’installation',
    })
}
interface Opening {
  readonly accountId: string
  readonly organisationId: string
  readonly grants: readonly { readonly tool: Tool; readonly profile: Profile }[]
  readonly given: readonly { readonly role: Role; readonly regionId: number | null }[]
  readonly now: Date
}
