/**
 * What the operator does on the server itself, as the owner of the database:
 * - create-operator: the first account of a new installation, of the operator, with national grants and its roles;
 * - give-role, end-role: a role of one of the operator's agents, which no deed names;
 * - hand-over-campaign: a campaign that nobody of its pilot can pilot any more, to a member that can;
 * - hand-over-task-force: a task force that nobody of its pilot can pilot any more;
 * - lift-block: what is cut of an account, when nobody in the service can lift it any more;
 * - links, confirm-link, refuse-link: ProConnect identities waiting to be attached to an account, where no account
 * manager can.
 * - open-enrolment: a day to enrol a first second factor, for someone nobody can hand a code over to;
 * - allow-password, forbid-password: signing in by password, for one organisation; password-link: a one-time link,
 * handed over by the operator in person.
 * - export-person: all that is kept of one person who asks for it, in two files.
 * No account is signed in here: whoever is at the keyboard says who they are (--operator), and the trail keeps it as
 * the origin of the act.
 */
import { profiles, tools } from '../contract/route.ts'
import { type Command, Misuse } from './admin/command.ts'
import { createOperator } from './admin/create-operator.ts'
import { exportPerson } from './admin/export-person.ts'
import { handOverCampaign } from './admin/hand-over-campaign.ts'
import { handOverTaskForce } from './admin/hand-over-task-force.ts'
import { liftBlock } from './admin/lift-block.ts'
import { addProvider, decide, links } from './admin/links.ts'
import { changeRole, roles } from './admin/roles.ts'
import { decidePassword, openEnrolment, passwordLink } from './admin/sign-in.ts'
import { helpWhenAsked, isBadOption, operatorMissing, readOperator, sayAndExit, withDatabase } from './command.ts'
import { commandOrigin, isOperator } from './platform/audit.ts'
import { ownerTransaction } from './platform/database.ts'

const usage = `Utilisation :
  npm run admin -- create-operator --siret 14CHIFFRES --organisation "…" --given-name … --family-name … --email … [--grant outil:profil]… [--role RÔLE]…
    outils : ${tools.join(', ')} ; profils : ${profiles.join(', ')}
  npm run admin -- give-role --email … --role RÔLE --reason "…"   donner un rôle à un agent de l’opérateur
  npm run admin -- end-role --email … --role RÔLE --reason "…"    y mettre fin, aussitôt
    rôles : ${roles.join(', ')}, direction-regionale:CODE (le code officiel de la région) ; cssi:CODE et signataire:CODE, d’une seule région
  npm run admin -- lift-block COMPTE --operator "NOM" --reason "…"   lever ce qui est coupé d’un compte (son numéro ou son courriel), sur un constat
  npm run admin -- hand-over-campaign NUMÉRO --siret 14CHIFFRES --operator "NOM" --reason "…"   confier à une structure membre une campagne que plus personne ne peut piloter
  npm run admin -- hand-over-task-force NUMÉRO --siret 14CHIFFRES --operator "NOM" --reason "…"   confier une task force que plus personne ne peut piloter dans sa structure, à une structure membre ou, si aucune ne peut, à une autre
  npm run admin -- links                    les identités ProConnect à rattacher à un compte
  npm run admin -- confirm-link NUMÉRO      rattacher, après avoir vérifié que la personne est bien celle du compte
  npm run admin -- refuse-link NUMÉRO
  npm run admin -- allow-password --siret 14CHIFFRES --reason "…"    ouvrir la connexion par mot de passe à une structure
  npm run admin -- forbid-password --siret 14CHIFFRES --reason "…"   la lui fermer : les sessions ouvertes ainsi s’arrêtent
  npm run admin -- expect-provider --siret 14CHIFFRES --idp NUMÉRO   un fournisseur d’identité par lequel viennent les personnes d’une structure
  npm run admin -- open-enrolment --email … --reason "…"   laisser une personne enregistrer son premier second facteur pendant un jour, sans code du RGC
  npm run admin -- password-link --email …  un lien à usage unique pour choisir un mot de passe, à remettre en main propre
  npm run admin -- export-person --request NUMÉRO --to FICHIER   tout ce qui est gardé d’une personne qui le demande, dans FICHIER.json et FICHIER.txt
    le numéro est celui de sa demande de droits, identité vérifiée ; --purpose "…" dit une autre raison à sa place
    son courriel, son téléphone ou son numéro se tape ensuite, ou se lit sur l’entrée : jamais sur la ligne de commande
  Chaque commande qui écrit veut --operator "Nom ou matricule" : qui la lance. Le journal le garde.`

helpWhenAsked(usage)
const { operator, words } = readOperator(process.argv.slice(2))
const act = { actorId: null, origin: commandOrigin(operator ?? ''), requestId: '' }

const commands: Record<string, Command> = {
  'create-operator': createOperator,
  'give-role': changeRole('given'),
  'end-role': changeRole('ended'),
  'lift-block': liftBlock,
  'hand-over-campaign': handOverCampaign,
  'hand-over-task-force': handOverTaskForce,
  links,
  'confirm-link': decide('confirmed'),
  'refuse-link': decide('refused'),
  'allow-password': decidePassword(true),
  'forbid-password': decidePassword(false),
  'expect-provider': addProvider,
  'open-enrolment': openEnrolment,
  'password-link': passwordLink,
  'export-person': exportPerson,
}

const readsOnly = new Set(['links'])

const [name = '', ...args] = words
const command = commands[name]
const undoings: (() => void)[] = []
try {
  if (!command) throw new Misuse(name ? `commande inconnue : ${name}` : 'une commande est attendue')
  if (!readsOnly.has(name) && !isOperator(operator)) throw new Misuse(operatorMissing)
  const said = await withDatabase(({ ownerUrl }) =>
    ownerTransaction(ownerUrl, db => command(db, args, act, undo => undoings.push(undo))).catch(error => {
      for (const undo of undoings) undo()
      throw error
    }),
  )
  console.log(said)
} catch (error) {
  const misused = error instanceof Misuse || isBadOption(error)
  if (misused) console.error(`${(error as Error).message}\n\n${usage}`)
  else sayAndExit(error)
  process.exitCode = 1
}
