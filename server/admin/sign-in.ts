import { parseArgs } from 'node:util'
import { findAccountByEmail } from '../people-and-rights/accounts/accounts.queries.ts'
import { findOrganisationBySiret } from '../people-and-rights/organisations/organisations.queries.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Db } from '../platform/database.ts'
import { uuidv7 } from '../platform/ids.ts'
import { parseSiret } from '../platform/siret.ts'
import { systemClock } from '../platform/time.ts'
import { handoverHours } from '../signing-in/identity/handover-code.ts'
import { endPasswordSessions } from '../signing-in/identity/identity.queries.ts'
import { openFirstEnrolment } from '../signing-in/identity/second-factors.queries.ts'
import { digest, newToken } from '../signing-in/identity/session-token.ts'
import {
  findPasswords,
  insertLink,
  insertSignInDecision,
  passwordLinkHours,
} from '../signing-in/passwords/passwords.queries.ts'
import { type Act, Misuse } from './command.ts'

/** Opens signing in by password to an organisation, or closes it. */
export const decidePassword = (passwordAllowed: boolean) => async (db: Db, args: string[], act: Act) => {
  const { values } = parseArgs({ args, options: { siret: { type: 'string' }, reason: { type: 'string' } } })
  const siret = parseSiret(values.siret ?? '')
  const reason = values.reason?.trim() ?? ''
  if (siret === undefined) throw new Misuse('--siret manque, ou sa clé est fausse')
  if (!reason || reason.length > 300) throw new Misuse('--reason manque, ou dépasse trois cents caractères')
  const organisation = await findOrganisationBySiret(db, siret)
  if (!organisation) throw new Error('aucune structure ne porte ce SIRET : rien n’a été changé')
  const now = systemClock()
  await insertSignInDecision(db, {
    id: uuidv7(),
    organisationId: organisation.id,
    passwordAllowed,
    setBy: null,
    setAt: now,
    reason,
  })
  const ended = passwordAllowed ? 0 : await endPasswordSessions(db, organisation.id)
  await appendAudit(
    db,
    { ...act, at: now, organisationId: organisation.id },
    [
      {
        action: passwordAllowed ? 'organisation.password-allowed' : 'organisation.password-forbidden',
        subject: ['organisation', organisation.id],
        detail: { reason, sessionsEnded: ended },
      },
    ],
    uuidv7,
  )
  return passwordAllowed
    ? `${organisation.name} : la connexion par mot de passe est ouverte.`
    : `${organisation.name} : la connexion par mot de passe est fermée, et ${ended} session(s) avec elle.`
}

/** A one-time link, handed over by the operator in person. */
export const passwordLink = async (db: Db, args: string[], act: Act) => {
  const { values } = parseArgs({ args, options: { email: { type: 'string' } } })
  if (!values.email) throw new Misuse('--email manque')
  const known = await findAccountByEmail(db, values.email.trim())
  if (!known) throw new Error('aucun compte n’a cette adresse : rien n’a été changé')
  const account = (await findPasswords(db, known.email)).find(({ accountId }) => accountId === known.accountId)!
  if (!account.open)
    throw new Error(
      'ce compte n’est pas actif, ou sa structure n’emploie pas les mots de passe (npm run admin -- allow-password)',
    )
  const [now, token, id] = [systemClock(), newToken(), uuidv7()]
  await insertLink(db, {
    id,
    accountId: account.accountId,
    tokenHash: digest(token),
    madeBy: null,
    madeAt: now,
    endsAt: new Date(now.getTime() + passwordLinkHours * 3_600_000),
  })
  await appendAudit(
    db,
    { ...act, at: now, organisationId: account.organisationId },
    [{ action: 'password.link-made', subject: ['account', account.accountId], detail: { link: id } }],
    uuidv7,
  )
  return `À ouvrir sur le site du service, dans les ${passwordLinkHours} heures ; le lien ne sert qu’une fois :\n  /connexion/choisir-mot-de-passe#${token}`
}

/** A day to enrol a first second factor, for someone nobody can hand a code over to. */
export const openEnrolment = async (db: Db, args: string[], act: Act) => {
  const { values } = parseArgs({ args, options: { email: { type: 'string' }, reason: { type: 'string' } } })
  const reason = values.reason?.trim() ?? ''
  if (!values.email) throw new Misuse('--email manque')
  if (!reason || reason.length > 300) throw new Misuse('--reason manque, ou dépasse trois cents caractères')
  const account = await findAccountByEmail(db, values.email.trim())
  if (!account) throw new Error('aucun compte n’a cette adresse : rien n’a été changé')
  const now = systemClock()
  const until = new Date(now.getTime() + handoverHours * 3_600_000)
  await openFirstEnrolment(db, account.accountId, until)
  await appendAudit(
    db,
    { ...act, at: now, organisationId: account.organisationId },
    [
      {
        action: 'second-factor.enrolment-allowed',
        subject: ['account', account.accountId],
        detail: { until: until.toISOString(), reason },
      },
    ],
    uuidv7,
  )
  return `Pendant ${handoverHours} heures, cette personne peut enregistrer son premier second facteur sans code.`
}
