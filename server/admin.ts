/**
 * `npm run admin -- create-operator --siret … --organisation … --given-name … --family-name … --email … [--grant campagnes:pilote …]`
 * Makes the first account of a new installation, of the operator, with national grants. Run on the server, as the owner of the database.
 */
import { parseArgs } from 'node:util'
import { profiles, type Profile, tools, type Tool } from '../contract/route.ts'
import { insertGrant } from './habilitations/grants.queries.ts'
import { findAccountByEmail, findOrganisationBySiret, insertAccount, insertOrganisation } from './organisations/organisations.queries.ts'
import { appendAudit } from './platform/audit.ts'
import { ownerTransaction } from './platform/database.ts'
import { withDatabase } from './platform/command.ts'
import { uuidv7 } from './platform/ids.ts'
import { parseSiret } from './platform/siret.ts'
import { parisDay, systemClock } from './platform/time.ts'

const usage = `Utilisation :
  npm run admin -- create-operator --siret 14CHIFFRES --organisation "France Travail" --given-name … --family-name … --email … [--grant outil:profil]…
    outils : ${tools.join(', ')} ; profils : ${profiles.join(', ')}`

const fail = (...lines: string[]): never => {
  console.error(lines.join('\n'))
  process.exit(1)
}

const [command, ...rest] = process.argv.slice(2)
if (command !== 'create-operator') fail(usage)
const options = (() => {
  try {
    return parseArgs({ args: rest, options: { siret: { type: 'string' }, organisation: { type: 'string' }, 'given-name': { type: 'string' }, 'family-name': { type: 'string' }, email: { type: 'string' }, grant: { type: 'string', multiple: true } } }).values
  } catch (error) {
    return fail((error as Error).message, usage)
  }
})()

const problems: string[] = []
const wanted = (name: 'organisation' | 'given-name' | 'family-name' | 'email') => {
  const value = options[name]?.trim()
  if (!value) problems.push(`--${name} manque`)
  return value ?? ''
}
const siret = parseSiret(options.siret ?? '')
if (siret === undefined) problems.push('--siret manque, ou sa clé est fausse')
const person = { organisation: wanted('organisation'), givenName: wanted('given-name'), familyName: wanted('family-name'), email: wanted('email').toLowerCase() }
if (person.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(person.email)) problems.push('--email n’est pas une adresse')
const grants = (options.grant ?? []).map(text => {
  const [tool, profile] = text.split(':') as [Tool, Profile]
  if (!tools.includes(tool) || !profiles.includes(profile) || (tool === 'fiche-recrutement' && profile !== 'consultation')) problems.push(`--grant ${text} : habilitation inconnue`)
  return { tool, profile }
})
if (problems.length > 0) fail(...problems, '', usage)

await withDatabase(({ ownerUrl }) => ownerTransaction(ownerUrl, async db => {
  const now = systemClock()
  if (await findAccountByEmail(db, person.email)) fail('Un compte existe déjà avec cette adresse : rien n’a été changé.')
  const known = await findOrganisationBySiret(db, siret!)
  if (known && known.kind !== 'operateur') fail('Ce SIRET est celui d’une structure partenaire, non de l’opérateur : rien n’a été changé.')
  const organisationId = known?.id ?? uuidv7()
  if (!known) await insertOrganisation(db, { id: organisationId, siret: siret!, name: person.organisation, kind: 'operateur', createdAt: now })
  const accountId = uuidv7()
  await insertAccount(db, { id: accountId, organisationId, givenName: person.givenName, familyName: person.familyName, function: 'Administration du service', email: person.email, createdAt: now })
  for (const grant of grants) await insertGrant(db, { id: uuidv7(), accountId, organisationId, ...grant, territoryId: 0, reason: 'Mise en service de l’installation', startsOn: parisDay(now), grantedBy: null, grantedAt: now })
  await appendAudit(db, { at: now, actorId: null, organisationId, origin: 'ligne de commande', requestId: '' }, [{ action: 'account.created', subject: ['account', accountId], detail: { by: 'npm run admin', grants } }], uuidv7)
  console.log(`Compte créé. La personne entre par ProConnect avec cette adresse et le SIRET de sa structure ; son second facteur lui sera demandé.`)
}))
