import { sql } from 'kysely'
import * as contract from '../../../contract/agreement/conventions.ts'
import type { Body } from '../../../contract/route.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action, type Context } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { found, Refused, refusedBy } from '../../platform/errors.ts'
import { isSharedMailbox, trimmedIdentity } from '../../platform/nominative-rules.ts'
import { parseSiret } from '../../platform/siret.ts'
import { invite, invitedBy } from '../../signing-in/invitations/invitation.ts'
import { factsOf } from '../conventions/convention-rules.ts'
import { mayDraft } from '../conventions/conventions.policy.ts'
import { lockConvention } from '../conventions/conventions.queries.ts'

type Identity = Omit<Body<typeof contract.nameSignatory>, 'replaces'>

const register = async (db: Db, p: { id: string; siret: number; name: string; kind: string }) =>
  (await db.first(
    sql<{
      registered: boolean
    }>`select register_partner(${p.id}::uuid, ${p.siret}, ${p.name}, ${p.kind}) as registered`,
  ))!.registered

/** Opens the account where there is none, gives the role, and tells the person; the database says who may. */
const giveSignatory = async (
  organisation: { id: string; name: string },
  body: Identity,
  { replaces, signed }: { readonly replaces: boolean; readonly signed: boolean },
  { db, newId, now }: Context,
): Promise<string> => {
  const identity = trimmedIdentity(body)
  if (isSharedMailbox(identity.email, identity)) throw new Refused('person/shared-mailbox')
  const named = (await db
    .first(
      sql<{
        id: string | null
      }>`select name_signatory(${organisation.id}::uuid, ${newId()}::uuid, ${newId()}::uuid, ${identity.email},
        ${identity.givenName}, ${identity.familyName}, ${identity.function}, ${replaces}) as id`,
    )
    .catch(refusedBy('account_contacts_mailbox', 'person/mailbox-taken')))!.id
  if (named === null) throw new Refused('partner/signatory-elsewhere')
  const invitation = await invite(db, named, newId, '/conventions')
  await tellPerson(
    db,
    {
      kind: 'signatory-named',
      to: { accountId: named },
      subject: 'Vous signez pour votre structure',
      path: invitation ?? '/conventions',
      about: ['organisation', organisation.id],
      why: 'la direction régionale de l’opérateur vous a enregistré comme signataire de votre structure',
      text: [
        `La direction régionale de l’opérateur vous a enregistré comme signataire de « ${organisation.name} » dans le service.`,
        `Connectez-vous par ProConnect avec cette adresse${invitation ? invitedBy : ''}${signed ? '.' : ' : vous y signerez la convention, puis l’acte d’engagement qui désigne les responsables de gestion de comptes (RGC) de votre structure.'}`,
        ...(signed
          ? [
              'Votre structure a déjà signé la convention : vous y signerez ses avenants et les actes d’engagement qui désignent ses responsables de gestion de comptes (RGC).',
            ]
          : []),
      ].join('\n\n'),
    },
    { newId, now },
  )
  return named
}

/**
 * AGR-1: the regional direction enters a partner, with its signatory. The partner opens nothing before its convention.
 */
export const registerPartner = action(contract.registerPartner, {
  load: async () => ({}),
  may: () => true, // the role is asked by the route, and again by the database
  run: async (_subject, { body }, context) => {
    const siret = parseSiret(body.siret)
    if (siret === undefined) throw new Refused('partner/siret-wrong')
    const organisation = { id: context.newId(), name: body.name.trim(), kind: body.kind }
    if (!(await register(context.db, { ...organisation, siret }))) throw new Refused('partner/siret-taken')
    const signatory = await giveSignatory(organisation, body.signatory, { replaces: false, signed: false }, context)
    return {
      reply: organisation,
      audit: [
        {
          action: 'partner.registered',
          subject: ['organisation', organisation.id],
          detail: { siret: body.siret, name: organisation.name, kind: organisation.kind },
        },
        {
          action: 'partner.signatory-named',
          subject: ['account', signatory],
          detail: { organisation: organisation.id, replaces: false },
        },
      ],
    }
  },
})

/** Who signs changes: the deeds and the convention wait for the new one, and what the former signed stands. */
export const nameSignatory = action(contract.nameSignatory, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => mayDraft(viewer, convention),
  run: async (loaded, { body: { replaces, ...identity } }, context) => {
    const { organisation } = loaded.convention
    const signed = factsOf(loaded).signatures.some(({ party, contestedAt }) => party === 'partenaire' && !contestedAt)
    const id = await giveSignatory(organisation, identity, { replaces, signed }, context)
    return {
      reply: {
        id,
        name: `${identity.givenName.trim()} ${identity.familyName.trim()}`,
        organisationId: organisation.id,
      },
      audit: [
        {
          action: 'partner.signatory-named',
          subject: ['account', id],
          detail: { organisation: organisation.id, replaces },
        },
      ],
    }
  },
})
