import { Type } from 'typebox'
import { Day, Id, Nullable, OrganisationRef, PersonRef, Siret } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { TargetStatus } from './campaigns.ts'
import { PastContact, PlannedContact } from './exchanges.ts'

const at = { establishment: EstablishmentLine }

/** A target of an open campaign that someone works, or that a structure was given. */
export const HeldTarget = Type.Object({
  ...at,
  campaign: Type.Object({ id: Id, name: Type.String() }),
  status: TargetStatus,
  organisation: OrganisationRef,
  /** Null: given to the structure, nobody took it yet. */
  person: Nullable(PersonRef),
})

/**
 * Who works this employer, and what the network does with the other establishments of its company (the first nine
 * digits of the SIRET): a call to the shop next door is seen before one calls (EST-7, EST-12).
 */
export const getCompanyRelations = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/company-relations',
  tag: 'Échanges',
  summary: 'Qui suit cet employeur, et ce que le réseau fait avec les autres établissements de son entreprise',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ siret: Siret }),
  revealsPersons: { kind: 'establishment', by: 'siret' },
  reply: Type.Object({
    held: Type.Array(HeldTarget, { description: 'Cet établissement d’abord ; dix au plus' }),
    contacts: Type.Array(Type.Object({ ...at, ...PastContact.properties }), {
      description: 'Des autres établissements, le dernier d’abord ; cinq au plus',
    }),
    planned: Type.Array(Type.Object({ ...at, ...PlannedContact.properties }), {
      description: 'Avec les autres établissements, le prochain d’abord ; cinq au plus',
    }),
    commitments: Type.Array(Type.Object({ ...at, label: Type.String(), until: Nullable(Day) }), {
      description: 'Des autres établissements, en vigueur, le dernier d’abord ; cinq au plus',
    }),
    correspondents: Type.Array(
      Type.Object({ ...at, id: Id, correspondent: Type.String(), role: Nullable(Type.String()) }),
      { description: 'En place dans les autres établissements, le dernier noté d’abord ; cinq au plus' },
    ),
    contactsThisMonth: Type.Integer({ description: 'Des autres établissements' }),
  }),
})
