/**
 * What the operator does on the server itself, as the owner of the database:
 * - create-operator: the first account of a new installation, of the operator, with national grants and its roles;
 * - give-role, end-role: a role of one of the operator's agents, which no deed names;
 * - lift-block: what is cut of an account, when nobody in the service can lift it any more;
 * - links, confirm-link, refuse-link: ProConnect identities waiting to be attached to an account, where no account
 * manager can.
 * - open-enrolment: a day to enrol a first second factor, for someone nobody can hand a code over to;
 * - allow-password, forbid-password: signing in by password, for one organisation; password-link: a one-time link,
 * handed over by the operator in person.
 * No account is signed in here: whoever is at the keyboard says who they are (--operator), and the trail keeps it as
 * the origin of the act.
 */
import { parseArgs } from 'node:util'
import { type Profile, profiles, type Role, type Tool, tools } from '../contract/route.ts'
import { operatorMissing, readOperator, sayAndExit, withDatabase } from './command.ts'
import { tellRoles } from './notifications/tell.ts'
import { liftedNotice } from './oversight/security/block-reply.ts'
import { openBlocksOf, saveLiftedByCommand } from './oversight/security/security.queries.ts'
import { findAccountByEmail, insertAccount } from './people-and-rights/accounts/accounts.queries.ts'
import { endRoleOf, insertRole, regionByCode, roleSleeps } from './people-and-rights/accounts/roles.queries.ts'
import { insertGrant } from './people-and-rights/grants/grants.queries.ts'
import {
  findOrganisationBySiret,
  insertOrganisation,
  organisationKind,
} from './people-and-rights/organisations/organisations.queries.ts'
import { appendAudit, commandOrigin, isOperator } from './platform/audit.ts'
import { type Db, ownerTransaction } from './platform/database.ts'
import { isUuid, uuidv7 } from './platform/ids.ts'
import { isSharedMailbox } from './platform/nominative-rules.ts'
import { parseSiret, siretText } from './platform/siret.ts'
import { parisDay, systemClock } from './platform/time.ts'
import { handoverHours } from './signing-in/identity/handover-code.ts'
import {
  decideLink,
  endPasswordSessions,
  expectProvider,
  pendingLinks,
} from './signing-in/identity/identity.queries.ts'
import { openFirstEnrolment } from './signing-in/identity/second-factors.queries.ts'
import { digest, newToken } from './signing-in/identity/session-token.ts'
import { insertInvitation, invitationDays, invitationPage } from './signing-in/invitations/invitation.ts'
import {
  findPassword,
  insertLink,
  insertSignInDecision,
  passwordLinkHours,
} from './signing-in/passwords/passwords.queries.ts'

const roles = [
  'cssi',
  'administrateur',
  'support',
  'dpd',
  'rssi',
  'rgc',
  'signataire',
] as const satisfies readonly Role[]
const usage = `Utilisation :
  npm run admin -- create-operator --siret 14CHIFFRES --organisation "…" --given-name … --family-name … --email … [--grant outil:profil]… [--role RÔLE]…
    outils : ${tools.join(', ')} ; profils : ${profiles.join(', ')}
  npm run admin -- give-role --email … --role RÔLE --reason "…"   donner un rôle à un agent de l’opérateur
  npm run admin -- end-role --email … --role RÔLE --reason "…"    y mettre fin, aussitôt
    rôles : ${roles.join(', ')}, direction-regionale:CODE (le code officiel de la région)
  npm run admin -- lift-block COMPTE --operator "NOM" --reason "…"   lever ce qui est coupé d’un compte (son numéro ou son courriel), sur un constat
  npm run admin -- links                    les identités ProConnect à rattacher à un compte
  npm run admin -- confirm-link NUMÉRO      rattacher, après avoir vérifié que la personne est bien celle du compte
  npm run admin -- refuse-link NUMÉRO
  npm run admin -- allow-password --siret 14CHIFFRES --reason "…"    ouvrir la connexion par mot de passe à une structure
  npm run admin -- forbid-password --siret 14CHIFFRES --reason "…"   la lui fermer : les sessions ouvertes ainsi s’arrêtent
  npm run admin -- expect-provider --siret 14CHIFFRES --idp NUMÉRO   un fournisseur d’identité par lequel viennent les personnes d’une structure
  npm run admin -- open-enrolment --email … --reason "…"   laisser une personne enregistrer son premier second facteur pendant un jour, sans code du RGC
  npm run admin -- password-link --email …  un lien à usage unique pour choisir un mot de passe, à remettre en main propre
  Chaque commande qui écrit veut --operator "Nom ou matricule" : qui la lance. Le journal le garde.`

class Misuse extends Error {}
/** `cssi`, `direction-regionale:75`… as it is assigned; undefined when the operator has none such. */
const roleOf = async (db: Db, text: string): Promise<{ role: Role; regionId: number | null } | undefined> => {
  const plain = roles.find(role => role === text)
  if (plain) return { role: plain, regionId: null }
  const code = /^direction-regionale:(\w{1,3})$/.exec(text)?.[1]
  const region = code === undefined ? undefined : await regionByCode(db, code)
  return region && { role: 'direction-regionale', regionId: region.id }
}
const { operator, words } = readOperator(process.argv.slice(2))
const act = { actorId: null, origin: commandOrigin(operator ?? ''), requestId: '' }

const createOperator = async (db: Db, args: string[]) => {
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

  const now = systemClock()
  if (await findAccountByEmail(db, person.email))
    throw new Error('un compte existe déjà avec cette adresse : rien n’a été changé')
  const known = await findOrganisationBySiret(db, siret!)
  if (known && known.kind !== 'operateur')
    throw new Error('ce SIRET est celui d’une structure partenaire, non de l’opérateur : rien n’a été changé')
  const organisationId = known?.id ?? uuidv7()
  if (!known)
    await insertOrganisation(db, {
      id: organisationId,
      siret: siret!,
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

const changeRole = (change: 'given' | 'ended') => async (db: Db, args: string[]) => {
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
  const ended = await endRoleOf(db, account.accountId, role.role, role.regionId, now)
  if (change === 'ended' && ended === 0) throw new Error('cette personne ne tient pas ce rôle : rien n’a été changé')
  if (change === 'given') {
    if (ended > 0 && !slept) throw new Error('cette personne tient déjà ce rôle : rien n’a été changé')
    await insertRole(db, { id: uuidv7(), ...account, ...role, startsAt: now, assignedBy: null, reason })
  }
  await appendAudit(
    db,
    { ...act, at: now, organisationId: account.organisationId },
    [{ action: `role.${change}`, subject: ['account', account.accountId], detail: { ...role, reason } }],
    uuidv7,
  )
  return change === 'given'
    ? 'Rôle donné : il vaut dès la prochaine demande.'
    : 'Rôle terminé : il ne vaut plus dès la prochaine demande.'
}

/**
 * When nobody of the service can: the last CSSI is gone, or cut off. Each block is lifted on the same verdict, its
 * structure told as by a CSSI.
 */
const liftBlock = async (db: Db, args: string[]) => {
  const {
    values,
    positionals: [account, ...others],
  } = parseArgs({ args, allowPositionals: true, options: { reason: { type: 'string' } } })
  const verdict = values.reason?.trim() ?? ''
  if (!account || others.length > 0) throw new Misuse('le compte manque : son numéro ou son courriel')
  if (verdict.length < 10 || verdict.length > 500)
    throw new Misuse('--reason manque : le constat, de dix à cinq cents caractères')
  const accountId = isUuid(account) ? account : (await findAccountByEmail(db, account))?.accountId
  const open = accountId ? await openBlocksOf(db, accountId) : []
  if (!accountId || open.length === 0)
    throw new Error('rien n’est coupé de ce compte, ou il n’existe pas : rien n’a été changé')
  const now = systemClock()
  for (const block of open) {
    await saveLiftedByCommand(db, block.id, verdict, now)
    const told = await tellRoles(db, { organisationId: block.organisation.id }, liftedNotice(block, verdict), {
      newId: uuidv7,
      now,
      service: true,
    })
    await appendAudit(
      db,
      { ...act, at: now, organisationId: block.organisation.id },
      [
        {
          action: 'account.unblocked',
          subject: ['account', accountId],
          detail: { exceptional: block.cause === 'exceptional', block: block.id, cuts: block.cuts, verdict, told },
        },
      ],
      uuidv7,
    )
  }
  return `${open.length === 1 ? 'Blocage levé' : `${open.length} blocages levés`} : les droits reviennent à la prochaine demande.`
}

const links = async (db: Db) => {
  const waiting = await pendingLinks(db)
  if (waiting.length === 0) return 'Aucune identité n’attend d’être rattachée.'
  return waiting
    .map(
      l =>
        `${l.id}  demandé le ${parisDay(l.askedAt)} : ${l.person}${l.siret ? `, SIRET ${siretText(l.siret)}` : ''}, pour le compte de ${l.accountName} (${l.organisationName})\n    ${l.reason === 'already-linked' ? 'ce compte est déjà rattaché à une autre identité' : l.reason === 'unknown-provider' ? `le fournisseur d’identité ${l.idpId} n’est pas de ceux attendus pour cette structure` : 'la structure annoncée n’est pas celle du compte'}`,
    )
    .join('\n')
}

const decide =
  (decision: 'confirmed' | 'refused') =>
  async (db: Db, [id]: string[]) => {
    if (!id || !/^[0-9a-f-]{36}$/.test(id)) throw new Misuse('le numéro de la demande manque (npm run admin -- links)')
    const now = systemClock()
    const accountId = await decideLink(db, id, decision, now)
    if (!accountId) throw new Error('aucune demande en attente ne porte ce numéro : rien n’a été changé')
    await appendAudit(
      db,
      { ...act, at: now, organisationId: null },
      [{ action: `account.link-${decision}`, subject: ['account', accountId], detail: { link: id } }],
      uuidv7,
    )
    return decision === 'confirmed' ? 'Identité rattachée : la personne peut entrer.' : 'Demande refusée.'
  }

const decidePassword = (passwordAllowed: boolean) => async (db: Db, args: string[]) => {
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

const passwordLink = async (db: Db, args: string[]) => {
  const { values } = parseArgs({ args, options: { email: { type: 'string' } } })
  const account = values.email ? await findPassword(db, values.email.trim().toLowerCase()) : undefined
  if (account === undefined) throw new Misuse('--email manque')
  if (!account) throw new Error('aucun compte n’a cette adresse : rien n’a été changé')
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

const addProvider = async (db: Db, args: string[]) => {
  const { values } = parseArgs({ args, options: { siret: { type: 'string' }, idp: { type: 'string' } } })
  const siret = parseSiret(values.siret ?? '')
  const idpId = values.idp?.trim() ?? ''
  if (siret === undefined) throw new Misuse('--siret manque, ou sa clé est fausse')
  if (!idpId || idpId.length > 100) throw new Misuse('--idp manque, ou dépasse cent caractères')
  const organisation = await findOrganisationBySiret(db, siret)
  if (!organisation) throw new Error('aucune structure ne porte ce SIRET : rien n’a été changé')
  const now = systemClock()
  if ((await expectProvider(db, { organisationId: organisation.id, idpId, at: now })) === 0)
    throw new Error('ce fournisseur est déjà attendu pour cette structure : rien n’a été changé')
  await appendAudit(
    db,
    { ...act, at: now, organisationId: organisation.id },
    [
      {
        action: 'organisation.provider-expected',
        subject: ['organisation', organisation.id],
        detail: { provider: idpId },
      },
    ],
    uuidv7,
  )
  return `${organisation.name} : qui vient par ce fournisseur, avec l’adresse d’un compte et ce SIRET, y est rattaché sans autre confirmation.`
}

const openEnrolment = async (db: Db, args: string[]) => {
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

const commands: Record<string, (db: Db, args: string[]) => Promise<string>> = {
  'create-operator': createOperator,
  'give-role': changeRole('given'),
  'end-role': changeRole('ended'),
  'lift-block': liftBlock,
  links,
  'confirm-link': decide('confirmed'),
  'refuse-link': decide('refused'),
  'allow-password': decidePassword(true),
  'forbid-password': decidePassword(false),
  'expect-provider': addProvider,
  'open-enrolment': openEnrolment,
  'password-link': passwordLink,
}

const readsOnly = new Set(['links'])

const [name = '', ...args] = words
const command = commands[name]
try {
  if (!command) throw new Misuse(name ? `commande inconnue : ${name}` : 'une commande est attendue')
  if (!readsOnly.has(name) && !isOperator(operator)) throw new Misuse(operatorMissing)
  console.log(await withDatabase(({ ownerUrl }) => ownerTransaction(ownerUrl, db => command(db, args))))
} catch (error) {
  const misused = error instanceof Misuse || String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')
  if (misused) console.error(`${(error as Error).message}\n\n${usage}`)
  else sayAndExit(error)
  process.exitCode = 1
}
