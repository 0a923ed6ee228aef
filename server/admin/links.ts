import { parseArgs } from 'node:util'
import { findOrganisationBySiret } from '../people-and-rights/organisations/organisations.queries.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Db } from '../platform/database.ts'
import { uuidv7 } from '../platform/ids.ts'
import { parseSiret, siretText } from '../platform/siret.ts'
import { parisDay, systemClock } from '../platform/time.ts'
import { decideLink, expectProvider, type PendingLink, pendingLinks } from '../signing-in/identity/identity.queries.ts'
import { type Act, Misuse } from './command.ts'

const reasonOf = ({ reason, idpId }: PendingLink) =>
  reason === 'already-linked'
    ? 'ce compte est déjà rattaché à une autre identité'
    : reason === 'unknown-provider'
      ? `le fournisseur d’identité ${idpId} n’est pas de ceux attendus pour cette structure`
      : reason === 'employer-changed'
        ? 'cette identité, connue de ce compte, se présente sous un autre employeur'
        : 'la structure annoncée n’est pas celle du compte'
/** ProConnect identities that wait to be attached to an account. */
export const links = async (db: Db) => {
  const waiting = await pendingLinks(db)
  if (waiting.length === 0) return 'Aucune identité n’attend d’être rattachée.'
  return waiting
    .map(
      l =>
        `${l.id}  demandé le ${parisDay(l.askedAt)} : ${l.person}${l.siret ? `, SIRET ${siretText(l.siret)}` : ''}, pour le compte de ${l.accountName} (${l.organisationName})\n    ${reasonOf(l)}`,
    )
    .join('\n')
}

/** Attaches one of them, or refuses it. */
export const decide =
  (decision: 'confirmed' | 'refused') =>
  async (db: Db, [id]: string[], act: Act) => {
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

/** An identity provider by which the people of an organisation come. */
export const addProvider = async (db: Db, args: string[], act: Act) => {
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
