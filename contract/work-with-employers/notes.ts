import { Type } from 'typebox'
import {
  Day,
  Id,
  Instant,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
  Siret,
  Text,
} from '../common.ts'
import { defineRoute } from '../route.ts'
import { FromFile } from './exchanges/from-file.ts'
import { Exchange, exchangeFilters, Visibility } from './exchanges.ts'
import { NeedLine } from './needs.ts'
import { ReferentLine } from './referents.ts'
import { ServiceLine } from './services/services.ts'
import { CampaignLine } from './targets.ts'

const tag = 'Notes'
/** What happened at each version. */
export const noteChanges = ['noted', 'corrected', 'withdrawn'] as const
const Notes = Text(4000)

/**
 * What one knows of an employer without having exchanged with it. `organisation`: kept to one's own; the others do not
 * know that it is there (EST-11).
 */
export const Note = Type.Object({
  id: Id,
  siret: Siret,
  establishmentName: Nullable(Type.String()),
  notes: Type.String(),
  visibility: Visibility,
  organisation: OrganisationRef,
  author: Nullable(PersonRef),
  notedOn: Day,
  notedAt: Instant,
  imported: Type.Optional(FromFile),
  correctedAt: Nullable(Instant),
  withdrawnAt: Type.Union([Instant, Type.Null()], { description: 'Retirée : elle reste lisible, barrée' }),
  version: Type.Integer(),
  allowed: Type.Array(oneOf(['correct', 'withdraw'])),
})

/** The kinds of lines of the history of an employer. */
export const historyKinds = ['exchange', 'note', 'need', 'service', 'campaign', 'referent'] as const
export const listHistory = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/history',
  tag,
  summary:
    'L’historique du réseau avec un employeur : échanges, notes, besoins, services, campagnes et référents, le plus récent d’abord',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ siret: Siret }),
  query: Type.Object({
    company: Type.Optional(Type.Boolean({ description: 'De tous les établissements de son entreprise' })),
    kind: Type.Optional(oneOf(historyKinds)),
    ...exchangeFilters,
    ...PageQuery,
  }),
  reply: listOf(
    Type.Object({
      exchange: Nullable(Exchange),
      note: Nullable(Note),
      need: Nullable(NeedLine),
      service: Nullable(ServiceLine),
      campaign: Nullable(CampaignLine),
      referent: Nullable(ReferentLine),
    }),
  ),
  revealsPersons: { kind: 'establishment', by: 'siret' },
})

export const listHistoryChoices = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/history/choices',
  tag,
  summary: 'Ce à quoi l’historique peut se réduire : structures, conseillers, interlocuteurs rencontrés, campagnes',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ siret: Siret }),
  query: Type.Object({ company: Type.Optional(Type.Boolean()) }),
  reply: Type.Object({
    organisations: Type.Array(OrganisationRef),
    authors: Type.Array(PersonRef),
    met: Type.Array(Type.Object({ correspondent: Type.Object({ id: Id, name: Type.String() }) })),
    campaigns: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  }),
  revealsPersons: { kind: 'establishment', by: 'siret' },
})

export const addNote = defineRoute({
  method: 'POST',
  writesIn: 'notes',
  path: '/establishments/:siret/notes',
  tag,
  summary: 'Ajouter une note, sans échange avec l’employeur',
  needs: 'campagnes:conseiller',
  params: Type.Object({ siret: Siret }),
  body: Type.Object({ notes: Notes, visibility: Type.Optional(Visibility) }),
  reply: Note,
  refusals: ['access/outside-perimeter', 'establishment/unknown'],
})

const ofNote = {
  method: 'PUT',
  writesIn: 'notes',
  tag,
  needs: 'campagnes:conseiller',
  params: Type.Object({ noteId: Id }),
  versioned: true,
  reply: Note,
  refusalReveals: { kind: 'note', by: 'noteId' },
  refusals: ['access/outside-perimeter', 'note/author-or-lead-only', 'note/withdrawn'],
} as const
export const correctNote = defineRoute({
  ...ofNote,
  path: '/notes/:noteId',
  summary: 'Corriger une note ; la version d’avant reste dans l’historique',
  body: Type.Object({ notes: Notes, visibility: Type.Optional(Visibility) }),
})
export const withdrawNote = defineRoute({
  ...ofNote,
  path: '/notes/:noteId/withdrawal',
  summary: 'Retirer une note, pour un motif ; elle reste lisible, barrée',
  body: Type.Object({ reason: Text(300) }),
})
export const listNoteVersions = defineRoute({
  method: 'GET',
  path: '/notes/:noteId/versions',
  tag,
  summary: 'Les versions successives d’une note',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ noteId: Id }),
  revealsPersons: { kind: 'note', by: 'noteId' },
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        version: Type.Integer(),
        change: oneOf(noteChanges),
        notes: Type.String(),
        visibility: Visibility,
        reason: Nullable(Type.String()),
        author: Nullable(PersonRef),
        at: Instant,
      }),
    ),
  }),
})
