import type { EntryFound } from './entries.queries.ts'

/** An entry as the contract tells it. An account that is gone keeps its pseudonym: its id. */
export const entryReply = (e: Omit<EntryFound, 'exactly'>) => ({
  id: e.id,
  at: e.at.toISOString(),
  actor:
    e.actorId === null
      ? null
      : {
          id: e.actorId,
          name: e.actorName ?? '',
          organisationId: e.actorOrganisationId ?? e.organisationId ?? e.actorId,
        },
  organisation:
    e.organisationId === null
      ? null
      : { id: e.organisationId, name: e.organisationName ?? '', kind: e.organisationKind ?? '' },
  action: e.action,
  subject: { kind: e.subjectKind, id: e.subjectId, name: e.subjectName },
})
